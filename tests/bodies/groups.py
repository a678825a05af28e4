"""A group's life in a few words, as the tests need it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.bodies.conftest import TERM
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import Appointed, Member, Proposed, Wanted, appoint, propose_group
from yhdyspinta.bodies.models import Appointment, Membership, Proposal
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.decided import Decision
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import assess
from yhdyspinta.parties.actions import add_person
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.records.actions import Proof, record_done

DECIDED = date(2025, 9, 30)
BOARD = Decision(organ="Aluehallitus", decided=DECIDED, section="123", register="45/00.01/2025")


def proposed(agreement: Agreement, group: Any = "perhekeskus", *, by: str = "luhanka", **more: Any) -> Proposal:
    """Propose a group for the term that goes on, with one seat for each party."""
    party = party_or_404(agreement, by)
    said = Proposed(group, party, TERM, "Kehittää perhekeskustoimintaa.", **more)
    return propose_group(agreement, said, by=SYSTEM)


def accepted(agreement: Agreement, group: str, parties: Iterable[str], on: date = date(2025, 9, 1)) -> None:
    """Let parties accept a group, as it is recorded by hand."""
    facts = [{"fact": "acceptance-given", "party": each, "subject": group, "on": on.isoformat()} for each in parties]
    record_done(agreement, facts, proof=Proof(), token=uuid.uuid4(), by=SYSTEM)


def member_of(party: Party, name: str, role: str = "member", **more: Any) -> Member:
    """Somebody new of a party as a member from the beginning of the term."""
    person = add_person(party.organisation, name=name, by=SYSTEM)
    return Member(person, role, more.pop("first_day", TERM), party=party, **more)


def appointed(agreement: Agreement, group: str, *members: Member, **more: Any) -> Appointment:
    """Let the county board appoint a group."""
    said = Appointed(more.pop("decision", BOARD), more.pop("first_day", TERM), members=members, **more)
    return appoint(agreement, group, said, by=SYSTEM)


def states(agreement: Agreement, duty: str, object_: str | None = None, day: date | None = None) -> list[str]:
    """Return the states of a duty's occurrences about a group in the term that goes on, in the order of bearers."""
    return [
        one.state
        for one in assess(agreement, as_of=day or today()).occurrences
        if one.duty == duty and object_ in (one.object, one.bearer) and one.period.startswith(("2025", f"{object_}@"))
    ]


def members_of(appointment: Appointment) -> list[Membership]:
    """Return the members that an appointment made, in the order of naming."""
    return list(appointment.members.select_related("body", "person").order_by("pk"))


__all__ = ["BOARD", "TERM", "Wanted", "accepted", "appointed", "member_of", "members_of", "proposed", "states"]

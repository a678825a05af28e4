"""Asking and answering in a few words, as the tests need it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.bodies.groups import proposed
from yhdyspinta.bodies.actions import Wanted
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.decided import Decision
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.actions.namings import Newcomer
from yhdyspinta.parties.models import Link, Party
from yhdyspinta.parties.queries import parties_of
from yhdyspinta.requests.actions import Drafted, Given, Nominee, answer_request, draft_request, send_request
from yhdyspinta.requests.models import Answer, Asked, Request
from yhdyspinta.requests.queries import asked_or_404


class NoSteps:
    """Work that nobody watches."""

    def step(self, done: int, total: int) -> None:
        """Say nothing."""


def in_days(days: float) -> datetime:
    """Return a moment some days from now."""
    return timezone.now() + timedelta(days=days)


def drafted(agreement: Agreement, kind: str = "statement", **more: Any) -> Request:
    """Draft a request in the name of the regional council."""
    sender = more.pop("sender", None) or parties_of(agreement).get(slug="keski-suomen-liitto")
    said: dict[str, Any] = {"title": "Lausunto vesihuollosta", "deadline": in_days(30), **more}
    return draft_request(agreement, Drafted(kind, sender=sender, **said), by=SYSTEM)


def sent(agreement: Agreement, kind: str = "statement", *, to: Iterable[str] | None = None, **more: Any) -> Request:
    """Send a request to all parties, or to some."""
    request = drafted(agreement, kind, **more)
    chosen = [party for party in parties_of(agreement) if to is None or party.slug in to]
    send_request(request, chosen, by=SYSTEM)
    return request


def acceptance(agreement: Agreement, group: str = "perhekeskus", **more: Any) -> Request:
    """Ask the parties to accept a group."""
    return sent(agreement, "acceptance", title="Perhekeskusryhmän hyväksyminen", subject=group, **more)


def nominations(agreement: Agreement, parties: dict[str, Party], group: str = "perhekeskus", **more: Any) -> Request:
    """Ask the parties whom they propose: one seat for each, and two that they fill together."""
    wanted = (*(Wanted(1, party=party) for party in parties.values()), Wanted(2))
    proposed(agreement, group, seats=wanted, **more)
    return sent(agreement, "nomination", title="Edustajien nimeäminen", subject=group)


def asked(request: Request, party: str) -> Asked:
    """Return one party that was asked, as it is now."""
    return asked_or_404(request, party)


def link_to(request: Request, party: str) -> Link:
    """Return the link by which a party answers."""
    link = asked(request, party).link
    assert link is not None
    return link


def answered(request: Request, party: str, outcome: str = "accepted", **more: Any) -> Answer:
    """Let a party answer, as whoever acts for it."""
    decision = more.pop("decision", Decision("Kunnanhallitus", None, "12", "34/2025"))
    version = more.pop("version", 0)
    through = {"through": more.pop("through")} if "through" in more else {}
    by = more.pop("by", SYSTEM)
    files = more.pop("files", ())
    given = Given(outcome, "Liisa Luhankalainen", "hallintosihteeri", decision, **more)
    return answer_request(asked(request, party), given, version=version, files=files, by=by, **through)


def nominee(name: str, **more: Any) -> Nominee:
    """Somebody new who has consented."""
    email = more.pop("email", f"{name.split(maxsplit=1)[0].casefold()}@example.org")
    return Nominee(Newcomer(name, email), more.pop("consented", True), **more)

"""What can be asked about bodies, seats and members. Each read says how many queries it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404

from yhdyspinta.agreement import Charter, today
from yhdyspinta.agreement import facts as f
from yhdyspinta.agreement.days import Span
from yhdyspinta.agreement.ledger import View
from yhdyspinta.bodies.known import Known, known_bodies
from yhdyspinta.bodies.models import Appointment, Body, Constitution, Membership, Plan, Proposal, Seat
from yhdyspinta.bodies.models.seat import MembershipQuerySet
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import read_with_facts

NAMED = (
    *("body", "seat", "party__organisation", "person__organisation", "post__organisation"),
    *("deputy_of__person", "deputy_of__post"),
)
"""Whom and what a membership names."""


@dataclass(frozen=True)
class World:
    """What is known of an agreement's bodies on a day: its text, its facts, and the bodies by id."""

    agreement: Agreement
    charter: Charter
    view: View
    day: date

    @cached_property
    def bodies(self) -> dict[str, Known]:
        """All bodies by id, those of the text first. No queries."""
        return known_bodies(self.charter, self.view, self.day)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The parties of the day, in the agreement's order. No queries."""
        spans = self.view.memberships(self.day)
        return tuple(id_ for id_ in self.charter.parties if any(self.day in span for span in spans[id_]))

    def accepted(self, body: str, term: Span | None) -> dict[str, date]:
        """Return which parties have accepted a group within a term, and since when each. No queries.

        Whoever recorded it: what counts is the fact. As in the duty to appoint (C24), another term's is none.
        """
        facts = self.view.find(f.AcceptanceGiven, ("subject",), body).until(self.day)
        found: dict[str, date] = {}
        for fact in facts:
            if term is None or fact.on in term:
                found.setdefault(fact.party, fact.on)
        return found


def world_of(agreement: Agreement, day: date | None = None) -> World:
    """Return what is known of an agreement's bodies on a day (today, unless said). One query in a warm process."""
    charter, ledger = read_with_facts(agreement, day)
    return World(agreement, charter, ledger.view(), day or today())


def known_or_404(world: World, body: str) -> Known:
    """Return a body, or answer 404. No queries."""
    known = world.bodies.get(body)
    if known is None:
        raise Http404
    return known


def row_of(agreement: Agreement, body: str) -> Body | None:
    """Return a body's row, where something of it has been kept. One query."""
    return Body.objects.filter(agreement=agreement, slug=body).select_related("agreement").first()


def memberships(agreement: Agreement) -> MembershipQuerySet:
    """Return all memberships of an agreement that are not withdrawn, with whom they name. One query."""
    rows = Membership.objects.standing().filter(body__agreement=agreement)
    return rows.select_related(*NAMED)


def membership_or_404(agreement: Agreement, number: int, body: str) -> Membership:
    """Return one membership of a body, or answer 404. One query."""
    rows = memberships(agreement).filter(pk=number, body__slug=body)
    found: Membership | None = rows.select_related("body__agreement").first()
    if found is None:
        raise Http404
    return found


def seats_of(agreement: Agreement, body: str) -> QuerySet[Seat]:
    """Return the open seats of a body with their parties. One query."""
    rows = Seat.objects.filter(body__agreement=agreement, body__slug=body, closed_at__isnull=True)
    return rows.select_related("party__organisation", "body", "proposal").order_by("number", "pk")


def proposals_of(agreement: Agreement, body: str = "") -> QuerySet[Proposal]:
    """Return the proposals that stand, of a body or of all, the newest first. One query."""
    rows = Proposal.objects.filter(body__agreement=agreement, withdrawn_at__isnull=True)
    rows = rows.filter(body__slug=body) if body else rows
    return rows.select_related("body__agreement", "proposed_by__organisation").order_by("-first_day", "-pk")


def proposal_or_404(agreement: Agreement, number: int) -> Proposal:
    """Return a proposal that stands, or answer 404. One query."""
    found = proposals_of(agreement).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def appointments_of(agreement: Agreement, body: str = "") -> QuerySet[Appointment]:
    """Return the appointments that stand, of a body or of all, the newest first. One query."""
    rows = Appointment.objects.filter(body__agreement=agreement, withdrawn_at__isnull=True)
    rows = rows.filter(body__slug=body) if body else rows
    return rows.select_related("body", "by_party__organisation").order_by("-first_day", "-pk")


def constitutions_of(agreement: Agreement, body: str) -> QuerySet[Constitution]:
    """Return a group's first meetings that stand, the newest first. One query."""
    rows = Constitution.objects.filter(body__agreement=agreement, body__slug=body, withdrawn_at__isnull=True)
    return rows.select_related("body", "chair__person", "vice_chair__person", "secretary__person")


def plans_of(agreement: Agreement, body: str, kind: str = "") -> QuerySet[Plan]:
    """Return the versions of a body's plan and rules that stand, the newest first. One query."""
    rows = Plan.objects.filter(body__agreement=agreement, body__slug=body, withdrawn_at__isnull=True)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.select_related("body__agreement", "file", "made_by").order_by("kind", "-number")


def plan_or_404(agreement: Agreement, body: str, number: int) -> Plan:
    """Return one version of a plan or of rules, or answer 404. One query."""
    found = plans_of(agreement, body).filter(pk=number).first()
    if found is None:
        raise Http404
    return found

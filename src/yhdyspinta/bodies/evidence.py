"""What the bodies' rows prove. Pure: an action hands it to the journal, and ``verify`` derives it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from yhdyspinta.bodies.models import Appointment, Body, Constitution, Membership, Plan
from yhdyspinta.journal.evidence import Derived
from yhdyspinta.journal.reference import reference_of
from yhdyspinta.parties.evidence import shared_days
from yhdyspinta.parties.models import Tenure

Facts = list[dict[str, Any]]


def facts_of_body(body: Body) -> Facts:
    """Return what a body proves: that it was formed, where the text does not name it."""
    if body.formed_on is None or body.withdrawn_at is not None:
        return []
    return [
        {
            "fact": "body-formed",
            "body": body.slug,
            "level": body.level,
            "theme": body.theme,
            "name": body.name,
            "on": body.formed_on.isoformat(),
            **_resting_on(reference_of(text=body.agreed)),
        }
    ]


def facts_of_membership(membership: Membership, tenures: Iterable[Tenure] = ()) -> Facts:
    """Return what a membership proves; ``tenures`` are those of its post, where it is of a post.

    That somebody from outside the parties is a member is no party's naming, and proves nothing (C21).
    """
    if membership.withdrawn_at is not None or membership.party is None:
        return []
    if membership.post_id is None:
        return [_named(membership, membership.valid_from, membership.valid_to)]
    days = [both for tenure in tenures if (both := shared_days(membership, tenure)) is not None]
    return [_named(membership, *both) for both in sorted(days, key=lambda both: both[0])]


def _named(membership: Membership, first: date, last: date | None) -> dict[str, Any]:
    assert membership.party is not None
    fact = {
        "fact": "member-named",
        "party": membership.party.slug,
        "body": membership.body.slug,
        "role": membership.role,
        "from": first.isoformat(),
        **_resting_on(membership.reference),
    }
    return fact if last is None else fact | {"to": last.isoformat()}


def facts_of_appointment(appointment: Appointment) -> Facts:
    """Return what an appointment proves."""
    if appointment.withdrawn_at is not None:
        return []
    assert appointment.decided is not None
    return [
        {
            "fact": "body-appointed",
            "body": appointment.body.slug,
            "on": appointment.decided.isoformat(),
            "by": appointment.by_party.slug,
            **_resting_on(appointment.reference),
        }
    ]


def facts_of_constitution(constitution: Constitution) -> Facts:
    """Return what a first meeting proves: that it was held, and to which offices it elected."""
    if constitution.withdrawn_at is not None:
        return []
    body, day = constitution.body.slug, constitution.meeting_on.isoformat()
    rests = _resting_on(reference_of(text=constitution.note))
    held = {"fact": "meeting-held", "body": body, "on": day, "online": constitution.online, **rests}
    offices = list(constitution.elected)
    elected = {"fact": "officers-elected", "body": body, "meeting": day, "on": day, "offices": offices, **rests}
    return [held, elected] if offices else [held]


def facts_of_plan(plan: Plan) -> Facts:
    """Return what a version of a plan or of rules proves once it is adopted."""
    if plan.withdrawn_at is not None or plan.adopted_on is None:
        return []
    return [
        {
            "fact": "plan-adopted",
            "body": plan.body.slug,
            "plan": plan.kind,
            "on": plan.adopted_on.isoformat(),
            **_resting_on(reference_of(text=plan.adopted_in)),
        }
    ]


def _resting_on(reference: dict[str, Any]) -> dict[str, Any]:
    return {"reference": reference} if reference else {}


def facts_by_key(memberships: Iterable[Membership]) -> dict[str, Facts]:
    """Return what each of many memberships proves, by its key. One query; they come with body and party."""
    rows = list(memberships)
    held: dict[int, list[Tenure]] = {}
    for tenure in Tenure.objects.filter(post__in={row.post_id for row in rows if row.post_id}):
        held.setdefault(tenure.post_id, []).append(tenure)
    return {row.key: facts_of_membership(row, held.get(row.post_id or 0, ())) for row in rows}


def _memberships() -> Iterator[Derived]:
    rows = Membership.objects.select_related("body", "party", "post").prefetch_related("post__tenures")
    for row in rows.order_by("pk").iterator(chunk_size=1000):
        yield row.key, facts_of_membership(row, row.post.tenures.all() if row.post else ())


def _bodies() -> Iterator[Derived]:
    for row in Body.objects.order_by("pk").iterator(chunk_size=1000):
        yield row.key, facts_of_body(row)


def _appointments() -> Iterator[Derived]:
    for row in Appointment.objects.select_related("body", "by_party").order_by("pk").iterator(chunk_size=1000):
        yield row.key, facts_of_appointment(row)


def _constitutions() -> Iterator[Derived]:
    for row in Constitution.objects.select_related("body").order_by("pk").iterator(chunk_size=1000):
        yield row.key, facts_of_constitution(row)


def _plans() -> Iterator[Derived]:
    for row in Plan.objects.select_related("body").order_by("pk").iterator(chunk_size=1000):
        yield row.key, facts_of_plan(row)


DERIVERS: Mapping[str, Callable[[], Iterator[Derived]]] = {
    "membership": _memberships,
    "body": _bodies,
    "appointment": _appointments,
    "constitution": _constitutions,
    "plan": _plans,
}
"""How ``verify`` derives the facts of this room's things again, by what their keys begin with."""

"""The proposals of the parties are fitted together, and the county board appoints those agreed on (C24, C25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.bodies.actions import Appointed, Member, appoint
from yhdyspinta.bodies.models import Appointment, Seat
from yhdyspinta.bodies.queries import world_of
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.decided import Decision
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.requests import policy
from yhdyspinta.requests.actions.common import log, refuse_unless_open
from yhdyspinta.requests.models import Choice, Combination, Nomination, Request, Step
from yhdyspinta.requests.queries import seats_for


@dataclass(frozen=True, slots=True)
class Agreed:
    """Which of those proposed are agreed on, for which seats; when, by whom, and why."""

    chosen: tuple[tuple[Nomination, Seat | None], ...]
    agreed_on: date
    agreed_by: str
    reasons: str


def agree_combination(request: Request, agreed: Agreed, *, version: int, by: Actor) -> Combination:
    """Record which combination was agreed on. A later one takes its place; all are kept.

    ``version`` is the number of the combination that was looked at, 0 where there was none.

    Raises:
        NotAllowed: the actor does not coordinate.
        Conflict: another combination was agreed meanwhile.
        ValidationError: by field.

    """
    with change(request.agreement, by=by) as c:
        request.refresh_from_db()
        if not policy.may_coordinate(c.by, request, world_of(request.agreement).charter):
            raise NotAllowed(_("The proposals are fitted together by the body that coordinates them."))
        if request.state == Request.State.WITHDRAWN:
            refuse_unless_open(request)
        last = request.combinations.order_by("-number").first()
        if (last.number if last else 0) != version:
            raise Conflict(theirs=last.reasons if last else "", yours=agreed.reasons)
        _refuse(c, request, agreed)
        made = Combination(
            request=request,
            number=version + 1,
            agreed_on=agreed.agreed_on,
            agreed_by=" ".join(agreed.agreed_by.split()),
            reasons=agreed.reasons.strip(),
            made_at=c.at,
        )
        made.made_by_id = c.by.person
        made.clean_fields(exclude=("request", "made_by", "appointment"))
        made.save()
        for nomination, seat in agreed.chosen:
            Choice.objects.create(combination=made, nomination=nomination, seat=seat)
        log(c, request, Step.Kind.COORDINATED)
        c.enter("agree-combination", made.key, after={"chosen": [each.pk for each, _seat in agreed.chosen]})
        return made


def _refuse(c: Change, request: Request, agreed: Agreed) -> None:
    if request.kind != "nomination":
        raise ValidationError(_("Only nominations are fitted together."))
    if not agreed.chosen:
        raise ValidationError({"chosen": _("Choose at least one of those proposed.")})
    if not agreed.agreed_by.strip():
        raise ValidationError({"agreed_by": _("Say who agreed, for example the meeting and its day.")})
    if not agreed.reasons.strip():
        raise ValidationError({"reasons": _("Give the reasons in a few words.")})
    if agreed.agreed_on > c.today:
        raise ValidationError({"agreed_on": _("This day is still to come.")})
    standing = set(
        Nomination.objects.filter(answer__asked__request=request, answer__replaced_at__isnull=True).values_list(
            "pk", flat=True
        )
    )
    _refuse_seats(request, agreed.chosen, standing)


def _refuse_seats(request: Request, chosen: Sequence[tuple[Nomination, Seat | None]], standing: set[int]) -> None:
    seats = {seat.pk: seat for seat in seats_for(request)}
    taken: set[tuple[int, str]] = set()
    people: set[int] = set()
    for nomination, seat in chosen:
        name = str(nomination.person)
        if nomination.pk not in standing:
            raise ValidationError({"chosen": _("%(name)s is not proposed any more.") % {"name": name}})
        if nomination.person_id in people:
            raise ValidationError({"chosen": _("%(name)s is chosen twice.") % {"name": name}})
        people.add(nomination.person_id)
        if seat is None:
            continue
        if seat.pk not in seats or seat.party_id not in (None, nomination.answer.asked.party_id):
            raise ValidationError({"chosen": _("The seat chosen for %(name)s is not theirs.") % {"name": name}})
        if (seat.pk, nomination.role) in taken:
            raise ValidationError({"chosen": _("Two are chosen for one seat: %(name)s.") % {"name": name}})
        taken.add((seat.pk, nomination.role))
    members = sum(nomination.role != "deputy" for nomination, _seat in chosen)
    if members > len(seats):
        raise ValidationError({"chosen": _("More people than seats: there are %(count)s.") % {"count": len(seats)}})


def appoint_nominees(
    combination: Combination,
    *,
    decision: Decision,
    first_day: date,
    last_day: date | None = None,
    early_reason: str = "",
    by: Actor,
) -> Appointment:
    """Record that those agreed on were appointed; their memberships begin by that decision (``bodies.appoint``).

    Raises:
        NotAllowed: the actor does not act for who appoints.
        Conflict: a newer combination was agreed.
        ValidationError: by field; see ``bodies.actions.appoint``.

    """
    request = combination.request
    with change(request.agreement, by=by, common=True) as c:
        combination.refresh_from_db()
        newest = request.combinations.order_by("-number").first()
        if newest is not None and newest.pk != combination.pk:
            raise Conflict(theirs=newest.reasons, yours=combination.reasons)
        if combination.appointment_id is not None:
            raise ValidationError(_("These have been appointed already."))
        members = _members(combination, first_day)
        said = Appointed(decision, first_day, last_day, members, request.proposal, early_reason)
        appointment = appoint(request.agreement, request.subject, said, by=by)
        combination.appointment = appointment
        combination.save(update_fields=["appointment"])
        log(c, request, Step.Kind.APPOINTED, note=appointment.reference_text[:500])
        c.enter("appoint-nominees", combination.key, after={"appointment": appointment.pk})
        return appointment


def _members(combination: Combination, first_day: date) -> tuple[Member, ...]:
    """Return those chosen as members, members first, so that deputies stand after them."""
    rows = combination.choices.select_related(
        "nomination__person", "nomination__answer__asked__party__organisation", "nomination__seat", "seat"
    )
    members = [
        Member(
            holder=row.nomination.person,
            role=row.nomination.role,
            first_day=first_day,
            party=row.nomination.answer.asked.party,
            seat=row.seat or row.nomination.seat,
            gender=row.nomination.gender,
        )
        for row in rows
    ]
    return tuple(sorted(members, key=lambda member: member.role == "deputy"))

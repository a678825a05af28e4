"""The county board appoints a group that every party has accepted (C24), and a group's work ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yhdyspinta.agreement import Charter
from yhdyspinta.agreement.days import Span
from yhdyspinta.bodies import policy
from yhdyspinta.bodies.actions.common import anchored, keep_members, known_in
from yhdyspinta.bodies.actions.members import Member, made_member
from yhdyspinta.bodies.evidence import facts_of_appointment
from yhdyspinta.bodies.known import appointers, term_of
from yhdyspinta.bodies.models import Appointment, Body, Membership, Proposal
from yhdyspinta.bodies.notices import tell_appointed
from yhdyspinta.bodies.queries import World
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.decided import Decision
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.days import shown_day
from yhdyspinta.parties.models import Party


@dataclass(frozen=True, slots=True)
class Appointed:
    """What the appointing organ decided: by which decision, for which days, and whom it appointed."""

    decision: Decision
    first_day: date
    last_day: date | None = None
    members: tuple[Member, ...] = ()
    proposal: Proposal | None = None
    early_reason: str = ""


def appoint(agreement: Agreement, body: str, appointed: Appointed, *, by: Actor) -> Appointment:
    """Record that a group was appointed, and let its members begin by that decision.

    A group is appointed when all have accepted it (C24). Before that it needs a reason in writing; the living agreement
    goes on showing that the commitment is open until an appointment follows the last acceptance.

    Raises:
        NotAllowed: the actor does not act for who appoints.
        ValidationError: by field.

    """
    with change(agreement, by=by, common=True) as c:
        world, known = known_in(agreement, body)
        if not policy.may_appoint(c.by, agreement, world.charter):
            raise NotAllowed(_("Groups are appointed by who bears that task in the agreement."))
        row = _appointment(c, world, anchored(agreement, body), appointed)
        members: list[Membership] = []
        for member in _within(appointed.members, row):
            said = replace(member, decision=appointed.decision, deputy_of=member.deputy_of or _whose(member, members))
            members.append(made_member(c, row.body, known, said, appointment=row))
        c.enter("appoint", row.key, after=said_of(row) | {"members": [member.key for member in members]})
        c.keep(row.key, facts_of_appointment(row))
        keep_members(c, members)
        tell_appointed(row, members, known.name.root)
        return row


def _whose(member: Member, made: Sequence[Membership]) -> Membership | None:
    """Return whose deputy somebody is who is appointed to the seat of a member appointed before them."""
    if member.role != "deputy" or member.seat is None:
        return None
    return next((each for each in made if each.seat_id == member.seat.pk and each.role == "member"), None)


def _within(members: Sequence[Member], row: Appointment) -> list[Member]:
    """Return the members with the appointment's own days where they have none of theirs."""
    return [replace(member, last_day=member.last_day or row.last_day) for member in members]


def _appointment(c: Change, world: World, body: Body, appointed: Appointed) -> Appointment:
    decision, first_day = appointed.decision, appointed.first_day
    if decision.decided is None:
        raise ValidationError({"decided": _("Say on which day it was decided.")})
    if decision.decided > c.today:
        raise ValidationError({"decided": _("This day is still to come.")})
    term = term_of(world.charter, first_day)
    last_day = appointed.last_day or (term.last if term else None)
    if last_day is not None and last_day < first_day:
        raise ValidationError({"last_day": _("The last day is before the first.")})
    _refuse_too_early(world, body, appointed, term)
    row = Appointment(
        body=body,
        proposal=appointed.proposal,
        by_party=appointing_party(c.by, world.charter, world.agreement),
        first_day=first_day,
        last_day=last_day,
        early_reason=appointed.early_reason.strip(),
        **decision.fields(),
    )
    row.clean_fields(exclude=("body", "proposal", "by_party"))
    for other in _beside(body, first_day, last_day):
        raise ValidationError(
            {"first_day": _("The group is appointed already from %(day)s.") % {"day": shown_day(other.first_day)}}
        )
    row.save()
    return row


def _refuse_too_early(world: World, body: Body, appointed: Appointed, term: Span | None) -> None:
    """Refuse an appointment before all parties have accepted the group, unless there is a reason in writing."""
    accepted = world.accepted(body.slug, term)
    missing = [party for party in world.parties if party not in accepted]
    if missing and not appointed.early_reason.strip():
        language = get_language() or world.charter.language
        names = ", ".join(world.charter.name_of(party, language) for party in missing)
        message = ngettext(
            "%(count)s party has not accepted the group yet: %(names)s. Give the reason in writing, or wait.",
            "%(count)s parties have not accepted the group yet: %(names)s. Give the reason in writing, or wait.",
            len(missing),
        )
        raise ValidationError({"early_reason": message % {"count": len(missing), "names": names}})


def _beside(body: Body, first_day: date, last_day: date | None) -> list[Appointment]:
    days = Span(first_day, last_day or date.max)
    rows = Appointment.objects.filter(body=body, withdrawn_at__isnull=True)
    return [row for row in rows if Span(row.first_day, row.last_day or date.max).overlap(days)]


def appointing_party(by: Actor, charter: Charter, agreement: Agreement) -> Party:
    """Return the party in whose name a group is appointed: that of the actor, else who bears the task.

    Raises:
        ValidationError: the agreement does not say who appoints, and the actor acts for no party.

    """
    rows = Party.objects.filter(agreement=agreement)
    found = rows.filter(slug=by.party).first() if by.party else None
    found = found or rows.filter(slug__in=appointers(charter)[:1]).first()
    if found is None:
        raise ValidationError(_("The agreement does not say who appoints groups. Act for a party."))
    return found


def end_group(appointment: Appointment, *, last_day: date, reason: str, by: Actor) -> None:
    """End a group's work on a day, and with it the memberships of ``ending_with``.

    Raises:
        NotAllowed: the actor does not act for who appoints.
        ValidationError: by field.

    """
    agreement = appointment.body.agreement
    with change(agreement, by=by, common=True) as c:
        world, _known = known_in(agreement, appointment.body.slug)
        appointment.refresh_from_db()
        if not policy.may_appoint(c.by, agreement, world.charter):
            raise NotAllowed(_("Groups are appointed by who bears that task in the agreement."))
        if appointment.withdrawn_at is not None:
            raise ValidationError(_("This was withdrawn already."))
        if last_day < appointment.first_day:
            raise ValidationError({"last_day": _("The last day is before the first.")})
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the group ends.")})
        before = said_of(appointment)
        appointment.last_day, appointment.ended_reason = last_day, reason.strip()
        appointment.save(update_fields=["last_day", "ended_reason"])
        members = _shortened(appointment, last_day)
        c.enter("end-group", appointment.key, before, said_of(appointment))
        keep_members(c, members)


def ending_with(appointment: Appointment, last_day: date) -> list[Membership]:
    """Return the memberships that end when a group's work ends on a day. Two queries.

    Those that rest on its appointment, and those of its days that rest on none: the parties named them by notification
    (C25). Who goes on in a group that is appointed again later stays.
    """
    rows = Membership.objects.standing().filter(body=appointment.body).exclude(valid_to__lte=last_day)
    rows = rows.filter(
        Q(appointment=appointment) | Q(appointment__isnull=True, valid_from__lte=max(last_day, appointment.first_day))
    )
    later = Appointment.objects.filter(body=appointment.body, withdrawn_at__isnull=True, first_day__gt=last_day)
    again = later.exclude(pk=appointment.pk).order_by("first_day").first()
    if again is not None:
        goes_on = Q(valid_to__isnull=True) | Q(valid_to__gte=again.first_day)
        rows = rows.exclude(goes_on, appointment__isnull=True)
    return list(rows.select_related("body", "party__organisation", "person", "post").order_by("party__order", "pk"))


def _shortened(appointment: Appointment, last_day: date) -> list[Membership]:
    """End the memberships that would go on after a group's last day; those still to begin never do."""
    members = ending_with(appointment, last_day)
    for member in members:
        member.valid_to = max(last_day, member.valid_from)
        member.save(update_fields=["valid_to"])
    return members


def said_of(appointment: Appointment) -> dict[str, Any]:
    """Return what the journal's detail tells of an appointment."""
    return {
        "body": appointment.body.slug,
        "by": appointment.by_party.slug,
        "from": appointment.first_day.isoformat(),
        "to": appointment.last_day.isoformat() if appointment.last_day else None,
        "reference": appointment.reference,
        "early": appointment.early_reason,
        "ended": appointment.ended_reason,
    }

"""A group meets for the first time and elects its chair, vice chair and secretary from among its members (C27)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.bodies.actions.common import (
    anchored,
    is_member,
    keep_members,
    known_in,
    refuse_beside_itself,
    refuse_who_does_not_manage,
)
from yhdyspinta.bodies.evidence import facts_of_constitution
from yhdyspinta.bodies.known import OFFICES, Known
from yhdyspinta.bodies.models import Body, Constitution, Membership
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.models import Agreement


@dataclass(frozen=True, slots=True)
class FirstMeeting:
    """What happened in a group's first meeting; ``elected`` says whom, by office."""

    on: date
    elected: dict[str, Membership] = field(default_factory=dict)
    online: bool = False
    convened_by: str = ""
    note: str = ""


def constitute_group(agreement: Agreement, body: str, meeting: FirstMeeting, *, by: Actor) -> Constitution:
    """Record a group's first meeting and whom it elected. The elected hold their office from that day.

    Raises:
        NotAllowed: the actor does not look after the group.
        ValidationError: by field; somebody elected is no member on that day, or has two offices.

    """
    with change(agreement, by=by, common=True) as c:
        world, known = known_in(agreement, body)
        refuse_who_does_not_manage(c, world, known)
        row = anchored(agreement, body)
        _refuse_meeting(c, row, meeting)
        members = _members(row, known, meeting)
        made = Constitution(
            body=row,
            meeting_on=meeting.on,
            online=meeting.online,
            convened_by=" ".join(meeting.convened_by.split()),
            note=" ".join(meeting.note.split()),
        )
        made.clean_fields(exclude=("body", "chair", "vice_chair", "secretary"))
        officers = {office: _officer(made, office, member) for office, member in members.items()}
        made.chair, made.vice_chair = officers.get("chair"), officers.get("vice-chair")
        made.secretary = officers.get("secretary")
        made.save()
        c.enter("constitute-group", made.key, after=said_of(made))
        c.keep(made.key, facts_of_constitution(made))
        keep_members(c, list(officers.values()))
        return made


def _refuse_meeting(c: Change, body: Body, meeting: FirstMeeting) -> None:
    if meeting.on > c.today:
        raise ValidationError({"on": _("This day is still to come.")})
    if Constitution.objects.filter(body=body, meeting_on=meeting.on, withdrawn_at__isnull=True).exists():
        raise ValidationError({"on": _("The first meeting of this day is recorded already.")})


def _members(body: Body, known: Known, meeting: FirstMeeting) -> dict[str, Membership]:
    """Return who was elected as they are now: members of the group on that day, each to one office."""
    found: dict[str, Membership] = {}
    for office in OFFICES:
        if office not in meeting.elected:
            continue
        chosen = meeting.elected[office]
        member = Membership.objects.select_related("body", "party", "person", "post").get(pk=chosen.pk)
        if not is_member(body, member, meeting.on) or member.role != "member":
            raise ValidationError(
                {office: _("%(name)s is no member on that day.") % {"name": member.person or member.post}}
            )
        if any(each.pk == member.pk for each in found.values()):
            raise ValidationError({office: _("One member is elected to one office.")})
        found[office] = member
    return found if "officers" in known.has or found else {}


def _officer(meeting: Constitution, office: str, member: Membership) -> Membership:
    """Let a member hold an office from the meeting to the end of their membership."""
    made = Membership(
        body=member.body,
        role=office,
        party=member.party,
        person=member.person,
        post=member.post,
        valid_from=meeting.meeting_on,
        valid_to=member.valid_to,
        appointment=member.appointment,
    )
    refuse_beside_itself(made, office)
    made.save()
    return made


def withdraw_constitution(constitution: Constitution, *, by: Actor) -> None:
    """Withdraw a first meeting that was recorded by mistake, and the offices that it gave.

    Raises:
        NotAllowed: the actor does not look after the group.
        ValidationError: it was withdrawn already.

    """
    agreement = constitution.body.agreement
    with change(agreement, by=by, common=True) as c:
        world, known = known_in(agreement, constitution.body.slug)
        refuse_who_does_not_manage(c, world, known)
        constitution.refresh_from_db()
        if constitution.withdrawn_at is not None:
            raise ValidationError(_("This was withdrawn already."))
        before, constitution.withdrawn_at = said_of(constitution), c.at
        constitution.save(update_fields=["withdrawn_at"])
        officers = list(constitution.elected.values())
        for officer in officers:
            officer.withdrawn_at = c.at
            officer.save(update_fields=["withdrawn_at"])
        c.enter("withdraw-constitution", constitution.key, before)
        c.keep(constitution.key, facts_of_constitution(constitution))
        keep_members(c, officers)


def said_of(constitution: Constitution) -> dict[str, Any]:
    """Return what the journal's detail tells of a first meeting."""
    return {
        "body": constitution.body.slug,
        "on": constitution.meeting_on.isoformat(),
        "online": constitution.online,
        "convened_by": constitution.convened_by,
        "elected": {office: membership.pk for office, membership in constitution.elected.items()},
    }

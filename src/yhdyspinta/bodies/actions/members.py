"""Naming members, ending a membership, and withdrawing one that was a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from yhdyspinta.bodies import policy
from yhdyspinta.bodies.actions.common import anchored, keep_members, known_in, refuse_beside_itself
from yhdyspinta.bodies.known import Known
from yhdyspinta.bodies.models import Appointment, Body, Constitution, Membership, Seat
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.decided import Decision
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.actions.namings import Newcomer
from yhdyspinta.parties.actions.people import person_added
from yhdyspinta.parties.days import shown_day
from yhdyspinta.parties.models import Organisation, Party, Person, Post


@dataclass(frozen=True, slots=True)
class Member:
    """Who is to be a member: of whom, in which role, for which party, from when to when, by which decision."""

    holder: Person | Post | Newcomer
    role: str
    first_day: date
    last_day: date | None = None
    party: Party | None = None
    """The party represented; none for somebody from outside the parties."""
    organisation: Organisation | str | None = None
    """Whose a newcomer is, where that is not the party; a name makes an organisation outside the agreement."""
    seat: Seat | None = None
    deputy_of: Membership | None = None
    gender: str = ""
    decision: Decision = field(default_factory=Decision)


def name_member(agreement: Agreement, body: str, member: Member, *, by: Actor) -> Membership:
    """Name a member to a body, by notification of the party or by who looks after the body (C21, C25).

    Raises:
        NotAllowed: the actor acts neither for the party nor for the body.
        ValidationError: by field.

    """
    with change(agreement, by=by, common=True) as c:
        world, known = known_in(agreement, body)
        if not policy.may_name(c.by, member.party, world.charter, known, agreement):
            raise NotAllowed(_("Members are named by their own party, or by who looks after the body."))
        made = made_member(c, anchored(agreement, body), known, member)
        c.enter("name-member", made.key, after=said_of(made))
        keep_members(c, [made])
        return made


def made_member(
    c: Change, body: Body, known: Known, member: Member, *, appointment: Appointment | None = None
) -> Membership:
    """Save a membership inside a change that enters it and keeps its facts.

    Raises:
        ValidationError: by field.

    """
    if member.role not in known.roles:
        raise ValidationError({"role": _("There is no such role in this body.")})
    if member.last_day is not None and member.last_day < member.first_day:
        raise ValidationError({"last_day": _("The last day is before the first.")})
    holder = _holder(c, member)
    made = Membership(
        body=body,
        seat=member.seat or _free_seat(body, member),
        role=member.role,
        party=member.party,
        person=holder if isinstance(holder, Person) else None,
        post=holder if isinstance(holder, Post) else None,
        deputy_of=member.deputy_of,
        gender=member.gender,
        valid_from=member.first_day,
        valid_to=member.last_day,
        appointment=appointment,
        **member.decision.fields(),
    )
    made.clean_fields(exclude=("body", "seat", "party", "person", "post", "deputy_of", "appointment", "role"))
    _refuse_seat(made)
    _refuse_deputy(made)
    refuse_beside_itself(made, "holder")
    made.save()
    return made


def _holder(c: Change, member: Member) -> Person | Post:
    """Return who is named, as they are now; a newcomer is added to the people of their organisation."""
    holder = member.holder
    assert c.common is not None
    if isinstance(holder, Newcomer):
        said = {"name": holder.name, "email": holder.email, "phone": holder.phone, "language": holder.language}
        return person_added(c.common, _organisation(c, member), **said)
    holder.refresh_from_db()
    if isinstance(holder, Person) and holder.is_gone:
        raise ValidationError({"holder": _("This record holds nobody any more.")})
    if isinstance(holder, Post) and holder.discontinued_on is not None and holder.discontinued_on < member.first_day:
        raise ValidationError(
            {"holder": _("The post ends on %(day)s.") % {"day": shown_day(holder.discontinued_on)}}
        )  # fmt: skip
    return holder


def _organisation(c: Change, member: Member) -> Organisation:
    """Return whose person a newcomer is: the party's, or that of an organisation outside the agreement (C21)."""
    if isinstance(member.organisation, Organisation):
        return member.organisation
    if member.party is not None:
        return member.party.organisation
    name = " ".join((member.organisation or "").split())
    if not name:
        raise ValidationError({"organisation": _("Say which organisation they come from.")})
    assert c.common is not None
    outside = Organisation.objects.filter(kind=Organisation.Kind.OTHER, parties__isnull=True)
    for known in outside:
        if name.casefold() in {str(each).casefold() for each in known.name.values()}:
            return known
    made = Organisation(kind=Organisation.Kind.OTHER, name={"fi": name}, official_name={"fi": name})
    made.save()
    c.common.enter("add-organisation", f"organisation:{made.pk}", after={"name": name})
    return made


def _free_seat(body: Body, member: Member) -> Seat | None:
    """Return the seat that somebody takes for whom none is said: the first free one of their party, else a shared one.

    Somebody from outside the parties takes one that was opened for their organisation.
    """
    taken = Membership.objects.standing().filter(body=body, role=member.role, seat__isnull=False)
    taken = taken.overlapping(member.first_day, member.last_day)
    free = body.seats.filter(closed_at__isnull=True, role=member.role).exclude(pk__in=taken.values("seat"))
    if member.party is not None:
        own = free.filter(party=member.party).order_by("number").first()
        return own or free.filter(party__isnull=True, outsider="").order_by("number").first()
    whose = str(member.organisation or getattr(member.holder, "organisation", ""))
    return free.filter(outsider__iexact=whose).order_by("number").first() if whose else None


def _refuse_seat(made: Membership) -> None:
    """Refuse a seat of another body or party, one that was closed, and a second member in one seat.

    Raises:
        ValidationError: at ``seat``.

    """
    seat = made.seat
    if seat is None:
        return
    seat.refresh_from_db()  # as it is behind the lock: it may have been closed at the same moment
    if seat.body_id != made.body.pk or seat.closed_at is not None or (seat.party_id or made.party_id) != made.party_id:
        raise ValidationError({"seat": _("The seat is not one that this member can have.")})
    beside = Membership.objects.standing().filter(seat=seat, role=made.role)
    if beside.overlapping(made.valid_from, made.valid_to).exists():
        raise ValidationError({"seat": _("The seat has a member already for these days.")})


def _refuse_deputy(made: Membership) -> None:
    """Refuse whoever is no deputy as somebody's deputy, and a deputy of somebody in another body.

    Raises:
        ValidationError: at ``deputy_of``.

    """
    if made.deputy_of is None:
        return
    if made.role != "deputy":
        raise ValidationError({"deputy_of": _("Only a deputy member is somebody's deputy.")})
    if made.deputy_of.body_id != made.body.pk or made.deputy_of.withdrawn_at is not None:
        raise ValidationError({"deputy_of": _("A deputy is of a member of the same body.")})


def end_membership(membership: Membership, *, last_day: date, by: Actor) -> None:
    """Say that a membership's last day is or was this one: a day to come ends nothing yet.

    Raises:
        NotAllowed: the actor acts neither for the party nor for the body.
        ValidationError: the last day is before the first; it was withdrawn.

    """
    with _changing(membership, by) as c:
        if last_day < membership.valid_from:
            raise ValidationError(
                {
                    "last_day": _("It began on %(day)s. If it was a mistake, withdraw it instead.")
                    % {"day": shown_day(membership.valid_from)}
                }
            )
        before, membership.valid_to = said_of(membership), last_day
        refuse_beside_itself(membership, "last_day")
        membership.save(update_fields=["valid_to"])
        c.enter("end-membership", membership.key, before, said_of(membership))
        keep_members(c, [membership])


def withdraw_membership(membership: Membership, *, by: Actor) -> None:
    """Withdraw a membership that was a mistake: it counts on no day. The row and the journal keep that it was made.

    Raises:
        NotAllowed: the actor acts neither for the party nor for the body.
        ValidationError: it was withdrawn already, or it rests on an election that stands.

    """
    with _changing(membership, by) as c:
        if _elected(membership):
            raise ValidationError(
                _("This office was given by a first meeting that is recorded here: withdraw the first meeting instead.")
            )
        before, membership.withdrawn_at = said_of(membership), c.at
        membership.save(update_fields=["withdrawn_at"])
        c.enter("withdraw-membership", membership.key, before, said_of(membership))
        keep_members(c, [membership])


def _elected(membership: Membership) -> bool:
    """Tell whether a membership is an office that a recorded first meeting gave. One query."""
    by_meeting = Q(chair=membership) | Q(vice_chair=membership) | Q(secretary=membership)
    return Constitution.objects.filter(by_meeting, withdrawn_at__isnull=True).exists()


@contextmanager
def _changing(membership: Membership, by: Actor) -> Iterator[Change]:
    """Change a membership behind the lock, if the actor may and it was not withdrawn."""
    agreement = membership.body.agreement
    with change(agreement, by=by, common=True) as c:
        membership.refresh_from_db()
        world, known = known_in(agreement, membership.body.slug)
        if not policy.may_name(c.by, membership.party, world.charter, known, agreement):
            raise NotAllowed(_("Members are named by their own party, or by who looks after the body."))
        if membership.withdrawn_at is not None:
            raise ValidationError(_("This was withdrawn already."))
        yield c


def said_of(membership: Membership) -> dict[str, Any]:
    """Return what the journal's detail tells of a membership."""
    return {
        "body": membership.body.slug,
        "role": membership.role,
        "party": membership.party.slug if membership.party else None,
        "person": membership.person_id,
        "post": membership.post_id,
        "from": membership.valid_from.isoformat(),
        "to": membership.valid_to.isoformat() if membership.valid_to else None,
        "reference": membership.reference,
        "withdrawn": membership.withdrawn_at is not None,
    }

"""Opening seats that somebody is to be named to, and closing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from yhdyspinta.bodies.actions.common import anchored, known_in, refuse_who_does_not_manage
from yhdyspinta.bodies.models import Body, Membership, Proposal, Seat
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import change
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Party

MOST_SEATS = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Seats of one kind: so many for a party, for an organisation outside the parties, or for the parties together."""

    count: int
    role: str = "member"
    party: Party | None = None
    outsider: str = ""


def open_seats(agreement: Agreement, body: str, wanted: Sequence[Wanted], *, by: Actor) -> list[Seat]:
    """Open seats of a body, to be filled by naming somebody.

    Raises:
        NotAllowed: the actor does not look after the body.
        ValidationError: by field; the body has no seats, or would have more than 500.

    """
    with change(agreement, by=by) as c:
        world, known = known_in(agreement, body)
        refuse_who_does_not_manage(c, world, known)
        if "seats" not in known.has:
            raise ValidationError({"body": _("The agreement only refers to this body: it has no seats here.")})
        row = anchored(agreement, body)
        made = opened(row, wanted)
        c.enter("open-seats", row.key, after={"seats": [seat.pk for seat in made]})
        return made


def opened(body: Body, wanted: Sequence[Wanted], *, proposal: Proposal | None = None) -> list[Seat]:
    """Save seats inside a change that enters it.

    Raises:
        ValidationError: at ``seats``.

    """
    held = body.seats.filter(closed_at__isnull=True)
    count = sum(each.count for each in wanted)
    if any(each.count < 1 for each in wanted) or held.count() + count > MOST_SEATS:
        message = _("A body has at least one and at most %(most)s seats.") % {"most": MOST_SEATS}
        raise ValidationError({"seats": message})
    number = held.aggregate(last=Max("number"))["last"] or 0
    made = []
    for each in wanted:
        for _again in range(each.count):
            number += 1
            seat = Seat(body=body, proposal=proposal, role=each.role, party=each.party, number=number)
            seat.outsider = " ".join(each.outsider.split())[:200]
            seat.save()
            made.append(seat)
    return made


def close_seat(seat: Seat, *, by: Actor) -> None:
    """Close a seat that nobody is to be named to any more.

    Raises:
        NotAllowed: the actor does not look after the body.
        ValidationError: it is closed already, or somebody sits in it.

    """
    agreement = seat.body.agreement
    with change(agreement, by=by) as c:
        world, known = known_in(agreement, seat.body.slug)
        refuse_who_does_not_manage(c, world, known)
        seat.refresh_from_db()
        if seat.closed_at is not None:
            raise ValidationError(_("The seat is closed already."))
        if Membership.objects.standing().filter(seat=seat).overlapping(c.today, None).exists():
            raise ValidationError(_("Somebody sits in it. End that membership first."))
        seat.closed_at = c.at
        seat.save(update_fields=["closed_at"])
        c.enter("close-seat", seat.key, after={"body": seat.body.slug, "number": seat.number})

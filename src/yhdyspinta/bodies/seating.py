"""The open seats of a body, each with who sits in it: what can be filled by naming somebody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from yhdyspinta.bodies import words
from yhdyspinta.bodies.models import Membership, Seat
from yhdyspinta.bodies.queries import memberships, seats_of
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.days import shown_day
from yhdyspinta.parties.models import Party


@dataclass(frozen=True, slots=True)
class Held:
    """A seat with those who sit in it, or will."""

    seat: Seat
    members: tuple[Membership, ...]
    day: date

    @property
    def role(self) -> str:
        """In which role somebody is to sit there."""
        return words.role(self.seat.role)

    @property
    def whose(self) -> str:
        """Whose seat it is."""
        if self.seat.party is not None:
            return str(self.seat.party.organisation)
        return self.seat.outsider or _("The parties together")

    @property
    def sitters(self) -> list[str]:
        """Who sits there, each with the day where it is still to come."""
        return [self._sitter(each) for each in self.members]

    def _sitter(self, member: Membership) -> str:
        name = str(member.person or member.post)
        if member.role != self.seat.role:
            name = f"{name} ({words.role(member.role)})"
        if member.valid_from > self.day:
            return _("%(name)s from %(day)s") % {"name": name, "day": shown_day(member.valid_from)}
        if member.valid_to is not None:
            return _("%(name)s until %(day)s") % {"name": name, "day": shown_day(member.valid_to)}
        return name

    @property
    def choice(self) -> str:
        """The seat as a choice shows it: its number, whose and for what, and who sits in it."""
        taken = ", ".join(self.sitters) or _("free")
        about = {"number": self.seat.number, "role": self.role, "whose": self.whose, "taken": taken}
        return _("%(number)s: %(role)s, %(whose)s – %(taken)s") % about


@dataclass(frozen=True, slots=True)
class Seating:
    """The open seats of a body, and its members from a day on."""

    seats: tuple[Held, ...]
    members: tuple[Membership, ...]

    @property
    def free(self) -> int:
        """How many seats nobody sits in."""
        return sum(not held.members for held in self.seats)

    def offered_to(self, party: Party | None) -> dict[Seat, str]:
        """Return the seats that somebody of a party (None: from outside) can have, free ones first."""
        own = [held for held in self.seats if _fits(held.seat, party)]
        return {held.seat: held.choice for held in sorted(own, key=lambda held: bool(held.members))}


def _fits(seat: Seat, party: Party | None) -> bool:
    if party is None:
        return seat.party_id is None
    return seat.party_id == party.pk or (seat.party_id is None and not seat.outsider)


def seating_of(agreement: Agreement, body: str, day: date) -> Seating:
    """Return the open seats of a body with who sits in them on a day or later. Two queries."""
    rows = memberships(agreement).filter(body__slug=body).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    now = list(rows.order_by("party__order", "person__name", "pk"))
    by_seat: dict[int, list[Membership]] = defaultdict(list)
    for row in now:
        if row.seat_id is not None:
            by_seat[row.seat_id].append(row)
    held = tuple(Held(seat, tuple(by_seat[seat.pk]), day) for seat in seats_of(agreement, body))
    return Seating(held, tuple(row for row in now if row.role == "member"))

"""The workspace of whoever fits the proposals together (C25): who is proposed, seats, balance, gaps, conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yhdyspinta.bodies.balance_told import Counted, Told, told_of
from yhdyspinta.bodies.models import Seat
from yhdyspinta.bodies.queries import World
from yhdyspinta.parties.models import Party
from yhdyspinta.requests.models import Asked, Nomination
from yhdyspinta.requests.queries import answer_in


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody proposed: by which party, and which seats they could take."""

    nomination: Nomination
    party: Party
    seats: tuple[Seat, ...]
    chosen: bool
    seat: Seat | None = None

    @property
    def deputy(self) -> bool:
        """Whether they are proposed as a deputy."""
        return self.nomination.role == "deputy"


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a coordinator looks at."""

    people: tuple[Proposed, ...]
    seats: tuple[Seat, ...]
    waiting: tuple[Party, ...]
    """The parties that have not answered."""
    nobody: tuple[Party, ...]
    """The parties that propose nobody."""
    proposed: Told
    chosen: Told
    warnings: tuple[str, ...]

    @property
    def members(self) -> int:
        """How many members are chosen."""
        return sum(each.chosen and not each.deputy for each in self.people)


def workspace_of(
    rows: Sequence[Asked], seats: Sequence[Seat], chosen: dict[int, Seat | None], world: World
) -> Workspace:
    """Lay out what the parties propose. ``chosen`` are the nominations agreed on so far, with seats. No queries."""
    people = [
        Proposed(
            nomination, asked.party, _seats_of(asked.party, seats), nomination.pk in chosen, chosen.get(nomination.pk)
        )
        for asked in rows
        if (answer := answer_in(asked)) is not None
        for nomination in answer.nominations.all()
    ]
    parties = [asked.party for asked in rows]
    proposing = {each.party.pk for each in people}
    answered = {asked.party_id for asked in rows if answer_in(asked) is not None}
    return Workspace(
        people=tuple(people),
        seats=tuple(seats),
        waiting=tuple(party for party in parties if party.pk not in answered),
        nobody=tuple(party for party in parties if party.pk in answered and party.pk not in proposing),
        proposed=_balance(people, world, parties),
        chosen=_balance([each for each in people if each.chosen], world, parties),
        warnings=tuple(_warnings(people, seats)),
    )


def _seats_of(party: Party, seats: Sequence[Seat]) -> tuple[Seat, ...]:
    return tuple(seat for seat in seats if not seat.outsider and seat.party_id in (None, party.pk))


def _balance(people: Iterable[Proposed], world: World, parties: Sequence[Party]) -> Told:
    """Return in words how those proposed, or those chosen, are balanced."""
    return told_of(
        [Counted(each.nomination.role, each.nomination.gender, each.party) for each in people], world, parties
    )


def _warnings(people: Sequence[Proposed], seats: Sequence[Seat]) -> Iterable[str]:
    """Yield what cannot stand together: the same person twice, more than there are seats, two for one seat."""
    members = [each for each in people if not each.deputy]
    if len(members) > len(seats):
        yield ngettext(
            "%(people)s people are proposed for %(count)s seat: they are to be fitted together.",
            "%(people)s people are proposed for %(count)s seats: they are to be fitted together.",
            len(seats),
        ) % {"people": len(members), "count": len(seats)}
    names = Counter(each.nomination.person.name.casefold() for each in people)
    for each in people:
        if names.pop(each.nomination.person.name.casefold(), 0) > 1:
            yield _("%(name)s is proposed more than once: is it the same person?") % {"name": each.nomination.person}
    taken = Counter((each.seat.pk, each.nomination.role) for each in people if each.seat is not None)
    if any(number > 1 for number in taken.values()):
        yield _("Two are chosen for one seat.")

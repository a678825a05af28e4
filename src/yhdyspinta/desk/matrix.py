"""The matrix: each party by each duty that every party has, in the agreement's order (DESIGN §5, §7).

Statutory duties are not in it. What an audience may not see beside a party's name is a neutral dash.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yhdyspinta.agreement import Right
from yhdyspinta.agreement.duty import CALENDAR_YEAR, COUNCIL_TERM
from yhdyspinta.desk import vocabulary, words
from yhdyspinta.desk.cards import periods_of
from yhdyspinta.desk.marks import HIDDEN, Mark, Tally, shape_of, tally
from yhdyspinta.desk.scene import Scene, is_each_party, is_statutory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yhdyspinta.agreement import Duty, Occurrence

ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Column:
    """A duty, in the period that goes on."""

    duty: str
    name: str
    period: str
    url: str
    total: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What a party has of a duty: its mark in few words. ``absent``: the duty is not the party's."""

    mark: Mark
    words: str
    url: str
    heard: str = ""

    @property
    def absent(self) -> bool:
        """Whether the duty is not the party's."""
        return self.mark.shape == ABSENT


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party and its cells."""

    id: str
    name: str
    bound: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table."""

    columns: tuple[Column, ...]
    rows: tuple[PartyRow, ...]
    hides: bool


def matrix_of(scene: Scene) -> Matrix:
    """Build the matrix of the scene's day."""
    pivots = [(duty, _pivot(duty, scene.by_duty.get(duty.id, []))) for duty in columns_of(scene)]
    rows = tuple(
        PartyRow(
            id=party.id,
            name=scene.narrow(party.name.get(scene.language)),
            bound=", ".join(scene.membership(party.id)),
            url=scene.links.party(party.id),
            cells=tuple(
                _cell(scene, duty.id, party.id, pivot.get(party.id, ()), _empty(pivot)) for duty, pivot in pivots
            ),
        )
        for party in scene.charter.parties.values()
    )
    columns = tuple(_column(scene, duty, pivot) for duty, pivot in pivots)
    return Matrix(columns, rows, hides=not scene.sight.whole)


def columns_of(scene: Scene) -> list[Duty]:
    """Return the duties that each party has and that can be kept, in the order of the text; none by statute."""
    return [
        duty
        for duty in scene.duties.values()
        if not isinstance(duty, Right) and is_each_party(duty) and not is_statutory(duty) and duty.kind != "unmeasured"
    ]


def _pivot(duty: Duty, occurrences: Sequence[Occurrence]) -> Mapping[str, list[Occurrence]]:
    """Return, by party, the occurrences of the period that goes on; of duties per meeting or release, of all so far."""
    periods = periods_of(occurrences)
    if duty.per in (CALENDAR_YEAR, COUNCIL_TERM) and periods:
        begun = [name for name, same in periods.items() if any(each.state != "scheduled" for each in same)]
        periods = {name: periods[name] for name in [begun[-1] if begun else next(iter(periods))]}
    found: dict[str, list[Occurrence]] = defaultdict(list)
    for same in periods.values():
        for occurrence in same:
            found[occurrence.bearer].append(occurrence)
    return found


def _empty(pivot: Mapping[str, Sequence[Occurrence]]) -> str:
    """Return what an empty cell means: that the duty is others', or that nothing has come due from anybody."""
    return vocabulary.not_concerned() if pivot else vocabulary.nothing_due()


def _column(scene: Scene, duty: Duty, pivot: Mapping[str, Sequence[Occurrence]]) -> Column:
    periods = {each.period for same in pivot.values() for each in same}
    period = periods.pop() if len(periods) == 1 and duty.per in (CALENDAR_YEAR, COUNCIL_TERM) else ""
    whole = [tally(shape_of(each) for each in same) for same in pivot.values()]
    done = sum(1 for counted in whole if counted.done and counted.done == counted.total)
    asked = sum(1 for counted in whole if counted.total and not counted.unknown)
    told = scene.sight.whole or (scene.sight.counts and len(pivot) > 1)  # of one party alone a count is its state
    return Column(
        duty=duty.id,
        name=scene.narrow((duty.short_name or duty.name).get(scene.language)),
        period=words.period(period) if period else "",
        url=scene.links.duty(duty.id),
        total=f"{done}/{asked}" if told and asked else "",
    )


def _cell(scene: Scene, duty: str, party: str, occurrences: Sequence[Occurrence], empty: str) -> Cell:
    if not occurrences:
        return Cell(Mark(ABSENT, ""), "", "", empty)
    url = scene.links.party(party, duty)
    if not scene.sight.marks:
        return _not_shown(url)
    counted = tally(shape_of(each) for each in occurrences)
    if scene.sight.whole or (counted.done and counted.done == counted.total):
        return _seen(counted, occurrences, url)
    if counted.done and len(occurrences) > 1:
        # What is done is shown, not out of how many.
        shape = "kept" if counted.states["kept"] else "fulfilled"
        return Cell(Mark(shape, ""), str(counted.done), url, vocabulary.state(shape))
    return _not_shown(url)


def _seen(counted: Tally, occurrences: Sequence[Occurrence], url: str) -> Cell:
    shape = counted.shape
    if len(occurrences) > 1 and counted.total:
        return Cell(Mark(shape, ""), f"{counted.done}/{counted.total}", url, vocabulary.shape(shape))
    return Cell(Mark(shape, ""), vocabulary.short_state(shape), url)


def _not_shown(url: str) -> Cell:
    return Cell(Mark(HIDDEN, ""), "", url, vocabulary.not_shown())

"""The life of the agreement on a line: terms, meetings, deadlines and the day looked at. Geometry only.

Units are those of the picture's view box, ``WIDTH`` wide.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from yhdyspinta.desk.lettering import lines_of, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 1200.0
LABEL_SIZE = 13.0
LANE_HEIGHT = 46.0
HEADING_WIDTH = 190.0
TOP = 34.0
_LABEL_GAP = 10.0

Shape = Literal["dot", "diamond"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day. Events of greater weight get their label first where there is no room for all."""

    day: dt.date
    words: str
    label: str
    tone: str
    shape: Shape
    url: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that lasts, such as a council term or a window. ``None`` runs out of the picture."""

    first: dt.date | None
    last: dt.date | None
    words: str
    tone: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the full time line."""

    name: str
    events: tuple[Event, ...] = ()
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in its place."""

    x: float
    y: float
    event: Event
    number: int = 1

    @property
    def diamond(self) -> str:
        """The path of the diamond in its place."""
        return f"M{self.x:.1f} {self.y - 8:.1f}l8 8-8 8-8-8z"


@dataclass(frozen=True, slots=True)
class Label:
    """The words above a mark, in one of two rows."""

    x: float
    y: float
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch in its place, with as much of its words as fits inside."""

    x: float
    y: float
    width: float
    words: str
    inside: str
    tone: str
    url: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a year."""

    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to units."""

    first: dt.date
    last: dt.date
    left: float = 0.0
    right: float = WIDTH

    def x(self, day: dt.date) -> float:
        """Return where a day stands; days outside the scale stand at its ends."""
        days = (min(max(day, self.first), self.last) - self.first).days
        return round(self.left + (self.right - self.left) * days / max(1, (self.last - self.first).days), 1)

    def ticks(self) -> tuple[Tick, ...]:
        """Return the years, each at its first day on the scale; a year of which little is left gets no tick."""
        years = range(self.first.year, self.last.year + 1)
        ticks = [Tick(self.x(max(self.first, dt.date(year, 1, 1))), year) for year in years]
        return tuple(tick for tick in ticks if tick.x <= self.right - 30)


@dataclass(frozen=True, slots=True)
class Strip:
    """The one-line form at the head of the living agreement."""

    scale: Scale
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    ticks: tuple[Tick, ...]
    needle: float | None
    needle_anchor: str
    elapsed: float
    height: float = 104.0


@dataclass(frozen=True, slots=True)
class Row:
    """A lane in its place."""

    names: tuple[tuple[float, str], ...]
    y: float
    marks: tuple[Mark, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The full time line, a row per lane."""

    scale: Scale
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    needle: float | None
    needle_anchor: str
    height: float

    @property
    def foot(self) -> float:
        """Where the lines of the years end."""
        return self.height - 22


def horizon(first: dt.date, last: dt.date | None, day: dt.date) -> Scale:
    """Return the scale of an agreement: its term, or for one until further notice to the end of the next year."""
    if last is None:
        last = dt.date(max(day, first).year + 1, 12, 31)
    return Scale(first, last)


def strip_of(scale: Scale, events: Sequence[Event], day: dt.date) -> Strip:
    """Lay the events on one line, with labels where they have room."""
    line = 56.0
    marks = _marks([event for event in events if scale.first <= event.day <= scale.last], scale, line)
    inside = scale.first <= day <= scale.last
    return Strip(
        scale=scale,
        marks=marks,
        labels=tuple(_labels(marks, scale, rows=(line - 20, line - 38))),
        ticks=scale.ticks(),
        needle=scale.x(day) if inside else None,
        needle_anchor="end" if scale.x(day) > scale.right - 90 else "start",
        elapsed=scale.x(day) - scale.left if day >= scale.first else 0.0,
    )


def chart_of(first: dt.date, last: dt.date, lanes: Sequence[Lane], day: dt.date) -> Chart:
    """Lay every lane on a row of its own between two days."""
    scale = Scale(first, last, left=HEADING_WIDTH, right=WIDTH - 10)
    rows = tuple(_row(lane, scale, TOP + LANE_HEIGHT * (number + 0.5)) for number, lane in enumerate(lanes))
    x = scale.x(day) if first <= day <= last else None
    anchor = "end" if x is not None and x > scale.right - 90 else "start"
    return Chart(scale, rows, scale.ticks(), x, anchor, TOP + LANE_HEIGHT * len(lanes) + 26)


def _row(lane: Lane, scale: Scale, y: float) -> Row:
    events = [event for event in lane.events if scale.first <= event.day <= scale.last]
    blocks = tuple(block for stretch in lane.stretches if (block := _block(stretch, scale, y)))
    lines = lines_of(lane.name, HEADING_WIDTH - 20, 14, most=2)
    top = y + 5 - 9 * (len(lines) - 1)
    names = tuple((top + 18 * number, line) for number, line in enumerate(lines))
    return Row(names, y, _marks(events, scale, y), blocks)


def _block(stretch: Stretch, scale: Scale, y: float) -> Block | None:
    first, last = stretch.first or scale.first, stretch.last or scale.last
    if last < scale.first or first > scale.last:
        return None
    start = scale.x(first)
    width = max(4.0, round(scale.x(last) - start, 1))
    inside = stretch.words if width_of(stretch.words, LABEL_SIZE) < width - 12 else ""
    return Block(start, y - 12, width, stretch.words, inside, stretch.tone, stretch.url)


def _marks(events: Iterable[Event], scale: Scale, y: float) -> tuple[Mark, ...]:
    """Place events; those of one day and shape are one mark with their number."""
    same: dict[tuple[dt.date, Shape], list[Event]] = {}
    for event in sorted(events, key=lambda event: (event.day, -event.weight)):
        same.setdefault((event.day, event.shape), []).append(event)
    marks = []
    for together in same.values():
        event = together[0]
        if len(together) > 1:
            tones = {other.tone for other in together}
            words = " · ".join(other.words for other in together)
            tone = event.tone if len(tones) == 1 else "open"
            event = Event(event.day, words, event.label, tone, event.shape, event.url, event.weight)
        marks.append(Mark(scale.x(event.day), y, event, len(together)))
    return tuple(marks)


def _labels(marks: Sequence[Mark], scale: Scale, rows: Sequence[float]) -> Iterable[Label]:
    """Give labels a free place in one of the rows, heavier events first; a label with no room is left out."""
    taken: dict[float, list[tuple[float, float]]] = {y: [] for y in rows}
    for mark in sorted(marks, key=lambda mark: (-mark.event.weight, mark.event.day)):
        if not mark.event.label:
            continue
        width = width_of(mark.event.label, LABEL_SIZE)
        left = min(max(mark.x - width / 2, scale.left), scale.right - width)
        for y in rows:
            if all(left > end + _LABEL_GAP or left + width < start - _LABEL_GAP for start, end in taken[y]):
                taken[y].append((left, left + width))
                yield _label(mark, left, width, y)
                break


def _label(mark: Mark, left: float, width: float, y: float) -> Label:
    """Anchor a label in the middle of its mark, or at the picture's edge where it had to move."""
    if abs(left + width / 2 - mark.x) < 0.5:
        return Label(mark.x, y, "middle", mark.event.label)
    if left + width / 2 > mark.x:
        return Label(left, y, "start", mark.event.label)
    return Label(left + width, y, "end", mark.event.label)

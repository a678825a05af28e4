"""The year wheel: January at twelve, clockwise, one ring per level (STANDARDS §7). Geometry only, no words of its own.

Units are those of the picture's view box, a square of ``SIZE``. Strategic levels are inside, operative ones outside.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SIZE = 600
CENTRE = SIZE / 2
OUTER, INNER = 246.0, 92.0
GAP = 4.0
DOT = 7.0
MONTH_RADIUS = 268.0
# A window longer than this is the year itself and says nothing when drawn.
LONGEST_WINDOW = dt.timedelta(days=250)

Kind = Literal["meeting", "deadline", "window"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that happens on a level in a year: a meeting, a deadline or a window in which to act."""

    ring: int  # 0 is the innermost
    kind: Kind
    first: dt.date
    last: dt.date
    words: str
    tone: str
    url: str


@dataclass(frozen=True, slots=True)
class Wedge:
    """A window, drawn as a part of its ring."""

    path: str
    words: str
    tone: str
    url: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A meeting (round) or a deadline (diamond); several of one day and ring are one, with their number."""

    kind: Kind
    x: float
    y: float
    words: str
    tone: str
    url: str
    number: int

    @property
    def diamond(self) -> str:
        """The path of the diamond at the dot's place."""
        r = DOT + 1
        return f"M{self.x:.1f} {self.y - r:.1f}l{r:.0f} {r:.0f}-{r:.0f} {r:.0f}-{r:.0f}-{r:.0f}z"


@dataclass(frozen=True, slots=True)
class Ring:
    """One level's ring: where its band runs, and where its name stands."""

    radius: float
    thickness: float
    name: str

    @property
    def label_y(self) -> float:
        """How far down the ring's name stands, just right of the line of January."""
        return CENTRE - self.radius


@dataclass(frozen=True, slots=True)
class Month:
    """A month's line and its name around the wheel."""

    line: str
    name: str
    number: int
    x: float
    y: float
    turn: float


@dataclass(frozen=True, slots=True)
class Wheel:
    """Everything the picture draws."""

    year: int
    rings: tuple[Ring, ...]
    months: tuple[Month, ...]
    wedges: tuple[Wedge, ...]
    dots: tuple[Dot, ...]
    needle: str | None
    size: int = SIZE
    centre: float = CENTRE


def angle(day: dt.date) -> float:
    """Return a day's direction in radians, 1 January straight up, clockwise."""
    start = dt.date(day.year, 1, 1)
    days = (dt.date(day.year, 12, 31) - start).days + 1
    return 2 * pi * (day - start).days / days - pi / 2


def point(radius: float, direction: float) -> tuple[float, float]:
    """Return the place at a distance from the centre in a direction."""
    return CENTRE + radius * cos(direction), CENTRE + radius * sin(direction)


def wheel_of(
    year: int, ring_names: Sequence[str], items: Iterable[Item], *, months: Sequence[str], day: dt.date | None
) -> Wheel:
    """Lay out a year. ``day`` sets the needle where it falls in the year; items outside the year are left out."""
    rings = _rings(ring_names)
    inside = [item for item in items if item.first.year <= year <= item.last.year and item.ring < len(rings)]
    windows = [item for item in inside if item.kind == "window" and item.last - item.first <= LONGEST_WINDOW]
    needle = None
    if day and day.year == year:
        x, y = point(OUTER + 6, angle(day))
        needle = f"M{CENTRE:.0f} {CENTRE:.0f}L{x:.1f} {y:.1f}"
    return Wheel(
        year=year,
        rings=rings,
        months=tuple(_month(year, number, name) for number, name in enumerate(months, start=1)),
        wedges=tuple(_wedges(year, rings, windows)),
        dots=tuple(_dots(rings, [item for item in inside if item.kind != "window" and item.first.year == year])),
        needle=needle,
    )


def _rings(names: Sequence[str]) -> tuple[Ring, ...]:
    thickness = (OUTER - INNER) / max(1, len(names))
    return tuple(
        Ring(radius=INNER + thickness * (number + 0.5), thickness=thickness - GAP, name=name)
        for number, name in enumerate(names)
    )


def _month(year: int, number: int, name: str) -> Month:
    start = angle(dt.date(year, number, 1))
    middle = start + pi / 12
    inner, outer = point(INNER, start), point(OUTER, start)
    x, y = point(MONTH_RADIUS, middle)
    turn = (middle + pi / 2) * 180 / pi % 360
    # Names in the lower half are turned the other way, so that none stands on its head.
    turn = turn - 180 if 90 < turn < 270 else turn
    line = f"M{inner[0]:.1f} {inner[1]:.1f}L{outer[0]:.1f} {outer[1]:.1f}"
    return Month(line=line, name=name, number=number, x=round(x, 1), y=round(y, 1), turn=round(turn, 1))


def _wedges(year: int, rings: Sequence[Ring], windows: Sequence[Item]) -> Iterable[Wedge]:
    first_day, last_day = dt.date(year, 1, 1), dt.date(year, 12, 31)
    for window in sorted(windows, key=lambda item: (item.ring, item.first, item.words)):
        ring = rings[window.ring]
        start = angle(max(window.first, first_day))
        end = angle(min(window.last, last_day)) + 2 * pi / 366
        yield Wedge(_wedge(ring, start, end), window.words, window.tone, window.url)


def _wedge(ring: Ring, start: float, end: float) -> str:
    outer, inner = ring.radius + ring.thickness / 2, ring.radius - ring.thickness / 2
    large = 1 if end - start > pi else 0
    (ax, ay), (bx, by) = point(outer, start), point(outer, end)
    (cx, cy), (dx, dy) = point(inner, end), point(inner, start)
    return (
        f"M{ax:.1f} {ay:.1f}A{outer:.1f} {outer:.1f} 0 {large} 1 {bx:.1f} {by:.1f}"
        f"L{cx:.1f} {cy:.1f}A{inner:.1f} {inner:.1f} 0 {large} 0 {dx:.1f} {dy:.1f}Z"
    )


def _dots(rings: Sequence[Ring], items: Sequence[Item]) -> Iterable[Dot]:
    """Place dots: those of one day and kind are one dot with its number, those that crowd are spread in the ring."""
    together: dict[tuple[int, dt.date, Kind], list[Item]] = defaultdict(list)
    for item in items:
        together[item.ring, item.last, item.kind].append(item)
    for number, ring in enumerate(rings):
        groups = [(key, together[key]) for key in sorted(together) if key[0] == number]
        places = _spread(ring, [angle(day) for (_, day, _), _ in groups])
        for ((_, _, kind), same), (radius, direction) in zip(groups, places, strict=True):
            x, y = point(radius, direction)
            words = " · ".join(item.words for item in same)
            yield Dot(kind, round(x, 1), round(y, 1), words, _tone(same), same[0].url, len(same))


def _spread(ring: Ring, directions: Sequence[float]) -> list[tuple[float, float]]:
    """Give each direction a radius and a direction of its own: alone in the middle, in a crowd side by side."""
    apart = (2 * DOT + 2) / ring.radius
    offsets = (0.0,) if ring.thickness < 4 * DOT + 2 else (-DOT - 1, DOT + 1)
    places: list[tuple[float, float]] = []
    last = [-4 * pi] * len(offsets)
    for number, wanted in enumerate(directions):
        before = wanted - directions[number - 1] < apart if number else False
        after = directions[number + 1] - wanted < apart if number + 1 < len(directions) else False
        if not before and not after and wanted - max(last) >= apart:
            last = [wanted] * len(offsets)
            places.append((ring.radius, wanted))
            continue
        lane = min(range(len(offsets)), key=last.__getitem__)
        last[lane] = max(wanted, last[lane] + apart)
        places.append((ring.radius + offsets[lane], last[lane]))
    return places


def _tone(items: Sequence[Item]) -> str:
    """Return the tone that all share, else the neutral one of something under way."""
    tones = {item.tone for item in items}
    return tones.pop() if len(tones) == 1 else "open"

"""The levels of cooperation as a picture: a band per level, a box per body, groups in a grid. Geometry only.

Units are those of the picture's view box, ``WIDTH`` wide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yhdyspinta.desk.lettering import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH = 1080.0
LEFT = 190.0
PAD = 20.0
GAP = 16.0
BAND_GAP = 26.0
NAME_SIZE, SMALL_SIZE = 15.5, 13.0
NAME_STEP, SMALL_STEP = 20.0, 18.0
_INSET = 16.0


@dataclass(frozen=True, slots=True)
class Node:
    """A body to draw: its name, who convenes it, its state in words and the state's tone and shape."""

    id: str
    name: str
    convened: str
    state: str
    tone: str
    shape: str
    url: str
    outside: bool = False  # referred to by the agreement, not founded by it


@dataclass(frozen=True, slots=True)
class Band:
    """A level with its bodies and its groups."""

    number: int
    name: str
    bodies: tuple[Node, ...]
    groups: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A line of words in its place."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Box:
    """A body's box in its place."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    name: tuple[Written, ...]
    convened: tuple[Written, ...]
    state: Written | None
    group: bool = False

    @property
    def symbol_y(self) -> float:
        """Where the state's shape stands beside its words."""
        return self.y + self.height - _INSET - 9

    @property
    def middle(self) -> float:
        """Where a line to or from the box meets it."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Level:
    """A band in its place."""

    number: int
    y: float
    height: float
    name: tuple[Written, ...]
    boxes: tuple[Box, ...]

    @property
    def label_y(self) -> float:
        """Where the level's number stands."""
        return self.y + PAD + 14


@dataclass(frozen=True, slots=True)
class Diagram:
    """Everything the picture draws."""

    levels: tuple[Level, ...]
    lines: tuple[str, ...]
    height: float
    width: float = WIDTH


def diagram_of(bands: Sequence[Band], prepares: Mapping[str, Sequence[str]]) -> Diagram:
    """Lay out the levels. ``prepares`` names, for a body, the bodies that prepare its agenda: a line joins them."""
    levels: list[Level] = []
    y = 1.0
    for band in bands:
        level = _level(band, y)
        levels.append(level)
        y += level.height + BAND_GAP
    boxes = {box.node.id: box for level in levels for box in level.boxes}
    lines = tuple(
        _line(boxes[preparer], boxes[body])
        for body, preparers in prepares.items()
        for preparer in preparers
        if body in boxes and preparer in boxes and boxes[preparer].y > boxes[body].y + boxes[body].height
    )
    return Diagram(tuple(levels), lines, max(1.0, y - BAND_GAP + 1))


def _level(band: Band, top: float) -> Level:
    rows: list[list[Box]] = []
    y = top + PAD
    for nodes, group in ((band.bodies, False), (band.groups, True)):
        for row in _rows(nodes, _columns(len(nodes), group=group)):
            boxes = _row(row, y, _columns(len(nodes), group=group), group=group)
            rows.append(boxes)
            y += boxes[0].height + GAP
    height = max(y - GAP + PAD - top, 2 * PAD + 64)
    words = lines_of(band.name, LEFT - PAD - 26, NAME_SIZE, most=4)
    name = tuple(Written(PAD, top + PAD + 38 + NAME_STEP * number, line) for number, line in enumerate(words))
    return Level(band.number, top, height, name, tuple(box for row in rows for box in row))


def _columns(count: int, *, group: bool) -> int:
    """Groups stand in a grid of up to five, bodies up to four side by side; a lone body takes half the width."""
    if group:
        return 5 if count > 8 else 4
    return 3 if count in (5, 6) else min(max(count, 2), 4)


def _rows(nodes: Sequence[Node], columns: int) -> list[Sequence[Node]]:
    return [nodes[start : start + columns] for start in range(0, len(nodes), columns)]


def _row(nodes: Sequence[Node], y: float, columns: int, *, group: bool) -> list[Box]:
    room = WIDTH - LEFT - PAD
    width = (room - GAP * (columns - 1)) / columns
    drafts = [_box(node, LEFT + number * (width + GAP), y, width, group=group) for number, node in enumerate(nodes)]
    height = max(box.height for box in drafts)
    return [_settled(box, height) for box in drafts]


def _box(node: Node, x: float, y: float, width: float, *, group: bool) -> Box:
    inner = width - 2 * _INSET
    line = y + _INSET + 12
    name, line = _lines(node.name, inner, NAME_SIZE - (1 if group else 0), 3, x, line, NAME_STEP)
    convened: tuple[Written, ...] = ()
    if node.convened:
        convened, line = _lines(node.convened, inner, SMALL_SIZE, 4, x, line + 2, SMALL_STEP)
    bottom = line - SMALL_STEP + _INSET + (SMALL_STEP + 8 if node.state else 0) + 4
    return Box(node, x, y, width, bottom - y, name, convened, None, group)


def _settled(box: Box, height: float) -> Box:
    """Give a box its row's height, with the state at its foot."""
    state = None
    if box.node.state:
        (words,) = lines_of(box.node.state, box.width - 2 * _INSET - 20, SMALL_SIZE, most=1)
        state = Written(box.x + _INSET, box.y + height - _INSET + 2, words)
    return Box(box.node, box.x, box.y, box.width, height, box.name, box.convened, state, box.group)


def _lines(
    words: str, width: float, size: float, most: int, x: float, y: float, step: float
) -> tuple[tuple[Written, ...], float]:
    """Write words from a line on; return them and the next free line."""
    lines = lines_of(words, width, size, most=most)
    written = tuple(Written(x + _INSET, y + step * number, line) for number, line in enumerate(lines))
    return written, y + step * len(lines)


def _line(low: Box, high: Box) -> str:
    """Return an angled line from the top of the preparing body's box to the foot of the body it prepares for."""
    start, end = low.y, high.y + high.height
    turn = start - BAND_GAP / 2 - PAD
    to = min(max(low.middle, high.x + 24), high.x + high.width - 24)
    if abs(to - low.middle) < 1:
        return f"M{to:.1f} {start:.1f}V{end + 7:.1f}"
    return f"M{low.middle:.1f} {start:.1f}V{turn:.1f}H{to:.1f}V{end + 7:.1f}"

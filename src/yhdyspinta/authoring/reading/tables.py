"""Tables: rows of cells, or, where a table only sets text side by side, its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from yhdyspinta.authoring.reading.blocks import LABEL, Block
from yhdyspinta.authoring.reading.cleaning import cleaned, folded
from yhdyspinta.authoring.reading.refusing import CannotRead

_MOST_COLUMNS = 63  # of a table in Word; a cell that spans more is a mistake, and costs room
_MOST_CELLS = 100_000


def blocks_of_table(rows: Sequence[Sequence[list[Block]]]) -> list[Block]:
    """Return a table as one block with rows, or, where it is no table but a way to set text, the blocks of its cells.

    A table is one when it has at least two columns and two rows, more than half of its cells hold something, and no
    cell holds a party with its id and address below its name. A cell that spans several is printed once; the others
    are empty.
    """
    if not _is_table(rows):
        return [block for row in rows for cell in row for block in cell]
    width = max(len(row) for row in rows)
    if width * len(rows) > _MOST_CELLS:
        raise CannotRead("bomb")
    texts = [[text_of(cell) for cell in row] for row in rows]
    return [Block("", "table", rows=tuple(tuple(row + [""] * (width - len(row))) for row in texts if any(row)))]


def spanned(cells: Sequence[object], wide: int) -> list[list[Block]]:
    """Return the empty cells that a cell which spans several adds to the row after it."""
    return [[] for _more in range(min(wide - 1, _MOST_COLUMNS - len(cells)))]


def _is_table(rows: Sequence[Sequence[list[Block]]]) -> bool:
    held = [cell for row in rows for cell in row if any(block.text.strip() or block.rows for block in cell)]
    if len(held) * 2 <= sum(len(row) for row in rows) or sum(any(row) for row in rows) < 2:
        return False
    if max(sum(bool(cell) for cell in row) for row in rows) < 2:
        return False
    return not any(_holds_party(cell) for cell in held)


def _holds_party(cell: Sequence[Block]) -> bool:
    lines = [line.strip() for block in cell for line in block.text.split("\n") if line.strip()]
    return len(lines) > 1 and any(LABEL.match(line) for line in lines[1:])


def text_of(cell: Sequence[Block]) -> str:
    """Return what a cell says on one line; of a table inside it, the cells one after another."""
    said: list[str] = []
    for block in cell:
        said += (
            [text for row in block.rows for text in row if text]
            if block.kind == "table"
            else [block.number, block.text]
        )
    return folded(cleaned(" ".join(said)))

"""What a table is made of: columns with headings, and cells that hold text, a number or a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yhdyspinta.printing.words import fold, in_every_language

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Cell = str | int | float | bool | dt.date | None
Cells = Mapping[str, Cell]
"""The cells of a row by the key of their column; what is empty may be left out."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading, what it asks for, and how wide it is in characters."""

    key: str
    label: _StrPromise | str
    explains: _StrPromise | str = ""
    width: int = 16


def headings(columns: Iterable[Column]) -> dict[str, str]:
    """Return folded heading → column key, in every language; keys themselves are understood too."""
    return {fold(text): column.key for column in columns for text in (column.key, *in_every_language(column.label))}


def text_of(value: Cell) -> str:
    """Return a cell as text: 2024.0 is a year somebody typed, a day is written as ISO 8601 has it."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()

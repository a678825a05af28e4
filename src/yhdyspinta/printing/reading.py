"""A file that somebody brings, to rows: XLSX or CSV, known by what is in it and not by its name.

The file may be anything. One that cannot be read raises ``Unreadable`` with one sentence about what to do.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yhdyspinta.printing.columns import headings
from yhdyspinta.printing.guarding import unguarded
from yhdyspinta.printing.packed import sheet_rows
from yhdyspinta.printing.unreadable import LIMITS, MEGABYTE, Limits, Unreadable
from yhdyspinta.printing.words import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from yhdyspinta.printing.columns import Cell, Column

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BLANK = 20_000  # rows that hold nothing but perhaps borders: more than anybody would have in a table
_CONTROL = re.compile(r"[^\t\r\n -\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: its number in the file and its cells by column key."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class _Headings:
    """What a heading row may hold, and what makes a row one."""

    columns: Sequence[Column]
    known: Mapping[str, str]
    required: Collection[str]

    def count(self, cells: Iterable[str]) -> int:
        return sum(fold(cell) in self.known for cell in cells)

    def keys_of(self, cells: Sequence[Cell]) -> dict[int, str] | None:
        """Return position → column key when these are the cells of the heading row: it has what is required."""
        texts = {at: fold(str(cell)) for at, cell in enumerate(cells) if cell not in (None, "")}
        keys = {at: self.known[text] for at, text in texts.items() if text in self.known}
        if not set(self.required) <= set(keys.values()):
            return None
        if strange := next((at for at in texts if at not in keys), None):
            raise Unreadable("unknown-heading", cells[strange])
        for at, key in keys.items():
            if list(keys.values()).count(key) > 1:
                raise Unreadable("heading-twice", cells[at])
        return keys

    def needed(self) -> str:
        wanted = (column.label for column in self.columns if column.key in self.required)
        return ", ".join(_("“%(value)s”") % {"value": label} for label in wanted)


def read_table(
    content: bytes,
    columns: Sequence[Column],
    *,
    required: Collection[str],
    sheet_names: Collection[str] = (),
    limits: Limits = LIMITS,
) -> tuple[str, list[Row]]:
    """Return the format (``xlsx`` or ``csv``) and every row below the headings that holds something.

    The heading row is the first that has the ``required`` keys; headings are understood in every language. Of several
    sheets the one with one of ``sheet_names`` (folded) is read, else the first.

    Raises:
        Unreadable: the file as a whole cannot be read.

    """
    wanted = _Headings(columns, headings(columns), required)
    text = read_text(content, limits)
    raw = sheet_rows(content, sheet_names, limits) if text is None else _csv_rows(text, wanted, limits)
    rows: list[Row] = []
    for row in _rows_below_headings(raw, wanted, limits):
        if len(rows) == limits.rows:
            raise Unreadable("too-many-rows", limits.rows)
        rows.append(row)
    if not rows:
        raise Unreadable("no-rows")
    return "csv" if text is not None else "xlsx", rows


def read_text(content: bytes, limits: Limits = LIMITS) -> str | None:
    """Return the text of a file, or None where it is packed as XLSX is.

    UTF-16 is known by its mark; then UTF-8 is tried, then what Windows programs in Finland write.

    Raises:
        Unreadable: the file is empty, too large, of an old spreadsheet program, or neither text nor packed.

    """
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > limits.bytes:
        raise Unreadable("too-big", limits.bytes // MEGABYTE)
    if content.startswith(_OLE):
        raise Unreadable("protected" if "EncryptedPackage".encode("utf-16-le") in content else "old-format")
    return None if content.startswith(b"PK") else _decoded(content)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content:
        raise Unreadable("not-a-table")
    else:
        encodings = ["utf-8-sig", "windows-1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            unread = content[error.start : error.start + 1].hex()
        else:
            if _CONTROL.search(text):
                raise Unreadable("not-a-table")
            return text
    raise Unreadable("bad-encoding", f"0x{unread}")


def _csv_rows(text: str, wanted: _Headings, limits: Limits) -> Iterator[tuple[int, list[Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, wanted, limits))
    try:
        for row in reader:
            yield reader.line_num, [unguarded(cell) for cell in row[: limits.columns]]
    except csv.Error as error:
        raise Unreadable("not-a-table") from error


def _delimiter(text: str, wanted: _Headings, limits: Limits) -> str:
    """Return the delimiter that makes most known headings out of the first lines."""
    first = "\n".join(text.splitlines()[: limits.heading_rows])

    def found(delimiter: str) -> int:
        try:
            rows = csv.reader(io.StringIO(first), delimiter=delimiter)
            return max((wanted.count(row[: limits.columns]) for row in rows), default=0)
        except csv.Error:
            return 0

    return max(";,\t", key=found)


def _rows_below_headings(raw: Iterable[tuple[int, list[Cell]]], wanted: _Headings, limits: Limits) -> Iterator[Row]:
    """Find the heading row among the first rows, then give every row below it that holds something."""
    keys: dict[int, str] | None = None
    for given, (number, cells) in enumerate(raw):
        if given > limits.rows + _MOST_BLANK:  # blank ones are skipped, but cost time too
            raise Unreadable("too-many-rows", limits.rows)
        if not any(cell not in (None, "") for cell in cells):
            continue
        if keys is not None:
            yield Row(number, {key: cells[at] for at, key in keys.items() if at < len(cells)})
            continue
        keys = wanted.keys_of(cells)
        if keys is None and number >= limits.heading_rows:
            break
    if keys is None:
        raise Unreadable("no-headings", wanted.needed())

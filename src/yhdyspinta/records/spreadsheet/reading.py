"""A file that somebody brings, to rows: XLSX, CSV or JSON Lines, known by what is in it and not by its name.

The file may be anything. Sizes are looked at before anything is unpacked, XML may declare nothing, cells must hold
values and not formulas. A file that cannot be read raises ``Unreadable`` with one sentence about what to do.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import openpyxl
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from yhdyspinta.records.rules import Problem
from yhdyspinta.records.spreadsheet import lines
from yhdyspinta.records.spreadsheet.columns import COLUMNS, headings, kinds_by_name
from yhdyspinta.records.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.utils.functional import _StrPromise
    from openpyxl.cell.cell import Cell as XlsxCell

    from yhdyspinta.records.words import Names

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, so that reading it never costs more than a page may."""

    bytes: int = 5 * MEGABYTE
    unpacked: int = 20 * MEGABYTE
    styles: int = MEGABYTE
    strings: int = 10 * MEGABYTE
    string_items: int = 200_000
    rows: int = 20_000
    columns: int = 100
    members: int = 500
    heading_rows: int = 10


LIMITS = Limits()

MESSAGES: Mapping[str, _StrPromise] = {
    "empty": _("The file is empty."),
    "too-big": _("The file is too large: at most %(value)s MB. Divide the history into several files."),
    "not-a-table": _("The file is not a table. Bring a spreadsheet (.xlsx), a CSV file or JSON Lines."),
    "protected": _("The file is protected with a password. Save it without a password and bring it again."),
    "old-format": _("The file is in the old .xls format. Save it in the .xlsx format and bring it again."),
    "other-format": _("The file is from another program. Save it in the .xlsx format and bring it again."),
    "broken": _("The file is damaged and cannot be opened. Save it again in the .xlsx format."),
    "bomb": _("The file unpacks to an unreasonable size. Copy the rows to a new spreadsheet and bring that."),
    "no-headings": _("No heading row was found. The headings are those of the template, such as “%(value)s”."),
    "heading-twice": _("The heading “%(value)s” stands in two columns. Keep one of them."),
    "unknown-heading": _("The heading “%(value)s” is not one of the template. Remove the column or rename it."),
    "merged": _("The sheet has merged cells. Unmerge them, so that every row stands on its own."),
    "formulas": _("The sheet has formulas (cells %(value)s). Copy the cells and paste them as values."),
    "too-many-rows": _("The file has more than %(value)s rows. Divide the history into several files."),
    "bad-encoding": _("The text is neither UTF-8 nor Windows-1252 (character %(value)s). Save it as UTF-8."),
    "no-rows": _("The file has headings but no rows."),
}
"""What is said of a file that cannot be read."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET_NAMES = ("tapahtumat", "händelser", "events")
_XML_CHUNK = 256 * 1024
_NUL = r"\u0000"  # as JSON writes it
_MERGED = re.compile(rb"<(\w+:)?mergeCell\s")


class Unreadable(Exception):
    """The file cannot be read; says why and what to do."""

    def __init__(self, code: str, value: object = "") -> None:
        """Remember the code of ``MESSAGES`` and what it speaks of."""
        self.code, self.value = code, str(value)
        super().__init__(code)

    def __str__(self) -> str:
        """Return the message in the language of the page."""
        return str(MESSAGES[self.code]) % {"value": self.value}


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: its number in the file and its cells by column key."""

    number: int
    cells: dict[str, lines.Cell]


def read_lines(content: bytes, names: Names) -> tuple[str, list[lines.Line]]:
    """Return the format (``xlsx``, ``csv``, ``jsonl``) and every line of the file, examples included.

    Raises:
        Unreadable: the file as a whole cannot be read.

    """
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > LIMITS.bytes:
        raise Unreadable("too-big", LIMITS.bytes // MEGABYTE)
    if content.startswith(_OLE):
        raise Unreadable("protected" if "EncryptedPackage".encode("utf-16-le") in content else "old-format")
    if content.startswith(b"PK"):
        return "xlsx", _to_lines(_xlsx_rows(content), names)
    text = _decoded(content)
    if text.lstrip().startswith("{"):
        return "jsonl", _json_lines(text)
    return "csv", _to_lines(_csv_rows(text), names)


def _to_lines(rows: Iterable[Row], names: Names) -> list[lines.Line]:
    kinds = kinds_by_name()
    read = list(rows)
    if not read:
        raise Unreadable("no-rows")
    for row in read:  # a group may be formed by a later row than the one that names it
        if formed := lines.formed_by(row, names, kinds):
            names.add_body(*formed)
    return [_storable(lines.to_line(row, names, kinds)) for row in read]


def _storable(line: lines.Line) -> lines.Line:
    """Return the line, or one that says what is wrong where it holds what no database keeps: NUL, half a character."""
    try:
        held = json.dumps([line.given, line.link, line.note], allow_nan=False, ensure_ascii=False)
        held.encode()
    except ValueError:
        held = _NUL
    return line if _NUL not in held else lines.Line(line.number, {}, problems=[Problem("fact", "unprintable")])


# Text


def _decoded(content: bytes) -> str:
    """Return the text of a file: UTF-16 by its mark, then UTF-8, then what Windows programs in Finland write."""
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
            if any(ord(character) < ord(" ") and character not in "\t\r\n" for character in text):
                raise Unreadable("not-a-table")
            return text
    raise Unreadable("bad-encoding", f"0x{unread}")


def _csv_rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        yield from _rows((reader.line_num, [_unguarded(cell) for cell in row]) for row in _numbered(reader))
    except csv.Error as error:
        raise Unreadable("not-a-table") from error


def _numbered(reader: Any) -> Iterator[list[str]]:
    yield from reader


def _delimiter(text: str) -> str:
    """Return the delimiter that makes most known headings out of the first lines."""
    known = headings()
    first = "\n".join(text.splitlines()[: LIMITS.heading_rows])

    def found(delimiter: str) -> int:
        try:
            rows = list(csv.reader(io.StringIO(first), delimiter=delimiter))
        except csv.Error:
            return 0
        return max((sum(fold(cell) in known for cell in row) for row in rows), default=0)

    return max(";,\t", key=found)


def guarded(text: str) -> str:
    """Return text that no spreadsheet program takes for a formula: an apostrophe goes before ``= + - @``."""
    bare = text.lstrip("'")
    return f"'{text}" if bare[:1] in {"=", "+", "-", "@", "\t", "\r"} and bare else text


def _unguarded(text: str) -> str:
    bare = text.lstrip("'")
    return text[1:] if text[:1] == "'" and bare[:1] in {"=", "+", "-", "@", "\t", "\r"} and bare else text


def _json_lines(text: str) -> list[lines.Line]:
    read: list[lines.Line] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if len(read) >= LIMITS.rows:
            raise Unreadable("too-many-rows", LIMITS.rows)
        read.append(_json_line(number, line))
    return read


def _json_line(number: int, line: str) -> lines.Line:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return lines.Line(number, {}, problems=[Problem("fact", "bad-json")])
    if not isinstance(given, dict):
        return lines.Line(number, {}, problems=[Problem("fact", "bad-json")])
    hours = given.get("hours_per_week")
    if isinstance(hours, float):
        given["hours_per_week"] = lines.plain_number(hours)
    id_ = given.get("id")
    return _storable(lines.Line(number, given, example=isinstance(id_, str) and lines.is_example_id(id_)))


# Rows of any table


def _rows(raw: Iterable[tuple[int, list[Any]]]) -> Iterator[Row]:
    """Find the heading row among the first rows, then give every row below it that holds something."""
    keys: dict[int, str] | None = None
    count = 0
    for number, cells in raw:
        if not any(cell not in (None, "") for cell in cells):
            continue
        if keys is None:
            keys = _heading_row(cells)
            if keys is None and number >= LIMITS.heading_rows:
                break
            continue
        count += 1
        if count > LIMITS.rows:
            raise Unreadable("too-many-rows", LIMITS.rows)
        yield Row(number, {key: cells[at] for at, key in keys.items() if at < len(cells)})
    if keys is None:
        raise Unreadable("no-headings", COLUMNS[0].label)


def _heading_row(cells: list[Any]) -> dict[int, str] | None:
    """Return position → column key when this is the heading row: it names the event and its day."""
    known = headings()
    texts = {at: fold(str(cell)) for at, cell in enumerate(cells) if cell not in (None, "")}
    keys = {at: known[text] for at, text in texts.items() if text in known}
    if not {"kind", "day"} <= set(keys.values()):
        return None
    if strange := next((at for at in texts if at not in keys), None):
        raise Unreadable("unknown-heading", cells[strange])
    for at, key in keys.items():
        if list(keys.values()).count(key) > 1:
            raise Unreadable("heading-twice", cells[at])
    return keys


# XLSX


def _xlsx_rows(content: bytes) -> Iterator[Row]:
    _look_into(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as error:
        raise Unreadable("broken") from error
    try:
        sheet = next((sheet for sheet in book.worksheets if fold(sheet.title) in _SHEET_NAMES), book.worksheets[0])
        _no_merged_cells(content, sheet)
        yield from _rows(_sheet_rows(sheet))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("broken") from error
    finally:
        book.close()


def _no_merged_cells(content: bytes, sheet: Any) -> None:
    """Refuse merged cells, which a sheet read row by row does not tell of."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed, packed.open(sheet._worksheet_path) as part:  # noqa: SLF001
        before = b""
        while chunk := part.read(_XML_CHUNK):
            if _MERGED.search(before + chunk):
                raise Unreadable("merged")
            before = chunk[-32:]


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    formulas: list[str] = []
    wide = min(sheet.max_column or LIMITS.columns, LIMITS.columns)
    for number, row in enumerate(sheet.iter_rows(max_col=wide), start=1):
        formulas += [f"{get_column_letter(at)}{number}" for at, cell in enumerate(row, 1) if cell.data_type == "f"]
        if len(formulas) >= 3 or (formulas and number > LIMITS.rows):  # enough to show where they are
            break
        yield number, [_value(cell) for cell in row]
    if formulas:
        raise Unreadable("formulas", ", ".join(formulas[:3]))


def _value(cell: XlsxCell) -> lines.Cell:
    value = cell.value
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, (str, int, float, dt.date)) or value is None else str(value)


def _look_into(content: bytes) -> None:
    """Look at a packed file before anything unpacks it.

    Raises:
        Unreadable: it is no spreadsheet, too large when unpacked, or says things a sheet must not.

    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("broken") from error
    with packed:
        members = packed.infolist()
        if len(members) > LIMITS.members or sum(member.file_size for member in members) > LIMITS.unpacked:
            raise Unreadable("bomb")
        if any(member.file_size > _most(member.filename) for member in members):
            raise Unreadable("bomb")
        names = {member.filename for member in members}
        if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
            raise Unreadable("other-format" if names & {"mimetype", "[Content_Types].xml"} else "not-a-table")
        try:
            for member in members:
                _look_at_xml(packed, member)
        except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError) as error:
            raise Unreadable("broken") from error


def _most(name: str) -> int:
    """Return how large a part may be: of those that are read whole, each element costs many times its length."""
    return {"xl/styles.xml": LIMITS.styles, "xl/sharedStrings.xml": LIMITS.strings}.get(name, LIMITS.unpacked)


def _look_at_xml(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a part of the file through once: it must hold no declarations, which could expand without end."""
    if not member.filename.endswith((".xml", ".rels")):
        return
    with packed.open(member) as part:
        before, items = b"", 0
        while chunk := part.read(_XML_CHUNK):
            items += chunk.count(b"<si") + chunk.count(b":si")  # whatever name the part with the strings goes by
            if items > LIMITS.string_items:
                raise Unreadable("bomb")
            seen = before + chunk
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise Unreadable("bomb")
            if b"\0" in seen:  # UTF-16 would hide a declaration from the look above; no spreadsheet program writes it
                raise Unreadable("broken")
            before = chunk[-16:]

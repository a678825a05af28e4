"""The sheet of a packed spreadsheet (XLSX), read so that a hostile file costs no more than an honest one.

Sizes are looked at before anything is unpacked, XML may declare nothing, cells must hold values and not formulas.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import WorkSheetParser

from yhdyspinta.printing.unreadable import Limits, Unreadable
from yhdyspinta.printing.words import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from yhdyspinta.printing.columns import Cell

_LAST_ROW = 1_048_576  # of a sheet, in every program that writes XLSX
_XML_CHUNK = 256 * 1024
_MERGED = re.compile(rb"<(\w+:)?mergeCell\s")


def sheet_rows(content: bytes, sheet_names: Collection[str], limits: Limits) -> Iterator[tuple[int, list[Cell]]]:
    """Give the number and the cells of each row: of the first sheet called so, or of the first one.

    Raises:
        Unreadable: it is no spreadsheet, damaged, too large when unpacked, or holds formulas or merged cells.

    """
    _look_into(content, limits)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as error:
        raise Unreadable("broken") from error
    try:
        sheet = next((sheet for sheet in book.worksheets if fold(sheet.title) in sheet_names), book.worksheets[0])
        _no_merged_cells(content, sheet)
        yield from _rows(sheet, limits)
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


def _rows(sheet: Any, limits: Limits) -> Iterator[tuple[int, list[Cell]]]:
    formulas: list[str] = []
    before = 0
    for number, given in _rows_given(sheet):
        if number > _LAST_ROW:
            raise Unreadable("too-many-rows", limits.rows)
        if number <= before:  # a row is known by its number: two of one number would be taken for each other
            raise Unreadable("broken")
        before = number
        held = {cell["column"]: cell for cell in given if cell["column"] <= limits.columns}
        formulas += [f"{get_column_letter(at)}{number}" for at, cell in held.items() if cell["data_type"] == "f"]
        if len(formulas) >= 3 or (formulas and number > limits.rows):  # enough to show where they are
            break
        wide = max(held, default=0)
        yield number, [_value(held[at]["value"]) if at in held else None for at in range(1, wide + 1)]
    if formulas:
        raise Unreadable("formulas", ", ".join(formulas[:3]))


def _rows_given(sheet: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Give the number and the cells of each row that the file has.

    ``iter_rows`` makes up every row that is left out: one large number in a small file would keep it busy for hours.
    """
    book = sheet.parent
    with sheet._get_source() as part:  # noqa: SLF001
        yield from WorkSheetParser(
            part,
            sheet._shared_strings,  # noqa: SLF001
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        ).parse()


def _value(value: object) -> Cell:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, (str, int, float, dt.date)) or value is None else str(value)


def _look_into(content: bytes, limits: Limits) -> None:
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
        if len(members) > limits.members or sum(member.file_size for member in members) > limits.unpacked:
            raise Unreadable("bomb")
        if any(member.file_size > _most(member.filename, limits) for member in members):
            raise Unreadable("bomb")
        names = {member.filename for member in members}
        if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
            raise Unreadable("other-format" if names & {"mimetype", "[Content_Types].xml"} else "not-a-table")
        try:
            for member in members:
                _look_at_xml(packed, member, limits)
        except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError) as error:
            raise Unreadable("broken") from error


def _most(name: str, limits: Limits) -> int:
    """Return how large a part may be: of those that are read whole, each element costs many times its length."""
    return {"xl/styles.xml": limits.styles, "xl/sharedStrings.xml": limits.strings}.get(name, limits.unpacked)


def _look_at_xml(packed: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> None:
    """Read a part of the file through once: it must hold no declarations, which could expand without end."""
    if not member.filename.endswith((".xml", ".rels")):
        return
    with packed.open(member) as part:
        before, items = b"", 0
        while chunk := part.read(_XML_CHUNK):
            items += chunk.count(b"<si") + chunk.count(b":si")  # whatever name the part with the strings goes by
            if items > limits.string_items:
                raise Unreadable("bomb")
            seen = before + chunk
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise Unreadable("bomb")
            if b"\0" in seen:  # UTF-16 would hide a declaration from the look above; no spreadsheet program writes it
                raise Unreadable("broken")
            before = chunk[-16:]

"""Rows to files: CSV that Excel opens in Finland, and XLSX in which nothing is ever a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from yhdyspinta.printing.columns import Cell, Cells, Column
from yhdyspinta.printing.guarding import guarded

BOM = "\ufeff"
DAY_FORMAT = "d.m.yyyy"
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
"""The kinds of file a table is handed out as, and their media types."""

_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_LONGEST_SHEET_NAME = 31


class Table:
    """Rows under headings, ready to be handed out. A cell is text, a number or a day."""

    def __init__(self, headings: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> None:
        """Take headings with their widths in characters, and rows as wide."""
        self.columns = [Column(str(at), heading, width=width) for at, (heading, width) in enumerate(headings)]
        self.rows = [{str(at): cell for at, cell in enumerate(row)} for row in rows]

    def response(self, name: str, kind: str, sheet: str) -> HttpResponse:
        """Return the table as a file to download; ``kind`` is ``csv`` or ``xlsx``."""
        return table_response(self.columns, self.rows, name=name, kind=kind, sheet=sheet)


def table_response(
    columns: Sequence[Column], rows: Iterable[Cells], *, name: str, kind: str, sheet: str
) -> HttpResponse:
    """Return rows as a file to download, ``<name>.csv`` or ``<name>.xlsx`` by its kind."""
    content = to_csv(columns, rows) if kind == "csv" else to_xlsx(columns, rows, sheet)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content, content_type=MEDIA_TYPES[kind], headers=headers)


def to_csv(columns: Sequence[Column], rows: Iterable[Cells]) -> bytes:
    """Return a CSV file: UTF-8 with a mark, semicolons, days as 1.6.2024, formula-like text guarded."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(column.label) for column in columns])
    for row in rows:
        writer.writerow([guarded(csv_text(row.get(column.key))) for column in columns])
    return (BOM + out.getvalue()).encode()


def csv_text(value: Cell) -> str:
    """Return a cell as a Finnish reader writes it: 1.6.2024, 7,5."""
    if isinstance(value, dt.date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return "" if value is None else str(value)


def to_xlsx(columns: Sequence[Column], rows: Iterable[Cells], sheet: str) -> bytes:
    """Return a spreadsheet with one sheet of rows, its headings frozen and filterable."""
    out = io.BytesIO()
    with new_book(out) as book:
        write_rows(book, book.add_worksheet(sheet_name(sheet)), columns, rows)
    return out.getvalue()


def sheet_name(name: str) -> str:
    """Return a name that a workbook takes for its sheet: at most 31 characters, none of them reserved, not empty."""
    kept = _NOT_IN_SHEET_NAME.sub(" ", name).strip(" '")[:_LONGEST_SHEET_NAME].strip(" '")
    return _("Table") if not kept or kept.casefold() == "history" else kept


def new_book(out: io.BytesIO) -> Any:
    """Return a workbook that takes no text for a formula, a number or a link."""
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    return xlsxwriter.Workbook(out, options)


def write_rows(
    book: Any,
    sheet: Any,
    columns: Sequence[Column],
    rows: Iterable[Cells],
    *,
    cell_format: Mapping[str, Any] | None = None,
) -> int:
    """Write headings and rows to a sheet and return how many rows were written."""
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    base = cell_format or {}
    text, day = book.add_format(base), book.add_format({**base, "num_format": DAY_FORMAT, "align": "left"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, str(column.label), head)
    count = 0
    for count, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            write_cell(sheet, count, at, row.get(column.key), text, day)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    return count


def write_cell(sheet: Any, row: int, at: int, value: Cell, text: Any, day: Any) -> None:
    """Write one cell as what it is: a day, a number or text."""
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(row, at, dt.datetime.combine(value, dt.time()), day)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, at, value, text)
    else:
        sheet.write_string(row, at, str(value), text)

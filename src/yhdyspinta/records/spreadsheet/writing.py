"""Rows to files: CSV that Excel opens in Finland, and XLSX in which nothing is ever a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from yhdyspinta.records.spreadsheet.columns import Column
from yhdyspinta.records.spreadsheet.lines import Cell
from yhdyspinta.records.spreadsheet.reading import guarded

Cells = Mapping[str, Cell]

BOM = "\ufeff"
DAY_FORMAT = "d.m.yyyy"


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


def to_xlsx(columns: Sequence[Column], rows: Iterable[Cells]) -> bytes:
    """Return a spreadsheet with one sheet of rows, its headings frozen and filterable."""
    out = io.BytesIO()
    with new_book(out) as book:
        write_rows(book, book.add_worksheet(sheet_name()), columns, rows)
    return out.getvalue()


def new_book(out: io.BytesIO) -> Any:
    """Return a workbook that takes no text for a formula, a number or a link."""
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    return xlsxwriter.Workbook(out, options)


def sheet_name() -> str:
    """Return the name of the sheet of events, in the language of the page."""
    return _("Events")


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

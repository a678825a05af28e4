"""The history of years as a table: reading what people bring, writing templates and exports.

One wide sheet, one row per event, headings and names in plain words. The same columns serve XLSX and CSV; JSON Lines is
the vocabulary of DESIGN §3.3 as it is. Nothing here knows the database.
"""

from __future__ import annotations

from yhdyspinta.records.spreadsheet.lines import Line, to_line, to_row
from yhdyspinta.records.spreadsheet.reading import read_lines
from yhdyspinta.records.spreadsheet.template import FORMATS, sheet_name, template

__all__ = [
    "FORMATS",
    "Line",
    "read_lines",
    "sheet_name",
    "template",
    "to_line",
    "to_row",
]

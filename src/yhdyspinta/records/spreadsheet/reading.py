"""A history that somebody brings, to lines: a table, or JSON Lines of facts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from yhdyspinta.printing.reading import read_table, read_text
from yhdyspinta.printing.unreadable import LIMITS, Limits, Unreadable
from yhdyspinta.records.rules import Problem
from yhdyspinta.records.spreadsheet import lines
from yhdyspinta.records.spreadsheet.columns import ABOUT_THE_RECORD, COLUMNS, kinds_by_name

if TYPE_CHECKING:
    from yhdyspinta.printing.reading import Row
    from yhdyspinta.records.words import Names

_SHEET_NAMES = ("tapahtumat", "händelser", "events")
_NUL = r"\u0000"  # as JSON writes it


def read_lines(content: bytes, names: Names, limits: Limits = LIMITS) -> tuple[str, list[lines.Line]]:
    """Return the format (``xlsx``, ``csv``, ``jsonl``) and every line of the file, examples included.

    Raises:
        Unreadable: the file as a whole cannot be read.

    """
    text = read_text(content, limits)
    if text is not None and text.lstrip().startswith("{"):
        return "jsonl", _json_lines(text, limits)
    form, rows = read_table(
        content,
        (*ABOUT_THE_RECORD, *COLUMNS),
        required=("kind", "day"),
        sheet_names=_SHEET_NAMES,
        limits=limits,
    )
    return form, _to_lines(rows, names)


def _to_lines(rows: list[Row], names: Names) -> list[lines.Line]:
    kinds = kinds_by_name()
    for row in rows:  # a group may be formed by a later row than the one that names it
        if formed := lines.formed_by(row, names, kinds):
            names.add_body(*formed)
    return [_storable(lines.to_line(row, names, kinds)) for row in rows]


def _storable(line: lines.Line) -> lines.Line:
    """Return the line, or one that says what is wrong where it holds what no database keeps: NUL, half a character."""
    try:
        held = json.dumps([line.given, line.link, line.note], allow_nan=False, ensure_ascii=False)
        held.encode()
    except ValueError:
        held = _NUL
    return line if _NUL not in held else lines.Line(line.number, {}, problems=[Problem("fact", "unprintable")])


def _json_lines(text: str, limits: Limits) -> list[lines.Line]:
    read: list[lines.Line] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if len(read) >= limits.rows:
            raise Unreadable("too-many-rows", limits.rows)
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

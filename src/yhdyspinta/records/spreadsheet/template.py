"""The template that a secretary fills in: one sheet of events, one that explains, one of lists to choose from.

Its example rows use the agreement's own names and are marked; reading skips them, so nobody has to delete them first.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yhdyspinta.agreement.days import today
from yhdyspinta.printing.unreadable import LIMITS
from yhdyspinta.printing.writing import MEDIA_TYPES, new_book, to_csv, write_rows
from yhdyspinta.records.kinds import BY_HAND, KINDS, Field, Kind, Shape
from yhdyspinta.records.spreadsheet.columns import BY_KEY, COLUMNS, columns_of
from yhdyspinta.records.spreadsheet.lines import to_row
from yhdyspinta.records.words import LABELS, Names, said

FORMATS = {**MEDIA_TYPES, "jsonl": "application/jsonl; charset=utf-8"}
"""The formats of the template and their media types."""

_EXAMPLES = ("meeting-held", "minutes-approved", "acceptance-given", "counterpart-named", "decision-made")


def template(form: str, names: Names) -> bytes:
    """Return an empty history with marked examples, as ``xlsx``, ``csv`` or ``jsonl``."""
    examples = _examples(names)
    if form == "jsonl":
        return "".join(json.dumps(given, ensure_ascii=False) + "\n" for given in examples).encode()
    marked = _("Example")
    rows = [{**to_row(given, names), "kind": f"{marked}: {KINDS[given['fact']].label}"} for given in examples]
    rows = [{key: value for key, value in row.items() if key != "id"} for row in rows]
    return to_csv(COLUMNS, rows) if form == "csv" else _xlsx(names, rows)


def _examples(names: Names) -> list[dict[str, Any]]:
    """Return facts such as this agreement may have, each with an id that marks it as an example."""
    made = [_example(KINDS[name], names, number) for number, name in enumerate(_EXAMPLES, start=1)]
    return [given for given in made if given is not None]


def _example(kind: Kind, names: Names, number: int) -> dict[str, Any] | None:
    """Return an example of a kind, or None where the agreement has nothing for it to name."""
    first = names.charter.first_day
    day = min(dt.date(first.year, 5, 20) if first.month < 5 else first + dt.timedelta(days=30), today())
    given: dict[str, Any] = {"fact": kind.name}
    for field in kind.fields:
        if field.optional and field.shape is not Shape.HOURS:
            continue
        value = _example_value(field, names, day, given)
        if value is None:
            return None
        given[field.name] = value
    reference = _("Organ %(date)s § 45") % {"date": f"{day.day}.{day.month}.{day.year}"}
    marked = _("Example").casefold()
    return {**given, "reference": reference, "id": f"{marked}-{number}"}


def _example_value(field: Field, names: Names, day: dt.date, given: Mapping[str, Any]) -> Any:
    match field.shape:
        case Shape.DAY | Shape.MEETING:
            return day.isoformat()
        case Shape.HOURS:
            return 7.5
        case _:
            return next(iter(names.ids(field, given)), None)


# The spreadsheet


def sheet_name() -> str:
    """Return the name of the sheet of events, in the language of the page."""
    return _("Events")


def _xlsx(names: Names, rows: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    with new_book(out) as book:
        sheet = book.add_worksheet(sheet_name())
        write_rows(book, sheet, COLUMNS, rows, cell_format={"italic": True, "font_color": "#5b6670"})
        _explain(book, names)
        ranges = _lists(book, names)
        for at, column in enumerate(COLUMNS):
            sheet.data_validation(1, at, LIMITS.rows, at, _validation(column.key, str(column.explains), ranges))
    return out.getvalue()


def _validation(key: str, explains: str, ranges: Mapping[str, str]) -> dict[str, Any]:
    """Return what Excel offers and says in a column: a list where there is one. It suggests, the preview checks."""
    says = {"input_title": str(BY_KEY[key].label)[:32], "input_message": explains[:255], "show_error": False}
    if key in ranges:
        return {"validate": "list", "source": ranges[key], **says}
    return {"validate": "any", **says}


def _lists(book: Any, names: Names) -> dict[str, str]:
    """Write the sheet of allowed values and return column key → the cells that hold its values."""
    title = _("Lists")
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bottom": 1})
    ranges = {}
    for at, (key, values) in enumerate(_allowed(names).items()):
        sheet.set_column(at, at, 36)
        sheet.write_string(0, at, str(BY_KEY[key].label), head)
        for number, value in enumerate(values, start=1):
            sheet.write_string(number, at, value)
        letter = chr(ord("A") + at)
        ranges[key] = f"='{title}'!${letter}$2:${letter}${len(values) + 1}"
    sheet.freeze_panes(1, 0)
    return {key: cells for key, cells in ranges.items() if key != "who"}  # several may be named: no list to choose one


def _allowed(names: Names) -> dict[str, list[str]]:
    """Return the values that a column may have, by column key, in the language of the page."""
    fields = {key: field for kind in KINDS.values() for field in kind.fields for key in columns_of(field)}
    details = dict.fromkeys(
        names.label(field, word)
        for kind in BY_HAND
        for field in kind.fields
        if field.shape in (Shape.WORD, Shape.WORDS)
        for word in names.ids(field)
    )
    lists = {
        "kind": [str(kind.label) for kind in KINDS.values()],
        "party": [label for _id, label in names.choices(Field("party", Shape.PARTY, fields["party"].label))],
        "body": [label for _id, label in names.choices(Field("body", Shape.BODY, fields["party"].label))],
        "theme": [label for _id, label in names.choices(Field("theme", Shape.THEME, fields["party"].label))],
        "who": [label for _id, label in names.choices(Field("who", Shape.ACTOR, fields["party"].label))],
        "detail": list(details),
        "online": [said(True), said(False)],
    }
    return {key: values for key, values in lists.items() if values}


def _explain(book: Any, names: Names) -> None:
    """Write the sheet that explains: how to begin, the columns, and what each kind of event needs."""
    sheet = book.add_worksheet(_("Guide"))
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 2, 60)
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    at = 0
    for sentence in _guide():
        sheet.write_string(at, 0, sentence)
        at += 1
    at = _table(sheet, at + 1, [_("Column"), _("What to write")], _column_rows(), bold, wrap)
    heads = [_("Event"), _("Columns to fill in"), _("Columns that may be left empty")]
    _table(sheet, at + 1, heads, _kind_rows(names), bold, wrap)


def _guide() -> list[str]:
    return [
        _("One row is one event. Only the columns that the event needs are filled in; the table below lists them."),
        _("Rows that begin with “Example” show how it is done. They are never added and may be deleted."),
        _("Names of parties, bodies and themes are written as on the sheet of lists."),
        _("Nothing is added before you have seen every row on the page and accepted it."),
        _("The same file may be brought in again: rows that are already there are left as they are."),
    ]


def _table(sheet: Any, at: int, heads: list[str], rows: list[list[str]], bold: Any, wrap: Any) -> int:
    for column, head in enumerate(heads):
        sheet.write_string(at, column, head, bold)
    for row in rows:
        at += 1
        for column, text in enumerate(row):
            sheet.write_string(at, column, text, wrap)
    return at + 1


def _column_rows() -> list[list[str]]:
    return [[str(column.label), str(column.explains)] for column in COLUMNS]


def _kind_rows(names: Names) -> list[list[str]]:
    rows = []
    for kind in KINDS.values():
        needed = [_asked(field, names) for field in kind.fields if not field.optional]
        maybe = [_asked(field, names) for field in kind.fields if field.optional]
        rows.append([str(kind.label), "; ".join(needed), "; ".join(maybe)])
    return rows


def _asked(field: Field, names: Names) -> str:
    """Return which column holds a field, and the words it may hold where there are such."""
    label = " + ".join(str(BY_KEY[key].label) for key in columns_of(field))
    words = names.ids(field) if field.shape in (Shape.WORD, Shape.WORDS) else []
    shown = ", ".join(str(LABELS.get(word, word)) for word in words)
    return f"{label} ({field.label}: {shown})" if shown else label

"""A row of the table to a fact and back.

A cell holds a name, a day or a number as people write them; a fact holds ids and ISO days. What cannot be understood
stays as it was typed, so that the checks of ``rules`` can quote it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

from yhdyspinta.agreement.days import parse_day
from yhdyspinta.journal.reference import reference_text
from yhdyspinta.printing.columns import text_of
from yhdyspinta.printing.words import fold
from yhdyspinta.records.kinds import KINDS, Field, Shape
from yhdyspinta.records.rules import Problem
from yhdyspinta.records.spreadsheet.columns import BY_KEY, columns_of, kinds_by_name
from yhdyspinta.records.words import Names, Unclear, said, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yhdyspinta.printing.columns import Cell
    from yhdyspinta.printing.reading import Row

_EXAMPLE = re.compile(r"(esimerkki|exempel|example)\b.")
_EXAMPLE_ID = re.compile(r"(esimerkki|exempel|example)-\d+")
_ALWAYS = ("kind", "reference", "link", "note", "recorded", "id")
_LIST_BREAK = re.compile(r"[;\n]")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-"})


@dataclass(slots=True)
class Line:
    """One line of a file: the fact it gives (as DESIGN §3.3), what goes with it, and what is wrong with it."""

    number: int
    given: dict[str, Any]
    link: str = ""
    note: str = ""
    problems: list[Problem] = field(default_factory=list)
    example: bool = False
    """A row of the template that shows how: never added."""


def is_example(text: str) -> bool:
    """Tell whether the first cell marks an example row of the template."""
    return _EXAMPLE.match(fold(text)) is not None


def is_example_id(id_: str) -> bool:
    """Tell whether the id of a JSON line is that of an example line of the template."""
    return _EXAMPLE_ID.fullmatch(id_) is not None


def to_line(row: Row, names: Names, kinds: Mapping[str, str] | None = None) -> Line:
    """Return the fact that a row gives; ``kinds`` spares looking the names of kinds up for every row."""
    cells = {key: value for key, value in row.cells.items() if text_of(value)}
    typed = text_of(cells.get("kind"))
    if is_example(typed):
        return Line(row.number, {}, example=True)
    kind = KINDS.get((kinds or kinds_by_name()).get(fold(typed), ""))
    if kind is None:
        problem = Problem("fact", "unknown-kind", {"value": typed}) if typed else Problem("fact", "missing")
        return Line(row.number, {"fact": typed}, problems=[problem])
    line = Line(row.number, {"fact": kind.name}, link=text_of(cells.get("link")), note=text_of(cells.get("note")))
    for wanted in kind.fields:
        _read_field(line, wanted, cells, names)
    for key in ("id", "reference"):
        if key in cells:
            line.given[key] = text_of(cells[key])
    if "recorded" in cells:
        line.given["recorded"] = _day(cells["recorded"])
    used = {key for wanted in kind.fields for key in columns_of(wanted)}
    for key in cells:
        if key in BY_KEY and key not in used and key not in _ALWAYS:
            line.problems.append(Problem(key, "extra-column", {"value": str(BY_KEY[key].label)}))
    return line


def formed_by(row: Row, names: Names, kinds: Mapping[str, str]) -> tuple[str, str | dict[str, str]] | None:
    """Return the id and the name of the group that a row forms, or None."""
    if kinds.get(fold(text_of(row.cells.get("kind")))) != "body-formed":
        return None
    given = to_line(row, names, kinds).given
    body, name = given.get("body"), given.get("name")
    return (body, name) if isinstance(body, str) and isinstance(name, (str, dict)) and name else None


def _read_field(line: Line, wanted: Field, cells: Mapping[str, Cell], names: Names) -> None:
    """Read one field from its column into the line, or note why it cannot be."""
    keys = columns_of(wanted)
    values = [cells.get(key) for key in keys]
    if all(value is None for value in values):
        return
    try:
        if wanted.shape is Shape.RELEASE:
            line.given[wanted.name] = f"{_one(names, _BODY, values[0], line.given)}@{_day(values[1])}"
        else:
            line.given[wanted.name] = _READ[wanted.shape](names, wanted, values[0], line.given)
    except Unclear as unclear:
        line.given[wanted.name] = text_of(values[0])
        params = {"value": text_of(values[0]), "words": ", ".join(unclear.ids)}
        line.problems.append(Problem(wanted.name, "unclear", params))


def _day(value: Cell) -> str:
    if isinstance(value, str):
        try:
            return parse_day(value).isoformat()
        except ValueError:
            return value.strip()
    return text_of(value)


def _one(names: Names, wanted: Field, value: Cell, given: Mapping[str, Any]) -> str:
    text = text_of(value)
    return names.find(wanted, text, given) or text


def _several(names: Names, wanted: Field, value: Cell, given: Mapping[str, Any]) -> list[str]:
    text = text_of(value)
    if text.startswith("["):
        items = _json(text)
        if isinstance(items, list):
            return [str(item) for item in items]
    found: list[str] = []
    for part in filter(None, (part.strip() for part in _LIST_BREAK.split(text))):
        # A name may hold a comma of its own; only what is not a name is taken for a list of names.
        whole = names.find(wanted, part, given)
        parts = [part] if whole or "," not in part else [item.strip() for item in part.split(",")]
        found += [names.find(wanted, item, given) or item for item in parts if item]
    return found


def _period(_names: Names, _wanted: Field, value: Cell, _given: Mapping[str, Any]) -> str:
    return text_of(value).translate(_DASHES).replace(" ", "")


def _number(_names: Names, _wanted: Field, value: Cell, _given: Mapping[str, Any]) -> float | str:
    if isinstance(value, bool):
        return text_of(value)
    try:
        number = float(text_of(value).replace(",", "."))
    except ValueError:
        return text_of(value)
    return plain_number(number) if isfinite(number) else text_of(value)


def plain_number(number: float) -> float:
    """Return a whole number as an integer: 2 and 2.0 are one number to people, two to JSON."""
    return int(number) if number == number // 1 and abs(number) < 10**15 else number


def _flag(_names: Names, _wanted: Field, value: Cell, _given: Mapping[str, Any]) -> bool | str:
    answer = value if isinstance(value, bool) else yes_or_no(text_of(value))
    return text_of(value) if answer is None else answer


def _name(_names: Names, _wanted: Field, value: Cell, _given: Mapping[str, Any]) -> str | dict[str, str]:
    text = text_of(value)
    read = _json(text) if text[:1] in ('"', "{") else None
    return read if isinstance(read, (str, dict)) else text


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


_BODY = Field("body", Shape.BODY, BY_KEY["body"].label)
_Reader = "Callable[[Names, Field, Cell, Mapping[str, Any]], Any]"
_READ: Mapping[Shape, Callable[[Names, Field, Cell, Mapping[str, Any]], Any]] = {
    **dict.fromkeys(Shape, _one),
    **dict.fromkeys((Shape.PARTIES, Shape.ACTORS, Shape.WORDS), _several),
    **dict.fromkeys((Shape.DAY, Shape.UNTIL, Shape.MEETING), lambda _n, _f, value, _g: _day(value)),
    **dict.fromkeys((Shape.TEXT, Shape.FACT, Shape.NEW_BODY), lambda _n, _f, value, _g: text_of(value)),
    **dict.fromkeys((Shape.HOURS, Shape.LEVEL), _number),
    Shape.PERIOD: _period,
    Shape.FLAG: _flag,
    Shape.NAME: _name,
}


def to_row(given: Mapping[str, Any], names: Names, *, link: str = "", note: str = "") -> dict[str, Cell]:
    """Return the cells of a fact, names in the language of the page; ``to_line`` reads the same fact from them."""
    kind = KINDS[given["fact"]]
    cells: dict[str, Cell] = {"kind": str(kind.label), "link": link, "note": note}
    for wanted in kind.fields:
        value = given.get(wanted.name)
        if value is None:
            continue
        keys = columns_of(wanted)
        if wanted.shape is Shape.RELEASE:
            body, _at, day = value.partition("@")
            cells["body"], cells["meeting"] = _shown(names, _BODY, body, given), _as_day(day)
        else:
            cells[keys[0]] = _write(names, wanted, value, given)
    cells["id"] = given.get("id")
    cells["recorded"] = _as_day(given.get("recorded"))
    cells["reference"] = reference_text(given.get("reference"))
    return {key: value for key, value in cells.items() if value not in (None, "")}


def _write(names: Names, wanted: Field, value: Any, given: Mapping[str, Any]) -> Cell:
    written: Cell
    match wanted.shape:
        case Shape.DAY | Shape.UNTIL | Shape.MEETING:
            written = _as_day(value)
        case Shape.PARTIES | Shape.ACTORS | Shape.WORDS:
            shown = [_shown(names, wanted, item, given) for item in value]
            plain = not any(_LIST_BREAK.search(item) or "," in item or item[:1] == "[" for item in shown)
            written = "; ".join(shown) if plain else json.dumps(value, ensure_ascii=False)
        case Shape.FLAG:
            written = said(value)
        case Shape.HOURS | Shape.LEVEL:
            written = plain_number(value)  # a cell has one kind of number
        case Shape.NAME:
            quoted = isinstance(value, dict) or value[:1] in ('"', "{")
            written = json.dumps(value, ensure_ascii=False) if quoted else value
        case Shape.PERIOD | Shape.TEXT | Shape.FACT | Shape.NEW_BODY:
            written = str(value)
        case _:
            written = _shown(names, wanted, value, given)
    return written


def _shown(names: Names, wanted: Field, value: str, given: Mapping[str, Any]) -> str:
    """Return the name of an id, or the id where the name would not lead back to it."""
    label = names.label(wanted, value, given)
    try:
        return label if names.find(wanted, label, given) == value else value
    except Unclear:
        return value


def _as_day(value: object) -> Cell:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value if isinstance(value, dt.date) else None

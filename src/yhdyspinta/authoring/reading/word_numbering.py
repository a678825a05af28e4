"""Automatic numbers of a DOCX, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from yhdyspinta.authoring.reading.counting import letters, roman
from yhdyspinta.authoring.reading.numerals import bullet, printed
from yhdyspinta.authoring.reading.word_styles import W, value_of

_LEVELS = 9
_MOST = 9_999  # what a list counts to; a larger start is a mistake, and costs room
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered. ``restart`` is the level after which it begins anew; 0 is never."""

    form: str
    text: str
    start: int
    restart: int | None
    plain: bool  # a legal number: every level in it is printed as 1, 2, 3
    style: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A number as printed, and of which sort it is (see ``numerals.Sort``)."""

    number: str
    sort: str


class Numbering:
    """The lists of a file, and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read the lists; a file without any has none."""
        self._lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        shapes = {one.get(f"{W}abstractNumId", ""): one for one in root.iterchildren(f"{W}abstractNum")}
        by_style = {link: key for key, one in shapes.items() if (link := value_of(one, "styleLink"))}
        read: dict[str, dict[int, Level]] = {}
        for one in root.iterchildren(f"{W}num"):
            key = value_of(one, "abstractNumId") or ""
            if key in shapes:
                key = by_style.get(value_of(shapes[key], "numStyleLink") or "", key)
                if key not in read:
                    read[key] = _levels(shapes[key])
                self._lists[one.get(f"{W}numId", "")] = _with_overrides(key, read[key], one)

    def level_of_style(self, list_id: str, style_id: str) -> int | None:
        """Return the level of a list that is tied to a paragraph style."""
        _key, levels, _starts = self._lists.get(list_id, ("", {}, {}))
        return next((at for at, level in levels.items() if level.style == style_id), None)

    def next_number(self, list_id: str, at: int) -> Counted | None:
        """Count one further in a list, or return None where it prints nothing."""
        key, levels, starts = self._lists.get(list_id, ("", {}, {}))
        if at not in levels:
            return None
        counts = self._counts.setdefault(key, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for level, start in starts.items():  # this list of several that count together begins here anew
                counts[level] = start - 1
        counts[at] = min(counts.get(at, levels[at].start - 1) + 1, _MOST)
        for deeper in [level for level in counts if level > at]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart > 0 and at < restart):
                del counts[deeper]
        return _printed(levels, counts, at)


def _with_overrides(
    key: str, levels: Mapping[int, Level], element: etree._Element
) -> tuple[str, dict[int, Level], dict[int, int]]:
    own, starts = dict(levels), {}
    for override in element.iterchildren(f"{W}lvlOverride"):
        at = _number(override.get(f"{W}ilvl"), -1)
        if (changed := override.find(f"{W}lvl")) is not None and 0 <= at < _LEVELS:
            own[at] = _level(changed)
        if (start := value_of(override, "startOverride")) is not None and 0 <= at < _LEVELS:
            starts[at] = _number(start, 1)
    return key, own, starts


def _levels(shape: etree._Element) -> dict[int, Level]:
    found = {_number(level.get(f"{W}ilvl"), -1): _level(level) for level in shape.iterchildren(f"{W}lvl")}
    return {at: level for at, level in found.items() if 0 <= at < _LEVELS}


def _level(element: etree._Element) -> Level:
    restart = value_of(element, "lvlRestart")
    return Level(
        form=value_of(element, "numFmt") or "decimal",
        text=(value_of(element, "lvlText") or "")[:50],
        start=_number(value_of(element, "start"), 1),
        restart=None if restart is None else _number(restart, 0),
        plain=element.find(f"{W}isLgl") is not None,
        style=value_of(element, "pStyle") or "",
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else otherwise


def _printed(levels: Mapping[int, Level], counts: Mapping[int, int], at: int) -> Counted | None:
    level = levels[at]
    if level.form == "bullet":
        return Counted(bullet(level.text.strip()), "bullet")

    def one(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        other = levels.get(place)
        if other is None:
            return ""
        count = counts.get(place, other.start)
        return str(count) if level.plain else _counted(count, other.form)

    number = printed(_PLACE.sub(one, level.text))
    return Counted(number, _sort(level, number)) if number else None


def _counted(count: int, form: str) -> str:
    if form in {"none", "bullet"}:
        return ""
    if form in {"lowerRoman", "upperRoman"}:
        return roman(count) if form == "lowerRoman" else roman(count).upper()
    if form in {"lowerLetter", "upperLetter"}:
        return letters(count) if form == "lowerLetter" else letters(count).upper()
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _sort(level: Level, number: str) -> str:
    if "§" in number:
        return "section"
    if level.form in {"lowerLetter", "lowerRoman"}:
        return "lower"
    if number.endswith(")"):
        return "paren"
    return {"upperRoman": "roman", "upperLetter": "upper"}.get(level.form, "decimal")

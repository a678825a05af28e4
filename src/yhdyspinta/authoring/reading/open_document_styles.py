"""The styles and lists of an ODT file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from yhdyspinta.authoring.reading.counting import letters, roman
from yhdyspinta.authoring.reading.numerals import bullet, printed
from yhdyspinta.authoring.reading.word_styles import DEEPEST

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

_HEADING = re.compile(r"(?:heading|otsikko|rubrik)[ _]*([1-9])", re.IGNORECASE)
_TITLES = {"title", "otsikko", "rubrik"}
_POINTS = re.compile(r"(\d{1,3}(?:\.\d+)?)pt")
_PERCENT = re.compile(r"(\d{1,3})%")
_MOST = 9_999


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with what it has from its parents. ``level`` is a heading's, from 1."""

    level: int = 0
    title: bool = False
    bold: bool = False
    size: float = 12.0
    list_name: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: ``form`` is “1”, “a”, “i”, a bullet, or empty for nothing."""

    form: str
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1  # how many levels its number shows: 2 for "2.1"


class Styles:
    """The styles of a file by family and name, its lists, and how its headings are numbered."""

    def __init__(self, *roots: etree._Element | None) -> None:
        """Read the styles of content and of the file of styles; the first of a name counts."""
        self._found: dict[tuple[str, str], etree._Element] = {}
        self._made: dict[tuple[str, str], Style] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        self._base = Style()
        for root in roots:
            if root is not None:
                self._read(root)

    def _read(self, root: etree._Element) -> None:
        for element in root.iter(f"{STYLE}style"):
            key = (element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", ""))
            self._found.setdefault(key, element)
        for element in root.iter(f"{STYLE}default-style"):
            if element.get(f"{STYLE}family") == "paragraph":
                self._base = with_look(self._base, element)
        for element in root.iter(f"{TEXT}list-style"):
            self.lists.setdefault(element.get(f"{STYLE}name", ""), _levels(element))
        for element in root.iter(f"{TEXT}outline-style"):
            self.outline = _levels(element)

    def of(self, name: str | None, family: str = "paragraph") -> Style:
        """Return a style with all that it has from its parents."""
        chain: list[tuple[str, str]] = []
        key = (family, name or "")
        while len(chain) < DEEPEST and key in self._found and key not in chain and key not in self._made:
            chain.append(key)
            key = (family, self._found[key].get(f"{STYLE}parent-style-name", ""))
        made = self._made.get(key, self._base)
        for one in reversed(chain):
            made = self._made[one] = _styled(made, self._found[one])
        return made

    def look_of_letters(self, name: str | None, below: Style) -> Style:
        """Return the paragraph's style with what a style of letters changes in it."""
        chain: list[etree._Element] = []
        key = ("text", name or "")
        while len(chain) < DEEPEST and key in self._found and self._found[key] not in chain:
            chain.append(self._found[key])
            key = ("text", self._found[key].get(f"{STYLE}parent-style-name", ""))
        for element in reversed(chain):
            below = with_look(below, element)
        return below


def _styled(base: Style, element: etree._Element) -> Style:
    name = element.get(f"{STYLE}display-name") or element.get(f"{STYLE}name", "").replace("_20_", " ")
    named = _HEADING.fullmatch(name)
    outline = element.get(f"{STYLE}default-outline-level", "")
    level = int(named[1]) if named else int(outline) if outline in set("123456789") else base.level
    title = name.casefold() in _TITLES and element.getparent().tag == f"{OFFICE}styles"
    list_name = element.get(f"{STYLE}list-style-name", base.list_name)
    return replace(with_look(base, element), level=level, title=title or base.title, list_name=list_name)


def with_look(style: Style, element: etree._Element) -> Style:
    """Return the style as the letters' properties of another change it."""
    letters_of = element.find(f"{STYLE}text-properties")
    if letters_of is None:
        return style
    bold, size = style.bold, style.size
    weight = letters_of.get(f"{_FO}font-weight")
    if weight is not None:
        bold = weight == "bold" or (weight.isdigit() and int(weight[:4]) >= 600)
    if (
        letters_of.get(f"{STYLE}text-underline-style", "none") != "none"
        and element.get(f"{STYLE}name") != "Internet_20_link"
    ):
        bold = True
    said = letters_of.get(f"{_FO}font-size", "")
    if points := _POINTS.fullmatch(said):
        size = float(points[1])
    elif part := _PERCENT.fullmatch(said):
        size = size * int(part[1]) / 100
    hidden = letters_of.get(f"{TEXT}display", "none" if style.hidden else "true") == "none"
    return replace(style, bold=bold, size=size, hidden=hidden)


def _levels(element: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for child in element:
        at = number_of(child.get(f"{TEXT}level"), 0)
        if child.tag == f"{TEXT}list-level-style-bullet":
            levels[at] = Level("•", before=bullet(child.get(f"{TEXT}bullet-char", "•")))
        elif child.tag in {f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"}:
            levels[at] = Level(
                form=child.get(f"{STYLE}num-format", ""),
                before=child.get(f"{STYLE}num-prefix", "")[:20],
                after=child.get(f"{STYLE}num-suffix", "")[:20],
                start=number_of(child.get(f"{TEXT}start-value"), 1),
                shown=number_of(child.get(f"{TEXT}display-levels"), 1),
            )
    return levels


def number_of(text: str | None, otherwise: int) -> int:
    """Return a small whole number, or another where none is said."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else otherwise


class Counter:
    """How far one list has counted."""

    def __init__(self, levels: dict[int, Level]) -> None:
        """Begin before the first item."""
        self.levels = levels
        self._counts: dict[int, int] = {}

    def next_number(self, at: int, start: int | None = None) -> tuple[str, str]:
        """Count one further at a level, and return the number as printed and its sort; both may be empty."""
        level = self.levels.get(at)
        if level is None:
            return "", ""
        if level.form == "•":
            return level.before, "bullet"
        self._counts[at] = start if start is not None else min(self._counts.get(at, level.start - 1) + 1, _MOST)
        for deeper in [one for one in self._counts if one > at]:
            del self._counts[deeper]
        if not level.form:
            return "", ""
        first = max(at - level.shown + 1, 1)
        counted = [self._counted(one) for one in range(first, at + 1)]
        number = printed(level.before + ".".join(one for one in counted if one) + level.after)
        return number, _sort(level.form, number)

    def _counted(self, at: int) -> str:
        level = self.levels.get(at, Level("1"))
        count = self._counts.get(at, level.start)
        if level.form in {"", "•"}:
            return ""
        if level.form in {"a", "A"}:
            return letters(count) if level.form == "a" else letters(count).upper()
        if level.form in {"i", "I"}:
            return roman(count) if level.form == "i" else roman(count).upper()
        return str(count)


def _sort(form: str, number: str) -> str:
    if "§" in number:
        return "section"
    if form in {"a", "i"}:
        return "lower"
    return "paren" if number.endswith(")") else {"I": "roman", "A": "upper"}.get(form, "decimal")

"""The styles of a DOCX: what a paragraph's style says of its rank, its look and its list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HEADING = re.compile(r"(?:heading|otsikko|rubrik|överskrift)\s*([1-9])\b.*")
_TITLES = {"title", "otsikko", "rubrik"}
_CONTENTS = re.compile(
    r"toc(?: heading|\s*\d)|contents(?: heading|\s*\d).*|sis(?:ällys)?luet(?:telo|t)?\w*\s*\d.*"
    r"|sisällysluettelon otsikko|innehåll(?:sförteckning)?\s*\d.*|innehållsförteckningsrubrik"
)
DEEPEST = 50  # styles based on styles
_OFF = {"0", "false", "off", "none"}
_BODY_LEVEL = 9  # an outline level that says "no heading"


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with what it has from the styles that it is based on. ``level`` is a heading's, from 1."""

    level: int = 0
    title: bool = False
    contents: bool = False
    bold: bool = False
    size: float = 10.0
    list_id: str = ""
    list_level: int = 0


class Styles:
    """The styles of a file by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read the styles; a file without any has one."""
        self._found: dict[str, etree._Element] = {}
        self._made: dict[str, Style] = {}
        self._usual = ""
        self._base = Style()
        if root is None:
            return
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = with_look(self._base, defaults)
        for style in root.iter(f"{W}style"):
            self._found[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self._usual = style.get(f"{W}styleId", "")

    def of(self, style_id: str | None) -> Style:
        """Return the style of a paragraph or of letters; None is the file's usual one."""
        wanted = self._usual if style_id is None else style_id
        chain: list[str] = []
        while len(chain) < DEEPEST and wanted in self._found and wanted not in chain and wanted not in self._made:
            chain.append(wanted)
            wanted = value_of(self._found[wanted], "basedOn") or ""
        made = self._made.get(wanted, self._base)
        for one in reversed(chain):
            made = self._made[one] = _styled(made, self._found[one])
        return made

    def look_of_letters(self, style_id: str, below: Style) -> Style:
        """Return the paragraph's style with the bold and size that a style of letters sets."""
        element = self._found.get(style_id)
        return below if element is None else with_look(below, element.find(f"{W}rPr"))


def _styled(base: Style, element: etree._Element) -> Style:
    name = (value_of(element, "name") or "").casefold()
    style = with_look(base, element.find(f"{W}rPr"))
    paragraph = element.find(f"{W}pPr")
    level, contents = base.level, base.contents
    named = _HEADING.fullmatch(name)
    if named:
        level = int(named[1])
    if (outline := value_of(paragraph, "outlineLvl")) is not None:
        level = outline_level(outline)
    if _CONTENTS.fullmatch(name):
        level, contents = 0, True
    list_id, list_level = list_of(paragraph)
    return replace(
        style,
        level=level,
        title=name in _TITLES or (base.title and not level),
        contents=contents,
        list_id=base.list_id if list_id is None else list_id,
        list_level=base.list_level if list_level is None else list_level,
    )


def with_look(style: Style, letters: etree._Element | None) -> Style:
    """Return the style as run properties (``w:rPr``) change it."""
    if letters is None:
        return style
    bold, size = style.bold, style.size
    if letters.find(f"{W}b") is not None:
        bold = is_set(letters, "b")
    points = value_of(letters, "sz")
    if points is not None and points.isascii() and points.isdigit() and len(points) < 5:
        size = int(points) / 2
    return style if (bold, size) == (style.bold, style.size) else replace(style, bold=bold, size=size)


def list_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """Return the list that paragraph properties name and the level in it; None for what they do not say."""
    numbering = None if properties is None else properties.find(f"{W}numPr")
    if numbering is None:
        return None, None
    level = value_of(numbering, "ilvl")
    return value_of(numbering, "numId"), int(level) if level in set("012345678") else None


def outline_level(value: str) -> int:
    """Return a heading's level, from 1, or 0 for the text of the body."""
    return int(value) + 1 if len(value) == 1 and value.isdigit() and int(value) < _BODY_LEVEL else 0


def value_of(element: etree._Element | None, name: str) -> str | None:
    """Return what ``w:val`` of a child says, or None."""
    child = None if element is None else element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def is_set(letters: etree._Element, name: str) -> bool:
    """Say whether run properties set something such as bold, and not off."""
    found = letters.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val") not in _OFF

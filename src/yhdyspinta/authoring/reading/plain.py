"""Text without any look: pasted into a form, or a file of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from yhdyspinta.agreement.document import Document
from yhdyspinta.authoring.reading.blocks import Block
from yhdyspinta.authoring.reading.cleaning import cleaned
from yhdyspinta.authoring.reading.finishing import finished
from yhdyspinta.authoring.reading.lines import NO_WIDTH, Line, paragraphs_of, width_of
from yhdyspinta.authoring.reading.refusing import LIMITS, CannotRead, Limits

_MARKDOWN = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*$")
_LONGEST_HEADING = 300
_PAGE = re.compile(r"(?:(?:sivu|sida|page)\s+)?\d{1,3}(?:\s?/\s?\d{1,3}|\s?\(\d{1,3}\))", re.IGNORECASE)


def read_plain(text: str, notes: set[str], limits: Limits = LIMITS) -> Document:
    """Return a text whose blank lines part paragraphs and whose lines may have been broken by a program."""
    if len(text) > limits.letters:
        raise CannotRead("too-long", limits.letters)
    if text.count("\n") > limits.lines:
        raise CannotRead("too-many-lines", limits.lines)
    lines = [line.expandtabs(8) for line in cleaned(text).split("\n")]
    width = width_of(lines)
    blocks: list[Block] = []
    held: list[Line] = []
    for line in _lines(lines, width, notes):
        heading = _MARKDOWN.match(line.text) if line.text[0] == "#" and len(line.text) < _LONGEST_HEADING else None
        if heading is None:
            held.append(line)
            continue
        blocks += paragraphs_of(held)
        blocks.append(Block(heading[2], "heading", len(heading[1])))
        held = []
    return finished([*blocks, *paragraphs_of(held)], notes, limits)


def _lines(lines: list[str], width: int, notes: set[str]) -> Iterator[Line]:
    gap = True
    pages = _page_numbers(lines)
    for line in lines:
        text = line.strip()
        if not text:
            gap = True
            continue
        if text in pages or _PAGE.fullmatch(text):
            notes.add("headers")
            continue
        indent = len(line) - len(line.lstrip())
        yield Line(text, gap, max(width - len(text), 0) if width else NO_WIDTH, indent)
        gap = width == 0


def _page_numbers(lines: list[str]) -> set[str]:
    """Return the numbers that stand alone on a line, when they count the pages of the text one by one."""
    numbers = [int(text) for line in lines if (text := line.strip()).isdecimal() and len(text) < 4]
    counted = len(numbers) > 1 and all(two == one + 1 for one, two in pairwise(numbers))
    return {str(number) for number in numbers} if counted else set()

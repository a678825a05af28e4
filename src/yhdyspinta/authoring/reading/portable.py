"""A PDF that holds text: what a process of its own found on its pages, made into paragraphs."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median

from yhdyspinta.agreement.document import Document
from yhdyspinta.authoring.reading.cleaning import cleaned
from yhdyspinta.authoring.reading.finishing import finished
from yhdyspinta.authoring.reading.lines import TIER, Line, paragraphs_of
from yhdyspinta.authoring.reading.numerals import is_number_alone, taken_apart
from yhdyspinta.authoring.reading.refusing import CannotRead, Limits

_PROCESS = Path(__file__).with_name("pdf_process.py")
_STOPPED = {-signal.SIGXCPU, -signal.SIGKILL}  # the operating system has kept the bounds
_MARGIN = 0.12  # of a page's height, above and below: where running heads and page numbers stand
_LONGEST_HEAD = 200  # signs
_EVERY = 0.3  # on so many of the pages a line is printed that belongs to none of them
_LEAST_LETTERS = 10  # a page: fewer are the stamp on a scanned one
_MOST_ON_PAGE = 500  # lines that tell where a column ends
_MOST_BESIDE = 50  # pieces of one line
_PAGE_NUMBER = re.compile(
    r"(?:(?:sivu|sida|page|s\.)\s*)?[-–—]?\s*\d{1,3}\s*[-–—]?(?:\s*(?:/|av|of)\s*\d{1,3}|\s*\(\d{1,3}\))?",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\ue000-\uefff\ufffd]")
_UNKNOWN_BULLET = re.compile(r"\(cid:\d+\)(?=\s)")
_INTEGER = re.compile(r"\d{1,3}")
_USUAL = 1.25  # sizes of its letters from line to line, where no paragraph tells
_APART = 1.3  # a distance so many times the usual one parts paragraphs


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line where it is printed; ``base`` is its distance from the lower edge, all in points."""

    text: str
    page: int
    left: float
    right: float
    base: float
    height: float
    size: float
    bold: bool


def read_portable(content: bytes, notes: set[str], limits: Limits) -> Document:
    """Return what a PDF says; ``notes`` gets the codes of what is left out.

    Raises:
        CannotRead: it has no text, is protected or damaged, or costs more to read than an agreement would.

    """
    pages, images, printed = _read_apart(content, limits)
    if images:
        notes.add("images")
    printed = [whole for line in printed if (whole := replace(line, text=_cleaned(line.text))).text]
    kept = _without_running_heads(printed, pages, notes)
    letters = sum(letter.isalpha() for line in kept for letter in line.text)
    if letters < _LEAST_LETTERS * pages:
        raise CannotRead("no-text", pages)
    unknown = sum(len(_UNKNOWN.findall(line.text)) for line in kept)
    if unknown * 10 > letters:
        raise CannotRead("no-letters")
    return finished(paragraphs_of(_lines(_with_numbers(kept))), notes, limits)


def _cleaned(text: str) -> str:
    """Return a line with whole letters. A soft hyphen that is printed is a hyphen: fonts have one sign for both."""
    return cleaned(text.replace("\u00ad", "-")).strip()


def _read_apart(content: bytes, limits: Limits) -> tuple[int, bool, list[_Printed]]:
    """Let a process read the file, and return the number of pages, whether it has pictures, and the lines."""
    bounds = [str(limits.seconds), str(limits.memory), str(limits.pages), str(limits.letters)]
    command = [sys.executable, "-I", str(_PROCESS), *bounds]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=limits.seconds * 2, check=False)  # noqa: S603 -- itself
    except subprocess.TimeoutExpired as error:
        raise CannotRead("too-slow") from error
    if done.returncode:
        raise CannotRead("too-slow" if done.returncode in _STOPPED else "broken")
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        raise CannotRead("broken") from error
    if code := found.get("code"):
        raise CannotRead(code, {"too-many-pages": limits.pages, "too-long": limits.letters}.get(code, ""))
    return found["pages"], found["images"], [_Printed(**line) for line in found["lines"]]


def _without_running_heads(printed: Sequence[_Printed], pages: int, notes: set[str]) -> list[_Printed]:
    """Leave out page numbers, and what is printed at the same place of many pages."""
    seen: dict[tuple[int, str], set[int]] = defaultdict(set)
    for line in printed:
        for place in _places(line):
            seen[place].add(line.page)
    enough = max(2, pages * _EVERY)
    kept = [line for line in printed if not _is_running(line, seen, enough)]
    if len(kept) < len(printed):
        notes.add("headers")
    return kept


def _places(line: _Printed) -> Iterator[tuple[int, str]]:
    """Give what would be the same on every page: place and text, as it is or with the page's own number taken out."""
    in_text = _MARGIN * line.height < line.base < (1 - _MARGIN) * line.height
    if in_text or len(line.text) > _LONGEST_HEAD or TIER.match(line.text):
        return
    place = round(line.base / 6)
    yield place, line.text
    for found in _INTEGER.finditer(line.text):
        relative = int(found[0]) - line.page
        yield place, f"{line.text[: found.start()]}<{relative}>{line.text[found.end() :]}"


def _is_running(line: _Printed, seen: dict[tuple[int, str], set[int]], enough: float) -> bool:
    places = list(_places(line))
    return bool(places) and (
        _PAGE_NUMBER.fullmatch(line.text) is not None or any(len(seen[place]) >= enough for place in places)
    )


def _with_numbers(printed: Sequence[_Printed]) -> list[_Printed]:
    """Put bullets and numbers that stand apart from their text, on one line with it, before it."""
    made: list[_Printed] = []
    by_line: dict[tuple[int, int], list[_Printed]] = defaultdict(list)
    for line in printed:
        beside_it = by_line[line.page, round(line.base / 3)]
        if len(beside_it) < _MOST_BESIDE:
            beside_it.append(line)
    taken: dict[int, str] = {}
    for line in printed:
        if not _is_mark(line.text):
            continue
        near = (one for step in (-1, 0, 1) for one in by_line[line.page, round(line.base / 3) + step])
        beside = [one for one in near if one.left > line.right and id(one) not in taken and not _is_mark(one.text)]
        if beside:
            first = min(beside, key=lambda one: one.left)
            taken[id(first)] = line.text
            taken[id(line)] = ""
    for line in printed:
        mark = taken.get(id(line))
        if mark is None:
            made.append(line)
        elif mark:
            made.append(replace(line, text=f"{mark} {line.text}"))
    return made


def _is_mark(text: str) -> bool:
    if len(text) > 8:
        return False
    numbered = taken_apart(f"{text} Aa")
    return (
        is_number_alone(text)
        or bool(_UNKNOWN_BULLET.match(f"{text} "))
        or (numbered is not None and numbered.rest == "Aa")
    )


def _lines(printed: Sequence[_Printed]) -> list[Line]:
    """Return the lines with what their places say: gaps between paragraphs, and room that was left at the right."""
    edges = _Edges(printed)
    usual = _usual_distance(printed)
    lines: list[Line] = []
    before: _Printed | None = None
    for line in printed:
        text = _UNKNOWN.sub("", _UNKNOWN_BULLET.sub("•", line.text)) if "(cid:" in line.text else line.text
        turned = before is not None and (before.page != line.page or line.base > before.base + line.size)
        gap = before is None or turned or before.base - line.base > usual * _APART * max(line.size, before.size)
        wide = max((line.right - line.left) / max(len(line.text), 1), 1.0)
        room = int(max(edges.right_of(line) - line.right, 0) / wide)
        lines.append(Line(text, gap, room, 0, line.size, line.bold, turned))
        before = line
    return [line for line in lines if line.text.strip()]


def _usual_distance(printed: Sequence[_Printed]) -> float:
    """Return how far apart the lines of a paragraph stand, in sizes of their letters.

    Where a line goes on in small letters it is of the same paragraph; a text without any such line tells little.
    """
    pairs = [(one, two) for one, two in pairwise(printed) if one.page == two.page and one.size]
    going_on = [(one, two) for one, two in pairs if two.text[0].islower() and one.text[-1].isalpha()]
    found = [(one.base - two.base) / one.size for one, two in going_on]
    near = [distance for distance in found if 0.5 < distance < 2.5]
    return median(near) if near else _USUAL


class _Edges:
    """Where the columns of each page end at the right."""

    def __init__(self, printed: Sequence[_Printed]) -> None:
        self._by_page: dict[int, list[_Printed]] = defaultdict(list)
        for line in printed:
            self._by_page[line.page].append(line)
        self._usual = _high([line.right for line in printed])

    def right_of(self, line: _Printed) -> float:
        """Return the right edge of the column that a line stands in."""
        beside = [
            one.right
            for one in self._by_page[line.page][:_MOST_ON_PAGE]
            if one.left < line.right and one.right > line.left
        ]
        return _high(beside) if len(beside) >= 5 else self._usual


def _high(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.9)] if values else 0.0

"""A clause as sentences, and a sentence as the statements that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.model import ClauseText

_END = re.compile(r"(?<=[.!?])[”\"»)]*\s+(?=[”\"»(]?[A-ZÅÄÖÉ])")
_LAST_WORD = re.compile(r"[\w.]+\.$")
_BULLET = re.compile(r"^(?:[-–•*]|\w{1,2}[.)])\s")
# A line of fewer words below "…:" is still an item of that list, though it begins with a capital and ends with a dot.
_SENTENCE_WORDS = 5

Place: TypeAlias = Literal["main", "relative", "side"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in its clause, white space folded.

    ``lead`` is the line with a colon at its end that an item of a list stands under, else empty.
    """

    clause: ClauseText
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A part of a sentence with a verb of its own; ``place`` tells a relative and a side clause from a main one."""

    start: int
    end: int
    place: Place


def sentences_of(clause: ClauseText, language: Language) -> Iterator[Sentence]:
    """Return the sentences of a clause, line by line; an item of a list knows the line above the list."""
    lead = ""
    for line in clause.text.splitlines():
        folded = " ".join(line.split())
        if not folded:
            continue
        item = bool(_BULLET.match(folded)) or folded[:1].islower() or len(folded.split()) <= _SENTENCE_WORDS
        if not item or folded.endswith(":"):
            lead = ""
        for text in _split(folded, language):
            yield Sentence(clause, text, lead)
        if folded.endswith(":"):
            lead = folded


def _split(line: str, language: Language) -> Iterator[str]:
    """Split a line where a sentence ends: not after an abbreviation."""
    start = 0
    for end in _END.finditer(line):
        word = _LAST_WORD.search(line, start, end.start())
        if word and word[0].lower() in language.abbreviations:
            continue
        yield line[start : end.end()].rstrip()
        start = end.end()
    yield line[start:]


def statements_of(text: str, language: Language) -> tuple[Statement, ...]:
    """Cut a sentence where another statement begins: "…, ja se kokoontuu …", "…, jossa …", "…, jos …"."""
    cuts = [0, *(cut.end() for cut in language.words.cuts.finditer(text)), len(text)]
    if language.words.side.match(text) and 0 < (comma := text.find(", ")) + 2 not in cuts:
        # "Kun kaikki ovat hyväksyneet ryhmän, aluehallitus asettaa sen."
        cuts = sorted({*cuts, comma + 2})
    return tuple(Statement(start, end, _place(text, start, language)) for start, end in pairwise(cuts) if start < end)


def _place(text: str, start: int, language: Language) -> Place:
    if language.words.relative.match(text, start):
        return "relative"
    return "side" if language.words.side.match(text, start) else "main"

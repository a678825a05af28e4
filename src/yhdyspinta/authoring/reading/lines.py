"""Lines to paragraphs: what a page or a mail program has broken is made whole again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from yhdyspinta.authoring.reading.blocks import LABEL, Block
from yhdyspinta.authoring.reading.cleaning import folded
from yhdyspinta.authoring.reading.numerals import taken_apart

TIER = re.compile(r"(?:taso|nivå|level)\s+(?:\d{1,2}|[IVX]{1,4})\b", re.IGNORECASE)
"""A level of cooperation as a heading: “Taso 1”."""

_PART = re.compile(
    r"(?:osa|luku|liite|kapitel|kap\.|del|bilaga|chapter|part|annex)\s+(?:\d{1,2}|[IVX]{1,4})\b", re.IGNORECASE
)
_FINAL = re.compile(r"[.:;!?…][\"”’')\]]*$")
JOINING = {"ja", "tai", "sekä", "eli", "taikka", "och", "eller", "samt", "and", "or"}
"""Words that a text goes on after."""

_ADDRESS_LAST = re.compile(r"\b\d{5}\s[A-ZÅÄÖ][\w-]+$")
_POSTAL_CODE_LAST = re.compile(r"(?:^|\s)\d{5}$")
_SECTION_REF = re.compile(r"§\s?\d")
_ENDS = tuple(f" {word}" for word in JOINING)
_DIVIDED = re.compile(r"([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST_WORD = 80  # signs: so that a line without spaces costs no more than others
_COLUMNS = re.compile(r"(?:\s{5,}|[ ]*\t[\t ]*\t\s*)")
NO_WIDTH = 2_000  # signs: the room after a line that is a paragraph
_LONG = 40  # signs: a line that tells how wide the text was set
_WIDEST = 140  # signs: nobody sets lines wider
_HANGING = 4  # signs: what is set in further than this is no heading at the margin
_FIRST_WORD = re.compile(r"\W*(\w+)")
_VOWELS = set("aeiouyåäöAEIOUYÅÄÖ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands. ``gap``: set apart from the one above; ``room``: how many signs more it would have held."""

    text: str
    gap: bool = False
    room: int = 0
    indent: int = 0
    size: float = 0.0
    bold: bool = False
    turned: bool = False  # the first line of a page: a gap that says nothing

    @property
    def short(self) -> bool:
        """Whether a third of the line or more was left empty."""
        return self.room * 2 > len(self.text)

    @property
    def starts_low(self) -> bool:
        """Whether it begins with a small letter."""
        return self.text[:1].islower()


def paragraphs_of(lines: Iterable[Line]) -> list[Block]:
    """Return the paragraphs that lines make."""
    spread = [part for line in lines for part in _in_columns(line)]
    known = Words(line.text for line in spread)
    blocks: list[Block] = []
    held: list[Line] = []
    apart = True
    for line in spread:
        if held and not _goes_on(held, line):
            blocks.append(_block(held, known, alone=apart and (line.gap or held[0].short)))
            apart = line.gap or bool(LABEL.match(held[0].text)) or held[-1].text.endswith((".", "!", "?"))
            held = []
        held.append(line)
    if held:
        blocks.append(_block(held, known, alone=apart))
    return blocks


def width_of(lines: Sequence[str]) -> int:
    """Return how wide a text was set when it was broken into lines, in signs; 0 when each line is a paragraph."""
    stripped = [line.strip() for line in lines]
    long = sorted(len(line) for line in stripped if len(line) >= _LONG)
    wide = long[int(len(long) * 0.9)] if long else 0
    pairs = [(one, two) for one, two in pairwise(stripped) if len(one) >= _LONG and two]
    going_on = sum(not _FINAL.search(one) for one, _two in pairs)
    return wide if pairs and wide <= _WIDEST and going_on * 2 >= len(pairs) else 0


def in_one(lines: Sequence[str]) -> str:
    """Return lines that belong together as one text."""
    return Words(lines).join(lines)


class Words:
    """The words of a text, which tell whether a hyphen at the end of a line is the word's own."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Remember the words that stand whole in a line."""
        found = {word.casefold() for line in lines for word in _WORD.findall(line)}
        self._hyphened = {word for word in found if "-" in word}
        self._whole = found - self._hyphened

    def join(self, lines: Sequence[str]) -> str:
        """Return lines as one text: “yhteis-” + “työ” are one word, “Keski-” + “Suomen” keep their hyphen."""
        said: list[str] = []
        for line in map(folded, lines):
            before = said[-1] if said else ""
            if not before:
                said.append(line)
            elif line.startswith("- ") and before.rsplit(" ", 1)[-1] in JOINING:
                said += [" ", f"-{line[2:]}"]  # "yhteensopivuus ja -toimivuus", taken for a list by the program before
            elif (head := _divided(before)) and line[:1].isalnum():
                said += self._after_hyphen(head, said, line)
            elif before.endswith("/") and not before.endswith(" /"):
                said.append(line)  # "viranhaltija/työntekijä"
            else:
                said += [" ", line]
        return "".join(said)

    def _after_hyphen(self, head: str, said: list[str], line: str) -> list[str]:
        """Return what follows a word that ends in a hyphen, which is taken off where it only divides the word."""
        first = _FIRST_WORD.match(line)
        tail = first[1] if first else ""
        if tail.casefold() in JOINING:
            return [" ", line]  # "sosiaali- ja terveydenhuolto"
        if not self._keeps_hyphen(head, tail):
            said[-1] = said[-1][:-1]
        return [line]

    def _keeps_hyphen(self, head: str, tail: str) -> bool:
        if f"{head}-{tail}".casefold() in self._hyphened:
            return True
        if f"{head}{tail}".casefold() in self._whole:
            return False
        if not tail[:1].islower():
            return True
        same_vowel = head[-1] == tail[0] and tail[0] in _VOWELS  # "linja-auto": two of one vowel never meet in Finnish
        return same_vowel or len(head) == 1 or head[-1].isupper() or not _VOWELS & set(head)  # "EU-", "www-"


def _in_columns(line: Line) -> Iterator[Line]:
    """Divide a line of names that stand beside each other, as where an agreement is signed."""
    parts = [part for part in _COLUMNS.split(line.text.strip()) if part]
    if len(parts) < 2 or len(line.text.split()) > 16 or _FINAL.search(line.text.rstrip()):
        yield line
        return
    for part in parts:
        yield replace(line, text=part, gap=True, indent=line.indent + _HANGING, room=200)


def _goes_on(held: Sequence[Line], line: Line) -> bool:
    """Say whether a line goes on with the paragraph held."""
    last = held[-1]
    before, after = folded(last.text), folded(line.text)
    if (last.size and abs(last.size - line.size) > 0.06 * last.size) or last.bold != line.bold:
        return False
    if _is_cut(before, after):
        return True
    if _begins(held, line, after) or _is_row(held, line):
        return False
    return _goes_on_apart(last, line, before, after) if line.gap else _goes_on_below(held, line, before, after)


def _is_cut(before: str, after: str) -> bool:
    """Say whether a word was divided between two lines, or an address between its postal code and its town."""
    if _divided(before) and after[:1].isalpha():
        return True
    return bool(_POSTAL_CODE_LAST.search(before)) and len(after.split()) <= 2 and after[:1].isupper()


def _is_row(held: Sequence[Line], line: Line) -> bool:
    """Say whether lines in small letters are items without any sign: “kunnat”, “liitto” below “Jäseniä ovat:”."""
    return len(held) == 1 and held[0].starts_low and held[0].short and line.starts_low and line.short


def _goes_on_apart(last: Line, line: Line, before: str, after: str) -> bool:
    """Say it of a line with a gap above it, which programs also leave inside a sentence, as at the turn of a page."""
    if _FINAL.search(before) or is_heading_line(before):
        return False
    if line.turned:
        return line.starts_low or not (last.short or LABEL.match(before))
    return line.starts_low or (not last.short and (before.endswith(",") or after.startswith("(")))


def _goes_on_below(held: Sequence[Line], line: Line, before: str, after: str) -> bool:
    """Say it of the line directly below."""
    last = held[-1]
    next_word_fits = last.room > len(after.split(" ", 1)[0]) + 4
    if LABEL.match(before) or _ADDRESS_LAST.search(before[-_LONGEST_WORD:]):
        return line.starts_low or before.endswith(",")
    if is_heading_line(before):
        return len(held) > 1 and not next_word_fits
    if _FINAL.search(before):
        return not next_word_fits and not (len(held) == 1 and before.endswith(":"))
    return line.starts_low or not (last.short and next_word_fits) or before.endswith(",")


def _begins(held: Sequence[Line], line: Line, text: str) -> bool:
    """Say whether the line begins something of its own: an item, a numbered clause, the id of a party."""
    last, before = held[-1], folded(held[-1].text)
    if LABEL.match(text):
        return line.gap or not before.endswith((",", "("))
    if is_heading_line(text):
        return last.short or line.gap
    if _SECTION_REF.match(text) and (last.short or line.gap or _SECTION_REF.match(held[0].text)):
        return True
    if taken_apart(text) is None:
        return False
    in_list = taken_apart(folded(held[0].text)) is not None
    return (
        line.gap
        or last.short
        or before.endswith((".", ":", ";", "!", "?"))
        or (in_list and before.endswith((",", *_ENDS)))
    )


def is_heading_line(text: str) -> bool:
    """Say whether a line names a level or a part: “Taso 1”, “Luku 2 Yleistä”, “Liite 1”."""
    return bool((TIER.match(text) or _PART.match(text)) and len(text) < 90 and not text.endswith((".", ",", ";")))


def _block(lines: Sequence[Line], known: Words, *, alone: bool) -> Block:
    first = lines[0]
    return Block(
        known.join([line.text for line in lines]),
        size=first.size,
        bold=all(line.bold for line in lines),
        alone=alone,
        lines=len(lines),
        look=first.indent < _HANGING,
    )


def _divided(line: str) -> str:
    """Return the part of a word that a line ends in before a hyphen, or nothing."""
    found = _DIVIDED.search(line[-_LONGEST_WORD:])
    return found[1] if found else ""

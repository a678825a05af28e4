"""From when until when a text is in force, what it is called and what kind of instrument it says it is."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from yhdyspinta.agreement.proposing.model import ClauseText, Mark, Proposal

_MONTHS: Final[Mapping[str, int]] = {
    name: number
    for names in (
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?:kuuta|kuun|n)?"
_DAY = (
    rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}"
    rf"|\d{{1,2}}\.?\s(?:päivä(?:nä|stä)?\s)?{_MONTH}\s(?:vuonna\s)?\d{{4}}"
    r"|\d{4}-\d{2}-\d{2})"
)
_DAY_OR_PART = rf"(?:{_DAY}|\d{{1,2}}\.\s?\d{{1,2}}\.)"
_RANGE: Final = re.compile(
    rf"(?P<from>{_DAY_OR_PART})\s*(?:[-–—]|alkaen(?:\s+ja)?|lukien|t\.?o\.?m\.?|till(?:\s+och\s+med)?|to|until)\s*"
    rf"(?P<to>{_DAY})",
    re.IGNORECASE,
)
_FROM: Final = re.compile(
    rf"(?:(?:fr\.?\s?o\.?\s?m\.?|från(?:\s+och\s+med)?|voimaan|i\s+kraft|into\s+force(?:\s+on)?|from|alkaa|börjar)\s+"
    rf"(?:den\s+)?(?P<after>{_DAY}))|(?P<before>{_DAY})\s*(?:alkaen|lähtien|lukien)",
    re.IGNORECASE,
)
_TO: Final = re.compile(
    rf"(?:(?:t\.?\s?o\.?\s?m\.?|till\s+och\s+med|till|päättyy|upphör|until|to)\s+(?:den\s+)?(?P<after>{_DAY}))"
    rf"|(?P<before>{_DAY})\s*(?:saakka|asti)",
    re.IGNORECASE,
)
_YEAR_END: Final = re.compile(
    r"vuoden\s+(?P<fi>\d{4})\s+loppuun|(?:till\s+)?utgången\s+av\s+(?:år\s+)?(?P<sv>\d{4})"
    r"|end\s+of\s+(?P<en>\d{4})",
    re.IGNORECASE,
)
_UNTIL_NOTICE: Final = re.compile(r"toistaiseksi|tills\s+vidare|until\s+further\s+notice", re.IGNORECASE)
_IN_FORCE: Final = re.compile(
    r"voima(?:ssa|an|an?tul)|sopimuskau[ds]|gäller|giltig|i\s+kraft|avtalsperiod|in\s+force|into\s+force|valid\b",
    re.IGNORECASE,
)
_INSTRUMENT: Final = re.compile(
    r"sopimu|suunnitelma|pöytäkirja|asiakirja|avtal|protokoll|plan(?:en)?\b|dokument|agreement|protocol|document"
    r"|^(?:se|tämä|det|den|it|this)\b",
    re.IGNORECASE,
)
_IN_FORCE_CLAUSE: Final = re.compile(r"voima|kesto|giltig|ikraft|varaktig|validity|duration|force", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖÉ])")
# What instruments are called, by language: in the basic form, and the endings of other forms.
_INSTRUMENTS: Final[Mapping[str, Mapping[str, str]]] = {
    "fi": {
        "sopimus": r"sopimuks\w+|sopimusta",
        "pöytäkirja": r"pöytäkirj\w+",
        "suunnitelma": r"suunnitelm\w+",
        "ohjelma": r"ohjelm\w+",
        "asiakirja": r"asiakirj\w+",
    },
    "sv": {
        "avtal": r"avtal(?:et)?s?",
        "protokoll": r"protokoll(?:et)?s?",
        "plan": r"planens?",
        "överenskommelse": r"överenskommelsens?",
        "program": r"programmets?",
    },
    "en": {"agreement": "agreements?", "protocol": "protocols?", "plan": "plans?", "memorandum": "memorandums?"},
}
_HEAD: Final[Mapping[str, str]] = {"en": r"(?:(?:framework|cooperation|interface)\s+)*"}


@dataclass(frozen=True, slots=True)
class _Said:
    """A day that a sentence says to be the first or the last, and where."""

    key: str
    day: dt.date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Sentences that follow each other and say days in force."""

    start: int
    end: int
    said: list[_Said]
    open_ended: bool

    @property
    def empty(self) -> bool:
        """Whether nothing of days is said."""
        return not self.said and not self.open_ended

    def goes_on_in(self, other: _Stretch) -> bool:
        """Tell whether the next sentence says the day that this one leaves out."""
        return self.end == other.start and not {s.key for s in self.said} & {s.key for s in other.said}


def days_in(clauses: Sequence[ClauseText], language: str) -> tuple[Proposal, ...]:  # noqa: ARG001 -- all languages are read
    """Return proposals of kind ``days``: the first and last day in force that the text says.

    What is said to hold until further notice has no ``to`` and leaves none open; days of statutes are no days of the
    agreement. Sentences that follow each other, of which one says the first and one the last day, are one proposal.
    """
    return tuple(proposal for clause in clauses for proposal in _days_of(clause))


def title_in(title: str, language: str) -> tuple[Proposal, ...]:
    """Return a proposal of kind ``title``: the title as it is, and the word for the instrument in it."""
    said = " ".join(title.split())
    if not said:
        return ()
    word = _instrument(said, language)
    data: dict[str, Any] = {"title": {language: said}}
    marks: tuple[Mark, ...] = ()
    if word:
        data["instrument"] = {language: word[0]}
        marks = (Mark(word[1], word[2], "name"),)
    return (Proposal("title", "", said, marks, data, () if word else ("instrument",), "title"),)


def _instrument(title: str, language: str) -> tuple[str, int, int] | None:
    """Return the word for the instrument in a title, lower case, and where it stands.

    The first in its basic form counts ("yhdyspintasuunnitelma yhteistyösopimukseen"), else the first in any form.
    """
    found: list[tuple[bool, int, int, str]] = []
    for basic, others in _INSTRUMENTS.get(language, {}).items():
        head = _HEAD.get(language, r"[\w-]*")
        for match in re.finditer(rf"\b(?P<head>{head})(?P<form>{basic}|{others})\b", title, re.IGNORECASE):
            inflected = match["form"].lower() != basic
            found.append((inflected, match.start(), match.end(), f"{match['head']}{basic}".lower()))
    if not found:
        return None
    _inflected, start, end, word = min(found)
    return word, start, end


def _days_of(clause: ClauseText) -> Iterator[Proposal]:
    titled = bool(_IN_FORCE_CLAUSE.search(clause.title))
    text = " ".join(clause.text.split())
    bounds = [0, *(end.end() for end in _SENTENCE_END.finditer(text)), len(text)]
    waiting: _Stretch | None = None
    for start, end in itertools.pairwise(bounds):
        sentence = text[start:end]
        found = _Stretch(start, end, _said_in(sentence, start), open_ended=bool(_UNTIL_NOTICE.search(sentence)))
        if not _IN_FORCE.search(sentence) or not (titled or _INSTRUMENT.search(sentence)) or found.empty:
            continue
        if waiting and waiting.goes_on_in(found):
            waiting = _Stretch(
                waiting.start, end, [*waiting.said, *found.said], open_ended=waiting.open_ended or found.open_ended
            )
            continue
        if waiting:
            yield _proposal(clause, text, waiting)
        waiting = found
    if waiting:
        yield _proposal(clause, text, waiting)


def _proposal(clause: ClauseText, text: str, stretch: _Stretch) -> Proposal:
    data = {each.key: each.day for each in stretch.said}
    still_open = [key for key in ("from", "to") if key not in data and not (key == "to" and stretch.open_ended)]
    if data.get("from", dt.date.min) > data.get("to", dt.date.max):
        data, still_open = {}, ["from", "to"]
    sentence = text[stretch.start : stretch.end].strip()
    marks = [Mark(each.start - stretch.start, each.end - stretch.start, "day") for each in stretch.said]
    if stretch.open_ended and (notice := _UNTIL_NOTICE.search(sentence)):
        marks.append(Mark(notice.start(), notice.end(), "day"))
    rule = "until-further-notice" if stretch.open_ended else "in-force"
    return Proposal("days", clause.id, sentence, tuple(sorted(marks)), data, tuple(still_open), rule)


def _said_in(sentence: str, offset: int) -> list[_Said]:
    """Return the first and the last day that a sentence says, each once; ``offset`` is where the sentence begins."""
    found: dict[str, _Said] = {}

    def note(key: str, day: dt.date | None, start: int, end: int) -> None:
        if day is not None:
            found.setdefault(key, _Said(key, day, start + offset, end + offset))

    for match in _RANGE.finditer(sentence):
        last = _day(match["to"])
        note("from", _day(match["from"], last.year if last else None), *match.span("from"))
        note("to", last, *match.span("to"))
    for key, pattern in (("from", _FROM), ("to", _TO)):
        for match in pattern.finditer(sentence):
            group = "after" if match["after"] else "before"
            note(key, _day(match[group]), *match.span(group))
    for match in _YEAR_END.finditer(sentence):
        group = str(match.lastgroup)
        note("to", _day(f"31.12.{match[group]}"), *match.span(group))
    return list(found.values())


def _day(text: str, year: int | None = None) -> dt.date | None:
    """Read a day as it is written; a day without a year is of the given one. None when there is no such day."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    month = next((n for name, n in _MONTHS.items() if re.search(rf"\b{name}(?:kuu|n?\b)", text, re.IGNORECASE)), None)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return dt.date.fromisoformat(text)
        if month:
            return dt.date(numbers[-1], month, numbers[0])
        if len(numbers) == 2 and year:
            return dt.date(year, numbers[1], numbers[0])
        return dt.date(numbers[2], numbers[1], numbers[0])
    except (ValueError, IndexError):
        return None

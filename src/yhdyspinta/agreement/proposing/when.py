"""How often and when: the words of a sentence as a period, a count and a window."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.model import Mark

# A yearly window must exist every year.
_COMMON_YEAR = 2023


@dataclass(frozen=True, slots=True)
class Cadence:
    """What a sentence says of time. ``vague`` says that the days themselves are not said ("keväällä 2025")."""

    per: str | None = None
    count: int = 1
    window: tuple[tuple[str, Any], ...] = ()
    vague: bool = False
    once: bool = False
    marks: tuple[Mark, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.per or self.once)


def cadence_of(text: str, language: Language, start: int = 0, end: int | None = None) -> Cadence:
    """Return what the words between two places of a sentence say of time; nothing where they say nothing."""
    end = len(text) if end is None else end
    said = Cadence()
    for time in language.times:
        match = time.words.search(text, start, end)
        if not match:
            continue
        count = _count(match, language) if "count" in time.words.groupindex else time.count
        mark = Mark(match.start(), match.end(), "day" if time.vague else "cadence")
        if time.vague:
            said = replace(said, once=True, vague=True, marks=(*said.marks, mark))
        elif not said.per:
            said = replace(said, per=time.per, count=count, marks=(*said.marks, mark))
    return _with_days(said, text, language, start, end)


def _count(match: re.Match[str], language: Language) -> int:
    word = match["count"].split()[0].lower()
    return int(word) if word.isdigit() else language.numerals.get(word, 1)


def _with_days(said: Cadence, text: str, language: Language, start: int, end: int) -> Cadence:
    if (month := language.words.month.search(text, start, end)) and (window := _months(month, language)):
        return _windowed(said, *window, Mark(month.start(), month.end(), "day"))
    day = language.words.by_day.search(text, start, end)
    if day and (window := _by_day(day)):
        return _windowed(said, *window, Mark(day.start(), day.end(), "day"))
    return said


def _windowed(said: Cadence, first: dt.date | str | None, last: dt.date | str, mark: Mark) -> Cadence:
    """Return the cadence with a window: days of a certain year are once, days of any year are yearly."""
    window: tuple[tuple[str, Any], ...] = (("to", last),) if first is None else (("from", first), ("to", last))
    once = isinstance(last, dt.date)
    if said.per == "council-term" or (once and said.per):
        return said
    return replace(
        said, per=None if once else "calendar-year", once=once, window=window, vague=False, marks=(*said.marks, mark)
    )


def _months(match: re.Match[str], language: Language) -> tuple[dt.date | str | None, dt.date | str] | None:
    """Read "toukokuussa", "maalis–toukokuussa 2025", "toukokuun loppuun mennessä"."""
    groups = match.groupdict()
    first = language.months[(groups.get("latest") or groups["first"]).lower()]
    last = language.months[groups["last"].lower()] if groups.get("last") else first
    if last < first:
        return None
    by_end = bool(groups.get("latest")) or bool(language.words.deadline.search(groups.get("how") or match[0]))
    said = groups.get("year") or next(iter(re.findall(r"\d{4}", groups.get("how") or "")), None)
    year = int(said) if said else None
    days = calendar.monthrange(year or _COMMON_YEAR, last)[1]
    if year is None:
        return (None if by_end else f"{first:02}-01"), f"{last:02}-{days:02}"
    return (None if by_end else dt.date(year, first, 1)), dt.date(year, last, days)


def _by_day(match: re.Match[str]) -> tuple[None, dt.date | str] | None:
    """Read "31.5. mennessä", "viimeistään 31.5.2025", "vuoden loppuun mennessä"; None where there is no such day."""
    groups = match.groupdict()
    if groups.get("endyear"):
        return None, dt.date(int(groups["endyear"]), 12, 31)
    if groups.get("end"):
        return None, "12-31"
    numbers = [groups.get(name) or groups.get(f"{name}2") for name in ("day", "month", "year")]
    day, month = int(numbers[0] or 0), int(numbers[1] or 0)
    try:
        if numbers[2]:
            return None, dt.date(int(numbers[2]), month, day)
        dt.date(_COMMON_YEAR, month, day)
    except ValueError:
        return None
    return None, f"{month:02}-{day:02}"


def joined(cadences: Sequence[Cadence]) -> Cadence:
    """Return the first cadence that says something."""
    return next((cadence for cadence in cadences if cadence), Cadence())

"""Days: the agreement counts in local days of Finland, first and last days included (DESIGN §3.1)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

HELSINKI = ZoneInfo("Europe/Helsinki")
ONE_DAY = dt.timedelta(days=1)


def today() -> dt.date:
    """Return the day it is in Finland now."""
    return dt.datetime.now(HELSINKI).date()


def day_after(day: dt.date) -> dt.date:
    """Return the next day, or the last day there is."""
    return day if day == dt.date.max else day + ONE_DAY


def day_before(day: dt.date) -> dt.date:
    """Return the day before, or the first day there is."""
    return day if day == dt.date.min else day - ONE_DAY


class Span(msgspec.Struct, frozen=True, gc=False):
    """Days from ``first`` to ``last``, both included."""

    first: dt.date = dt.date.min
    last: dt.date = dt.date.max

    def __contains__(self, day: dt.date) -> bool:
        """Tell whether the day lies in the span."""
        return self.first <= day <= self.last

    def __bool__(self) -> bool:
        """Tell whether the span has any day at all."""
        return self.first <= self.last

    def overlap(self, other: Span) -> Span:
        """Return the days that are in both; an empty span when there are none."""
        return Span(max(self.first, other.first), min(self.last, other.last))


ALWAYS = Span()


def parse_day(text: str) -> dt.date:
    """Read a day as people and programs write it: ``2024-06-01`` or ``1.6.2024``.

    Raises:
        ValueError: the text is neither, or there is no such day.

    """
    text = text.strip()
    if not text.isascii():
        raise ValueError(text)
    if "." in text:
        day, month, year = text.split(".")
        if len(year) != 4 or max(len(day), len(month)) > 2 or not (day + month + year).isdecimal():
            raise ValueError(text)
        return dt.date(int(year), int(month), int(day))
    if len(text) != 10:
        raise ValueError(text)
    return dt.date.fromisoformat(text)

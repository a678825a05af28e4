"""Periods and states in words (DESIGN §7, DOMAIN §5.7), in the language of the page."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from babel.dates import get_month_names
from django.utils.translation import get_language, gettext

from yhdyspinta.desk import vocabulary
from yhdyspinta.journal.wording import day, days, short_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yhdyspinta.agreement import Charter, Occurrence
    from yhdyspinta.agreement.days import Span

# A window longer than this is the period itself.
LONG = dt.timedelta(days=350)
_MEETING_PERIOD = re.compile(r"^(?P<body>[a-z0-9-]+)@(?P<day>\d{4}-\d{2}-\d{2})$")


def months() -> list[str]:
    """Return the twelve months' short names, January first, as they stand alone in the language of the page."""
    names = get_month_names("abbreviated", "stand-alone", locale=get_language() or "fi")
    return [names[number].rstrip(".") for number in range(1, 13)]


def meeting_of(period: str) -> tuple[str, dt.date] | None:
    """Return the body and the day of a period that is a meeting or its release (``kuntakokous@2024-05-14``)."""
    if match := _MEETING_PERIOD.match(period):
        return match["body"], dt.date.fromisoformat(match["day"])
    return None


def period(text: str, charter: Charter | None = None, language: str = "") -> str:
    """Return a period in words: ``2024``, ``2021–2025``, or a meeting's day, with its body when a charter is given."""
    if meeting := meeting_of(text):
        body, date = meeting
        return f"{short_name(charter, body, language)} {day(date)}" if charter else day(date)
    if text == "agreement":
        return gettext("the whole agreement")
    return text.replace("-", "–")


def state_of(occurrence: Occurrence) -> str:
    """Return an occurrence's state with the day that belongs to it: ``Avoin (31.5. mennessä)``."""
    word = vocabulary.state(occurrence.state, right=occurrence.kind == "right")
    day_of_it = _day_of_state(occurrence)
    return f"{word} ({day_of_it})" if day_of_it else word


def _day_of_state(occurrence: Occurrence) -> str:
    """Return what stands in brackets after a state."""
    opens, last, since = occurrence.opens, occurrence.due, occurrence.since
    match occurrence.state:
        case "open":
            return gettext("by %(day)s") % {"day": due(occurrence)} if last else gettext("no deadline")
        case "fulfilled-late" if since:
            return day(since, year=not _same_year(occurrence, since))
        case "scheduled" if opens and last and occurrence.kind == "achieve":
            whole = occurrence.period != "agreement" and last - opens > LONG
            return "" if whole else days(opens, last)
        case "scheduled" if opens:
            return gettext("from %(day)s") % {"day": day(opens)}
    return ""


def due(occurrence: Occurrence) -> str:
    """Return the last day of an occurrence; the year is left out where the period is that year."""
    assert occurrence.due
    return day(occurrence.due, year=not _same_year(occurrence, occurrence.due))


def _same_year(occurrence: Occurrence, date: dt.date) -> bool:
    return occurrence.period == str(date.year)


def memberships(spans: Iterable[Span]) -> list[str]:
    """Return the days of a membership that began or ended while the agreement went on; nothing for a whole one."""
    said = []
    for span in spans:
        first = None if span.first == dt.date.min else span.first
        last = None if span.last == dt.date.max else span.last
        if first:
            said.append(days(first, last))
        elif last:
            said.append(gettext("until %(day)s") % {"day": day(last)})
    return said

"""Days, periods, states, bases and cadences in words (DESIGN §7, DOMAIN §5.7), in the language of the page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from babel.dates import get_month_names
from django.utils.translation import get_language, gettext

from yhdyspinta.agreement.duty import CALENDAR_YEAR, COUNCIL_TERM, FIRST_MEETING, RELEASE, Duty
from yhdyspinta.desk import vocabulary
from yhdyspinta.desk.vocabulary import by_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yhdyspinta.agreement import Charter, Occurrence
    from yhdyspinta.agreement.blocks import Seat
    from yhdyspinta.agreement.days import Span
    from yhdyspinta.agreement.duty import Right

NBSP = "\u00a0"
# A window longer than this is the period itself.
LONG = dt.timedelta(days=350)
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MEETING_PERIOD = re.compile(r"^(?P<body>[a-z0-9-]+)@(?P<day>\d{4}-\d{2}-\d{2})$")


def day(date: dt.date, *, year: bool = True) -> str:
    """Return a day as people write it: ``1.6.2024`` or ``1.6.``; in English ``1 Jun 2024``."""
    if get_language() == "en":
        words = f"{date.day}{NBSP}{_ENGLISH_MONTHS[date.month - 1]}"
        return f"{words}{NBSP}{date.year}" if year else words
    return f"{date.day}.{date.month}.{date.year}" if year else f"{date.day}.{date.month}."


def days(first: dt.date, last: dt.date | None) -> str:
    """Return a range of days, the first year left out where both share it; open at the end when ``last`` is None."""
    if last is None:
        return gettext("from %(day)s") % {"day": day(first)}
    if first == last:
        return day(first)
    dash = " – " if get_language() == "en" else "–"
    return f"{day(first, year=first.year != last.year)}{dash}{day(last)}"


def months() -> list[str]:
    """Return the twelve months' short names, January first, as they stand alone in the language of the page."""
    names = get_month_names("abbreviated", "stand-alone", locale=get_language() or "fi")
    return [names[number].rstrip(".") for number in range(1, 13)]


def month_day(text: str) -> str:
    """Return a month-day of a window, ``05-31``, as people write it."""
    month, number = (int(part) for part in text.split("-"))
    return day(dt.date(2023, month, number), year=False)


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


def name(charter: Charter, id_: str, language: str, *, official: bool = False) -> str:
    """Return a party's, body's or theme's name; ``official`` takes a party's official name."""
    if official and id_ in charter.parties:
        return charter.parties[id_].official_name.get(language)
    return charter.name_of(id_, language)


def short_name(charter: Charter, body: str, language: str) -> str:
    """Return a body's short name where it has one, else its name."""
    written = charter.bodies.get(body)
    if written and written.short_name:
        return written.short_name.get(language)
    return name(charter, body, language)


def capital(text: str) -> str:
    """Return the words with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str]) -> str:
    """Return words as a list in running text: ``a, b ja c``."""
    *first, last = list(words) or [""]
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


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


@by_language
def _bearers() -> Mapping[str, str]:
    return {
        "each party": gettext("Each party"),
        "each municipality": gettext("Each municipality"),
        "each group": gettext("Each cooperation group"),
        "all": gettext("All parties together"),
        "convenors": gettext("Whoever convenes the meeting"),
    }


def bearer(charter: Charter, duty: Duty | Right, language: str) -> str:
    """Return who bears a duty, in words; a party by its official name."""
    spec = duty.bearer
    if isinstance(spec, tuple):
        return capital(listed(name(charter, id_, language, official=True) for id_ in spec))
    if not isinstance(spec, str):
        kinds = listed(vocabulary.party_kind(kind).lower() for kind in spec.each)
        return gettext("Each of: %(kinds)s") % {"kinds": kinds}
    fixed = _bearers()
    if spec in fixed:
        return fixed[spec]
    if spec.startswith("convenors of "):
        body = name(charter, spec.removeprefix("convenors of "), language)
        return gettext("Whoever convenes: %(body)s") % {"body": body}
    if spec.startswith("each "):
        kind = spec.removeprefix("each ")
        return gettext("Each of: %(kinds)s") % {"kinds": vocabulary.party_kind(kind).lower()}
    return capital(name(charter, spec, language, official=True))


def cadence(charter: Charter, duty: Duty | Right, language: str) -> str:
    """Return when a duty is to be done, in words: ``Joka kalenterivuosi, 1.5.–31.5.``."""
    if not isinstance(duty, Duty):
        return gettext("While the agreement is in force")
    if duty.kind == "unmeasured":
        return gettext("No time is set")
    if duty.kind == "maintain":
        return gettext("All the time")
    rhythm = _rhythm(charter, duty, language)
    window = _window(duty)
    if window:
        return f"{rhythm}, {window}" if rhythm else capital(window)
    if duty.per is None:
        return gettext("Once during the agreement")
    return rhythm


@by_language
def _rhythms() -> Mapping[str, str]:
    return {
        CALENDAR_YEAR: gettext("Every calendar year"),
        COUNCIL_TERM: gettext("Every council term"),
        RELEASE: gettext("For each release of a meeting"),
        FIRST_MEETING: gettext("At the group's first meeting of the council term"),
    }


def _rhythm(charter: Charter, duty: Duty, language: str) -> str:
    if duty.per is None:
        return ""
    fixed = _rhythms()
    if duty.per in fixed:
        words = fixed[duty.per]
        none = gettext("no deadline")
        return f"{words} ({none})" if duty.per == COUNCIL_TERM and duty.deadline == "none" else words
    bodies = listed(name(charter, body, language) for body in duty.meeting_bodies)
    return gettext("For each meeting (%(bodies)s)") % {"bodies": bodies}


def _window(duty: Duty) -> str:
    first, last = duty.window.from_, duty.window.to
    if isinstance(first, dt.date) and isinstance(last, dt.date):
        return days(first, last)
    if last == "day before":
        return gettext("at the latest on the day before")
    if isinstance(first, str) and isinstance(last, str) and first[:1].isdigit() and last[:1].isdigit():
        return f"{month_day(first)}–{month_day(last)}"
    if isinstance(last, dt.date):
        return gettext("by %(day)s") % {"day": day(last)}
    return ""


def seat(seat_: Seat, name_of: Callable[[str], str]) -> str:
    """Return who has a seat: whose, from which posts, how many."""
    if isinstance(seat_.who, tuple):
        who = listed(name_of(id_) for id_ in seat_.who)
    else:
        who = {"each party": gettext("of each party"), "each municipality": gettext("of each municipality")}.get(
            seat_.who, seat_.who
        )
    posts = listed(vocabulary.post(each) for each in seat_.post)
    number = f"{seat_.count} " if seat_.count else ""
    return f"{number}{who}: {posts}" if posts else f"{number}{who}"


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

"""Days, periods, states, bases and cadences in words (DESIGN §7, DOMAIN §5.7), in the language of the page."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from babel.dates import get_month_names
from django.utils.translation import get_language, gettext, pgettext

from yhdyspinta.agreement.duty import CALENDAR_YEAR, COUNCIL_TERM, FIRST_MEETING, RELEASE, Duty

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


Table = Callable[[], Mapping[str, str]]


def by_language(make: Table) -> Table:
    """Make a table of words once for each language: a page asks for them hundreds of times."""
    made: dict[str | None, Mapping[str, str]] = {}

    @functools.wraps(make)
    def table() -> Mapping[str, str]:
        language = get_language()
        if language not in made:
            made[language] = make()
        return made[language]

    return table


def day(date: dt.date, *, year: bool = True) -> str:
    """Return a day as people write it: ``1.6.2024`` or ``1.6.``; in English ``1 Jun 2024``."""
    if get_language() == "en":
        words = f"{date.day}{NBSP}{_ENGLISH_MONTHS[date.month - 1]}"
        return f"{words}{NBSP}{date.year}" if year else words
    return f"{date.day}.{date.month}.{date.year}" if year else f"{date.day}.{date.month}."


def days(first: dt.date, last: dt.date | None) -> str:
    """Return a range of days, the first year left out where both days share it; open at the end when ``last`` is None."""
    if last is None:
        return gettext("from %(day)s") % {"day": day(first)}
    if first == last:
        return day(first)
    dash = " – " if get_language() == "en" else "–"
    return f"{day(first, year=first.year != last.year)}{dash}{day(last)}"


def months(*, short: bool = True) -> list[str]:
    """Return the twelve months' names, January first, as they stand alone in the language of the page."""
    width = "abbreviated" if short else "wide"
    names = get_month_names(width, "stand-alone", locale=get_language() or "fi")
    return [names[number].rstrip(".").removesuffix("kuu") if short else names[number] for number in range(1, 13)]


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
        return f"{name(charter, body, language)} {day(date)}" if charter else day(date)
    if text == "agreement":
        return gettext("the whole agreement")
    return text.replace("-", "–")


def name(charter: Charter, id_: str, language: str, *, official: bool = False) -> str:
    """Return a party's, body's or theme's name; ``official`` takes a party's official name."""
    if official and id_ in charter.parties:
        return charter.parties[id_].official_name.get(language)
    return charter.name_of(id_, language)


def capital(text: str) -> str:
    """Return the words with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str]) -> str:
    """Return words as a list in running text: ``a, b ja c``."""
    *first, last = list(words) or [""]
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def state(name_: str, *, right: bool = False) -> str:
    """Return a state's word as DESIGN §7 has it. An unused right is available, and no breach."""
    if right:
        return _right_states().get(name_) or _states()[name_]
    return _states()[name_]


@by_language
def _states() -> Mapping[str, str]:
    return {
        "scheduled": gettext("Upcoming"),
        "open": gettext("Open"),
        "fulfilled": gettext("Done"),
        "fulfilled-late": gettext("Done later"),
        "overdue": gettext("Date passed, nothing recorded"),
        "kept": gettext("In place"),
        "lacking": gettext("To be completed"),
        "no-record": gettext("No records from this time"),
        "unmeasured": gettext("No measure in the agreement"),
        "waived": gettext("Set aside by agreement"),
        "ended": gettext("Ended"),
    }


@by_language
def _right_states() -> Mapping[str, str]:
    return {"kept": pgettext("right", "In use"), "lacking": pgettext("right", "Available")}


def state_of(occurrence: Occurrence) -> str:
    """Return an occurrence's state with the day that belongs to it: ``Avoin (31.5. mennessä)``."""
    word = state(occurrence.state, right=occurrence.kind == "right")
    match occurrence.state:
        case "open":
            if occurrence.due is None:
                return f"{word} ({gettext('no deadline')})"
            return f"{word} ({gettext('by %(day)s') % {'day': due(occurrence)}})"
        case "fulfilled-late" if occurrence.since:
            return f"{word} ({day(occurrence.since, year=not _same_year(occurrence, occurrence.since))})"
        case "scheduled" if occurrence.opens and occurrence.due and occurrence.kind == "achieve":
            if occurrence.period != "agreement" and occurrence.due - occurrence.opens > LONG:
                return word
            return f"{word} ({days(occurrence.opens, occurrence.due)})"
        case "scheduled" if occurrence.opens:
            return f"{word} ({gettext('from %(day)s') % {'day': day(occurrence.opens)}})"
        case "ended" if occurrence.since and occurrence.kind != "achieve":
            return word
    return word


def due(occurrence: Occurrence) -> str:
    """Return the last day of an occurrence; the year is left out where the period is that year."""
    assert occurrence.due
    return day(occurrence.due, year=not _same_year(occurrence, occurrence.due))


def _same_year(occurrence: Occurrence, date: dt.date) -> bool:
    return occurrence.period == str(date.year)


@by_language
def _basis_words() -> Mapping[str, str]:
    return {
        "explicit": gettext("Wording of the agreement"),
        "interpreted": gettext("Interpretation"),
        "statutory": gettext("Statute"),
        "unspecified": gettext("Not specified in the agreement"),
    }


def basis(name_: str) -> str:
    """Return on what a duty rests, in the words of DESIGN §7."""
    return _basis_words()[name_]


@by_language
def _clause_kind_words() -> Mapping[str, str]:
    return {
        "definition": gettext("Definition"),
        "principle": gettext("Principle"),
        "structure": gettext("Structure"),
        "duty": gettext("Commitment"),
        "right": gettext("Right"),
        "rule": gettext("Rule"),
        "goal": gettext("Goal"),
        "law": gettext("Legislation"),
        "term": gettext("Validity"),
        "party": gettext("Parties"),
        "signature": gettext("Signatures"),
    }


def clause_kind(name_: str) -> str:
    """Return what a clause is when it holds no duties."""
    return _clause_kind_words().get(name_, name_)


@by_language
def _party_kind_words() -> Mapping[str, str]:
    return {
        "municipality": gettext("Municipality"),
        "wellbeing-services-county": gettext("Wellbeing services county"),
        "regional-council": gettext("Regional council"),
        "joint-municipal-authority": gettext("Joint municipal authority"),
        "other": gettext("Other organisation"),
    }


def party_kind(name_: str) -> str:
    """Return what kind of organisation a party is."""
    return _party_kind_words()[name_]


@by_language
def _left_open_words() -> Mapping[str, str]:
    return {
        "chair": gettext("who chairs"),
        "quorum": gettext("quorum"),
        "notice": gettext("period of notice"),
        "frequency": gettext("how often it meets"),
        "members": gettext("number of members"),
        "deputies": gettext("deputy members"),
        "minutes": gettext("minutes"),
        "voting": gettext("voting"),
        "first-convenor": gettext("who convenes the first meeting"),
        "convenor": gettext("who convenes"),
        "preparer": gettext("who prepares the agenda"),
        "approval": gettext("who approves"),
        "deadline": gettext("deadline"),
        "working-time": gettext("amount of working time"),
    }


def left_open(name_: str) -> str:
    """Return something that the text leaves open, as it reads in a list of such things."""
    return _left_open_words().get(name_, name_)


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
        return gettext("Each of: %(kinds)s") % {"kinds": listed(party_kind(kind).lower() for kind in spec.each)}
    fixed = _bearers()
    if spec in fixed:
        return fixed[spec]
    if spec.startswith("convenors of "):
        body = name(charter, spec.removeprefix("convenors of "), language)
        return gettext("Whoever convenes: %(body)s") % {"body": body}
    if spec.startswith("each "):
        kind = spec.removeprefix("each ")
        return gettext("Each of: %(kinds)s") % {"kinds": party_kind(kind).lower()}
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
        return f"{words} ({gettext('no deadline')})" if duty.per == COUNCIL_TERM and duty.deadline == "none" else words
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


@by_language
def _done_word_words() -> Mapping[str, str]:
    return {
        "member-named": pgettext("count", "named"),
        "counterpart-named": pgettext("count", "named"),
        "coordinator-named": pgettext("count", "named"),
        "body-appointed": pgettext("count", "appointed"),
        "acceptance-given": pgettext("count", "accepted"),
        "signed": pgettext("count", "signed"),
        "decision-made": pgettext("count", "decided"),
        "contribution-delivered": pgettext("count", "delivered"),
        "release-published": pgettext("count", "published"),
        "release-shared": pgettext("count", "shared"),
        "report-presented": pgettext("count", "presented"),
        "document-current": pgettext("count", "in force"),
        "plan-adopted": pgettext("count", "adopted"),
        "officers-elected": pgettext("count", "elected"),
        "meeting-held": pgettext("count", "met"),
    }


def done_word(kind: str) -> str:
    """Return what those who have done it have done, as it reads after a count: ``22/24 nimennyt``."""
    return _done_word_words().get(kind, pgettext("count", "done"))


@by_language
def _post_words() -> Mapping[str, str]:
    return {
        "council-chair": gettext("chair of the council"),
        "board-chair": gettext("chair of the board"),
        "council": gettext("council"),
        "chief-executive": gettext("chief executive"),
        "county-director": gettext("county director"),
        "region-director": gettext("region director"),
        "official-leadership": gettext("office-holder leadership"),
        "director-of-education-and-culture": gettext("director of education and culture"),
        "sector-director": gettext("sector director"),
    }


def post(name_: str) -> str:
    """Return a post that gives a seat in a body."""
    return _post_words().get(name_, name_.replace("-", " "))


@by_language
def _role_words() -> Mapping[str, str]:
    return {
        "member": gettext("Members"),
        "deputy": gettext("Deputy members"),
        "attendee": gettext("Right to attend and speak"),
        "expert": gettext("Experts"),
        "secretary": gettext("Secretary"),
        "chair": gettext("Chair"),
        "vice-chair": gettext("Vice chair"),
    }


def role(name_: str) -> str:
    """Return a role in a body, as it begins a line."""
    return _role_words().get(name_, capital(name_.replace("-", " ")))


@by_language
def _payer_words() -> Mapping[str, str]:
    return {"each party": gettext("each party for its own representatives"), "organiser": gettext("the organiser")}


def payer(who: str) -> str:
    """Return who bears a cost, in words."""
    return _payer_words().get(who, who)


@by_language
def _cost_words() -> Mapping[str, str]:
    return {
        "salary": gettext("salary"),
        "fees": gettext("fees"),
        "travel": gettext("travel"),
        "room": gettext("rent of the room"),
        "catering": gettext("catering"),
        "other": gettext("other costs"),
    }


def cost(what: str) -> str:
    """Return a kind of cost."""
    return _cost_words().get(what, what)


def not_shown() -> str:
    """Return what stands for a state that is not shown beside a party's name."""
    return gettext("not shown to the public by name")


def not_concerned() -> str:
    """Return what stands where a duty is not a party's."""
    return gettext("does not concern this party")


def shape(name_: str) -> str:
    """Return the word of a shape: a state's, or that something is partly done."""
    return gettext("partly done") if name_ == "part" else state(name_)


@by_language
def _short_state_words() -> Mapping[str, str]:
    return {
        "scheduled": pgettext("short state", "upcoming"),
        "open": pgettext("short state", "open"),
        "fulfilled": pgettext("short state", "done"),
        "fulfilled-late": pgettext("short state", "done later"),
        "overdue": pgettext("short state", "date passed"),
        "kept": pgettext("short state", "in place"),
        "lacking": pgettext("short state", "to complete"),
        "no-record": pgettext("short state", "no records"),
        "unmeasured": pgettext("short state", "no measure"),
        "waived": pgettext("short state", "set aside"),
        "ended": pgettext("short state", "ended"),
        "part": pgettext("short state", "partly"),
    }


def short_state(name_: str) -> str:
    """Return a state in one or two words, lower case, for a narrow cell."""
    return _short_state_words()[name_]


def seat(seat_: Seat, name_of: Callable[[str], str]) -> str:
    """Return who has a seat: whose, from which posts, how many."""
    if isinstance(seat_.who, tuple):
        who = listed(name_of(id_) for id_ in seat_.who)
    else:
        who = {"each party": gettext("of each party"), "each municipality": gettext("of each municipality")}.get(
            seat_.who, seat_.who
        )
    posts = listed(post(each) for each in seat_.post)
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

"""What an agreement says of days, names and duties, in words, in the language of the page (DESIGN §7, DOMAIN §5.7).

Every room that shows a duty says with these who bears it, when it is to be done and what shows that it was.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement.duty import CALENDAR_YEAR, COUNCIL_TERM, FIRST_MEETING, RELEASE, Duty

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from yhdyspinta.agreement import Charter
    from yhdyspinta.agreement.duty import Right

NBSP = "\u00a0"
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FACT_KINDS: Mapping[str, _StrPromise] = {
    "meeting-held": _("Meeting held"),
    "agenda-issued": _("Agenda issued"),
    "item-handled": _("Matter handled in a meeting"),
    "minutes-approved": _("Minutes approved"),
    "picture-approved": _("Shared situational picture approved"),
    "acceptance-given": _("Group accepted by a party"),
    "body-appointed": _("Group appointed"),
    "member-named": _("Representative named"),
    "officers-elected": _("Officers elected"),
    "plan-adopted": _("Plan or rules adopted"),
    "counterpart-named": _("Counterpart named"),
    "coordinator-named": _("Coordination staff named"),
    "contribution-delivered": _("Part of the knowledge base delivered"),
    "document-current": _("Document in force"),
    "report-presented": _("Report presented"),
    "negotiation-held": _("Negotiation held"),
    "release-published": _("Release published"),
    "release-shared": _("Release passed on"),
    "evaluation-made": _("Agreement evaluated"),
    "decision-made": _("Decision made by a party"),
    "signed": _("Agreement signed"),
    "waived": _("Commitment set aside by agreement"),
    "reading-set": _("Reading of the agreement settled"),
    "party-status": _("Party joined, left or merged"),
    "body-formed": _("New group formed"),
    "withdrawn": _("Fact withdrawn"),
}
"""The kinds of fact (DESIGN §3.3), as they read in a list."""

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
    """Return a range of days, the first year left out where both share it; open at the end when ``last`` is None."""
    if last is None:
        return gettext("from %(day)s") % {"day": day(first)}
    if first == last:
        return day(first)
    dash = " – " if get_language() == "en" else "–"
    return f"{day(first, year=first.year != last.year)}{dash}{day(last)}"


def month_day(text: str) -> str:
    """Return a month-day of a window, ``05-31``, as people write it."""
    month, number = (int(part) for part in text.split("-"))
    return day(dt.date(2023, month, number), year=False)


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


@by_language
def _bases() -> Mapping[str, str]:
    return {
        "explicit": gettext("Wording of the agreement"),
        "interpreted": gettext("Interpretation"),
        "statutory": gettext("Statute"),
        "unspecified": gettext("Not specified in the agreement"),
    }


def basis(name_: str) -> str:
    """Return on what a duty rests, in the words of DESIGN §7."""
    return _bases()[name_]


@by_language
def _clause_kinds() -> Mapping[str, str]:
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
    return _clause_kinds().get(name_, name_)


@by_language
def _left_open() -> Mapping[str, str]:
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
        "owner": gettext("who is responsible"),
        "content": gettext("content"),
        "recipient": gettext("recipient"),
        "indicators": gettext("indicators"),
        "targets": gettext("target values"),
    }


def left_open(name_: str) -> str:
    """Return something that the text leaves open, as it reads in a list of such things."""
    return _left_open().get(name_, name_)


@by_language
def _party_kinds() -> Mapping[str, str]:
    return {
        "municipality": gettext("Municipality"),
        "kaupunki": gettext("City"),
        "wellbeing-services-county": gettext("Wellbeing services county"),
        "regional-council": gettext("Regional council"),
        "joint-municipal-authority": gettext("Joint municipal authority"),
        "other": gettext("Other organisation"),
    }


def party_kind(name_: str) -> str:
    """Return what kind of organisation a party is."""
    return _party_kinds()[name_]


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
        kinds = listed(party_kind(kind).lower() for kind in spec.each)
        return gettext("Each of: %(kinds)s") % {"kinds": kinds}
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


def evidence(duty: Duty | Right) -> list[str]:
    """Return the kinds of fact that show that a duty was done."""
    return [str(FACT_KINDS[kind]) for kind in duty.evidence if kind in FACT_KINDS]

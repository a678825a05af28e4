"""What may be recorded: the checks that the form and the history of years share, each with its message.

A problem is kept as a code with parameters, not as a sentence: a preview stored in one language is read in another.
Checks are of three kinds: the shape of each field, the names it uses, and whether its days make sense together.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from yhdyspinta.records.kinds import KINDS, Field, Kind, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from django.utils.functional import _StrPromise

    from yhdyspinta.records.words import Names

MESSAGES: Mapping[str, _StrPromise] = {
    "unknown-kind": _("“%(value)s” is not a kind of event that can be recorded."),
    "unknown-field": _("“%(value)s” does not belong to this kind of event."),
    "missing": _("This must be filled in."),
    "not-text": _("This must be text."),
    "bad-day": _("“%(value)s” is not a date. Write the day as 1.6.2024 or 2024-06-01."),
    "future-day": _("The day is in the future. Only what has already happened can be recorded."),
    "far-day": _("The year %(value)s is far from the time of the agreement. Check the year."),
    "until-before-from": _("The last day is before the first day."),
    "future-meeting": _("The meeting day is in the future. Record this when the meeting has been held."),
    "before-meeting": _("The day is before the meeting day. This can happen on the meeting day at the earliest."),
    "unknown-body": _("“%(value)s” is not a body or group of this agreement."),
    "unknown-party": _("“%(value)s” is not a party of this agreement."),
    "unknown-actor": _("“%(value)s” is neither a party nor a body of this agreement."),
    "unknown-theme": _("“%(value)s” is not a theme of this agreement."),
    "unknown-duty": _("“%(value)s” is not a commitment of this agreement."),
    "unknown-object": _("“%(value)s” is neither a group nor a theme of this agreement."),
    "unknown-reading": _("“%(value)s” is not a question of reading in this agreement."),
    "unknown-choice": _("“%(value)s” is not one of the choices of this question."),
    "unknown-word": _("“%(value)s” is not one of the possible values: %(words)s."),
    "unknown-level": _("The agreement has no level %(value)s."),
    "unknown-fact": _("There is no record with the identifier “%(value)s”."),
    "unclear": _("“%(value)s” can mean several things. Write the identifier instead: %(words)s."),
    "bad-period": _("“%(value)s” is not a period. Write a year as 2024 or a term as 2021-2025."),
    "bad-release": _("“%(value)s” is not a release. A release is named by its body and meeting day."),
    "bad-hours": _("“%(value)s” is not a number of hours per week between 0 and 168, such as 7,5."),
    "bad-flag": _("“%(value)s” is neither yes nor no."),
    "bad-id": _("“%(value)s” is not an identifier. Use lower-case letters a to z, digits and hyphens."),
    "body-exists": _("The agreement already has a body or group with the identifier “%(value)s”."),
    "not-yours": _("You may not record this. It can be recorded by the party that it concerns."),
    "recorded-not-yours": _("Only the installation's administrator gives another recording day. Leave it empty."),
    "kept-already": _("The same has been recorded already."),
    "same-as-line": _("The same stands on line %(value)s."),
    "withdrawn-before": _("The same has been recorded and withdrawn. If it holds after all, record it by hand."),
    "withdrawn-already": _("It has been withdrawn already."),
    "withdraw-by-hand": _("It was recorded together with other things. Withdraw it on its own page."),
    "id-taken": _("The identifier “%(value)s” belongs to another record already."),
    "id-twice": _("The identifier “%(value)s” stands on line %(line)s too."),
    "bad-link": _("“%(value)s” is not a whole address. It begins with https:// or http://."),
    "engine": _("This cannot be recorded: %(value)s."),
    "bad-json": _("The line is not a JSON object."),
    "extra-column": _("“%(value)s” is not used for this kind of event. Empty the cell."),
    "unprintable": _("The text holds characters that cannot be shown."),
    "too-long": _("The text is too long: at most %(value)s characters."),
    "twice": _("The same thing is listed twice: %(value)s."),
    "bad-id-length": _("The identifier of the row is too long: at most %(value)s characters."),
}
"""What is said of each problem; parameters are given by name."""

LONGEST = {Shape.WORD: 80, Shape.WORDS: 80, Shape.TEXT: 300, Shape.NAME: 120, Shape.PERIOD: 60, Shape.FACT: 200}
YEARS_AROUND = 50
HOURS_OF_A_WEEK = 168

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PERIOD = re.compile(r"\d{4}(-\d{4})?|agreement|[a-z0-9-]+@\d{4}-\d{2}-\d{2}")
_COMMON = frozenset({"fact", "id", "recorded", "reference"})
# These happen in or after the meeting they belong to. An agenda goes out before it, a release may.
_NOT_BEFORE_MEETING = frozenset({"item-handled", "minutes-approved", "officers-elected"})
_MEETING_AHEAD = frozenset({"agenda-issued"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a fact from being recorded: the field, a code of ``MESSAGES``, its parameters."""

    field: str
    code: str
    params: Mapping[str, str] = made_by(default_factory=dict)

    def __str__(self) -> str:
        """Return the message in the language of the page."""
        return str(MESSAGES[self.code]) % self.params


def problems_of(
    given: Mapping[str, Any], names: Names, *, today: dt.date, known_ids: Container[str] = ()
) -> list[Problem]:
    """Return everything that is wrong with a fact as it stands in DESIGN §3.3, in the order of its fields.

    ``known_ids`` are the ids that a ``withdrawn`` fact may name. An empty list means that the fact can be recorded.
    """
    if not given.get("fact"):
        return [Problem("fact", "missing")]
    kind = KINDS.get(str(given["fact"]))
    if kind is None:
        return [Problem("fact", "unknown-kind", {"value": str(given.get("fact", ""))})]
    check = _Check(given, kind, names, today, known_ids)
    problems = [problem for field_ in kind.fields for problem in check.field(field_)]
    problems += check.common()
    return problems or list(check.days())


@dataclass(frozen=True, slots=True)
class _Check:
    given: Mapping[str, Any]
    kind: Kind
    names: Names
    today: dt.date
    known_ids: Container[str]

    def field(self, field: Field) -> Iterator[Problem]:
        """Check one field of the kind: is it there, has it the right shape, is its name known."""
        value = self.given.get(field.name)
        if value is None or value in ("", [], {}):
            if not field.optional:
                yield Problem(field.name, "missing")
            return
        for code, params in _CHECKS[field.shape](self, field, value):
            yield Problem(field.name, code, params)

    def common(self) -> Iterator[Problem]:
        """Check what every fact may carry, and that nothing else is there."""
        for name in self.given:
            if name not in _COMMON and self.kind.field(name) is None:
                yield Problem(name, "unknown-field", {"value": name})
        if (recorded := self.given.get("recorded")) is not None:
            day = day_of(recorded)
            if day is None:
                yield Problem("recorded", "bad-day", {"value": str(recorded)})
            elif day > self.today:
                yield Problem("recorded", "future-day")
        id_ = self.given.get("id")
        if id_ is not None and not (isinstance(id_, str) and id_):
            yield Problem("id", "not-text")
        elif id_ is not None and len(id_) > LONGEST[Shape.FACT]:
            yield Problem("id", "bad-id-length", {"value": str(LONGEST[Shape.FACT])})

    def days(self) -> Iterator[Problem]:
        """Check that the days make sense together; asked only when each of them is a day."""
        day = day_of(self.given[self.kind.day_field])
        until, meeting = day_of(self.given.get("to")), day_of(self.given.get("meeting"))
        if day is None:
            return
        if day > self.today:
            yield Problem(self.kind.day_field, "future-day")
        if until and until < day:
            yield Problem("to", "until-before-from")
        if meeting and meeting > self.today and self.kind.name not in _MEETING_AHEAD:
            yield Problem("meeting", "future-meeting")
        elif meeting and day < meeting and self.kind.name in _NOT_BEFORE_MEETING:
            yield Problem(self.kind.day_field, "before-meeting")
        charter = self.names.charter
        last = max(charter.last_day or self.today, self.today)
        for name in (self.kind.day_field, "to", "meeting"):
            named = day_of(self.given.get(name))
            if named and not charter.first_day.year - YEARS_AROUND <= named.year <= last.year + YEARS_AROUND:
                yield Problem(name, "far-day", {"value": str(named.year)})


_Found: TypeAlias = "Iterator[tuple[str, dict[str, str]]]"


def day_of(value: object) -> dt.date | None:
    """Return the day that a fact's field holds, or None: facts write days as 2024-06-01."""
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or len(value) != len("2024-06-01"):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _a_day(_check: _Check, _field: Field, value: object) -> _Found:
    if day_of(value) is None:
        yield "bad-day", {"value": str(value)}


def _known(code: str) -> Callable[[_Check, Field, object], _Found]:
    def named(check: _Check, field: Field, value: object) -> _Found:
        if not isinstance(value, str):
            yield "not-text", {}
        elif not check.names.known(field, value, check.given):
            yield code, {"value": value}

    return named


def _all_known(code: str) -> Callable[[_Check, Field, object], _Found]:
    one = _known(code)

    def named(check: _Check, field: Field, value: object) -> _Found:
        if not isinstance(value, list):
            yield "not-text", {}
            return
        for item in value:
            yield from one(check, field, item)
        yield from _listed_twice(value)

    return named


def _listed_twice(items: list[object]) -> _Found:
    seen: set[str] = set()
    for text in map(str, items):
        if text in seen:
            yield "twice", {"value": text}
            return
        seen.add(text)


def _word(check: _Check, field: Field, value: object) -> _Found:
    words = check.names.ids(field)
    if not isinstance(value, str):
        yield "not-text", {}
    elif field.closed and value not in words:
        yield "unknown-word", {"value": value, "words": ", ".join(words)}
    else:
        yield from _text(check, field, value)


def _some_words(check: _Check, field: Field, value: object) -> _Found:
    if not isinstance(value, list):
        yield "not-text", {}
        return
    for item in value:
        yield from _word(check, field, item)
    yield from _listed_twice(value)


def _text(_check: _Check, field: Field, value: object) -> _Found:
    if not isinstance(value, str):
        yield "not-text", {}
    elif len(value) > LONGEST[field.shape]:
        yield "too-long", {"value": str(LONGEST[field.shape])}
    elif not value.isprintable():
        yield "unprintable", {}


def _period(_check: _Check, _field: Field, value: object) -> _Found:
    if not isinstance(value, str) or not _PERIOD.fullmatch(value):
        yield "bad-period", {"value": str(value)}


def _release(check: _Check, _field: Field, value: object) -> _Found:
    body, _at, day = value.partition("@") if isinstance(value, str) else ("", "", "")
    if not body or day_of(day) is None:
        yield "bad-release", {"value": str(value)}
    elif body not in check.names.bodies:
        yield "unknown-body", {"value": body}


def _hours(_check: _Check, _field: Field, value: object) -> _Found:
    number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else -1
    if not 0 <= number <= HOURS_OF_A_WEEK:
        yield "bad-hours", {"value": str(value)}


def _level(check: _Check, _field: Field, value: object) -> _Found:
    if isinstance(value, bool) or value not in [level.number for level in check.names.charter.levels]:
        yield "unknown-level", {"value": str(value)}


def _flag(_check: _Check, _field: Field, value: object) -> _Found:
    if not isinstance(value, bool):
        yield "bad-flag", {"value": str(value)}


def _new_body(check: _Check, _field: Field, value: object) -> _Found:
    if not isinstance(value, str) or not _ID.fullmatch(value) or len(value) > LONGEST[Shape.WORD]:
        yield "bad-id", {"value": str(value)}
    elif value in {*check.names.charter.bodies, *check.names.charter.parties, *check.names.charter.themes}:
        yield "body-exists", {"value": value}


def _name(check: _Check, field: Field, value: object) -> _Found:
    names = list(value.values()) if isinstance(value, dict) else [value]
    for name in names or [None]:
        yield from _text(check, field, name)


def _fact(check: _Check, _field: Field, value: object) -> _Found:
    if not isinstance(value, str) or value not in check.known_ids:
        yield "unknown-fact", {"value": str(value)}


_CHECKS: Mapping[Shape, Callable[[_Check, Field, object], _Found]] = {
    Shape.DAY: _a_day,
    Shape.UNTIL: _a_day,
    Shape.MEETING: _a_day,
    Shape.BODY: _known("unknown-body"),
    Shape.NEW_BODY: _new_body,
    Shape.PARTY: _known("unknown-party"),
    Shape.PARTIES: _all_known("unknown-party"),
    Shape.ACTOR: _known("unknown-actor"),
    Shape.ACTORS: _all_known("unknown-actor"),
    Shape.THEME: _known("unknown-theme"),
    Shape.DUTY: _known("unknown-duty"),
    Shape.OBJECT: _known("unknown-object"),
    Shape.READING: _known("unknown-reading"),
    Shape.CHOICE: _known("unknown-choice"),
    Shape.WORD: _word,
    Shape.WORDS: _some_words,
    Shape.PERIOD: _period,
    Shape.RELEASE: _release,
    Shape.HOURS: _hours,
    Shape.LEVEL: _level,
    Shape.FLAG: _flag,
    Shape.TEXT: _text,
    Shape.NAME: _name,
    Shape.FACT: _fact,
}

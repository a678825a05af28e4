"""A fact in words, for lists, pages and conflicts: what happened, when, and every detail with its label.

What the public may see is less: working hours and notes are for the parties, and of preparedness bodies only that
something happened and where the paper lies (DESIGN §5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement import Charter
from yhdyspinta.records.kinds import KINDS, Field, Shape
from yhdyspinta.records.models import Record
from yhdyspinta.records.queries import Viewer
from yhdyspinta.records.rules import day_of
from yhdyspinta.records.words import OUTCOMES, Names, said

_KEPT_FROM_PUBLIC = frozenset({"hours_per_week"})
_SECRET_BY_REFERENCE = frozenset({"body", "on", "meeting", "subject"})


@dataclass(frozen=True, slots=True)
class ShownFact:
    """One fact in words."""

    kind: str
    when: str
    about: str
    details: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A record in words, as one viewer may see it."""

    record: Record
    facts: list[ShownFact]
    reference: str
    link: str
    note: str
    has_file: bool
    secret: bool
    """Whether its papers lie in the authority's own system and nothing more is said here."""

    @property
    def title(self) -> str:
        """What it is, in one line."""
        first = self.facts[0]
        return f"{first.kind}: {first.about}" if first.about else first.kind


def shown_record(record: Record, names: Names, viewer: Viewer) -> ShownRecord:
    """Return a record in words, as someone may see it. Reads its facts, which ``Records.ready`` brought along."""
    givens = [fact.given for fact in record.facts.all()]
    secret = viewer.public and any(is_preparedness(given, names) for given in givens)
    facts = [shown_fact(given, names, viewer) for given in givens]
    if secret:
        return ShownRecord(record, facts, record.register, "", "", has_file=False, secret=True)
    note = "" if viewer.public else record.note
    has_file = record.file_id is not None and (record.file_public or not viewer.public)
    return ShownRecord(record, facts, record.reference_text, record.link, note, has_file=has_file, secret=False)


def shown_fact(given: Mapping[str, Any], names: Names, viewer: Viewer) -> ShownFact:
    """Return a fact in words, as someone may see it."""
    kind = KINDS[given["fact"]]
    hidden = _hidden(given, names, viewer)
    fields = [field for field in kind.fields if field.name not in hidden and given.get(field.name) is not None]
    details = [(str(field.label), value_of(field, given, names)) for field in fields]
    about = ", ".join(_about(fields, given, names))
    return ShownFact(str(kind.label), when_of(given), about, details)


def is_preparedness(given: Mapping[str, Any], names: Names) -> bool:
    """Tell whether a fact is about a body of preparedness, whose papers are secret by reference."""
    return tells_of_preparedness(names.charter, given.get("body"), given.get("subject"), given.get("release"))


def tells_of_preparedness(charter: Charter, body: object, subject: object, release: object) -> bool:
    """Tell whether a fact's body, its subject or the body of its release, ``<body>@<day>``, is one of preparedness."""
    bodies = (str(body), str(subject), str(release).partition("@")[0])
    return any(id_ in charter.bodies and charter.bodies[id_].preparedness for id_ in bodies)


def _hidden(given: Mapping[str, Any], names: Names, viewer: Viewer) -> frozenset[str]:
    if not viewer.public:
        return frozenset()
    if is_preparedness(given, names):
        every = {field.name for field in KINDS[given["fact"]].fields}
        return frozenset(every - _SECRET_BY_REFERENCE)
    return _KEPT_FROM_PUBLIC


_TELLING = (Shape.BODY, Shape.PARTY, Shape.THEME, Shape.WORD, Shape.RELEASE, Shape.DUTY, Shape.READING, Shape.NAME)


def _about(fields: Iterable[Field], given: Mapping[str, Any], names: Names) -> Iterator[str]:
    """Yield what tells a fact from others of its kind: who, which body, about what."""
    for field in fields:
        if field.shape in _TELLING or (field.shape is Shape.PERIOD and not field.optional):
            yield value_of(field, given, names)


def when_of(given: Mapping[str, Any]) -> str:
    """Return a fact's day, or the days for which it holds."""
    kind = KINDS[given["fact"]]
    first = shown_day(given.get(kind.day_field))
    if kind.field("to") is None:
        return first
    until = given.get("to")
    return f"{first}–{shown_day(until)}" if until else gettext("from %(day)s") % {"day": first}


def shown_day(day: object) -> str:
    """Return a day as people write it in the language of the page."""
    read = day_of(day)
    return date_format(read, "DATE_FORMAT") if read else str(day or "")


def shown_days(first: dt.date, last: dt.date) -> str:
    """Return a range of days, the first year left out where both share it: ``1.6.–31.12.2025``."""
    if first == last:
        return shown_day(first)
    english = get_language() == "en"
    without_year = date_format(first, "j F" if english else "j.n.")
    begins = without_year if first.year == last.year else shown_day(first)
    return f"{begins}{' – ' if english else '–'}{shown_day(last)}"


def shown_period(period: str, names: Names) -> str:
    """Return an occurrence's period in words: ``2021–2025``, a meeting's body and day, nothing where it has none."""
    if period == "agreement":
        return ""
    body, at, day = period.partition("@")
    if not at:
        return period.replace("-", "–")
    written = names.charter.bodies.get(body)
    short = written.short_name if written else None
    return f"{capfirst(short.get(get_language() or '') if short else names.name_of(body))} {shown_day(day)}"


def value_of(field: Field, given: Mapping[str, Any], names: Names) -> str:
    """Return the value of a fact's field in words."""
    value = given[field.name]
    match field.shape:
        case Shape.DAY | Shape.UNTIL | Shape.MEETING:
            return shown_day(value)
        case Shape.PARTIES | Shape.ACTORS | Shape.WORDS:
            return ", ".join(names.label(field, item, given) for item in value)
        case Shape.RELEASE:
            body, _at, day = value.partition("@")
            return f"{names.label(BODY, body)} {shown_day(day)}"
        case Shape.TEXT if field.name == "outcome":
            return str(OUTCOMES.get(value, value))
    return _plain(field, value, given, names)


def _plain(field: Field, value: Any, given: Mapping[str, Any], names: Names) -> str:
    match field.shape:
        case Shape.FLAG:
            return said(value)
        case Shape.HOURS:
            return number_format(value)
        case Shape.PERIOD:
            return gettext("the whole agreement") if value == "agreement" else str(value).replace("-", "–")
        case Shape.NAME:
            return value if isinstance(value, str) else _in_language(value)
        case Shape.LEVEL | Shape.TEXT | Shape.FACT | Shape.NEW_BODY:
            return str(value)
    return names.label(field, value, given)


def _in_language(name: Mapping[str, str]) -> str:
    return name.get(get_language() or "") or next(iter(name.values()), "")


BODY = Field("body", Shape.BODY, _("Body or group"))


def in_one_text(record: Record, givens: Iterable[Mapping[str, Any]], names: Names) -> str:
    """Return what a record says, saved or not, as plain lines: what two editors compare when they meet."""
    lines = []
    for given in givens:
        shown = shown_fact(given, names, Viewer("all"))
        lines += [shown.kind, *(f"{label}: {value}" for label, value in shown.details)]
    beside = {
        gettext("Reference"): record.reference_text,
        gettext("Link"): record.link,
        gettext("Note"): record.note,
    }
    return "\n".join([*lines, *(f"{label}: {value}" for label, value in beside.items() if value)])


def days_of(givens: Iterable[Mapping[str, Any]]) -> list[dt.date]:
    """Return the day of each fact."""
    days = (day_of(given[KINDS[given["fact"]].day_field]) for given in givens)
    return [day for day in days if day is not None]

"""What a duty's form asks: one section for each kind of fact that its evidence needs, with what it fixes fixed.

The evidence says what a fact must hold to count. What the duty, its period, object and bearer decide, the form says and
does not ask; what they narrow, it offers and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yhdyspinta.agreement import Duty, Right
from yhdyspinta.agreement.duty import CALENDAR_YEAR, COUNCIL_TERM, EachOf
from yhdyspinta.records.kinds import KINDS, Field, Kind, Shape
from yhdyspinta.records.rules import day_of
from yhdyspinta.records.words import Names


@dataclass(slots=True)
class Section:
    """One kind of fact to be asked for: what is fixed, what is offered, what is suggested."""

    kind: Kind
    fixed: dict[str, Any] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    initial: dict[str, Any] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    """Optional fields that the duty needs all the same."""
    more_than: dict[str, float] = field(default_factory=dict)
    same_meeting: bool = False
    """Whether the meeting is the one that the section before it records."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the agreement something is recorded: a duty, and which of its occurrences."""

    duty: str = ""
    period: str = ""
    object: str = ""
    party: str = ""


def sections_of(kind: str, given: Mapping[str, str] | None = None) -> list[Section]:
    """Return the one section of a kind chosen by itself; what the address names is suggested."""
    wanted = KINDS[kind]
    initial = {field.name: (given or {})[field.name] for field in wanted.fields if (given or {}).get(field.name)}
    return [Section(wanted, initial=initial)]


def sections_at(place: Place, names: Names) -> list[Section]:
    """Return the sections of a duty's form; none where the duty has no measure."""
    duty = names.charter.duties[place.duty]
    sections = []
    for kind, constraints in duty.evidence.items():
        section = Section(KINDS[kind])
        for name, wanted in constraints.items():
            if (asked := section.kind.field(name)) is not None:
                _constrain(section, asked, wanted, place, names)
        _suggest_period(section, duty, place)
        sections.append(section)
    return sections


def _constrain(section: Section, asked: Field, wanted: Any, place: Place, names: Names) -> None:
    """Turn one constraint of the evidence into what is fixed, offered, suggested or needed."""
    match wanted:
        case str() if wanted in _REFERENCES:
            _REFERENCES[wanted](section, asked, place, names)
        case {"all": [*values]}:
            section.initial[asked.name] = list(values)
        case {"more-than": least}:
            section.needed |= {asked.name}
            section.more_than[asked.name] = float(least)
        case {"kind": [*kinds]}:
            _offer(section, asked, [party.id for party in names.charter.parties.values() if party.kind in kinds])
        case list() | tuple():
            _offer(section, asked, list(wanted))
        case _:
            section.fixed[asked.name] = wanted


def _offer(section: Section, asked: Field, ids: list[str]) -> None:
    """Offer some things, or fix the only one."""
    known = [id_ for id_ in ids if id_]
    if len(known) == 1:
        section.fixed[asked.name] = known[0]
    elif known:
        section.offered[asked.name] = known


def _bearer(section: Section, asked: Field, place: Place, names: Names) -> None:
    bearers = bearers_of(names.charter.duties[place.duty], names)
    if asked.shape in (Shape.ACTORS, Shape.PARTIES):
        section.offered[asked.name] = bearers
        section.initial[asked.name] = bearers
        return
    _offer(section, asked, [place.party] if place.party in bearers else bearers)


def _object(section: Section, asked: Field, place: Place, names: Names) -> None:
    objects = objects_of(names.charter.duties[place.duty], names)
    _offer(section, asked, [place.object] if place.object in objects else objects)


def _meeting(section: Section, asked: Field, place: Place, _names: Names) -> None:
    if day := meeting_of(place.period)[1]:
        section.fixed[asked.name] = day


def _meeting_body(section: Section, asked: Field, place: Place, names: Names) -> None:
    duty, body = names.charter.duties[place.duty], meeting_of(place.period)[0]
    _offer(section, asked, [body] if body else list(getattr(duty, "meeting_bodies", ())))


def _release(section: Section, asked: Field, place: Place, _names: Names) -> None:
    if all(meeting_of(place.period)):
        section.fixed[asked.name] = place.period


def _same_meeting(section: Section, _asked: Field, _place: Place, _names: Names) -> None:
    section.same_meeting = True


_REFERENCES: Mapping[str, Callable[[Section, Field, Place, Names], None]] = {
    "bearer": _bearer,
    "each bearer": _bearer,
    "object": _object,
    "meeting": _meeting,
    "meeting-body": _meeting_body,
    "release": _release,
    "same meeting": _same_meeting,
}
"""Words of the evidence that stand for something of the occurrence at hand."""


def _suggest_period(section: Section, duty: Duty | Right, place: Place) -> None:
    yearly = isinstance(duty, Duty) and duty.per in (CALENDAR_YEAR, COUNCIL_TERM)
    if yearly and place.period and section.kind.field("period"):
        section.initial["period"] = place.period


def bearers_of(duty: Duty | Right, names: Names) -> list[str]:
    """Return the parties and bodies that a duty may be borne by, in the agreement's order."""
    parties = names.charter.parties.values()
    match duty.bearer:
        case EachOf(each=kinds):
            bearers = [party.id for party in parties if party.kind in kinds]
        case tuple() as ids:
            bearers = list(ids)
        case "each municipality":
            bearers = [party.id for party in parties if party.kind == "municipality"]
        case "each group":
            bearers = _groups(names)
        case str() as word if word in ("all", "each party") or word.startswith("convenors"):
            bearers = [party.id for party in parties]
        case one:
            bearers = [str(one)]
    return bearers


def objects_of(duty: Duty | Right, names: Names) -> list[str]:
    """Return what a duty may be about: groups or themes."""
    wanted = duty.object if isinstance(duty, Duty) else None
    return list(names.charter.themes) if wanted == "each theme" else _groups(names) if wanted == "each group" else []


def _groups(names: Names) -> list[str]:
    return [*names.charter.groups, *(body for body in names.formed if body not in names.charter.bodies)]


def meeting_of(period: str) -> tuple[str, str]:
    """Return the body and the day of a period that is a meeting or its release; empty for other periods."""
    body, at, day = period.partition("@")
    return (body, day) if at and day_of(day) else ("", "")

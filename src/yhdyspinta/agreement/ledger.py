"""What is known: facts held so that the few that matter for an occurrence are found at once.

A ``Ledger`` only grows. A ``View`` is what it says to one who knew what was known on a day: without facts recorded
later, without those withdrawn by then, and with equal facts once. Nothing in a view depends on the day that is asked
about, so one view answers for every day.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any, Generic, TypeAlias, TypeVar, cast

import msgspec

from yhdyspinta.agreement import facts as f
from yhdyspinta.agreement.charter import Charter
from yhdyspinta.agreement.days import ALWAYS, Span, day_after, day_before
from yhdyspinta.agreement.evidence import Requirement
from yhdyspinta.agreement.facts import Fact, canonical, last_day_of, recorded_on, same

_on = attrgetter("on")
Key: TypeAlias = Any
F = TypeVar("F", bound=Fact)


class Found(msgspec.Struct, Generic[F], gc=False):
    """Facts under one key, in the order of their days."""

    facts: Sequence[F]
    _runs: dict[int, Sequence[Span]] | None = None

    def until(self, day: dt.date) -> Sequence[F]:
        """Return the facts up to a day."""
        return self.facts[: bisect_right(self.facts, day, key=_on)]

    def between(self, low: dt.date | None, high: dt.date) -> Sequence[F]:
        """Return the facts from a day, or from the first, to another."""
        begin = 0 if low is None else bisect_left(self.facts, low, key=_on)
        return self.facts[begin : bisect_right(self.facts, high, key=_on)]

    def runs(self, count: int) -> Sequence[Span]:
        """Return the runs of days on which at least so many facts hold; runs that touch are one.

        A fact holds from its first day on, so what begins after a day changes no run before it: they serve every day.
        """
        if self._runs is None:
            self._runs = {}
        if count not in self._runs:
            self._runs[count] = _runs_of(self.facts, count)
        return self._runs[count]


NOTHING: Found[Any] = Found(())


class Finder:
    """Finds the facts that meet one requirement, by key; what was found once is kept."""

    def __init__(self, view: View, kind: type[Fact], attributes: tuple[str, ...], requirement: Requirement) -> None:
        """Look in a view for facts of a kind whose attributes equal a key."""
        self._view = view
        self._kind = kind
        self._attributes = attributes
        self._requirement = requirement
        self._kept: dict[Key, Found[Fact]] = {}

    def find(self, key: Key) -> Found[Fact]:
        """Return the facts that meet the requirement under a key: a value for one attribute, else a tuple."""
        found = self._kept.get(key)
        if found is None:
            found = self._view.find(self._kind, self._attributes, key)
            if self._requirement.filtered and found.facts:
                found = Found([fact for fact in found.facts if self._passes(fact)])
            self._kept[key] = found
        return found

    def _passes(self, fact: Fact) -> bool:
        requirement, parties = self._requirement, self._view.charter.parties
        for attribute, values in requirement.any_of:
            if getattr(fact, attribute) not in values:
                return False
        for attribute, least in requirement.more_than:
            value = getattr(fact, attribute)
            if not isinstance(value, int | float) or value <= least:
                return False
        return all(parties[getattr(fact, attribute)].kind in kinds for attribute, kinds in requirement.of_kind)


class Ledger:
    """All facts of one agreement that a process has read."""

    def __init__(self, charter: Charter, facts: Iterable[Fact] = ()) -> None:
        """Begin with the facts given."""
        self.charter = charter
        self.facts: list[Fact] = list(facts)
        self._now: View | None = None

    def __len__(self) -> int:
        """Return how many facts are held, withdrawn ones included."""
        return len(self.facts)

    def extend(self, facts: Iterable[Fact]) -> None:
        """Take in newer facts."""
        newer = list(facts)
        self.facts.extend(newer)
        if self._now is not None and newer:
            self._now = self._now.with_newer(newer)

    def view(self, known_at: dt.date | None = None) -> View:
        """Return what was known on a day; by default all that is known."""
        if known_at is not None:
            known = [fact for fact in self.facts if recorded_on(fact) <= known_at]
            return View(self.charter, known)
        if self._now is None:
            self._now = View(self.charter, self.facts)
        return self._now


class View:
    """Facts as known at one time, looked up by kind and key."""

    def __init__(self, charter: Charter, facts: Iterable[Fact]) -> None:
        """Sort the facts by kind and leave out what was withdrawn."""
        self.charter = charter
        self._by_kind: dict[type[Fact], list[Fact]] = {}
        self._withdrawn: set[str] = set()
        self._take_in(facts)
        self._tables: dict[tuple[type[Fact], tuple[str, ...]], dict[Key, Any]] = {}
        self._finders: dict[tuple[Requirement, tuple[str, ...]], Finder] = {}

    def with_newer(self, facts: Iterable[Fact]) -> View:
        """Return what is known with some newer facts; kinds that they do not touch keep what was found in them."""
        view = View(self.charter, ())
        view._by_kind, view._withdrawn = dict(self._by_kind), set(self._withdrawn)
        touched = view._take_in(facts)
        view._tables = {which: table for which, table in self._tables.items() if which[0] not in touched}
        view._finders = {
            which: finder for which, finder in self._finders.items() if f.KINDS[which[0].kind] not in touched
        }
        return view

    def _take_in(self, facts: Iterable[Fact]) -> set[type[Fact]]:
        """Sort facts in by kind, leave out what was withdrawn, and return the kinds that changed."""
        newer: defaultdict[type[Fact], list[Fact]] = defaultdict(list)
        for fact in facts:
            newer[type(fact)].append(fact)
        withdrawals = cast("list[f.Withdrawn]", newer.pop(f.Withdrawn, []))
        changed: set[type[Fact]] = set(newer)
        for kind, added in newer.items():
            self._by_kind[kind] = [*self._by_kind.get(kind, ()), *added]
        if withdrawals or self._withdrawn:
            gone = self._withdrawn = self._withdrawn | {withdrawal.of for withdrawal in withdrawals}
            for kind, held in self._by_kind.items():
                staying = [fact for fact in held if fact.id not in gone]
                if len(staying) < len(held):
                    self._by_kind[kind] = staying
                    changed.add(kind)
        return changed

    def finder(self, requirement: Requirement, attributes: tuple[str, ...]) -> Finder:
        """Return what finds the facts that meet a requirement, by a key of these attributes."""
        which = (requirement, attributes)
        if which not in self._finders:
            self._finders[which] = Finder(self, f.KINDS[requirement.kind], attributes, requirement)
        return self._finders[which]

    def of_kind(self, kind: type[F]) -> Found[F]:
        """Return all facts of a kind."""
        return self.find(kind, (), ())

    def find(self, kind: type[F], attributes: tuple[str, ...], key: Key) -> Found[F]:
        """Return the facts of a kind whose attributes equal the key: a value for one attribute, else a tuple."""
        table = self._tables.get((kind, attributes))
        if table is None:
            table = self._tables[kind, attributes] = _table(self._by_kind.get(kind, []), attributes)
        held = table.get(key)
        if held is None:
            return NOTHING
        if type(held) is list:
            held = table[key] = _in_order(held)
        return cast("Found[F]", held)

    def meeting_days(self, body: str) -> Sequence[dt.date]:
        """Return the days of a body's known meetings within the agreement, each once."""
        span = self.charter.span
        return [fact.on for fact in self.find(f.MeetingHeld, ("body",), body).facts if fact.on in span]

    @cached_property
    def releases(self) -> Sequence[tuple[str, dt.date]]:
        """Releases within the agreement: ``<body>@<meeting day>`` and the day each first came out, in that order."""
        first: dict[str, dt.date] = {}
        for fact in self.of_kind(f.ReleasePublished).facts:
            if fact.on in self.charter.span:
                first.setdefault(f"{fact.body}@{fact.meeting.isoformat()}", fact.on)
        return sorted(first.items(), key=lambda item: (item[1], item[0]))

    def formed(self, as_of: dt.date) -> dict[str, dt.date]:
        """Return the groups formed by facts up to a day, each with the day it was first formed."""
        levels = self.charter.group_levels()
        formed: dict[str, dt.date] = {}
        for fact in self.of_kind(f.BodyFormed).until(as_of):
            if fact.level in levels and fact.body not in self.charter.bodies:
                formed.setdefault(fact.body, fact.on)
        return formed

    def choices(self, as_of: dt.date) -> dict[str, str]:
        """Return how the parties have decided to read open questions, by a day; the last decision stands."""
        decided = self.of_kind(f.ReadingSet).until(as_of)
        return {fact.reading: fact.choice for fact in decided}

    def memberships(self, as_of: dt.date) -> dict[str, tuple[Span, ...]]:
        """Return the days on which each party is one, as far as was true by a day.

        The parties' block, narrowed by ``party-status``: joined on a day, from that day; left or merged, to that day.
        """
        spans: dict[str, tuple[Span, ...]] = {}
        changes = self.of_kind(f.PartyStatus).until(as_of)
        for party in self.charter.parties.values():
            whole = Span(party.first_day or ALWAYS.first, party.last_day or ALWAYS.last)
            mine = [fact for fact in changes if fact.party == party.id]
            spans[party.id] = _narrowed(whole, mine) if mine else (whole,)
        return spans


def _narrowed(whole: Span, changes: Sequence[f.PartyStatus]) -> tuple[Span, ...]:
    """Cut a membership by what happened to it, in the order of days; one may leave and join again."""
    spans: list[Span] = []
    # When the first word on a party is that it joined, it was none before.
    first = None if changes[0].status == "joined" else whole.first
    for fact in changes:
        if fact.status == "joined" and first is None:
            first = max(whole.first, fact.on)
        elif fact.status != "joined" and first is not None:
            spans.append(Span(first, min(whole.last, fact.on)))
            first = None
    if first is not None:
        spans.append(Span(first, whole.last))
    return tuple(span for span in spans if span)


def _table(facts: Iterable[Fact], attributes: tuple[str, ...]) -> dict[Key, Any]:
    """Sort facts by key into lists; each list is put in order when first asked for."""
    if not attributes:
        held = list(facts)
        return {(): held} if held else {}
    table: defaultdict[Key, list[Fact]] = defaultdict(list)
    key = attrgetter(*attributes)
    for fact in facts:
        table[key(fact)].append(fact)
    return dict(table)


def _in_order(facts: list[Fact]) -> Found[Fact]:
    """Put facts in the order of days and then canonical JSON, equal ones once."""
    if len(facts) > 1:
        facts.sort(key=_on)
        if any(earlier.on == later.on for earlier, later in pairwise(facts)):
            facts = _once_each(facts)
    return Found(facts)


def _once_each(facts: list[Fact]) -> list[Fact]:
    """Keep one of equal facts: the earliest recorded, then the first by canonical JSON."""
    by_day: defaultdict[dt.date, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_day[fact.on].append(fact)
    kept: list[Fact] = []
    for of_day in by_day.values():
        if len(of_day) > 1:
            earliest: dict[object, Fact] = {}
            for fact in sorted(of_day, key=lambda fact: (recorded_on(fact), canonical(fact))):
                earliest.setdefault(same(fact), fact)
            kept += sorted(earliest.values(), key=canonical)
        else:
            kept += of_day
    return kept


def _runs_of(facts: Sequence[Fact], count: int) -> list[Span]:
    # Each fact raises the number that hold on its first day and lowers it on the day after its last.
    steps: defaultdict[dt.date, int] = defaultdict(int)
    for fact in facts:
        steps[fact.on] += 1
        if (last := last_day_of(fact)) < dt.date.max:
            steps[day_after(last)] -= 1
    runs: list[Span] = []
    holding, first = 0, None
    for day in sorted(steps):
        holding += steps[day]
        if holding >= count and first is None:
            first = day
        elif holding < count and first is not None:
            runs.append(Span(first, day_before(day)))
            first = None
    if first is not None:
        runs.append(Span(first))
    return runs

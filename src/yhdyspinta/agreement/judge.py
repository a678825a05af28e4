"""What is kept: the state of an occurrence is a pure function of what is known and the day asked (DESIGN §3.2).

Nothing here is stored. The rules stand in the order in which they are decided; the numbers in the comments are those of
DESIGN §3.2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from yhdyspinta.agreement import facts as f
from yhdyspinta.agreement.days import Span, day_after, day_before
from yhdyspinta.agreement.due import Circumstances, Due
from yhdyspinta.agreement.duty import CALENDAR_YEAR, COUNCIL_TERM, Duty, Right
from yhdyspinta.agreement.evidence import After, Cover, Requirement
from yhdyspinta.agreement.facts import Fact, canonical, last_day_of
from yhdyspinta.agreement.ledger import Found

Lack = tuple[dt.date, dt.date]


class Verdict(msgspec.Struct, gc=False):
    """The state of an occurrence, since when, and what shows it."""

    state: str
    since: dt.date | None = None
    evidence: Sequence[Fact] = ()
    lacks: Sequence[Lack] = ()


@dataclass(slots=True)
class Judge:
    """Judges the occurrences of one duty on one day."""

    duty: Duty | Right
    at: Circumstances
    records_from: dt.date
    seekers: list[Seeker] = field(init=False)
    waivers: Sequence[f.Waived] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what is the same for all occurrences."""
        by_period = self.duty.per in (CALENDAR_YEAR, COUNCIL_TERM)
        self.seekers = [Seeker(each, self.at, by_period=by_period) for each in self.duty.requirements]
        self.waivers = self.at.view.find(f.Waived, ("duty",), self.duty.id).until(self.at.as_of)

    def judge(self, due: Due) -> Verdict:
        """Return the verdict on an occurrence."""
        if self.duty.kind == "achieve":
            return self._achieved(due)
        if self.duty.kind == "unmeasured":
            return self._unmeasured(due)
        return self._maintained(due)

    def _waiver(self, due: Due) -> f.Waived | None:
        """Return the first waiver that releases the occurrence, if any."""
        for fact in self.waivers:
            if (
                (not isinstance(fact.party, str) or fact.party == due.bearer.label)
                and (not isinstance(fact.object, str) or fact.object == due.object)
                and (not isinstance(fact.period, str) or fact.period == due.period.label)
            ):
                return fact
        return None

    # --- achieve -------------------------------------------------------------------------------------------------

    def _achieved(self, due: Due) -> Verdict:  # noqa: PLR0911 -- one line for each rule, in their order
        as_of, period = self.at.as_of, due.period
        completed, evidence = self._completed(due)
        if completed is not None:  # 1
            late = period.due is not None and completed > period.due
            return Verdict("fulfilled-late" if late else "fulfilled", completed, evidence)
        if self.waivers and (waiver := self._waiver(due)):  # 2
            return Verdict("waived", waiver.on, (waiver,))
        if self._before_records(due):  # 3
            return Verdict("no-record")
        end = self._end(due)
        if as_of > end:  # 4
            return Verdict("ended", day_after(end))
        if period.opens is not None and as_of < period.opens:  # 5
            return Verdict("scheduled")
        if period.due is None or as_of <= period.due:  # 6
            return Verdict("open", period.opens)
        return Verdict("overdue", day_after(period.due))  # 7

    def _before_records(self, due: Due) -> bool:
        """Rule 3: what began before there are records is not known to be undone."""
        period, as_of, records_from = due.period, self.at.as_of, self.records_from
        first = due.span.first
        if period.opens is not None:
            first = max(first, period.opens)
        elif period.meeting is not None:
            first = period.meeting
        if first >= records_from:
            return False
        return as_of < records_from or (period.due is not None and as_of > period.due)

    @staticmethod
    def _end(due: Due) -> dt.date:
        """Rule 4: the last day on which the occurrence can still be open; a deadline within the agreement has none."""
        period, last = due.period, due.span.last
        if period.due is None:
            return min(last, period.days.last) if period.counted_by_day else last
        return last if period.due > last else dt.date.max

    def _completed(self, due: Due) -> tuple[dt.date | None, Sequence[Fact]]:
        """Return the day on which the evidence was complete by as_of, and all facts that count."""
        low, high = self._countable(due)
        if low is not None and low > high:
            return None, ()
        if len(self.seekers) == 1:
            seeker = self.seekers[0]
            facts = seeker.between(due, low, high)
            return seeker.completed(due, facts, self.duty.count), facts
        found = [seeker.between(due, low, high) for seeker in self.seekers]
        if not all(found):
            return None, ()
        if any(seeker.requirement.same_meeting for seeker in self.seekers):
            found = _of_one_meeting(found)
            return _joined(found, self.duty.count), _ordered(fact for facts in found for fact in facts)
        days = [
            seeker.completed(due, facts, self.duty.count) for seeker, facts in zip(self.seekers, found, strict=True)
        ]
        done = [day for day in days if day is not None]
        return (max(done) if len(done) == len(days) else None), _ordered(fact for facts in found for fact in facts)

    def _countable(self, due: Due) -> tuple[dt.date | None, dt.date]:
        """Return the first and last day on which evidence counts.

        Not before it opens; after the end only where the deadline was within it (a late mending).
        """
        assert isinstance(self.duty, Duty)
        period, high = due.period, self.at.as_of
        if period.due is None or period.due > due.span.last:
            high = min(high, due.span.last)
        if self.duty.evidence_in_window and period.due is not None:
            high = min(high, period.due)
        return period.opens, high

    # --- maintain and rights -------------------------------------------------------------------------------------

    def _maintained(self, due: Due) -> Verdict:
        as_of, span = self.at.as_of, due.span
        waiver = self._waiver(due) if self.waivers else None
        found = [seeker.find(due) for seeker in self.seekers]
        holding = _runs(found, as_of, self.duty.count)
        lacks = self._lacks(due, holding, waiver)
        if as_of > span.last:  # 1
            return Verdict("ended", day_after(span.last), lacks=lacks)
        if as_of < span.first:  # 2
            return Verdict("scheduled", lacks=lacks)
        if holding and as_of <= holding[-1].last:  # 3
            holds = [[fact for fact in each.until(as_of) if last_day_of(fact) >= as_of] for each in found]
            facts = holds[0] if len(holds) == 1 else _ordered(fact for facts in holds for fact in facts)
            return Verdict("kept", max(holding[-1].first, span.first), facts, lacks)
        if waiver:  # 4
            return Verdict("waived", waiver.on, (waiver,), lacks)
        if as_of < self.records_from:  # 5
            return Verdict("no-record", lacks=lacks)
        return Verdict("lacking", lacks[-1][0] if lacks else as_of, lacks=lacks)  # 6

    def _lacks(self, due: Due, holding: list[Span], waiver: f.Waived | None) -> list[Lack]:
        """Return the runs of lacking days: no evidence, not waived, not before the records, up to as_of or the end."""
        first = max(due.span.first, self.records_from)
        last = min(self.at.as_of, due.span.last)
        if waiver is not None:
            last = min(last, day_before(waiver.on))
        lacks: list[Lack] = []
        for run in holding:
            if first < run.first and first <= last:
                lacks.append((first, min(last, day_before(run.first))))
            first = max(first, day_after(run.last))
            if run.last == dt.date.max:
                return lacks
        if first <= last:
            lacks.append((first, last))
        return lacks

    def _unmeasured(self, due: Due) -> Verdict:
        if self.at.as_of < due.span.first:
            return Verdict("scheduled")
        if self.at.as_of > due.span.last:
            return Verdict("ended", day_after(due.span.last))
        return Verdict("unmeasured")


class Seeker:
    """Finds the facts that meet one requirement for an occurrence."""

    def __init__(self, requirement: Requirement, at: Circumstances, *, by_period: bool) -> None:
        """Prepare the key by which facts are looked up."""
        self.requirement = requirement
        self.at = at
        pairs = list(zip(requirement.attributes, requirement.sources, requirement.references, strict=True))
        # A fact that names its period counts for that one, whatever its day.
        self.names_period = by_period and requirement.has_period and "period" not in requirement.attributes
        if self.names_period:
            pairs = sorted([*pairs, ("period", "period", True)])
        attributes = tuple(attribute for attribute, _, _ in pairs)
        self.parts = [(source, reference) for _, source, reference in pairs]
        self.finder = at.view.finder(requirement, attributes)
        self._accepted: dict[tuple[str | None, str], dt.date | None] = {}

    def find(self, due: Due) -> Found[Fact]:
        """Return all facts that meet the requirement for an occurrence, whatever their day."""
        if len(self.parts) == 1:
            source, reference = self.parts[0]
            return self.finder.find(_refer(str(source), due) if reference else source)
        key = tuple(_refer(str(source), due) if reference else source for source, reference in self.parts)
        return self.finder.find(key)

    def between(self, due: Due, low: dt.date | None, high: dt.date) -> Sequence[Fact]:
        """Return the facts that count: within the days, and for the period."""
        found, period = self.find(due), due.period
        if not found.facts:
            return ()
        if period.counted_by_day and not self.names_period:
            low = period.days.first if low is None else max(low, period.days.first)
            high = min(high, period.days.last)
        if self.requirement.after is not None:
            accepted = self._accepted_by_all(self.requirement.after, due)
            if accepted is None:
                return ()
            low = accepted if low is None else max(low, accepted)
        facts = found.between(low, high)
        if self.requirement.cover is not None:
            wanted = _covered(self.requirement.cover, due)
            facts = [fact for fact in facts if wanted & set(getattr(fact, self.requirement.cover.attribute))]
        return facts

    def completed(self, due: Due, facts: Sequence[Fact], count: int) -> dt.date | None:
        """Return the day on which facts in the order of days complete the requirement."""
        cover = self.requirement.cover
        if cover is None:
            return facts[count - 1].on if len(facts) >= count else None
        missing = set(_covered(cover, due))
        for fact in facts:
            missing -= set(getattr(fact, cover.attribute))
            if not missing:
                return fact.on
        return None

    def _accepted_by_all(self, after: After, due: Due) -> dt.date | None:
        """Return the first day in the period by which every party of that day had given its acceptance (C24)."""
        key = (due.object, due.period.label)
        if key not in self._accepted:
            facts = self.at.view.find(f.KINDS[after.kind], (after.object,), due.object).until(self.at.as_of)
            self._accepted[key] = self._first_day_of_all(facts, due.period.days)
        return self._accepted[key]

    def _first_day_of_all(self, facts: Iterable[Any], days: Span) -> dt.date | None:
        given: dict[str, dt.date] = {}
        for fact in facts:
            if fact.on in days:
                given.setdefault(fact.party, fact.on)
        memberships = self.at.memberships
        # Only an acceptance, or a party's leaving, can make the last one missing come true.
        candidates = {*given.values(), *(day_after(span.last) for spans in memberships.values() for span in spans)}
        for day in sorted(day for day in candidates if day in days and day <= self.at.as_of):
            present = [id for id, spans in memberships.items() if any(day in span for span in spans)]
            if present and all(id in given and given[id] <= day for id in present):
                return day
        return None


def _refer(word: str, due: Due) -> Any:
    """Return what a reference word stands for in an occurrence."""
    match word:
        case "bearer":
            return due.bearer.label
        case "object":
            return due.object
        case "meeting":
            return due.period.meeting
        case "meeting-body":
            return due.period.body
        case _:  # the period's own name, which for a release is its id
            return due.period.label


def _covered(cover: Cover, due: Due) -> frozenset[str]:
    return frozenset(due.bearer.ids if cover.values is None else cover.values)


def _of_one_meeting(found: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Keep meetings with an item, and items of a meeting that counts."""
    meetings = next(facts for facts in found if facts and isinstance(facts[0], f.MeetingHeld))
    others = [facts for facts in found if facts is not meetings]
    days = {meeting.on for meeting in meetings}.intersection(*({fact.meeting for fact in facts} for facts in others))
    kept = [[fact for fact in facts if fact.meeting in days] for facts in others]
    return [[meeting for meeting in meetings if meeting.on in days], *kept]


def _joined(found: Sequence[Sequence[Any]], count: int) -> dt.date | None:
    """Return the day on which `count` meetings had everything they need."""
    meetings, *others = found
    complete = sorted(
        max([meeting.on, *(min(fact.on for fact in facts if fact.meeting == meeting.on) for facts in others)])
        for meeting in meetings
    )
    return complete[count - 1] if len(complete) >= count else None


def _ordered(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts by date and then canonical JSON."""
    listed = list(facts)
    if len(listed) > 1:
        listed.sort(key=lambda fact: (fact.on, canonical(fact)))
    return listed


def _runs(found: Sequence[Found[Fact]], as_of: dt.date, count: int) -> list[Span]:
    """Return the runs of days on which every requirement held, those that had begun by as_of."""
    runs: list[Span] | None = None
    for each in found:
        mine = [run for run in each.runs(count) if run.first <= as_of]
        runs = mine if runs is None else [both for a in runs for b in mine if (both := a.overlap(b))]
    return runs or []

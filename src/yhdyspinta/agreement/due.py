"""What is due: the occurrences that the duties give, one per period, bearer and object (DESIGN §3.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from yhdyspinta.agreement.charter import ALL, Charter
from yhdyspinta.agreement.days import ALWAYS, Span, day_before
from yhdyspinta.agreement.duty import (
    CALENDAR_YEAR,
    COUNCIL_TERM,
    FIRST_MEETING,
    RELEASE,
    Duty,
    EachOf,
    Right,
    Window,
)
from yhdyspinta.agreement.ledger import View

AGREEMENT = "agreement"


class Period(msgspec.Struct, frozen=True, gc=False):
    """A period of a duty with its window; ``days`` says on which days it lies."""

    label: str
    days: Span
    opens: dt.date | None = None
    due: dt.date | None = None
    counted_by_day: bool = False
    """Whether a fact counts for the period that its day falls in (calendar years, council terms)."""
    meeting: dt.date | None = None
    body: str | None = None


class Bearer(msgspec.Struct, frozen=True, gc=False):
    """Who bears a duty: one id, several joined, or ``all``; on which days."""

    label: str
    ids: tuple[str, ...]
    spans: tuple[Span, ...]


class Due(msgspec.Struct, gc=False):
    """One occurrence before it is judged."""

    bearer: Bearer
    span: Span
    """The days on which the bearer is bound: B and E of DESIGN §3.1."""
    period: Period
    object: str | None


@dataclass(slots=True)
class Circumstances:
    """What the occurrences depend on besides the duties: who is a party, which groups and meetings there are."""

    charter: Charter
    view: View
    as_of: dt.date
    duties: Mapping[str, Duty | Right] = field(init=False)
    memberships: dict[str, tuple[Span, ...]] = field(init=False)
    groups: dict[str, Span] = field(init=False)
    _kept: dict[tuple[str, str], Sequence[Period]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Look the circumstances up once for all duties."""
        choices = self.view.choices(self.as_of)
        self.duties = self.charter.duties_under(choices) if choices else self.charter.duties
        self.memberships = self.view.memberships(self.as_of)
        formed = self.view.formed(self.as_of)
        self.groups = dict.fromkeys(self.charter.groups, ALWAYS) | {id: Span(day) for id, day in formed.items()}

    def occurrences(self, duty: Duty | Right) -> Iterator[Due]:
        """Yield the occurrences of a duty; a later membership's stand for an earlier one's of the same period."""
        if isinstance(duty, Duty) and isinstance(duty.bearer, str) and duty.bearer.startswith("convenors"):
            yield from self._borne_by_convenors(duty)
            return
        objects = self._objects(duty)
        for bearer in self._bearers(duty):
            periods = self._periods(duty, bearer)
            for object, exists in objects:
                yield from self._over_spans(bearer, periods, object, exists)

    def _over_spans(self, bearer: Bearer, periods: Sequence[Period], object: str | None, exists: Span) -> Iterator[Due]:
        spans = bearer.spans if exists is ALWAYS else tuple(span.overlap(exists) for span in bearer.spans)
        if len(spans) == 1:
            (span,) = spans
            for period in periods:
                if period.days.first <= span.last and span.first <= period.days.last and span:
                    yield Due(bearer, span, period, object)
            return
        found = {
            period.label: Due(bearer, span, period, object)
            for span in spans
            for period in periods
            if span and period.days.overlap(span)
        }
        yield from found.values()

    def _borne_by_convenors(self, duty: Duty) -> Iterator[Due]:
        """Yield occurrences whose bearer depends on the period: whoever convenes then."""
        assert isinstance(duty.bearer, str)
        named = duty.bearer.removeprefix("convenors").removeprefix(" of ")
        everyone = Bearer(ALL, (), (self.charter.span,))
        for period in self._periods(duty, everyone):
            day = period.meeting or max(period.days.first, self.charter.first_day)
            ids = self.charter.convenors(named or period.body or "", day)
            bearer = self._jointly(ids)
            if ids:
                yield from self._over_spans(bearer, (period,), None, ALWAYS)

    def _bearers(self, duty: Duty | Right) -> list[Bearer]:
        match duty.bearer:
            case EachOf(each=kinds):
                ids = [party.id for party in self.charter.parties.values() if party.kind in kinds]
            case tuple() as several:
                return [self._jointly(several)]
            case "all":
                return [Bearer(ALL, (), (self.charter.span,))]
            case "each party":
                ids = list(self.charter.parties)
            case "each municipality":
                ids = [party.id for party in self.charter.parties.values() if party.kind == "municipality"]
            case "each group":
                ids = list(self.groups)
            case _:
                ids = [str(duty.bearer)]
        return [self._alone(id) for id in ids]

    def _alone(self, id: str) -> Bearer:
        return Bearer(id, (id,), self._days_of(id))

    def _jointly(self, ids: Sequence[str]) -> Bearer:
        """Return joint bearers: bound on the days on which each of them is."""
        ordered = tuple(sorted(ids))
        spans: tuple[Span, ...] = (self.charter.span,)
        for id in ordered:
            spans = tuple(both for one in spans for other in self._days_of(id) if (both := one.overlap(other)))
        return Bearer("+".join(ordered), ordered, spans)

    def _days_of(self, id: str) -> tuple[Span, ...]:
        """Return the days on which a party or body is bound by the agreement."""
        whole = self.charter.span
        if id in self.memberships:
            return tuple(span.overlap(whole) for span in self.memberships[id])
        return (self.groups.get(id, ALWAYS).overlap(whole),)

    def _objects(self, duty: Duty | Right) -> list[tuple[str | None, Span]]:
        wanted = duty.object if isinstance(duty, Duty) else None
        if wanted == "each theme":
            return [(id, ALWAYS) for id in self.charter.themes]
        if wanted == "each group":
            return list(self.groups.items())
        return [(None, ALWAYS)]

    def _periods(self, duty: Duty | Right, bearer: Bearer) -> Sequence[Period]:
        """Return a duty's periods; they depend on the bearer only through whose term, or whose meetings, count."""
        depends_on = ""
        if isinstance(duty, Duty) and duty.term:
            depends_on = self._term(duty, bearer) + (f"@{bearer.label}" if duty.per == FIRST_MEETING else "")
        key = (duty.id, depends_on)
        if key not in self._kept:
            self._kept[key] = self._find_periods(duty, bearer)
        return self._kept[key]

    def _find_periods(self, duty: Duty | Right, bearer: Bearer) -> Sequence[Period]:
        if not isinstance(duty, Duty) or duty.per is None:
            window = duty.window
            assert not isinstance(window.from_, str)
            assert not isinstance(window.to, str)
            return (Period(AGREEMENT, ALWAYS, window.from_, window.to),)
        if duty.per == CALENDAR_YEAR:
            return _years(duty, self.charter.span, self.as_of.year + 1)
        if duty.per == COUNCIL_TERM:
            return _terms(duty, self.charter, self._term(duty, bearer))
        if duty.per == RELEASE:
            return [Period(label, Span(day, day), opens=day) for label, day in self.view.releases if day <= self.as_of]
        if duty.per == FIRST_MEETING:
            return self._first_meetings(duty, bearer)
        return [
            _meeting(body, day, duty.window)
            for body in duty.meeting_bodies
            for day in self.view.meeting_days(body)
            if day <= self.as_of
        ]

    def _first_meetings(self, duty: Duty, bearer: Bearer) -> list[Period]:
        """Return the first known meeting of the bearing group in each council term."""
        days = [day for day in self.view.meeting_days(bearer.label) if day <= self.as_of]
        first: dict[str, Period] = {}
        for term in _terms(duty, self.charter, self._term(duty, bearer)):
            for day in days:
                if day in term.days:
                    first.setdefault(term.label, _meeting(bearer.label, day, duty.window))
        return list(first.values())

    def _term(self, duty: Duty, bearer: Bearer) -> str:
        """Return the id of the council terms that count for a bearer."""
        if duty.term == "own":
            own = self.charter.term_of(self.charter.parties[bearer.label].kind)
            assert own, "check refuses a duty whose terms are not known"
            return own.id
        assert duty.term
        return duty.term


def _years(duty: Duty, span: Span, horizon: int) -> tuple[Period, ...]:
    """Return the calendar years of an agreement; one without an end is seen up to the year after the day asked."""
    last = span.last.year if span.last < ALWAYS.last else max(horizon, span.first.year)
    return tuple(_year(duty, year) for year in range(span.first.year, last + 1))


def _year(duty: Duty, year: int) -> Period:
    whole = Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
    opens = _in_year(duty.window.from_, year) or whole.first
    due = None if duty.deadline == "none" else _in_year(duty.window.to, year) or whole.last
    return Period(str(year), whole, opens, due, counted_by_day=True)


def _in_year(edge: object, year: int) -> dt.date | None:
    if not isinstance(edge, str):
        return None
    return dt.date(year, int(edge[:2]), int(edge[3:]))


def _terms(duty: Duty, charter: Charter, term: str) -> tuple[Period, ...]:
    return tuple(
        Period(
            period.label,
            Span(period.from_, period.to),
            period.from_,
            None if duty.deadline == "none" else period.to,
            counted_by_day=True,
        )
        for period in charter.terms[term].periods
    )


def _meeting(body: str, day: dt.date, window: Window) -> Period:
    """Return a meeting as a period: it opens that day unless the window says otherwise, and has no deadline."""
    anchors = {"meeting": day, "day before": day_before(day)}
    unsaid = window.from_ is None and window.to is None
    return Period(
        label=f"{body}@{day.isoformat()}",
        days=Span(day, day),
        opens=day if unsaid else anchors.get(str(window.from_)),
        due=anchors.get(str(window.to)),
        meeting=day,
        body=body,
    )

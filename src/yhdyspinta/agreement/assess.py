"""The state of an agreement on a day: every occurrence judged, counted, and put in its order (DESIGN §3.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from yhdyspinta.agreement.charter import ALL, Charter
from yhdyspinta.agreement.days import ALWAYS
from yhdyspinta.agreement.due import Circumstances, Due
from yhdyspinta.agreement.facts import Fact, as_given
from yhdyspinta.agreement.judge import Judge, Lack
from yhdyspinta.agreement.ledger import Ledger

STATES = (
    "scheduled", "open", "fulfilled", "fulfilled-late", "overdue", "kept", "lacking", "no-record", "unmeasured",
    "waived", "ended",
)  # fmt: skip


class Occurrence(msgspec.Struct, frozen=True, gc=False):
    """One thing that is due from someone in a period, and its state on the day asked."""

    duty: str
    clause: str
    kind: str
    bearer: str
    period: str
    object: str | None
    opens: dt.date | None
    due: dt.date | None
    state: str
    since: dt.date | None
    basis: str
    evidence: Sequence[Fact]
    lacks: Sequence[Lack]

    def concerns(self, party: str) -> bool:
        """Tell whether a party bears it alone, jointly or with all."""
        return self.bearer in (party, ALL) or party in self.bearer.split("+")

    def as_json(self) -> dict[str, Any]:
        """Return the occurrence as ``status --json`` prints it."""
        return {
            "duty": self.duty,
            "clause": self.clause,
            "kind": self.kind,
            "bearer": self.bearer,
            "period": self.period,
            "object": self.object,
            "opens": _iso(self.opens),
            "due": _iso(self.due),
            "state": self.state,
            "since": _iso(self.since),
            "basis": self.basis,
            "evidence": [as_given(fact) for fact in self.evidence],
            "lacks": [{"from": first.isoformat(), "to": last.isoformat()} for first, last in self.lacks],
        }


class Assessment(msgspec.Struct, frozen=True):
    """An agreement's state on a day, as it was known on another."""

    agreement: str
    as_of: dt.date
    known_at: dt.date | None
    records_from: dt.date
    occurrences: Sequence[Occurrence]
    counts: dict[str, int]

    def of_party(self, party: str) -> Assessment:
        """Return what a party bears alone, jointly or with all."""
        mine = [occurrence for occurrence in self.occurrences if occurrence.concerns(party)]
        return msgspec.structs.replace(self, occurrences=mine, counts=count(mine))

    def as_json(self) -> dict[str, Any]:
        """Return the assessment as ``status --json`` prints it."""
        return {
            "agreement": self.agreement,
            "as_of": self.as_of.isoformat(),
            "known_at": _iso(self.known_at),
            "records_from": self.records_from.isoformat(),
            "occurrences": [occurrence.as_json() for occurrence in self.occurrences],
            "counts": self.counts,
        }


def count(occurrences: Iterable[Occurrence]) -> dict[str, int]:
    """Return how many occurrences are in each state, zeros too."""
    counts = dict.fromkeys(STATES, 0)
    for occurrence in occurrences:
        counts[occurrence.state] += 1
    return counts


def assess(
    charter: Charter,
    ledger: Ledger,
    as_of: dt.date,
    known_at: dt.date | None = None,
    records_from: dt.date | None = None,
) -> Assessment:
    """Judge every occurrence of an agreement on a day.

    Args:
        charter: the agreement.
        ledger: the facts held.
        as_of: what was true by this day counts.
        known_at: what was recorded by this day counts; by default everything.
        records_from: the first day from which there are records; by default the agreement's first.

    """
    begins = charter.first_day if records_from is None else records_from
    at = Circumstances(charter, ledger.view(known_at), as_of)
    occurrences: list[Occurrence] = []
    for id in sorted(at.duties):
        occurrences += _of_duty(at, id, begins)
    return Assessment(charter.id, as_of, known_at, begins, occurrences, count(occurrences))


def _of_duty(at: Circumstances, id: str, records_from: dt.date) -> list[Occurrence]:
    """Judge the occurrences of one duty, sorted by period, object and bearer, null first."""
    duty = at.duties[id]
    judge = Judge(duty, at, records_from)
    kind, clause, basis = duty.kind, duty.clause, duty.basis
    steady = kind != "achieve"
    judged: list[Occurrence] = []
    for due in at.occurrences(duty):
        verdict = judge.judge(due)
        opens, deadline = (_first_day(due), None) if steady else (due.period.opens, due.period.due)
        judged.append(
            Occurrence(
                id, clause, kind, due.bearer.label, due.period.label, due.object, opens, deadline,
                verdict.state, verdict.since, basis, verdict.evidence, verdict.lacks,
            )
        )  # fmt: skip
    judged.sort(key=lambda occurrence: (occurrence.period, occurrence.object or "", occurrence.bearer))
    return judged


def _first_day(due: Due) -> dt.date | None:
    first = due.span.first
    return None if first == ALWAYS.first else first


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()

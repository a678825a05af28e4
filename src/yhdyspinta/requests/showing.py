"""What the page of a request shows: a line for each party that was asked, and how many have answered what."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yhdyspinta.agreement.days import HELSINKI
from yhdyspinta.journal import wording
from yhdyspinta.requests.models import Answer, Asked, Request
from yhdyspinta.requests.queries import answer_in

DONE, OPEN, OTHER = "fulfilled", "open", "ended"
"""The shapes of ``states.svg`` that stand for an answer that gives what was asked, none yet, and another one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One party's answer in the matrix."""

    asked: Asked
    name: str
    shape: str
    words: str
    answer: Answer | None = None
    day: str = ""
    corrected: bool = False

    @property
    def recordable(self) -> bool:
        """Whether who asks may record it on the party's behalf: not what the party has answered itself."""
        return self.answer is None or self.answer.way == Answer.Way.RECORDED

    @property
    def tone(self) -> str:
        """The tone of its chip."""
        return {DONE: "done", OPEN: "open"}.get(self.shape, "none")


@dataclass(frozen=True, slots=True)
class Matrix:
    """All answers to a request, in the agreement's order, and their counts."""

    lines: tuple[Line, ...]
    counts: tuple[tuple[str, int], ...]

    @property
    def answered(self) -> int:
        """How many have answered."""
        return sum(line.answer is not None for line in self.lines)

    @property
    def total(self) -> int:
        """How many were asked."""
        return len(self.lines)

    @property
    def unreached(self) -> list[Line]:
        """Whom the letter did not reach: no registry and no administrator has an address."""
        return [line for line in self.lines if line.asked.posted_at is not None and not line.asked.posted_to]

    @property
    def unposted(self) -> int:
        """How many letters are still on their way into the outbox."""
        return sum(line.asked.posted_at is None for line in self.lines)


def matrix_of(request: Request, rows: Sequence[Asked]) -> Matrix:
    """Build the matrix from the parties that were asked, fetched with their answers. No queries."""
    lines = tuple(_line(request, asked) for asked in rows)
    counts = Counter(line.words for line in lines if line.answer is not None)
    return Matrix(lines, tuple(counts.most_common()))


def _line(request: Request, asked: Asked) -> Line:
    name = str(asked.party.organisation)
    answer = answer_in(asked)
    if answer is None:
        return Line(asked, name, OPEN, _("not answered"))
    outcome = request.of_kind.outcome(answer.outcome)
    return Line(
        asked,
        name,
        DONE if outcome is not None and outcome.done else OTHER,
        str(outcome.name) if outcome is not None else answer.outcome,
        answer,
        wording.day(local_day(answer.given_at)),
        answer.number > 1,
    )


def local_day(moment: dt.datetime) -> dt.date:
    """Return the day of a moment in Finland."""
    return moment.astimezone(HELSINKI).date()

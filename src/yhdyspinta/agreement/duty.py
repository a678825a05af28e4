"""Duties and rights as the blocks write them (DESIGN §3, §3.4)."""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, field_validator, model_validator

from yhdyspinta.agreement.blocks import Basis, Block, Day, LeftOpen
from yhdyspinta.agreement.evidence import Evidence, parse_evidence
from yhdyspinta.agreement.saying import Said, SaidError
from yhdyspinta.agreement.words import Id, Ids, Words

CALENDAR_YEAR = "calendar-year"
COUNCIL_TERM = "council-term"
RELEASE = "release"
FIRST_MEETING = "first meeting of each group in a term"
_MEETING_OF = re.compile(r"^meeting of (?:\[(?P<several>[^\]]+)\]|(?P<one>[a-z0-9-]+))$")
_MONTH_DAY = re.compile(r"^(\d{2})-(\d{2})$")
# Days that a window may name in place of a date, counted from the meeting or the release of the period.
ANCHORS = ("meeting", "day before", "release")


def _known_period(text: str) -> str:
    if text in (CALENDAR_YEAR, COUNCIL_TERM, RELEASE, FIRST_MEETING) or _MEETING_OF.match(text):
        return text
    words = f"{CALENDAR_YEAR}, {COUNCIL_TERM}, {RELEASE}, meeting of BODY, meeting of [BODY, BODY]"
    raise SaidError(Said("`per` is %(words)s or %(last)s", words=words, last=FIRST_MEETING))


class EachOf(Block):
    """Each party of the kinds named, on its own."""

    each: Annotated[tuple[Id, ...], Field(min_length=1)]


BearerSpec: TypeAlias = EachOf | tuple[Id, ...] | str
Edge: TypeAlias = Day | str | None


class Window(Block):
    """When the duty can be done: two days, two month-days of a year, or days counted from a meeting."""

    from_: Edge = None
    to: Edge = None

    @field_validator("from_", "to")
    @classmethod
    def _a_day_or_a_word(cls, edge: Edge) -> Edge:
        if edge is None or isinstance(edge, dt.date) or edge in ANCHORS:
            return edge
        if match := _MONTH_DAY.match(edge):
            # 2023 has no 29 February: a yearly window must exist every year.
            try:
                dt.date(2023, int(match[1]), int(match[2]))
            except ValueError:
                raise SaidError(Said("the day is out of range: every year must have it")) from None
            return edge
        message = Said(
            "`%(edge)s` is no date, no month-day such as 05-31 and none of: %(words)s",
            edge=edge,
            words=", ".join(ANCHORS),
        )
        raise SaidError(message)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        comparable = type(self.from_) is type(self.to) and not {self.from_, self.to} & {None, *ANCHORS}
        if comparable and self.to < self.from_:  # type: ignore[operator]
            raise SaidError(Said("the window ends before it begins"))
        return self


class Borne(Block):
    """What duties and rights share: who bears them, what shows them, what they rest on."""

    id: Id
    name: Words
    bearer: BearerSpec
    evidence: dict[str, dict[str, Any]] = {}
    basis: Basis
    readings: Annotated[Ids, Field(alias="reading")] = ()
    laws: Annotated[Ids, Field(alias="law")] = ()
    unspecified: tuple[LeftOpen, ...] = ()

    @field_validator("evidence")
    @classmethod
    def _evidence_reads(cls, evidence: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        parse_evidence(evidence)
        return evidence

    @cached_property
    def requirements(self) -> Evidence:
        """The evidence, ready to be looked for."""
        return parse_evidence(self.evidence)


class Duty(Borne):
    """Something that the agreement binds someone to, and how it shows that it was done."""

    short_name: Words | None = None
    object: Literal["each group", "each theme"] | None = None
    kind: Literal["achieve", "maintain", "unmeasured"]
    per: Annotated[str, AfterValidator(_known_period)] | None = None
    term: Id | None = None
    window: Window = Window()
    deadline: Literal["none"] | None = None
    evidence_in_window: bool = False
    count: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.kind != "unmeasured" and not self.evidence:
            raise SaidError(Said("a duty that can be kept needs `evidence`; otherwise its kind is `unmeasured`"))
        if self.kind != "achieve" and self.per:
            raise SaidError(Said("only a duty of kind `achieve` has `per`"))
        if self.per in (COUNCIL_TERM, FIRST_MEETING) and not self.term:
            raise SaidError(Said("say whose council term counts: `term: ID`, or `term: own`"))
        if self.bearer == "convenors" and not self.meeting_bodies:
            raise SaidError(Said("`bearer: convenors` needs `per: meeting of …`"))
        return self

    @property
    def meeting_bodies(self) -> tuple[str, ...]:
        """The bodies whose meetings are the periods."""
        match = _MEETING_OF.match(self.per or "")
        if not match:
            return ()
        return tuple(part.strip() for part in (match["several"] or match["one"]).split(","))

    @property
    def statutory(self) -> bool:
        """Whether the duty comes from a statute and not from the agreement."""
        return self.basis == "statutory"


class Right(Borne):
    """Something that the agreement entitles someone to; an unused right is no breach.

    It is judged as something that holds, so it can be read like a duty of kind ``right``.
    """

    evidence: dict[str, dict[str, Any]]
    kind: ClassVar[str] = "right"
    object: ClassVar[None] = None
    per: ClassVar[None] = None
    count: ClassVar[int] = 1
    window: ClassVar[Window] = Window()
    short_name: ClassVar[None] = None
    statutory: ClassVar[bool] = False

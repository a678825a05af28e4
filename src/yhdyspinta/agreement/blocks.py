"""The blocks of an agreement file, as typed objects (DESIGN §2; docs/agreement-format.md).

These models are also the published JSON Schema (``yhdyspinta schema``). They check shape; what only shows when the
blocks are laid side by side (unknown ids, circles, languages) is checked in ``crosscheck``.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal, Self, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    Strict,
    StringConstraints,
    model_validator,
)
from stdnum.fi import ytunnus

from yhdyspinta.agreement.saying import Said, SaidError
from yhdyspinta.agreement.words import Id, Ids, Text, Words

# Strict: YAML gives a date; a number or a quoted text in its place is a slip of the pen.
Day: TypeAlias = Annotated[dt.date, Strict()]
ThreeDigits: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
TwoDigits: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
Basis: TypeAlias = Literal["explicit", "interpreted", "statutory", "unspecified"]
LeftOpen: TypeAlias = Literal[
    "chair", "quorum", "notice", "frequency", "members", "deputies", "minutes", "voting", "first-convenor", "convenor",
    "preparer", "approval", "deadline", "working-time", "owner", "content", "recipient", "indicators", "targets",
]  # fmt: skip

PartyKind: TypeAlias = Literal[
    "municipality", "wellbeing-services-county", "regional-council", "joint-municipal-authority", "other"
]
PARTY_KINDS: tuple[str, ...] = get_args(PartyKind)

Feature: TypeAlias = Literal["seats", "officers", "rules", "action-plan", "sections", "secret-items"]
"""What a body can have: seats to fill, officers to elect, rules, an action plan, numbered sections, secret items."""


def _business_id(text: str) -> str:
    """Check the shape and the check digit (YTJ: weights 7 9 10 5 8 4 2, modulus 11)."""
    if not re.fullmatch(r"\d{7}-\d", text):
        raise SaidError(Said("a business id has seven digits, a hyphen and a check digit"))
    if not ytunnus.is_valid(text):
        raise SaidError(Said("the check digit of the business id does not match"))
    return text


BusinessId: TypeAlias = Annotated[str, AfterValidator(_business_id)]


class Block(BaseModel):
    """What all blocks share: no unknown keys, no change after reading, the clause they stand in."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_").replace("_", "-"), strict=False
    )
    _clause: str = PrivateAttr(default="")

    @property
    def clause(self) -> str:
        """The id of the clause the block stands in."""
        return self._clause

    def placed(self, clause: str) -> Self:
        """Return the block, told where it stands."""
        self._clause = clause
        return self


class Dated(Block):
    """A block with a first and a last day, either of them open."""

    from_: Day | None = None
    to: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_ and self.to and self.to < self.from_:
            raise SaidError(Said("`to` is before `from`"))
        return self

    @property
    def first_day(self) -> Day | None:
        """The first day, when there is one."""
        return self.from_

    @property
    def last_day(self) -> Day | None:
        """The last day, when there is one."""
        return self.to


class Level(Block):
    """A level of the cooperation structure; ``groups`` says that its bodies are groups."""

    number: Annotated[int, Field(ge=1, le=9)]
    name: Words
    groups: bool = False


class Successor(Block):
    """The agreement that follows this one, as far as is known."""

    name: Words
    from_: Day | None = None


class FrontMatter(Dated):
    """What is said of the whole agreement, before its text."""

    id: Id
    language: Literal["fi", "sv", "en"]
    title: Words
    short_title: Words
    instrument: Words
    example: bool = False
    from_: Day
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    successor: Successor | None = None


class TranslationFrontMatter(Block):
    """What a translation says of itself."""

    language: Literal["fi", "sv", "en"]


class AnnexFrontMatter(Block):
    """What is said of an annex. It has no days of its own: it is in force as long as the agreement is."""

    annex: Id
    language: Literal["fi", "sv", "en"]
    title: Words
    instrument: Words | None = None


class AnnexTranslationFrontMatter(Block):
    """What a translation of an annex says of itself."""

    annex: Id
    language: Literal["fi", "sv", "en"]


class Party(Dated):
    """An organisation that is bound by the agreement, with its names and codes."""

    id: Id
    kind: PartyKind
    form: Literal["kunta", "kaupunki"] | None = None
    name: Words
    official_name: Words
    genitive: Words
    local: Words
    business_id: BusinessId | None = None
    municipality_code: ThreeDigits | None = None
    county_code: TwoDigits | None = None
    region_code: TwoDigits | None = None
    address: Text | None = None


class Period(Block):
    """A council term, first and last day included."""

    from_: Day
    to: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            raise SaidError(Said("`to` is before `from`"))
        return self

    @property
    def label(self) -> str:
        """The name that facts use for the term: ``2021-2025``."""
        return f"{self.from_.year}-{self.to.year}"


class Term(Block):
    """The council terms of one kind of organisation."""

    id: Id
    name: Words
    of: tuple[Id, ...] = ()
    periods: Annotated[tuple[Period, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_after_another(self) -> Self:
        for earlier, later in zip(self.periods, self.periods[1:], strict=False):
            if later.from_ <= earlier.to:
                raise SaidError(Said("the periods overlap or are not in order"))
        return self


class Seat(Block):
    """Who sits in a body, as a rule and not as a list of people."""

    role: Id
    who: Literal["each party", "each municipality"] | Ids
    post: tuple[Id, ...] = ()
    count: Annotated[int, Field(ge=1)] | None = None


class Rotation(Block):
    """A convenor that changes by calendar year, in the order given."""

    each: Literal["calendar-year"]
    order: Annotated[tuple[Id, ...], Field(min_length=1)]
    first: Annotated[int, Field(ge=1990, le=2200)]

    def on(self, day: Day) -> str:
        """Return whose turn it is on a day."""
        return self.order[(day.year - self.first) % len(self.order)]


class Body(Block):
    """A body of the cooperation, as it is written."""

    id: Id
    level: int
    name: Words
    short_name: Words | None = None
    convened_by: tuple[Id, ...] = ()
    convenor_office: Words | None = None
    rotation: Rotation | None = None
    agenda_by: tuple[Id, ...] = ()
    part_of: Id | None = None
    seats: tuple[Seat, ...] = ()
    term: Id | None = None
    referenced_only: bool = False
    preparedness: bool = False
    outsiders: bool = False
    has: tuple[Feature, ...] | None = None
    roles: tuple[Id, ...] = ()
    unspecified: tuple[LeftOpen, ...] = ()
    _group: bool = PrivateAttr(default=False)
    _theme: str | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _one_way_to_convene(self) -> Self:
        if self.rotation and self.convened_by:
            raise SaidError(Said("give either `convened-by` or `rotation`, not both"))
        return self

    @property
    def group(self) -> bool:
        """Whether the body is a group, one of those that duties call "each group"."""
        return self._group

    @property
    def theme(self) -> str | None:
        """The theme whose group this is."""
        return self._theme

    def grouped(self, *, group: bool, theme: str | None = None) -> Self:
        """Return the body, told whether it is a group and of which theme."""
        self._group, self._theme = group, theme
        return self


class ThemeGroup(Block):
    """The group of a theme; its id is the theme's."""

    level: int
    name: Words
    convened_by: tuple[Id, ...] = ()
    has: tuple[Feature, ...] | None = None
    roles: tuple[Id, ...] = ()
    unspecified: tuple[LeftOpen, ...] = ()


class Theme(Block):
    """A theme of operative cooperation."""

    id: Id
    name: Words
    group: ThemeGroup | None = None


class Choice(Block):
    """One way to read an open question; ``changes`` are keys of duty blocks that it puts otherwise."""

    id: Id
    text: Words
    changes: dict[Id, dict[str, Any]] = {}


class Reading(Block):
    """An open question in the text, and how it is read until the parties say otherwise."""

    id: Id
    question: Words
    assumed: Id
    choices: Annotated[tuple[Choice, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _assumed_is_a_choice(self) -> Self:
        ids = [choice.id for choice in self.choices]
        if self.assumed not in ids:
            raise SaidError(Said("`assumed` is not one of the choices (%(choices)s)", choices=", ".join(ids)))
        if len(set(ids)) < len(ids):
            raise SaidError(Said("two choices have the same id"))
        return self


class Goal(Block):
    """What the cooperation is for."""

    id: Id
    name: Words
    parts: tuple[Words, ...] = ()
    unspecified: tuple[LeftOpen, ...] = ()


class Law(Block):
    """A statute that the agreement cites."""

    id: Id
    name: Words
    number: Annotated[str, StringConstraints(pattern=r"^\d{1,4}/\d{4}$")] | None = None
    section: Text | None = None
    verbatim: Text | None = None
    summary: Words | None = None


class Pays(Block):
    """Who bears a cost."""

    who: Literal["each party", "organiser"] | Id
    what: Annotated[tuple[Literal["salary", "fees", "travel", "room", "catering", "other"], ...], Field(min_length=1)]


class Rule(Block):
    """A rule that is not a duty: nothing becomes due by it."""

    id: Id
    name: Words
    pays: Pays | None = None

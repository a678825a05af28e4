"""The agreement as the program knows it: clauses, parties, bodies and duties, read once and never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from yhdyspinta.agreement.blocks import (
    Body,
    FrontMatter,
    Goal,
    Law,
    Level,
    Party,
    Reading,
    Rule,
    Successor,
    Term,
    Theme,
)
from yhdyspinta.agreement.days import Span
from yhdyspinta.agreement.duty import Duty, Right
from yhdyspinta.agreement.words import Words

ALL = "all"
ALL_WORDS = Words({"fi": "kaikki osapuolet yhdessä", "sv": "alla parter tillsammans", "en": "all the parties together"})
_AND = {"fi": " ja ", "sv": " och ", "en": " and "}


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a clause stands in the official text: a heading, and which sentences below it (from 1; none: all)."""

    heading: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, in our own words, with what it holds."""

    id: str
    ref: str
    title: Words
    kind: str
    part: str
    official: Passage | None
    prose: Mapping[str, str]
    duties: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    depth: int = 2
    """How deep its heading is written: 2 is a clause, 3 and 4 are clauses below a clause."""

    def html(self, language: str) -> str:
        """Return the clause's prose as safe HTML in a language, or in the authority's."""
        return self.prose.get(language) or next(iter(self.prose.values()))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document with its clauses."""

    id: str
    title: Words
    prose: Mapping[str, str]
    clauses: tuple[Clause, ...]
    annex: str = ""
    """The annex it is a part of; empty: of the agreement itself."""

    def html(self, language: str) -> str:
        """Return the part's own prose as safe HTML in a language, or in the authority's; empty when it has none."""
        return self.prose.get(language) or next(iter(self.prose.values()), "")


@dataclass(frozen=True, slots=True)
class Annex:
    """A second text of the same agreement, such as a plan; its parts follow the agreement's own."""

    id: str
    title: Words
    instrument: Words | None = None
    """The word for what it is: plan, programme."""


@dataclass(frozen=True)
class Charter:
    """A whole agreement."""

    front: FrontMatter
    languages: tuple[str, ...]
    digest: str
    parts: tuple[Part, ...]
    parties: Mapping[str, Party]
    bodies: Mapping[str, Body]
    themes: Mapping[str, Theme]
    terms: Mapping[str, Term]
    duties: Mapping[str, Duty | Right]
    rules: Mapping[str, Rule]
    goals: Mapping[str, Goal]
    laws: Mapping[str, Law]
    readings: Mapping[str, Reading]
    written: Mapping[str, dict[str, Any]] = field(repr=False)
    """Each duty's block as plain data: what a reading may put otherwise."""
    annexes: Mapping[str, Annex] = field(default_factory=dict)
    """The annexes by id, in the order of the text."""

    @property
    def id(self) -> str:
        """The agreement's id."""
        return self.front.id

    @property
    def language(self) -> str:
        """The language of the authoritative file."""
        return self.front.language

    @property
    def title(self) -> Words:
        """The agreement's title."""
        return self.front.title

    @property
    def short_title(self) -> Words:
        """The title where there is little room."""
        return self.front.short_title

    @property
    def instrument(self) -> Words:
        """The word for what this is: agreement, protocol, plan."""
        return self.front.instrument

    @property
    def example(self) -> bool:
        """Whether the region is imaginary."""
        return self.front.example

    @property
    def first_day(self) -> dt.date:
        """The first day in force (B)."""
        return self.front.from_

    @property
    def last_day(self) -> dt.date | None:
        """The last day in force (E); None until further notice."""
        return self.front.to

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of the cooperation structure."""
        return self.front.levels

    @property
    def successor(self) -> Successor | None:
        """The agreement that follows, as far as is known."""
        return self.front.successor

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in the order of the text."""
        return tuple(clause for part in self.parts for clause in part.clauses)

    @cached_property
    def clause_by_id(self) -> Mapping[str, Clause]:
        """Clauses by their id."""
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def span(self) -> Span:
        """The days in force."""
        return Span(self.first_day, self.last_day or dt.date.max)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups that exist through the whole agreement."""
        return tuple(body.id for body in self.bodies.values() if body.group)

    def group_levels(self) -> set[int]:
        """Return the levels whose bodies are groups."""
        return {level.number for level in self.levels if level.groups}

    def convenors(self, body: str, day: dt.date) -> tuple[str, ...]:
        """Return the parties or bodies that convene a body's meeting on a day; none when it is not specified."""
        written = self.bodies.get(body)
        if written is None:
            return ()
        if written.rotation:
            return (written.rotation.on(day),)
        return written.convened_by

    def term_of(self, kind: str) -> Term | None:
        """Return the council terms that a kind of organisation has as its own."""
        return next((term for term in self.terms.values() if kind in term.of), None)

    def name_of(self, id: str, language: str) -> str:
        """Return the name of a party, body or theme, of several joined by ``+``, or of ``all``."""
        if id == ALL:
            return ALL_WORDS.get(language)
        return _AND.get(language, " + ").join(self._one_name(part, language) for part in id.split("+"))

    def _one_name(self, id: str, language: str) -> str:
        for named in (self.parties, self.bodies, self.themes):
            if id in named:
                return named[id].name.get(language)
        return id

    def duties_under(self, choices: Mapping[str, str]) -> Mapping[str, Duty | Right]:
        """Return the duties as they read when the parties have chosen otherwise than assumed.

        A reading's assumed choice is what the blocks say; another choice may put some keys of a duty differently.
        A choice the text does not offer changes nothing: it is a decision to be written into the text.
        """
        changed: dict[str, dict[str, Any]] = {}
        for duty_id, changes in self._changes(choices):
            changed[duty_id] = patched(changed.get(duty_id, self.written[duty_id]), changes)
        read = {id: Duty.model_validate(data).placed(self.duties[id].clause) for id, data in changed.items()}
        return {**self.duties, **read}

    def _changes(self, choices: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
        for reading in self.readings.values():
            for choice in reading.choices:
                if choice.id == choices.get(reading.id) and choice.id != reading.assumed:
                    yield from choice.changes.items()

    def lasting(self, *, first_day: dt.date, last_day: dt.date | None, id: str) -> Charter:
        """Return the same agreement under another id and for other days: for load tests and comparisons."""
        front = self.front.model_copy(update={"id": id, "from_": first_day, "to": last_day})
        return replace(self, front=front, digest=f"{self.digest}:{id}:{first_day}:{last_day}")


def patched(data: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return a block with some keys put otherwise; null takes a key away.

    A key is replaced whole: what a duty asks to see is easier to read in one place than as a patch.
    """
    return {key: value for key, value in {**data, **changes}.items() if value is not None}

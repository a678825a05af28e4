"""Who a sentence speaks of: parties and bodies by their names in any form, and the words that stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from yhdyspinta.agreement.proposing.known import KnownBody, KnownParty
from yhdyspinta.agreement.proposing.language import Language

Kind: TypeAlias = Literal["party", "kind", "everyone", "body", "groups", "anaphor", "pronoun", "convenor"]
Bearer: TypeAlias = "str | list[str] | dict[str, list[str]]"

ALL = "all"
EACH_PARTY = "each party"
EACH_GROUP = "each group"
EACH_MUNICIPALITY = "each municipality"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody: ``value`` is an id, a kind of party, or the head noun of a body spoken of before."""

    kind: Kind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a sentence names somebody, and in which part: ``subject``, ``genitive``, ``at``, ``to``, ``in`` …"""

    start: int
    end: int
    who: Who
    case: str
    plural: bool = False


Chain: TypeAlias = tuple[Mention, ...]
"""Names that are joined: "hyvinvointialue, kunnat ja liitto"."""


@dataclass(frozen=True, slots=True)
class Name:
    """Words for somebody: a pattern, whom it means, and the last word as lists have it.

    ``opening`` stands in every text that the pattern fits, in lower case: to look for it first is quick.
    """

    pattern: re.Pattern[str]
    who: Who
    nominative: str = ""
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody that a text can speak of, ready to be looked for."""

    language: Language
    parties: tuple[KnownParty, ...]
    names: tuple[Name, ...]
    kinds: frozenset[str]

    def only(self, kind: str) -> str | None:
        """Return the one party of a kind; None where there are none or several."""
        found = [party.id for party in self.parties if party.kind == kind]
        return found[0] if len(found) == 1 else None

    def who_is_of(self, kind: str) -> Who:
        """Return the party of a kind where there is one of them, else each of the kind."""
        only = self.only(kind)
        return Who("party", only) if only else Who("kind", kind)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return whom a sentence names, in its order; where names overlap, the longest."""
        found = sorted(self._all(text), key=lambda mention: (mention.start, -mention.end))
        kept: list[Mention] = []
        for mention in found:
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return tuple(kept)

    def _all(self, text: str) -> Iterator[Mention]:
        lowered = text.lower()
        for name in self.names:
            if name.opening in lowered:
                for match in name.pattern.finditer(text):
                    yield self._mention(text, match, name)

    def _mention(self, text: str, match: re.Match[str], name: Name) -> Mention:
        start, end = match.span()
        organ = self.language.words.organs.match(text, end)
        if organ and self._case(text, start, end, name.nominative) == "genitive":
            # "hyvinvointialueen hallitus": an organ acts for its party.
            end = organ.end()
        case = self._case(text, start, end, name.nominative)
        several = self.language.grammar.is_plural(text[start:end].rpartition(" ")[2])
        return Mention(start, end, name.who, case, several)

    def _case(self, text: str, start: int, end: int, nominative: str) -> str:
        return self.language.grammar.case_of(
            text[start:end].rpartition(" ")[2], nominative, text[max(0, start - 30) : start]
        )


def cast_of(
    language: Language, parties: Sequence[KnownParty], bodies: Iterable[KnownBody], group_stems: Iterable[str]
) -> Cast:
    """Return everybody that a text with these parties and bodies can speak of."""
    cast = Cast(language, tuple(parties), (), frozenset(party.kind for party in parties))
    names = (
        *_names_of_parties(language, parties),
        *_names_of_bodies(language, bodies),
        *_collective_names(language, cast),
        *_names_of_groups(language, group_stems),
    )
    return replace(cast, names=names)


def _names_of_parties(language: Language, parties: Iterable[KnownParty]) -> Iterator[Name]:
    for party in parties:
        for name in language.grammar.party_names(party.name, party.official_name):
            pattern = re.compile(language.grammar.inflected(name))
            yield Name(pattern, Who("party", party.id), name.rpartition(" ")[2], _opening(name))


def _names_of_bodies(language: Language, bodies: Iterable[KnownBody]) -> Iterator[Name]:
    for body in bodies:
        who = Who("groups") if body.group else Who("body", body.id)
        for name in body.names:
            pattern = re.compile(language.grammar.inflected(name), re.IGNORECASE)
            yield Name(pattern, who, name.rpartition(" ")[2], _opening(name))
    for head, forms in language.heads.items():
        generic = "|".join(sorted(filter(None, language.generic_prefixes)))
        pattern = re.compile(rf"\b(?:{generic})?(?:{forms})\b", re.IGNORECASE)
        yield Name(pattern, Who("anaphor", head), head)


def _collective_names(language: Language, cast: Cast) -> Iterator[Name]:
    """Return the words for all parties, for those of a kind, and for whoever calls a meeting."""
    quantified = _quantified(language)
    yield Name(_widened(quantified, language.words.parties), Who("everyone"))
    for kind, pattern in language.kinds.items():
        if kind in cast.kinds:
            yield Name(_widened(quantified, pattern), cast.who_is_of(kind))
    for kind, pattern in language.offices.items():
        if kind in cast.kinds:
            yield Name(pattern, cast.who_is_of(kind))
    yield Name(language.words.pronouns, Who("pronoun"))
    # "se, joka on kutsunut ne koolle" is a subject, whatever its last word ends in.
    yield Name(language.words.convenor, Who("convenor"), "koolle")


def _names_of_groups(language: Language, stems: Iterable[str]) -> Iterator[Name]:
    for stem in sorted(stems):
        pattern = re.compile(_quantified(language) + language.grammar.group_name(stem), re.IGNORECASE)
        yield Name(pattern, Who("groups"), stem, stem.lower())


def _opening(name: str) -> str:
    """Return the first letters of a name that no ending changes."""
    return name.lower()[:3]


def _quantified(language: Language) -> str:
    return rf"(?:\b(?:{language.words.quantifier.pattern})\s+)?"


def _widened(quantified: str, pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(rf"{quantified}(?:{pattern.pattern})", re.IGNORECASE)


def chains_of(mentions: Sequence[Mention], text: str, language: Language) -> tuple[Chain, ...]:
    """Return the mentions as they are joined: "hyvinvointialue, kunnat ja liitto" is one chain."""
    chains: list[list[Mention]] = []
    for mention in mentions:
        last = chains[-1][-1] if chains else None
        # Without cases a preposition goes for all that follows it: "av förbundet och välfärdsområdet".
        goes_on = last and (last.case == mention.case or (not language.grammar.has_cases and mention.case == "subject"))
        if last and goes_on and language.words.joins.fullmatch(text, last.end, mention.start):
            chains[-1].append(replace(mention, case=last.case))
        else:
            chains.append([mention])
    return tuple(tuple(chain) for chain in chains)


def bearer_of(people: Sequence[Who], cast: Cast, *, together: bool) -> Bearer | None:
    """Return how a block names these bearers; None where no block can: a body beside a whole kind of parties."""
    kinds = {who.kind for who in people}
    if not people:
        return None
    if "everyone" in kinds:
        return ALL if together else EACH_PARTY
    if kinds == {"groups"}:
        return EACH_GROUP
    if kinds <= {"party", "body"}:
        ids = list(dict.fromkeys(who.value for who in people))
        return ids[0] if len(ids) == 1 else ids
    if kinds <= {"party", "kind"}:
        return _of_kinds(people, cast, together=together)
    return None


def _of_kinds(people: Sequence[Who], cast: Cast, *, together: bool) -> Bearer | None:
    kind_of = {party.id: party.kind for party in cast.parties}
    named = [who.value if who.kind == "kind" else kind_of[who.value] for who in people]
    if any(who.kind == "party" and cast.only(kind_of[who.value]) is None for who in people):
        return None
    wanted = [kind for kind in dict.fromkeys(kind_of.values()) if kind in named]
    if len(wanted) == len(cast.kinds) > 1:
        return ALL if together else EACH_PARTY
    if together:
        return [party.id for party in cast.parties if party.kind in wanted]
    return EACH_MUNICIPALITY if wanted == ["municipality"] else {"each": wanted}

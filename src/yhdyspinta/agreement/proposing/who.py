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


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody that a text can speak of, ready to be looked for."""

    language: Language
    parties: tuple[KnownParty, ...]
    names: tuple[tuple[re.Pattern[str], Who, str], ...]
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
        for pattern, who, nominative in self.names:
            for match in pattern.finditer(text):
                end = match.end()
                if organ := self.language.organs.match(text, end):
                    # "hyvinvointialueen hallitus": an organ acts for its party.
                    end = organ.end() if self._case(text, match.start(), end, nominative) == "genitive" else end
                word = text[match.start() : end].split()[-1]
                case = self._case(text, match.start(), end, nominative)
                yield Mention(match.start(), end, who, case, self.language.is_plural(word))

    def _case(self, text: str, start: int, end: int, nominative: str) -> str:
        return self.language.case_of(text[start:end].split()[-1], nominative, text[max(0, start - 30) : start])


def cast_of(
    language: Language, parties: Sequence[KnownParty], bodies: Iterable[KnownBody], group_stems: Iterable[str]
) -> Cast:
    """Return everybody that a text with these parties and bodies can speak of."""
    names: list[tuple[re.Pattern[str], Who, str]] = []
    kinds = frozenset(party.kind for party in parties)
    cast = Cast(language, tuple(parties), (), kinds)

    def add(pattern: re.Pattern[str], who: Who, nominative: str = "") -> None:
        names.append((pattern, who, nominative))

    for party in parties:
        for name in dict.fromkeys((*language.party_names(party.name, party.official_name),)):
            add(re.compile(language.inflected(name)), Who("party", party.id), name.split()[-1])
    for body in bodies:
        who = Who("groups") if body.group else Who("body", body.id)
        for name in body.names:
            add(re.compile(language.inflected(name), re.IGNORECASE), who, name.split()[-1])
    quantified = rf"(?:\b{language.quantifier}\s+)?"
    add(_widened(quantified, language.parties), Who("everyone"))
    for kind, pattern in language.kinds.items():
        if kind in kinds:
            add(_widened(quantified, pattern), cast.who_is_of(kind))
    for kind, pattern in language.offices.items():
        if kind in kinds:
            add(pattern, cast.who_is_of(kind))
    add(language.pronouns, Who("pronoun"))
    add(language.convenor, Who("convenor"))
    for stem in sorted(group_stems):
        add(re.compile(quantified + language.group_name(stem), re.IGNORECASE), Who("groups"), stem)
    for head, forms in language.heads.items():
        add(re.compile(rf"\b(?:{forms})\b", re.IGNORECASE), Who("anaphor", head), head)
    return Cast(language, tuple(parties), tuple(names), kinds)


def _widened(quantified: str, pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(rf"{quantified}(?:{pattern.pattern})", re.IGNORECASE)


def chains_of(mentions: Sequence[Mention], text: str, language: Language) -> tuple[tuple[Mention, ...], ...]:
    """Return the mentions as they are joined: "hyvinvointialue, kunnat ja liitto" is one chain."""
    chains: list[list[Mention]] = []
    for mention in mentions:
        last = chains[-1][-1] if chains else None
        # Without cases a preposition goes for all that follows it: "av förbundet och välfärdsområdet".
        goes_on = last and (last.case == mention.case or (not language.has_cases and mention.case == "subject"))
        if last and goes_on and language.joins.fullmatch(text, last.end, mention.start):
            chains[-1].append(replace(mention, case=last.case))
        else:
            chains.append([mention])
    return tuple(tuple(chain) for chain in chains)


def bearer_of(people: Sequence[Who], cast: Cast, *, together: bool) -> Bearer | None:
    """Return how a block names these bearers; None where no block can: a body beside a whole kind of parties."""
    kinds = {who.kind for who in people}
    if "everyone" in kinds:
        return "all" if together else EACH_PARTY
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
        return "all" if together else EACH_PARTY
    if together:
        return [party.id for party in cast.parties if party.kind in wanted]
    return EACH_MUNICIPALITY if wanted == ["municipality"] else {"each": wanted}

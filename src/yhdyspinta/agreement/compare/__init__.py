"""What differs between two agreements or versions: parties, clauses word by word, duties, and what is new for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from yhdyspinta.agreement.blocks import Body, Theme
from yhdyspinta.agreement.charter import Charter
from yhdyspinta.agreement.compare import clauses, duties, party
from yhdyspinta.agreement.compare.clauses import ClauseBeside, ClausePair, PartBeside
from yhdyspinta.agreement.compare.differences import Difference, Names, blocks, differences, whole
from yhdyspinta.agreement.compare.differences import clauses as clause_differences
from yhdyspinta.agreement.compare.differences import parts as parts_said
from yhdyspinta.agreement.compare.duties import DutyPair
from yhdyspinta.agreement.compare.duties import differences as duty_differences
from yhdyspinta.agreement.compare.pairing import Pairs
from yhdyspinta.agreement.compare.party import Concern, Days, PartyChanges, PartyPair, Share
from yhdyspinta.agreement.compare.redlines import Line, Run, redline

__all__ = [
    "ClauseBeside",
    "ClausePair",
    "Comparison",
    "Concern",
    "Difference",
    "DutyPair",
    "Line",
    "PartBeside",
    "PartyChanges",
    "PartyPair",
    "Run",
    "Share",
    "compare",
    "redline",
]

Named: TypeAlias = Body | Theme
LISTS = ("agreement", "parties", "bodies", "parts", "clauses", "duties", "readings", "themes", "goals", "rules", "laws")


def compare(first: Charter, second: Charter, since: dt.date | None = None) -> Comparison:
    """Compare two texts: versions, an agreement and the next one, or the agreements of two regions.

    ``since`` is the first day of the second text, where it is a version that came into force later than its agreement.
    """
    return Comparison(first, second, since)


@dataclass(frozen=True)
class Comparison:
    """What differs between two texts. Each view of it is worked out when it is first asked for.

    Things are the same when their ids are. Where they are not, a clause is known by its words, a party by its codes, a
    theme by its name, a body by its name or as the only one of its clause, and a duty by what it says in its clause.
    """

    first: Charter
    second: Charter
    from_day: dt.date | None = None

    @cached_property
    def days(self) -> Days:
        """From when the second text counts, and until when the first."""
        return party.days_of(self.first, self.second, self.from_day)

    @cached_property
    def languages(self) -> list[str]:
        """The languages that both texts have: the wording is compared in them."""
        return clauses.common_languages(self.first, self.second)

    @cached_property
    def clause_pairs(self) -> tuple[ClausePair, ...]:
        """All clauses of both texts in the order of the second; what is gone stands where it stood."""
        return clauses.clause_pairs(self.first, self.second, self._clause_ids, self._part_ids)

    def side_by_side(self, language: str) -> tuple[ClauseBeside, ...]:
        """Return all clauses word by word, in a language or, where one text lacks it, in one that both have."""
        return tuple(clauses.beside(self.clause_pairs, self._best(language), self.languages))

    def parts_side_by_side(self, language: str) -> tuple[PartBeside, ...]:
        """Return all parts, what they say themselves, word by word, in a language as ``side_by_side``."""
        return tuple(clauses.parts_beside(self.first, self.second, self._part_ids, self._best(language)))

    def _best(self, language: str) -> str:
        return language if language in self.languages or not self.languages else self.languages[0]

    @cached_property
    def duty_pairs(self) -> tuple[DutyPair, ...]:
        """All duties and rights of both texts: those of the second in its order, then those that are gone."""
        return duties.duty_pairs(self.first, self.second, self._duty_ids, self._names)

    @cached_property
    def party_pairs(self) -> tuple[PartyPair, ...]:
        """All parties of both texts: those of the second in its order, then those that are gone."""
        return party.party_pairs(self.first, self.second, self._party_ids)

    def for_party(self, id: str) -> PartyChanges | None:
        """Return what changes for the party that either text calls so; None when neither knows it."""
        found = next((pair for pair in self.party_pairs if pair.goes_by(id)), None)
        return None if found is None else self._changes(found)

    @cached_property
    def for_parties(self) -> tuple[PartyChanges, ...]:
        """What changes for each party, in the agreement's order."""
        return tuple(map(self._changes, self.party_pairs))

    def _changes(self, pair: PartyPair) -> PartyChanges:
        return party.changes_of(self.first, self.second, pair, self.duty_pairs, self.days)

    @cached_property
    def _party_ids(self) -> Pairs:
        return party.party_ids(self.first, self.second)

    @cached_property
    def _clause_ids(self) -> Pairs:
        return clauses.clause_ids(self.first, self.second)

    @cached_property
    def _part_ids(self) -> Pairs:
        return clauses.part_ids(self.first, self.second, self._clause_ids.after)

    @cached_property
    def _duty_ids(self) -> Pairs:
        return duties.duty_ids(self.first, self.second, self._names)

    @cached_property
    def _body_ids(self) -> Pairs:
        pairs, after = _by_name(self.first.bodies, self.second.bodies), self._clause_ids.after
        pairs.add_by_key(
            {body.id: after.get(body.clause, "") for body in self.first.bodies.values()},
            {body.id: body.clause for body in self.second.bodies.values()},
        )
        return pairs

    @cached_property
    def _theme_ids(self) -> Pairs:
        return _by_name(self.first.themes, self.second.themes)

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """What the second text calls by another id: parties, bodies, themes."""
        every = self._party_ids.after | self._theme_ids.after | self._body_ids.after
        return {one: other for one, other in every.items() if one != other}

    @cached_property
    def _names(self) -> Names:
        return Names(self._ids, self._clause_ids.after)

    # What differs field by field, as the blocks hold it: for programs and the terminal.

    @cached_property
    def agreement(self) -> tuple[Difference, ...]:
        """The title, the days, the levels, the council terms."""
        return differences(
            {"agreement": whole(self.first)}, {"agreement": whole(self.second)}, {"agreement": "agreement"}
        )

    @cached_property
    def parties(self) -> tuple[Difference, ...]:
        """Parties added and gone, and names and codes that changed."""
        return differences(blocks(self.first.parties), blocks(self.second.parties), self._party_ids.after, self._names)

    @cached_property
    def bodies(self) -> tuple[Difference, ...]:
        """Bodies, their seats and who convenes them."""
        return differences(blocks(self.first.bodies), blocks(self.second.bodies), self._body_ids.after, self._names)

    @cached_property
    def clauses(self) -> tuple[Difference, ...]:
        """Clauses, in each language that both texts have."""
        return clause_differences(self.clause_pairs, self.languages)

    @cached_property
    def parts(self) -> tuple[Difference, ...]:
        """Parts, what they say themselves, in each language that both texts have."""
        before, after = (parts_said(charter, self.languages) for charter in (self.first, self.second))
        return differences(before, after, self._part_ids.after)

    @cached_property
    def duties(self) -> tuple[Difference, ...]:
        """Duties and rights."""
        return duty_differences(self.duty_pairs)

    @cached_property
    def themes(self) -> tuple[Difference, ...]:
        """Themes of the operative cooperation."""
        return differences(blocks(self.first.themes), blocks(self.second.themes), self._theme_ids.after, self._names)

    @cached_property
    def readings(self) -> tuple[Difference, ...]:
        """Open questions in the text and how they are read."""
        return self._by_id("readings")

    @cached_property
    def goals(self) -> tuple[Difference, ...]:
        """What the cooperation is for."""
        return self._by_id("goals")

    @cached_property
    def rules(self) -> tuple[Difference, ...]:
        """Rules by which nothing becomes due."""
        return self._by_id("rules")

    @cached_property
    def laws(self) -> tuple[Difference, ...]:
        """Statutes that the texts cite."""
        return self._by_id("laws")

    def _by_id(self, kind: str) -> tuple[Difference, ...]:
        before, after = getattr(self.first, kind), getattr(self.second, kind)
        return differences(blocks(before), blocks(after), Pairs(before, after).after, self._names)

    @property
    def nothing(self) -> bool:
        """Whether the two texts say the same."""
        return not any(getattr(self, name) for name in LISTS)

    def as_json(self) -> dict[str, Any]:
        """Return the comparison for programs: each list of differences, and what changes for each party."""
        return {
            "first": self.first.id,
            "second": self.second.id,
            **{name: [difference.as_json() for difference in getattr(self, name)] for name in LISTS},
            "for_parties": [changes.as_json() for changes in self.for_parties],
        }


def _by_name(first: Mapping[str, Named], second: Mapping[str, Named]) -> Pairs:
    """Return which is which: by id, else by a name that nothing else has."""
    pairs = Pairs(first, second)
    pairs.add_by_key(*({id: str(each.name).casefold() for id, each in named.items()} for named in (first, second)))
    return pairs

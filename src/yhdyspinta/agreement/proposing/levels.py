"""The levels of the cooperation, by headings such as "Taso 2" or "Taktinen taso", else by sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.model import ClauseText, Proposal
from yhdyspinta.agreement.proposing.sentences import Sentence

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_HIGHEST = 9
_AROUND_NAMES = " .,:–-"


@dataclass(frozen=True, slots=True)
class FoundLevel:
    """A level with its number, its name as the text has it, and the clause that it stands in or above."""

    number: int
    name: str
    clause: str


def levels_of(
    clauses: Sequence[ClauseText], sentences: Sequence[Sentence], language: Language
) -> tuple[FoundLevel, ...]:
    """Return the levels that headings name; where none does, those that sentences name, in their order."""
    found: dict[int, FoundLevel] = {}
    for clause in clauses:
        for heading in (clause.part, clause.title):
            if not (match := language.words.level.match(heading)):
                continue
            name = _name(match, heading)
            known = next((level.number for level in found.values() if level.name == name), len(found) + 1)
            number = _number(match) or known
            if 1 <= number <= _HIGHEST:
                found.setdefault(number, FoundLevel(number, name, clause.id))
    return tuple(found[number] for number in sorted(found)) or _of_sentences(sentences, language)


def _of_sentences(sentences: Sequence[Sentence], language: Language) -> tuple[FoundLevel, ...]:
    named: dict[str, str] = {}
    for sentence in sentences:
        for name, words in language.level_words.items():
            if words.search(sentence.text):
                named.setdefault(name, sentence.clause.id)
    return tuple(FoundLevel(number, name, clause) for number, (name, clause) in enumerate(named.items(), 1))


def level_of(clause: ClauseText, levels: Sequence[FoundLevel], language: Language) -> int | None:
    """Return the level that a clause stands under, by its own title or its part's."""
    for heading in (clause.title, clause.part):
        if match := language.words.level.match(heading):
            name = _name(match, heading)
            return _number(match) or next((level.number for level in levels if level.name == name), None)
    return None


def level_proposals(
    levels: Sequence[FoundLevel], with_groups: Collection[int], language: Language
) -> Iterator[Proposal]:
    """Return the levels of the front matter, one each; the lowest that speaks of groups has them."""
    for level in levels:
        data: dict[str, object] = {"number": level.number, "name": {language.code: level.name}}
        if with_groups and level.number == max(with_groups):
            data["groups"] = True
        yield Proposal("level", level.clause, "", (), data, (), "level-heading")


def _name(match: re.Match[str], heading: str) -> str:
    return (match["name"] or "").strip(_AROUND_NAMES) or heading.strip()


def _number(match: re.Match[str]) -> int | None:
    written = match["number"] or match["before"]
    if not written:
        return None
    return int(written) if written.isdigit() else _ROMAN.get(written.lower())

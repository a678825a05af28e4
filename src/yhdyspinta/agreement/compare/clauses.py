"""Clauses side by side: each with the one it became, though its id or its place is another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from yhdyspinta.agreement.charter import Charter, Clause, Part
from yhdyspinta.agreement.compare.pairing import Pairs, Vocabulary, by_likeness, likeness
from yhdyspinta.agreement.compare.redlines import Line, Run, lines, paragraphs, plain, redline
from yhdyspinta.agreement.words import LANGUAGES

# Two clauses of other ids are one clause when they share so much of their words.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class ClausePair:
    """A clause as it was and as it is; None where a text does not have it."""

    before: Clause | None
    after: Clause | None
    moved: tuple[Part, Part] | None = None
    """The parts, when the clause stands in another part than before."""


@dataclass(frozen=True, slots=True)
class ClauseBeside:
    """A pair of clauses in one language, word by word."""

    pair: ClausePair
    title: tuple[Run, ...]
    lines: tuple[Line, ...]
    elsewhere: tuple[str, ...] = ()
    """Other languages in which the wording changes too."""

    @property
    def change(self) -> str:
        """`gone`, `added`, `changed` (its words in any language, its kind or its part), or `same`."""
        before, after = self.pair.before, self.pair.after
        if before is None or after is None:
            return "added" if before is None else "gone"
        wording = any(kind != "same" for kind, _ in self.title) or any(line.change != "same" for line in self.lines)
        changed = wording or self.elsewhere or self.pair.moved or before.kind != after.kind
        return "changed" if changed else "same"


@dataclass(frozen=True, slots=True)
class PartBeside:
    """A part's own title and words in one language, without its clauses; None where a text does not have it."""

    before: Part | None
    after: Part | None
    title: tuple[Run, ...]
    lines: tuple[Line, ...]

    @property
    def change(self) -> str:
        """`gone`, `added`, `changed` or `same`."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "gone"
        wording = any(kind != "same" for kind, _ in self.title) or any(line.change != "same" for line in self.lines)
        return "changed" if wording else "same"


def common_languages(first: Charter, second: Charter) -> list[str]:
    """Return the languages that both texts have, in the order of the product's languages."""
    shared = set(first.languages) & set(second.languages)
    return [*(each for each in LANGUAGES if each in shared), *sorted(shared.difference(LANGUAGES))]


def clause_ids(first: Charter, second: Charter) -> Pairs:
    """Return which clause of the first text is which of the second: by id, by their words, by a title of their own."""
    pairs = Pairs(first.clause_by_id, second.clause_by_id)
    mine, theirs = pairs.alone
    languages = common_languages(first, second)
    if mine and theirs and languages:
        language, vocabulary = languages[0], Vocabulary()
        masks = [
            {id: vocabulary.mask(_wording(charter.clause_by_id[id], language)) for id in ids}
            for charter, ids in ((first, mine), (second, theirs))
        ]
        pairs.add(by_likeness(mine, theirs, lambda one, other: likeness(masks[0][one], masks[1][other]), _ALIKE))
        pairs.add_by_key(_titles(first.clauses, language), _titles(second.clauses, language))
    return pairs


def clause_pairs(first: Charter, second: Charter, ids: Pairs, parts: Pairs) -> tuple[ClausePair, ...]:
    """Return all clauses of both texts in the order of the second; what is gone stands where it stood."""
    moved = _moved(first, second, ids.after, parts.after)
    gone_after: dict[str | None, list[ClausePair]] = {}
    last: str | None = None
    for clause in first.clauses:
        if clause.id in ids.after:
            last = ids.after[clause.id]
        else:
            gone_after.setdefault(last, []).append(ClausePair(clause, None))
    before = ids.before
    found = gone_after.pop(None, [])
    for clause in second.clauses:
        one = first.clause_by_id[before[clause.id]] if clause.id in before else None
        found.append(ClausePair(one, clause, moved.get(clause.id)))
        found += gone_after.get(clause.id, [])
    return tuple(found)


def beside(pairs: Sequence[ClausePair], language: str, languages: Sequence[str]) -> Iterator[ClauseBeside]:
    """Yield pairs of clauses word by word in a language; a text without it speaks its own."""
    others = [other for other in languages if other != language]
    for pair in pairs:
        elsewhere = tuple(other for other in others if _differs(pair, other))
        yield ClauseBeside(pair, *_worded(pair.before, pair.after, language), elsewhere)


def parts_beside(first: Charter, second: Charter, ids: Pairs, language: str) -> Iterator[PartBeside]:
    """Yield all parts of both texts, those of the second in its order, then those that are gone."""
    old, new = ({part.id: part for part in charter.parts} for charter in (first, second))
    before = ids.before
    pairs = [(old.get(before.get(id, "")), part) for id, part in new.items()]
    for one, other in (*pairs, *((old[id], None) for id in ids.alone[0])):
        yield PartBeside(one, other, *_worded(one, other, language))


def _worded(
    before: Clause | Part | None, after: Clause | Part | None, language: str
) -> tuple[tuple[Run, ...], tuple[Line, ...]]:
    """Return the title and the paragraphs of something beside what it became."""
    titles = [each.title.get(language) if each else "" for each in (before, after)]
    prose = [each.html(language) if each else "" for each in (before, after)]
    return tuple(redline(*titles)), lines(paragraphs(prose[0]), paragraphs(prose[1]))


def _differs(pair: ClausePair, language: str) -> bool:
    before, after = pair.before, pair.after
    if before is None or after is None:
        return False
    return before.title.get(language) != after.title.get(language) or before.html(language) != after.html(language)


def _wording(clause: Clause, language: str) -> str:
    return f"{clause.title.get(language)} {plain(clause.html(language))}"


def _titles(titled: Iterable[Clause | Part], language: str) -> dict[str, str]:
    return {each.id: each.title.get(language).casefold() for each in titled}


def _moved(
    first: Charter, second: Charter, ids: Mapping[str, str], parts: Mapping[str, str]
) -> dict[str, tuple[Part, Part]]:
    """Return the clauses of the second text that stand in another part than in the first, with both parts."""
    old, new = ({part.id: part for part in charter.parts} for charter in (first, second))
    found = {}
    for one, other in ids.items():
        before, after = first.clause_by_id[one].part, second.clause_by_id[other].part
        if before in old and after in new and parts.get(before) != after:
            found[other] = old[before], new[after]
    return found


def part_ids(first: Charter, second: Charter, ids: Mapping[str, str]) -> Pairs:
    """Return which part is which: by id, by title, or by the clauses they share. A part renamed moves no clause."""
    old, new = ({part.id: part for part in charter.parts} for charter in (first, second))
    pairs = Pairs(old, new)
    pairs.add_by_key(_titles(first.parts, ""), _titles(second.parts, ""))
    shared = Counter((first.clause_by_id[one].part, second.clause_by_id[other].part) for one, other in ids.items())
    pairs.add(by_likeness(*pairs.alone, lambda one, other: shared[one, other], 1))
    return pairs

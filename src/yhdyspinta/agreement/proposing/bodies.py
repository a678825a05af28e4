"""Bodies and groups by the words they are made of: "kuntakokous", "strategisen tason foorumi", "yhteistyöryhmät"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yhdyspinta.agreement.proposing.known import KnownBody
from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.levels import FoundLevel, level_of, levels_of
from yhdyspinta.agreement.proposing.model import ClauseText, Mark, Proposal
from yhdyspinta.agreement.proposing.sentences import Sentence
from yhdyspinta.agreement.proposing.when import cadence_of
from yhdyspinta.agreement.slugs import free, slug

_SHORT = re.compile(r",?\s+\(?(?P<short>[A-ZÅÄÖ]{3,}[A-ZÅÄÖ0-9-]*)\b\)?")
_PROPER = re.compile(r"(?:^|\s)((?:[A-ZÅÄÖ][\w-]+\s+)(?:[\w-]+\s+){0,3})$")
_LONGEST_ID = 40


@dataclass(slots=True)
class FoundBody:
    """A body as the text names it, where it does so first, and what is said of it along the way."""

    id: str
    name: str
    head: str
    sentence: Sentence
    marks: tuple[Mark, ...]
    short: str = ""
    level: int | None = None
    term_bound: bool = False
    convened_by: list[str] = field(default_factory=list)
    agenda_by: list[str] = field(default_factory=list)

    def proposal(self, language: Language) -> Proposal:
        """Return the block, as far as the text gives it."""
        data: dict[str, object] = {"id": self.id, "name": {language.code: self.name}}
        if self.level is not None:
            data["level"] = self.level
        if self.short:
            data["short-name"] = {language.code: self.short}
        if self.convened_by:
            data["convened-by"] = self.convened_by
        if self.agenda_by:
            data["agenda-by"] = self.agenda_by
        unsaid = () if self.level is not None else ("level",)
        return Proposal("body", self.sentence.clause.id, self.sentence.text, self.marks, data, unsaid, "named-body")


@dataclass(frozen=True, slots=True)
class Structure:
    """What a text's structures are: its levels, its bodies, the words for its groups, and the levels of these."""

    levels: tuple[FoundLevel, ...]
    bodies: tuple[FoundBody, ...]
    groups: frozenset[str]
    group_levels: frozenset[int]


def structure_of(clauses: Sequence[ClauseText], sentences: Sequence[Sentence], language: Language) -> Structure:
    """Return the levels, bodies and groups that a text speaks of."""
    levels = levels_of(clauses, sentences, language)
    numbers = {clause.id: number for clause in clauses if (number := level_of(clause, levels, language))}
    groups: set[str] = set()
    group_levels: set[int] = set()
    for sentence in sentences:
        for match in language.words.group_plural.finditer(sentence.text):
            if _first_part(match["stem"]) not in language.stop_prefixes:
                groups.add(match["stem"].lower() + match["head"].lower())
                group_levels |= {numbers[sentence.clause.id]} if sentence.clause.id in numbers else set()
    finder = _Finder(language, numbers, frozenset(groups))
    for sentence in sentences:
        finder.look(sentence)
    finder.add_bare()
    return Structure(levels, tuple(finder.found.values()), frozenset(groups), frozenset(group_levels))


def known_bodies(structure: Structure, known: Iterable[KnownBody]) -> tuple[tuple[KnownBody, ...], Mapping[str, str]]:
    """Return all bodies with the names they go by, and for each body found the id it goes by.

    A body found is one of those confirmed where it shares a name with it, whole or short.
    """
    by_id = {body.id: body for body in known}
    named = {name.lower(): body.id for body in by_id.values() for name in body.names}
    ids: dict[str, str] = {}
    for body in structure.bodies:
        names = tuple(filter(None, (body.name, body.short if body.short != body.head else "")))
        same = named.get(body.name.lower()) or named.get(body.short.lower())
        id_ = ids[body.id] = same or body.id
        before = by_id[id_] if same else KnownBody(id_, ())
        by_id[id_] = replace(before, names=tuple(dict.fromkeys((*before.names, *names))))
    return tuple(by_id.values()), ids


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that may name a body: "kuntakokous" has the first part "kunta" and the head "kokous"."""

    match: re.Match[str]
    head: str

    @property
    def first_part(self) -> str:
        return _first_part(self.match["stem"])


class _Finder:
    """Looks at a text sentence by sentence for the bodies that it names."""

    def __init__(self, language: Language, numbers: Mapping[str, int], groups: frozenset[str]) -> None:
        """Take the numbers of the levels that clauses stand under, and the words for groups."""
        self.language = language
        self.numbers = numbers
        self.groups = groups
        self.found: dict[str, FoundBody] = {}
        self._heads = tuple(language.heads)
        named = "|".join(f"(?P<head{number}>{forms})" for number, forms in enumerate(language.heads.values()))
        self._pattern = re.compile(rf"\b(?P<stem>[\w-]*?)(?:{named})\b", re.IGNORECASE)
        self._bare: dict[str, tuple[Sentence, _Word]] = {}

    def look(self, sentence: Sentence) -> None:
        """Add the bodies that a sentence names; keep bare nouns for the end."""
        text, joins = sentence.text, self.language.words.joins
        before: list[re.Match[str]] = []
        for word in self._words(text):
            start, name = self._named(text, word)
            # The level above is that of the body a sentence is about, not of those it names along the way.
            joined = len(before) == 1 and joins.fullmatch(text, before[0].end(), start)
            level = self.numbers.get(sentence.clause.id) if not before or joined else None
            before.append(word.match)
            if name:
                self._add(name, word.head, sentence, Mark(start, word.match.end(), "body"), level)
            elif not self._of_groups(word):
                self._bare.setdefault(word.match["stem"].lower() + word.head, (sentence, word))

    def _words(self, text: str) -> Iterator[_Word]:
        """Return the words that a body can be made of, save those that only look so and roles ("foorumina")."""
        for match in self._pattern.finditer(text):
            head = next(name for number, name in enumerate(self._heads) if match[f"head{number}"])
            word = _Word(match, head)
            before = text[max(0, match.start() - 30) : match.start()]
            case = self.language.grammar.case_of(match[0], word.first_part + head, before)
            if word.first_part not in self.language.stop_prefixes and case != "as":
                yield word

    def _of_groups(self, word: _Word) -> bool:
        return any(word.match[0].lower().startswith(group) for group in self.groups)

    def _named(self, text: str, word: _Word) -> tuple[int, str]:
        """Return the name that a word gives a body, and where it begins; empty for a bare noun and for groups."""
        match, grammar = word.match, self.language.grammar
        start = match.start()
        if self._of_groups(word) and (word.first_part or self.language.words.group_plural.fullmatch(match[0])):
            return start, ""
        if word.first_part:
            generic = word.first_part in self.language.generic_prefixes
            return (start, "") if generic else _proper_name(text, match, grammar.body_name(match["stem"], word.head))
        owner = grammar.modifiers(text[:start], word.head, self.language.not_of_a_name)
        if not owner.strip():
            return start, ""
        start -= len(owner)
        # A word that opens the sentence is written as within one, save a name: "Keski-Suomen".
        opening = start == 0 and "-" not in owner.partition(" ")[0]
        written = owner[0].lower() + owner[1:] if opening else owner
        return start, f"{written.strip()} {grammar.after_owner(owner, word.head)}"

    def _add(self, name: str, head: str, sentence: Sentence, mark: Mark, level: int | None) -> None:
        body = self.found.get(name.lower())
        if body is None:
            taken = {other.id for other in self.found.values()}
            body = FoundBody(free(slug(name, most=_LONGEST_ID), taken), name, head, sentence, (mark,))
            self.found[name.lower()] = body
        if body.level is None:
            body.level = level
        if not body.short and (short := _SHORT.match(sentence.text, mark.end)):
            body.short = short["short"]
        # "valtuustokauden foorumi" meets in each term, unless the words before it say how often.
        said = cadence_of(sentence.text, self.language, max(0, mark.start - 40), mark.start)
        of_a_term = self.language.words.of_a_term.search(sentence.text, max(0, mark.start - 20), mark.end)
        body.term_bound |= bool(of_a_term) and not said

    def add_bare(self) -> None:
        """A bare "foorumi" is the one body of that head, or a body where there is none; "kokous" is but a meeting."""
        of_groups = frozenset(map(self.language.grammar.group_head, self.groups))
        for written, (sentence, word) in sorted(self._bare.items(), key=lambda item: -len(item[0])):
            same = [body for body in self.found.values() if body.head == word.head]
            if len(same) == 1 and not same[0].short and written == word.head and word.head not in of_groups:
                same[0].short = word.head
            elif not same and word.head not in self.language.never_alone:
                mark = Mark(word.match.start(), word.match.end(), "body")
                name = self.language.grammar.body_name(word.match["stem"], word.head)
                self._add(name, word.head, sentence, mark, self.numbers.get(sentence.clause.id))


def _first_part(stem: str) -> str:
    return stem.lower().strip("-")


def _proper_name(text: str, match: re.Match[str], name: str) -> tuple[int, str]:
    """Take the words before it too where an abbreviation follows: "Keski-Suomen turvallisuus- ja … (KSTURVA)"."""
    before = _PROPER.search(text[: match.start()]) if _SHORT.match(text, match.end()) else None
    if before is None:
        return match.start(), name
    # The form that stands there is kept where it is not inflected: "beredskapskommission".
    written = match[0] if name.startswith(match[0]) else name
    return before.start(1), before[1] + written

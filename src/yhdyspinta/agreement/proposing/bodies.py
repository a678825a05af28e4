"""Levels, bodies and groups by the words they are made of: "kuntakokous", "Taso 2", "yhteistyöryhmät"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from yhdyspinta.agreement.proposing.known import KnownBody
from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.model import ClauseText, Mark, Proposal
from yhdyspinta.agreement.proposing.sentences import Sentence
from yhdyspinta.agreement.proposing.slugs import slug
from yhdyspinta.agreement.proposing.when import cadence_of

_SHORT = re.compile(r",?\s+\(?(?P<short>[A-ZÅÄÖ]{3,}[A-ZÅÄÖ0-9-]*)\b\)?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


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
    """What a text's structures are: its levels, its bodies, and the words for its groups."""

    levels: tuple[tuple[int, str, ClauseText], ...]
    bodies: tuple[FoundBody, ...]
    groups: frozenset[str]
    group_levels: frozenset[int]


def structure_of(clauses: Sequence[ClauseText], sentences: Sequence[Sentence], language: Language) -> Structure:
    """Return the levels, bodies and groups that a text speaks of."""
    levels = _levels(clauses, language)
    numbers = {clause.id: number for clause in clauses if (number := _level_of(clause, levels, language))}
    if not levels:
        levels = _levels_in(sentences, language)
    groups: set[str] = set()
    group_levels: set[int] = set()
    for sentence in sentences:
        for match in language.words.group_plural.finditer(sentence.text):
            if _stem(match["stem"]) not in language.stop_prefixes:
                groups.add(match["stem"].lower() + match["head"].lower())
                group_levels |= {numbers[sentence.clause.id]} if sentence.clause.id in numbers else set()
    bodies = _bodies(sentences, numbers, frozenset(groups), language)
    return Structure(levels, bodies, frozenset(groups), frozenset(group_levels))


def known_bodies(structure: Structure, known: Iterable[KnownBody]) -> tuple[KnownBody, ...]:
    """Return the confirmed bodies, and those found that are none of them."""
    confirmed = tuple(known)
    taken = {name.lower() for body in confirmed for name in body.names}
    found = [
        KnownBody(body.id, tuple(filter(None, (body.name, body.short if body.short != body.head else ""))))
        for body in structure.bodies
        if body.name.lower() not in taken
    ]
    return (*confirmed, *found)


# --- levels


def _levels(clauses: Sequence[ClauseText], language: Language) -> tuple[tuple[int, str, ClauseText], ...]:
    found: dict[int, tuple[int, str, ClauseText]] = {}
    for clause in clauses:
        for heading in (clause.part, clause.title):
            if not (match := language.words.level.match(heading)):
                continue
            number = _number(match) or _known_word(found, match[0]) or len(found) + 1
            name = match["name"].strip(" .,:–-") if match["name"] else ""
            if 1 <= number <= 9:
                found.setdefault(number, (number, name or heading.strip(), clause))
    return tuple(found[number] for number in sorted(found))


def _levels_in(sentences: Sequence[Sentence], language: Language) -> tuple[tuple[int, str, ClauseText], ...]:
    """Return the levels that sentences name where no heading does, in their order."""
    found: dict[str, ClauseText] = {}
    for sentence in sentences:
        for name, words in language.level_words.items():
            if name not in found and words.search(sentence.text):
                found[name] = sentence.clause
    return tuple((number, name, clause) for number, (name, clause) in enumerate(found.items(), 1))


def _number(match: re.Match[str]) -> int | None:
    written = next((match[name] for name in ("number", "before") if match[name]), None)
    if written is None:
        return None
    return int(written) if written.isdigit() else _ROMAN.get(written.lower())


def _known_word(found: dict[int, tuple[int, str, ClauseText]], words: str) -> int | None:
    return next((number for number, name, _ in found.values() if name == words.strip()), None)


def _level_of(clause: ClauseText, levels: Sequence[tuple[int, str, ClauseText]], language: Language) -> int | None:
    """Return the level that a clause stands under, by its own title or its part's."""
    for heading in (clause.title, clause.part):
        if match := language.words.level.match(heading):
            name = match["name"].strip(" .,:–-") if match["name"] else heading.strip()
            return _number(match) or next((number for number, known, _ in levels if known == name), None)
    return None


def level_proposals(structure: Structure, language: Language) -> Iterable[Proposal]:
    """Return the levels of the front matter, one each."""
    for number, name, clause in structure.levels:
        data: dict[str, object] = {"number": number, "name": {language.code: name}}
        if number in structure.group_levels and number == max(structure.group_levels):
            data["groups"] = True
        yield Proposal("level", clause.id, "", (), data, (), "level-heading")


# --- bodies


@cache
def _head_pattern(language_code: str, heads: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    assert language_code
    named = "|".join(f"(?P<head{number}>{forms})" for number, (_, forms) in enumerate(heads))
    return re.compile(rf"\b(?P<stem>[\w-]*?)(?:{named})\b", re.IGNORECASE)


def _stem(stem: str) -> str:
    return stem.lower().strip("-")


def _bodies(
    sentences: Sequence[Sentence], numbers: dict[str, int], groups: frozenset[str], language: Language
) -> tuple[FoundBody, ...]:
    heads = tuple(language.heads.items())
    pattern = _head_pattern(language.code, heads)
    found: dict[str, FoundBody] = {}
    bare: dict[str, tuple[Sentence, re.Match[str]]] = {}
    for sentence in sentences:
        for match in pattern.finditer(sentence.text):
            head = next(name for number, (name, _) in enumerate(heads) if match[f"head{number}"])
            _look(sentence, match, head, numbers, groups, found, bare, language)
    _add_bare(bare, found, numbers, frozenset(map(language.grammar.group_head, groups)), language)
    return tuple(found.values())


def _look(  # what one word says, and where it is put
    sentence: Sentence,
    match: re.Match[str],
    head: str,
    numbers: dict[str, int],
    groups: frozenset[str],
    found: dict[str, FoundBody],
    bare: dict[str, tuple[Sentence, re.Match[str]]],
    language: Language,
) -> None:
    text, stem = sentence.text, _stem(match["stem"])
    case = language.grammar.case_of(match[0], stem + head, text[max(0, match.start() - 30) : match.start()])
    if stem in language.stop_prefixes or case == "as":
        return
    start, name = match.start(), ""
    of_groups = any(match[0].lower().startswith(group) for group in groups)
    if of_groups and (stem or language.words.group_plural.fullmatch(match[0])):
        return
    if stem and stem not in language.generic_prefixes:
        name = language.grammar.body_name(match["stem"], head)
        start, name = _proper_name(text, match, name)
    elif not stem and (modifiers := language.grammar.modifiers(text[: match.start()], head, language.not_of_a_name)):
        start = match.start() - len(modifiers)
        # A word that opens the sentence is written as within one, save a name: "Keski-Suomen".
        opening = start == 0 and "-" not in modifiers.partition(" ")[0]
        owner = modifiers[0].lower() + modifiers[1:] if opening else modifiers
        name = f"{owner.strip()} {language.grammar.after_owner(modifiers, head)}"
    if not name and of_groups:
        return
    if not name:
        bare.setdefault(match["stem"].lower() + head, (sentence, match))
        return
    # The level above is that of the body a sentence is about, not of those it names along the way.
    before = [other for other in _heads_in(text, language) if other.start() < start]
    about = not before or bool(language.words.joins.fullmatch(text, before[-1].end(), start) and len(before) == 1)
    level = numbers.get(sentence.clause.id) if about else None
    _add(found, name, head, sentence, Mark(start, match.end(), "body"), level, language)


def _heads_in(text: str, language: Language) -> list[re.Match[str]]:
    """The words of a sentence that a body, or what stands for it, is made of."""
    found = _head_pattern(language.code, tuple(language.heads.items())).finditer(text)
    kept = [match for match in found if _stem(match["stem"]) not in language.stop_prefixes]
    return [
        match
        for match in kept
        if language.grammar.case_of(match[0], "", text[max(0, match.start() - 30) : match.start()]) != "as"
    ]


def _proper_name(text: str, match: re.Match[str], name: str) -> tuple[int, str]:
    """Take the words before it too where an abbreviation follows: "Keski-Suomen turvallisuus- ja … (KSTURVA)"."""
    if not _SHORT.match(text, match.end()):
        return match.start(), name
    before = re.search(r"(?:^|\s)((?:[A-ZÅÄÖ][\w-]+\s+)(?:[\w-]+\s+){0,3})$", text[: match.start()])
    return (before.start(1), before[1] + _as_written(match, name)) if before else (match.start(), name)


def _as_written(match: re.Match[str], name: str) -> str:
    """A name in capitals keeps the form it has, where that is not inflected: "beredskapskommission"."""
    return match[0] if name.startswith(match[0]) else name


def _add(
    found: dict[str, FoundBody],
    name: str,
    head: str,
    sentence: Sentence,
    mark: Mark,
    level: int | None,
    language: Language,
) -> None:
    body = found.get(name.lower())
    if body is None:
        taken = {other.id for other in found.values()}
        body = found[name.lower()] = FoundBody(slug(name, taken, 40), name, head, sentence, (mark,), level=level)
    if not body.sentence.text and sentence.text:
        body.sentence, body.marks = sentence, (mark,)
    if body.level is None:
        body.level = level
    if not body.short and (short := _SHORT.match(sentence.text, mark.end)):
        body.short = short["short"]
    before = cadence_of(sentence.text, language, max(0, mark.start - 40), mark.start)
    body.term_bound |= (
        bool(language.words.of_a_term.search(sentence.text, max(0, mark.start - 20), mark.end)) and not before
    )


def _add_bare(
    bare: dict[str, tuple[Sentence, re.Match[str]]],
    found: dict[str, FoundBody],
    numbers: dict[str, int],
    of_groups: frozenset[str],
    language: Language,
) -> None:
    """A bare "foorumi" is the one body of that head, or a body where there is none; "kokous" is but a meeting."""
    for word, (sentence, match) in sorted(bare.items(), key=lambda item: -len(item[0])):
        head = next(name for name in language.heads if word.endswith(name))
        same = [body for body in found.values() if body.head == head]
        if len(same) == 1 and not same[0].short and word == head and head not in of_groups:
            same[0].short = head
        elif not same and head not in language.never_alone:
            mark = Mark(match.start(), match.end(), "body")
            _add(
                found,
                language.grammar.body_name(match["stem"], head),
                head,
                sentence,
                mark,
                numbers.get(sentence.clause.id),
                language,
            )

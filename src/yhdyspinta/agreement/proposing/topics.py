"""Goals and themes: what the cooperation is for, and what its groups are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.model import Mark, Proposal
from yhdyspinta.agreement.proposing.sentences import Sentence
from yhdyspinta.agreement.slugs import slug

_ITEM = re.compile(r"^(?:[-–•*]\s*|\w{1,2}[.)]\s+)")
_ENDS = " .;:,–-"
_LONGEST = 200


def goals_of(sentences: Sequence[Sentence], language: Language) -> Iterator[Proposal]:
    """Return the goals that sentences and lists name, each part with a verb of its own."""
    taken: set[str] = set()
    for sentence in sentences:
        for start, end in _goal_parts(sentence, language):
            words = sentence.text[start:end]
            id_ = slug(words)
            if id_ in taken:
                continue
            taken.add(id_)
            data = {"id": id_, "name": {language.code: words[:_LONGEST]}}
            rule = "goal-item" if sentence.lead else "goal-sentence"
            yield Proposal("goal", sentence.clause.id, sentence.text, (Mark(start, end, "object"),), data, (), rule)


def _goal_parts(sentence: Sentence, language: Language) -> list[tuple[int, int]]:
    text = sentence.text
    if language.words.goal_lead.search(sentence.lead) or (
        sentence.lead and language.words.goal_title.search(sentence.clause.title)
    ):
        item = _ITEM.match(text)
        return _trimmed(text, [(item.end() if item else 0, len(text))])
    lead = language.words.goal_lead.search(text)
    if not lead or text.endswith(":") or language.words.not_binding.search(text, 0, lead.end()):
        return []
    verbs = [verb.start() for verb in language.words.goal_verbs.finditer(text, lead.end())]
    if not verbs:
        return _trimmed(text, [(lead.end(), len(text))])
    cuts = [verbs[0]]
    for start in verbs[1:]:
        # "valmistella ja toteuttaa suunnitelmat" is one: a verb alone belongs to the next.
        if len(text[cuts[-1] : start].split()) > 2 and language.words.theme_joins.search(text[:start]):
            cuts.append(start)
    return _trimmed(text, list(zip(cuts, [*cuts[1:], len(text)], strict=True)), language)


def _trimmed(text: str, parts: list[tuple[int, int]], language: Language | None = None) -> list[tuple[int, int]]:
    """Take off the joining word and the marks at the ends; parts of fewer than two words say nothing."""
    found: list[tuple[int, int]] = []
    for begin, end in parts:
        part = text[begin:end]
        if language and (join := language.words.theme_joins.search(part)):
            part = part[: join.start()]
        stripped = part.rstrip(_ENDS)
        start = begin + len(stripped) - len(stripped.lstrip(_ENDS))
        stripped = stripped.lstrip(_ENDS)
        if len(stripped.split()) > 1:
            found.append((start, start + len(stripped)))
    return found


def themes_of(sentences: Sequence[Sentence], language: Language) -> Iterator[Proposal]:
    """Return the topics listed for groups and networks, as they stand; in the genitive the name is still open."""
    taken: set[str] = set()
    for sentence in sentences:
        for start, end in _listed(sentence, language):
            words = sentence.text[start:end]
            unsaid = ("name",) if not sentence.lead and language.grammar.is_genitive(words) else ()
            id_ = slug(words)
            if id_ in taken:
                continue
            taken.add(id_)
            data = {"id": id_, "name": {language.code: words[:_LONGEST]}}
            rule = "theme-item" if sentence.lead else "theme-list"
            yield Proposal("theme", sentence.clause.id, sentence.text, (Mark(start, end, "theme"),), data, unsaid, rule)


def _listed(sentence: Sentence, language: Language) -> list[tuple[int, int]]:
    text = sentence.text
    if sentence.lead:
        item = _ITEM.match(text)
        is_theme = language.words.theme_lead.search(sentence.lead) and not language.words.goal_lead.search(
            sentence.lead
        )
        return _stripped(text, item.end() if item else 0, len(text)) if is_theme else []
    match = language.words.theme_list.search(text)
    if not match or "," not in match["list"]:
        return []
    spans: list[tuple[int, int]] = []
    start = match.start("list")
    pieces = [*re.finditer(r",\s*", match["list"])]
    ends = [*(start + piece.start() for piece in pieces), match.end("list")]
    starts = [start, *(start + piece.end() for piece in pieces)]
    for first, last in zip(starts, ends, strict=True):
        spans.extend(_stripped(text, first, last))
    return [*spans[:-1], *_last_two(text, spans[-1], language)] if spans else []


def _last_two(text: str, span: tuple[int, int], language: Language) -> list[tuple[int, int]]:
    """At its end "…, kotouttamisen ja kaavoituksen" has two topics when both stand in one case, else one."""
    start, end = span
    join = re.search(r"\s(?:ja|sekä|och|samt)\s", text[start:end])
    if not join:
        return [span]
    first, second = text[start : start + join.start()], text[start + join.end() : end]
    if first.endswith("-") or language.grammar.is_genitive(first) != language.grammar.is_genitive(second):
        return [span]
    return [(start, start + join.start()), (start + join.end(), end)]


def _stripped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = text[start:end]
    left = len(words) - len(words.lstrip(_ENDS))
    right = len(words) - len(words.rstrip(_ENDS))
    return [(start + left, end - right)] if words.strip(_ENDS) else []

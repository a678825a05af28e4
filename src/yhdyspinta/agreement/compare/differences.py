"""What one text holds otherwise than another, field by field, as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias

from yhdyspinta.agreement.blocks import Block
from yhdyspinta.agreement.charter import Charter
from yhdyspinta.agreement.compare.clauses import ClausePair
from yhdyspinta.agreement.compare.redlines import plain
from yhdyspinta.agreement.words import LANGUAGES

Change: TypeAlias = Literal["added", "gone", "changed"]
Fields: TypeAlias = Mapping[str, tuple[Any, Any]]
Said: TypeAlias = Mapping[str, tuple[str, dict[str, Any]]]
"""Things by id: the title of each, and its fields."""


class Names(NamedTuple):
    """What the second text calls by other ids: parties, bodies and themes; and which clause became which."""

    ids: Mapping[str, str]
    clauses: Mapping[str, str]


SAME_NAMES = Names({}, {})
_ROOM = 80
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is in one agreement only, or otherwise in the other."""

    change: Change
    id: str
    title: str
    fields: Fields = field(default_factory=dict)
    """For a change: each field that differs, before and after."""

    def words(self) -> list[str]:
        """Return the difference in short lines for people."""
        if self.change != "changed":
            return [self.title]
        return [f"{name}: {' → '.join(_short(before, after))}" for name, (before, after) in self.fields.items()]

    def as_json(self) -> dict[str, Any]:
        """Return the difference for programs."""
        fields = {key: list(pair) for key, pair in self.fields.items()}
        return {"change": self.change, "id": self.id, "title": self.title, "fields": fields}


def differences(
    before: Said, after: Said, pairs: Mapping[str, str], names: Names = SAME_NAMES
) -> tuple[Difference, ...]:
    """Return what is gone, then what was added or changed, in the order of the second text.

    ``pairs`` says which id became which. That what is named goes by another id is no change.
    """
    came_from = {other: one for one, other in pairs.items()}
    found = [Difference("gone", id, title) for id, (title, _) in before.items() if id not in pairs]
    for id, (title, fields) in after.items():
        if id not in came_from:
            found.append(Difference("added", id, title))
            continue
        changed = dict(fields_of(before[came_from[id]][1], fields, names))
        if came_from[id] != id:
            changed = {"id": (came_from[id], id), **changed}
        if changed:
            found.append(Difference("changed", id, title, changed))
    return tuple(found)


def fields_of(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> Fields:
    """Return the fields that say something else, each as it was and as it is."""
    found = {}
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old != new and renamed(old, names.clauses if name == "clause" else names.ids) != new:
            found[name] = old, new
    return found


def renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """Return a field's value with what it names called as in the second text; words of a language stay."""
    if not ids:
        return value
    match value:
        case str():
            return _ID.sub(lambda found: ids.get(found[0], found[0]), value)
        case dict() if value and value.keys() <= set(LANGUAGES):
            return value
        case dict():
            return {name: renamed(each, ids) for name, each in value.items()}
        case list():
            return [renamed(each, ids) for each in value]
    return value


def whole(charter: Charter) -> tuple[str, dict[str, Any]]:
    """Return what is said of the whole agreement: its title, its days, its levels, its council terms, its annexes."""
    said = charter.front.model_dump(mode="json", by_alias=True, exclude_none=True)
    terms = {id: term.model_dump(mode="json", by_alias=True) for id, term in charter.terms.items()}
    annexes = {annex.id: annex.title.root for annex in charter.annexes.values()}
    return charter.title.get(""), {**said, "terms": terms, **({"annexes": annexes} if annexes else {})}


def blocks(blocks: Mapping[str, Block]) -> Said:
    """Return blocks as plain fields, with the clause they stand in."""
    return {
        id: (
            str(getattr(block, "name", None) or getattr(block, "question", id)),
            {**_without_id(block), "clause": block.clause},
        )
        for id, block in blocks.items()
    }


def parts(charter: Charter, languages: Iterable[str]) -> Said:
    """Return what the parts say themselves, in each of the languages."""
    languages = list(languages)
    return {
        part.id: (
            part.title.get(""),
            {f"title.{language}": part.title.get(language) for language in languages}
            | {f"text.{language}": plain(part.html(language)) for language in languages},
        )
        for part in charter.parts
    }


def _without_id(block: Block) -> dict[str, Any]:
    return block.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, exclude={"id"})


def clauses(pairs: Iterable[ClausePair], languages: Iterable[str]) -> tuple[Difference, ...]:
    """Return the clauses that differ: their kind, their title and words in each language, the part they stand in."""
    languages = list(languages)
    gone, others = [], []
    for pair in pairs:
        before, after = pair.before, pair.after
        if after is None:
            assert before is not None
            gone.append(Difference("gone", before.id, before.title.get("")))
        elif before is None:
            others.append(Difference("added", after.id, after.title.get("")))
        elif changed := _changed(pair, languages):
            others.append(Difference("changed", after.id, after.title.get(""), changed))
    return (*gone, *others)


def _changed(pair: ClausePair, languages: Iterable[str]) -> Fields:
    before, after = pair.before, pair.after
    assert before is not None
    assert after is not None
    said: dict[str, tuple[Any, Any]] = {"id": (before.id, after.id), "kind": (before.kind, after.kind)}
    if pair.moved:
        said["part"] = (str(pair.moved[0].title), str(pair.moved[1].title))
    for language in languages:
        said[f"title.{language}"] = (before.title.get(language), after.title.get(language))
    for language in languages:
        prose = before.html(language), after.html(language)
        if prose[0] != prose[1]:
            said[f"text.{language}"] = plain(prose[0]), plain(prose[1])
    return {name: pair for name, pair in said.items() if pair[0] != pair[1]}


def _short(*values: Any) -> list[str]:
    """Return values in few words, long ones from where they begin to differ."""
    texts = ["–" if value is None else str(value) for value in values]
    pairs = enumerate(zip(*texts, strict=False))
    same = next((place for place, letters in pairs if len(set(letters)) > 1), 0)
    begin = max(0, texts[0].rfind(" ", 0, max(0, same - 20)) + 1) if max(map(len, texts)) > _ROOM else 0
    return [_cut(text[begin:], after="…" if begin else "") for text in texts]


def _cut(text: str, after: str) -> str:
    return after + (text if len(text) <= _ROOM else f"{text[: _ROOM - 1]}…")

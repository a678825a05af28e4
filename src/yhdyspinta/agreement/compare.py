"""What differs between two agreements or versions: parties, clauses and duties, each by its id."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from yhdyspinta.agreement.blocks import Block
from yhdyspinta.agreement.charter import Charter, Clause

Change: TypeAlias = Literal["added", "gone", "changed"]
_TAG = re.compile(r"<[^>]+>")
_ROOM = 80


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is in one agreement only, or otherwise in the other."""

    change: Change
    id: str
    title: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """For a change: each field that differs, before and after."""

    def words(self) -> list[str]:
        """Return the difference in short lines for people."""
        if self.change != "changed":
            return [self.title]
        return [f"{name}: {' → '.join(_short(before, after))}" for name, (before, after) in self.fields.items()]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two agreements."""

    first: str
    second: str
    agreement: tuple[Difference, ...]
    parties: tuple[Difference, ...]
    bodies: tuple[Difference, ...]
    clauses: tuple[Difference, ...]
    duties: tuple[Difference, ...]
    readings: tuple[Difference, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the comparison for programs."""
        return {
            "first": self.first,
            "second": self.second,
            **{
                name: [
                    {
                        "change": difference.change,
                        "id": difference.id,
                        "title": difference.title,
                        "fields": {key: list(pair) for key, pair in difference.fields.items()},
                    }
                    for difference in getattr(self, name)
                ]
                for name in ("agreement", "parties", "bodies", "clauses", "duties", "readings")
            },
        }


def compare(first: Charter, second: Charter) -> Comparison:
    """Compare two agreements, clause by clause and duty by duty.

    Clauses and duties are the same when their ids are; the prose is compared in each language both have.
    """
    languages = [language for language in first.languages if language in second.languages]
    return Comparison(
        first.id,
        second.id,
        _differences({"agreement": _whole(first)}, {"agreement": _whole(second)}),
        _differences(_blocks(first.parties), _blocks(second.parties)),
        _differences(_blocks(first.bodies), _blocks(second.bodies)),
        _differences(_clauses(first.clauses, languages), _clauses(second.clauses, languages)),
        _differences(_blocks(first.duties), _blocks(second.duties)),
        _differences(_blocks(first.readings), _blocks(second.readings)),
    )


def redline(before: str, after: str) -> list[tuple[str, str]]:
    """Return two texts word by word as (`same`, `gone` or `added`, words)."""
    old, new = before.split(), after.split()
    runs: list[tuple[str, str]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("same", " ".join(old[a:b])))
            continue
        runs += [(kind, " ".join(words)) for kind, words in (("gone", old[a:b]), ("added", new[c:d])) if words]
    return runs


def _differences(
    before: Mapping[str, tuple[str, dict[str, Any]]], after: Mapping[str, tuple[str, dict[str, Any]]]
) -> tuple[Difference, ...]:
    found = [Difference("gone", id, title) for id, (title, _) in before.items() if id not in after]
    for id, (title, fields) in after.items():
        if id not in before:
            found.append(Difference("added", id, title))
            continue
        old = before[id][1]
        changed = {
            name: (old.get(name), fields.get(name))
            for name in sorted({*old, *fields})
            if old.get(name) != fields.get(name)
        }
        if changed:
            found.append(Difference("changed", id, title, changed))
    return tuple(found)


def _whole(charter: Charter) -> tuple[str, dict[str, Any]]:
    """Return what is said of the whole agreement: its title, its days, its levels, its council terms."""
    said = charter.front.model_dump(mode="json", by_alias=True, exclude_none=True)
    terms = {id: term.model_dump(mode="json", by_alias=True) for id, term in charter.terms.items()}
    return charter.title.get(""), {**said, "terms": terms}


def _blocks(blocks: Mapping[str, Block]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return blocks as plain fields, with the clause they stand in."""
    return {
        id: (
            str(getattr(block, "name", None) or getattr(block, "question", id)),
            {**block.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True),
             "clause": block.clause},
        )
        for id, block in blocks.items()
    }  # fmt: skip


def _clauses(clauses: Iterable[Clause], languages: list[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        clause.id: (
            clause.title.get(""),
            {
                "kind": clause.kind,
                **{f"title.{language}": clause.title.get(language) for language in languages},
                **{f"text.{language}": plain(clause.html(language)) for language in languages},
            },
        )
        for clause in clauses
    }


def plain(text: str) -> str:
    """Return HTML prose as plain text, one space between words."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _short(*values: Any) -> list[str]:
    """Return values in few words, long ones from where they begin to differ."""
    texts = ["–" if value is None else str(value) for value in values]
    pairs = enumerate(zip(*texts, strict=False))
    same = next((place for place, letters in pairs if len(set(letters)) > 1), 0)
    begin = max(0, texts[0].rfind(" ", 0, max(0, same - 20)) + 1) if max(map(len, texts)) > _ROOM else 0
    return [_cut(text[begin:], after="…" if begin else "") for text in texts]


def _cut(text: str, after: str) -> str:
    return after + (text if len(text) <= _ROOM else f"{text[: _ROOM - 1]}…")

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
        return [f"{name}: {_short(before)} → {_short(after)}" for name, (before, after) in self.fields.items()]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two agreements."""

    first: str
    second: str
    parties: tuple[Difference, ...]
    clauses: tuple[Difference, ...]
    duties: tuple[Difference, ...]

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
                for name in ("parties", "clauses", "duties")
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
        _differences(_blocks(first.parties), _blocks(second.parties)),
        _differences(_clauses(first.clauses, languages), _clauses(second.clauses, languages)),
        _differences(_blocks(first.duties), _blocks(second.duties)),
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


def _blocks(blocks: Mapping[str, Block]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return blocks as plain fields, with the clause they stand in."""
    return {
        id: (
            block.name.get(""),  # type: ignore[attr-defined]
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


def _short(value: Any) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"

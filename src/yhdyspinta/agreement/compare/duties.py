"""Duties and rights of two texts: added, gone, changed; who, what, when, on what basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from yhdyspinta.agreement.charter import Charter
from yhdyspinta.agreement.compare.differences import Difference, Fields, Names, fields_of, renamed
from yhdyspinta.agreement.compare.pairing import Pairs, Vocabulary, by_likeness, likeness
from yhdyspinta.agreement.duty import Duty, Right

Borne: TypeAlias = Duty | Right

ASPECTS: Mapping[str, str] = {
    "bearer": "who",
    "name": "what",
    "short-name": "what",
    "kind": "what",
    "object": "what",
    "count": "what",
    "evidence": "what",
    "per": "when",
    "term": "when",
    "window": "when",
    "deadline": "when",
    "evidence-in-window": "when",
    "basis": "basis",
    "reading": "basis",
    "law": "basis",
    "unspecified": "basis",
    "clause": "where",
}
"""What each field of a duty says: who, what, when, on what basis, and in which clause it stands."""

_ALIKE = 0.5


@dataclass(frozen=True)
class DutyPair:
    """A duty or right as it was and as it is; None where a text does not have it."""

    before: Borne | None
    after: Borne | None
    fields: Fields
    """Each field that says something else, before and after, as the blocks hold it; empty for what stayed."""

    @property
    def change(self) -> str:
        """`gone`, `added`, `changed` or `same`."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "gone"
        return "changed" if self.fields else "same"

    @property
    def one(self) -> Borne:
        """The duty as it is, or as it was where it is gone."""
        found = self.after or self.before
        assert found is not None
        return found

    @cached_property
    def aspects(self) -> tuple[str, ...]:
        """What changed: `who`, `what`, `when`, `basis`, `where`, in this order."""
        changed = {ASPECTS.get(name, "what") for name in self.fields}
        return tuple(aspect for aspect in dict.fromkeys(ASPECTS.values()) if aspect in changed)


def duty_ids(first: Charter, second: Charter, names: Names) -> Pairs:
    """Return which duty is which: by id, else by what two duties of the same clause say."""
    pairs = Pairs(first.duties, second.duties)
    mine, theirs = pairs.alone
    if mine and theirs:
        vocabulary = Vocabulary()
        old = {id: _said(first.duties[id], names.ids, vocabulary) for id in mine}
        new = {id: _said(second.duties[id], {}, vocabulary) for id in theirs}
        home = {id: names.clauses.get(first.duties[id].clause, "") for id in mine}
        place = {id: second.duties[id].clause for id in theirs}

        def score(one: str, other: str) -> float:
            if home[one] != place[other] or type(first.duties[one]) is not type(second.duties[other]):
                return 0.0
            return likeness(old[one], new[other])

        pairs.add(by_likeness(mine, theirs, score, _ALIKE))
    return pairs


def duty_pairs(first: Charter, second: Charter, pairs: Pairs, names: Names) -> tuple[DutyPair, ...]:
    """Return all duties of both texts: those of the second in its order, then those that are gone."""
    before = pairs.before
    found = []
    for id, duty in second.duties.items():
        one = first.duties[before[id]] if id in before else None
        found.append(DutyPair(one, duty, fields_of(_plain(one), _plain(duty), names) if one else {}))
    return (*found, *(DutyPair(first.duties[id], None, {}) for id in pairs.alone[0]))


def differences(pairs: Iterable[DutyPair]) -> tuple[Difference, ...]:
    """Return the duties that are gone, then those added or changed, field by field."""
    gone, others = [], []
    for pair in pairs:
        title, id = str(pair.one.name), pair.one.id
        if pair.change == "gone":
            gone.append(Difference("gone", id, title))
        elif pair.change == "added":
            others.append(Difference("added", id, title))
        else:
            renamed = {"id": (pair.before.id, id)} if pair.before and pair.before.id != id else {}
            if pair.fields or renamed:
                others.append(Difference("changed", id, title, {**renamed, **pair.fields}))
    return (*gone, *others)


def _plain(duty: Borne) -> dict[str, Any]:
    data = duty.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return {name: value for name, value in data.items() if name != "id"} | {"kind": duty.kind, "clause": duty.clause}


def _said(duty: Borne, ids: Mapping[str, str], vocabulary: Vocabulary) -> int:
    """Return what a duty says as a set of words: those of its name, and its fields as they are written."""
    data = _plain(duty)
    fields = (f"{name}={renamed(data.get(name), ids)}" for name in ("bearer", "kind", "per", "window", "evidence"))
    return vocabulary.mask(" ".join(duty.name.root.values())) | vocabulary.of(fields)

"""Which thing of one text is which of the other: by id, else by what it says. Swapping the texts swaps the pairs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

Score = Callable[[str, str], float]
_WORD = re.compile(r"\w+")


class Vocabulary:
    """Words as bits, so that how alike two texts are costs two operations on whole numbers."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}

    def mask(self, text: str) -> int:
        """Return the set of a text's words."""
        return self.of(_WORD.findall(text.casefold()))

    def of(self, words: Iterable[str]) -> int:
        """Return a set of words."""
        found = 0
        for word in words:
            found |= 1 << self._bits.setdefault(word, len(self._bits))
        return found


def likeness(one: int, other: int) -> float:
    """Return how much two sets of words share, from 0 to 1 (Dice's coefficient)."""
    together = one.bit_count() + other.bit_count()
    return 2 * (one & other).bit_count() / together if together else 0.0


def by_likeness(first: Sequence[str], second: Sequence[str], score: Score, least: float) -> dict[str, str]:
    """Return the most alike pairs of what two texts have, each thing in one pair at most.

    Pairs that are equally alike come by where they stand in both texts together, so the answer does not depend on
    which text is first.
    """
    found = (
        (score(one, other), at + beside, one, other)
        for at, one in enumerate(first)
        for beside, other in enumerate(second)
    )
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, one, other in sorted((each for each in found if each[0] >= least), key=lambda each: (-each[0], each[1])):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def by_key(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Return the pairs that share a key (a code, a title) which nothing else on either side has. No key, no pair."""
    mine, theirs = _unique(first), _unique(second)
    return {id: theirs[key] for key, id in mine.items() if key in theirs}


def _unique(keys: Mapping[str, str]) -> dict[str, str]:
    held: dict[str, list[str]] = {}
    for id, key in keys.items():
        held.setdefault(key, []).append(id)
    return {key: ids[0] for key, ids in held.items() if key and len(ids) == 1}


class Pairs:
    """The pairs found so far between the ids of two texts; those of the same id to begin with."""

    def __init__(self, first: Iterable[str], second: Iterable[str]) -> None:
        self._first, self._second = list(first), list(second)
        known = set(self._second)
        self.after = {id: id for id in self._first if id in known}

    @property
    def alone(self) -> tuple[list[str], list[str]]:
        """What has no pair yet, in the first text and in the second."""
        taken = set(self.after.values())
        return [id for id in self._first if id not in self.after], [id for id in self._second if id not in taken]

    def add(self, found: Mapping[str, str]) -> None:
        """Take more pairs."""
        self.after |= found

    def add_by_key(self, first: Mapping[str, str], second: Mapping[str, str]) -> None:
        """Pair what shares a key that is the only one of its kind among what has no pair yet."""
        mine, theirs = self.alone
        self.add(by_key({id: first[id] for id in mine}, {id: second[id] for id in theirs}))

    @property
    def before(self) -> dict[str, str]:
        """The pairs from the second text's ids to the first's."""
        return {other: one for one, other in self.after.items()}

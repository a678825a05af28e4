"""The balance of a body: women and men, and the spread over parties and sub-regions.

The Act on Equality (609/1986, 4 a §) wants at least 40 per cent of women and of men in municipal and inter-municipal
bodies unless there are special reasons; members and deputies are counted separately (TAS 288/2016, 82–83/2009,
78/2022). Whether it applies to a cooperation group depends on its task and duration: so it is said, and nothing is
refused.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST = 0.4


@dataclass(frozen=True, slots=True)
class Share:
    """Women and men among those of one kind, members or deputies; who has not said is counted apart."""

    women: int
    men: int
    unsaid: int

    @property
    def total(self) -> int:
        """How many there are."""
        return self.women + self.men + self.unsaid

    @property
    def least(self) -> int:
        """How many of each there should be at least, of all that there are."""
        return math.ceil(LEAST * self.total)

    @property
    def missing(self) -> Mapping[str, int]:
        """How many more women or men would be needed among as many places; nothing where the balance is kept.

        Those who have not said may be either, so what they could fill is not missing.
        """
        lacks = {"woman": self.least - self.women - self.unsaid, "man": self.least - self.men - self.unsaid}
        return {gender: number for gender, number in lacks.items() if number > 0}

    @property
    def open(self) -> bool:
        """Whether it depends on those who have not said."""
        return not self.missing and min(self.women, self.men) < self.least

    @property
    def kept(self) -> bool:
        """Whether there are at least 40 per cent of each, whatever the others say."""
        return self.total > 0 and min(self.women, self.men) >= self.least


@dataclass(frozen=True, slots=True)
class Spread:
    """How many come from each of some places, and from which nobody does."""

    counts: Mapping[str, int]
    nobody: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of those named so far."""

    members: Share
    deputies: Share
    parties: Spread
    regions: Spread


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody as the balance counts them."""

    role: str
    gender: str
    party: str
    region: str = ""


def balance_of(people: Iterable[Counted], *, parties: Iterable[str], regions: Iterable[str] = ()) -> Balance:
    """Count a body; ``parties`` and ``regions`` are those that could be represented, in their order."""
    rows = list(people)
    members = [row for row in rows if row.role != "deputy"]
    return Balance(
        members=_share(members),
        deputies=_share([row for row in rows if row.role == "deputy"]),
        parties=_spread((row.party for row in members), parties),
        regions=_spread((row.region for row in members), regions),
    )


def _share(rows: list[Counted]) -> Share:
    counts = Counter(row.gender for row in rows)
    return Share(counts["woman"], counts["man"], len(rows) - counts["woman"] - counts["man"])


def _spread(found: Iterable[str], possible: Iterable[str]) -> Spread:
    counts = Counter(each for each in found if each)
    order = list(dict.fromkeys([*possible, *counts]))
    return Spread({each: counts[each] for each in order if counts[each]}, tuple(e for e in order if not counts[e]))

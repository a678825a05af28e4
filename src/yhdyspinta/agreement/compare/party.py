"""What changes for one party: the duties and rights that it bears, in one text and in the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from yhdyspinta.agreement.blocks import Party
from yhdyspinta.agreement.charter import ALL, Charter
from yhdyspinta.agreement.compare.duties import Borne, DutyPair
from yhdyspinta.agreement.compare.pairing import Pairs
from yhdyspinta.agreement.days import ALWAYS, Span, day_before
from yhdyspinta.agreement.duty import EachOf

Share: TypeAlias = Literal["alone", "together", "each", "all", "convenor"]
"""How a party bears a duty: by itself, with others named, as one of each, with all, or as who convenes."""


@dataclass(frozen=True, slots=True)
class PartyPair:
    """A party as one text names it and as the other does; None where a text does not have it."""

    before: Party | None
    after: Party | None

    @property
    def change(self) -> str:
        """`gone`, `added` or `same`."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "gone"
        return "same"

    @property
    def one(self) -> Party:
        """The party as it is, or as it was where it is gone."""
        found = self.after or self.before
        assert found is not None
        return found

    def goes_by(self, id: str) -> bool:
        """Tell whether either text calls the party by this id."""
        return id in {party.id for party in (self.before, self.after) if party}


@dataclass(frozen=True, slots=True)
class Concern:
    """A duty that is a party's otherwise than before."""

    duty: DutyPair
    before: Share | None
    after: Share | None
    since: dt.date | None
    """The first day on which it is so; for what is gone, the last day on which it was the party's. None: not known."""

    @property
    def change(self) -> str:
        """`added` to what the party bears, `gone` from it, or `changed`."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "gone"
        return "changed"

    def as_json(self) -> dict[str, Any]:
        """Return the change for programs."""
        return {
            "change": self.change,
            "duty": self.duty.one.id,
            "what": list(self.duty.aspects),
            "share": [self.before, self.after],
            "day": self.since.isoformat() if self.since else None,
        }


@dataclass(frozen=True, slots=True)
class PartyChanges:
    """Everything that changes for one party."""

    party: PartyPair
    concerns: tuple[Concern, ...]
    unchanged: int
    """How many duties and rights stay as they are."""

    @property
    def nothing(self) -> bool:
        """Whether nothing changes for the party."""
        return not self.concerns and self.party.change == "same"

    def as_json(self) -> dict[str, Any]:
        """Return the changes for programs."""
        return {
            "party": self.party.one.id,
            "change": self.party.change,
            "duties": [concern.as_json() for concern in self.concerns],
            "unchanged": self.unchanged,
        }


def party_ids(first: Charter, second: Charter) -> Pairs:
    """Return which party is which: by id, by business id, by its code, by its official name."""
    pairs = Pairs(first.parties, second.parties)

    for key in ("business_id", "municipality_code", "county_code", "region_code", "official_name"):
        pairs.add_by_key(
            *(
                {id: str(getattr(party, key) or "") for id, party in charter.parties.items()}
                for charter in (first, second)
            )
        )
    return pairs


def party_pairs(first: Charter, second: Charter, pairs: Pairs) -> tuple[PartyPair, ...]:
    """Return all parties of both texts: those of the second in its order, then those that are gone."""
    before = pairs.before
    found = [PartyPair(first.parties.get(before.get(id, "")), each) for id, each in second.parties.items()]
    return (*found, *(PartyPair(first.parties[id], None) for id in pairs.alone[0]))


@dataclass(frozen=True, slots=True)
class Days:
    """From when the second text counts, and until when the first."""

    since: dt.date
    until: dt.date | None


def days_of(first: Charter, second: Charter, since: dt.date | None = None) -> Days:
    """Return the first day of the second text, and the last of the first.

    ``since`` is the first day of a version, where that is another than the agreement's own.
    """
    begins = since or second.first_day
    if begins <= first.first_day:
        return Days(begins, first.last_day)
    return Days(begins, min(first.last_day or dt.date.max, day_before(begins)))


def changes_of(
    first: Charter, second: Charter, party: PartyPair, duties: Iterable[DutyPair], days: Days
) -> PartyChanges:
    """Return what changes for a party, in the order of the duties."""
    concerns, unchanged = [], 0
    one, other = _bound(first, party.before), _bound(second, party.after)
    for pair in duties:
        was, is_ = share_of(first, pair.before, one), share_of(second, pair.after, other)
        if was == is_ and (was is None or pair.change == "same"):
            unchanged += was is not None
            continue
        concerns.append(Concern(pair, was, is_, _since(party, days) if is_ else _until(party, days)))
    return PartyChanges(party, tuple(concerns), unchanged)


def _bound(charter: Charter, party: Party | None) -> Party | None:
    """Return the party if it is bound by the agreement on some day while that is in force."""
    if party is None:
        return None
    days = Span(party.first_day or ALWAYS.first, party.last_day or ALWAYS.last)
    return party if days.overlap(charter.span) else None


def _since(party: PartyPair, days: Days) -> dt.date:
    return max(days.since, (party.after and party.after.first_day) or dt.date.min)


def _until(party: PartyPair, days: Days) -> dt.date | None:
    left = party.before.last_day if party.before else None
    return min((day for day in (left, days.until) if day), default=None)


def share_of(charter: Charter, duty: Borne | None, party: Party | None) -> Share | None:
    """Return how a party that is bound by a text bears a duty of it; None when it does not."""
    if duty is None or party is None:
        return None
    bearer = duty.bearer
    if isinstance(bearer, EachOf):
        return "each" if party.kind in bearer.each else None
    if isinstance(bearer, tuple):
        return None if party.id not in bearer else "together" if len(bearer) > 1 else "alone"
    if bearer.startswith("convenors"):
        return "convenor" if party.id in _convenors(charter, duty) else None
    words: dict[str, Share] = {ALL: "all", "each party": "each", f"each {party.kind}": "each", party.id: "alone"}
    return words.get(bearer)


def _convenors(charter: Charter, duty: Borne) -> Iterator[str]:
    """Yield who convenes what a duty of the convenors is about, everyone whose turn it is one day."""
    named = str(duty.bearer).removeprefix("convenors").removeprefix(" of ")
    for id in (named,) if named else getattr(duty, "meeting_bodies", ()):
        body = charter.bodies.get(id)
        if body:
            yield from body.rotation.order if body.rotation else body.convened_by

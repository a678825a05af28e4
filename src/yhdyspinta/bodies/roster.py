"""Who sits in a body, as its pages, files and prints tell it: place by place, role by role, party by party.

Names are public. That a place is empty is something undone: how much of that the public sees beside a party's name is
the parties' decision (DESIGN §5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from yhdyspinta.bodies import words
from yhdyspinta.bodies.known import OFFICES, Known
from yhdyspinta.bodies.models import Membership, Seat
from yhdyspinta.bodies.queries import World, memberships
from yhdyspinta.bodies.sitting import Sitting, rosters_of
from yhdyspinta.journal import wording
from yhdyspinta.parties.days import shown_days
from yhdyspinta.parties.evidence import shared_days
from yhdyspinta.parties.models import Party, Person, Post, Tenure
from yhdyspinta.parties.post_kinds import kind_of

ALL, COUNTS, NONE = "all", "done-and-counts", "none"
"""How much of what is empty is shown: all of it, how much there is, or nothing."""

OFFICERS = "officers"
"""The section of a body's chairs and secretary."""

NOT_COUNTED = (*OFFICES, "deputy")
"""Offices are held by members, and a deputy has a member's place: neither is a place of its own."""

_MANY = 3
"""From so many on, what most places share is said once."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place, on a day or in the past or future: whose it is, and who is in it from when to when."""

    role: str
    party: Party | None
    person: Person | None
    post: Post | None = None
    membership: Membership | None = None
    seat: Seat | None = None
    kind: str = ""
    """The kind of post to which the text gives the place."""
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, sitting: Sitting) -> Place:
        """Return a place as somebody sits in it on a day."""
        row = sitting.membership
        first, last = (row.valid_from, row.valid_to) if row is not None else (None, None)
        seat = sitting.seat
        return cls(sitting.role, sitting.party, sitting.person, sitting.post, row, seat, sitting.kind, first, last)

    @property
    def vacant(self) -> bool:
        """Whether nobody is in it."""
        return self.person is None

    @property
    def ex_officio(self) -> bool:
        """Whether it follows a post."""
        return bool(self.kind) or self.post is not None

    @property
    def title(self) -> str:
        """The post that it follows, in words."""
        if self.post is not None:
            return str(self.post)
        return kind_of(self.kind).name if self.kind else ""

    @property
    def days(self) -> str:
        """From when to when, in words; nothing where the place follows the text and not a naming."""
        return shown_days(self.first, self.last) if self.first else ""

    @property
    def basis(self) -> str:
        """The decision that it rests on."""
        return self.membership.reference_text if self.membership is not None else ""

    @property
    def deputy_of(self) -> str:
        """Whose deputy it is."""
        of = self.membership.deputy_of if self.membership is not None else None
        return str(of.person or of.post) if of is not None else ""

    @property
    def whose(self) -> str:
        """Whose place it is: a party's, an outside organisation's, or one that the parties fill together."""
        if self.party is not None:
            return str(self.party.organisation)
        held = self.post or self.person
        if held is not None:
            return held.organisation.called()
        if self.seat is not None and self.seat.outsider:
            return self.seat.outsider
        return _("Filled by the parties together")

    @property
    def role_name(self) -> str:
        """The role, in words."""
        return words.role(self.role)


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one party, or of one organisation outside the parties, in one role."""

    name: str
    party: Party | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Everybody in one role, by whose they are; the officers of a body are one section, by office."""

    role: str
    name: str
    groups: tuple[Group, ...]
    filled: int
    total: int
    days: str = ""
    """From when to when most of them are there: said once. The same for the decision that it rests on."""
    basis: str = ""

    @property
    def of_officers(self) -> bool:
        """Whether the groups are offices, and each place has to say whose it is."""
        return self.role == OFFICERS


@dataclass(frozen=True)
class Roster:
    """Who sits in a body on a day, as far as who looks may see."""

    known: Known
    day: date
    shown: str
    places: tuple[Place, ...]
    """Everything that may be shown of the day: without empty places where those are not."""
    sections: tuple[Section, ...]
    total: int = 0
    """How many places of members there are."""
    by_text: tuple[str, ...] = ()
    """Who has a seat, as the agreement says it."""

    @property
    def counts(self) -> bool:
        """Whether it is shown how many places there are."""
        return self.shown != NONE

    @property
    def filled(self) -> int:
        """How many places of members have somebody."""
        return sum(place.role not in NOT_COUNTED for place in self.places if not place.vacant)

    @property
    def people(self) -> list[Person]:
        """Whom it names."""
        return [place.person for place in self.places if place.person is not None]


def roster_of(world: World, known: Known, *, language: str, shown: str = ALL) -> Roster:
    """Return who sits in a body on the day of a world. Four queries."""
    places = [Place.of(each) for each in rosters_of(world, [known.slug]).of(known.slug)]
    return told_roster(world, known, places, language=language, shown=shown)


def told_roster(world: World, known: Known, places: Sequence[Place], *, language: str, shown: str) -> Roster:
    """Return places as a roster: by role, the officers first, then by party. No queries."""
    roles = dict.fromkeys((*known.roles, *(place.role for place in places)))
    sections = [_officers(places, shown)]
    sections += [
        _section(role, [each for each in places if each.role == role], shown) for role in roles if role not in OFFICES
    ]
    written = known.written.seats if known.written is not None else ()
    return Roster(
        known,
        world.day,
        shown,
        tuple(place for place in places if shown == ALL or not place.vacant),
        tuple(section for section in sections if section.total),
        sum(place.role not in NOT_COUNTED for place in places),
        tuple(words.seats(written, lambda id_: wording.name(world.charter, id_, language, official=True))),
    )


def _section(role: str, places: Sequence[Place], shown: str) -> Section:
    filled = sum(not place.vacant for place in places)
    groups: dict[str, list[Place]] = {}
    for place in places:
        if not place.vacant or shown == ALL:
            groups.setdefault(place.whose, []).append(place)
    told = tuple(Group(name, own[0].party, tuple(own)) for name, own in groups.items())
    named = [place for place in places if place.first is not None]
    days, basis = _most([place.days for place in named]), _most([place.basis for place in named])
    return Section(role, words.heading_of_role(role), told, filled, len(places), days, basis)


def _officers(places: Sequence[Place], shown: str) -> Section:
    """Return the chairs and the secretary as one section, by office."""
    own = [place for role in OFFICES for place in places if place.role == role and (not place.vacant or shown == ALL)]
    told = tuple(Group(words.heading_of_role(place.role), None, (place,)) for place in own)
    filled = sum(not place.vacant for place in own)
    total = sum(place.role in OFFICES for place in places)
    return Section(OFFICERS, _("Chairs and secretary"), told, filled, total)


def _most(said: Sequence[str]) -> str:
    """Return what more than half of many say; nothing where there is no such thing."""
    if len(said) < _MANY:
        return ""
    words_, count = Counter(said).most_common(1)[0]
    return words_ if count * 2 > len(said) else ""


def history_of(world: World, body: str) -> tuple[list[Place], list[Place]]:
    """Return who comes to a body after the day of a world, the soonest first, and who was there, the latest first.

    Two queries. A membership of a post is one of each of its holders; what the text gives to posts is not here.
    """
    rows = list(memberships(world.agreement).filter(body__slug=body))
    tenures: dict[int, list[Tenure]] = {}
    posts = {row.post_id for row in rows if row.post_id}
    for tenure in Tenure.objects.filter(post__in=posts).select_related("person") if posts else ():
        tenures.setdefault(tenure.post_id, []).append(tenure)
    held = [place for row in rows for place in places_over_time(row, tenures.get(row.post_id or 0, ()))]
    coming = [place for place in held if place.first is not None and place.first > world.day]
    past = [place for place in held if place.last is not None and place.last < world.day]
    return (
        sorted(coming, key=lambda place: (place.first or world.day, place.whose)),
        sorted(past, key=lambda place: (place.last or world.day, place.whose), reverse=True),
    )


def places_over_time(row: Membership, tenures: Iterable[Tenure]) -> Iterator[Place]:
    """Yield a membership as places with days: one in person, or one for each holder of its post."""
    if row.post_id is None:
        yield Place(row.role, row.party, row.person, None, row, row.seat, "", row.valid_from, row.valid_to)
        return
    found = False
    for tenure in tenures:
        days = shared_days(row, tenure)
        if days is not None:
            found = True
            yield Place(row.role, row.party, tenure.person, row.post, row, row.seat, "", *days)
    if not found:
        yield Place(row.role, row.party, None, row.post, row, row.seat, "", row.valid_from, row.valid_to)


def named_body(known: Known, language: str) -> str:
    """Return what a body is called, as it begins a line."""
    return str(capfirst(known.name.get(language)))

"""Who represents whom: parties by bodies on a day, the terms that are ending, one person's memberships over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from yhdyspinta.bodies.known import Known
from yhdyspinta.bodies.queries import World, memberships
from yhdyspinta.bodies.roster import ALL, NONE, NOT_COUNTED, Place, named_body, places_over_time
from yhdyspinta.bodies.sitting import rosters_of
from yhdyspinta.journal import wording
from yhdyspinta.parties.models import Person, Tenure

SOON = 90
"""How many days before its end a term is said to be ending."""


@dataclass(frozen=True, slots=True)
class Column:
    """A body, with how many of its places are filled."""

    known: Known
    name: str
    filled: int
    total: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What a party has in a body: how many of its places are filled, and the first day on which a term ends."""

    body: str
    filled: int
    total: int
    ends: date | None = None
    shown: str = ALL

    @property
    def state(self) -> str:
        """What the cell says: no place, all filled, some empty, or (for the public) nothing filled that is shown."""
        if not self.total:
            return "no-place"
        if self.shown != ALL:
            return "filled" if self.filled else "hidden"
        return "filled" if self.filled == self.total else "empty"

    @property
    def number(self) -> str:
        """How many, as the cell shows it."""
        return str(self.filled) if self.shown != ALL or self.filled == self.total else f"{self.filled}/{self.total}"

    @property
    def words(self) -> str:
        """The cell in words."""
        return {
            "no-place": _("no place"),
            "hidden": _("not shown"),
            "filled": _("filled"),
            "empty": _("places empty"),
        }[self.state]


@dataclass(frozen=True, slots=True)
class Row:
    """A party with its cells, in the order of the columns."""

    party: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """A term that ends soon."""

    body: Known
    body_name: str
    place: Place


@dataclass(frozen=True)
class Representation:
    """Parties by bodies on a day, as far as who looks may see."""

    day: date
    shown: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    endings: tuple[Ending, ...]
    places: tuple[tuple[Column, Place], ...]
    """Everything behind it, body by body."""

    @property
    def counts(self) -> bool:
        """Whether it is shown how many places are filled in all."""
        return self.shown != NONE


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: a party, a level, terms that end within so many days."""

    party: str = ""
    level: int | None = None
    within: int | None = None


def representation_of(world: World, asked: Asked, *, language: str, shown: str, preparedness: bool) -> Representation:
    """Return who represents whom on the day of a world. Four queries, however many bodies and parties there are.

    ``preparedness`` says whether who looks may know who sits in bodies of preparedness.
    """
    wanted = [
        known
        for known in sorted(world.bodies.values(), key=lambda known: known.level)
        if (preparedness or not known.preparedness) and asked.level in (None, known.level)
    ]
    rosters = rosters_of(world, [known.slug for known in wanted])
    by_body = {known.slug: [Place.of(each) for each in rosters.of(known.slug)] for known in wanted}
    soon = world.day + timedelta(days=asked.within or SOON)
    endings = [
        Ending(known, _short(world, known, language), place)
        for known in wanted
        for place in by_body[known.slug]
        if _ends(place, world.day, soon) and (not asked.party or _slug(place) == asked.party)
    ]
    if asked.within is not None:
        ending = {each.body.slug for each in endings}
        wanted = [known for known in wanted if known.slug in ending]
    columns = [
        _column(known, by_body[known.slug], _short(world, known, language)) for known in wanted if by_body[known.slug]
    ]
    rows = _rows(world, columns, by_body, asked, language=language, shown=shown)
    if asked.within is not None:
        bearers = {_slug(each.place) for each in endings}
        rows = [row for row in rows if row.party in bearers]
    return Representation(
        world.day,
        shown,
        tuple(columns),
        tuple(rows),
        tuple(sorted(endings, key=lambda each: (each.place.last or soon, each.body.level))),
        tuple(
            (column, place)
            for column in columns
            for place in by_body[column.known.slug]
            if _listed(place, asked, world.day, soon, shown)
        ),
    )


def _slug(place: Place) -> str:
    return place.party.slug if place.party is not None else ""


def _ends(place: Place, day: date, soon: date) -> bool:
    return place.last is not None and day <= place.last <= soon and not place.vacant


def _listed(place: Place, asked: Asked, day: date, soon: date, shown: str) -> bool:
    """Tell whether lists show a place: it fits the filters; empty ones are told only where that is for who looks."""
    if asked.party and _slug(place) != asked.party:
        return False
    if asked.within is not None:
        return _ends(place, day, soon)
    return shown == ALL or not place.vacant


def _short(world: World, known: Known, language: str) -> str:
    """Return a body's short name where it has one, as it begins a line."""
    if known.written is not None:
        return wording.capital(wording.short_name(world.charter, known.slug, language))
    return named_body(known, language)


def _column(known: Known, places: Sequence[Place], name: str) -> Column:
    counted = [place for place in places if place.role not in NOT_COUNTED]
    return Column(known, name, sum(not each.vacant for each in counted), len(counted))


def _rows(
    world: World,
    columns: Sequence[Column],
    by_body: dict[str, list[Place]],
    asked: Asked,
    *,
    language: str,
    shown: str,
) -> list[Row]:
    """Return the parties of the day in the agreement's order."""
    held: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for slug, places in by_body.items():
        for place in places:
            if place.role not in NOT_COUNTED:
                held[_slug(place), slug].append(place)
    soon = world.day + timedelta(days=asked.within or SOON)
    return [
        Row(
            party,
            world.charter.name_of(party, language),
            tuple(
                _cell(column.known.slug, held[party, column.known.slug], world.day, soon, shown) for column in columns
            ),
        )
        for party in world.parties
        if not asked.party or party == asked.party
    ]


def _cell(body: str, places: Sequence[Place], day: date, soon: date, shown: str) -> Cell:
    filled = sum(not place.vacant for place in places)
    ends = min((place.last for place in places if _ends(place, day, soon) and place.last is not None), default=None)
    return Cell(body, filled, len(places), ends, shown)


# One person


@dataclass(frozen=True, slots=True)
class Career:
    """Somebody's memberships of the agreement's bodies, by when they hold."""

    now: tuple[tuple[str, str, Place], ...]
    coming: tuple[tuple[str, str, Place], ...]
    past: tuple[tuple[str, str, Place], ...]

    def __bool__(self) -> bool:
        """Tell whether there is one at all."""
        return bool(self.now or self.coming or self.past)


def career_of(world: World, person: Person, language: str) -> Career:
    """Return somebody's memberships over time, each with its body's id and name. Two queries."""
    tenures: dict[int, list[Tenure]] = defaultdict(list)
    for tenure in Tenure.objects.filter(person=person).select_related("person"):
        tenures[tenure.post_id].append(tenure)
    rows = memberships(world.agreement).filter(Q(person=person) | Q(post__in=list(tenures)))
    found = [
        (row.body.slug, _body_name(world, row.body.slug, str(row.body), language), place)
        for row in rows.order_by("-valid_from", "pk")
        for place in places_over_time(row, tenures.get(row.post_id or 0, ()))
        if place.person is not None and place.person.pk == person.pk
    ]
    return Career(
        tuple(each for each in found if _when(each[2], world.day) == 0),
        tuple(each for each in found if _when(each[2], world.day) > 0),
        tuple(each for each in found if _when(each[2], world.day) < 0),
    )


def _body_name(world: World, slug: str, otherwise: str, language: str) -> str:
    known = world.bodies.get(slug)
    return named_body(known, language) if known is not None else otherwise


def _when(place: Place, day: date) -> int:
    """Return -1 for a place of the past, 1 for one to come, else 0."""
    if place.first is not None and place.first > day:
        return 1
    return -1 if place.last is not None and place.last < day else 0


def people_of(places: Iterable[tuple[Column, Place]]) -> list[Person]:
    """Return whom a list names."""
    return [place.person for _column, place in places if place.person is not None]

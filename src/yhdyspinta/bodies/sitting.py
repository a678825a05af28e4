"""Who sits in the bodies on a day: members who were named, and whoever holds a post to which the text gives a seat.

A seat of a post (all council chairs) is no row: it follows the post's holder by day, and is empty without one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q

from yhdyspinta.agreement.blocks import Seat as Formula
from yhdyspinta.bodies.known import Known
from yhdyspinta.bodies.models import Membership, Seat
from yhdyspinta.bodies.queries import NAMED, World, memberships
from yhdyspinta.parties.models import Party, Person, Post, Tenure, holds_on
from yhdyspinta.parties.post_kinds import fills, post_kinds
from yhdyspinta.parties.queries import parties_of


@dataclass(frozen=True, slots=True)
class Sitting:
    """One place in a body on a day: in which role, for which party, and who is in it; an empty one has nobody."""

    body: str
    role: str
    party: Party | None
    person: Person | None
    post: Post | None = None
    membership: Membership | None = None
    kind: str = ""
    """The kind of post to which the text gives the seat."""
    seat: Seat | None = None

    @property
    def vacant(self) -> bool:
        """Whether nobody is there."""
        return self.person is None

    @property
    def ex_officio(self) -> bool:
        """Whether the place follows a post."""
        return bool(self.kind) or (self.membership is not None and self.membership.post_id is not None)


@dataclass(frozen=True, slots=True)
class Rosters:
    """Who sits where on a day, by body."""

    day: date
    by_body: dict[str, list[Sitting]]

    def of(self, body: str) -> list[Sitting]:
        """Return the places of a body, members first and then deputies and others, in the agreement's order."""
        return self.by_body.get(body, [])


def rosters_of(world: World, bodies: Collection[str] | None = None) -> Rosters:
    """Return who sits in bodies (all, unless said) on the day of a world. At most four queries for any number."""
    wanted = [known for slug, known in world.bodies.items() if bodies is None or slug in bodies]
    parties = {party.slug: party for party in parties_of(world.agreement)}
    by_pk = {party.pk: party for party in parties.values()}
    rows = memberships(world.agreement).active_on(world.day).filter(body__slug__in=[known.slug for known in wanted])
    # The parties are at hand: hundreds of rows need not bring each its own copy
    rows = rows.select_related(None).select_related(*(name for name in NAMED if not name.startswith("party")))
    holding = FilteredRelation("post__tenures", condition=holds_on(world.day, "post__tenures__"))
    named: dict[str, list[Membership]] = defaultdict(list)
    for row in rows.annotate(held=holding).select_related("held__person"):
        if row.party_id is not None:
            row.party = by_pk[row.party_id]
        named[row.body.slug].append(row)
    open_seats = Seat.objects.filter(
        body__agreement=world.agreement, body__slug__in=[known.slug for known in wanted], closed_at__isnull=True
    )
    over = Q(proposal__last_day__lt=world.day) | Q(proposal__first_day__gt=world.day)
    seats: dict[str, list[Seat]] = defaultdict(list)
    for seat in open_seats.exclude(over).select_related("body").order_by("number"):
        seats[seat.body.slug].append(seat)
    holders = _holders(wanted, parties.values(), world.day)
    order = {slug: number for number, slug in enumerate(world.charter.parties)}
    by_body = {}
    for known in wanted:
        places = [
            *_named(known, named[known.slug]),
            *_of_posts(known, world, parties, holders),
        ]
        places += _empty(known, world, parties, seats[known.slug], places)
        by_body[known.slug] = sorted(places, key=lambda place: _rank(place, known.roles, order))
    return Rosters(world.day, by_body)


def _rank(place: Sitting, roles: Sequence[str], order: dict[str, int]) -> tuple[int, int, str]:
    """Order places by role, then by the agreement's order of parties, outsiders last; posts as the text has them."""
    role = roles.index(place.role) if place.role in roles else len(roles)
    party = order.get(place.party.slug, len(order)) if place.party else len(order)
    return role, party, "" if place.kind else str(place.person or "")


def _named(known: Known, rows: Iterable[Membership]) -> Iterator[Sitting]:
    for row in rows:
        person = row.person if row.person_id else _holder(row)
        yield Sitting(known.slug, row.role, row.party, person, row.post, row, seat=row.seat)


def _holder(row: Membership | Post) -> Person | None:
    """Return who holds a post on the day that was asked for; the attribute is there only where somebody does."""
    tenure: Tenure | None = getattr(row, "held", None)
    return tenure.person if tenure is not None else None


def _holders(wanted: Sequence[Known], parties: Iterable[Party], day: date) -> dict[tuple[int, str], list[Post]]:
    """Return the posts of the kinds that texts give seats to, by organisation and kind, each with who holds it."""
    kinds = {kind for known in wanted for formula in _formulas(known) for kind in _known_kinds(formula)}
    if not kinds:
        return {}
    everyone = {other for kind in kinds for other in fills(kind)}
    holding = FilteredRelation("tenures", condition=holds_on(day, "tenures__"))
    rows = Post.objects.filter(kind__in=everyone, organisation__in=[party.organisation_id for party in parties])
    rows = rows.exclude(discontinued_on__lt=day).order_by("title", "pk")
    found: dict[tuple[int, str], list[Post]] = defaultdict(list)
    for post in rows.annotate(held=holding).select_related("held__person"):  # type: ignore[misc] # just annotated
        for kind in kinds:
            if post.kind in fills(kind):
                found[post.organisation_id, kind].append(post)
    return found


def _formulas(known: Known) -> tuple[Formula, ...]:
    return known.written.seats if known.written is not None else ()


def _known_kinds(formula: Formula) -> list[str]:
    """Return the posts of a formula that people hold; "the whole council" is no post, and stays in words."""
    return [kind for kind in formula.post if kind in post_kinds()]


def represented(formula: Formula, world: World) -> list[str]:
    """Return the parties to which a formula gives seats on a day; it may name others than parties, who have no row."""
    match formula.who:
        case "each party":
            return list(world.parties)
        case "each municipality":
            return [id_ for id_ in world.parties if world.charter.parties[id_].kind == "municipality"]
        case several:
            return [id_ for id_ in several if id_ in world.parties]


def _of_posts(
    known: Known, world: World, parties: dict[str, Party], holders: dict[tuple[int, str], list[Post]]
) -> Iterator[Sitting]:
    """Yield the places that follow posts, also while nobody holds the post or an organisation has none of the kind."""
    for formula in _formulas(known):
        for kind in _known_kinds(formula):
            for slug in represented(formula, world):
                party = parties[slug]
                posts = holders.get((party.organisation_id, kind), [])
                for post in posts:
                    yield Sitting(known.slug, formula.role, party, _holder(post), post, kind=kind)
                if not posts:
                    yield Sitting(known.slug, formula.role, party, None, kind=kind)


def _sits(place: Sitting, seat: Seat) -> bool:
    """Tell whether somebody sits in a seat themselves: a member's deputy leaves it as it is."""
    return place.role == seat.role or place.role != "deputy"


def _empty(
    known: Known, world: World, parties: dict[str, Party], seats: Sequence[Seat], places: Sequence[Sitting]
) -> Iterator[Sitting]:
    """Yield the places that somebody should be named to and nobody is: open seats, and those that the text counts."""
    filled = {place.seat.pk for place in places if place.seat is not None and _sits(place, place.seat)}
    by_pk = {party.pk: party for party in parties.values()}
    for seat in seats:
        if seat.pk not in filled:
            yield Sitting(known.slug, seat.role, by_pk.get(seat.party_id or 0), None, seat=seat)
    if seats:
        return
    for formula in _formulas(known):
        if formula.post or known.outside:
            continue
        for slug in represented(formula, world):
            here = [place for place in places if place.party and place.party.slug == slug and not place.kind]
            named = sum(place.role == formula.role for place in here)
            for _missing in range((formula.count or 1) - named):
                yield Sitting(known.slug, formula.role, parties[slug], None)

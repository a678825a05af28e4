"""How rows follow people and posts: each room says once how its own do, and this room's actions and pages ask them all.

Upper rooms have dated rows that are about somebody, or about whoever holds a post: a member of a body, a nominee. When
a post is handed over, when two records become one, when somebody is erased, what they are must be known of all rooms,
and this one may not import those above it. So a room registers a ``Follower``, once, from its ``AppConfig.ready``; the
namings of this room are one too (``named``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet

from yhdyspinta.agreement import Charter
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import charter_of
from yhdyspinta.parties.models import Account, Person, Post, Tenure, holds_on

Facts: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]
"""What things prove now, by their keys."""

_NOBODY = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Known:
    """One thing more that a row holds of somebody: its word and value in the own file, and as the own page says it."""

    name: str
    value: Any
    words: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of whoever it is about, in the language of the moment.

    ``words`` stand alone and begin small: "counterpart: ICT (Luhanka)". ``known`` is for the person's own eyes.
    """

    words: str
    theme: str = ""
    """The theme's own name, where it is about one; address books sort by it."""
    known: tuple[Known, ...] = ()


def _proves_nothing(_rows: Sequence[Any], /) -> Facts:
    return {}


def _never(_kept: Person, _gone: Person, /) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A room's rows that are each about a ``person``, or (``posts``) about whoever holds a ``post``.

    Rows have ``valid_from`` and ``valid_to`` (``Dated``); where the model has none, ``every`` annotates them.
    """

    name: str
    """What the journal calls the rows where it says which went over to another person: ``namings``."""
    every: Callable[[], QuerySet[Any]]
    """All rows, withdrawn ones too, in the order in which pages show them, with what ``said`` and ``facts`` read."""
    said: Callable[[Any, Charter], Said]
    """What a row says, by its agreement's text. No query."""
    counts: Q = field(default_factory=lambda: Q(withdrawn_at__isnull=True))
    """Which of the rows stand."""
    agreement: str = "party__agreement"
    """The way from a row to its agreement."""
    party: str = "party"
    """The way from a row to the party to which it makes somebody belong; empty where it makes nobody belong."""
    posts: bool = False
    """Whether rows may be about a post. Whoever makes one then locks the agreement and the common chain."""
    private: bool = False
    """Whether rows are kept from the other parties: told to the person, and to who keeps the people they are of."""
    facts: Callable[[Sequence[Any]], Facts] = _proves_nothing
    """What rows prove now; asked when others begin or end to hold a post."""
    in_the_way: Callable[[Person, Person], str] = _never
    """Why two records, ``kept`` and ``gone``, cannot be one as far as this room's rows go: a sentence, or nothing."""
    erased: Mapping[str, Any] = field(default_factory=dict)
    """What the rows of somebody who is erased say from then on, by field."""

    def standing(self) -> QuerySet[Any]:
        """Return the rows that stand."""
        return self.every().filter(self.counts)

    def about(self, people: Iterable[Any], posts: Iterable[Any] = ()) -> QuerySet[Any]:
        """Return the standing rows about people or about posts, with their agreements. One query, or none."""
        where = Q(person__in=people) | Q(post__in=posts) if self.posts else Q(person__in=people)
        return self.standing().filter(where).select_related(self.agreement)

    def agreement_of(self, row: Any) -> Agreement:
        """Return a row's agreement. No query for rows from ``about``."""
        found: Agreement = reduce(getattr, self.agreement.split("__"), row)
        return found


_followers: dict[str, Follower] = {}


def register(follower: Follower) -> None:
    """Say how a room's rows follow people and posts.

    Raises:
        ValueError: another follower has this name already.

    """
    if _followers.setdefault(follower.name, follower) is not follower:
        raise ValueError(f"the follower {follower.name} is registered already")


def followers() -> list[Follower]:
    """Return all followers, as they were registered."""
    return list(_followers.values())


# When others begin or end to hold a post


def agreements_following(posts: Iterable[Post]) -> QuerySet[Agreement]:
    """Return the agreements in which something follows posts, by slug. One query."""
    held = [post.pk for post in posts]
    rows = (one.every().filter(post__in=held).values(one.agreement) for one in followers() if one.posts)
    found = Agreement.objects.filter(_any(Q(pk__in=numbers) for numbers in rows))
    return found.select_related("chain").order_by("slug")


def facts_following(agreement: Agreement, posts: Iterable[Post]) -> Facts:
    """Return what everything proves now that follows posts in an agreement. One query for each room, and its own."""
    held = [post.pk for post in posts]
    facts: dict[str, Sequence[Mapping[str, Any]]] = {}
    for one in followers():
        if one.posts:
            facts |= one.facts(list(one.about((), held).filter(**{one.agreement: agreement})))
    return facts


# When two records become one, or nobody


def why_not_together(kept: Person, gone: Person) -> list[str]:
    """Return why the rows about two people cannot be about one, in sentences. What each room's own asking costs."""
    return [why for one in followers() if (why := one.in_the_way(kept, gone))]


def beside_themselves(rows: QuerySet[Any], alike: Sequence[str], one: Person, other: Person) -> bool:
    """Tell whether rows about two people agree in some fields and hold on the same day. One query.

    For ``in_the_way``: as one person, they would be there twice.
    """
    found = rows.filter(person__in=(one, other)).order_by("pk")
    spans = [
        (person, tuple(same), first, last or date.max)
        for person, first, last, *same in found.values_list("person", "valid_from", "valid_to", *alike)
    ]
    return any(
        person != another and same == other_same and max(first, begins) <= min(last, ends)
        for (person, same, first, last), (another, other_same, begins, ends) in combinations(spans, 2)
    )


def move(gone: Person, kept: Person) -> dict[str, list[int]]:
    """Let all rows about one be about the other, withdrawn ones too; return which, by room. Two queries for each room.

    Inside a change of the common chain, after ``why_not_together``.
    """
    moved = {}
    for one in followers():
        rows = one.every().filter(person=gone).order_by("pk")
        moved[one.name] = list(rows.values_list("pk", flat=True))
        rows.update(person=kept)
    return moved


def busy_with(person: Person, day: date) -> list[str]:
    """Return as what somebody is named on a day, in words. One query for each room, and one for each agreement."""
    return [each.said.words for each in told(people=[person], private=True) if _holds(each.row, day)]


def forget(person: Person) -> None:
    """Let the rows about somebody who is erased say no more than that there was somebody. One query for each room."""
    for one in followers():
        if one.erased:
            one.every().filter(person=person).order_by().update(**one.erased)


# Who somebody is


@dataclass(frozen=True, slots=True)
class Told:
    """A row about somebody, of which room, with what it says by its agreement's text."""

    follower: Follower
    row: Any
    charter: Charter

    @property
    def said(self) -> Said:
        """What it says."""
        return self.follower.said(self.row, self.charter)


def told(*, people: Iterable[Any] = (), posts: Iterable[Any] = (), private: bool = False) -> list[Told]:
    """Return the standing rows about people or posts; ``private`` ones only where said.

    One query for each room, and one for each agreement.
    """
    texts: dict[int, Charter] = {}
    found = []
    for one in followers():
        for row in one.about(people, posts) if private or not one.private else ():
            agreement = one.agreement_of(row)
            if agreement.pk not in texts:
                texts[agreement.pk] = charter_of(agreement)
            found.append(Told(one, row, texts[agreement.pk]))
    return found


def of_party(account: Account, day: date) -> Q:
    """Return the condition that a party is one to which an account belongs on a day by some room's rows."""
    conditions = []
    for one in followers():
        if not one.party:
            continue
        rows = one.standing().filter(holds_on(day), **{one.party: OuterRef("pk")})
        conditions.append(Q(Exists(rows.filter(person__account=account))))
        if one.posts:
            held = Q(holds_on(day, "post__tenures__"), post__tenures__person__account=account)
            conditions.append(Q(Exists(rows.filter(held))))
    return _any(conditions)


def is_named(day: date) -> Q:
    """Return the condition that some room's rows are about a person on a day: in person, or by a post they hold."""
    rows = [(one, one.standing().filter(holds_on(day))) for one in followers()]
    in_person = [Q(pk__in=found.filter(person__isnull=False).values("person")) for _one, found in rows]
    posts = [Q(post__in=found.filter(post__isnull=False).values("post")) for one, found in rows if one.posts]
    holders = Tenure.objects.active_on(day).filter(_any(posts))
    return _any([*in_person, Q(pk__in=holders.values("person"))])


def is_named_since(day: date) -> Q:
    """Return the condition that some room's rows are about a person, by name, on a day or a later one."""
    later = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    rows = (one.standing().filter(later, person__isnull=False) for one in followers())
    return _any(Q(pk__in=found.values("person")) for found in rows)


def _any(conditions: Iterable[Q]) -> Q:
    """Return that one of some conditions holds: nobody's, where there is none."""
    return reduce(or_, conditions, _NOBODY)


def _holds(row: Any, day: date) -> bool:
    return bool(row.valid_from <= day and (row.valid_to is None or row.valid_to >= day))

"""Who is in an organisation, as its pages show it: people with their roles, posts with their holders.

A role is a post that somebody holds, or what they are named for by some room's rows (``following``): a theme, a place
in a body; in person, or as whoever holds a post.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language

from yhdyspinta.agreement import today
from yhdyspinta.parties.days import shown_days
from yhdyspinta.parties.evidence import shared_days
from yhdyspinta.parties.following import Known, Said, told
from yhdyspinta.parties.models import DatedQuerySet, Invitation, Organisation, Party, Person, Post, Tenure
from yhdyspinta.parties.post_kinds import kind_of, post_kinds
from yhdyspinta.parties.upkeep import EVERY
from yhdyspinta.printing.words import fold


@dataclass(frozen=True, slots=True)
class Role:
    """One role of somebody from a day to a day. ``said`` is a room's; ``tenure`` the post's, or that led to it."""

    words: str
    first: date
    last: date | None
    tenure: Tenure | None = None
    said: Said | None = None
    agreement: str = ""
    """The agreement in which somebody is named."""

    @property
    def days(self) -> str:
        """From when to when, in words."""
        return shown_days(self.first, self.last)

    @property
    def through(self) -> Post | None:
        """The post that led to what somebody is named for."""
        return self.tenure.post if self.tenure is not None and self.said is not None else None

    @property
    def theme(self) -> str:
        """The theme's own name, where it is about one."""
        return self.said.theme if self.said is not None else ""

    @property
    def known(self) -> tuple[Known, ...]:
        """What more is known, for the person's own eyes."""
        return self.said.known if self.said is not None else ()

    def holds(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.first <= day and (self.last is None or self.last >= day)


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of somebody, or those that follow a post, by when they hold."""

    now: list[Role] = field(default_factory=list)
    coming: list[Role] = field(default_factory=list)
    past: list[Role] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether there was ever one."""
        return bool(self.now or self.coming or self.past)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody with their roles; ``stale`` where nobody has said for half a year that what is known is right."""

    person: Person
    roles: Roles
    stale: bool

    @property
    def kinds(self) -> set[str]:
        """What a filter calls somebody like this (``PeopleFilter``)."""
        return {"on" if self.roles.now else "ei", *(["vahvistamatta"] if self.stale else [])}


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post with who holds it now, who comes next, who held it, and what follows it now."""

    post: Post
    kind: str
    holder: Tenure | None
    coming: list[Tenure]
    past: list[Tenure]
    following: list[Role]


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of an organisation, by name, and its posts: those without a holder first."""

    people: list[PersonLine]
    posts: list[PostLine]

    @property
    def open_posts(self) -> list[PostLine]:
        """The posts that nobody holds now."""
        return [line for line in self.posts if line.holder is None]


def roster_of(organisation: Organisation, day: date | None = None) -> Roster:
    """Return who is in an organisation on a day (today, unless said).

    Three queries, one more for each room whose rows follow people, and for each agreement.
    """
    asked = day or today()
    people = list(present(organisation))
    posts = list(organisation.posts.filter(Q(discontinued_on__isnull=True) | Q(discontinued_on__gte=asked)))
    tenures = list(_with_posts(Tenure.objects.filter(post__organisation=organisation)))
    named = _named(people=organisation.people.all(), posts=organisation.posts.all())
    roles = _roles_by_person(tenures, named)
    return Roster(
        [_person_line(person, roles.get(person.pk, []), asked) for person in people],
        sorted((_post_line(post, tenures, named, asked) for post in posts), key=_post_order),
    )


def present(organisation: Organisation) -> Iterable[Person]:
    """Return those of an organisation's people who are somebody, by name. One query."""
    return organisation.people.filter(erased_at__isnull=True, merged_into__isnull=True).order_by("name", "pk")


def roles_of_person(person: Person, day: date | None = None, *, private: bool = False) -> Roles:
    """Return the roles of somebody; see ``roles_of_people``."""
    return roles_of_people([person], day, private=private)[person.pk]


def roles_of_people(people: Sequence[Person], day: date | None = None, *, private: bool = False) -> dict[int, Roles]:
    """Return the roles of several people by their number.

    ``private`` ones too for the person themselves and for who keeps the organisation's people. One query, one more for
    each room whose rows follow people, and for each agreement.
    """
    tenures = list(_with_posts(Tenure.objects.filter(person__in=people)))
    named = _named(people=people, posts={tenure.post_id for tenure in tenures}, private=private)
    found = _roles_by_person(tenures, named)
    return {person.pk: _by_time(found.get(person.pk, []), day or today()) for person in people}


def post_line(post: Post, day: date | None = None) -> PostLine:
    """Return a post with its holders and what follows it.

    One query, one more for each room whose rows follow posts, and for each agreement.
    """
    tenures = list(_with_posts(Tenure.objects.filter(post=post)))
    return _post_line(post, tenures, _named(posts=[post.pk]), day or today())


def roles_following(post: Post, first: date, last: date | None) -> list[Role]:
    """Return what follows a post to whoever holds it between two days.

    One query for each room whose rows follow posts, and for each agreement.
    """
    held = Tenure(post=post, valid_from=first, valid_to=last)
    days = [(each, shared_days(each.row, held)) for each in _named(posts=[post.pk])]
    return [each.role(*both) for each, both in days if both is not None]


def filtered(lines: Iterable[PersonLine], asked: Mapping[str, str]) -> list[PersonLine]:
    """Keep the people whom a filter asks for: ``haku`` words, ``rooli`` what they do."""
    words = fold(asked.get("haku", ""))
    wanted = asked.get("rooli", "")
    return [line for line in lines if (not wanted or wanted in line.kinds) and words in _searched(line)]


def open_invitations(party: Party) -> QuerySet[Invitation]:
    """Return the invitations of a party that can still be accepted, the newest first. One query."""
    rows = party.invitations.filter(accepted_by__isnull=True, link__revoked_at__isnull=True, link__used_at__isnull=True)
    return rows.filter(link__expires_at__gt=timezone.now()).select_related("link", "person", "party__agreement")


def _searched(line: PersonLine) -> str:
    roles = " ".join(role.words for role in [*line.roles.now, *line.roles.coming])
    return fold(f"{line.person.name} {line.person.email} {roles}")


def _with_posts(tenures: DatedQuerySet) -> DatedQuerySet:
    return tenures.select_related("post", "person").order_by("-valid_from", "-pk")


@dataclass(frozen=True, slots=True)
class _Named:
    """A row of some room about somebody, with what it says and what its agreement is called."""

    row: Any
    said: Said
    agreement: str
    person: int | None
    post: int | None

    def role(self, first: date, last: date | None, tenure: Tenure | None = None) -> Role:
        """Return the row as a role on some days."""
        return Role(capfirst(self.said.words), first, last, tenure, self.said, self.agreement)


def _named(*, people: Iterable[Any] = (), posts: Iterable[Any] = (), private: bool = False) -> list[_Named]:
    language = get_language() or ""
    return [
        _Named(
            each.row,
            each.said,
            each.charter.short_title.get(language),
            each.row.person_id,
            each.row.post_id if each.follower.posts else None,
        )
        for each in told(people=people, posts=posts, private=private)
    ]


def _roles_by_person(tenures: Sequence[Tenure], named: Sequence[_Named]) -> dict[int, list[Role]]:
    roles: dict[int, list[Role]] = {}
    by_post: dict[int, list[Tenure]] = {}
    for tenure in tenures:
        by_post.setdefault(tenure.post_id, []).append(tenure)
        held = Role(str(tenure.post), tenure.valid_from, tenure.valid_to, tenure=tenure)
        roles.setdefault(tenure.person_id, []).append(held)
    for each in named:
        if each.person is not None:
            roles.setdefault(each.person, []).append(each.role(each.row.valid_from, each.row.valid_to))
            continue
        for tenure in by_post.get(each.post or 0, ()):
            if days := shared_days(each.row, tenure):
                roles.setdefault(tenure.person_id, []).append(each.role(*days, tenure))
    return roles


def _by_time(roles: Iterable[Role], day: date) -> Roles:
    sorted_out = Roles()
    for role in roles:
        kept = sorted_out.now if role.holds(day) else sorted_out.coming if role.first > day else sorted_out.past
        kept.append(role)
    return sorted_out


def _person_line(person: Person, roles: Iterable[Role], day: date) -> PersonLine:
    since = day - EVERY
    seen = person.confirmed_on or person.made_at.date()
    return PersonLine(person, _by_time(roles, day), stale=seen <= since)


def _post_line(post: Post, tenures: Iterable[Tenure], named: Iterable[_Named], day: date) -> PostLine:
    own = [tenure for tenure in tenures if tenure.post_id == post.pk]
    follow = [each.role(each.row.valid_from, each.row.valid_to) for each in named if each.post == post.pk]
    return PostLine(
        post,
        kind_of(post.kind).name,
        next((tenure for tenure in own if tenure.holds(day)), None),
        [tenure for tenure in own if tenure.valid_from > day],
        [tenure for tenure in own if tenure.valid_to is not None and tenure.valid_to < day],
        [role for role in follow if role.last is None or role.last >= day],
    )


def _post_order(line: PostLine) -> tuple[bool, int, str]:
    kinds = list(post_kinds())
    at = kinds.index(line.post.kind) if line.post.kind in kinds else len(kinds)
    return line.holder is not None, at, str(line.post)

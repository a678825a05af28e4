"""The people and posts of an organisation as the rows of a table find them, with what earlier rows have added. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from yhdyspinta.parties.models import Person, Post, Tenure
from yhdyspinta.parties.post_kinds import kind_of, post_kinds
from yhdyspinta.printing.words import fold

PERSON = ("name", "email", "phone", "language")
"""What is known of a person."""


@dataclass(eq=False)
class Thing:
    """A person, a post or a tenure: its number, what is known of it, and what rows of the table told of it."""

    ref: int
    said: dict[str, str]
    told: dict[str, tuple[str, int]] = field(default_factory=dict, kw_only=True)
    """By field: what was told, and by which row."""


@dataclass(eq=False)
class Somebody(Thing):
    """One of the people, or a newcomer."""

    held: list[HeldPost] = field(default_factory=list, kw_only=True)
    account: str = field(default="", kw_only=True)
    """The address that they sign in with, where they have an account."""

    def __str__(self) -> str:
        return self.said["name"]

    @property
    def is_self_named(self) -> bool:
        """Whether their address here may be one that they typed themselves: they sign in with another."""
        return self.account not in {"", self.said["email"]}


@dataclass(eq=False)
class Office(Thing):
    """A post."""

    kind: str
    discontinued_on: date | None = None
    held: list[HeldPost] = field(default_factory=list, kw_only=True)

    def __str__(self) -> str:
        return self.said["title"] or kind_of(self.kind).name


@dataclass(eq=False)
class HeldPost(Thing):
    """A tenure: ``said`` has its last day, as ISO 8601 writes it, and its decision."""

    post: Office
    person: Somebody
    valid_from: date

    def __str__(self) -> str:
        return str(self.post)

    @property
    def valid_to(self) -> date | None:
        """The last day, where one is known."""
        return date.fromisoformat(self.said["valid_to"]) if self.said["valid_to"] else None

    def put(self) -> None:
        """Let the post and the person know of it."""
        self.post.held.append(self)
        self.person.held.append(self)


class There:
    """The people and posts, found as a table names them."""

    def __init__(
        self, people: Iterable[Person], posts: Iterable[Post], tenures: Iterable[Tenure], by_email: set[str]
    ) -> None:
        self.by_email: dict[str, Somebody] = {}
        self.by_name: dict[str, list[Somebody]] = {}
        self.offices: dict[str, list[Office]] = {}
        self.titled: dict[tuple[str, str], list[Office]] = {}
        self.named_by_email = by_email
        self.kinds = {fold(name): kind.id for kind in post_kinds().values() for name in (kind.id, *kind.names.values())}
        people_there = {
            one.pk: Somebody(
                one.pk,
                {name: getattr(one, name) for name in PERSON},
                account=one.account.email if one.account else "",
            )
            for one in people
        }
        posts_there = {
            one.pk: Office(one.pk, {"title": one.title, "email": one.email}, one.kind, one.discontinued_on)
            for one in posts
        }
        for known in people_there.values():
            self.know(known)
        for post in posts_there.values():
            self.kinds.setdefault(fold(post.kind), post.kind)  # of a kind that the installation no longer names
            self.add_office(post)
        for row in tenures:
            said = {"valid_to": row.valid_to.isoformat() if row.valid_to else "", "basis": row.basis}
            person = people_there.get(row.person_id) or Somebody(row.person_id, {"name": _("erased person")})
            HeldPost(row.pk, said, posts_there[row.post_id], person, row.valid_from).put()

    def know(self, person: Somebody) -> None:
        """Let somebody be found by what is known of them."""
        if person.said["email"]:
            self.by_email[person.said["email"]] = person
        self.by_name.setdefault(fold(person.said["name"]), []).append(person)

    def change(self, person: Somebody, changes: Mapping[str, str]) -> None:
        """Let somebody be found by what is known of them from now on."""
        self.by_email.pop(person.said["email"], None)
        self.by_name[fold(person.said["name"])].remove(person)
        person.said.update(changes)
        self.know(person)

    def namesakes(self, name: str, *, strangers: bool) -> list[Somebody]:
        """Return who is called so; with ``strangers`` only those whom no row of the table names by their address."""
        found = self.by_name.get(fold(name), [])
        return [one for one in found if not (strangers and one.said["email"] in self.named_by_email)]

    def add_office(self, office: Office) -> None:
        """Let a post be found."""
        self.offices.setdefault(office.kind, []).append(office)
        for kind in (office.kind, ""):
            self.titled.setdefault((kind, fold(office.said["title"])), []).append(office)

    def offices_called(self, kind: str, title: str) -> list[Office]:
        """Return the posts that a kind and a title mean; one of the two may be empty.

        Without a title it is the post that has none, else the only one of its kind; without a kind, any of that title.
        """
        found = self.titled.get((kind, fold(title)), [])
        if title:
            return [one for one in found if one.said["title"] == title] or found
        return found or self.offices.get(kind, [])

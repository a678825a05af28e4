"""Who is in an organisation, as its pages show it: people with their roles, posts with their holders.

A role is a post that somebody holds, or a theme for which they are named: in person, or as whoever holds a post.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language

from yhdyspinta.agreement import Charter, today
from yhdyspinta.journal.queries import charter_of
from yhdyspinta.parties.days import shown_days
from yhdyspinta.parties.evidence import shared_days
from yhdyspinta.parties.models import DatedQuerySet, Invitation, Naming, Organisation, Party, Person, Post, Tenure
from yhdyspinta.parties.post_kinds import kind_of, post_kinds
from yhdyspinta.parties.upkeep import EVERY
from yhdyspinta.printing.words import fold


@dataclass(frozen=True, slots=True)
class Role:
    """One role of somebody from a day to a day. ``naming`` is a theme's; ``tenure`` the post's, or that led to it."""

    words: str
    first: date
    last: date | None
    tenure: Tenure | None = None
    naming: Naming | None = None
    agreement: str = ""
    """The agreement in which somebody is named."""
    theme: str = ""
    """The theme's own name."""

    @property
    def days(self) -> str:
        """From when to when, in words."""
        return shown_days(self.first, self.last)

    @property
    def through(self) -> Post | None:
        """The post that led to a theme."""
        return self.tenure.post if self.tenure is not None and self.naming is not None else None

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
    themes: list[Role]


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
    """Return who is in an organisation on a day (today, unless said). Four queries, one more for each agreement."""
    asked = day or today()
    people = list(present(organisation))
    posts = list(organisation.posts.filter(Q(discontinued_on__isnull=True) | Q(discontinued_on__gte=asked)))
    tenures, namings = _of_organisation(organisation)
    words = _Words(namings)
    roles = _roles_by_person(tenures, namings, words)
    return Roster(
        [_person_line(person, roles.get(person.pk, []), asked) for person in people],
        sorted((_post_line(post, tenures, namings, words, asked) for post in posts), key=_post_order),
    )


def present(organisation: Organisation) -> Iterable[Person]:
    """Return those of an organisation's people who are somebody, by name. One query."""
    return organisation.people.filter(erased_at__isnull=True, merged_into__isnull=True).order_by("name", "pk")


def roles_of_person(person: Person, day: date | None = None) -> Roles:
    """Return the roles of somebody. Two queries, one more for each agreement."""
    return roles_of_people([person], day)[person.pk]


def roles_of_people(people: Sequence[Person], day: date | None = None) -> dict[int, Roles]:
    """Return the roles of several people by their number. Two queries, one more for each agreement."""
    tenures = list(_with_posts(Tenure.objects.filter(person__in=people)))
    namings = list(_named(Q(person__in=people) | Q(post__in={tenure.post_id for tenure in tenures})))
    found = _roles_by_person(tenures, namings, _Words(namings))
    return {person.pk: _by_time(found.get(person.pk, []), day or today()) for person in people}


def post_line(post: Post, day: date | None = None) -> PostLine:
    """Return a post with its holders and what follows it. Two queries, one more for each agreement."""
    tenures = list(_with_posts(Tenure.objects.filter(post=post)))
    namings = list(_named(Q(post=post)))
    return _post_line(post, tenures, namings, _Words(namings), day or today())


def themes_following(post: Post, first: date, last: date | None) -> list[Role]:
    """Return the themes that follow a post to whoever holds it between two days. One query, and one an agreement."""
    namings = list(_named(Q(post=post)))
    words = _Words(namings)
    held = Tenure(post=post, valid_from=first, valid_to=last)
    days = [(naming, shared_days(naming, held)) for naming in namings]
    return [words.role(naming, *both) for naming, both in days if both is not None]


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


def _of_organisation(organisation: Organisation) -> tuple[list[Tenure], list[Naming]]:
    tenures = list(_with_posts(Tenure.objects.filter(post__organisation=organisation)))
    return tenures, list(_named(Q(person__organisation=organisation) | Q(post__organisation=organisation)))


def _with_posts(tenures: DatedQuerySet) -> DatedQuerySet:
    return tenures.select_related("post", "person").order_by("-valid_from", "-pk")


def _named(condition: Q) -> DatedQuerySet:
    rows = Naming.objects.standing().filter(condition).select_related("party__agreement", "party__organisation", "post")
    return rows.order_by("party__agreement", "party__order", "role", "theme", "valid_from")


class _Words:
    """What roles are called; reads the text of each agreement once."""

    def __init__(self, namings: Iterable[Naming]) -> None:
        self.charters: Mapping[int, Charter] = {
            party.agreement_id: charter_of(party.agreement)
            for party in {naming.party.agreement_id: naming.party for naming in namings}.values()
        }

    def role(self, naming: Naming, first: date, last: date | None, tenure: Tenure | None = None) -> Role:
        """Return a naming as a role on some days: what somebody is named as, the theme, and the party."""
        charter, language = self.charters[naming.party.agreement_id], get_language() or ""
        theme = charter.themes.get(naming.theme)
        role = capfirst(str(naming.get_role_display()))
        about = theme.name.get(language) if theme else naming.theme
        named = f"{role}: {about}" if about else role
        words = f"{named} ({naming.party.organisation})"
        return Role(words, first, last, tenure, naming, charter.short_title.get(language), about)


def _roles_by_person(tenures: Sequence[Tenure], namings: Sequence[Naming], words: _Words) -> dict[int, list[Role]]:
    roles: dict[int, list[Role]] = {}
    by_post: dict[int, list[Tenure]] = {}
    for tenure in tenures:
        by_post.setdefault(tenure.post_id, []).append(tenure)
        held = Role(str(tenure.post), tenure.valid_from, tenure.valid_to, tenure=tenure)
        roles.setdefault(tenure.person_id, []).append(held)
    for naming in namings:
        if naming.person_id is not None:
            own = words.role(naming, naming.valid_from, naming.valid_to)
            roles.setdefault(naming.person_id, []).append(own)
            continue
        for tenure in by_post.get(naming.post_id or 0, ()):
            if days := shared_days(naming, tenure):
                roles.setdefault(tenure.person_id, []).append(words.role(naming, *days, tenure))
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


def _post_line(post: Post, tenures: Iterable[Tenure], namings: Iterable[Naming], words: _Words, day: date) -> PostLine:
    own = [tenure for tenure in tenures if tenure.post_id == post.pk]
    follow = [words.role(each, each.valid_from, each.valid_to) for each in namings if each.post_id == post.pk]
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

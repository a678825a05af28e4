"""A party in a few numbers and names, for its own desk: how many people, which posts are open, who does what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from yhdyspinta.parties.counterparts import COORDINATOR, COUNTERPART, WHOLE, Holder, named_on
from yhdyspinta.parties.models import Naming, Party, Post, Tenure
from yhdyspinta.parties.post_kinds import kind_of
from yhdyspinta.parties.upkeep import EVERY


@dataclass(frozen=True, slots=True)
class Overview:
    """A party's people, posts and namings on a day."""

    people: int
    stale: int
    """Of how many nobody has said for half a year that what is known of them is right."""
    last_confirmed: date | None
    posts: Sequence[tuple[Post, Tenure | None]]
    holders: Sequence[Holder]

    @property
    def open_posts(self) -> list[Post]:
        """The posts that nobody holds."""
        return [post for post, tenure in self.posts if tenure is None]

    def counterparts(self, theme: str) -> list[str]:
        """Return who is named for a theme, in words."""
        return self._named(COUNTERPART, {theme})

    def coordinators(self, theme: str = WHOLE) -> list[str]:
        """Return who coordinates a theme, in words: those of the theme itself, else those of the whole."""
        return (theme and self._named(COORDINATOR, {theme})) or self._named(COORDINATOR, {WHOLE})

    def in_office(self, names: Sequence[str]) -> list[str]:
        """Return who holds the post that is called so in some language, in words."""
        wanted = {name.casefold() for name in names}
        found = []
        for post, tenure in self.posts:
            called = {post.title.casefold(), *(name.casefold() for name in kind_of(post.kind).names.values())}
            if tenure is not None and called & wanted:
                found.append(f"{tenure.person} ({post})")
        return found

    def _named(self, role: str, themes: set[str]) -> list[str]:
        of_role = [each for each in self.holders if each.naming.role == role and each.naming.theme in themes]
        return list(dict.fromkeys(_in_words(holder) for holder in of_role if holder.person is not None))


def _in_words(holder: Holder) -> str:
    return f"{holder.person} ({holder.post})" if holder.post is not None else str(holder.person)


def overview_of(party: Party, day: date) -> Overview:
    """Return a party's people, posts and namings on a day. Four queries."""
    since = day - EVERY
    known = party.organisation.people.filter(erased_at__isnull=True, merged_into__isnull=True)
    unseen = Q(confirmed_on__lte=since) | Q(confirmed_on__isnull=True, made_at__date__lte=since)
    counted = known.aggregate(people=Count("pk"), stale=Count("pk", filter=unseen), last=Max("confirmed_on"))
    posts = party.organisation.posts.filter(Q(discontinued_on__isnull=True) | Q(discontinued_on__gte=day))
    tenures = Tenure.objects.filter(post__organisation=party.organisation_id).active_on(day).select_related("person")
    held = {tenure.post_id: tenure for tenure in tenures}
    namings = named_on(Naming.objects.filter(party=party), day)
    return Overview(
        counted["people"],
        counted["stale"],
        counted["last"],
        [(post, held.get(post.pk)) for post in posts],
        [Holder.of(naming) for naming in namings],
    )

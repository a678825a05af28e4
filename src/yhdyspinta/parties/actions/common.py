"""What the actions of the room share: who may, which chains, and what follows a post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.journal.actions import erase_details
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import COMMON, Entry
from yhdyspinta.parties import policy
from yhdyspinta.parties.following import agreements_following, facts_following
from yhdyspinta.parties.models import Organisation, Party, Post


def refuse_stranger(by: Actor, party: Party) -> None:
    """Refuse who does not act for a party.

    Raises:
        NotAllowed: the actor administers neither the installation nor the party.

    """
    if not policy.manages_party.test(by, party):
        raise NotAllowed(_("You do not act for %(party)s.") % {"party": party.organisation})


def refuse_outsider(by: Actor, organisation: Organisation) -> None:
    """Refuse who does not act for an organisation: the administrators of its parties, in any agreement, do.

    Raises:
        NotAllowed: the actor administers neither the installation nor a party that the organisation is.

    """
    if not policy.manages_organisation.test(by, organisation):
        raise NotAllowed(_("You do not act for %(party)s.") % {"party": organisation})


def erase_names(keys: Iterable[str], *, reason: str, by: Actor) -> int:
    """Erase what the common chain says of before and after of things that named somebody; return of how many entries.

    Inside the change that forgets the things themselves: its own entry stays.
    """
    entries = Entry.objects.filter(chain__name=COMMON, object_key__in=list(keys), detail__isnull=False)
    numbers = list(entries.exclude(verb="erase-person").values_list("sequence", flat=True))
    return erase_details(None, numbers, reason=reason, by=by) if numbers else 0


@contextmanager
def change_with_followers(posts: Iterable[Post], *, by: Actor) -> Iterator[Change]:
    """Change who holds posts: locks the agreements in which something follows them, then the common chain.

    What follows a post is what any room's rows say of whoever holds it (``following``). On leaving, what these rows
    prove is handed to each agreement. A row about a post is made behind the common chain's lock too, so none can come
    in between.
    """
    held = list(posts)
    with ExitStack() as stack:
        known = agreements_following(held)
        followers = {agreement.pk: stack.enter_context(change(agreement, by=by)) for agreement in known}
        common = stack.enter_context(change(None, by=by))
        if {agreement.pk for agreement in agreements_following(held)} - set(followers):
            raise ValidationError(_("Somebody was named for this post just now. Try again."))
        yield common
        common.settle()
        for c in followers.values():
            _follow(c, held)


def _follow(c: Change, posts: list[Post]) -> None:
    assert c.agreement is not None
    facts = facts_following(c.agreement, posts)
    c.enter("follow-posts", ",".join(post.key for post in posts)[:200])
    c.keep_all(facts)

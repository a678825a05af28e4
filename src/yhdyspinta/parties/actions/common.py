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
from yhdyspinta.journal.models import COMMON, Agreement, Entry
from yhdyspinta.parties import policy
from yhdyspinta.parties.evidence import facts_by_key
from yhdyspinta.parties.models import Naming, Organisation, Party, Post


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

    On leaving, what the namings of these posts prove is handed to each agreement. A naming of a post is made behind the
    common chain's lock too, so none can come in between.
    """
    held = list(posts)
    with ExitStack() as stack:
        known = _agreements(held)
        followers = {agreement.pk: stack.enter_context(change(agreement, by=by)) for agreement in known}
        common = stack.enter_context(change(None, by=by))
        if {agreement.pk for agreement in _agreements(held)} - set(followers):
            raise ValidationError(_("Somebody was named for this post just now. Try again."))
        yield common
        common.settle()
        for c in followers.values():
            _follow(c, held)


def _agreements(posts: list[Post]) -> list[Agreement]:
    rows = Agreement.objects.filter(parties__namings__post__in=[post.pk for post in posts])
    return list(rows.select_related("chain").distinct().order_by("slug"))


def _follow(c: Change, posts: list[Post]) -> None:
    rows = Naming.objects.standing().filter(party__agreement=c.agreement, post__in=[post.pk for post in posts])
    facts = facts_by_key(list(rows.select_related("party")))
    c.enter("follow-posts", ",".join(post.key for post in posts)[:200])
    c.keep_all(facts)

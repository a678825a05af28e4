"""From the account that signed in to the actor that the journal knows."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.parties import queries
from yhdyspinta.parties.models import Account, Party

ADMINISTRATOR = "Ylläpito"
"""The label of an installation's administrator; the journal keeps one wording for all languages."""


def actor_for(user: Account | AnonymousUser, party: Party | None = None) -> Actor:
    """Return who acts, for a party where one is named. One query where one is named, else none.

    The label is the party's name, or that of the administration: never the person's, which can be looked up by number
    as long as the account is there.

    Raises:
        NotAllowed: nobody is signed in, the account is closed, or it administers neither the party nor all of it.

    """
    if not isinstance(user, Account) or not user.is_active:
        raise NotAllowed(_("Sign in first."))
    if party is None:
        return Actor("person", person=user.pk, label=ADMINISTRATOR if user.is_administrator else "")
    if not user.is_administrator and not queries.administers(user.pk, party):
        raise NotAllowed(_("You do not act for %(party)s.") % {"party": party.organisation})
    return Actor("person", person=user.pk, party=party.slug, label=party.organisation.label)

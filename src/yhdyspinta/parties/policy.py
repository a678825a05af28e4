"""Who may change what: predicates of `rules`, asked with ``test`` and composed with ``&``, ``|`` and ``~``.

Each asks the rows as they are now: inside a change that means behind its lock.
"""

from __future__ import annotations

from rules.predicates import Predicate

from yhdyspinta.journal.actor import Actor
from yhdyspinta.parties import queries
from yhdyspinta.parties.models import Account, Party


def _is_system(actor: Actor) -> bool:
    return actor.kind == "system"


def _is_administrator(actor: Actor) -> bool:
    if actor.kind != "person" or actor.person is None:
        return False
    return Account.objects.filter(pk=actor.person, is_active=True, is_administrator=True).exists()


def _administers(actor: Actor, party: Party) -> bool:
    return actor.kind == "person" and actor.person is not None and queries.administers(actor.person, party)


is_system = Predicate(_is_system, "is_system")
"""The program itself acts: a command of the operator, a task."""

is_administrator = Predicate(_is_administrator, "is_administrator")
"""An active administrator of the installation acts. One query."""

administers = Predicate(_administers, "administers")
"""The actor administers the party today. One query."""

manages_installation = is_system | is_administrator
manages_party = manages_installation | administers

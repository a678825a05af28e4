"""Who may change what: predicates of `rules`, asked with ``test`` and composed with ``&``, ``|`` and ``~``.

Each asks the rows as they are now: inside a change that means behind its lock.
"""

from __future__ import annotations

from rules.predicates import Predicate

from yhdyspinta.journal.actor import Actor
from yhdyspinta.parties import queries
from yhdyspinta.parties.models import Account, Organisation, Party, Person


def _is_system(actor: Actor) -> bool:
    return actor.kind == "system"


def _is_administrator(actor: Actor) -> bool:
    if actor.kind != "person" or actor.person is None:
        return False
    return Account.objects.filter(pk=actor.person, is_active=True, is_administrator=True).exists()


def _administers(actor: Actor, party: Party) -> bool:
    return actor.kind == "person" and actor.person is not None and queries.administers(actor.person, party)


def _administers_organisation(actor: Actor, organisation: Organisation) -> bool:
    return actor.kind == "person" and actor.person is not None and queries.runs(actor.person, organisation)


def _keeps_person(actor: Actor, person: Person) -> bool:
    return _administers_organisation(actor, person.organisation)


def _is_the_person(actor: Actor, person: Person) -> bool:
    return actor.kind == "person" and actor.person is not None and person.account_id == actor.person


is_system = Predicate(_is_system, "is_system")
"""The program itself acts: a command of the operator, a task."""

is_administrator = Predicate(_is_administrator, "is_administrator")
"""An active administrator of the installation acts. One query."""

administers = Predicate(_administers, "administers")
"""The actor administers the party today. One query."""

manages_installation = is_system | is_administrator
manages_party = manages_installation | administers

administers_organisation = Predicate(_administers_organisation, "administers_organisation")
"""The actor administers today a party that the organisation is, in any agreement. One query."""

manages_organisation = manages_installation | administers_organisation
may_keep_person = (
    Predicate(_is_the_person, "is_the_person") | manages_installation | Predicate(_keeps_person, "keeps_person")
)
"""Who may keep right what is known of a person: the person, and who acts for their organisation."""

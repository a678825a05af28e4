"""Somebody of the cast as one of an organisation's people."""

from __future__ import annotations

from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.parties.actions import add_person
from yhdyspinta.parties.models import Account, Party, Person


def given_person(party: Party, account: Account, **said: str) -> Person:
    """Add whoever has an account to a party's people, as an invitation that was accepted does."""
    known = {"name": account.name, "email": account.email, "phone": "050 000 00 01"}
    person = add_person(party.organisation, **(known | said), by=SYSTEM)
    person.account = account
    person.save(update_fields=["account"])
    return person

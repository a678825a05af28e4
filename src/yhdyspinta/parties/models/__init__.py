"""What the parties' room keeps."""

from __future__ import annotations

from yhdyspinta.parties.models.account import Account, PartyAdministrator
from yhdyspinta.parties.models.dated import DatedQuerySet, holds_on
from yhdyspinta.parties.models.entrance import Invitation, Link
from yhdyspinta.parties.models.naming import Naming
from yhdyspinta.parties.models.organisation import Organisation, Party
from yhdyspinta.parties.models.people import Person, Post, Tenure
from yhdyspinta.parties.models.traces import Look, PeopleTable

__all__ = [
    "Account",
    "DatedQuerySet",
    "Invitation",
    "Link",
    "Look",
    "Naming",
    "Organisation",
    "Party",
    "PartyAdministrator",
    "PeopleTable",
    "Person",
    "Post",
    "Tenure",
    "holds_on",
]

"""Fill an empty database with the framework agreement and ten thousand people, and say the cookie of one who signed in.

Each party has a counterpart for each theme, seven in person and three by a post, and namings that have ended.
"""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.test import Client

from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.queries import charter_of
from yhdyspinta.parties import actions
from yhdyspinta.parties.actions import Named
from yhdyspinta.parties.models import Naming, Party, Person
from yhdyspinta.parties.queries import parties_of

PEOPLE = 10_000
IN_PERSON = 7
ENDED = 20
SINCE = date(2024, 1, 1)


def fill() -> None:
    """Make them all, and write the cookie to standard output."""
    loaded = actions.load_agreement(Path(__file__).parents[1] / "agreements" / "keski-suomi-2023", by=SYSTEM)
    themes = list(charter_of(loaded.agreement).themes)
    parties = list(parties_of(loaded.agreement))
    for party in parties:
        _fill(party, themes, PEOPLE // len(parties) + 1)
    account = actions.create_account("mittaaja@example.org", name="Mittaaja", by=SYSTEM)
    actions.appoint_party_administrator(parties[-1], account=account, by=SYSTEM)
    client = Client()
    client.force_login(account)
    sys.stdout.write("; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()))


def _fill(party: Party, themes: list[str], number: int) -> None:
    organisation = party.organisation
    Person.objects.bulk_create(
        Person(organisation=organisation, name=f"Nimi {each}", email=f"n{each}@{party.slug}.example.org")
        for each in range(number)
    )
    people = list(organisation.people.order_by("pk")[:ENDED])
    post = actions.add_post(organisation, kind="director-of-education-and-culture", by=SYSTEM)
    actions.hand_over_post(post, person=people[0], first_day=SINCE, by=SYSTEM)
    for holder, named in ((people[1], themes[:IN_PERSON]), (post, themes[IN_PERSON:])):
        said = Named(holder, SINCE, hours_per_week=Decimal("7.5"))
        actions.name_for_themes(party, "counterpart", named, said, by=SYSTEM)
    ended = {"role": "counterpart", "valid_from": date(2023, 1, 1), "valid_to": date(2023, 12, 31)}
    Naming.objects.bulk_create(
        Naming(party=party, person=person, theme=theme, **ended) for person in people for theme in themes
    )

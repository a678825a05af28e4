"""What the tests of people and posts share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.parties.actions import add_person, add_post, hand_over_post, name_for_themes
from yhdyspinta.parties.actions.namings import Named
from yhdyspinta.parties.models import Party, Person, Post

LONG_AGO = date(2024, 1, 1)


def url(name: str, **more: Any) -> str:
    """Return a page of Luhanka's, or of another party's."""
    return reverse(f"parties:{name}", kwargs={"slug": "keski-suomi-2023", "party": "luhanka"} | more)


def person_in(party: Party, name: str = "Pirjo Peltonen", **said: str) -> Person:
    """Return a new person of a party's organisation."""
    return add_person(party.organisation, name=name, by=SYSTEM, **said)


def post_in(party: Party, kind: str = "director-of-education-and-culture", **said: str) -> Post:
    """Return a new post of a party's organisation."""
    return add_post(party.organisation, kind=kind, by=SYSTEM, **said)


def held_by(post: Post, person: Person, first_day: date = LONG_AGO, last_day: date | None = None) -> None:
    """Let somebody hold a post."""
    hand_over_post(post, person=person, first_day=first_day, last_day=last_day, by=SYSTEM)


def named(party: Party, holder: Person | Post, *themes: str, first_day: date = LONG_AGO) -> None:
    """Name somebody as a party's counterpart."""
    name_for_themes(party, "counterpart", list(themes), Named(holder, first_day, hours_per_week=Decimal(4)), by=SYSTEM)

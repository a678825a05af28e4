"""What these tests share: messages in the language they are written in, and Luhanka with one person in one post."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from tests.parties.people import held_by, named, person_in, post_in
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Account, Party, Person, Post
from yhdyspinta.parties.queries import party_or_404


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def luhanka(agreement: Agreement) -> Party:
    """The smallest of the municipalities."""
    return party_or_404(agreement, "luhanka")


@pytest.fixture
def pirjo(luhanka: Party) -> Person:
    """One of Luhanka's people, with phone and mail."""
    return person_in(luhanka, email="pirjo@luhanka.example", phone="+358 40 123 4567")


@pytest.fixture
def post(luhanka: Party, pirjo: Person) -> Post:
    """A post of Luhanka's that Pirjo holds, and that the theme ICT follows."""
    made = post_in(luhanka)
    held_by(made, pirjo)
    named(luhanka, made, "ict")
    return made


@pytest.fixture
def luhankas(small_municipality_clerk: Account, signed_in: Callable[[Account], Client]) -> Client:
    """The browser of Luhanka's administrator."""
    return signed_in(small_municipality_clerk)

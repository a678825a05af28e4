"""What the tests of the bodies share: the agreement as if it were in force, and its parties."""

from __future__ import annotations

from datetime import date

import pytest

from tests.parties.going_on import going_on
from yhdyspinta.agreement import today
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.queries import parties_of

TERM = date(2025, 6, 1)
"""The first day of the council term that goes on now."""


@pytest.fixture
def agreement(db: None, keski_suomi_text: dict[str, str]) -> Agreement:
    """The framework agreement as if it were in force today."""
    assert TERM <= today() <= date(2029, 5, 31), "the tests of the bodies need the terms of a newer text"
    return going_on(keski_suomi_text)


@pytest.fixture
def parties(agreement: Agreement) -> dict[str, Party]:
    """The parties by id, in the agreement's order."""
    return {party.slug: party for party in parties_of(agreement)}

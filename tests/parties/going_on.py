"""The framework agreement as if it were in force today; the cast and the parties are those of the real one."""

from __future__ import annotations

from datetime import date, timedelta

from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import assess
from yhdyspinta.parties.actions import load_agreement

HOME = "/en/keski-suomi-2023/"


def going_on(text: dict[str, str]) -> Agreement:
    """Load the agreement with another last day, a year from now."""
    longer = text["fi"].replace("\nto: 2025-12-31\n", f"\nto: {today() + timedelta(days=365)}\n", 1)
    assert longer != text["fi"]
    return load_agreement(text | {"fi": longer}, records_from=date(2023, 1, 1), by=SYSTEM).agreement


def state_of(agreement: Agreement, party: str, theme: str, day: date) -> str:
    """Return whether a party has a counterpart for a theme on a day, as the agreement says it."""
    return next(
        one.state
        for one in assess(agreement, as_of=day).occurrences
        if (one.duty, one.bearer, one.object) == ("vastinparit", party, theme)
    )

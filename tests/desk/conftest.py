"""What the tests of the desk share: an invented history of the framework agreement, and scenes made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from yhdyspinta.agreement import Charter, fact_of, parse_agreement
from yhdyspinta.agreement.assess import assess
from yhdyspinta.agreement.ledger import Ledger
from yhdyspinta.desk.audience import sight_of
from yhdyspinta.desk.links import Links
from yhdyspinta.desk.scene import Scene
from yhdyspinta.journal.models import Agreement

TODAY = dt.date(2026, 11, 24)
MINUTES = {"organ": "kuntakokous", "section": "4", "link": "https://example.org/muistio"}

# Jyväskylä convened and reported; three parties accepted one group; Luhanka named two counterparts, Joutsa one.
HISTORY: list[dict[str, Any]] = [
    {"fact": "meeting-held", "body": "kuntakokous", "on": "2023-05-16", "reference": MINUTES},
    {"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-21"},
    {"fact": "item-handled", "body": "kuntakokous", "meeting": "2024-05-21", "on": "2024-05-21",
     "topic": "goal-review"},
    {"fact": "meeting-held", "body": "ict", "on": "2024-02-08", "online": True},
    {"fact": "meeting-held", "body": "ksturva", "on": "2024-03-14",
     "reference": {"register": "1/2024", "text": "salainen"}},
    {"fact": "acceptance-given", "party": "luhanka", "subject": "ict", "on": "2023-02-01"},
    {"fact": "acceptance-given", "party": "joutsa", "subject": "ict", "on": "2023-02-02"},
    {"fact": "counterpart-named", "party": "luhanka", "theme": "ict", "from": "2023-03-01", "hours_per_week": 2},
    {"fact": "counterpart-named", "party": "luhanka", "theme": "tkki", "from": "2023-03-01", "hours_per_week": 2},
    {"fact": "counterpart-named", "party": "joutsa", "theme": "ict", "from": "2023-04-01", "hours_per_week": 2},
    {"fact": "signed", "party": "luhanka", "on": "2022-12-14"},
    {"fact": "contribution-delivered", "party": "luhanka", "period": "2023", "on": "2023-10-01"},
    {"fact": "evaluation-made", "on": "2025-06-12"},
]  # fmt: skip


@pytest.fixture(scope="session")
def charter(keski_suomi_text: dict[str, str]) -> Charter:
    return parse_agreement(keski_suomi_text)


@pytest.fixture
def scene_on(charter: Charter) -> Callable[..., Scene]:
    """Make a scene of a day: for an audience, with so much shown to the public, of the history or other facts."""

    def make(
        day: str,
        *,
        audience: str = "public",
        shown: str = "done-and-counts",
        language: str = "fi",
        facts: list[dict[str, Any]] | None = None,
        of: Charter = charter,
        records_from: dt.date | None = None,
    ) -> Scene:
        ledger = Ledger(of, [fact_of(fact) for fact in (HISTORY if facts is None else facts)])
        as_of = dt.date.fromisoformat(day)
        return Scene(
            agreement=Agreement(slug=of.id, states_shown_to_public=shown),
            charter=of,
            assessment=assess(of, ledger, as_of, records_from=records_from),
            sight=sight_of(audience, of, shown),
            language=language,
            today=TODAY,
            links=Links(f"/{of.id}/"),
            view=ledger.view(),
            ledger=ledger,
            may_record=audience != "public",
        )

    return make


@pytest.fixture(autouse=True)
def _in_finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield

"""Two agreements one after the other, the second with a clause and a duty put otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from yhdyspinta.agreement import parse_agreement
from yhdyspinta.agreement.compare import compare
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.parties.actions import load_agreement

OLD = "Jyväskylän kaupunki kutsuu kuntakokouksen koolle vähintään kerran vuodessa."
NEW = "Luhangan kunta kutsuu kuntakokouksen koolle vähintään kahdesti vuodessa."


def rewritten(text, *changes):
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@pytest.fixture(scope="session")
def next_text(keski_suomi_text):
    """The agreement from 2026 on: Luhanka convenes the municipalities' meeting, twice a year."""
    text = rewritten(
        keski_suomi_text["fi"],
        ("\nid: keski-suomi-2023\n", "\nid: keski-suomi-2026\n"),
        ("from: 2023-01-01", "from: 2026-01-01"),
        ("to: 2025-12-31", "to: 2029-12-31"),
        (OLD, NEW),
    )
    head, duty, rest = text.partition("id: kuntakokous-koolle\n")
    return {"fi": head + duty + rewritten(rest, ("bearer: jyvaskyla\n", "bearer: luhanka\ncount: 2\n"))}


@pytest.fixture
def both(agreement, next_text):
    """Both agreements, loaded; their keys in the address."""
    load_agreement(next_text, records_from=date(2026, 1, 1), by=SYSTEM)
    return {"ennen": "keski-suomi-2023@2023-01-01", "jalkeen": "keski-suomi-2026@2026-01-01"}


@pytest.fixture(scope="session")
def found(keski_suomi_text, next_text):
    """The same two compared, without a database."""
    return compare(parse_agreement(keski_suomi_text), parse_agreement(next_text))

"""What the tests share: the machinery in tests/support, an agreement that is loaded, and the cast who use it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from yhdyspinta.agreement import parse_agreement, sources_of
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.actions import appoint_party_administrator, create_account, create_administrator, load_agreement
from yhdyspinta.parties.models import Account
from yhdyspinta.parties.queries import party_or_404

pytest_plugins = ["tests.support.selection", "tests.support.state", "tests.support.browser"]

AGREEMENTS = Path(__file__).parents[1] / "agreements"
PASSWORD = "kuntakokous-kokoontuu-2026"
APPOINTED = date(2023, 1, 1)


@pytest.fixture(scope="session")
def keski_suomi_text() -> dict[str, str]:
    """The framework agreement of Central Finland as its files say it, by language."""
    sources, findings = sources_of(AGREEMENTS / "keski-suomi-2023")
    assert not findings
    return sources


@pytest.fixture(scope="session")
def reworded(keski_suomi_text: dict[str, str]) -> Callable[[str], dict[str, str]]:
    """Give the framework agreement with one sentence more, at its end."""

    def with_sentence(sentence: str) -> dict[str, str]:
        return keski_suomi_text | {"fi": f"{keski_suomi_text['fi'].rstrip()}\n\n{sentence}\n"}

    return with_sentence


@pytest.fixture(scope="session")
def official_wording(keski_suomi_text: dict[str, str]) -> str:
    """An invented official text that has every heading and every sentence that the clauses name."""
    sentences: dict[str, int] = {}
    for clause in parse_agreement(keski_suomi_text).clauses:
        if clause.official is not None:
            heading = clause.official.heading
            sentences[heading] = max(sentences.get(heading, 0), *clause.official.sentences)
    sections = (
        f"{heading}\n" + " ".join(f"Virke {number} kohdasta {heading}." for number in range(1, count + 1))
        for heading, count in sentences.items()
    )
    return "\n\n".join(sections) + "\n"


@pytest.fixture
def agreement(db: None, keski_suomi_text: dict[str, str]) -> Agreement:
    """The framework agreement with its 24 parties, loaded, with records from its first day.

    Its text is parsed once in a process; loading it again costs some thirty milliseconds.
    """
    return load_agreement(keski_suomi_text, records_from=date(2023, 1, 1), by=SYSTEM).agreement


@pytest.fixture
def second_agreement(agreement: Agreement, keski_suomi_text: dict[str, str]) -> Agreement:
    """Another agreement between the same parties: nothing of the first one may show in it."""
    other = keski_suomi_text["fi"].replace("\nid: keski-suomi-2023\n", "\nid: keski-suomi-2026\n", 1)
    return load_agreement(keski_suomi_text | {"fi": other}, records_from=date(2023, 1, 1), by=SYSTEM).agreement


# The cast. Each of them signs in with PASSWORD.


@pytest.fixture
def administrator(db: None) -> Account:
    """Administers the installation, no party."""
    return create_administrator("yllapito@example.org", name="Aino Ylläpitäjä", password=PASSWORD, by=SYSTEM)


@pytest.fixture
def county_coordinator(agreement: Agreement) -> Account:
    """Administers the wellbeing services county."""
    return _clerk(agreement, "keski-suomen-hyvinvointialue", "koordinaattori@example.org", "Kaisa Koordinaattori")


@pytest.fixture
def regional_officer(agreement: Agreement) -> Account:
    """Administers the regional council."""
    return _clerk(agreement, "keski-suomen-liitto", "suunnittelija@example.org", "Lauri Liittolainen")


@pytest.fixture
def city_clerk(agreement: Agreement) -> Account:
    """Administers the city of Jyväskylä, who convenes the municipalities' meeting."""
    return _clerk(agreement, "jyvaskyla", "kaupunginsihteeri@example.org", "Jaana Jyväskyläläinen")


@pytest.fixture
def small_municipality_clerk(agreement: Agreement) -> Account:
    """Administers Luhanka, the smallest of the municipalities."""
    return _clerk(agreement, "luhanka", "kirjaamo@example.org", "Liisa Luhankalainen")


@pytest.fixture
def outsider(db: None) -> Account:
    """Can sign in and administers nothing."""
    return create_account("ulkopuolinen@example.org", name="Olli Ulkopuolinen", password=PASSWORD, by=SYSTEM)


@pytest.fixture
def anonymous() -> AnonymousUser:
    """Has not signed in."""
    return AnonymousUser()


@pytest.fixture
def signed_in() -> Callable[[Account | AnonymousUser], Client]:
    """Give the browser of someone of the cast, signed in unless anonymous."""

    def client_of(user: Account | AnonymousUser) -> Client:
        client = Client()
        if isinstance(user, Account):
            client.force_login(user)
        return client

    return client_of


def _clerk(agreement: Agreement, party: str, email: str, name: str) -> Account:
    account = create_account(email, name=name, password=PASSWORD, by=SYSTEM)
    appoint_party_administrator(party_or_404(agreement, party), account=account, valid_from=APPOINTED, by=SYSTEM)
    return account

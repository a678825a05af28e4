"""What the tests of the records share: the awkward agreement loaded, its clerks, and a plain way to record."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.records.koe import SOURCES
from tests.records.pages import pdf
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.actions import appoint_party_administrator, create_account, create_administrator, load_agreement
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.records.actions import Proof, ask_for_correction, preview_history, record_done, withdraw_record
from yhdyspinta.records.models import Record

HELD = {"fact": "meeting-held", "body": "foorumi", "on": "2024-05-20"}
ACCEPTED = {"fact": "acceptance-given", "party": "kyla", "subject": "ict", "on": "2024-02-01"}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The messages of these tests are read in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def koe(db: None) -> Agreement:
    """The awkward agreement, with records from the day it was loaded."""
    return load_agreement(SOURCES, records_from=date(2026, 1, 1), by=SYSTEM).agreement


def clerk(agreement: Agreement, party: str) -> Account:
    account = create_account(f"{party}@example.org", name=f"Virkailija {party}", password="kuntakokous-2026", by=SYSTEM)
    row = party_or_404(agreement, party)
    appoint_party_administrator(row, account=account, valid_from=date(2023, 1, 1), by=SYSTEM)
    return account


@pytest.fixture
def keeper(db: None) -> Account:
    """Administers the installation."""
    return create_administrator("aino@example.org", name="Aino Ylläpitäjä", password="kuntakokous-2026", by=SYSTEM)


@pytest.fixture
def kyla(koe: Agreement) -> Account:
    """Administers Kylä, who convenes the forum."""
    return clerk(koe, "kyla")


@pytest.fixture
def lahti(koe: Agreement) -> Account:
    """Administers Lahti, whose name is that of a body."""
    return clerk(koe, "lahti")


@pytest.fixture
def by_keeper(keeper: Account) -> Actor:
    return actor_for(keeper)


@pytest.fixture
def by_kyla(koe: Agreement, kyla: Account) -> Actor:
    return actor_for(kyla, party_or_404(koe, "kyla"))


@pytest.fixture
def by_lahti(koe: Agreement, lahti: Account) -> Actor:
    return actor_for(lahti, party_or_404(koe, "lahti"))


@pytest.fixture
def record(koe: Agreement, by_keeper: Actor) -> Callable[..., Record]:
    """Record facts as the installation's administrator: ``record(HELD, note="…")``."""

    def recorded(*facts: dict[str, Any], by: Actor = by_keeper, **proof: Any) -> Record:
        return record_done(koe, list(facts) or [HELD], proof=Proof(**proof), token=uuid.uuid4(), by=by)

    return recorded


@pytest.fixture
def outsider(db: None) -> Account:
    """Can sign in and administers nothing."""
    return create_account("ulkona@example.org", name="Olli", password="kuntakokous-2026", by=SYSTEM)


@pytest.fixture
def koe_beside(koe: Agreement) -> Agreement:
    """Another agreement between the same parties: nothing of the first one may show in it."""
    other = SOURCES["fi"].replace("\nid: koe\n", "\nid: koe-2\n", 1)
    return load_agreement(SOURCES | {"fi": other}, by=SYSTEM).agreement


@pytest.fixture
def things(koe: Agreement, record: Callable[..., Record], by_keeper: Actor, by_kyla: Actor) -> dict[str, int]:
    """A record with a file, a request for its correction, and a history that waits: their numbers."""
    made = record(ACCEPTED, file=pdf())
    batch = preview_history(koe, json.dumps(HELD).encode(), filename="h.jsonl", by=by_keeper)
    asked = ask_for_correction(made, "kyla", "Tarkistakaa päivä.", by=by_kyla)
    return {"record": made.pk, "batch": batch.pk, "remark": asked.pk}


@pytest.fixture
def some(record: Callable[..., Record], by_keeper: Actor) -> list[Record]:
    """A meeting, an acceptance and a counterpart that hold, and a signature that was withdrawn."""
    named = {"fact": "counterpart-named", "party": "alue", "theme": "ict", "from": "2023-03-01", "hours_per_week": 9}
    made = [
        record(HELD, link="https://example.org/1", note="Vain osapuolille"),
        record(ACCEPTED),
        record(named),
        record({"fact": "signed", "party": "lahti", "on": "2023-01-05"}),
    ]
    withdraw_record(made[3], reason="Erehdys", by=by_keeper)
    return made


@pytest.fixture
def browse() -> Callable[[Account | None], Client]:
    """Give a browser in English, signed in where an account is named."""

    def client_of(account: Account | None = None) -> Client:
        client = Client(headers={"accept-language": "en"})
        if account is not None:
            client.force_login(account)
        return client

    return client_of

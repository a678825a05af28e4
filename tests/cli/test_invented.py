"""The invented region has people, and what they are named for proves what its history says: no more, no less."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yhdyspinta.cli.invented import invent_people, is_naming
from yhdyspinta.cli.invented_requests import invent_requests
from yhdyspinta.journal import queries as journal
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.canonical import canonical
from yhdyspinta.journal.models import Agreement, KeptFact
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import load_agreement
from yhdyspinta.parties.models import Naming, Person, Post, Tenure, holds_on
from yhdyspinta.records.actions import bring_in_facts
from yhdyspinta.requests.models import Nomination, Request

FOLDER = Path(__file__).parents[2] / "agreements" / "esimerkki-jarvimaa"
TODAY = date(2026, 11, 24)


@pytest.fixture
def history() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / "history.jsonl").read_text().splitlines()]


@pytest.fixture
def region(db: None, history: list[dict[str, Any]]) -> Agreement:
    agreement = load_agreement(FOLDER, records_from=date(2024, 1, 1), by=SYSTEM).agreement
    invent_people(agreement, history)
    return agreement


def said(facts: list[dict[str, Any]]) -> Counter[str]:
    return Counter(canonical({name: fact[name] for name in fact if name != "recorded"}) for fact in facts)


def test_invented_people_prove_what_the_history_says(region: Agreement, history: list[dict[str, Any]]):
    named = [fact for fact in history if is_naming(fact)]
    kept = [json.loads(row.fact) for row in KeptFact.objects.filter(agreement=region)]
    assert said(kept) == said(named)
    assert len(kept) == 65
    assert list(verify()) == []


def test_invented_people_are_the_same_the_second_time(region: Agreement, history: list[dict[str, Any]]):
    before = journal.revision(region)
    assert invent_people(region, history) == Person.objects.count()
    assert journal.revision(region) == before


def test_invented_people_look_like_a_region_and_are_nobodys(region: Agreement):
    held = Tenure.objects.filter(holds_on(TODAY)).values("post")
    open_posts = Post.objects.filter(discontinued_on__isnull=True).exclude(pk__in=held)
    assert [(post.organisation.label, post.kind) for post in open_posts] == [
        ("Norppavesi", "coordinator"),
        ("Ulpukka", "communications-officer"),
    ]
    people = Person.objects.all()
    assert len({person.name for person in people}) == len(people) > 90
    assert all(person.email.endswith(".example.org") for person in people)
    assert all(person.phone.startswith("050 000 ") for person in people)
    lent = [naming for naming in Naming.objects.select_related("party", "person__organisation") if naming.agreed]
    assert {(naming.party.slug, naming.person and naming.person.organisation.label) for naming in lent} == {
        ("ahvenlampi", "Järvimaan hyvinvointialue"),
        ("ulpukka", "Lumpeinen"),
    }


def test_invented_requests_are_asked_once_and_verify(region: Agreement, history: list[dict[str, Any]]):
    bring_in_facts(region, [fact for fact in history if not is_naming(fact)], name="history.jsonl", by=SYSTEM)
    assert invent_requests(region) == 3
    before = journal.revision(region)
    assert invent_requests(region) == 3
    assert journal.revision(region) == before
    assert sorted(request.state for request in Request.objects.all()) == ["closed", "open", "open"]
    assert Nomination.objects.count() == 4
    assert list(verify()) == []

"""How an organisation is reached: it says so itself, and loses nothing of who comes second."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.parties.people import url
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.parties.actions import update_organisation
from yhdyspinta.parties.models import Party

GOOD = {
    "registry_email": "kirjaamo@luhanka.example",
    "phone": "014 123",
    "website": "www.luhanka.example",
    "visiting_address": "Kirkkotie 1",
    "languages": ["fi"],
}


def test_organisation_page_saves_how_it_is_reached(luhanka: Party, luhankas: Client):
    assert luhankas.post(url("organisation"), GOOD | {"version": "1"}).status_code == 302
    organisation = luhanka.organisation
    organisation.refresh_from_db()
    assert (organisation.website, organisation.languages) == ("https://www.luhanka.example", ["fi"])
    assert organisation.version == 2


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"registry_email": "ei osoite"}, "Enter a valid email address."),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"languages": ["de"]}, "Select a valid choice."),
        ({"phone": "0" * 41}, "at most 40 characters"),
    ],
)
def test_organisation_page_says_what_to_mend(luhanka: Party, luhankas: Client, said: dict[str, Any], message: str):
    answer = luhankas.post(url("organisation"), GOOD | {"version": "1"} | said)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    luhanka.organisation.refresh_from_db()
    assert luhanka.organisation.version == 1


def test_organisation_page_shows_both_versions_to_who_comes_second(luhanka: Party, luhankas: Client):
    update_organisation(luhanka.organisation, {"phone": "014 first"}, version=1, by=SYSTEM)
    answer = luhankas.post(url("organisation"), GOOD | {"phone": "014 second", "version": "1"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "014 first" in html
    assert 'value="014 second"' in html
    assert 'name="version" value="2"' in html


def test_organisation_page_asks_for_a_business_id_only_where_the_text_gives_none(luhanka: Party, luhankas: Client):
    organisation = luhanka.organisation
    assert organisation.business_id
    assert "business_id" not in luhankas.get(url("organisation")).content.decode()
    organisation.business_id = None
    organisation.save()
    assert "business_id" in luhankas.get(url("organisation")).content.decode()
    wrong = luhankas.post(url("organisation"), GOOD | {"version": "1", "business_id": "0174035-1"})
    assert wrong.status_code == 422
    assert "its check digit does not fit" in wrong.content.decode()
    taken = luhankas.post(url("organisation"), GOOD | {"version": "1", "business_id": "0174035-0"})  # Hankasalmi's
    assert taken.status_code == 422
    assert luhankas.post(url("organisation"), GOOD | {"version": "1", "business_id": ""}).status_code == 302

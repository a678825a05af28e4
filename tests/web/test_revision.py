from __future__ import annotations

import pytest
from django.utils import translation

from yhdyspinta.journal.actions import import_facts, set_publicity
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.web import navigation

BASE = "/keski-suomi-2023/"
PAGES = [
    "",
    "sitoumukset/",
    "sitoumukset/kuntakokous-koolle/",
    "sitoumukset.csv",
    "osapuolet/",
    "osapuolet/luhanka/",
    "osapuolet.xlsx",
    "rakenne/",
    "elimet/kuntakokous/",
    "vuosikello/",
    "aikajana/",
    "kohdat/kuntakokous/",
    "virallinen-teksti/",
    "kirjaukset/",
]
HELD = {"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-21"}


@pytest.mark.parametrize("page", PAGES)
def test_unchanged_page_of_the_agreement_costs_one_query_and_changes_with_a_fact(
    agreement, client, django_assert_num_queries, page
):
    first = client.get(BASE + page)
    assert first.status_code == 200
    with django_assert_num_queries(1):
        assert client.get(BASE + page, headers={"if-none-match": first["ETag"]}).status_code == 304
    with django_assert_num_queries(1):
        assert client.get(BASE + page).content == first.content
    import_facts(agreement, [HELD], by=SYSTEM)
    changed = client.get(BASE + page, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_what_the_public_sees_changes_at_once_with_the_parties_decision(agreement, client):
    first = client.get(BASE + "osapuolet/")
    set_publicity(agreement, "all", by=SYSTEM)
    assert client.get(BASE + "osapuolet/", headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_page_of_someone_signed_in_is_kept_by_nobody(agreement, client, small_municipality_clerk, page):
    public = client.get(BASE + page)
    client.force_login(small_municipality_clerk)
    personal = client.get(BASE + page, headers={"if-none-match": public["ETag"]})
    assert personal.status_code == 200
    assert personal["Cache-Control"] == "private, no-store"
    assert "ETag" not in personal
    client.logout()
    assert client.get(BASE + page).content == public.content


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_place_of_the_navigation_answers_in_every_language(agreement, client, language):
    with translation.override(language):
        addresses = [entry.href for entry in navigation.entries("keski-suomi-2023", "")]
    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Language"]) == (200, language), address

from __future__ import annotations

import pytest
from django.urls import resolve
from django.utils import translation

from yhdyspinta.web import context, navigation


def test_every_place_leads_to_a_page_of_its_own_and_every_page_below_exists():
    hrefs = [entry.href for entry in navigation.entries("alue", "desk:living")]
    assert len(set(hrefs)) == len(navigation.PLACES)
    for place, href in zip(navigation.PLACES, hrefs, strict=True):
        assert resolve(href).view_name == place.page


def test_place_of_the_page_is_marked():
    current = [entry.label for entry in navigation.entries("alue", "desk:duty") if entry.current]
    assert current == ["Commitments"]
    assert [entry for entry in navigation.entries("alue", "accessibility") if entry.current] == []


def test_navigation_stays_in_the_language_of_the_page():
    with translation.override("sv"):
        first = navigation.entries("alue", "desk:living")[0]
        assert (first.href, str(first.label)) == ("/sv/alue/", "Avtal")


def test_someone_who_acts_for_a_party_finds_its_page_with_one_query(
    agreement, small_municipality_clerk, rf, django_assert_num_queries
):
    request = rf.get("/keski-suomi-2023/osapuolet/luhanka/")
    request.user = small_municipality_clerk
    with django_assert_num_queries(1), translation.override("fi"):
        request.resolver_match = resolve(request.path)
        found = context.page(request)["navigation"]
    assert found[-1] == ("Luhangan asiat", "/keski-suomi-2023/osapuolet/luhanka/", True)
    assert len(found) == len(navigation.PLACES) + 1


def test_public_finds_nobodys_page_and_asks_nothing(anonymous, rf):
    request = rf.get("/en/keski-suomi-2023/osapuolet/luhanka/")
    request.user = anonymous
    request.resolver_match = resolve(request.path)
    assert len(context.page(request)["navigation"]) == len(navigation.PLACES)


@pytest.mark.parametrize(
    ("path", "current", "hrefs"),
    [
        (
            "/alue/?as-of=2024-06-01",
            "fi",
            ["/alue/?as-of=2024-06-01", "/sv/alue/?as-of=2024-06-01", "/en/alue/?as-of=2024-06-01"],
        ),
        ("/sv/alue/osapuolet/", "sv", ["/alue/osapuolet/", "/sv/alue/osapuolet/", "/en/alue/osapuolet/"]),
        ("/en/", "en", ["/", "/sv/", "/en/"]),
        ("/", "fi", ["/", "/sv/", "/en/"]),
        ("/svedberg/", "fi", ["/svedberg/", "/sv/svedberg/", "/en/svedberg/"]),
        ("/sv//evil.example/", "sv", ["/evil.example/", "/sv/evil.example/", "/en/evil.example/"]),
        ("//evil.example/", "fi", ["/evil.example/", "/sv/evil.example/", "/en/evil.example/"]),
    ],
)
def test_languages_lead_to_the_same_page(path, current, hrefs):
    languages = context.languages(path)
    assert [language.href for language in languages] == hrefs
    assert [language.code for language in languages if language.current] == [current]
    assert [language.name for language in languages] == ["Suomi", "Svenska", "English"]

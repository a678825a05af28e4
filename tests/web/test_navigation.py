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
    ],
)
def test_languages_lead_to_the_same_page(path, current, hrefs):
    languages = context.languages(path)
    assert [language.href for language in languages] == hrefs
    assert [language.code for language in languages if language.current] == [current]
    assert [language.name for language in languages] == ["Suomi", "Svenska", "English"]

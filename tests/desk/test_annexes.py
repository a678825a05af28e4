"""An annex stands behind the agreement's own parts, with a heading of its own, and in the language that it has."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.support.annexes import OFFICIAL, PLAN
from yhdyspinta.journal.actions import attach_official_text, load_text
from yhdyspinta.journal.actor import SYSTEM

HOME = "/keski-suomi-2023/"
_HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL)


@pytest.fixture
def planned(agreement, keski_suomi_text):
    """The framework agreement with a plan in Finnish as its annex."""
    return load_text(keski_suomi_text | {"suunnitelma.fi": PLAN}, slug=agreement.slug, by=SYSTEM)


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def headings(page):
    document = page[page.index('id="text"') :]
    return [(int(level), re.sub(r"<[^>]+>|\xad", "", words)) for level, words in _HEADING.findall(document)]


def test_annex_has_a_heading_before_its_parts_and_a_place_in_the_contents(client, planned):
    page = page_of(client, HOME)
    found = headings(page)
    place = found.index((2, "Yhdyspintasuunnitelma 2024–2025"))
    assert found[place : place + 4] == [
        (2, "Yhdyspintasuunnitelma 2024–2025"),
        (3, "Painopisteet"),
        (4, "Lapset ja nuoret"),
        (5, "Katsaus"),
    ]
    assert '<li><a class="part annex" href="#annex--suunnitelma">Yhdyspintasuunnitelma 2024–2025</a></li>' in page
    assert page.count('id="annex--suunnitelma"') == 1
    assert 'id="duty-lapset-katsaus-toimitus"' in page


def test_no_level_of_headings_is_left_out(client, planned):
    levels = [level for level, _ in headings(page_of(client, HOME))]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), levels
    assert (4, "Mittarit") in headings(page_of(client, HOME))


def test_agreement_without_annexes_is_as_it_was(client, agreement):
    page = page_of(client, HOME)
    assert "annex" not in page
    assert {level for level, _ in headings(page)} == {2, 3, 4}


def test_annex_in_one_language_says_which(client, planned):
    page = page_of(client, f"/sv{HOME}")
    assert (2, "Plan 2024–2025") in headings(page)
    assert '<div class="prose" lang="fi"><p>Suunnitelmassa on yksi painopiste.</p>' in page
    assert '<div class="prose" lang="fi"><p>Lasten asiat sovitaan yhdessä.</p>' in page
    assert '<div class="prose"><p>' in page


def test_clause_of_an_annex_has_a_page_of_its_own(client, planned):
    page = page_of(client, f"{HOME}kohdat/lapset-katsaus/")
    assert "<h1>Katsaus</h1>" in page
    assert re.search(r'<h2><a href="[^"]*lapset-katsaus-toimitus/', page)


def test_commitment_of_an_annex_is_among_the_others(client, planned):
    assert "Toimittaa katsauksen" in page_of(client, f"{HOME}sitoumukset/")


def test_official_text_of_an_annex_is_shown_under_its_title(client, planned):
    page = page_of(client, f"{HOME}virallinen-teksti/")
    assert "<h2>Yhdyspintasuunnitelma 2024–2025</h2>" in page
    assert "Lasten asioista sovitaan." not in page
    attach_official_text(planned, OFFICIAL, filename="suunnitelma.txt", annex="suunnitelma", by=SYSTEM)
    page = page_of(client, f"{HOME}virallinen-teksti/")
    assert "Painopiste 1 Lasten asioista sovitaan. Muu on muuta." in re.sub(r"\s+", " ", page)
    assert "suunnitelma.txt" in page
    assert re.search(r'<blockquote class="official"[^>]*>Lasten asioista sovitaan.</blockquote>', page_of(client, HOME))


@pytest.mark.browser
def test_annex_is_accessible_and_has_room(planned, page, axe):
    attach_official_text(planned, OFFICIAL, filename="suunnitelma.txt", annex="suunnitelma", by=SYSTEM)
    for path in (HOME, f"/sv{HOME}", f"{HOME}kohdat/lapset-katsaus/", f"{HOME}virallinen-teksti/"):
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(path)
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, path

"""What only a browser can tell: room, keyboard, and pages without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.desk.conftest import HISTORY
from yhdyspinta.journal.actions import import_facts
from yhdyspinta.journal.actor import SYSTEM

pytestmark = pytest.mark.browser

HOME = "/keski-suomi-2023/"
DAY = "?as-of=2024-06-01"
PAGES = [
    "", "kohdat/nimeaminen/", "sitoumukset/", "sitoumukset/vastinparit/", "osapuolet/", "osapuolet/luhanka/",
    "rakenne/", "elimet/ksturva/", "vuosikello/", "aikajana/", "virallinen-teksti/",
]  # fmt: skip


@pytest.fixture
def recorded(agreement):
    import_facts(agreement, HISTORY, by=SYSTEM)
    return agreement


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_scrolls_sideways(recorded, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(f"{HOME}{path}{DAY}")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, path


def test_empty_ended_and_swedish_pages_are_accessible(agreement, page, axe):
    for path in (HOME, f"/sv{HOME}", f"{HOME}?as-of=x", f"{HOME}sitoumukset/?tila=waived", f"{HOME}virallinen-teksti/"):
        page.goto(path)
        assert axe(page) == [], path


def test_sentence_that_binds_leads_to_its_card(recorded, page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{HOME}{DAY}")
    sentence = page.locator("a.binding[data-duty=kuntakokous-koolle]")
    expect(sentence).to_have_accessible_description("2/2 toteutunut")
    sentence.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#duty-kuntakokous-koolle$"))
    expect(page.locator("#duty-kuntakokous-koolle")).to_be_in_viewport()


def test_contents_follow_the_reading(recorded, page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{HOME}{DAY}#vastinpari")
    expect(page.locator(".toc a[aria-current]")).to_have_text(re.compile("^Vastinparit"))


def test_wide_table_is_reached_and_scrolled_by_keyboard(recorded, page):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{HOME}osapuolet/{DAY}")
    region = page.get_by_role("region", name="Osapuolet ja sitoumukset")
    region.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)  # the scroll is drawn over some frames
    assert region.evaluate("region => region.scrollLeft") > 0
    party = region.get_by_role("rowheader", name="Luhanka")
    assert party.bounding_box()["x"] >= 0  # the party's name stays in sight


def test_pages_work_without_scripts(recorded, browser, live):
    context = browser.new_context(base_url=live.url, java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{HOME}{DAY}")
    page.get_by_role("button", name="Valikko").click()
    page.get_by_role("link", name="Vuosikello").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vuosikello 2025")
    page.get_by_label("Tarkastelupäivä").fill("1.6.2023")
    page.get_by_role("button", name="Näytä").click()
    expect(page).to_have_url(re.compile("as-of=1.6.2023"))
    expect(page.get_by_role("button", name="tulosta")).to_have_count(0)
    context.close()

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_comparison_is_accessible_and_never_scrolls_sideways(both, page, axe, width):
    page.set_viewport_size({"width": width, "height": 900})
    for asked in ("", f"?{urlencode(both)}", f"?{urlencode(both | {'osapuoli': 'luhanka'})}", "?ennen=x&jalkeen="):
        page.goto(f"/vertailu/{asked}")
        assert axe(page) == [], asked
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, asked


def test_texts_are_chosen_and_narrowed_without_scripts(both, browser, live):
    context = browser.new_context(base_url=live.url, java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto("/en/vertailu/")
    page.get_by_label("Before").select_option(both["ennen"])
    page.get_by_label("After").select_option(both["jalkeen"])
    page.get_by_role("button", name="Compare").click()
    page.get_by_label("Party", exact=True).select_option("luhanka")
    page.get_by_label("Only what changes").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="What changes for this party: Luhanka")).to_be_visible()
    expect(page.locator(".unchanged")).to_have_count(0)
    context.close()


def test_changed_words_are_marked_without_colour(both, page):
    page.goto(f"/vertailu/?{urlencode(both)}")
    for mark, line in (("ins", "underline"), ("del", "line-through")):
        found = page.locator(f"#kohta-kuntakokous .line {mark}").first
        assert line in found.evaluate("element => getComputedStyle(element).textDecorationLine")

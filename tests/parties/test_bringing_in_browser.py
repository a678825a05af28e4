"""What only a browser can tell of bringing people in a table: room, keyboard, and what axe finds."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.parties.people import url
from yhdyspinta.parties.models import Person

pytestmark = pytest.mark.browser
ROWS = """Name;E-mail address;Phone;Kind of post;From
Example: Maija;maija@example.org;;;
Pirjo Peltonen;pirjo@luhanka.example;09 1234;;
Sirpa Seuraaja;sirpa@luhanka.example;;sivistysjohtaja;1.9.2026
Väärä Rivi;ei-osoite;;keisari;huomenna
Kaisa Kunnanjohtaja;kaisa.kunnanjohtaja@pitkanimisenkunnan.example;;chief-executive;1.1.2026
"""


@pytest.fixture
def signed_in_page(page, live, small_municipality_clerk, signed_in):
    """A page at which Luhanka's administrator is signed in."""
    session = signed_in(small_municipality_clerk).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": live.url}])
    return page


def look_at(page, axe):
    """Tell of a page that is wider than the window, and of what axe finds."""
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond == 0, page.url
    assert axe(page) == [], page.url


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])
def test_table_is_brought_in_by_keyboard_with_room_and_access_for_all(
    luhanka, pirjo, post, signed_in_page, axe, width, scheme
):
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(url("bring-people"))
    look_at(page, axe)
    page.get_by_role("button", name="Show the preview").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose a file.")
    look_at(page, axe)
    file = {"name": "henkilöt.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Show the preview").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("henkilöt.csv")
    look_at(page, axe)
    page.get_by_role("link", name="Cannot be brought in 1").press("Enter")
    expect(page.get_by_role("rowheader")).to_have_count(1)
    look_at(page, axe)
    Person.objects.filter(pk=pirjo.pk).update(phone="1")
    page.get_by_role("button", name="Bring in 3 rows").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Something was changed meanwhile")
    look_at(page, axe)
    page.get_by_role("button", name="Bring in 3 rows").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 rows were added, 1 was changed, 1 was left out.")

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.conftest import PASSWORD


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_outside_an_agreement_can_be_used_by_everyone(agreement, page, axe, scheme):
    page.emulate_media(color_scheme=scheme)
    for address in ("/kirjaudu/", "/sv/saavutettavuus/", "/en/nowhere/", "/kirjaudu/ulos/"):
        page.goto(address)
        assert axe(page) == [], address


def test_administrator_signs_in_with_the_keyboard_and_out_again(agreement, administrator, page, axe):
    page.goto("/keski-suomi-2023/")
    page.get_by_role("link", name="Kirjaudu sisään").click()
    page.keyboard.press("Tab")
    page.get_by_label("Sähköposti").fill(administrator.email)
    page.get_by_label("Salasana", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(page.url.split("/kirjaudu")[0].rstrip("/") + "/keski-suomi-2023/")
    assert axe(page) == []
    page.get_by_role("button", name="Kirjaudu ulos").click()
    page.wait_for_url("**/keski-suomi-2023/")
    expect(page.get_by_role("link", name="Kirjaudu sisään")).to_be_visible()


def test_wrong_password_is_told_beside_the_form(agreement, page, axe):
    page.goto("/kirjaudu/")
    page.get_by_label("Sähköposti").fill("tuntematon@example.org")
    page.get_by_label("Salasana", exact=True).fill("väärä salasana")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Annettu sähköposti tai salasana ei ole oikein.")).to_be_visible()
    assert axe(page) == []

"""Signing in in a real browser: passkeys through Chromium's virtual authenticator, and the pages as people see them."""

from __future__ import annotations

from typing import Literal

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.conftest import PASSWORD
from tests.support.browser import with_authenticator
from yhdyspinta.web.signin.providers import Provider

pytestmark = pytest.mark.browser
SIGHTS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((320, "dark"), (1440, "light"))


def sign_in(page: Page, account) -> None:
    page.goto("/kirjaudu/")
    page.fill("#id_login", account.email)
    page.fill("#id_password", PASSWORD)
    page.locator("form:has(#id_password) button").click()
    page.wait_for_url("**/")


def sign_out(page: Page) -> None:
    page.goto("/kirjaudu/ulos/")
    page.locator("main form button").click()


def test_passkey_is_added_and_then_signs_in_alone(page, outsider, settings, axe):
    settings.SECOND_FACTOR = frozenset({"administrator"})
    outsider.is_administrator = True
    outsider.save()
    with_authenticator(page)
    sign_in(page, outsider)
    page.wait_for_url("**/kirjaudu/turva/")
    page.click("a[href='/kirjaudu/turva/avain/']")
    page.fill("#id_name", "Työkone")
    assert axe(page) == []
    page.click("#add_passkey")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto("/kirjaudu/turva/")
    expect(page.locator("main")).to_contain_text("Työkone")
    sign_out(page)
    page.goto("/kirjaudu/?next=/saavutettavuus/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: url.endswith("/saavutettavuus/") and "next=" not in url)
    assert Authenticator.objects.get(type="webauthn").last_used_at is not None


def test_passkey_is_renamed_in_the_language_of_the_page(page, outsider):
    with_authenticator(page)
    sign_in(page, outsider)
    page.goto("/kirjaudu/turva/avain/")
    page.click("#add_passkey")
    page.wait_for_url("**/varakoodit/**")
    page.goto("/kirjaudu/turva/")
    page.get_by_role("link", name="Nimeä uudelleen").click()
    page.get_by_label("Nimi").fill("Puhelin")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("section:has(#passkeys) b")).to_have_text("Puhelin")


def test_passkey_that_is_not_there_is_told_in_the_page(page, outsider):
    with_authenticator(page)
    page.goto("/kirjaudu/")
    expect(page.locator("[data-passkey-trouble]")).to_be_hidden()
    page.click("#passkey_login")
    expect(page.locator("[data-passkey-trouble]")).to_be_visible()


def test_passkey_is_the_second_step_after_a_password(page, outsider):
    with_authenticator(page)
    sign_in(page, outsider)
    page.goto("/kirjaudu/turva/avain/")
    page.click("#add_passkey")
    expect(page.locator(".codes li")).to_have_count(10)
    sign_out(page)
    page.goto("/kirjaudu/")
    page.fill("#id_login", outsider.email)
    page.fill("#id_password", PASSWORD)
    page.locator("form:has(#id_password) button").click()
    page.click("#use_passkey")
    page.wait_for_url(lambda url: "/kirjaudu/" not in url)


@pytest.mark.parametrize("number", [3, 24])
def test_sign_in_page_stays_usable_with_every_way_in(page, settings, axe, number):
    settings.MAIL_WORKS = True
    settings.ACCOUNT_LOGIN_BY_CODE_ENABLED = True
    settings.OIDC_PROVIDERS = tuple(
        Provider(f"kunta-{n}", {"fi": f"Esimerkkikunnan numero {n} kunta"}, f"https://sso-{n}.example", "id", "secret")
        for n in range(number)
    )
    for width, scheme in SIGHTS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/kirjaudu/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
    assert page.locator("main [name=provider]").count() == (3 if number == 3 else 1)


@pytest.mark.parametrize("path", ["turva/", "turva/sovellus/", "istunnot/", "salasana/", "turva/varakoodit/uudet/"])
def test_pages_of_security_are_accessible_at_every_width(page, outsider, axe, path):
    sign_in(page, outsider)
    for width, scheme in SIGHTS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(f"/kirjaudu/{path}")
        assert answer is not None
        assert answer.status == 200
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []

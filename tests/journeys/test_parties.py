"""Somebody is invited, signs in with a passkey, names counterparts and hands a post over, and the clause turns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import AGREEMENTS, PASSWORD
from tests.support.browser import with_authenticator
from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import appoint_party_administrator, create_account, load_agreement
from yhdyspinta.parties.models import Account
from yhdyspinta.parties.queries import party_or_404

pytestmark = pytest.mark.browser

HOME = "/esimerkki-jarvimaa"
PARTY = f"{HOME}/osapuolet/kaislaranta"


@pytest.fixture
def region(db: None) -> Agreement:
    """The imaginary region, whose agreement is in force today."""
    folder = AGREEMENTS / "esimerkki-jarvimaa"
    return load_agreement(folder, records_from=date(2024, 1, 1), by=SYSTEM).agreement


@pytest.fixture
def clerk(region: Agreement) -> Account:
    """Administers Kaislaranta."""
    account = create_account("kirjaamo@example.org", name="Kaisa Kirjaaja", password=PASSWORD, by=SYSTEM)
    appoint_party_administrator(
        party_or_404(region, "kaislaranta"), account=account, valid_from=date(2024, 1, 1), by=SYSTEM
    )
    return account


def test_an_invited_person_names_counterparts_and_the_clause_turns_on_the_day(
    page: Page, browser: Browser, region: Agreement, clerk: Account, axe: Callable[[Page], list[str]]
) -> None:
    link = invited(page, clerk)
    context = browser.new_context(base_url=page.url.split("/esimerkki")[0], locale="fi-FI")
    guest = context.new_page()
    with_authenticator(guest)

    comes_in_with_a_passkey(guest, link, axe)
    expect(card(guest, today())).to_contain_text("0/")

    names_the_post_for_every_theme(guest, axe)
    yesterday = today() - timedelta(days=1)
    expect(card(guest, today())).to_contain_text("0/")  # nobody holds the post yet

    hands_the_post_over(guest, axe)
    expect(card(guest, yesterday)).to_contain_text("0/")
    expect(card(guest, today())).to_contain_text("1/")
    guest.goto(f"{PARTY}/")
    expect(guest.locator(".is-holding")).to_contain_text("Vastinpari")
    guest.goto(f"{PARTY}/?as-of={yesterday:%d.%m.%Y}")
    expect(guest.locator(".is-waiting")).to_contain_text("Vastinpari")

    page.goto(f"{HOME}/vastinparit/hyte/")
    expect(page.locator("main")).to_contain_text("Sanna Sivistäjä")
    context.clear_cookies()
    guest.goto(f"{HOME}/vastinparit/hyte/")
    expect(guest.locator("main")).not_to_contain_text("Sanna")
    assert [str(finding) for finding in verify()] == []
    context.close()


def test_an_invitation_is_used_once(
    page: Page, browser: Browser, live: object, region: Agreement, clerk: Account
) -> None:
    link = invited(page, clerk)
    context = browser.new_context(locale="fi-FI")
    guest = context.new_page()
    with_authenticator(guest)
    guest.goto(link)
    guest.locator("form.accept button[type=submit]").click()
    guest.wait_for_url("**/kirjaudu/turva/avain/**")
    response = guest.goto(link)
    assert response is not None
    assert response.status == 410
    context.close()


def card(page: Page, day: date) -> Locator:
    """The card of the counterparts beside its clause, as it was on a day."""
    page.goto(f"{HOME}/?as-of={day:%d.%m.%Y}")
    return page.locator("#duty-vastinparit")


def invited(page: Page, clerk: Account) -> str:
    """The party's administrator invites Vilma to administer it too; return the link that she gets."""
    page.goto(f"/kirjaudu/?next={PARTY}/kutsut/uusi/")
    page.fill("#id_login", clerk.email)
    page.fill("#id_password", PASSWORD)
    page.locator("form:has(#id_password) button").click()
    page.wait_for_url("**/kutsut/uusi/")
    page.fill("#id_name", "Vilma Virkahenkilö")
    page.fill("#id_email", "vilma@")
    page.locator("form.record-form button[type=submit]").click()
    expect(page.locator("#id_email")).to_have_attribute("aria-invalid", "true")
    page.fill("#id_email", "vilma@example.org")
    page.locator("input[type=radio][value=administrator]").check()
    page.locator("form.record-form button[type=submit]").click()
    handed = page.locator("section:has(#handed)")
    found = re.search(r"https?://\S+/kutsu/\S+/", handed.inner_text())
    assert found, "the page shows the link where no mail is sent"
    return found[0].replace("http://localhost:8000", page.url.split("/esimerkki")[0])


def comes_in_with_a_passkey(guest: Page, link: str, axe: Callable[[Page], list[str]]) -> None:
    """Accept the invitation, add a passkey, sign out and in again with it alone."""
    guest.goto(link)
    assert axe(guest) == []
    guest.locator("form.accept button[type=submit]").click()
    guest.wait_for_url("**/kirjaudu/turva/avain/**")
    guest.click("#add_passkey")
    guest.wait_for_url(lambda url: "turva/avain" not in url)
    guest.goto("/kirjaudu/ulos/")
    guest.locator("main form button").click()
    guest.goto(f"/kirjaudu/?next={PARTY}/")
    guest.click("#passkey_login")
    guest.wait_for_url(re.compile(rf"^[^?]*{PARTY}/$"))
    assert axe(guest) == []


def names_the_post_for_every_theme(guest: Page, axe: Callable[[Page], list[str]]) -> None:
    """Add the post of the director of education, and name it for all themes from the beginning of the year."""
    guest.goto(f"{PARTY}/tehtavat/uusi/")
    guest.select_option("#id_kind", "director-of-education-and-culture")
    guest.locator("form.record-form button[type=submit]").click()
    guest.goto(f"{PARTY}/vastinparit/nimea/")
    guest.locator("form.naming button[type=submit]").click()
    expect(guest.locator("#id_holder")).to_have_attribute("aria-invalid", "true")
    assert axe(guest) == []
    guest.locator("#id_holder optgroup option[value^='post:']").first.evaluate("o => { o.selected = true }")
    for box in guest.locator("input[name=themes]").all():
        box.check()
    guest.fill("#id_hours_per_week", "7,5")
    guest.fill("#id_first_day", f"1.1.{today().year}")
    guest.locator("form.naming button[type=submit]").click()
    guest.wait_for_url(re.compile(r"/vastinparit/([?#].*)?$"))
    assert axe(guest) == []


def hands_the_post_over(guest: Page, axe: Callable[[Page], list[str]]) -> None:
    """Add Sanna to the people, and let her hold the post from today; the page says first what follows."""
    guest.goto(f"{PARTY}/henkilot/uusi/")
    guest.fill("#id_name", "Sanna Sivistäjä")
    guest.fill("#id_email", "sanna@example.org")
    guest.fill("#id_phone", "+358 40 123 4567")
    guest.locator("form.record-form button[type=submit]").click()
    guest.goto(f"{PARTY}/henkilot/")
    guest.locator("a[href$='/luovuta/']").first.click()
    guest.select_option("#id_person", label="Sanna Sivistäjä")
    guest.fill("#id_first_day", f"{today():%d.%m.%Y}")
    guest.locator("button[name=esikatselu]").click()
    expect(guest.locator("section:has(#preview)")).to_contain_text("Sanna Sivistäjä")
    assert axe(guest) == []
    guest.locator("button[name=luovuta]").click()
    expect(guest.locator("main")).to_contain_text("Sanna Sivistäjä")

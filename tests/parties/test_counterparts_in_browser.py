"""What only a browser can tell of the counterparts' pages: room, colours, the keyboard, and a form without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.parties.going_on import going_on, state_of
from tests.parties.people import held_by, named, person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Account, Naming, Party
from yhdyspinta.parties.queries import party_or_404

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOME = "/keski-suomi-2023/"
OWN = f"{HOME}osapuolet/luhanka/vastinparit/"


@pytest.fixture
def agreement(transactional_db: None, keski_suomi_text: dict[str, str]) -> Agreement:
    return going_on(keski_suomi_text)


@pytest.fixture
def luhanka(agreement: Agreement) -> Party:
    return party_or_404(agreement, "luhanka")


@pytest.fixture
def filled(luhanka: Party) -> Party:
    """Luhanka has somebody in person, somebody by a post, and a post without a holder."""
    named(luhanka, person_in(luhanka, "Pirjo-Anneli Peltonen-Ylikoski", email="pirjo@luhanka.example.org"), "ict")
    held, post = post_in(luhanka), post_in(luhanka, "expert", title="Asiantuntija, hyvinvoinnin edistäminen")
    held_by(held, person_in(luhanka, "Seppo Sivistys", phone="040 123 4567"))
    named(luhanka, held, "opiskeluhuolto")
    named(luhanka, post, "hyte")
    return luhanka


def came_in(page: Page, account: Account, url: str) -> None:
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def pages() -> list[str]:
    number = Naming.objects.earliest("pk").pk
    return [
        f"{HOME}vastinparit/", f"{HOME}vastinparit/?rooli=koordinaatio", f"{HOME}vastinparit/ict/", OWN,
        f"{OWN}nimea/?osapuoli=jyvaskyla", f"{OWN}{number}/paata/", f"{OWN}{number}/peru/",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])
def test_pages_have_room_and_are_accessible(
    filled: Party, small_municipality_clerk: Account, page: Page, live: Any, axe: Callable[[Page], list[str]],
    width: int, scheme: Any,
):  # fmt: skip
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for path in pages()[:3]:
        page.goto(path)
        assert axe(page) == [], path
    came_in(page, small_municipality_clerk, live.url)
    for path in pages():
        page.goto(path)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, path
        assert axe(page) == [], path


def test_naming_by_keyboard_turns_the_clause_that_day(
    agreement: Agreement, luhanka: Party, small_municipality_clerk: Account, page: Page, live: Any
):
    came_in(page, small_municipality_clerk, live.url)
    page.goto(f"/en{OWN}nimea/?teema=ict")
    assert state_of(agreement, "luhanka", "ict", today()) == "lacking"
    page.get_by_label("Who").focus()
    page.keyboard.type("Somebody")  # nobody is there yet: somebody new
    page.keyboard.press("Tab")
    page.keyboard.type("Uuno Uusi")
    expect(page.get_by_label("ICT")).to_be_checked()
    page.get_by_label("Hours per week").focus()
    page.keyboard.type("7,5")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/en{OWN}$"))
    page.get_by_role("link", name="See the clause").press("Enter")
    expect(page).to_have_url(re.compile("/kohdat/vastinpari/$"))
    assert state_of(agreement, "luhanka", "ict", today()) == "kept"


def test_the_form_works_without_scripts(luhanka: Party, small_municipality_clerk: Account, browser: Browser, live: Any):
    person = person_in(luhanka, "Pirjo Peltonen")
    context = browser.new_context(base_url=live.url, java_script_enabled=False)
    page = context.new_page()
    came_in(page, small_municipality_clerk, live.url)
    page.goto(f"/en{OWN}nimea/")
    expect(page.get_by_label("Name", exact=True)).to_be_hidden()
    page.get_by_label("Who").select_option("new")
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    page.get_by_label("Who").select_option(person.key)
    page.get_by_role("button", name="Name", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one theme.")
    page.get_by_label("ICT").check()
    page.get_by_label("HYTE").or_(page.get_by_label(re.compile("wellbeing", re.IGNORECASE))).first.check()
    page.get_by_role("button", name="Name", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Pirjo Peltonen is named for 2 themes.")
    context.close()

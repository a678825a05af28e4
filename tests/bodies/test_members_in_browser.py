"""What only a browser can tell of the members' pages: room, colours, the keyboard, and forms without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.bodies.groups import TERM, appointed, member_of, members_of, proposed
from tests.parties.going_on import going_on
from tests.parties.people import held_by, person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import FirstMeeting, Wanted, constitute_group, name_member, open_seats
from yhdyspinta.bodies.models import Membership, Seat
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Account, Party
from yhdyspinta.parties.queries import parties_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOME = "/keski-suomi-2023/"
GROUP = f"{HOME}elimet/perhekeskus/"


@pytest.fixture
def agreement(transactional_db: None, keski_suomi_text: dict[str, str]) -> Agreement:
    """The framework agreement as if it were in force today."""
    return going_on(keski_suomi_text)


@pytest.fixture
def parties(agreement: Agreement) -> dict[str, Party]:
    """The parties by id."""
    return {party.slug: party for party in parties_of(agreement)}


@pytest.fixture
def filled(agreement: Agreement, parties: dict[str, Party]) -> Membership:
    """A group that is appointed and has met, with somebody of long name, a deputy, somebody to come and a free seat."""
    proposed(agreement, seats=(Wanted(1, party=parties["kinnula"]), Wanted(1)))
    long = member_of(parties["luhanka"], "Pirjo-Anneli Peltonen-Ylikoskinen", gender="woman")
    soon = member_of(parties["joutsa"], "Eero Elo", gender="woman", last_day=today() + timedelta(days=20))
    made = appointed(agreement, "perhekeskus", long, soon, early_reason="x")
    chair, second = members_of(made)
    constitute_group(agreement, "perhekeskus", FirstMeeting(date(2025, 10, 7), {"chair": chair}), by=SYSTEM)
    for more in (
        member_of(parties["joutsa"], "Veera Vara", "deputy", deputy_of=second),
        member_of(parties["multia"], "Tuula Tuleva", first_day=today() + timedelta(days=30)),
        member_of(parties["multia"], "Leo Lähtenyt", last_day=date(2025, 12, 31)),
    ):
        name_member(agreement, "perhekeskus", more, by=SYSTEM)
    post = post_in(parties["luhanka"], "council-chair")
    held_by(post, person_in(parties["luhanka"], "Pekka Puhetta", email="pekka.puhetta@luhanka.example.org"), TERM)
    return chair


def came_in(page: Page, account: Account, url: str) -> None:
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


PUBLIC = [f"{GROUP}jasenet/", f"{HOME}elimet/kuntakokous/jasenet/", f"{HOME}edustajat/", GROUP, f"{HOME}rakenne/"]


def pages(member: Membership) -> list[str]:
    return [
        *PUBLIC, f"{HOME}edustajat/?paattyy=90", f"{HOME}edustajat/{member.person_id}/", f"{GROUP}paikat/",
        f"{GROUP}jasenet/uusi/", f"{GROUP}jasenet/uusi/?osapuoli=ulkopuolinen",
        f"{GROUP}jasenet/{member.pk}/paata/", f"{GROUP}jasenet/{member.pk}/peru/",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_pages_have_room_and_are_accessible(
    filled: Membership, county_coordinator: Account, page: Page, live: Any, axe: Callable[[Page], list[str]],
    width: int, scheme: Any,
):  # fmt: skip
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for path in PUBLIC:
        page.goto(path)
        assert axe(page) == [], path
    came_in(page, county_coordinator, live.url)
    for path in pages(filled):
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, path
        assert axe(page) == [], path


def test_naming_and_ending_by_keyboard(
    agreement: Agreement, parties: dict[str, Party], small_municipality_clerk: Account, page: Page, live: Any
):
    came_in(page, small_municipality_clerk, live.url)
    page.goto(f"/en{GROUP}")
    page.get_by_role("link", name="Name a member").press("Enter")
    page.get_by_label("Who").focus()
    page.keyboard.type("Somebody")
    page.keyboard.press("Tab")
    page.keyboard.type("Uuno Uusi")
    page.get_by_label("First day").fill("1.6.2025")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/en{GROUP}jasenet/$"))
    expect(page.get_by_role("status")).to_contain_text("Uuno Uusi is named: member.")
    page.get_by_role("link", name=re.compile("End.*Uuno Uusi")).press("Enter")
    page.get_by_label("Last day").fill("31.12.2025")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The last day is 31.12.2025.")
    page.get_by_text("1 former").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1.6.2025–31.12.2025")).to_be_visible()


def test_forms_work_without_scripts(
    agreement: Agreement, parties: dict[str, Party], county_coordinator: Account, browser: Browser, live: Any
):
    open_seats(agreement, "perhekeskus", [Wanted(1, party=parties["multia"])], by=SYSTEM)
    context = browser.new_context(base_url=live.url, java_script_enabled=False)
    page = context.new_page()
    came_in(page, county_coordinator, live.url)
    page.goto(f"/en{GROUP}jasenet/")
    page.get_by_role("link", name=re.compile("Name somebody.*Multia")).click()
    expect(page.get_by_text("Represents: Multia.")).to_be_visible()
    expect(page.get_by_label("Deputy of")).to_be_hidden()
    page.get_by_label("Role").select_option("deputy")
    expect(page.get_by_label("Deputy of")).to_be_visible()
    page.get_by_label("Role").select_option("member")
    page.get_by_role("button", name="Name", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Write the name of who is named.")
    page.get_by_label("Name", exact=True).fill("Mauri Multia")
    page.get_by_role("button", name="Name", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Mauri Multia is named: member.")
    assert Membership.objects.get().seat == Seat.objects.get()
    page.goto(f"/en{GROUP}paikat/")
    expect(page.get_by_label("Outside organisation")).to_be_hidden()
    page.get_by_label("For whom").select_option("ulkopuolinen")
    expect(page.get_by_label("Outside organisation")).to_be_visible()
    page.get_by_label("Outside organisation").fill("Setlementti")
    page.get_by_role("button", name="Open the seats").click()
    page.get_by_role("button", name=re.compile("Close.*Setlementti")).click()
    expect(page.get_by_role("status")).to_contain_text("Seat 2 is closed.")
    context.close()

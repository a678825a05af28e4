"""One's own pages, the administrator's and a party's desk in a real browser: room, axe, the keyboard."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.parties.members import given_person
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties import actions
from yhdyspinta.parties.actions import Named
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.parties.standing import standing_of

pytestmark = pytest.mark.browser
LONG_AGO = date(2023, 2, 1)


@pytest.fixture
def liisa(agreement, small_municipality_clerk, city_clerk):
    """Luhanka's clerk with a role, a look at her contact data, a message, and an open post beside her."""
    luhanka = party_or_404(agreement, "luhanka")
    email = "liisa.luhankalainen-pitkanimi@hallinto.luhanka.example.org"
    person = given_person(luhanka, small_municipality_clerk, email=email)
    actions.add_post(luhanka.organisation, kind="registrar", by=SYSTEM)
    hours = Named(person, LONG_AGO, hours_per_week=Decimal(2))
    actions.name_for_themes(luhanka, "counterpart", ["ict", "tkki"], hours, by=SYSTEM)
    note_look(
        standing_of(city_clerk, agreement), what="theme:ict", people=[person.pk], organisation=luhanka.organisation
    )
    code = {"code": "1", "name": "Liisa", "minutes": 3}
    post_mail(to=Recipient(email, "Liisa"), template="login-code", context=code, kind="sign-in")
    return person


@pytest.fixture
def seat(page, live, signed_in):
    """Seat somebody of the cast at the browser."""

    def sit(account):
        session = signed_in(account).cookies["session"].value
        page.context.add_cookies([{"name": "session", "value": session, "url": live.url}])
        return page

    return sit


def look_at(page, path, axe):
    page.goto(path)
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond == 0, path
    assert axe(page) == [], path


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])
def test_pages_have_room_and_are_accessible(liisa, administrator, seat, axe, width, scheme):
    page = seat(liisa.account)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    own = [reverse(f"parties:{name}") for name in ("own", "own-account")]
    own += [reverse("parties:own-person", kwargs={"person": liisa.pk}), reverse("privacy")]
    for path in (*own, "/keski-suomi-2023/osapuolet/luhanka/?as-of=2024-06-01"):
        look_at(page, path, axe)
    page = seat(administrator)
    lists = ("administration", "accounts", "administrators", "outbox", "looks")
    party = party_or_404(liisa.account.administers.get().party.agreement, "luhanka")
    more = [reverse("parties:appoint", kwargs={"party": party.pk})]
    more += [reverse("parties:close-account", kwargs={"account": liisa.account_id})]
    for path in (*(reverse(f"parties:{name}") for name in lists), *more):
        look_at(page, path, axe)


def test_details_are_put_right_by_keyboard(liisa, seat):
    page = seat(liisa.account)
    page.goto(f"/en/oma/henkilot/{liisa.pk}/")
    page.get_by_label("Phone").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("040 765 4321")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/oma/")
    liisa.refresh_from_db()
    assert liisa.phone == "040 765 4321"

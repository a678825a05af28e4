"""What only a browser can tell of the pages of people: the invited come in, room, keyboard, and what axe finds."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.parties.people import held_by, named, person_in, post_in, url
from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.parties.actions import invite
from yhdyspinta.parties.links import make_link, token_of
from yhdyspinta.parties.models import Account

pytestmark = pytest.mark.browser


@pytest.fixture
def signed_in_page(page, live, small_municipality_clerk, signed_in):
    """A page at which Luhanka's administrator is signed in."""
    session = signed_in(small_municipality_clerk).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": live.url}])
    return page


@pytest.fixture
def pages(luhanka, pirjo, post, small_municipality_clerk):
    """Every page of people, with something on it."""
    twin = person_in(luhanka, "Pirjo P.")
    held_by(post_in(luhanka, "chief-executive"), person_in(luhanka, "Kaisa Kunnanjohtaja", email="k@luhanka.example"))
    post_in(luhanka, "sector-director", title="Hyvinvointijohtaja")
    invite(luhanka, name="Vesa Vastin", email="vesa@luhanka.example", by=SYSTEM)
    number = {"person": pirjo.pk}
    return [
        url("people"),
        url("person", **number),
        url("add-person"),
        url("edit-person", **number),
        f"{url('merge-person', **number)}?toinen={twin.pk}",
        url("erase-person", **number),
        url("post", post=post.pk),
        url("add-post"),
        url("hand-over", post=post.pk),
        url("end-tenure", post=post.pk, tenure=post.tenures.get().pk),
        url("discontinue-post", post=post.pk),
        url("invite"),
        url("end-administrator", row=luhanka.administrators.get(account=small_municipality_clerk).pk),
        url("organisation"),
    ]


@pytest.fixture
def open_pages(luhanka, pirjo, post):
    """The pages that a mailed link opens, in every state."""
    invitation = invite(luhanka, name="Vesa Vastin", email="vesa@luhanka.example", by=SYSTEM)
    asked = make_link("confirm", pirjo.key, lasts=today() - today().replace(year=today().year - 1))
    gone = invite(luhanka, name="Vanha Kutsu", email="vanha@luhanka.example", by=SYSTEM)
    invite(luhanka, name="Vanha Kutsu", email="vanha@luhanka.example", by=SYSTEM)
    return [
        f"/en/kutsu/{token_of(invitation.link)}/",
        f"/en/kutsu/{token_of(gone.link)}/",
        f"/en/vahvista/{token_of(asked)}/",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])
def test_pages_have_room_and_are_accessible(pages, open_pages, signed_in_page, browser, live, axe, width, scheme):
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for path in pages:
        _look_at(page, path, axe)
    context = browser.new_context(base_url=live.url, viewport={"width": width, "height": 900}, color_scheme=scheme)
    stranger = context.new_page()
    for path in open_pages:
        _look_at(stranger, path, axe)
    context.close()


def _look_at(page, path, axe):
    page.goto(path)
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond == 0, path
    assert axe(page) == [], path


def test_administrator_invites_and_the_invited_comes_in(luhanka, signed_in_page, browser, live, settings):
    settings.MAIL_WORKS = False
    page = signed_in_page
    page.goto(url("invite"))
    page.get_by_label("Name").fill("Vesa Vastin")
    page.get_by_label("E-mail address").fill("vesa@luhanka.example")
    page.get_by_label("Look after all of the party's matters").check()
    page.get_by_role("button", name="Invite").click()
    link = page.locator(".handed code").inner_text()
    page.reload()
    expect(page.locator(".handed")).to_have_count(0)
    context = browser.new_context(base_url=live.url, java_script_enabled=False)
    invited = context.new_page()
    invited.goto(re.sub(r"^https?://[^/]+", live.url, link).replace("/kutsu/", "/en/kutsu/"))
    expect(invited.get_by_label("Password", exact=True)).to_be_hidden()
    invited.get_by_label("With a password").check()
    invited.get_by_label("Password", exact=True).fill("seitsemän kunnan salasana")
    invited.get_by_label("Password again").fill("seitsemän kunnan salasana")
    invited.get_by_role("button", name="Accept the invitation").click()
    expect(invited).to_have_url(re.compile(r"/osapuolet/luhanka/$"))
    expect(invited.get_by_role("status")).to_contain_text("Welcome. You act for Luhanka.")
    context.close()
    assert Account.objects.filter(email="vesa@luhanka.example").exists()


def test_post_is_handed_over_by_keyboard_alone(luhanka, pirjo, post, signed_in_page):
    person_in(luhanka, "Sirpa Seuraaja")
    named(luhanka, post, "hyte")
    page = signed_in_page
    page.goto(url("hand-over", post=post.pk))
    page.get_by_label("Who holds the post then?").focus()
    page.keyboard.type("Sirpa")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("1.6.2025")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This is what happens")).to_be_visible()
    expect(page.locator("section.notice .roles li")).to_have_count(2)
    page.get_by_role("button", name="Hand over").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The post is handed over to Sirpa Seuraaja from 1.6.2025.")


def test_mistake_leads_to_its_field(luhanka, signed_in_page):
    page = signed_in_page
    page.goto(url("add-person"))
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Name: This must be filled in.").click()
    expect(page.get_by_label("Name")).to_be_focused()

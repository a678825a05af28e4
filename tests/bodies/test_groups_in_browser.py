"""A group's life in a browser, from its proposal to its rules; what axe finds, and what only two browsers can tell."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.bodies.groups import DECIDED, accepted, appointed, member_of, proposed
from tests.bodies.pages import url
from yhdyspinta.bodies.actions import FirstMeeting, adopt_plan, constitute_group, draft_plan, name_member
from yhdyspinta.bodies.models import Appointment, Constitution, Plan, Proposal
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.verify import verify

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

GROUP = "perhekeskus"
MEMBERS = {"luhanka": "Aino Aalto", "joutsa": "Eero Erkkilä", "keski-suomen-liitto": "Kaisa Kinnari"}


@pytest.fixture
def at_desk(browser, live, signed_in):
    """Give a page at which somebody is signed in; each is a browser of its own."""
    contexts = []

    def open_page(account, **more):
        context = browser.new_context(base_url=live.url, **more)
        contexts.append(context)
        session = signed_in(account).cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": live.url}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def whole_life(agreement, parties):
    """A group that has lived from proposal to rules, and its pages."""
    row = proposed(agreement, GROUP)
    accepted(agreement, GROUP, list(parties)[:20])
    made = appointed(agreement, GROUP, member_of(parties["luhanka"], "Aino Aalto"), early_reason="Kiire.", proposal=row)
    first = FirstMeeting(DECIDED, {"chair": made.members.get()}, convened_by="Hyvinvointialue", note="muistio 1/2025")
    constitute_group(agreement, GROUP, first, by=SYSTEM)
    for kind in ("action-plan", "rules"):
        old = draft_plan(agreement, GROUP, kind, text="1. Tehtävät\n\n" + "Perhekeskustoiminta. " * 40, by=SYSTEM)
        adopt_plan(old, version=1, on=DECIDED, where="kokous 1/2025 § 4", by=SYSTEM)
        draft_plan(agreement, GROUP, kind, text="2. Tehtävät\n\n" + "Yhteistoimintaryhmä. " * 40, by=SYSTEM)
    draft = Plan.objects.filter(kind="rules", adopted_on=None).get()
    return [
        f"{url('propose')}?elin={GROUP}",
        url("proposal", proposal=row.pk),
        url("withdraw-proposal", proposal=proposed(agreement, "ict").pk),
        url("appoint", body=GROUP),
        url("end-group", body=GROUP, appointment=made.pk),
        f"{url('constitute', body=GROUP)}?paiva=7.10.2025",
        url("plans", body=GROUP, kind="rules"),
        url("plans", body="ict", kind="action-plan"),
        url("new-plan", body="ict", kind="action-plan"),
        *(url(f"{page}-plan", body=GROUP, plan=draft.pk) for page in ("edit", "adopt", "withdraw")),
    ]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_pages_have_room_and_are_accessible(whole_life, at_desk, administrator, axe, width, scheme):
    page = at_desk(administrator, viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in whole_life:
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, path
        assert axe(page) == [], path
        button = page.get_by_role("main").locator("form[method=post].record-form .end-of-form button")
        if "peru" not in path and button.count():
            button.first.click()
            assert axe(page) == [], path


def test_a_group_lives_from_proposal_to_rules(
    agreement, parties, at_desk, page, small_municipality_clerk, county_coordinator
):
    clerk, county = at_desk(small_municipality_clerk), at_desk(county_coordinator)
    _propose(clerk)
    row = Proposal.objects.get()
    accepted(agreement, GROUP, parties)
    _appoint(county, row)
    for party, name in MEMBERS.items():
        name_member(agreement, GROUP, member_of(parties[party], name), by=SYSTEM)
    _constitute(county)
    for kind, name in (("action-plan", "Action plan"), ("rules", "Rules of procedure")):
        _adopt(county, kind, name)
    page.goto(url("proposal", proposal=row.pk))
    expect(page.locator(".life > li.done")).to_have_count(6)
    shown = {
        "nimeaminen": ["24/240 accepted", "1 appointed"],
        "ryhman-toimikausi": ["1/10 have adopted", "1/10 have adopted"],
        "puheenjohtajisto": ["7 Oct 2026 Officers elected"],
    }
    for clause, words in shown.items():
        page.goto(f"/en/{agreement.slug}/kohdat/{clause}/")
        said = " ".join(page.get_by_role("main").inner_text().split())
        assert [said.count(each) >= words.count(each) for each in words] == [True] * len(words), clause
    assert list(verify()) == []


def _propose(page):
    page.goto(url("propose"))
    expect(page.get_by_label("Name of the new group")).to_be_hidden()
    page.get_by_label("Group", exact=True).select_option("new")
    expect(page.get_by_label("Name of the new group")).to_be_visible()
    page.get_by_label("Group", exact=True).select_option(GROUP)
    page.get_by_label("Task").fill("Kehittää perhekeskustoimintaa.")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("status")).to_contain_text("The group is proposed.")
    expect(page.locator("#accepted")).to_contain_text("0 of 24 parties")
    expect(page.get_by_role("link", name="Ask the parties to accept it")).to_be_visible()


def _appoint(page, row):
    page.goto(url("proposal", proposal=row.pk))
    expect(page.locator("#accepted")).to_contain_text("All 24 parties")
    page.get_by_role("link", name="Record the appointment").click()
    expect(page.get_by_label("Why the group is appointed before all have accepted it")).to_have_count(0)
    page.get_by_label("Organ that decided").fill("Aluehallitus")
    page.get_by_label("Date of the decision").fill("30.9.2026")
    page.get_by_label("Section (§)").fill("123")
    page.get_by_role("button", name="Record the appointment").click()
    expect(page.get_by_role("status")).to_contain_text("The group is appointed from")
    assert Appointment.objects.get().proposal == row


def _constitute(page):
    page.goto(url("constitute", body=GROUP))
    page.get_by_label("Day of the meeting").fill("7.10.2026")
    page.get_by_role("button", name="Show the members of the day above").click()
    for office, name in zip(("Chair", "Vice chair", "Secretary"), MEMBERS.values(), strict=True):
        select = page.get_by_label(office, exact=True)
        select.select_option(select.get_by_text(name).get_attribute("value"))
    page.get_by_role("button", name="Record the first meeting").click()
    expect(page.get_by_role("status")).to_contain_text("The first meeting of 7.10.2026 is recorded.")
    assert Constitution.objects.get().elected.keys() == {"chair", "vice-chair", "secretary"}


def _adopt(page, kind, name):
    page.goto(url("plans", body=GROUP, kind=kind))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("Text").fill("1. Tehtävät\n\nPerhekeskukset.")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("link", name="Record its adoption").click()
    page.get_by_label("Day of adoption").fill("4.11.2026")
    page.get_by_role("button", name="Record its adoption").click()
    expect(page.get_by_role("status")).to_contain_text("Adopted: everybody can read it now.")


def test_two_browsers_write_one_draft_and_both_texts_are_shown(agreement, at_desk, county_coordinator, administrator):
    draft = draft_plan(agreement, GROUP, "rules", text="Ensin", by=SYSTEM)
    one, other = at_desk(county_coordinator), at_desk(administrator)
    for each in (one, other):
        each.goto(url("edit-plan", body=GROUP, plan=draft.pk))
    one.get_by_label("Text").fill("Ensimmäisen tekstiä")
    one.get_by_role("button", name="Save the draft").click()
    other.get_by_label("Text").fill("Toisen tekstiä")
    other.get_by_role("button", name="Save the draft").click()
    notice = other.get_by_role("alert")
    expect(notice).to_contain_text("Ensimmäisen tekstiä")
    expect(notice).to_contain_text("Toisen tekstiä")
    expect(other.get_by_label("Text")).to_have_value("Toisen tekstiä")
    other.get_by_role("button", name="Save the draft").click()
    expect(other.get_by_role("status")).to_contain_text("The draft is saved.")
    draft.refresh_from_db()
    assert draft.text == "Toisen tekstiä"

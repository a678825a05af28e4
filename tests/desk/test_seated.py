"""The page of a body: who sits in it in short, how far a group has come, and what can be done about it by whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from tests.bodies.groups import TERM, accepted, appointed, member_of, members_of, proposed
from tests.bodies.pages import SLUG, text, url
from tests.parties.going_on import going_on
from tests.parties.people import held_by, person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import (
    FirstMeeting,
    NewGroup,
    Wanted,
    adopt_plan,
    constitute_group,
    draft_plan,
    name_member,
    open_seats,
)
from yhdyspinta.journal.actions import set_publicity
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.parties.queries import parties_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(db, keski_suomi_text):
    """The framework agreement as if it were in force today."""
    return going_on(keski_suomi_text)


@pytest.fixture
def parties(agreement):
    """The parties by id."""
    return {party.slug: party for party in parties_of(agreement)}


@pytest.fixture
def clerk(small_municipality_clerk, signed_in):
    """The browser of Luhanka's administrator."""
    return signed_in(small_municipality_clerk)


@pytest.fixture
def county(county_coordinator, signed_in):
    """The browser of the county's administrator, for whom groups are appointed."""
    return signed_in(county_coordinator)


def of_body(body):
    with translation.override("en"):
        return reverse("desk:body", kwargs={"slug": SLUG, "body": body})


def test_the_officers_stand_first_and_the_rest_is_a_link_away(client, agreement, parties):
    members = [member_of(party, f"Jäsen {slug}") for slug, party in list(parties.items())[:12]]
    made = appointed(agreement, "ict", *members, early_reason="x")
    chair = members_of(made)[4]
    constitute_group(agreement, "ict", FirstMeeting(date(2025, 10, 7), {"chair": chair}), by=SYSTEM)
    page = client.get(of_body("ict"))
    said = text(page)
    assert "Members 12/12 Jäsen jyvaskyla chair Jyväskylä Jäsen keski-suomen-hyvinvointialue" in said
    assert said.count("Jäsen ") == 8
    assert "4 more, with days and decisions" in said
    assert f'href="{url("roster", body="ict")}"' in page.content.decode()


def test_a_group_shows_how_far_it_has_come_with_day_and_proof(client, agreement, parties):
    row = proposed(agreement)
    accepted(agreement, "perhekeskus", list(parties)[:23])
    address = of_body("perhekeskus")
    page = client.get(address)
    assert "Accepted by the parties (Under way) 23 of 24 parties" in text(page)
    assert f'href="{url("proposal", proposal=row.pk)}"' in page.content.decode()
    accepted(agreement, "perhekeskus", list(parties)[23:])
    appointed(agreement, "perhekeskus", proposal=row)
    plan = draft_plan(agreement, "perhekeskus", "rules", text="1 §", by=SYSTEM)
    adopt_plan(plan, version=1, on=today(), where="kokous 2/2026", by=SYSTEM)
    page = client.get(address)
    said = text(page)
    assert "All 24 parties, the last one on 1.9.2025" in said
    assert "Appointed (Done) Aluehallitus 30.9.2025 § 123, 45/00.01/2025" in said
    assert f'href="{url("plans", body="perhekeskus", kind="rules")}"' in page.content.decode()


def test_the_public_learns_how_many_have_accepted_as_the_parties_decide(client, clerk, agreement, parties):
    proposed(agreement)
    accepted(agreement, "perhekeskus", list(parties)[:2])
    set_publicity(agreement, "none", by=SYSTEM)
    assert "2 of 24" not in text(client.get(of_body("perhekeskus")))
    assert "2 of 24" in text(clerk.get(of_body("perhekeskus")))


def test_what_can_be_done_is_offered_to_whom_it_is_for(client, clerk, county, agreement, parties):
    appointed(agreement, "perhekeskus", early_reason="x")
    publics, clerks, countys = (text(each.get(of_body("perhekeskus"))) for each in (client, clerk, county))
    for words in ("Propose the group", "Name a member"):
        assert words in clerks
        assert words in countys
        assert words not in publics
    for words in ("Record the first meeting", "Write it or bring it in", "End the group's work"):
        assert words in countys
        assert words not in clerks
        assert words not in publics
    assert "Record the appointment" in text(county.get(of_body("ict")))


def test_a_day_of_the_past_offers_nothing_to_do(county, agreement, parties):
    appointed(agreement, "perhekeskus", member_of(parties["luhanka"], "Aino Aalto"), early_reason="x")
    page = county.get(f"{of_body('perhekeskus')}?as-of={TERM + timedelta(days=1)}")
    said = text(page)
    assert "Aino Aalto" in said
    for words in ("Name a member", "Record the first meeting", "Propose the group", "Record the appointment"):
        assert words not in said
    assert f"?pvm={TERM + timedelta(days=1)}" in page.content.decode()
    assert "Aino Aalto" not in text(county.get(f"{of_body('perhekeskus')}?as-of={TERM - timedelta(days=1)}"))


def test_ex_officio_members_follow_their_posts(client, agreement, parties):
    post = post_in(parties["luhanka"], "council-chair")
    held_by(post, person_in(parties["luhanka"], "Pirjo Puhetta"), TERM)
    assert "Members 1/72 Pirjo Puhetta Luhanka chair of the council" in text(client.get(of_body("kuntakokous")))
    assert "How far the group has come" not in text(client.get(of_body("kuntakokous")))


def test_a_body_of_preparedness_tells_strangers_nothing_of_its_members(client, clerk, agreement, parties):
    name_member(agreement, "ksturva", member_of(parties["luhanka"], "Salla Salainen"), by=SYSTEM)
    page = client.get(of_body("ksturva"))
    assert page.status_code == 200
    assert "Salla" not in text(page)
    assert url("roster", body="ksturva") not in page.content.decode()
    assert "Salla Salainen" in text(clerk.get(of_body("ksturva")))


def test_a_group_that_was_formed_later_has_its_life_too(client, agreement, parties):
    proposed(agreement, NewGroup("Jokivarren ryhmä", "maankaytto", 4))
    said = text(client.get(of_body("jokivarren-ryhma")))
    assert "See the proposal" in said
    assert "0 of 24 parties" in said


def test_the_structure_leads_to_the_representatives_and_to_proposing(client, clerk, agreement):
    with translation.override("en"):
        structure = reverse("desk:structure", kwargs={"slug": SLUG})
    assert url("representatives") in client.get(structure).content.decode()
    assert url("propose") not in client.get(structure).content.decode()
    assert url("propose") in clerk.get(structure).content.decode()


def test_the_page_of_the_public_is_kept_until_somebody_is_named(client, agreement, parties):
    first = client.get(of_body("ict"))
    assert client.get(of_body("ict"), headers={"If-None-Match": first["ETag"]}).status_code == 304
    name_member(agreement, "ict", member_of(parties["luhanka"], "Aino Aalto"), by=SYSTEM)
    assert "Aino Aalto" in text(client.get(of_body("ict"), headers={"If-None-Match": first["ETag"]}))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_as_much_for_one_as_for_three(
    client, clerk, county, agreement, parties, django_assert_num_queries, count
):
    proposed(agreement, "ict")
    for slug in ("luhanka", "joutsa", "kinnula")[:count]:
        open_seats(agreement, "ict", [Wanted(1, party=parties[slug])], by=SYSTEM)
        name_member(agreement, "ict", member_of(parties[slug], slug), by=SYSTEM)
    for browser, number in ((client, 10), (clerk, 18), (county, 16)):
        address = f"{of_body('ict')}?as-of={today()}"
        browser.get(address)
        with django_assert_num_queries(number):
            browser.get(address)

"""Who sits in a body: what the public sees of it and what the parties do, as page, file and print (C21, C25)."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import translation
from openpyxl import load_workbook

from tests.bodies.groups import BOARD, TERM, appointed, member_of, members_of
from tests.bodies.pages import text, url
from tests.parties.people import held_by, person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import (
    FirstMeeting,
    Member,
    Wanted,
    constitute_group,
    end_membership,
    name_member,
    open_seats,
    withdraw_membership,
)
from yhdyspinta.bodies.documents import print_roster
from yhdyspinta.bodies.models import Membership
from yhdyspinta.journal.actions import set_publicity
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.papers.models import File
from yhdyspinta.parties.models import Look
from yhdyspinta.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(small_municipality_clerk, signed_in):
    """The browser of Luhanka's administrator."""
    return signed_in(small_municipality_clerk)


@pytest.fixture
def county(county_coordinator, signed_in):
    """The browser of the county's administrator, who looks after the groups."""
    return signed_in(county_coordinator)


@pytest.fixture
def group(agreement, parties):
    """A group with two members, one deputy and a free seat, and a chair."""
    open_seats(agreement, "perhekeskus", [Wanted(1, party=parties["kinnula"])], by=SYSTEM)
    aino = member_of(parties["luhanka"], "Aino Aalto", gender="woman")
    eero = member_of(parties["joutsa"], "Eero Elo", gender="woman")
    made = appointed(agreement, "perhekeskus", aino, eero, early_reason="x")
    chair, second = members_of(made)
    constitute_group(agreement, "perhekeskus", FirstMeeting(date(2025, 10, 7), {"chair": chair}), by=SYSTEM)
    deputy = member_of(parties["joutsa"], "Veera Vara", "deputy", deputy_of=second, gender="man")
    name_member(agreement, "perhekeskus", deputy, by=SYSTEM)
    return made


ROSTER = url("roster", body="perhekeskus")


def lines(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_names_are_public_with_party_days_and_decision(client, group):
    page = text(client.get(ROSTER))
    for words in (
        "Chair Aino Aalto Luhanka 7.10.2025–31.5.2029",
        "Luhanka Aino Aalto 1.6.2025–31.5.2029 Aluehallitus 30.9.2025 § 123, 45/00.01/2025",
        "Joutsa Veera Vara deputy of Eero Elo from 1.6.2025",
        "2 of 3 places have somebody. Which ones are empty is for the parties.",
        "The agreement does not say who sits in it.",
    ):
        assert words in page
    assert "Kinnula" not in page
    assert "Balance" not in page
    assert "woman" not in page
    assert "The list as PDF" not in page
    assert "Name a member" not in page


def test_what_most_share_is_said_once(client, agreement, parties):
    members = [member_of(parties[slug], f"Jäsen {slug}") for slug in ("luhanka", "joutsa", "kinnula")]
    odd = member_of(parties["multia"], "Poikkeava", last_day=date(2027, 1, 31))
    appointed(agreement, "ict", *members, odd, early_reason="x")
    page = text(client.get(url("roster", body="ict")))
    assert page.count("Aluehallitus") == 1
    assert "Unless said otherwise: 1.6.2025–31.5.2029 · Aluehallitus 30.9.2025 § 123" in page
    assert "Poikkeava 1.6.2025–31.1.2027" in page


def test_what_is_empty_is_shown_to_the_public_as_the_parties_decide(client, agreement, group):
    set_publicity(agreement, "all", by=SYSTEM)
    assert "Kinnula Empty place" in text(client.get(ROSTER))
    set_publicity(agreement, "none", by=SYSTEM)
    page = text(client.get(ROSTER))
    assert "Kinnula" not in page
    assert "of 3" not in page
    assert "2/3" not in page


def test_parties_see_empty_places_and_how_to_reach_members(clerk, agreement, parties, group):
    person = person_in(parties["multia"], "Mauri Multia", email="mauri@example.org", phone="040 123 4567")
    name_member(agreement, "perhekeskus", Member(person, "expert", TERM, party=parties["multia"]), by=SYSTEM)
    page = clerk.get(ROSTER)
    assert "Kinnula Empty place" in text(page)
    assert "mauri@example.org 040 123 4567" in text(page)
    assert 'href="tel:0401234567"' in page.content.decode()
    look = Look.objects.get()
    assert (look.what, look.people) == ("roster:perhekeskus", [person.pk])


def test_contact_data_is_never_for_the_public(client, outsider, signed_in, agreement, parties):
    person = person_in(parties["luhanka"], "Aino Aalto", email="aino@example.org", phone="040 123 4567")
    name_member(agreement, "ict", Member(person, "member", TERM, party=parties["luhanka"]), by=SYSTEM)
    for browser in (client, signed_in(outsider)):
        for page in (url("roster", body="ict"), url("roster-file", body="ict", kind="csv")):
            said = browser.get(page).content.decode()
            assert "Aino Aalto" in said
            assert "aino@example.org" not in said
            assert "123 4567" not in said
    assert not Look.objects.exists()


def test_posts_sit_ex_officio_and_follow_their_holder(client, clerk, agreement, parties):
    post = post_in(parties["luhanka"], "council-chair")
    held_by(post, person_in(parties["luhanka"], "Vanha Ketola"), date(2024, 1, 1), date(2025, 5, 31))
    held_by(post, person_in(parties["luhanka"], "Uusi Puheenjohtaja"), TERM)
    address = url("roster", body="kuntakokous")
    assert "Uusi Puheenjohtaja Chair of the council ex officio" in text(client.get(address))
    before = text(client.get(f"{address}?pvm=31.5.2025"))
    assert "Vanha Ketola" in before
    assert "Uusi Puheenjohtaja" not in before
    page = text(clerk.get(address))
    assert "Nobody holds the post Chief executive ex officio" in page
    assert "Add the post : Luhanka, chief executive" in page


def test_the_agreement_says_who_sits_in_a_body(client, agreement):
    page = text(client.get(url("roster", body="kuntakokous")))
    assert "By the agreement: Members: of each party: chair of the council, chair of the board and chief execu" in page


def test_a_body_without_anybody_says_what_belongs_there(client, clerk, agreement):
    address = url("roster", body="sivistysverkosto")
    page = text(client.get(address))
    assert "Nobody is known here on this day." in page
    assert "These as CSV" not in page
    assert "Name a member" in text(clerk.get(address))


def test_those_to_come_and_those_who_left_stand_with_their_days(client, agreement, parties, group):
    first, last = today() + timedelta(days=30), today() - timedelta(days=30)
    coming = member_of(parties["multia"], "Tuula Tuleva", first_day=first)
    past = name_member(agreement, "perhekeskus", member_of(parties["multia"], "Leo Lähtenyt"), by=SYSTEM)
    end_membership(past, last_day=last, by=SYSTEM)
    name_member(agreement, "perhekeskus", coming, by=SYSTEM)
    page = text(client.get(ROSTER))
    assert f"To come Tuula Tuleva member, Multia from {first.day}.{first.month}.{first.year}" in page
    assert f"1 former Leo Lähtenyt member, Multia 1.6.2025–{last.day}.{last.month}.{last.year}" in page
    withdraw_membership(past, by=SYSTEM)
    assert "Leo Lähtenyt" not in text(client.get(ROSTER))


def test_a_post_that_was_named_was_in_the_body_through_each_holder(client, agreement, parties):
    post = post_in(parties["luhanka"], "expert")
    held_by(post, person_in(parties["luhanka"], "Ensi Edustaja"), TERM, date(2025, 12, 31))
    held_by(post, person_in(parties["luhanka"], "Toini Toinen"), date(2026, 1, 1))
    name_member(agreement, "ict", Member(post, "member", TERM, party=parties["luhanka"]), by=SYSTEM)
    page = text(client.get(url("roster", body="ict")))
    assert "Luhanka Toini Toinen Expert ex officio" in page
    assert "Ensi Edustaja member, Luhanka Expert ex officio 1.6.2025–31.12.2025" in page


def test_who_sits_in_a_body_of_preparedness_is_for_the_parties(client, clerk, outsider, signed_in, agreement, parties):
    name_member(agreement, "ksturva", member_of(parties["luhanka"], "Salla Salainen"), by=SYSTEM)
    for page in (url("roster", body="ksturva"), url("roster-file", body="ksturva", kind="xlsx")):
        assert client.get(page).status_code == 404
        assert signed_in(outsider).get(page).status_code == 404
    assert "Salla Salainen" in text(clerk.get(url("roster", body="ksturva")))
    assert client.get(url("roster", body="olematon")).status_code == 404


def test_a_deputy_in_a_seat_leaves_it_empty(clerk, agreement, parties):
    (seat,) = open_seats(agreement, "ict", [Wanted(1, party=parties["kinnula"])], by=SYSTEM)
    name_member(agreement, "ict", member_of(parties["kinnula"], "Veera Vara", "deputy", seat=seat), by=SYSTEM)
    address = url("roster", body="ict")
    page = text(clerk.get(address))
    assert "Kinnula Empty place" in page
    assert "0 of 1 place has somebody" in page
    name_member(agreement, "ict", member_of(parties["kinnula"], "Aino Aalto", seat=seat), by=SYSTEM)
    assert "Empty place" not in text(clerk.get(address))


# The balance


def test_the_balance_is_a_reminder_for_the_parties(clerk, group):
    page = text(clerk.get(ROSTER))
    assert "To reach 40 per cent of women and of men: Members: 1 more man Deputy members: 1 more woman" in page
    assert "Members 2 0 0 1 Deputy members 0 1 0 1" in page
    assert "Members come from 2 of 24 parties. Nobody from: " in page
    assert "By sub-region: Joutsa 2. Nobody from: " in page
    assert "609/1986, 4 a §" in page
    assert "nothing is refused for it" in page


def test_the_balance_waits_for_those_who_have_not_said_and_is_quiet_where_it_is_kept(clerk, agreement, parties):
    unsaid = name_member(agreement, "ict", member_of(parties["luhanka"], "Ei Sano"), by=SYSTEM)
    name_member(agreement, "ict", member_of(parties["joutsa"], "Nainen", gender="woman"), by=SYSTEM)
    address = url("roster", body="ict")
    page = text(clerk.get(address))
    assert "it depends on those of whom it is not said" in page
    assert "To reach 40 per cent" not in page
    Membership.objects.filter(pk=unsaid.pk).update(gender="man")
    assert "At least 40 per cent are women and at least 40 per cent men." in text(clerk.get(address))


def test_bodies_that_are_no_groups_have_no_balance(clerk, agreement, parties):
    name_member(agreement, "kuntakokous", member_of(parties["luhanka"], "Aino"), by=SYSTEM)
    assert "Balance" not in text(clerk.get(url("roster", body="kuntakokous")))


# The day


def test_a_day_that_is_none_is_said_at_the_field(client, group):
    page = client.get(f"{ROSTER}?pvm=joulu")
    assert page.status_code == 200
    assert "“joulu” is not a date." in text(page)


def test_the_list_looks_at_another_day(client, group):
    page = text(client.get(f"{ROSTER}?pvm=31.5.2025"))
    assert "To come Eero Elo member, Joutsa" in page
    assert "Back to today" in page


# Files and print


def test_the_list_as_a_file_says_what_the_page_says(client, clerk, agreement, parties, group):
    address = url("roster-file", body="perhekeskus", kind="csv")
    found = lines(client.get(address))
    assert [row["Name"] for row in found] == ["Eero Elo", "Aino Aalto", "Veera Vara", "Aino Aalto"]
    assert found[2] == {
        "Role": "deputy member", "Party": "Joutsa", "Name": "Veera Vara", "Post": "", "Ex officio": "",
        "From": "1.6.2025", "To": "", "Deputy of": "Eero Elo", "Decision": "",
    }  # fmt: skip
    whole = lines(clerk.get(address))
    assert [row["Name"] for row in whole if row["Party"] == "Kinnula"] == ["empty place"]
    assert "E-mail" in whole[0]
    sheet = load_workbook(io.BytesIO(client.get(url("roster-file", body="perhekeskus", kind="xlsx")).content)).active
    assert sheet is not None
    assert sheet["C2"].value == "Eero Elo"


class Steps:
    """What a task says of how far it has come."""

    def __init__(self):
        self.said = []

    def step(self, done, total):
        self.said.append((done, total))


def test_the_list_is_printed_by_a_task(clerk, small_municipality_clerk, group):
    response = clerk.post(f"{url('roster-pdf', body='perhekeskus')}?pvm=1.1.2026")
    task = Task.objects.get()
    assert response.status_code == 302
    assert task.arguments["day"] == "2026-01-01"
    steps = Steps()
    with translation.override("fi"):
        kept = File.objects.get(pk=print_roster(steps, **task.arguments)["file"])
    assert kept.media_type == "application/pdf"
    assert steps.said == [(1, 2), (2, 2)]
    with default_storage.open(kept.path) as file:
        assert file.read(4) == b"%PDF"


def test_too_much_waiting_work_is_said_on_the_page(clerk, group):
    for _again in range(20):
        response = clerk.post(url("roster-pdf", body="perhekeskus"), follow=True)
        if "still waiting" in text(response):
            break
    assert response.redirect_chain[-1][0] == ROSTER
    assert "Wait until some of them are ready." in text(response)


def test_a_stranger_has_no_list_of_a_body_of_preparedness_printed(agreement, outsider, small_municipality_clerk):
    asked = {"slug": agreement.slug, "body": "ksturva", "day": "2026-01-01"}
    with pytest.raises(ValidationError):
        print_roster(Steps(), **asked, account=outsider.pk)
    with pytest.raises(ValidationError):
        print_roster(Steps(), **asked | {"body": "olematon"}, account=small_municipality_clerk.pk)
    assert print_roster(Steps(), **asked, account=small_municipality_clerk.pk)["file"]


# What it costs


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_much_for_one_as_for_three(
    client, clerk, agreement, parties, django_assert_num_queries, count
):
    post = post_in(parties["multia"], "expert")
    held_by(post, person_in(parties["multia"], "Mauri Multia"), TERM)
    name_member(agreement, "ict", Member(post, "member", TERM, party=parties["multia"], decision=BOARD), by=SYSTEM)
    open_seats(agreement, "ict", [Wanted(count, party=parties["kinnula"])], by=SYSTEM)
    for slug in ("luhanka", "joutsa", "kinnula")[:count]:
        name_member(agreement, "ict", member_of(parties[slug], f"Jäsen {slug}"), by=SYSTEM)
    address = url("roster", body="ict")
    for browser, page, number in ((client, address, 8), (client, f"{address[:-1]}.csv", 6), (clerk, address, 15)):
        browser.get(page)
        with django_assert_num_queries(number):
            browser.get(f"{page}?pvm={today()}")

"""Who represents whom: parties by bodies on a day, the terms that are ending, and one person's memberships."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest

from tests.bodies.groups import TERM, appointed, member_of
from tests.bodies.pages import text, url
from tests.parties.people import held_by, person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import FirstMeeting, Member, Wanted, constitute_group, name_member, open_seats
from yhdyspinta.bodies.models import Membership
from yhdyspinta.journal.actions import set_publicity
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.queries import charter_of
from yhdyspinta.parties.models import Look, Person

pytestmark = pytest.mark.django_db

PAGE = url("representatives")


@pytest.fixture
def clerk(small_municipality_clerk, signed_in):
    """The browser of Luhanka's administrator."""
    return signed_in(small_municipality_clerk)


@pytest.fixture
def group(agreement, parties):
    """A group in which Luhanka has filled one of two seats, Joutsa its only one until soon, and Kinnula none."""
    wanted = [
        Wanted(2, party=parties["luhanka"]),
        Wanted(1, party=parties["joutsa"]),
        Wanted(1, party=parties["kinnula"]),
    ]
    one, _two, joutsas, _kinnulas = open_seats(agreement, "ict", wanted, by=SYSTEM)
    aino = member_of(parties["luhanka"], "Aino Aalto", seat=one)
    eero = member_of(parties["joutsa"], "Eero Elo", seat=joutsas, last_day=today() + timedelta(days=40))
    made = appointed(agreement, "ict", aino, eero, early_reason="x")
    chair = Membership.objects.earliest("pk")
    constitute_group(agreement, "ict", FirstMeeting(date(2025, 10, 7), {"chair": chair}), by=SYSTEM)
    name_member(agreement, "ict", member_of(parties["luhanka"], "Veera Vara", "deputy"), by=SYSTEM)
    name_member(agreement, "ksturva", member_of(parties["luhanka"], "Salla Salainen"), by=SYSTEM)
    return made


def rows(page):
    """What stands in each row of the matrix, by its first cell."""
    found = re.findall(r"<tr>.*?</tr>", page.content.decode(), re.DOTALL)
    cells = [
        [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in re.split(r"</t[hd]>", row)[:-1]]
        for row in found
    ]
    return {row[0]: row[1:] for row in cells}


def column(page, name):
    """What each party has in a body."""
    matrix = rows(page)
    at = next(number for number, head in enumerate(matrix["Party"]) if name in head)
    return {party: cells[at] for party, cells in matrix.items()}


def lines(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_parties_see_how_many_places_each_has_filled(clerk, group):
    ends = today() + timedelta(days=40)
    ict = column(clerk.get(PAGE), "ICT")
    assert ict["Luhanka"] == "1/2 places empty"
    assert ict["Joutsa"] == f"1 filled ends {ends.day}.{ends.month}.{ends.year}"
    assert ict["Kinnula"] == "0/1 places empty"
    assert ict["Multia"] == "no place"
    assert ict["Places filled"] == "2/4"


def test_parties_stand_in_the_order_of_the_agreement(clerk, agreement, group):
    names = [party.name.get("en") for party in charter_of(agreement).parties.values()]
    assert list(rows(clerk.get(PAGE)))[1:-1] == names


def test_bodies_stand_by_level(clerk, group):
    levels = [head.split()[1] for head in rows(clerk.get(PAGE))["Party"]]
    assert levels == sorted(levels)


def test_the_public_sees_what_is_filled_and_not_who_lacks_something(client, agreement, group):
    page = client.get(PAGE)
    ict = column(page, "ICT")
    assert (ict["Luhanka"], ict["Kinnula"], ict["Places filled"]) == ("1 filled", "not shown", "2/4")
    assert "KSTURVA" not in text(page)
    assert "places empty" not in text(page)
    set_publicity(agreement, "none", by=SYSTEM)
    assert "Places filled" not in rows(client.get(PAGE))
    set_publicity(agreement, "all", by=SYSTEM)
    assert column(client.get(PAGE), "ICT")["Kinnula"] == "0/1 places empty"


def test_bodies_of_preparedness_are_for_the_parties(client, clerk, group):
    assert column(clerk.get(PAGE), "KSTURVA")["Luhanka"] == "1 filled"
    public = client.get(url("representatives-file", kind="csv")).content.decode()
    assert "Aino Aalto" in public
    assert "Salla Salainen" not in public
    assert "Salla Salainen" in clerk.get(url("representatives-file", kind="csv")).content.decode()


def test_terms_that_are_ending_are_listed(client, group):
    page = text(client.get(PAGE))
    assert "Terms that end within 90 days" in page
    assert "Eero Elo member, Joutsa" in page
    soon = client.get(f"{PAGE}?paattyy=30")
    assert "Nobody fits these filters." in text(soon)
    assert "None that is known here." in text(soon)
    narrowed = rows(client.get(f"{PAGE}?paattyy=90"))
    assert list(narrowed) == ["Party", "Joutsa", "Places filled"]
    assert len(narrowed["Party"]) == 1


def test_the_list_is_filtered_in_the_address_bar(client, group):
    assert list(rows(client.get(f"{PAGE}?osapuoli=luhanka"))) == ["Party", "Luhanka", "Places filled"]
    assert all(head.startswith("Level 4") for head in rows(client.get(f"{PAGE}?taso=4"))["Party"])
    assert column(client.get(f"{PAGE}?pvm=31.5.2025"), "ICT")["Luhanka"] == "not shown"
    page = client.get(f"{PAGE}?osapuoli=turku&taso=9&paattyy=7&pvm=joulu")
    assert page.status_code == 200
    assert "“joulu” is not a date." in text(page)


def test_the_file_holds_everybody_that_fits_the_filters(client, clerk, agreement, parties, group):
    person = person_in(parties["multia"], "Mauri Multia", email="mauri@example.org")
    name_member(agreement, "ict", Member(person, "expert", TERM, party=parties["multia"]), by=SYSTEM)
    address = url("representatives-file", kind="csv")
    public = lines(client.get(f"{address}?taso=4"))
    assert {row["Name"] for row in public} == {"Aino Aalto", "Eero Elo", "Veera Vara", "Mauri Multia"}
    assert "E-mail" not in public[0]
    assert [row["Name"] for row in lines(client.get(f"{address}?paattyy=90"))] == ["Eero Elo"]
    whole = lines(clerk.get(f"{address}?osapuoli=multia&taso=4"))
    assert [(row["Name"], row["E-mail"]) for row in whole] == [("Mauri Multia", "mauri@example.org")]
    assert Look.objects.get().what == "representatives.csv"
    assert client.get(url("representatives-file", kind="xlsx")).content.startswith(b"PK")


@pytest.mark.parametrize("count", [1, 3])
def test_the_matrix_costs_seven_queries(client, clerk, agreement, parties, django_assert_num_queries, count):
    for slug in ("luhanka", "joutsa", "kinnula")[:count]:
        for body in ("ict", "hyte", "perhekeskus")[:count]:
            name_member(agreement, body, member_of(parties[slug], f"{slug} {body}"), by=SYSTEM)
            open_seats(agreement, body, [Wanted(1, party=parties[slug])], by=SYSTEM)
        post = post_in(parties[slug], "council-chair")
        held_by(post, person_in(parties[slug], "Pekka"), TERM)
        name_member(agreement, "ict", Member(post, "expert", TERM, party=parties[slug]), by=SYSTEM)
    file = url("representatives-file", kind="csv")
    for browser, page, number in ((client, PAGE, 7), (client, file, 7), (clerk, PAGE, 9)):
        browser.get(page)
        with django_assert_num_queries(number):
            browser.get(f"{page}?pvm={today()}")


# One person


def test_somebodys_memberships_over_time(clerk, agreement, parties, group):
    aino = Person.objects.get(name="Aino Aalto")
    post = post_in(parties["luhanka"], "expert")
    held_by(post, aino, date(2025, 1, 1), date(2025, 12, 31))
    name_member(agreement, "hyte", Member(post, "member", TERM, party=parties["luhanka"]), by=SYSTEM)
    later = Member(aino, "expert", today() + timedelta(days=5), party=parties["luhanka"])
    name_member(agreement, "perhekeskus", later, by=SYSTEM)
    page = text(clerk.get(url("person", person=aino.pk)))
    assert "chair, Luhanka 7.10.2025" in page
    assert "Expert ex officio 1.6.2025–31.12.2025" in page
    assert page.index("Now") < page.index("To come") < page.index("Former")


def test_a_person_is_shown_to_the_parties_alone(client, outsider, signed_in, clerk, agreement, parties, group):
    aino = Person.objects.get(name="Aino Aalto")
    address = url("person", person=aino.pk)
    assert client.get(address).status_code == 302
    assert signed_in(outsider).get(address).status_code == 404
    assert clerk.get(address).status_code == 200
    nobody = person_in(parties["luhanka"], "Ei Missään")
    assert clerk.get(url("person", person=nobody.pk)).status_code == 404
    assert clerk.get(url("person", person=999_999)).status_code == 404


def test_how_somebody_is_reached_is_noted(clerk, agreement, parties):
    person = person_in(parties["multia"], "Mauri Multia", email="mauri@example.org")
    name_member(agreement, "ict", Member(person, "member", TERM, party=parties["multia"]), by=SYSTEM)
    assert "mauri@example.org" in text(clerk.get(url("person", person=person.pk)))
    assert Look.objects.get().people == [person.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_a_person_costs_as_much_with_one_body_as_with_three(
    clerk, agreement, parties, django_assert_num_queries, count
):
    person = person_in(parties["multia"], "Mauri Multia")
    for body in ("ict", "hyte", "perhekeskus")[:count]:
        name_member(agreement, body, Member(person, "member", TERM, party=parties["multia"]), by=SYSTEM)
    address = url("person", person=person.pk)
    clerk.get(address)
    with django_assert_num_queries(8):
        clerk.get(address)

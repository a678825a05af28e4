"""Who is whose counterpart: what the parties see of it, what the public does, and the same as files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import vobject
from django.test import Client
from openpyxl import load_workbook

from tests.parties.going_on import HOME, going_on
from tests.parties.people import held_by, named, person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.journal.actions import import_facts
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.actions import (
    Named,
    end_naming,
    hand_over_post,
    load_agreement,
    name_for_themes,
    withdraw_naming,
)
from yhdyspinta.parties.models import Account, Look, Naming, Party, Person
from yhdyspinta.parties.queries import party_or_404

PAGE = f"{HOME}vastinparit/"
SPRING = date(2025, 3, 1)
Browser = Callable[[Any], Client]


@pytest.fixture
def agreement(db: None, keski_suomi_text: dict[str, str]) -> Agreement:
    return going_on(keski_suomi_text)


@pytest.fixture
def luhanka(agreement: Agreement) -> Party:
    return party_or_404(agreement, "luhanka")


@pytest.fixture
def jyvaskyla(agreement: Agreement) -> Party:
    return party_or_404(agreement, "jyvaskyla")


@pytest.fixture
def pirjo(luhanka: Party) -> Person:
    person = person_in(luhanka, "Pirjo Peltonen", email="pirjo@luhanka.example.org", phone="040 123 4567")
    said = Named(person, SPRING, None, Decimal("7.5"), basis="Kunnanjohtaja 1.3.2025, 4 §")
    name_for_themes(luhanka, "counterpart", ["ict", "hyte"], said, by=SYSTEM)
    return person


@pytest.fixture
def clerk(small_municipality_clerk: Account, signed_in: Browser) -> Client:
    return signed_in(small_municipality_clerk)


@pytest.fixture
def by_hand(agreement: Agreement) -> None:
    fact = {"fact": "counterpart-named", "party": "aanekoski", "theme": "ict", "from": "2024-01-01"}
    import_facts(agreement, [fact | {"id": "h1", "hours_per_week": 5}], by=SYSTEM)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def row_of(party: str, response: Any) -> str:
    """The words of a party's row."""
    rows = re.findall(r"<tr>.*?</tr>", response.content.decode(), re.DOTALL)
    found = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows]
    return next(row for row in found if row.startswith(party))


def lines(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


# The matrix


def test_the_parties_see_who_is_named_for_how_much_time(clerk: Client, pirjo: Person, by_hand: None):
    page = clerk.get(PAGE)
    assert page.status_code == 200
    row = row_of("Luhanka", page)
    assert row.count("Pirjo Peltonen , 7.5 h") == 2
    assert row.count("not named") == 8
    assert "recorded by hand" in row_of("Äänekoski", page)
    assert row_of("Parties that have named", page).startswith("Parties that have named 0/24 2/24")  # ICT is the second
    assert pirjo.email not in text(page)
    assert Look.objects.count() == 0  # no phone and no address was shown


def test_the_public_sees_that_somebody_is_named_and_not_who(
    client: Client, luhanka: Party, pirjo: Person, by_hand: None
):
    post = post_in(luhanka, "chief-executive")
    held_by(post, pirjo)
    named(luhanka, post, "tkki", first_day=SPRING)
    page = client.get(PAGE)
    row = row_of("Luhanka", page)
    assert row.count("named") == 3
    assert row.count("not shown") == 7
    assert "not named" not in text(page)
    assert "chief executive" in row  # a role is nobody's name
    assert "named" in row_of("Äänekoski", page)
    assert "2/24" in row_of("Parties that have named", page)
    for hidden in ("Pirjo", "Peltonen", "7.5", "luhanka.example.org", "040 123", "4567"):
        assert hidden not in page.content.decode()


@pytest.mark.parametrize(("shown", "word"), [("all", "not named"), ("none", "not shown")])
def test_the_parties_decide_what_the_public_sees(
    client: Client, agreement: Agreement, pirjo: Person, shown: str, word: str
):
    agreement.states_shown_to_public = shown
    agreement.save()
    page = client.get(PAGE)
    assert word in row_of("Luhanka", page)
    assert (" named " in row_of("Luhanka", page)) == (shown == "all")
    assert ("/24" in text(page)) == (shown == "all")


def test_an_outsider_sees_what_the_public_sees(outsider: Account, signed_in: Browser, pirjo: Person):
    assert "Pirjo" not in signed_in(outsider).get(PAGE).content.decode()


def test_a_public_search_finds_parties_and_nobodys_name(client: Client, clerk: Client, pirjo: Person):
    assert "Nobody fits these filters." in text(client.get(PAGE, {"haku": "peltonen"}))
    assert "Luhanka" in row_of("Luhanka", client.get(PAGE, {"haku": "luhan"}))
    found = clerk.get(PAGE, {"haku": " PELTonen "})
    assert "<mark>Pirjo Peltonen</mark>" in found.content.decode()
    assert len(re.findall("<tr>", found.content.decode())) == 3  # headings, Luhanka, the counts


def test_the_matrix_is_of_the_day_asked_for(clerk: Client, pirjo: Person):
    before = clerk.get(PAGE, {"pvm": "28.2.2025"})
    assert "Pirjo" not in row_of("Luhanka", before)
    assert "Pirjo Peltonen" in row_of("Luhanka", clerk.get(PAGE, {"pvm": "2025-03-01"}))
    wrong = clerk.get(PAGE, {"pvm": "31.2.2025"})
    assert "is not a date" in text(wrong)
    assert "Pirjo Peltonen" in row_of("Luhanka", wrong)


def test_the_matrix_narrows_to_a_party_and_a_theme(clerk: Client, pirjo: Person):
    page = clerk.get(PAGE, {"osapuoli": "luhanka", "teema": "ict"})
    assert row_of("Luhanka", page).count("Pirjo Peltonen") == 1
    assert "Jyväskylä" not in re.sub("<option.*?</option>", "", page.content.decode())
    assert clerk.get(PAGE, {"osapuoli": "tampere", "teema": "olematon"}).status_code == 200  # all are shown


def test_an_open_post_and_missing_hours_are_told_apart(clerk: Client, luhanka: Party):
    named(luhanka, post_in(luhanka), "ict")
    name_for_themes(luhanka, "counterpart", ["hyte"], Named(person_in(luhanka), SPRING), by=SYSTEM)
    row = row_of("Luhanka", clerk.get(PAGE))
    assert "post without a holder director of education and culture , no holder now" in row
    assert "Pirjo Peltonen hours not given" in row
    assert row_of("Parties that have named", clerk.get(PAGE)).count("0/24") == 10


@pytest.mark.postgres
def test_a_post_shows_who_holds_it_on_the_day(clerk: Client, luhanka: Party):
    post, first, second = post_in(luhanka), person_in(luhanka, "Eka Ensin"), person_in(luhanka, "Toka Toinen")
    named(luhanka, post, "ict")
    held_by(post, first)
    hand_over_post(post, person=second, first_day=today(), by=SYSTEM)
    assert "Toka Toinen , director of education" in row_of("Luhanka", clerk.get(PAGE))
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert "Eka Ensin" in row_of("Luhanka", clerk.get(PAGE, {"pvm": yesterday}))


def test_one_person_is_shown_at_each_party_that_named_them(clerk: Client, luhanka: Party, jyvaskyla: Party):
    shared = person_in(jyvaskyla, "Jaana Jaettu", email="jaana@example.org")
    named(jyvaskyla, shared, "ict")
    name_for_themes(
        luhanka, "counterpart", ["ict"], Named(shared, SPRING, None, Decimal(1), agreed="yhteinen"), by=SYSTEM
    )
    page = clerk.get(PAGE)
    assert "Jaana Jaettu , 4 h" in row_of("Jyväskylä", page)
    assert "Jaana Jaettu , City of Jyväskylä , 1 h" in row_of("Luhanka", page)
    cards = list(vobject.readComponents(clerk.get(f"{HOME}vastinparit.vcf").content.decode()))
    assert [card.fn.value for card in cards] == ["Jaana Jaettu"]
    assert cards[0].org.value == ["City of Jyväskylä"]


def test_a_party_that_has_left_is_no_party_on_the_day(clerk: Client, agreement: Agreement, keski_suomi_text: Any):
    left = keski_suomi_text["fi"].replace("- id: luhanka\n", "- id: luhanka\n  to: 2024-12-31\n", 1)
    going_on(keski_suomi_text | {"fi": left})
    page = clerk.get(PAGE, {"pvm": "2025-03-01"})
    assert "not a party then" in row_of("Luhanka", page)
    assert "0/23" in row_of("Parties that have named", page)


def test_coordination_staff_have_the_same_page(clerk: Client, client: Client, luhanka: Party, pirjo: Person):
    said = Named(pirjo, SPRING, hours_per_week=Decimal(3))
    name_for_themes(luhanka, "coordinator", ["", "tkki"], said, by=SYSTEM)
    page = clerk.get(PAGE, {"rooli": "koordinaatio"})
    assert "Coordination staff" in text(page)
    assert row_of("Luhanka", page).count("Pirjo Peltonen , 3 h") == 11  # for each theme, and once more for TKKI
    assert row_of("Luhanka", client.get(PAGE, {"rooli": "koordinaatio"})).count("named") == 10
    cards = list(vobject.readComponents(clerk.get(f"{HOME}vastinparit.vcf?rooli=koordinaatio").content.decode()))
    assert [len(card.role.value.split("; ")) for card in cards] == [2]


def test_an_empty_page_says_what_belongs_there_and_how_to_begin(clerk: Client, client: Client, agreement: Agreement):
    assert "No counterparts have been named." in text(clerk.get(PAGE))
    assert f"{HOME}osapuolet/luhanka/vastinparit/nimea/" in clerk.get(PAGE).content.decode()
    assert "vastinparit/nimea/" not in client.get(PAGE).content.decode()


def test_an_agreement_that_has_ended_leads_to_its_last_day(
    keski_suomi_text: dict[str, str], client: Client, pirjo: Person
):
    load_agreement(keski_suomi_text, first_day=today(), by=SYSTEM)
    page = client.get(PAGE)
    assert "ended on 31.12.2025" in text(page)
    assert "?pvm=2025-12-31" in page.content.decode()


# One theme


def test_a_theme_shows_each_partys_counterpart_with_phone_and_mail(
    clerk: Client, luhanka: Party, pirjo: Person, small_municipality_clerk: Account
):
    Person.objects.filter(pk=pirjo.pk).update(confirmed_on=date(2026, 9, 1))
    name_for_themes(luhanka, "coordinator", [""], Named(pirjo, SPRING), by=SYSTEM)
    page = clerk.get(f"{PAGE}ict/")
    assert 'href="mailto:pirjo@luhanka.example.org"' in page.content.decode()
    assert 'href="tel:0401234567"' in page.content.decode()
    assert "7.5 h a week" in text(page)
    assert "confirmed 1.9.2026" in text(page)
    assert "your own" in text(page)
    assert text(page).count("not named") == 23
    assert text(page).count("all themes together") == 1
    look = Look.objects.get()
    assert (look.account, look.what, look.people) == (small_municipality_clerk, "theme:ict", [pirjo.pk])


def test_a_theme_shows_the_public_roles_alone(client: Client, pirjo: Person):
    page = client.get(f"{PAGE}ict/")
    assert "1 of 24 have named." in text(page)
    for hidden in ("Pirjo", "mailto:", "tel:", "7.5", "not named"):
        assert hidden not in page.content.decode()
    assert Look.objects.count() == 0


def test_an_unknown_theme_is_404(client: Client, clerk: Client, agreement: Agreement):
    for end in ("olematon/", "olematon.csv"):
        assert client.get(f"{PAGE}{end}").status_code == 404
    assert clerk.get(f"{PAGE}olematon.vcf").status_code == 404


# Files


def test_files_for_the_public_hold_no_names(client: Client, pirjo: Person, by_hand: None):
    found = lines(client.get(f"{HOME}vastinparit.csv"))
    assert len(found) == 240
    assert set(found[0]) == {"Party", "Theme", "State", "Post"}
    assert [line["State"] for line in found].count("named") == 3
    for address in (f"{HOME}vastinparit.csv", f"{PAGE}ict.csv"):
        assert "Peltonen" not in client.get(address).content.decode()
    book = load_workbook(io.BytesIO(client.get(f"{HOME}vastinparit.xlsx").content))
    sheet = book.worksheets[0]
    assert sheet.max_row == 241
    assert "Peltonen" not in str([[cell.value for cell in row] for row in sheet.iter_rows()])


def test_files_for_the_parties_hold_how_people_are_reached(clerk: Client, pirjo: Person, by_hand: None):
    found = {(line["Party"], line["Theme"]): line for line in lines(clerk.get(f"{HOME}vastinparit.csv"))}
    line = found["Luhanka", "ICT"]
    assert (line["Name"], line["E-mail"], line["Phone"]) == (pirjo.name, pirjo.email, pirjo.phone)
    assert (line["Hours per week"], line["From"], line["State"]) == ("7,5", "1.3.2025", "named")
    assert found["Äänekoski", "ICT"]["State"] == "recorded by hand"
    assert found["Jyväskylä", "ICT"]["State"] == "not named"
    assert [look.what for look in Look.objects.all()] == ["counterparts.csv"]
    assert clerk.get(f"{PAGE}ict.xlsx").status_code == 200
    assert Look.objects.latest("pk").what == "theme:ict.xlsx"


def test_a_file_holds_what_the_page_was_narrowed_to(clerk: Client, luhanka: Party, pirjo: Person):
    named(luhanka, person_in(luhanka, "Ossi Ohi"), "ict")
    asked = {"osapuoli": "luhanka", "haku": "pirjo"}
    assert {line["Name"] for line in lines(clerk.get(f"{HOME}vastinparit.csv", asked))} == {"Pirjo Peltonen"}
    assert Look.objects.get().people == [pirjo.pk]


def test_formulas_in_names_are_neutralised_in_files(clerk: Client, luhanka: Party):
    named(luhanka, person_in(luhanka, "=HYPERLINK(1)"), "ict")
    assert "'=HYPERLINK(1)" in clerk.get(f"{PAGE}ict.csv").content.decode()


def test_cards_are_for_the_parties(client: Client, outsider: Account, signed_in: Browser, pirjo: Person):
    for address in (f"{HOME}vastinparit.vcf", f"{PAGE}ict.vcf"):
        assert client.get(address).status_code == 302
        assert signed_in(outsider).get(address).status_code == 404


def test_a_card_holds_who_somebody_is_and_what_they_are_named_for(clerk: Client, luhanka: Party, pirjo: Person):
    Person.objects.filter(pk=pirjo.pk).update(confirmed_on=date(2026, 9, 1))
    response = clerk.get(f"{HOME}vastinparit.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    (card,) = vobject.readComponents(response.content.decode())
    assert card.version.value == "3.0"
    assert (card.n.value.given, card.n.value.family) == ("Pirjo", "Peltonen")
    assert card.org.value == ["Municipality of Luhanka"]
    assert (card.tel.value, card.email.value) == ("040 123 4567", "pirjo@luhanka.example.org")
    assert "ICT" in card.categories.value
    assert card.role.value.startswith("counterpart: ")
    assert card.rev.value == "20260901T000000Z"
    assert Look.objects.get().what == "counterparts.vcf"


def test_a_theme_as_cards_holds_its_coordinators_too(clerk: Client, luhanka: Party, pirjo: Person):
    other = person_in(luhanka, "Koko Koordinaattori")
    name_for_themes(luhanka, "coordinator", [""], Named(other, SPRING), by=SYSTEM)
    cards = list(vobject.readComponents(clerk.get(f"{PAGE}ict.vcf").content.decode()))
    assert [card.fn.value for card in cards] == ["Pirjo Peltonen", "Koko Koordinaattori"]
    assert cards[1].role.value == "coordinator: All themes together"


# Costs


@pytest.mark.postgres
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_those_who_are_named(
    clerk: Client, client: Client, luhanka: Party, number: int, django_assert_num_queries: Any
):
    for each in range(number):
        named(luhanka, person_in(luhanka, f"Nimi {each}"), "ict", "hyte")
        post = post_in(luhanka, "expert", title=f"Asiantuntija {each}")
        held_by(post, person_in(luhanka, f"Haltija {each}"))
        named(luhanka, post, "ict")
    costs = {"/": (6, 4), ".csv": (7, 4), "/ict/": (9, 6), ".vcf": (7, None)}  # the public's page is not kept here
    for end, both in costs.items():
        for browser, cost in zip((clerk, client), both, strict=True):
            browser.get(f"{HOME}vastinparit{end}?pvm={today()}")
            if cost is not None:
                with django_assert_num_queries(cost):
                    browser.get(f"{HOME}vastinparit{end}?pvm={today()}")


def test_the_publics_page_costs_one_query_until_something_changes(
    client: Client, luhanka: Party, pirjo: Person, django_assert_num_queries: Any
):
    before = client.get(PAGE)
    with django_assert_num_queries(1):
        assert client.get(PAGE, headers={"if-none-match": before["ETag"]}).status_code == 304
    withdraw_naming(Naming.objects.get(theme="ict"), by=SYSTEM)
    assert row_of("Luhanka", client.get(PAGE)).count("named") == 1


def test_what_ended_or_was_withdrawn_is_shown_no_more(clerk: Client, luhanka: Party, pirjo: Person):
    ict, hyte = Naming.objects.order_by("-theme")
    end_naming(ict, last_day=today() - timedelta(days=1), by=SYSTEM)
    withdraw_naming(hyte, by=SYSTEM)
    assert "Pirjo" not in clerk.get(PAGE).content.decode()

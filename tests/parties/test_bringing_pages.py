"""The pages on which a party brings its people and posts: file, preview, one button."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.parties.people import person_in, url
from yhdyspinta.parties.models import Account, Look, Party, PeopleTable, Person, Post
from yhdyspinta.printing.unreadable import LIMITS

SignedIn = Callable[[Account], Client]
HEAD = "Name;E-mail address;Phone;Kind of post;From\n"


def bring(client: Client, content: str | bytes, name: str = "henkilöt.csv"):
    """Send a file, and follow to its preview."""
    sent = content.encode() if isinstance(content, str) else content
    return client.post(url("bring-people"), {"file": SimpleUploadedFile(name, sent)}, follow=True)


def seal_of(html: str) -> str:
    """Return what the page's button says was seen."""
    found = re.search(r'name="seal" value="([0-9a-f]{64})"', html)
    assert found
    return found.group(1)


def test_file_is_shown_row_by_row_then_accepted(luhanka: Party, luhankas: Client, pirjo: Person, post: Post):
    rows = (
        "Esimerkki: Maija;;;;\n"
        "Pirjo Peltonen;pirjo@luhanka.example;09 1234;;\n"
        "Sirpa Seuraaja;sirpa@luhanka.example;;sivistysjohtaja;1.9.2026\n"
        "Väärä Rivi;ei-osoite;;;\n"
        "Pirjo Peltonen;;;;\n"
    )
    response = bring(luhankas, HEAD + rows)
    html = response.content.decode()
    assert response.redirect_chain[0][1] == 302
    assert "henkilöt.csv" in html
    assert "2 rows change something" in html
    assert "Phone: +358 40 123 4567 → 09 1234" in html
    assert "Holds the post director of education and culture from 1.9.2026" in html
    assert "The last day of Pirjo Peltonen in it is 31.8.2026" in html
    assert re.search(r"<b>E-mail address:</b> Enter a valid email address\.", html)
    assert "Example, skipped" in html
    assert "Stays as it is" in html
    assert not Person.objects.filter(name="Sirpa Seuraaja").exists()
    page = url("people-table", table=PeopleTable.objects.get().pk)
    done = luhankas.post(page, {"seal": seal_of(html)}, follow=True)
    assert done.redirect_chain == [(url("people"), 302)]
    assert "1 row was added, 1 was changed, 1 was left out." in done.content.decode()
    assert post.tenures.get(valid_to=None).person.name == "Sirpa Seuraaja"
    pirjo.refresh_from_db()
    assert pirjo.phone == "09 1234"


def test_filter_keeps_the_rows_of_one_kind_and_the_pages_too(luhanka: Party, luhankas: Client):
    rows = "".join(f"Nimi {number};n{number}@luhanka.example;;;\n" for number in range(130))
    html = bring(luhankas, f"{HEAD}{rows}Väärä;ei;;;\n").content.decode()
    page = url("people-table", table=PeopleTable.objects.get().pk)
    assert "Nimi 99<" in html
    assert "Nimi 100<" not in html
    second = luhankas.get(f"{page}?rivit=lisataan&sivu=2").content.decode()
    assert "Nimi 129" in second
    assert 'href="?rivit=lisataan&amp;sivu=1"' in second
    refused = luhankas.get(f"{page}?rivit=torjutaan").content.decode()
    assert "Väärä" in refused
    assert "Nimi 1<" not in refused
    assert luhankas.get(f"{page}?rivit=roskaa&sivu=roskaa").status_code == 200


def test_what_changed_meanwhile_is_shown_again_and_nothing_is_done(luhanka: Party, luhankas: Client, pirjo: Person):
    html = bring(luhankas, f"{HEAD}Pirjo Peltonen;;09 1;;\n").content.decode()
    person_in(luhanka, "Pirjo Peltonen", email="toinen@luhanka.example")
    page = url("people-table", table=PeopleTable.objects.get().pk)
    again = luhankas.post(page, {"seal": seal_of(html)})
    assert again.status_code == 409
    assert "Something was changed meanwhile" in again.content.decode()
    assert "Several people are called Pirjo Peltonen" in again.content.decode()
    assert luhankas.post(page).status_code == 409  # no seal at all
    pirjo.refresh_from_db()
    assert pirjo.phone == "+358 40 123 4567"


def test_button_pressed_twice_brings_in_once(luhanka: Party, luhankas: Client):
    html = bring(luhankas, f"{HEAD}Maija;;;;\n").content.decode()
    page = url("people-table", table=PeopleTable.objects.get().pk)
    luhankas.post(page, {"seal": seal_of(html)})
    again = luhankas.post(page, {"seal": seal_of(html)}, follow=True)
    assert "This table does not wait any more" in again.content.decode()
    assert luhanka.organisation.people.count() == 1


def test_table_with_nothing_to_change_has_no_button(luhanka: Party, luhankas: Client, pirjo: Person):
    html = bring(luhankas, f"{HEAD}Pirjo Peltonen;;;;\n").content.decode()
    assert "There is nothing to change" in html
    assert 'name="seal"' not in html


def test_table_is_discarded(luhanka: Party, luhankas: Client):
    bring(luhankas, f"{HEAD}Maija;;;;\n")
    number = PeopleTable.objects.get().pk
    waiting = luhankas.get(url("bring-people")).content.decode()
    assert url("people-table", table=number) in waiting
    assert luhankas.get(url("discard-people", table=number)).status_code == 405
    gone = luhankas.post(url("discard-people", table=number), follow=True)
    assert "Discarded. Nothing was changed." in gone.content.decode()
    assert not PeopleTable.objects.exists()
    assert "does not wait any more" in luhankas.post(url("discard-people", table=number), follow=True).content.decode()
    assert not luhanka.organisation.people.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "The file is empty."),
        ("Nimi ei ole otsikko\nMaija\n", "No heading row was found. Headings that it needs: “Name”."),
        ("Name;Shoe size\nMaija;38\n", "The heading “Shoe size” is not one that is known here."),
        (b"PK\x03\x04 broken", "The file is damaged and cannot be opened."),
        (b"Name\n\x81\x81", "The text is neither UTF-8 nor Windows-1252"),
        ("Name\n" + "x\n" * 1001, "The file has more than 1000 rows."),
        (b"x" * (LIMITS.bytes + 1), "The file is too large: at most 5 MB."),
    ],
)
def test_file_that_cannot_be_read_says_what_to_do(luhanka: Party, luhankas: Client, content: str | bytes, said: str):
    response = bring(luhankas, content)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not PeopleTable.objects.exists()


def test_no_file_says_so(luhanka: Party, luhankas: Client):
    response = luhankas.post(url("bring-people"))
    assert response.status_code == 422
    assert "Choose a file." in response.content.decode()


def test_formulas_in_a_spreadsheet_are_refused(luhanka: Party, luhankas: Client):
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Name"])
    book.worksheets[0].append(["=1+1"])
    out = io.BytesIO()
    book.save(out)
    response = bring(luhankas, out.getvalue(), "a.xlsx")
    assert response.status_code == 422
    assert "The sheet has formulas (cells A2)" in response.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_template_and_the_people_themselves_can_be_brought(luhanka: Party, luhankas: Client, post: Post, kind: str):
    taken = luhankas.get(url("people-file", kind=kind))
    html = bring(luhankas, taken.content, f"a.{kind}").content.decode()
    assert "There is nothing to change" in html
    assert "Pirjo Peltonen" in html
    template = luhankas.get(url("people-template", kind=kind))
    assert template["Content-Disposition"].endswith(f'.{kind}"')
    assert "There is nothing to change" in bring(luhankas, template.content, f"b.{kind}").content.decode()


def test_pages_are_for_the_party_alone(
    luhanka: Party, luhankas: Client, city_clerk: Account, outsider: Account, signed_in: SignedIn
):
    bring(luhankas, f"{HEAD}Maija;;;;\n")
    number = PeopleTable.objects.get().pk
    pages = [url("bring-people"), url("people-template", kind="csv"), url("people-table", table=number)]
    for page in pages:
        assert Client().get(page).status_code == 302
        assert signed_in(outsider).get(page).status_code == 404
        assert signed_in(city_clerk).get(page).status_code == 403
        assert luhankas.get(page).status_code == 200
    for page in (url("people-table", table=number), url("discard-people", table=number)):
        assert signed_in(city_clerk).post(page).status_code == 403
        assert Client().post(page).status_code == 302
    jyvaskylas = signed_in(city_clerk)
    other = jyvaskylas.get(url("people-table", party="jyvaskyla", table=number), follow=True)
    assert "does not wait any more" in other.content.decode()
    assert "Maija" not in other.content.decode()
    assert jyvaskylas.post(url("discard-people", party="jyvaskyla", table=number)).status_code == 302
    assert PeopleTable.objects.filter(pk=number).exists()


def test_contact_data_that_the_preview_shows_is_noted(luhanka: Party, luhankas: Client, pirjo: Person):
    bring(luhankas, f"{HEAD}Pirjo Peltonen;;09 1;;\nUusi;;09 2;;\n")
    look = Look.objects.get()
    assert look.people == [pirjo.pk]
    assert look.organisation == luhanka.organisation


def test_what_a_file_says_is_never_markup(luhanka: Party, luhankas: Client):
    html = bring(luhankas, f"{HEAD}<script>alert(1)</script>;;;;\n", "<b>.csv").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("number", [1, 3])
def test_preview_costs_as_much_for_one_row_as_for_three(number, luhanka, luhankas, django_assert_num_queries):
    bring(luhankas, HEAD + "".join(f"Nimi {at};n{at}@luhanka.example;;registrar;1.1.2026\n" for at in range(number)))
    page = url("people-table", table=PeopleTable.objects.get().pk)
    with django_assert_num_queries(10):
        luhankas.get(page)


@pytest.mark.parametrize("number", [1, 3])
def test_page_for_the_file_costs_as_much_for_one_waiting_as_for_three(
    number, luhanka, luhankas, django_assert_num_queries
):
    for _ in range(number):
        bring(luhankas, f"{HEAD}Maija;;;;\n")
    with django_assert_num_queries(7):
        luhankas.get(url("bring-people"))

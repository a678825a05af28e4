"""Everything that is held about somebody, to see, to take along and to put right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.parties.members import given_person
from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties import actions
from yhdyspinta.parties.actions import Named
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.looks import PAGES
from yhdyspinta.parties.models import Account, Person
from yhdyspinta.parties.own import as_data, held_about, looks_at
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.parties.standing import standing_of
from yhdyspinta.parties.verbs import VERBS

SOURCES = Path(__file__).parents[2] / "src" / "yhdyspinta"
SignedIn = Callable[[Account], Client]
COST = 19
"""Two of them for the agreement's text: what roles are called, and the themes that were looked at."""


@pytest.fixture
def liisa(agreement: Agreement, small_municipality_clerk: Account) -> Person:
    """Luhanka's clerk as one of its people: she holds a post, and is named for a theme in person and by the post."""
    luhanka = party_or_404(agreement, "luhanka")
    person = given_person(luhanka, small_municipality_clerk)
    post = actions.add_post(luhanka.organisation, kind="registrar", by=SYSTEM)
    actions.hand_over_post(post, person=person, first_day=date(2024, 1, 1), by=SYSTEM)
    own = Named(person, date(2024, 1, 1), hours_per_week=Decimal("7.5"))
    actions.name_for_themes(luhanka, "counterpart", ["ict"], own, by=SYSTEM)
    actions.name_for_themes(luhanka, "coordinator", [""], Named(post, date(2024, 2, 1)), by=SYSTEM)
    return person


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# What is held


def test_own_page_shows_details_posts_and_themes(liisa: Person, signed_in: SignedIn):
    assert liisa.account
    shown = text(signed_in(liisa.account).get("/en/oma/"))
    for words in (
        "Liisa Luhankalainen",
        "kirjaamo@example.org",
        "050 000 00 01",
        "registrar",
        "ICT",
        "Municipality of Luhanka",
    ):
        assert words in shown
    assert "Nobody but you yourself" in shown


def test_own_page_is_for_whoever_has_signed_in(client: Client, outsider: Account, signed_in: SignedIn):
    assert client.get("/oma/").status_code == 302
    assert client.get("/oma/tiedot.json")["Location"].startswith("/kirjaudu/?next=/oma/")
    answer = signed_in(outsider).get("/en/oma/")
    assert answer.status_code == 200
    assert "No organisation has you among its people" in text(answer)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.postgres  # lists in JSON are looked into in each database's own way
def test_own_page_tells_who_saw_contact_data(
    liisa: Person, agreement: Agreement, city_clerk: Account, administrator: Account, signed_in: SignedIn
):
    other = actions.add_person(liisa.organisation, name="Toinen", by=SYSTEM)
    assert liisa.account
    note_look(standing_of(city_clerk, agreement), what="theme:ict", people=[liisa.pk, other.pk])
    note_look(standing_of(city_clerk, agreement), what="theme:ict", people=[liisa.pk])
    note_look(standing_of(city_clerk, agreement), what="theme:ict", people=[other.pk])
    note_look(standing_of(administrator, agreement), what="people:luhanka", people=[liisa.pk])
    note_look(standing_of(liisa.account, agreement), what="people:luhanka", people=[liisa.pk])
    assert [(look.day, look.who, look.times) for look in looks_at([liisa], liisa.account)] == [
        (today(), ("City of Jyväskylä",), 2),
        (today(), (), 1),
    ]
    shown = text(signed_in(liisa.account).get("/en/oma/"))
    assert "City of Jyväskylä 2 times" in shown
    assert "Administration of the installation 1 time" in shown
    assert "Jaana" not in shown


@pytest.mark.postgres
def test_own_file_has_everything_in_the_shape_that_is_documented(liisa: Person, agreement: Agreement):
    assert liisa.account
    by = Actor("person", person=liisa.account.pk, label="")
    actions.update_person(liisa, {"phone": "050 000 00 02"}, version=liisa.version, by=by)
    actions.invite(party_or_404(agreement, "luhanka"), name="Liisa", email=liisa.account.email, by=SYSTEM)
    held = as_data(held_about(liisa.account))
    assert (held["format"], held["version"]) == ("yhdyspinta-own-data", 1)
    assert held["account"]["email"] == "kirjaamo@example.org"
    assert held["administers"] == [
        {"party": {"agreement": "keski-suomi-2023", "id": "luhanka"}, "from": "2023-01-01", "to": None}
    ]
    [person] = held["people"]
    assert (person["phone"], person["confirmed_on"]) == ("050 000 00 02", today().isoformat())
    assert [(role["from"], role["hours_per_week"], role["through_post"]) for role in person["roles"]] == [
        ("2024-01-01", None, None),
        ("2024-02-01", None, "registrar"),
        ("2024-01-01", 7.5, None),
    ]
    assert [invitation["accepted"] for invitation in held["invitations"]] == [False]
    assert held["journal"]["done_by_you"] == [
        {"day": today().isoformat(), "verb": "update-person", "chain": "common", "times": 1}
    ]
    update = next(entry for entry in held["journal"]["about_you"] if entry["verb"] == "update-person")
    assert (update["before"]["phone"], update["after"]["phone"]) == ("050 000 00 01", "050 000 00 02")
    json.dumps(held)


def test_own_file_documents_each_of_its_words(liisa: Person):
    assert liisa.account
    described = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()
    held = as_data(held_about(liisa.account))
    for word in (*held, *held["account"], *held["people"][0], *held["people"][0]["roles"][0], *held["journal"]):
        assert f"`{word}`" in described


def test_own_file_keeps_the_text_of_a_secret_message(liisa: Person, signed_in: SignedIn):
    assert liisa.account
    to = Recipient(liisa.account.email, "Liisa", "en")
    code = {"code": "123456", "name": "Liisa", "minutes": 3}
    post_mail(to=to, template="login-code", context=code, kind="sign-in", secret=True)
    post_mail(to=Recipient("toinen@example.org"), template="login-code", context=code, kind="sign-in", secret=True)
    answer = signed_in(liisa.account).get("/oma/tiedot.json")
    assert answer["Content-Disposition"] == 'attachment; filename="yhdyspinta-omat-tiedot.json"'
    held = json.loads(answer.content)
    assert [message["kind"] for message in held["messages"]] == ["sign-in"]
    assert "123456" not in answer.content.decode()


def test_own_mail_is_what_came_to_ones_account_or_is_about_oneself(liisa: Person, signed_in: SignedIn):
    assert liisa.account
    others = "kaupunginsihteeri@example.org"
    said = {"name": liisa.name, "email": others, "phone": "", "language": "en", "version": "1"}
    client = signed_in(liisa.account)
    assert client.post(f"/en/oma/henkilot/{liisa.pk}/", said).status_code == 302

    def post(to: str, subject: str, about: str) -> None:
        context = {"name": subject, "text": "t", "address": "https://example.org/x"}
        assert post_mail(to=Recipient(to), template="correction", context=context, kind="correction", about=about)

    post(others, "Somebody else", "person:99999")
    post(others, "Without an about", "")
    post(others, "About Liisa", liisa.key)
    post("muu@example.org", "About Liisa to others", liisa.key)
    post(liisa.account.email, "To her account", "person:99999")
    page, file = text(client.get("/en/oma/")), client.get("/oma/tiedot.json").content.decode()
    for held in (page, file):
        assert "Somebody else" not in held
        assert "Without an about" not in held
        assert "About Liisa to others" not in held
        assert "About Liisa" in held
        assert "To her account" in held


@pytest.mark.postgres  # days of a moment are each database's own
def test_own_page_says_in_words_what_one_was_shown(liisa: Person, agreement: Agreement, signed_in: SignedIn):
    assert liisa.account
    standing, organisation = standing_of(liisa.account, agreement), liisa.organisation
    for what in ("theme:hyte", "counterparts.csv", "of-an-older-release"):
        note_look(standing, what=what, people=[liisa.pk])
    for what in ("people:luhanka", "people.vcf:luhanka", "people-table:7"):
        note_look(standing, what=what, people=[liisa.pk], organisation=organisation)
    client = signed_in(liisa.account)
    shown = text(client.get("/en/oma/")).partition("Contact details that you have been shown")[2]
    for words in (
        "Counterparts in a theme: promotion of health and wellbeing",
        "All counterparts (CSV)",
        "of-an-older-release",
        "People of a party: Municipality of Luhanka 1 time",
        "People of a party: Municipality of Luhanka (vCard)",
        "A table of people that was brought: Municipality of Luhanka",
    ):
        assert words in shown
    held = json.loads(client.get("/oma/tiedot.json").content)
    assert {"theme:hyte", "people.vcf:luhanka"} <= {each["what"] for each in held["shown_to_you"]}


def test_own_page_costs_as_much_for_one_as_for_several(
    liisa: Person, agreement: Agreement, signed_in: SignedIn, django_assert_num_queries: Any
):
    account = liisa.account
    assert account
    note_look(standing_of(account, agreement), what="x", people=[liisa.pk], organisation=liisa.organisation)
    with django_assert_num_queries(COST):
        held_about(account)
    for slug in ("joutsa", "toivakka"):
        party = party_or_404(agreement, slug)
        person = given_person(party, account)
        named = Named(person, date(2024, 1, 1))
        actions.name_for_themes(party, "counterpart", ["ict", "tkki"], named, by=SYSTEM)
        actions.invite(party, name="Liisa", email=account.email, by=SYSTEM)
        note_look(standing_of(account, agreement), what="x", people=[person.pk], organisation=party.organisation)
    with django_assert_num_queries(COST):
        assert len(held_about(account).people) == 3


def test_own_page_tells_once_what_two_chains_have(agreement: Agreement, city_clerk: Account, outsider: Account):
    by = Actor("person", person=city_clerk.pk, party="jyvaskyla", label="Jyväskylä")
    jyvaskyla = party_or_404(agreement, "jyvaskyla")
    for number in range(2):
        actions.invite(jyvaskyla, name="Olli", email=outsider.email, by=by)
        actions.invite(jyvaskyla, name="Muu", email=f"muu{number}@example.org", by=by)
    held = held_about(city_clerk)
    assert [(did.verb, did.times) for did in held.done] == [("invite", 4), ("invite", 4)]
    assert [(did.words, did.times) for did in held.deeds] == [("invited somebody", 4)]
    assert [told.words for told in held_about(outsider).told] == [
        "invited somebody",
        "invited somebody",
        "made an account",
    ]


def test_every_page_that_notes_a_look_has_words():
    sources = "".join(path.read_text() for path in SOURCES.rglob("*.py"))
    pages = set(re.findall(r"(?:what=|_note\(room, |_look\(room, )f?\"([a-z-]+)", sources))
    assert {"theme", "counterparts", "people", "person", "merge", "invite", "name", "people-table"} <= pages
    assert pages - PAGES.keys() == set()


def test_every_verb_of_the_journal_has_words():
    sources = "".join(path.read_text() for path in SOURCES.rglob("*.py"))
    verbs = set(re.findall(r"\.enter\(\s*\"([a-z-]+)\"", sources))
    assert len(verbs) > 30
    assert verbs - VERBS.keys() == set()


# Putting it right


def test_own_details_are_put_right_and_count_as_confirmed(liisa: Person, signed_in: SignedIn):
    assert liisa.account
    client = signed_in(liisa.account)
    at = f"/en/oma/henkilot/{liisa.pk}/"
    said = {"name": "Liisa Uusinimi", "email": "liisa@example.org", "phone": "040 1", "language": "sv", "version": "1"}
    assert client.post(at, said, follow=True).redirect_chain == [("/en/oma/", 302)]
    liisa.refresh_from_db()
    assert (liisa.name, liisa.email, liisa.phone, liisa.language) == (
        "Liisa Uusinimi",
        "liisa@example.org",
        "040 1",
        "sv",
    )
    assert liisa.confirmed_on == today()
    assert Entry.objects.filter(verb="update-person").latest("pk").actor_person == liisa.account_id


def test_own_details_with_a_mistake_come_back(liisa: Person, signed_in: SignedIn):
    assert liisa.account
    said = {"name": "", "email": "ei osoite", "phone": "", "language": "fi", "version": "1"}
    answer = signed_in(liisa.account).post(f"/en/oma/henkilot/{liisa.pk}/", said)
    assert answer.status_code == 422
    assert "Enter a valid email address." in text(answer)
    assert "ei osoite" in answer.content.decode()
    liisa.refresh_from_db()
    assert liisa.name == "Liisa Luhankalainen"


def test_own_details_that_another_changed_meanwhile_show_both(liisa: Person, signed_in: SignedIn):
    assert liisa.account
    client, at = signed_in(liisa.account), f"/en/oma/henkilot/{liisa.pk}/"
    actions.update_person(liisa, {"phone": "014 999"}, version=1, by=SYSTEM)
    said = {"name": "Liisa L", "email": "kirjaamo@example.org", "phone": "014 111", "language": "fi", "version": "1"}
    answer = client.post(at, said)
    assert answer.status_code == 409
    assert "014 999" in text(answer)
    page = answer.content.decode()
    assert 'value="014 111"' in page
    assert 'name="version" value="2"' in page
    assert client.post(at, said | {"version": "2"}).status_code == 302
    liisa.refresh_from_db()
    assert liisa.phone == "014 111"


def test_own_details_are_ones_own(liisa: Person, outsider: Account, city_clerk: Account, signed_in: SignedIn):
    for other in (outsider, city_clerk):
        client = signed_in(other)
        assert client.get(f"/oma/henkilot/{liisa.pk}/").status_code == 404
        assert client.post(f"/oma/henkilot/{liisa.pk}/vahvista/").status_code == 404
    liisa.refresh_from_db()
    assert liisa.confirmed_on is None


def test_own_details_are_confirmed_with_one_click(liisa: Person, signed_in: SignedIn):
    assert liisa.account
    client = signed_in(liisa.account)
    assert client.get(f"/oma/henkilot/{liisa.pk}/vahvista/").status_code == 405
    assert client.post(f"/oma/henkilot/{liisa.pk}/vahvista/").status_code == 302
    liisa.refresh_from_db()
    assert liisa.confirmed_on == today()


def test_own_account_is_called_anew(outsider: Account, signed_in: SignedIn):
    client = signed_in(outsider)
    assert client.post("/en/oma/tili/", {"name": "", "language": "sv"}).status_code == 422
    assert client.post("/en/oma/tili/", {"name": "  Olli  O ", "language": "sv"}).status_code == 302
    outsider.refresh_from_db()
    assert (outsider.name, outsider.language) == ("Olli O", "sv")
    entry = Entry.objects.get(verb="update-account")
    assert (entry.detail.before["name"], entry.detail.after["name"]) == ("Olli Ulkopuolinen", "Olli O")


def test_account_of_another_is_changed_by_nobody_else(outsider: Account, city_clerk: Account):
    by = Actor("person", person=city_clerk.pk, label="")
    with pytest.raises(NotAllowed, match="Only you and an administrator of the installation"):
        actions.update_account(outsider, name="Joku", language="fi", by=by)

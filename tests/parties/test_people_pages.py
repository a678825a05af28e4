"""The pages of a party's people: who sees them, who changes what, what mistakes say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.parties.people import held_by, named, person_in, post_in, url
from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.actions import erase_person, invite, merge_people, update_person
from yhdyspinta.parties.models import Account, Look, Party, Person, Post

SignedIn = Callable[[Account], Client]


# Who sees and who changes


def test_pages_of_another_party_know_nothing_of_ours(
    agreement: Agreement,
    second_agreement: Agreement,
    pirjo: Person,
    post: Post,
    administrator: Account,
    signed_in: SignedIn,
):
    keeper = signed_in(administrator)
    for name, thing in (("person", pirjo), ("edit-person", pirjo), ("post", post), ("hand-over", post)):
        kwargs = {"person" if thing is pirjo else "post": thing.pk}
        assert keeper.get(url(name, party="jyvaskyla", **kwargs)).status_code == 404
        assert keeper.get(url(name, slug=second_agreement.slug, **kwargs)).status_code == 200  # the same organisation
        assert keeper.get(url(name, slug="ei-ole", **kwargs)).status_code == 404
        assert keeper.get(url(name, **{next(iter(kwargs)): 10**30})).status_code == 404


def test_pages_of_another_party_show_contacts_and_no_buttons(
    pirjo: Person, post: Post, city_clerk: Account, signed_in: SignedIn, luhanka: Party
):
    invite(luhanka, name="Vesa Vastin", email="vesa@luhanka.example", by=SYSTEM)
    other = signed_in(city_clerk)
    for page in (url("people"), url("person", person=pirjo.pk)):
        html = other.get(page).content.decode()
        assert 'href="tel:+358401234567"' in html
        assert "mailto:pirjo@luhanka.example" in html
        assert "muokkaa" not in html
        assert "uusi" not in html
        assert "vesa@luhanka.example" not in html


def test_pages_with_contacts_are_noted_once_each(pirjo: Person, post: Post, city_clerk: Account, signed_in: SignedIn):
    Person.objects.create(organisation=pirjo.organisation, name="Ilman Yhteystietoja")
    other = signed_in(city_clerk)
    other.get(url("people"))
    other.get(url("person", person=pirjo.pk))
    other.get(url("post", post=post.pk))  # no phone, no mail
    looks = list(Look.objects.order_by("pk").values_list("account", "what", "organisation", "people"))
    organisation = pirjo.organisation_id
    assert looks == [
        (city_clerk.pk, "people:luhanka", organisation, [pirjo.pk]),
        (city_clerk.pk, "person:luhanka", organisation, [pirjo.pk]),
    ]


def test_people_page_costs_as_many_queries_however_many_there_are(
    luhanka: Party, pirjo: Person, post: Post, luhankas: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    luhankas.get(url("people"))
    with django_assert_num_queries(15):
        luhankas.get(url("people"))
    for number in range(2):
        more = post_in(luhanka, "sector-director", title=f"Johtaja {number}")
        held_by(more, person_in(luhanka, f"Johtaja {number}", email=f"j{number}@luhanka.example"))
        named(luhanka, more, "ict", "hyte")
        invite(luhanka, name="Uusi", email=f"uusi{number}@luhanka.example", by=SYSTEM)
    with django_assert_num_queries(15):
        luhankas.get(url("people"))


@pytest.mark.parametrize(("name", "cost"), [("person", 12), ("post", 11), ("hand-over", 13), ("merge-person", 9)])
def test_pages_of_one_cost_as_many_queries_however_much_there_is(
    luhanka: Party,
    pirjo: Person,
    post: Post,
    luhankas: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    cost: int,
):
    page = url(name, **({"person": pirjo.pk} if "person" in name else {"post": post.pk}))
    luhankas.get(page)
    with django_assert_num_queries(cost):
        luhankas.get(page)
    for number in range(2):
        more = post_in(luhanka, "sector-director", title=f"Johtaja {number}")
        held_by(more, pirjo)
        named(luhanka, more, "ict", "hyte")
        held_by(post, person_in(luhanka, f"Johtaja {number}"), date(2025, 6 + number, 1))
    named(luhanka, post, "hyte")
    with django_assert_num_queries(cost):
        luhankas.get(page)


# The list


def test_people_page_says_what_belongs_there_when_it_is_empty(luhankas: Client, agreement: Agreement):
    html = luhankas.get(url("people")).content.decode()
    assert "Nobody has been added yet." in html
    assert "No posts yet." in html
    assert "No invitation is open." in html


def test_people_page_shows_posts_without_a_holder_first(luhanka: Party, post: Post, luhankas: Client):
    post_in(luhanka, "chief-executive")
    open_one = post_in(luhanka, "other", title="Ykkönen")
    html = luhankas.get(url("people")).content.decode()
    assert "2 posts have no holder now." in html
    order = [html.index(f"tehtavat/{each.pk}/") for each in (open_one, post)]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Pirjo", "Seppo", "Åke"]),
        ("haku=PELTO", ["Pirjo"]),
        ("haku=åke", ["Åke"]),
        ("haku=seppo@", ["Seppo"]),
        ("haku=director+of+education", ["Pirjo"]),
        ("haku=ict", ["Pirjo"]),
        ("rooli=on", ["Pirjo"]),
        ("rooli=ei", ["Seppo", "Åke"]),
        ("rooli=vahvistamatta", ["Seppo"]),
        ("rooli=keisari", ["Pirjo", "Seppo", "Åke"]),
        ("haku=eikukaan", []),
    ],
)
def test_people_page_is_filtered_in_the_address_bar(
    luhanka: Party, post: Post, luhankas: Client, query: str, shown: list[str]
):
    seppo = person_in(luhanka, "Seppo Seutu", email="seppo@luhanka.example")
    person_in(luhanka, "Åke Ångström")
    Person.objects.filter(pk=seppo.pk).update(confirmed_on=today() - timedelta(days=200))
    html = luhankas.get(f"{url('people')}?{query}").content.decode()
    below = html[html.index('id="people"') :]
    listed = re.findall(r'class="main" href="[^"]*henkilot/\d+/">(\w+)', below)
    assert listed == shown


def test_people_page_leaves_out_the_erased_and_the_merged(luhanka: Party, luhankas: Client):
    kept, gone, erased = person_in(luhanka, "Kaija"), person_in(luhanka, "Kaija K."), person_in(luhanka, "Eero")
    merge_people(kept, gone, by=SYSTEM)
    erase_person(erased, reason="pyyntö", by=SYSTEM)
    assert "1 person" in luhankas.get(url("people")).content.decode()
    assert luhankas.get(url("person", person=gone.pk))["Location"] == url("person", person=kept.pk)
    assert "has been erased" in luhankas.get(url("person", person=erased.pk)).content.decode()
    assert luhankas.get(url("edit-person", person=erased.pk)).status_code == 404


# Changing people


def test_person_is_added_changed_and_confirmed(luhanka: Party, luhankas: Client):
    said = {"name": "Uuno Uusi", "email": "uuno@luhanka.example", "phone": "040 1", "language": "sv"}
    answer = luhankas.post(url("add-person"), said)
    uuno = Person.objects.get()
    assert answer["Location"] == url("person", person=uuno.pk)
    assert (uuno.name, uuno.language, uuno.confirmed_on) == ("Uuno Uusi", "sv", None)
    luhankas.post(url("confirm-person", person=uuno.pk))
    uuno.refresh_from_db()
    assert uuno.confirmed_on == today()
    luhankas.post(url("edit-person", person=uuno.pk), said | {"phone": "040 2", "version": "1"})
    uuno.refresh_from_db()
    assert (uuno.phone, uuno.version) == ("040 2", 2)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"name": ""}, "This must be filled in."),
        ({"email": "ei osoite"}, "Enter a valid email address."),
        ({"email": "pirjo@luhanka.example"}, "This is the address of Pirjo Peltonen already."),
        ({"language": "de"}, "Select a valid choice."),
        ({"phone": "0" * 41}, "at most 40 characters"),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_person_form_keeps_what_was_typed_and_says_what_to_mend(
    pirjo: Person, luhankas: Client, said: dict[str, str], message: str
):
    sent = {"name": "Uuno Uusi", "email": "uuno@luhanka.example", "phone": "", "language": "fi"} | said
    answer = luhankas.post(url("add-person"), sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert message in html
    assert "Nothing has been saved yet" in html
    assert Person.objects.count() == 1


def test_person_form_shows_both_versions_to_who_comes_second(pirjo: Person, luhankas: Client):
    page = luhankas.get(url("edit-person", person=pirjo.pk)).content.decode()
    update_person(pirjo, {"phone": "050 first"}, version=1, by=SYSTEM)
    assert 'name="version" value="1"' in page
    said = {"name": pirjo.name, "email": pirjo.email, "phone": "040 second", "language": "fi", "version": "1"}
    answer = luhankas.post(url("edit-person", person=pirjo.pk), said)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "050 first" in html
    assert 'value="040 second"' in html
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version
    assert luhankas.post(url("edit-person", person=pirjo.pk), said | {"version": version[1]}).status_code == 302
    pirjo.refresh_from_db()
    assert pirjo.phone == "040 second"


def test_person_form_without_a_version_overwrites_nothing(pirjo: Person, luhankas: Client):
    said = {"name": "Muu", "email": "", "phone": "", "language": "fi"}
    assert luhankas.post(url("edit-person", person=pirjo.pk), said).status_code == 409
    assert Person.objects.get().name == "Pirjo Peltonen"


def test_merge_page_notes_everybody_whom_its_list_shows(luhanka: Party, pirjo: Person, luhankas: Client):
    twin = person_in(luhanka, "Pirjo P.", email="twin@luhanka.example")
    assert "twin@luhanka.example" in luhankas.get(url("merge-person", person=pirjo.pk)).content.decode()
    assert Look.objects.get().people == [pirjo.pk, twin.pk]
    assert luhankas.post(url("merge-person", person=pirjo.pk)).status_code == 422


def test_merge_page_shows_what_moves_before_it_moves(luhanka: Party, pirjo: Person, post: Post, luhankas: Client):
    twin = person_in(luhanka, "Pirjo P.")
    page = f"{url('merge-person', person=twin.pk)}?toinen={pirjo.pk}"
    html = luhankas.get(page).content.decode()
    assert "director of education and culture" in html
    assert "Counterpart: ICT" in html
    assert Person.objects.get(pk=pirjo.pk).merged_into is None
    assert luhankas.post(page)["Location"] == url("person", person=twin.pk)
    assert post.tenures.get().person == twin


def test_merge_page_says_why_two_cannot_be_one(luhanka: Party, pirjo: Person, luhankas: Client):
    chair, director = person_in(luhanka, "Paavo"), pirjo
    held_by(post_in(luhanka, "council-chair"), chair)
    held_by(post_in(luhanka, "chief-executive"), director)
    page = f"{url('merge-person', person=pirjo.pk)}?toinen={chair.pk}"
    assert "nobody holds at the same time" in luhankas.get(page).content.decode()
    assert luhankas.post(page).status_code == 422
    assert luhankas.get(f"{url('merge-person', person=pirjo.pk)}?toinen=999999").status_code == 422


def test_erase_page_says_what_remains_and_asks_why(luhanka: Party, pirjo: Person, luhankas: Client):
    page = url("erase-person", person=pirjo.pk)
    assert "What remains" in luhankas.get(page).content.decode()
    assert luhankas.post(page, {"reason": ""}).status_code == 422
    assert luhankas.post(page, {"reason": "pyyntö"})["Location"] == url("people")
    assert Person.objects.get().name == ""


def test_erase_page_says_what_must_be_handed_over_first(pirjo: Person, post: Post, luhankas: Client):
    answer = luhankas.post(url("erase-person", person=pirjo.pk), {"reason": "pyyntö"})
    assert answer.status_code == 422
    assert "is still: director of education and culture" in answer.content.decode()


# Files


def test_people_are_handed_out_as_the_list_shows_them(
    luhanka: Party, pirjo: Person, post: Post, city_clerk: Account, signed_in: SignedIn
):
    person_in(luhanka, "Åke Ångström", email="ake@luhanka.example")
    other = signed_in(city_clerk)
    csv = other.get(url("people-file", kind="csv")).content.decode("utf-8-sig")
    assert "Åke Ångström" in csv
    assert "+358 40 123 4567" in csv
    answer = other.get(f"{url('people-file', kind='csv')}?rooli=on")
    assert answer["Content-Disposition"] == 'attachment; filename="keski-suomi-2023-luhanka-henkilot.csv"'
    assert "Åke" not in answer.content.decode("utf-8-sig")
    assert other.get(url("people-file", kind="xlsx")).content[:2] == b"PK"
    cards = other.get(f"{url('people-cards')}?haku=pirjo").content.decode()
    assert cards.count("BEGIN:VCARD") == 1
    for said in (
        "FN:Pirjo Peltonen",
        "TITLE:director of education and culture",
        "CATEGORIES:ICT",
        "pirjo@luhanka.example",
    ):
        assert said in cards
    whats = list(Look.objects.order_by("pk").values_list("what", flat=True))
    assert whats == ["people.csv:luhanka", "people.csv:luhanka", "people.xlsx:luhanka", "people.vcf:luhanka"]
    assert Look.objects.order_by("pk").values_list("people", flat=True)[1] == [pirjo.pk]


def test_people_file_has_no_formula(luhanka: Party, luhankas: Client):
    person_in(luhanka, "=HYPERLINK(A1)")
    assert "'=HYPERLINK" in luhankas.get(url("people-file", kind="csv")).content.decode("utf-8-sig")

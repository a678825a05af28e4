"""The pages where a party names its counterparts: everything in one form, and each mistake at its field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.parties.going_on import HOME, going_on, state_of
from tests.parties.people import held_by, named, person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import withdraw_naming
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account, Look, Naming, Party, Person
from yhdyspinta.parties.queries import party_or_404

PAGE = f"{HOME}osapuolet/luhanka/vastinparit/"
NAME = f"{PAGE}nimea/"
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
def clerk(small_municipality_clerk: Account, signed_in: Browser) -> Client:
    return signed_in(small_municipality_clerk)


@pytest.fixture
def pirjo(luhanka: Party) -> Person:
    return person_in(luhanka, "Pirjo Peltonen", email="pirjo@example.org")


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def said(holder: str, *themes: str, **more: str) -> dict[str, Any]:
    return {"holder": holder, "themes": list(themes), "hours_per_week": "7,5", "first_day": "1.3.2025", **more}


def mistakes(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    assert "Nothing has been saved yet" in text(response)
    return dict(response.context["form"].errors)


# Naming


@pytest.mark.parametrize("hours", ["7,5", "7.5", " 7,5 "])
def test_one_form_names_one_person_for_many_themes(clerk: Client, agreement: Agreement, pirjo: Person, hours: str):
    response = clerk.post(NAME, said(pirjo.key, "ict", "hyte", "tkki", hours_per_week=hours), follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "Pirjo Peltonen is named for 3 themes." in text(response)
    assert f'<a href="{HOME}kohdat/vastinpari/">See the clause “Counterparts”</a>' in response.content.decode()
    assert "3 of 10 themes have one." in text(response)
    assert set(Naming.objects.values_list("hours_per_week", flat=True)) == {Decimal("7.5")}
    assert state_of(agreement, "luhanka", "tkki", SPRING) == "kept"
    assert list(verify()) == []


def test_naming_from_a_day_to_come_says_so(clerk: Client, pirjo: Person):
    begins = today() + timedelta(days=30)
    response = clerk.post(NAME, said(pirjo.key, "ict", first_day=begins.isoformat()), follow=True)
    assert f"It counts from {begins.day}.{begins.month}.{begins.year}." in text(response)
    assert "To come" in text(response)
    assert "0 of 10 themes have one." in text(response)


def test_naming_without_hours_says_what_the_agreement_asks(clerk: Client, agreement: Agreement, pirjo: Person):
    response = clerk.post(NAME, said(pirjo.key, "ict", hours_per_week=""), follow=True)
    assert "The commitment counts as kept only when the time is said." in text(response)
    assert "named, hours not given" in text(response)
    assert state_of(agreement, "luhanka", "ict", SPRING) == "lacking"


def test_a_post_is_named_and_its_holder_is_shown(clerk: Client, luhanka: Party, pirjo: Person):
    post = post_in(luhanka)
    response = clerk.post(NAME, said(post.key, "ict"), follow=True)
    assert "post without a holder" in text(response)
    held_by(post, pirjo)
    assert "Pirjo Peltonen , director of education and culture , 7.5 h" in text(clerk.get(PAGE))


def test_somebody_new_is_added_and_named_in_the_same_form(clerk: Client, luhanka: Party):
    newcomer = {"name": "Uuno Uusi", "email": "uuno@example.org", "phone": "040 123"}
    clerk.post(NAME, said("new", "ict", "hyte", **newcomer))
    person = Person.objects.get()
    assert (person.organisation, person.email, person.phone) == (luhanka.organisation, "uuno@example.org", "040 123")
    assert Naming.objects.filter(person=person).count() == 2


def test_a_newcomers_mistake_stands_at_the_field_and_nothing_is_saved(clerk: Client, pirjo: Person):
    typed = said("new", "ict", name="Uuno Uusi", email="pirjo@example.org")
    response = clerk.post(NAME, typed)
    assert mistakes(response) == {"email": ["This is the address of Pirjo Peltonen already."]}
    assert 'value="Uuno Uusi"' in response.content.decode()
    assert mistakes(clerk.post(NAME, said("new", "ict"))) == {"name": ["Write the name of who is named."]}
    assert mistakes(clerk.post(NAME, said("new", "ict", name="U", email="ei"))).keys() == {"email"}
    assert Person.objects.count() == 1
    assert not Naming.objects.exists()


def test_another_partys_person_is_chosen_after_the_party(clerk: Client, jyvaskyla: Party):
    shared = person_in(jyvaskyla, "Jaana Jaettu")
    assert "Jaana" not in text(clerk.get(NAME))
    assert "Jaana Jaettu" in text(clerk.get(NAME, {"osapuoli": "jyvaskyla"}))
    address = f"{NAME}?osapuoli=jyvaskyla"
    response = clerk.post(address, said(shared.key, "ict"))
    assert mistakes(response) == {"agreed": ["Jaana Jaettu belongs to Jyväskylä. Say on what the parties have agreed."]}
    clerk.post(address, said(shared.key, "ict", agreed="yhteinen vastinpari"))
    assert Naming.objects.get().person == shared
    assert mistakes(clerk.post(NAME, said(shared.key, "ict"))).keys() == {"holder"}  # not offered without the party


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"holder": ""}, "holder", "Choose who is named."),
        ({"holder": "person:999"}, "holder", "Select a valid choice"),
        ({"themes": []}, "themes", "Choose at least one theme."),
        ({"themes": ["olematon"]}, "themes", "Select a valid choice"),
        ({"hours_per_week": "paljon"}, "hours_per_week", "Write the hours of a week"),
        ({"hours_per_week": "0"}, "hours_per_week", "more than 0, at most 80"),
        ({"hours_per_week": "-3"}, "hours_per_week", "more than 0, at most 80"),
        ({"hours_per_week": "81"}, "hours_per_week", "more than 0, at most 80"),
        ({"hours_per_week": "nan"}, "hours_per_week", "more than 0, at most 80"),
        ({"hours_per_week": "1e400"}, "hours_per_week", "more than 0, at most 80"),
        ({"hours_per_week": "7,55"}, "hours_per_week", "with one decimal at most"),
        ({"first_day": ""}, "first_day", "Say from which day."),
        ({"first_day": "31.2.2025"}, "first_day", "is not a date"),
        ({"last_day": "28.2.2025"}, "last_day", "The last day is before the first."),
        ({"basis": "x" * 301}, "basis", "300"),
    ],
)
def test_each_mistake_stands_at_its_field(
    clerk: Client, pirjo: Person, changed: dict[str, Any], field: str, message: str
):
    response = clerk.post(NAME, said(pirjo.key, "ict", "hyte") | changed)
    found = mistakes(response)
    assert set(found) == {field}
    assert message in found[field][0]
    assert f'href="#id_{field}"' in response.content.decode()
    assert not Naming.objects.exists()


def test_whoever_is_named_already_is_not_named_twice(clerk: Client, luhanka: Party, pirjo: Person):
    named(luhanka, pirjo, "ict")
    found = mistakes(clerk.post(NAME, said(pirjo.key, "hyte", "ict")))
    assert found == {"themes": ["Pirjo Peltonen is named already, from 1.1.2024."]}
    assert Naming.objects.count() == 1


def test_the_form_offers_the_theme_it_was_opened_for_and_says_who_has_it(clerk: Client, luhanka: Party, pirjo: Person):
    named(luhanka, pirjo, "ict")
    page = clerk.get(NAME, {"teema": "hyte"})
    assert re.search(r'value="hyte"[^>]* checked', page.content.decode())
    assert "ICT (now Pirjo Peltonen)" in text(page)
    assert "The commitment counts as kept only when the time is said." in text(page)


def test_changing_opens_the_form_as_it_stands_and_takes_the_place_of_it(clerk: Client, luhanka: Party, pirjo: Person):
    named(luhanka, pirjo, "ict", first_day=SPRING)
    old = Naming.objects.get()
    address = f"{NAME}?tilalle={old.pk}"
    assert address in clerk.get(PAGE).content.decode()
    form = clerk.get(address).context["form"]
    assert form.initial | {"first_day": ""} == {
        "first_day": "", "themes": ["ict"], "holder": pirjo.key, "hours_per_week": "4"
    }  # fmt: skip
    assert mistakes(clerk.post(address, said(pirjo.key, "ict", first_day="1.3.2025"))) == {
        "first_day": ["The naming before holds from 1.3.2025. Choose a later first day within that."]
    }
    clerk.post(address, said(pirjo.key, "ict", first_day="1.6.2025"))
    old.refresh_from_db()
    assert old.valid_to == date(2025, 5, 31)
    assert Naming.objects.get(valid_to=None).hours_per_week == Decimal("7.5")


def test_coordination_staff_are_named_on_the_same_pages(clerk: Client, pirjo: Person):
    clerk.post(f"{NAME}?rooli=koordinaatio", said(pirjo.key, "*", "ict"))
    assert set(Naming.objects.values_list("role", "theme")) == {("coordinator", ""), ("coordinator", "ict")}
    page = clerk.get(PAGE, {"rooli": "koordinaatio"})
    assert text(page).count("Pirjo Peltonen , 7.5 h") == 2
    assert "Pirjo" not in text(clerk.get(PAGE))


# Ending and withdrawing


def test_ending_says_the_last_day(clerk: Client, agreement: Agreement, luhanka: Party, pirjo: Person):
    named(luhanka, pirjo, "ict")
    address = f"{PAGE}{Naming.objects.get().pk}/paata/"
    assert "Pirjo Peltonen" in text(clerk.get(address))
    response = clerk.post(address, {"last_day": "31.5.2025"}, follow=True)
    assert "The last day is 31.5.2025." in text(response)
    assert "1 before" in text(response)
    assert state_of(agreement, "luhanka", "ict", date(2025, 6, 1)) == "lacking"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Say which day is the last."),
        ("32.1.2025", "is not a date"),
        ("31.12.2023", "It began on 1.1.2024. If it was a mistake, withdraw it instead."),
    ],
)
def test_ending_tells_a_wrong_day_at_the_field(clerk: Client, luhanka: Party, pirjo: Person, typed: str, message: str):
    named(luhanka, pirjo, "ict")
    response = clerk.post(f"{PAGE}{Naming.objects.get().pk}/paata/", {"last_day": typed})
    assert message in mistakes(response)["last_day"][0]
    assert Naming.objects.get().valid_to is None


def test_withdrawing_asks_first_and_happens_once(clerk: Client, luhanka: Party, pirjo: Person):
    named(luhanka, pirjo, "ict")
    address = f"{PAGE}{Naming.objects.get().pk}/peru/"
    clerk.get(address)
    assert Naming.objects.get().withdrawn_at is None
    assert "counts on no day" in text(clerk.post(address, follow=True))
    assert Naming.objects.get().withdrawn_at is not None
    for page in (address, address.replace("peru", "paata")):
        assert "It was withdrawn already." in text(clerk.post(page, {"last_day": "1.6.2025"}, follow=True))
    assert "Pirjo" not in text(clerk.get(PAGE))


# Who may


def test_the_pages_are_for_those_of_the_parties(
    client: Client, outsider: Account, city_clerk: Account, administrator: Account, signed_in: Browser, pirjo: Person,
    luhanka: Party, small_municipality_clerk: Account,
):  # fmt: skip
    named(luhanka, pirjo, "ict")
    number = Naming.objects.get().pk
    of_others = signed_in(city_clerk)
    assert "Pirjo Peltonen" in text(of_others.get(PAGE))
    assert "nimea/" not in of_others.get(PAGE).content.decode()
    assert signed_in(administrator).get(NAME).status_code == 200
    changing = [NAME, f"{PAGE}{number}/paata/", f"{PAGE}{number}/peru/"]
    for address in [PAGE, *changing]:
        assert client.get(address).status_code == 302
        assert signed_in(outsider).get(address).status_code == 404
    for address in changing:
        for method in (of_others.get, of_others.post):
            assert method(address).status_code == 403
    assert Naming.objects.get().withdrawn_at is None
    withdraw_naming(Naming.objects.get(), by=actor_for(small_municipality_clerk, luhanka))


def test_a_naming_is_changed_on_its_own_partys_pages_alone(
    clerk: Client, jyvaskyla: Party, city_clerk: Account, agreement: Agreement
):
    named(jyvaskyla, person_in(jyvaskyla), "ict")
    number = Naming.objects.get().pk
    for end in ("paata/", "peru/"):
        assert clerk.post(f"{PAGE}{number}/{end}", {"last_day": "1.6.2025"}).status_code == 404
    assert clerk.get(f"{PAGE}0/peru/").status_code == 404
    assert clerk.get(f"{HOME}osapuolet/olematon/vastinparit/").status_code == 404


def test_the_page_shows_no_contact_data_and_notes_no_look(clerk: Client, luhanka: Party, pirjo: Person):
    named(luhanka, pirjo, "ict")
    assert "pirjo@example.org" not in clerk.get(PAGE).content.decode()
    assert not Look.objects.exists()


def test_naming_shows_no_address_of_another_partys_people_and_notes_those_of_ones_own(
    clerk: Client, luhanka: Party, jyvaskyla: Party, pirjo: Person, small_municipality_clerk: Account
):
    person_in(luhanka, "Ilman Osoitetta")
    person_in(jyvaskyla, "Jaana Jaettu", email="jaana@example.org")
    page = clerk.get(NAME, {"osapuoli": "jyvaskyla"}).content.decode()
    assert ">Jaana Jaettu</option>" in page
    assert "jaana@example.org" not in page
    assert "Pirjo Peltonen (pirjo@example.org)" in page
    look = Look.objects.get()
    assert (look.account, look.what) == (small_municipality_clerk, "name:luhanka")
    assert (look.organisation, look.people) == (luhanka.organisation, [pirjo.pk])
    assert clerk.post(NAME, said(pirjo.key, "ict")).status_code == 302
    assert Look.objects.count() == 1  # an answer that leads elsewhere shows nothing
    mistakes(clerk.post(NAME, said("", "ict")))
    assert Look.objects.count() == 2


def test_whoever_is_named_sees_the_page_and_changes_nothing(
    outsider: Account, signed_in: Browser, luhanka: Party, pirjo: Person
):
    pirjo.account = outsider
    pirjo.save()
    named(luhanka, pirjo, "ict")
    assert signed_in(outsider).get(PAGE).status_code == 200
    assert signed_in(outsider).get(NAME).status_code == 403


@pytest.mark.postgres
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_those_who_are_named(
    clerk: Client, luhanka: Party, jyvaskyla: Party, number: int, django_assert_num_queries: Any
):
    for each in range(number):
        named(luhanka, person_in(luhanka, f"Nimi {each}"), "ict", "hyte")
        post = post_in(luhanka, "expert", title=f"Asiantuntija {each}")
        held_by(post, person_in(luhanka, f"Haltija {each}"))
        named(luhanka, post, "ict")
        person_in(jyvaskyla, f"Muu {each}")
    for address, cost in ((PAGE, 8), (f"{NAME}?osapuoli=jyvaskyla", 11)):
        clerk.get(address)
        with django_assert_num_queries(cost):
            clerk.get(address)

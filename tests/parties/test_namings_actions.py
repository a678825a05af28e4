"""Naming keeps the agreement's clause from the first day and not before; ending and withdrawing are as exact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.parties.going_on import going_on, state_of
from tests.parties.people import LONG_AGO, held_by, named, person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement, Entry, KeptFact
from yhdyspinta.journal.queries import facts_in_force
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import (
    Named,
    discontinue_post,
    end_naming,
    end_tenure,
    erase_person,
    hand_over_post,
    merge_people,
    name_for_themes,
    withdraw_naming,
)
from yhdyspinta.parties.actions.namings import Newcomer
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account, Naming, Organisation, Party, Person
from yhdyspinta.parties.queries import party_or_404

SPRING, SUMMER = date(2025, 3, 1), date(2025, 6, 1)
DAY = timedelta(days=1)
SEVEN = ["ict", "hyte", "tyollisyys", "opiskeluhuolto", "perhekeskus", "kotoutuminen", "tkki"]


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
def clerk(luhanka: Party, small_municipality_clerk: Account) -> Actor:
    return actor_for(small_municipality_clerk, luhanka)


def facts(agreement: Agreement) -> list[dict[str, Any]]:
    return [row.given for row in facts_in_force(agreement)]


def refused(act: Callable[[], object]) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        act()
    if not hasattr(error.value, "error_dict"):
        return {"": error.value.messages}
    return error.value.message_dict


# Naming


def test_naming_keeps_the_clause_from_the_first_day_and_not_before(agreement: Agreement, luhanka: Party, clerk: Actor):
    person = person_in(luhanka)
    made = name_for_themes(luhanka, "counterpart", SEVEN, Named(person, SPRING, None, Decimal("7.5")), by=clerk)
    assert [one.theme for one in made] == SEVEN
    for theme in SEVEN:
        assert state_of(agreement, "luhanka", theme, SPRING - DAY) == "lacking"
        assert state_of(agreement, "luhanka", theme, SPRING) == "kept"
        assert state_of(agreement, "luhanka", theme, today()) == "kept"
    assert state_of(agreement, "luhanka", "maankaytto", SPRING) == "lacking"
    assert state_of(agreement, "jyvaskyla", "ict", SPRING) == "lacking"
    assert facts(agreement)[0] == {
        "fact": "counterpart-named",
        "party": "luhanka",
        "theme": "ict",
        "from": "2025-03-01",
        "hours_per_week": 7.5,
    }
    assert list(verify()) == []


def test_naming_from_a_day_to_come_keeps_nothing_yet(agreement: Agreement, luhanka: Party, clerk: Actor):
    begins = today() + timedelta(days=30)
    name_for_themes(luhanka, "counterpart", ["ict"], Named(person_in(luhanka), begins, None, Decimal(4)), by=clerk)
    assert state_of(agreement, "luhanka", "ict", begins - DAY) == "lacking"
    assert state_of(agreement, "luhanka", "ict", begins) == "kept"


def test_naming_without_hours_names_and_does_not_keep_the_clause(agreement: Agreement, luhanka: Party, clerk: Actor):
    name_for_themes(luhanka, "counterpart", ["ict"], Named(person_in(luhanka), SPRING), by=clerk)
    assert state_of(agreement, "luhanka", "ict", SUMMER) == "lacking"
    assert "hours_per_week" not in facts(agreement)[0]


def test_a_coordinator_is_named_for_a_theme_or_for_all_together(agreement: Agreement, luhanka: Party, clerk: Actor):
    person = person_in(luhanka)
    said = Named(person, SPRING, hours_per_week=Decimal(3), basis=" Kunnanjohtaja  1.3.2025, 4 § ")
    name_for_themes(luhanka, "coordinator", ["", "ict"], said, by=clerk)
    basis = {"from": "2025-03-01", "reference": "Kunnanjohtaja 1.3.2025, 4 §"}
    assert facts(agreement) == [
        {"fact": "coordinator-named", "party": "luhanka", **basis},
        {"fact": "coordinator-named", "party": "luhanka", "theme": "ict", **basis},
    ]
    assert list(verify()) == []


def test_a_newcomer_is_added_and_named_in_one_change(agreement: Agreement, luhanka: Party, clerk: Actor):
    newcomer = Newcomer("Uuno  Uusi", "UUNO@example.org", "040 123")
    made = name_for_themes(luhanka, "counterpart", ["ict", "hyte"], Named(newcomer, SPRING), by=clerk)
    person = Person.objects.get()
    assert (person.name, person.email, person.phone) == ("Uuno Uusi", "uuno@example.org", "040 123")
    assert {one.person_id for one in made} == {person.pk}
    assert Entry.objects.filter(verb="add-person", chain__name="common").count() == 1
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("themes", "newcomer", "field"),
    [
        (["ict", "olematon"], Newcomer("Uuno Uusi"), "themes"),
        (["ict"], Newcomer(" "), "name"),
        (["ict"], Newcomer("Uuno Uusi", "ei osoite"), "email"),
        (["ict"], Newcomer("Uuno Uusi", "pirjo@example.org"), "email"),
        (["ict"], Newcomer("Uuno Uusi", phone="0" * 41), "phone"),
    ],
)
def test_a_newcomer_is_not_added_when_the_naming_is_refused(
    luhanka: Party, clerk: Actor, themes: list[str], newcomer: Newcomer, field: str
):
    person_in(luhanka, email="pirjo@example.org")
    entries = Entry.objects.count()
    assert set(refused(lambda: name_for_themes(luhanka, "counterpart", themes, Named(newcomer, SPRING), by=clerk))) == {
        field
    }
    assert Person.objects.count() == 1
    assert Naming.objects.count() == 0
    assert Entry.objects.count() == entries


def test_a_theme_chosen_twice_is_named_once(luhanka: Party, clerk: Actor):
    name_for_themes(luhanka, "counterpart", ["ict", "ict"], Named(person_in(luhanka), SPRING), by=clerk)
    assert Naming.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"last_day": SPRING - DAY}, "last_day", "The last day is before the first."),
        ({"hours_per_week": Decimal(0)}, "hours_per_week", "more than 0, at most 80"),
        ({"hours_per_week": Decimal(-3)}, "hours_per_week", "more than 0, at most 80"),
        ({"hours_per_week": Decimal("80.5")}, "hours_per_week", "more than 0, at most 80"),
        ({"hours_per_week": Decimal("7.55")}, "hours_per_week", "decimal"),
        ({"basis": "x" * 301}, "basis", "300"),
    ],
)
def test_naming_says_what_is_wrong_at_the_field(
    luhanka: Party, clerk: Actor, changed: dict[str, Any], field: str, message: str
):
    said = Named(person_in(luhanka), **({"first_day": SPRING} | changed))
    told = refused(lambda: name_for_themes(luhanka, "counterpart", ["ict", "hyte"], said, by=clerk))
    assert set(told) == {field}
    assert message in told[field][0]
    assert not Naming.objects.exists()
    assert not KeptFact.objects.exists()


def test_naming_asks_for_themes(luhanka: Party, clerk: Actor):
    said = Named(person_in(luhanka), SPRING)
    assert refused(lambda: name_for_themes(luhanka, "counterpart", [], said, by=clerk)) == {
        "themes": ["Choose at least one theme."]
    }
    told = refused(lambda: name_for_themes(luhanka, "counterpart", [""], said, by=clerk))
    assert set(told) == {"themes"}  # a counterpart is of a theme


def test_nobody_is_named_twice_for_the_same_days(luhanka: Party, clerk: Actor):
    person = person_in(luhanka)
    name_for_themes(luhanka, "counterpart", ["ict"], Named(person, SPRING, SUMMER), by=clerk)
    told = refused(lambda: name_for_themes(luhanka, "counterpart", ["hyte", "ict"], Named(person, SUMMER), by=clerk))
    assert told == {"themes": ["Pirjo Peltonen is named already, 1.3.2025–1.6.2025."]}
    assert Naming.objects.count() == 1
    name_for_themes(luhanka, "counterpart", ["hyte", "ict"], Named(person, SUMMER + DAY), by=clerk)
    name_for_themes(luhanka, "coordinator", ["ict"], Named(person, SPRING), by=clerk)
    named(luhanka, person_in(luhanka, "Toinen Vastinpari"), "ict")  # two people may share a theme
    assert Naming.objects.count() == 5


def test_another_partys_person_is_named_where_the_parties_agreed(luhanka: Party, jyvaskyla: Party, clerk: Actor):
    shared = person_in(jyvaskyla, "Jaana Jaettu")
    told = refused(lambda: name_for_themes(luhanka, "counterpart", ["ict"], Named(shared, SPRING), by=clerk))
    assert told == {"agreed": ["Jaana Jaettu belongs to Jyväskylä. Say on what the parties have agreed."]}
    said = Named(shared, SPRING, None, Decimal(2), agreed="yhteinen vastinpari")
    name_for_themes(luhanka, "counterpart", ["ict"], said, by=clerk)
    assert Naming.objects.get().agreed == "yhteinen vastinpari"


def test_nobody_of_an_organisation_outside_the_agreement_is_named(luhanka: Party, clerk: Actor):
    other = Organisation.objects.create(kind="other", name={"fi": "Muu"}, official_name={"fi": "Muu"})
    stranger = Person.objects.create(organisation=other, name="Veera Vieras")
    said = Named(stranger, SPRING, agreed="sovittu")
    told = refused(lambda: name_for_themes(luhanka, "counterpart", ["ict"], said, by=clerk))
    assert told == {"holder": ["Veera Vieras belongs to no party of this agreement."]}


def test_nobody_is_named_who_was_merged_or_erased_and_no_post_that_ended(luhanka: Party, clerk: Actor):
    kept, gone, erased = (person_in(luhanka, name) for name in ("Pirjo Peltonen", "Pirjo P.", "Eero Erotettu"))
    merge_people(kept, gone, by=clerk)
    erase_person(erased, reason="pyyntö", by=clerk)
    post = post_in(luhanka)
    discontinue_post(post, last_day=SPRING, by=clerk)
    for holder in (gone, erased, post):
        said = Named(holder, SPRING)
        told = refused(partial(name_for_themes, luhanka, "counterpart", ["ict"], said, by=clerk))
        assert set(told) == {"holder"}


def test_a_party_names_ends_and_withdraws_its_own_alone(luhanka: Party, jyvaskyla: Party, city_clerk: Account):
    stranger, person = actor_for(city_clerk, jyvaskyla), person_in(luhanka)
    named(luhanka, person, "ict")
    naming = Naming.objects.get()
    for act in (
        lambda: name_for_themes(luhanka, "counterpart", ["hyte"], Named(person, SPRING), by=stranger),
        lambda: end_naming(naming, last_day=SUMMER, by=stranger),
        lambda: withdraw_naming(naming, by=stranger),
    ):
        with pytest.raises(NotAllowed, match="You do not act for Luhanka"):
            act()
    assert list(Naming.objects.values_list("valid_to", "withdrawn_at")) == [(None, None)]


# A post's naming follows its holder


def test_a_named_post_keeps_the_clause_while_somebody_holds_it(agreement: Agreement, luhanka: Party, clerk: Actor):
    post, first, second = post_in(luhanka), person_in(luhanka), person_in(luhanka, "Seppo Seuraaja")
    named(luhanka, post, "ict", first_day=SPRING)
    assert state_of(agreement, "luhanka", "ict", today()) == "lacking"  # nobody holds it yet
    assert facts(agreement) == []
    hand_over_post(post, person=first, first_day=SUMMER, by=clerk)
    assert state_of(agreement, "luhanka", "ict", SUMMER - DAY) == "lacking"
    assert state_of(agreement, "luhanka", "ict", SUMMER) == "kept"
    end_tenure(post.tenures.get(), last_day=date(2025, 8, 31), by=clerk)
    hand_over_post(post, person=second, first_day=date(2025, 10, 1), by=clerk)
    assert [state_of(agreement, "luhanka", "ict", date(2025, month, 15)) for month in (8, 9, 10)] == [
        "kept",
        "lacking",
        "kept",
    ]
    assert list(verify()) == []


def test_naming_a_post_that_is_held_is_cut_to_both(agreement: Agreement, luhanka: Party, clerk: Actor):
    post = post_in(luhanka)
    held_by(post, person_in(luhanka), LONG_AGO, SUMMER)
    said = Named(post, SPRING, today(), Decimal(4))
    name_for_themes(luhanka, "counterpart", ["ict"], said, by=clerk)
    (fact,) = facts(agreement)
    assert (fact["from"], fact["to"]) == ("2025-03-01", "2025-06-01")


# Ending and withdrawing


def test_ending_keeps_what_was_until_the_last_day(agreement: Agreement, luhanka: Party, clerk: Actor):
    named(luhanka, person_in(luhanka), "ict", first_day=SPRING)
    end_naming(Naming.objects.get(), last_day=SUMMER, by=clerk)
    assert state_of(agreement, "luhanka", "ict", SUMMER) == "kept"
    assert state_of(agreement, "luhanka", "ict", SUMMER + DAY) == "lacking"
    end_naming(Naming.objects.get(), last_day=SUMMER + DAY, by=clerk)  # the day may be corrected
    assert state_of(agreement, "luhanka", "ict", SUMMER + DAY) == "kept"
    assert list(verify()) == []


def test_an_end_to_come_ends_nothing_today(agreement: Agreement, luhanka: Party, clerk: Actor):
    named(luhanka, person_in(luhanka), "ict")
    end_naming(Naming.objects.get(), last_day=today() + DAY, by=clerk)
    assert state_of(agreement, "luhanka", "ict", today()) == "kept"


def test_ending_is_refused_before_the_first_day_and_over_another_naming(luhanka: Party, clerk: Actor):
    person = person_in(luhanka)
    name_for_themes(luhanka, "counterpart", ["ict"], Named(person, SPRING, SPRING), by=clerk)
    name_for_themes(luhanka, "counterpart", ["ict"], Named(person, SUMMER), by=clerk)
    first = Naming.objects.earliest("valid_from")
    told = refused(lambda: end_naming(first, last_day=SPRING - DAY, by=clerk))
    assert told == {"last_day": ["It began on 1.3.2025. If it was a mistake, withdraw it instead."]}
    told = refused(lambda: end_naming(first, last_day=SUMMER, by=clerk))
    assert told == {"last_day": ["Pirjo Peltonen is named already, from 1.6.2025."]}
    first.refresh_from_db()
    assert first.valid_to == SPRING


def test_a_withdrawn_naming_counts_on_no_day(agreement: Agreement, luhanka: Party, clerk: Actor):
    person = person_in(luhanka)
    named(luhanka, person, "ict", first_day=SPRING)
    naming = Naming.objects.get()
    withdraw_naming(naming, by=clerk)
    assert state_of(agreement, "luhanka", "ict", SUMMER) == "lacking"
    assert facts(agreement) == []
    assert refused(lambda: withdraw_naming(naming, by=clerk)) == {"": ["It was withdrawn already."]}
    assert refused(lambda: end_naming(naming, last_day=SUMMER, by=clerk)) == {"": ["It was withdrawn already."]}
    named(luhanka, person, "ict", first_day=SUMMER)  # what was a mistake is in nobody's way
    assert list(verify()) == []


# Taking the place of another naming


def test_new_hours_take_the_place_of_the_old_without_a_gap(agreement: Agreement, luhanka: Party, clerk: Actor):
    person = person_in(luhanka)
    named(luhanka, person, "ict", first_day=SPRING)
    more = Named(person, SUMMER, hours_per_week=Decimal(6))
    name_for_themes(luhanka, "counterpart", ["ict"], more, instead_of=Naming.objects.get(), by=clerk)
    old, new = Naming.objects.order_by("valid_from")
    assert (old.valid_to, new.valid_from, new.hours_per_week) == (SUMMER - DAY, SUMMER, Decimal(6))
    for day in (SPRING, SUMMER - DAY, SUMMER, today()):
        assert state_of(agreement, "luhanka", "ict", day) == "kept"
    assert list(verify()) == []


def test_who_takes_anothers_place_begins_after_them_and_nothing_is_half_done(
    luhanka: Party, jyvaskyla: Party, clerk: Actor
):
    named(luhanka, person_in(luhanka), "ict", first_day=SPRING)
    named(jyvaskyla, person_in(jyvaskyla, "Jukka"), "ict", first_day=SPRING)
    ours, theirs = Naming.objects.order_by("pk")
    tried = partial(name_for_themes, luhanka, "counterpart", ["ict"], by=clerk)
    newcomer = Newcomer("Ulla Uusi")
    for first_day, instead_of in ((SPRING, ours), (SPRING - DAY, ours), (SUMMER, theirs)):
        told = refused(partial(tried, Named(newcomer, first_day), instead_of=instead_of))
        assert told == {"first_day": ["The naming before holds from 1.3.2025. Choose a later first day within that."]}
    assert not Naming.objects.exclude(valid_to=None).exists()
    assert not Person.objects.filter(name="Ulla Uusi").exists()

"""People are added, changed, confirmed, merged and erased; whoever comes second loses nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.parties.people import LONG_AGO, held_by, named, person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.journal.models import Agreement, Detail, Entry, KeptFact
from yhdyspinta.journal.verify import verify
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties.actions import (
    accept_invitation,
    add_person,
    appoint_party_administrator,
    confirm_person,
    end_naming,
    end_tenure,
    erase_person,
    invite,
    merge_people,
    report_mistake,
    update_person,
)
from yhdyspinta.parties.actions.merging import why_not_merge
from yhdyspinta.parties.actions.people import CONFIRM
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.links import LinkRefused, make_link
from yhdyspinta.parties.models import Account, Invitation, Link, Naming, Party, PeopleTable, Person, Tenure
from yhdyspinta.parties.queries import administers, party_or_404


@pytest.fixture
def luhanka(agreement: Agreement) -> Party:
    return party_or_404(agreement, "luhanka")


@pytest.fixture
def clerk(luhanka: Party, small_municipality_clerk: Account) -> Actor:
    return actor_for(small_municipality_clerk, luhanka)


@pytest.fixture
def stranger(city_clerk: Account) -> Actor:
    return actor_for(city_clerk)


# Adding and changing


def test_add_person_tidies_what_was_typed(luhanka: Party, clerk: Actor):
    person = add_person(luhanka.organisation, name="  Pirjo   Peltonen ", email=" Pirjo@Luhanka.example ", by=clerk)
    assert (person.name, person.email) == ("Pirjo Peltonen", "pirjo@luhanka.example")
    assert person.confirmed_on is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Pirjo", "email": "ei osoite"}, "email"),
        ({"name": "Pirjo", "phone": "0" * 41}, "phone"),
        ({"name": "Pirjo", "language": "de"}, "language"),
        ({"name": "Pirjo", "email": "TAKEN@luhanka.example"}, "email"),
    ],
)
def test_add_person_says_what_is_wrong_at_the_field(luhanka: Party, clerk: Actor, said: dict[str, str], field: str):
    person_in(luhanka, "Toinen", email="taken@luhanka.example")
    with pytest.raises(ValidationError) as refused:
        add_person(luhanka.organisation, **said, by=clerk)
    assert set(refused.value.error_dict) == {field}
    assert luhanka.organisation.people.count() == 1


def test_add_person_allows_the_same_address_in_another_organisation(agreement: Agreement, luhanka: Party):
    ours = person_in(luhanka, email="yhteinen@example.org")
    theirs = person_in(party_or_404(agreement, "jyvaskyla"), email="yhteinen@example.org")
    assert set(Person.objects.filter(email="yhteinen@example.org")) == {ours, theirs}


def test_people_are_changed_by_who_acts_for_their_organisation(luhanka: Party, stranger: Actor):
    person, other = person_in(luhanka), person_in(luhanka, "Toinen")
    link = make_link(CONFIRM, other.key, lasts=timedelta(days=1))
    for act in (
        lambda: add_person(luhanka.organisation, name="Uusi", by=stranger),
        lambda: update_person(person, {"name": "Muu"}, version=1, by=stranger),
        lambda: confirm_person(person, by=stranger),
        lambda: confirm_person(person, by=stranger, link=link),
        lambda: report_mistake(person, "väärin", by=stranger, link=link),
        lambda: merge_people(person, other, by=stranger),
        lambda: erase_person(person, reason="pyyntö", by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert set(luhanka.organisation.people.values_list("name", flat=True)) == {"Pirjo Peltonen", "Toinen"}
    assert Link.objects.get(pk=link.pk).is_open()


def test_update_person_counts_as_confirming(luhanka: Party, clerk: Actor):
    person = person_in(luhanka)
    update_person(person, {"phone": "040 123"}, version=person.version, by=clerk)
    person.refresh_from_db()
    assert (person.phone, person.confirmed_on, person.version) == ("040 123", today(), 2)


def test_update_person_closes_the_link_that_was_mailed_to_another_address(luhanka: Party, clerk: Actor):
    person = person_in(luhanka, email="vaara@luhanka.example")
    link = make_link(CONFIRM, person.key, lasts=timedelta(days=60))
    update_person(person, {"phone": "040 999"}, version=1, by=clerk)
    link.refresh_from_db()
    assert link.is_open()
    update_person(person, {"email": "oikea@luhanka.example"}, version=2, by=clerk)
    link.refresh_from_db()
    assert not link.is_open()


def test_update_person_loses_nothing_of_who_comes_second(luhanka: Party, clerk: Actor):
    person = person_in(luhanka)
    update_person(person, {"phone": "040 1"}, version=1, by=clerk)
    with pytest.raises(Conflict) as conflict:
        update_person(person, {"phone": "050 2"}, version=1, by=clerk)
    assert "040 1" in conflict.value.theirs
    assert "050 2" in conflict.value.yours
    person.refresh_from_db()
    assert person.phone == "040 1"


def test_person_changes_what_is_known_of_themselves(luhanka: Party, outsider: Account):
    person = person_in(luhanka)
    Person.objects.filter(pk=person.pk).update(account=outsider)
    update_person(person, {"phone": "040 1"}, version=1, by=actor_for(outsider))
    assert Person.objects.get(pk=person.pk).phone == "040 1"


def test_names_and_numbers_stand_in_details_alone(luhanka: Party, clerk: Actor):
    person = person_in(luhanka, email="pirjo@luhanka.example")
    update_person(person, {"name": "Pirjo Uusi-Peltonen"}, version=1, by=clerk)
    kept = " ".join(f"{entry.actor_label} {entry.object_key} {entry.verb}" for entry in Entry.objects.all())
    assert "pirjo" not in kept.lower()
    assert "peltonen" not in kept.lower()


# Two records of one person


def test_merge_people_moves_everything_and_keeps_one_name(luhanka: Party, clerk: Actor):
    kept, gone = person_in(luhanka, "Pirjo Peltonen"), person_in(luhanka, "P. Peltonen", email="p@luhanka.example")
    held_by(post_in(luhanka), gone)
    named(luhanka, gone, "ict")
    merge_people(kept, gone, by=clerk)
    assert Tenure.objects.get().person == kept
    assert Naming.objects.get().person == kept
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.name, kept.email) == ("Pirjo Peltonen", "p@luhanka.example")
    assert (gone.name, gone.email, gone.merged_into) == ("", "", kept)
    assert list(verify()) == []


def test_merge_people_refuses_what_cannot_be_one(agreement: Agreement, luhanka: Party, clerk: Actor):
    kept, gone = person_in(luhanka), person_in(luhanka, "Toinen")
    held_by(post_in(luhanka, "council-chair"), kept)
    held_by(post_in(luhanka, "chief-executive"), gone)
    named(luhanka, kept, "ict")
    named(luhanka, gone, "ict")
    assert why_not_merge(kept, gone) == [
        "They hold posts that nobody holds at the same time. End one of the tenures first.",
        "Both are named for the same theme at the same time. End or withdraw one of the two first.",
    ]
    with pytest.raises(ValidationError):
        merge_people(kept, gone, by=clerk)
    assert why_not_merge(kept, kept) == ["These are the same record."]
    city = person_in(party_or_404(agreement, "jyvaskyla"))
    assert why_not_merge(kept, city) == ["They belong to different organisations."]


def test_merge_people_allows_the_same_post_one_after_the_other(luhanka: Party, clerk: Actor):
    kept, gone = person_in(luhanka), person_in(luhanka, "Toinen")
    post = post_in(luhanka)
    held_by(post, gone)
    held_by(post, kept, date(2025, 1, 1))
    merge_people(kept, gone, by=clerk)
    assert [tenure.person for tenure in post.tenures.all()] == [kept, kept]


def test_merge_people_refuses_two_accounts(luhanka: Party, clerk: Actor, outsider: Account, administrator: Account):
    kept, gone = person_in(luhanka), person_in(luhanka, "Toinen")
    Person.objects.filter(pk=kept.pk).update(account=outsider)
    Person.objects.filter(pk=gone.pk).update(account=administrator)
    with pytest.raises(ValidationError, match="an account of their own"):
        merge_people(kept, gone, by=clerk)


def test_merge_people_is_done_once(luhanka: Party, clerk: Actor):
    kept, gone = person_in(luhanka), person_in(luhanka, "Toinen")
    merge_people(kept, gone, by=clerk)
    with pytest.raises(ValidationError, match="holds nobody any more"):
        merge_people(kept, gone, by=clerk)


# Confirming, and telling what is wrong


def test_confirm_person_by_the_mailed_link_is_done_once(luhanka: Party):
    person = person_in(luhanka)
    link = make_link(CONFIRM, person.key, lasts=timedelta(days=60))
    confirm_person(person, by=Actor("link", label="Luhanka"), link=link)
    assert Person.objects.get(pk=person.pk).confirmed_on == today()
    with pytest.raises(LinkRefused):
        confirm_person(person, by=Actor("link", label="Luhanka"), link=link)


def test_report_mistake_goes_to_those_who_keep_the_people(luhanka: Party, small_municipality_clerk: Account):
    person = person_in(luhanka, email="pirjo@luhanka.example")
    link = make_link(CONFIRM, person.key, lasts=timedelta(days=60))
    assert report_mistake(person, "Puhelin on 040 9", link=link, by=Actor("link", label="Luhanka")) == 1
    message = Message.objects.get(kind="correction")
    assert (message.to_address, message.reply_to) == (small_municipality_clerk.email, "pirjo@luhanka.example")
    assert "Puhelin on 040 9" in message.text
    assert f"/osapuolet/luhanka/henkilot/{person.pk}/" in message.text
    assert not Link.objects.get(pk=link.pk).is_open()


def test_report_mistake_reaches_the_installation_where_a_party_has_no_administrator(
    luhanka: Party, administrator: Account
):
    person = person_in(luhanka)
    link = make_link(CONFIRM, person.key, lasts=timedelta(days=60))
    report_mistake(person, "Nimi on väärin", link=link, by=Actor("link", label="Luhanka"))
    assert Message.objects.get(kind="correction").to_address == administrator.email


# Erasure


def test_erase_person_leaves_roles_and_no_name_anywhere(luhanka: Party, clerk: Actor):
    twin = person_in(luhanka, "Pirjo P-nen", email="twin@luhanka.example")
    person = person_in(luhanka, "Pirjo Peltonen", email="pirjo@luhanka.example", phone="040 123")
    merge_people(person, twin, by=clerk)
    post = post_in(luhanka)
    held_by(post, person)
    named(luhanka, person, "ict")
    update_person(person, {"phone": "040 999"}, version=person.version, by=clerk)
    link = make_link(CONFIRM, person.key, lasts=timedelta(days=60))
    report_mistake(person, "Olen Pirjo Peltonen", link=link, by=Actor("link"))
    invite(luhanka, name=person.name, email=person.email, by=clerk)
    end_tenure(post.tenures.get(), last_day=today() - timedelta(days=1), by=clerk)
    end_naming(Naming.objects.get(), last_day=today() - timedelta(days=1), by=clerk)
    facts = list(KeptFact.objects.values_list("pk", flat=True))
    erase_person(Person.objects.get(pk=person.pk), reason="pyyntö", by=clerk)
    person.refresh_from_db()
    assert (person.name, person.email, person.phone) == ("", "", "")
    assert post.tenures.get().person_id == person.pk
    assert list(KeptFact.objects.values_list("pk", flat=True)) == facts
    everything = [
        *Detail.objects.values_list("body", flat=True),
        *(str(row) for model in (Message, Link, Person, Entry) for row in model.objects.values_list()),
        *(str(row) for row in luhanka.invitations.values_list()),
    ]
    for trace in ("Pirjo", "pirjo", "twin@", "040 123", "040 999"):
        assert not [said for said in everything if trace in str(said)], trace
    assert list(verify()) == []


def test_erase_person_refuses_who_holds_something_still(luhanka: Party, clerk: Actor):
    person = person_in(luhanka)
    held_by(post_in(luhanka), person)
    named(luhanka, person, "ict")
    with pytest.raises(ValidationError, match="director of education and culture, counterpart"):
        erase_person(person, reason="pyyntö", by=clerk)
    assert Person.objects.get(pk=person.pk).name == "Pirjo Peltonen"


def test_erase_person_closes_the_account_that_is_only_theirs(luhanka: Party, clerk: Actor):
    account = accept_invitation(
        invite(luhanka, name="Vesa", email="vesa@luhanka.example", role="administrator", by=clerk)
    )
    erase_person(account.people.get(), reason="pyyntö", by=clerk)
    account.refresh_from_db()
    assert (account.name, account.is_active) == ("", False)
    assert "vesa" not in account.email
    assert not administers(account.pk, luhanka)


def test_erase_person_leaves_an_account_that_acts_elsewhere(
    agreement: Agreement, luhanka: Party, clerk: Actor, city_clerk: Account, administrator: Account
):
    for account in (city_clerk, administrator):
        invitation = invite(luhanka, name=account.name, email=account.email, by=clerk)
        accept_invitation(invitation, account=account)
        erase_person(account.people.get(), reason="pyyntö", by=clerk)
        account.refresh_from_db()
        assert account.is_active
        assert account.name
        assert not account.people.exists()
    assert administers(city_clerk.pk, party_or_404(agreement, "jyvaskyla"))


def test_erase_person_ends_what_has_not_begun(luhanka: Party, clerk: Actor):
    account = accept_invitation(invite(luhanka, name="Vesa", email="vesa@luhanka.example", by=clerk))
    appoint_party_administrator(luhanka, account=account, valid_from=today() + timedelta(days=30), by=SYSTEM)
    erase_person(account.people.get(), reason="pyyntö", by=clerk)
    assert not account.administers.exists()


def test_erase_person_finds_what_was_written_before_they_were_known(luhanka: Party, clerk: Actor, city_clerk: Account):
    invite(luhanka, name="Pirjo Peltonen", email="pirjo@luhanka.example", by=clerk)
    person = person_in(luhanka, "Pirjo Peltonen", email="pirjo@luhanka.example")
    about_another = Recipient("pirjo@luhanka.example", "Pirjo Peltonen")
    context = {"name": "Muu", "text": "Väärin", "address": "http://localhost/"}
    post_mail(to=about_another, template="correction", context=context, kind="correction", about="person:0")
    rows = [{"number": 2, "cells": {"name": "Pirjo Peltonen"}}]
    PeopleTable.objects.create(party=luhanka, account=city_clerk, name="v.csv", rows=rows)
    erase_person(person, reason="pyyntö", by=clerk)
    left = [
        *Detail.objects.values_list("body", flat=True),
        *(str(row) for model in (Message, Invitation, PeopleTable) for row in model.objects.values_list()),
    ]
    assert not [said for said in left if "irjo" in said]
    assert Link.objects.filter(revoked_at=None).count() == 0


def test_erase_person_after_a_merge_closes_the_account_too(luhanka: Party, clerk: Actor):
    account = accept_invitation(invite(luhanka, name="Vesa", email="vesa@luhanka.example", by=clerk))
    gone, kept = account.people.get(), person_in(luhanka, "Vesa V.")
    merge_people(kept, gone, by=clerk)
    gone.refresh_from_db()
    assert gone.account is None
    erase_person(Person.objects.get(pk=kept.pk), reason="pyyntö", by=clerk)
    account.refresh_from_db()
    assert (account.name, account.is_active) == ("", False)


def test_erased_person_is_changed_no_more(luhanka: Party, clerk: Actor):
    person = person_in(luhanka)
    erase_person(person, reason="pyyntö", by=clerk)
    for act in (
        lambda: update_person(person, {"name": "Uusi"}, version=person.version, by=clerk),
        lambda: confirm_person(person, by=clerk),
        lambda: erase_person(person, reason="uudestaan", by=clerk),
    ):
        with pytest.raises(ValidationError, match="holds nobody any more"):
            act()


def test_roles_of_long_ago_hold_on_their_days(luhanka: Party):
    person = person_in(luhanka)
    held_by(post_in(luhanka), person, LONG_AGO, date(2024, 12, 31))
    tenure = Tenure.objects.get()
    assert [tenure.holds(day) for day in (date(2023, 12, 31), LONG_AGO, date(2024, 12, 31), date(2025, 1, 1))] == [
        False,
        True,
        True,
        False,
    ]

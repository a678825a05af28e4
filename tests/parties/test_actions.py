"""Parties follow the text, accounts are made by administrators, and roles run from a day to a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from yhdyspinta.agreement import AgreementErrors, today
from yhdyspinta.journal import queries as journal
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import (
    appoint_party_administrator,
    close_account,
    create_account,
    create_administrator,
    end_party_administrator,
    load_agreement,
)
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account, Organisation, Party, PartyAdministrator
from yhdyspinta.parties.queries import administers, parties_of, party_or_404

AGREEMENTS = Path(__file__).parents[2] / "agreements"
PASSWORD = "kuntakokous-kokoontuu-2026"


# Parties from the text


def test_load_agreement_from_its_folder_settles_its_parties(db: None):
    loaded = load_agreement(AGREEMENTS / "keski-suomi-2023", by=SYSTEM)
    assert loaded.changed
    parties = list(parties_of(loaded.agreement))
    assert [party.order for party in parties] == list(range(1, 25))
    assert [party.slug for party in parties[:3]] == [
        "keski-suomen-hyvinvointialue",
        "keski-suomen-liitto",
        "hankasalmi",
    ]
    hankasalmi = parties[2].organisation
    assert (hankasalmi.business_id, hankasalmi.municipality_code) == ("0174035-0", "077")
    assert (hankasalmi.name["fi"], hankasalmi.genitive["fi"]) == ("Hankasalmi", "Hankasalmen")
    assert hankasalmi.address == "Keskustie 41, 41520 Hankasalmi"
    assert list(verify()) == []


def test_load_agreement_again_changes_nothing(agreement: Agreement, keski_suomi_text: dict[str, str]):
    before = journal.revision(agreement)
    assert not load_agreement(keski_suomi_text, by=SYSTEM).changed
    assert journal.revision(agreement) == before


def test_load_agreement_says_what_changed_in_a_party(agreement: Agreement, keski_suomi_text: dict[str, str]):
    moved = keski_suomi_text["fi"].replace("Keskustie 41, 41520 Hankasalmi", "Keskustie 43, 41520 Hankasalmi")
    assert load_agreement(keski_suomi_text | {"fi": moved}, by=SYSTEM).changed
    assert party_or_404(agreement, "hankasalmi").organisation.address == "Keskustie 43, 41520 Hankasalmi"
    detail = Entry.objects.filter(verb="settle-organisations").latest("sequence").detail
    assert detail.before == {"hankasalmi": {"address": "Keskustie 41, 41520 Hankasalmi"}}
    assert detail.after == {"hankasalmi": {"address": "Keskustie 43, 41520 Hankasalmi"}}


def test_load_agreement_gives_a_leaving_party_its_last_day(agreement: Agreement, keski_suomi_text: dict[str, str]):
    leaving = keski_suomi_text["fi"].replace("- id: luhanka\n", "- id: luhanka\n  to: 2024-12-31\n", 1)
    load_agreement(keski_suomi_text | {"fi": leaving}, by=SYSTEM)
    party = party_or_404(agreement, "luhanka")
    assert (party.valid_from, party.valid_to) == (None, date(2024, 12, 31))


def test_load_agreement_shares_organisations_between_agreements(second_agreement: Agreement, agreement: Agreement):
    assert (Organisation.objects.count(), Party.objects.count()) == (24, 48)
    own = party_or_404(agreement, "luhanka")
    other = party_or_404(second_agreement, "luhanka")
    assert own.organisation == other.organisation
    assert own != other


def test_load_agreement_knows_an_organisation_by_its_code_where_it_has_no_business_id(
    agreement: Agreement, keski_suomi_text: dict[str, str]
):
    without = keski_suomi_text["fi"].replace("  business-id: 0174035-0\n", "", 1)
    assert without != keski_suomi_text["fi"]
    load_agreement({**keski_suomi_text, "fi": without.replace("id: keski-suomi-2023", "id: toinen", 1)}, by=SYSTEM)
    assert Organisation.objects.count() == 24


def test_load_agreement_refuses_a_text_that_loses_a_party(agreement: Agreement, keski_suomi_text: dict[str, str]):
    renamed = keski_suomi_text | {"fi": keski_suomi_text["fi"].replace("- id: luhanka\n", "- id: luhankaa\n", 1)}
    before = journal.revision(agreement)
    with pytest.raises(ValidationError, match=r"no longer names luhanka\. A party that leaves stays in the text"):
        load_agreement(renamed, by=SYSTEM)
    assert journal.revision(agreement) == before
    assert journal.texts(agreement).count() == 1


def test_load_agreement_refuses_two_parties_of_one_organisation(agreement: Agreement, keski_suomi_text: dict[str, str]):
    text = keski_suomi_text["fi"].replace("  business-id: 0174035-0\n", "", 1).replace("0174108-9", "0174035-0", 1)
    with pytest.raises(ValidationError, match="organisation of “joutsa” is another party already"):
        load_agreement(keski_suomi_text | {"fi": text}, by=SYSTEM)


def test_load_agreement_says_what_is_wrong_with_a_folder(db: None, tmp_path: Path):
    with pytest.raises(AgreementErrors):
        load_agreement(tmp_path, by=SYSTEM)
    (tmp_path / "agreement.fi.md").write_text("# Kirje {#kirje}\n")
    with pytest.raises(AgreementErrors):
        load_agreement(tmp_path, by=SYSTEM)


# Accounts


def test_create_administrator_can_sign_in(db: None):
    account = create_administrator("Aino.Yllapitaja@Example.ORG ", name=" Aino ", password=PASSWORD, by=SYSTEM)
    assert (account.email, account.name, account.language) == ("aino.yllapitaja@example.org", "Aino", "fi")
    assert account.is_administrator
    assert account.check_password(PASSWORD)


def test_create_account_keeps_personal_data_where_it_can_be_erased(db: None):
    account = create_account("olli@example.org", name="Olli Ulkopuolinen", by=SYSTEM)
    entry = Entry.objects.get(verb="create-account")
    assert entry.object_key == f"account:{account.pk}"
    assert entry.detail.after["email"] == "olli@example.org"
    for field in ("object_key", "actor_label", "verb"):
        assert "olli" not in getattr(entry, field).lower()


def test_create_account_without_password_lets_nobody_in(db: None):
    account = create_account("olli@example.org", name="Olli", by=SYSTEM)
    assert not account.has_usable_password()


@pytest.mark.parametrize(
    ("email", "name", "password", "message"),
    [
        ("olli", "Olli", PASSWORD, "Enter a valid email address."),
        ("", "Olli", PASSWORD, "This field cannot be blank."),
        ("olli@example.org", "  ", PASSWORD, "This field cannot be blank."),
        ("olli@example.org", "Olli", "lyhyt", "too short"),
        ("olli@example.org", "Olli", "123456789012345", "entirely numeric"),
        ("AINO@example.org", "Toinen Aino", PASSWORD, "There is an account for aino@example.org already."),
    ],
)
def test_create_account_refuses(db: None, email: str, name: str, password: str, message: str):
    create_account("aino@example.org", name="Aino", by=SYSTEM)
    with pytest.raises(ValidationError) as refused:
        create_account(email, name=name, password=password, by=SYSTEM)
    assert any(message in one for one in refused.value.messages), refused.value.messages
    assert Account.objects.count() == 1


def test_create_account_refuses_another_language(db: None):
    with pytest.raises(ValidationError, match="not a valid choice"):
        create_account("aino@example.org", name="Aino", language="ru", by=SYSTEM)


def test_create_account_is_for_administrators(administrator: Account, city_clerk: Account):
    create_account("uusi@example.org", name="Uusi", by=actor_for(administrator))
    with pytest.raises(NotAllowed):
        create_account("toinen@example.org", name="Toinen", by=actor_for(city_clerk))


def test_close_account_is_entered_and_ends_its_sessions_alone(administrator: Account, outsider: Account):
    for account in (outsider, administrator):
        assert (
            Client().post(reverse("account_login"), {"login": account.email, "password": PASSWORD}).status_code == 302
        )
    close_account(outsider, by=actor_for(administrator))
    outsider.refresh_from_db()
    assert not outsider.is_active
    assert [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()] == [str(administrator.pk)]
    entry = Entry.objects.get(verb="close-account")
    assert (entry.chain.name, entry.object_key, entry.actor_person) == (
        "common",
        f"account:{outsider.pk}",
        administrator.pk,
    )
    assert list(verify()) == []


def test_close_account_leaves_one_who_administers_the_installation(administrator: Account):
    with pytest.raises(ValidationError, match="Nobody else administers"):
        close_account(administrator, by=SYSTEM)
    create_administrator("toinen@example.org", name="Toinen", by=SYSTEM)
    close_account(administrator, by=SYSTEM)
    with pytest.raises(ValidationError, match="closed already"):
        close_account(administrator, by=SYSTEM)


def test_close_account_is_for_administrators(city_clerk: Account, outsider: Account):
    with pytest.raises(NotAllowed):
        close_account(outsider, by=actor_for(city_clerk))


def test_account_addresses_differ_in_more_than_case_even_past_the_actions(db: None):
    Account.objects.create_user("aino@example.org", name="Aino")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_user("AINO@example.org", name="Aino")


# Who administers a party


def test_appoint_party_administrator_begins_today_unless_said(agreement: Agreement, outsider: Account):
    luhanka = party_or_404(agreement, "luhanka")
    row = appoint_party_administrator(luhanka, account=outsider, by=SYSTEM)
    assert (row.valid_from, row.valid_to) == (today(), None)
    assert administers(outsider.pk, luhanka)
    entry = Entry.objects.filter(chain__name=agreement.slug).latest("sequence")
    assert (entry.verb, entry.object_key) == ("appoint-party-administrator", "party:luhanka")


def test_appoint_party_administrator_by_another_of_the_party(
    agreement: Agreement, small_municipality_clerk: Account, outsider: Account
):
    luhanka = party_or_404(agreement, "luhanka")
    appoint_party_administrator(luhanka, account=outsider, by=actor_for(small_municipality_clerk, luhanka))
    assert administers(outsider.pk, luhanka)


@pytest.mark.parametrize("who", ["city_clerk", "outsider", "county_coordinator"])
def test_appoint_party_administrator_is_refused_to_others(
    agreement: Agreement, who: str, request: pytest.FixtureRequest
):
    account = request.getfixturevalue(who)
    luhanka = party_or_404(agreement, "luhanka")
    with pytest.raises(NotAllowed, match="You do not act for Luhanka"):
        appoint_party_administrator(luhanka, account=account, by=Actor("person", person=account.pk))
    assert not administers(account.pk, luhanka)


def test_appoint_party_administrator_once_at_a_time(agreement: Agreement, small_municipality_clerk: Account):
    luhanka = party_or_404(agreement, "luhanka")
    with pytest.raises(ValidationError):
        appoint_party_administrator(luhanka, account=small_municipality_clerk, by=SYSTEM)


def test_appoint_party_administrator_refuses_an_end_before_the_beginning(agreement: Agreement, outsider: Account):
    with pytest.raises(ValidationError):
        appoint_party_administrator(
            party_or_404(agreement, "luhanka"),
            account=outsider,
            valid_from=date(2024, 1, 2),
            valid_to=date(2024, 1, 1),
            by=SYSTEM,
        )


def test_end_party_administrator_on_a_future_day_revokes_nothing_yet(
    agreement: Agreement, small_municipality_clerk: Account
):
    luhanka = party_or_404(agreement, "luhanka")
    row = PartyAdministrator.objects.get(account=small_municipality_clerk)
    end_party_administrator(row, last_day=today() + timedelta(days=30), by=SYSTEM)
    assert administers(small_municipality_clerk.pk, luhanka)
    assert not administers(small_municipality_clerk.pk, luhanka, today() + timedelta(days=31))


def test_end_party_administrator_takes_effect_at_once_unless_said(
    agreement: Agreement, small_municipality_clerk: Account
):
    luhanka = party_or_404(agreement, "luhanka")
    end_party_administrator(PartyAdministrator.objects.get(account=small_municipality_clerk), by=SYSTEM)
    assert not administers(small_municipality_clerk.pk, luhanka)
    assert administers(small_municipality_clerk.pk, luhanka, today() - timedelta(days=1))


def test_end_party_administrator_who_began_today(agreement: Agreement, outsider: Account):
    luhanka = party_or_404(agreement, "luhanka")
    end_party_administrator(appoint_party_administrator(luhanka, account=outsider, by=SYSTEM), by=SYSTEM)
    assert not PartyAdministrator.objects.filter(account=outsider).exists()


def test_end_party_administrator_makes_no_time_longer(agreement: Agreement, small_municipality_clerk: Account):
    row = PartyAdministrator.objects.get(account=small_municipality_clerk)
    last = today() + timedelta(days=30)
    end_party_administrator(row, last_day=last, by=SYSTEM)
    for day in (last, last + timedelta(days=1)):
        with pytest.raises(ValidationError, match="only until"):
            end_party_administrator(row, last_day=day, by=SYSTEM)
    end_party_administrator(row, last_day=today() - timedelta(days=20), by=SYSTEM)
    with pytest.raises(ValidationError, match="only until"):
        end_party_administrator(row, by=SYSTEM)
    end_party_administrator(row, last_day=today() - timedelta(days=40), by=SYSTEM)  # an earlier day puts it right
    row.refresh_from_db()
    assert row.valid_to == today() - timedelta(days=40)


def test_end_party_administrator_is_refused_to_others(
    agreement: Agreement, small_municipality_clerk: Account, city_clerk: Account
):
    row = PartyAdministrator.objects.get(account=small_municipality_clerk)
    with pytest.raises(NotAllowed):
        end_party_administrator(row, by=Actor("person", person=city_clerk.pk, party="luhanka"))


def test_actions_leave_the_journal_sound(
    agreement: Agreement,
    administrator: Account,
    small_municipality_clerk: Account,
    reworded: Callable[[str], dict[str, str]],
):
    load_agreement(reworded("Lisätty."), first_day=date(2024, 6, 1), by=actor_for(administrator))
    assert list(verify()) == []

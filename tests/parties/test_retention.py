"""Each kind is kept for its time, no longer, and the documentation says the same."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.parties.members import given_person
from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement, Detail, Entry
from yhdyspinta.journal.verify import verify
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties import actions
from yhdyspinta.parties.actions import Named
from yhdyspinta.parties.models import Account, Look, Party, PeopleTable, Person, Tenure
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.parties.retention import DAYS, kept_for
from yhdyspinta.parties.upkeep import forget_contacts, forget_old
from yhdyspinta.web.views import _KEPT

PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"
LONG_AGO = date(2022, 1, 1)


@pytest.fixture
def luhanka(agreement: Agreement) -> Party:
    return party_or_404(agreement, "luhanka")


@pytest.fixture
def gone(luhanka: Party) -> Person:
    """Held a post until the last of 2023, and is known since long ago."""
    person = actions.add_person(
        luhanka.organisation, name="Pirjo Peltonen", email="pirjo@example.org", phone="050 000 00 01", by=SYSTEM
    )
    Person.objects.update(made_at=timezone.now() - timedelta(days=2000))
    post = actions.add_post(luhanka.organisation, kind="registrar", by=SYSTEM)
    actions.hand_over_post(post, person=person, first_day=LONG_AGO, last_day=date(2023, 12, 31), by=SYSTEM)
    return person


# What the times are


def test_documentation_has_the_times_of_the_code():
    said = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| (\d+) \|$", PRIVACY.read_text(), re.MULTILINE))
    assert {kind: int(days) for kind, days in said.items()} == dict(DAYS)
    assert set(_KEPT) == set(DAYS)


def test_installation_says_other_times(settings: Any, client: Client, db: None):
    settings.KEEP_DAYS = {"looks": 1825}
    assert kept_for("looks") == timedelta(days=1825)
    assert kept_for("mail") == timedelta(days=180)
    shown = client.get("/en/tietosuoja/").content.decode()
    assert re.findall(r'<td class="number">(\d+)</td>', shown) == ["365", "1825", "90", "30", "180", "30"]


@pytest.mark.parametrize("language", ["", "sv/", "en/"])
def test_privacy_page_is_for_everyone_and_linked_from_each_page(language: str, client: Client, db: None):
    assert client.get(f"/{language}tietosuoja/").status_code == 200
    assert f'href="/{language}tietosuoja/"' in client.get(f"/{language}saavutettavuus/").content.decode()


# Contact data


def test_contact_data_goes_a_year_after_the_last_role(gone: Person):
    assert forget_contacts(date(2024, 12, 30)) == 0
    assert forget_contacts(date(2025, 1, 1)) == 1
    gone.refresh_from_db()
    assert (gone.name, gone.email, gone.phone, gone.version) == ("Pirjo Peltonen", "", "", 2)
    assert Entry.objects.filter(verb="forget-contacts", object_key=gone.key).count() == 1
    assert not Detail.objects.filter(body__contains="pirjo@example.org").exists()
    assert Detail.objects.filter(entry__verb="begin-tenure").exists()
    assert forget_contacts(today()) == 0
    assert list(verify()) == []


def test_contact_data_stays_while_somebody_has_a_role(gone: Person, luhanka: Party):
    actions.name_for_themes(luhanka, "counterpart", ["ict"], Named(gone, date(2024, 1, 1)), by=SYSTEM)
    assert forget_contacts(today()) == 0
    actions.end_naming(luhanka.namings.get(), last_day=date(2025, 1, 31), by=SYSTEM)
    assert forget_contacts(date(2026, 1, 30)) == 0
    assert forget_contacts(date(2026, 2, 1)) == 1


def test_contact_data_stays_for_who_begins_or_administers(
    gone: Person, luhanka: Party, outsider: Account, agreement: Agreement
):
    Tenure.objects.update(valid_from=today() + timedelta(days=30), valid_to=None)
    assert forget_contacts(today()) == 0
    Tenure.objects.all().delete()
    joutsa = party_or_404(agreement, "joutsa")
    given_person(joutsa, outsider)
    actions.appoint_party_administrator(joutsa, account=outsider, by=SYSTEM)
    Person.objects.update(made_at=timezone.now() - timedelta(days=2000))
    assert forget_contacts(today()) == 1
    assert Person.objects.get(account=outsider).email == outsider.email


def test_contact_data_of_who_was_added_lately_stays(gone: Person):
    Person.objects.update(made_at=timezone.now() - timedelta(days=100))
    assert forget_contacts(today()) == 0


# The other kinds


def test_log_of_looks_is_forgotten(outsider: Account):
    now = timezone.now()
    for days in (731, 729):
        Look.objects.create(account=outsider, at=now - timedelta(days=days), what=str(days))
    forget_old()
    assert [look.what for look in Look.objects.all()] == ["729"]


def test_tables_of_people_are_forgotten(luhanka: Party, outsider: Account):
    now = timezone.now()
    for days in (31, 29):
        made = now - timedelta(days=days)
        PeopleTable.objects.create(party=luhanka, account=outsider, name=str(days), rows=[], made_at=made)
    forget_old()
    assert [table.name for table in PeopleTable.objects.all()] == ["29"]


def test_invitations_that_were_never_accepted_lose_their_names(luhanka: Party):
    old, young, accepted = (
        actions.invite(luhanka, name=name, email=f"{name}@example.org", by=SYSTEM) for name in ("a", "b", "c")
    )
    actions.accept_invitation(accepted, password="kuntakokous-kokoontuu-2026")
    for invitation, days in ((old, 91), (young, 89), (accepted, 91)):
        invitation.link.expires_at = timezone.now() - timedelta(days=days)
        invitation.link.save()
    forget_old()
    emails = luhanka.invitations.order_by("pk").values_list("email", flat=True)
    assert list(emails) == ["", "b@example.org", "c@example.org"]
    said = [body for body in Detail.objects.values_list("body", flat=True) if "@example.org" in body]
    assert not any("a@example.org" in body for body in said)
    assert any("b@example.org" in body for body in said)
    assert list(verify()) == []


def test_messages_are_forgotten(db: None):
    code = {"code": "1", "name": "A", "minutes": 3}
    for days in (181, 179):
        message = post_mail(to=Recipient(f"a{days}@example.org"), template="login-code", context=code, kind="sign-in")
        assert message
        sent = timezone.now() - timedelta(days=days)
        Message.objects.filter(pk=message.pk).update(sent_at=sent, due_at=None)
    forget_old()
    assert [message.to_address for message in Message.objects.all()] == ["a179@example.org"]

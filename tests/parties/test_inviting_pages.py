"""A party's administrator invites, cancels, and ends another's administering."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.parties.people import url
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.mail.models import Message
from yhdyspinta.parties.actions import invite
from yhdyspinta.parties.links import token_of
from yhdyspinta.parties.models import Account, Link, Look, Party, Person


def test_invite_page_invites_one_of_the_people(luhanka: Party, pirjo: Person, luhankas: Client, settings: Any):
    settings.MAIL_WORKS = True
    html = luhankas.get(f"{url('invite')}?henkilo={pirjo.pk}").content.decode()
    assert 'value="pirjo@luhanka.example"' in html
    said = {"name": pirjo.name, "email": pirjo.email, "role": "member", "language": "fi"}
    assert luhankas.post(f"{url('invite')}?henkilo={pirjo.pk}", said)["Location"] == url("people")
    assert luhanka.invitations.get().person == pirjo
    html = luhankas.get(url("people")).content.decode()
    assert "pirjo@luhanka.example" in html
    assert "/kutsu/" not in html


def test_invite_page_notes_whose_address_it_shows(
    luhanka: Party, pirjo: Person, luhankas: Client, small_municipality_clerk: Account
):
    luhankas.get(url("invite"))
    silent = Person.objects.create(organisation=pirjo.organisation, name="Ilman Osoitetta")
    luhankas.get(f"{url('invite')}?henkilo={silent.pk}")
    assert not Look.objects.exists()
    luhankas.get(f"{url('invite')}?henkilo={pirjo.pk}")
    luhankas.post(f"{url('invite')}?henkilo={pirjo.pk}", {"name": "", "email": pirjo.email})
    looks = list(Look.objects.values_list("account", "what", "organisation", "people"))
    assert looks == [(small_municipality_clerk.pk, "invite:luhanka", pirjo.organisation_id, [pirjo.pk])] * 2


def test_invite_page_hands_the_link_over_once_where_no_mail_is_sent(
    luhanka: Party, luhankas: Client, client: Client, settings: Any
):
    settings.MAIL_WORKS = False
    said = {"name": "Vesa", "email": "vesa@luhanka.example", "role": "administrator", "language": "fi"}
    luhankas.post(url("invite"), said)
    html = luhankas.get(url("people")).content.decode()
    link = re.search(r"<code>\S*?(/kutsu/\S+)</code>", html)
    assert link
    assert "/kutsu/" not in luhankas.get(url("people")).content.decode()
    assert client.get(link[1]).status_code == 200


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"email": "ei osoite"}, "Enter a valid email address."),
        ({"name": ""}, "This must be filled in."),
        ({"role": "keisari"}, "Select a valid choice."),
        ({"email": "kirjaamo@example.org", "role": "administrator"}, "administers the party already."),
    ],
)
def test_invite_page_says_what_to_mend(luhanka: Party, luhankas: Client, said: dict[str, str], message: str):
    sent = {"name": "Vesa", "email": "vesa@luhanka.example", "role": "member", "language": "fi"} | said
    answer = luhankas.post(url("invite"), sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not luhanka.invitations.exists()
    assert not Message.objects.exists()


def test_invitation_is_sent_again_and_cancelled(luhanka: Party, luhankas: Client, client: Client):
    first = invite(luhanka, name="Vesa", email="vesa@luhanka.example", role="administrator", by=SYSTEM)
    luhankas.post(url("resend-invitation", invitation=first.pk))
    second = luhanka.invitations.exclude(pk=first.pk).get()
    assert second.role == "administrator"
    assert not Link.objects.get(pk=first.link_id).is_open()
    assert luhankas.post(url("cancel-invitation", invitation=first.pk)).status_code == 404
    luhankas.post(url("cancel-invitation", invitation=second.pk))
    assert not Link.objects.get(pk=second.link_id).is_open()
    assert client.get(reverse("parties:invitation", kwargs={"token": token_of(second.link)})).status_code == 410


def test_administrator_ends_another_and_oneself(
    luhanka: Party, small_municipality_clerk: Account, city_clerk: Account, luhankas: Client
):
    other = luhanka.administrators.create(account=city_clerk, valid_from=date(2024, 1, 1))
    own = luhanka.administrators.get(account=small_municipality_clerk)
    assert luhankas.get(url("end-administrator", row=other.pk)).status_code == 200
    assert luhankas.post(url("end-administrator", row=other.pk))["Location"] == url("people")
    html = luhankas.get(url("end-administrator", row=own.pk)).content.decode()
    assert "Nobody else administers the party." in html
    assert luhankas.post(url("end-administrator", row=own.pk))["Location"] == luhanka.get_absolute_url()
    assert luhankas.get(url("people")).status_code == 404
    assert luhankas.get(url("end-administrator", row=own.pk)).status_code == 404

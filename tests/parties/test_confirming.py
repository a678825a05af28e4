"""Whoever is asked says with one click that what is known is right, or what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.mail.models import Message
from yhdyspinta.parties.actions import erase_person
from yhdyspinta.parties.links import make_link, token_of
from yhdyspinta.parties.models import Account, Link, Person, Post


@pytest.fixture
def asked(pirjo: Person) -> Link:
    return make_link("confirm", pirjo.key, lasts=timedelta(days=60))


def confirm_page(link: Link) -> str:
    return reverse("parties:confirm", kwargs={"token": token_of(link)})


def test_confirm_page_shows_what_is_known_and_acts_on_post_only(pirjo: Person, post: Post, asked: Link, client: Client):
    answer = client.get(confirm_page(asked))
    html = answer.content.decode()
    for said in ("Pirjo Peltonen", "pirjo@luhanka.example", "+358 40 123 4567", "Counterpart: ICT", "director of"):
        assert said in html
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert Person.objects.get().confirmed_on is None
    assert client.post(confirm_page(asked)).status_code == 200
    assert Person.objects.get().confirmed_on == today()
    assert client.post(confirm_page(asked)).status_code == 410
    assert "Your answer has been received." in client.get(confirm_page(asked)).content.decode()


def test_confirm_page_sends_on_what_is_wrong(
    pirjo: Person, asked: Link, client: Client, small_municipality_clerk: Account
):
    empty = client.post(confirm_page(asked), {"text": "  "})
    assert empty.status_code == 422
    assert "Write what should be put right." in empty.content.decode()
    assert client.post(confirm_page(asked), {"text": "x" * 1001}).status_code == 422
    assert not Message.objects.exists()
    answer = client.post(confirm_page(asked), {"text": "Puhelin on 040 9"})
    assert answer.status_code == 200
    assert Message.objects.get().to_address == small_municipality_clerk.email
    assert Person.objects.get().confirmed_on is None
    assert client.get(confirm_page(asked)).status_code == 410


def test_confirm_page_is_not_there_for_who_is_gone(pirjo: Person, asked: Link, client: Client):
    erase_person(pirjo, reason="pyyntö", by=SYSTEM)
    assert client.get(confirm_page(asked)).status_code == 404

"""Twice a year whoever is named is asked whether what is known of them is right: once, by a link that expires."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.mail.models import Message
from yhdyspinta.parties import actions, upkeep
from yhdyspinta.parties.actions import Named
from yhdyspinta.parties.models import Link, Party, Person, Post
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.parties.upkeep import AGAIN, EVERY, ask_to_confirm, due_to_confirm, keep_up


@pytest.fixture(autouse=True)
def _mail_works(settings: Any) -> None:
    settings.MAIL_WORKS = True


@pytest.fixture
def luhanka(agreement: Agreement) -> Party:
    return party_or_404(agreement, "luhanka")


@pytest.fixture
def pirjo(luhanka: Party) -> Person:
    """Named long ago, and never asked."""
    return named(luhanka, "Pirjo Peltonen", "pirjo@example.org")


def named(party: Party, name: str, email: str = "", language: str = "fi") -> Person:
    person = actions.add_person(party.organisation, name=name, email=email, language=language, by=SYSTEM)
    Person.objects.filter(pk=person.pk).update(made_at=timezone.now() - EVERY - timedelta(days=1))
    actions.name_for_themes(party, "counterpart", ["ict"], Named(person, date(2024, 1, 1)), by=SYSTEM)
    return person


def link_in(message: Message) -> str:
    found = re.search(r"http://localhost:8000(/\S+)", message.text)
    assert found
    return found[1]


# Who is asked


def test_whoever_is_named_is_asked_once(pirjo: Person):
    assert (ask_to_confirm(), ask_to_confirm()) == (1, 0)
    message = Message.objects.get()
    assert (message.to_address, message.kind, message.about) == ("pirjo@example.org", "confirm", pirjo.key)
    assert message.secret
    assert "Luhangan kunta" in message.text
    assert Entry.objects.filter(verb="ask-to-confirm").count() == 1
    pirjo.refresh_from_db()
    assert pirjo.asked_on == today()


def test_mail_speaks_the_language_of_the_person(luhanka: Party):
    named(luhanka, "Sven Svensson", "sven@example.org", "sv")
    ask_to_confirm()
    message = Message.objects.get()
    assert message.language == "sv"
    assert link_in(message).startswith("/sv/vahvista/")


def test_whoever_is_named_by_their_post_is_asked(luhanka: Party):
    person = actions.add_person(luhanka.organisation, name="Riitta", email="riitta@example.org", by=SYSTEM)
    Person.objects.update(made_at=timezone.now() - timedelta(days=400))
    post = actions.add_post(luhanka.organisation, kind="registrar", by=SYSTEM)
    actions.hand_over_post(post, person=person, first_day=date(2024, 1, 1), by=SYSTEM)
    assert list(due_to_confirm(today())) == []
    actions.name_for_themes(luhanka, "coordinator", [""], Named(post, date(2024, 1, 1)), by=SYSTEM)
    assert list(due_to_confirm(today())) == [person]
    actions.hand_over_post(Post.objects.get(), person=None, first_day=today(), by=SYSTEM)
    assert list(due_to_confirm(today())) == []


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ({"email": ""}, False),
        ({"confirmed_on": today() - EVERY + timedelta(days=1)}, False),
        ({"confirmed_on": today() - EVERY}, True),
        ({"asked_on": today() - AGAIN + timedelta(days=1)}, False),
        ({"asked_on": today() - AGAIN}, True),
        ({"made_at": timezone.now() - timedelta(days=30)}, False),
    ],
)
def test_nobody_is_asked_too_often_or_without_an_address(said: dict[str, Any], due: bool, pirjo: Person):  # noqa: FBT001
    Person.objects.filter(pk=pirjo.pk).update(**said)
    assert ask_to_confirm() == int(due)
    assert Message.objects.count() == int(due)


def test_nobody_is_asked_whose_naming_is_over_or_to_come(luhanka: Party, pirjo: Person):
    actions.end_naming(luhanka.namings.get(), last_day=today() - timedelta(days=1), by=SYSTEM)
    later = Named(pirjo, today() + timedelta(days=1))
    actions.name_for_themes(luhanka, "counterpart", ["tkki"], later, by=SYSTEM)
    assert ask_to_confirm() == 0


def test_nobody_is_asked_where_no_mail_is_sent(pirjo: Person, settings: Any):
    settings.MAIL_WORKS = False
    assert ask_to_confirm() == 0
    pirjo.refresh_from_db()
    assert pirjo.asked_on is None


def test_a_worker_that_comes_late_asks_nobody_again(pirjo: Person):
    assert upkeep._ask(pirjo.pk, today())
    assert not upkeep._ask(pirjo.pk, today())
    assert Message.objects.count() == 1


# What becomes of it


def test_answer_by_the_link_counts_and_ends_it(pirjo: Person, client: Client):
    ask_to_confirm()
    at = link_in(Message.objects.get())
    assert client.get(at).status_code == 200
    pirjo.refresh_from_db()
    assert pirjo.confirmed_on is None
    assert client.post(at).status_code == 200
    pirjo.refresh_from_db()
    assert pirjo.confirmed_on == today()
    assert client.post(at).status_code == 410
    assert ask_to_confirm(today() + AGAIN) == 0
    assert ask_to_confirm(today() + EVERY) == 1


def test_link_expires_before_the_next_one_is_sent(pirjo: Person, client: Client):
    ask_to_confirm()
    at = link_in(Message.objects.get())
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(at).status_code == 410
    assert ask_to_confirm(today() + AGAIN) == 1
    newest = link_in(Message.objects.latest("pk"))
    assert client.get(newest).status_code == 200
    assert client.get(at).status_code == 410


def test_worker_does_it_each_minute(pirjo: Person):
    from yhdyspinta.cli.worker import CHORES  # noqa: PLC0415 -- one test of the joint

    assert "yhdyspinta.parties.upkeep:keep_up" in CHORES
    assert keep_up() == "1 asked whether their details are right"
    assert keep_up() == ""

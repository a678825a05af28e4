"""Letters go to every registry, with progress, once each; also when the worker is killed in between (DESIGN §4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from tests.requests.asking import NoSteps, acceptance, answered, asked, nominations, nominee, sent
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.mail.models import Message
from yhdyspinta.parties.models import Organisation
from yhdyspinta.requests.actions import renew_link, withdraw_request
from yhdyspinta.requests.models import Answer, Asked
from yhdyspinta.requests.posting import go_on_posting, post_letters, post_receipt
from yhdyspinta.tasks.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("mail_works")]


class Killed(Exception):
    """Stands for a worker that is killed."""


class KilledAfter:
    """Work that is cut off after so many steps."""

    def __init__(self, steps: int) -> None:
        self._left = steps
        self.said: list[tuple[int, int]] = []

    def step(self, done: int, total: int) -> None:
        """Count, and cut off."""
        self.said.append((done, total))
        self._left -= 1
        if self._left < 0:
            raise Killed


def test_each_registry_gets_its_letter_once(agreement, registries):
    request = acceptance(agreement)
    watched = KilledAfter(100)
    post_letters(watched, request=request.pk)
    post_letters(NoSteps(), request=request.pk)
    assert watched.said[0] == (0, 24)
    assert watched.said[-1] == (24, 24)
    assert sorted(Message.objects.values_list("to_address", flat=True)) == sorted(
        f"kirjaamo@{slug}.example" for slug in registries
    )
    message = Message.objects.get(to_address="kirjaamo@luhanka.example")
    assert [each["name"].rpartition(".")[2] for each in message.attachments] == ["pdf", "docx"]
    with default_storage.open(message.attachments[0]["path"]) as letter:
        assert letter.read(5) == b"%PDF-"
    assert "/vastaus/" in message.text
    assert asked(request, "luhanka").posted_to == "kirjaamo@luhanka.example"


def test_a_worker_that_dies_loses_no_letter_and_repeats_none(agreement, registries):
    request = acceptance(agreement)
    for steps in (3, 5, 8):
        with pytest.raises(Killed):
            post_letters(KilledAfter(steps), request=request.pk)
    before = dict(Message.objects.values_list("to_address", "message_id"))
    post_letters(NoSteps(), request=request.pk)
    after = dict(Message.objects.values_list("to_address", "message_id"))
    assert len(after) == 24
    assert Message.objects.count() == 24
    assert before.items() <= after.items(), "what was in the outbox keeps its Message-ID"


def test_the_clock_takes_up_what_no_task_has_in_hand(agreement, registries):
    request = acceptance(agreement)
    assert go_on_posting() == "", "the task has just been asked for"
    Task.objects.update(made_at=timezone.now() - timedelta(hours=1), ended_at=timezone.now(), refusal="x")
    request.sent_at = timezone.now() - timedelta(hours=1)
    request.save(update_fields=["sent_at"])
    assert go_on_posting().startswith("1 requests")
    assert go_on_posting() == ""
    assert Task.objects.filter(ended_at__isnull=True).count() == 1


def test_a_party_without_registry_is_written_to_at_its_administrators(agreement, small_municipality_clerk):
    request = sent(agreement, to=["luhanka", "joutsa"])
    post_letters(NoSteps(), request=request.pk)
    (message,) = Message.objects.all()
    assert message.to_address == small_municipality_clerk.email
    nobody = asked(request, "joutsa")
    assert (nobody.posted_at is None, nobody.posted_to) == (False, "")


def test_the_letter_is_in_the_partys_language(agreement, registries):
    Organisation.objects.filter(pk=registries["luhanka"].organisation_id).update(languages=["sv", "fi"])
    request = sent(agreement, to=["luhanka"])
    post_letters(NoSteps(), request=request.pk)
    message = Message.objects.get()
    assert message.language == "sv"
    assert "/sv/vastaus/" in message.text


def test_nothing_is_posted_of_a_request_that_was_taken_back(agreement, registries):
    request = acceptance(agreement)
    withdraw_request(request, reason="Virhe.", by=SYSTEM)
    post_letters(NoSteps(), request=request.pk)
    assert not Message.objects.exists()


def test_a_new_link_sends_the_letter_again_under_a_new_message(agreement, registries):
    request = sent(agreement, to=["luhanka"])
    post_letters(NoSteps(), request=request.pk)
    renew_link(asked(request, "luhanka"), by=SYSTEM)
    post_letters(NoSteps(), request=request.pk)
    assert Message.objects.count() == 2


def test_the_receipt_goes_to_the_registry_once(agreement, registries):
    request = nominations(agreement, registries)
    made = answered(request, "luhanka", "nominated", nominees=(nominee("Aino Aalto", title="suunnittelija"),))
    post_receipt(NoSteps(), answer=made.pk)
    post_receipt(NoSteps(), answer=made.pk)
    (message,) = Message.objects.filter(kind="receipt")
    assert message.to_address == "kirjaamo@luhanka.example"
    assert len(message.attachments) == 2
    made.refresh_from_db()
    assert made.receipt is not None
    assert made.receipt.media_type == "application/pdf"
    with translation.override("en"):
        correction = answered(request, "luhanka", "nobody", version=1)
    post_receipt(NoSteps(), answer=correction.pk)
    assert Message.objects.filter(kind="receipt").count() == 2


def test_a_receipt_that_was_left_is_taken_up_by_the_clock(agreement, registries):
    request = sent(agreement, to=["luhanka"])
    Asked.objects.update(posted_at=timezone.now())
    answered(request, "luhanka", "stated")
    Answer.objects.update(given_at=timezone.now() - timedelta(hours=1))
    Task.objects.all().delete()
    assert go_on_posting() == "0 requests and 1 receipts taken up again"

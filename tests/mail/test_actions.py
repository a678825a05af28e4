from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import TemplateDoesNotExist
from django.utils import timezone

from tests.mail.conftest import LETTER, LIISA, arguments
from yhdyspinta.mail.actions import (
    STALE,
    TRIES,
    WAITS,
    drop_old,
    forget_mail,
    give_up,
    give_up_waiting,
    lease_message,
    mark_sent,
    post_mail,
    put_off,
)
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.mail.rendering import MissingVariable

pytestmark = pytest.mark.django_db

SUBJECTS = {"fi": "suomi: Aino & Eero", "sv": "finska: Aino & Eero", "en": "Finnish: Aino & Eero"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_message_speaks_the_language_of_its_recipient(post, language):
    message = post(to=Recipient("liisa@example.org", "Liisa", language))
    assert message.subject.lower() == SUBJECTS[language].lower()
    assert message.language == language


def test_message_in_a_language_that_is_not_spoken_is_in_finnish(post):
    assert post(to=Recipient("liisa@example.org", language="de")).language == "fi"


def test_text_has_no_needless_white_space_and_says_who_sends_it(post):
    lines = post(to=Recipient("liisa@example.org", "Liisa", "en")).text.split("\n")
    assert lines[:4] == ["Liisa, Aino & Eero:", "", "- Finnish", lines[3]]
    assert lines[-2:] == ["This message comes from Yhdyspinta, http://localhost:8000/", ""]


def test_message_belongs_to_the_change_that_it_tells_of(post):
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_same_key_is_posted_once(post):
    post(key="reminder:1")
    assert post_mail(**arguments(key="reminder:1")) is None
    assert post_mail(**arguments(key="reminder:2"))
    assert post_mail(**arguments())
    assert post_mail(**arguments())
    assert Message.objects.count() == 4


def test_attachments_stand_in_the_row_under_a_name_of_one_line(post):
    message = post(attachments=[replace(LETTER, name="Pyyntö\r\nBcc: a@b.fi\x00.pdf")])
    message.refresh_from_db()
    assert message.attachments == [
        {"name": "Pyyntö Bcc: a@b.fi.pdf", "media_type": "application/pdf", "path": LETTER.path}
    ]
    assert post().attachments == []


def test_key_of_a_message_let_go_still_holds_back_another(post):
    mark_sent(post(key="reminder:1", attachments=[LETTER]), now=timezone.now())
    mark_sent(post(), now=timezone.now())
    waiting = post()
    assert drop_old(timezone.now() + timedelta(seconds=1)) == 2
    assert post_mail(**arguments(key="reminder:1")) is None
    kept = Message.objects.get(key="reminder:1")
    assert (kept.to_address, kept.to_name, kept.subject, kept.text, kept.attachments) == ("", "", "", "", [])
    assert set(Message.objects.all()) == {kept, waiting}
    assert drop_old(timezone.now() + timedelta(seconds=1)) == 0


@pytest.mark.parametrize("address", ["", "liisa", "liisa@", "a@b.fi\nBcc: c@d.fi", "a@b.fi, c@d.fi", "Liisa <a@b.fi>"])
def test_what_is_no_address_is_refused(post, address):
    with pytest.raises(ValidationError, match="no e-mail address"):
        post(to=Recipient(address))
    with pytest.raises(ValidationError, match="no e-mail address"):
        post(reply_to=address or "-")
    assert not Message.objects.exists()


def test_name_and_subject_are_one_line_whatever_is_in_them(post):
    evil = "Aino\r\nBcc: muu@example.org\x00\u2028\u202e"
    message = post(to=Recipient("liisa@example.org", evil), context=arguments()["context"] | {"name": evil})
    assert message.to_name == "Aino Bcc: muu@example.org"
    assert message.subject.endswith(": Aino Bcc: muu@example.org")
    assert "\x00" not in message.text


def test_long_names_fit(post):
    message = post(to=Recipient("liisa@example.org", "ä" * 300), context=arguments()["context"] | {"name": "ö" * 300})
    assert (len(message.to_name), len(message.subject)) == (200, 250)


def test_missing_variable_is_an_error_and_not_a_gap(post):
    with pytest.raises(MissingVariable, match="`day`"):
        post(context={"name": "Aino"})
    assert not Message.objects.exists()


def test_variable_that_is_only_asked_for_may_be_missing(post):
    context = {name: value for name, value in arguments()["context"].items() if name != "more"}
    assert post(context=context).text


def test_unknown_template_is_an_error(post):
    with pytest.raises(TemplateDoesNotExist):
        post(template="unknown")


def test_message_id_is_of_the_sender_and_each_its_own(post, settings):
    settings.DEFAULT_FROM_EMAIL = "Yhdyspinta <yhdyspinta@jyväskylä.fi>"
    first, second = post(), post()
    assert first.message_id.endswith("@xn--jyvskyl-7wae.fi>")
    assert first.message_id != second.message_id


def test_leased_message_is_no_others_until_its_lease_ends(post):
    message, now = post(), timezone.now()
    other = Message.objects.get()
    assert lease_message(message, now=now)
    assert not lease_message(other, now=now)
    assert lease_message(other, now=now + timedelta(minutes=6))
    assert other.attempts == 2
    put_off(message, "too late", now=now)  # the first worker wakes up again: it is not its message any more
    other.refresh_from_db()
    assert (other.last_error, other.state) == ("", Message.State.WAITING)


def test_waits_grow_and_end_within_five_days(post):
    message, now = post(), timezone.now()
    waits = []
    for _ in range(TRIES - 1):
        assert lease_message(message, now=now)
        assert put_off(message, "450 later", now=now)
        message.refresh_from_db()
        assert message.due_at
        waits.append(message.due_at - now)
        assert not lease_message(message, now=message.due_at - timedelta(seconds=1))
        now = message.due_at
    assert waits == list(WAITS)
    assert waits[:6] == [timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720)]
    assert timedelta(days=4.5) < sum(waits, timedelta()) <= timedelta(days=5)
    assert lease_message(message, now=now)
    assert not put_off(message, "450 later", now=now)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (Message.State.GIVEN_UP, "450 later")


@pytest.mark.parametrize("settle", [mark_sent, lambda message, now: give_up(message, "550 no", now=now)])
def test_secret_is_erased_once_it_is_settled(post, settle):
    secret, other = post(secret=True, attachments=[LETTER]), post(attachments=[LETTER])
    for message in (secret, other):
        settle(message, now=timezone.now())
        message.refresh_from_db()
    assert (secret.text, secret.attachments, secret.to_address) == ("", [], LIISA.address)
    assert other.text
    assert [each["name"] for each in other.attachments] == [LETTER.name]


def test_database_refuses_a_secret_that_is_kept(post):
    message = post(secret=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(sent_at=timezone.now(), due_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(sent_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(to_address="")


def test_forgotten_mail_says_nothing_and_is_not_sent(post):
    about = ({"about": "person:1", "key": "a"}, {"about": "person:1"}, {"about": "person:2"})
    sent, waiting, other = (post(**each, attachments=[LETTER]) for each in about)
    mark_sent(sent, now=timezone.now())
    assert forget_mail(about="person:1") == 2
    for message in (sent, waiting, other):
        message.refresh_from_db()
    assert {sent.state, waiting.state} == {Message.State.SENT, Message.State.GIVEN_UP}
    assert (waiting.to_address, waiting.to_name, waiting.subject, waiting.text) == ("", "", "", "")
    assert (sent.to_address, sent.text, sent.key) == ("", "", "a")
    assert [len(each.attachments) for each in (sent, waiting, other)] == [0, 0, 1]
    assert (other.to_address, other.state) == (LIISA.address, Message.State.WAITING)


def test_mail_to_an_address_is_forgotten_whatever_it_is_about(post):
    post(about="request:1")
    post(to=Recipient("muu@example.org"))
    assert forget_mail(address="LIISA@example.org") == 1
    assert [one.to_address for one in Message.objects.order_by("id")] == ["", "muu@example.org"]


@pytest.mark.parametrize("said", [{}, {"about": "person:1", "address": "a@b.fi"}])
def test_forgetting_says_what(said):
    with pytest.raises(ValueError, match="say either"):
        forget_mail(**said)


def test_all_that_waits_can_be_given_up(post):
    mark_sent(post(), now=timezone.now())
    post(secret=True)
    assert give_up_waiting("from a backup") == 1
    assert Message.objects.get(secret=True).last_error == "from a backup"
    assert Message.objects.get(secret=False).state == Message.State.SENT


def test_secret_is_not_kept_where_no_mail_server_is_set(post, settings):
    settings.MAIL_WORKS = False
    secret, other = post(secret=True, key="invitation:1", attachments=[LETTER]), post()
    assert (secret.state, secret.text, secret.last_error) == (Message.State.GIVEN_UP, "", "no mail server is set")
    assert secret.attachments == []
    assert (other.state, other.last_error) == (Message.State.WAITING, "")
    settings.MAIL_WORKS = True
    assert post_mail(**arguments(secret=True, key="invitation:1")) is None


@pytest.mark.parametrize("works", [True, False])
def test_what_has_waited_for_a_month_is_given_up_and_emptied_whether_or_not_mail_works(post, settings, works):
    secret, refused, newer = post(secret=True, key="confirm:1"), post(attachments=[LETTER]), post(secret=True)
    now = timezone.now()
    Message.objects.exclude(pk=newer.pk).update(made_at=now - STALE - timedelta(hours=1), lease_until=now)
    Message.objects.filter(pk=refused.pk).update(last_error="450 later")
    settings.MAIL_WORKS = works
    assert drop_old(now - timedelta(days=180)) == 0
    for message in (secret, refused, newer):
        message.refresh_from_db()
    assert {secret.state, refused.state} == {Message.State.GIVEN_UP}
    assert (secret.text, refused.text, refused.attachments) == ("", "", [])
    assert (secret.last_error, refused.last_error) == ("it waited for more than 30 days", "450 later")
    assert (newer.state, bool(newer.text)) == (Message.State.WAITING, True)

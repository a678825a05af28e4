"""What is due goes over a real conversation, and each row says what became of it."""

from __future__ import annotations

import smtplib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.mail.conftest import LETTER, LIISA, free_port
from yhdyspinta.mail.actions import STALE, TRIES
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.mail.sending import Delivered, deliver_due, refusal_of

pytestmark = pytest.mark.django_db

CONTENT = b"%PDF-1.7\n\x00\xff\r\nrest"


@pytest.fixture
def letter(settings, tmp_path):
    """Keep the letter in a storage of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "storage"
    default_storage.save(LETTER.path, ContentFile(CONTENT))
    return LETTER


def test_message_arrives_as_it_was_posted(post, server, post_office):
    message = post(reply_to="kirjaamo@example.org")
    assert deliver_due() == Delivered(sent=1)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (Message.State.SENT, 1, "")
    (arrived,) = post_office.taken
    assert arrived["To"] == "Liisa Luhankalainen <liisa@example.org>"
    assert arrived["From"] == "Yhdyspinta <yhdyspinta@example.fi>"
    assert arrived["Subject"] == message.subject
    assert arrived["Message-ID"] == message.message_id
    assert arrived["Reply-To"] == "kirjaamo@example.org"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Content-Language"] == "fi"
    assert arrived["List-Id"] == "<greeting.localhost>"
    assert arrived["Date"].datetime == message.made_at.replace(microsecond=0)
    assert arrived.get_content_type() == "multipart/alternative"
    plain, html = arrived.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == message.text
    assert 'href="http://localhost:8000/linkki/?a=1&amp;b=2"' in html.get_content()
    assert "Aino &amp; Eero" in html.get_content()
    assert {plain["Content-Transfer-Encoding"], html["Content-Transfer-Encoding"]} == {"quoted-printable"}


def test_secret_goes_whole_and_is_not_filed_as_a_list(post, server, post_office):
    message = post(secret=True)
    text = message.text
    assert deliver_due().sent == 1
    (arrived,) = post_office.taken
    plain, _html = arrived.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == text
    assert "List-Id" not in arrived
    message.refresh_from_db()
    assert message.text == ""


@pytest.mark.parametrize(
    "name", ['Luhanka, "kirjaamo" <x@y.fi>', "Äijälä; Öljy (Oy)", "ä" * 200, "a\\", "=?utf-8?q?a?="]
)
def test_no_name_breaks_out_of_its_place(post, server, post_office, name):
    post(to=Recipient(LIISA.address, name))
    assert deliver_due().sent == 1
    (arrived,) = post_office.taken
    (to,) = arrived["To"].addresses
    assert to.addr_spec == LIISA.address
    # Python's own reader keeps the spaces between the pieces of a long name
    assert to.display_name.replace(" ", "") in {name.replace(" ", ""), "a"}


def test_many_go_in_one_conversation_the_oldest_first(post, server, post_office):
    posted = [post().message_id for _ in range(5)]
    assert deliver_due(limit=3).sent == 3
    assert post_office.ids == posted[:3]
    assert post_office.conversations == 1
    assert deliver_due().sent == 2
    assert post_office.ids == posted
    assert deliver_due() == Delivered()
    assert post_office.conversations == 2


def test_nothing_is_done_where_no_mail_server_is_set(post, server, post_office, settings):
    settings.MAIL_WORKS = False
    message = post()
    assert deliver_due() == Delivered()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Message.State.WAITING, 0)


def test_refusal_of_one_for_now_puts_that_one_off(post, server, post_office):
    post_office.refuses["liisa@example.org"] = "450 4.2.1 Greylisted, come back"
    message, other = post(), post(to=Recipient("muu@example.org"))
    assert deliver_due() == Delivered(sent=1, put_off=1)
    message.refresh_from_db()
    assert message.last_error == "450 4.2.1 Greylisted, come back"
    assert message.state == Message.State.WAITING
    post_office.refuses.clear()
    assert deliver_due() == Delivered()
    assert deliver_due(timezone.now() + timedelta(minutes=1)).sent == 1
    assert post_office.ids == [other.message_id, message.message_id]


def test_refusal_of_one_for_good_gives_that_one_up(post, server, post_office):
    post_office.refuses["liisa@example.org"] = "550 5.1.1 No such user"
    message, _other = post(secret=True), post(to=Recipient("muu@example.org"))
    assert deliver_due() == Delivered(sent=1, given_up=1)
    message.refresh_from_db()
    assert (message.state, message.last_error, message.text) == (
        Message.State.GIVEN_UP,
        "550 5.1.1 No such user",
        "",
    )
    assert deliver_due(timezone.now() + timedelta(days=4)) == Delivered()


@pytest.mark.parametrize(("answer", "fared"), [("451 busy", "put_off"), ("554 spam", "given_up")])
def test_refusal_of_the_text_is_told_apart_likewise(post, server, post_office, answer, fared):
    post()
    post_office.answer_to_data = answer
    assert getattr(deliver_due(), fared) == 1


def test_refused_sender_is_the_installations_to_mend(post, server, post_office, caplog):
    messages = [post(), post()]
    post_office.answer_to_sender = "553 5.7.1 Sender is not allowed"
    assert deliver_due() == Delivered(put_off=1)
    messages[0].refresh_from_db()
    assert messages[0].last_error == "553 5.7.1 Sender is not allowed"
    assert "Sender is not allowed" in caplog.text
    post_office.answer_to_sender = ""
    assert deliver_due().sent == 1
    assert deliver_due(timezone.now() + timedelta(minutes=1)).sent == 1


def test_server_that_is_away_costs_one_message_a_try(post, server, settings):
    settings.EMAIL_PORT = free_port()
    messages = [post(), post()]
    assert deliver_due() == Delivered(put_off=1)
    for message in messages:
        message.refresh_from_db()
    assert [message.attempts for message in messages] == [1, 0]
    assert "refused" in messages[0].last_error.lower()


def test_log_does_not_name_who_was_refused(post, server, post_office, caplog):
    post_office.refuses["liisa@example.org"] = "550 <liisa@example.org> unknown"
    post()
    deliver_due()
    assert "refused, 550" in caplog.text
    assert "liisa" not in caplog.text


def test_message_that_each_time_ended_its_worker_is_given_up(post, server, post_office):
    message = post()
    Message.objects.update(attempts=TRIES)
    assert deliver_due() == Delivered(given_up=1)
    message.refresh_from_db()
    assert message.last_error == "every try was cut off"
    assert post_office.taken == []


def test_message_that_waited_for_a_month_surprises_nobody(post, server, post_office):
    message = post()
    Message.objects.update(made_at=timezone.now() - STALE - timedelta(hours=1))
    assert deliver_due() == Delivered(given_up=1)
    message.refresh_from_db()
    assert message.last_error == "it waited for more than 30 days"
    assert post_office.taken == []


def test_round_ends_when_it_is_told_to(post, server, post_office):
    post(), post()
    assert deliver_due(stopping=lambda: len(post_office.taken) == 1) == Delivered(sent=1)
    assert Message.objects.get(sent_at__isnull=True).attempts == 0


def test_message_forgotten_while_it_was_in_the_air_has_been_sent(post, server, post_office, settings):
    from yhdyspinta.mail.actions import forget_mail, lease_message, mark_sent  # noqa: PLC0415

    message = post(about="person:1")
    assert lease_message(message, now=timezone.now())
    forget_mail(about="person:1")
    mark_sent(message, now=timezone.now())
    message.refresh_from_db()
    assert (message.state, message.text) == (Message.State.SENT, "")


def test_attachment_arrives_as_it_is_kept(post, server, post_office, letter):
    message = post(attachments=[letter, replace(letter, name="Liite 1.pdf")])
    assert deliver_due() == Delivered(sent=1)
    (arrived,) = post_office.taken
    assert arrived.get_content_type() == "multipart/mixed"
    plain = arrived.get_body(("plain",))
    assert plain.get_content().replace("\r\n", "\n") == message.text
    assert arrived.get_body(("html",))
    attached = [
        (each.get_filename(), each.get_content_type(), each.get_content()) for each in arrived.iter_attachments()
    ]
    assert attached == [(name, "application/pdf", CONTENT) for name in (letter.name, "Liite 1.pdf")]


def test_each_try_is_the_same_to_the_last_byte(post, server, post_office, letter):
    post(attachments=[letter])
    post_office.answer_to_data = "451 busy"
    assert deliver_due() == Delivered(put_off=1)
    post_office.answer_to_data = ""
    assert deliver_due(timezone.now() + timedelta(minutes=1)) == Delivered(sent=1)
    first, second = post_office.contents
    assert first == second


def test_two_messages_part_their_parts_differently(post, server, post_office):
    post(), post()
    assert deliver_due().sent == 2
    assert len({one.get_boundary() for one in post_office.taken}) == 2


@pytest.mark.parametrize(
    "path", ["letters/gone.pdf", "letters", "letters/nimeamispyynto.pdf/x", "../x.pdf", "a\x00b", ""]
)
def test_message_whose_attachment_is_gone_is_given_up_and_the_round_goes_on(
    post, server, post_office, letter, path, caplog
):
    message, other = post(attachments=[letter, replace(letter, path=path)]), post()
    assert deliver_due() == Delivered(sent=1, given_up=1)
    assert post_office.ids == [other.message_id]
    message.refresh_from_db()
    assert message.state == Message.State.GIVEN_UP
    assert message.last_error == f"the attachment is no longer kept: {letter.name}"
    assert "could not be put together" in caplog.text
    assert letter.name not in caplog.text


def test_storage_that_cannot_be_read_now_puts_that_one_off(post, server, post_office, letter):
    looped = Path(default_storage.path("loop.pdf"))
    looped.symlink_to(looped)
    message, other = post(attachments=[replace(letter, path="loop.pdf")]), post()
    assert deliver_due() == Delivered(sent=1, put_off=1)
    assert post_office.ids == [other.message_id]
    message.refresh_from_db()
    assert (message.state, len(message.attachments)) == (Message.State.WAITING, 1)


@pytest.mark.parametrize(
    ("error", "for_good", "ends_round"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.fi": (421, b"closing")}), False, True),
        (smtplib.SMTPRecipientsRefused({"a@b.fi": (550, b"no")}), True, False),
        (smtplib.SMTPDataError(552, b"full"), True, False),
        (smtplib.SMTPAuthenticationError(535, b"bad password"), False, True),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), False, True),
        (smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server."), False, True),
        (TimeoutError(), False, True),
    ],
)
def test_answers_are_read_as_the_standard_means_them(error, for_good, ends_round):
    refusal = refusal_of(error)
    assert (refusal.for_good, refusal.ends_round) == (for_good, ends_round)
    assert refusal.reason

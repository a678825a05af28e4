"""A mail server that holds a real conversation, and somebody to write to."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from threading import Event
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.attachment import Attachment
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.recipient import Recipient

LIISA = Recipient("liisa@example.org", "Liisa Luhankalainen", "fi")
LETTER = Attachment("Nimeämispyyntö 2026.pdf", "application/pdf", "letters/nimeamispyynto.pdf")
DAY = dt.date(2026, 11, 24)


class PostOffice:
    """Takes mail in; can be told to refuse an address, the text or the sender, and to hold an answer back."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.contents: list[bytes] = []
        self.refuses: dict[str, str] = {}
        self.answer_to_data = ""
        self.answer_to_sender = ""
        self.conversations = 0
        self.holds_answer = False
        self.reached = Event()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 -- aiosmtpd's
        self.conversations += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.answer_to_sender:
            return self.answer_to_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.contents.append(envelope.content)
        if self.answer_to_data:
            return self.answer_to_data
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.reached.set()
        while self.holds_answer:  # noqa: ASYNC110 -- set by the test's thread, where an asyncio.Event may not be
            await asyncio.sleep(0.05)
        return "250 taken"

    @property
    def ids(self) -> list[str]:
        return [str(one["Message-ID"]) for one in self.taken]


@pytest.fixture
def post_office() -> PostOffice:
    return PostOffice()


@pytest.fixture(autouse=True)
def _mail_works(settings: Any) -> None:
    """Nearly every test here is of an installation with a mail server."""
    settings.MAIL_WORKS = True


@pytest.fixture
def server(post_office: PostOffice, settings: Any) -> Iterator[Controller]:
    """The mail server, running, and this installation told of it."""
    controller = Controller(post_office, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_TIMEOUT = 10
    settings.DEFAULT_FROM_EMAIL = "Yhdyspinta <yhdyspinta@example.fi>"
    try:
        yield controller
    finally:
        post_office.holds_answer = False
        controller.stop()


@pytest.fixture
def post(db: None) -> Callable[..., Message]:
    """Post a message to Liisa, unless told otherwise."""

    def posted(**changed: Any) -> Message:
        message = post_mail(**arguments(**changed))
        assert message
        return message

    return posted


def arguments(**changed: Any) -> dict[str, Any]:
    return {
        "to": LIISA,
        "template": "greeting",
        "context": {"name": "Aino & Eero", "day": DAY, "more": "http://localhost:8000/linkki/?a=1&b=2."},
        "kind": "greeting",
    } | changed


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

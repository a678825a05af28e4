"""A row of the outbox as a message of the internet (RFC 5322)."""

from __future__ import annotations

import hashlib
from email.charset import QP, Charset
from email.utils import format_datetime, quote
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from yhdyspinta.mail.attachment import content_of
from yhdyspinta.mail.html import as_html
from yhdyspinta.mail.models import Message

_SEVEN_BIT = Charset("utf-8")
_SEVEN_BIT.body_encoding = QP  # not every server takes eight bits, nor long lines


class _SameEachTime(EmailMultiAlternatives):
    """Python draws the lines between the parts of a message by lot; these follow from its Message-ID."""

    def message(self, **options: Any) -> Any:
        """Return the message in its parts."""
        made = super().message(**options)
        named = hashlib.sha256(self.extra_headers["Message-ID"].encode()).hexdigest()[:32]
        parts = (part for part in made.walk() if part.is_multipart())
        for number, part in enumerate(parts):
            part.set_boundary(f"={number}={named}=")
        return made


def envelope(message: Message, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """Return a message as plain text with the same in HTML, and its attachments.

    It is the same at every try to the last byte, its Message-ID too.

    Raises:
        AttachmentMissing: an attachment is not in the storage any more.
        OSError: the storage cannot be read now.

    """
    headers = {
        "Message-ID": message.message_id,
        "Date": format_datetime(timezone.localtime(message.made_at)),
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's holiday notice answers
        "X-Auto-Response-Suppress": "OOF, AutoReply",  # the same to Exchange
    }
    if not message.secret:
        headers["List-Id"] = f"<{message.kind}.{_host()}>"  # RFC 2919: programs file each kind by itself
    envelope = _SameEachTime(
        subject=message.subject,
        body=message.text,
        to=[f'"{quote(message.to_name)}" <{message.to_address}>' if message.to_name else message.to_address],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=headers,
        alternatives=[(as_html(message.text, title=message.subject, language=message.language), "text/html")],
        connection=connection,
    )
    envelope.encoding = _SEVEN_BIT
    for each in message.attachments:
        envelope.attach(each["name"], content_of(each), each["media_type"])
    return envelope


def _host() -> str:
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    return host.encode("idna").decode("ascii")

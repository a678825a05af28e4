"""The worker's part: what is due in the outbox goes to the mail server, and each row says what became of it."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.translation import override

from yhdyspinta.mail import queries
from yhdyspinta.mail.actions import TRIES, give_up, give_up_stale, lease_message, mark_sent, put_off
from yhdyspinta.mail.envelope import envelope
from yhdyspinta.mail.models import Message

_log = logging.getLogger(__name__)

_CLOSING = 421
"""The server says that it ends the conversation (RFC 5321 3.8)."""


class Delivered(NamedTuple):
    """What a round did."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.put_off} put off, {self.given_up} given up"


class Refusal(NamedTuple):
    """Why a message did not go."""

    reason: str
    for_good: bool
    """The server will not take it tomorrow either."""
    ends_round: bool
    """It is the server or the way to it, not this message: others would fare the same now."""
    is_ours: bool = False
    """It never came to the server."""


def deliver_due(
    now: datetime | None = None, *, limit: int = 200, stopping: Callable[[], bool] = lambda: False
) -> Delivered:
    """Send what is due, over one conversation with the mail server, and return how many messages fared how.

    Each message is taken up under a lease, sent outside of any transaction, and marked before the next one. A worker
    that dies leaves one message at most in the air; its lease ends, and it goes again under the same Message-ID.
    ``stopping`` is asked before each message. Where no mail server is set, nothing is done: the rows wait.
    """
    if not settings.MAIL_WORKS:
        return Delivered()
    counts = dict.fromkeys(Delivered._fields, 0) | {"given_up": give_up_stale(now or timezone.now())}
    connection = get_connection()
    try:
        for message in queries.due(now or timezone.now())[:limit]:
            moment = now or timezone.now()
            if stopping():
                break
            if not lease_message(message, now=moment):
                continue
            if message.attempts > TRIES:
                give_up(message, message.last_error or "every try was cut off", now=moment)
                counts["given_up"] += 1
                continue
            refusal = _send(message, connection)
            counts[_settle(message, refusal, now or timezone.now())] += 1
            if refusal and refusal.ends_round:
                break
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.close()
    return Delivered(**counts)


def _send(message: Message, connection: BaseEmailBackend) -> Refusal | None:
    """Hand a message to the server; return why it did not take it, or None."""
    try:
        with override(message.language):
            written = envelope(message, connection)
    except OSError as error:  # our own storage, for this one's attachment; others may have none
        return Refusal(_reason(error), for_good=False, ends_round=False, is_ours=True)
    except ValueError as error:
        return Refusal(_reason(error), for_good=True, ends_round=False, is_ours=True)
    try:
        connection.open()  # once: later calls find it open
        with override(message.language):
            written.send()
    except (smtplib.SMTPException, OSError) as error:
        return refusal_of(error)
    except ValueError as error:  # what cannot be written as a message, cannot be tomorrow either
        return Refusal(_reason(error), for_good=True, ends_round=False, is_ours=True)
    return None


def _settle(message: Message, refusal: Refusal | None, now: datetime) -> str:
    """Write down what became of a message, and return under which count it goes."""
    if refusal is None:
        mark_sent(message, now=now)
        return "sent"
    # A refusal of one message may name its recipient: that stands in the row, not in a log
    why = refusal.reason if refusal.ends_round else f"refused, {refusal.reason[:3]}"
    if refusal.is_ours:
        why = "it could not be put together"
    _log.warning("message %s (%s): %s", message.pk, message.kind, why)
    if refusal.for_good:
        give_up(message, refusal.reason, now=now)
        return "given_up"
    return "put_off" if put_off(message, refusal.reason, now=now) else "given_up"


def refusal_of(error: Exception) -> Refusal:
    """Read a server's answer: 5xx to the recipient or to the text is for good, all else may pass (RFC 5321 4.2.1).

    That it refuses the sender, or the sign-in, is for whoever keeps the installation to mend, and then this goes.
    """
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            code, said = next(iter(refused.values()))
        case smtplib.SMTPDataError(smtp_code=code, smtp_error=said):
            pass
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=said):
            return Refusal(_told(code, said), for_good=False, ends_round=True)
        case _:
            return Refusal(_reason(error), for_good=False, ends_round=True)
    return Refusal(_told(code, said), for_good=500 <= code < 600, ends_round=code == _CLOSING)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _told(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}"

"""Every change of the outbox: a message is posted, taken up by a worker, settled, forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Case, CharField, F, JSONField, Q, QuerySet, TextField, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.mail.addresses import absolute
from yhdyspinta.mail.attachment import Attachment
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.queries import is_due
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.mail.rendering import one_line, render

LEASE = timedelta(minutes=5)
"""How long one worker has for one message; each step of the conversation may take ``EMAIL_TIMEOUT``."""

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
WAITS = (_MINUTE, 5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 6 * _HOUR, *[12 * _HOUR] * 9)
"""How long a message waits after each try that failed: not quite five days together (RFC 5321 4.5.4.1)."""

TRIES = len(WAITS) + 1
STALE = timedelta(days=30)
"""What has waited so long, because there was no mail server or no worker, would surprise who gets it."""

_WAITED = f"it waited for more than {STALE.days} days"

_NOTHING_SAID: dict[str, Any] = {"text": "", "attachments": []}
_ERASED = {**_NOTHING_SAID, "to_address": "", "to_name": "", "reply_to": "", "subject": "", "last_error": ""}


def post_mail(  # noqa: PLR0913 -- all but the first four may be left out
    *,
    to: Recipient,
    template: str,
    context: Mapping[str, Any],
    kind: str,
    about: str = "",
    key: str = "",
    reply_to: str = "",
    secret: bool = False,
    attachments: Sequence[Attachment] = (),
) -> Message | None:
    """Write a message into the outbox, inside the caller's transaction: it goes when the change has been made.

    ``template`` names ``mail/<template>.subject.txt`` and ``mail/<template>.txt`` in any room; beside the context they
    have ``recipient`` and ``home``, the address of the installation. ``about`` is an object key (``person:12``).
    ``key`` says what is sent once and no more: a second message with the same key is not written. The text of a
    ``secret`` message (a code, a link that signs in) is erased when it has been sent, and its ``attachments`` are taken
    out of its row. Where no mail server is set it is not kept at all: its row is given up at once, and says so.
    Attachments are read from the default storage at sending: a message whose file is gone by then is given up.

    Returns:
        The message, or None when one with this key has been posted before.

    Raises:
        ValidationError: an address is none.
        TemplateDoesNotExist, MissingVariable: the template is missing, or shows what the context does not have.

    """
    _check(to.address)
    if reply_to:
        _check(reply_to)
    if key and Message.objects.filter(key=key).exists():
        return None
    language = to.language if to.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    words = render(template, {"recipient": to, "home": absolute("/"), **context}, language)
    now = timezone.now()
    goes = settings.MAIL_WORKS or not secret
    message = Message(
        kind=kind,
        about=about,
        key=key,
        to_address=to.address,
        to_name=one_line(to.name)[:200],
        language=language,
        reply_to=reply_to,
        subject=words.subject,
        text=words.text if goes else "",
        attachments=[asdict(replace(each, name=one_line(each.name))) for each in attachments] if goes else [],
        secret=secret,
        message_id=f"<{uuid4().hex}@{_domain()}>",
        made_at=now,
        due_at=now if goes else None,
        given_up_at=None if goes else now,
        last_error="" if goes else "no mail server is set",
    )
    try:
        with transaction.atomic():  # a savepoint, so that the caller's transaction lives on
            message.save(force_insert=True)
    except IntegrityError:
        if key and Message.objects.filter(key=key).exists():
            return None  # posted at the same moment by another process
        raise
    return message


def lease_message(message: Message, *, now: datetime) -> bool:
    """Take up a message that is due, for this worker alone; False when another has it, or it waits no more.

    The one statement is the lock, on SQLite as on PostgreSQL: of two workers the second finds that it is not true any
    more. The try is counted here, so that a message which kills its worker does not go on for ever.
    """
    lease = now + LEASE
    taken = (
        Message.objects.filter(pk=message.pk).filter(is_due(now)).update(lease_until=lease, attempts=F("attempts") + 1)
    )
    if not taken:
        return False
    message.refresh_from_db()
    return message.lease_until == lease


def mark_sent(message: Message, *, now: datetime) -> None:
    """Say that the mail server has taken a message; a secret is erased.

    It has gone, whoever has the lease by now, and even if it was given up meanwhile.
    """
    Message.objects.filter(pk=message.pk, sent_at__isnull=True).update(
        sent_at=now, given_up_at=None, due_at=None, lease_until=None, last_error="", **_unless_secret()
    )


def put_off(message: Message, reason: str, *, now: datetime) -> bool:
    """Let a message that could not be sent wait for its next try; after the last one give it up, and return False."""
    if message.attempts >= TRIES:
        give_up(message, reason, now=now)
        return False
    _leased(message).update(due_at=now + WAITS[message.attempts - 1], lease_until=None, last_error=reason[:500])
    return True


def give_up(message: Message, reason: str, *, now: datetime) -> None:
    """Say that a message will not be delivered, and why; a secret is erased."""
    _leased(message).update(given_up_at=now, due_at=None, lease_until=None, last_error=reason[:500], **_unless_secret())


def give_up_waiting(reason: str) -> int:
    """Give up every message that waits; return how many.

    For a database that was put back from a copy: what waited when the copy was made may have been sent since.
    """
    return Message.objects.filter(due_at__isnull=False).update(
        given_up_at=timezone.now(), due_at=None, lease_until=None, last_error=reason[:500], **_unless_secret()
    )


def give_up_stale(now: datetime) -> int:
    """Give up what has waited for a month (``STALE``), and erase what it said; return how many."""
    stale = Message.objects.filter(due_at__isnull=False, made_at__lt=now - STALE)
    return stale.update(given_up_at=now, due_at=None, lease_until=None, last_error=_or_else(_WAITED), **_NOTHING_SAID)


def forget_mail(*, about: str = "", address: str = "") -> int:
    """Erase who got the messages about a thing, or to an address, and what they said; return how many.

    What waits is not sent any more. Kind, key and days stay, so that nothing is sent twice after all.

    Raises:
        ValueError: neither is said, or both are.

    """
    if bool(about) == bool(address):
        raise ValueError("say either what the messages are about, or whom they went to")
    chosen = Message.objects.filter(about=about) if about else Message.objects.filter(to_address__iexact=address)
    return _forget(chosen)


def drop_old(before: datetime) -> int:
    """Let go of what was sent or given up before a moment; return of how many messages.

    A message without a key is deleted. One with a key is erased and stays: its key holds it back for ever. What has
    waited for a month is given up first, also where no mail server is set.
    """
    give_up_stale(timezone.now())
    settled = Message.objects.filter(Q(sent_at__lt=before) | Q(given_up_at__lt=before))
    with transaction.atomic():
        erased = _forget(settled.exclude(key="").exclude(to_address=""))
        deleted, _of_each = settled.filter(key="").delete()
    return erased + deleted


def _forget(messages: QuerySet[Message]) -> int:
    now = timezone.now()
    with transaction.atomic():
        messages.filter(due_at__isnull=False).update(given_up_at=now, due_at=None, lease_until=None, **_unless_secret())
        return messages.update(**_ERASED)


def _leased(message: Message) -> QuerySet[Message]:
    """The row, as long as it waits under the lease that this worker has taken; nothing else is overwritten."""
    return Message.objects.filter(pk=message.pk, due_at__isnull=False, lease_until=message.lease_until)


def _unless_secret() -> dict[str, Case]:
    """Keep what a message said, unless it was secret."""
    fields = {"text": TextField(), "attachments": JSONField()}
    return {
        name: Case(
            When(secret=True, then=Value(_NOTHING_SAID[name], output_field=field)), default=F(name), output_field=field
        )
        for name, field in fields.items()
    }


def _or_else(reason: str) -> Case:
    """Keep what the mail server said last; where it said nothing, say this."""
    return Case(When(last_error="", then=Value(reason)), default=F("last_error"), output_field=CharField())


def _check(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(_("“%(address)s” is no e-mail address.") % {"address": one_line(address)}) from error


def _domain() -> str:
    """The domain that names this installation's messages: that of the sender (RFC 5322 3.6.4)."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return domain.encode("idna").decode("ascii")

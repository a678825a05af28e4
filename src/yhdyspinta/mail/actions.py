"""Every change of the outbox: a message is posted, taken up by a worker, settled, forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.mail.addresses import absolute
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.mail.rendering import one_line, render

LEASE = timedelta(minutes=5)
"""How long one worker has for one message; each step of the conversation may take ``EMAIL_TIMEOUT``."""


def post_mail(
    *,
    to: Recipient,
    template: str,
    context: Mapping[str, Any],
    kind: str,
    about: str = "",
    key: str = "",
    reply_to: str = "",
    secret: bool = False,
) -> Message | None:
    """Write a message into the outbox, inside the caller's transaction: it goes when the change has been made.

    ``template`` names ``mail/<template>.subject.txt`` and ``mail/<template>.txt`` in any room; beside the context they
    have ``recipient`` and ``home``, the address of the installation. ``about`` is an object key (``person:12``).
    ``key`` says what is sent once and no more: a second message with the same key is not written. The text of a
    ``secret`` message (a code, a link that signs in) is erased when it has been sent.

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
    message = Message(
        kind=kind,
        about=about,
        key=key,
        to_address=to.address,
        to_name=one_line(to.name)[:200],
        language=language,
        reply_to=reply_to,
        subject=words.subject,
        text=words.text,
        secret=secret,
        message_id=f"<{uuid4().hex}@{_domain()}>",
        made_at=now,
        due_at=now,
    )
    try:
        with transaction.atomic():  # a savepoint, so that the caller's transaction lives on
            message.save(force_insert=True)
    except IntegrityError:
        if key and Message.objects.filter(key=key).exists():
            return None  # posted at the same moment by another process
        raise
    return message


def _check(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(_("“%(address)s” is no e-mail address.") % {"address": one_line(address)}) from error


def _domain() -> str:
    """The domain that names this installation's messages: that of the sender (RFC 5322 3.6.4)."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return domain.encode("idna").decode("ascii")

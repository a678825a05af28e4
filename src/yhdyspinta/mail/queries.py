"""Named reads of the outbox. Each costs one query."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from yhdyspinta.mail.models import Message

WAITING = Q(due_at__isnull=False)
SENT = Q(sent_at__isnull=False)
GIVEN_UP = Q(given_up_at__isnull=False)


def is_due(now: datetime) -> Q:
    """Return the condition that a message is to be tried: its time has come, and no worker has it in hand."""
    return Q(due_at__lte=now) & (Q(lease_until__isnull=True) | Q(lease_until__lte=now))


def due(now: datetime) -> QuerySet[Message]:
    """Return the messages to be tried, those first that have been due longest."""
    return Message.objects.filter(is_due(now)).order_by("due_at", "id")


def outbox() -> QuerySet[Message]:
    """Return every message, the newest first; narrowed by ``WAITING``, ``SENT`` or ``GIVEN_UP``."""
    return Message.objects.order_by("-id")


def messages_about(about: str) -> QuerySet[Message]:
    """Return the messages about one thing (its object key, ``person:12``), the newest first."""
    return outbox().filter(about=about)


def messages_to(address: str) -> QuerySet[Message]:
    """Return the messages to one address, the newest first: what is held about a person has these in it."""
    return outbox().filter(to_address__iexact=address)


def links_on_the_way() -> set[str]:
    """Return what the secret messages that wait are about: their readers have not had the links in them yet."""
    return set(Message.objects.filter(WAITING, secret=True).values_list("about", flat=True))


def outbox_counts(about: Collection[str] | None = None) -> dict[Message.State, int]:
    """Return how many messages (about these things, where some are named) wait, have been sent, and were given up."""
    rows = Message.objects.all() if about is None else Message.objects.filter(about__in=about)
    counted = rows.aggregate(
        waiting=Count("id", filter=WAITING), sent=Count("id", filter=SENT), given_up=Count("id", filter=GIVEN_UP)
    )
    return {
        Message.State.WAITING: counted["waiting"],
        Message.State.SENT: counted["sent"],
        Message.State.GIVEN_UP: counted["given_up"],
    }

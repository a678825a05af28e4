"""How long what is kept of people is kept, by kind; an installation may say otherwise (docs/privacy.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings

DAYS: Mapping[str, int] = {
    "contacts": 365,
    "looks": 2 * 365,
    "invitations": 90,
    "people-tables": 30,
    "mail": 180,
    "tasks": 30,
}
"""Days by kind: contact data after the last role ended; the log of who looked at contact data; names and addresses of
invitations that were never accepted; tables of people waiting to be applied; messages that were sent or given up; what
somebody asked the worker to make."""


def kept_for(kind: str) -> timedelta:
    """Return how long a kind is kept here."""
    days: Mapping[str, int] = settings.KEEP_DAYS
    return timedelta(days=days.get(kind, DAYS[kind]))

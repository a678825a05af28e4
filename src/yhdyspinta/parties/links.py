"""Signed links: for one purpose and one thing, until a moment, and revocable. GET shows, POST acts.

What the reader holds is the row's number and nonce, signed with the installation's key; the database alone makes no
link, and a link for one purpose opens nothing else. Every room that lets somebody act without signing in uses these.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal

from django.core import signing
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.parties.models import Link

Refusal = Literal["used", "revoked", "expired"]

_OPEN = Q(revoked_at__isnull=True) & (Q(used_at__isnull=True) | Q(reusable=True))


class LinkRefused(Exception):
    """The link was good once, and does nothing any more; says why."""

    def __init__(self, why: Refusal) -> None:
        """Remember why."""
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        """Return the sentence for whoever opened it."""
        return {
            "used": _("This link has been used already."),
            "revoked": _("This link was cancelled by whoever sent it."),
            "expired": _("This link has expired."),
        }[self.why]


def make_link(purpose: str, subject: str, *, lasts: timedelta, reusable: bool = False) -> Link:
    """Write a link's row, inside the caller's change; ``subject`` is an object key (``person:12``). One query."""
    return Link.objects.create(
        purpose=purpose,
        subject=subject,
        nonce=secrets.token_urlsafe(12),
        reusable=reusable,
        expires_at=timezone.now() + lasts,
    )


def token_of(link: Link) -> str:
    """Return what stands in the address: the row's number and nonce, signed for its purpose."""
    return _signer(link.purpose).sign(f"{link.pk}.{link.nonce}")


def link_or_404(token: str, purpose: str) -> Link:
    """Return the link of a token, open or not, or answer 404 where it was never one. One query, none for a forgery."""
    try:
        number, _dot, nonce = _signer(purpose).unsign(token).partition(".")
    except signing.BadSignature:
        raise Http404 from None
    link = Link.objects.filter(pk=number, purpose=purpose, nonce=nonce).first()
    if link is None:
        raise Http404
    return link


def refuse_closed(link: Link, now: datetime | None = None) -> None:
    """Refuse a link that does nothing any more. Ask inside a change too, on a fresh row.

    Raises:
        LinkRefused: it was used, revoked, or has expired.

    """
    if link.revoked_at is not None:
        raise LinkRefused("revoked")
    if link.used_at is not None and not link.reusable:
        raise LinkRefused("used")
    if not link.is_open(now):
        raise LinkRefused("expired")


def use_link(link: Link) -> None:
    """Mark a link as used, inside the change that does what it is for.

    Raises:
        LinkRefused: it does nothing any more, perhaps since a moment ago.

    """
    link.refresh_from_db()
    refuse_closed(link)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])


def revoke_links(purpose: str, subject: str) -> int:
    """Close every open link of a purpose for a thing, and return how many there were. One query."""
    return Link.objects.filter(_OPEN, purpose=purpose, subject=subject).update(revoked_at=timezone.now())


def revoke_all_links(*, but: Collection[str] = ()) -> int:
    """Close every open link, save those for the things named, and return how many there were. One query.

    For a database that was put back from a copy: what was used or revoked after the copy was made is open in it again.
    """
    now = timezone.now()
    return Link.objects.filter(_OPEN, expires_at__gt=now).exclude(subject__in=but).update(revoked_at=now)


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(sep=":", salt=f"yhdyspinta.links.{purpose}")

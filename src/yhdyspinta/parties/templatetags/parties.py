"""What the parties' templates ask: how a phone number is dialled."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def dialled(phone: str) -> str:
    """Return a number as it stands in ``tel:``: its digits, and a plus where it begins with one (RFC 3966, 3)."""
    digits = "".join(sign for sign in phone if sign.isascii() and sign.isdigit())
    return f"+{digits}" if phone.strip().startswith("+") else digits

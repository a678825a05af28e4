"""Days in words, as this room's messages and pages say them (DESIGN §7)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _


def shown_day(day: date) -> str:
    """Return a day as it is written: 24.11.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def shown_days(first: date, last: date | None) -> str:
    """Return from when to when something holds."""
    if last is None:
        return _("from %(day)s") % {"day": shown_day(first)}
    return f"{shown_day(first)}–{shown_day(last)}"

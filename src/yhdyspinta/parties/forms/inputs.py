"""Form fields that every room's forms share: a day as people write it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement import parse_day

BAD_DAY = _("“%(value)s” is not a date. Write the day as 1.6.2024 or 2024-06-01.")


def typed_day(day: dt.date | None) -> str:
    """Return a day as a form takes it in every language: 1.6.2024."""
    return f"{day.day}.{day.month}.{day.year}" if day else ""


class DayField(forms.CharField):
    """A day, written 1.6.2024 or 2024-06-01; its value is a ``date``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 1.6.2024."))
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "size": "12"}

    def prepare_value(self, value: Any) -> Any:
        """Show a day as people write it; what was typed stays as it was typed."""
        return typed_day(value) if isinstance(value, dt.date) else value

    def clean(self, value: Any) -> dt.date | None:
        """Return the day.

        Raises:
            ValidationError: it is no day.

        """
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_day(typed)
        except ValueError:
            raise ValidationError(BAD_DAY, code="bad-day", params={"value": typed}) from None

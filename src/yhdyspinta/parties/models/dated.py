"""Rows that hold from a day to a day (DESIGN §1.3): first and last days included, an open end still holds."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement import today
from yhdyspinta.parties.days import shown_days


def holds_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a row holds on a day; ``prefix`` leads to it from another row (``tenures__``)."""
    begun = Q((f"{prefix}valid_from__lte", day))
    going_on = Q((f"{prefix}valid_to__isnull", True)) | Q((f"{prefix}valid_to__gte", day))
    return begun & going_on


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Return the constraint that a row's last day is not before its first."""
    return models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name)


class DatedQuerySet(models.QuerySet[Any]):
    """Rows by day."""

    def active_on(self, day: date) -> Self:
        """Keep those that hold on a day, first and last days included."""
        return self.filter(holds_on(day))

    def overlapping(self, first: date, last: date | None) -> Self:
        """Keep those that hold on any day between two days; without a last one, on any later day."""
        rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
        return rows if last is None else rows.filter(valid_from__lte=last)


class Dated(models.Model):
    """What holds from a day to a day."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def days(self) -> str:
        """From when to when, in words."""
        return shown_days(self.valid_from, self.valid_to)

    def holds(self, day: date | None = None) -> bool:
        """Tell whether it holds on a day (today, unless said)."""
        asked = day or today()
        return self.valid_from <= asked and (self.valid_to is None or self.valid_to >= asked)

"""What a party was reminded of, and when: so that nothing is mailed twice (DESIGN §4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.models import Party
from yhdyspinta.requests.models.request import Asked


class Reminder(models.Model):
    """One mail to a party about everything that it has not answered."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="reminders")
    day = models.DateField(_("day"))
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ("party", "-day")
        constraints = (models.UniqueConstraint(fields=["party", "day"], name="reminder_one_a_day"),)

    def __str__(self) -> str:
        return f"{self.party_id} {self.day}"


class Reminded(models.Model):
    """That a reminder spoke of a request."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="about")
    asked = models.ForeignKey(Asked, models.PROTECT, related_name="reminded")

    class Meta:
        ordering = ("reminder", "id")
        constraints = (models.UniqueConstraint(fields=["reminder", "asked"], name="reminder_names_a_request_once"),)

    def __str__(self) -> str:
        return f"{self.reminder_id} {self.asked_id}"

"""What a party says beside a mark, and what it asks to be corrected (DESIGN §5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdyspinta.journal.models import Agreement
from yhdyspinta.records.models.record import Record

LONGEST = 1000


class Remark(models.Model):
    """A party's own words: beside its mark at a duty, or on a record about it that should be corrected.

    A remark is never changed: a new one replaces it, and the earlier ones stay as its history.
    """

    class Kind(models.TextChoices):
        """What it is for."""

        REMARK = "remark", _("remark")
        REQUEST = "correction-request", _("request for correction")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="remarks")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    party = models.CharField(_("party"), max_length=80)
    # A remark stands beside a mark: duty, period, object
    duty = models.CharField(_("commitment"), max_length=80, blank=True, default="")
    period = models.CharField(_("period"), max_length=80, blank=True, default="")
    object = models.CharField(_("object"), max_length=80, blank=True, default="")
    # A request stands on a record
    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="requests")
    text = models.CharField(_("text"), max_length=LONGEST)
    by_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_party = models.CharField(_("written by the party"), max_length=80, blank=True, default="")
    written_at = models.DateTimeField(_("written at"))
    closed_at = models.DateTimeField(
        _("closed at"), null=True, blank=True, help_text=_("replaced, withdrawn or answered")
    )
    replaced = models.BooleanField(_("replaced by a newer one"), default=False)
    answer = models.CharField(_("answer"), max_length=LONGEST, blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-written_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="remark", duty__gt="", record__isnull=True)
                | Q(kind="correction-request", duty="", record__isnull=False),
                name="remark_stands_beside_something",
            ),
            models.UniqueConstraint(
                fields=["agreement", "party", "duty", "period", "object"],
                condition=Q(kind="remark", closed_at__isnull=True),
                name="remark_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["record", "party"],
                condition=Q(kind="correction-request", closed_at__isnull=True),
                name="remark_one_request_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party} {self.duty or self.record_id}"

    @property
    def open(self) -> bool:
        """Whether it stands, or waits for an answer."""
        return self.closed_at is None

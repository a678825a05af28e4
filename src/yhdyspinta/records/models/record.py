"""A record: that something was done, with where it rests and who recorded it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.reference import reference_of, reference_text
from yhdyspinta.papers.models import File
from yhdyspinta.records.models.history import BroughtIn


class Record(models.Model):
    """What was recorded by hand at one time: one fact, or the several that one event proves.

    A record is never changed. A correction is a new record that ``corrects`` the old one; all records of such a line
    share ``first``, and so the facts that they prove are compared as one thing of the journal.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="records")
    first = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="versions")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    day = models.DateField(_("day"), help_text=_("the latest day of its facts"))
    # Where it rests
    organ = models.CharField(_("organ"), max_length=120, blank=True, default="")
    decided = models.DateField(_("date of the decision"), null=True, blank=True)
    section = models.CharField(_("section"), max_length=40, blank=True, default="")
    register = models.CharField(_("register number"), max_length=80, blank=True, default="")
    text = models.CharField(_("other reference"), max_length=300, blank=True, default="")
    link = models.CharField(
        _("link"), max_length=1000, blank=True, default="", validators=[URLValidator(["http", "https"])]
    )
    note = models.TextField(_("note"), max_length=2000, blank=True, default="", validators=[MaxLengthValidator(2000)])
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    file_public = models.BooleanField(_("file is public"), default=False)
    # At which duty it was recorded, where it was
    duty = models.CharField(_("commitment"), max_length=80, blank=True, default="")
    period = models.CharField(_("period"), max_length=80, blank=True, default="")
    # Who recorded it, and for which party
    by_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_party = models.CharField(_("recorded by the party"), max_length=80, blank=True, default="")
    recorded_at = models.DateTimeField(_("recorded at"))
    token = models.UUIDField(_("form token"), null=True, blank=True, help_text=_("a form sent twice makes one record"))
    batch = models.ForeignKey(BroughtIn, models.PROTECT, null=True, blank=True, related_name="records")
    # What became of it
    replaced_at = models.DateTimeField(_("corrected at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_by_party = models.CharField(_("withdrawn by the party"), max_length=80, blank=True, default="")
    withdrawn_reason = models.CharField(_("reason for withdrawal"), max_length=500, blank=True, default="")

    class Meta:
        ordering = ("-day", "-id")
        constraints = (
            models.UniqueConstraint(fields=["agreement", "token"], name="record_token_is_unique"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, first__isnull=True) | Q(corrects__isnull=False, first__isnull=False),
                name="record_correction_has_a_first",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="record_replaced_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_reason__gt=""),
                name="record_withdrawal_has_a_reason",
            ),
        )
        indexes = (models.Index(fields=["agreement", "-day", "-id"], name="record_newest_first"),)

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of the record's page. Reads ``agreement`` (a query unless selected)."""
        return reverse("records:show", kwargs={"slug": self.agreement.slug, "record": self.pk})

    @property
    def line(self) -> int:
        """The number of the first record of its line of corrections: what the journal knows it by."""
        return self.first_id or self.pk

    @property
    def thing(self) -> str:
        """The key under which the journal keeps what it proves."""
        return f"record:{self.line}"

    @property
    def standing(self) -> bool:
        """Whether it holds: neither corrected by a newer record nor withdrawn."""
        return self.replaced_at is None and self.withdrawn_at is None

    @property
    def reference(self) -> dict[str, Any]:
        """Where it rests, as its facts carry it."""
        return reference_of(
            organ=self.organ,
            decided=self.decided,
            section=self.section,
            register=self.register,
            text=self.text,
            link=self.link,
        )

    @property
    def reference_text(self) -> str:
        """Where it rests, in one line; the link stands beside it."""
        return reference_text(self.reference)


class RecordedFact(models.Model):
    """One fact of a record, in the vocabulary of DESIGN §3.3, with what lists filter by."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="facts")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=40)
    day = models.DateField(_("day"))
    given = models.JSONField(_("fact"))
    names = models.TextField(_("names"), default="", help_text=_("every id it names, each between two spaces"))

    class Meta:
        ordering = ("record", "position")
        constraints = (models.UniqueConstraint(fields=["record", "position"], name="recorded_fact_position_is_unique"),)
        indexes = (models.Index(fields=["kind", "day"], name="recorded_fact_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"

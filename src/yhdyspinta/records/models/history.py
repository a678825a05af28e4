"""A history of years, brought in as a file: every line is kept as it was read until it is applied or discarded."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdyspinta.journal.models import Agreement


class BroughtIn(models.Model):
    """A file that was brought in. Its records are invisible until ``applied_at`` is set, in one short action."""

    class Form(models.TextChoices):
        """What the file was."""

        XLSX = "xlsx", _("spreadsheet")
        CSV = "csv", "CSV"
        JSONL = "jsonl", "JSON Lines"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="brought_in")
    filename = models.CharField(_("file name"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    form = models.CharField(_("form"), max_length=5, choices=Form.choices)
    by_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_party = models.CharField(_("party"), max_length=80, blank=True, default="")
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    checked_at_sequence = models.PositiveBigIntegerField(_("checked at the agreement's sequence"))
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    discarded_at = models.DateTimeField(_("discarded at"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "brought in"
        constraints = (
            models.CheckConstraint(condition=Q(form__in=["xlsx", "csv", "jsonl"]), name="brought_in_form_is_known"),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(discarded_at__isnull=True),
                name="brought_in_applied_or_discarded",
            ),
        )

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        """Return the address of the preview. Reads ``agreement`` (a query unless selected)."""
        return reverse("records:preview", kwargs={"slug": self.agreement.slug, "batch": self.pk})

    @property
    def open(self) -> bool:
        """Whether it waits to be applied or discarded."""
        return self.applied_at is None and self.discarded_at is None


class BroughtInLine(models.Model):
    """A line of the file: what it says, and what becomes of it."""

    class Verdict(models.TextChoices):
        """What becomes of a line when the history is applied."""

        NEW = "new", _("will be added")
        KNOWN = "known", _("already there")
        REFUSED = "refused", _("cannot be added")
        EXAMPLE = "example", _("example, skipped")

    batch = models.ForeignKey(BroughtIn, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    given = models.JSONField(_("fact"))
    link = models.TextField(_("link"), blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    problems = models.JSONField(_("problems"), default=list)
    """Why it is not added: [field, code, parameters] as ``rules.Problem``."""

    class Meta:
        ordering = ("batch", "number")
        constraints = (
            models.UniqueConstraint(fields=["batch", "number"], name="brought_in_line_is_unique"),
            models.CheckConstraint(
                condition=Q(verdict__in=["new", "known", "refused", "example"]), name="brought_in_verdict_is_known"
            ),
        )
        indexes = (models.Index(fields=["batch", "verdict", "number"], name="brought_in_line_verdict"),)

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"

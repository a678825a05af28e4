"""A body as a row: what seats and members point at. What the agreement's text says of it stays in the text."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Party


class Body(models.Model):
    """A body of an agreement by its id. A group that the text does not name also has here what it is.

    The agreement says that such groups are agreed on separately (C17), and not between whom, how or for how long:
    ``agreed`` is where that is written down.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="bodies")
    slug = models.SlugField(_("id"), max_length=80)
    formed_on = models.DateField(_("formed on"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    theme = models.CharField(_("theme"), max_length=80, blank=True, default="")
    name = models.JSONField(_("name"), default=dict, blank=True)
    agreed = models.CharField(_("agreed between whom, how and for how long"), max_length=500, blank=True, default="")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ("agreement", "slug")
        verbose_name_plural = "bodies"
        constraints = (
            models.UniqueConstraint(fields=["agreement", "slug"], name="body_id_is_unique"),
            models.CheckConstraint(
                condition=Q(formed_on__isnull=True, level__isnull=True, theme="")
                | Q(formed_on__isnull=False, level__isnull=False, theme__gt=""),
                name="body_formed_later_says_what_it_is",
            ),
        )

    def __str__(self) -> str:
        return str(self.name.get(get_language() or "") or next(iter(self.name.values()), self.slug))

    def get_absolute_url(self) -> str:
        """Return the address of the body's page. Reads ``agreement`` (a query unless selected)."""
        return reverse("desk:body", kwargs={"slug": self.agreement.slug, "body": self.slug})

    @property
    def key(self) -> str:
        """What the journal calls this body."""
        return f"body:{self.pk}"


class Proposal(models.Model):
    """That a group be set up for a term: by whom, for what task, with what seats. The parties then accept it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="proposals")
    proposed_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("proposed on"))
    first_day = models.DateField(_("the term's first day"))
    last_day = models.DateField(_("the term's last day"), null=True, blank=True)
    task = models.TextField(_("task"), max_length=4000)
    asks_deputies = models.BooleanField(_("deputies are asked for too"), default=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason for withdrawal"), max_length=500, blank=True, default="")

    class Meta:
        ordering = ("-first_day", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["body", "first_day"],
                condition=Q(withdrawn_at__isnull=True),
                name="proposal_one_for_a_group_and_term",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_reason__gt=""),
                name="proposal_withdrawal_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.first_day}"

    @property
    def key(self) -> str:
        """What the journal calls this proposal."""
        return f"proposal:{self.pk}"

"""Counterparts (vastinparit, C11) and coordination staff (C28): who of a party is named for which theme."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.models.dated import Dated, DatedQuerySet, ends_after_it_begins
from yhdyspinta.parties.models.organisation import Party
from yhdyspinta.parties.models.people import Person, Post


class NamingQuerySet(DatedQuerySet):
    """Namings; those made by mistake are left out by ``standing``."""

    def standing(self) -> NamingQuerySet:
        """Keep those that were not withdrawn as mistaken."""
        return self.filter(withdrawn_at__isnull=True)


class Naming(Dated):
    """A person, or whoever holds a post, is a party's counterpart or coordinator for a theme from a day to a day.

    The person may be another party's, by agreement: ``agreed`` says which.
    """

    class Role(models.TextChoices):
        """What somebody is named as; the word is also the beginning of the fact's kind."""

        COUNTERPART = "counterpart", _("counterpart")
        COORDINATOR = "coordinator", _("coordinator")

    party = models.ForeignKey(Party, models.PROTECT, related_name="namings")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    theme = models.CharField(_("theme"), max_length=80, blank=True, default="")
    person = models.ForeignKey(Person, models.PROTECT, related_name="namings", null=True, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="namings", null=True, blank=True)
    hours_per_week = models.DecimalField(_("hours per week"), max_digits=4, decimal_places=1, null=True, blank=True)
    agreed = models.CharField(_("agreed with the other party"), max_length=300, blank=True, default="")
    basis = models.CharField(_("decision"), max_length=300, blank=True, default="")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = NamingQuerySet.as_manager()

    class Meta:
        ordering = ("party", "theme", "valid_from")
        constraints = (
            ends_after_it_begins("naming_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(person__isnull=True, post__isnull=False) | Q(person__isnull=False, post__isnull=True),
                name="naming_is_of_a_person_or_a_post",
            ),
            models.CheckConstraint(condition=Q(role__in=["counterpart", "coordinator"]), name="naming_role_is_known"),
            models.CheckConstraint(
                condition=Q(role="coordinator") | Q(theme__gt=""), name="naming_counterpart_has_a_theme"
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__isnull=True) | Q(hours_per_week__gt=0, hours_per_week__lte=80),
                name="naming_hours_are_a_working_week",
            ),
        )
        indexes = (models.Index(fields=["party", "role", "theme"], name="naming_place"),)

    def __str__(self) -> str:
        return f"{self.role} {self.theme} {self.party_id}"

    @property
    def key(self) -> str:
        """What the journal calls this naming."""
        return f"naming:{self.pk}"

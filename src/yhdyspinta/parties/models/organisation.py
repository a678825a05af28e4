"""Organisations, and the parties they are in agreements."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yhdyspinta.journal.models import Agreement


class Organisation(models.Model):
    """A public body, one row however many agreements it is a party to. Words are by language."""

    class Kind(models.TextChoices):
        """What kind of body it is."""

        MUNICIPALITY = "municipality", _("municipality")
        COUNTY = "wellbeing-services-county", _("wellbeing services county")
        REGION = "regional-council", _("regional council")
        JOINT = "joint-municipal-authority", _("joint municipal authority")
        OTHER = "other", _("other")

    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    form = models.CharField(_("form"), max_length=20, blank=True, default="")
    name = models.JSONField(_("name"))
    official_name = models.JSONField(_("official name"))
    genitive = models.JSONField(_("genitive"), default=dict, blank=True)
    local = models.JSONField(_("local case"), default=dict, blank=True)
    business_id = models.CharField(_("business id"), max_length=9, unique=True, null=True, blank=True)
    municipality_code = models.CharField(_("municipality code"), max_length=3, blank=True, default="")
    county_code = models.CharField(_("county code"), max_length=2, blank=True, default="")
    region_code = models.CharField(_("region code"), max_length=2, blank=True, default="")
    address = models.CharField(_("postal address"), max_length=300, blank=True, default="")
    # What an organisation says of itself; the rest is the agreement's text.
    visiting_address = models.CharField(_("visiting address"), max_length=300, blank=True, default="")
    registry_email = models.EmailField(_("e-mail of the registry"), max_length=254, blank=True, default="")
    phone = models.CharField(_("switchboard"), max_length=40, blank=True, default="")
    website = models.URLField(_("website"), max_length=300, blank=True, default="")
    languages = models.JSONField(_("languages"), default=list, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["municipality_code"],
                condition=Q(municipality_code__gt=""),
                name="organisation_municipality_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "municipality",
                        "wellbeing-services-county",
                        "regional-council",
                        "joint-municipal-authority",
                        "other",
                    ]
                ),
                name="organisation_kind_is_known",
            ),
        )

    def __str__(self) -> str:
        return str(self.name.get(get_language() or "") or self.label)

    @property
    def label(self) -> str:
        """Its name in the first language that it has: the journal keeps one wording for all languages."""
        return str(next(iter(self.name.values()), self.pk))

    def called(self, language: str = "") -> str:
        """Return its official name in a language (that of the page, unless said), else in the first that it has."""
        return self.official_name.get(language or get_language() or "") or next(
            iter(self.official_name.values()), str(self)
        )


class Party(models.Model):
    """An organisation as a party to an agreement: what roles, answers and signatures point at.

    ``order`` is the agreement's own order, the only one in which parties are ever listed.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parties")
    slug = models.SlugField(_("id"), max_length=80)
    order = models.PositiveIntegerField(_("order"))
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ("agreement", "order")
        verbose_name_plural = "parties"
        constraints = (
            models.UniqueConstraint(fields=["agreement", "slug"], name="party_id_is_unique"),
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_organisation_is_unique"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="party_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the address of the party's own page. Reads ``agreement`` (a query unless selected)."""
        return reverse("desk:party", kwargs={"slug": self.agreement.slug, "party": self.slug})

"""Organisations, the parties they are in agreements, accounts, and who administers a party."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import EmailValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.managers import AccountManager


class Account(AbstractBaseUser):
    """Someone who can sign in. What they may do follows from roles, not from the account."""

    class Language(models.TextChoices):
        """The languages of the user interface, each in its own words."""

        FI = "fi", "Suomi"
        SV = "sv", "Svenska"
        EN = "en", "English"

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True, validators=[EmailValidator()])
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.FI)
    is_administrator = models.BooleanField(_("administrator of the installation"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("email",)
        constraints = (
            models.CheckConstraint(condition=Q(language__in=["fi", "sv", "en"]), name="account_language_is_known"),
        )

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the person's name."""
        return self.name

    def get_short_name(self) -> str:
        """Return the person's name; it is not cut apart."""
        return self.name


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
        return str(next(iter(self.name.values()), self.pk))


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


class PartyAdministratorQuerySet(models.QuerySet["PartyAdministrator"]):
    """Who administers which party, by day."""

    def active_on(self, day: date) -> Self:
        """Keep those that hold on a day, first and last days included."""
        begun = Q(valid_from__lte=day)
        going_on = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(begun & going_on)


class PartyAdministrator(models.Model):
    """An account that manages a party's people, answers and records, from a day to a day."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="administers")
    party = models.ForeignKey(Party, models.PROTECT, related_name="administrators")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = PartyAdministratorQuerySet.as_manager()

    class Meta:
        ordering = ("party", "valid_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="party_administrator_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["account", "party"],
                condition=Q(valid_to__isnull=True),
                name="party_administrator_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} for {self.party_id}"

"""Accounts, and who administers a party with one."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import EmailValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.managers import AccountManager
from yhdyspinta.parties.models.dated import Dated, DatedQuerySet, ends_after_it_begins
from yhdyspinta.parties.models.organisation import Party


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
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

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


class PartyAdministrator(Dated):
    """An account that manages a party's people, answers and records, from a day to a day."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="administers")
    party = models.ForeignKey(Party, models.PROTECT, related_name="administrators")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("party", "valid_from")
        constraints = (
            ends_after_it_begins("party_administrator_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["account", "party"],
                condition=Q(valid_to__isnull=True),
                name="party_administrator_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} for {self.party_id}"

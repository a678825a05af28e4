"""How people come in: signed links for one purpose, and invitations."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.models.account import Account
from yhdyspinta.parties.models.organisation import Party
from yhdyspinta.parties.models.people import Person


class Link(models.Model):
    """A link for one purpose and one thing, until a moment. What the reader holds is signed, and never kept here."""

    purpose = models.CharField(_("purpose"), max_length=40)
    subject = models.CharField(_("what it is for"), max_length=200)
    nonce = models.CharField(_("nonce"), max_length=32)
    reusable = models.BooleanField(_("may be used several times"), default=False)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["purpose", "subject"], name="link_subject"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"

    def is_open(self, now: datetime | None = None) -> bool:
        """Tell whether it still does something."""
        moment = now or timezone.now()
        spent = self.used_at is not None and not self.reusable
        return self.revoked_at is None and not spent and self.expires_at > moment


class Invitation(models.Model):
    """A party's administrator invites somebody to an account of their own. It is accepted once, before it expires."""

    class Role(models.TextChoices):
        """What the invited may do: manage the party's matters, or see what concerns them and keep it right."""

        ADMINISTRATOR = "administrator", _("administrator of the party")
        MEMBER = "member", _("person with a role")

    party = models.ForeignKey(Party, models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(
        _("language"), max_length=2, choices=Account.Language.choices, default=Account.Language.FI
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations", null=True, blank=True)
    link = models.OneToOneField(Link, models.PROTECT, related_name="invitation")
    invited_by = models.ForeignKey(Account, models.PROTECT, related_name="invited", null=True, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    accepted_by = models.ForeignKey(Account, models.PROTECT, related_name="accepted", null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(role__in=["administrator", "member"]), name="invitation_role_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.party_id}"

    @property
    def key(self) -> str:
        """What the journal calls this invitation."""
        return f"invitation:{self.pk}"

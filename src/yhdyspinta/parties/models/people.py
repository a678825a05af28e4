"""People, posts, and who holds which from when to when. A person, a post and an account are three things.

A post is an office and stays when its holder leaves; a tenure is its holder. What follows the office points at the
post, so handing over writes one row and moves nothing (DESIGN §1.3).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdyspinta.parties.models.account import Account
from yhdyspinta.parties.models.dated import Dated, DatedQuerySet, ends_after_it_begins
from yhdyspinta.parties.models.organisation import Organisation
from yhdyspinta.parties.post_kinds import kind_of


class Person(models.Model):
    """Somebody who acts for an organisation, as that organisation knows them. Erased or merged, the row stays empty."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    language = models.CharField(
        _("language"), max_length=2, choices=Account.Language.choices, default=Account.Language.FI
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="people", null=True, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        ordering = ("name", "id")
        verbose_name_plural = "people"
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=Q(email__gt=""), name="person_email_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, merged_into__isnull=True)
                | Q(name="", email="", phone="", account__isnull=True),
                name="person_erased_is_empty",
            ),
            models.CheckConstraint(condition=Q(language__in=["fi", "sv", "en"]), name="person_language_is_known"),
        )

    def __str__(self) -> str:
        return self.name or str(_("erased person"))

    @property
    def key(self) -> str:
        """What the journal calls this person."""
        return f"person:{self.pk}"

    @property
    def is_gone(self) -> bool:
        """Whether the record holds nobody any more."""
        return self.erased_at is not None or self.merged_into_id is not None


class Post(models.Model):
    """An office in an organisation. Its own title, where it has one, is shown instead of its kind's name."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    kind = models.SlugField(_("kind"), max_length=60)
    title = models.CharField(pgettext_lazy("of a post", "title"), max_length=200, blank=True, default="")
    email = models.EmailField(_("e-mail of the post"), max_length=254, blank=True, default="")
    discontinued_on = models.DateField(_("discontinued on"), null=True, blank=True)

    class Meta:
        ordering = ("organisation", "kind", "title")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "kind", "title"], name="post_is_unique"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title or kind_of(self.kind).name

    @property
    def key(self) -> str:
        """What the journal calls this post."""
        return f"post:{self.pk}"


class Tenure(Dated):
    """Who holds a post from a day to a day, and the decision it rests on. One holder at a time."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")
    basis = models.CharField(_("decision"), max_length=300, blank=True, default="")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("post", "-valid_from")
        constraints = (
            ends_after_it_begins("tenure_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["post"], condition=Q(valid_to__isnull=True), name="tenure_one_open_end_for_a_post"
            ),
        )
        indexes = (models.Index(fields=["person", "valid_from"], name="tenure_person"),)

    def __str__(self) -> str:
        return f"{self.post_id} {self.valid_from}"

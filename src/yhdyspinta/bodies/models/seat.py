"""Seats that somebody is named to, and who is a member from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdyspinta.bodies.models.body import Body, Proposal
from yhdyspinta.journal.decided import Decided
from yhdyspinta.parties.models import DatedQuerySet, Party, Person, Post
from yhdyspinta.parties.models.dated import Dated, ends_after_it_begins


class Seat(models.Model):
    """A place in a body that is filled by naming somebody.

    Seats that the text gives to posts (all council chairs) are no rows: they follow the posts' holders by day
    (``sitting``). A seat without party is one that the parties fill together, or an outsider's: ``outsider`` says
    whose.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="seats", null=True, blank=True)
    role = models.SlugField(_("role"), max_length=60, default="member")
    party = models.ForeignKey(Party, models.PROTECT, related_name="seats", null=True, blank=True)
    outsider = models.CharField(_("outside organisation"), max_length=200, blank=True, default="")
    number = models.PositiveSmallIntegerField(_("number"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        ordering = ("body", "number", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(outsider="") | Q(party__isnull=True), name="seat_is_of_a_party_or_of_an_outsider"
            ),
        )
        indexes = (models.Index(fields=["body", "closed_at"], name="seat_of_body"),)

    def __str__(self) -> str:
        return f"{self.role} {self.number}"

    @property
    def key(self) -> str:
        """What the journal calls this seat."""
        return f"seat:{self.pk}"


class MembershipQuerySet(DatedQuerySet):
    """Memberships; those made by mistake are left out by ``standing``."""

    def standing(self) -> MembershipQuerySet:
        """Keep those that were not withdrawn as mistaken."""
        return self.filter(withdrawn_at__isnull=True)


class Membership(Dated, Decided):
    """That a person, or whoever holds a post, is in a body in a role from a day to a day (Popolo: Membership).

    ``party`` is the one represented; an outsider represents none. A deputy may be of one member. Gender is kept only
    where the balance of a body is counted (Act on Equality 609/1986, 4 a §), and shown to nobody but as a count.
    """

    class Gender(models.TextChoices):
        """What the balance counts; who does not say is counted apart."""

        WOMAN = "woman", _("woman")
        MAN = "man", _("man")
        UNSAID = "", _("not said")

    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="memberships", null=True, blank=True)
    role = models.SlugField(_("role"), max_length=60)
    party = models.ForeignKey(Party, models.PROTECT, related_name="memberships", null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", null=True, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="memberships", null=True, blank=True)
    deputy_of = models.ForeignKey("self", models.PROTECT, related_name="deputies", null=True, blank=True)
    gender = models.CharField(
        pgettext_lazy("of a person", "gender"), max_length=10, choices=Gender.choices, blank=True, default=""
    )
    appointment = models.ForeignKey("Appointment", models.PROTECT, related_name="members", null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("body", "valid_from", "id")
        constraints = (
            ends_after_it_begins("membership_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(person__isnull=True, post__isnull=False) | Q(person__isnull=False, post__isnull=True),
                name="membership_is_of_a_person_or_a_post",
            ),
            models.CheckConstraint(condition=Q(gender__in=["", "woman", "man"]), name="membership_gender_is_known"),
            models.CheckConstraint(
                condition=Q(deputy_of__isnull=True) | Q(role="deputy"), name="membership_of_a_deputy_alone"
            ),
        )
        indexes = (
            models.Index(fields=["body", "valid_from"], name="membership_of_body"),
            models.Index(fields=["party", "valid_from"], name="membership_of_party"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.body_id}"

    @property
    def key(self) -> str:
        """What the journal calls this membership."""
        return f"membership:{self.pk}"

"""What a party answered, in every version; and whom it proposes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdyspinta.bodies.models import Appointment, Membership, Seat
from yhdyspinta.journal.decided import Decided
from yhdyspinta.papers.models import File
from yhdyspinta.parties.models import Person
from yhdyspinta.requests.models.request import Asked, Request


class Answer(Decided):
    """One version of a party's answer: a notification of what its own organ decided. A correction keeps both."""

    class Way(models.TextChoices):
        """How it came."""

        ACCOUNT = "account", _("by somebody signed in")
        LINK = "link", _("by link")
        RECORDED = "recorded", _("recorded on the party's behalf")

    asked = models.ForeignKey(Asked, models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField(_("number"))
    outcome = models.CharField(_("answer"), max_length=20)
    text = models.TextField(_("text"), max_length=50_000, blank=True, default="")
    replies = models.JSONField(_("replies"), default=list, blank=True)
    given_at = models.DateTimeField(_("given at"))
    given_by = models.CharField(_("given by"), max_length=200)
    given_by_title = models.CharField(_("title of who gave it"), max_length=200)
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    by_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    late = models.BooleanField(_("after the deadline"), default=False)
    replaced_at = models.DateTimeField(_("corrected at"), null=True, blank=True)
    receipt = models.ForeignKey(File, models.PROTECT, related_name="+", null=True, blank=True)
    receipt_posted_at = models.DateTimeField(_("receipt posted at"), null=True, blank=True)

    class Meta:
        ordering = ("asked", "-number")
        constraints = (
            models.UniqueConstraint(fields=["asked", "number"], name="answer_number_is_unique"),
            models.UniqueConstraint(
                fields=["asked"], condition=Q(replaced_at__isnull=True), name="answer_one_stands_at_a_time"
            ),
        )
        indexes = (models.Index(fields=["id"], condition=Q(receipt_posted_at__isnull=True), name="answer_no_receipt"),)

    def __str__(self) -> str:
        return f"{self.asked_id} {self.number}"

    @property
    def key(self) -> str:
        """What the journal calls a party's answer, in whichever version."""
        return f"answer:{self.asked_id}"


class AnswerFile(models.Model):
    """A file that came with an answer: an extract of the minutes, a statement."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="files")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("answer", "id")

    def __str__(self) -> str:
        return str(self.file)


class Nomination(models.Model):
    """Somebody whom a party proposes for a seat, with their consent (Popolo has no word for it; DOMAIN §5.5)."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="nominations")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="nominations", null=True, blank=True)
    role = models.SlugField(_("role"), max_length=60, default="member")
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=200, blank=True, default="")
    gender = models.CharField(
        pgettext_lazy("of a person", "gender"), max_length=10, choices=Membership.Gender.choices, blank=True, default=""
    )
    consented = models.BooleanField(_("has consented"), default=False)

    class Meta:
        ordering = ("answer", "id")
        constraints = (
            models.CheckConstraint(condition=Q(consented=True), name="nomination_has_consent"),
            models.CheckConstraint(condition=Q(gender__in=["", "woman", "man"]), name="nomination_gender_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.answer_id} {self.role}"


class Combination(models.Model):
    """Which of those proposed are agreed on together (C25): with reasons, and who agreed. A newer one replaces it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="combinations")
    number = models.PositiveSmallIntegerField(_("number"))
    agreed_on = models.DateField(_("agreed on"))
    agreed_by = models.CharField(_("who agreed"), max_length=500)
    reasons = models.TextField(_("reasons"), max_length=10_000)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="combinations", null=True, blank=True)

    class Meta:
        ordering = ("request", "-number")
        constraints = (models.UniqueConstraint(fields=["request", "number"], name="combination_number_is_unique"),)

    def __str__(self) -> str:
        return f"{self.request_id} {self.number}"

    @property
    def key(self) -> str:
        """What the journal calls this combination."""
        return f"combination:{self.pk}"


class Choice(models.Model):
    """One of those proposed, as chosen for a seat."""

    combination = models.ForeignKey(Combination, models.CASCADE, related_name="choices")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="choices")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ("combination", "id")
        constraints = (models.UniqueConstraint(fields=["combination", "nomination"], name="choice_of_somebody_once"),)

    def __str__(self) -> str:
        return f"{self.combination_id} {self.nomination_id}"

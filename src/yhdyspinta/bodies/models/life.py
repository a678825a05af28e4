"""What happens in a group's life: appointed, constituted, its plan and rules made and adopted, ended."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yhdyspinta.bodies.models.body import Body, Proposal
from yhdyspinta.bodies.models.seat import Membership
from yhdyspinta.journal.decided import Decided
from yhdyspinta.papers.models import File
from yhdyspinta.parties.models import Party


class Appointment(Decided):
    """That a body was appointed for a term by a decision of the one who appoints (C24).

    It rests on every party's acceptance; appointed before that, it carries the reason in writing.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="appointments")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="appointments", null=True, blank=True)
    by_party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    early_reason = models.CharField(_("why before all have accepted"), max_length=1000, blank=True, default="")
    ended_reason = models.CharField(_("why it ended"), max_length=500, blank=True, default="")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ("body", "-first_day", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="appointment_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(decided__isnull=False), name="appointment_has_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.first_day}"

    @property
    def key(self) -> str:
        """What the journal calls this appointment."""
        return f"appointment:{self.pk}"


class Constitution(models.Model):
    """A group's first meeting, in which it elects chair, vice chair and secretary from among its members (C27).

    The agreement does not say who convenes it: ``convened_by`` is what somebody has filled in.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="constitutions")
    meeting_on = models.DateField(_("day of the meeting"))
    online = models.BooleanField(_("held online"), default=False)
    convened_by = models.CharField(_("convened by"), max_length=200, blank=True, default="")
    chair = models.ForeignKey(Membership, models.PROTECT, related_name="+", null=True, blank=True)
    vice_chair = models.ForeignKey(Membership, models.PROTECT, related_name="+", null=True, blank=True)
    secretary = models.ForeignKey(Membership, models.PROTECT, related_name="+", null=True, blank=True)
    note = models.CharField(_("reference"), max_length=300, blank=True, default="")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ("body", "-meeting_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["body", "meeting_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="constitution_one_for_a_meeting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.meeting_on}"

    @property
    def key(self) -> str:
        """What the journal calls this meeting."""
        return f"constitution:{self.pk}"

    @property
    def elected(self) -> dict[str, Membership]:
        """Who was elected to which office, by the words of the facts."""
        held = {"chair": self.chair, "vice-chair": self.vice_chair, "secretary": self.secretary}
        return {office: membership for office, membership in held.items() if membership is not None}


class Plan(models.Model):
    """One version of a body's action plan or of its rules (C26). It is a draft until the body adopts it.

    Who approves a plan the agreement does not say; ``adopted_in`` is what is known of where that was done.
    """

    class Kind(models.TextChoices):
        """The kinds that a body adopts; the words are those of the facts."""

        ACTION_PLAN = "action-plan", _("action plan")
        RULES = "rules", _("rules of procedure")

    body = models.ForeignKey(Body, models.PROTECT, related_name="plans")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), blank=True, default="", max_length=100_000)
    file = models.ForeignKey(File, models.PROTECT, related_name="+", null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_in = models.CharField(_("adopted in"), max_length=300, blank=True, default="")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ("body", "kind", "-number")
        constraints = (
            models.UniqueConstraint(fields=["body", "kind", "number"], name="plan_number_is_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=["action-plan", "rules"]), name="plan_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["body", "kind"],
                condition=Q(adopted_on__isnull=True, withdrawn_at__isnull=True),
                name="plan_one_draft_at_a_time",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def key(self) -> str:
        """What the journal calls this version."""
        return f"plan:{self.pk}"

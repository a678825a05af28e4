"""A request: what is asked of the parties by when; and each party that was asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement.days import HELSINKI
from yhdyspinta.bodies.models import Proposal
from yhdyspinta.journal.models import Agreement
from yhdyspinta.papers.models import File
from yhdyspinta.parties.models import Link, Party
from yhdyspinta.requests.kinds import KINDS, Kind

if TYPE_CHECKING:
    from yhdyspinta.requests.models.answer import Answer


class Request(models.Model):
    """Something that is asked of several parties, each of which answers by its own decision (DESIGN §4).

    It is a draft until it is sent. ``subject`` is the group that an acceptance or a nomination is about, or the word
    for what a decision is about.
    """

    class State(models.TextChoices):
        """How far a request has come."""

        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="requests")
    kind = models.CharField(_("kind"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    background = models.TextField(_("background"), max_length=20_000, blank=True, default="")
    questions = models.JSONField(_("questions"), default=list, blank=True)
    subject = models.SlugField(_("subject"), max_length=80, blank=True, default="")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="requests", null=True, blank=True)
    # Who asks
    sender = models.ForeignKey(Party, models.PROTECT, related_name="sent_requests")
    on_behalf_of = models.SlugField(_("on behalf of the body"), max_length=80, blank=True, default="")
    register = models.CharField(_("register number"), max_length=80, blank=True, default="")
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True, default="")
    contact_title = models.CharField(_("title of the contact person"), max_length=200, blank=True, default="")
    contact_email = models.EmailField(_("e-mail of the contact person"), max_length=254, blank=True, default="")
    contact_phone = models.CharField(_("phone of the contact person"), max_length=40, blank=True, default="")
    # By when
    deadline = models.DateTimeField(_("deadline"))
    # What became of it
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    summary = models.TextField(_("summary"), max_length=20_000, blank=True, default="")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason for withdrawal"), max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="request_kind_is_known"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | Q(closed_at__isnull=True, withdrawn_at__isnull=True),
                name="request_is_sent_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_reason__gt=""),
                name="request_withdrawal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(closed_at__isnull=True),
                name="request_is_closed_or_withdrawn",
            ),
        )
        indexes = (models.Index(fields=["agreement", "-made_at"], name="request_newest_first"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the request's page. Reads ``agreement`` (a query unless selected)."""
        return reverse("requests:show", kwargs={"slug": self.agreement.slug, "request_id": self.pk})

    @property
    def key(self) -> str:
        """What the journal calls this request."""
        return f"request:{self.pk}"

    @property
    def of_kind(self) -> Kind:
        """What its kind asks and how it can be answered."""
        return KINDS[self.kind]

    @property
    def state(self) -> Request.State:
        """How far it has come."""
        if self.withdrawn_at is not None:
            return self.State.WITHDRAWN
        if self.closed_at is not None:
            return self.State.CLOSED
        return self.State.DRAFT if self.sent_at is None else self.State.OPEN

    @property
    def last_day(self) -> dt.date:
        """The deadline's day, in Finland."""
        return self.deadline.astimezone(HELSINKI).date()

    def is_late(self, moment: dt.datetime | None = None) -> bool:
        """Tell whether the deadline has passed by a moment (now, unless said)."""
        return (moment or timezone.now()) > self.deadline


class RequestFile(models.Model):
    """A file that goes with a request: ``Liite 1``, and so on."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="files")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        ordering = ("request", "number")
        constraints = (models.UniqueConstraint(fields=["request", "number"], name="request_file_number_is_unique"),)

    def __str__(self) -> str:
        return str(self.file)

    @property
    def paper(self) -> str:
        """What it is called among the papers of a request."""
        return f"liite-{self.number}"


class Step(models.Model):
    """One line of the log of a request: only added to, never changed."""

    class Kind(models.TextChoices):
        """What happened."""

        SENT = "sent", _("sent")
        EXTENDED = "extended", _("deadline extended")
        RENEWED = "link-renewed", _("link renewed")
        REVOKED = "link-revoked", _("link revoked")
        COORDINATED = "coordinated", _("combination agreed")
        APPOINTED = "appointed", _("appointed")
        CLOSED = "closed", _("closed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    request = models.ForeignKey(Request, models.PROTECT, related_name="steps")
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True, blank=True)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True, default="")

    class Meta:
        ordering = ("request", "id")

    def __str__(self) -> str:
        return self.kind


class Asked(models.Model):
    """A party that a request was sent to, with the link by which its registry answers without an account."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="asked")
    party = models.ForeignKey(Party, models.PROTECT, related_name="asked")
    link = models.ForeignKey(Link, models.PROTECT, related_name="+", null=True, blank=True)
    letter = models.ForeignKey(File, models.PROTECT, related_name="+", null=True, blank=True)
    posted_at = models.DateTimeField(_("letter posted at"), null=True, blank=True)
    posted_to = models.CharField(_("letter posted to"), max_length=1000, blank=True, default="")

    standing: list[Answer]
    """The answer that stands, or none; there where it was fetched so (``queries.with_answer``)."""
    versions: list[Answer]
    """Every version of the answer, the newest first; likewise."""

    class Meta:
        ordering = ("request", "party__order")
        verbose_name_plural = "asked"
        constraints = (models.UniqueConstraint(fields=["request", "party"], name="request_asks_a_party_once"),)
        indexes = (
            models.Index(fields=["request"], condition=Q(posted_at__isnull=True), name="asked_not_posted"),
            models.Index(fields=["party"], name="asked_of_party"),
        )

    def __str__(self) -> str:
        return f"{self.request_id} {self.party_id}"

    @property
    def key(self) -> str:
        """What the journal calls what this party answers; and what its link is for."""
        return f"answer:{self.pk}"

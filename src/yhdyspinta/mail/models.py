"""The outbox: one row for each message, written with the change that it tells of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """A message to one recipient. It waits, is sent, or is given up; the row is the work and the record of it."""

    class State(models.TextChoices):
        """How far a message has come."""

        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        GIVEN_UP = "given-up", _("Not delivered")

    kind = models.SlugField(_("kind"), max_length=60)
    about = models.CharField(_("about"), max_length=120, blank=True, default="")
    key = models.CharField(_("key"), max_length=200, blank=True, default="")

    to_address = models.CharField(_("address"), max_length=254, blank=True)
    to_name = models.CharField(_("name"), max_length=200, blank=True, default="")
    language = models.CharField(_("language"), max_length=2)
    reply_to = models.CharField(_("replies to"), max_length=254, blank=True, default="")

    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(_("text"), blank=True)
    attachments = models.JSONField(_("attachments"), blank=True, default=list)
    secret = models.BooleanField(_("secret"), default=False)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)

    made_at = models.DateTimeField(_("made at"))
    due_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    lease_until = models.DateTimeField(_("being sent until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    last_error = models.CharField(_("last answer"), max_length=500, blank=True, default="")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="mail_is_posted_once"),
            models.CheckConstraint(condition=Q(language__in=["fi", "sv", "en"]), name="mail_language_is_known"),
            models.CheckConstraint(
                condition=(
                    Q(due_at__isnull=False, sent_at__isnull=True, given_up_at__isnull=True)
                    | Q(due_at__isnull=True, sent_at__isnull=False, given_up_at__isnull=True)
                    | Q(due_at__isnull=True, sent_at__isnull=True, given_up_at__isnull=False)
                ),
                name="mail_waits_or_is_sent_or_given_up",
            ),
            models.CheckConstraint(
                condition=Q(lease_until__isnull=True) | Q(due_at__isnull=False), name="mail_lease_is_of_what_waits"
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | ~Q(to_address=""), name="mail_that_waits_has_an_address"
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=False) | Q(secret=False) | Q(text=""), name="mail_keeps_no_secret"
            ),
        )
        indexes = (
            models.Index(fields=["due_at", "id"], condition=Q(due_at__isnull=False), name="mail_due"),
            models.Index(fields=["about"], condition=~Q(about=""), name="mail_about"),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def state(self) -> Message.State:
        """How far this message has come."""
        if self.sent_at is not None:
            return self.State.SENT
        return self.State.WAITING if self.given_up_at is None else self.State.GIVEN_UP

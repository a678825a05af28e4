"""Long work: one row for each piece, which is the work and the record of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Task(models.Model):
    """A piece of work that no page waits for. It waits, is done under a lease, and then has a result or has failed."""

    class State(models.TextChoices):
        """How far a task has come."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being done")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Could not be done")

    work = models.CharField(_("work"), max_length=200)
    arguments = models.JSONField(_("arguments"), default=dict)
    title = models.CharField(_("title"), max_length=250)
    account = models.BigIntegerField(_("asked by"), null=True, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=2)
    back = models.CharField(_("where it was asked for"), max_length=500)

    made_at = models.DateTimeField(_("made at"))
    lease_until = models.DateTimeField(_("in hand until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("steps in all"), default=0)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    result = models.JSONField(_("result"), null=True, blank=True)
    refusal = models.CharField(_("why not"), max_length=2000, blank=True, default="")

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(language__in=["fi", "sv", "en"]), name="task_language_is_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, result__isnull=True, refusal="")
                | Q(ended_at__isnull=False, lease_until__isnull=True),
                name="task_has_a_result_when_it_ended",
            ),
        )
        indexes = (models.Index(fields=["id"], condition=Q(ended_at__isnull=True), name="task_not_ended"),)

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> Task.State:
        """How far this task has come."""
        if self.ended_at is not None:
            return self.State.FAILED if self.refusal else self.State.DONE
        return self.State.RUNNING if self.lease_until is not None else self.State.WAITING

"""Named reads of the work. Each costs one query."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from yhdyspinta.tasks.models import Task


def is_due(now: datetime) -> Q:
    """Return the condition that a task is to be taken up: it has not ended, and no worker has it in hand."""
    return Q(ended_at__isnull=True) & (Q(lease_until__isnull=True) | Q(lease_until__lte=now))


def due(now: datetime) -> QuerySet[Task]:
    """Return what is to be done, the oldest first."""
    return Task.objects.filter(is_due(now)).order_by("id")


def task_or_404(pk: int, account: int | None) -> Task:
    """Return somebody's own task; nobody learns of another's."""
    task = Task.objects.filter(pk=pk, account=account).first() if account is not None else None
    if task is None:
        raise Http404
    return task

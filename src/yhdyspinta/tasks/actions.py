"""What happens to a task: asked for, taken up, got on with, ended. No entry of the journal tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yhdyspinta.tasks.models import Task
from yhdyspinta.tasks.queries import is_due

LEASE = timedelta(minutes=5)
"""How long a worker has a task in hand without saying anything; then another takes it up."""

TRIES = 3
MOST_WAITING = 5
"""How much one account may have waiting or in hand."""


def enqueue(*, work: str, arguments: Mapping[str, Any], title: str, account: int | None, back: str = "") -> Task:
    """Ask for work: a function as ``module:name``, called with a ``Progress`` and the arguments, which are JSON.

    Written with the change that asks for it, so it is there when that is there. ``account`` may look at it; the
    language of now is the work's; ``back`` is the address where it was asked for. The work must bear being done twice:
    a worker may die at its very end.

    Raises:
        ValidationError: the account has asked for so much already that others would have to wait.

    """
    if account is not None and Task.objects.filter(account=account, ended_at__isnull=True).count() >= MOST_WAITING:
        raise ValidationError(
            _("%(most)s things that you asked for are still waiting. Wait until some of them are ready.")
            % {"most": MOST_WAITING}
        )
    return Task.objects.create(
        work=work,
        arguments=dict(arguments),
        title=title[:250],
        account=account,
        back=back,
        language=(get_language() or "fi")[:2],
        made_at=timezone.now(),
    )


def lease_task(task: Task, *, now: datetime) -> bool:
    """Take up a task that is due, for this worker alone; False when another has it, or it has ended.

    The try is counted here, so that work which kills its worker does not go on for ever.
    """
    lease = now + LEASE
    taken = Task.objects.filter(is_due(now), pk=task.pk).update(
        lease_until=lease, attempts=F("attempts") + 1, done=0, total=0
    )
    if not taken:
        return False
    task.refresh_from_db()
    return task.lease_until == lease


def note_progress(task: Task, done: int, total: int, *, now: datetime) -> bool:
    """Say how far a task has come and go on having it; False when it is another's by now."""
    lease = now + LEASE
    if not _leased(task).update(done=done, total=total, lease_until=lease):
        return False
    task.lease_until = lease
    return True


def end_task(task: Task, result: Mapping[str, Any], *, now: datetime) -> None:
    """Say that a task is done, and what came of it."""
    _leased(task).update(ended_at=now, lease_until=None, result=dict(result), done=F("total"))


def refuse_task(task: Task, why: str, *, now: datetime) -> None:
    """Say that a task cannot be done, and why, in the words of who asked for it."""
    _leased(task).update(ended_at=now, lease_until=None, refusal=why[:2000])


def let_go(task: Task) -> None:
    """Give a task back, to be taken up again at once."""
    _leased(task).update(lease_until=None)


def drop_tasks(tasks: QuerySet[Task]) -> list[int]:
    """Delete tasks; return the numbers of the files that they were about or have made, for whoever keeps files."""
    rows = list(tasks.values_list("pk", "arguments", "result"))
    said = [holder.get("file") for _pk, *holders in rows for holder in holders if isinstance(holder, dict)]
    Task.objects.filter(pk__in=[pk for pk, *_holders in rows]).delete()
    return [number for number in said if isinstance(number, int)]


def _leased(task: Task) -> Any:
    """The row, as long as this worker has it in hand; nothing else is overwritten."""
    return Task.objects.filter(pk=task.pk, ended_at__isnull=True, lease_until=task.lease_until)

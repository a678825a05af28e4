"""The worker's part: what is asked for is done, each task under a lease, and its row says what came of it."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from yhdyspinta.tasks import queries
from yhdyspinta.tasks.actions import TRIES, end_task, lease_task, let_go, note_progress, refuse_task
from yhdyspinta.tasks.models import Task

_log = logging.getLogger(__name__)


class Lost(Exception):
    """The task was too long without a word and is another worker's now: leave it."""


class Steps(Protocol):
    """What work is told to say how far it has come with."""

    def step(self, done: int, total: int) -> None:
        """Say that so many steps of so many are done."""


class Progress:
    """Writes down how far a task has come, and keeps the lease."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def step(self, done: int, total: int) -> None:
        """Say that so many steps of so many are done.

        Raises:
            Lost: another worker has taken the task up meanwhile.

        """
        if not note_progress(self._task, done, total, now=timezone.now()):
            raise Lost


def do_due(*, stopping: Callable[[], bool] = lambda: False) -> int:
    """Do what is due, one after another, and return how many tasks that were. ``stopping`` is asked before each."""
    done = 0
    for task in queries.due(timezone.now())[:50]:
        if stopping():
            break
        done += do_task(task)
    return done


def do_task(task: Task) -> bool:
    """Take up one task and do it; False when another worker has it.

    A ``ValidationError`` of the work is its answer to whoever asked; anything else is tried again, at most three times
    in all.
    """
    if not lease_task(task, now=timezone.now()):
        return False
    with override(task.language):
        if task.attempts > TRIES:
            refuse_task(task, _("This was tried three times and went wrong each time."), now=timezone.now())
            return True
        try:
            result = function_of(task.work)(Progress(task), **task.arguments)
        except ValidationError as refusal:
            refuse_task(task, "\n".join(refusal.messages), now=timezone.now())
        except Lost:
            _log.warning("task %s (%s) is another worker's", task.pk, task.work)
        except Exception:  # noqa: BLE001 -- whatever it is, the task is given back and the others go on
            _log.exception("task %s (%s)", task.pk, task.work)
            let_go(task)
        else:
            end_task(task, result, now=timezone.now())
    return True


def function_of(work: str) -> Callable[..., Mapping[str, Any]]:
    """Return the function that a task names as ``module:name``."""
    module, _colon, name = work.partition(":")
    function: Callable[..., Mapping[str, Any]] = getattr(importlib.import_module(module), name)
    return function

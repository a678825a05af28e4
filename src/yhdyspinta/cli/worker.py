"""``yhdyspinta worker``: one clock for what happens without anybody asking.

Mail and long work are looked for every second, chores each minute. The rows are the work: a worker that dies loses
nothing, and several may run at once. Long work is done by a process of its own, with bounds: a hostile file cannot take
the worker with it.
"""

from __future__ import annotations

import importlib
import logging
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

import click

from yhdyspinta.cli.database import start

BEAT = 1.0
"""Seconds between two looks into the outbox and at the work."""

MINUTE = 60.0
CHORES: tuple[str, ...] = ("yhdyspinta.parties.upkeep:keep_up", "yhdyspinta.requests.upkeep:keep_up")
"""Functions without arguments as ``module:name``, called each minute; what they return, if anything, is said.

A chore makes its own transactions, may be cut off anywhere, and does nothing when there is nothing to do.
"""

MOST_SECONDS = 600
MOST_MEMORY = 4 * 1024**3
"""What one task may take: seconds of a processor, bytes of memory."""

_SLICE = 0.1
_log = logging.getLogger("yhdyspinta.worker")


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@click.option("--parent", type=int, hidden=True, help="End when this process is not the parent any more.")
def worker(*, once: bool, parent: int | None) -> None:
    """Send mail and do the chores of the clock, until it is stopped (Ctrl-C, or the signal TERM).

    A message that is being sent is finished first.
    """
    start()
    from django.conf import settings

    clock = Clock(parent)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, clock.end)
    if not settings.MAIL_WORKS:
        click.echo("worker: no mail server is set (YHDYSPINTA_MAIL), so mail waits", err=True)
    if once:
        clock.tick(chores=True)
        return
    click.echo("worker: ready", err=True)
    clock.run()
    click.echo("worker: ended", err=True)


@click.command(hidden=True)
@click.argument("number", type=int)
def task(number: int) -> None:
    """Do one task, within the bounds of a task."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    start()
    from yhdyspinta.tasks.doing import do_task
    from yhdyspinta.tasks.models import Task

    found = Task.objects.filter(pk=number).first()
    if found is not None:
        do_task(found)


class Clock:
    """Beats until it is told to end, or its parent is gone."""

    def __init__(self, parent: int | None = None) -> None:
        self._parent = parent
        self._ended = False

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal: end after the piece of work in hand. The same signal again ends at once."""
        self._ended = True
        signal.signal(number, signal.SIG_DFL)

    def stopping(self) -> bool:
        """Tell whether the next piece of work is to be left for another time."""
        return self._ended or (self._parent is not None and os.getppid() != self._parent)

    def run(self) -> None:
        """Beat until the end; chores are due each minute."""
        next_chores = time.monotonic()
        while not self.stopping():
            due = time.monotonic() >= next_chores
            if due:
                next_chores = time.monotonic() + MINUTE
            self.tick(chores=due)
            self._wait(BEAT)

    def tick(self, *, chores: bool) -> None:
        """Do what is due: the mail, and with ``chores`` those too. A fault in one is told, and the others go on."""
        from django.db import close_old_connections

        self._do("mail", self._deliver)
        self._do("tasks", self._work)
        for where in CHORES if chores else ():
            if self.stopping():
                break
            self._do(where, _function(where))
        close_old_connections()

    def _deliver(self) -> str:
        from yhdyspinta.mail.sending import deliver_due

        done = deliver_due(stopping=self.stopping)
        return str(done) if any(done) else ""

    def _work(self) -> str:
        from django.utils import timezone

        from yhdyspinta.tasks.queries import due

        numbers = list(due(timezone.now()).values_list("pk", flat=True)[:20])
        done = 0
        for number in numbers:
            if self.stopping():
                break
            self._in_a_process(number)
            done += 1
        return f"{done} done" if done else ""

    def _in_a_process(self, number: int) -> None:
        """Do a task in a process of its own; one that dies gives its task back, which counts its tries."""
        from yhdyspinta.tasks.actions import let_go
        from yhdyspinta.tasks.models import Task

        command = [sys.executable, "-m", "yhdyspinta.cli", "task", str(number)]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0) as child:  # noqa: S603 -- itself
            now = time.monotonic()
            until, next_mail = now + 2 * MOST_SECONDS, now + BEAT  # what sleeps uses no processor
            while child.poll() is None:
                if self.stopping() or time.monotonic() > until:
                    child.kill()
                elif time.monotonic() > next_mail:  # a code to sign in with does not wait for somebody's long work
                    self._do("mail", self._deliver)
                    next_mail = time.monotonic() + BEAT
                time.sleep(_SLICE)
        if child.returncode and (cut_off := Task.objects.filter(pk=number, lease_until__isnull=False).first()):
            _log.error("task %s (%s) was cut off (%s)", number, cut_off.work, child.returncode)
            let_go(cut_off)

    def _do(self, name: str, work: Callable[[], object]) -> None:
        from django.db import OperationalError, close_old_connections

        try:
            said = work()
        except OperationalError as error:  # the database is away: no news each time
            _log.error("%s: %s", name, " ".join(str(error).split()))
            close_old_connections()
        except Exception:  # noqa: BLE001 -- whatever it is, the others go on
            _log.exception("%s", name)
            close_old_connections()
        else:
            if said:
                click.echo(f"worker: {name}: {said}", err=True)

    def _wait(self, seconds: float) -> None:
        """Sleep in slices: a signal only sets a flag, and does not cut a sleep short (PEP 475)."""
        until = time.monotonic() + seconds
        while not self.stopping() and time.monotonic() < until:
            time.sleep(_SLICE)


def _function(where: str) -> Callable[[], object]:
    module, _, name = where.partition(":")
    function: Callable[[], object] = getattr(importlib.import_module(module), name)
    return function

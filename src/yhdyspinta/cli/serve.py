"""Commands that run the application: ``serve`` for its users, ``manage`` for its operators."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import click

_LOOK = 0.5
_PAUSE = 5.0
"""Seconds between two looks at the worker, and before a dead one is followed by another."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Worker processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 256), help="Threads of each worker.")
@click.option("--access-log", is_flag=True, help="Write a line for each request to standard error.")
@click.option("--with-worker", is_flag=True, help="Run `yhdyspinta worker` beside it, which sends the mail.")
def serve(host: str, port: int, workers: int, threads: int, *, access_log: bool, with_worker: bool) -> None:
    """Serve the application until it is stopped (Ctrl-C, or the signal TERM)."""
    _prepare()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "yhdyspinta.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        log_level=LogLevels.error,
        log_access=access_log,
    )
    _refuse_taken(host, port)
    server.on_startup(lambda: threading.Thread(target=_announce, args=(host, port), daemon=True).start())
    with _worker_beside() if with_worker else nullcontext():
        server.serve()


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run a command of Django, for example `manage migrate`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yhdyspinta.web.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["yhdyspinta manage", *arguments])
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from error


def _prepare() -> None:
    """Set Django up and see that there is something to serve; what is missing is named with its mend."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yhdyspinta.web.settings")
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error, connection, connections
    from django.db.migrations.executor import MigrationExecutor

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from error
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise click.ClickException("The static files are not collected: yhdyspinta manage collectstatic --noinput")
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        raise click.ClickException(f"The database does not answer: {error}") from error
    if behind:
        raise click.ClickException("The database is older than the software: yhdyspinta manage migrate")
    connections.close_all()  # the workers are forks: none may inherit a connection


def _refuse_taken(host: str, port: int) -> None:
    """Say in one line that another program listens there; the workers share the port, and would not notice."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Cannot listen on {host}:{port} ({error.strerror}): choose another with --port or --host."
            ) from error


@contextmanager
def _worker_beside() -> Iterator[None]:
    """Run a worker as long as this lasts: started again when it dies, ended with the server, whatever ends that."""
    ended = threading.Event()
    first = _start_worker()  # before the server forks
    keeper = threading.Thread(target=_keep, args=(first, ended))
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _keep(running: subprocess.Popen[bytes], ended: threading.Event) -> None:
    """Look after the worker: a new one for each that dies, and at the end time for the message in flight."""
    while not ended.wait(_LOOK):
        if running.poll() is None:
            continue
        click.echo(f"Yhdyspinta: the worker ended ({running.returncode}); it is started again", err=True)
        if not ended.wait(_PAUSE):
            running = _start_worker()
    running.terminate()
    try:
        running.wait(timeout=20)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


def _start_worker() -> subprocess.Popen[bytes]:
    """Start a worker in a process group of its own: a Ctrl-C is the server's, which then ends the worker."""
    command = [sys.executable, "-m", "yhdyspinta.cli", "worker", "--parent", str(os.getpid())]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603 -- itself


def _announce(host: str, port: int) -> None:
    """Say where the application is, once it answers there. It sleeps first: the workers are forked meanwhile."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- looked up, not bound
    address = everywhere.get(host, host)
    for _ in range(300):
        time.sleep(0.2)
        with suppress(OSError), socket.create_connection((address, port), timeout=1):
            shown = "localhost" if address in {"127.0.0.1", "::1"} else address
            click.echo(f"Yhdyspinta: http://{shown}:{port}")
            return

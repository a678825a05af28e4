"""The worker as a process: it sends, it ends when told to.

A killed one loses nothing, and doubles nothing but what it had in hand.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.mail.conftest import PostOffice, free_port
from yhdyspinta.cli import worker as module

YHDYSPINTA = Path(sys.executable).parent / "yhdyspinta"
POST = """
from yhdyspinta.cli.loaded import start_django
start_django()
from django.utils import timezone
from yhdyspinta.mail.models import Message
for number in range({number}):
    Message.objects.create(kind="greeting", to_address="liisa@example.org", language="fi", subject=f"Hei {{number}}",
        text="Hei", message_id=f"<{{number}}@example.fi>", made_at=timezone.now(), due_at=timezone.now())
"""


@pytest.fixture
def post_office():
    return PostOffice()


@pytest.fixture
def server(post_office):
    controller = Controller(post_office, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    post_office.holds_answer = False
    controller.stop()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A data folder made ready once: to migrate takes seconds."""
    data = tmp_path_factory.mktemp("prepared")
    for command in (["migrate"], ["collectstatic", "--noinput"]):
        done = run(outside() | {"YHDYSPINTA_DATA": str(data)}, "manage", *command, "--verbosity", "0")
        assert done.returncode == 0
    return data


@pytest.fixture
def installation(tmp_path, server, prepared):
    """The environment of an installation with a database, and a mail server to send by."""
    shutil.copytree(prepared, tmp_path / "data")
    return outside() | {
        "YHDYSPINTA_DATA": str(tmp_path / "data"),
        "YHDYSPINTA_MAIL": f"smtp://127.0.0.1:{server.port}",
        "PYTHONUNBUFFERED": "1",
    }


def outside():
    """The environment of this machine, with nothing of the tests' own installation."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("YHDYSPINTA_", "DJANGO_"))}


def run(environment, *arguments):
    return subprocess.run(
        [YHDYSPINTA, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def started(environment, *arguments):
    return subprocess.Popen([YHDYSPINTA, *arguments], env=environment, stderr=subprocess.PIPE, text=True)


def put_in(environment, number):
    subprocess.run([sys.executable, "-c", POST.format(number=number)], env=environment, check=True, timeout=60)


def sql(environment, statement):
    with (
        closing(sqlite3.connect(Path(environment["YHDYSPINTA_DATA"]) / "db.sqlite3", timeout=20)) as database,
        database,
    ):
        return list(database.execute(statement))


def until(condition):
    for _ in range(400):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def test_worker_sends_once_what_is_due_and_says_so(installation, post_office):
    put_in(installation, 3)
    done = run(installation, "worker", "--once")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "worker: mail: 3 sent, 0 put off, 0 given up\n"
    assert post_office.ids == [f"<{number}@example.fi>" for number in range(3)]
    assert run(installation, "worker", "--once").stderr == ""


def test_worker_without_a_mail_server_says_so_and_lets_the_mail_wait(installation):
    put_in(installation, 1)
    done = run(installation | {"YHDYSPINTA_MAIL": ""}, "worker", "--once")
    assert done.stderr == "worker: no mail server is set (YHDYSPINTA_MAIL), so mail waits\n"
    assert sql(installation, "SELECT attempts FROM mail_message WHERE due_at IS NOT NULL") == [(0,)]


def test_worker_names_a_database_that_is_not_prepared(tmp_path):
    done = run(outside() | {"YHDYSPINTA_DATA": str(tmp_path)}, "worker")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == ("yhdyspinta: the database is not prepared for this release: yhdyspinta manage migrate\n")


def test_killed_worker_repeats_the_message_in_hand_and_no_other(installation, post_office):
    put_in(installation, 3)
    post_office.holds_answer = True
    with started(installation, "worker") as worker:
        assert post_office.reached.wait(timeout=30)
        worker.kill()
        assert worker.wait(timeout=20) == -signal.SIGKILL
    post_office.holds_answer = False
    assert run(installation, "worker", "--once").returncode == 0
    assert post_office.ids == ["<0@example.fi>", "<1@example.fi>", "<2@example.fi>"]
    assert sql(installation, "SELECT message_id FROM mail_message WHERE sent_at IS NULL") == [("<0@example.fi>",)]
    # the lease of the one in hand ends
    sql(installation, "UPDATE mail_message SET lease_until = made_at WHERE lease_until IS NOT NULL")
    assert run(installation, "worker", "--once").returncode == 0
    assert sorted(post_office.ids) == ["<0@example.fi>", "<0@example.fi>", "<1@example.fi>", "<2@example.fi>"]
    assert sql(installation, "SELECT count(*) FROM mail_message WHERE sent_at IS NULL") == [(0,)]
    assert run(installation, "worker", "--once").stderr == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_that_is_told_to_end_finishes_the_message_in_hand(installation, post_office, number):
    put_in(installation, 2)
    post_office.holds_answer = True
    with started(installation, "worker") as worker:
        assert post_office.reached.wait(timeout=30)
        worker.send_signal(number)
        time.sleep(0.3)
        assert worker.poll() is None
        post_office.holds_answer = False
        assert worker.wait(timeout=20) == 0
        assert worker.stderr
        assert worker.stderr.read() == "worker: ready\nworker: mail: 1 sent, 0 put off, 0 given up\nworker: ended\n"
    assert sql(installation, "SELECT sent_at IS NOT NULL, attempts FROM mail_message ORDER BY id") == [(1, 1), (0, 0)]


def test_two_workers_at_once_send_each_message_once(installation, post_office):
    put_in(installation, 30)
    with started(installation, "worker", "--once") as one, started(installation, "worker", "--once") as other:
        assert (one.wait(timeout=60), other.wait(timeout=60)) == (0, 0)
    assert sorted(post_office.ids) == sorted(f"<{number}@example.fi>" for number in range(30))


def test_worker_goes_when_its_parent_is_another(installation):
    with started(installation, "worker", "--parent", "1") as worker:
        assert worker.wait(timeout=20) == 0


def test_fault_in_one_chore_leaves_the_others(monkeypatch, capsys, caplog, db):
    here = "tests.cli.chores"
    monkeypatch.setattr(module, "CHORES", (f"{here}:breaks", f"{here}:tidies", f"{here}:has_nothing_to_do"))
    module.Clock().tick(chores=True)
    said = [
        line for line in capsys.readouterr().err.splitlines() if line.startswith("worker:")
    ]  # the log goes there too
    assert said == [f"worker: {here}:tidies: 2 tidied"]
    assert "chore that breaks" in caplog.text
    module.Clock().tick(chores=False)
    assert capsys.readouterr().err == ""


def test_server_runs_a_worker_beside_it_and_ends_it(installation, post_office):
    port = str(free_port())
    with started(installation, "serve", "--with-worker", "--port", port, "--workers", "1") as server:
        try:
            assert server.stderr
            assert server.stderr.readline() == "worker: ready\n"
            (worker,) = children_of(server.pid, "worker")
            os.kill(worker, signal.SIGKILL)
            assert server.stderr.readline() == "Yhdyspinta: the worker ended (-9); it is started again\n"
            put_in(installation, 1)
            assert server.stderr.readline() == "worker: ready\n"
            until(lambda: post_office.ids == ["<0@example.fi>"])
            (worker,) = children_of(server.pid, "worker")
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
    assert not Path(f"/proc/{worker}").exists()


def test_worker_beside_a_killed_server_goes_with_it(installation):
    with started(installation, "serve", "--with-worker", "--port", str(free_port()), "--workers", "1") as server:
        assert server.stderr
        assert server.stderr.readline() == "worker: ready\n"
        (worker,) = children_of(server.pid, "worker")
        others = children_of(server.pid, "")
        server.kill()
        server.wait(timeout=20)
        try:
            until(lambda: not is_running(worker))
        finally:
            for other in others:
                if is_running(other):
                    os.kill(other, signal.SIGKILL)


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def children_of(parent, argument):
    """The processes that a process has started, among them those with an argument."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            of = int(stat.read_text().rpartition(")")[2].split()[1])
            called = (stat.parent / "cmdline").read_text().split("\0")
        except OSError:
            continue
        if of == parent and (not argument or argument in called):
            found.append(int(stat.parent.name))
    return found


def test_work_that_takes_its_process_with_it_leaves_the_worker_and_is_not_tried_for_ever(installation):
    ask = """
from yhdyspinta.cli.loaded import start_django
start_django()
from yhdyspinta.tasks.actions import enqueue
enqueue(work="tests.tasks.dying:die", arguments={}, title="dies", account=None)
from yhdyspinta.tasks.models import Task
Task.objects.update(attempts=2)
"""
    environment = installation | {"PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", ask], env=environment, check=True, timeout=60)
    ends = []
    for _again in range(2):
        done = run(environment, "worker", "--once")
        ends.append("was cut off (3)" in done.stderr)
    assert ends == [True, False]
    with closing(sqlite3.connect(Path(installation["YHDYSPINTA_DATA"]) / "db.sqlite3")) as database:
        refusal, lease = database.execute("SELECT refusal, lease_until FROM tasks_task").fetchone()
    assert refusal
    assert lease is None


def test_mail_goes_while_long_work_is_being_done(installation, post_office):
    ask = """
from yhdyspinta.cli.loaded import start_django
start_django()
from yhdyspinta.tasks.actions import enqueue
enqueue(work="tests.tasks.dying:wait_for_mail", arguments={}, title="waits", account=None)
"""
    environment = installation | {"PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", ask], env=environment, check=True, timeout=60)
    run(environment, "worker", "--once")
    assert sql(installation, "SELECT result FROM tasks_task") == [('{"sent": true}',)]
    assert post_office.ids == ["<1@example.fi>"]

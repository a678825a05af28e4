"""A real worker that is killed while it makes and delivers letters: no registry goes without, and none is asked twice.

The worker is a process of its own, and makes the letters in another; both are killed with a signal that nothing hears.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.cli.test_worker import YHDYSPINTA, children_of, outside, prepared, sql
from tests.mail.conftest import PostOffice, free_port

__all__ = ["prepared"]

ROOT = Path(__file__).parents[2]
PARTIES = 24
ASK = f"""
from pathlib import Path
from yhdyspinta.cli.loaded import start_django
start_django()
from tests.parties.going_on import going_on
from tests.requests.asking import sent
from yhdyspinta.agreement import sources_of
from yhdyspinta.parties.models import Organisation
from yhdyspinta.parties.queries import parties_of
agreement = going_on(sources_of(Path("{ROOT}/agreements/keski-suomi-2023"))[0])
for party in parties_of(agreement):
    Organisation.objects.filter(pk=party.organisation_id).update(registry_email=f"kirjaamo@{{party.slug}}.example")
sent(agreement, title="Lausunto vesihuollosta")
"""


class SlowPostOffice(PostOffice):
    """Takes so many letters, and is in no hurry to say that it has the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.slow_at = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's
        self.holds_answer = len(self.taken) + 1 == self.slow_at
        return str(await super().handle_DATA(server, session, envelope))


@pytest.fixture
def post_office() -> SlowPostOffice:
    return SlowPostOffice()


@pytest.fixture
def installation(tmp_path: Path, post_office: SlowPostOffice, prepared: Path) -> Iterator[dict[str, str]]:
    """An installation with a mail server, whose regional council has just asked all parties for a statement."""
    shutil.copytree(prepared, tmp_path / "data")
    controller = Controller(post_office, hostname="127.0.0.1", port=free_port())
    controller.start()
    environment = outside() | {
        "YHDYSPINTA_DATA": str(tmp_path / "data"),
        "YHDYSPINTA_MAIL": f"smtp://127.0.0.1:{controller.port}",
        "PYTHONPATH": str(ROOT),
    }
    try:
        subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, timeout=60)
        yield environment
    finally:
        post_office.holds_answer = False
        controller.stop()


def workers_of(worker: subprocess.Popen[bytes]) -> list[int]:
    """The process that a worker does its task in, if it has one just now: it leads a group of its own."""
    found: list[int] = children_of(worker.pid, "task")
    return found


def kill(*groups: int) -> None:
    for group in groups:
        os.killpg(group, signal.SIGKILL)


@contextmanager
def working(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a group of its own; whatever becomes of the test, neither it nor its task outlives it."""
    with subprocess.Popen(
        [YHDYSPINTA, "worker"], env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    ) as worker:
        try:
            yield worker
        finally:
            kill(*workers_of(worker))
            if worker.poll() is None:
                kill(worker.pid)


def killed_when(environment: dict[str, str], condition: Callable[[], object]) -> None:
    """Let a worker work until something is so; kill it and what it has begun, at that moment."""
    with working(environment) as worker:
        until(condition)
        kill(worker.pid, *workers_of(worker))
        assert worker.wait(timeout=20) == -signal.SIGKILL
    for table in ("tasks_task", "mail_message"):  # five minutes pass
        sql(environment, f"UPDATE {table} SET lease_until = made_at WHERE lease_until IS NOT NULL")


def until(condition: Callable[[], object]) -> None:
    """Wait for something, patiently: other tests may keep the machine busy."""
    give_up = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.03)


def count(environment: dict[str, str], condition: str, table: str = "requests_asked") -> int:
    ((found,),) = sql(environment, f"SELECT count(*) FROM {table} WHERE {condition}")
    return int(found)


def test_killed_worker_loses_no_letter_and_repeats_at_most_the_one_in_the_air(
    installation: dict[str, str], post_office: SlowPostOffice
):
    # In the middle of making them
    killed_when(installation, lambda: count(installation, "posted_at IS NOT NULL") >= 3)
    made = count(installation, "posted_at IS NOT NULL")
    assert 3 <= made < PARTIES
    assert count(installation, "kind = 'request'", "mail_message") == made, (
        "a letter is marked with its message, or not"
    )
    assert len(post_office.taken) - count(installation, "sent_at IS NOT NULL", "mail_message") in (0, 1)
    outbox = set(sql(installation, "SELECT message_id, to_address FROM mail_message"))

    # In the middle of delivering them: the server has the letter, and its answer is still to come
    post_office.slow_at = len(post_office.taken) + 6
    killed_when(installation, lambda: post_office.holds_answer)
    held = post_office.ids[-1]
    assert sql(installation, f"SELECT sent_at FROM mail_message WHERE message_id = '{held}'") == [(None,)]
    assert len(post_office.taken) == post_office.slow_at
    post_office.slow_at, post_office.holds_answer = 0, False

    # Until all is done
    with working(installation) as worker:
        until(lambda: count(installation, "sent_at IS NOT NULL", "mail_message") == PARTIES)
        until(lambda: count(installation, "ended_at IS NOT NULL", "tasks_task") == 1)
        worker.terminate()
        assert worker.wait(timeout=20) == 0

    registries = {address for (address,) in sql(installation, "SELECT registry_email FROM parties_organisation")} - {""}
    assert len(registries) == PARTIES
    posted = sql(installation, "SELECT posted_to FROM requests_asked WHERE posted_at IS NOT NULL AND letter_id > 0")
    assert sorted(address for (address,) in posted) == sorted(registries)
    messages = set(sql(installation, "SELECT message_id, to_address FROM mail_message"))
    assert len(messages) == PARTIES
    assert outbox <= messages, "what was in the outbox went under the same Message-ID"
    theirs = "SELECT count(*) FROM mail_message m JOIN requests_asked a ON m.about = 'answer:' || a.id"
    assert sql(installation, f"{theirs} WHERE a.posted_to = m.to_address") == [(PARTIES,)], "each got its own link"
    ((tries, refusal),) = sql(installation, "SELECT attempts, refusal FROM tasks_task")
    assert refusal == ""
    assert tries in (2, 3), "the second worker may have been killed at the mail, before it took the task up"

    arrived = Counter(post_office.ids)
    assert set(arrived) == {message_id for message_id, _address in messages}
    twice = {message_id for message_id, times in arrived.items() if times > 1}
    assert max(arrived.values()) == 2
    assert held in twice
    assert len(twice) <= 2, "one for each time that the worker was killed"
    contents = zip(post_office.ids, post_office.contents, strict=True)
    assert len({content for message_id, content in contents if message_id == held}) == 1, "to the last byte"
    assert {str(letter["To"].addresses[0].addr_spec) for letter in post_office.taken} == registries
    links = set()
    for letter in post_office.taken:
        pdf, docx = (each.get_content() for each in letter.iter_attachments())
        assert (pdf[:5], docx[:2]) == (b"%PDF-", b"PK")
        body = letter.get_body(("plain",))
        assert body is not None
        links |= set(re.findall(r"/vastaus/\S+", body.get_content()))
    assert len(links) == PARTIES


def test_task_that_is_killed_alone_is_taken_up_again_by_its_worker(
    installation: dict[str, str], post_office: SlowPostOffice
):
    with working(installation) as worker:
        until(lambda: count(installation, "posted_at IS NOT NULL") >= 3)
        kill(*workers_of(worker))
        until(lambda: count(installation, "sent_at IS NOT NULL", "mail_message") == PARTIES)
        worker.terminate()
        assert worker.wait(timeout=20) == 0
    assert set(Counter(post_office.ids).values()) == {1}
    assert len(post_office.ids) == PARTIES

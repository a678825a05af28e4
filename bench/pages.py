"""Pages against the floor: a trivial view through the same middleware on the same server, by the server's CPU time."""

from __future__ import annotations

import datetime as dt
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench import drafts, engine
from bench.report import Report
from yhdyspinta.agreement import today

AGREEMENT = "esimerkki-jarvimaa"
# Server times in the bounds are meant for a machine where the floor takes this much CPU.
FLOOR_SECONDS = 0.0002
TICKS = os.sysconf("SC_CLK_TCK")
CLI = (sys.executable, "-c", "from yhdyspinta.cli import main; main()")


def measure(report: Report) -> None:
    """Measure the living agreement's page, and the state of one agreement, as multiples of the floor."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), [*CLI, "demo"]) as server:
        floor = server.cpu("/-/floor", 4000)
        report.say(f"the floor takes {floor * 1000:.3f} ms of server CPU here")
        page = f"/{AGREEMENT}/"
        status, headers = server.get(page)
        assert status == 200, status
        unchanged = server.cpu(page, 4000, {"If-None-Match": headers["etag"]}, expect=304)
        report.ratio("living agreement, unchanged, asked again (304)", unchanged / floor, 2)
        kept = server.cpu(page, 4000)
        report.ratio("living agreement, unchanged, sent whole", kept / floor, 2)
        # A page of a chosen day is never kept, so it is made anew each time in a warm process.
        cold = server.cpu(f"{page}?as-of={today().isoformat()}", 60)
        report.ratio("living agreement, cold", cold / floor, 150, f"{cold * 1000:.1f} ms")
    first, again = engine.first_and_again()
    report.ratio("one day of 50,000 facts, first", first / floor, 0.5 / FLOOR_SECONDS, f"{first * 1000:.0f} ms")
    report.ratio("one day of 50,000 facts, held", again / floor, 0.05 / FLOOR_SECONDS, f"{again * 1000:.0f} ms")
    first, again = drafts.first_and_again()
    what = f"check of a draft with {drafts.CLAUSES} clauses"
    report.ratio(f"{what}, first", first / floor, 1 / FLOOR_SECONDS, f"{first * 1000:.0f} ms")
    report.ratio(f"{what}, one block changed", again / floor, 0.1 / FLOOR_SECONDS, f"{again * 1000:.0f} ms")


class Server:
    """A running server and the CPU time that its processes have used."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, filled: str = "") -> None:
        """Talk to a server at a port; ``filled`` is what was said by the command that filled its database."""
        self.process = process
        self.filled = filled
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, http.client.HTTPMessage]:
        """Fetch a page."""
        self.connection.request("GET", path, headers=headers or {})
        response = self.connection.getresponse()
        response.read()
        return response.status, response.headers

    def cpu(self, path: str, times: int, headers: dict[str, str] | None = None, expect: int = 200) -> float:
        """Return the server's CPU seconds for one request, over so many, after a few that warm it up."""
        for _ in range(20):
            status, _ = self.get(path, headers)
            assert status == expect, (path, status)
        before = self._used()
        for _ in range(times):
            self.get(path, headers)
        return (self._used() - before) / times

    def _used(self) -> float:
        """Return the CPU seconds used so far by the server and its workers (Linux)."""
        group = os.getpgid(self.process.pid)
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(") ")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS


@contextmanager
def served(folder: Path, fill: Sequence[str]) -> Iterator[Server]:
    """Serve a database of its own, which a command fills, with one worker; ``filled`` is what the command said."""
    environment = {**os.environ, "YHDYSPINTA_DATA": str(folder), "YHDYSPINTA_DEBUG": "0"}
    for preparation in (["manage", "migrate", "--verbosity", "0"], ["manage", "collectstatic", "--noinput", "-v", "0"]):
        subprocess.run([*CLI, *preparation], env=environment, check=True)  # noqa: S603 -- our own commands
    filled = subprocess.run(fill, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    port = _free_port()
    process = subprocess.Popen(  # noqa: S603
        [*CLI, "serve", "--port", str(port), "--workers", "1"],
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port)
        yield Server(process, port, filled.stdout.strip())
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60)
    while dt.datetime.now(dt.UTC) < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(port)

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

YHDYSPINTA = Path(sys.executable).parent / "yhdyspinta"


def command(data, *arguments, **more):
    """Run the command line over a data folder of its own."""
    return subprocess.run(
        [YHDYSPINTA, *arguments], env=environment(data, **more), capture_output=True, text=True, check=False, timeout=60
    )


def environment(data, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YHDYSPINTA_", "DJANGO_"))}
    return kept | {"YHDYSPINTA_DATA": str(data), "PYTHONUNBUFFERED": "1"} | more


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A data folder whose name has a space, made ready as `make run` does it."""
    data = tmp_path_factory.mktemp("a folder") / "data"
    assert "collectstatic" in command(data, "serve").stderr
    command(data, "manage", "collectstatic", "--noinput", "--verbosity", "0")
    behind = command(data, "serve")
    assert (behind.returncode, behind.stderr) == (
        1,
        "yhdyspinta: The database is older than the software: yhdyspinta manage migrate\n",
    )
    migrated = command(data, "manage", "migrate", "--verbosity", "0")
    assert (migrated.returncode, migrated.stderr) == (0, "")
    return data


def test_database_in_a_folder_that_others_may_look_into_is_its_owners_alone(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o755)
    assert command(data, "manage", "migrate", "--verbosity", "0").returncode == 0
    assert stat.S_IMODE((data / "db.sqlite3").stat().st_mode) == 0o600


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_serve_says_where_it_listens_and_answers_there(prepared, port):
    arguments = [str(YHDYSPINTA), "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(arguments, env=environment(prepared), stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            assert server.stdout.readline() == f"Yhdyspinta: http://localhost:{port}\n"
            with urllib.request.urlopen(f"http://localhost:{port}/-/health", timeout=10) as answer:
                assert answer.read() == b'{"status": "ok"}'
            taken = command(prepared, "serve", "--port", str(port))
            assert taken.returncode == 1
            assert taken.stderr == (
                f"yhdyspinta: Cannot listen on 127.0.0.1:{port} (Address already in use): "
                "choose another with --port or --host.\n"
            )
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=20) == 0


def test_serve_names_a_setting_that_is_not_understood(prepared):
    done = command(prepared, "serve", YHDYSPINTA_HTTPS="perhaps")
    assert (done.returncode, done.stderr) == (
        1,
        "yhdyspinta: YHDYSPINTA_HTTPS is 'perhaps': write 'yes' or 'no'.\n",
    )


def test_serve_says_that_the_database_does_not_answer(prepared):
    done = command(prepared, "serve", YHDYSPINTA_DATABASE="postgres://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert done.stderr.startswith("yhdyspinta: The database does not answer: ")


def test_deployment_check_has_nothing_to_say_about_an_https_installation(prepared):
    done = command(
        prepared,
        "manage",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        YHDYSPINTA_HTTPS="yes",
        YHDYSPINTA_HOSTS="a.fi",
    )
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (2 silenced).\n")

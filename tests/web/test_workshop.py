from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def shell(script, cwd, path):
    """Run one of the workshop's scripts on a machine that has only these programs."""
    return subprocess.run(
        ["/bin/sh", str(ROOT / "tools" / script)],
        cwd=cwd,
        env={"PATH": str(path), "HOME": str(cwd)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bare(tmp_path):
    """A machine with a user who may install nothing."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "id").write_text("#!/bin/sh\necho 1000\n")
    for name in ("rm", "tr"):
        (programs / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    (programs / "id").chmod(0o755)
    return programs


def python(bare, body):
    program = bare / "python3"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)


def test_missing_python_is_named_in_one_line(bare, tmp_path):
    done = shell("venv.sh", tmp_path, bare)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Python 3.11 or newer is missing: sudo apt-get install python3 python3-venv (Debian 12, Ubuntu 24.04 or newer)"
    ]


def test_old_python_is_no_python(bare, tmp_path):
    python(bare, "exit 1")
    assert "Python 3.11 or newer is missing" in shell("venv.sh", tmp_path, bare).stderr


def test_missing_venv_is_named_in_one_line(bare, tmp_path):
    python(bare, 'case "$*" in *"-m venv"*) exit 1;; *print*) echo python3.12;; esac')
    done = shell("venv.sh", tmp_path, bare)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "The module venv of python3.12 is missing: sudo apt-get install python3.12-venv"
    ]


def test_missing_chromium_is_named_in_one_line_and_stops_nothing(bare, tmp_path):
    done = shell("chromium.sh", tmp_path, bare)
    assert done.returncode == 0
    assert re.fullmatch(
        r"Without chromium( libatomic1)? the browser tests are skipped: sudo apt-get install chromium( libatomic1)?\n",
        done.stderr,
    )


def test_help_names_the_commands():
    done = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        env=os.environ | {"MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    for command in ("make run", "make demo", "make test", "make bench", "make lock"):
        assert command in done.stdout

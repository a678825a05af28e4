from __future__ import annotations

import pytest

from tools.lock import ROOT, findings

PROJECT = '[project]\ndependencies = ["django>=5.2,<5.3"]\n[dependency-groups]\ndev = ["ruff>=0.17"]\n'
GOOD = "django==5.2.19 \\\n    --hash=sha256:aa\n    # via yhdyspinta\nruff==0.17.6 \\\n    --hash=sha256:bb\n"


def test_lock_of_this_repository_is_whole():
    project = (ROOT / "pyproject.toml").read_text()
    assert list(findings((ROOT / "requirements.lock").read_text(), project)) == []


def test_lock_that_is_whole_has_no_findings():
    assert list(findings(GOOD, PROJECT)) == []


@pytest.mark.parametrize(
    ("lock", "finding"),
    [
        (GOOD.replace("==5.2.19", ">=5.2"), "not pinned: django"),
        (GOOD.replace("    --hash=sha256:bb\n", ""), "without hashes: ruff==0.17.6"),
        ("--index-url https://registry.example/simple\n" + GOOD, "line 1 names an address"),
        (GOOD.replace("5.2.19", "6.0.1"), "pyproject.toml asks for django>=5.2,<5.3: make lock"),
        (GOOD.split("ruff", maxsplit=1)[0], "pyproject.toml asks for ruff>=0.17: make lock"),
    ],
)
def test_lock_finding_is_named(lock, finding):
    assert any(finding in found for found in findings(lock, PROJECT))

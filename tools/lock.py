"""Looks at requirements.lock: whole, as pyproject.toml asks, and without the address of any registry."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)")


def findings(lock: str, project: str) -> Iterator[str]:
    """Return what is wrong with the text of a lock, given the text of pyproject.toml."""
    pinned: dict[str, list[str]] = {}
    blocks = re.split(r"\n(?=[A-Za-z0-9])", "\n" + re.sub(r"(?m)^\s*#.*\n", "", lock))
    for block in filter(str.strip, blocks):
        match = _PINNED.match(block.strip())
        if match is None:
            yield f"not pinned: {block.strip().splitlines()[0]}"
            continue
        pinned.setdefault(canonicalize_name(match[1]), []).append(match[2])
        if "--hash=sha256:" not in block:
            yield f"without hashes: {match[0]}"
    for number, line in enumerate(lock.splitlines(), start=1):
        if "://" in line or re.match(r"\s*(--index|--extra-index|--find-links|-i\b|-f\b)", line):
            yield f"line {number} names an address: {line.strip()}"
    data = tomllib.loads(project)
    for wanted in (*data["project"]["dependencies"], *data["dependency-groups"]["dev"]):
        requirement = Requirement(wanted)
        versions = pinned.get(canonicalize_name(requirement.name), [])
        if not any(requirement.specifier.contains(version, prereleases=True) for version in versions):
            yield f"pyproject.toml asks for {wanted}: make lock"


def main() -> int:
    """Print the findings; exit 1 when there are any."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = list(findings(lock, (ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    sys.stderr.writelines(f"requirements.lock: {finding}\n" for finding in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())

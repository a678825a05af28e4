"""What distinguishes one installed software from another."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
_DECIDES = frozenset({".py", ".html", ".txt", ".css", ".js", ".svg", ".mo"})


@cache
def fingerprint() -> str:
    """Return a digest of the package's own code, templates, styles and translations.

    A page that was kept, here or in a browser, is a page of one software: the version number alone would let pages
    survive an update from the repository. Reads a few hundred files, once per process.
    """
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in _DECIDES and "vendor" not in path.parts:
            digest.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]

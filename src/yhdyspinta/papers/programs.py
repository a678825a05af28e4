"""What a document must not carry: macros, and whatever else another program left inside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PROGRAM = re.compile(
    r"(^|/)(vbaProject|vbaData|oleObject)[^/]*$"  # Word's macros, and whatever another program left embedded
    r"|^(Basic|Scripts)/"  # OpenDocument's macros
    r"|\.(exe|dll|com|bat|cmd|msi|js|vbs|ps1|sh|jar|hta|lnk)$",
    re.IGNORECASE,
)


def carries_program(names: Iterable[str]) -> bool:
    """Say whether one of the files inside a container, known by their names, is a macro or a program."""
    return any(_PROGRAM.search(name) for name in names)

"""Ids made of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection


def slug(text: str, taken: Collection[str] = (), longest: int = 60) -> str:
    """Return an id made of a text, a–z, digits and hyphens, that is none of those taken."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ø", "o").replace("æ", "ae"))
    ascii_only = plain.encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "kohta"
    if len(base) > longest:
        base = base[: longest + 1].rpartition("-")[0] or base[:longest]
    number, candidate = 1, base
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate

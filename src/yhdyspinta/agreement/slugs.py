"""Ids made of words: lower case a–z, digits and single hyphens (DESIGN §3.3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

MOST = 60


def slug(text: str, *, otherwise: str = "kohta", most: int = MOST) -> str:
    """Return an id for words: å and ä become a, ö becomes o; what is too long ends at a word."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "ae"))
    words = re.findall(r"[a-z0-9]+", "".join(sign for sign in bare if not unicodedata.combining(sign)))
    found = ""
    for word in words:
        if found and len(found) + 1 + len(word) > most:
            break
        found = f"{found}-{word}" if found else word[:most]
    return found or otherwise


def free(wanted: str, taken: Collection[str]) -> str:
    """Return an id that is not taken: the wanted one, or with a number."""
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found

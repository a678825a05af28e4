"""What is known before a text is read for proposals: who its parties are, and which bodies have a place in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party, with its names in the language of the text.

    ``kind`` and ``form`` are those of the `parties` block. ``name`` is short ("Jyväskylä"), ``official_name`` whole
    ("Jyväskylän kaupunki", "Karleby stad").
    """

    id: str
    kind: str
    form: str | None
    name: str
    official_name: str


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body that a person has confirmed: the names it goes by in the text; ``group`` as in a level of groups."""

    id: str
    names: tuple[str, ...]
    group: bool = False

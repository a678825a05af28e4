"""What a person still has to look at in a new agreement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Something to look at: a code, what it is about (an id), and the same in words for the terminal.

    Codes: ``title``, ``instrument``, ``levels``, ``parties``, ``business-ids``, ``terms``, ``window``,
    ``party-left``, ``left-party-named``, ``reading-decided``, ``reading-unwritten``, ``passages``, ``days-in-text``.
    """

    code: str
    about: str
    words: str

    def __str__(self) -> str:
        """Return the words."""
        return self.words

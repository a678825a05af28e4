"""What the letterhead says on every document, whatever it is made with."""

from __future__ import annotations

from dataclasses import dataclass

HOUSE = "Yhdyspinta"
_REGIONS = {"fi": "FI", "sv": "FI", "en": "GB"}


@dataclass(frozen=True, slots=True)
class Head:
    """Words of the letterhead, in the language of the document."""

    made: str
    """When it was made: ``Tehty 24.11.2026``."""
    footer: str
    """What the document is, on every page."""
    example: str = ""
    """That the records are invented, where they are (DESIGN §5)."""
    house: str = HOUSE
    """Whose paper it is: at the head of every page, and the author of the file."""


def region_of(language: str) -> str:
    """Return the region whose manner of writing a language is set in: Swedish is Finland's."""
    return _REGIONS.get(language, "FI")


def tag_of(language: str) -> str:
    """Return a language as documents name it (BCP 47): ``fi-FI``, ``sv-FI``, ``en-GB``."""
    return f"{language}-{region_of(language)}"

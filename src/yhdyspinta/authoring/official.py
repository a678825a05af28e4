"""The official passages of a draft's clauses, as far as they are found."""

from __future__ import annotations

from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.manuscript.writing import numbers_of
from yhdyspinta.agreement.official import passages_in


def passages_of(manuscript: Manuscript, official: str) -> dict[str, str]:
    """Return the official passage of each clause that names one which the text has."""
    if not official:
        return {}
    named = {
        section.id: (section.attributes["official"], tuple(numbers_of(section.sentences)))
        for section in manuscript.sections
        if section.attributes.get("official")
    }
    return passages_in(official, named)

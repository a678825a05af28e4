"""The pieces of a draft that a form is about: ``front``, ``section:ID`` (without its blocks) and ``KIND:ID``.

A piece has a text for people and a seal: a form carries the seal of what it showed, so that nobody writes over what
somebody else wrote meanwhile.
"""

from __future__ import annotations

import hashlib

from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.yaml_writing import block_text

FRONT = "front"
SECTION = "section"


def piece_of(kind: str, id: str) -> str:
    """Return the name of a piece."""
    return f"{kind}:{id}"


def text_of(manuscript: Manuscript, piece: str) -> str:
    """Return a piece as text; empty where there is none."""
    kind, _colon, id = piece.partition(":")
    try:
        if kind == FRONT:
            return block_text("front matter", manuscript.front)
        if kind == SECTION:
            return _section(manuscript, id)
        return block_text(kind, manuscript.thing(kind, id)[2])
    except (KeyError, TypeError):
        return ""


def seal_of(manuscript: Manuscript, piece: str) -> str:
    """Return what tells a piece from what it was before."""
    return hashlib.sha256(text_of(manuscript, piece).encode()).hexdigest()[:16]


def _section(manuscript: Manuscript, id: str) -> str:
    """Return the titles and the text of a clause in every language, and what it is."""
    section = manuscript.section(id)
    titles, prose = manuscript.titles_of(id), manuscript.prose_of(id)
    said = " · ".join(filter(None, (section.kind, *section.attributes.values())))
    texts = [f"{title}\n\n{prose[language]}" for language, title in titles.items()]
    return "\n\n".join(filter(None, (*texts, said))) + "\n"

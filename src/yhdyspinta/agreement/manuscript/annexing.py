"""A text of its own becomes an annex: a second text of the same agreement (docs/agreement-format.md)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from yhdyspinta.agreement.manuscript.sections import Manuscript
from yhdyspinta.agreement.manuscript.writing import preamble_of, renewed
from yhdyspinta.agreement.slugs import free


def annexed(text: str, *, annex: str, language: str, title: str, taken: Collection[str]) -> str:
    """Return a file as an annex's: with an annex's front matter, and ids that no other text has."""
    file = Manuscript.read({language: text}).files[language]
    used = set(taken)
    sections = []
    for section in file.sections:
        id = free(section.id, used)
        used.add(id)
        sections.append(renewed(replace(section, id=id)))
    front = {"annex": annex, "language": language, "title": {language: title}}
    return replace(file, preamble=preamble_of(front), sections=tuple(sections)).source

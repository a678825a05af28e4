"""A text that was brought in, as paragraphs: what every reader of files makes and what a draft is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

ParagraphKind: TypeAlias = Literal["title", "heading", "text", "item", "table"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading, item of a list or table, in the order of the text; white space is folded.

    ``level`` is a heading's level or an item's nesting, from 1. ``number`` is what is printed before a heading or an
    item ("2.1", "3 §", "a)", "–"), without a dot at its end. ``rows`` are a table's.
    """

    kind: ParagraphKind
    text: str
    level: int = 0
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text, in the language that its words are of; ``notes`` are codes of what the reader left out."""

    paragraphs: tuple[Paragraph, ...]
    language: str
    notes: tuple[str, ...] = ()

"""From blocks to the document: shaped, in its language, and refused where nothing is left."""

from __future__ import annotations

from collections.abc import Sequence

from yhdyspinta.agreement.document import Document
from yhdyspinta.authoring.reading.blocks import Block
from yhdyspinta.authoring.reading.language import language_of
from yhdyspinta.authoring.reading.refusing import NOTES, CannotRead, Limits
from yhdyspinta.authoring.reading.shaping import shaped


def finished(blocks: Sequence[Block], notes: set[str], limits: Limits) -> Document:
    """Return the document that blocks make.

    Raises:
        CannotRead: there is no text in it, or more than an agreement would have.

    """
    if len(blocks) + sum(block.text.count("\n") for block in blocks) > limits.lines:
        raise CannotRead("too-many-lines", limits.lines)
    paragraphs = tuple(shaped(blocks, notes))
    words = [paragraph.text for paragraph in paragraphs]
    words += [cell for paragraph in paragraphs for row in paragraph.rows for cell in row]
    text = "\n".join(words)
    if len(text) > limits.letters:
        raise CannotRead("too-long", limits.letters)
    if not any(letter.isalpha() for letter in text):
        raise CannotRead("empty")
    return Document(paragraphs, language_of(text), tuple(code for code in NOTES if code in notes))

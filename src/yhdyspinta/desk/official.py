"""The official text, laid out from the plain text of a PDF file: page breaks tear paragraphs, blank lines part them."""

from __future__ import annotations

import re

_BLANK = re.compile(r"\n\s*\n")


def paragraphs_of(content: str) -> list[str]:
    """Return the text's paragraphs, white space folded; one that begins in mid-sentence joins the one before."""
    paragraphs: list[str] = []
    for block in _BLANK.split(content.replace("\r\n", "\n").replace("\f", "\n\n")):
        text = " ".join(block.split())
        if not text:
            continue
        if paragraphs and _torn(paragraphs[-1], text):
            paragraphs[-1] = f"{paragraphs[-1]} {text}"
        else:
            paragraphs.append(text)
    return paragraphs


def _torn(before: str, text: str) -> bool:
    """Tell whether a page break tore a sentence: the one before has no end, and this one no beginning."""
    return before[-1] not in ".:!?" and (text[0].islower() or (len(before) > 60 and before[-1] in ",-"))

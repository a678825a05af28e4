"""A plain text as HTML, for programs that show mail so: paragraphs, lists and links, and nothing more."""

from __future__ import annotations

import re

from django.utils.html import escape

_LINK = re.compile(r"https?://[^\s<>\"]+")
_AFTER = ".,;:!?)]}’”'"
"""What stands after an address in a sentence and does not belong to it."""

_BULLET = "- "


def as_html(text: str, *, title: str, language: str) -> str:
    """Return a page with the paragraphs of a text; every sign that means something in HTML is escaped."""
    paragraphs = "\n".join(_paragraph(block.split("\n")) for block in re.split(r"\n\s*\n", text.strip()))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"</head>\n<body>\n{paragraphs}\n</body>\n</html>\n"
    )


def _paragraph(lines: list[str]) -> str:
    if all(line.startswith(_BULLET) for line in lines):
        return "<ul>\n" + "\n".join(f"<li>{_linked(line.removeprefix(_BULLET))}</li>" for line in lines) + "\n</ul>"
    return "<p>" + "<br>\n".join(_linked(line) for line in lines) + "</p>"


def _linked(line: str) -> str:
    """Escape a line, and make links of the addresses in it."""
    pieces, end = [], 0
    for found in _LINK.finditer(line):
        address = found.group().rstrip(_AFTER)
        pieces += [escape(line[end : found.start()]), f'<a href="{escape(address)}">{escape(address)}</a>']
        end = found.start() + len(address)
    return "".join([*pieces, escape(line[end:])])

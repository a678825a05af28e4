"""A plain text as HTML, for programs that show mail so: paragraphs, lists and links, and nothing more."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.html import escape

_LINK = re.compile(r"https?://[^\s<>\"]+")
_AFTER = ".,;:!?)]}’”'"
"""What stands after an address in a sentence and does not belong to it."""

_GOES_ON = ("", "/", "?", "#")
"""What may follow the installation's address in one of its pages; after another sign it is another's name."""

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
    """Escape a line, and make links of this installation's addresses in it.

    Others stay words: a name that somebody has typed may hold one, and must not become a link in our mail.
    """
    pieces, end = [], 0
    for found in _LINK.finditer(line):
        address = found.group().rstrip(_AFTER)
        if not _is_ours(address):
            continue
        pieces += [escape(line[end : found.start()]), f'<a href="{escape(address)}">{escape(address)}</a>']
        end = found.start() + len(address)
    return "".join([*pieces, escape(line[end:])])


def _is_ours(address: str) -> bool:
    return address.startswith(settings.ADDRESS) and address[len(settings.ADDRESS) :][:1] in _GOES_ON

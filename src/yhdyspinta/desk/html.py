"""The smallest pieces of HTML, repeated hundreds of times on a page: escaped and put together here for all pages."""

from __future__ import annotations

import re
from html import escape

from django.utils.safestring import SafeString, mark_safe

_OUTSIDE = ' rel="nofollow noopener"'
_LEADS = re.compile(r"https?://|/(?![/\\])|[#?]", re.IGNORECASE)


def text(words: str) -> str:
    """Return words as HTML."""
    return escape(words)


def heard(words: str) -> str:
    """Return words for those who do not see the shape beside them."""
    return f'<span class="seen-by-ear"> {escape(words)}</span>' if words else ""


def link(words: str, url: str, *, outside: bool = False) -> str:
    """Return a link; one that leads to somebody else's server says nothing of where it comes from.

    What is neither an address of the web nor one of this site leads nowhere: the words stand alone.
    """
    if not _LEADS.match(url):
        return escape(words)
    return f'<a href="{escape(url)}"{_OUTSIDE if outside else ""}>{escape(words)}</a>'


def safe(*parts: str) -> SafeString:
    """Join parts that are HTML already."""
    return mark_safe("".join(parts))  # noqa: S308 - every part is made by the functions above or is a fixed word of ours

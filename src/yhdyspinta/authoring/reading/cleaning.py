"""Letters and white space as a text is written, whatever a program or a page has made of them."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LETTERS = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
    }
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SOFT_BREAK = re.compile("\u00ad[ \t]*\n[ \t]*(?=[^\\W\\d_])")  # a word divided at the end of a line by a soft hyphen


def cleaned(text: str) -> str:
    """Return the text with whole letters, without soft hyphens and other invisible characters; lines are kept."""
    if text.isascii() and text.isprintable():
        return text
    text = _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SOFT_BREAK.sub("", text).translate(_LETTERS)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def folded(text: str) -> str:
    """Return the text on one line: any white space, non-breaking too, is one space."""
    return " ".join(text.split())

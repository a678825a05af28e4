"""How large a text that is brought may be, and what is said of one that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, so that a hostile one costs little more than the largest honest one.

    ``part`` and ``tags`` bound one XML file inside a DOCX or ODT; ``letters`` and ``lines`` the text of any file (some
    seven hundred pages). ``seconds`` and ``memory`` bound the process that reads a PDF.
    """

    bytes: int = 20 * MEGABYTE
    members: int = 2_000
    unpacked: int = 200 * MEGABYTE
    part: int = 20 * MEGABYTE
    tags: int = 2_000_000
    letters: int = 2_000_000
    lines: int = 60_000
    pages: int = 300
    seconds: int = 90
    memory: int = 1024 * MEGABYTE


LIMITS = Limits()

MESSAGES: Mapping[str, _StrPromise] = {
    "empty": _("There is no text in it."),
    "too-big": _("The file is too large: at most %(value)s MB. Remove the pictures or bring it in parts."),
    "too-long": _("The text is too long: at most %(value)s characters. Bring it in parts."),
    "too-many-lines": _("The text has more than %(value)s lines or paragraphs. Bring it in parts."),
    "too-many-pages": _("The file has more than %(value)s pages. Bring it in parts."),
    "too-slow": _(
        "Reading the file was stopped because it took too long. Bring it as a Word file (.docx) or in parts."
    ),
    "no-text": _(
        "The PDF has %(value)s pages but no text: it is probably scanned. Recognise its text (OCR) first, or bring the "
        "original Word file (.docx)."
    ),
    "no-letters": _("The letters of the PDF cannot be told from each other. Bring the original Word file (.docx)."),
    "protected": _("The file is protected with a password. Save it without a password and bring it again."),
    "macros": _("The document carries macros or programs. Save it without them, as .docx or .odt, and bring it again."),
    "old-format": _("The file is in the format of an old program. Save it in the .docx format and bring it again."),
    "other-format": _(
        "The file is from another program. Save it in the .docx, .odt or .pdf format and bring it again."
    ),
    "picture": _("The file is a picture. Recognise its text (OCR) first, or bring the original Word file (.docx)."),
    "not-a-document": _("The file is not a document. Bring a Word file (.docx), .odt, .pdf or plain text."),
    "broken": _("The file is damaged and cannot be opened. Save it again and bring it anew."),
    "bomb": _("The file unpacks to an unreasonable size. Copy its text to a new document and bring that."),
    "declarations": _(
        "The file holds declarations that no word processor writes. Copy its text to a new document and bring that."
    ),
    "lost-letters": _(
        "Letters of the text have been lost in an earlier conversion (for example “%(value)s”). Copy the text anew "
        "from the original document."
    ),
}
"""What is said of a text that cannot be read, by code."""

NOTES: Mapping[str, _StrPromise] = {
    "headers": _("Page headers, footers and page numbers were left out."),
    "contents": _("The table of contents was left out."),
    "footnotes": _("Footnotes stand in brackets at the end of their paragraph."),
    "images": _("Pictures were left out."),
    "text-boxes": _("The text of text boxes stands after the paragraph that they are tied to."),
    "tracked-changes": _("Tracked changes were read as accepted: what was deleted is left out."),
    "comments": _("Comments were left out."),
    "hidden": _("Hidden text was left out."),
    "encoding": _("Letters that an earlier conversion had garbled were mended."),
}
"""What is said of a text that was read: what is not as in the file, by the codes of ``Document.notes``."""


class CannotRead(Exception):
    """The text cannot be read; says why and what to do. ``code`` is a key of ``MESSAGES``."""

    def __init__(self, code: str, detail: object = "") -> None:
        """Remember the code, and what its message speaks of: a limit, a number of pages, a word."""
        self.code, self.detail = code, str(detail)
        super().__init__(code)

    def __str__(self) -> str:
        """Return the message in the language of the page."""
        return str(MESSAGES[self.code]) % {"value": self.detail}

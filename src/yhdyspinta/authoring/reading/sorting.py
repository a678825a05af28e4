"""A file that somebody brings, to a document: known by what is in it, never by its name."""

from __future__ import annotations

from yhdyspinta.agreement.document import Document
from yhdyspinta.authoring.reading.decoding import decoded, mended
from yhdyspinta.authoring.reading.open_document import read_open_document
from yhdyspinta.authoring.reading.packed import Packed
from yhdyspinta.authoring.reading.plain import read_plain
from yhdyspinta.authoring.reading.portable import read_portable
from yhdyspinta.authoring.reading.refusing import LIMITS, MEGABYTE, CannotRead, Limits
from yhdyspinta.authoring.reading.word import read_word

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_MAIN_TYPES = (b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml")
_ODT_TYPES = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template")
_MOST_BYTES_A_LETTER = 4  # of UTF-8 and UTF-16
_BEFORE_PDF = 1024  # so much of nothing may stand before a PDF


def read_document(content: bytes, limits: Limits = LIMITS) -> Document:
    """Return what a DOCX, ODT, PDF or text file says.

    Raises:
        CannotRead: the file cannot be read; its code says why.

    """
    if len(content) > limits.bytes:
        raise CannotRead("too-big", limits.bytes // MEGABYTE)
    if not content.strip():
        raise CannotRead("empty")
    try:
        return _read(content, limits)
    except RecursionError as error:
        raise CannotRead("broken") from error


def read_pasted(text: str, limits: Limits = LIMITS) -> Document:
    """Return what a pasted text says.

    Raises:
        CannotRead: there is no text in it, it is too long, or letters of it have been lost.

    """
    notes: set[str] = set()
    return read_plain(mended(text, notes), notes, limits)


def _read(content: bytes, limits: Limits) -> Document:
    notes: set[str] = set()
    if content.startswith(b"PK"):
        return _read_packed(Packed(content, limits), notes, limits)
    if content[:_BEFORE_PDF].lstrip(b"\xef\xbb\xbf\0\r\n\t ").startswith(b"%PDF-"):
        return read_portable(content, notes, limits)
    if content.startswith(_OLE):
        raise CannotRead("protected" if "EncryptedPackage".encode("utf-16-le") in content else "old-format")
    if content.startswith(b"{\\rtf"):
        raise CannotRead("old-format")
    if content.startswith(_PICTURES):
        raise CannotRead("picture")
    if content.lstrip()[:200].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<office:")):
        raise CannotRead("other-format")
    if len(content) > _MOST_BYTES_A_LETTER * limits.letters:
        raise CannotRead("too-long", limits.letters)
    return read_plain(decoded(content, notes), notes, limits)


def _read_packed(packed: Packed, notes: set[str], limits: Limits) -> Document:
    types = packed.part("[Content_Types].xml")
    if types is not None:
        if b"macroEnabled" in types:
            raise CannotRead("macros")
        if any(kind in types for kind in _MAIN_TYPES):
            return read_word(packed, notes, limits)
        raise CannotRead("other-format")
    if (kind := packed.part("mimetype")) is not None:
        if kind.strip() in _ODT_TYPES:
            return read_open_document(packed, notes, limits)
        raise CannotRead("other-format")
    raise CannotRead("other-format" if packed.names & {"word/document.xml", "content.xml"} else "not-a-document")

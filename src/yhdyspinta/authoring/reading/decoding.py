"""Bytes to text, whatever program wrote them, and letters mended that an earlier conversion has garbled."""

from __future__ import annotations

import re

from yhdyspinta.authoring.reading.refusing import CannotRead

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FINNISH = re.compile("[åäöÅÄÖéü]")
_OTHERS = ("cp850", "mac-roman")  # of DOS and of old Macintosh programs
_UPPER = "".join(bytes([value]).decode("cp1252", "ignore") for value in range(0x80, 0xA0))
_GARBLED = re.compile(f"[\u00c2-\u00f4][\u0080-\u00bf{_UPPER}]+")  # UTF-8 read as Windows-1252
_SENSIBLE = set("åäöÅÄÖéÉüÜõÕšžŽ–—’“”„•…€§°½×·«»≥≤\u2018\u00b4\u2212\u00a0\u00ad")
"""What mending may give: “KESÄ”” also looks garbled, but would become a letter that nobody has written."""

_LOST = re.compile("\ufffd|Ã\\?")
_BYTES = {bytes([value]).decode("cp1252", "ignore"): value for value in range(0x80, 0xA0)} | {
    chr(v): v for v in range(256)
}


def decoded(content: bytes, notes: set[str]) -> str:
    """Return the text of a file: UTF-16 by its mark, else UTF-8, else what programs of one byte a letter write.

    Raises:
        CannotRead: it is no text.

    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _text(content.decode("utf-16"), notes)
        except UnicodeDecodeError as error:
            raise CannotRead("not-a-document") from error
    if b"\0" in content:
        raise CannotRead("not-a-document")
    try:
        return _text(content.decode("utf-8-sig"), notes)
    except UnicodeDecodeError:
        return _text(_in_one_byte(content, notes), notes)


def _in_one_byte(content: bytes, notes: set[str]) -> str:
    """Return the text in Windows-1252, or in an older code where only that gives the letters of Finnish."""
    usual = content.decode("cp1252", "replace")
    if len(_FINNISH.findall(usual)) > 0:
        return usual
    best = max(_OTHERS, key=lambda code: len(_FINNISH.findall(content.decode(code, "replace"))))
    found = content.decode(best, "replace")
    if len(_FINNISH.findall(found)) * 2 > len(re.findall(rb"[\x80-\xff]", content)):  # most of what is no ASCII
        notes.add("encoding")
        return found
    return usual


def _text(text: str, notes: set[str]) -> str:
    if len(_CONTROL.findall(text)) * 1000 > len(text):
        raise CannotRead("not-a-document")
    return mended(text, notes)


def mended(text: str, notes: set[str]) -> str:
    """Return the text with “pÃ¤Ã¤tÃ¶s” mended to “päätös”, which is certain where the bytes were UTF-8.

    Raises:
        CannotRead: letters have been replaced by a sign that says so, and cannot be known any more.

    """
    whole = _GARBLED.sub(_ungarbled, text)
    if (lost := _LOST.search(whole)) is not None:
        shown = whole[max(lost.start() - 20, 0) : lost.end() + 20]
        raise CannotRead("lost-letters", next(word for word in shown.split() if _LOST.search(word)))
    if whole != text:
        notes.add("encoding")
    return whole


def _ungarbled(found: re.Match[str]) -> str:
    try:
        whole = bytes(_BYTES[letter] for letter in found[0]).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return found[0]
    return whole if set(whole) <= _SENSIBLE else found[0]

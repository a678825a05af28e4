"""Documents as PDF: archivable and accessible (PDF/A-3a and PDF/UA-1), made by Typst with the letterhead of the house.

Typst is big and keeps a second and much memory to itself: only tasks and commands make PDFs, never a request. It
refuses what would not be accessible (a document without title, a heading level left out, a picture without words):
a template that does so is an error of ours.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from yhdyspinta.printing.head import Head, region_of

if TYPE_CHECKING:
    from typst import Compiler

MEDIA_TYPE = "application/pdf"
_NO_SIGN = "□"
"""Stands for a sign that no font of ours has, and that an archive file may therefore not hold."""

_LATIN = "\u024f"
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me"})
"""The categories of signs that nobody would miss: control characters and the like."""

_UNSHOWN = re.compile(r'the (?:text|PDF contains the codepoint) `"(.+?)"`(?: could not be displayed|$)', re.MULTILINE)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_HOUSE = Path(__file__).parents[1]
"""The folder of all rooms: templates name each other from here (``/printing/documents/base.typ``)."""


_one_at_a_time = Lock()
"""Two threads cannot use one compiler at once; tasks are processes of their own, and wait for nobody here."""


def make_pdf(template: Path, data: Mapping[str, Any], *, title: str, language: str, made: dt.date, head: Head) -> bytes:
    """Return a PDF from a template (``<room>/documents/*.typ``) and what it is to say, as JSON can hold it.

    The same data gives the same bytes. ``title`` and ``language`` are the document's own, for archives and readers.
    A sign that the fonts do not have (somebody's emoji) becomes □.

    Raises:
        typst.TypstError: the template is wrong.

    """
    said = {
        **data,
        "title": title,
        "language": language,
        "region": region_of(language),
        "made": made.isoformat(),
        "made-words": head.made,
        "footer": head.footer,
        "house": head.house,
        "example": head.example,
    }
    moment = dt.datetime.combine(made, dt.time(12), dt.UTC)
    try:
        return _compiled(template, said, moment)
    except RuntimeError as error:
        marks = _unshown(error)
        if not marks:
            raise
        return _compiled(template, _instead(marks, said), moment)


def _compiled(template: Path, said: Any, moment: dt.datetime) -> bytes:
    with _one_at_a_time:
        pdf = _compiler().compile(
            template,
            sys_inputs={"data": json.dumps(said, ensure_ascii=False)},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=moment,
        )
    assert isinstance(pdf, bytes)
    return pdf


def _unshown(error: RuntimeError) -> dict[int, str]:
    """Return what stands for each sign that Typst says it has no picture of; it names all of them at once.

    With an accent that is not there it names the letter below it too: those of our languages are in the fonts.
    """
    named = "".join(_UNSHOWN.findall(getattr(error, "diagnostic", "")))
    signs = set(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), named))
    lacking = {sign for sign in signs if sign > _LATIN or unicodedata.category(sign) in _UNSEEN}
    return {ord(sign): "" if unicodedata.category(sign) in _UNSEEN else _NO_SIGN for sign in lacking}


def _instead(marks: Mapping[int, str], said: Any) -> Any:
    """Return data with other signs for those that cannot be shown."""
    if isinstance(said, str):
        return said.translate(marks)
    if isinstance(said, Mapping):
        return {key: _instead(marks, value) for key, value in said.items()}
    return [_instead(marks, value) for value in said] if isinstance(said, list | tuple) else said


@cache
def _compiler() -> Compiler:
    """Return the one compiler of the process, which remembers fonts and templates; the same fonts everywhere."""
    import typst  # noqa: PLC0415 -- 80 MB: for tasks and commands alone

    return typst.Compiler(root=_HOUSE, ignore_system_fonts=True)

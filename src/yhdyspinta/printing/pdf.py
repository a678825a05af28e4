"""Documents as PDF: archivable and accessible (PDF/A-3a and PDF/UA-1), made by Typst with the letterhead of the house.

Typst is big and keeps a second and much memory to itself: only tasks and commands make PDFs, never a request. It
refuses what would not be accessible (a document without title, a heading level left out, a picture without words):
a template that does so is an error of ours.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yhdyspinta.printing.head import Head, region_of

if TYPE_CHECKING:
    from typst import Compiler

MEDIA_TYPE = "application/pdf"
_HOUSE = Path(__file__).parents[1]
"""The folder of all rooms: templates name each other from here (``/printing/documents/base.typ``)."""


def make_pdf(template: Path, data: Mapping[str, Any], *, title: str, language: str, made: dt.date, head: Head) -> bytes:
    """Return a PDF from a template (``<room>/documents/*.typ``) and what it is to say, as JSON can hold it.

    The same data gives the same bytes. ``title`` and ``language`` are the document's own, for archives and readers.
    """
    said = {
        **data,
        "title": title,
        "language": language,
        "region": region_of(language),
        "made": made.isoformat(),
        "made-words": head.made,
        "footer": head.footer,
        "example": head.example,
    }
    moment = dt.datetime.combine(made, dt.time(12), dt.UTC)
    pdf = _compiler().compile(
        template,
        sys_inputs={"data": json.dumps(said, ensure_ascii=False)},
        pdf_standards=["a-3a", "ua-1"],
        timestamp=moment,
    )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _compiler() -> Compiler:
    """Return the one compiler of the process, which remembers fonts and templates; the same fonts everywhere."""
    import typst  # noqa: PLC0415 -- 80 MB: for tasks and commands alone

    return typst.Compiler(root=_HOUSE, ignore_system_fonts=True)

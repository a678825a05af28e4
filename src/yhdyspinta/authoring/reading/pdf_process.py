"""The lines of a PDF, found in a process of their own that imports nothing else of the product.

A PDF can be made so that reading it never ends or takes all memory, and no look at the file tells. So the process sets
itself bounds of time and memory that the operating system keeps, and whatever ends it ends nothing else. It reads the
file from its input and writes JSON: ``{"pages", "images", "lines": [...]}`` or ``{"code", "detail"}``.
"""

from __future__ import annotations

import io
import json
import logging
import re
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTImage, LTPage, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

_BOLD = re.compile(r"bold|black|heavy|demi|,b", re.IGNORECASE)
_MOST_LINES = 100_000
_FARTHEST = 1e6  # points
_LAYOUT = LAParams(char_margin=3.5, line_margin=0.9, all_texts=True)  # justified lines have wide spaces


class _Refused(Exception):
    """The file is not read on: a code of ``refusing.MESSAGES``."""


def main() -> None:
    """Read a PDF from the input, within the bounds that the arguments give."""
    seconds, memory, pages, letters = (int(argument) for argument in sys.argv[1:5])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    logging.disable(logging.CRITICAL)
    try:
        found = read(sys.stdin.buffer.read(), pages, letters)
    except _Refused as refused:
        found = {"code": refused.args[0]}
    except (PDFPasswordIncorrect, PDFEncryptionError):
        found = {"code": "protected"}
    except MemoryError:
        found = {"code": "bomb"}
    except Exception:  # noqa: BLE001 -- pdfminer raises whatever a wrong file makes it stumble over
        found = {"code": "broken"}
    json.dump(found, sys.stdout)


def read(content: bytes, most_pages: int, most_letters: int) -> dict[str, Any]:
    """Return the lines of every page in the order of reading."""
    document = PDFDocument(PDFParser(io.BytesIO(content)))
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=_LAYOUT)
    interpreter = PDFPageInterpreter(manager, device)
    lines: list[dict[str, Any]] = []
    images = False
    letters = count = 0
    for page in PDFPage.create_pages(document):
        count += 1
        if count > most_pages:
            raise _Refused("too-many-pages")
        interpreter.process_page(page)
        layout = device.get_result()
        for line in _lines(layout):
            made = _line(line, count, layout)
            letters += len(made["text"])
            if letters > most_letters or len(lines) > _MOST_LINES:
                raise _Refused("too-long")
            lines.append(made)
        images = images or any(isinstance(item, LTImage) for item in _walk(layout))
    if not count:
        raise _Refused("broken")
    return {"pages": count, "images": images, "lines": lines}


def _walk(container: LTContainer[Any]) -> Iterator[Any]:
    """Give everything on a page, in the order that the layout found."""
    waiting = list(reversed(list(container)))
    while waiting:
        item = waiting.pop()
        yield item
        if isinstance(item, LTContainer) and not isinstance(item, LTTextLine):
            waiting += reversed(list(item))


def _lines(page: LTPage) -> Iterator[LTTextLine]:
    return (item for item in _walk(page) if isinstance(item, LTTextLine) and item.get_text().strip())


def _line(line: LTTextLine, page: int, layout: LTPage) -> dict[str, Any]:
    letters = [letter for letter in line if isinstance(letter, LTChar) and letter.get_text().strip()]
    sizes = Counter(round(letter.size, 1) for letter in letters)
    bold = sum(bool(_BOLD.search(letter.fontname)) for letter in letters)
    return {
        "text": line.get_text().strip(),
        "page": page,
        "left": _finite(line.x0),
        "right": _finite(line.x1),
        "base": _finite(line.y0 - layout.y0),
        "height": _finite(layout.height),
        "size": _finite(sizes.most_common(1)[0][0]) if sizes else 0.0,
        "bold": bool(letters) and bold >= 0.95 * len(letters),
    }


def _finite(number: float) -> float:
    """Return a measure in points; a file may also say what is no place on any page."""
    return float(number) if abs(number) < _FARTHEST else 0.0


if __name__ == "__main__":
    main()

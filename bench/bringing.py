"""A Word file of thirty pages is read into a draft, and what it seems to say is proposed."""

from __future__ import annotations

import io

import docx

from bench.report import Report, median_cpu
from yhdyspinta.agreement import sources_of
from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.outline import draft_of_document
from yhdyspinta.agreement.proposing.drafted import read_proposals
from yhdyspinta.authoring.reading import read_document
from yhdyspinta.cli.shared import folder_of

WORDS = 12_000
"""What thirty pages hold."""
SECONDS = 5


def measure(report: Report) -> None:
    """Measure the task that a page waits for, without the start of its process."""
    content = word_file()
    spent = median_cpu(lambda: _read(content), 3)
    detail = f"{spent:.2f} s, {len(content) // 1024} kB"
    report.ratio("a Word file of 30 pages read and proposed", spent / SECONDS, 1, detail)


def _read(content: bytes) -> None:
    sources, _official = draft_of_document(read_document(content), title="Sopimus")
    assert read_proposals(Manuscript.read(sources))


def word_file() -> bytes:
    """Return the clauses of the framework agreement as a Word file, again and again until thirty pages are full."""
    folder = folder_of("keski-suomi-2023")
    assert folder is not None
    sources, _findings = sources_of(folder)
    clauses = Manuscript.read(sources).clause_texts()
    document = docx.Document()
    written = 0
    while written < WORDS:
        for clause in clauses:
            document.add_heading(f"{clause.title} {written}", level=2 if clause.text else 1)
            for line in clause.text.splitlines():
                document.add_paragraph(line)
            written += len(clause.text.split())
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()

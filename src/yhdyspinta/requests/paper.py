"""A document between its words and its files: what stands at its top, its sections, and how they are set.

As PDF, as a Word file and as plain text, which all say the same in the same order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from yhdyspinta.printing.docx import WordDocument
from yhdyspinta.printing.head import Head
from yhdyspinta.printing.pdf import make_pdf

_TEMPLATES = Path(__file__).parent / "documents"
Setting: TypeAlias = Literal["text", "strong", "lines", "items", "names", "numbered", "facts", "files", "table"]
"""How rows are set: `facts` are a label and a value, `files` a name and a hash, a `table` has its head first."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of cells, and how they are set; all but facts, files and tables have one cell in a row."""

    kind: Setting
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document before it is set: what stands at its top, and its sections."""

    language: str
    made: dt.date
    kind: str
    title: str
    sender: tuple[str, ...]
    marks: tuple[str, ...]
    """Below the kind: the day, the register number."""
    recipient: tuple[str, ...]
    sections: tuple[Section, ...]
    head: Head


def to_pdf(paper: Paper, template: str) -> bytes:
    """Return a document as PDF/A-3a, accessible, by a template of the room. For tasks and commands alone."""
    data = {
        "kind": paper.kind,
        "sender": paper.sender,
        "marks": paper.marks,
        "recipient": paper.recipient,
        "sections": [asdict(section) for section in paper.sections],
    }
    return make_pdf(
        _TEMPLATES / template, data, title=paper.title, language=paper.language, made=paper.made, head=paper.head
    )


def to_docx(paper: Paper) -> bytes:
    """Return a document as a Word file."""
    written = WordDocument(
        paper.title, language=paper.language, made=paper.made, head=paper.head, opening=list(_opening(paper))
    )
    for section in paper.sections:
        written.heading(section.heading, 1)
        for block in section.blocks:
            _write(written, block)
    return written.save()


def _opening(paper: Paper) -> Iterator[str]:
    """Give the paragraphs above the title; the sender's lines have the document's own beside them, after a tab."""
    right = (paper.kind, *paper.marks)
    height = max(len(paper.sender), len(right))
    left, right = (column + ("",) * (height - len(column)) for column in (paper.sender, right))
    yield "\n".join(f"{one}\t{other}".rstrip() for one, other in zip(left, right, strict=True))
    if paper.recipient:
        yield "\n".join(paper.recipient)


def _write(paper: WordDocument, block: Block) -> None:
    first = [row[0] for row in block.rows]
    match block.kind:
        case "numbered":
            paper.numbered(first)
        case "items":
            for words in first:
                paper.item(words)
        case "lines" | "names":
            paper.paragraph("\n".join(first))
        case "table":
            paper.table(block.rows[0], block.rows[1:])
        case "strong":
            paper.paragraph([("strong", "\n".join(first))])
        case _:
            for words in _told(block):
                paper.paragraph(words)


def to_text(paper: Paper) -> str:
    """Return a document as plain text: an empty line between paragraphs, numbers before what is numbered."""
    parts = [
        paper.head.example,
        "\n".join(paper.sender),
        "\n".join((paper.kind, *paper.marks)),
        "\n".join(paper.recipient),
        paper.title,
    ]
    for section in paper.sections:
        parts += [section.heading, *(_as_text(block) for block in section.blocks)]
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def _as_text(block: Block) -> str:
    first = [row[0] for row in block.rows]
    match block.kind:
        case "numbered":
            return "\n\n".join(f"{number}. {words}" for number, words in enumerate(first, start=1))
        case "items":
            return "\n".join(f"- {words}" for words in first)
        case "text":
            return "\n\n".join(first)
        case _:
            return "\n".join(_told(block))


def _told(block: Block) -> list[str]:
    """Return rows as lines, a label before its value."""
    if block.kind == "facts":
        return [f"{label}: {value}" for label, value in block.rows]
    if block.kind == "files":
        return [f"{name}\nSHA-256 {digest}" for name, digest in block.rows]
    return [" · ".join(row) for row in block.rows]

"""From a text that was brought in to the files of a draft: headings become parts and clauses, nothing is left out.

Where at least half of the highest headings have others below them, each is a part; its own text is a clause of the same
title, and deeper headings are clauses, those deeper still clauses below them. Else the whole is one part, its headings
are clauses and deeper ones clauses below them. Each clause names its passage of the official text, which is the same
text as it was brought in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yhdyspinta.agreement.document import Document, Paragraph
from yhdyspinta.agreement.manuscript import Manuscript, add_section
from yhdyspinta.agreement.official import sentences_of
from yhdyspinta.agreement.slugs import free, slug
from yhdyspinta.agreement.yaml_writing import block_text

# What a title says its clause is, by the beginnings of its words; the first that fits counts.
KINDS: Mapping[str, tuple[str, ...]] = {
    "signature": ("allekirj", "päiväys", "underskrift", "datum", "signature"),
    "party": ("osapuol", "sopimusosap", "sopijap", "parter", "avtalsparter", "parties"),
    "definition": ("määritel", "käsit", "definition", "begrepp"),
    "law": ("lainsäädän", "laki", "lait", "lagstift", "lag", "legislation"),
    "term": ("voimass", "voimaantul", "kesto", "irtisano", "giltig", "ikraftträd", "uppsäg", "validity", "term"),
    "goal": ("tavoit", "päämäär", "mål", "målsättn", "goal", "objective"),
    "structure": ("rakent", "yhteistyörak", "taso", "elimet", "organisoi", "struktur", "samarbetsstr", "nivå", "level"),
    "rule": ("kustann", "pelisään", "käytän", "kostnad", "spelregl", "cost"),
    "principle": ("periaat", "taust", "tarkoit", "arvot", "princip", "bakgrund", "syfte", "background", "purpose"),
}
_DEEPEST = 4
_PARTS = {"fi": "osa", "sv": "del"}
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(r"([\\`*_\[\]<>|])|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)([-+>#=~]|\d{1,9}(?=[.)](?:\s|$)))")


@dataclass(slots=True)
class _Heading:
    """A heading on its way to a section, with the text below it."""

    title: str
    number: str
    level: int
    printed: str
    below: list[Paragraph] = field(default_factory=list)


def draft_of_document(document: Document, *, title: str) -> tuple[dict[str, str], str]:
    """Return the files of a draft and the official text, both in the document's language.

    ``title`` is what the draft is called where the document has no title of its own.
    """
    language = document.language
    said = next((each.text for each in document.paragraphs if each.kind == "title"), "") or title
    front = {
        "id": slug(said, otherwise="sopimus"),
        "language": language,
        "title": {language: said},
        "short-title": {language: _short(said)},
    }
    headings = _headings(document.paragraphs, said)
    manuscript = Manuscript.read({language: f"---\n{block_text('front matter', front)}---\n\n"})
    return _written(manuscript, headings, language).sources, official_of(document)


def official_of(document: Document) -> str:
    """Return a document as plain text: a line for each paragraph, headings on lines of their own."""
    return "\n\n".join(_printed(each) for each in document.paragraphs) + "\n"


def kind_of_title(title: str) -> str:
    """Return what a title says its clause is, or nothing."""
    words = [word.casefold() for word in _WORD.findall(title)]
    for kind, stems in KINDS.items():
        if any(word.startswith(stem) for word in words for stem in stems):
            return kind
    return ""


def as_markdown(paragraphs: Iterable[Paragraph]) -> str:
    """Return paragraphs, lists and tables as Markdown that reads back as the same words."""
    found: list[str] = []
    before = ""
    for paragraph in paragraphs:
        if paragraph.kind == "table":
            text = _table(paragraph.rows)
        elif paragraph.kind == "item":
            text = _item(paragraph)
        else:
            text = _escaped(paragraph.text)
        glued = paragraph.kind == "item" and before == "item"
        found.append(f"{'' if not found else chr(10) if glued else chr(10) * 2}{text}")
        before = paragraph.kind
    return "".join(found)


def _headings(paragraphs: Iterable[Paragraph], title: str) -> list[_Heading]:
    """Return headings with what stands below them; what stands before the first one goes below the title."""
    found = [_Heading(title, "", 0, "")]
    for paragraph in paragraphs:
        if paragraph.kind == "title":
            found[0].printed = found[0].printed or _printed(paragraph)
            continue
        if paragraph.kind == "heading":
            level = max(1, paragraph.level)
            found.append(_Heading(paragraph.text, paragraph.number, level, _printed(paragraph)))
        else:
            found[-1].below.append(paragraph)
    return found if found[0].below else found[1:]


def _written(manuscript: Manuscript, headings: list[_Heading], language: str) -> Manuscript:
    """Write headings as parts and clauses."""
    levels = sorted({heading.level for heading in headings if heading.level})
    flat = not _has_parts(headings, levels)
    taken: set[str] = set()
    last: str | None = None

    def add(heading: _Heading, depth: int, passage: Mapping[str, str], *, text: bool) -> None:
        nonlocal manuscript, last
        lead = f"{_PARTS.get(language, 'part')}-" if depth == 1 else ""  # the clause below it has the bare id
        id = free(f"{lead}{slug(heading.title)}", taken)
        taken.add(id)
        attributes = {"ref": heading.number, **passage} if heading.number else passage
        manuscript = add_section(
            manuscript,
            id,
            after=last,
            titles={language: heading.title},
            depth=depth,
            kind=kind_of_title(heading.title) if depth > 1 else "",
            attributes=attributes if depth > 1 else {},
            prose={language: as_markdown(heading.below)} if text else {},
        )
        last = id

    if flat or not headings[0].level:
        lead = _Heading(str(manuscript.front["short-title"][language]), "", 1, "")
        add(lead, 1, {}, text=False)
    for heading, passage in zip(headings, _passages(headings), strict=True):
        if flat or not heading.level:
            below = levels.index(heading.level) if heading.level else 0
            add(heading, min(2 + below, _DEEPEST), passage, text=True)
            continue
        depth = levels.index(heading.level) + 1
        if depth == 1:
            add(heading, 1, passage, text=False)
        if depth > 1 or heading.below:
            add(heading, min(max(depth, 2), _DEEPEST), passage, text=True)
    return manuscript


def _has_parts(headings: list[_Heading], levels: list[int]) -> bool:
    """Tell whether the highest headings hold others together, or most of them stand alone."""
    highest = [place for place, heading in enumerate(headings) if levels and heading.level == levels[0]]
    following = [headings[place + 1].level for place in highest if place + 1 < len(headings)]
    return len(levels) > 1 and 2 * sum(level > levels[0] for level in following) >= len(highest)


def _passages(headings: list[_Heading]) -> list[dict[str, str]]:
    """Return the official passage of each heading: by the line as printed, where it stands there once.

    A line that stands twice names its first place, up to where the second begins; the second has no passage.
    """
    seen: set[str] = set()
    found: list[dict[str, str]] = []
    for place, heading in enumerate(headings):
        if not heading.printed or heading.printed in seen or not heading.below:
            found.append({})
        else:
            named = {"official": heading.printed}
            following = headings[place + 1] if place + 1 < len(headings) else None
            if following and following.printed in seen | {heading.printed}:
                count = len(sentences_of("\n".join(_printed(each) for each in heading.below)))
                named["sentences"] = f"1-{count}"
            found.append(named)
        seen.add(heading.printed)
    return found


def _printed(paragraph: Paragraph) -> str:
    if paragraph.kind == "table":
        return "\n".join("\t".join(row) for row in paragraph.rows)
    return f"{paragraph.number} {paragraph.text}".strip()


def _short(title: str) -> str:
    """Return a title for narrow places: whole words of at most 60 signs."""
    if len(title) <= 60:
        return title
    return title[:60].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"


def _item(paragraph: Paragraph) -> str:
    indent = "  " * max(0, paragraph.level - 1)
    number = "" if paragraph.number in {"", "-", "–", "•", "*"} else f"{_escaped(paragraph.number)} "
    return f"{indent}- {number}{_escaped(paragraph.text)}"


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    wide = max(len(row) for row in rows)
    lines = ["| " + " | ".join(_escaped(cell) for cell in (*row, *[""] * (wide - len(row)))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * wide, *lines[1:]])


def _escaped(text: str) -> str:
    """Return words so that Markdown reads them as they are."""
    bare = _SIGNS.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))
    return _LINE_START.sub(_kept_at_start, bare)


def _kept_at_start(match: re.Match[str]) -> str:
    """Escape what would begin a list, a heading or a quotation; of a number, the sign after it."""
    return f"{match[1]}\\{match[2]}" if not match[2].isdecimal() else f"{match[1]}{match[2]}\\"

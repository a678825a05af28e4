"""Documents as Word files: real headings, lists and tables, so that they are edited and read aloud as such."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from yhdyspinta.printing.head import Head, tag_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Run: TypeAlias = tuple[str, str]
"""`same`, `strong`, `added` or `gone`, and the words."""

ADDED, GONE = "Added words", "Removed words"
"""Character styles of a redline: underlined and bold, struck through."""

_STYLES = {"added": ADDED, "gone": GONE, "strong": "Strong"}

_RIGHT_COLUMN = Cm(10.5)
_INK = RGBColor(0x16, 0x28, 0x3A)
_SOFT = RGBColor(0x4D, 0x5D, 0x6A)
# XML 1.0, 2.2: Word cannot open a file with the other control characters in it.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class WordDocument:
    """A document on the letterhead of the house, written from top to bottom."""

    def __init__(self, title: str, *, language: str, made: dt.date, head: Head, opening: Sequence[str] = ()) -> None:
        """Begin a document; ``title`` and ``language`` are the document's own, and the title is its first line.

        An ``opening`` are paragraphs above the title, as a letter has them: what stands after a tab in a line stands in
        the column on the right. With one, the first page has no line at its head.
        """
        self._docx = docx.Document()
        self._style_ids = self._styles(tag_of(language))
        self._properties(title, tag_of(language), made, head.house)
        self._page(head, own_opening=bool(opening))
        if head.example:
            self.paragraph([("added", head.example)])
        for words in opening:
            paragraph = self._docx.add_paragraph()
            paragraph.paragraph_format.tab_stops.add_tab_stop(_RIGHT_COLUMN)
            self._write(paragraph, words)
        self._write(self._paragraph("Title"), title)

    def heading(self, text: str | Sequence[Run], level: int) -> None:
        """Write a heading; 1 is the highest below the title."""
        self._write(self._paragraph(f"Heading {level}"), text)

    def paragraph(self, text: str | Sequence[Run]) -> None:
        """Write a paragraph."""
        self._write(self._docx.add_paragraph(), text)

    def item(self, text: str | Sequence[Run]) -> None:
        """Write an item of a list."""
        self._write(self._paragraph("List Bullet"), text)

    def numbered(self, items: Iterable[str | Sequence[Run]]) -> None:
        """Write a list whose items Word numbers, from 1."""
        numbering: Any = self._docx.part.numbering_part.element
        style: Any = self._docx.styles["List Number"].element
        same = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
        own = numbering.add_num(same)  # the style alone would go on counting from the list before
        own.add_lvlOverride(ilvl=0).add_startOverride(1)
        for item in items:
            paragraph = self._paragraph("List Number")
            number = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 -- python-docx has no name for it
            number.get_or_add_ilvl().val, number.get_or_add_numId().val = 0, own.numId
            self._write(paragraph, item)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str | Sequence[Run]]]) -> None:
        """Write a table; its head is repeated on every page, and no row is torn apart."""
        table = self._docx.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, words in zip(table.rows[0].cells, head, strict=True):
            cell.paragraphs[0].add_run(_clean(words)).bold = True
        _row_property(table.rows[0], "w:tblHeader")
        for row in rows:
            written = table.add_row()
            _row_property(written, "w:cantSplit")
            for cell, text in zip(written.cells, row, strict=True):
                self._write(cell.paragraphs[0], text)
        self._docx.add_paragraph()

    def save(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self._docx.save(out)
        return out.getvalue()

    def _paragraph(self, style: str) -> Paragraph:
        paragraph = self._docx.add_paragraph()
        paragraph._p.style = self._style_ids[style]  # noqa: SLF001 -- by name, python-docx reads all styles each time
        return paragraph

    def _write(self, paragraph: Paragraph, text: str | Sequence[Run]) -> None:
        runs = [("same", text)] if isinstance(text, str) else list(text)
        for at, (kind, words) in enumerate(runs):
            if at:
                paragraph.add_run(" ")
            run = paragraph.add_run(_clean(words))
            if kind in _STYLES:
                run._r.style = self._style_ids[_STYLES[kind]]  # noqa: SLF001 -- as above

    def _styles(self, tag: str) -> dict[str, str]:
        """Set the document's styles and language, and return the id of each style by its name."""
        styles: Any = self._docx.styles
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
            font = styles[name].font
            font.name, font.color.rgb = "Calibri", _INK
            # Word takes the theme's font before the one that is named, unless this is gone.
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                styles[name].element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        styles["Normal"].font.size = Pt(11)
        styles["Title"].font.size = Pt(20)
        for name in (ADDED, GONE):
            styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        styles[ADDED].font.bold = styles[ADDED].font.underline = True
        styles[GONE].font.strike = True
        for properties in styles.element.iter(qn("w:rPrDefault")):
            for language in properties.iter(qn("w:lang")):
                language.set(qn("w:val"), tag)
        return {style.name: style.style_id for style in styles}

    def _properties(self, title: str, tag: str, made: dt.date, author: str) -> None:
        properties = self._docx.core_properties
        properties.title, properties.language = _clean(title)[:250], tag
        properties.author = _clean(author)[:250]
        properties.comments = ""
        properties.created = properties.modified = dt.datetime.combine(made, dt.time(12))

    def _page(self, head: Head, *, own_opening: bool) -> None:
        section = self._docx.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.different_first_page_header_footer = own_opening
        written = [
            (section.header.paragraphs[0], f"{head.house} · {head.made}"),
            (section.footer.paragraphs[0], head.footer),
        ]
        if own_opening:
            written.append((section.first_page_footer.paragraphs[0], head.footer))
        for paragraph, words in written:
            run = paragraph.add_run(_clean(words))
            run.font.size, run.font.color.rgb = Pt(9), _SOFT


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 -- python-docx has no name of its own for it


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)

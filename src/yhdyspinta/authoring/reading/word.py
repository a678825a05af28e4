"""A DOCX file, paragraph by paragraph, as Word would print it with all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from yhdyspinta.agreement.document import Document
from yhdyspinta.authoring.reading.blocks import Block
from yhdyspinta.authoring.reading.finishing import finished
from yhdyspinta.authoring.reading.packed import Packed
from yhdyspinta.authoring.reading.refusing import CannotRead, Limits
from yhdyspinta.authoring.reading.tables import blocks_of_table, spanned, text_of
from yhdyspinta.authoring.reading.word_inline import Fields, Inline, chosen
from yhdyspinta.authoring.reading.word_numbering import Numbering
from yhdyspinta.authoring.reading.word_styles import Style, Styles, W, list_of, outline_level, value_of

_MAIN = "word/document.xml"
_WRAPPERS = {f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag")}
_DELETED = {f"{W}{name}" for name in ("del", "moveFrom")}


def read_word(packed: Packed, notes: set[str], limits: Limits) -> Document:
    """Return what a DOCX file says; ``notes`` gets the codes of what is left out.

    Raises:
        CannotRead: a part of it is damaged, too large, or there is no text in it.

    """
    main = next((path for kind, path in packed.related("") if kind == "officeDocument" and path in packed.names), _MAIN)
    root = packed.tree(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise CannotRead("broken")
    related = dict(reversed(packed.related(main)))
    if related.keys() & {"header", "footer"}:
        notes.add("headers")
    reading = _Reading(
        Styles(packed.tree(related.get("styles", "word/styles.xml"))),
        Numbering(packed.tree(related.get("numbering", "word/numbering.xml"))),
        Fields(body, notes),
        notes,
    )
    for kind in ("footnotes", "endnotes"):
        reading.read_notes(kind.removesuffix("s"), packed.tree(related.get(kind, f"word/{kind}.xml")))
    reading.read(body)
    reading.finish()
    return finished(reading.blocks, notes, limits)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What was gathered of a paragraph, and what its properties and its style say."""

    inline: Inline
    style: Style
    properties: etree._Element | None
    style_id: str | None


class _Reading:
    """The walk through a file: what has been read, and what a later paragraph depends on."""

    def __init__(self, styles: Styles, numbering: Numbering, fields: Fields, notes: set[str]) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
        self._numbering = numbering
        self._fields = fields
        self._notes = notes
        self._footnotes: dict[tuple[str, str], str] = {}
        self._gap = True  # an empty paragraph stands above
        self._carried: _Paragraph | None = None  # whose end was deleted: it goes on in the next

    def read_notes(self, kind: str, root: etree._Element | None) -> None:
        """Read the footnotes or endnotes, which stand in a part of their own."""
        for note in root.iterchildren(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                self._footnotes[kind, note.get(f"{W}id", "")] = text_of(self._blocks_in(note))

    def read(self, parent: etree._Element) -> None:
        """Read the paragraphs and tables below an element."""
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self.finish()
                self.blocks += blocks_of_table(list(self._rows(child)))
            elif child.tag == f"{W}sdt":
                if self._is_contents(child):
                    self._notes.add("contents")
                elif (content := child.find(f"{W}sdtContent")) is not None:
                    self.read(content)
            elif child.tag in _WRAPPERS:
                self.read(child)
            elif child.tag in _DELETED:
                self._notes.add("tracked-changes")
            elif (choice := chosen(child)) is not None:
                self.read(choice)

    def finish(self) -> None:
        """Place a paragraph whose end was deleted and that nothing follows."""
        if self._carried is not None:
            self._place(self._carried)
            self._carried = None

    def _is_contents(self, control: etree._Element) -> bool:
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"

    def _blocks_in(self, parent: etree._Element) -> list[Block]:
        """Return the paragraphs and tables below an element, apart from the text."""
        outside, self.blocks = self.blocks, []
        carried, self._carried = self._carried, None
        self.read(parent)
        self.finish()
        inside, self.blocks = self.blocks, outside
        self._carried = carried
        return inside

    def _rows(self, table: etree._Element) -> Iterator[list[list[Block]]]:
        for row in _children(table, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self._notes.add("tracked-changes")
                continue
            cells: list[list[Block]] = []
            for cell in _children(row, "tc"):
                told = cell.find(f"{W}tcPr")
                merged = None if told is None else told.find(f"{W}vMerge")
                goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
                cells.append([] if goes_on else [one for one in self._blocks_in(cell) if one.text.strip() or one.rows])
                span = value_of(told, "gridSpan") or "1"
                wide = int(span) if span.isascii() and span.isdigit() and len(span) < 3 else 1
                cells += spanned(cells, wide)
            yield cells

    def _paragraph(self, element: etree._Element) -> None:
        properties = element.find(f"{W}pPr")
        style_id = value_of(properties, "pStyle")
        style = self._styles.of(style_id)
        begun = self._carried
        inline = begun.inline if begun is not None else Inline(self._styles, self._fields, self._notes)
        self._carried = None
        inline.read(element, style)
        paragraph = _Paragraph(inline, style, properties, style_id)
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._notes.add("tracked-changes")
            self._carried = paragraph
        else:
            self._place(paragraph)

    def _place(self, paragraph: _Paragraph) -> None:
        if paragraph.style.contents:
            self._notes.add("contents")
        elif paragraph.inline.text.strip():
            self._add(paragraph)
            self._gap = False
        else:
            self._gap = True
        for box in paragraph.inline.boxes:
            self._notes.add("text-boxes")
            self.blocks += self._blocks_in(box)

    def _add(self, paragraph: _Paragraph) -> None:
        inline, style = paragraph.inline, paragraph.style
        outline = value_of(paragraph.properties, "outlineLvl")
        block = Block(
            inline.text, alone=True, gap=self._gap, size=inline.size, bold=inline.bold, bold_first=inline.bold_first
        )
        block.level = outline_level(outline) if outline is not None else style.level
        if block.level:
            block.kind = "heading"
        elif style.title:
            block.kind = "title"
        self._number(block, paragraph)
        footnotes = [self._footnotes.pop(key, "") for key in inline.footnotes]  # each once, however often it is named
        said = " ".join(f"[{text}]" for text in footnotes if text)
        if said:
            self._notes.add("footnotes")
        if said and block.kind not in {"heading", "title"}:
            block.text = f"{block.text} {said}"
            said = ""
        self.blocks.append(block)
        if said:  # a heading is a name: what is noted to it stands below
            self.blocks.append(Block(said, look=False))

    def _number(self, block: Block, paragraph: _Paragraph) -> None:
        """Count a paragraph that is numbered automatically, by itself or by its style."""
        style = paragraph.style
        list_id, level = list_of(paragraph.properties)
        if list_id is None:
            list_id = style.list_id
            tied = self._numbering.level_of_style(list_id, paragraph.style_id or "")
            level = tied if tied is not None else style.list_level if level is None else level
        counted = self._numbering.next_number(list_id, level or 0)
        if counted is None:
            return
        if block.kind == "text":
            block.kind, block.level = "item", (level or 0) + 1
        if block.kind == "item" or counted.sort != "bullet":
            block.number, block.sort, block.depth = counted.number, counted.sort, (level or 0) + 1


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give the rows of a table or the cells of a row, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag == f"{W}sdt":
            if (content := child.find(f"{W}sdtContent")) is not None:
                yield from _children(content, name)
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)

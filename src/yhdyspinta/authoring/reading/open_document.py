"""An ODT file, paragraph by paragraph, with all tracked changes accepted."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator

from lxml import etree

from yhdyspinta.agreement.document import Document
from yhdyspinta.authoring.reading.blocks import Block
from yhdyspinta.authoring.reading.finishing import finished
from yhdyspinta.authoring.reading.open_document_styles import (
    DRAW,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    Counter,
    Style,
    Styles,
    number_of,
)
from yhdyspinta.authoring.reading.packed import Packed
from yhdyspinta.authoring.reading.refusing import CannotRead, Limits
from yhdyspinta.authoring.reading.tables import blocks_of_table, spanned, text_of

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_CONTENTS = {
    f"{TEXT}{name}" for name in ("table-of-content", "alphabetical-index", "illustration-index", "table-index")
}
_NOTED = {
    f"{OFFICE}annotation": "comments",
    f"{OFFICE}annotation-end": "comments",
    f"{TEXT}page-number": "headers",
    f"{TEXT}page-count": "headers",
    f"{TEXT}change": "tracked-changes",
    f"{TEXT}change-start": "tracked-changes",
    f"{TEXT}change-end": "tracked-changes",
}
_ROWS = {f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")}
_SKIPPED = {
    f"{TEXT}{name}"
    for name in ("number", "ruby-text", "note-citation", "sequence-decls", "variable-decls", "user-field-decls")
}
_MOST_SPACES = 100


def read_open_document(packed: Packed, notes: set[str], limits: Limits) -> Document:
    """Return what an ODT file says; ``notes`` gets the codes of what is left out.

    Raises:
        CannotRead: it is protected, a part of it is damaged or too large, or there is no text in it.

    """
    if b"encryption-data" in (packed.part("META-INF/manifest.xml") or b""):
        raise CannotRead("protected")
    root = packed.tree("content.xml")
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise CannotRead("broken")
    styles = packed.tree("styles.xml")
    if styles is not None and next(styles.iter(f"{STYLE}header", f"{STYLE}footer"), None) is not None:
        notes.add("headers")
    reading = _Reading(Styles(root, styles), notes)
    reading.read(body)
    return finished(reading.blocks, notes, limits)


class _Line:
    """The text of a paragraph as it is gathered, and how most of its letters look."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.footnotes: list[str] = []
        self.boxes: list[etree._Element] = []
        self.bold_first = False
        self._sizes: Tally[float] = Tally()
        self._bold = 0

    def say(self, text: str, look: Style) -> None:
        if text == "\n" and "\n" not in self.said:
            self.bold_first = self.bold
        self.said.append(text)
        letters = sum(not letter.isspace() for letter in text)
        self._sizes[look.size] += letters
        self._bold += letters if look.bold else 0

    @property
    def bold(self) -> bool:
        return 0 < self._bold >= 0.95 * self._sizes.total()

    @property
    def size(self) -> float:
        return self._sizes.most_common(1)[0][0] if self._sizes else 0.0


class _Reading:
    """The walk through a file: what has been read, and the lists that are counted."""

    def __init__(self, styles: Styles, notes: set[str]) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
        self._notes = notes
        self._gap = True  # an empty paragraph stands above
        self._headings = Counter(styles.outline)
        self._lists: dict[str, Counter] = {}
        self._last: dict[str, Counter] = {}

    def read(self, parent: etree._Element) -> None:
        """Read the paragraphs, lists and tables below an element."""
        for child in parent:
            if child.tag in {f"{TEXT}p", f"{TEXT}h"}:
                self._paragraph(child)
            elif child.tag == f"{TEXT}list":
                self._list(child, 1, "", None)
            elif child.tag == f"{TABLE}table":
                self.blocks += blocks_of_table(list(self._rows(child)))
            elif child.tag in _CONTENTS:
                self._notes.add("contents")
            elif child.tag == f"{TEXT}tracked-changes":
                self._notes.add("tracked-changes")
            elif child.tag in {f"{DRAW}frame", f"{DRAW}g", f"{DRAW}custom-shape"}:
                self._read_boxes(self._boxes(child))
            elif child.tag not in _SKIPPED:
                self.read(child)

    def _list(self, element: etree._Element, level: int, name: str, counter: Counter | None) -> None:
        """Read a list and the lists inside it; each list counts anew unless it says that it goes on."""
        name = element.get(f"{TEXT}style-name", name)
        if counter is None or (element.get(f"{TEXT}style-name") and counter.levels is not self._styles.lists.get(name)):
            counter = self._counter(element, name)
        if (key := element.get(_XML_ID)) is not None:
            self._lists[key] = counter
        self._last[name] = counter
        for item in element:
            numbered = item.tag == f"{TEXT}list-item"
            start = item.get(f"{TEXT}start-value")
            for child in item:
                if child.tag == f"{TEXT}list":
                    self._list(child, min(level + 1, 9), name, counter)
                elif child.tag in {f"{TEXT}p", f"{TEXT}h"}:
                    self._paragraph(child, counter if numbered else None, level, number_of(start, 1) if start else None)
                    numbered = False  # a second paragraph of an item has no number of its own
                elif child.tag not in _SKIPPED:
                    self.read(child)

    def _counter(self, element: etree._Element, name: str) -> Counter:
        goes_on = self._lists.get(element.get(f"{TEXT}continue-list", ""))
        if goes_on is None and element.get(f"{TEXT}continue-numbering") == "true":
            goes_on = self._last.get(name)
        return goes_on or Counter(self._styles.lists.get(name, {}))

    def _blocks_in(self, parent: etree._Element) -> list[Block]:
        """Return the paragraphs and tables below an element, apart from the text."""
        outside, self.blocks = self.blocks, []
        self.read(parent)
        inside, self.blocks = self.blocks, outside
        return inside

    def _rows(self, table: etree._Element) -> Iterator[list[list[Block]]]:
        for child in table:
            if child.tag in _ROWS:
                yield from self._rows(child)
            elif child.tag == f"{TABLE}table-row":
                cells: list[list[Block]] = []
                for cell in child:
                    if cell.tag in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
                        cells.append([one for one in self._blocks_in(cell) if one.text.strip() or one.rows])
                        cells += spanned(cells, number_of(cell.get(f"{TABLE}number-columns-repeated"), 1))
                yield cells

    def _paragraph(
        self, element: etree._Element, counter: Counter | None = None, list_level: int = 1, start: int | None = None
    ) -> None:
        style = self._styles.of(element.get(f"{TEXT}style-name"))
        line = _Line()
        self._inline(element, style, line)
        block = Block(
            "".join(line.said), alone=True, gap=self._gap, size=line.size, bold=line.bold, bold_first=line.bold_first
        )
        self._gap = not block.text.strip()
        if not self._gap:
            if element.tag == f"{TEXT}h":
                block.kind = "heading"
                block.level = max(min(number_of(element.get(f"{TEXT}outline-level"), style.level or 1), 9), 1)
            elif style.title:
                block.kind = "title"
            elif style.level:
                block.kind, block.level = "heading", style.level
            self._number(block, element, counter, list_level, start)
            self._add(block, " ".join(f"[{text}]" for text in line.footnotes))
        self._read_boxes(line.boxes)

    def _number(
        self, block: Block, element: etree._Element, counter: Counter | None, list_level: int, start: int | None
    ) -> None:
        number, sort, depth = "", "", list_level
        if counter is not None:
            number, sort = counter.next_number(list_level, start)
        if not number and element.tag == f"{TEXT}h" and element.get(f"{TEXT}is-list-header") != "true":
            depth = block.level
            number, sort = self._headings.next_number(block.level, None)
        if counter is not None and block.kind == "text":
            block.kind, block.level = "item", list_level
        if block.kind == "item" or sort != "bullet":
            block.number, block.sort, block.depth = number, sort, depth

    def _add(self, block: Block, footnotes: str) -> None:
        self.blocks.append(block)
        if footnotes and block.kind in {"heading", "title"}:  # a heading is a name: what is noted to it stands below
            self.blocks.append(Block(footnotes, look=False))
        elif footnotes:
            block.text = f"{block.text} {footnotes}"

    def _inline(self, element: etree._Element, look: Style, line: _Line) -> None:
        """Gather the letters of a paragraph or of a part of one."""
        if look.hidden:
            self._notes.add("hidden")
            return
        self._say(element.text, look, line)
        for child in element:
            self._piece(child, look, line)
            self._say(child.tail, look, line)

    def _say(self, text: str | None, look: Style, line: _Line) -> None:
        if text:  # line ends of the file are spaces: a break of a line is an element
            line.say(text.replace("\n", " ").replace("\t", " "), look)

    def _piece(self, child: etree._Element, look: Style, line: _Line) -> None:
        tag = child.tag
        if tag == f"{TEXT}span":
            self._inline(child, self._styles.look_of_letters(child.get(f"{TEXT}style-name"), look), line)
        elif tag == f"{TEXT}s":
            line.say(" " * min(number_of(child.get(f"{TEXT}c"), 1), _MOST_SPACES), look)
        elif tag == f"{TEXT}tab":
            line.say("\t", look)
        elif tag == f"{TEXT}line-break":
            line.say("\n", look)
        elif tag == f"{TEXT}note":
            self._footnote(child, line)
        elif tag in _NOTED:
            self._notes.add(_NOTED[tag])
        elif child.tag.startswith(DRAW):
            line.boxes += self._boxes(child)
        elif tag not in _SKIPPED:
            self._inline(child, look, line)

    def _footnote(self, element: etree._Element, line: _Line) -> None:
        body = element.find(f"{TEXT}note-body")
        said = "" if body is None else text_of(self._blocks_in(body))
        if said:
            self._notes.add("footnotes")
            line.footnotes.append(said)

    def _boxes(self, element: etree._Element) -> list[etree._Element]:
        """Return the text boxes of a drawing; shapes that hold paragraphs are such too."""
        if element.tag == f"{DRAW}text-box" or element.find(f"{TEXT}p") is not None:
            return [element]
        found = [box for child in element for box in self._boxes(child)]
        if not found and element.tag == f"{DRAW}image":
            self._notes.add("images")
        return found

    def _read_boxes(self, boxes: list[etree._Element]) -> None:
        for box in boxes:
            self._notes.add("text-boxes")
            self.read(box)

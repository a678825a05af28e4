"""What stands inside a paragraph of a DOCX: letters, breaks, fields, notes, and the boxes tied to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from yhdyspinta.authoring.reading.word_styles import Style, Styles, W, is_set, value_of, with_look

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_NOT_SAID = {f"{W}{name}" for name in ("pPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "rubyPr", "rt")}
_NOTED = dict.fromkeys(
    (f"{W}{name}" for name in ("del", "moveFrom", "ins", "moveTo")), "tracked-changes"
) | dict.fromkeys((f"{W}{name}" for name in ("commentRangeStart", "commentReference")), "comments")
_FIELD_MARKS = {f"{W}fldChar", f"{W}instrText"}
_BOX = f"{W}txbxContent"
_DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}
_LEFT_OUT = {"TOC": "contents", "PAGE": "headers", "NUMPAGES": "headers", "SECTIONPAGES": "headers"}
"""Fields whose results are no text of the agreement, and what is noted where they are left out."""


_DEEPEST = 50  # fields inside fields


class Fields:
    """The fields that are open where the walk is: a table of contents is one that spans many paragraphs."""

    def __init__(self, body: etree._Element, notes: set[str]) -> None:
        """Look whether every field of the text is closed; in a file where one is not, no field hides anything."""
        self._notes = notes
        self._open: list[list[str]] = []  # of each open field its instruction, and "shown" after it
        self._deeper = 0
        depth = 0
        for mark in body.iter(f"{W}fldChar"):
            kind = mark.get(f"{W}fldCharType")
            depth += 1 if kind == "begin" else -1 if kind == "end" and depth else 0
        self._sound = depth == 0

    def mark(self, kind: str | None) -> None:
        """Begin or end a field, or its result."""
        if self._deeper or (kind == "begin" and len(self._open) == _DEEPEST):
            self._deeper += {"begin": 1, "end": -1}.get(kind or "", 0)
        elif kind == "begin":
            self._open.append(["", ""])
        elif self._open and kind == "separate":
            self._open[-1][1] = "shown"
        elif self._open and kind == "end":
            self._open.pop()

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open and not self._open[-1][1]:
            self._open[-1][0] = (self._open[-1][0] + text)[:200]

    @property
    def hide(self) -> bool:
        """Whether what stands here is not shown, or is no text of the agreement."""
        return self._sound and any(not shown or self.is_left_out(instruction) for instruction, shown in self._open)

    def is_left_out(self, instruction: str) -> bool:
        """Say whether a field's result is left out, and note it."""
        note = _LEFT_OUT.get((instruction.split() or [""])[0].upper())
        if note:
            self._notes.add(note)
        return note is not None


class Inline:
    """The text of a paragraph as it is gathered, and how most of its letters look."""

    def __init__(self, styles: Styles, fields: Fields, notes: set[str]) -> None:
        """Begin with nothing."""
        self.boxes: list[etree._Element] = []
        self.footnotes: list[tuple[str, str]] = []
        self._styles = styles
        self._fields = fields
        self._notes = notes
        self._said: list[str] = []
        self._sizes: Counter[float] = Counter()
        self._letters = 0
        self._bold = 0
        self._first_line_bold = False

    @property
    def text(self) -> str:
        """What it says, with its tabs and line breaks."""
        return "".join(self._said)

    @property
    def bold(self) -> bool:
        """Whether every letter is bold or underlined, but for a stray one."""
        return self._letters > 0 and self._bold >= 0.95 * self._letters

    @property
    def bold_first(self) -> bool:
        """Whether it begins with a bold line, as where a heading and its text are one paragraph."""
        return self._first_line_bold

    @property
    def size(self) -> float:
        """The size of most letters, in points."""
        return self._sizes.most_common(1)[0][0] if self._sizes else 0.0

    def read(self, parent: etree._Element, style: Style) -> None:
        """Read runs, and what wraps them."""
        for child in parent:
            if child.tag in _NOTED:
                self._notes.add(_NOTED[child.tag])
            if child.tag == f"{W}r":
                self._run(child, style)
            elif child.tag == _MATH_TEXT:
                self._say(child.text or "", style)
            elif not self._is_left_out(child):
                choice = chosen(child)
                self.read(child if choice is None else choice, style)

    def _is_left_out(self, element: etree._Element) -> bool:
        if element.tag == f"{W}fldSimple":
            return self._fields.is_left_out(element.get(f"{W}instr", ""))
        return element.tag in _NOT_SAID

    def _run(self, run: etree._Element, style: Style) -> None:
        letters = run.find(f"{W}rPr")
        look = style
        if letters is not None:
            if (named := value_of(letters, "rStyle")) is not None:
                look = self._styles.look_of_letters(named, look)
            look = with_look(look, letters)
            if value_of(letters, "u") not in {None, "none"} or is_set(letters, "caps"):
                look = replace(look, bold=True)
            if is_set(letters, "vanish"):
                self._notes.add("hidden")
                self._only_marks(run)
                return
        for child in run:
            self._piece(child, look)

    def _only_marks(self, run: etree._Element) -> None:
        """Of hidden letters only the marks of fields count: an index entry hides its instruction."""
        for child in run:
            if child.tag in _FIELD_MARKS:
                self._field(child)

    def _field(self, element: etree._Element) -> None:
        if element.tag == f"{W}fldChar":
            self._fields.mark(element.get(f"{W}fldCharType"))
        else:
            self._fields.instruct(element.text or "")

    def _piece(self, element: etree._Element, look: Style) -> None:
        tag = element.tag
        if tag == f"{W}t":
            self._say(element.text or "", look)
        elif tag in _SIGNS:
            self._say(_SIGNS[tag], look)
        elif tag in _FIELD_MARKS:
            self._field(element)
        elif tag in _NOTES and not self._fields.hide:
            self.footnotes.append((_NOTES[tag], element.get(f"{W}id", "")))
        elif tag in _NOTED:
            self._notes.add(_NOTED[tag])
        elif tag == f"{W}ruby":
            self.read(element, look)
        elif tag in _DRAWN:
            self._drawn(element)
        elif (choice := chosen(element)) is not None:
            for child in choice:
                self._piece(child, look)

    def _drawn(self, element: etree._Element) -> None:
        boxes = list(boxes_of(element))
        self.boxes += boxes
        if not boxes:
            self._notes.add("images")

    def _say(self, text: str, look: Style) -> None:
        if not text or self._fields.hide:
            return
        if text == "\n" and "\n" not in self._said:
            self._first_line_bold = self.bold
        self._said.append(text)
        letters = sum(not letter.isspace() for letter in text)
        self._letters += letters
        self._bold += letters if look.bold else 0
        self._sizes[look.size] += letters


def chosen(element: etree._Element) -> etree._Element | None:
    """Return the one of several variants of the same thing (``mc:AlternateContent``) that holds text, or None."""
    if element.tag != f"{_MC}AlternateContent":
        return None
    variants = [child for child in element if child.tag in {f"{_MC}Choice", f"{_MC}Fallback"}]
    with_text = (one for one in variants if next(one.iter(_BOX, f"{W}t"), None) is not None)
    return next(with_text, variants[0] if variants else None)


def boxes_of(element: etree._Element) -> Iterator[etree._Element]:
    """Give the text boxes below a drawing, each once; boxes inside a box are read with it."""
    for child in element:
        if child.tag == _BOX:
            yield child
        else:
            yield from boxes_of(found if (found := chosen(child)) is not None else child)

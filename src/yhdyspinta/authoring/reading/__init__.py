"""A text that somebody brings, as paragraphs: Word (DOCX), OpenDocument (ODT), PDF with text, plain or pasted text.

``read_document`` knows a file by its content; ``read_pasted`` takes what was typed. Both return a ``Document`` or
raise ``CannotRead``, which says why in words. ``NOTES`` does the same for the codes of
``Document.notes``.

What is recognised, and what was decided:

- **Headings** have the level of their style, in any language (Heading 1, Otsikko 1, Rubrik 1, styles based on them,
  outline levels). Where no style says so, a short paragraph that does not end as a sentence is one when it is bold,
  underlined, larger, in capitals, or numbered without being one of a list; in text without any look, when it stands
  alone. Levels follow the looks, largest first, and the depth of the numbers. “Taso 1” stands below the heading
  before it. A name with a business id or an address below it is a party, and names in a row are those who sign:
  neither is a heading.
- **Numbers** are those printed: typed ones are taken apart (“2.1”, “3 §”, “§ 3”, “a)”, “IV.”), automatic ones are
  counted as the program counts them. A dash or a dot is a bullet. “§ 6 (hyte)” refers to a law, and “1.1.2026” is a
  day.
- **Tables** keep their rows; a merged cell is printed once and the others of it are empty; a table in a table is text
  of its cell. A table with one column or one row, one that is mostly empty, and one whose cells hold parties with id
  and address below the name only sets text: its cells become paragraphs. Tables in a PDF are lines of text.
- **Line breaks** part a paragraph where an address, an item or a heading begins; otherwise they are spaces. Names set
  side by side, as where an agreement is signed, become paragraphs.
- **Hyphens** at the end of a line are taken off, unless the word goes on in a capital (Keski-Suomen), stands with its
  hyphen elsewhere in the text, is an abbreviation (www-, EU-), joins two of one vowel (linja-auto), or waits for
  another word (sosiaali- ja terveyspalvelut).
- **Left out**, and noted: page headers, footers and page numbers, tables of contents, pictures, comments, hidden
  text, what a tracked change deletes. Footnotes stand in brackets at the end of their paragraph, those of a heading
  below it; in a PDF they are paragraphs. Text boxes are read once, after the paragraph that they are tied to.
- **Letters** that a wrong encoding garbled (“pÃ¤Ã¤tÃ¶s”) are mended where that is certain and noted; where they are
  lost, the text is refused.

Bounds (``Limits``): sizes of the file, of what is unpacked, of text and lines; XML must declare nothing. A PDF is
read by a process of its own, which the operating system stops at its bounds of time and memory, with pages counted
besides.
"""

from __future__ import annotations

from yhdyspinta.authoring.reading.refusing import LIMITS, NOTES, CannotRead, Limits
from yhdyspinta.authoring.reading.sorting import read_document, read_pasted

__all__ = ["LIMITS", "NOTES", "CannotRead", "Limits", "read_document", "read_pasted"]

"""What a reader of a file hands over: its paragraphs with what is known of their look, before they are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yhdyspinta.agreement.document import ParagraphKind

LABEL = re.compile(
    r"(?:y-?\s?tunnus|ly-tunnus|(?:posti|käynti|verkkolasku)?osoite|puh(?:elin)?|sähköposti|yhteyshenkilö"
    r"|fo-?\s?nummer|(?:företags-\s?och\s+)?organisationsnummer|(?:post|besöks)?adress|telefon|tfn|e-post|kontaktperson"
    r"|business\s+id|address|phone|e-?mail|contact)\b\.?\s*(?::|(?=\d))",
    re.IGNORECASE,
)
"""What the lines below a party's name begin with."""

POSTAL = re.compile(r"\b\d{5}\s+[A-ZÅÄÖ]")
"""A postal code and a town, wherever in a line."""

_END = re.compile(r"[.:;,!?…][\"”’')\]]*$")


@dataclass(slots=True)
class Block:
    """A paragraph of a file. ``kind`` is what its style says; what has none is ``text`` until it is looked at.

    ``number`` and ``sort`` come from automatic numbering, ``depth`` is how deep the number is ("2.1": 2). ``size`` is
    in points (0: not known), ``bold`` says that every letter is bold or underlined, ``bold_first`` that those of the
    first line are. ``gap`` says that an empty paragraph stands above, ``alone`` that it is set apart in any way,
    ``lines`` how many lines it took, and ``look`` that its look may make it a heading, as not in lists of names set in
    columns.
    """

    text: str
    kind: ParagraphKind = "text"
    level: int = 0
    number: str = ""
    sort: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    size: float = 0.0
    bold: bool = False
    alone: bool = False
    lines: int = 1
    look: bool = True
    depth: int = 1
    bold_first: bool = False
    gap: bool = False

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def capitals(self) -> bool:
        """Whether it is written in capitals, and is more than an abbreviation."""
        return self.text.isupper() and sum(letter.isalpha() for letter in self.text) > 3

    @property
    def ended(self) -> bool:
        """Whether it ends as a sentence or a part of one does."""
        return bool(_END.search(self.text))

    @property
    def of_a_party(self) -> bool:
        """Whether it says what stands below a party's name: its id, its address."""
        return self.kind == "text" and (
            bool(LABEL.match(self.text)) or (self.words < 10 and bool(POSTAL.search(self.text)))
        )

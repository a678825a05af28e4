"""Business ids and addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stdnum.fi import ytunnus

_CODE_LABEL = (
    r"(?:ly-?\s?tunnus|y-?\s?tunnus|yritystunnus|y-tunnuksella|fo-nummer|fo-nr|företags-\s?och\s?organisationsnummer"
    r"|business\s+id(?:entity\s+code)?|business\s+ID)"
)
_ADDRESS_LABEL = r"(?:(?:posti|käynti|katu|post|besöks|gatu|postal\s+|street\s+)?(?:osoite|adress|address))"
_CODE: Final = re.compile(
    rf"(?P<label>{_CODE_LABEL}[\s:.]*)?(?<![\d-])(?P<code>\d{{6,7}}\s?[-–]\s?\d)(?![\d-])", re.IGNORECASE
)
NEAR: Final = 200
"""How many signs from its name a business id or address can stand."""
_TOWN = r"\d{5}\s+[A-ZÅÄÖ][\w-]*(?:\s+(?:Tl|TL|AS|as)\b)?"
# An address goes up to its town, past no empty line, other label or id; a label without a colon has it on its line.
_NOT_PAST = rf"(?!\n\s*\n|\d{{7}}-\d|(?i:{_CODE_LABEL}|{_ADDRESS_LABEL}))"
_ADDRESS: Final = re.compile(
    rf"(?i:{_ADDRESS_LABEL})(?:\s*:\s*|[ ]+)(?P<said>(?:{_NOT_PAST}.){{1,120}}?\b{_TOWN})", re.DOTALL
)
_REST_OF_LINE: Final = re.compile(rf"(?i:{_ADDRESS_LABEL})\s*:\s*(?P<said>(?:{_NOT_PAST}[^\n])*{_NOT_PAST}\w)")
_STREET = r"[A-ZÅÄÖ][\w.-]*(?:\s[\w.-]+){0,3}\s\d+(?:\s?[-–]\s?\d+)?(?:\s?[A-Za-z]\b)?(?:\s\d+)?"
_BARE: Final = re.compile(rf"(?P<said>(?:(?:PL|PB|P\.O\. Box)\s\d+|{_STREET})\s*,?\s+{_TOWN})")
_LABELS: Final = re.compile(
    rf"{_CODE_LABEL}|{_ADDRESS_LABEL}|\b(?:kotipaikka|hemort|ja|sekä|och|samt|and)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, order=True)
class Detail:
    """A business id or an address: where it stands, from its label on, and what it says."""

    start: int
    end: int
    said: str
    at: int
    """Where the id or address itself begins."""
    is_code: bool
    labelled: bool

    @property
    def valid(self) -> bool:
        """Whether a business id has the right check digit."""
        return bool(ytunnus.is_valid(self.said))


def details_in(text: str) -> list[Detail]:
    """Return business ids, whether their check digits match or not, and addresses, in the order of the text."""
    addresses = list(_addresses(text))
    codes = [
        Detail(
            match.start(),
            match.end(),
            _written(match["code"]),
            match.start("code"),
            is_code=True,
            labelled=bool(match["label"]),
        )
        for match in _CODE.finditer(text)
        if match["label"] or len(re.sub(r"\D", "", match["code"])) == 8
    ]
    return sorted([*addresses, *codes])


def is_only_labels(text: str) -> bool:
    """Tell whether a stretch of text says nothing but what kind of detail follows."""
    return len(text) <= NEAR and not re.search(r"\w", _LABELS.sub("", text))


def without_label(text: str) -> str:
    """Return what stands before a label and the punctuation around it; labels within are white space."""
    return _LABELS.sub(lambda label: "\n" * len(label[0]), text).rstrip(" \t\n,;:(–-")


def _addresses(text: str) -> Iterator[Detail]:
    """Find addresses with a label, up to their town or to the end of the line, and then those without one."""
    taken = bytearray(len(text))
    for pattern in (_ADDRESS, _REST_OF_LINE, _BARE):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                said = " ".join(match["said"].split())
                yield Detail(start, end, said, match.start("said"), is_code=False, labelled=pattern is not _BARE)


def _written(code: str) -> str:
    """Return a business id in its usual form: seven digits, a hyphen, the check digit."""
    digits = re.sub(r"\D", "", code)
    return f"{digits[:-1].zfill(7)}-{digits[-1]}"

"""How large a brought file may be, and what is said of one that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, so that reading it never costs more than a page may."""

    bytes: int = 5 * MEGABYTE
    unpacked: int = 20 * MEGABYTE
    styles: int = MEGABYTE
    strings: int = 10 * MEGABYTE
    string_items: int = 200_000
    rows: int = 20_000
    columns: int = 100
    members: int = 500
    heading_rows: int = 10


LIMITS = Limits()

MESSAGES: Mapping[str, _StrPromise] = {
    "empty": _("The file is empty."),
    "too-big": _("The file is too large: at most %(value)s MB. Divide it into several files."),
    "not-a-table": _("The file is not a table. Bring a spreadsheet (.xlsx) or a CSV file."),
    "protected": _("The file is protected with a password. Save it without a password and bring it again."),
    "old-format": _("The file is in the old .xls format. Save it in the .xlsx format and bring it again."),
    "other-format": _("The file is from another program. Save it in the .xlsx format and bring it again."),
    "broken": _("The file is damaged and cannot be opened. Save it again in the .xlsx format."),
    "bomb": _("The file unpacks to an unreasonable size. Copy the rows to a new spreadsheet and bring that."),
    "no-headings": _("No heading row was found. Headings that it needs: %(value)s."),
    "heading-twice": _("The heading “%(value)s” stands in two columns. Keep one of them."),
    "unknown-heading": _("The heading “%(value)s” is not one that is known here. Remove the column or rename it."),
    "merged": _("The sheet has merged cells. Unmerge them, so that every row stands on its own."),
    "formulas": _("The sheet has formulas (cells %(value)s). Copy the cells and paste them as values."),
    "too-many-rows": _("The file has more than %(value)s rows. Divide it into several files."),
    "bad-encoding": _("The text is neither UTF-8 nor Windows-1252 (character %(value)s). Save it as UTF-8."),
    "no-rows": _("The file has headings but no rows."),
}
"""What is said of a file that cannot be read."""


class Unreadable(Exception):
    """The file cannot be read; says why and what to do."""

    def __init__(self, code: str, value: object = "") -> None:
        """Remember the code of ``MESSAGES`` and what it speaks of."""
        self.code, self.value = code, str(value)
        super().__init__(code)

    def __str__(self) -> str:
        """Return the message in the language of the page."""
        return str(MESSAGES[self.code]) % {"value": self.value}

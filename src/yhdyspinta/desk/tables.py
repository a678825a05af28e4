"""The lists and the matrix as files for spreadsheets, by the same rule of publicity as the pages."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext

from yhdyspinta.desk.lettering import SOFT_HYPHEN
from yhdyspinta.records.spreadsheet.columns import Column
from yhdyspinta.records.spreadsheet.writing import new_book, to_csv, write_rows

if TYPE_CHECKING:
    from yhdyspinta.desk.listing import DutyRow, OccurrenceRow
    from yhdyspinta.desk.matrix import Column as MatrixColumn
    from yhdyspinta.desk.matrix import Matrix
    from yhdyspinta.desk.scene import Scene
    from yhdyspinta.desk.year import Happening
    from yhdyspinta.records.spreadsheet.lines import Cell

_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_LONGEST_SHEET_NAME = 31
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Table:
    """Rows under headings, ready to be written as CSV or XLSX. A cell is text, a number or a day."""

    def __init__(self, headings: Sequence[tuple[str, int]], rows: Sequence[Sequence[Cell]]) -> None:
        """Take headings with their widths in characters, and rows as wide."""
        self.columns = [Column(str(at), heading, "", width) for at, (heading, width) in enumerate(headings)]  # type: ignore[arg-type]
        self.rows = [{str(at): cell for at, cell in enumerate(row)} for row in rows]

    def response(self, name: str, kind: str, sheet: str) -> HttpResponse:
        """Return the table as a file to download; ``kind`` is ``csv`` or ``xlsx``."""
        if kind == "csv":
            content, mime = to_csv(self.columns, self.rows), "text/csv; charset=utf-8"
        else:
            content, mime = self._workbook(sheet), XLSX
        answer = HttpResponse(content, content_type=mime)
        answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
        return answer

    def _workbook(self, sheet: str) -> bytes:
        out = io.BytesIO()
        with new_book(out) as book:
            write_rows(book, book.add_worksheet(_sheet_name(sheet)), self.columns, self.rows)
        return out.getvalue()


def _sheet_name(name: str) -> str:
    """Return a name that a workbook takes for its sheet: at most 31 characters, none of them reserved, not empty."""
    kept = _NOT_IN_SHEET_NAME.sub(" ", name).strip(" '")[:_LONGEST_SHEET_NAME].strip(" '")
    return gettext("Commitments") if not kept or kept.casefold() == "history" else kept


def duties_table(scene: Scene, rows: Sequence[DutyRow]) -> Table:
    """Return the list of duties as a table."""
    headings = [
        (gettext("Clause"), 8),
        (gettext("Heading of the clause"), 30),
        (gettext("Commitment"), 36),
        (gettext("Who"), 34),
        (gettext("When"), 30),
        (gettext("Basis"), 24),
        (gettext("State"), 28),
        (gettext("Done"), 10),
        (gettext("Out of"), 10),
        (gettext("Next deadline"), 14),
    ]
    counts = scene.sight.counts
    return Table(
        headings,
        [
            [
                row.clause_ref, row.clause, row.name, row.who, row.when, row.basis, row.mark.word,
                row.tally.done if row.tally.done or (counts and not row.tally.hides) else "",
                row.tally.total if counts and not row.tally.hides else "",
                row.next_day or "",
            ]
            for row in rows
        ],
    )  # fmt: skip


def occurrences_table(rows: Sequence[OccurrenceRow]) -> Table:
    """Return one duty's occurrences as a table."""
    headings = [
        (gettext("Period"), 14),
        (gettext("Who"), 34),
        (gettext("About"), 34),
        (gettext("Opens"), 12),
        (gettext("Deadline"), 12),
        (gettext("State"), 30),
        (gettext("Since"), 12),
        (gettext("Proof"), 50),
        (gettext("Days without"), 30),
        (gettext("The party's own remark"), 40),
    ]
    return Table(
        headings,
        [
            [
                row.period, row.who, row.about, row.opens, row.due, row.mark.word, row.since,
                "; ".join(each.line for each in row.proofs), "; ".join(row.lacks), row.remark,
            ]
            for row in rows
        ],
    )  # fmt: skip


def matrix_table(matrix: Matrix) -> Table:
    """Return the matrix as a table, a column per duty, with the counts of the columns below."""
    headings = [(gettext("Party"), 34), *((_heading(each), 20) for each in matrix.columns)]
    rows: list[list[Cell]] = []
    for row in matrix.rows:
        seen = (" ".join(filter(None, (cell.words, cell.heard))) for cell in row.cells)
        rows.append([row.name.replace(SOFT_HYPHEN, ""), *seen])
    if any(each.total for each in matrix.columns):
        rows.append([gettext("All done"), *(each.total for each in matrix.columns)])
    return Table(headings, rows)


def _heading(column: MatrixColumn) -> str:
    return f"{column.name} {column.period}".strip().replace(SOFT_HYPHEN, "")


def year_table(happenings: Sequence[Happening]) -> Table:
    """Return what happens in a year as a table."""
    headings = [
        (gettext("From"), 12),
        (gettext("Day"), 12),
        (gettext("What"), 44),
        (gettext("Who"), 34),
        (gettext("Level"), 20),
        (gettext("State"), 30),
    ]
    return Table(
        headings,
        [[each.opens or "", each.day, each.what, each.who, each.level, each.mark.word] for each in happenings],
    )

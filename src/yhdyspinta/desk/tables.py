"""The lists and the matrix as files for spreadsheets, by the same rule of publicity as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from yhdyspinta.desk.lettering import SOFT_HYPHEN
from yhdyspinta.printing.writing import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yhdyspinta.desk.listing import DutyRow, OccurrenceRow
    from yhdyspinta.desk.matrix import Column as MatrixColumn
    from yhdyspinta.desk.matrix import Matrix
    from yhdyspinta.desk.scene import Scene
    from yhdyspinta.desk.year import Happening
    from yhdyspinta.printing.columns import Cell


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

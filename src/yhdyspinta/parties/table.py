"""The table of people and posts that a party takes and brings: its columns, its rows, the template.

One row is a person and perhaps a post held. The same columns go out and come in, so that what was taken can be brought
back: nothing changes then.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yhdyspinta.agreement import today
from yhdyspinta.parties.models import Account, Organisation, Person, Tenure
from yhdyspinta.parties.post_kinds import kind_of, post_kinds
from yhdyspinta.printing.columns import Cells, Column, text_of
from yhdyspinta.printing.reading import Row, read_table
from yhdyspinta.printing.unreadable import LIMITS
from yhdyspinta.printing.words import fold
from yhdyspinta.printing.writing import MEDIA_TYPES, new_book, table_response, to_csv, write_rows

COLUMNS = (
    Column("name", gettext_lazy("Name"), gettext_lazy("First name and family name."), 26),
    Column(
        "email", gettext_lazy("E-mail address"), gettext_lazy("The person's own. By it the person is known again."), 32
    ),
    Column("phone", gettext_lazy("Phone"), gettext_lazy("For example 040 123 4567."), 18),
    Column("language", gettext_lazy("Language"), gettext_lazy("In which this person is written to."), 12),
    Column("kind", gettext_lazy("Kind of post"), gettext_lazy("Choose from the list, if the person holds a post."), 30),
    Column("title", gettext_lazy("Title of the post"), gettext_lazy("Where it differs from the kind."), 30),
    Column("post_email", gettext_lazy("E-mail of the post"), gettext_lazy("Stays when the holder changes."), 30),
    Column("from", gettext_lazy("From"), gettext_lazy("The first day in the post: 1.6.2024."), 12),
    Column("until", gettext_lazy("Until"), gettext_lazy("The last day in the post. Empty: it is still held."), 12),
    Column("decision", gettext_lazy("Decision"), gettext_lazy("Organ, date and section of the decision."), 36),
)
"""Every column, first the person, then the post."""

BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}

MOST_ROWS = 1000
"""How many rows are taken at once."""

TABLE_LIMITS = replace(LIMITS, rows=MOST_ROWS)

LOST = "\ufffd"
"""What stands for a character that no database keeps."""

_LONGEST = 400  # longer than any field: what is cut is refused as too long
_EXAMPLE = re.compile(r"(esimerkki|exempel|example):")
_UNKEPT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that was brought: its number in the file, and what its cells say, by column. Empty cells are left out."""

    number: int
    cells: Mapping[str, str]

    @property
    def example(self) -> bool:
        """Whether it is a row of the template that shows how."""
        return _EXAMPLE.match(fold(self.cells.get("name", ""))) is not None


def read_people(content: bytes) -> list[TableRow]:
    """Return the rows of a file.

    Raises:
        Unreadable: the file as a whole cannot be read.

    """
    sheets = ("henkilöt", "personer", "people")
    _form, rows = read_table(content, COLUMNS, required=("name",), sheet_names=sheets, limits=TABLE_LIMITS)
    return [kept_row(row) for row in rows]


def to_json(rows: Iterable[TableRow]) -> list[list[Any]]:
    """Return rows as they are kept while they wait."""
    return [[row.number, dict(row.cells)] for row in rows]


def from_json(kept: Iterable[Sequence[Any]]) -> list[TableRow]:
    """Return the rows that ``to_json`` was given."""
    return [TableRow(number, cells) for number, cells in kept]


def rows_of(organisation: Organisation, day: date | None = None, *, only: Collection[int] | None = None) -> list[Cells]:
    """Return an organisation's people with the posts they hold on a day (today, unless said) or later. Two queries.

    Somebody with two posts has two rows; what is over already is left out. ``only`` are the people wanted, by number.
    """
    people = Person.objects.filter(organisation=organisation, erased_at__isnull=True, merged_into__isnull=True)
    tenures = Tenure.objects.filter(post__organisation=organisation).overlapping(day or today(), None)
    wanted = [person for person in people if only is None or person.pk in only]
    return rows_with(wanted, tenures.select_related("post").order_by("valid_from", "pk"))


def rows_with(people: Iterable[Person], tenures: Iterable[Tenure]) -> list[Cells]:
    """Return people with what they hold: a row for each tenure, or one where there is none. No queries."""
    held: dict[int, list[Tenure]] = {}
    for tenure in tenures:
        held.setdefault(tenure.person_id, []).append(tenure)
    return [_cells(person, tenure) for person in people for tenure in held.get(person.pk, [None])]


def people_response(
    organisation: Organisation, *, name: str, kind: str, only: Collection[int] | None = None
) -> HttpResponse:
    """Return an organisation's people, or those wanted, as a file to download, ``csv`` or ``xlsx``. Two queries."""
    return table_response(COLUMNS, rows_of(organisation, only=only), name=name, kind=kind, sheet=sheet_name())


def template(kind: str) -> bytes:
    """Return an empty table with marked examples, as ``csv`` or ``xlsx``."""
    return to_csv(COLUMNS, _examples()) if kind == "csv" else _xlsx(_examples())


def template_response(kind: str, *, name: str) -> HttpResponse:
    """Return the template as a file to download, ``<name>.<kind>``."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-cache"}
    return HttpResponse(template(kind), content_type=MEDIA_TYPES[kind], headers=headers)


def sheet_name() -> str:
    """Return the name of the sheet of people, in the language of the page."""
    return _("People")


def kept_row(row: Row) -> TableRow:
    """Return a row as it is kept: text, with a mark where there was a character that no database keeps."""
    texts = {key: _UNKEPT.sub(LOST, text_of(value))[:_LONGEST] for key, value in row.cells.items()}
    return TableRow(row.number, {key: text for key, text in texts.items() if text})


def _cells(person: Person, tenure: Tenure | None) -> Cells:
    cells: dict[str, Any] = {
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "language": person.get_language_display(),
    }
    if tenure is not None:
        cells |= {
            "kind": kind_of(tenure.post.kind).name,
            "title": tenure.post.title,
            "post_email": tenure.post.email,
            "from": tenure.valid_from,
            "until": tenure.valid_to,
            "decision": tenure.basis,
        }
    return cells


def _examples() -> list[Cells]:
    kinds = list(post_kinds().values())
    year = today().year
    marked: dict[str, Any] = {"language": Account.Language.FI.label, "from": date(year, 1, 1)}
    return [
        {
            **marked,
            "name": _("Example: Maija Meikäläinen"),
            "email": "maija.meikalainen@example.org",
            "phone": "040 123 4567",
            "kind": kinds[0].name,
            "decision": _("Organ %(date)s § 45") % {"date": f"15.12.{year - 1}"},
        },
        {
            "name": _("Example: Matti Meikäläinen"),
            "email": "matti.meikalainen@example.org",
            "language": Account.Language.SV.label,
        },
    ]


# The spreadsheet


def _xlsx(rows: list[Cells]) -> bytes:
    out = io.BytesIO()
    with new_book(out) as book:
        sheet = book.add_worksheet(sheet_name())
        write_rows(book, sheet, COLUMNS, rows, cell_format={"italic": True, "font_color": "#5b6670"})
        _explain(book)
        lists = _lists(book)
        for at, column in enumerate(COLUMNS):
            says = {"input_title": str(column.label)[:32], "input_message": str(column.explains), "show_error": False}
            source = {"validate": "list", "source": lists[column.key]} if column.key in lists else {"validate": "any"}
            sheet.data_validation(1, at, MOST_ROWS, at, says | source)
    return out.getvalue()


def _explain(book: Any) -> None:
    """Write the sheet that explains: how it goes, and what each column asks for."""
    sheet = book.add_worksheet(_("Guide"))
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 60)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sentences = [
        _("One row is a person and perhaps a post. Somebody who holds two posts has two rows."),
        _("Rows that begin with “Example:” show how it is done. They are never added and may be deleted."),
        _("Nothing is changed before you have seen every row on the page and accepted it."),
        _("An empty cell leaves what is known as it is. Nobody is removed because they are not in the table."),
        _("The same file may be brought in again: what is there already stays as it is."),
    ]
    for at, sentence in enumerate(sentences):
        sheet.write_string(at, 0, sentence)
    for at, column in enumerate(COLUMNS, start=len(sentences) + 1):
        sheet.write_string(at, 0, str(column.label), wrap)
        sheet.write_string(at, 1, str(column.explains), wrap)


def _lists(book: Any) -> dict[str, str]:
    """Write the sheet of lists and return column key → the cells that hold its values."""
    title = _("Lists")
    sheet = book.add_worksheet(title)
    values = {"kind": [kind.name for kind in post_kinds().values()], "language": list(Account.Language.labels)}
    ranges = {}
    for at, (key, words) in enumerate(values.items()):
        sheet.set_column(at, at, 36)
        sheet.write_string(0, at, str(BY_KEY[key].label))
        for number, word in enumerate(words, start=1):
            sheet.write_string(number, at, word)
        letter = "AB"[at]
        ranges[key] = f"='{title}'!${letter}$2:${letter}${len(words) + 1}"
    return ranges

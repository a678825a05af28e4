"""The table of people and posts: what is handed out comes back as it was."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parties.test_bringing_planning import TODAY, Place
from yhdyspinta.parties.post_kinds import post_kinds
from yhdyspinta.parties.table import COLUMNS, LOST, from_json, kept_row, read_people, rows_with, template, to_json
from yhdyspinta.printing.columns import Cells
from yhdyspinta.printing.reading import Row
from yhdyspinta.printing.unreadable import Unreadable
from yhdyspinta.printing.writing import to_csv, to_xlsx

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20)
NAMES = WORDS.map(lambda text: " ".join(text.split())).filter(lambda text: text and ":" not in text)
DAYS = st.dates(TODAY - timedelta(3000), TODAY + timedelta(300))


@st.composite
def places(draw):
    """An organisation whose people and posts could have been made on the pages."""
    place = Place()
    names = draw(st.lists(NAMES, max_size=5, unique_by=str.casefold))
    for number, name in enumerate(names):
        email = draw(st.sampled_from(["", f"p{number}@example.org"]))
        place.person(name, email, draw(NAMES | st.just("")), draw(st.sampled_from(["fi", "sv", "en"])))
    kinds = draw(st.lists(st.sampled_from([kind for kind in post_kinds() if kind != "other"]), max_size=3, unique=True))
    for number, kind in enumerate(kinds):
        post = place.post(kind, draw(NAMES | st.just("")), email=f"t{number}@example.org")
        first = draw(DAYS)
        for person in place.people[: draw(st.integers(0, 3))]:
            last = draw(st.none() | st.integers(0, 900))
            last = None if last is None else first + timedelta(last)
            place.holds(person, post, first, last, draw(NAMES | st.just("")))
            if last is None:
                break
            first = last + timedelta(draw(st.integers(1, 30)))
    return place


@settings(deadline=None, max_examples=60)
@given(places(), st.sampled_from(["csv", "xlsx"]), st.sampled_from(["fi", "sv", "en"]))
def test_what_was_taken_changes_nothing_when_it_is_brought_back(place, kind, language):
    with translation.override(language):
        cells = rows_with(place.people, place.tenures)
        content = to_csv(COLUMNS, cells) if kind == "csv" else to_xlsx(COLUMNS, cells, "People")
    if not cells:
        with pytest.raises(Unreadable):
            read_people(content)
        return
    rows = read_people(content)
    assert from_json(to_json(rows)) == rows
    assert {line.verdict for line in place.plan(*[row.cells for row in rows]).lines} == {"known"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_template_changes_nothing(kind: str, language: str):
    with translation.override(language):
        content = template(kind)
    rows = read_people(content)
    assert len(rows) == 2
    assert all(row.example for row in rows)
    assert all(row.cells["name"] for row in rows)


def test_template_offers_the_kinds_of_posts_and_the_languages():
    book = openpyxl.load_workbook(io.BytesIO(template("xlsx")))
    assert book.sheetnames == ["People", "Guide", "Lists"]
    lists = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["Lists"].columns}
    assert lists["Kind of post"] == [kind.name for kind in post_kinds().values()]
    assert lists["Language"] == ["Suomi", "Svenska", "English"]


def test_headings_are_understood_in_every_language():
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            head = ";".join(str(column.label) for column in COLUMNS)
        (row,) = read_people(f"{head}\nMaija;m@example.org;;;registrar;;;1.1.2026;;\n".encode())
        assert row.cells == {"name": "Maija", "email": "m@example.org", "kind": "registrar", "from": "1.1.2026"}
        assert row.number == 2


def test_a_day_and_a_number_typed_in_a_spreadsheet_are_text():
    cells: list[Cells] = [{"name": "Maija", "phone": 401234567, "from": date(2026, 1, 1)}]
    (row,) = read_people(to_xlsx(COLUMNS, cells, "People"))
    assert row.cells == {"name": "Maija", "phone": "401234567", "from": "2026-01-01"}


def test_what_no_database_keeps_is_marked():
    assert kept_row(Row(2, {"name": "a\0b\ud800", "phone": " "})).cells == {"name": f"a{LOST}b{LOST}"}


def test_a_long_cell_is_cut_where_it_is_too_long_for_any_field():
    (row,) = read_people(b"Name\n" + b"x" * 5000)
    assert len(row.cells["name"]) == 400


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"Email\nmaija@example.org\n", "No heading row was found. Headings that it needs: “Name”."),
        (b"Name;Shoe size\nMaija;38\n", "The heading “Shoe size” is not one that is known here."),
        (b"Name\n", "The file has headings but no rows."),
        (b"Name\n" + b"Maija\n" * 1001, "The file has more than 1000 rows. Divide it into several files."),
        (b"Name\n\x00\x01", "The file is not a table."),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content: bytes, said: str):
    with pytest.raises(Unreadable, match=said.replace("(", r"\(").replace(".", r"\.")) as raised:
        read_people(content)
    assert said in str(raised.value)

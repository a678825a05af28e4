"""Tables as files: nothing in them is ever a formula, and what is written reads back."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yhdyspinta.printing.columns import Cells, Column
from yhdyspinta.printing.guarding import guarded, unguarded
from yhdyspinta.printing.reading import read_table
from yhdyspinta.printing.writing import Table, to_csv, to_xlsx

COLUMNS = (Column("name", "Name"), Column("day", "Day"), Column("hours", "Hours"))


def read(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_no_cell_becomes_a_formula():
    table = Table([("Sana", 10)], [["=1+1"], ["@sum"], ["-5"]])
    assert read(table.response("a", "csv", "A"))[1:] == [["'=1+1"], ["'@sum"], ["'-5"]]
    book = openpyxl.load_workbook(io.BytesIO(table.response("a", "xlsx", "A").content))
    assert [book.worksheets[0].cell(row, 1).data_type for row in (2, 3, 4)] == ["s", "s", "s"]


def test_file_has_a_name_of_its_own_and_the_right_kind():
    response = Table([("Sana", 10)], []).response("keski-suomi-2024-06-01", "xlsx", "A" * 50)
    assert response["Content-Disposition"] == 'attachment; filename="keski-suomi-2024-06-01.xlsx"'
    assert response["Content-Type"].startswith("application/vnd.openxmlformats")


def test_csv_is_as_finnish_readers_write_it():
    rows: list[Cells] = [{"name": "Åsa; Bo", "day": date(2024, 6, 1), "hours": 7.5}, {"name": None}]
    assert to_csv(COLUMNS, rows).decode() == '\ufeffName;Day;Hours\r\n"Åsa; Bo";1.6.2024;7,5\r\n;;\r\n'


@given(text=st.text())
def test_guarded_text_is_no_formula_and_comes_back(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


def test_a_spreadsheet_reads_back_as_what_it_was():
    row: Cells = {"name": "=HYPERLINK(1)", "day": date(2024, 6, 1), "hours": 7.5}
    content = to_xlsx(COLUMNS, [row], "Rows")
    assert [found.cells for found in read_table(content, COLUMNS, required=("name",))[1]] == [row]


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("Sopii: [nimi] a/b?*\\c", "Sopii nimi a b c"),
        ("'lainattu'", "lainattu"),
        ("A" * 30 + "'B", "A" * 30),
        ("", "Table"),
        ("[]", "Table"),
        ("History", "Table"),
    ],
)
def test_sheet_has_a_name_that_a_workbook_takes(name, sheet):
    with translation.override("en"):
        content = Table([("Sana", 10)], []).response("a", "xlsx", name).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [re.sub(" +", " ", each) for each in book.sheetnames] == [sheet]

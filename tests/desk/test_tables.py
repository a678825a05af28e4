from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest

from yhdyspinta.desk.listing import Filters, occurrences_of, rows_of
from yhdyspinta.desk.tables import Table, duties_table, occurrences_table, year_table
from yhdyspinta.desk.year import year_of


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


def test_list_of_duties_says_what_the_page_says(scene_on):
    scene = scene_on("2024-06-01")
    rows = read(duties_table(scene, rows_of(scene, Filters())).response("a", "csv", "A"))
    assert rows[0][:4] == ["Kohta", "Kohdan otsikko", "Sitoumus", "Kuka"]
    meets = next(row for row in rows if row[2] == "Kokoontuu vuosittain")
    assert meets[0] == "C19"
    assert meets[6:9] == ["2/2 toteutunut", "2", "2"]


def test_occurrences_say_no_more_to_the_public_than_the_page(scene_on):
    scene = scene_on("2024-06-01")
    rows = read(occurrences_table(occurrences_of(scene, scene.duties["koordinaatio"], {})).response("a", "csv", "A"))
    assert {row[5] for row in rows[1:]} == {"ei näytetä julkisesti"}
    assert {row[8] for row in rows[1:]} == {""}
    party = scene_on("2024-06-01", audience="all")
    known = read(occurrences_table(occurrences_of(party, party.duties["koordinaatio"], {})).response("a", "csv", "A"))
    assert {row[5] for row in known[1:]} == {"Täydennettävää"}
    assert {row[8] for row in known[1:]} == {"1.1.2023–1.6.2024"}


def test_year_is_a_table_too(scene_on):
    rows = read(year_table(year_of(scene_on("2024-06-01"), 2024).happenings).response("a", "csv", "A"))
    assert rows[0] == ["Alkaen", "Päivä", "Mitä", "Kuka", "Taso", "Tila"]
    assert ["", "21.5.2024", "Kuntakokous", "Jyväskylän kaupunki", "Taso 2", "pidetty"] in rows


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("Sopii: [nimi] a/b?*\\c", "Sopii nimi a b c"),
        ("'lainattu'", "lainattu"),
        ("A" * 30 + "'B", "A" * 30),
        ("", "Sitoumukset"),
        ("[]", "Sitoumukset"),
        ("History", "Sitoumukset"),
    ],
)
def test_sheet_has_a_name_that_a_workbook_takes(name, sheet):
    book = openpyxl.load_workbook(io.BytesIO(Table([("Sana", 10)], []).response("a", "xlsx", name).content))
    assert [re.sub(" +", " ", each) for each in book.sheetnames] == [sheet]

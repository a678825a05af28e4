from __future__ import annotations

import csv
import io

from yhdyspinta.desk.listing import Filters, occurrences_of, rows_of
from yhdyspinta.desk.tables import duties_table, occurrences_table, year_table
from yhdyspinta.desk.year import year_of


def read(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


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

from __future__ import annotations

from yhdyspinta.agreement import Charter, parse_agreement
from yhdyspinta.desk.lettering import SOFT_HYPHEN
from yhdyspinta.desk.marks import DONE, HIDDEN
from yhdyspinta.desk.matrix import ABSENT, matrix_of
from yhdyspinta.desk.tables import matrix_table


def cells(matrix, party):
    row = next(row for row in matrix.rows if row.id == party)
    return {column.duty: cell for column, cell in zip(matrix.columns, row.cells, strict=True)}


def test_every_party_has_a_row_in_the_agreements_order(scene_on, charter):
    matrix = matrix_of(scene_on("2024-06-01"))
    assert [row.id for row in matrix.rows] == list(charter.parties)
    assert len(matrix.rows) == 24
    assert [row.name.replace(SOFT_HYPHEN, "") for row in matrix.rows][2] == "Hankasalmi"


def test_columns_are_what_each_party_has_and_no_statute(scene_on, charter):
    columns = [column.duty for column in matrix_of(scene_on("2024-06-01")).columns]
    assert columns == [
        "tietopohja",
        "vastinparit",
        "ksturva-edustus",
        "ryhma-hyvaksynta",
        "koordinaatio",
        "viestinta-jako",
        "jatkaminen",
        "allekirjoitus",
    ]
    assert not any(charter.duties[duty].basis == "statutory" for duty in columns)


def test_parties_see_states_by_shape_and_word(scene_on):
    luhanka = cells(matrix_of(scene_on("2024-06-01", audience="party:joutsa")), "luhanka")
    assert (luhanka["vastinparit"].mark.shape, luhanka["vastinparit"].words) == ("part", "2/10")
    assert (luhanka["koordinaatio"].mark.shape, luhanka["koordinaatio"].words) == ("lacking", "täydennettävää")
    assert (luhanka["tietopohja"].mark.shape, luhanka["tietopohja"].words) == ("open", "avoin")
    assert (luhanka["jatkaminen"].mark.shape, luhanka["jatkaminen"].words) == ("scheduled", "tulossa")
    assert luhanka["allekirjoitus"].url == "/keski-suomi-2023/osapuolet/luhanka/#duty-allekirjoitus"


def test_public_sees_done_marks_and_counts_of_columns_else_a_dash(scene_on):
    matrix = matrix_of(scene_on("2024-06-01"))
    shapes = {cell.mark.shape for row in matrix.rows for cell in row.cells}
    assert shapes <= DONE | {HIDDEN, ABSENT}
    luhanka, joutsa = cells(matrix, "luhanka"), cells(matrix, "joutsa")
    assert luhanka["allekirjoitus"].mark.shape == "fulfilled"
    assert joutsa["allekirjoitus"].mark.shape == HIDDEN
    assert (luhanka["vastinparit"].mark.shape, luhanka["vastinparit"].words) == ("kept", "2")
    totals = {column.duty: column.total for column in matrix.columns}
    assert totals["allekirjoitus"] == "1/24"


def test_no_marks_at_all_when_so_decided(scene_on):
    matrix = matrix_of(scene_on("2024-06-01", shown="none"))
    assert {cell.mark.shape for row in matrix.rows for cell in row.cells} == {HIDDEN, ABSENT}
    assert not any(column.total for column in matrix.columns)


def test_empty_column_says_that_nothing_has_come_due(scene_on):
    shared = cells(matrix_of(scene_on("2024-06-01")), "luhanka")["viestinta-jako"]
    assert (shared.absent, shared.heard) == (True, "ei vielä ajankohtainen")


def test_period_that_goes_on_is_the_one_shown(scene_on):
    def period(day):
        return {column.duty: column.period for column in matrix_of(scene_on(day)).columns}["tietopohja"]

    assert [period(day) for day in ("2022-12-01", "2023-06-01", "2024-06-01", "2026-11-24")] == [
        "2023",
        "2023",
        "2024",
        "2025",
    ]


def test_file_tells_the_public_no_more_than_the_page(scene_on):
    table = matrix_table(matrix_of(scene_on("2024-06-01")))
    said = {str(value) for row in table.rows for value in row.values()}
    assert not said & {"avoin", "täydennettävää", "aika kulunut"}
    assert "ei näytetä julkisesti" in said
    assert table.rows[-1]["0"] == "Kaikki toteutunut"


def other_region(text: dict[str, str]) -> Charter:
    """The same agreement in which Kyyjärvi left after two years."""
    fi = text["fi"].replace('  municipality-code: "312"\n', '  municipality-code: "312"\n  to: 2024-12-31\n', 1)
    return parse_agreement(text | {"fi": fi})


def test_party_that_left_says_when(scene_on, keski_suomi_text):
    matrix = matrix_of(scene_on("2025-06-01", audience="all", of=other_region(keski_suomi_text)))
    row = next(row for row in matrix.rows if row.id == "kyyjarvi")
    assert row.bound == "31.12.2024 asti"
    assert cells(matrix, "kyyjarvi")["tietopohja"].absent
    assert cells(matrix, "kyyjarvi")["tietopohja"].heard == "ei koske tätä osapuolta"

from __future__ import annotations

import pytest

from yhdyspinta.desk.listing import Filters, columns_of, occurrences_of, rows_of


def ids(scene, **filters):
    return [row.id for row in rows_of(scene, Filters(**filters))]


def test_without_filters_every_duty_is_listed_in_the_order_of_the_text(scene_on, charter):
    assert ids(scene_on("2024-06-01")) == list(charter.duties)


def test_filters_narrow_by_clause_basis_and_party(scene_on, charter):
    scene = scene_on("2024-06-01")
    assert ids(scene, clause="ksturva") == ["ksturva-edustus", "ksturva-koolle"]
    assert set(ids(scene, basis="statutory")) == {
        id_ for id_, duty in charter.duties.items() if duty.basis == "statutory"
    }
    assert "kuntakokous-koolle" in ids(scene, party="jyvaskyla")
    assert "kuntakokous-koolle" not in ids(scene, party="luhanka")


def test_states_are_found_as_chips_count_them(scene_on):
    assert "kuntakokous-koolle" in ids(scene_on("2024-06-01"), state="fulfilled")
    assert "vastinparit" in ids(scene_on("2024-06-01"), state="fulfilled")
    assert "seurantakokous" in ids(scene_on("2024-06-01"), state="overdue")


def test_filters_do_not_tell_the_public_who_has_not(scene_on):
    public, party = scene_on("2024-06-01"), scene_on("2024-06-01", audience="party:joutsa")
    assert "koordinaatio" in ids(party, state="lacking", party="luhanka")
    assert ids(public, state="lacking", party="luhanka") == []
    assert "koordinaatio" in ids(public, state="lacking")
    alone = [{"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-21"}]
    assert "kuntakokous-koolle" in ids(scene_on("2024-06-01", audience="all", facts=alone), state="overdue")
    assert "kuntakokous-koolle" not in ids(scene_on("2024-06-01", facts=alone), state="overdue")


def test_row_says_when_something_is_due_next(scene_on):
    (row,) = [row for row in rows_of(scene_on("2024-06-01"), Filters()) if row.id == "tietopohja"]
    assert row.next_day is not None
    assert row.next_day.isoformat() == "2024-12-31"


def test_occurrences_go_by_time_and_then_in_the_agreements_order(scene_on, charter):
    scene = scene_on("2024-06-01", audience="all")
    rows = occurrences_of(scene, scene.duties["vastinparit"], {})
    assert len(rows) == 240
    assert [row.who for row in rows[:24]] == [party.name.fi for party in charter.parties.values()]
    assert rows[0].about == "Tilahallinta"
    yearly = occurrences_of(scene, scene.duties["tietopohja"], {}, "luhanka")
    assert [row.period for row in yearly] == ["2023", "2024", "2025"]


def test_only_columns_that_say_something_are_shown(scene_on):
    scene = scene_on("2024-06-01")
    assert columns_of(occurrences_of(scene, scene.duties["kuntakokous-koolle"], {})) == {
        "opens",
        "due",
        "since",
        "proofs",
    }


@pytest.mark.parametrize("day", ["2022-06-01", "2024-06-01", "2026-11-24", "2060-01-01"])
def test_every_duty_can_be_listed_on_any_day(scene_on, day):
    scene = scene_on(day, audience="all")
    for duty in scene.duties.values():
        assert len(occurrences_of(scene, duty, {})) == len(scene.by_duty.get(duty.id, []))

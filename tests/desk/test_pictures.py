from __future__ import annotations

import datetime as dt

from yhdyspinta.desk.bodies import body_page_of, levels_of
from yhdyspinta.desk.head import days_to_visit, notices_of, strip_of_scene
from yhdyspinta.desk.lifeline import life_of
from yhdyspinta.desk.year import year_of, years_of


def test_levels_are_drawn_from_the_agreement(scene_on, charter):
    levels = levels_of(scene_on("2024-06-01"))
    assert [level.number for level in levels.diagram.levels] == [1, 2, 3, 4]
    drawn = {box.node.id for level in levels.diagram.levels for box in level.boxes}
    assert drawn == set(charter.bodies) == {row.id for row in levels.rows}
    assert len(levels.diagram.lines) == 1


def test_table_names_who_convenes(scene_on):
    rows = {row.id: row for row in levels_of(scene_on("2024-06-01")).rows}
    assert rows["kuntakokous"].convened == "Jyväskylän kaupunki"
    assert rows["foorumi"].convened == "Keski-Suomen liitto ja Keski-Suomen hyvinvointialue yhdessä"
    assert rows["ksturva"].convened == "Keski-Suomen liitto (maakuntajohtaja)"
    assert rows["kuntajohtajakokous"].outside
    assert rows["kuntakokous"].meetings == 2


def test_group_formed_later_is_drawn_too(scene_on):
    formed = {
        "fact": "body-formed",
        "body": "nuoret",
        "level": 4,
        "theme": "hyte",
        "name": "nuorten ryhmä",
        "on": "2024-02-01",
    }
    levels = levels_of(scene_on("2024-06-01", facts=[formed]))
    assert levels.rows[-1].name == "Nuorten ryhmä"
    assert body_page_of(scene_on("2024-06-01", facts=[formed]), "nuoret") is not None
    assert body_page_of(scene_on("2024-01-31", facts=[formed]), "nuoret") is None


def test_body_tells_seats_meetings_and_what_is_left_open(scene_on):
    body = body_page_of(scene_on("2024-06-01"), "kuntakokous")
    assert body is not None
    assert [meeting.when for meeting in body.meetings] == ["21.5.2024", "16.5.2023"]
    (seat,) = body.seats
    assert seat == (
        "Jäsenet: kultakin osapuolelta: valtuuston puheenjohtaja, hallituksen puheenjohtaja ja ylin viranhaltija"
    )
    assert "päätösvaltaisuus" in body.left_open
    assert "kuntakokous-koolle" in {card.id for card in body.cards}
    assert body_page_of(scene_on("2024-06-01"), "tuntematon") is None


def test_year_has_meetings_windows_and_deadlines_by_level(scene_on):
    year = year_of(scene_on("2024-06-01", audience="all"), 2024)
    assert [ring.name for ring in year.wheel.rings] == ["Taso 1", "Taso 2", "Taso 3", "Taso 4", "Osapuolet"]
    assert [(each.when, each.what) for each in year.held] == [
        ("8.2.", "ICT-yhteistyöryhmä"),
        ("14.3.", "KSTURVA"),
        ("21.5.", "Kuntakokous"),
    ]
    assert [each.what for each in year.passed] == ["Seurantakokous toukokuussa"]
    assert "Antaa osuutensa tietopohjaan" in [each.what for each in year.coming]
    (wedge,) = year.wheel.wedges
    assert wedge.words.startswith("1.5.–31.5.2024 Seurantakokous toukokuussa")
    assert year.wheel.needle is not None


def test_wheel_knows_nothing_of_later_meetings(scene_on):
    year = year_of(scene_on("2024-05-20"), 2024)
    assert "21.5." not in [each.when for each in year.held]


def test_statutory_deadlines_are_not_in_the_wheel(scene_on):
    said = {each.what for each in year_of(scene_on("2024-06-01"), 2024).happenings}
    assert not any("Raportoi" in what or "Neuvottelee" in what for what in said)


def test_years_are_those_of_the_agreement(scene_on):
    assert years_of(scene_on("2026-11-24")) == (2023, 2024, 2025)


def test_life_shows_terms_meetings_and_the_agreements_own_deadlines(scene_on):
    life = life_of(scene_on("2024-06-01"))
    names = [" ".join(line for _, line in row.names) for row in life.chart.rows]
    assert names[0] == "Puitesopimus"
    assert "Kuntien valtuustokausi" in names
    assert "Kokoukset, taso 2" in names
    said = [moment.what for moment in life.moments]
    assert said[0] == "Puitesopimus tulee voimaan"
    assert "Puitesopimus päättyy" in said
    assert any("strateginen yhteistyösopimus" in what for what in said)
    assert [moment.day for moment in life.moments] == sorted(moment.day for moment in life.moments)


def test_strip_labels_the_agreements_own_deadlines(scene_on):
    labels = [label.words for label in strip_of_scene(scene_on("2024-06-01")).labels]
    assert "Arviointi 31.5." in labels
    assert "Jatkaminen 31.12." in labels
    assert "Kuntakokous" in labels


def test_ended_agreement_leads_to_days_in_its_life(scene_on):
    days = days_to_visit(scene_on("2026-11-24"))
    assert days == [
        dt.date(2025, 12, 31),
        dt.date(2025, 5, 31),
        dt.date(2024, 5, 31),
        dt.date(2023, 5, 31),
        dt.date(2023, 1, 1),
    ]


def test_notices_say_what_to_know_first(scene_on, rf):
    from yhdyspinta.desk.day import asked_of  # noqa: PLC0415

    asked = asked_of(rf.get("/"), may_look_back=True)
    ended = [notice.heading for notice in notices_of(scene_on("2026-11-24"), asked)]
    assert ended == ["Puitesopimus päättyi 31.12.2025"]
    empty = [notice.heading for notice in notices_of(scene_on("2024-06-01", facts=[]), asked)]
    assert empty == ["Ei vielä kirjauksia"]
    before = [notice.heading for notice in notices_of(scene_on("2022-06-01"), asked)]
    assert before == ["Puitesopimus tulee voimaan 1.1.2023"]

from __future__ import annotations

import datetime as dt

from yhdyspinta.desk.lettering import width_of
from yhdyspinta.desk.timeline import LABEL_SIZE, WIDTH, Event, Lane, Scale, Stretch, chart_of, horizon, strip_of

FIRST, LAST = dt.date(2023, 1, 1), dt.date(2025, 12, 31)
SCALE = Scale(FIRST, LAST)


def event(day: str, label: str = "", weight: int = 0, tone: str = "done") -> Event:
    on = dt.date.fromisoformat(day)
    return Event(on, f"{day} {label}", label, tone, "dot", "/", weight)


def test_scale_runs_from_the_first_day_to_the_last():
    assert SCALE.x(FIRST) == 0
    assert SCALE.x(LAST) == WIDTH
    assert 380 < SCALE.x(dt.date(2023, 12, 31)) < 420
    assert SCALE.x(dt.date(2030, 1, 1)) == WIDTH


def test_agreement_until_further_notice_shows_the_next_year_too():
    assert horizon(FIRST, None, dt.date(2026, 11, 24)).last == dt.date(2027, 12, 31)
    assert horizon(FIRST, None, dt.date(2020, 1, 1)).last == dt.date(2024, 12, 31)
    assert horizon(FIRST, LAST, dt.date(2030, 1, 1)).last == LAST


def test_needle_stands_only_on_a_day_of_the_agreement():
    assert strip_of(SCALE, [], dt.date(2024, 6, 1)).needle == SCALE.x(dt.date(2024, 6, 1))
    assert strip_of(SCALE, [], dt.date(2026, 6, 1)).needle is None
    assert strip_of(SCALE, [], dt.date(2026, 6, 1)).elapsed == WIDTH
    assert strip_of(SCALE, [], dt.date(2022, 6, 1)).elapsed == 0


def test_words_of_the_needle_stay_inside_the_picture():
    assert strip_of(SCALE, [], dt.date(2024, 6, 1)).needle_anchor == "start"
    assert strip_of(SCALE, [], dt.date(2025, 12, 1)).needle_anchor == "end"


def test_labels_do_not_cover_one_another_and_the_heavier_comes_first():
    events = [event(f"2024-05-{day:02}", "kuntakokous", weight=day) for day in range(1, 20)]
    strip = strip_of(SCALE, events, dt.date(2024, 6, 1))
    assert len(strip.labels) == 2
    by_row: dict[float, list[tuple[float, float]]] = {}
    for label in strip.labels:
        half = width_of(label.words, LABEL_SIZE) / 2
        by_row.setdefault(label.y, []).append((label.x - half, label.x + half))
    assert all(len(spans) == 1 for spans in by_row.values())


def test_label_at_the_edge_is_moved_inside():
    strip = strip_of(SCALE, [event("2025-12-31", "jatkamispäätös 31.12.")], LAST)
    (label,) = strip.labels
    assert label.anchor == "end"
    assert label.x <= WIDTH
    (early,) = strip_of(SCALE, [event("2023-01-01", "alkaa heti")], LAST).labels
    assert early.anchor == "start"
    assert early.x >= 0


def test_events_outside_are_left_out_and_those_of_one_day_are_one():
    strip = strip_of(SCALE, [event("2022-12-01"), event("2024-05-01"), event("2024-05-01", tone="todo")], LAST)
    (mark,) = strip.marks
    assert mark.number == 2
    assert mark.event.tone == "open"


def test_each_lane_has_a_row_of_its_own():
    lanes = [
        Lane("Sopimus", stretches=(Stretch(FIRST, LAST, "koko ajan", "open"),)),
        Lane("Kuntien valtuustokausi", stretches=(Stretch(None, dt.date(2025, 5, 31), "2021–2025", "none"),)),
        Lane("Kokoukset, taso 1", events=(event("2024-05-01"), event("2030-01-01"))),
    ]
    chart = chart_of(FIRST, LAST, lanes, dt.date(2024, 6, 1))
    assert [len(row.marks) for row in chart.rows] == [0, 0, 1]
    assert len({row.y for row in chart.rows}) == 3
    whole, term = chart.rows[0].blocks[0], chart.rows[1].blocks[0]
    assert whole.inside == "koko ajan"
    assert term.width < whole.width
    assert chart.needle is not None
    assert chart.foot < chart.height


def test_stretch_outside_the_picture_is_left_out():
    lanes = [Lane("kausi", stretches=(Stretch(dt.date(2029, 1, 1), None, "myöhemmin", "none"),))]
    assert chart_of(FIRST, LAST, lanes, dt.date(2028, 1, 1)).rows[0].blocks == ()

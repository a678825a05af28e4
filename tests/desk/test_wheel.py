from __future__ import annotations

import datetime as dt
from itertools import combinations, pairwise
from math import hypot, pi

import pytest

from yhdyspinta.desk.wheel import CENTRE, DOT, INNER, OUTER, Item, angle, point, wheel_of

MONTHS = ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"]
RINGS = ["Taso 1", "Taso 2", "Taso 3", "Taso 4", "Osapuolet"]


def meeting(day: str, ring: int = 3, words: str = "kokous", tone: str = "done") -> Item:
    on = dt.date.fromisoformat(day)
    return Item(ring, "meeting", on, on, words, tone, "/")


def deadline(day: str, ring: int = 3, tone: str = "open") -> Item:
    on = dt.date.fromisoformat(day)
    return Item(ring, "deadline", on, on, "määräpäivä", tone, "/")


def window(first: str, last: str, ring: int = 1) -> Item:
    return Item(ring, "window", dt.date.fromisoformat(first), dt.date.fromisoformat(last), "ikkuna", "open", "/")


def laid_out(*items: Item, year: int = 2024, day: str | None = None):
    on = dt.date.fromisoformat(day) if day else None
    return wheel_of(year, RINGS, items, months=MONTHS, day=on)


def test_january_stands_at_twelve_and_the_year_goes_clockwise():
    x, y = point(100, angle(dt.date(2024, 1, 1)))
    assert (round(x), round(y)) == (CENTRE, CENTRE - 100)
    april = point(100, angle(dt.date(2024, 4, 1)))
    assert april[0] > CENTRE + 99
    assert point(100, angle(dt.date(2024, 10, 1)))[0] < CENTRE - 99


@pytest.mark.parametrize(("year", "days"), [(2023, 365), (2024, 366)])
def test_a_day_is_as_wide_as_the_year_is_long(year, days):
    step = angle(dt.date(year, 1, 2)) - angle(dt.date(year, 1, 1))
    assert step == pytest.approx(2 * pi / days)


def test_strategic_levels_are_inside_and_rings_do_not_overlap():
    rings = laid_out().rings
    assert [ring.name for ring in rings] == RINGS
    assert rings[0].radius - rings[0].thickness / 2 >= INNER
    assert rings[-1].radius + rings[-1].thickness / 2 <= OUTER
    for inner, outer in pairwise(rings):
        assert inner.radius + inner.thickness / 2 < outer.radius - outer.thickness / 2


def test_needle_points_at_the_day_only_in_its_own_year():
    assert laid_out(day="2024-06-01").needle is not None
    assert laid_out(day="2023-06-01").needle is None
    assert laid_out().needle is None


def test_dot_stands_in_its_ring_at_its_day():
    (dot,) = laid_out(meeting("2024-05-21", ring=1)).dots
    ring = laid_out().rings[1]
    assert hypot(dot.x - CENTRE, dot.y - CENTRE) == pytest.approx(ring.radius, abs=0.2)


def test_what_falls_on_one_day_is_one_dot_with_its_number():
    (dot,) = laid_out(deadline("2024-12-31"), deadline("2024-12-31", tone="done")).dots
    assert dot.number == 2
    assert dot.words == "määräpäivä · määräpäivä"
    assert dot.tone == "open"


def test_dots_that_crowd_do_not_cover_one_another():
    days = [f"2024-03-{day:02}" for day in range(1, 15)]
    dots = laid_out(*(meeting(day) for day in days)).dots
    assert len(dots) == len(days)
    for one, other in combinations(dots, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= 1.5 * DOT


def test_window_is_a_wedge_and_is_cut_at_the_year():
    inside, cut = laid_out(window("2024-05-01", "2024-05-31"), window("2023-12-01", "2024-01-31", ring=2)).wedges
    assert inside.words == cut.words == "ikkuna"
    assert cut.path.startswith(f"M{CENTRE:.1f} ")


def test_window_as_long_as_the_year_is_not_drawn():
    assert laid_out(window("2024-01-01", "2024-12-31")).wedges == ()


def test_other_years_and_unknown_rings_are_left_out():
    wheel = laid_out(meeting("2023-05-16"), meeting("2024-05-16", ring=9), window("2022-01-01", "2022-02-01"))
    assert wheel.dots == ()
    assert wheel.wedges == ()


def test_no_month_stands_on_its_head():
    months = laid_out().months
    assert [month.name for month in months] == MONTHS
    assert all(month.turn <= 90 or month.turn >= 270 for month in months)

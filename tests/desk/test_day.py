from __future__ import annotations

import datetime as dt

import pytest

from yhdyspinta.agreement import today
from yhdyspinta.desk.day import asked_of


@pytest.mark.parametrize("typed", ["1.6.2024", "2024-06-01", " 01.06.2024 "])
def test_day_is_understood_as_people_and_programs_write_it(rf, typed):
    asked = asked_of(rf.get("/", {"as-of": typed}), may_look_back=True)
    assert asked.day == dt.date(2024, 6, 1)
    assert (asked.text, asked.wrong) == ("1.6.2024", "")
    assert asked.query == {"as-of": "2024-06-01"}


@pytest.mark.parametrize("typed", ["huomenna", "31.2.2024", "1.6.24", "0001-01-01", "9999-12-31", "<b>", "1" * 500])
def test_nonsense_is_kept_at_the_field_with_what_is_wrong(rf, typed):
    asked = asked_of(rf.get("/", {"as-of": typed}), may_look_back=True)
    assert asked.day == today()
    assert asked.text == typed
    assert asked.wrong == "Kirjoita päivä muodossa 1.6.2024 tai 2024-06-01."
    assert asked.query == {}


def test_without_a_day_it_is_today(rf):
    asked = asked_of(rf.get("/", {"as-of": "  "}), may_look_back=True)
    assert asked.day == today()
    assert not asked.past
    assert asked.wrong == ""


def test_what_was_known_is_not_asked_for_by_the_public(rf):
    asked = asked_of(rf.get("/x/", {"known-at": "1.1.2025", "vuosi": "2024"}), may_look_back=False)
    assert asked.known_at is None
    assert asked.query == {}
    assert asked.kept == (("vuosi", "2024"),)


def test_what_was_known_is_asked_for_apart(rf):
    request = rf.get("/x/", {"as-of": "2024-06-01", "known-at": "1.1.2025", "vuosi": "2024"})
    asked = asked_of(request, may_look_back=True)
    assert asked.known_at == dt.date(2025, 1, 1)
    assert asked.query == {"as-of": "2024-06-01", "known-at": "2025-01-01"}
    assert asked.kept == (("known-at", "1.1.2025"), ("vuosi", "2024"))
    assert asked.today_url == "/x/?vuosi=2024"

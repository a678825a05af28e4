from __future__ import annotations

import pytest

from yhdyspinta.agreement.assess import STATES
from yhdyspinta.desk import vocabulary
from yhdyspinta.desk.marks import TONES, symbol, tally, tone


def test_every_state_has_a_word_a_shape_and_a_tone():
    words = {vocabulary.state(state) for state in STATES}
    assert len(words) == len(STATES)
    assert all(f"#{state}" in symbol(state) for state in STATES)
    assert {tone(state) for state in STATES} == {"done", "open", "todo", "none"}
    assert set(TONES) - {"part"} <= set(STATES)


@pytest.mark.parametrize(
    ("states", "shape"),
    [
        (["fulfilled", "fulfilled-late"], "fulfilled"),
        (["kept"] * 24, "kept"),
        (["fulfilled", "overdue"], "part"),
        (["kept"] * 23 + ["lacking"], "part"),
        (["overdue"] * 24, "overdue"),
        (["overdue", "open"], "open"),
        (["lacking", "overdue", "overdue"], "overdue"),
        (["scheduled"], "scheduled"),
        (["fulfilled", "scheduled"], "fulfilled"),
        (["fulfilled", "unmeasured"], "fulfilled"),
        (["unmeasured"], "unmeasured"),
        ([], "unmeasured"),
    ],
)
def test_one_shape_stands_for_many_by_counts_and_never_by_the_worst(states, shape):
    assert tally(states).shape == shape


def test_what_is_not_asked_for_stands_outside_the_count():
    counted = tally(["fulfilled", "open", "scheduled", "waived", "unmeasured"])
    assert (counted.done, counted.total, counted.percent) == (1, 2, 50)


def test_tallies_add_up():
    both = tally(["kept"]) + tally(["lacking", "lacking"])
    assert (both.done, both.total) == (1, 3)
    assert both.states == {"kept": 1, "lacking": 2}


def test_bar_is_not_full_while_something_is_left():
    assert tally(["kept"] * 239 + ["lacking"]).percent == 99


def test_what_there_are_no_records_of_is_not_counted_as_undone():
    assert tally(["no-record", "no-record"]).unknown
    assert not tally(["no-record", "open"]).unknown
    assert not tally([]).unknown

from __future__ import annotations

import pytest

from yhdyspinta.desk.lettering import SOFT_HYPHEN, breakable, lines_of, width_of


def test_wide_letters_take_more_room_than_narrow_ones():
    assert width_of("mmm", 10) > width_of("aaa", 10) > width_of("iii", 10)
    assert width_of("", 10) == 0


@pytest.mark.parametrize("width", [60, 90, 140, 300])
def test_no_line_is_wider_than_asked(width):
    text = "Keski-Suomen turvallisuus- ja valmiustoimikunta sekä yhdyspintakoordinaattorit"
    assert all(width_of(line, 14) <= width for line in lines_of(text, width, 14, most=20))


def test_words_stay_whole_where_they_fit():
    assert lines_of("Strateginen foorumi", 120, 15, most=3) == ("Strateginen", "foorumi")


def test_compound_breaks_at_its_own_hyphen():
    assert lines_of("turvallisuus-valmiustoimikunta", 150, 15, most=3) == ("turvallisuus-", "valmiustoimikunta")


def test_long_word_gets_a_hyphen_and_leaves_no_crumbs():
    first, second = lines_of("kansanedustajakokous", 130, 15, most=3)
    assert first.endswith("-")
    assert first.removesuffix("-") + second == "kansanedustajakokous"
    assert len(second) >= 4


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = lines_of("yksi kaksi kolme neljä viisi", 50, 14, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_no_words_are_one_empty_line():
    assert lines_of("", 100, 14, most=2) == ("",)


def test_long_finnish_words_may_break_between_syllables():
    softened = breakable("Yhdyspintakoordinaattori ja muut")
    assert softened.replace(SOFT_HYPHEN, "") == "Yhdyspintakoordinaattori ja muut"
    assert softened.split(" ")[0].split(SOFT_HYPHEN) == ["Yhdys", "pin", "ta", "koor", "di", "naat", "tori"]
    assert breakable("Vastinparit nimetty") == "Vastinparit nimetty"
    assert breakable("KSTURVA-edustus") == "KSTURVA-edustus"  # it breaks at its own hyphen

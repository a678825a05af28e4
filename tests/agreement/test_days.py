"""Days as people and programs write them."""

from __future__ import annotations

import datetime as dt

import pytest

from yhdyspinta.agreement import parse_day
from yhdyspinta.agreement.days import Span


@pytest.mark.parametrize("text", ["2024-06-01", "1.6.2024", "01.06.2024", " 1.6.2024 "])
def test_day_is_read_as_it_is_written(text: str) -> None:
    assert parse_day(text) == dt.date(2024, 6, 1)


@pytest.mark.parametrize(
    "text",
    ["", "1.6.", "1.6.24", "30.2.2024", "2024-6-1", "2024-02-30", "eilen", "1.6.2024.1", "20240601",
     "1.6.\uff12\uff10\uff12\uff14",
     f"{'9' * 30}.1.2024", "-1.6.2024", "2024-06-01T00:00"],
)  # fmt: skip
def test_nonsense_is_no_day(text: str) -> None:
    with pytest.raises(ValueError):
        parse_day(text)


def test_span_has_its_first_and_last_day() -> None:
    span = Span(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert dt.date(2024, 1, 1) in span
    assert dt.date(2024, 12, 31) in span
    assert dt.date(2025, 1, 1) not in span
    assert not span.overlap(Span(dt.date(2025, 1, 1)))

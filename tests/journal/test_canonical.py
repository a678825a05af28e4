"""The same value always has the same digest, another value another one."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from yhdyspinta.journal.canonical import canonical, digest, moment

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_canonical_reads_back_as_what_was_written(value: object):
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_canonical_does_not_depend_on_the_order_of_keys(value: dict[str, int]):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_canonical_writes_days_and_moments():
    at = datetime(2024, 6, 1, 12, 0, tzinfo=timezone(timedelta(hours=3)))
    assert canonical({"on": date(2024, 5, 14), "at": at}) == '{"at":"2024-06-01T09:00:00.000000Z","on":"2024-05-14"}'
    assert moment(at) == "2024-06-01T09:00:00.000000Z"


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_digest_of_other_texts_is_another(one: list[str], other: list[str]):
    assert (digest(*one) == digest(*other)) == (one == other)

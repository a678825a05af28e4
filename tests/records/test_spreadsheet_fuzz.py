"""Whatever file comes, it is read or refused with a message; whatever a line says, it is judged."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.koe import charter
from yhdyspinta.printing.unreadable import Unreadable
from yhdyspinta.records.kinds import KINDS
from yhdyspinta.records.rules import problems_of
from yhdyspinta.records.spreadsheet import read_lines
from yhdyspinta.records.words import Names

TODAY = date(2026, 1, 1)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["kyla", "2024-01-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = sorted({field.name for kind in KINDS.values() for field in kind.fields} | {"id", "recorded", "reference"})
LINES = st.fixed_dictionaries({"fact": st.sampled_from(sorted(KINDS)) | ANYTHING}) | st.dictionaries(
    st.sampled_from(["fact", *FIELDS]), ANYTHING, max_size=6
)


def read_and_judge(content: bytes) -> None:
    names = Names(charter())
    try:
        _form, lines = read_lines(content, names)
    except Unreadable:
        return
    for line in lines:
        json.dumps([line.given, line.link, line.note], allow_nan=False).encode()
        found = [*line.problems, *problems_of(line.given, names, today=TODAY)]
        assert all(str(problem) for problem in found)


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(content):
    read_and_judge(content)


@given(rows=st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), max_size=5), mark=st.sampled_from(";,\t"))
@settings(max_examples=100, deadline=None)
def test_any_rows_below_our_headings_are_read_or_refused(rows, mark):
    head = mark.join(["Event", "Date", "Body or group"])
    read_and_judge("\n".join([head, *(mark.join(row) for row in rows)]).encode())


@given(line=LINES)
@settings(max_examples=300, deadline=None)
def test_any_json_is_judged(line):
    read_and_judge(b"{}\n" + json.dumps(line).encode())

"""What is written as a table reads back as the same facts, in every format and language."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.facts import ANY_KIND, NAMES, facts
from tests.records.koe import charter
from yhdyspinta.printing.writing import to_csv, to_xlsx
from yhdyspinta.records.spreadsheet import read_lines, sheet_name, to_row
from yhdyspinta.records.spreadsheet.columns import COLUMNS
from yhdyspinta.records.words import Names

LANGUAGES = st.sampled_from(["fi", "sv", "en"])
SOME = st.lists(facts(ANY_KIND), min_size=1, max_size=6)


def read_back(content: bytes) -> list[dict[str, Any]]:
    return [line.given for line in read_lines(content, Names(charter()))[1]]


def to_sheet(columns, rows):
    return to_xlsx(columns, rows, sheet_name())


@pytest.mark.parametrize("write", [to_csv, to_sheet])
@given(some=SOME, written_in=LANGUAGES, read_in=LANGUAGES)
@settings(max_examples=60, deadline=None)
def test_facts_come_back_from_a_table_in_any_language(write, some, written_in, read_in):
    with translation.override(written_in):
        content = write(COLUMNS, [to_row(fact, NAMES) for fact in some])
    with translation.override(read_in):
        assert read_back(content) == some


@given(some=SOME)
def test_facts_come_back_from_json_lines(some):
    content = "\n".join(json.dumps(fact, ensure_ascii=False) for fact in some).encode()
    assert read_back(content) == some


@given(link=st.text(), note=st.text())
@settings(max_examples=50)
def test_no_cell_of_a_csv_starts_as_a_formula(link, note):
    row = to_row({"fact": "evaluation-made", "on": "2025-05-01"}, NAMES, link=link, note=note)
    for line in to_csv(COLUMNS, [row]).decode("utf-8-sig").split("\r\n"):
        for cell in line.split(";"):
            assert not cell.strip('"').startswith(("=", "+", "@", "\t"))

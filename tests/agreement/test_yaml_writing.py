"""What is written as a block is read back as it was, and looks like the files made by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yhdyspinta.agreement.reader import read_file
from yhdyspinta.agreement.yaml_writing import ORDER, WIDTH, block_text, fenced_block

AGREEMENTS = Path(__file__).resolve().parents[2] / "agreements"
TREACHEROUS = [
    "077", "0o7", "0x1f", "1e3", ".5", "1_000", "12:30", "12:30:45", "yes", "no", "on", "null", "~", "true", "=", "<<",
    "2024-01-01", "2024-1-1", "3221318-2", "a: b", "a:", "kello 9:00", "a #b", "- a", "-", "...", "---", "? a", "a?",
    "?", "```", "a\n```\nb", "~~~\n~~~", "a\nb", "a\n\nb", "a\n b", "a\r\nb", " a", "a ", "a\tb", "", "{a}", "a, b",
    "!x", "&a", "*a", "%a", "@a", "'a'", '"', "\\", "\xa0", "\ufeffa", "x\u2028y", "\x85", "\U0001f600",
]  # fmt: skip
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False),
    st.dates(),
    st.text(max_size=40),
    st.sampled_from(TREACHEROUS),
)
KEYS = st.one_of(st.text(max_size=12), st.sampled_from(["id", "name", "group", "changes", "fi", "true", "1", "077"]))
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=20,
)


def read_back(kind: str, data: Any) -> Any:
    """Write the data as a block of a file and return what the reader makes of it."""
    raw = read_file("agreement.fi.md", f"---\nid: a\n---\n\n## A {{#a}}\n\n{fenced_block(kind, data)}\nLoppu.\n")
    assert raw.findings == []
    (block,) = raw.headings[0].blocks
    assert block.kind == kind
    assert raw.headings[0].prose, "the fence ends where the block ends"
    return block.data


@given(st.dictionaries(KEYS, DATA, min_size=1, max_size=5))
def test_a_block_is_read_back_as_it_was_written(data: dict[str, Any]) -> None:
    assert read_back("duty", data) == data


@given(st.lists(st.dictionaries(KEYS, DATA, min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_list_of_things_is_read_back_as_it_was_written(data: list[dict[str, Any]]) -> None:
    assert read_back("parties", data) == data


@pytest.mark.parametrize("folder", sorted(path.name for path in AGREEMENTS.glob("*/")))
def test_every_block_of_the_shipped_agreements_is_read_back(folder: str) -> None:
    raw = read_file("agreement.fi.md", (AGREEMENTS / folder / "agreement.fi.md").read_text(encoding="utf-8"))
    blocks = [block for heading in raw.headings for block in heading.blocks]
    assert blocks
    for block in blocks:
        assert block.kind in ORDER
        assert read_back(block.kind, block.data) == block.data


def test_the_parties_of_central_finland_are_written_as_they_were_by_hand() -> None:
    text = (AGREEMENTS / "keski-suomi-2023" / "agreement.fi.md").read_text(encoding="utf-8")
    raw = read_file("agreement.fi.md", text)
    (parties,) = [block for heading in raw.headings for block in heading.blocks if block.kind == "parties"]
    municipalities = [party for party in parties.data if party["kind"] == "municipality"]
    assert len(municipalities) == 22
    assert block_text("parties", municipalities) in text


def test_a_duty_is_written_with_its_keys_in_the_order_of_the_format() -> None:
    data = {
        "basis": "explicit",
        "window": {"from": dt.date(2025, 6, 1), "to": dt.date(2025, 12, 31)},
        "evidence": {"member-named": {"party": "bearer", "body": "ksturva"}},
        "kind": "maintain",
        "bearer": {"each": ["municipality", "regional-council"]},
        "name": {"fi": "Kokous: nimeää", "sv": "Utser, och 'mer'"},
        "id": "a",
    }
    assert block_text("duty", data) == (
        "id: a\n"
        'name: {fi: "Kokous: nimeää", sv: "Utser, och \'mer\'"}\n'
        "bearer: {each: [municipality, regional-council]}\n"
        "kind: maintain\n"
        "window: {from: 2025-06-01, to: 2025-12-31}\n"
        "evidence: {member-named: {party: bearer, body: ksturva}}\n"
        "basis: explicit\n"
    )


def test_what_does_not_fit_the_width_stands_below_each_other() -> None:
    words = {"fi": "sana " * 12 + "a", "sv": "ord " * 12 + "b"}
    lines = block_text("reading", {"id": "a", "question": words, "assumed": "b"}).splitlines()
    assert [line.split(":")[0] for line in lines] == ["id", "question", "  fi", "  sv", "assumed"]
    assert all(len(line) <= WIDTH for line in lines)


def test_a_code_is_quoted_where_yaml_would_read_a_number() -> None:
    party = {"id": "a", "municipality-code": "077", "business-id": "3221318-2", "county-code": "15"}
    assert block_text("parties", [party]) == (
        '- id: a\n  business-id: 3221318-2\n  municipality-code: "077"\n  county-code: "15"\n'
    )


def test_a_text_of_several_lines_stays_readable() -> None:
    assert block_text("law", {"id": "a", "verbatim": "1 mom.\n\n2 mom."}) == (
        "id: a\nverbatim: |-\n  1 mom.\n\n  2 mom.\n"
    )


def test_what_a_file_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be written"):
        block_text("duty", {"id": {1, 2}})

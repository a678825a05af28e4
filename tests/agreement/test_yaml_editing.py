"""One key of a block is put otherwise, and the rest stays as it was written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yhdyspinta.agreement.reader import read_file
from yhdyspinta.agreement.yaml_editing import data_of, with_items, with_keys

AGREEMENTS = Path(__file__).resolve().parents[2] / "agreements"
DUTY = """\
id: arviointi
# kuka arvioi?
name:
  fi: Sopimus   arvioidaan   # hm
  sv: 'Avtalet utvärderas'

bearer: all
window: {from: 2025-01-01, to: 2025-05-31}
evidence: {evaluation-made: {}}
basis: explicit
"""


def blocks() -> list[tuple[str, str]]:
    """Return the YAML of every block of the shipped agreements."""
    found = []
    for path in sorted(AGREEMENTS.glob("*/agreement.fi.md")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        for heading in read_file("a", text).headings:
            for block in heading.blocks:
                end = next(n for n in range(block.line, len(lines)) if lines[n].startswith("```"))
                found.append((block.kind, "".join(lines[block.line : end])))
    return found


def test_a_key_is_taken_away_and_nothing_else_changes() -> None:
    assert with_keys("duty", DUTY, {"window": None}) == DUTY.replace("window: {from: 2025-01-01, to: 2025-05-31}\n", "")


def test_a_key_over_several_lines_is_put_otherwise() -> None:
    edited = with_keys("duty", DUTY, {"name": {"fi": "Arviointi"}})
    assert edited.startswith("id: arviointi\n# kuka arvioi?\nname: {fi: Arviointi}\n\nbearer: all\n")


def test_a_new_key_stands_where_the_format_has_it() -> None:
    edited = with_keys("duty", DUTY, {"count": 2, "window": {"to": dt.date(2029, 5, 31)}})
    assert "window: {to: 2029-05-31}\ncount: 2\nevidence:" in edited


def test_a_block_in_braces_is_written_anew() -> None:
    assert with_keys("duty", "{id: a, basis: explicit}\n", {"basis": "statutory"}) == "id: a\nbasis: statutory\n"


def test_items_of_a_list_are_changed_one_by_one() -> None:
    text = "# osapuolet\n- id: a\n  to: 2025-12-31  # eroaa\n  name: {fi:   A}\n- id:   b\n- id: c\n"

    def change(thing: Mapping[str, Any]) -> Mapping[str, Any] | None:
        return {"a": {"to": None}, "b": {}, "c": None}[thing["id"]]

    assert with_items("parties", text, change) == "# osapuolet\n- id: a\n  name: {fi:   A}\n- id:   b\n"


def test_a_list_in_brackets_is_written_anew() -> None:
    assert with_items("terms", "[{id: a}, {id: b}]\n", lambda t: {"name": {"fi": "x"}} if t["id"] == "a" else None) == (
        "- id: a\n  name: {fi: x}\n"
    )


def _without(key: str, _thing: object) -> dict[str, None]:
    return {key: None}


@pytest.mark.parametrize(("kind", "text"), blocks())
def test_every_key_of_a_shipped_block_can_be_taken_away(kind: str, text: str) -> None:
    data = data_of(kind, text)
    if isinstance(data, list):
        for key in data[0]:
            without = partial(_without, key)
            left = data_of(kind, with_items(kind, text, without))
            assert left == [{k: v for k, v in thing.items() if k != key} for thing in data]
        return
    for key in data:
        edited = with_keys(kind, text, {key: None})
        assert data_of(kind, edited) == {k: v for k, v in data.items() if k != key} or len(data) == 1
        assert set(edited.splitlines()) <= set(text.splitlines())


@given(st.sampled_from(blocks()), st.data())
def test_a_key_put_otherwise_is_read_back(block: tuple[str, str], data: st.DataObject) -> None:
    kind, text = block
    before = data_of(kind, text)
    if isinstance(before, list):
        return
    key = data.draw(st.sampled_from([*before, "unspecified", "new"]))
    value = data.draw(
        st.one_of(st.text(), st.lists(st.text(max_size=9)), st.dictionaries(st.text(max_size=5), st.text()))
    )
    assert data_of(kind, with_keys(kind, text, {key: value})) == {**before, key: value}

"""The list of records: its filters, pages and exports, and what the public sees of it."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from tests.records.conftest import HELD
from tests.records.pages import AT, text
from yhdyspinta.records import queries
from yhdyspinta.records.actions import bring_in_history, preview_history


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 2]),
        ("laji=meeting-held", [0]),
        ("sitoumus=foorumi-koolle", [0]),
        ("sitoumus=hyvaksynta", [1]),
        ("sitoumus=vastinparit", [2]),
        ("osapuoli=kyla", [1]),
        ("elin=ict", [1, 2]),
        ("alkaen=1.2.2024", [0, 1]),
        ("asti=2024-01-31", [2]),
        ("alkaen=1.2.2024&asti=1.3.2024", [1]),
        ("laji=meeting-held&osapuoli=kyla", []),
        ("tila=peruttu", [3]),
        ("tila=kaikki", [0, 1, 2, 3]),
        ("tila=pyynto", []),
    ],
)
def test_the_list_is_filtered_in_the_address(koe, some, keeper, browse, query, found):
    page = browse(keeper).get(f"{AT}?{query}")
    assert [shown.record for shown, _asked in page.context["rows"]] == [some[number] for number in found]


def test_a_filter_that_is_not_understood_is_said_and_keeps_all(koe, some, browse):
    page = browse().get(f"{AT}?alkaen=kesällä&laji=ei-ole")
    assert "“kesällä” is not a date." in text(page)
    assert len(page.context["rows"]) == 3


def test_days_in_the_wrong_order_are_said(koe, some, browse):
    assert "before the first day" in text(browse().get(f"{AT}?alkaen=2.1.2024&asti=1.1.2024"))


def test_the_public_sees_neither_notes_nor_hours_nor_what_is_withdrawn(koe, some, browse, keeper):
    for address in (AT, f"{AT}?tila=kaikki", "/en/koe/kirjaukset.csv?tila=kaikki", f"{AT}{some[2].pk}/"):
        shown = browse().get(address).content.decode()
        assert "Vain osapuolille" not in shown
        assert "Erehdys" not in shown
        assert "Aino" not in shown
        assert "Hours" not in shown
    assert "Vain osapuolille" in browse(keeper).get("/en/koe/kirjaukset.csv").content.decode()


def test_the_list_has_fifty_on_a_page_in_a_stable_order(koe, by_keeper, browse):
    days = [f"2024-{1 + number // 28:02}-{1 + number % 28:02}" for number in range(120)]
    facts = "\n".join(json.dumps({"fact": "picture-approved", "body": "foorumi", "on": day}) for day in days)
    bring_in_history(preview_history(koe, facts.encode(), filename="h.jsonl", by=by_keeper), by=by_keeper)
    pages = [browse().get(f"{AT}?sivu={number}") for number in (1, 2, 3)]
    seen = [shown.record.pk for page in pages for shown, _asked in page.context["rows"]]
    assert [len(page.context["rows"]) for page in pages] == [50, 50, 20]
    assert len(set(seen)) == 120
    assert "Page 2 of 3" in text(pages[1])


def test_an_empty_list_says_how_to_begin(koe, keeper, browse):
    assert "Nothing has been recorded yet." in text(browse().get(AT))
    assert "Bring in a history" in text(browse(keeper).get(AT))


def test_the_export_is_the_list_in_the_columns_of_the_template(koe, some, keeper, browse):
    answer = browse(keeper).get("/en/koe/kirjaukset.xlsx?laji=meeting-held")
    [head, row] = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    told = dict(zip(head, row, strict=True))
    assert told["Event"] == "Meeting held"
    assert told["Link"] == "https://example.org/1"
    assert told["Record"] == some[0].pk
    assert told["Standing"] == "in force"


def test_the_export_can_be_brought_in_and_changes_nothing(koe, some, keeper, by_keeper, browse):
    for form in ("csv", "xlsx"):
        content = browse(keeper).get(f"/en/koe/kirjaukset.{form}?tila=kaikki").content
        batch = preview_history(koe, content, filename=f"k.{form}", by=by_keeper)
        assert queries.verdicts_of(batch) == {"new": 0, "known": 4, "refused": 0, "example": 0}


def test_a_formula_in_a_note_is_disarmed_in_the_export(koe, record, keeper, browse):
    record(HELD, note="=1+1")
    assert ";'=1+1;" in browse(keeper).get("/en/koe/kirjaukset.csv").content.decode()

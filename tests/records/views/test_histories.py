"""A history brought in on the pages: template, file, preview, button."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from tests.records.conftest import ACCEPTED, HELD
from tests.records.pages import AT, text, upload
from yhdyspinta.records.actions import preview_history


def test_a_history_is_brought_in_from_template_to_records(koe, keeper, browse):
    client = browse(keeper)
    content = client.get(f"{AT}tuo/pohja.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0].append(["Meeting held", "20.5.2024", None, None, "forum"])
    out = io.BytesIO()
    book.save(out)
    answer = client.post(f"{AT}tuo/", {"file": upload("historia.xlsx", out.getvalue())})
    page = client.get(answer["Location"])
    assert "1 event will be added" in text(page)
    assert "Example, skipped" in text(page)
    page = client.post(f"{answer['Location']}lisaa/", follow=True)
    assert "1 event was added." in text(page)
    assert "Are the records whole from 20 May 2024 on?" in text(page)
    page = client.post(f"{AT}tuo/kirjauksia-alkaen/", follow=True)
    assert "There are records from 20 May 2024 on now." in text(page)
    koe.refresh_from_db()
    assert koe.records_from.isoformat() == "2024-05-20"
    assert "Are the records whole" not in text(client.get(answer["Location"]))


def test_the_lines_of_a_preview_are_filtered_and_say_why(koe, keeper, browse):
    content = "Event;Date;Body or group\nmeeting-held;20.5.2024;foorumi\nmeeting-held;20.5.2024;senaatti\n"
    client = browse(keeper)
    address = client.post(f"{AT}tuo/", {"file": upload("h.csv", content.encode())})["Location"]
    page = client.get(f"{address}?rivit=torjutaan")
    assert [line["number"] for line in page.context["lines"]] == [3]
    assert "Body or group: “senaatti” is not a body or group of this agreement." in text(page)


def test_a_refused_line_of_any_sort_is_shown(koe, keeper, browse):
    odd = [{"fact": "meeting-held", "body": {}, "on": 7}, {"fact": "release-shared", "release": []}, {"fact": 7}, {}]
    content = "\n".join(map(json.dumps, odd)).encode()
    page = browse(keeper).post(f"{AT}tuo/", {"file": upload("h.jsonl", content)}, follow=True)
    assert page.status_code == 200
    assert [line["verdict"] for line in page.context["lines"]] == ["refused"] * 4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"MZ\x90\x00\x00", "The file is not a table."),
        (b"Tapahtuma;Aika", "No heading row was found."),
        (b" ", "The file is empty."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(koe, keeper, browse, content, message):
    response = browse(keeper).post(f"{AT}tuo/", {"file": upload("historia.xlsx", content)})
    assert response.status_code == 422
    assert message in text(response)


def test_no_file_chosen_is_said(koe, keeper, browse):
    assert "Choose a file." in text(browse(keeper).post(f"{AT}tuo/", {}))


def test_a_file_too_large_is_not_even_read(koe, keeper, browse):
    response = browse(keeper).post(f"{AT}tuo/", {"file": upload("h.csv", b"x" * (5 * 1024 * 1024 + 1))})
    assert "at most 5 MB" in text(response)


def test_a_stale_preview_is_shown_again_with_a_warning(koe, record, keeper, by_keeper, browse):
    batch = preview_history(koe, json.dumps(HELD).encode(), filename="h.jsonl", by=by_keeper)
    record(HELD)
    page = browse(keeper).post(f"{AT}tuo/{batch.pk}/lisaa/", follow=True)
    assert "has changed since the preview" in text(page)
    assert "There is nothing to add" in text(page)


def test_a_discarded_preview_says_so(koe, keeper, by_keeper, browse):
    batch = preview_history(koe, json.dumps(HELD).encode(), filename="h.jsonl", by=by_keeper)
    page = browse(keeper).post(f"{AT}tuo/{batch.pk}/hylkaa/", follow=True)
    assert "Discarded. Nothing was added." in text(page)
    assert "was discarded" in text(browse(keeper).get(f"{AT}tuo/{batch.pk}/"))


def test_a_party_sees_its_own_histories_alone(koe, by_keeper, by_kyla, kyla, lahti, browse):
    preview_history(koe, json.dumps(HELD).encode(), filename="yllapito.jsonl", by=by_keeper)
    own = preview_history(koe, json.dumps(ACCEPTED).encode(), filename="kyla.jsonl", by=by_kyla)
    assert [batch.pk for batch in browse(kyla).get(f"{AT}tuo/").context["histories"]] == [own.pk]
    assert browse(lahti).get(f"{AT}tuo/{own.pk}/").status_code == 404
    assert browse(kyla).get(f"{AT}tuo/{own.pk}/").status_code == 200


@pytest.mark.parametrize("language", ["", "sv/", "en/"])
def test_pages_speak_every_language(koe, some, keeper, browse, language):
    for route in ("", "uusi/", "uusi/?sitoumus=seuranta", "tuo/", f"{some[0].pk}/"):
        assert browse(keeper).get(f"/{language}koe/kirjaukset/{route}").status_code == 200


def test_a_line_whose_name_is_no_text_is_shown_as_refused(koe, keeper, browse):
    formed = {"fact": "body-formed", "body": "vesi", "level": 2, "theme": "ict", "name": {"fi": 5}, "on": "2024-01-01"}
    answer = browse(keeper).post(f"{AT}tuo/", {"file": upload("h.jsonl", json.dumps(formed).encode())})
    page = browse(keeper).get(answer["Location"])
    assert "must be text" in text(page)

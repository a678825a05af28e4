"""A party's remark beside its mark."""

from __future__ import annotations

import pytest

from tests.records.pages import text
from yhdyspinta.records import queries
from yhdyspinta.records.actions import write_remark


def test_a_party_writes_changes_and_takes_back_its_remark(koe, kyla, browse):
    client, address = browse(kyla), "/en/koe/osapuolet/kyla/huomautus/?sitoumus=hyvaksynta&jakso=2021-2025&kohde=ict"
    assert client.post(address, {"text": "Käsitellään elokuussa."})["Location"] == address
    assert client.post(address, {"text": "Käsitellään syyskuussa."}).status_code == 302
    key = ("kyla", "hyvaksynta", "2021-2025", "ict")
    assert queries.remarks(koe)[key].text == "Käsitellään syyskuussa."
    page = client.get(address)
    assert "Käsitellään elokuussa." in text(page)
    assert "Accepts the groups" in text(page)
    client.post(address, {"withdraw": "1"})
    assert queries.remarks(koe) == {}
    assert "taken back" in text(client.get(address))


@pytest.mark.parametrize(
    ("written", "message"), [("", "This must be filled in."), ("x" * 1001, "at most 1000 characters")]
)
def test_a_remark_has_words_and_not_too_many(koe, kyla, browse, written, message):
    response = browse(kyla).post("/en/koe/osapuolet/kyla/huomautus/?sitoumus=hyvaksynta", {"text": written})
    assert message in text(response)


def test_a_remark_of_one_mark_is_not_that_of_another(koe, by_kyla):
    write_remark(koe, ("kyla", "hyvaksynta", "2021-2025", "ict"), "Ict", by=by_kyla)
    write_remark(koe, ("kyla", "tietopohja", "2024", None), "Tieto", by=by_kyla)
    assert set(queries.remarks(koe, "kyla")) == {
        ("kyla", "hyvaksynta", "2021-2025", "ict"),
        ("kyla", "tietopohja", "2024", None),
    }
    assert queries.remarks(koe, "lahti") == {}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("sitoumus=tiedottaminen&jakso=foorumi@2024-05-20", ("", "Foorumi 20.5.2024")),
        ("sitoumus=vastinparit&jakso=agreement&kohde=ict", ("Tieto, ict ja data", "")),
        ("sitoumus=hyvaksynta&jakso=2021-2025&kohde=ict", ("Ict-ryhmä", "2021–2025")),
        ("sitoumus=hyvaksynta&jakso=2021-2025&kohde=uusi", ("Talousryhmä", "2021–2025")),
    ],
)
def test_a_remark_says_in_words_what_it_stands_beside(koe, record, kyla, browse, asked, said):
    record(
        {"fact": "body-formed", "body": "uusi", "name": "Talousryhmä", "level": 2, "theme": "ict", "on": "2024-02-01"}
    )
    page = browse(kyla).get(f"/koe/osapuolet/kyla/huomautus/?{asked}")
    assert (page.context["object_name"], page.context["period"]) == said

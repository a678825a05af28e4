"""What the public is not told, read from the text of the pages and of the files (DESIGN §5)."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.desk.conftest import HISTORY
from yhdyspinta.agreement import fact_of
from yhdyspinta.desk.proofs import proof_of
from yhdyspinta.journal.actions import import_facts, set_publicity
from yhdyspinta.journal.actor import SYSTEM

HOME = "/keski-suomi-2023/"
DAY = "as-of=2024-06-01"
SECRET = "https://example.org/salainen-liite"
WITHDRAWN = "https://example.org/peruttu"


@pytest.fixture
def recorded(agreement):
    import_facts(agreement, HISTORY, by=SYSTEM)
    return agreement


@pytest.fixture
def party(agreement, signed_in, small_municipality_clerk):
    return signed_in(small_municipality_clerk)


def text_of(client: Client, path: str, query: str = DAY) -> str:
    """Return what a page or a file says; of a workbook the cells, a row a line."""
    response = client.get(f"{HOME}{path}?{query}")
    assert response.status_code == 200, path
    if not path.endswith(".xlsx"):
        return response.content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    return "\n".join(";".join(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True))


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    "path", ["elimet/foorumi/", "sitoumukset/foorumi-koolle.csv", "sitoumukset/foorumi-koolle.xlsx"]
)
def test_withdrawn_evidence_is_shown_as_it_was_known_to_parties_alone(client, recorded, party, path):
    told = {"fact": "meeting-held", "body": "foorumi", "on": "2023-09-12", "reference": {"link": WITHDRAWN}}
    facts: list[dict[str, Any]] = [
        told | {"id": "koe-1", "recorded": "2023-09-13"},
        {"fact": "withdrawn", "of": "koe-1", "on": "2024-03-01", "recorded": "2024-03-01"},
    ]
    import_facts(recorded, facts, by=SYSTEM)
    query = f"{DAY}&known-at=2023-12-31"
    assert WITHDRAWN not in text_of(client, path, query)
    assert WITHDRAWN in text_of(party, path, query)


PUBLISHED = {
    "fact": "release-published", "body": "ksturva", "meeting": "2024-03-14", "by": "keski-suomen-liitto",
    "on": "2024-03-15",
}  # fmt: skip
SHARED = {"fact": "release-shared", "party": "luhanka", "release": "ksturva@2024-03-14", "on": "2024-03-16"}


@pytest.mark.parametrize(("fact", "duty"), [(SHARED, "viestinta-jako"), (PUBLISHED, "viestinta-kokous")])
def test_papers_of_a_preparedness_body_are_not_public_whatever_tells_of_it(client, recorded, party, fact, duty):
    reference = {"register": "7/2024", "text": "salainen sisältö", "link": SECRET}
    before = [PUBLISHED] if fact is SHARED else []
    import_facts(recorded, [*before, fact | {"reference": reference}], by=SYSTEM)
    for path in (f"sitoumukset/{duty}/", f"sitoumukset/{duty}.csv", f"sitoumukset/{duty}.xlsx"):
        public = text_of(client, path)
        assert "7/2024" in public
        assert "salainen sisältö" not in public
        assert SECRET not in public
        assert SECRET in text_of(party, path)


def test_acceptance_of_a_preparedness_body_tells_no_more_than_the_register(scene_on):
    given = {"fact": "acceptance-given", "party": "luhanka", "subject": "ksturva", "on": "2023-02-01",
             "reference": {"register": "8/2023", "text": "salainen sisältö", "link": SECRET}}  # fmt: skip
    public, own = (proof_of(scene_on("2024-06-01", audience=who), fact_of(given)).line for who in ("public", "all"))
    assert "8/2023" in public
    assert "salainen" not in public
    assert SECRET in own


def test_structure_names_no_convenor_beside_an_undone_state(client, recorded, party):
    def said(client: Client) -> str:
        row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*elimet/ksturva/.*?</tr>", text_of(client, "rakenne/"), re.DOTALL)
        assert row
        return plain(row[0])

    assert "ei näytetä julkisesti" in said(client)
    assert not [word for word in ("Avoin", "vointa", "/") if word in said(client)]


@pytest.mark.parametrize("shown", ["done-and-counts", "none"])
def test_list_of_one_party_tells_only_how_many_are_done(client, recorded, party, shown):
    set_publicity(recorded, shown, by=SYSTEM)
    query = f"{DAY}&osapuoli=luhanka"
    assert not re.search(r"\d+/\d+ toteutu", plain(text_of(client, "sitoumukset/", query)))
    assert re.search(r"\d+/\d+ toteutu", plain(text_of(party, "sitoumukset/", query)))
    for kind in ("csv", "xlsx"):
        rows = [line.split(";") for line in text_of(client, f"sitoumukset.{kind}", query).splitlines()]
        hidden = [row for row in rows if "ei näytetä julkisesti" in row]
        assert hidden
        assert all(row[7] != "0" and row[8] == "" for row in hidden)
        pairs = next(row for row in rows if "vastinpari" in row[2].lower())
        assert pairs[8] == ""


def test_next_deadline_does_not_tell_whether_a_party_has_done(client, recorded):
    """Luhanka has delivered its part of 2024 and Joutsa has not: the calendar is the same for both."""
    delivered = {"fact": "contribution-delivered", "party": "luhanka", "period": "2024", "on": "2024-05-01"}
    import_facts(recorded, [delivered], by=SYSTEM)
    for shown in ("done-and-counts", "none"):
        set_publicity(recorded, shown, by=SYSTEM)
        days = []
        for party in ("luhanka", "joutsa"):
            lines = text_of(client, "sitoumukset.csv", f"{DAY}&osapuoli={party}").splitlines()
            days.append([line.rsplit(";", 1)[1] for line in lines if "osuutensa tietopohjaan" in line])
        assert days[0] == days[1] != [""]


def test_duty_of_one_party_is_not_counted(client, recorded, party):
    path = "sitoumukset/ryhma-nimeaminen/"
    assert not re.search(r"\d+/\d+ ", plain(text_of(client, path).partition("<table")[0]).partition("Tilanne")[2])
    assert re.search(r"0/10 ", plain(text_of(party, path)).partition("Tilanne")[2])
    for page in ("", "vuosikello/", "aikajana/", "rakenne/"):
        assert "0/10 asetettu" not in plain(text_of(client, page))
    line = next(each for each in text_of(client, "sitoumukset.csv").splitlines() if "Neuvottelee hytestä" in each)
    assert ";;" in line
    assert ";0;" not in line


def test_years_of_one_party_are_not_counted_together(client, recorded, party):
    query = "as-of=2025-12-31"
    said = "2/3 toteutunut"
    for path in ("sitoumukset.csv", "sitoumukset.xlsx"):
        (public,), (own,) = (
            [line for line in text_of(who, path, query).splitlines() if "Kokoontuu vuosittain" in line]
            for who in (client, party)
        )
        assert said in own
        assert said not in public
        assert "2 toteutunutta;2;;" in public
    assert said not in plain(text_of(client, "sitoumukset/kuntakokous-koolle/", query))


def test_remark_at_a_hidden_mark_is_not_public(client, recorded, party):
    party.post(
        f"{HOME}osapuolet/luhanka/huomautus/?sitoumus=tietopohja&jakso=2024", {"text": "Myöhässä sairauden takia."}
    )
    for path in ("sitoumukset/tietopohja/", "sitoumukset/tietopohja.csv", "sitoumukset/tietopohja.xlsx"):
        assert "Myöhässä sairauden takia." not in text_of(client, path)
        assert "Myöhässä sairauden takia." in text_of(party, path)


@pytest.mark.parametrize("year", ["9" * 5000, "0" * 5000 + "2023", "02023"])
def test_year_of_too_many_digits_is_the_year_of_the_day(client, recorded, year):
    assert "<title>Vuosikello 2024" in text_of(client, "vuosikello/", f"{DAY}&vuosi={year}")
    same = text_of(client, "vuosikello.csv", f"{DAY}&vuosi=2024")
    assert text_of(client, "vuosikello.csv", f"{DAY}&vuosi={year}") == same

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from yhdyspinta.agreement import parse_agreement
from yhdyspinta.journal import wording


@pytest.fixture(autouse=True)
def _in_finnish():
    with translation.override("fi"):
        yield


@pytest.fixture
def charter(keski_suomi_text):
    return parse_agreement(keski_suomi_text)


@pytest.mark.parametrize(("language", "said"), [("fi", "1.6.2024"), ("sv", "1.6.2024"), ("en", "1\u00a0Jun\u00a02024")])
def test_days_are_written_as_people_write_them(language, said):
    with translation.override(language):
        assert wording.day(dt.date(2024, 6, 1)) == said


def test_ranges_leave_out_what_both_days_share():
    assert wording.days(dt.date(2023, 1, 1), dt.date(2025, 12, 31)) == "1.1.2023–31.12.2025"
    assert wording.days(dt.date(2025, 1, 1), dt.date(2025, 5, 31)) == "1.1.–31.5.2025"
    assert wording.days(dt.date(2025, 1, 1), dt.date(2025, 1, 1)) == "1.1.2025"
    assert wording.days(dt.date(2025, 1, 1), None) == "1.1.2025 alkaen"


@pytest.mark.parametrize(
    ("duty", "who", "when"),
    [
        ("kuntakokous-koolle", "Jyväskylän kaupunki", "Joka kalenterivuosi"),
        ("foorumi-koolle", "Keski-Suomen liitto ja Keski-Suomen hyvinvointialue", "Joka valtuustokausi"),
        ("vastinparit", "Kukin osapuoli", "Jatkuvasti"),
        ("seurantakokous", "Kuntakokous", "Joka kalenterivuosi, 1.5.–31.5."),
        ("arviointi", "Kaikki osapuolet yhdessä", "1.1.–31.5.2025"),
        ("hyte-raportti", "Kukin kunta ja hyvinvointialue", "Joka kalenterivuosi"),
        ("ryhma-suunnitelma", "Kukin ryhmä", "Joka valtuustokausi"),
        ("viestinta-kokous", "Kokouksen koollekutsuja", None),
        ("ksturva-koolle", "Keski-Suomen liitto", "Ajankohtaa ei ole määrätty"),
        ("johtajan-lasnaolo-kuntajohtajat", "Keski-Suomen hyvinvointialue", "Sopimuksen voimassaoloaikana"),
    ],
)
def test_duty_says_who_and_when(charter, duty, who, when):
    found = charter.duties[duty]
    assert wording.bearer(charter, found, "fi") == who
    if when:
        assert wording.cadence(charter, found, "fi") == when


def test_lists_read_as_sentences():
    assert wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b", "c"]) == "a, b ja c"
    assert wording.listed([]) == ""


def test_evidence_is_said_by_kind_of_fact(charter):
    assert wording.evidence(charter.duties["kuntakokous-koolle"]) == ["Kokous pidetty"]

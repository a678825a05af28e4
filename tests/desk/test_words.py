from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from yhdyspinta.agreement.assess import Occurrence
from yhdyspinta.desk import vocabulary, words


def occurrence(state: str, *, kind: str = "achieve", period: str = "2024", **days: dt.date | None) -> Occurrence:
    return Occurrence(
        duty="d", clause="c", kind=kind, bearer="luhanka", period=period, object=None, opens=days.get("opens"),
        due=days.get("due"), state=state, since=days.get("since"), basis="explicit", evidence=[], lacks=[],
    )  # fmt: skip


def test_months_stand_alone_and_short():
    assert words.months()[:3] == ["tammi", "helmi", "maalis"]
    with translation.override("sv"):
        assert words.months()[4] == "maj"


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (occurrence("open", due=dt.date(2024, 5, 31)), "Avoin (31.5. mennessä)"),
        (occurrence("open", due=dt.date(2025, 5, 31), period="2021-2025"), "Avoin (31.5.2025 mennessä)"),
        (occurrence("open", period="agreement"), "Avoin (ei määräaikaa)"),
        (occurrence("fulfilled-late", since=dt.date(2024, 6, 12)), "Toteutunut myöhemmin (12.6.)"),
        (occurrence("fulfilled-late", since=dt.date(2025, 6, 12)), "Toteutunut myöhemmin (12.6.2025)"),
        (occurrence("overdue", due=dt.date(2024, 5, 31)), "Ajankohta kulunut, ei kirjausta"),
        (occurrence("kept", kind="maintain"), "Kunnossa"),
        (occurrence("lacking", kind="maintain"), "Täydennettävää"),
        (occurrence("lacking", kind="right"), "Käytettävissä"),
        (occurrence("kept", kind="right"), "Käytössä"),
        (occurrence("no-record"), "Ei tietoja tältä ajalta"),
        (occurrence("unmeasured", kind="unmeasured"), "Ei mittaria sopimuksessa"),
        (occurrence("waived"), "Luovuttu sovitusti"),
        (occurrence("ended", kind="maintain"), "Päättynyt"),
        (occurrence("scheduled", opens=dt.date(2024, 1, 1), due=dt.date(2024, 12, 31)), "Tulossa"),
        (
            occurrence("scheduled", opens=dt.date(2025, 1, 1), due=dt.date(2025, 5, 31), period="agreement"),
            "Tulossa (1.1.–31.5.2025)",
        ),
        (occurrence("scheduled", opens=dt.date(2025, 6, 1), period="2025-2029"), "Tulossa (1.6.2025 alkaen)"),
    ],
)
def test_state_is_said_with_the_day_that_belongs_to_it(seen, said):
    assert words.state_of(seen) == said


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_word_blames(language):
    with translation.override(language):
        said = " ".join([*vocabulary._states().values(), *vocabulary._short_states().values()]).lower()
    assert not any(
        word in said for word in ("laimin", "rikko", "puute", "försumm", "brott", "breach", "fail", "neglect")
    )


def test_periods_are_said_in_words(charter):
    assert words.period("2024") == "2024"
    assert words.period("2021-2025") == "2021–2025"
    assert words.period("ksturva@2024-03-14", charter, "fi") == "KSTURVA 14.3.2024"
    assert words.period("kuntakokous@2024-05-21") == "21.5.2024"
    assert words.period("agreement") == "koko sopimuskausi"

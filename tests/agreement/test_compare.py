from __future__ import annotations

import datetime as dt
from dataclasses import replace

from yhdyspinta.agreement import Charter
from yhdyspinta.agreement.compare import Difference, compare, redline


def test_agreement_does_not_differ_from_itself(keski_suomi: Charter) -> None:
    same = compare(keski_suomi, keski_suomi)
    assert (same.agreement, same.parties, same.bodies, same.clauses, same.duties, same.readings) == ((),) * 6


def test_days_and_convenors_are_compared_too(keski_suomi: Charter) -> None:
    longer = keski_suomi.lasting(first_day=keski_suomi.first_day, last_day=dt.date(2026, 12, 31), id=keski_suomi.id)
    body = keski_suomi.bodies["kuntakokous"].model_copy(update={"convened_by": ("luhanka",)})
    found = compare(keski_suomi, replace(longer, bodies={**keski_suomi.bodies, "kuntakokous": body}))
    assert found.agreement[0].fields == {"to": ("2025-12-31", "2026-12-31")}
    assert found.bodies[0].fields == {"convened-by": (["jyvaskyla"], ["luhanka"])}


def test_long_texts_are_told_from_where_they_differ() -> None:
    before, after = "sana " * 40 + "kerran vuodessa", "sana " * 40 + "kahdesti vuodessa"
    (words,) = Difference("changed", "x", "X", {"text.fi": (before, after)}).words()
    assert "kerran vuodessa" in words
    assert "kahdesti vuodessa" in words
    assert len(words) < 200


def test_differences_are_told_by_id_and_field(keski_suomi: Charter) -> None:
    duty = keski_suomi.duties["kuntakokous-koolle"]
    duties = {id: each for id, each in keski_suomi.duties.items() if id != "arviointi"}
    duties["kuntakokous-koolle"] = duty.model_copy(update={"count": 2}).placed(duty.clause)
    parties = {id: party for id, party in keski_suomi.parties.items() if id != "luhanka"}
    found = compare(keski_suomi, replace(keski_suomi, duties=duties, parties=parties))
    assert [(d.change, d.id) for d in found.duties] == [("gone", "arviointi"), ("changed", "kuntakokous-koolle")]
    assert found.duties[1].fields == {"count": (None, 2)}
    assert [(d.change, d.id) for d in found.parties] == [("gone", "luhanka")]
    back = compare(replace(keski_suomi, duties=duties), keski_suomi)
    assert ("added", "arviointi") in [(d.change, d.id) for d in back.duties]


def test_redline_shows_words_gone_and_added() -> None:
    assert redline("vähintään kerran vuodessa", "vähintään kahdesti vuodessa") == [
        ("same", "vähintään"),
        ("gone", "kerran"),
        ("added", "kahdesti"),
        ("same", "vuodessa"),
    ]

from __future__ import annotations

from dataclasses import replace

from yhdyspinta.agreement import Charter
from yhdyspinta.agreement.compare import compare, redline


def test_agreement_does_not_differ_from_itself(keski_suomi: Charter) -> None:
    same = compare(keski_suomi, keski_suomi)
    assert (same.parties, same.clauses, same.duties) == ((), (), ())


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

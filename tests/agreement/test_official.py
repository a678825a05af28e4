"""The official text is split along the clauses' passages; what is not found is an error that says so."""

from __future__ import annotations

import pytest

from tests.support.beside import OFFICIAL
from yhdyspinta.agreement import Charter
from yhdyspinta.agreement.official import PassageErrors, passages, sentences_of

needs_official = pytest.mark.skipif(not OFFICIAL.is_file(), reason="the official text is not beside the project")


@needs_official
def test_every_clause_finds_its_passage(keski_suomi: Charter) -> None:
    found = passages(keski_suomi, OFFICIAL.read_text(encoding="utf-8"))
    assert set(found) == {clause.id for clause in keski_suomi.clauses if clause.official}
    assert found["kuntakokous"].startswith("Kuntakokouksessa edustettuina ovat")
    assert found["kuntakokous"].endswith("hyvinvointialue yhteistyössä.")
    assert "viranhaltija/työntekijä" in found["vastinpari"]
    assert "1.1.2023-31.12.2025" in found["sopimuskausi"]
    assert found["kuntakokous"] not in keski_suomi.clause_by_id["kuntakokous"].html("fi")


@needs_official
def test_sentences_are_not_copied_into_the_restatement(keski_suomi: Charter) -> None:
    official = " ".join(OFFICIAL.read_text(encoding="utf-8").split())
    for sentence in sentences_of(official):
        if len(sentence) > 60:
            assert all(sentence not in clause.html("fi") for clause in keski_suomi.clauses)


def test_missing_headings_and_sentences_are_told_for_each_clause(keski_suomi: Charter) -> None:
    with pytest.raises(PassageErrors) as errors:
        passages(keski_suomi, "Taso 2\n\nVain yksi lause.\n")
    told = dict(errors.value.missing)
    assert "there are 1 sentences" in told["kuntakokous"]
    assert "the text has no heading “Taso 1”" in told["foorumi"]


def test_page_breaks_do_not_tear_a_sentence() -> None:
    assert sentences_of("Yksi lause, joka\n\n\njatkuu.  Toinen  \nlause.") == [
        "Yksi lause, joka jatkuu.",
        "Toinen lause.",
    ]

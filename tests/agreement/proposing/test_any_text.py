"""Whatever the text: nothing breaks, marks lie within their sentences, and what is proposed reads as blocks."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.proposing.texts import (
    MERILAAKSO,
    MERILAAKSO_PARTIES,
    OSTKUSTEN,
    OSTKUSTEN_PARTIES,
    POYTAKIRJA,
    clauses,
)
from yhdyspinta.agreement import parse_agreement
from yhdyspinta.agreement.blocks import Block, Body, Goal, Law, Level, Term, Theme
from yhdyspinta.agreement.duty import Duty, Right
from yhdyspinta.agreement.proposing import RULES, ClauseText, KnownBody, Proposal, propose

BLOCKS: dict[str, type[Block]] = {
    "level": Level, "body": Body, "theme": Theme, "duty": Duty, "right": Right, "terms": Term, "law": Law, "goal": Goal,
}  # fmt: skip
PERIODS = [{"from": dt.date(2025, 6, 1), "to": dt.date(2029, 5, 31)}]
TEXTS = (
    (MERILAAKSO, "fi", MERILAAKSO_PARTIES),
    (OSTKUSTEN, "sv", OSTKUSTEN_PARTIES),
    (POYTAKIRJA, "fi", MERILAAKSO_PARTIES),
)

WORDS = sorted({word for text, _, _ in TEXTS for word in text.split()})
SHUFFLED = st.lists(st.sampled_from([*WORDS, "\n", ".", ",", ":", "§", "–"]), max_size=80).map(" ".join)
ANY_TEXT = st.one_of(st.text(max_size=300), SHUFFLED)
ANY_CLAUSES = st.lists(st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT), max_size=4)


def filled(proposal: Proposal) -> dict[str, Any]:
    """The block once a person has filled in what is open; "frequency" and "evidence" may stay so."""
    data = dict(proposal.data)
    answers = {
        "bearer": "each party", "window": window_of(data), "term": "municipal", "reading": "luenta", "level": 1,
        "object": "each theme", "of": ["municipality"], "periods": PERIODS,
    }  # fmt: skip
    return data | {key: answers[key] for key in proposal.open if answers.get(key) is not None}


def window_of(data: dict[str, Any]) -> dict[str, Any] | None:
    per = str(data.get("per", ""))
    if per.startswith("meeting of"):
        return {"to": "day before"}
    return None if per == "council-term" else {"from": dt.date(2027, 1, 1), "to": dt.date(2027, 5, 31)}


def found_in(
    titles_and_texts: list[tuple[str, str, str]], language: str
) -> tuple[list[ClauseText], tuple[Proposal, ...]]:
    parties = MERILAAKSO_PARTIES if language == "fi" else OSTKUSTEN_PARTIES
    texts = [ClauseText(f"k{n}", title, part, text) for n, (title, part, text) in enumerate(titles_and_texts)]
    return texts, propose(texts, language=language, parties=parties)


@settings(max_examples=150, deadline=None)
@given(ANY_CLAUSES, st.sampled_from(["fi", "sv"]))
def test_any_text_gives_proposals_that_hold(titles_and_texts: list[tuple[str, str, str]], language: str) -> None:
    texts, found = found_in(titles_and_texts, language)
    folded = {text.id: " ".join(text.text.split()) for text in texts}
    keys = [proposal.key for proposal in found]
    assert len(keys) == len(set(keys))
    for proposal in found:
        assert proposal.sentence in folded[proposal.clause]
        assert proposal.rule in RULES
        for mark in proposal.marks:
            assert 0 <= mark.start < mark.end <= len(proposal.sentence)
        BLOCKS[proposal.kind].model_validate(filled(proposal))


@settings(max_examples=30, deadline=None)
@given(ANY_CLAUSES, st.sampled_from(["fi", "sv"]))
def test_the_same_text_gives_the_same_proposals(titles_and_texts: list[tuple[str, str, str]], language: str) -> None:
    assert found_in(titles_and_texts, language)[1] == found_in(titles_and_texts, language)[1]


@pytest.mark.parametrize(("text", "language", "parties"), TEXTS)
def test_ids_of_a_kind_are_each_used_once(text: str, language: str, parties: Any) -> None:
    found = propose(clauses(text), language=language, parties=parties)
    for kinds in (("duty", "right", "goal", "law"), ("body", "theme")):
        ids = [proposal.data["id"] for proposal in found if proposal.kind in kinds]
        assert len(ids) == len(set(ids))


def test_a_key_stays_when_its_sentence_moves_to_another_clause() -> None:
    before = propose(clauses(POYTAKIRJA), language="fi", parties=MERILAAKSO_PARTIES)
    moved = [
        ClauseText(f"toinen-{clause.id}", clause.title, clause.part, clause.text) for clause in clauses(POYTAKIRJA)
    ]
    after = propose(moved, language="fi", parties=MERILAAKSO_PARTIES)
    assert [proposal.key for proposal in before] == [proposal.key for proposal in after]


def test_a_confirmed_body_is_found_by_its_names_and_keeps_its_id() -> None:
    bodies = [KnownBody("johtoforumi", ("johdon foorumi", "foorumi")), KnownBody("ohjaajat", ("ohjausryhmä",))]
    found = propose(clauses(MERILAAKSO), language="fi", parties=MERILAAKSO_PARTIES, bodies=bodies)
    said = json.dumps([dict(p.data) for p in found if p.kind in ("duty", "right")], default=str)
    assert '"johtoforumi"' in said
    assert '"ohjaajat"' in said
    assert "johdon-foorumi" not in said
    assert "ohjausryhma" not in said


def test_a_body_confirmed_under_another_name_is_known_by_its_short_one() -> None:
    bodies = [KnownBody("foorumi", ("strateginen foorumi", "foorumi"))]
    found = propose(clauses(MERILAAKSO), language="fi", parties=MERILAAKSO_PARTIES, bodies=bodies)
    convened = next(p for p in found if p.rule == "convenor-named")
    assert convened.data["evidence"] == {"meeting-held": {"body": "foorumi"}}


def test_a_confirmed_group_is_each_group() -> None:
    text = "# A\n## B\nAsumisen työryhmä laatii vuosittain toimintasuunnitelman."
    bodies = [KnownBody("asuminen", ("asumisen työryhmä",), group=True)]
    found = propose(clauses(text), language="fi", parties=MERILAAKSO_PARTIES, bodies=bodies)
    assert [p.data["bearer"] for p in found if p.kind == "duty"] == ["each group"]


# --- all confirmed, a running agreement


def as_yaml(value: Any) -> str:
    """JSON is YAML, save that days have no quotes."""
    return re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", json.dumps(value, ensure_ascii=False, default=str))


def block(kind: str, data: Any) -> str:
    return f"```yaml {kind}\n{as_yaml(data)}\n```\n"


READING = {
    "id": "luenta", "question": {"fi": "Miten?", "sv": "Hur?"}, "assumed": "nain",
    "choices": [{"id": "nain", "text": {"fi": "Näin.", "sv": "Så."}}],
}  # fmt: skip


def agreement_of(found: tuple[Proposal, ...], language: str, parties: Any) -> str:
    """A file in which every proposal was confirmed, and all that they leave open filled in once."""
    levels = [dict(p.data) for p in found if p.kind == "level"] or [
        {"number": 1, "name": {language: "x"}, "groups": True}
    ]
    front = {
        "id": "koe", "language": language, "title": {language: "x"}, "short-title": {language: "x"},
        "instrument": {language: "x"}, "from": "2026-01-01", "to": "2028-12-31", "levels": levels,
    }  # fmt: skip
    words = ("name", "official-name", "genitive", "local")
    party_blocks = [{"id": p.id, "kind": p.kind, **{word: {language: p.name} for word in words}} for p in parties]
    term = {"id": "municipal", "name": {language: "x"}, "of": ["municipality"], "periods": PERIODS}
    blocks = [block("parties", party_blocks), block("terms", [term]), block("reading", READING)]
    blocks += [block(p.kind, filled(p)) for p in found if p.kind not in ("level", "terms")]
    return f"---\n{as_yaml(front)}\n---\n\n# A {{#osa}}\n\n## B {{#kohta}}\n\nTeksti.\n\n" + "\n".join(blocks)


@pytest.mark.parametrize(("text", "language", "parties"), TEXTS)
def test_confirmed_proposals_make_an_agreement_that_passes_check(text: str, language: str, parties: Any) -> None:
    found = propose(clauses(text), language=language, parties=parties)
    charter = parse_agreement({language: agreement_of(found, language, parties)})
    assert set(charter.duties) == {p.data["id"] for p in found if p.kind in ("duty", "right")}


# --- speed


def _seconds_for(least: int) -> float:
    made: list[ClauseText] = []
    while len(made) < least:
        made += [
            ClauseText(f"k{len(made) + n}", c.title, c.part, f"{c.text}\n" * 2)
            for n, c in enumerate(clauses(MERILAAKSO))
        ]
    taken: list[float] = []
    for _ in range(3):
        started = time.process_time()
        propose(made, language="fi", parties=MERILAAKSO_PARTIES * 8)
        taken.append(time.process_time() - started)
    return min(taken)


def test_four_times_the_text_takes_no_more_than_in_proportion() -> None:
    # A ratio in one run: what takes the square of the text would take sixteen times as long.
    assert _seconds_for(200) < 8 * _seconds_for(50)

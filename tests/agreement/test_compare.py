from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yhdyspinta.agreement import Charter, parse_agreement
from yhdyspinta.agreement.compare import LISTS, Concern, Difference, compare, redline
from yhdyspinta.agreement.compare.redlines import Paragraph, lines, paragraphs
from yhdyspinta.agreement.words import Words

# Few words and marks, so that texts share many of them.
WORDS = st.lists(
    st.sampled_from(["kunta", "ja", "alue", "kokoontuu", "vuosittain.", "Jokainen", "nimeää"]), max_size=40
)


@pytest.fixture(scope="session")
def written(keski_suomi_text: dict[str, str]) -> Callable[..., Charter]:
    """Read the agreement of Central Finland with some words of its Finnish file put otherwise."""

    def read(*changes: tuple[str, str]) -> Charter:
        text = keski_suomi_text["fi"]
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return parse_agreement({"fi": text})

    return read


def test_agreement_does_not_differ_from_itself(keski_suomi: Charter) -> None:
    same = compare(keski_suomi, keski_suomi)
    assert [getattr(same, name) for name in LISTS] == [()] * len(LISTS)
    assert same.nothing
    assert {clause.change for clause in same.side_by_side("sv")} == {"same"}
    assert all(changes.nothing for changes in same.for_parties)
    assert {changes.unchanged > 0 for changes in same.for_parties} == {True}


def test_days_and_convenors_are_compared_too(keski_suomi: Charter) -> None:
    longer = keski_suomi.lasting(first_day=keski_suomi.first_day, last_day=dt.date(2026, 12, 31), id=keski_suomi.id)
    body = keski_suomi.bodies["kuntakokous"].model_copy(update={"convened_by": ("luhanka",)})
    found = compare(keski_suomi, replace(longer, bodies={**keski_suomi.bodies, "kuntakokous": body}))
    assert found.agreement[0].fields == {"to": ("2025-12-31", "2026-12-31")}
    assert found.bodies[0].fields["convened-by"] == (["jyvaskyla"], ["luhanka"])


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


# Clauses


def test_clause_with_another_id_and_nearly_the_same_words_is_changed(written: Callable[..., Charter]) -> None:
    after = written(
        ("## Kuntakokous {#kuntakokous ", "## Kuntien kokous {#kuntien-kokous "),
        ("Kuntakokous johtaa", "Se johtaa"),
    )
    found = compare(written(), after)
    assert [(d.change, d.id) for d in found.clauses] == [("changed", "kuntien-kokous")]
    assert found.clauses[0].fields["id"] == ("kuntakokous", "kuntien-kokous")
    (changed,) = (clause for clause in found.side_by_side("fi") if clause.change != "same")
    assert changed.title == (("gone", "Kuntakokous"), ("added", "Kuntien kokous"))
    # That the clause is called otherwise changes none of the duties, bodies and seats in it.
    assert (found.duties, found.bodies) == ((), ())


def test_clause_that_moves_to_another_part_says_from_where_to_where(keski_suomi: Charter) -> None:
    first, second, *rest = keski_suomi.parts
    clause = second.clauses[0]
    parts = (
        replace(first, clauses=(*first.clauses, replace(clause, part=first.id))),
        replace(second, clauses=second.clauses[1:]),
        *rest,
    )
    found = compare(keski_suomi, replace(keski_suomi, parts=parts))
    (moved,) = (beside for beside in found.side_by_side("fi") if beside.change != "same")
    assert moved.pair.moved
    assert [part.id for part in moved.pair.moved] == [second.id, first.id]
    assert found.clauses[0].fields == {"part": (str(second.title), str(first.title))}


def test_part_with_another_id_and_title_moves_none_of_its_clauses(keski_suomi: Charter) -> None:
    parts = tuple(
        replace(
            part,
            id=f"{part.id}-uusi",
            title=Words({"fi": f"Uusi {part.title}"}),
            clauses=tuple(replace(clause, part=f"{part.id}-uusi") for clause in part.clauses),
        )
        for part in keski_suomi.parts
    )
    assert compare(keski_suomi, replace(keski_suomi, parts=parts)).clauses == ()


def test_words_of_a_part_itself_are_compared_too(keski_suomi: Charter) -> None:
    first, *rest = keski_suomi.parts
    assert not first.html("fi")
    worded = replace(first, prose=dict.fromkeys(("fi", "sv", "en"), "<p>Aluksi sanotaan jotakin.</p>"))
    found = compare(keski_suomi, replace(keski_suomi, parts=(worded, *rest)))
    assert [(d.change, d.id, set(d.fields)) for d in found.parts] == [
        ("changed", first.id, {"text.fi", "text.sv", "text.en"})
    ]
    assert found.clauses == ()
    assert {part.change for part in found.parts_side_by_side("sv")[1:]} == {"same"}
    assert found.parts_side_by_side("fi")[0].lines[0].runs == (("added", "Aluksi sanotaan jotakin."),)


def test_clause_that_is_gone_stands_where_it_stood(written: Callable[..., Charter], keski_suomi: Charter) -> None:
    part = keski_suomi.parts[1]
    parts = (keski_suomi.parts[0], replace(part, clauses=(part.clauses[0], *part.clauses[2:])), *keski_suomi.parts[2:])
    pairs = compare(keski_suomi, replace(keski_suomi, parts=parts)).clause_pairs
    assert [pair.before.id if pair.before else None for pair in pairs] == [clause.id for clause in keski_suomi.clauses]


def test_texts_without_a_common_language_are_still_compared(
    keski_suomi_text: dict[str, str], keski_suomi: Charter
) -> None:
    swedish = replace(keski_suomi, languages=("sv",))
    finnish = parse_agreement({"fi": keski_suomi_text["fi"]})
    assert len(compare(finnish, swedish).side_by_side("en")) == len(keski_suomi.clauses)


# Duties and parties


def test_duty_with_another_id_and_bearer_is_changed_not_gone_and_added(written: Callable[..., Charter]) -> None:
    after = written(
        ("id: kuntakokous-koolle\n", "id: kuntakokous-vuosittain\n"),
        ("](#kuntakokous-koolle)", "](#kuntakokous-vuosittain)"),
    )
    found = compare(written(), after)
    assert [(d.change, d.id, d.fields) for d in found.duties] == [
        ("changed", "kuntakokous-vuosittain", {"id": ("kuntakokous-koolle", "kuntakokous-vuosittain")})
    ]
    (pair,) = (pair for pair in found.duty_pairs if pair.one.id == "kuntakokous-vuosittain")
    assert pair.change == "same"


def test_party_with_another_id_is_known_by_its_codes(keski_suomi: Charter) -> None:
    luhanka = keski_suomi.parties["luhanka"].model_copy(update={"id": "luhangan-kunta"})
    parties = {("luhangan-kunta" if id == "luhanka" else id): each for id, each in keski_suomi.parties.items()}
    found = compare(keski_suomi, replace(keski_suomi, parties={**parties, "luhangan-kunta": luhanka}))
    changes = found.for_party("luhanka")
    assert changes == found.for_party("luhangan-kunta")
    assert changes
    assert changes.nothing
    assert [(d.change, d.id) for d in found.parties] == [("changed", "luhangan-kunta")]


def test_each_party_is_told_what_changes_for_it(keski_suomi: Charter) -> None:
    duty = keski_suomi.duties["kuntakokous-koolle"]
    moved = duty.model_copy(update={"bearer": ("luhanka", "multia")}).placed(duty.clause)
    after = keski_suomi.lasting(first_day=dt.date(2026, 1, 1), last_day=None, id="keski-suomi-2026")
    found = compare(keski_suomi, replace(after, duties={**keski_suomi.duties, duty.id: moved}))
    said = {
        changes.party.one.id: [(c.change, c.duty.one.id, c.before, c.after, c.since) for c in changes.concerns]
        for changes in found.for_parties
        if not changes.nothing
    }
    assert said == {
        "jyvaskyla": [("gone", duty.id, "alone", None, dt.date(2025, 12, 31))],
        "luhanka": [("added", duty.id, None, "together", dt.date(2026, 1, 1))],
        "multia": [("added", duty.id, None, "together", dt.date(2026, 1, 1))],
    }


def test_who_joins_bears_everything_from_its_first_day(keski_suomi: Charter) -> None:
    without = replace(keski_suomi, parties={id: p for id, p in keski_suomi.parties.items() if id != "luhanka"})
    luhanka = keski_suomi.parties["luhanka"].model_copy(update={"from_": dt.date(2025, 3, 1)})
    after = replace(keski_suomi, parties={**keski_suomi.parties, "luhanka": luhanka})
    changes = compare(without, after).for_party("luhanka")
    assert changes
    assert changes.party.change == "added"
    assert {(concern.change, concern.since) for concern in changes.concerns} == {("added", dt.date(2025, 3, 1))}
    assert {concern.after for concern in changes.concerns} == {"each", "all"}
    back = compare(after, without).for_party("luhanka")
    assert back
    assert {concern.change for concern in back.concerns} == {"gone"}
    assert len(back.concerns) == len(changes.concerns)


def test_convenor_whose_turn_comes_one_day_bears_what_convenors_bear(keski_suomi: Charter) -> None:
    found = compare(keski_suomi, keski_suomi)
    (duty,) = (pair for pair in found.duty_pairs if pair.one.bearer == "convenors")
    assert duty.one.id == "viestinta-kokous"
    body = keski_suomi.bodies["kuntakokous"].model_copy(update={"convened_by": ("luhanka",)})
    after = replace(keski_suomi, bodies={**keski_suomi.bodies, "kuntakokous": body})
    changes = compare(keski_suomi, after).for_party("luhanka")
    assert changes
    assert [(c.change, c.after) for c in changes.concerns] == [("added", "convenor")]


def test_version_counts_from_its_own_first_day(keski_suomi: Charter) -> None:
    later = compare(keski_suomi, keski_suomi, dt.date(2024, 6, 1))
    assert (later.days.since, later.days.until) == (dt.date(2024, 6, 1), dt.date(2024, 5, 31))
    next_one = compare(keski_suomi, keski_suomi.lasting(first_day=dt.date(2027, 1, 1), last_day=None, id="x"))
    assert next_one.days.until == keski_suomi.last_day
    assert compare(next_one.second, keski_suomi).days.until is None


def test_unknown_party_has_no_changes(keski_suomi: Charter) -> None:
    assert compare(keski_suomi, keski_suomi).for_party("helsinki") is None


# Words


def test_redline_shows_words_gone_and_added() -> None:
    assert redline("vähintään kerran vuodessa", "vähintään kahdesti vuodessa") == [
        ("same", "vähintään"),
        ("gone", "kerran"),
        ("added", "kahdesti"),
        ("same", "vuodessa"),
    ]


def test_redline_leaves_no_single_word_standing_amid_changes() -> None:
    runs = redline("yksi kaksi kolme ja neljä viisi kuusi", "eka toka kolmas ja neljäs viides kuudes")
    assert [kind for kind, _ in runs] == ["gone", "added"]


def _words(runs: list[tuple[str, str]], kind: str) -> list[str]:
    return [word for each, words in runs if each in ("same", kind) for word in words.split()]


@given(WORDS, WORDS)
def test_redline_holds_every_word_of_both_texts(before: list[str], after: list[str]) -> None:
    runs = redline(" ".join(before), " ".join(after))
    assert _words(runs, "gone") == before
    assert _words(runs, "added") == after
    assert all(words for _, words in runs)
    assert {kind for kind, _ in redline(" ".join(before), " ".join(before))} <= {"same"}


@given(WORDS, WORDS)
def test_swapping_the_texts_of_a_redline_swaps_gone_and_added(before: list[str], after: list[str]) -> None:
    swapped = {"gone": "added", "added": "gone", "same": "same"}
    runs, back = redline(" ".join(before), " ".join(after)), redline(" ".join(after), " ".join(before))
    assert sorted((swapped[kind], words) for kind, words in back) == sorted(runs)


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_lines_hold_every_paragraph_of_both_texts_in_order(before: list[list[str]], after: list[list[str]]) -> None:
    old, new = ([Paragraph("text", " ".join(words)) for words in side if words] for side in (before, after))
    found = lines(old, new)
    for side, kind, texts in (("before", "gone", old), ("after", "added", new)):
        told = [" ".join(_words(list(getattr(line, side)), kind)) for line in found]
        assert [text for text in told if text] == [each.text for each in texts]


def test_very_long_paragraph_is_compared_by_sentences_and_soon() -> None:
    chance = random.Random(1)
    sentences = [" ".join(chance.choices(["kunta", "ja", "alue", "on"], k=20)) + "." for _ in range(2_000)]
    other = [*sentences[:700], "Uusi virke tuli tähän.", *sentences[700:]]
    runs = redline(" ".join(sentences), " ".join(other))
    assert [words for kind, words in runs if kind == "added"] == ["Uusi virke tuli tähän."]
    assert not [words for kind, words in runs if kind == "gone"]


def test_prose_falls_into_paragraphs_and_items() -> None:
    items = "<ul>\n<li>yksi &amp; kaksi</li>\n<li>\n<p>kolme</p>\n</li>\n</ul>"
    prose = f"<p>Osapuolet <em>sitoutuvat</em>:</p>\n{items}\n<p>Loppu.</p>\n"
    assert paragraphs(prose) == (
        ("text", "Osapuolet sitoutuvat:"),
        ("item", "yksi & kaksi"),
        ("item", "kolme"),
        ("text", "Loppu."),
    )
    rows = "<table><tr><th>Kunta</th><th>Luku</th></tr><tr><td>Multia</td><td>1</td></tr></table>"
    assert [text for _, text in paragraphs(rows)] == ["Kunta | Luku", "Multia | 1"]


def test_changed_paragraph_stands_beside_its_like_though_others_came_between() -> None:
    old = [Paragraph("text", "Kuntakokous kokoontuu vähintään kerran vuodessa.")]
    new = [
        Paragraph("text", "Täysin toista asiaa sanotaan ensin."),
        Paragraph("text", "Kuntakokous kokoontuu vähintään kahdesti vuodessa."),
    ]
    assert [line.change for line in lines(old, new)] == ["added", "changed"]


# Laws of the whole


def _otherwise(charter: Charter, seed: int) -> Charter:
    """Return some other text of an agreement: clauses, duties and parties left out, renamed, borne by others."""
    chance = random.Random(seed)
    parts = []
    for part in charter.parts:
        kept = [clause for clause in part.clauses if chance.random() > 0.1]
        renamed = (replace(each, id=f"{each.id}-toinen") if chance.random() < 0.2 else each for each in kept)
        parts.append(replace(part, clauses=tuple(renamed)))
    duties = {}
    for id, duty in charter.duties.items():
        if chance.random() > 0.2:
            other = f"{id}-toinen" if chance.random() < 0.2 else id
            bearer = "all" if chance.random() < 0.2 else duty.bearer
            duties[other] = duty.model_copy(update={"id": other, "bearer": bearer}).placed(duty.clause)
    parties = {id: party for id, party in charter.parties.items() if chance.random() > 0.1}
    return replace(charter, parts=tuple(parts), duties=duties, parties=parties)


@pytest.mark.parametrize("seed", range(10))
def test_swapping_the_sides_swaps_what_is_added_and_gone(keski_suomi: Charter, seed: int) -> None:
    other = _otherwise(keski_suomi, seed)
    there, back = compare(keski_suomi, other), compare(other, keski_suomi)
    swapped = {"added": "gone", "gone": "added"}
    for name in ("parties", "parts", "clauses", "duties", "bodies"):
        once = {(d.change, d.id) for d in getattr(there, name) if d.change != "changed"}
        again = {(swapped[d.change], d.id) for d in getattr(back, name) if d.change != "changed"}
        assert once == again, name
    pairs = {(pair.before and pair.before.id, pair.after and pair.after.id) for pair in there.clause_pairs}
    assert pairs == {(pair.after and pair.after.id, pair.before and pair.before.id) for pair in back.clause_pairs}


@pytest.mark.parametrize("seed", range(10))
def test_what_is_new_for_a_party_is_gone_when_the_sides_are_swapped(keski_suomi: Charter, seed: int) -> None:
    other = _otherwise(keski_suomi, seed)
    there, back = compare(keski_suomi, other), compare(other, keski_suomi)

    def named(concern: Concern) -> str:
        return concern.duty.one.id.removesuffix("-toinen")

    for changes in there.for_parties:
        mirrored = back.for_party(changes.party.one.id)
        assert mirrored
        assert mirrored.unchanged == changes.unchanged
        new = sorted((named(concern), concern.after) for concern in changes.concerns if concern.change == "added")
        assert new == sorted(
            (named(concern), concern.before) for concern in mirrored.concerns if concern.change == "gone"
        )


@pytest.mark.parametrize("apart", [" ", "\n\n"])
def test_the_same_few_words_over_and_over_delay_no_comparison(apart: str) -> None:
    before = [Paragraph("text", each) for each in apart.join(["A b."] * 800).split("\n\n")]
    after = [Paragraph("text", each) for each in apart.join(["B b.", "A b.", "A c."] * 400).split("\n\n")]
    begun = time.process_time()
    assert lines(before, after)
    assert time.process_time() - begun < 2

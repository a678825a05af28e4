"""A plan is a second text of the same agreement: its clauses and commitments follow the agreement's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agreement.test_broken_texts import SLIPS, told
from tests.agreement.test_check import SMALL, SWEDISH
from yhdyspinta.agreement import (
    Clause,
    Ledger,
    assess,
    check,
    check_sources,
    digest_of,
    file_name,
    key_of_file,
    parse_agreement,
    sources_of,
)
from yhdyspinta.agreement.official import PassageErrors, passages

PLAN = """---
annex: suunnitelma
language: fi
title: {fi: Yhdyspintasuunnitelma, sv: Plan}
instrument: {fi: suunnitelma, sv: plan}
---

# Suunnitelma {#suunnitelma}

Näin se tehdään.

## Toimet {#toimet .duty ref=L1 official=Toimet}

[Beepa laatii katsauksen.](#katsaus)

### Kokoukset {#toimet-kokoukset}

[Katsaus käsitellään kokouksessa](#kokous-koolle), katso [kokous](#kokous).

#### Aiheet {#toimet-aiheet .goal}

Kaikki.

```yaml duty
id: katsaus
name: {fi: Laatii katsauksen, sv: Gör en översikt}
bearer: beepa
kind: achieve
per: calendar-year
evidence: {contribution-delivered: {party: bearer}}
basis: explicit
```

```yaml goal
id: yhdessa
name: {fi: Yhdessä, sv: Tillsammans}
```
"""

PLAN_SWEDISH = """---
annex: suunnitelma
language: sv
---

# Plan {#suunnitelma}

Så görs det.

## Åtgärder {#toimet}

[Beepa gör en översikt.](#katsaus)

### Möten {#toimet-kokoukset}

[Översikten behandlas på mötet](#kokous-koolle), se [mötet](#kokous).

#### Ämnen {#toimet-aiheet}

Alla.
"""

SOURCES = {"fi": SMALL, "sv": SWEDISH, "suunnitelma.fi": PLAN, "suunnitelma.sv": PLAN_SWEDISH}


def found(key: str, before: str, after: str) -> list[str]:
    assert before in SOURCES[key]
    return told({**SOURCES, key: SOURCES[key].replace(before, after, 1)})


def test_parts_and_clauses_of_an_annex_follow_the_agreement() -> None:
    charter = parse_agreement(SOURCES)
    assert [(part.id, part.annex) for part in charter.parts] == [("osat", ""), ("suunnitelma", "suunnitelma")]
    assert [clause.id for clause in charter.clauses][-4:] == ["kokous", "toimet", "toimet-kokoukset", "toimet-aiheet"]
    assert list(charter.annexes) == ["suunnitelma"]
    assert charter.annexes["suunnitelma"].title.sv == "Plan"
    instrument = charter.annexes["suunnitelma"].instrument
    assert instrument is not None and instrument.fi == "suunnitelma"  # noqa: PT018 -- one thing
    assert charter.clause_by_id["toimet"].title.sv == "Åtgärder"
    assert "Så görs det" in charter.parts[1].html("sv")


def test_blocks_of_an_annex_are_the_agreements() -> None:
    charter = parse_agreement(SOURCES)
    assert list(charter.duties) == ["kokous-koolle", "katsaus"]
    assert charter.duties["katsaus"].clause == "toimet-aiheet"
    assert charter.clause_by_id["toimet-aiheet"].goals == ("yhdessa",)
    assert charter.clause_by_id["toimet"].duties == ()
    occurrences = assess(charter, Ledger(charter, []), charter.first_day).occurrences
    assert {(each.duty, each.period) for each in occurrences} >= {("katsaus", "2024"), ("katsaus", "2025")}


def test_links_lead_from_an_annex_to_the_agreement_and_back() -> None:
    finnish = SMALL.replace("Osapuolia on kaksi.", "[Katsaus](#katsaus), [toimet](#toimet).")
    swedish = SWEDISH.replace("Parterna är två.", "[Översikt](#katsaus).")
    charter = parse_agreement({**SOURCES, "fi": finnish, "sv": swedish})
    assert 'href="#duty-katsaus"' in charter.clause_by_id["osapuolet"].html("fi")
    assert 'href="#duty-kokous-koolle"' in charter.clause_by_id["toimet-kokoukset"].html("sv")


def test_clauses_below_a_clause_know_how_deep_they_are() -> None:
    depths = {clause.id: clause.depth for clause in parse_agreement(SOURCES).clauses}
    assert depths == {"osapuolet": 2, "kokous": 2, "toimet": 2, "toimet-kokoukset": 3, "toimet-aiheet": 4}


def test_annex_in_one_of_the_agreements_languages_is_shown_in_it() -> None:
    charter = parse_agreement({key: text for key, text in SOURCES.items() if key != "suunnitelma.sv"})
    assert charter.clause_by_id["toimet"].title.sv == "Toimet"
    assert "Näin se tehdään" in charter.parts[1].html("sv")


def test_annexes_stand_in_the_order_of_their_ids_however_they_are_given() -> None:
    other = PLAN.replace("suunnitelma", "aikataulu").replace("katsaus", "aika").replace("yhdessa", "ajassa")
    other = other.replace("{#toimet", "{#aikaa")
    charters = [
        parse_agreement(dict(given))
        for given in (
            [("fi", SMALL), ("sv", SWEDISH), ("suunnitelma.fi", PLAN), ("aikataulu.fi", other)],
            [("aikataulu.fi", other), ("suunnitelma.fi", PLAN), ("sv", SWEDISH), ("fi", SMALL)],
        )
    ]
    assert [[part.annex for part in charter.parts] for charter in charters] == [["", "aikataulu", "suunnitelma"]] * 2
    assert list(charters[0].duties) == list(charters[1].duties) == ["kokous-koolle", "aika", "katsaus"]
    assert charters[0].digest == charters[1].digest


def test_annex_is_named_whole_by_the_digest() -> None:
    assert digest_of(SOURCES) != digest_of({**SOURCES, "suunnitelma.sv": PLAN_SWEDISH + "\n"})


def test_files_are_named_by_annex_and_language(tmp_path: Path) -> None:
    for key, text in SOURCES.items():
        (tmp_path / file_name(key)).write_text(text, encoding="utf-8")
    (tmp_path / "README.md").write_text("# Lue\n")
    assert sources_of(tmp_path) == (SOURCES, [])
    assert check(tmp_path) == []
    assert [key_of_file(file_name(key)) for key in SOURCES] == list(SOURCES)
    assert key_of_file("README.md") is None
    assert key_of_file("Suunnitelma.fi.md") is None


def test_annex_alone_is_no_agreement(tmp_path: Path) -> None:
    (tmp_path / "suunnitelma.fi.md").write_text(PLAN)
    assert "no agreement here" in "\n".join(map(str, check(tmp_path)))
    assert "no file has the agreement's front matter" in "\n".join(told({"suunnitelma.fi": PLAN}))


@pytest.mark.parametrize(
    ("key", "before", "after", "message"),
    [
        ("suunnitelma.fi", "annex: suunnitelma", "annex: toinen", "says `toinen` but is named suunnitelma.fi.md"),
        ("suunnitelma.fi", "annex: suunnitelma\n", "", "the `front matter` block lacks `annex`"),
        ("suunnitelma.fi", "language: fi", "language: sv", "the file says `sv` but is named suunnitelma.fi.md"),
        ("suunnitelma.fi", "language: fi", "language: fi\nfrom: 2024-01-01", "unknown key `from`"),
        ("suunnitelma.fi", "language: fi", "language: fi\nid: pieni", "unknown key `id`"),
        ("suunnitelma.fi", ", sv: Plan}", "}", "`title` is not given in sv"),
        ("suunnitelma.fi", ", sv: Gör en översikt}", "}", "`name` is not given in sv"),
        ("suunnitelma.sv", "language: sv", "language: sv\ntitle: {sv: Plan}", "unknown key `title`"),
        ("suunnitelma.sv", "{#toimet}", "{#toimia}", "the clause `toimet` is missing in this translation"),
        ("suunnitelma.sv", "(#katsaus)", "(#kokous)", "does not link the sentence of `katsaus`"),
        ("suunnitelma.sv", "Alla.", "```yaml goal\nid: x\n```", "a block in a translation"),
        ("suunnitelma.fi", "{#toimet .duty", "{#kokous .duty", "id `kokous` is already used in agreement.fi.md"),
        ("suunnitelma.fi", "id: katsaus", "id: kokous-koolle", "is already used in agreement.fi.md on line"),
        ("suunnitelma.fi", "bearer: beepa", "bearer: ceepa", "did you mean `beepa`?"),
        ("suunnitelma.fi", "(#kokous-koolle)", "(#kokous-kole)", "did you mean #kokous-koolle?"),
        ("suunnitelma.fi", "yaml goal\nid: yhdessa\nname", "yaml terms\n- id: x\n  name", "`terms` block in an annex"),
        ("suunnitelma.fi", "---\nannex", "annex", "suunnitelma.fi.md:1: the front matter is missing"),
        ("fi", "kokous-koolle\nname", "katsaus\nname", ":25: the id `katsaus` is already used in agr"),
    ],
)  # fmt: skip
def test_every_fault_of_an_annex_is_found(key: str, before: str, after: str, message: str) -> None:
    said = found(key, before, after)
    assert any(message in line for line in said), said


def test_annex_needs_the_agreements_language_and_no_other() -> None:
    without = {key: text for key, text in SOURCES.items() if key != "suunnitelma.fi"}
    assert any("has no text in fi, as the agreement has (add suunnitelma.fi.md)" in line for line in told(without))
    english = PLAN_SWEDISH.replace("language: sv", "language: en")
    said = told({**SOURCES, "suunnitelma.en": english})
    assert any("suunnitelma.en.md:1: the agreement itself has no text in en (add agreement.en.md)" in f for f in said)
    said = told({"fi": SMALL, "sv": SWEDISH, "agreement.fi": PLAN})
    assert any("an annex cannot be called `agreement`" in line for line in said)


def test_finding_in_an_annex_knows_its_field() -> None:
    findings = check_sources({**SOURCES, "suunnitelma.fi": PLAN.replace("bearer: beepa", "bearer: ceepa")})
    (finding,) = findings
    assert (finding.file, finding.block, finding.where) == ("suunnitelma.fi.md", ("duty", "katsaus"), ("bearer",))


@given(st.integers(0, len(PLAN)), st.integers(0, 200), st.sampled_from(SLIPS), st.sampled_from(list(SOURCES)[2:]))
def test_annex_that_is_cut_and_pasted_is_told_about(at: int, length: int, slip: str, key: str) -> None:
    text = SOURCES[key]
    told({**SOURCES, key: text[:at] + slip + text[at + length :]})


@given(st.dictionaries(st.text(max_size=8), st.sampled_from([*SOURCES.values(), ""]), max_size=3))
def test_texts_under_any_key_are_told_about(more: dict[str, str]) -> None:
    told({**SOURCES, **more})


def test_official_passages_are_found_in_the_annexs_own_text() -> None:
    charter = parse_agreement(SOURCES)
    assert passages(charter, "Mitä vain.") == {}
    assert passages(charter, "Toimet\nBeepa laatii.", annex="suunnitelma") == {"toimet": "Beepa laatii."}
    with pytest.raises(PassageErrors) as raised:
        passages(charter, "Mitä vain.", annex="suunnitelma")
    assert [clause for clause, _ in raised.value.missing] == ["toimet"]


def test_annex_does_not_change_what_the_agreement_itself_says() -> None:
    alone, both = parse_agreement({"fi": SMALL, "sv": SWEDISH}), parse_agreement(SOURCES)

    def shown(clauses: tuple[Clause, ...]) -> list[tuple[str, str]]:
        return [(clause.id, clause.html("fi")) for clause in clauses]

    assert shown(alone.clauses) == shown(both.clauses)[:2]
    assert both.duties["kokous-koolle"] == alone.duties["kokous-koolle"]

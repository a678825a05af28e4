"""A draft is checked while it is being written: whatever its texts are, they are told about and nothing is raised."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agreement.test_check import SMALL, SWEDISH
from yhdyspinta.agreement import AgreementErrors, check_sources, draft_of, parse_agreement
from yhdyspinta.agreement.kept import Kept
from yhdyspinta.agreement.plain import read_plain
from yhdyspinta.agreement.saying import Said

# What a slip of the pen, another program or a hostile hand may write where a value stands, or between two words.
SLIPS = [
    "[[a], b]", "{a: [b]}", "[{a: b}, [c]]", "[]", "{}", "null", "''", '"\\ud800"', '"\\0"', "|", "> ", "!x", "&a",
    "*a", "- - -", "? a", "{", "}", "]", ":", "# x", "```", "---", "...", "%YAML 1.1", "\t", "\u2028", "\ufeff",
    "<<: {a: b}", "0001-01-01T00:00:00+23:00", "2024-02-30", "2024-01-01T10:00:00", "9" * 5000, "1e400", ".inf",
    ".nan", "077", "0x", "{fi: ''}", "{fi: 1}", "each party", "convenors", "convenors of ", "meeting of [a, ]",
    "meeting of []", "own", "object", "02-30", "13-01", "{each: []}", "{all: [[a]]}",
    "{more-than: " + "9" * 400 + "}", "{kind: [[x]]}", "{after: {}}", "# {#}", "# {", "# x {#a #b}", '# x {a="',
    "# {#tyhja}", "> # q {#q}", "- # q {#q}", "##### z {#zz}", "[x](#", "[x]: #y", "```yaml", "```yaml duty",
    "```yaml parties\n- 1\n```", "```yaml duty\n3\n```", "sentences=²", "\r", "\n\n", "\\",
]  # fmt: skip
VALUES = [
    "{body: kokous-elin}", "bearer: aapa", "[aapa]", "achieve", "calendar-year", "explicit", "level: 1", "id: aapa",
    "{fi: kokous, sv: möte}", "2024-01-01", "levels:", "[municipality]", "language: fi", "{fi: Taso, sv: Nivå}",
    "id: pieni", "0174035-0", '"077"', "number: 1", "{meeting-held: {body: kokous-elin}}", "basis: explicit",
    "{#kokous .structure}", "Kokous", "```yaml duty", "Aapa kutsuu",
]  # fmt: skip
ADDED = [
    "window: {from: %s}", "window: {from: 01-01, to: %s}", "count: %s", "term: %s", "deadline: %s", "reading: %s",
    "object: %s", "unspecified: %s", "short-name: %s", "x: %s",
]  # fmt: skip


def told(sources: dict[str, str]) -> list[str]:
    """What is said of texts; a text that nothing is said of is an agreement, and no other is."""
    findings = check_sources(sources)
    assert all(finding.line >= 1 and finding.message and finding.mend for finding in findings)
    assert all(isinstance(said, Said) for finding in findings for said in (finding.message, finding.mend))
    if findings:
        with pytest.raises(AgreementErrors) as raised:
            parse_agreement(sources)
        assert raised.value.findings == findings
    else:
        parse_agreement(sources)
    said = [f"{finding} {finding.block}" for finding in findings]
    "\n".join(said).encode()  # half a character could not be shown
    return said


@given(st.sampled_from(VALUES), st.one_of(st.sampled_from(SLIPS), st.text(max_size=30)))
def test_value_put_otherwise_is_told_about(value: str, slip: str) -> None:
    told({"fi": SMALL.replace(value, slip, 1), "sv": SWEDISH})
    told({"fi": SMALL.replace(value, value + slip, 1), "sv": SWEDISH})


@given(st.sampled_from(ADDED), st.sampled_from(SLIPS))
def test_key_with_any_value_is_told_about(key: str, slip: str) -> None:
    told({"fi": SMALL.replace("basis: explicit", "basis: explicit\n" + key % slip), "sv": SWEDISH})


@given(st.sampled_from(["meeting-held", "plan-adopted", "counterpart-named", "signed"]), st.data())
def test_evidence_of_any_shape_is_told_about(kind: str, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(["body", "party", "theme", "hours-per-week", "plan", "after", "on"]))
    slip = data.draw(st.sampled_from(SLIPS))
    evidence = f"evidence: {{{kind}: {{{field}: {slip}}}}}"
    told({"fi": SMALL.replace("evidence: {meeting-held: {body: kokous-elin}}", evidence), "sv": SWEDISH})


@given(
    st.integers(0, len(SMALL)),
    st.integers(0, 300),
    st.sampled_from(SLIPS),
    st.sampled_from([SWEDISH, SMALL, "", "---"]),
)
def test_text_that_is_cut_and_pasted_is_told_about(at: int, length: int, slip: str, other: str) -> None:
    told({"fi": SMALL[:at] + slip + SMALL[at + length :], "sv": other})


@given(st.dictionaries(st.sampled_from(["fi", "sv", "en", "xx", ""]), st.text()))
def test_any_words_at_all_are_told_about(sources: dict[str, str]) -> None:
    assert told(sources)


@pytest.mark.parametrize(
    "written", ["0", "3-2", "1-", "-1", "x", "", ",", "1,,2", "²", "9" * 5000, "1-10001", ",".join(["1-9999"] * 50_000)]
)
def test_sentences_that_nobody_can_count_are_told_about(written: str) -> None:
    said = told({"fi": SMALL.replace("{#kokous", f'{{#kokous official=A sentences="{written}"'), "sv": SWEDISH})
    assert any("`sentences=" in line for line in said), said


def test_front_matter_that_is_a_list_is_no_front_matter() -> None:
    assert any(
        "no file has the agreement's front matter" in line for line in told({"fi": "---\n- id\n---\n# A {#a}\n"})
    )
    said = told({"fi": SMALL, "sv": SWEDISH.replace("language: sv", "- language")})
    assert any("agreement.sv.md:1: `front matter`" in line for line in said), said


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("## Kokous {#kokous .structure}", "## {#kokous .structure}", "a heading without words"),
        ("## Kokous", "> ## Kokous", "a heading inside a list or a quotation"),
        ("{body: kokous-elin}", "{body: [[kokous-elin]]}", "is no constraint that this field can have"),
        ("{body: kokous-elin}", "{body: {more-than: " + "9" * 400 + "}}", "is no constraint that this field can have"),
        ("sv: Möts", 'sv: "Mö\\0ts"', "a control character or half a character"),
        ("sv: Möts", 'sv: "Mö\\ud800ts"', "a control character or half a character"),
        ("bearer: aapa", 'bearer: aapa\n"\\ud800": 1\n"\\ud800": 1', "the key `?` stands twice"),
        ("bearer: aapa", "bearer: aapa\n'[a]': 1", "unknown key `[a]` in a `duty` block"),
        ("bearer: aapa", "bearer: aapa\nBearer: 1", "unknown key `Bearer` in a `duty` block"),
    ],
)
def test_slip_is_told_in_its_own_words(before: str, after: str, message: str) -> None:
    assert before in SMALL
    said = told({"fi": SMALL.replace(before, after, 1), "sv": SWEDISH})
    assert any(message in line for line in said), said


def test_draft_is_there_as_far_as_it_reads() -> None:
    draft, findings = draft_of({"fi": SMALL.replace("bearer: aapa", "bearer: cee"), "sv": SWEDISH})
    assert draft is not None
    assert [placed.block.bearer for placed in draft.of("duty")] == ["cee"]
    assert len(findings) == 1
    assert draft_of({"fi": SMALL.replace("id: pieni\n", "")})[0] is None


def test_block_that_moves_is_found_on_its_new_line() -> None:
    broken = SMALL.replace("0174035-0", "0174035-1").replace("convened-by: [aapa]", "convened-by: [aapa")
    before = check_sources({"fi": broken})
    after = check_sources({"fi": broken.replace("Osapuolia on kaksi.", "Osapuolia on\n\nkaksi.")})
    assert [finding.line + 2 for finding in before if finding.line > 1] == [f.line for f in after if f.line > 1]


def test_block_that_was_read_is_nobody_elses() -> None:
    first = read_plain("duty", "a: {b: [1, 2]}\n")
    first.data["a"]["b"].append(3)
    assert read_plain("duty", "a: {b: [1, 2]}\n").data == {"a": {"b": [1, 2]}}


def test_texts_are_kept_up_to_a_bound_and_the_latest_stay() -> None:
    kept: Kept[object] = Kept(100)
    first, *others = (f"{number:030}" for number in range(10))
    held = {text: kept.get((text,), object) for text in (first,)}
    for text in others:
        held[text] = kept.get((text,), object)
        assert kept.get((first,), object) is held[first]
    still = [text for text in (first, *reversed(others)) if kept.get((text,), object) is held[text]]
    assert still == [first, others[-1], others[-2]]


def test_text_longer_than_the_bound_is_read_and_not_kept() -> None:
    kept: Kept[object] = Kept(10)
    assert kept.get(("x" * 11,), object) is not kept.get(("x" * 11,), object)
    assert kept.get(("x" * 10,), object) is kept.get(("x" * 10,), object)


def test_texts_are_read_by_many_threads_alike() -> None:
    kept: Kept[str] = Kept(200)
    texts = [f"{number % 7:050}" for number in range(400)]
    found: list[str] = []

    def read() -> None:
        found.extend(kept.get((text,), text.strip) for text in texts)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(texts * 4)


def test_prose_of_one_text_points_where_each_agreement_shows_it() -> None:
    """The paragraphs are read once and shared; what they link to is each agreement's own."""
    linked = parse_agreement({"fi": SMALL, "sv": SWEDISH}).clause_by_id["kokous"].html("sv")
    assert 'href="#duty-kokous-koolle" class="binding" data-duty="kokous-koolle"' in linked
    rule = SMALL[: SMALL.index("```yaml duty")] + "```yaml rule\nid: kokous-koolle\nname: {fi: a, sv: a}\n```\n"
    assert 'href="#rule-kokous-koolle"' in parse_agreement({"fi": rule, "sv": SWEDISH}).clause_by_id["kokous"].html(
        "sv"
    )
    assert parse_agreement({"fi": SMALL, "sv": SWEDISH}).clause_by_id["kokous"].html("sv") == linked

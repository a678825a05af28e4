"""What is found is said so that it can be said in other languages, and found at the field that it is of."""

from __future__ import annotations

import copy
import pickle

import pytest

from tests.agreement.test_check import SMALL, SWEDISH
from yhdyspinta.agreement import Finding, check_sources
from yhdyspinta.agreement.saying import Said, said_in


def found(before: str, after: str, *, swedish: bool = False) -> list[Finding]:
    texts = {"fi": SMALL, "sv": SWEDISH}
    language = "sv" if swedish else "fi"
    assert before in texts[language]
    return check_sources({**texts, language: texts[language].replace(before, after, 1)})


def test_said_is_the_english_text_and_knows_what_it_was_made_of() -> None:
    said = Said("an unknown %(what)s `%(id)s`", what=said_in("what an id names", "body"), id="a")
    assert said == "an unknown body `a`"
    assert str(said) == "an unknown body `a`"
    what = said.params["what"]
    assert isinstance(what, Said)
    assert (said.template, said.params["id"], what.context) == (
        "an unknown %(what)s `%(id)s`",
        "a",
        "what an id names",
    )


@pytest.mark.parametrize("again", [copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))])
def test_copied_said_still_knows_what_it_was_made_of(again: object) -> None:
    said = Said("an unknown %(what)s", what=said_in("what an id names", "body"))
    same = again(said)  # type: ignore[operator]
    assert (same, same.template, same.params["what"].context) == (said, said.template, "what an id names")


def test_percent_sign_stands_as_it_is() -> None:
    assert Said("100 %") == "100 %"
    assert Said("`%(title)s`", title="100 % {x}") == "`100 % {x}`"


@pytest.mark.parametrize(
    ("before", "after", "block", "where", "clause"),
    [
        ("bearer: aapa", "bearer: aapo", ("duty", "kokous-koolle"), ("bearer",), "kokous"),
        ("bearer: aapa", "bearer: [aapa, cee]", ("duty", "kokous-koolle"), ("bearer", 1), "kokous"),
        ("bearer: aapa", "bearer: {eech: [x]}", ("duty", "kokous-koolle"), ("bearer", "each"), "kokous"),
        ("bearer: aapa", "bearer: [A]", ("duty", "kokous-koolle"), ("bearer", 0), "kokous"),
        ("bearer: aapa\n", "", ("duty", "kokous-koolle"), ("bearer",), "kokous"),
        ("per: calendar-year", "per: century", ("duty", "kokous-koolle"), ("per",), "kokous"),
        ("kind: achieve", "kind: maintain", ("duty", "kokous-koolle"), (), "kokous"),
        ("0174035-0", "0174035-1", ("parties", "aapa"), ("business-id",), "osapuolet"),
        ("id: beepa", "id: Beepa", ("parties", "Beepa"), ("id",), "osapuolet"),
        ("- id: beepa\n  kind", "- kind", ("parties", ""), (1, "id"), "osapuolet"),
        ("2021-08-01", "2025-08-01", ("terms", "municipal"), ("periods", 0), "osapuolet"),
        ("number: 1", "number: 10", ("front matter", "pieni"), ("levels", 0, "number"), ""),
        ("name: {fi: Taso, sv: Nivå}", "name: {fi: T}", ("front matter", "pieni"), ("levels", 0, "name"), ""),
        (
            "convened-by: [aapa]",
            "seats: [{role: a, who: cee}]",
            ("body", "kokous-elin"),
            ("seats", 0, "who", 0),
            "kokous",
        ),
        ("level: 1\nname", "level: 1\nlevel: 1\nname", ("body", "kokous-elin"), ("level",), "kokous"),
        ("{#kokous .structure}", "{#kokous .stuff}", None, ("kind",), "kokous"),
        ("{#kokous .structure}", "{#kokous official=A sentences=x}", None, ("sentences",), "kokous"),
        ("(#kokous-koolle)", "(#kokous-kole)", None, ("link", "kokous-kole"), "kokous"),
    ],
)
def test_finding_knows_its_field(
    before: str, after: str, block: tuple[str, str] | None, where: tuple[str | int, ...], clause: str
) -> None:
    findings = found(before, after)
    assert (block, where, clause) in [(f.block, f.where, f.clause) for f in findings], findings


def test_finding_in_a_translation_knows_its_clause() -> None:
    (finding,) = found("[Aapa sammankallar mötet varje år.]", "[](#x)[Aapa sammankallar mötet varje år.]", swedish=True)
    assert (finding.file, finding.clause) == ("agreement.sv.md", "kokous")
    assert "kokous" in {finding.clause for finding in found("## Möte {#kokous}", "## Möte {#mote}", swedish=True)}


def test_two_faults_of_one_line_are_found_at_both_fields() -> None:
    findings = found("convened-by: [aapa]", "seats: [{role: a, who: cee}, {role: b, who: cee}]")
    assert [finding.where for finding in findings] == [("seats", 0, "who", 0), ("seats", 1, "who", 0)]
    assert findings[0] == findings[1]


def test_choice_that_spoils_a_duty_is_found_in_the_choice() -> None:
    reading = (
        "```yaml reading\nid: luku\nquestion: {fi: a, sv: b}\nassumed: x\nchoices:\n"
        "  - {id: x, text: {fi: a, sv: b}}\n"
        "  - {id: y, text: {fi: a, sv: b}, changes: {kokous-koolle: {bearer: cee}}}\n```\n"
    )
    (finding,) = found("```yaml duty", f"{reading}\n```yaml duty")
    assert finding.block == ("reading", "luku")
    assert finding.where == ("choices", 1, "changes", "kokous-koolle", "bearer")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("from: 2024-01-01", "from: soon", "`from`: a date such as 2025-05-31 is wanted here"),
        ("number: 1", "number: one", "`levels.0.number`: a whole number is wanted here"),
        ("number: 1", "number: 10", "`levels.0.number`: the greatest number here is 9"),
        ("kind: achieve", "kind: reach", "`kind`: one of these is wanted here: achieve, maintain, unmeasured"),
        ("bearer: aapa", "bearer: 3", "`bearer`: this value cannot stand here"),
        ("bearer: aapa", "bearer: [A]", "`bearer.0`: this is no id: lower case a–z, digits and single hyphens"),
        ("name: {fi: Kokoontuu, sv: Möts}", "name: Kokoontuu", "`name`: keys and values are wanted here"),
        ("name: {fi: Kokoontuu, sv: Möts}", "name: {fi: Kokoontuu, sv: 3}", "`name.sv`: a text is wanted here"),
        ("name: {fi: Kokoontuu, sv: Möts}", "name: {fi: Kokoontuu, sv: ''}", "`name.sv`: the text is empty"),
        ("name: {fi: Kokoontuu, sv: Möts}", "name: {fi: a, sv: a, Xx: a}", "`name`: this is no code of a language"),
        ("convened-by: [aapa]", "convened-by: aapa", "`convened-by`: a list is wanted here"),
        ("convened-by: [aapa]", "outsiders: [x]", "`outsiders`: true or false is wanted here"),
        ("convened-by: [aapa]", "seats: [{role: a, who: 3}]", "`seats.0.who`: this value cannot stand here"),
        ("basis: explicit", "basis: explicit\nwindow: {from: 5}", "`window.from`: this value cannot stand here"),
        ("basis: explicit", "basis: explicit\nwindow: {from: 02-30}", "`window.from`: the day is out of range"),
        ("periods:\n    - {from: 2021-08-01, to: 2025-05-31}", "periods: []", "`periods`: at least one is wanted here"),
    ],
)
def test_value_that_does_not_fit_is_said_once_in_our_own_words(before: str, after: str, message: str) -> None:
    findings = [finding for finding in found(before, after) if "unknown" not in finding.message]
    assert [f for f in findings if message in f.message], findings
    assert len({finding.where for finding in findings}) == len(findings), findings


def test_shape_that_was_tried_hides_those_that_were_not() -> None:
    messages = [finding.message for finding in found("bearer: aapa", "bearer: {eech: [aapa]}")]
    assert messages == ["the `duty` block lacks `bearer.each`", "unknown key `bearer.eech` in a `duty` block"]

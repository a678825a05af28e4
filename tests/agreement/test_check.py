"""Everything that can be wrong in an agreement's files is found in one run, with its line and its mend."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.agreement.cases import AGREEMENTS
from yhdyspinta.agreement import Finding, check

Edit = Callable[..., list[Finding]]

SMALL = """---
id: pieni
language: fi
title: {fi: Pieni sopimus, sv: Litet avtal}
short-title: {fi: Pieni, sv: Litet}
instrument: {fi: sopimus, sv: avtal}
from: 2024-01-01
to: 2025-12-31
levels:
  - {number: 1, name: {fi: Taso, sv: Nivå}}
---

# Osapuolet {#osat}

## Osapuolet {#osapuolet .party}

Osapuolia on kaksi.

```yaml parties
- id: aapa
  kind: municipality
  name: {fi: Aapa, sv: Aapa}
  official-name: {fi: Aavan kunta, sv: Aapa kommun}
  genitive: {fi: Aavan, sv: Aapas}
  local: {fi: Aavalla, sv: i Aapa}
  business-id: 0174035-0
  municipality-code: "077"
- id: beepa
  kind: regional-council
  name: {fi: Beepa, sv: Beepa}
  official-name: {fi: Beepan liitto, sv: Beepa förbund}
  genitive: {fi: Beepan, sv: Beepas}
  local: {fi: Beepassa, sv: i Beepa}
```

```yaml terms
- id: municipal
  name: {fi: valtuustokausi, sv: fullmäktigeperiod}
  of: [municipality]
  periods:
    - {from: 2021-08-01, to: 2025-05-31}
```

## Kokous {#kokous .structure}

[Aapa kutsuu kokouksen koolle joka vuosi.](#kokous-koolle)

```yaml body
id: kokous-elin
level: 1
name: {fi: kokous, sv: möte}
convened-by: [aapa]
```

```yaml duty
id: kokous-koolle
name: {fi: Kokoontuu, sv: Möts}
bearer: aapa
kind: achieve
per: calendar-year
evidence: {meeting-held: {body: kokous-elin}}
basis: explicit
```
"""

SWEDISH = """---
language: sv
---

# Parter {#osat}

## Parter {#osapuolet}

Parterna är två.

## Möte {#kokous}

[Aapa sammankallar mötet varje år.](#kokous-koolle)
"""


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """The small agreement with one thing put otherwise, checked."""

    def edit(before: str = "", after: str = "", *, swedish: bool = False) -> list[Finding]:
        texts = {"fi": SMALL, "sv": SWEDISH}
        language = "sv" if swedish else "fi"
        assert before in texts[language]
        texts[language] = texts[language].replace(before, after, 1) if before else texts[language]
        for name, text in texts.items():
            (tmp_path / f"agreement.{name}.md").write_text(text, encoding="utf-8")
        return check(tmp_path)

    return edit


def line_of(text: str, source: str = SMALL) -> int:
    return source[: source.index(text)].count("\n") + 1


@pytest.mark.parametrize("name", ["keski-suomi-2023", "esimerkki-jarvimaa"])
def test_shipped_agreements_have_nothing_to_mend(name: str) -> None:
    assert check(AGREEMENTS / name) == []


def test_small_agreement_has_nothing_to_mend(edited: Edit) -> None:
    assert edited() == []


@pytest.mark.parametrize(
    ("before", "after", "message", "mend"),
    [
        ("bearer: aapa", "bearrer: aapa", "unknown key `bearrer` in a `duty` block", "did you mean `bearer`?"),
        ("bearer: aapa", "bearer: aapo", "`bearer` names an unknown party or body `aapo`", "did you mean `aapa`?"),
        ("bearer: aapa", "bearer: [aapa, cee]", "unknown party or body `cee`", "define"),
        ("bearer: aapa", "bearer: each group", "no level of this agreement has groups", "groups: true"),
        ("bearer: aapa", "bearer: convenors", "`bearer: convenors` needs `per: meeting of …`", "mend"),
        ("bearer: aapa", "bearer: {each: [city]}", "unknown kind of party `city`", "define"),
        ("body: kokous-elin", "body: kokus-elin", "unknown body `kokus-elin`", "did you mean `kokous-elin`?"),
        ("meeting-held:", "meeting-had:", "unknown kind of fact `meeting-had`", "mend"),
        ("{body: kokous-elin}", "{boddy: kokous-elin}", "`meeting-held` has no field `boddy`", "mend"),
        ("convened-by: [aapa]", "convened-by: [cee]", "`convened-by` names an unknown party or body `cee`", "define"),
        ("convened-by: [aapa]", "convened-by: [kokous-elin]", "in a circle: kokous-elin → kokous-elin", "let one"),
        ("id: beepa", "id: aapa", "the id `aapa` is already used on line", "another id"),
        ("id: kokous-elin", "id: aapa", "the id `aapa` is already used on line", "another id"),
        ("from: 2024-01-01", "from: 2024-13-01", "`from`", "mend"),
        ("from: 2024-01-01", "from: 2026-01-01", "`to` is before `from`", "mend"),
        ("from: 2021-08-01", "from: 2025-08-01", "`to` is before `from`", "mend"),
        ("0174035-0", "0174035-1", "the check digit of the business id does not match", "mend"),
        ("0174035-0", "174035-0", "seven digits, a hyphen and a check digit", "mend"),
        ('"077"', "077", "77 is no municipality code", 'three digits in quotes, such as "077"'),
        ('"077"', '"0777"', "'0777' is no municipality code", "three digits"),
        ("level: 1", "level: 3", "unknown level 3", "front matter"),
        ("kind: achieve", "kind: maintain", "only a duty of kind `achieve` has `per`", "mend"),
        ("per: calendar-year", "per: century", "`per` is calendar-year", "mend"),
        ("per: calendar-year", "per: council-term", "say whose council term counts", "mend"),
        ("basis: explicit", "basis: interpreted", "an interpreted duty rests on a reading", "name it"),
        ("basis: explicit", "basis: guess", "`basis`", "mend"),
        ("basis: explicit", "basis: explicit\nreading: x", "`reading` names an unknown reading `x`", "define"),
        ("basis: explicit", "basis: explicit\nwindow: {from: 02-30}", "day is out of range", "mend"),
        ("basis: explicit", "basis: explicit\nwindow: {to: meeting}", "the window does not fit the period", "01"),
        ("basis: explicit", "basis: explicit\nwindow: {from: 06-01, to: 05-01}", "the window ends before", "mend"),
        ("basis: explicit", "basis: explicit\nterm: municipal", "`term` means nothing in this duty", "remove it"),
        ("basis: explicit", "basis: explicit\nterm: own", "`term` means nothing in this duty", "remove it"),
        ("per: calendar-year", "deadline: none", "`deadline: none` means nothing here", "only years and terms"),
        (
            "per: calendar-year",
            "per: first meeting of each group in a term\nterm: municipal",
            "is borne by each group",
            "bearer: each group",
        ),
        ("per: calendar-year", "per: release\nwindow: {to: release}", "the window does not fit the period", "from"),
        (
            "{meeting-held: {body: kokous-elin}}",
            "{officers-elected: {offices: {all: [chair]}}}\ncount: 2",
            "`count` does not go with a list that must hold all",
            "remove `count`",
        ),
        (
            "{meeting-held: {body: kokous-elin}}",
            "{signed: {party: {kind: [municipalty]}}}",
            "unknown kind of party `municipalty`",
            "did you mean `municipality`?",
        ),
        (
            "{meeting-held: {body: kokous-elin}}",
            "{signed: {after: {acceptance-given: {party: each party, subject: object}}}}",
            "`after` speaks of an object, and the duty has none",
            "add `object`",
        ),
        (
            "{meeting-held: {body: kokous-elin}}",
            "{signed: {after: {item-handled: {party: each party, topic: object}}}}",
            "`after` is written",
            "mend",
        ),
        ("convened-by: [aapa]", "seats: [{role: member, who: cee}]", "unknown party or body `cee`", "define"),
        ("evidence: {meeting-held: {body: kokous-elin}}\n", "", "needs `evidence`", "mend"),
        ("{body: kokous-elin}", "{body: object}", "`object` means nothing in this duty", "see"),
        ("(#kokous-koolle)", "(#kokous-kole)", "a link to `#kokous-kole`, which is nothing here", "did you mean"),
        ("sv: Möts", "se: Möts", "`name` is not given in sv", "add the words"),
        ("```yaml body", "```yaml boddy", "unknown kind of block `boddy`", "did you mean `body`?"),
        ("```yaml body", "```yaml", "a YAML block without its kind", "write the kind"),
        ("- id: municipal", "id: municipal", "is not valid YAML", "mend"),
        ("convened-by: [aapa]", "convened-by: [aapa", "is not valid YAML", "mend"),
        ("convened-by: [aapa]", "convened-by: &a [aapa]", "uses an anchor or an alias", "write the value out"),
        ("convened-by: [aapa]", f"convened-by: {'[' * 30}{']' * 30}", "is nested deeper than 20", "flatten"),
        ("convened-by: [aapa]", "convened-by: !!python/name:os.system [aapa]", "uses the tag", "remove it"),
        ("level: 1\nname", "level: 1\n? [a, b]\n: c\nname", "a key that is a list or a mapping", "keys are words"),
        ("level: 1\nname", "level: 1\nlevel: 1\nname", "the key `level` stands twice", "keep one"),
        ("## Kokous {#kokous .structure}", "## Kokous", "the heading `Kokous` has no id", "write"),
        ("{#kokous .structure}", "{#Kokous .structure}", "`Kokous` is no id", "lower case"),
        ("{#kokous .structure}", "{#kokous .stuff}", "unknown kind of clause `stuff`", "one of"),
        ("{#kokous .structure}", "{#kokous sentences=1}", "`sentences` without `official`", "name the heading"),
        ("{#kokous .structure}", "{#kokous official=A sentences=x}", "`sentences=x`", "write 3"),
        ("{#kokous .structure}", "{#kokous-koolle}", "the id `kokous-koolle` is also a block's", "another id"),
        ("{#kokous .structure}", "{#osapuolet}", "the heading id `osapuolet` is already used", "change one"),
        ("# Osapuolet {#osat}", "Tekstiä.\n\n# Osapuolet {#osat}", "text before the first heading", "begin with"),
        ("## Kokous", "##### Kokous", "a heading deeper than ####", "parts are #"),
        ("id: pieni\n", "", "no file has the agreement's front matter", "exactly one file"),
        ("language: fi", "language: en", "the file says `en`", "make them agree"),
    ],
)  # fmt: skip
def test_every_fault_is_found_with_its_mend(edited: Edit, before: str, after: str, message: str, mend: str) -> None:
    findings = edited(before, after)
    assert all(finding.line >= 1 and finding.mend for finding in findings)
    assert [f for f in findings if message in f.message and mend in f.mend], [str(f) for f in findings]


def test_finding_names_the_line_of_the_fault(edited: Edit) -> None:
    (finding,) = edited("bearer: aapa", "bearrer: aapa")[1:]
    assert (finding.file, finding.line) == ("agreement.fi.md", line_of("bearer: aapa"))
    (finding,) = edited('"077"', "077")
    assert finding.line == line_of('municipality-code: "077"')
    (finding,) = edited("(#kokous-koolle)", "(#nothing)")[:1]
    assert finding.line == line_of("[Aapa kutsuu")


def test_all_faults_are_found_in_one_run(tmp_path: Path) -> None:
    text = (
        SMALL.replace("0174035-0", "0174035-1").replace("bearer: aapa", "bearer: cee").replace("level: 1", "level: 7")
    )
    (tmp_path / "agreement.fi.md").write_text(text)
    (tmp_path / "agreement.sv.md").write_bytes(b"---\nlanguage: sv\n---\n\xff")
    found = "\n".join(map(str, check(tmp_path)))
    assert "check digit" in found
    assert "agreement.sv.md:4: the file is not UTF-8 text" in found


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("## Möte {#kokous}", "## Möte {#mote}", "the clause `kokous` is missing in this translation"),
        ("## Möte {#kokous}", "## Möte {#mote}", "the clause `mote` is not in the authoritative text"),
        ("(#kokous-koolle)", "(#osapuolet)", "does not link the sentence of `kokous-koolle`"),
        ("[Aapa sammankallar mötet varje år.](#kokous-koolle)", "", "the clause `kokous` has no text here"),
        ("Parterna är två.", "```yaml law\nid: x\n```", "a block in a translation"),
        ("language: sv", "language: sv\nid: x", "two files say they are the authority"),
        ("language: sv", "lang: sv", "unknown key `lang`"),
    ],
)
def test_translation_follows_the_authority(edited: Edit, before: str, after: str, message: str) -> None:
    assert message in "\n".join(map(str, edited(before, after, swedish=True)))


def test_circle_of_three_bodies_is_told_as_a_way(edited: Edit) -> None:
    more = "\n\n".join(
        f"```yaml body\nid: {id}\nlevel: 1\nname: {{fi: a, sv: a}}\npart-of: {other}\n```"
        for id, other in (("yksi", "kaksi"), ("kaksi", "kolme"), ("kolme", "yksi"))
    )
    findings = edited("```yaml duty", f"{more}\n\n```yaml duty")
    assert any("yksi → kaksi → kolme → yksi" in f.message for f in findings)


def test_duty_stands_under_a_clause(tmp_path: Path) -> None:
    duty = SMALL[SMALL.index("```yaml duty") :]
    text = SMALL.replace(duty, "").replace("# Osapuolet {#osat}\n", f"# Osapuolet {{#osat}}\n\n{duty}", 1)
    (tmp_path / "agreement.fi.md").write_text(text)
    (tmp_path / "agreement.sv.md").write_text(SWEDISH)
    assert [finding.message for finding in check(tmp_path)] == ["a duty without a clause"]


def test_council_term_that_is_not_known_is_refused(edited: Edit) -> None:
    findings = edited("bearer: aapa\nkind: achieve\nper: calendar-year",
                      "bearer: each party\nkind: achieve\nper: council-term\nterm: own")  # fmt: skip
    assert [f.message for f in findings] == ["the council terms of a regional-council are not known"]


def test_file_over_five_megabytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "agreement.fi.md").write_bytes(b"x" * (5 * 1024 * 1024 + 1))
    (finding,) = check(tmp_path)
    assert "5.0 MB" in finding.message


def test_bomb_of_aliases_and_deep_nesting_are_refused_at_once(tmp_path: Path) -> None:
    layers = "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9))
    text = f"---\na: &a [x]\n{layers}\n---\n\n# A {{#a}}\n\n```yaml body\n{'[' * 100_000}\n```\n"
    (tmp_path / "agreement.fi.md").write_text(text)
    found = "\n".join(map(str, check(tmp_path)))
    assert "uses an anchor or an alias" in found
    assert "is nested deeper than 20" in found


def test_folder_without_an_agreement_says_so(tmp_path: Path) -> None:
    (finding,) = check(tmp_path)
    assert finding.message == "no agreement here"


def test_broken_copy_of_a_real_agreement_is_found(tmp_path: Path) -> None:
    shutil.copytree(AGREEMENTS / "keski-suomi-2023", tmp_path / "copy")
    path = tmp_path / "copy" / "agreement.fi.md"
    path.write_text(path.read_text().replace("3221318-2", "3221318-3"))
    (finding,) = check(tmp_path / "copy")
    assert "check digit" in finding.message

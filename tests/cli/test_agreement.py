"""The commands of DESIGN §3.5 as a person or program calls them: output, talk and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.agreement.cases import AGREEMENTS, fact

KEYS = [
    "duty", "clause", "kind", "bearer", "period", "object", "opens", "due", "state", "since", "basis", "evidence",
    "lacks",
]  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Call the command line in an empty folder, without a database."""

    # The tests' own settings are no business of the command line.
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

    def call(*arguments: str, facts: list[dict[str, Any]] | bytes | None = None) -> subprocess.CompletedProcess[str]:
        if isinstance(facts, bytes):
            (tmp_path / "facts.jsonl").write_bytes(facts)
        elif facts is not None:
            (tmp_path / "facts.jsonl").write_text("".join(json.dumps(one) + "\n" for one in facts))
        return subprocess.run(
            [sys.executable, "-c", "from yhdyspinta.cli import main; main()", *arguments],
            cwd=tmp_path,
            env={**own, "YHDYSPINTA_DATA": str(tmp_path / "var")},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return call


def test_status_prints_the_contract(run: Any) -> None:
    done = run(
        "status", "keski-suomi-2023", "--facts", "facts.jsonl", "--as-of", "2024-06-01", "--json",
        facts=[fact("meeting-held", body="kuntakokous", on="2024-05-14", reference="muistio 1/2024")],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert list(answer) == ["agreement", "as_of", "known_at", "records_from", "occurrences", "counts"]
    assert answer["known_at"] is None
    assert (answer["agreement"], answer["as_of"], answer["records_from"]) == (
        "keski-suomi-2023",
        "2024-06-01",
        "2023-01-01",
    )
    assert all(list(one) == KEYS for one in answer["occurrences"])
    (held,) = [o for o in answer["occurrences"] if (o["duty"], o["period"]) == ("kuntakokous-koolle", "2024")]
    assert held == {
        "duty": "kuntakokous-koolle", "clause": "kuntakokous", "kind": "achieve", "bearer": "jyvaskyla",
        "period": "2024", "object": None, "opens": "2024-01-01", "due": "2024-12-31", "state": "fulfilled",
        "since": "2024-05-14", "basis": "explicit", "lacks": [],
        "evidence": [{"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14",
                      "reference": "muistio 1/2024"}],
    }  # fmt: skip
    assert sum(answer["counts"].values()) == len(answer["occurrences"])


def test_table_and_json_tell_the_same_numbers(run: Any) -> None:
    call = ("status", str(AGREEMENTS / "keski-suomi-2023"), "--facts", "facts.jsonl", "--as-of", "2024-06-01")
    counts = json.loads(run(*call, "--json", facts=[]).stdout)["counts"]
    table = run(*call).stdout
    for state, number in counts.items():
        assert f"{state} {number}\n" in table


def test_status_of_a_party_keeps_what_it_bears(run: Any) -> None:
    done = run("status", "keski-suomi-2023", "--facts", "facts.jsonl", "--as-of", "2024-06-01", "--party", "luhanka",
               "--json", facts=[])  # fmt: skip
    assert {o["bearer"] for o in json.loads(done.stdout)["occurrences"]} == {"luhanka", "all"}


def test_status_without_a_database_says_that_nothing_is_known(run: Any) -> None:
    done = run("status", "keski-suomi-2023", "--as-of", "2024-06-01", "--json")
    assert done.returncode == 0, done.stderr
    assert "not in the database" in done.stderr
    assert json.loads(done.stdout)["counts"]["fulfilled"] == 0


def test_bad_facts_are_all_told_and_nothing_is_printed(run: Any) -> None:
    done = run("status", "keski-suomi-2023", "--facts", "facts.jsonl", "--json",
               facts=b'{"fact":"signed","party":"x","on":"2024-01-01"}\n\n{\n')  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert lines[0] == "facts.jsonl:1: unknown party `x`"
    assert lines[1].startswith("facts.jsonl:3: broken JSON")
    assert len(lines) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "nowhere", "--facts", "facts.jsonl"),
        ("status", "keski-suomi-2023", "--facts", "missing.jsonl"),
        ("status", "keski-suomi-2023", "--facts", "facts.jsonl", "--party", "x"),
        ("status", "keski-suomi-2023", "--facts", "facts.jsonl", "--as-of", "2024-02-30"),
        ("status", "keski-suomi-2023", "--nonsense"),
        ("status",),
        ("stauts",),
        ("check", "nowhere"),
        ("duties", "nowhere"),
        ("compare", "keski-suomi-2023"),
    ],
)
def test_wrong_call_is_told_in_one_line(run: Any, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, facts=[])
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_folder_that_is_no_agreement_does_not_hide_a_shipped_one(run: Any, tmp_path: Path) -> None:
    (tmp_path / "keski-suomi-2023").mkdir()
    assert run("duties", "keski-suomi-2023").returncode == 0


def test_check_says_what_is_to_be_mended(run: Any, tmp_path: Path) -> None:
    assert run("check", str(AGREEMENTS / "keski-suomi-2023")).returncode == 0
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / "agreement.fi.md").write_text("# Ei mitään\n")
    done = run("check", "copy")
    assert done.returncode == 1
    assert all(line.startswith("copy/agreement.fi.md:") for line in done.stdout.splitlines())
    assert "Traceback" not in done.stderr


def test_schema_describes_every_block(run: Any) -> None:
    schema = json.loads(run("schema").stdout)
    blocks = {"parties", "terms", "body", "theme", "duty", "right", "rule", "goal", "law", "reading"}
    assert set(schema["properties"]) == blocks | {"front-matter", "annex-front-matter"}


def test_duties_and_compare_speak_to_people_and_programs(run: Any) -> None:
    duties = json.loads(run("duties", "keski-suomi-2023", "--json").stdout)
    assert {"id", "clause", "bearer", "kind", "basis"} <= set(duties[0])
    assert "kuntakokous-koolle" in run("duties", "keski-suomi-2023").stdout
    found = json.loads(run("compare", "keski-suomi-2023", "esimerkki-jarvimaa", "--json").stdout)
    assert (found["first"], found["second"]) == ("keski-suomi-2023", "esimerkki-jarvimaa")
    assert {changes["party"] for changes in found["for_parties"]} >= {"luhanka"}
    assert "Duties" in run("compare", "keski-suomi-2023", "esimerkki-jarvimaa").stdout


def test_compare_tells_one_party_what_changes_for_it(run: Any, tmp_path: Path) -> None:
    text = (AGREEMENTS / "keski-suomi-2023" / "agreement.fi.md").read_text()
    duty = text.index("id: kuntakokous-koolle\n")
    moved = text[:duty] + text[duty:].replace("bearer: jyvaskyla\n", "bearer: luhanka\n", 1)
    (tmp_path / "uusi").mkdir()
    (tmp_path / "uusi" / "agreement.fi.md").write_text(moved)
    found = json.loads(run("compare", "keski-suomi-2023", "uusi", "--party", "luhanka", "--json").stdout)
    assert [(each["change"], each["duty"], each["share"]) for each in found["for_parties"][0]["duties"]] == [
        ("added", "kuntakokous-koolle", [None, "alone"])
    ]
    assert "nothing changes" in run("compare", "keski-suomi-2023", "uusi", "--party", "multia").stdout
    unknown = run("compare", "keski-suomi-2023", "uusi", "--party", "helsinki")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "unknown party `helsinki`" in unknown.stderr


def test_simulated_load_is_the_same_for_the_same_seed(run: Any, tmp_path: Path) -> None:
    for name in ("one", "two"):
        call = ("simulate", "--regions", "2", "--years", "2", "--facts", "2001", "--output", name)
        assert run(*call).returncode == 0
    first, second = (sorted((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert sum(len(path.read_text().splitlines()) for path in first) == 2001

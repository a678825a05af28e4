"""``yhdyspinta new``: what it writes, what it says, and what it refuses."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.agreement.cases import AGREEMENTS
from yhdyspinta.agreement import read_agreement
from yhdyspinta.cli import door
from yhdyspinta.cli.loaded import loaded_text

CENTRAL = str(AGREEMENTS / "keski-suomi-2023")
EXAMPLE = str(AGREEMENTS / "esimerkki-jarvimaa")


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(door, ["new", *arguments])


def said(result: Result) -> str:
    """Return what a refused call says, in one line."""
    return " ".join(result.output.split())


def test_a_region_becomes_an_agreement_that_passes_check(new: Any, tmp_path: Path) -> None:
    result = new(
        "pohjanmaa", "--region", "Österbotten", "--id", "pohjanmaa-2026", "--language", "sv,fi",
        "--first-day", "2026-01-01", "--last-day", "31.12.2029",
        "--title", "Samarbetsavtal i Österbotten", "--title", "fi=Pohjanmaan yhteistyösopimus",
        "--instrument", "samarbetsavtal", "--instrument", "fi=yhteistyösopimus",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == ["pohjanmaa/agreement.sv.md", "pohjanmaa/agreement.fi.md"]
    charter = read_agreement(tmp_path / "pohjanmaa")
    assert (charter.id, charter.languages, len(charter.parties)) == ("pohjanmaa-2026", ("sv", "fi"), 16)
    assert (charter.first_day, charter.last_day) == (dt.date(2026, 1, 1), dt.date(2029, 12, 31))
    assert charter.title.fi == "Pohjanmaan yhteistyösopimus"
    assert [line.strip() for line in result.stderr.splitlines()] == [
        "pohjanmaa: 16 parties",
        "name the levels of the cooperation: `levels`",
        "add the parties' business ids and addresses where they are wanted",
        "pohjanmaa: nothing to mend",
    ]


def test_one_county_of_several_is_chosen_by_name(new: Any, tmp_path: Path) -> None:
    result = new("uusi", "--county", "Vantaan ja Keravan hyvinvointialue", "--first-day", "2026-01-01")
    assert result.exit_code == 0, result.output
    assert "kerava" in read_agreement(tmp_path / "uusi").parties


def test_what_a_person_must_write_is_listed(new: Any) -> None:
    result = new("uusi", "--region", "13", "--language", "fi,sv", "--first-day", "2026-01-01", "--title", "Sopimus")
    assert result.exit_code == 0
    assert "uusi/agreement.fi.md:4: `title` is not given in sv (add the words in that language)" in result.stderr
    assert result.stderr.splitlines()[-1] == "uusi: 1 to mend"


def test_an_empty_agreement_says_what_to_write(new: Any, tmp_path: Path) -> None:
    result = new("Saariston sopimus", "--first-day", "2026-01-01")
    assert result.exit_code == 0, result.output
    assert read_agreement(tmp_path / "Saariston sopimus").id == "saariston-sopimus"
    assert "write the parties: a `parties` block below `osapuolet`" in result.stderr


def test_a_successor_says_what_was_carried_over_and_what_is_left(new: Any, tmp_path: Path) -> None:
    result = new("ks-2026", "--from", CENTRAL, "--last-day", "2029-12-31")
    assert result.exit_code == 0, result.output
    charter = read_agreement(tmp_path / "ks-2026")
    assert (charter.first_day, charter.id) == (dt.date(2026, 1, 1), "ks-2026")
    lines = [line.strip() for line in result.stderr.splitlines()]
    assert lines[0].startswith("ks-2026: 24 parties, 7 bodies, 10 themes, ")
    assert "set the days of `arviointi`: those of the agreement before are taken out" in lines
    assert lines[-1] == "ks-2026: nothing to mend"


def test_facts_tell_who_left_and_what_was_decided(new: Any, tmp_path: Path) -> None:
    facts = str(AGREEMENTS / "esimerkki-jarvimaa" / "history.jsonl")
    result = new("uusi", "--from", EXAMPLE, "--facts", facts, "--first-day", "2027-01-01", "--leave-out", "goals")
    assert result.exit_code == 0, result.output
    charter = read_agreement(tmp_path / "uusi")
    assert "saukkoniemi" not in charter.parties
    assert charter.readings["osuuden-maaraaika"].assumed == "huhtikuun-loppuun"
    assert charter.goals == {}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["there"], "`there` is already there; nothing is written over"),
        (["no/where", "--region", "13"], "`no` is no folder"),
        (["uusi"], "say the first day in force: --first-day 2026-01-01"),
        (["uusi", "--region", "13", "--county", "15"], "give one of --from, --region and --county"),
        (["uusi", "--region", "99", "--first-day", "2026-01-01"], "there is no region `99`; give its code or its name"),
        (
            ["uusi", "--county", "Vantaa", "--first-day", "2026-01-01"],
            "there is no wellbeing services county `Vantaa`; give its code or its name",
        ),
        (["uusi", "--first-day", "2026-01-01", "--language", "fi,de"], "`de` is no language here: fi, sv, en"),
        (["uusi", "--first-day", "2026-01-01", "--id", "Uusi Å"], "`Uusi Å` is no id: lower case a–z, digits"),
        (["uusi", "--first-day", "2026-01-01", "--last-day", "2025-01-01"], "the last day 2025-01-01 is before the"),
        (["uusi", "--first-day", "2026-02-30"], "`2026-02-30` is no date such as 2024-06-01"),
        (["uusi", "--first-day", "2026-01-01", "--title", "sv=Avtal"], "the agreement has no text in `sv`"),
        (
            ["uusi", "--first-day", "2026-01-01", "--title", "A", "--title", "fi=B"],
            "--title: give it once for each language, such as fi=…",
        ),
        (["uusi", "--first-day", "2026-01-01", "--facts", "x"], "--facts and --leave-out go with --from"),
        (["uusi", "--from", CENTRAL, "--language", "fi"], "--language goes with a new text"),
        (
            ["uusi", "--from", CENTRAL, "--facts", "none.jsonl"],
            "`none.jsonl` cannot be read: No such file or directory",
        ),
        (["uusi", "--from", CENTRAL, "--first-day", "2022-01-01"], "what follows it begins later"),
        (["uusi", "--from", EXAMPLE], "`esimerkki-jarvimaa` has no last day"),
    ],
)
def test_a_call_that_cannot_be_meant_writes_nothing(
    new: Any, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "there").mkdir()
    result = new(*arguments)
    assert result.exit_code == 2
    assert message in said(result)
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_an_agreement_that_does_not_read_is_not_followed(new: Any, tmp_path: Path) -> None:
    shutil.copytree(CENTRAL, tmp_path / "rikki")
    text = (tmp_path / "rikki" / "agreement.fi.md").read_text(encoding="utf-8")
    (tmp_path / "rikki" / "agreement.fi.md").write_text(text.replace("3221318-2", "3221318-3"), encoding="utf-8")
    result = new("uusi", "--from", "./rikki")
    assert result.exit_code == 1
    assert "the check digit of the business id does not match" in result.output
    assert not (tmp_path / "uusi").exists()


def test_facts_that_do_not_read_are_listed(new: Any, tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text('{"fact": "meeting-held"}\n')
    result = new("uusi", "--from", CENTRAL, "--facts", "facts.jsonl")
    assert result.exit_code == 1
    assert "facts.jsonl:1: " in result.output
    assert not (tmp_path / "uusi").exists()


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(new: Any, tmp_path: Path) -> None:
    result = new("x" * 250, "--region", "13", "--first-day", "2026-01-01")
    assert result.exit_code == 1
    assert "cannot be written: File name too long" in said(result)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_agreement_is_said_in_one_line(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-c", "from yhdyspinta.cli import main; main()", "new", "uusi", "--from", "no-such"],
        cwd=tmp_path, env={**own, "YHDYSPINTA_DATA": str(tmp_path / "var")}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "yhdyspinta new: unknown agreement `no-such`: neither a folder, nor shipped, nor loaded"
    ]


@pytest.mark.django_db
def test_a_loaded_agreement_is_followed_with_what_the_database_knows(agreement: Any) -> None:
    found = loaded_text(agreement.slug)
    assert found is not None
    sources, view = found
    assert view.charter.id == agreement.slug
    assert "fi" in sources
    assert loaded_text("no-such") is None

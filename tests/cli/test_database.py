"""The commands on the database, as an operator types them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection

from tests.support.annexes import OFFICIAL, PLAN
from yhdyspinta.agreement import file_name, today
from yhdyspinta.cli import database, main
from yhdyspinta.journal import queries, triggers
from yhdyspinta.journal.actions import import_facts
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement, KeptFact
from yhdyspinta.papers.models import File
from yhdyspinta.parties.models import Account, Party

HELD = {"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14"}
SIGNED = {"id": "s1", "fact": "signed", "party": "luhanka", "on": "2023-01-20", "recorded": "2023-01-21"}


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def yhdyspinta(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command as from the terminal."""

    def run(*arguments: object, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["yhdyspinta", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, out, err)

    mask = os.umask(0o022)
    yield run
    os.umask(mask)


@pytest.fixture
def example(tmp_path: Path, keski_suomi_text: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An invented agreement with a history, where the program looks for the one it ships."""
    folder = tmp_path / "esimerkki-jarvimaa"
    folder.mkdir()
    for language, text in keski_suomi_text.items():
        named = text.replace("id: keski-suomi-2023", "id: esimerkki-jarvimaa", 1)
        marked = named.replace("example: false", "example: true", 1)
        if language == "fi" and marked == named:
            marked = named.replace("id: esimerkki-jarvimaa", "id: esimerkki-jarvimaa\nexample: true", 1)
        (folder / f"agreement.{language}.md").write_text(marked)
    history = [HELD, SIGNED, {"fact": "withdrawn", "of": "s1", "on": "2023-02-01"}]
    (folder / "history.jsonl").write_text("".join(json.dumps(fact) + "\n" for fact in history))
    monkeypatch.setattr(database, "folder_of", lambda name: folder if name == folder.name else None)
    return folder


def lines_of(*facts: dict[str, Any] | str) -> str:
    return "".join((fact if isinstance(fact, str) else json.dumps(fact)) + "\n" for fact in facts)


# Loading


def test_load_puts_a_shipped_agreement_into_the_database(db: None, yhdyspinta: Run):
    ran = yhdyspinta("load", "keski-suomi-2023")
    assert ran == (
        0,
        "",
        f"keski-suomi-2023: loaded; 24 parties, {duties()} duties and rights, records from {said()}\n",
    )
    assert Party.objects.count() == 24
    assert Agreement.objects.get().records_from == today()


def duties() -> int:
    return len(queries.charter_of(Agreement.objects.get()).duties)


def said() -> str:
    day = today()
    return f"{day.day}.{day.month}.{day.year}"


def test_load_again_says_that_nothing_is_new(agreement: Agreement, yhdyspinta: Run):
    ran = yhdyspinta("load", "keski-suomi-2023")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("keski-suomi-2023: nothing new; 24 parties")


def test_load_sets_the_days_that_are_said(db: None, yhdyspinta: Run):
    yhdyspinta("load", "keski-suomi-2023", "--records-from", "1.1.2023", "--first-day", "2023-02-01")
    agreement = Agreement.objects.get()
    assert agreement.records_from == date(2023, 1, 1)
    assert queries.texts(agreement).get().first_day == date(2023, 2, 1)


def test_load_of_a_folder(db: None, yhdyspinta: Run, tmp_path: Path, keski_suomi_text: dict[str, str]):
    for language, text in keski_suomi_text.items():
        (tmp_path / f"agreement.{language}.md").write_text(text.replace("id: keski-suomi-2023", "id: omamme", 1))
    assert yhdyspinta("load", tmp_path).code == 0
    assert Agreement.objects.get().slug == "omamme"


def test_load_of_a_text_with_faults_tells_them_all(db: None, yhdyspinta: Run, tmp_path: Path):
    (tmp_path / "agreement.fi.md").write_text("# Kirje {#kirje}\n")
    ran = yhdyspinta("load", tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"{tmp_path}/agreement.fi.md:1: ")
    assert not Agreement.objects.exists()


def test_load_of_what_is_refused_says_why(
    agreement: Agreement, yhdyspinta: Run, tmp_path: Path, keski_suomi_text: dict[str, str]
):
    renamed = keski_suomi_text | {"fi": keski_suomi_text["fi"].replace("- id: luhanka\n", "- id: luhankaa\n", 1)}
    for language, text in renamed.items():
        (tmp_path / f"agreement.{language}.md").write_text(text)
    ran = yhdyspinta("load", tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("yhdyspinta: The text no longer names luhanka.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("load", "ei-ole"),
        ("load", "keski-suomi-2023", "--records-from", "eilen"),
        ("import", "ei-ole", __file__),
        ("import", "keski-suomi-2023", "ei-ole.jsonl"),
        ("export", "ei-ole", "--facts"),
        ("export", "keski-suomi-2023"),
        ("export", "keski-suomi-2023", "--texts"),
        ("export", "keski-suomi-2023", "--facts", "--to", "."),
        ("attach-text", "ei-ole", __file__),
        ("restore", "ei-ole.tar.gz"),
        ("backup", "a.tar.gz", "--keep", "3"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(db: None, yhdyspinta: Run, arguments: tuple[str, ...]):
    ran = yhdyspinta(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert f"yhdyspinta {arguments[0]}: " in ran.err
    assert ran.err.count("\n") == 1


# The example


def test_demo_loads_the_example_with_its_history(db: None, yhdyspinta: Run, example: Path):
    assert yhdyspinta("demo").code == 0
    agreement = Agreement.objects.get()
    assert (agreement.slug, agreement.example, agreement.records_from) == (
        "esimerkki-jarvimaa",
        True,
        queries.charter_of(agreement).first_day,
    )
    assert KeptFact.objects.count() == 3
    ran = yhdyspinta("demo")
    assert "nothing new" in ran.err
    assert "0 facts added, 3 were there already; " in ran.err


def test_demo_refuses_a_database_with_a_real_agreement(agreement: Agreement, yhdyspinta: Run, example: Path):
    ran = yhdyspinta("demo")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("yhdyspinta: This database holds the real agreement “keski-suomi-2023”")
    assert Agreement.objects.get() == agreement


def test_load_of_a_real_agreement_refuses_a_demo_database(
    db: None, yhdyspinta: Run, example: Path, monkeypatch: pytest.MonkeyPatch
):
    yhdyspinta("demo")
    monkeypatch.undo()
    monkeypatch.setattr(sys, "argv", ["yhdyspinta", "load", "keski-suomi-2023"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert not Agreement.objects.filter(example=False).exists()


def test_demo_with_a_broken_history_leaves_nothing(db: None, yhdyspinta: Run, example: Path):
    (example / "history.jsonl").write_text("{\n")
    ran = yhdyspinta("demo")
    assert (ran.code, ran.out) == (1, "")
    assert f"{example}/history.jsonl:1: broken JSON" in ran.err
    assert not Agreement.objects.exists()


# The first administrator


def test_createadmin_makes_an_account_that_may_sign_in(db: None, yhdyspinta: Run):
    ran = yhdyspinta(
        "createadmin", "Aino@example.org", "--name", "Aino", "--language", "sv", "--password-stdin",
        stdin="kuntakokous-kokoontuu-2026\n",
    )  # fmt: skip
    assert ran == (0, "", "aino@example.org administers the installation\n")
    account = Account.objects.get()
    assert (account.is_administrator, account.language) == (True, "sv")
    assert account.check_password("kuntakokous-kokoontuu-2026")


def test_createadmin_says_what_is_wrong(db: None, yhdyspinta: Run):
    ran = yhdyspinta("createadmin", "aino@example.org", "--name", "Aino", "--password-stdin", stdin="aino\n")
    assert (ran.code, ran.out) == (1, "")
    assert "yhdyspinta: This password is too short." in ran.err
    assert not Account.objects.exists()


def test_createadmin_twice_is_refused(administrator: Account, yhdyspinta: Run):
    ran = yhdyspinta(
        "createadmin", administrator.email, "--name", "A", "--password-stdin", stdin="kuntakokous-kokoontuu-2026\n"
    )
    assert ran == (1, "", f"yhdyspinta: There is an account for {administrator.email} already.\n")


def test_createadmin_if_none_makes_one_with_a_password_of_its_own(db: None, yhdyspinta: Run):
    ran = yhdyspinta("createadmin", "--if-none")
    assert ran.code == 0
    account = Account.objects.get()
    assert account.email == "yllapito@localhost"
    password = ran.err.partition("The password is ")[2].split(" ")[0]
    assert account.check_password(password)
    assert yhdyspinta("createadmin", "--if-none") == (0, "", "")
    assert Account.objects.get() == account


# The official wording


def test_attach_text_says_how_many_passages_it_found(
    agreement: Agreement, yhdyspinta: Run, tmp_path: Path, official_wording: str
):
    file = tmp_path / "sopimus.txt"
    file.write_text(official_wording)
    ran = yhdyspinta("attach-text", "keski-suomi-2023", file)
    count = len(queries.official_passages(agreement))
    assert ran == (0, "", f"keski-suomi-2023: {count} passages found in sopimus.txt\n")
    assert count > 20


def test_attach_text_names_each_clause_without_its_passage(agreement: Agreement, yhdyspinta: Run, tmp_path: Path):
    file = tmp_path / "muu.txt"
    file.write_text("Aivan muu teksti.\n")
    ran = yhdyspinta("attach-text", "keski-suomi-2023", file)
    named = [clause.id for clause in queries.charter_of(agreement).clauses if clause.official]
    assert (ran.code, ran.out) == (1, "")
    assert [line.split("“")[1].split("”")[0] for line in ran.err.splitlines()] == named


def test_attach_text_of_an_annex_and_its_export(
    agreement: Agreement, yhdyspinta: Run, tmp_path: Path, keski_suomi_text: dict[str, str]
):
    texts, official = tmp_path / "texts", tmp_path / "suunnitelma.txt"
    texts.mkdir()
    for key, text in {**keski_suomi_text, "suunnitelma.fi": PLAN}.items():
        (texts / file_name(key)).write_text(text)
    official.write_text(OFFICIAL)
    assert yhdyspinta("load", texts).code == 0
    refused = yhdyspinta("attach-text", "keski-suomi-2023", official, "--annex", "ohjelma")
    assert (refused.code, "no annex “ohjelma”" in refused.err) == (1, True)
    ran = yhdyspinta("attach-text", "keski-suomi-2023", official, "--annex", "suunnitelma")
    assert ran == (0, "", "keski-suomi-2023: 1 passages found in suunnitelma.txt\n")
    written = [
        Path(line) for line in yhdyspinta("export", agreement.slug, "--texts", "--to", tmp_path / "out").out.split()
    ]
    assert written[-1].name == "keski-suomi-2023-suunnitelma-official.txt"
    assert written[-1].read_text() == OFFICIAL
    newest = next(folder for folder in written if (folder / "suunnitelma.fi.md").exists())
    assert "nothing new" in yhdyspinta("load", newest).err


def test_attach_text_wants_utf8(agreement: Agreement, yhdyspinta: Run, tmp_path: Path):
    file = tmp_path / "vanha.txt"
    file.write_bytes("pöytäkirja".encode("latin-1"))
    assert yhdyspinta("attach-text", "keski-suomi-2023", file) == (
        1, "", f"yhdyspinta: {file} is not UTF-8: save it so\n",
    )  # fmt: skip


# Bringing in a history


def test_import_brings_a_history_in(agreement: Agreement, yhdyspinta: Run, tmp_path: Path):
    file = tmp_path / "historia.jsonl"
    file.write_text(lines_of(HELD, "", SIGNED, {"fact": "withdrawn", "of": "s1", "on": "2023-02-01"}))
    ran = yhdyspinta("import", "keski-suomi-2023", file, "--records-from", "2023-01-15")
    assert ran == (
        0,
        "",
        "keski-suomi-2023: 3 facts added, 0 were there already\nkeski-suomi-2023: records from 15.1.2023\n",
    )
    assert Agreement.objects.get().records_from == date(2023, 1, 15)
    assert yhdyspinta("import", "keski-suomi-2023", file).err.startswith(
        "keski-suomi-2023: 0 facts added, 3 were there already"
    )


def test_import_tells_every_problem_by_line_and_does_nothing(
    agreement: Agreement, yhdyspinta: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path("historia.jsonl").write_bytes(
        lines_of(HELD, "", HELD | {"body": "olematon"}, "{", SIGNED | {"on": "20.1.2023"}).encode() + b"\xff\n"
    )
    ran = yhdyspinta("import", "keski-suomi-2023", "historia.jsonl", "--records-from", "2024-01-01")
    assert (ran.code, ran.out) == (1, "")
    assert [line.split(": ")[0] for line in ran.err.splitlines()] == [f"historia.jsonl:{line}" for line in (3, 4, 5, 6)]
    assert not KeptFact.objects.exists()
    assert Agreement.objects.get().records_from == date(2023, 1, 1)


def test_import_tells_by_line_which_id_is_taken(agreement: Agreement, yhdyspinta: Run, tmp_path: Path):
    import_facts(agreement, [SIGNED], by=SYSTEM)
    file = tmp_path / "historia.jsonl"
    file.write_text(lines_of(HELD, "", SIGNED | {"on": "2023-03-01"}))
    ran = yhdyspinta("import", "keski-suomi-2023", file)
    assert ran == (1, "", f"{file}:3: The identifier “s1” belongs to another record already.\n")


# Taking out


def test_export_of_facts_judges_as_the_database_does(agreement: Agreement, yhdyspinta: Run, tmp_path: Path):
    import_facts(agreement, [HELD, SIGNED, {"fact": "withdrawn", "of": "s1", "on": "2023-02-01"}], by=SYSTEM)
    ran = yhdyspinta("export", "keski-suomi-2023", "--facts")
    assert (ran.code, ran.err) == (0, "")
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == [
        "keski-suomi-2023-1",
        "s1",
        "keski-suomi-2023-3",
    ]
    file = tmp_path / "facts.jsonl"
    file.write_text(ran.out)
    asked = ("status", "keski-suomi-2023", "--as-of", "2024-12-01", "--json")
    from_file = json.loads(yhdyspinta(*asked, "--facts", file).out)
    assert from_file == queries.assess(agreement, date(2024, 12, 1)).as_json()
    assert from_file == json.loads(yhdyspinta(*asked).out)


def test_export_of_entries_leaves_details_out_unless_asked(
    administrator: Account, agreement: Agreement, yhdyspinta: Run
):
    plain = yhdyspinta("export", "common", "--entries").out
    assert administrator.name not in plain
    first = json.loads(plain.splitlines()[0])
    assert (first["sequence"], first["verb"], first["actor"]["kind"]) == (1, "create-account", "system")
    detailed = json.loads(yhdyspinta("export", "common", "--entries", "--details").out.splitlines()[0])
    assert detailed["after"]["name"] == administrator.name
    own = yhdyspinta("export", "keski-suomi-2023", "--entries").out.splitlines()
    assert [json.loads(line)["sequence"] for line in own] == list(range(1, len(own) + 1))


def test_export_of_texts_can_be_loaded_again(
    agreement: Agreement, yhdyspinta: Run, tmp_path: Path, official_wording: str, keski_suomi_text: dict[str, str]
):
    file = tmp_path / "sopimus.txt"
    file.write_text(official_wording)
    yhdyspinta("attach-text", "keski-suomi-2023", file)
    ran = yhdyspinta("export", "keski-suomi-2023", "--texts", "--to", tmp_path / "texts")
    folder, official = map(Path, ran.out.splitlines())
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        f"agreement.{language}.md": text for language, text in keski_suomi_text.items()
    }
    assert official.read_text() == official_wording
    assert "nothing new" in yhdyspinta("load", folder).err


# Verifying


def test_verify_prints_the_heads_of_what_is_sound(agreement: Agreement, yhdyspinta: Run):
    ran = yhdyspinta("verify")
    assert ran.code == 0
    assert [line.split(" ")[0] for line in ran.out.splitlines()] == ["common", "keski-suomi-2023"]
    assert ran.out.splitlines()[1].split(" ")[1:] == [
        str(queries.agreement_or_404("keski-suomi-2023").chain.sequence),
        queries.agreement_or_404("keski-suomi-2023").chain.head,
    ]


def test_verify_prints_findings_and_exits_with_1(agreement: Agreement, yhdyspinta: Run):
    triggers.drop(connection)
    connection.cursor().execute("UPDATE journal_entry SET actor_label = 'muu' WHERE verb = 'load-text'")
    triggers.make(connection)
    ran = yhdyspinta("verify")
    assert ran.code == 1
    assert ran.out.splitlines()[0].endswith(": its hash is not that of what it says")
    assert ran.err == "findings: 1\n"


# An installation that is not prepared


def test_commands_say_when_the_database_is_not_prepared(tmp_path: Path):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("YHDYSPINTA_")}
    environment["DJANGO_SETTINGS_MODULE"] = "yhdyspinta.web.settings"
    ran = subprocess.run(
        [sys.executable, "-c", "from yhdyspinta.cli import main; main()", "load", "keski-suomi-2023"],
        env=environment | {"YHDYSPINTA_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "yhdyspinta: the database is not prepared for this release: yhdyspinta manage migrate\n"


# Backing up and restoring (the archive itself is tested beside)


@pytest.mark.django_db(transaction=True)
def test_backup_and_restore_round_trip(agreement: Agreement, yhdyspinta: Run, tmp_path: Path, settings: Any):
    settings.DATA = tmp_path
    made = yhdyspinta("backup")
    file = Path(made.out.strip())
    assert (made.code, made.err, file.parent) == (0, "", tmp_path / "backups")
    import_facts(agreement, [HELD], by=SYSTEM)
    refused = yhdyspinta("restore", file)
    assert refused.code == 1
    assert refused.err.startswith("yhdyspinta: the database is not empty")
    restored = yhdyspinta("restore", file, "--force")
    assert restored.code == 0
    assert restored.out.splitlines()[1].startswith("keski-suomi-2023 ")
    assert restored.err.splitlines()[0].startswith(f"Restored from {file}, made at 20")
    assert not KeptFact.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_backup_keeps_the_newest(agreement: Agreement, yhdyspinta: Run, tmp_path: Path, settings: Any):
    settings.DATA = tmp_path
    (tmp_path / "backups").mkdir()
    for name in ("yhdyspinta-20200101T023000.tar.gz", "yhdyspinta-20200102T023000.tar.gz", "muu.tar.gz"):
        (tmp_path / "backups" / name).write_text("")
    new = Path(yhdyspinta("backup", "--keep", "2").out.strip())
    assert {path.name for path in (tmp_path / "backups").iterdir()} == {
        new.name, "yhdyspinta-20200102T023000.tar.gz", "muu.tar.gz",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_backup_without_a_file_that_is_lost_says_so_and_exits_with_1(
    agreement: Agreement, yhdyspinta: Run, tmp_path: Path, settings: Any
):
    settings.MEDIA_ROOT = tmp_path / "files"
    File.objects.create(sha256="a" * 64, size=1, name="a.pdf", media_type="application/pdf", path="aa/" + "a" * 64)
    ran = yhdyspinta("backup", tmp_path / "b.tar.gz")
    assert ran == (1, f"{tmp_path}/b.tar.gz\n", f"not whole in the storage: aa/{'a' * 64}\n")
    ran = yhdyspinta("restore", tmp_path / "b.tar.gz", "--force")
    assert f"missing from the backup: aa/{'a' * 64}\n" in ran.err


def test_restore_of_what_is_no_backup_says_so(db: None, yhdyspinta: Run, tmp_path: Path):
    (tmp_path / "kirje.txt").write_text("hei")
    ran = yhdyspinta("restore", tmp_path / "kirje.txt")
    assert (ran.code, ran.out) == (1, "")
    assert "is damaged or no backup" in ran.err

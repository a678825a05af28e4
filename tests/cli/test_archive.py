"""A backup that has been restored: the round trip, and everything that can be wrong with an archive."""

from __future__ import annotations

import gzip
import io
import json
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from tests.papers.samples import PDF, PNG, upload
from yhdyspinta.cli import archive
from yhdyspinta.cli.archive import ArchiveError, back_up, restore
from yhdyspinta.journal import queries, triggers
from yhdyspinta.journal.actions import import_facts, set_records_from
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement, Entry, KeptFact
from yhdyspinta.journal.verify import verify
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.papers.models import File
from yhdyspinta.parties.actions import create_account
from yhdyspinta.parties.models import Account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

HELD = {"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14"}


def silent(_part: str) -> None:
    pass


@pytest.fixture(autouse=True)
def _own_storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def full(agreement: Agreement, administrator: Account) -> Agreement:
    """An installation with something of everything."""
    import_facts(agreement, [HELD], by=SYSTEM)
    keep_file(upload(PDF, "pöytäkirja.pdf"))
    keep_file(upload(PNG, "kuva.png"))
    return agreement


@pytest.fixture
def backup(full: Agreement, tmp_path: Path) -> Path:
    target = tmp_path / "backup.tar.gz"
    back_up(target, say=silent)
    return target


def rewritten(backup: Path, change: Callable[[str, bytes], bytes | None], **added: bytes) -> Path:
    """Copy an archive with some members changed, left out (``None``) or added."""
    target = backup.with_name("changed.tar.gz")
    with tarfile.open(backup) as source, tarfile.open(target, "w:gz") as copy:
        for member in source.getmembers():
            content = source.extractfile(member)
            assert content
            data = change(member.name, content.read())
            if data is not None:
                _put(copy, member.name, data)
        for name, data in added.items():
            _put(copy, name, data)
    return target


def _put(copy: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    copy.addfile(info, io.BytesIO(data))


def manifest_with(**fields: Any) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        return json.dumps(json.loads(data) | fields).encode() if name == archive.MANIFEST else data

    return change


def test_restore_brings_everything_back(full: Agreement, backup: Path, tmp_path: Path, settings: Any):
    revision, head = queries.revision(full), full.chain.head
    set_records_from(full, queries.charter_of(full).last_day, by=SYSTEM)  # type: ignore[arg-type] # it has one
    create_account("muu@example.org", name="Muu", by=SYSTEM)
    settings.MEDIA_ROOT = tmp_path / "other"
    restore(backup, force=True, say=silent)
    assert queries.revision(full) == revision
    assert Agreement.objects.get().records_from.year == 2023
    assert [account.email for account in Account.objects.all()] == ["yllapito@example.org"]
    assert Account.objects.get().check_password("kuntakokous-kokoontuu-2026")
    for file, content in zip(File.objects.all(), (PDF, PNG), strict=True):
        with default_storage.open(file.path) as stored:
            assert stored.read() == content
    assert triggers.missing(connection) == []
    assert list(verify()) == []
    assert head


def test_restore_lets_numbers_go_on_after_the_highest(full: Agreement, backup: Path):
    restore(backup, force=True, say=silent)
    import_facts(full, [HELD | {"on": "2025-05-13"}], by=SYSTEM)
    create_account("muu@example.org", name="Muu", by=SYSTEM)
    assert [row.number for row in KeptFact.objects.all()] == [1, 2]
    assert list(verify()) == []


def test_restore_is_seen_by_a_process_that_remembers_more(full: Agreement, backup: Path):
    import_facts(full, [HELD | {"on": "2025-05-13"}], by=SYSTEM)
    assert len(queries.ledger_of(full)) == 2
    restore(backup, force=True, say=silent)
    assert len(queries.ledger_of(full)) == 1


def test_restore_refuses_to_overwrite_unless_forced(full: Agreement, backup: Path):
    entries = Entry.objects.count()
    with pytest.raises(ArchiveError, match="the database is not empty"):
        restore(backup, force=False, say=silent)
    assert Entry.objects.count() == entries


def test_backup_is_its_owners_alone_and_overwrites_nothing(full: Agreement, backup: Path):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    before = backup.read_bytes()
    with pytest.raises(ArchiveError, match="exists already"):
        back_up(backup, say=silent)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir() if "partial" in path.name] == []


def test_backup_that_cannot_be_written_says_so(full: Agreement, tmp_path: Path):
    (tmp_path / "in-the-way").write_text("")
    with pytest.raises(ArchiveError, match="cannot be written"):
        back_up(tmp_path / "in-the-way" / "backup.tar.gz", say=silent)


def test_backup_names_its_parts(backup: Path):
    with tarfile.open(backup) as opened:
        names = opened.getnames()
    assert names[-1] == "manifest.json"
    assert [name for name in names if name.startswith("files/")] == [f"files/{file.path}" for file in _files()]


def _files() -> list[File]:
    return sorted(File.objects.all(), key=lambda file: file.path)


def test_backup_says_which_files_the_storage_has_lost(full: Agreement, tmp_path: Path):
    lost = File.objects.get(name="kuva.png")
    default_storage.delete(lost.path)
    manifest = back_up(tmp_path / "backup.tar.gz", say=silent)
    assert manifest.missing == [lost.path]
    assert restore(tmp_path / "backup.tar.gz", force=True, say=silent).missing == [lost.path]


def test_backup_is_the_database_at_one_moment(full: Agreement, tmp_path: Path):
    written: list[str] = []

    def meanwhile(part: str) -> None:
        if not written:
            import_facts(full, [HELD | {"on": "2025-05-13"}], by=SYSTEM)
        written.append(part)

    back_up(tmp_path / "backup.tar.gz", say=meanwhile)
    assert KeptFact.objects.count() == 2
    restore(tmp_path / "backup.tar.gz", force=True, say=silent)
    assert KeptFact.objects.count() == 1
    assert list(verify()) == []


def damaged(name: str, data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1]) if name.startswith("files/") else data


@pytest.mark.parametrize(
    ("change", "added", "message"),
    [
        (damaged, {}, "damaged, or was changed: files/"),
        (lambda name, data: None if name.startswith("files/") else data, {}, "damaged, or was changed: files/"),
        (lambda name, data: None if name == "manifest.json" else data, {}, "manifest is missing or of another format"),
        (manifest_with(format=2), {}, "manifest is missing or of another format"),
        (manifest_with(database="oracle"), {}, "is of oracle, this installation is of"),
        (manifest_with(migrations=[["journal", "9999_later"]]), {}, "made by the newer release .*journal.9999_later"),
        (
            lambda _name, data: data,
            {"../../etc/cron.d/evil": b"x"},
            "holds what no backup holds: .*evil",
        ),
        (lambda _name, data: data, {"files/aa/" + "b" * 64: b"x"}, "damaged, or was changed: files/aa/"),
    ],
)
def test_restore_looks_at_all_of_it_before_it_touches_anything(
    full: Agreement, backup: Path, change: Any, added: dict[str, bytes], message: str
):
    changed = rewritten(backup, change, **added)
    import_facts(full, [HELD | {"on": "2025-05-13"}], by=SYSTEM)
    with pytest.raises(ArchiveError, match=message):
        restore(changed, force=True, say=silent)
    assert KeptFact.objects.count() == 2
    assert list(verify()) == []


def test_restore_refuses_links_and_folders(full: Agreement, backup: Path):
    target = backup.with_name("linked.tar.gz")
    with tarfile.open(target, "w:gz") as opened:
        link = tarfile.TarInfo("database.sqlite3")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        opened.addfile(link)
    with pytest.raises(ArchiveError, match=r"holds what no backup holds: database\.sqlite3"):
        restore(target, force=True, say=silent)


def test_restore_says_when_a_file_is_no_backup(full: Agreement, backup: Path, tmp_path: Path):
    (tmp_path / "kirje.tar.gz").write_text("hei")
    (tmp_path / "puolikas.tar.gz").write_bytes(backup.read_bytes()[:-400])
    (tmp_path / "pakattu.tar.gz").write_bytes(gzip.compress(b"hei"))
    for name in ("kirje.tar.gz", "puolikas.tar.gz", "pakattu.tar.gz"):
        with pytest.raises(ArchiveError, match="damaged or no backup"):
            restore(tmp_path / name, force=True, say=silent)
    with pytest.raises(ArchiveError, match="cannot be read"):
        restore(tmp_path / "ei-ole.tar.gz", force=True, say=silent)

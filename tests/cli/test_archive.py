"""A backup that has been restored: the round trip, and everything that can be wrong with an archive."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from tests.papers.samples import PDF, PNG, upload
from yhdyspinta.cli import archive
from yhdyspinta.cli.archive import back_up, restore
from yhdyspinta.cli.copying import ArchiveError
from yhdyspinta.journal import queries, triggers
from yhdyspinta.journal.actions import import_facts, set_records_from
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement, Entry, KeptFact
from yhdyspinta.journal.verify import verify
from yhdyspinta.mail.actions import mark_sent, post_mail
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.papers.models import File
from yhdyspinta.parties.actions import create_account
from yhdyspinta.parties.links import LinkRefused, make_link, revoke_links, use_link
from yhdyspinta.parties.models import Account, Link

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

DAY = timedelta(days=1)
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


@pytest.mark.parametrize(("send_mail", "state"), [(False, "given-up"), (True, "waiting")])
def test_restore_does_not_send_old_mail_again_unless_told_to(
    full: Agreement, tmp_path: Path, send_mail: Any, state: str
):
    posted: Any = {"template": "greeting", "context": {"name": "Aino", "day": date(2026, 11, 24)}, "kind": "greeting"}
    post_mail(to=Recipient("liisa@example.org"), key="a", **posted)
    back_up(tmp_path / "with-mail.tar.gz", say=silent)
    mark_sent(Message.objects.get(), now=timezone.now())
    restore(tmp_path / "with-mail.tar.gz", force=True, send_mail=send_mail, say=silent)
    message = Message.objects.get()
    assert message.state == state
    assert ("may have been sent since" in message.last_error) is not send_mail
    assert post_mail(to=Recipient("liisa@example.org"), key="a", **posted) is None


def test_restore_opens_no_link_that_was_used_or_revoked_since(full: Agreement, tmp_path: Path):
    used, revoked = make_link("confirm", "person:1", lasts=DAY), make_link("invitation", "invitation:1", lasts=DAY)
    back_up(tmp_path / "with-links.tar.gz", say=silent)
    use_link(used)
    revoke_links(revoked.purpose, revoked.subject)
    restore(tmp_path / "with-links.tar.gz", force=True, say=silent)
    for link in Link.objects.all():
        with pytest.raises(LinkRefused):
            use_link(link)
    assert Link.objects.count() == 2


def test_restore_lets_everybody_sign_in_anew(full: Agreement, tmp_path: Path):
    """A session that was ended since the copy was made must not open again."""
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=timezone.now() + DAY)
    back_up(tmp_path / "with-a-session.tar.gz", say=silent)
    restore(tmp_path / "with-a-session.tar.gz", force=True, say=silent)
    assert not Session.objects.exists()


def test_restore_leaves_open_the_links_in_mail_that_it_sends(full: Agreement, tmp_path: Path, settings: Any):
    settings.MAIL_WORKS = True
    context = {"name": "Aino", "day": date(2026, 11, 24)}
    posted: Any = {"to": Recipient("liisa@example.org"), "template": "greeting", "context": context, "kind": "greeting"}
    for subject in ("person:1", "person:2"):
        make_link("confirm", subject, lasts=DAY)
    mark_sent(post_mail(**posted, about="person:1", secret=True), now=timezone.now())  # type: ignore[arg-type] # no key
    post_mail(**posted, about="person:2", secret=True)
    back_up(tmp_path / "with-links.tar.gz", say=silent)
    restore(tmp_path / "with-links.tar.gz", force=True, send_mail=True, say=silent)
    assert [link.is_open() for link in Link.objects.all()] == [False, True]
    restore(tmp_path / "with-links.tar.gz", force=True, say=silent)
    assert [link.is_open() for link in Link.objects.all()] == [False, False]


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


def test_restore_refuses_a_member_that_stands_there_twice(full: Agreement, backup: Path, settings: Any, tmp_path: Path):
    name = f"files/{_files()[0].path}"
    settings.MEDIA_ROOT = tmp_path / "other"
    target = backup.with_name("doubled.tar.gz")
    with tarfile.open(backup) as source, tarfile.open(target, "w:gz") as copy:
        _put(copy, name, b"another content")
        for member in source.getmembers():
            content = source.extractfile(member)
            assert content
            _put(copy, member.name, content.read())
    with pytest.raises(ArchiveError, match="holds another content"):
        restore(target, force=True, say=silent)
    twice = rewritten(backup, lambda _name, data: data, **{name: b"another content"})
    with pytest.raises(ArchiveError, match="holds this twice: files/"):
        restore(twice, force=True, say=silent)
    assert not (tmp_path / "other").exists()


def test_restore_refuses_a_file_under_the_hash_of_another(full: Agreement, backup: Path):
    name = f"files/{_files()[0].path}"

    def change(member: str, data: bytes) -> bytes:
        if member == name:
            return b"another content"
        if member == archive.MANIFEST:
            said = json.loads(data)
            said["sha256"][name] = hashlib.sha256(b"another content").hexdigest()
            return json.dumps(said).encode()
        return data

    with pytest.raises(ArchiveError, match="holds another content"):
        restore(rewritten(backup, change), force=True, say=silent)


def test_backup_leaves_out_and_names_a_file_that_is_damaged_in_the_storage(full: Agreement, tmp_path: Path):
    harmed = File.objects.get(name="kuva.png")
    path = Path(default_storage.path(harmed.path))
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert back_up(tmp_path / "backup.tar.gz", say=silent).missing == [harmed.path]
    assert restore(tmp_path / "backup.tar.gz", force=True, say=silent).missing == [harmed.path]


def test_restore_puts_a_whole_file_in_the_place_of_a_damaged_one(full: Agreement, backup: Path):
    path = Path(default_storage.path(File.objects.get(name="kuva.png").path))
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"?")
    restore(backup, force=True, say=silent)
    assert path.read_bytes() == whole


def test_restore_bounds_the_manifest(full: Agreement, backup: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "_LARGEST_MANIFEST", 100)
    with pytest.raises(ArchiveError, match="manifest is larger than any"):
        restore(backup, force=True, say=silent)


def resealed(backup: Path, parts: dict[str, bytes | None], **fields: Any) -> Path:
    """Copy an archive with parts changed, added or left out (``None``), and a manifest that agrees with them."""

    def change(name: str, data: bytes) -> bytes | None:
        if name != archive.MANIFEST:
            return parts.get(name, data)
        said = json.loads(data) | fields
        for part, content in parts.items():
            said["sha256"].pop(part, None)
            if content is not None:
                said["sha256"][part] = hashlib.sha256(content).hexdigest()
        return json.dumps(said).encode()

    with tarfile.open(backup) as source:
        there = source.getnames()
    return rewritten(backup, change, **{name: data for name, data in parts.items() if data and name not in there})


def said_by(backup: Path) -> dict[str, Any]:
    with tarfile.open(backup) as source:
        content = source.extractfile(archive.MANIFEST)
        assert content
        said: dict[str, Any] = json.load(content)
        return said


def refused(changed: Path, message: str) -> None:
    entries = Entry.objects.count()
    with pytest.raises(ArchiveError, match=message) as told:
        restore(changed, force=True, say=silent)
    assert "\n" not in str(told.value)
    assert Entry.objects.count() == entries
    assert list(verify()) == []


def test_restore_refuses_an_archive_whose_parts_are_no_database(full: Agreement, backup: Path):
    if connection.vendor == "postgresql":
        refused(resealed(backup, {"database/journal_entry.copy": None}), "parts of the database are missing")
        refused(resealed(backup, {"database/journal_entry.copy": b"no rows\n"}), "the database does not take it")
    else:
        refused(resealed(backup, {"database.sqlite3": None}), "parts of the database are missing")
        refused(resealed(backup, {"database.sqlite3": b"no database" * 200}), "no database of SQLite")


def test_restore_refuses_other_migrations_than_the_database_has_had(full: Agreement, backup: Path):
    refused(resealed(backup, {}, migrations=[]), "other migrations|tables are not those")
    fewer = said_by(backup)["migrations"]
    fewer.insert(0, fewer.pop())
    refused(resealed(backup, {}, migrations=fewer), "other migrations")


def test_restore_takes_no_name_of_the_manifest_into_a_statement(full: Agreement, backup: Path):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is restored as a file")
    tables = said_by(backup)["tables"]
    evil = '"journal_entry"; DROP TABLE journal_agreement CASCADE; --"'
    refused(resealed(backup, {}, tables=tables | {evil: ["id"]}), "parts of the database are missing or too many")
    swapped = {name: columns for name, columns in tables.items() if name != "papers_file"} | {"pg_authid": ["oid"]}
    parts = {"database/papers_file.copy": None, "database/pg_authid.copy": b"1\n"}
    refused(resealed(backup, parts, tables=swapped), "the tables are not those of its release")
    columns = [*tables["papers_file"][1:], '"id") FROM PROGRAM \'id\' --"']
    refused(resealed(backup, {}, tables=tables | {"papers_file": columns}), "the columns are not those of its release")


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("CREATE TABLE other (id)", "the tables are not those of its release: 'other'"),
        ("DROP TABLE papers_file", "the tables are not those of its release: 'papers_file'"),
        ("ALTER TABLE papers_file ADD COLUMN other", "the columns are not those of its release: 'papers_file'"),
        ("CREATE VIEW other AS SELECT 1", "what no release makes: 'other'"),
        (
            "CREATE TRIGGER other AFTER INSERT ON papers_file BEGIN DELETE FROM parties_account; END",
            "what no release makes: 'other'",
        ),
    ],
)
def test_restore_looks_into_the_file_of_sqlite(
    full: Agreement, backup: Path, tmp_path: Path, statement: str, message: str
):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is restored by rows")
    with tarfile.open(backup) as source:
        content = source.extractfile("database.sqlite3")
        assert content
        (tmp_path / "crafted.sqlite3").write_bytes(content.read())
    with closing(sqlite3.connect(tmp_path / "crafted.sqlite3")) as crafted:
        crafted.execute(statement)
        crafted.commit()
    refused(resealed(backup, {"database.sqlite3": (tmp_path / "crafted.sqlite3").read_bytes()}), message)

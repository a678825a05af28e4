"""A copy of an installation in one file: the database as it was at one moment, and the files that it names.

A gzipped tar archive: the parts of the database, the files under ``files/``, and last the manifest with the SHA-256 of
everything before it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import IO, Annotated, Literal

import msgspec
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection

from yhdyspinta.cli import copying
from yhdyspinta.cli.copying import ArchiveError
from yhdyspinta.mail.actions import give_up_waiting
from yhdyspinta.mail.queries import links_on_the_way
from yhdyspinta.parties.links import revoke_all_links

MANIFEST = "manifest.json"
_DATABASE = re.compile(r"database\.sqlite3|database/[a-z0-9_]+\.copy")
_FILE = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{64}(_[A-Za-z0-9]+)?")
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 64 << 20
"""In bytes: half a million files are named in it."""

Say = Callable[[str], None]
"""Told the name of each part, for whoever waits."""


class Manifest(msgspec.Struct, kw_only=True):
    """What an archive says of itself."""

    format: Literal[1] = 1
    release: str
    made_at: str
    database: str
    tables: dict[str, list[str]]
    migrations: list[tuple[str, str]]
    missing: list[str]
    """Files that rows name and the storage did not have, or not whole."""
    sha256: dict[str, Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]]


def back_up(target: Path, *, say: Say) -> Manifest:
    """Write a copy of the installation while others go on using it. Only its owner may read the file.

    Raises:
        ArchiveError: there is such a file already, or it cannot be written.

    """
    if target.exists():
        raise ArchiveError(f"{target} exists already: name another file, or move it away")
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as archive:
                manifest = _write(archive, say)
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(target)
    except OSError as error:
        raise ArchiveError(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            partial.unlink()
    return manifest


def restore(source: Path, *, force: bool, send_mail: bool = False, say: Say) -> Manifest:
    """Put a copy in the place of the installation's database and files, after looking at all of it.

    Mail that waited when the copy was made is given up, unless ``send_mail``: it may have been sent since. Links are
    revoked, since some may have been used or revoked since, save those in mail that still goes. Files that are there
    already and are not named in the copy stay: they harm nothing.

    Raises:
        ArchiveError: the archive is damaged or of another kind, or there is something that would be overwritten.

    """
    if not force and not copying.is_empty():
        raise ArchiveError("the database is not empty: restore into an empty data folder, or overwrite it with --force")
    with tempfile.TemporaryDirectory() as folder, _opened(source) as archive:
        manifest, parts = _examined(archive, Path(folder), say)
        if manifest.database != connection.vendor:
            raise ArchiveError(f"{source} is of {manifest.database}, this installation is of {connection.vendor}")
        if unknown := copying.unknown_migrations(manifest.migrations):
            raise ArchiveError(f"{source} was made by the newer release {manifest.release}: {', '.join(unknown)}")
        copying.examine(parts, manifest.tables, manifest.migrations)
        copying.copy_in(parts, manifest.tables, manifest.migrations)
        if not send_mail:
            give_up_waiting(f"from a backup made at {manifest.made_at}: it may have been sent since")
        revoke_all_links(but=links_on_the_way())
        Session.objects.all().delete()  # some may have been ended since; everybody signs in anew
        for member in archive.getmembers():
            if member.name.startswith("files/"):
                say(member.name)
                _put_back(member, _content(archive, member))
    for cache in caches.all():
        cache.clear()
    return manifest


def _write(archive: tarfile.TarFile, say: Say) -> Manifest:
    hashes: dict[str, str] = {}
    missing: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = copying.copy_out(Path(folder))
        for name, path in copy.parts.items():
            say(name)
            with path.open("rb") as content:
                hashes[name] = _add(archive, name, content, path.stat().st_size)
    for path_in_storage in copy.files:
        name = f"files/{path_in_storage}"
        say(name)
        try:
            whole = _is_whole(path_in_storage)
        except FileNotFoundError:
            whole = False
        if not whole:
            missing.append(path_in_storage)
            continue
        with default_storage.open(path_in_storage, "rb") as content:
            hashes[name] = _add(archive, name, content, default_storage.size(path_in_storage))
    manifest = Manifest(
        release=metadata.version("yhdyspinta"),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        database=connection.vendor,
        tables=copy.tables,
        migrations=copy.migrations,
        missing=missing,
        sha256=hashes,
    )
    written = json.dumps(msgspec.to_builtins(manifest), indent=1).encode()
    _add(archive, MANIFEST, io.BytesIO(written), len(written))
    return manifest


class _Hashing:
    """Reads on, and knows the hash of what was read."""

    def __init__(self, content: IO[bytes] | File[bytes]) -> None:
        self._content = content
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._content.read(size)
        self.sha256.update(data)
        return data


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes] | File[bytes], size: int) -> str:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(datetime.now(UTC).timestamp())
    reading = _Hashing(content)
    archive.addfile(info, reading)
    return reading.sha256.hexdigest()


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, "r:gz") as archive:
            yield archive
    except (tarfile.TarError, EOFError) as error:
        raise ArchiveError(f"{source} is damaged or no backup: {error}") from error
    except OSError as error:
        raise ArchiveError(f"{source} cannot be read: {error.strerror or error}") from error


def _examined(archive: tarfile.TarFile, folder: Path, say: Say) -> tuple[Manifest, dict[str, Path]]:
    """Read all of an archive, compare it with its manifest, and lay the parts of the database into a folder."""
    hashes: dict[str, str] = {}
    parts: dict[str, Path] = {}
    said = b""
    seen: set[str] = set()
    for member in archive:
        say(member.name)
        if member.name in seen:
            raise ArchiveError(f"the archive holds this twice: {member.name}")
        seen.add(member.name)
        content = _Hashing(_content(archive, member))
        if member.name == MANIFEST:
            if member.size > _LARGEST_MANIFEST:
                raise ArchiveError(f"the archive's manifest is larger than any: {member.size} bytes")
            said = content.read()
            continue
        if _DATABASE.fullmatch(member.name):
            parts[member.name] = folder / member.name.replace("/", "-")
            with parts[member.name].open("wb") as target:
                while data := content.read(_CHUNK):
                    target.write(data)
        elif not _FILE.fullmatch(member.name):
            raise ArchiveError(f"the archive holds what no backup holds: {member.name}")
        while content.read(_CHUNK):
            pass
        hashes[member.name] = content.sha256.hexdigest()
        if member.name.startswith("files/") and not _is_named(member.name, hashes[member.name]):
            raise ArchiveError(f"the archive is damaged, or was changed: {member.name} holds another content")
    return _agreeing(said, hashes), parts


def _agreeing(said: bytes, hashes: dict[str, str]) -> Manifest:
    try:
        manifest = msgspec.json.decode(said, type=Manifest)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ArchiveError(f"the archive's manifest is missing or of another format: {error}") from error
    differing = sorted(name for name, _hash in hashes.items() ^ manifest.sha256.items())
    if differing:
        raise ArchiveError(f"the archive is damaged, or was changed: {', '.join(dict.fromkeys(differing))}")
    return manifest


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(member) if member.isreg() else None
    if content is None:
        raise ArchiveError(f"the archive holds what no backup holds: {member.name}")
    return content


def _put_back(member: tarfile.TarInfo, content: IO[bytes]) -> None:
    """Lay a file into the storage, unless it is there whole."""
    path = member.name.removeprefix("files/")
    if default_storage.exists(path):
        if _is_whole(path):
            return
        default_storage.delete(path)
    default_storage.save(path, File(content))


def _is_whole(path: str) -> bool:
    """Tell whether a file in the storage holds what its name says; FileNotFoundError when it is not there."""
    with default_storage.open(path, "rb") as stored:
        content = _Hashing(stored)
        while content.read(_CHUNK):
            pass
    return _is_named(path, content.sha256.hexdigest())


def _is_named(path: str, sha256: str) -> bool:
    """Tell whether a path is one under which content of this hash lies."""
    folder, _slash, name = path.removeprefix("files/").partition("/")
    return folder == sha256[:2] and name.partition("_")[0] == sha256

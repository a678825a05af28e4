"""Taking a file in: what it is by its content, whether it may come in, and where it then lies."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File as Content
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from yhdyspinta.papers import sniffing
from yhdyspinta.papers.models import File

MAX_BYTES = 20 * 1000 * 1000
"""A file may have 20 MB."""

_NAME_LENGTH = 100


def keep_file(uploaded: Content[bytes], *, name: str | None = None) -> File:
    """Keep a file under its hash. Called before ``change()``, not inside it: no file work under a lock.

    Should the change fail, what was kept is an orphan that harms nothing. The same content lies once, however often it
    is handed over; each time has a row of its own, with the name it then had.

    Raises:
        ValidationError: the file is empty or too big, not of a kind that is taken in, not what its name says, or it
            carries a program.

    """
    shown = safe_name(name or uploaded.name or "")
    size = uploaded.size
    if not size:
        raise ValidationError(_("The file is empty."))
    if size > MAX_BYTES:
        raise ValidationError(
            _("The file has %(size)s MB; at most %(most)s MB are taken in.")
            % {"size": -(-size // 1_000_000), "most": MAX_BYTES // 1_000_000}
        )
    media_type = sniffing.media_type(uploaded, shown)
    sha256, read = _hash(uploaded)
    path = _store(uploaded, sha256, read)
    return File.objects.create(sha256=sha256, size=read, name=shown, media_type=media_type, path=path)


def forget_file(file: File) -> None:
    """Remove a file that nothing points at, and its content unless another file has the same."""
    file.delete()
    _drop_content(file.path)


def forget_unless_held(numbers: Iterable[int]) -> None:
    """Remove files, save those that something points at."""
    for file in File.objects.filter(pk__in=set(numbers)):
        try:
            with transaction.atomic():
                file.delete()
        except ProtectedError:
            continue
        _drop_content(file.path)


def _drop_content(path: str) -> None:
    """Remove a content that no file has any more, once what is being changed stands."""

    def drop() -> None:
        if not File.objects.filter(path=path).exists():
            default_storage.delete(path)

    transaction.on_commit(drop)


def safe_name(name: str) -> str:
    """Return a name that is safe to show and to save under on any system: no folders, no invisible characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
    path = PurePosixPath(" ".join(visible.split()).strip(". ") or "file")
    stem, ending = path.stem[: _NAME_LENGTH - len(path.suffix)].rstrip(". "), path.suffix
    return f"{stem or 'file'}{ending}"[:_NAME_LENGTH]


def _hash(uploaded: Content[bytes]) -> tuple[str, int]:
    sha, size = hashlib.sha256(), 0
    for chunk in uploaded.chunks():
        sha.update(chunk)
        size += len(chunk)
    return sha.hexdigest(), size


def _store(uploaded: Content[Any], sha256: str, size: int) -> str:
    """Write the content under its hash unless it lies there whole, and return the path."""
    path = f"{sha256[:2]}/{sha256}"
    if default_storage.exists(path) and default_storage.size(path) == size:
        return path
    uploaded.seek(0)
    return default_storage.save(path, uploaded)

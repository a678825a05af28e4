"""What a file is, by what is in it; its name must say the same."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import File as Content
from django.utils.translation import gettext as _

from yhdyspinta.papers.models import File
from yhdyspinta.papers.programs import carries_program

ENDINGS = {
    ".pdf": File.MediaType.PDF,
    ".docx": File.MediaType.DOCX,
    ".odt": File.MediaType.ODT,
    ".png": File.MediaType.PNG,
    ".jpg": File.MediaType.JPEG,
    ".jpeg": File.MediaType.JPEG,
}
"""What is taken in, by the ending of the name."""

_HEAD = 4096
_SMALL = 1_000_000
"""The most that is read of one file inside a container; what is bigger is not what it should be."""


def media_type(uploaded: Content[bytes], name: str) -> str:
    """Return the kind of a file by its content.

    Raises:
        ValidationError: a kind that is not taken in, a name that says another, or a document that carries a program.

    """
    found = _by_content(uploaded)
    if found is None:
        raise ValidationError(_("The file is not a PDF, DOCX, ODT, PNG or JPEG file. Save it as one of these."))
    said = ENDINGS.get(PurePosixPath(name).suffix.lower())
    if said != found:
        raise ValidationError(
            _("The name “%(name)s” does not fit the content, which is %(kind)s.")
            % {"name": name, "kind": File.MediaType(found).label}
        )
    return found


def _by_content(uploaded: Content[bytes]) -> str | None:
    uploaded.seek(0)
    head = uploaded.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _container(uploaded)
    found = _magic(head)
    if found == File.MediaType.PDF and not head.startswith(b"%PDF-"):
        return None  # something else stands before it
    return found


def _magic(head: bytes) -> str | None:
    try:
        found = puremagic.from_string(head, mime=True)
    except puremagic.PureError:
        return None
    return found if found in {File.MediaType.PDF, File.MediaType.PNG, File.MediaType.JPEG} else None


def _container(uploaded: Content[bytes]) -> str | None:
    """Tell DOCX and ODT by what they declare, and refuse those that carry macros."""
    uploaded.seek(0)
    source: Any = uploaded
    try:
        with zipfile.ZipFile(source) as container:
            names = {info.filename: info for info in container.infolist()}
            found = _declared(container, names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        return None
    if found is not None and carries_program(names):
        raise ValidationError(_("The document carries macros or programs. Save it without them."))
    return found


def _declared(container: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> str | None:
    types = names.get("[Content_Types].xml")
    if types is not None and types.file_size <= _SMALL:
        declared = container.read(types)
        if b"macroEnabled" in declared:
            raise ValidationError(_("The document carries macros or programs. Save it without them."))
        main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return File.MediaType.DOCX if main in declared and "word/document.xml" in names else None
    kind = names.get("mimetype")
    if kind is not None and kind.file_size <= _SMALL and container.read(kind).strip() == File.MediaType.ODT.encode():
        return File.MediaType.ODT
    return None

"""A file that goes with a message: named in its row, read from the storage when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage


class AttachmentMissing(ValueError):
    """The storage has no such file, nor will it tomorrow."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as its reader gets it, and where in the default storage its content lies."""

    name: str
    media_type: str
    path: str


def content_of(attachment: Mapping[str, str]) -> bytes:
    """Return the content of an attachment as its row holds it.

    Raises:
        AttachmentMissing: there is no such file, or the path is none of the storage's.
        OSError: the storage cannot be read now.

    """
    try:
        with default_storage.open(attachment["path"], "rb") as file:
            content: bytes = file.read()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, SuspiciousOperation, ValueError) as error:
        raise AttachmentMissing(f"the attachment is no longer kept: {attachment['name']}") from error
    return content

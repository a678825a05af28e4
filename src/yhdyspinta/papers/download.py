"""Handing a kept file out, so that no browser ever runs what is in it."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse

from yhdyspinta.papers.models import File


def download(file: File, *, public: bool = False) -> FileResponse:
    """Answer with a file as an attachment. Who may have it, the room that shows it has asked.

    Only what is ``public`` may stay in shared caches.

    Raises:
        FileNotFoundError: the content is not in the storage.

    """
    response = FileResponse(
        default_storage.open(file.path, "rb"), as_attachment=True, filename=file.name, content_type=file.media_type
    )
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    response["ETag"] = f'"{file.sha256}"'
    return response

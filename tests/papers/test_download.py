"""A kept file is handed out so that no browser runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.papers.samples import PDF, upload
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.papers.download import download


@pytest.fixture(autouse=True)
def _own_storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def test_download_is_an_attachment_that_runs_nowhere(db: None):
    response = download(keep_file(upload(PDF, "pöytäkirja.pdf")))
    assert b"".join(response.streaming_content) == PDF  # type: ignore[arg-type] # the answer is not asynchronous
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''p%C3%B6yt%C3%A4kirja.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Length"] == str(len(PDF))
    response.close()


def test_download_of_what_is_public_may_be_cached(db: None):
    response = download(keep_file(upload(PDF, "esite.pdf")), public=True)
    assert response["Cache-Control"] == "public, max-age=3600"
    response.close()


def test_download_of_what_the_storage_lost_is_an_error(db: None):
    kept = keep_file(upload(PDF, "a.pdf"))
    kept.path = "00/missing"
    with pytest.raises(FileNotFoundError):
        download(kept)

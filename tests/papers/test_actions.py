"""A file is taken in by what it is, kept once under its hash, and refused with a reason."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from tests.papers.samples import JPEG, PDF, PNG, TYPES, WORD, docx, odt, upload, zipped
from yhdyspinta.papers import actions
from yhdyspinta.papers.actions import keep_file, safe_name
from yhdyspinta.papers.models import File


@pytest.fixture(autouse=True)
def _own_storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "pöytäkirja.pdf", "application/pdf"),
        (PNG, "kuva.PNG", "image/png"),
        (JPEG, "kuva.jpg", "image/jpeg"),
        (JPEG, "kuva.jpeg", "image/jpeg"),
        (docx(), "muistio.docx", WORD),
        (odt(), "muistio.odt", "application/vnd.oasis.opendocument.text"),
    ],
)
def test_keep_file_takes_in_what_it_is(db: None, content: bytes, name: str, media_type: str):
    kept = keep_file(upload(content, name))
    sha256 = hashlib.sha256(content).hexdigest()
    assert (kept.sha256, kept.size, kept.name, kept.media_type) == (sha256, len(content), name, media_type)
    assert kept.path == f"{sha256[:2]}/{sha256}"
    with default_storage.open(kept.path) as stored:
        assert stored.read() == content


def test_keep_file_takes_in_a_document_with_pictures_and_tables(db: None):
    more = {"word/media/image1.png": PNG, "word/embeddings/taulukko.xlsx": b"PK", "word/printerSettings1.bin": b"\x00"}
    assert keep_file(upload(docx(**more), "muistio.docx")).media_type == WORD


def test_keep_file_keeps_the_same_content_once(db: None):
    first, second = keep_file(upload(PDF, "a.pdf")), keep_file(upload(PDF, "b.pdf"))
    assert (first.path, first.sha256) == (second.path, second.sha256)
    assert [file.name for file in File.objects.all()] == ["a.pdf", "b.pdf"]
    assert len(list(Path(default_storage.path("")).rglob("*/*"))) == 1


def test_keep_file_does_not_trust_a_torn_one_under_the_same_name(db: None):
    sha256 = hashlib.sha256(PDF).hexdigest()
    torn = Path(default_storage.path(f"{sha256[:2]}/{sha256}"))
    torn.parent.mkdir(parents=True)
    torn.write_bytes(PDF[:10])
    kept = keep_file(upload(PDF, "a.pdf"))
    with default_storage.open(kept.path) as stored:
        assert stored.read() == PDF


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "tyhja.pdf", "The file is empty."),
        (b"MZ\x90\x00" + b"\x00" * 200, "ohjelma.exe", "not a PDF, DOCX, ODT, PNG or JPEG"),
        (b"#!/bin/sh\nrm -rf /\n", "skripti.pdf", "not a PDF, DOCX, ODT, PNG or JPEG"),
        (b"<html><script>alert(1)</script></html>", "sivu.pdf", "not a PDF, DOCX, ODT, PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kuva.png", "not a PDF, DOCX, ODT, PNG or JPEG"),
        (b"junk before\n" + PDF, "a.pdf", "not a PDF, DOCX, ODT, PNG or JPEG"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "vanha.docx", "not a PDF, DOCX, ODT, PNG or JPEG"),
        (zipped({"ohjelma.exe": b"MZ"}), "paketti.docx", "not a PDF, DOCX, ODT, PNG or JPEG"),
        (b"PK\x03\x04" + b"\x00" * 50, "rikki.docx", "not a PDF, DOCX, ODT, PNG or JPEG"),
        (docx()[:45] + b"\xff" * 20 + docx()[65:], "revitty.docx", "not a PDF, DOCX, ODT, PNG or JPEG"),
        (PDF, "kuva.png", "The name “kuva.png” does not fit the content, which is PDF."),
        (PNG, "kuva.pdf", "The name “kuva.pdf” does not fit the content, which is PNG."),
        (PDF, "poytakirja", "does not fit the content, which is PDF."),
        (docx(), "muistio.odt", "does not fit the content, which is DOCX."),
        (docx(**{"word/vbaProject.bin": b"\x00"}), "muistio.docx", "carries macros"),
        (
            zipped({"[Content_Types].xml": TYPES.format(kind=f"{WORD}.macroEnabled"), "word/document.xml": ""}),
            "muistio.docx",
            "carries macros",
        ),
        (docx(**{"word/embeddings/oleObject1.bin": b"\x00"}), "muistio.docx", "carries macros"),
        (docx(**{"word/embeddings/lasku.exe": b"MZ"}), "muistio.docx", "carries macros"),
        (odt(**{"Basic/Standard/Module1.xml": "<script/>"}), "muistio.odt", "carries macros"),
        (odt(**{"Scripts/python/makro.py": "print()"}), "muistio.odt", "carries macros"),
    ],
)
def test_keep_file_refuses(db: None, content: bytes, name: str, message: str):
    with pytest.raises(ValidationError) as refused:
        keep_file(upload(content, name))
    assert message in refused.value.messages[0]
    assert not File.objects.exists()
    assert not Path(default_storage.path("")).exists()


def test_keep_file_refuses_what_is_too_big(db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actions, "MAX_BYTES", 1_000_000)
    with pytest.raises(ValidationError, match=r"The file has 2 MB; at most 1 MB are taken in\."):
        keep_file(upload(PDF + b"\x00" * 1_000_000, "iso.pdf"))
    keep_file(upload(PDF.ljust(1_000_000, b"\x00"), "juuri-ja-juuri.pdf"))


def test_keep_file_reads_little_of_a_container_that_unpacks_to_much(db: None):
    bomb = zipped({"[Content_Types].xml": b"\x00" * 50_000_000, "word/document.xml": ""})
    assert len(bomb) < 100_000
    with pytest.raises(ValidationError, match="not a PDF"):
        keep_file(upload(bomb, "pommi.docx"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("pöytäkirja 14.5.2024.pdf", "pöytäkirja 14.5.2024.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\muistio.docx", "muistio.docx"),
        (".htaccess", "htaccess"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("rivi\nvaihto\x00.pdf", "rivivaihto.pdf"),
        ('a<b>:"c"|?*.pdf', "abc.pdf"),
        ("  paljon    tilaa .pdf", "paljon tilaa.pdf"),
        ("", "file"),
        ("...", "file"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
    ],
)
def test_safe_name_is_safe(name: str, shown: str):
    assert safe_name(name) == shown


@given(st.text(max_size=300))
def test_safe_name_never_leaves_its_folder(name: str):
    shown = safe_name(name)
    assert 0 < len(shown) <= 100
    assert not set(shown) & set('/\\<>:"|?*\x00\n\r')
    assert not shown.startswith(".")
    assert safe_name(shown) == shown

"""What the tests of the pages share: where the pages are, what is sent to them, what is read on them."""

from __future__ import annotations

import re
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from yhdyspinta.papers.models import File

AT = "/en/koe/kirjaukset/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def text(response):
    """The page's words, white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def token():
    return str(uuid.uuid4())


def found(pattern, response):
    """The first group of a pattern that the page must hold."""
    match = re.search(pattern, response.content.decode(), re.DOTALL)
    assert match, pattern
    return match[1]


def upload(name="muistio.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def pdf():
    return File.objects.create(sha256="0" * 64, size=1, name="muistio.pdf", media_type="application/pdf", path="00/0")

"""What a hostile draft or file costs and reaches: never more than an honest one."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from yhdyspinta.authoring.actions import begin_draft, begin_from_document, files_of, let_in, let_out
from yhdyspinta.authoring.intake import WORK
from yhdyspinta.authoring.reading import read_pasted
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.papers.models import File
from yhdyspinta.tasks.actions import enqueue
from yhdyspinta.tasks.doing import do_due
from yhdyspinta.tasks.models import Task

pytestmark = pytest.mark.django_db


def page(name, **kwargs):
    with translation.override("en"):
        return reverse(f"authoring:{name}", kwargs=kwargs)


@pytest.mark.parametrize("id", ['a"; filename="b.html', "a\\r\\nX-Other: b", "../../a", "ä€", "a" * 5000])
def test_the_name_of_the_files_that_are_taken_along_is_a_plain_one(administrator, signed_in, id):
    sources = {"fi": f'---\nid: "{id.replace(chr(34), chr(92) + chr(34))}"\n---\n', "sv": "---\nlanguage: sv\n---\n"}
    draft = begin_draft(sources, name="Luonnos", by=administrator)
    answer = signed_in(administrator).get(page("download", draft=draft.pk))
    assert answer.status_code == 200
    before, name, after = answer["Content-Disposition"].split('"')
    assert (before, after) == ("attachment; filename=", "")
    assert name.removesuffix(".zip").replace("-", "").isalnum()
    assert len(name) < 100


def packed(content, *, by=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", by) as container:
        container.writestr("agreement.fi.md", content)
    return bytearray(out.getvalue())


def test_a_container_that_lies_about_its_sizes_takes_no_memory():
    container = packed(b"a" * 50_000_000)
    listed = container.index(b"PK\x01\x02") + 24
    container[listed : listed + 4] = (1000).to_bytes(4, "little")
    tracemalloc.start()
    with pytest.raises(ValidationError):
        files_of([("a.zip", bytes(container))])
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_container_damaged_in_any_packing_is_refused():
    for by in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        container = packed(b"abc" * 1000, by=by)
        begins = container.index(b"agreement.fi.md") + 21
        container[begins : begins + 14] = b"\xff" * 14
        with pytest.raises(ValidationError):
            files_of([("a.zip", bytes(container))])


@pytest.mark.parametrize("content", [b" \r\n%PDF-1.7\n%%EOF", b"PK\x05\x06" + bytes(18)])
def test_what_takes_long_to_read_is_never_read_while_a_page_waits(administrator, signed_in, content):
    sent = {"file": SimpleUploadedFile("a.txt", content), "name": "Luonnos"}
    answer = signed_in(administrator).post(page("begin-by", way="tiedosto"), sent)
    assert answer.status_code == 422
    assert "not a PDF, DOCX, ODT" in answer.content.decode()


@pytest.mark.parametrize("unit", ["[", "- a\n", "## a {#a}\n", "|a", "[a](", "`a ``b "])
def test_what_is_mostly_marks_is_refused_before_it_is_read(administrator, unit):
    hostile = unit * (900_000 // len(unit))
    begun = time.process_time()
    with pytest.raises(ValidationError):
        files_of([("agreement.fi.md", hostile.encode())])
    with pytest.raises(ValidationError):
        begin_draft({"fi": hostile}, name="Luonnos", by=administrator)
    assert time.process_time() - begun < 2


def test_a_draft_has_so_many_files_and_no_more(administrator):
    with pytest.raises(ValidationError):
        begin_draft({f"liite-{number}.fi": "" for number in range(41)}, name="Luonnos", by=administrator)


def test_a_text_of_thousands_of_headings_is_refused(administrator):
    document = read_pasted("Otsikko\n\nTeksti tässä on.\n\n" * 2001)
    with pytest.raises(ValidationError):
        begin_from_document(document, name="Luonnos", by=administrator)


def test_a_file_that_cannot_be_read_is_not_kept(administrator, django_capture_on_commit_callbacks):
    kept = keep_file(ContentFile(b"%PDF-1.7\n%%EOF", name="a.pdf"))
    enqueue(work=WORK, arguments={"file": kept.pk, "name": "A", "account": administrator.pk}, title="a", account=None)
    with django_capture_on_commit_callbacks(execute=True):
        do_due()
    assert Task.objects.get().refusal
    assert not File.objects.exists()
    assert not default_storage.exists(kept.path)


def test_whoever_was_let_out_meanwhile_adds_no_annex(draft, administrator, county_coordinator):
    let_in(draft, county_coordinator.email, by=administrator)
    out = io.BytesIO()
    paper = docx.Document()
    paper.add_heading("Suunnitelma", 1)
    paper.add_paragraph("Teksti.")
    paper.save(out)
    kept = keep_file(ContentFile(out.getvalue(), name="a.docx"))
    arguments = {"file": kept.pk, "name": "Suunnitelma", "account": county_coordinator.pk, "annex_of": draft.pk}
    enqueue(work=WORK, arguments=arguments, title="a", account=county_coordinator.pk)
    let_out(draft, county_coordinator.pk, by=administrator)
    do_due()
    assert Task.objects.get().refusal
    draft.refresh_from_db()
    assert draft.version == 1


@pytest.mark.parametrize("id", ["hyvä", "a b", "a/b", "[]", "x?y#z", ""])
def test_a_draft_shows_its_pages_whatever_its_ids_are(administrator, signed_in, id):
    source = f"---\nid: a\nlanguage: fi\n---\n\n# O {{#o}}\n\n## K {{#k}}\n\nTeksti.\n\n```yaml duty\nid: '{id}'\n```\n"
    thing = begin_draft({"fi": source}, name="Asia", by=administrator)
    clause = begin_draft({"fi": source.replace("{#k}", f"{{#{id}}}" if id else "")}, name="Kohta", by=administrator)
    browser = signed_in(administrator)
    for name in ("draft", "text", "things", "check", "files", "proposals", "front"):
        assert browser.get(page(name, draft=thing.pk)).status_code == 200, name
        assert browser.get(page(name, draft=clause.pk)).status_code == 200, name
    seen = 200 if id else 404
    assert browser.get(page("block", draft=thing.pk, kind="duty", thing=id)).status_code == seen
    assert browser.get(page("block", draft=thing.pk, kind="duty", thing=id).replace("~", "~ff")).status_code != 500


def test_a_number_without_end_breaks_no_page(administrator, signed_in):
    source = f"---\nid: 0x{'f' * 5000}\nlanguage: fi\ntitle: 0x{'f' * 5000}\n---\n\n# O {{#o}}\n\n## K {{#k}}\n"
    draft = begin_draft({"fi": source, "sv": "---\nlanguage: sv\n---\n"}, name="Luonnos", by=administrator)
    for name in ("draft", "text", "things", "check", "files", "download"):
        assert signed_in(administrator).get(page(name, draft=draft.pk)).status_code == 200, name

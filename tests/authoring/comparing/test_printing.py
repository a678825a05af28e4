from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import override
from docx.oxml.ns import qn
from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from yhdyspinta.agreement import parse_agreement
from yhdyspinta.agreement.compare import compare
from yhdyspinta.authoring.comparing.printing import print_comparison, to_docx, to_pdf
from yhdyspinta.authoring.comparing.words import tell
from yhdyspinta.papers.models import File

MADE = dt.date(2026, 11, 24)
HYPHENS = re.compile("\u00ad\\s*")


class Steps:
    """What a task says of its progress, kept."""

    def __init__(self):
        self.said = []

    def step(self, done, total):
        self.said.append((done, total))


@pytest.fixture(autouse=True)
def _in_finnish():
    with translation.override("fi"):
        yield


@pytest.fixture
def told(found):
    return tell(found, "fi", before="Sopimus 2023", after="Sopimus 2026", party="luhanka")


def words_of(pdf):
    return " ".join(HYPHENS.sub("", extract_text(io.BytesIO(pdf))).split())


def catalog_of(pdf):
    return PDFDocument(PDFParser(io.BytesIO(pdf))).catalog


def test_pdf_says_what_changes_for_the_party(told):
    words = words_of(to_pdf(told, language="fi", made=MADE))
    for said in ("Sopimus 2023", "Sopimus 2026", "Luhanka", "Luhangan kunta", "kahdesti", "1.1.2026", "24.11.2026"):
        assert said in words
    assert "INVENTED" not in words.upper()


def test_pdf_is_tagged_and_names_its_language_title_and_standards(told):
    pdf = to_pdf(told, language="sv", made=MADE)
    catalog = catalog_of(pdf)
    assert resolve1(catalog["Lang"]) == b"sv-FI"
    assert resolve1(resolve1(catalog["MarkInfo"])["Marked"]) is True
    assert resolve1(resolve1(catalog["ViewerPreferences"])["DisplayDocTitle"]) is True
    assert "StructTreeRoot" in catalog
    xmp = resolve1(catalog["Metadata"]).get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "Luhanka" in xmp


def test_same_comparison_gives_the_same_pdf(told):
    assert to_pdf(told, language="fi", made=MADE) == to_pdf(told, language="fi", made=MADE)


def test_invented_example_says_so_on_paper(told):
    example = replace(told, example=True)
    with translation.override("en"):
        assert "EXAMPLE – the records are invented" in words_of(to_pdf(example, language="en", made=MADE))
        read = docx.Document(io.BytesIO(to_docx(example, language="en", made=MADE)))
    assert read.paragraphs[0].text == "EXAMPLE – the records are invented"


def test_word_file_has_headings_a_language_and_a_title(told):
    read = docx.Document(io.BytesIO(to_docx(told, language="sv", made=MADE)))
    styles = [paragraph.style and paragraph.style.name for paragraph in read.paragraphs]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2"} <= set(styles)
    assert read.core_properties.language == "sv-FI"
    assert "Luhanka" in read.core_properties.title
    defaults = next(read.styles.element.iter(qn("w:rPrDefault")))
    assert [lang.get(qn("w:val")) for lang in defaults.iter(qn("w:lang"))] == ["sv-FI"]
    assert "24.11.2026" in read.sections[0].header.paragraphs[0].text


def test_word_file_marks_words_by_style_and_repeats_the_heads_of_tables(told):
    read = docx.Document(io.BytesIO(to_docx(told, language="fi", made=MADE)))
    runs = {run.style.name: run.text for paragraph in read.paragraphs for run in paragraph.runs}
    assert "kahdesti" in runs["Added words"]
    assert "kerran" in runs["Removed words"]
    assert read.styles["Added words"].font.underline
    assert read.styles["Added words"].font.bold
    assert read.styles["Removed words"].font.strike
    for table in read.tables:
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")


def test_clause_that_is_left_out_whole_is_read_without_marks(keski_suomi_text):
    charter = parse_agreement(keski_suomi_text)
    part = charter.parts[1]
    parts = (charter.parts[0], replace(part, clauses=part.clauses[1:]), *charter.parts[2:])
    told = tell(compare(charter, replace(charter, parts=parts)), "fi", before="A", after="B")
    read = docx.Document(io.BytesIO(to_docx(told, language="fi", made=MADE)))
    gone = [run.text for paragraph in read.paragraphs for run in paragraph.runs if run.style.name == "Removed words"]
    assert gone == [part.clauses[0].title.fi]
    assert "Osapuolet palvelevat samoja asukkaita" in words_of(to_pdf(told, language="fi", made=MADE))


def test_task_makes_the_pdf_and_keeps_it(both, small_municipality_clerk):
    steps = Steps()
    asked = {"before": both["ennen"], "after": both["jalkeen"], "party": "luhanka"}
    with override("sv"):  # as the worker does: a task's language is that of who asked
        result = print_comparison(steps, **asked, account=small_municipality_clerk.pk)
    file = File.objects.get(pk=result["file"])
    assert file.media_type == "application/pdf"
    with default_storage.open(file.path) as kept:
        assert resolve1(catalog_of(kept.read())["Lang"]) == b"sv-FI"
    assert steps.said[-1] == (3, 3)


def test_task_refuses_a_text_that_is_gone(both):
    asked = {"before": "ei-ole@2023-01-01", "after": both["jalkeen"], "party": ""}
    with pytest.raises(ValidationError):
        print_comparison(Steps(), **asked)
    assert not File.objects.exists()

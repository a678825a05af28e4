from __future__ import annotations

import datetime as dt
import io

import docx

from yhdyspinta.printing.docx import WordDocument
from yhdyspinta.printing.head import Head

HEAD = Head(made="Tehty 24.11.2026", footer="Alatunniste")


def written(write, language="fi"):
    paper = WordDocument("Otsikko", language=language, made=dt.date(2026, 11, 24), head=HEAD)
    write(paper)
    return docx.Document(io.BytesIO(paper.save()))


def test_document_carries_its_head_and_foot_on_every_page():
    read = written(lambda paper: paper.paragraph("Teksti"))
    section = read.sections[0]
    assert section.header.paragraphs[0].text == "Yhdyspinta · Tehty 24.11.2026"
    assert section.footer.paragraphs[0].text == "Alatunniste"
    assert [paragraph.text for paragraph in read.paragraphs] == ["Otsikko", "Teksti"]


def test_signs_that_word_cannot_open_are_left_out():
    read = written(lambda paper: paper.item("yksi\x00\x0bkaksi\ufffe"))
    assert read.paragraphs[1].text == "yksikaksi"


def test_every_row_of_a_table_is_there():
    read = written(lambda paper: paper.table(["A", "B"], [["1", [("gone", "2"), ("added", "3")]], ["4", "5"]]))
    rows = [[cell.text for cell in row.cells] for row in read.tables[0].rows]
    assert rows == [["A", "B"], ["1", "2 3"], ["4", "5"]]


def test_english_documents_are_set_in_british_english():
    assert written(lambda paper: None, "en").core_properties.language == "en-GB"

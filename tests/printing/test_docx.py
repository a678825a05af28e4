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


def test_numbered_lists_are_words_own_and_each_begins_from_one():
    def write(paper):
        paper.numbered(["yksi", [("same", "kaksi"), ("added", "lisää")]])
        paper.numbered(["toinen yksi"])

    read = written(write)
    items = read.paragraphs[1:]
    assert [item.text for item in items] == ["yksi", "kaksi lisää", "toinen yksi"]
    assert {item.style.name for item in items} == {"List Number"}
    first, second, third = (item._p.pPr.numPr.numId.val for item in items)
    assert first == second != third
    numbering = read.part.numbering_part.element
    for number in (first, third):
        assert numbering.num_having_numId(number).xpath("w:lvlOverride/w:startOverride/@w:val") == ["1"]


def test_opening_stands_above_the_title_and_the_first_page_has_a_foot_alone():
    head = Head(made="24.11.2026", footer="Alatunniste", house="Luhangan kunta")
    paper = WordDocument(
        "Otsikko", language="fi", made=dt.date(2026, 11, 24), head=head, opening=["Luhangan kunta\tKirje\nPL 1\t24.11."]
    )
    read = docx.Document(io.BytesIO(paper.save()))
    assert [paragraph.text for paragraph in read.paragraphs] == ["Luhangan kunta\tKirje\nPL 1\t24.11.", "Otsikko"]
    section = read.sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    assert section.first_page_footer.paragraphs[0].text == "Alatunniste"
    assert section.header.paragraphs[0].text == "Luhangan kunta · 24.11.2026"
    assert read.core_properties.author == "Luhangan kunta"


def test_english_documents_are_set_in_british_english():
    assert written(lambda paper: None, "en").core_properties.language == "en-GB"

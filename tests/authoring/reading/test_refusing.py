"""What cannot be read, and what is said of it; whatever comes, nothing else happens."""

from __future__ import annotations

import io
import time
import zipfile

import docx as python_docx
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.authoring.reading import samples
from tests.authoring.reading.samples import W, docx, odt, outcome, par, zipped
from yhdyspinta.authoring.reading import (
    LIMITS,
    NOTES,
    CannotRead,
    Limits,
    read_document,
    read_pasted,
)
from yhdyspinta.authoring.reading.refusing import MESSAGES

TEXT = "Kunta vastaa palveluista."
WORD = docx(par(TEXT))
OPEN = odt(f"<text:p>{TEXT}</text:p>")
CELL = "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
WIDE = '<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr></w:tc>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refused(content, limits=LIMITS):
    with pytest.raises(CannotRead) as raised:
        read_document(content, limits)
    return raised.value.code


def changed(content, **parts):
    """Return a container with parts put in place of others."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    return zipped(held | {name.replace("__", "/").replace("_dot_", "."): text for name, text in parts.items()})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (docx(par("  ")), "empty"),
        (odt("<text:p/>"), "empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected"),
        (OLE + "WordDocument".encode("utf-16-le"), "old-format"),
        (b"{\\rtf1\\ansi Kunta}", "old-format"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "picture"),
        (b"<!DOCTYPE html><p>Kunta</p>", "other-format"),
        (b"\x7fELF\0\0\1\2\3" * 9, "not-a-document"),
        (bytes(range(1, 32)) * 20, "not-a-document"),
        (b"\xff\xfeK\0u", "not-a-document"),
        (zipped({"a.txt": "Kunta"}), "not-a-document"),
        (zipped({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<Types/>"}), "other-format"),
        (zipped({"mimetype": "application/epub+zip"}), "other-format"),
        (docx(par(TEXT), kind="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (changed(WORD, word__vbaProject_dot_bin="x"), "macros"),
        (changed(OPEN, Basic__Standard__a_dot_xml="<a/>"), "macros"),
        (changed(OPEN, **{"META-INF__manifest_dot_xml": "<manifest:encryption-data/>"}), "protected"),
        (changed(WORD, word__document_dot_xml="<w:document"), "broken"),
        (changed(WORD, word__document_dot_xml="<a/>"), "broken"),
        (changed(WORD, word__document_dot_xml="x".encode("utf-16")), "broken"),
        (changed(OPEN, content_dot_xml="<a/>"), "broken"),
        (changed(WORD, word__document_dot_xml=f"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document {W}/>"), "declarations"),
        (changed(OPEN, styles_dot_xml="<!DOCTYPE a><a/>"), "declarations"),
        (WORD[:-40], "broken"),
        (b"PK\x03\x04" + b"x" * 99, "broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(content, code):
    assert refused(content) == code


def test_a_declaration_that_another_encoding_hides_is_found():
    hidden = b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a><a/>"
    assert refused(changed(WORD, word__document_dot_xml=hidden)) in {"broken", "declarations"}


def test_a_file_that_is_protected_says_so_even_where_its_directory_can_be_read():
    content = bytearray(WORD)
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refused(bytes(content)) == "protected"


def test_eighty_megabytes_are_refused_without_being_looked_at():
    content = b"PK" + bytes(80 * 1024 * 1024)
    begun = time.process_time()
    assert refused(content) == "too-big"
    assert time.process_time() - begun < 0.05


@pytest.mark.parametrize(
    "content",
    [
        zipped({"[Content_Types].xml": "wordprocessingml.document.main+xml", "word/document.xml": b" " * 30_000_000}),
        changed(WORD, word__media__a_dot_png=b"\0" * 210 * 1024 * 1024),
        changed(WORD, word__document_dot_xml=f"<w:document {W}>{'<w:p/>' * 2_000_001}</w:document>"),
        zipped({f"a{at}": "" for at in range(2_001)}),
    ],
    ids=["a part", "the whole", "tags", "members"],
)
def test_what_unpacks_to_too_much_is_refused_soon(content):
    begun = time.process_time()
    assert refused(content) == "bomb"
    assert time.process_time() - begun < 2


def test_a_text_that_is_too_long_is_refused():
    limits = Limits(letters=100)
    assert refused(docx(par("kunta " * 50)), limits) == "too-long"
    assert refused(b"kunta " * 50, limits) == "too-long"
    few = Limits(lines=10)
    assert refused(docx(par("kunta") * 11), few) == "too-many-lines"
    assert refused(docx(par("kunta\n" * 11)), few) == "too-many-lines"
    assert refused(b"kunta\n" * 11, few) == "too-many-lines"


def test_elements_nested_without_end_are_refused():
    deep = f"<w:document {W}><w:body>{'<w:ins>' * 5000}{'</w:ins>' * 5000}</w:body></w:document>"
    assert refused(changed(WORD, word__document_dot_xml=deep)) == "broken"


@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:r>"
        + '<w:fldChar w:fldCharType="begin"/>' * 50_000
        + "<w:t>a</w:t>" * 50_000
        + '<w:fldChar w:fldCharType="end"/>' * 50_000
        + "</w:r></w:p>",
        f"<w:tbl><w:tr>{CELL * 20_000}</w:tr>{f'<w:tr>{CELL}</w:tr>' * 20_000}</w:tbl>",
        f"<w:tbl><w:tr>{WIDE * 100}</w:tr></w:tbl>" * 500 + par(TEXT),
        par("kunta" * 200_000),
        par("kunta-\n" * 50_000),
        par("." * 500_000 + "x"),
        par("\t" * 500_000 + "x"),
        par(" " * 500_000 + "x"),
    ],
    ids=["fields", "cells", "spans", "word", "lines", "dots", "tabs", "spaces"],
)
def test_a_hostile_file_costs_no_more_than_a_long_one(body):
    begun = time.process_time()
    assert outcome(read_document, docx(body)) in {"read", "bomb", "empty"}
    assert time.process_time() - begun < 8


@pytest.mark.parametrize(
    "text",
    [
        "kunta" * 300_000,
        "kunta-\n" * 50_000,
        "a\n" * 60_000,
        "# a" + " " * 500_000 + "b",
        "1.\n" * 60_000,
        "1. A\n" * 60_000,
        "K a\n\n" * 30_000,
    ],
    ids=["word", "hyphens", "lines", "heading", "numbers", "items", "headings"],
)
def test_a_hostile_text_costs_no_more_than_a_long_one(text):
    begun = time.process_time()
    assert outcome(read_pasted, text) in {"read", "empty"}
    assert time.process_time() - begun < 8


def test_every_reason_and_note_has_its_words():
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            for code in MESSAGES:
                said = str(CannotRead(code, "7"))
                assert said
                assert "%" not in said
            assert all(str(note) for note in NOTES.values())
    assert str(CannotRead("no-text", 12)).startswith("The PDF has 12 pages")


# Whatever comes


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_whatever_bytes_come_they_are_read_or_refused(content):
    assert outcome(read_document, content) in {"read", *MESSAGES}


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_whatever_is_pasted_is_read_or_refused(text):
    assert outcome(read_pasted, text) in {"read", "empty", "lost-letters"}


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([WORD, OPEN]), st.integers(0, 5000), st.binary(min_size=1, max_size=20))
def test_a_file_that_was_damaged_is_read_or_refused(content, at, junk):
    at %= len(content)
    content = content[:at] + junk + content[at + len(junk) :]
    assert outcome(read_document, content) in {"read", *MESSAGES}


NAMES = [
    *("p", "r", "t", "tab", "br", "tbl", "tr", "tc", "tcPr", "gridSpan", "vMerge", "pPr", "pStyle", "numPr", "ilvl"),
    *("numId", "outlineLvl", "ins", "del", "sdt", "sdtContent", "rPr", "b", "sz", "u", "fldChar", "instrText"),
    *("hyperlink", "txbxContent", "drawing", "footnoteReference", "lvl", "num", "abstractNum", "style", "basedOn"),
]


def element(children):
    return st.builds(
        lambda name, value, inside: (
            f'<w:{name} w:val="{value}" w:id="{value}" w:fldCharType="begin">{"".join(inside)}</w:{name}>'
        ),
        st.sampled_from(NAMES),
        st.sampled_from(["", "1", "0", "-1", "99999999999", "continue", "a", "²", "9"]),
        st.lists(children, max_size=4),
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.recursive(st.sampled_from(["Kunta", "1. ", ""]), element, max_leaves=20), min_size=1, max_size=5))
def test_whatever_a_word_file_holds_it_is_read_or_refused(body):
    said = "".join(body)
    content = docx(said, numbering=said, styles=said, footnotes=said)
    assert outcome(read_document, content) in {"read", *MESSAGES}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(st.from_regex(r"[a-zåäö]{2,12}", fullmatch=True), min_size=1, max_size=30), min_size=1, max_size=12
    )
)
def test_a_text_that_is_written_to_word_keeps_its_words_in_order(paragraphs):
    file = python_docx.Document()
    for words in paragraphs:
        file.add_paragraph(" ".join(words))
    out = io.BytesIO()
    file.save(out)
    read = samples.read(out.getvalue())
    assert [word for *_rest, number, text in read for word in f"{number} {text}".split()] == [
        word for words in paragraphs for word in words
    ]


def test_a_text_of_twenty_megabytes_is_refused_at_once():
    begun = time.process_time()
    assert refused("Ã¤".encode() * 5_000_000) == "too-long"
    assert time.process_time() - begun < 2

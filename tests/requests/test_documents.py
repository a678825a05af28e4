from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import docx
import pytest
from django.utils.translation import override
from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from yhdyspinta.requests.documents import (
    DecisionDraft,
    Letter,
    NominationAsked,
    Receipt,
    decision_docx,
    decision_text,
    letter_docx,
    letter_pdf,
    letter_text,
    receipt_docx,
    receipt_pdf,
)

MADE = dt.date(2026, 8, 10)
DAY = "10\u00a0Aug\u00a02026"
HYPHENS = re.compile("\u00ad\\s*")
PARTIES = tuple(f"{name}n kunta" for name in ("Joutsa", "Kinnula", "Laukaa", "Luhanka", "Multia", "Toivakka") * 4)
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
EVIL = "a\x00\x1b\x85\u2028\u202e\r\n😀 中文 \ue000 #panic() *x* $y$ <b>&amp; "

ASKED = NominationAsked(
    group="Lasten, nuorten ja perheiden työryhmä",
    task="Valmistelee hyvinvointisuunnitelman yhteiset tavoitteet.",
    term="1.10.2026–31.5.2029",
    seats=("2 jäsentä", "1 asiantuntija"),
    deputies="Kullekin jäsenelle nimetään varajäsen.",
    balance="Pyydetään nimeämään sekä nainen että mies.",
    data=("nimi", "nimike", "sähköposti"),
    privacy="Tietoja käsitellään kokoonpanojen ylläpitämiseksi.",
)
LETTER = Letter(
    language="en",
    made=MADE,
    heading="Nimeämispyyntö",
    title="Jäsenten nimeäminen työryhmään",
    sender="Keski-Suomen hyvinvointialue",
    sender_lines=("PL 40, 40101 Jyväskylä", "kirjaamo@hyvaks.fi"),
    register_number="1163/00.01.01.04/2026",
    recipient="Luhangan kunta",
    recipients=PARTIES,
    basis="Puitesopimuksen kohta 5.4",
    background=("Aluehallitus asettaa työryhmät.", "Työryhmä aloittaa lokakuussa."),
    questions=("Ketkä nimetään?", "Kuka on yhteyshenkilö?"),
    nomination=ASKED,
    deadline="viimeistään 15.9.2026 klo 16.00",
    reply_to=("Linkillä, joka on saateviestissä.",),
    contact=("Aino Aaltonen, aluekoordinaattori", "040 123 4567"),
    attachments=("Liite 1 Tehtävänkuvaus.pdf",),
    example="",
)
BARE = replace(
    LETTER, sender_lines=(), register_number="", recipient="", recipients=(), basis="", background=(), questions=(),
    nomination=None, deadline="", reply_to=(), contact=(), attachments=(),
)  # fmt: skip
DRAFT = DecisionDraft(
    language="en",
    made=MADE,
    organ="Kunnanhallitus",
    title="Jäsenten nimeäminen työryhmään",
    register_number="230/00.04.01/2026",
    background=("Hyvinvointialue pyytää nimeämään jäsenet.",),
    proposal=("Kunnanhallitus nimeää jäseniksi ___.", "Kunnanhallitus ilmoittaa nimeämisestä."),
    delivery=("Keski-Suomen hyvinvointialue, kirjaamo",),
    example="",
)
RECEIPT = Receipt(
    language="en",
    made=dt.date(2026, 11, 24),
    number="V-2026-0143",
    request_title="Jäsenten nimeäminen työryhmään",
    request_kind="Nimeämispyyntö",
    register_number="1163/00.01.01.04/2026",
    party="Luhangan kunta",
    outcome="Nimetty",
    given="24.11.2026 klo 9.15",
    given_by="Liisa Luhankalainen, hallintosihteeri",
    late="Vastaus annettiin määräajan jälkeen.",
    decision=(("Toimielin", "Kunnanhallitus"), ("Pykälä", "§ 212")),
    replies=(("Kuka on yhteyshenkilö?", "Matti Meikäläinen"), ("Muuta?", "")),
    nominees=(
        ("Liisa Luhankalainen", "sivistysjohtaja", "liisa.luhankalainen-pitkasukuniminen@luhanka.fi"),
        ("Matti",),
    ),
    nominee_head=("Nimi", "Nimike", "Sähköposti"),
    attachments=(("Ote 16.11.2026 § 212.pdf", HASH),),
    note="Päätös on kunnan omassa järjestelmässä.",
    example="",
)
NOTHING = replace(
    RECEIPT, number="", request_kind="", register_number="", party="", outcome="", given="", given_by="", late="",
    decision=(), replies=(), nominees=(), nominee_head=(), attachments=(), note="",
)  # fmt: skip


def words_of(pdf):
    return " ".join(HYPHENS.sub("", extract_text(io.BytesIO(pdf))).replace("\u200b", "").split())


def catalog_of(pdf):
    return PDFDocument(PDFParser(io.BytesIO(pdf))).catalog


def opened(content):
    return docx.Document(io.BytesIO(content))


def headings(read):
    return [paragraph.text for paragraph in read.paragraphs if paragraph.style.name == "Heading 1"]


def in_order(text, *parts):
    at = [text.index(part) for part in parts]
    assert at == sorted(at)


# The letter


def test_letter_says_all_that_was_given_to_it():
    words = words_of(letter_pdf(LETTER))
    given = (
        LETTER.heading, LETTER.title, LETTER.sender, *LETTER.sender_lines, "10 Aug 2026", LETTER.register_number,
        LETTER.recipient, LETTER.basis, *LETTER.background, LETTER.deadline, *LETTER.reply_to, *LETTER.contact,
        *LETTER.attachments, ASKED.group, ASKED.task, ASKED.term, *ASKED.seats, ASKED.deputies, ASKED.balance,
        *ASKED.data, ASKED.privacy, "24 recipients",
    )  # fmt: skip
    for said in given:
        assert said in words
    assert words.count("Multian kunta") == 4
    assert "1. Ketkä nimetään? 2. Kuka on yhteyshenkilö?" in words


@pytest.mark.parametrize(("language", "tag"), [("fi", b"fi-FI"), ("sv", b"sv-FI"), ("en", b"en-GB")])
def test_letter_is_an_archivable_accessible_file_in_its_own_language(language, tag):
    with override("sv"):
        catalog = catalog_of(letter_pdf(replace(LETTER, language=language)))
    assert resolve1(catalog["Lang"]) == tag
    assert resolve1(resolve1(catalog["MarkInfo"])["Marked"]) is True
    assert "StructTreeRoot" in catalog
    xmp = resolve1(catalog["Metadata"]).get_data().decode()
    for said in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", LETTER.title, LETTER.sender):
        assert said in xmp


def test_headings_are_in_the_language_of_the_letter_not_of_who_makes_it():
    with override("en"):
        assert "Määräaika" in letter_text(replace(LETTER, language="fi"))
    with override("fi"):
        assert "Deadline" in letter_text(LETTER)


def test_same_letter_gives_the_same_file():
    assert letter_pdf(LETTER) == letter_pdf(LETTER)


def test_letter_goes_in_the_order_of_such_letters():
    order = (
        LETTER.sender, DAY, LETTER.register_number, LETTER.recipient, LETTER.title, "Background", LETTER.basis,
        "What is asked", ASKED.group, ASKED.balance, "1. Ketkä", "2. Kuka", "Deadline", LETTER.deadline,
        LETTER.reply_to[0], ASKED.data[0], ASKED.privacy, "Contact", "Attachments", "Distribution", PARTIES[-1],
    )  # fmt: skip
    in_order(letter_text(LETTER), *order)


def test_plain_letter_numbers_the_questions_and_parts_its_paragraphs():
    text = letter_text(LETTER)
    assert "\n\n1. Ketkä nimetään?\n\n2. Kuka on yhteyshenkilö?\n\n" in text
    assert "\n\nAluehallitus asettaa työryhmät.\n\nTyöryhmä aloittaa lokakuussa.\n\n" in text
    assert "\n- nimi\n- nimike\n" in text
    assert "\n\n\n" not in text
    assert not re.search("[*#<>]|^ | $", text, re.MULTILINE)


def test_letter_in_word_has_a_numbered_list_headings_and_the_mark_at_the_right():
    read = opened(letter_docx(LETTER))
    numbered = [paragraph for paragraph in read.paragraphs if paragraph.style.name == "List Number"]
    assert [paragraph.text for paragraph in numbered] == list(LETTER.questions)
    assert all(paragraph._p.pPr.numPr.numId.val for paragraph in numbered)
    assert headings(read) == [
        "Background", "Basis in the agreement", "What is asked", "Deadline", "How to answer",
        "To be told of each person", "Personal data", "Contact", "Attachments", "Distribution",
    ]  # fmt: skip
    assert read.paragraphs[0].text.split("\n")[:2] == [
        "Keski-Suomen hyvinvointialue\tNimeämispyyntö",
        "PL 40, 40101 Jyväskylä\t" + DAY,
    ]
    assert [paragraph.text for paragraph in read.paragraphs if paragraph.style.name == "Title"] == [LETTER.title]
    assert (read.core_properties.language, read.core_properties.author) == ("en-GB", LETTER.sender)
    assert read.sections[0].header.paragraphs[0].text == f"{LETTER.sender} · {DAY} · {LETTER.register_number}"


def test_letter_to_one_names_no_others_at_its_top():
    words = words_of(letter_pdf(replace(LETTER, recipients=("Luhangan kunta",))))
    assert "named at the end" not in words


def test_statement_asked_for_has_nothing_of_nominations():
    text = letter_text(replace(LETTER, nomination=None))
    assert "Deputies" not in text
    assert "Personal data" not in text
    assert "What is asked\n\n1. Ketkä" in text


@pytest.mark.parametrize("letter", [BARE, replace(BARE, title="", sender=""), replace(BARE, nomination=replace(
    ASKED, group="", task="", term="", seats=(), deputies="", balance="", data=(), privacy=""
))])  # fmt: skip
def test_letter_of_nearly_nothing_is_still_one(letter):
    assert "10 Aug 2026" in words_of(letter_pdf(letter))
    assert headings(opened(letter_docx(letter))) == []
    assert letter_text(letter).endswith(f"{letter.title or letter.heading}\n")


# The draft of a decision


def test_draft_has_reasons_a_numbered_proposal_and_who_is_informed():
    text = decision_text(DRAFT)
    in_order(
        text, "Kunnanhallitus", "Draft decision", DAY, "230/00.04.01/2026", DRAFT.title, "Reasons",
        DRAFT.background[0], "Proposed decision\n\n1. Kunnanhallitus nimeää", "\n\n2. Kunnanhallitus ilmoittaa",
        "To be informed", DRAFT.delivery[0],
    )  # fmt: skip
    read = opened(decision_docx(DRAFT))
    assert headings(read) == ["Reasons", "Proposed decision", "To be informed"]
    assert [each.text for each in read.paragraphs if each.style.name == "List Number"] == list(DRAFT.proposal)


def test_draft_of_nothing_is_a_title():
    empty = replace(DRAFT, register_number="", background=(), proposal=(), delivery=())
    assert headings(opened(decision_docx(empty))) == []
    assert decision_text(empty).endswith(f"{DRAFT.title}\n")


# The receipt


def test_receipt_says_who_answered_what_and_when():
    words = words_of(receipt_pdf(RECEIPT))
    given = (
        RECEIPT.number, RECEIPT.request_title, RECEIPT.request_kind, RECEIPT.register_number, RECEIPT.party,
        RECEIPT.outcome, RECEIPT.given, RECEIPT.given_by, RECEIPT.late, "§ 212", "Kuka on yhteyshenkilö?",
        "Matti Meikäläinen", "Nimi", "sivistysjohtaja", RECEIPT.attachments[0][0], HASH, RECEIPT.note, "24 Nov 2026",
    )  # fmt: skip
    for said in given:
        assert said in words
    assert RECEIPT.nominees[0][2] in words


def test_receipt_is_archivable_and_its_table_has_a_head():
    pdf = receipt_pdf(replace(RECEIPT, language="sv"))
    assert resolve1(catalog_of(pdf)["Lang"]) == b"sv-FI"
    assert "<pdfuaid:part>1<" in resolve1(catalog_of(pdf)["Metadata"]).get_data().decode()
    document = PDFDocument(PDFParser(io.BytesIO(pdf)))
    objects = (document.getobj(number) for xref in document.xrefs for number in xref.get_objids())
    tags = [str(each["S"]) for each in objects if isinstance(each, dict) and "S" in each]
    assert tags.count("/'TH'") == 3
    assert tags.count("/'TR'") == 3


def test_receipt_in_word_has_the_persons_in_a_table():
    read = opened(receipt_docx(RECEIPT))
    rows = [[cell.text for cell in row.cells] for row in read.tables[0].rows]
    assert rows == [list(RECEIPT.nominee_head), list(RECEIPT.nominees[0]), ["Matti", "", ""]]
    assert [each.text for each in read.paragraphs if HASH in each.text] == [
        f"{RECEIPT.attachments[0][0]}\nSHA-256 {HASH}"
    ]
    assert "Question 2" in headings(read)


def test_receipt_of_nearly_nothing_is_still_one():
    assert RECEIPT.request_title in words_of(receipt_pdf(NOTHING))
    assert headings(opened(receipt_docx(NOTHING))) == []
    assert "Nimi" not in words_of(receipt_pdf(replace(NOTHING, nominee_head=("Nimi",))))


# All of them


def filled(thing, words):
    """Put words in the place of every text of a document."""
    if isinstance(thing, str):
        return words
    if isinstance(thing, tuple):
        return tuple(filled(each, words) for each in thing)
    if not hasattr(thing, "__dataclass_fields__"):
        return thing
    return replace(thing, **{
        name: filled(getattr(thing, name), words) for name in thing.__dataclass_fields__ if name != "language"
    })  # fmt: skip


@pytest.mark.parametrize(
    "words", [EVIL, "x" * 300, "https://example.org/" + "ä" * 200 + "@a.fi", " ", "a\n\nb\tc" * 40]
)
def test_whatever_people_write_a_file_is_made(words):
    letter, draft, receipt = (filled(each, words) for each in (LETTER, DRAFT, RECEIPT))
    for pdf in (letter_pdf(letter), receipt_pdf(receipt)):
        assert pdf.startswith(b"%PDF")
    for word in (letter_docx(letter), decision_docx(draft), receipt_docx(receipt)):
        assert opened(word).paragraphs
    for text in (letter_text(letter), decision_text(draft)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202e]", text)


def test_signs_of_markup_are_words():
    said = '#panic("ei") *ei* = ei $x$ \\ "ei" <b>'
    assert said in words_of(letter_pdf(replace(LETTER, background=(said,))))


def test_word_that_no_line_holds_stays_on_the_page():
    pdf = letter_pdf(replace(LETTER, background=("x" * 300,)))
    lines = extract_text(io.BytesIO(pdf)).splitlines()
    assert sum(line.count("x") for line in lines if set(line) <= {"x", "\u200b"}) == 300
    assert max(line.count("x") for line in lines) < 100


def test_long_answer_goes_on_to_the_next_page():
    pdf = receipt_pdf(replace(RECEIPT, replies=(("Mitä?", "Se on niin. " * 1200),)))
    pages = extract_text(io.BytesIO(pdf)).split("\f")[:-1]
    assert len(pages) >= 3
    assert words_of(pdf).count("niin.") == 1200
    assert all(RECEIPT.number in page for page in pages)


def test_invented_data_says_so_first():
    said = "EXAMPLE – the data is invented"
    assert said in words_of(letter_pdf(replace(LETTER, example=said)))
    assert said in words_of(receipt_pdf(replace(RECEIPT, example=said)))
    for content in (
        letter_docx(replace(LETTER, example=said)),
        decision_docx(replace(DRAFT, example=said)),
        receipt_docx(replace(RECEIPT, example=said)),
    ):
        assert opened(content).paragraphs[0].text == said
    for text in (letter_text(replace(LETTER, example=said)), decision_text(replace(DRAFT, example=said))):
        assert text.startswith(said)

"""PDF files with text."""

from __future__ import annotations

import resource
import time
import zlib

import pytest

from tests.authoring.reading.samples import notes, outcome, pdf, short
from yhdyspinta.authoring.reading import LIMITS, CannotRead, Limits, read_document

SENTENCES = (
    "Kunta ja hyvinvointialue tekevät yhteistyötä tämän sopimuksen mukaan ja arvioivat sen toimivuutta vuosittain. "
    "Yhteistyörakenteista sovitaan erikseen, ja Keski-Suomen liitto kutsuu foorumin koolle kerran vuodessa. "
    "Terveydenhuollon ammattihenkilöt osallistuvat yhdyspintatyöhön, jota yhteistyöryhmät koordinoivat säännöllisesti. "
)
PAGE = '#set page(paper: "a4")\n#set text(size: 11pt, lang: "fi", hyphenate: true)\n#set par(justify: true)\n'
HEAD = (
    "#set page(header: [Puitesopimus #h(1fr) 24.11.2026])\n"
    '#set page(footer: context [#h(1fr) #counter(page).display("1 (1)", both: true)])\n'
)


def heading(text, size=13):
    return f'#text(size: {size}pt, weight: "bold")[{text}]\n\n'


def test_lines_are_made_whole_and_words_that_were_divided_too():
    narrow = PAGE + "#set page(width: 8cm, height: 60cm)\n" + SENTENCES
    assert short(pdf(narrow)) == [f"t {SENTENCES.strip()}"]


def test_headings_are_told_by_their_letters_and_numbers():
    source = PAGE + heading("Puitesopimus yhteistyöstä", 20) + heading("1 Osapuolet", 15) + SENTENCES + "\n\n"
    source += heading("1.1 Kunnat", 12) + SENTENCES + "\n\n" + heading("2 Viestintä", 15) + SENTENCES
    assert short(pdf(source)) == [
        "T Puitesopimus yhteistyöstä",
        "h1 1 Osapuolet",
        f"t {SENTENCES.strip()}",
        "h2 1.1 Kunnat",
        f"t {SENTENCES.strip()}",
        "h1 2 Viestintä",
        f"t {SENTENCES.strip()}",
    ]


def test_running_heads_and_page_numbers_are_left_out_and_sentences_go_on_over_the_page():
    source = PAGE + HEAD + heading("Osapuolet") + SENTENCES * 40
    content = pdf(source)
    assert short(content) == ["h1 Osapuolet", f"t {(SENTENCES * 40).strip()}"]
    assert notes(content) == ("headers",)


def test_a_running_foot_is_known_though_its_number_grows():
    foot = "#set page(footer: context [Luonnos, sivu #counter(page).display() kaikista])\n"
    assert short(pdf(PAGE + foot + SENTENCES * 40)) == [f"t {(SENTENCES * 40).strip()}"]


def test_lines_that_begin_with_names_are_not_taken_for_paragraphs_where_lines_stand_far_apart():
    names = "Hankasalmen Joutsan Jyväskylän Jämsän Kannonkosken Karstulan Keuruun Kinnulan Kivijärven Konneveden "
    text = f"{SENTENCES}Osapuolina ovat {names * 5}kunnat."
    assert short(pdf(f"{PAGE}#set par(leading: 1.2em)\n{text}")) == [f"t {text}"]


@pytest.mark.parametrize("leading", ["0.5em", "0.65em", "1.2em"])
def test_paragraphs_are_parted_whatever_the_distance_of_lines(leading):
    source = PAGE + f"#set par(leading: {leading}, spacing: {leading} + 8pt)\n" + f"{SENTENCES}\n\n" * 3
    assert short(pdf(source)) == [f"t {SENTENCES.strip()}"] * 3


def test_bullets_and_numbers_that_stand_apart_belong_to_their_text():
    source = PAGE + SENTENCES + "\n\n- kunta\n- hyvinvointialue, joka vastaa\n\n+ ensin\n+ sitten\n\n" + SENTENCES
    assert short(pdf(source)) == [
        f"t {SENTENCES.strip()}",
        "i1 • kunta",
        "i1 • hyvinvointialue, joka vastaa",
        "i2 1 ensin",
        "i2 2 sitten",
        f"t {SENTENCES.strip()}",
    ]


def test_two_columns_are_read_one_after_the_other():
    source = PAGE + "#set page(columns: 2, height: 14cm)\n" + SENTENCES * 8
    assert " ".join(one.removeprefix("t ") for one in short(pdf(source))) == (SENTENCES * 8).strip()


def test_ligatures_are_letters_again():
    source = (
        PAGE
        + '#set text(font: "Libertinus Serif", ligatures: true, hyphenate: false)\n'
        + "Tämä on offisiaalinen affiinin finaali, joka on kelvollinen."
    )
    assert short(pdf(source)) == ["t Tämä on offisiaalinen affiinin finaali, joka on kelvollinen."]


def test_a_table_of_contents_is_left_out():
    source = (
        PAGE + "#outline(title: [Sisällys])\n#pagebreak()\n= Osapuolet\n" + SENTENCES + "\n= Viestintä\n" + SENTENCES
    )
    content = pdf(source)
    assert short(content) == ["h1 Osapuolet", f"t {SENTENCES.strip()}", "h1 Viestintä", f"t {SENTENCES.strip()}"]
    assert "contents" in notes(content)


def used():
    """Return the seconds of the processor that this process and those it started have used."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def test_thirty_pages_are_read_in_time():
    source = PAGE + HEAD + "".join(heading(f"{at} Kohta") + SENTENCES * 9 + "\n\n" for at in range(1, 46))
    content = pdf(source)
    begun = used()
    document = read_document(content)
    took = used() - begun
    words = sum(len(one.text.split()) for one in document.paragraphs)
    assert words > 12_000
    assert [one.number for one in document.paragraphs if one.kind == "heading"] == [str(at) for at in range(1, 46)]
    assert took < 6


# What cannot be read


def refused(content, limits=LIMITS):
    with pytest.raises(CannotRead) as raised:
        read_document(content, limits)
    return raised.value.code, raised.value.detail


def test_a_scanned_file_says_how_many_pages_have_no_text():
    assert refused(pdf("#rect()\n#pagebreak()\n#rect()\n#pagebreak()\n3")) == ("no-text", "3")


def test_too_many_pages_are_refused():
    assert refused(pdf(f"{SENTENCES}\n#pagebreak()\n" * 3), Limits(pages=2)) == ("too-many-pages", "2")


def hand_made(content_stream, more=b"", trailer=b""):
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<<" + more + b"/Length %d>>stream\n" % len(content_stream) + content_stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for at, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % at + content + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"trailer<</Size 6/Root 1 0 R" + trailer + b">>\nstartxref\n%d\n%%%%EOF" % start


def test_a_small_file_made_by_hand_is_read():
    assert short(hand_made(b"BT /F 12 Tf 50 700 Td (Kunta vastaa palveluista.) Tj ET")) == [
        "t Kunta vastaa palveluista."
    ]


@pytest.mark.parametrize(
    "stream",
    [
        b"BT /F 1e300 Tf 1e300 1e300 Td (Kunta vastaa palveluista.) Tj ET",
        b"1e200 0 0 1e200 0 0 cm 1e200 0 0 1e200 0 0 cm BT /F 12 Tf (Kunta vastaa palveluista.) Tj ET",
        b"BT /F 0 Tf 0 0 0 0 0 0 Tm (Kunta vastaa palveluista.) Tj ET",
        b"BT /F -12 Tf 50 700 Td (Kunta vastaa palveluista.) Tj ET",
        b"BT /F 12 Tf 50 700 Td (\\255) Tj 0 -14 Td (Kunta vastaa palveluista.) Tj 0 -14 Td (\\255) Tj ET",
        b"BT /F 12 Tf 50 790 Td (" + b"1 2 3 " * 50_000 + b") Tj 0 -200 Td (Kunta vastaa palveluista.) Tj ET",
        b"BT /Unknown 12 Tf 50 700 Td (Kunta vastaa) Tj [1 2 (a)] ' ET Q Q Q",
    ],
)
def test_a_page_that_says_what_no_page_says_is_read_or_refused(stream):
    assert outcome(read_document, hand_made(stream)) in {"read", "no-text", "empty"}


def test_a_number_far_before_its_text_belongs_to_it():
    stream = (
        b"BT /F 12 Tf 50 700 Td (1.) Tj 0 -40 Td (2.) Tj 90 40 Td (Kunta vastaa palveluista.) Tj "
        b"0 -40 Td (Alue vastaa muusta.) Tj ET"
    )
    assert short(hand_made(stream)) == ["i1 1 Kunta vastaa palveluista.", "i1 2 Alue vastaa muusta."]


def test_a_file_that_needs_a_password_is_refused():
    locked = b"/Encrypt<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>/ID[<41><41>]"
    assert refused(hand_made(b"BT ET", trailer=locked)) == ("protected", "")


def test_a_file_that_would_take_all_memory_is_stopped():
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(b" " * 2**20) for _ in range(600)) + packer.flush()
    assert refused(hand_made(bomb, b"/Filter/FlateDecode"), Limits(memory=300 * 2**20))[0] == "bomb"


def test_a_file_that_would_take_all_day_is_stopped():
    endless = b"BT /F 12 Tf " + b"(a) Tj " * 1_000_000 + b"ET"
    begun = time.perf_counter()
    assert refused(hand_made(endless), Limits(seconds=2))[0] == "too-slow"
    assert time.perf_counter() - begun < 60


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\nxyz\n%%EOF", hand_made(b"BT ET")[:150]])
def test_a_damaged_file_is_refused(content):
    assert refused(content)[0] == "broken"

from __future__ import annotations

import datetime as dt
import io

import pytest
import typst
from pdfminer.high_level import extract_text

from yhdyspinta.printing import pdf
from yhdyspinta.printing.head import Head


@pytest.fixture
def template(tmp_path, monkeypatch):
    """Give a template of so many lines, on the letterhead of the house."""
    house = pdf._HOUSE
    (tmp_path / "printing").symlink_to(house / "printing")
    monkeypatch.setattr(pdf, "_compiler", lambda: typst.Compiler(root=tmp_path, ignore_system_fonts=True))

    def written(lines):
        path = tmp_path / "template.typ"
        path.write_text(f'#import "/printing/documents/base.typ": data, letterhead\n#show: letterhead\n{lines}\n')
        return path

    return written


def printed(template, **data):
    head = Head(made="Tehty 24.11.2026", footer="Alatunniste")
    return pdf.make_pdf(template, data, title="Otsikko", language="fi", made=dt.date(2026, 11, 24), head=head)


def test_words_of_data_are_words_and_never_markup(template):
    said = '#panic("ei") *ei* = ei $x$ \\ "ei"'
    words = extract_text(io.BytesIO(printed(template("#data.said"), said=said)))
    assert said in " ".join(words.split())


def test_letters_of_our_languages_are_in_the_font(template):
    words = extract_text(
        io.BytesIO(printed(template("#data.said"), said="Äänekoski Åbo öljy Šakki žurnaali € – § ”x”"))
    )
    assert "Äänekoski Åbo öljy Šakki žurnaali € – § ”x”" in words


def test_template_that_leaves_out_a_heading_level_is_refused(template):
    with pytest.raises(typst.TypstError):
        printed(template("= Yksi\n=== Kolme"))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Hyvä 😀 näin", "Hyvä □ näin"),
        ("a\x00b\x1fc", "abc"),
        ("pöytä ja o\u20e5 ja talo", "pöytä ja o ja talo"),
        ("👨\u200d👩", "□□"),
        ("x\ue000y", "x□y"),
        ('ei \\u{1f600} "😀" `😀`', 'ei \\u{1f600} "□" `□`'),
    ],
)
def test_sign_that_no_font_has_does_not_keep_a_document_from_being_made(template, said, shown):
    words = extract_text(io.BytesIO(printed(template("#data.said.at(0).x"), said=[{"x": said}])))
    assert shown in " ".join(words.split())


def test_many_signs_that_no_font_has_are_found_at_once(template):
    words = extract_text(io.BytesIO(printed(template("#data.said"), said="".join(map(chr, range(0x4E00, 0x4F00))))))
    assert words.count("□") == 256


def test_first_page_with_an_opening_has_no_line_at_its_head(template):
    text = extract_text(io.BytesIO(printed(template("#pagebreak()\nLoppu"))))
    assert text.count("Tehty 24.11.2026") == 2
    path = template("#pagebreak()\nLoppu")
    path.write_text(path.read_text().replace("#show: letterhead", "#show: letterhead.with(opening: [Avaus])"))
    first, second = extract_text(io.BytesIO(printed(path))).split("\f")[:2]
    assert "Tehty 24.11.2026" not in first
    assert first.index("Avaus") < first.index("Otsikko")
    assert "Tehty 24.11.2026" in second

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

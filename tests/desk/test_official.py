from __future__ import annotations

from yhdyspinta.desk.official import paragraphs_of


def test_blank_lines_part_paragraphs_and_white_space_is_folded():
    assert paragraphs_of("Taso 1\n\nFoorumi  rakentuu\nkunnista.\n\n\n  Taso 2 ") == [
        "Taso 1",
        "Foorumi rakentuu kunnista.",
        "Taso 2",
    ]


def test_sentence_torn_by_a_page_is_one_again():
    assert paragraphs_of("Kuntakokous johtaa\n\n\fyhteistyötä.") == ["Kuntakokous johtaa yhteistyötä."]
    assert paragraphs_of("Ensimmäinen.\n\ntoinen") == ["Ensimmäinen.", "toinen"]


def test_nothing_is_no_paragraph():
    assert paragraphs_of(" \n\n \f ") == []

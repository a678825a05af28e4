"""Words that were divided at the end of a line, numbers before a text, and what is none."""

from __future__ import annotations

import pytest

from yhdyspinta.authoring.reading.lines import in_one
from yhdyspinta.authoring.reading.numerals import taken_apart


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ("yhteis-\ntyö", "yhteistyö"),
        ("välfärds-\nområdet", "välfärdsområdet"),
        ("Keski-\nSuomen", "Keski-Suomen"),
        ("Södra Österbotten-\nBirkaland", "Södra Österbotten-Birkaland"),
        ("sosiaali-\nja terveyspalvelut", "sosiaali- ja terveyspalvelut"),
        ("social-\noch hälsovården", "social- och hälsovården"),
        ("linja-\nauto", "linja-auto"),
        ("kunta-\nalan", "kunta-alan"),
        ("e-\nresepti", "e-resepti"),
        ("TKKI-\ntoiminnot", "TKKI-toiminnot"),
        ("www-\nsivut", "www-sivut"),
        ("KSTURVA on ryhmä. KS-\nTURVA kokoontuu", "KSTURVA on ryhmä. KSTURVA kokoontuu"),
        ("viranhaltija/\ntyöntekijä", "viranhaltija/työntekijä"),
        ("työpari-malli ja työpari-\nmalli", "työpari-malli ja työpari-malli"),
        ("vuodet 2023-\n2025", "vuodet 2023- 2025"),
        ("valmius ja\n- toimivuus", "valmius ja -toimivuus"),
        ("kunta –\nalue", "kunta – alue"),
    ],
)
def test_a_word_divided_at_the_end_of_a_line_is_whole_again_and_a_hyphen_of_its_own_stays(lines, whole):
    assert in_one(lines.split("\n")) == whole


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("2.1 Yleistä", "2.1", "Yleistä"),
        ("2.1. Yleistä", "2.1", "Yleistä"),
        ("2\tYleistä", "2", "Yleistä"),
        ("3 § Osapuolet", "3 §", "Osapuolet"),
        ("§ 3 Parter", "§ 3", "Parter"),
        ("3 a § Osapuolet", "3 a §", "Osapuolet"),
        ("IV. Viestintä", "IV", "Viestintä"),
        ("a) kunta", "a)", "kunta"),
        ("(2) kunta", "(2)", "kunta"),
        ("ii) kunta", "ii)", "kunta"),
        ("- kunta", "–", "kunta"),
        ("\uf0b7 kunta", "•", "kunta"),
        ("o kunta", "•", "kunta"),
    ],
)
def test_a_number_before_a_text_is_taken_apart(text, number, rest):
    found = taken_apart(text)
    assert found is not None
    assert (found.number, found.rest) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "1.1.2023 alkaen",
        "1. tammikuuta 2026",
        "1. januari 2026",
        "1.1.–31.12.2026",
        "24 osapuolta",
        "12 000 asukasta",
        "2025 Alueella",
        "§ 6 (hyte; kuntien velvollisuus),",
        "Kunta vastaa",
        "V",
        "-toimivuus",
        "",
    ],
)
def test_a_date_an_amount_or_a_reference_is_no_number_of_a_heading(text):
    assert taken_apart(text) is None

"""Pasted text and files of plain text."""

from __future__ import annotations

import pytest

from tests.authoring.reading.samples import read, short
from tests.support.beside import OFFICIAL
from yhdyspinta.authoring.reading import CannotRead, read_document, read_pasted

TEXT = (
    "Sopimusosapuolet ovat keskenään tasavertaisia toimijoita ja tällä sopimuksella sovitaan yhteistyön\n"
    "tekemisen periaatteista. Keski-Suomen liitto kutsuu foorumin koolle kerran vuodessa ja laatii sen asia-\n"
    "listan yhdessä hyvinvointialueen kanssa. Sosiaali-\nja terveyspalvelut käsitellään Keski-\nSuomessa.\n"
)
WHOLE = (
    "t Sopimusosapuolet ovat keskenään tasavertaisia toimijoita ja tällä sopimuksella sovitaan yhteistyön tekemisen "
    "periaatteista. Keski-Suomen liitto kutsuu foorumin koolle kerran vuodessa ja laatii sen asialistan yhdessä "
    "hyvinvointialueen kanssa. Sosiaali- ja terveyspalvelut käsitellään Keski-Suomessa."
)


def pasted(text):
    return short(text.encode())


def test_lines_that_a_program_broke_are_made_whole():
    assert pasted(TEXT) == [WHOLE]


def test_a_paragraph_a_line_stays_so():
    one = (
        "Kunta vastaa siitä, että yhteistyö jatkuu ja että asukkaat saavat palvelunsa sovitulla tavalla koko alueella. "
    )
    assert pasted(f"{one * 2}\n{one * 3}\n- kunta\n- liitto\n") == [
        f"t {(one * 2).strip()}",
        f"t {(one * 3).strip()}",
        "i1 – kunta",
        "i1 – liitto",
    ]


def test_headings_are_short_lines_that_stand_alone_or_are_numbered():
    text = f"Puitesopimus\n\nOsapuolet\n\n{TEXT}\n1 Tarkoitus\n{TEXT}\n1.1 Tavoitteet\n\n{TEXT}\n"
    text += f"3 § Viestintä\n\n{TEXT}\nTaso 1\n{TEXT}"
    assert [one for one in pasted(text) if one[0] in "Th"] == [
        "T Puitesopimus",
        "h1 Osapuolet",
        "h1 1 Tarkoitus",
        "h2 1.1 Tavoitteet",
        "h1 3 § Viestintä",
        "h2 Taso 1",
    ]


def test_levels_follow_the_depth_of_numbers_whatever_the_letters():
    text = f"SAMARBETSAVTAL\n\n1. PARTER\n\n{TEXT}\n\n2. SYFTE\n\n2.1. Mål\n\n{TEXT}\n\n"
    text += f"3 Giltighet\n\n{TEXT}\n\nLIITE 1\n\n{TEXT}"
    assert [one for one in pasted(text) if one[0] in "Th"] == [
        "T SAMARBETSAVTAL",
        "h1 1 PARTER",
        "h1 2 SYFTE",
        "h2 2.1 Mål",
        "h1 3 Giltighet",
        "h1 LIITE 1",
    ]


def test_a_list_of_numbered_parties_is_no_row_of_headings():
    text = f"1 § Osapuolet\n1. Pirkanmaan hyvinvointialue\n2. Nokian kaupunki\n\n2 § Tarkoitus\n{TEXT}"
    assert pasted(text)[:4] == [
        "h1 1 § Osapuolet",
        "i1 1 Pirkanmaan hyvinvointialue",
        "i1 2 Nokian kaupunki",
        "h1 2 § Tarkoitus",
    ]


def test_a_party_begins_below_the_address_of_another():
    text = "Österbottens välfärdsområde (FO-nummer 3221322-9), Sandviksgatan 2–4, 65130 Vasa\nKorsholms kommun\n"
    assert pasted(f"{text}FO-nummer: 0180842-1\n\n{TEXT}")[:3] == [
        "t Österbottens välfärdsområde (FO-nummer 3221322-9), Sandviksgatan 2–4, 65130 Vasa",
        "t Korsholms kommun",
        "t FO-nummer: 0180842-1",
    ]


def test_headings_are_told_where_no_line_is_empty():
    one = (
        "Kunta vastaa siitä, että yhteistyö jatkuu ja että asukkaat saavat palvelunsa sovitulla tavalla koko alueella. "
    )
    for body in (TEXT, f"{one * 2}\n"):
        text = f"Puitesopimus\nOsapuolet\n{body}Viestintä\n{body}Seuranta ja arviointi\n{body}"
        assert [said for said in pasted(text) if said[0] in "Th"][-2:] == ["h1 Viestintä", "h1 Seuranta ja arviointi"]


def test_page_numbers_are_left_out_and_other_numbers_kept():
    document = read_pasted(f"{TEXT}\n\n1\n\n{TEXT}\n\n2\n\n{TEXT}\nSivu 3 / 12\n")
    assert [one.text for one in document.paragraphs] == [WHOLE[2:]] * 3
    assert document.notes == ("headers",)
    assert [one.text for one in read_pasted(f"{TEXT}\n\n7\n").paragraphs] == [WHOLE[2:], "7"]


def test_names_that_are_set_in_columns_are_parted():
    assert pasted(f"Allekirjoitukset\n\nJoutsan kunta         Luhangan kunta\n\n{TEXT}")[1:3] == [
        "t Joutsan kunta",
        "t Luhangan kunta",
    ]


def test_items_are_known_by_their_signs():
    text = (
        "Tehtävät ovat:\n- kunta\n- liitto, joka\n  kutsuu koolle\n• alue\n\n1. ensin\n2. sitten\na) yksi\nb) kaksi\n"
    )
    assert pasted(text) == [
        "t Tehtävät ovat:",
        "i1 – kunta",
        "i1 – liitto, joka kutsuu koolle",
        "i2 • alue",
        "i3 1 ensin",
        "i3 2 sitten",
        "i4 a) yksi",
        "i4 b) kaksi",
    ]


def test_markdown_headings_are_understood():
    assert pasted(f"# Sopimus\n\n## Osapuolet\n\n{TEXT}") == ["T Sopimus", "h1 Osapuolet", WHOLE]


def test_an_empty_line_inside_a_sentence_parts_nothing():
    assert pasted(
        "Kokoonkutsujina toimivat alueen johtavat viranhaltijat sekä Keski-\n\nSuomen liitto ja\n\nhyvinvointialue."
    ) == ["t Kokoonkutsujina toimivat alueen johtavat viranhaltijat sekä Keski-Suomen liitto ja hyvinvointialue."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "cp850", "mac-roman"])
def test_a_text_is_read_in_the_encodings_of_its_programs(encoding):
    assert short(TEXT.encode(encoding)) == [WHOLE]


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_garbled_letters_are_mended_and_noted(wrong):
    text = "Päätös § 5 – ”Äänekosken kaupunki” hyväksyy."
    garbled = text.encode().decode(wrong, "ignore") if wrong == "latin-1" else _as_cp1252(text)
    document = read_pasted(garbled)
    assert [one.text for one in document.paragraphs] == [text]
    assert document.notes == ("encoding",)


def _as_cp1252(text):
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


def test_ligatures_composed_letters_and_invisible_signs_are_plain_letters():
    document = read_pasted(
        "\ufeffO\ufb03siaalinen \ufb01naali on ka\u0308ynnissa\u0308\u200b ja yhteis\u00adtyö\u00a0jatkuu."
    )
    assert document.paragraphs[0].text == "Offisiaalinen finaali on käynnissä ja yhteistyö jatkuu."


def test_letters_that_only_look_garbled_are_left_alone():
    document = read_pasted("Hän huusi ”KESÄ” ja ”CAFÉ” sekä Å – ei muuta.")
    assert document.paragraphs[0].text == "Hän huusi ”KESÄ” ja ”CAFÉ” sekä Å – ei muuta."
    assert document.notes == ()


@pytest.mark.parametrize(
    ("text", "shown"), [("P\ufffd\ufffdt\ufffds tehdään.", "P\ufffd\ufffdt\ufffds"), ("PÃ?Ã?tös.", "PÃ?")]
)
def test_letters_that_are_lost_are_said_to_be(text, shown):
    with pytest.raises(CannotRead) as raised:
        read_pasted(text)
    assert raised.value.code == "lost-letters"
    assert shown in str(raised.value)


@pytest.mark.parametrize("text", ["", " \n\t ", "123 – 456", "§"])
def test_nothing_is_no_text(text):
    with pytest.raises(CannotRead) as raised:
        read_pasted(text)
    assert raised.value.code == "empty"


def test_the_official_text_comes_out_with_its_headings_and_whole_sentences():
    if not OFFICIAL.exists():
        pytest.skip("the official text is not part of the repository")
    document = read_document(OFFICIAL.read_bytes())
    assert document.paragraphs[0].kind == "title"
    assert [(one.level, one.text.split(",")[0]) for one in document.paragraphs if one.kind == "heading"] == [
        (1, "Sopimusosapuolet"),
        (1, "Sopimuksen tausta ja tarkoitus"),
        (1, "Yhteistyön lainsäädäntöpohja"),
        (1, "Sovittavat periaatteet"),
        (1, "Yhteistyörakenteet"),
        (2, "Taso 1"),
        (2, "Taso 2"),
        (2, "Taso 3"),
        (2, "Taso 4"),
        (1, "Yhteistoiminnan käytännön pelisääntöjä"),
        (1, "Viestintä"),
        (1, "Seuranta"),
        (1, "Sopimuksen voimassaolo"),
        (1, "Päiväys"),
        (1, "Allekirjoitukset"),
    ]
    texts = [one.text for one in document.paragraphs if one.kind == "text"]
    ids = [at for at, text in enumerate(texts) if text.startswith("y-tunnus: ")]
    assert len(ids) == 24
    for at in ids:
        assert texts[at - 1].endswith(("kunta", "kaupunki", "liitto", "hyvinvointialue"))
        assert texts[at + 1].startswith("Osoite: ")
    long = [text for text in texts if len(text) > 80]
    assert all(text.endswith((".", ":")) or text.startswith("§ 10") for text in long)
    assert all(text[0].isupper() or text.startswith("§") for text in long)
    assert "Osoite: PL 6, 41341 Laukaa" in texts
    assert any("www-sivujen" in text for text in texts)
    assert any("kokoonkutsujina toimivat Keski-Suomen liitto ja hyvinvointialue." in text for text in texts)
    assert any("yhteensopivuus ja -toimivuus sekä" in text for text in texts)


def test_a_file_of_text_reads_as_if_it_was_pasted():
    assert [text for *_rest, text in read(TEXT.encode())] == [one.text for one in read_pasted(TEXT).paragraphs]

"""Parties, days and the title that a text says, and nothing that it does not say."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.beside import OFFICIAL
from yhdyspinta.agreement import Party, read_agreement
from yhdyspinta.agreement.proposing.model import ClauseText, Proposal
from yhdyspinta.agreement.proposing.parties import days_in, parties_in, title_in

ROOT = Path(__file__).resolve().parents[3]


def clause(text: str, title: str = "Yhteistyö", id: str = "a") -> ClauseText:
    """Return a clause with a title."""
    return ClauseText(id=id, title=title, part="", text=text)


def said(proposals: Sequence[Proposal]) -> list[tuple[str, str]]:
    """Return who is proposed by which rule."""
    return [(proposal.data["id"], proposal.rule) for proposal in proposals]


def words(proposal: Proposal) -> dict[str, str]:
    """Return the marked words by their role."""
    return {mark.role: proposal.sentence[mark.start : mark.end] for mark in proposal.marks}


def parties(text: str, title: str = "Sopimusosapuolet", language: str = "fi") -> tuple[Proposal, ...]:
    """Return what is proposed from one clause."""
    return parties_in([clause(text, title)], language)


@pytest.fixture(scope="module")
def official() -> list[ClauseText]:
    """The official text, cut at the headings that the agreement's clauses name."""
    if not OFFICIAL.exists():
        pytest.skip("the official text is not here")
    charter = read_agreement(ROOT / "agreements" / "keski-suomi-2023")
    headings = {clause.official.heading for clause in charter.clauses if clause.official} | {"Allekirjoitukset"}
    cut: list[tuple[str, list[str]]] = [("Alku", [])]
    for line in OFFICIAL.read_text(encoding="utf-8").splitlines():
        folded = " ".join(line.split())
        if folded in headings:
            cut.append((folded, []))
        else:
            cut[-1][1].append(line)
    return [clause("\n".join(lines), title, f"c{number}") for number, (title, lines) in enumerate(cut)]


class TestTheOfficialText:
    """Central Finland's agreement of 2023, as it was published."""

    def test_all_24_parties_are_found_and_no_other(self, official: list[ClauseText]) -> None:
        charter = read_agreement(ROOT / "agreements" / "keski-suomi-2023")
        found = parties_in(official, "fi")
        assert [proposal.data["id"] for proposal in found] == list(charter.parties)
        for proposal in found:
            party = Party.model_validate(proposal.data)
            assert party.model_dump() == charter.parties[party.id].model_dump()
            assert proposal.open == ()
            assert proposal.rule == "party-list"

    def test_what_is_proposed_rests_on_words_of_the_text(self, official: list[ClauseText]) -> None:
        by_id = {clause.id: " ".join(clause.text.split()) for clause in official}
        for proposal in parties_in(official, "fi"):
            assert proposal.sentence in by_id[proposal.clause]
            marked = words(proposal)
            assert marked["name"] == proposal.data["official-name"]["fi"]
            assert marked["code"] == proposal.data["business-id"]
            assert marked["address"] == proposal.data["address"]

    def test_the_signatures_alone_name_them_all(self, official: list[ClauseText]) -> None:
        found = parties_in(official[-1:], "fi")
        assert len(found) == 24
        assert {proposal.rule for proposal in found} == {"signature"}

    def test_running_text_alone_names_three(self, official: list[ClauseText]) -> None:
        clauses = [c for c in official if c.title.startswith(("Taso", "Sovittavat", "Seuranta"))]
        assert said(parties_in(clauses, "fi")) == [
            ("keski-suomen-liitto", "named-in-text"),
            ("keski-suomen-hyvinvointialue", "named-in-text"),
            ("jyvaskyla", "named-in-text"),
        ]  # fmt: skip

    def test_the_days_are_found_and_no_other(self, official: list[ClauseText]) -> None:
        (days,) = days_in(official, "fi")
        assert days.data == {"from": dt.date(2023, 1, 1), "to": dt.date(2025, 12, 31)}
        assert days.sentence == "Sopimus on voimassa 1.1.2023-31.12.2025."
        assert [days.sentence[mark.start : mark.end] for mark in days.marks] == ["1.1.2023", "31.12.2025"]


class TestNames:
    """Where names are found, and where not."""

    @pytest.mark.parametrize(
        "text",
        [
            "Luhangan kunta",
            "1. Luhangan kunta",
            "– Luhangan kunta,",
            "Luhanka",
            "Luhangan kunta, jäljempänä Luhanka",
            "Luhanka kommun",
            "| Luhangan kunta |",
            "Kunnanjohtaja allekirjoittaa Luhangan kunnan puolesta.",
        ],
    )
    def test_a_party_is_found_however_a_list_writes_it(self, text: str) -> None:
        assert [proposal.data["id"] for proposal in parties(text)] == ["luhanka"]

    @pytest.mark.parametrize(
        "text",
        [
            "Luhangan järvimaisema on yhteinen.",
            "Luhangan kunnanjohtaja avasi kokouksen.",
            "Kokous pidetään Luhangassa.",
            "Luhanka",
            "Kotkan pesiä on kartoitettu.",
            "Hyvinvointialueen ja kuntien välillä sovitaan.",
            "Salon valot sammuvat.",
            "Lumen jälkeen kunnat, aura edellä, lähtevät liikkeelle.",
            "kunta",
            "",
        ],
    )
    def test_a_name_in_prose_is_no_party(self, text: str) -> None:
        assert parties(text, "Maisema") == ()

    def test_a_place_of_signing_is_no_party(self) -> None:
        assert said(parties("Jyväskylä 12.12.2025\nMatti Salo\nLuhangan kunta", "Allekirjoitukset")) == [
            ("luhanka", "signature")
        ]

    def test_names_joined_in_a_sentence_are_all_found(self) -> None:
        text = "Sopimus koskee Joutsan, Luhangan ja Multian kuntia sekä Jyväskylän ja Äänekosken kaupunkeja."
        assert [p.data["id"] for p in parties(text, "Soveltaminen")] == [
            "joutsa", "luhanka", "multia", "jyvaskyla", "aanekoski",
        ]  # fmt: skip

    def test_bare_names_after_kunnat_or_in_a_sentence_on_the_parties_are_found(self) -> None:
        found = parties("Mukana ovat kunnat Joutsa, Luhanka ja Multia.", "Soveltaminen")
        assert [p.data["id"] for p in found] == ["joutsa", "luhanka", "multia"]
        found = parties("Sopimuksen osapuolet ovat Kotka, Hamina ja Kymenlaakson hyvinvointialue.", "Johdanto")
        assert [p.data["id"] for p in found] == ["kotka", "hamina", "kymenlaakson-hyvinvointialue"]

    @pytest.mark.parametrize(
        ("text", "id"),
        [
            ("Keski-Suomen liitolle ilmoitetaan.", "keski-suomen-liitto"),
            ("Keski-\nSuomen liiton edustaja.", "keski-suomen-liitto"),
            ("Vantaan ja Keravan hyvinvointialueella sovitaan.", "vantaan-ja-keravan-hyvinvointialue"),
            ("Satakuntaliiton hallitus.", "satakuntaliitto"),
            ("Etelä-Savon maakuntaliittoon toimitetaan.", "etela-savon-maakuntaliitto"),
            ("Kosken Tl kunnassa toimitaan.", "koski-tl"),
            ("Mänttä-Vilppulan kaupungin alueella.", "mantta-vilppula"),
            ("JYVÄSKYLÄN KAUPUNKI", "jyvaskyla"),
        ],
    )
    def test_inflected_names_in_full_are_found(self, text: str, id: str) -> None:
        assert [p.data["id"] for p in parties(text, "Tehtävät")] == [id]

    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            ("Esbo stads styrelse och Kyrkslätts kommun", ["espoo", "kirkkonummi"]),
            ("staden Jakobstad och kommunen Pedersöre", ["pietarsaari", "pedersore"]),
            ("kommunerna Malax, Korsnäs och Vörå", ["maalahti", "korsnas", "voyri"]),
            ("Österbottens förbund sammankallar.", ["pohjanmaan-liitto"]),
            ("Österbottens välfärdsområdes uppgift", ["pohjanmaan-hyvinvointialue"]),
            ("Avtalsparter är Vasa, Malax och Laihela.", ["vaasa", "maalahti", "laihia"]),
            ("Laihian kunta och Vasa stad", ["laihia", "vaasa"]),
            ("Satakuntaförbundets möte", ["satakuntaliitto"]),
        ],
    )
    def test_swedish_names_and_finnish_ones_in_a_swedish_text_are_found(self, text: str, ids: list[str]) -> None:
        assert [p.data["id"] for p in parties(text, "Samarbete", "sv")] == ids

    def test_english_names_are_found(self) -> None:
        text = "The City of Espoo, the Municipality of Inkoo and the Wellbeing Services County of West Uusimaa agree."
        assert [p.data["id"] for p in parties(text, "Agreement", "en")] == [
            "espoo", "inkoo", "lansi-uudenmaan-hyvinvointialue",
        ]  # fmt: skip

    def test_a_party_is_proposed_once_in_the_order_of_its_list(self) -> None:
        clauses = [
            clause("Luhangan kunta ja Joutsan kunta sopivat tästä.", "Johdanto", "a"),
            clause("Joutsan kunta\nLuhangan kunta", "Osapuolet", "b"),
            clause("Toivakan kunta on tehnyt vastaavan sopimuksen.", "Muuta", "c"),
        ]
        found = parties_in(clauses, "fi")
        assert said(found) == [("joutsa", "party-list"), ("luhanka", "party-list"), ("toivakka", "named-in-text")]
        assert [proposal.clause for proposal in found] == ["b", "b", "c"]

    def test_a_name_in_a_sentence_shows_the_sentence(self) -> None:
        (found,) = parties("Ensin sovitaan. Koollekutsujana toimii Jyväskylän kaupunki. Sitten kokoonnutaan.", "Kokous")
        assert found.sentence == "Koollekutsujana toimii Jyväskylän kaupunki."
        assert words(found) == {"name": "Jyväskylän kaupunki"}

    def test_names_are_given_in_all_three_languages(self) -> None:
        (found,) = parties("Esbo stad", "Parter", "sv")
        assert found.data["official-name"] == {"fi": "Espoon kaupunki", "sv": "Esbo stad", "en": "City of Espoo"}


class TestIdsAndAddresses:
    """Business ids with their check digits, and addresses."""

    def test_a_table_is_read_row_by_row(self) -> None:
        text = (
            "| Osapuoli | Y-tunnus | Osoite | | --- | --- | --- | "
            "| Luhangan kunta | 0176592-9 | Hakulintie 2, 19950 Luhanka | "
            "| Joutsan kunta | 0174108-9 | Länsitie 7, 19650 Joutsa |"
        )
        found = parties(text)
        assert [(p.data["id"], p.data["business-id"], p.data["address"]) for p in found] == [
            ("luhanka", "0176592-9", "Hakulintie 2, 19950 Luhanka"),
            ("joutsa", "0174108-9", "Länsitie 7, 19650 Joutsa"),
        ]

    def test_a_table_with_the_ids_first_is_read_too(self) -> None:
        found = parties("Y-tunnus\tOsapuoli\n0176592-9\tLuhangan kunta\n0174108-9\tJoutsan kunta")
        assert [(p.data["id"], p.data["business-id"]) for p in found] == [
            ("luhanka", "0176592-9"), ("joutsa", "0174108-9"),
        ]  # fmt: skip

    def test_an_id_after_an_unknown_name_is_not_the_next_party_s(self) -> None:
        text = (
            "Helsingin ja Uudenmaan sairaanhoitopiirin kuntayhtymä (y-tunnus 1567535-0) sekä Espoon kaupunki sopivat."
        )
        found = {p.data["id"]: p.data.get("business-id") for p in parties(text, "Tausta")}
        assert found == {
            "helsingin-ja-uudenmaan-sairaanhoitopiirin-kuntayhtyma": "1567535-0",
            "espoo": None,
        }

    def test_a_head_of_a_table_is_no_label_of_the_row_below(self) -> None:
        (found,) = parties("Kunta | Y-tunnus | Postiosoite\nLuhanka | 0176592-9 | Hakulintie 2, 19950 Luhanka")
        assert (found.data["business-id"], found.data["address"]) == ("0176592-9", "Hakulintie 2, 19950 Luhanka")
        assert found.data["municipality-code"] == "435"

    def test_an_address_broken_over_lines_is_joined(self) -> None:
        (found,) = parties("Laukaan kunta\ny-tunnus: 0176478-2\n\nOsoite: PL 6, 41341\n\nLaukaa")
        assert found.data["address"] == "PL 6, 41341 Laukaa"
        assert words(found)["address"] == "PL 6, 41341 Laukaa"

    def test_an_address_without_a_postal_code_is_the_rest_of_its_line(self) -> None:
        found = parties("Luhangan kunta\nOsoite: Hakulintie 2\n\nJoutsan kunta\nOsoite: Länsitie 7, 19650 Joutsa")
        assert [p.data["address"] for p in found] == ["Hakulintie 2", "Länsitie 7, 19650 Joutsa"]

    def test_an_address_ends_before_an_id(self) -> None:
        text = "Luhangan kunta, osoite: Hakulintie 2, 0176592-9\nJoutsan kunta, Länsitie 7, 19650 Joutsa"
        luhanka, joutsa = parties(text)
        assert (luhanka.data["address"], luhanka.data["business-id"]) == ("Hakulintie 2", "0176592-9")
        assert joutsa.data["address"] == "Länsitie 7, 19650 Joutsa"

    def test_a_swedish_list_is_read(self) -> None:
        (found,) = parties("Malax kommun, FO-nummer 0208918-2, adress: Malmgatan 5, 66100 Malax", "Parter", "sv")
        assert found.data["address"] == "Malmgatan 5, 66100 Malax"

    def test_an_id_with_a_wrong_check_digit_is_marked_and_left_open(self) -> None:
        (found,) = parties("Luhangan kunta, y-tunnus 0176592-8")
        assert "business-id" not in found.data
        assert (found.open, found.rule) == (("business-id",), "bad-check-digit")
        assert words(found) == {"name": "Luhangan kunta", "code": "0176592-8"}

    def test_one_id_beside_two_parties_is_marked_at_both(self) -> None:
        found = parties("Luhangan kunta, y-tunnus 0176592-9\nJoutsan kunta, y-tunnus 0176592-9")
        assert [(p.data["id"], p.rule, p.open) for p in found] == [
            ("luhanka", "same-business-id", ("business-id",)),
            ("joutsa", "same-business-id", ("business-id",)),
        ]
        assert [words(p)["code"] for p in found] == ["0176592-9", "0176592-9"]

    def test_a_joint_authority_with_an_id_is_proposed_as_it_is_written(self) -> None:
        text = "Luhangan kunta\ny-tunnus: 0176592-9\n\nJyväskylän koulutuskuntayhtymä Gradia\ny-tunnus: 0208201-1"
        _municipality, found = parties(text)
        assert found.data == {
            "id": "jyvaskylan-koulutuskuntayhtyma-gradia",
            "kind": "joint-municipal-authority",
            "name": {"fi": "Jyväskylän koulutuskuntayhtymä Gradia"},
            "official-name": {"fi": "Jyväskylän koulutuskuntayhtymä Gradia"},
            "business-id": "0208201-1",
        }
        assert (found.open, found.rule) == (("genitive", "local"), "business-id-beside-name")

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Keski-Suomen Yhteisöjen Tuki ry (y-tunnus 1102134-8)", "Keski-Suomen Yhteisöjen Tuki ry"),
            ("Palvelun tuottaa Istekki Oy, y-tunnus 2292633-0.", "Istekki Oy"),
            ("3) Istekki Oy, Y-tunnus: 2292633-0", "Istekki Oy"),
        ],
    )
    def test_an_association_or_company_with_an_id_is_of_another_kind(self, text: str, name: str) -> None:
        (found,) = parties(text)
        assert (found.data["kind"], found.data["name"]) == ("other", {"fi": name})
        assert words(found)["name"] == name

    def test_an_unknown_name_without_an_id_is_not_proposed(self) -> None:
        assert parties("Jyväskylän koulutuskuntayhtymä Gradia") == ()

    def test_what_only_looks_like_an_id_is_none(self) -> None:
        (found,) = parties("Luhangan kunta, puhelin 014-1234567, laki 612/2021, 1.1.2023-31.12.2025")
        assert "business-id" not in found.data
        assert found.open == ()

    def test_a_proposal_keeps_its_key_when_its_clause_moves(self) -> None:
        (one,) = parties_in([clause("Luhangan kunta", "Osapuolet", "a")], "fi")
        (other,) = parties_in([clause("\n Luhangan  kunta", "Osapuolet", "b")], "fi")
        assert one.key == other.key


class TestDays:
    """When the agreement is in force."""

    @pytest.mark.parametrize(
        ("text", "data", "still_open"),
        [
            ("Sopimus on voimassa 1.1.2023-31.12.2025.", {"from": "2023-01-01", "to": "2025-12-31"}, ()),
            ("Sopimus on voimassa 1.1.–31.12.2025.", {"from": "2025-01-01", "to": "2025-12-31"}, ()),
            ("Sopimus tulee voimaan 1.1.2026 alkaen.", {"from": "2026-01-01"}, ("to",)),
            ("Sopimus on voimassa 1.1.2026 alkaen toistaiseksi.", {"from": "2026-01-01"}, ()),
            ("Sopimus on voimassa toistaiseksi.", {}, ("from",)),
            ("Tämä sopimus on voimassa 30.6.2027 saakka.", {"to": "2027-06-30"}, ("from",)),
            ("Sopimus on voimassa 1.3.2026 lukien 31.5.2029 asti.", {"from": "2026-03-01", "to": "2029-05-31"}, ()),
            ("Sopimus on voimassa vuoden 2027 loppuun.", {"to": "2027-12-31"}, ("from",)),
            ("Sopimus tulee voimaan 1. tammikuuta 2026.", {"from": "2026-01-01"}, ("to",)),
            (
                "Sopimus tulee voimaan 1.1.2026. Se on voimassa 31.12.2029 saakka.",
                {"from": "2026-01-01", "to": "2029-12-31"},
                (),
            ),
            ("Avtalet gäller 1.1.2024–31.12.2027.", {"from": "2024-01-01", "to": "2027-12-31"}, ()),
            ("Avtalet gäller tills vidare från och med 1.1.2024.", {"from": "2024-01-01"}, ()),
            (
                "Avtalet gäller från och med den 1 januari 2024 till och med den 31 december 2027.",
                {"from": "2024-01-01", "to": "2027-12-31"},
                (),
            ),
            ("Avtalet träder i kraft 1.2.2024.", {"from": "2024-02-01"}, ("to",)),
            ("The agreement is in force from 1 March 2024 to 28 February 2026.",
             {"from": "2024-03-01", "to": "2026-02-28"}, ()),
        ],
    )  # fmt: skip
    def test_days_in_force_are_read(self, text: str, data: dict[str, Any], still_open: tuple[str, ...]) -> None:
        (found,) = days_in([clause(text, "Muuta")], "fi")
        assert found.data == {key: dt.date.fromisoformat(day) for key, day in data.items()}
        assert found.open == still_open
        assert found.sentence == text

    @pytest.mark.parametrize(
        "text",
        [
            "Laki sosiaali- ja terveydenhuollon järjestämisestä tuli voimaan 1.3.2023.",
            "Kokous pidetään 1.5.2025.",
            "Toimivuus arvioidaan 31.5.2025 saakka.",
            "Sopimus on voimassa sovitun ajan.",
            "Sopimus irtisanotaan 30.6.2027 mennessä.",
        ],
    )
    def test_other_days_are_not_taken_for_them(self, text: str) -> None:
        assert days_in([clause(text, "Muuta")], "fi") == ()

    def test_a_last_day_before_the_first_is_left_open(self) -> None:
        (found,) = days_in([clause("Sopimus on voimassa 1.1.2026-31.12.2025.")], "fi")
        assert (found.data, found.open) == ({}, ("from", "to"))

    def test_a_day_that_does_not_exist_is_not_said(self) -> None:
        (found,) = days_in([clause("Sopimus on voimassa 1.1.2026-31.2.2027.", "Voimassaolo")], "fi")
        assert (found.data, found.open) == ({"from": dt.date(2026, 1, 1)}, ("to",))


class TestTitles:
    """What the instrument is called."""

    @pytest.mark.parametrize(
        ("title", "language", "word"),
        [
            ("Keski-Suomen kuntien ja hyvinvointialueen puitesopimus rakenteiden periaatteiksi", "fi", "puitesopimus"),
            ("Strateginen yhteistyösopimus 2026–2029", "fi", "yhteistyösopimus"),
            ("YHTEISTYÖPÖYTÄKIRJA", "fi", "yhteistyöpöytäkirja"),
            ("Yhdyspintasuunnitelma yhteistyösopimukseen", "fi", "yhdyspintasuunnitelma"),
            ("Sopimus yhteistyöstä", "fi", "sopimus"),
            ("Samarbetsavtal mellan kommunerna", "sv", "samarbetsavtal"),
            ("Protokoll över samarbetet", "sv", "protokoll"),
            ("Plan för gränssnitten", "sv", "plan"),
            ("Framework agreement of the municipalities", "en", "framework agreement"),
        ],
    )
    def test_the_word_for_the_instrument_is_read_from_the_title(self, title: str, language: str, word: str) -> None:
        (found,) = title_in(title, language)
        assert found.data == {"title": {language: title}, "instrument": {language: word}}
        assert found.open == ()
        (mark,) = found.marks
        assert title[mark.start : mark.end].lower() == word

    def test_a_title_without_such_a_word_leaves_it_open(self) -> None:
        (found,) = title_in(" Yhdessä   eteenpäin ", "fi")
        assert (found.data, found.open) == ({"title": {"fi": "Yhdessä eteenpäin"}}, ("instrument",))
        assert title_in("  ", "fi") == ()


PIECES = [
    "Luhangan kunta", "Luhanka", "Joutsan", "ja", "kunnat", "Keski-", "Suomen liitto", "Vantaan ja Keravan",
    "Esbo stads", "hyvinvointialueen", "y-tunnus:", "0176592-9", "0176592-8", "Osoite:", "PL 6, 41341", "Laukaa",
    "Gradia", "|", "\t", "\n", "\n\n", ".", ", ", "(", "1.", "staden Jakobstad", "osapuolet ovat", "Sopimus",
    "voimassa 1.1.2026–31.12.2027",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["Osapuolet", "Allekirjoitukset", "Kokous"]))
def test_whatever_the_text_what_is_proposed_rests_on_its_words(pieces: list[str], title: str) -> None:
    text = " ".join(pieces)
    clauses = [clause(text, title)]
    found = parties_in(clauses, "fi")
    assert len({proposal.data["id"] for proposal in found}) == len(found)
    for proposal in (*found, *days_in(clauses, "fi")):
        assert proposal.sentence in " ".join(text.split())
        for mark in proposal.marks:
            word = proposal.sentence[mark.start : mark.end]
            assert word
            assert word == word.strip()
        if "business-id" in proposal.data:
            assert words(proposal)["code"] == proposal.data["business-id"]


@pytest.mark.parametrize(
    "text", ["kunta 0176592-9 ", "kunnat, ", "Luhangan kunta, Osoite: a 2, 19950 Luhanka\n", "1.1."]
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    clauses = [clause(text * (100_000 // len(text)), "Sopimusosapuolet")]
    begun = time.process_time()
    parties_in(clauses, "fi")
    days_in(clauses, "fi")
    assert time.process_time() - begun < 5

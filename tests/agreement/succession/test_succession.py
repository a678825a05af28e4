"""New agreements: empty, from the classification, and from the one that they follow."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from yhdyspinta.agreement import (
    AgreementErrors,
    Charter,
    Duty,
    Ledger,
    assess,
    parse_agreement,
    read_facts,
    sources_of,
)
from yhdyspinta.agreement.facts import ReadingSet
from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.succession import CARRIED, Front, Note, empty, from_region, standing, successor_of

AGREEMENTS = Path(__file__).resolve().parents[3] / "agreements"
FRONT = Front(id="uusi", first_day=dt.date(2026, 1, 1), last_day=dt.date(2029, 12, 31))
ALL = ["fi", "sv", "en"]


@lru_cache
def shipped(name: str = "keski-suomi-2023") -> Mapping[str, str]:
    """Return the texts of a shipped agreement."""
    sources, findings = sources_of(AGREEMENTS / name)
    assert findings == []
    return sources


def codes(notes: list[Note]) -> list[tuple[str, str]]:
    """Return what is noted about what."""
    return [(note.code, note.about) for note in notes]


def lines_changed(before: str, after: str) -> list[str]:
    """Return the lines that were taken away or added."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in found if line[:1] in "+-" and line[:3] not in ("+++", "---")]


class TestBeginning:
    """From nothing, or from the classification."""

    @pytest.mark.parametrize("languages", [["fi"], ["sv", "fi"], ALL])
    def test_an_empty_agreement_passes_check_and_says_what_to_write(self, languages: list[str]) -> None:
        sources, notes = empty(FRONT, languages)
        charter = parse_agreement(sources)
        assert (charter.languages, charter.id) == (tuple(languages), "uusi")
        assert [note.code for note in notes] == ["title", "instrument", "levels", "parties"]

    def test_what_is_given_is_not_noted(self) -> None:
        front = Front(
            id="uusi",
            first_day=FRONT.first_day,
            title={"fi": "Sopimus"},
            instrument={"fi": "puitesopimus"},
            levels=[{"number": 1, "name": {"fi": "Foorumi"}}, {"number": 2, "name": {"fi": "Ryhmät"}, "groups": True}],
        )
        sources, notes = empty(front, ["fi"])
        charter = parse_agreement(sources)
        assert codes(notes) == [("parties", "uusi")]
        assert (charter.title.fi, charter.short_title.fi, charter.last_day) == ("Sopimus", "Sopimus 2026–", None)
        assert charter.group_levels() == {2}
        assert "Voimassa 1.1.2026 alkaen toistaiseksi." in sources["fi"]

    @pytest.mark.parametrize("region", ["01", "02", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14",
                                        "15", "16", "17", "18", "19", "21"])  # fmt: skip
    def test_every_region_becomes_an_agreement_that_passes_check(self, region: str) -> None:
        sources, _notes = from_region(FRONT, ALL, region=region)
        charter = parse_agreement(sources)
        assert len(charter.parties) > 4
        assert all(set(party.name.languages()) == set(ALL) for party in charter.parties.values())

    def test_central_finland_has_its_24_parties_and_their_council_terms(self) -> None:
        sources, notes = from_region(FRONT, ALL, region="13")
        charter = parse_agreement(sources)
        assert list(charter.parties) == list(parse_agreement(shipped()).parties)
        assert charter.title.root == {
            "fi": "Keski-Suomen yhteistyösopimus",
            "sv": "Samarbetsavtal för Mellersta Finland",
            "en": "Cooperation agreement of Central Finland",
        }
        assert charter.short_title.fi == "Keski-Suomi 2026–2029"
        assert {term.id: [period.label for period in term.periods] for term in charter.terms.values()} == {
            "municipal": ["2025-2029", "2029-2033"],
            "county": ["2025-2029", "2029-2033"],
        }
        assert "terms" not in {note.code for note in notes}

    @pytest.mark.parametrize(
        ("where", "title"),
        [
            ({"county": "04"}, "Vantaan ja Keravan yhteistyösopimus"),
            ({"county": "90"}, "Helsingin yhteistyösopimus"),
            ({"region": "01"}, "Uudenmaan yhteistyösopimus"),
            ({"region": "04"}, "Satakunnan yhteistyösopimus"),
            ({"region": "21"}, "Ahvenanmaan yhteistyösopimus"),
        ],
    )
    def test_the_title_that_is_suggested_names_the_area(self, where: dict[str, str], title: str) -> None:
        sources, notes = from_region(FRONT, ["fi"], **where)
        assert parse_agreement(sources).title.fi == title
        assert "title" in {note.code for note in notes}

    def test_a_title_in_one_language_of_two_is_found_by_check(self) -> None:
        front = Front(id="uusi", first_day=FRONT.first_day, title={"fi": "Sopimus"})
        sources, _notes = from_region(front, ["fi", "sv"], region="13")
        with pytest.raises(AgreementErrors, match="`title` is not given in sv"):
            parse_agreement(sources)

    def test_aland_has_council_terms_of_its_own(self) -> None:
        sources, notes = from_region(FRONT, ["sv"], region="21")
        assert parse_agreement(sources).terms == {}
        assert ("terms", "uusi") in codes(notes)

    def test_a_municipality_that_had_ended_is_no_party(self) -> None:
        before = Front(id="vanha", first_day=dt.date(2023, 1, 1), last_day=dt.date(2025, 12, 31))
        assert "pertunmaa" in parse_agreement(from_region(before, ["fi"], region="10")[0]).parties
        assert "pertunmaa" not in parse_agreement(from_region(FRONT, ["fi"], region="10")[0]).parties


class TestFollowing:
    """From the agreement before."""

    def test_the_successor_of_central_finland_passes_check(self) -> None:
        before = parse_agreement(shipped())
        sources, notes = successor_of(shipped(), FRONT)
        charter = parse_agreement(sources)
        assert (charter.id, charter.first_day, charter.last_day) == ("uusi", FRONT.first_day, FRONT.last_day)
        assert charter.successor is None
        assert charter.short_title.sv == "Mellersta Finland 2026–2029"
        assert list(charter.parties) == list(before.parties)
        assert list(charter.duties) == list(before.duties)
        assert list(charter.clause_by_id) == list(before.clause_by_id)
        assert list(charter.readings) == list(before.readings)
        assert [code for code in codes(notes) if code[0] == "window"] == [
            ("window", "arviointi"), ("window", "jatkaminen"), ("window", "arvioinnin-aika"),
            ("window", "jatkopaatoksen-aika"),
        ]  # fmt: skip

    def test_the_title_foretold_is_taken_for_the_day_foretold(self) -> None:
        sources, notes = successor_of(shipped(), FRONT)
        assert parse_agreement(sources).title.fi.endswith("strateginen yhteistyösopimus")
        assert ("title", "uusi") in codes(notes)
        later = Front(id="uusi", first_day=dt.date(2026, 6, 1))
        assert parse_agreement(successor_of(shipped(), later)[0]).title == parse_agreement(shipped()).title

    def test_everything_else_stays_as_it_was_written(self) -> None:
        sources, _notes = successor_of(shipped(), FRONT, keep=CARRIED | {"passages"})
        assert {key: text for key, text in sources.items() if key != "fi"} == {
            key: text for key, text in shipped().items() if key != "fi"
        }
        changed = lines_changed(shipped()["fi"], sources["fi"])
        body = [
            line for line in changed if not re.match(r"[+-](?:id|from|to|  (?:fi|sv|en|name)|successor|short)", line)
        ]
        assert len(changed) < 60
        assert "-window: {from: 2025-01-01, to: 2025-05-31}" in body
        assert "+    - {from: 2029-06-01, to: 2033-05-31}" in body
        assert not any(line.startswith(("+window", "+bearer", "+evidence", "+##", "-##")) for line in body)

    def test_no_fixed_day_of_the_old_agreement_is_left_in_a_window(self) -> None:
        charter = parse_agreement(successor_of(shipped(), FRONT)[0])
        for duty in charter.duties.values():
            for day in (duty.window.from_, duty.window.to):
                assert not isinstance(day, dt.date) or FRONT.first_day <= day
        assert charter.duties["seurantakokous"].window.from_ == "05-01"

    def test_a_choice_loses_its_days_and_nothing_else(self) -> None:
        old = "        window: {from: 2025-03-01, to: 2025-05-31}\n"
        assert old in shipped()["fi"]
        sources = {
            **shipped(),
            "fi": shipped()["fi"].replace(old, f"{old}        short-name: null\n        count: 2\n"),
        }
        choices = parse_agreement(successor_of(sources, FRONT)[0]).readings["arvioinnin-aika"].choices
        assert [choice.changes for choice in choices] == [{}, {"arviointi": {"short-name": None, "count": 2}}]

    def test_the_successor_can_be_judged(self) -> None:
        charter = parse_agreement(successor_of(shipped(), FRONT)[0])
        assessment = assess(charter, Ledger(charter), dt.date(2027, 3, 1))
        assert {"kuntakokous-koolle", "ryhma-hyvaksynta"} <= {o.duty for o in assessment.occurrences}

    def test_passages_of_the_old_official_text_are_taken_away_unless_kept(self) -> None:
        charter = parse_agreement(successor_of(shipped(), FRONT)[0])
        assert not [clause.id for clause in charter.clauses if clause.official]
        assert charter.clause_by_id["kuntakokous"].ref == "C19"
        kept = parse_agreement(successor_of(shipped(), FRONT, keep=CARRIED | {"passages"})[0])
        assert [clause.official for clause in kept.clauses] == [c.official for c in parse_agreement(shipped()).clauses]

    def test_a_party_that_left_is_no_party_and_what_names_it_is_noted(self) -> None:
        sources, notes = successor_of(shipped(), FRONT, left={"luhanka"})
        assert "luhanka" not in parse_agreement(sources).parties
        assert ("party-left", "luhanka") in codes(notes)
        sources, notes = successor_of(shipped(), FRONT, left={"jyvaskyla"})
        assert [code for code in codes(notes) if code[0] == "left-party-named"] == [
            ("left-party-named", "kuntakokous"), ("left-party-named", "kuntakokous-koolle"),
        ]  # fmt: skip
        with pytest.raises(AgreementErrors, match="names an unknown party or body `jyvaskyla`"):
            parse_agreement(sources)

    def test_a_municipality_that_was_joined_to_another_is_left_out(self) -> None:
        before = Front(id="etela-savo", first_day=dt.date(2023, 1, 1), last_day=dt.date(2025, 12, 31))
        sources, notes = successor_of(from_region(before, ["fi"], region="10")[0], FRONT)
        assert "pertunmaa" not in parse_agreement(sources).parties
        (left,) = [note for note in notes if note.code == "party-left"]
        assert "Mäntyharju" in left.words

    def test_days_of_membership_outside_the_new_days_are_taken_away(self) -> None:
        block = "business-id: 0176592-9"
        sources = {**shipped(), "fi": shipped()["fi"].replace(block, f"{block}\n  from: 2024-01-01")}
        assert parse_agreement(sources).parties["luhanka"].first_day == dt.date(2024, 1, 1)
        charter = parse_agreement(successor_of(sources, FRONT)[0])
        assert charter.parties["luhanka"].first_day is None

    def test_council_terms_go_on_to_the_last_day(self) -> None:
        later = Front(id="uusi", first_day=dt.date(2026, 1, 1), last_day=dt.date(2035, 12, 31))
        charter = parse_agreement(successor_of(shipped(), later)[0])
        assert [period.label for period in charter.terms["municipal"].periods] == [
            "2021-2025", "2025-2029", "2029-2033", "2033-2037",
        ]  # fmt: skip

    def test_council_terms_that_no_law_tells_are_noted(self) -> None:
        sources = {**shipped(), "fi": shipped()["fi"].replace("to: 2029-05-31}", "to: 2029-05-30}")}
        sources, notes = successor_of(sources, FRONT)
        assert [code for code in codes(notes) if code[0] == "terms"] == [("terms", "municipal"), ("terms", "county")]
        assert parse_agreement(sources).terms["municipal"].periods[-1].to == dt.date(2029, 5, 30)

    def test_clauses_that_speak_of_past_years_are_noted(self) -> None:
        _sources, notes = successor_of(shipped(), FRONT)
        assert ("days-in-text", "sopimuskausi") in codes(notes)


class TestReadings:
    """Readings that the parties have decided."""

    def test_a_decided_reading_is_what_the_text_assumes(self) -> None:
        sources, notes = successor_of(shipped(), FRONT, choices={"vastinparien-teemat": "yksi-teema"})
        charter = parse_agreement(sources)
        assert charter.readings["vastinparien-teemat"].assumed == "yksi-teema"
        assert ("reading-decided", "vastinparien-teemat") in codes(notes)
        assert charter.duties["vastinparit"].object is None

    @pytest.mark.parametrize(
        "reading", ["vastinparien-teemat", "edustajien-maara", "foorumin-tiheys", "jatkopaatoksen-aika"]
    )
    def test_each_choice_reads_as_it_did_before(self, reading: str) -> None:
        """Whatever is assumed, a choice makes the same duties of the text as before."""
        before = parse_agreement(shipped())
        for decided in before.readings[reading].choices:
            sources, _notes = successor_of(shipped(), FRONT, choices={reading: decided.id})
            after = parse_agreement(sources)
            for choice in before.readings[reading].choices:
                assert _said(after, {reading: choice.id}) == _said(before, {reading: choice.id})

    def test_two_readings_of_one_duty_are_both_written(self) -> None:
        """A forum every year has no council term, whatever is read of the term."""
        charter = parse_agreement(shipped())
        touching = [r for r in charter.readings.values() if any("foorumi-koolle" in c.changes for c in r.choices)]
        assert len(touching) == 2
        for readings in (touching, touching[::-1]):
            choices = {r.id: next(c.id for c in r.choices if "foorumi-koolle" in c.changes) for r in readings}
            sources, notes = successor_of(shipped(), FRONT, choices=choices)
            duty = parse_agreement(sources).duties["foorumi-koolle"]
            assert isinstance(duty, Duty)
            assert (duty.per, duty.term) == ("calendar-year", None)
            assert {about for code, about in codes(notes) if code == "reading-decided"} >= set(choices)

    def test_a_choice_that_the_text_does_not_offer_is_noted(self) -> None:
        sources, notes = successor_of(shipped(), FRONT, choices={"vastinparien-teemat": "jotain-muuta", "x": "y"})
        assert [code for code in codes(notes) if code[0].startswith("reading")] == [
            ("reading-unwritten", "vastinparien-teemat")
        ]
        assert parse_agreement(sources).readings["vastinparien-teemat"].assumed == "joka-teema"

    def test_what_was_decided_and_who_left_comes_from_the_facts(self) -> None:
        charter = parse_agreement(shipped("esimerkki-jarvimaa"))
        with (AGREEMENTS / "esimerkki-jarvimaa" / "history.jsonl").open("rb") as lines:
            view = Ledger(charter, read_facts(lines, charter)).view()
        left, choices = standing(view, dt.date(2027, 1, 1))
        assert left == {"saukkoniemi"}
        assert choices == {fact.reading: fact.choice for fact in view.of_kind(ReadingSet).facts}
        front = Front(id="jarvimaa-2027", first_day=dt.date(2027, 1, 1))
        after = parse_agreement(successor_of(shipped("esimerkki-jarvimaa"), front, left=left, choices=choices)[0])
        assert {id: after.readings[id].assumed for id in choices} == choices
        assert after.short_title.fi == "Järvimaa 2027– (ESIMERKKI)"


class TestKeeping:
    """What is carried over, and what is not."""

    def test_duties_left_out_leave_their_sentences(self) -> None:
        sources, _notes = successor_of(shipped(), FRONT, keep=CARRIED - {"duties", "rights"})
        charter = parse_agreement(sources)
        assert charter.duties == {}
        assert "kokoontua" in sources["fi"] or "koolle" in sources["fi"]
        assert "(#kuntakokous-koolle)" not in "".join(sources.values())

    def test_without_clauses_only_what_holds_blocks_is_left(self) -> None:
        sources, _notes = successor_of(shipped(), FRONT, keep={"parties", "terms"})
        charter = parse_agreement(sources)
        assert [clause.id for clause in charter.clauses] == ["sopimusosapuolet"]
        assert len(charter.parties) == 24
        assert all(section.prose == "" for section in Manuscript.read(sources).sections)

    def test_bodies_and_duties_stay_without_their_text(self) -> None:
        sources, _notes = successor_of(shipped(), FRONT, keep=CARRIED - {"clauses"})
        charter = parse_agreement(sources)
        assert list(charter.duties) == list(parse_agreement(shipped()).duties)
        assert list(charter.bodies) == list(parse_agreement(shipped()).bodies)


def _said(charter: Charter, choices: Mapping[str, str]) -> dict[str, object]:
    """Return what the duties say under some choices, windows of fixed days aside."""
    said: dict[str, object] = {}
    for id, duty in charter.duties_under(choices).items():
        data = duty.model_dump(by_alias=True)
        window = data.get("window")
        if window and any(isinstance(day, dt.date) for day in window.values()):
            data["window"] = {"from": None, "to": None}
        said[id] = data
    return said

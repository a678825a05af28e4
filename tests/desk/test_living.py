from __future__ import annotations

import re

from yhdyspinta.desk.living import living_of


def document(scene, official=None):
    return living_of(scene, official or {})


def blocks(living):
    return {block.id: block for section in living.sections for block in section.blocks}


def test_document_has_every_clause_in_the_order_of_the_text(scene_on, charter):
    living = document(scene_on("2024-06-01"))
    assert [section.id for section in living.sections] == [part.id for part in charter.parts]
    assert list(blocks(living)) == [clause.id for clause in charter.clauses]


def test_binding_sentence_is_underlined_in_the_manner_of_its_state(scene_on):
    html = blocks(document(scene_on("2024-06-01")))["kuntakokous"].html
    assert re.search(r'class="binding is-done" aria-describedby="state-kuntakokous-koolle"', html)
    assert re.search(r'class="binding is-none" aria-describedby="state-kuntakokous-rakenteet"', html)


def test_clause_has_one_small_mark_of_counts(scene_on):
    found = blocks(document(scene_on("2024-06-01")))
    assert (found["vastinpari"].mark.shape, found["vastinpari"].mark.word) == ("part", "3/240 toteutunut")
    assert found["tasavertaisuus"].mark is None
    assert found["strategiat"].mark.shape == "unmeasured"


def test_clause_without_duties_says_what_it_is(scene_on):
    found = blocks(document(scene_on("2024-06-01")))
    assert found["yhdyspinta"].kind == "Määritelmä"
    assert found["tavoitteet"].kind == "Tavoite"
    assert found["kuntakokous"].kind == ""


def test_statutory_duties_stand_apart(scene_on, charter):
    living = document(scene_on("2024-06-01"))
    statutory = {id_ for id_, duty in charter.duties.items() if duty.basis == "statutory"}
    assert {card.id for card in living.statutory} == statutory
    shown = {card.id for block in blocks(living).values() for card in block.cards}
    assert not shown & statutory
    assert shown == set(charter.duties) - statutory


def test_what_the_text_leaves_open_is_listed(scene_on):
    (left,) = blocks(document(scene_on("2024-06-01")))["kuntakokous"].left_open
    assert "päätösvaltaisuus" in left.items
    assert left.url.endswith("/elimet/kuntakokous/")


def test_reading_is_a_note_until_the_parties_decide(scene_on, charter):
    reading = charter.readings["seurantakokous-on-kuntakokous"]
    (note,) = blocks(document(scene_on("2024-06-01")))["vuosiseuranta"].notes
    assert note.question == reading.question.fi
    assert note.decided == ""
    assert len(note.others) == len(reading.choices) - 1
    other = next(choice for choice in reading.choices if choice.id != reading.assumed)
    decided = [{"fact": "reading-set", "reading": reading.id, "choice": other.id, "on": "2024-01-15"}]
    (after,) = blocks(document(scene_on("2024-06-01", facts=decided)))["vuosiseuranta"].notes
    assert after.answer == other.text.fi
    assert after.decided == "Osapuolten päätös 15.1.2024"
    assert note.answer in after.others


def test_official_wording_stands_beside_the_restatement(scene_on):
    found = blocks(document(scene_on("2024-06-01"), {"kuntakokous": "Kuntakokous johtaa yhteistyötä."}))
    assert found["kuntakokous"].official == "Kuntakokous johtaa yhteistyötä."
    assert found["foorumi"].official == ""


def test_rule_says_who_pays(scene_on):
    (rule,) = blocks(document(scene_on("2024-06-01")))["edustajien-kulut"].rules
    assert "palkat" in rule.pays.lower()
    assert "kukin osapuoli" in rule.pays


def test_parties_are_listed_in_the_agreements_order(scene_on, charter):
    members = blocks(document(scene_on("2024-06-01")))["sopimusosapuolet"].members
    assert [name for name, _ in members] == [party.official_name.fi for party in charter.parties.values()]


def test_summary_counts_commitments_and_no_rights_or_statutes(scene_on, charter):
    scene = scene_on("2024-06-01", audience="all")
    chips = document(scene).chips
    counted = sum(int(chip.words.split()[0]) for chip in chips)
    own = [
        each
        for each in scene.assessment.occurrences
        if each.kind != "right" and charter.duties[each.duty].basis != "statutory"
    ]
    assert counted == len(own)
    assert chips[0].words == "11 toteutunutta"
    assert chips[0].url == "/keski-suomi-2023/sitoumukset/?tila=fulfilled"


def test_summary_tells_the_public_only_what_is_done_when_so_decided(scene_on):
    chips = document(scene_on("2024-06-01", shown="none")).chips
    assert [chip.mark.shape for chip in chips] == ["fulfilled"]


def test_text_is_in_the_language_of_the_page(scene_on, charter):
    block = blocks(document(scene_on("2024-06-01", language="sv")))["kuntakokous"]
    assert block.title == charter.clause_by_id["kuntakokous"].title.sv
    assert block.language == ""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from yhdyspinta.agreement import Annex, parse_agreement
from yhdyspinta.agreement.compare import compare
from yhdyspinta.agreement.words import Words
from yhdyspinta.authoring.comparing.words import Said, stretches, tell


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def charter(keski_suomi_text):
    return parse_agreement(keski_suomi_text)


def told(found, party=""):
    return tell(found, "en", before="A", after="B", party=party)


def with_duty(charter, id, **changes):
    duty = charter.duties[id]
    return replace(charter, duties={**charter.duties, id: duty.model_copy(update=changes).placed(duty.clause)})


def test_new_duty_says_who_when_and_how_it_is_borne(found):
    (party,) = told(found, "luhanka").parties
    (duty,) = party.duties
    assert (duty.word, duty.day.replace("\N{NO-BREAK SPACE}", " "), duty.anchor) == (
        "New",
        "from 1 Jan 2026",
        "kuntakokous",
    )
    assert Said("When", "", "Every calendar year") in duty.said
    assert Said("How it is borne", "", "alone") in duty.said
    assert Said("How often", "", "2 times") in duty.said
    assert party.rest == "12 commitments stay the same."


def test_duty_that_goes_to_another_party_ends_for_the_one_before(found):
    (party,) = told(found, "jyvaskyla").parties
    (duty,) = party.duties
    assert (duty.word, duty.day.replace("\N{NO-BREAK SPACE}", " ")) == ("Ends", "until 31 Dec 2025")


def test_changed_duty_says_only_what_differs(found):
    (duty,) = told(found).duties
    assert [said.label for said in duty.said] == ["Who", "How often"]


def test_parties_for_whom_it_is_the_same_stand_together_and_nothing_last(found):
    parties = told(found).parties
    assert [party.ids for party in parties[:2]] == [("jyvaskyla",), ("luhanka",)]
    assert len(parties) == 3
    assert parties[2].nothing
    assert len(parties[2].ids) == 22


def test_party_that_leaves_is_told_once_not_with_every_duty(charter):
    without = replace(charter, parties={id: party for id, party in charter.parties.items() if id != "luhanka"})
    said = told(compare(charter, without))
    (party,) = (party for party in said.parties if not party.nothing)
    assert (party.status, party.duties) == ("No longer a party", ())
    assert party.rest.endswith("commitments end with it.")
    assert said.members == (("No longer a party", "Luhanka"),)


def test_change_that_has_no_words_is_told_as_one_of_details(charter):
    evidence = {"counterpart-named": {"party": "bearer", "theme": "object", "hours_per_week": {"more-than": 5}}}
    (duty,) = told(compare(charter, with_duty(charter, "vastinparit", evidence=evidence))).duties
    assert duty.said == (Said("How it shows", "", "the details differ"),)
    (duty,) = told(compare(charter, with_duty(charter, "vastinparit", readings=()))).duties
    assert duty.said == (Said("Details", "", "the details differ"),)


def test_bodies_say_what_of_them_changes(charter):
    body = charter.bodies["kuntakokous"].model_copy(update={"convened_by": ("luhanka",)}).placed("kuntakokous")
    said = told(compare(charter, replace(charter, bodies={**charter.bodies, "kuntakokous": body})))
    assert [words for _, words in said.bodies] == ["Municipalities' Meeting: who convenes"]


def test_body_that_is_only_named_by_another_id_is_no_change(charter):
    body = charter.bodies["ksturva"].model_copy(update={"id": "turvaryhma"}).placed(charter.bodies["ksturva"].clause)
    bodies = {("turvaryhma" if id == "ksturva" else id): each for id, each in charter.bodies.items()}
    found = compare(charter, replace(charter, bodies={**bodies, "turvaryhma": body}))
    assert [each.fields for each in found.bodies] == [{"id": ("ksturva", "turvaryhma")}]
    assert told(found).bodies == ()


def test_annex_that_is_new_is_told(charter):
    annexes = {"suunnitelma": Annex("suunnitelma", Words({"en": "Plan"}), Words({"en": "plan"}))}
    (said,) = told(compare(charter, replace(charter, annexes=annexes))).about
    assert said == Said("Annexes", "", "Plan")


def test_clauses_that_stay_the_same_are_one_stretch(found):
    assert [(stretch.same, len(stretch.clauses)) for stretch in stretches(told(found).clauses)] == [
        (True, 19), (False, 1), (True, 19)
    ]  # fmt: skip


def test_moved_clause_says_from_which_part_to_which(charter):
    first, second, *rest = charter.parts
    clause = second.clauses[0]
    parts = (
        replace(first, clauses=(*first.clauses, replace(clause, part=first.id))),
        replace(second, clauses=second.clauses[1:]),
        *rest,
    )
    moved = [clause for clause in told(compare(charter, replace(charter, parts=parts))).clauses if clause.notes]
    assert moved[0].notes == (f"Moved from the part “{second.title.en}” to the part “{first.title.en}”",)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_nothing_that_is_told_blames_anybody(found, language):
    with translation.override(language):
        said = str(tell(found, language, before="A", after="B")).lower()
    assert not any(word in said for word in ("laimin", "rikko", "puute", "försumm", "breach", "fail", "neglect"))


def test_part_whose_own_words_change_stands_before_its_clauses_and_is_no_clause(charter):
    first, *rest = charter.parts
    worded = replace(first, prose={"en": "<p>Something is said first.</p>"}, title=Words({"en": "Who we are"}))
    before, after = told(compare(charter, charter)), told(compare(charter, replace(charter, parts=(worded, *rest))))
    part = after.clauses[0]
    assert (part.is_part, part.change, part.lines[0].change) == (True, "changed", "added")
    assert [clause.anchor for clause in after.clauses[1:]] == [clause.anchor for clause in before.clauses]
    assert [count.words for count in after.counts] == ["39 clauses stay the same"]
    assert not after.nothing

"""Single rules: what a word stands for, who owns a task, what is one duty and what two."""

from __future__ import annotations

from typing import Any

import pytest

from tests.agreement.proposing.texts import MERILAAKSO_PARTIES, OSTKUSTEN_PARTIES, clauses
from yhdyspinta.agreement.proposing import ClauseText, Proposal, propose
from yhdyspinta.agreement.proposing.fi import FINNISH
from yhdyspinta.agreement.proposing.sentences import sentences_of


def proposed(text: str, *kinds: str, title: str = "Kohta") -> list[Proposal]:
    found = propose(clauses(f"# Yhteistyö\n## {title}\n{text}"), language="fi", parties=MERILAAKSO_PARTIES)
    return [proposal for proposal in found if proposal.kind in (kinds or ("duty",))]


def duty(text: str) -> dict[str, Any]:
    [found] = proposed(text)
    return dict(found.data)


def marked(proposal: Proposal) -> set[tuple[str, str]]:
    return {(proposal.sentence[mark.start : mark.end], mark.role) for mark in proposal.marks}


# --- sentences


def test_an_abbreviation_ends_no_sentence() -> None:
    clause = ClauseText("a", "", "", "Mukana ovat esim. Lokkiluoto ja Tyrskylä. Ne kokoontuvat vuosittain.")
    assert [sentence.text for sentence in sentences_of(clause, FINNISH)] == [
        "Mukana ovat esim. Lokkiluoto ja Tyrskylä.",
        "Ne kokoontuvat vuosittain.",
    ]


def test_a_list_ends_with_the_next_sentence() -> None:
    clause = ClauseText(
        "a", "", "", "Tehtävänä on:\n– ohjata\n– seurata.\nTämä on jo uusi kokonainen virke kappaleessa."
    )
    assert [bool(sentence.lead) for sentence in sentences_of(clause, FINNISH)] == [False, True, True, False]


# --- who


def test_whoever_has_the_responsibility_bears_it() -> None:
    found = duty("Johtoryhmän kokousten viestinnästä on vastuu Lokkiluodon kunnalla.")
    assert (found["bearer"], found["per"]) == ("lokkiluoto", "meeting of johtoryhma")


def test_each_party_has_somebody_in_a_body() -> None:
    found = duty("Jokaisella osapuolella on johtoryhmässä edustaja.")
    assert (found["bearer"], found["kind"]) == ("each party", "maintain")
    assert found["evidence"] == {"member-named": {"party": "bearer", "body": "johtoryhma"}}


def test_a_relative_clause_is_borne_by_the_name_before_it() -> None:
    found = proposed("Puheenjohtajafoorumin asiat käy läpi johtoryhmä, joka lähettää foorumin esityslistan.")
    assert ("johtoryhma", "agenda") in {(p.data["bearer"], p.rule) for p in found}


def test_a_coordinator_bears_that_others_put_people_forward() -> None:
    text = "Yhteistyöryhmät ovat pysyviä.\nKunnat esittävät edustajansa yhteistyöryhmiin johtoryhmän koordinoimana."
    found = duty(text)
    assert found["bearer"] == "johtoryhma"
    assert found["evidence"]["member-named"] == {"body": "object", "party": {"kind": ["municipality"]}}


def test_a_bare_noun_is_the_body_last_spoken_of() -> None:
    text = (
        "Johtofoorumi ja tietofoorumi ovat pysyviä.\nTaloustiimifoorumi linjaa taloutta. Foorumi kokoontuu vuosittain."
    )
    found = [p.data for p in proposed(text) if p.rule == "meets"]
    assert [data["bearer"] for data in found] == ["taloustiimifoorumi"]


def test_several_parties_who_deliver_do_so_each_for_itself() -> None:
    found = proposed("Lokkiluoto ja Tyrskylä toimittavat tiedot vuosittain.")
    assert [p.data["bearer"] for p in found] == ["lokkiluoto", "tyrskyla"]


def test_nobody_is_made_up_for_what_is_done_by_nobody() -> None:
    [found] = proposed("Tavoitteita seurataan vuosittain.")
    assert "bearer" not in found.data
    assert "bearer" in found.open


# --- bodies


@pytest.mark.parametrize("text", ["Palvelut vastaavat väestöryhmän tarpeita.", "Johtajat toimivat yhteistyöfoorumina."])
def test_a_word_that_only_looks_like_a_body_is_none(text: str) -> None:
    assert proposed(text, "body") == []


def test_a_body_is_named_in_the_nominative() -> None:
    found = proposed("Asia tuodaan kuntajohtajakokoukseen, hyvinvointilautakunnalle ja asumisen verkostolle.", "body")
    assert [p.data["name"]["fi"] for p in found] == ["kuntajohtajakokous", "hyvinvointilautakunta", "asumisen verkosto"]


def test_a_body_with_an_abbreviation_goes_by_both() -> None:
    [found] = proposed("Työtä jatkaa Etelä-Merilaakson turvallisuus- ja valmiustoimikunta (EMTURVA).", "body")
    assert found.data["name"] == {"fi": "Etelä-Merilaakson turvallisuus- ja valmiustoimikunta"}
    assert found.data["short-name"] == {"fi": "EMTURVA"}


def test_the_level_is_that_of_the_body_a_sentence_is_about() -> None:
    first = "# Taso 1\n## Foorumi\nJohtofoorumin asiat valmistelee kuntajohtajakokous."
    text = f"{first}\n# Taso 2\n## Muut\nKuntajohtajakokous kokoontuu."
    found = propose(clauses(text), language="fi", parties=MERILAAKSO_PARTIES)
    levels = {p.data["name"]["fi"]: p.data.get("level") for p in found if p.kind == "body"}
    assert levels == {"johtofoorumi": 1, "kuntajohtajakokous": 2}


# --- duties


def test_convening_and_cadence_in_two_sentences_are_one_duty() -> None:
    found = duty("Lokkiluoto kutsuu johtoryhmän koolle. Johtoryhmä kokoontuu kahdesti vuodessa.")
    assert (found["bearer"], found["per"], found["count"]) == ("lokkiluoto", "calendar-year", 2)


def test_what_is_said_twice_is_proposed_once() -> None:
    assert len(proposed("Kunnat raportoivat hyvinvoinnista vuosittain. Kunta raportoi hyvinvoinnista joka vuosi.")) == 1


def test_plan_and_rules_are_two_duties() -> None:
    found = proposed("Johtoryhmä laatii vuosittain toimintasuunnitelman ja säännöt.")
    assert [p.data["evidence"]["plan-adopted"]["plan"] for p in found] == ["action-plan", "rules"]


def test_the_officers_named_are_those_asked_for() -> None:
    found = duty("Johtoryhmä valitsee keskuudestaan puheenjohtajan ja sihteerin.")
    assert found["evidence"]["officers-elected"]["offices"] == {"all": ["chair", "secretary"]}


def test_marks_are_the_words_that_the_duty_rests_on() -> None:
    [found] = proposed("Lokkiluodon kunta kutsuu johtoryhmän koolle vähintään kerran vuodessa.")
    assert marked(found) == {
        ("Lokkiluodon kunta", "bearer"),
        ("kutsuu", "verb"),
        ("johtoryhmän", "body"),
        ("vähintään kerran vuodessa", "cadence"),
    }


def test_words_that_a_duty_does_not_rest_on_are_not_marked() -> None:
    [found] = proposed("Kunnat raportoivat hyvinvoinnista johtoryhmälle vuosittain.")
    assert marked(found) == {("Kunnat", "bearer"), ("raportoivat", "verb"), ("vuosittain", "cadence")}


def test_a_cadence_belongs_to_the_verb_before_it() -> None:
    found = proposed("Johtoryhmä linjaa yhteistyötä ja arvioi tavoitteita vuosittain.")
    assert [(p.rule, p.data.get("per")) for p in found] == [("steers", None), ("monitors-goals", "calendar-year")]


def test_a_law_below_its_heading_line_keeps_its_number() -> None:
    text = "Laki sosiaali- ja terveydenhuollon järjestämisestä 612/2021:\n6 § (kunta),\n7 ja 10 §."
    found = proposed(text, "law")
    assert [(p.data["number"], p.data["section"]) for p in found] == [
        ("612/2021", "6 §"),
        ("612/2021", "7 §"),
        ("612/2021", "10 §"),
    ]


def test_sections_of_the_agreement_itself_are_no_law() -> None:
    assert proposed("Tämän sopimuksen 5 §:ssä sovitaan muusta. Kohdassa 6 § on luettelo.", "law") == []


def test_the_last_topic_of_a_list_is_two_when_both_stand_alike() -> None:
    one = proposed("Ryhmiä on esimerkiksi asumisen, järjestö- ja yritystyön ympärille.", "theme")
    two = proposed("Ryhmiä on esimerkiksi asumisen, kaavoituksen ja liikenteen ympärille.", "theme")
    assert [p.data["name"]["fi"] for p in one] == ["asumisen", "järjestö- ja yritystyön"]
    assert [p.data["name"]["fi"] for p in two] == ["asumisen", "kaavoituksen", "liikenteen"]


def test_a_compound_that_shares_its_end_is_one_topic() -> None:
    text = "# A\n## B\nNätverk bildas till exempel kring boende, elev- och studerandevård."
    found = propose(clauses(text), language="sv", parties=OSTKUSTEN_PARTIES)
    assert [p.data["name"]["sv"] for p in found if p.kind == "theme"] == ["boende", "elev- och studerandevård"]


def test_the_same_goal_in_two_clauses_is_one() -> None:
    goal = "Tavoitteena on parantaa palveluja.\nTavoitteena on parantaa palveluja."
    assert len(proposed(goal, "goal")) == 1


def test_terms_say_whose_they_are_where_the_text_does() -> None:
    [found] = proposed("Aluevaltuuston toimikauden alussa sovitaan uudesta.", "terms")
    assert (found.data["id"], found.open) == ("county", ("periods",))


def test_a_preposition_goes_for_all_that_follows_it() -> None:
    text = "# A\n## B\nLedningsgruppen sammankallas av Hyljeniemi, Måsskär och förbundet."
    found = [p for p in propose(clauses(text), language="sv", parties=OSTKUSTEN_PARTIES) if p.kind == "duty"]
    assert [p.data["bearer"] for p in found] == [["hyljeniemi", "masskar", "ostkustens-forbund"]]


def test_a_swedish_relative_clause_is_borne_by_the_name_before_it() -> None:
    text = "# A\n## B\nÄrendena bereds av ledningsgruppen, som sammankallar kommunforumet årligen."
    found = [p for p in propose(clauses(text), language="sv", parties=OSTKUSTEN_PARTIES) if p.rule == "invites"]
    assert [(p.data["bearer"], p.data["evidence"]["meeting-held"]["body"]) for p in found] == [
        ("ledningsgruppen", "kommunforumet")
    ]

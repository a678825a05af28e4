"""Texts are loaded whole, official wordings attached, histories brought in, and the same again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest
from django.core.exceptions import ValidationError

from yhdyspinta.agreement import AgreementErrors, today
from yhdyspinta.journal import queries
from yhdyspinta.journal.actions import (
    attach_official_text,
    erase_details,
    import_facts,
    load_text,
    set_publicity,
    set_records_from,
)
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.change import change
from yhdyspinta.journal.models import Agreement, Chain, Entry, KeptFact, OfficialText, Text
from yhdyspinta.journal.verify import verify

Reworded: TypeAlias = Callable[[str], dict[str, str]]

HELD: dict[str, Any] = {"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14"}
SIGNED: dict[str, Any] = {"fact": "signed", "party": "luhanka", "on": "2023-01-20"}


def sequence(slug: str = "keski-suomi-2023") -> int:
    return Chain.objects.get(name=slug).sequence


# Loading a text


def test_load_text_makes_the_agreement_with_its_chain(db: None, keski_suomi_text: dict[str, str]):
    agreement = load_text(keski_suomi_text, slug="keski-suomi-2023", by=SYSTEM)
    assert (agreement.chain.name, agreement.chain.sequence) == ("keski-suomi-2023", 1)
    assert (agreement.records_from, agreement.loaded, agreement.example) == (today(), today(), False)
    assert agreement.states_shown_to_public == "done-and-counts"
    text = Text.objects.get()
    assert (text.sources, text.first_day) == (keski_suomi_text, date(2023, 1, 1))
    assert Entry.objects.get().object_key == f"text:{text.digest}"


def test_load_text_again_changes_nothing(agreement: Agreement, keski_suomi_text: dict[str, str]):
    before = sequence()
    assert load_text(keski_suomi_text, slug=agreement.slug, by=SYSTEM) == agreement
    assert sequence() == before


def test_load_text_of_another_wording_succeeds_it(agreement: Agreement, reworded: Reworded):
    other = reworded("Muutettu.")
    load_text(other, slug=agreement.slug, first_day=date(2024, 6, 1), by=SYSTEM)
    load_text(other, slug=agreement.slug, by=SYSTEM)
    assert [text.first_day for text in queries.texts(agreement)] == [date(2024, 6, 1), date(2023, 1, 1)]


def test_load_text_goes_back_to_an_earlier_wording(
    agreement: Agreement, keski_suomi_text: dict[str, str], reworded: Reworded
):
    other = reworded("Muutettu.")
    load_text(other, slug=agreement.slug, by=SYSTEM)
    load_text(keski_suomi_text, slug=agreement.slug, by=SYSTEM)
    assert [text.sources == keski_suomi_text for text in queries.texts(agreement)] == [True, False, True]
    assert list(verify()) == []


def test_load_text_sets_records_from_where_it_is_said(agreement: Agreement, keski_suomi_text: dict[str, str]):
    load_text(keski_suomi_text, slug=agreement.slug, records_from=date(2024, 1, 1), by=SYSTEM)
    assert queries.agreement_or_404(agreement.slug).records_from == date(2024, 1, 1)


def test_load_text_refuses_the_text_of_another_agreement(db: None, keski_suomi_text: dict[str, str]):
    with pytest.raises(ValidationError, match="of the agreement “keski-suomi-2023”, not of “pirkanmaa-2023”"):
        load_text(keski_suomi_text, slug="pirkanmaa-2023", by=SYSTEM)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("slug", ["common", "sv", "kirjaudu"])
def test_load_text_refuses_a_name_that_means_something_else(db: None, keski_suomi_text: dict[str, str], slug: str):
    text = keski_suomi_text | {"fi": keski_suomi_text["fi"].replace("id: keski-suomi-2023", f"id: {slug}", 1)}
    with pytest.raises(ValidationError, match=f"No agreement can be called “{slug}”"):
        load_text(text, slug=slug, by=SYSTEM)


def test_load_text_refuses_what_is_no_agreement(db: None):
    with pytest.raises(AgreementErrors):
        load_text({"fi": "# Kirje {#kirje}\n"}, slug="kirje", by=SYSTEM)


def example_of(text: dict[str, str], slug: str = "esimerkki") -> dict[str, str]:
    source = text["fi"].replace("id: keski-suomi-2023", f"id: {slug}", 1)
    marked = source.replace("example: false", "example: true", 1)
    return text | {"fi": marked if marked != source else source.replace(f"id: {slug}", f"id: {slug}\nexample: true", 1)}


def test_load_text_keeps_examples_away_from_real_agreements(agreement: Agreement, keski_suomi_text: dict[str, str]):
    with pytest.raises(ValidationError, match="holds the real agreement “keski-suomi-2023”"):
        load_text(example_of(keski_suomi_text), slug="esimerkki", by=SYSTEM)


def test_load_text_keeps_real_agreements_away_from_examples(db: None, keski_suomi_text: dict[str, str]):
    assert load_text(example_of(keski_suomi_text), slug="esimerkki", by=SYSTEM).example
    with pytest.raises(ValidationError, match="holds the invented example “esimerkki”"):
        load_text(keski_suomi_text, slug="keski-suomi-2023", by=SYSTEM)
    assert not Chain.objects.filter(name="keski-suomi-2023").exists()


def test_load_text_does_not_turn_an_agreement_into_an_example(agreement: Agreement, keski_suomi_text: dict[str, str]):
    with pytest.raises(ValidationError, match="does not turn from an example into a real one, or back"):
        load_text(example_of(keski_suomi_text, agreement.slug), slug=agreement.slug, by=SYSTEM)


def test_load_text_refuses_to_lose_what_facts_of_its_time_speak_of(
    agreement: Agreement, keski_suomi_text: dict[str, str]
):
    import_facts(agreement, [SIGNED | {"on": "2024-02-01"}], by=SYSTEM)
    without = keski_suomi_text | {
        "fi": keski_suomi_text["fi"].replace("id: luhanka", "id: luhanka-uusi", 1),
    }
    with pytest.raises(ValidationError, match="does not know what a fact speaks of: unknown party `luhanka`"):
        load_text(without, slug=agreement.slug, by=SYSTEM)
    load_text(without, slug=agreement.slug, first_day=date(2024, 6, 1), by=SYSTEM)
    assert queries.assess(agreement, date(2024, 7, 1)).counts


# The official wording


def test_attach_official_text_keeps_it_whole(agreement: Agreement, official_wording: str):
    official = attach_official_text(agreement, official_wording, filename="sopimus.txt", by=SYSTEM)
    assert OfficialText.objects.get() == official
    assert official.content == official_wording


def test_attach_official_text_again_changes_nothing(agreement: Agreement, official_wording: str):
    attach_official_text(agreement, official_wording, filename="sopimus.txt", by=SYSTEM)
    before = sequence()
    attach_official_text(agreement, official_wording, filename="toinen.txt", by=SYSTEM)
    assert (sequence(), OfficialText.objects.count()) == (before, 1)


def test_attach_official_text_names_each_clause_without_passage(agreement: Agreement, official_wording: str):
    headings = official_wording.count("\n\n") + 1
    with pytest.raises(ValidationError) as refused:
        attach_official_text(agreement, "Aivan muu teksti.", filename="muu.txt", by=SYSTEM)
    clauses = [clause for clause in queries.charter_of(agreement).clauses if clause.official]
    assert len(refused.value.messages) == len(clauses) >= headings
    assert refused.value.messages[0].startswith(f"Clause “{clauses[0].id}”: the text has no heading")
    assert not OfficialText.objects.exists()


# Bringing in a history


def test_import_facts_brings_all_of_them_in(agreement: Agreement):
    assert import_facts(agreement, [HELD, SIGNED | {"id": "s1", "recorded": "2023-01-21"}], by=SYSTEM) == (2, 0)
    rows = {row.fact_id: row.recorded for row in KeptFact.objects.all()}
    assert rows == {"keski-suomi-2023-1": today(), "s1": date(2023, 1, 21)}
    assert Entry.objects.filter(verb="import-facts").get().detail.after == {"facts": 2}
    assert list(verify()) == []


def test_import_facts_twice_changes_nothing(agreement: Agreement):
    history = [HELD, SIGNED | {"id": "s1"}, {"fact": "withdrawn", "of": "s1", "on": "2023-02-01"}]
    import_facts(agreement, history, by=SYSTEM)
    before = sequence()
    assert import_facts(agreement, history, by=SYSTEM) == (0, 3)
    assert sequence() == before


def test_import_facts_adds_what_is_new_in_a_longer_file(agreement: Agreement):
    import_facts(agreement, [HELD], by=SYSTEM)
    assert import_facts(agreement, [HELD, SIGNED], by=SYSTEM) == (1, 1)
    assert list(verify()) == []


def test_import_facts_counts_equal_ones_once(agreement: Agreement):
    named = {"fact": "member-named", "party": "luhanka", "body": "ksturva", "role": "member", "from": "2023-01-01"}
    equal = [
        HELD,
        HELD | {"reference": "§ 3"},
        HELD | {"recorded": "2024-06-01"},
        named,
        named | {"to": None},
    ]
    assert import_facts(agreement, equal, by=SYSTEM) == (2, 3)


def test_import_facts_withdraws_what_an_earlier_file_brought(agreement: Agreement):
    import_facts(agreement, [SIGNED | {"id": "s1"}], by=SYSTEM)
    import_facts(agreement, [{"fact": "withdrawn", "of": "s1", "on": "2023-02-01"}], by=SYSTEM)
    assert not queries.facts_in_force(agreement).exists()


def test_import_facts_refuses_an_id_that_belongs_to_another_fact(agreement: Agreement):
    import_facts(agreement, [SIGNED | {"id": "s1"}], by=SYSTEM)
    with pytest.raises(ValidationError, match="“s1” belongs to another fact") as refused:
        import_facts(agreement, [HELD, SIGNED | {"id": "s1", "on": "2023-03-01"}], by=SYSTEM)
    assert refused.value.error_list[0].params == {"id": "s1", "position": 2}
    assert KeptFact.objects.count() == 1


def test_import_facts_takes_nothing_where_one_is_wrong(agreement: Agreement):
    with pytest.raises(ValidationError, match="unknown party `tampere`"):
        import_facts(agreement, [HELD, SIGNED | {"party": "tampere"}], by=SYSTEM)
    assert not KeptFact.objects.exists()


def test_import_facts_leaves_ids_that_a_file_took_to_that_file(agreement: Agreement):
    import_facts(agreement, [SIGNED | {"id": "keski-suomi-2023-2"}], by=SYSTEM)
    import_facts(agreement, [HELD], by=SYSTEM)
    assert KeptFact.objects.get(number=2).fact_id == "keski-suomi-2023-2x"


def test_import_facts_of_an_id_twice_in_one_file_is_refused(agreement: Agreement):
    with pytest.raises(ValidationError, match="`s1` is already used"):
        import_facts(agreement, [HELD | {"id": "s1"}, SIGNED | {"id": "s1"}], by=SYSTEM)


# What is set for an agreement


def test_set_records_from_is_entered_once(agreement: Agreement):
    before = sequence()
    set_records_from(agreement, date(2024, 1, 1), by=SYSTEM)
    set_records_from(agreement, date(2024, 1, 1), by=SYSTEM)
    assert sequence() == before + 1
    detail = Entry.objects.get(verb="set-records-from").detail
    assert (detail.before, detail.after) == ("2023-01-01", "2024-01-01")


@pytest.mark.parametrize("shown", ["all", "none"])
def test_set_publicity_is_entered_once(agreement: Agreement, shown: str):
    before = sequence()
    set_publicity(agreement, shown, by=SYSTEM)
    set_publicity(agreement, shown, by=SYSTEM)
    assert (queries.agreement_or_404(agreement.slug).states_shown_to_public, sequence()) == (shown, before + 1)


def test_set_publicity_refuses_another_word(agreement: Agreement):
    with pytest.raises(ValidationError, match="“some” is none of: all, done-and-counts, none"):
        set_publicity(agreement, "some", by=SYSTEM)


def test_erase_details_of_the_common_chain(db: None):
    with change(None, by=SYSTEM) as c:
        c.enter("create-account", "account:1", after={"name": "Aino"})
    assert erase_details(None, [1], reason="asked for by the person", by=SYSTEM) == 1
    entry = Entry.objects.get(verb="erase-details")
    assert entry.detail.after == {"entries": [1], "reason": "asked for by the person"}
    assert list(verify()) == []

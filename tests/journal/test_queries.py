"""What the journal is asked, and how many queries an answer costs: literally, and however much there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest
from django.http import Http404

from yhdyspinta.journal import memory, queries
from yhdyspinta.journal.actions import attach_official_text, load_text, set_records_from
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.change import change
from yhdyspinta.journal.models import Agreement

Reworded: TypeAlias = Callable[[str], dict[str, str]]

YEARS = (2023, 2024, 2025)


@pytest.fixture(autouse=True)
def _fresh_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin as a process does that has judged nothing yet."""
    for name in ("_ledgers", "_assessments", "_passages"):
        monkeypatch.setattr(memory, name, memory._Kept(64))


def hold_meetings(agreement: Agreement, count: int, first: int = 1) -> None:
    with change(agreement, by=SYSTEM) as c:
        c.enter("record", "thing:1")
        for number in range(first, first + count):
            day = f"{YEARS[number % 3]}-05-{1 + number // 3:02}"
            c.add("thing:1", [{"fact": "meeting-held", "body": "kuntakokous", "on": day}])


def states(agreement: Agreement, as_of: date, **clocks: Any) -> dict[str, str]:
    judged = queries.assess(agreement, as_of, **clocks).occurrences
    return {one.period: one.state for one in judged if one.duty == "kuntakokous-koolle"}


def test_agreement_or_404_finds_by_slug(agreement: Agreement, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        found = queries.agreement_or_404("keski-suomi-2023")
        assert found.chain.name == "keski-suomi-2023"
    with pytest.raises(Http404):
        queries.agreement_or_404("ei-ole")


def test_agreements_are_listed_with_their_chains(
    second_agreement: Agreement, agreement: Agreement, django_assert_num_queries: Any
):
    with django_assert_num_queries(1):
        listed = [(one.slug, one.chain.name) for one in queries.agreements()]
    assert listed == [("keski-suomi-2023", "keski-suomi-2023"), ("keski-suomi-2026", "keski-suomi-2026")]


def test_revision_is_both_sequences_in_one_query(agreement: Agreement, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        own, common, heads = queries.revision(agreement)
    hold_meetings(agreement, 1)
    moved = queries.revision(agreement)
    assert moved[:2] == (own + 1, common)
    assert (moved.heads[0] != heads[0], moved.heads[1]) == (True, heads[1])
    with change(None, by=SYSTEM) as c:
        c.enter("rename", "organisation:1")
    with django_assert_num_queries(1):
        both = queries.revision_of_slug("keski-suomi-2023")
    assert both is not None
    assert both[:2] == (own + 1, common + 1)


@pytest.mark.parametrize("slug", ["ei-ole", "common", ""])
def test_revision_of_an_unknown_slug_is_none(agreement: Agreement, slug: str):
    assert queries.revision_of_slug(slug) is None


def test_revision_of_an_agreement_that_is_gone_is_an_error(agreement: Agreement):
    agreement.slug = "ei-ole"
    with pytest.raises(Agreement.DoesNotExist):
        queries.revision(agreement)


def test_charter_costs_one_query_once_the_text_was_met(agreement: Agreement, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        charter = queries.charter_of(agreement)
    assert (charter.id, len(charter.parties)) == ("keski-suomi-2023", 24)
    assert queries.charter_of(agreement) is charter


def test_charter_of_a_text_not_met_costs_one_more(
    agreement: Agreement, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(memory, "_charters", memory._Kept(64))
    with django_assert_num_queries(2):
        assert queries.charter_of(agreement).id == "keski-suomi-2023"


@pytest.mark.parametrize("facts", [1, 30])
def test_assess_costs_the_same_however_many_facts(agreement: Agreement, facts: int, django_assert_num_queries: Any):
    hold_meetings(agreement, facts)
    with django_assert_num_queries(2):  # where the agreement stands; its facts
        assert states(agreement, date(2024, 12, 31))["2024"] == "fulfilled"
    with django_assert_num_queries(1):  # where the agreement stands
        assert states(agreement, date(2024, 12, 31))["2024"] == "fulfilled"
    with django_assert_num_queries(1):  # another day, the same facts
        assert states(agreement, date(2024, 1, 1))["2024"] == "open"
    hold_meetings(agreement, 1, first=facts + 1)
    with django_assert_num_queries(3):  # … whether what is held is of this chain; the newer facts
        states(agreement, date(2024, 12, 31))


def test_ledger_reads_only_what_is_newer(agreement: Agreement, django_assert_num_queries: Any):
    hold_meetings(agreement, 2)
    ledger = queries.ledger_of(agreement)
    assert len(ledger) == 2
    hold_meetings(agreement, 1, first=3)
    with django_assert_num_queries(3):
        assert queries.ledger_of(agreement) is ledger
    assert len(ledger) == 3
    with django_assert_num_queries(1):
        assert len(queries.ledger_of(agreement)) == 3


def test_assess_shows_a_change_at_once(agreement: Agreement):
    day = date(2025, 1, 1)
    assert states(agreement, day)["2024"] == "overdue"
    with change(agreement, by=SYSTEM) as c:
        c.enter("record", "thing:1")
        c.keep("thing:1", [{"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14"}])
    assert states(agreement, day)["2024"] == "fulfilled"
    set_records_from(agreement, date(2025, 1, 1), by=SYSTEM)
    assert states(agreement, day)["2023"] == "no-record"


def test_assess_forgets_what_was_rolled_back(agreement: Agreement):
    def failing() -> None:
        with change(agreement, by=SYSTEM) as c:
            c.enter("record", "thing:1")
            c.keep("thing:1", [{"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14"}])
            c.settle()
            assert states(agreement, date(2025, 1, 1))["2024"] == "fulfilled"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert states(agreement, date(2025, 1, 1))["2024"] == "overdue"
    hold_meetings(agreement, 1, first=2)  # the same sequence, another entry: a meeting in 2025
    assert states(agreement, date(2025, 1, 1))["2024"] == "overdue"
    assert len(queries.ledger_of(agreement)) == 1


def test_assess_is_of_today_unless_said(agreement: Agreement):
    assert set(states(agreement, None).values()) == {"overdue"}  # type: ignore[arg-type]


def test_text_in_force_on_a_day_decides(agreement: Agreement, reworded: Reworded):
    amended = reworded("Muutettu.")
    later = reworded("Korjattu.")
    first = queries.charter_of(agreement).digest
    load_text(amended, slug=agreement.slug, first_day=date(2024, 6, 1), by=SYSTEM)
    second = queries.charter_of(agreement).digest
    load_text(later, slug=agreement.slug, by=SYSTEM)  # corrects the newest
    third = queries.charter_of(agreement).digest
    assert len({first, second, third}) == 3
    assert queries.charter_of(agreement, date(2024, 5, 31)).digest == first
    assert queries.charter_of(agreement, date(2024, 6, 1)).digest == third
    assert queries.charter_of(agreement, date(2020, 1, 1)).digest == first


def test_text_to_come_is_not_in_force_yet(agreement: Agreement, reworded: Reworded):
    first = queries.charter_of(agreement).digest
    amended = reworded("Muutettu.")
    load_text(amended, slug=agreement.slug, first_day=date(2099, 1, 1), by=SYSTEM)
    assert queries.charter_of(agreement).digest == first


def test_official_passages_stand_by_clause(agreement: Agreement, official_wording: str, django_assert_num_queries: Any):
    assert queries.official_passages(agreement) == {}
    attach_official_text(agreement, official_wording, filename="sopimus.txt", by=SYSTEM)
    passages = queries.official_passages(agreement)
    named = [clause.id for clause in queries.charter_of(agreement).clauses if clause.official]
    assert list(passages) == named
    assert passages[named[0]].startswith("Virke")
    with django_assert_num_queries(2):
        queries.official_passages(agreement)
    assert queries.official_text(agreement).filename == "sopimus.txt"  # type: ignore[union-attr]


def test_official_passages_are_none_where_a_newer_text_names_others(
    agreement: Agreement, official_wording: str, keski_suomi_text: dict[str, str]
):
    attach_official_text(agreement, official_wording, filename="sopimus.txt", by=SYSTEM)
    moved = keski_suomi_text["fi"].replace('official="', 'official="Uusi ')
    load_text(keski_suomi_text | {"fi": moved}, slug=agreement.slug, by=SYSTEM)
    assert queries.official_passages(agreement) == {}


def test_entries_come_newest_first_with_their_details(agreement: Agreement, django_assert_num_queries: Any):
    for number in range(3):
        with change(agreement, by=SYSTEM) as c:
            c.enter("record", f"thing:{number}", after={"number": number})
    since = queries.revision(agreement)[0] - 3
    with django_assert_num_queries(1):
        seen = [(entry.object_key, entry.detail.after) for entry in queries.entries(agreement, since)]
    assert seen == [(f"thing:{number}", {"number": number}) for number in (2, 1, 0)]
    assert [entry.verb for entry in queries.entries(None)] == ["settle-organisations"]


def test_facts_in_force_leave_out_the_withdrawn(agreement: Agreement, django_assert_num_queries: Any):
    hold_meetings(agreement, 3)
    with change(agreement, by=SYSTEM) as c:
        c.enter("withdraw", "thing:1")
        c.withdraw("keski-suomi-2023-2")
    with django_assert_num_queries(1):
        assert [row.number for row in queries.facts_in_force(agreement)] == [1, 3]


def test_two_agreements_are_judged_apart(second_agreement: Agreement, agreement: Agreement):
    hold_meetings(agreement, 3)
    assert states(agreement, date(2025, 12, 31))["2024"] == "fulfilled"
    assert states(second_agreement, date(2025, 12, 31))["2024"] == "overdue"
    assert len(queries.ledger_of(second_agreement)) == 0

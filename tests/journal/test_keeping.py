"""Facts are kept, never changed: what is new is added, what vanished gets a withdrawal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.change import change
from yhdyspinta.journal.models import Agreement, KeptFact
from yhdyspinta.journal.queries import assess, facts_in_force
from yhdyspinta.journal.verify import verify

HELD: dict[str, Any] = {"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14"}
AGENDA: dict[str, Any] = {
    "fact": "agenda-issued",
    "body": "kuntakokous",
    "meeting": "2024-05-14",
    "on": "2024-05-02",
    "prepared_by": ["kuntajohtajakokous"],
}


def keep(agreement: Agreement, thing: str, *facts: dict[str, Any]) -> list[KeptFact]:
    with change(agreement, by=SYSTEM) as c:
        c.enter("record", thing)
        return c.keep(thing, facts)


def in_force(agreement: Agreement) -> list[str]:
    return [row.fact_id for row in facts_in_force(agreement)]


def test_keep_names_facts_by_slug_and_running_number(agreement: Agreement):
    keep(agreement, "thing:1", HELD, AGENDA)
    assert in_force(agreement) == ["keski-suomi-2023-1", "keski-suomi-2023-2"]
    row = KeptFact.objects.get(number=1)
    assert (row.kind, row.day, row.recorded, row.thing) == ("meeting-held", date(2024, 5, 14), today(), "thing:1")
    assert row.given == HELD


def test_keep_adds_nothing_where_nothing_changed(agreement: Agreement):
    keep(agreement, "thing:1", HELD, AGENDA)
    assert keep(agreement, "thing:1", AGENDA, HELD | {"id": "whatever", "recorded": "2024-05-15"}) == []


def test_keep_withdraws_what_vanished(agreement: Agreement):
    keep(agreement, "thing:1", HELD, AGENDA)
    (withdrawal,) = keep(agreement, "thing:1", HELD)
    assert withdrawal.given == {"fact": "withdrawn", "of": "keski-suomi-2023-2", "on": today().isoformat()}
    assert in_force(agreement) == ["keski-suomi-2023-1"]


def test_keep_counts_a_changed_reference_as_another_fact(agreement: Agreement):
    keep(agreement, "thing:1", HELD)
    added = keep(agreement, "thing:1", HELD | {"reference": "§ 12"})
    assert [row.kind for row in added] == ["meeting-held", "withdrawn"]


def test_keep_brings_a_withdrawn_fact_back_under_another_id(agreement: Agreement):
    keep(agreement, "thing:1", HELD)
    keep(agreement, "thing:1")
    (again,) = keep(agreement, "thing:1", HELD)
    assert again.fact_id == "keski-suomi-2023-3"
    assert in_force(agreement) == ["keski-suomi-2023-3"]


def test_keep_compares_within_one_thing_only(agreement: Agreement):
    keep(agreement, "thing:1", HELD)
    keep(agreement, "thing:2", HELD)
    keep(agreement, "thing:1")
    assert in_force(agreement) == ["keski-suomi-2023-2"]


def test_keep_sees_what_waits_in_the_same_entry(agreement: Agreement):
    with change(agreement, by=SYSTEM) as c:
        c.enter("record", "thing:1")
        c.keep("thing:1", [HELD])
        assert c.keep("thing:1", [HELD]) == []
        c.keep("thing:1", [AGENDA])
    assert [row.number for row in KeptFact.objects.order_by("number")] == [1, 2, 3]
    assert in_force(agreement) == ["keski-suomi-2023-2"]
    assert list(verify()) == []


def test_keep_takes_days_as_days(agreement: Agreement):
    (row,) = keep(agreement, "thing:1", HELD | {"on": date(2024, 5, 14)})
    assert row.given == HELD


def test_keep_keeps_a_recording_day_as_given(agreement: Agreement):
    (row,) = keep(agreement, "thing:1", HELD | {"recorded": "2024-05-20"})
    assert row.recorded == date(2024, 5, 20)
    assert row.whole == HELD | {"id": "keski-suomi-2023-1", "recorded": "2024-05-20"}


def test_keep_many_things_at_once_costs_no_more_queries(agreement: Agreement, django_assert_num_queries: Any):
    def one_more(things: range) -> None:
        with change(agreement, by=SYSTEM) as c:
            c.enter("bring-in", agreement.slug)
            c.keep_all({f"thing:{n}": [HELD | {"reference": str(n)}] for n in things})

    one_more(range(1))  # savepoint and lock, then: standing, text, groups, last number, ids, chain, and the writing
    with django_assert_num_queries(12):
        one_more(range(10, 11))
    with django_assert_num_queries(12):
        one_more(range(20, 60))


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ({"fact": "meeting-held", "body": "olematon", "on": "2024-05-14"}, "unknown body `olematon`"),
        ({"fact": "signed", "party": "tampere", "on": "2024-05-14"}, "unknown party `tampere`"),
        ({"fact": "signed", "party": "luhanka"}, "field `on` is missing"),
        ({"fact": "signed", "party": "luhanka", "on": "14.5.2024"}, "`on` is no date"),
        ({"fact": "signed", "party": "luhanka", "on": "2024-05-14", "paikka": "Luhanka"}, "unknown field `paikka`"),
        ({"fact": "juhlittu", "on": "2024-05-14"}, "unknown kind of fact `juhlittu`"),
        ({"fact": "withdrawn", "of": "ei-ole", "on": "2024-05-14"}, "unknown fact `ei-ole`"),
    ],
)
def test_keep_refuses_what_the_agreement_does_not_know(agreement: Agreement, fact: dict[str, Any], message: str):
    with pytest.raises(ValidationError) as refused:
        keep(agreement, "thing:1", HELD, fact)
    assert message in refused.value.messages[0]
    assert not KeptFact.objects.exists()


def test_keep_says_everything_that_is_wrong_at_once(agreement: Agreement):
    with pytest.raises(ValidationError) as refused:
        keep(agreement, "thing:1", HELD | {"body": "100 % väärä"}, HELD, HELD | {"body": "väärä"})
    assert len(refused.value.messages) == 2
    assert "unknown body `100 % väärä`" in refused.value.messages[0]
    assert [error.params["position"] for error in refused.value.error_list if error.params] == [1, 3]


def test_keep_knows_a_group_that_an_earlier_fact_formed(agreement: Agreement):
    formed = {
        "fact": "body-formed", "body": "raideliikenne", "level": 4, "theme": "maankaytto",
        "name": "raideliikenneryhmä", "on": "2024-01-10",
    }  # fmt: skip
    met = {"fact": "meeting-held", "body": "raideliikenne", "on": "2024-02-01"}
    with pytest.raises(ValidationError):
        keep(agreement, "thing:1", met)
    keep(agreement, "body:1", formed)
    keep(agreement, "thing:1", met)
    assert len(in_force(agreement)) == 2


def test_keep_waiting_group_is_known_to_facts_of_the_same_change(agreement: Agreement):
    formed = {
        "fact": "body-formed", "body": "raideliikenne", "level": 4, "theme": "maankaytto",
        "name": "raideliikenneryhmä", "on": "2024-01-10",
    }  # fmt: skip
    with change(agreement, by=SYSTEM) as c:
        c.enter("form", "body:1")
        c.keep("body:1", [formed])
        c.keep("thing:1", [{"fact": "meeting-held", "body": "raideliikenne", "on": "2024-02-01"}])
    assert len(in_force(agreement)) == 2


def test_withdraw_takes_facts_back_whichever_thing_they_belong_to(agreement: Agreement):
    keep(agreement, "thing:1", HELD)
    keep(agreement, "thing:2", AGENDA)
    with change(agreement, by=SYSTEM) as c:
        c.enter("withdraw", "thing:1")
        c.withdraw("keski-suomi-2023-1", "keski-suomi-2023-2")
    assert in_force(agreement) == []
    assert KeptFact.objects.get(number=4).thing == "thing:2"


@pytest.mark.parametrize(
    ("fact_id", "message"),
    [("ei-ole", "no fact “ei-ole”"), ("keski-suomi-2023-1", "withdrawn already"), ("keski-suomi-2023-2", "withdrawn")],
)
def test_withdraw_refuses_what_cannot_be_withdrawn(agreement: Agreement, fact_id: str, message: str):
    keep(agreement, "thing:1", HELD)
    keep(agreement, "thing:1")
    with change(agreement, by=SYSTEM) as c:
        c.enter("withdraw", "thing:1")
        with pytest.raises(ValidationError, match=message):
            c.withdraw(fact_id)


def test_withdrawn_fact_counts_on_no_day_but_was_known_before(agreement: Agreement):
    keep(agreement, "thing:1", HELD | {"recorded": "2024-05-20"})
    assert state(agreement, "2024") == "fulfilled"
    keep(agreement, "thing:1")
    assert state(agreement, "2024") == "overdue"
    assert state(agreement, "2024", known_at=date(2024, 12, 31)) == "fulfilled"


def state(agreement: Agreement, period: str, known_at: date | None = None) -> str:
    judged = assess(agreement, date(2025, 6, 1), known_at).occurrences
    return next(one.state for one in judged if (one.duty, one.period) == ("kuntakokous-koolle", period))

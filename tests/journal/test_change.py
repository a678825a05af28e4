"""One way to change anything: what is entered, chained, undone together, and refused."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from yhdyspinta.agreement import HELSINKI
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.journal.canonical import digest
from yhdyspinta.journal.change import change
from yhdyspinta.journal.models import Agreement, Chain, Detail, Entry, KeptFact
from yhdyspinta.journal.verify import verify

CLERK = Actor("person", person=7, party="luhanka", label="Luhanka")


def last_entry(agreement: Agreement) -> Entry:
    return Entry.objects.filter(chain__name=agreement.slug).order_by("-sequence")[0]


def held(meeting_day: str) -> dict[str, object]:
    return {"fact": "meeting-held", "body": "kuntakokous", "on": meeting_day}


def test_change_enters_who_did_what_to_which_object(agreement: Agreement):
    before = last_entry(agreement)
    with change(agreement, by=CLERK) as c:
        c.enter("record", "thing:1", before={"note": "a"}, after={"note": "b"})
    entry = last_entry(agreement)
    assert (entry.sequence, entry.previous) == (before.sequence + 1, before.hash)
    assert (entry.verb, entry.object_key) == ("record", "thing:1")
    assert (entry.actor_kind, entry.actor_person, entry.actor_party, entry.actor_label) == (
        "person",
        7,
        "luhanka",
        "Luhanka",
    )
    assert (entry.detail.before, entry.detail.after) == ({"note": "a"}, {"note": "b"})


def test_change_moves_the_head_of_its_chain(agreement: Agreement):
    with change(agreement, by=SYSTEM) as c:
        c.enter("one", "thing:1")
        c.enter("two", "thing:2")
    entry = last_entry(agreement)
    chain = Chain.objects.get(name=agreement.slug)
    assert (chain.sequence, chain.head) == (entry.sequence, entry.hash)
    assert entry.hash == entry.computed_hash(agreement.slug)


def test_change_of_the_common_chain_makes_it_where_there_is_none(db: None):
    with change(None, by=SYSTEM) as c:
        c.enter("create-account", "account:1")
    assert Chain.objects.get(name="common").sequence == 1


def test_change_digest_covers_salt_and_text(agreement: Agreement):
    with change(agreement, by=SYSTEM) as c:
        c.enter("record", "thing:1", after={"nimi": "Äänekoski"})
    detail = Detail.objects.get(entry=last_entry(agreement))
    assert last_entry(agreement).digest == digest(detail.salt, detail.body)
    assert json.loads(detail.body) == {"before": None, "after": {"nimi": "Äänekoski"}}
    assert len(detail.salt) == 64


def test_change_without_before_and_after_has_no_detail(agreement: Agreement):
    with change(agreement, by=SYSTEM) as c:
        c.enter("nudge", "thing:1")
    assert last_entry(agreement).digest == ""
    assert not Detail.objects.filter(entry=last_entry(agreement)).exists()


def test_change_that_enters_nothing_is_an_error_and_undoes_what_was_done(agreement: Agreement):
    def silently() -> None:
        with change(agreement, by=SYSTEM):
            Agreement.objects.filter(pk=agreement.pk).update(example=True)

    with pytest.raises(RuntimeError, match="keski-suomi-2023 must enter what was done"):
        silently()
    assert not Agreement.objects.get(pk=agreement.pk).example


def test_change_that_fails_leaves_nothing(agreement: Agreement):
    def failing() -> None:
        with change(agreement, by=SYSTEM, common=True) as c:
            c.enter("record", "thing:1", after={})
            c.keep("thing:1", [held("2024-05-14")])
            assert c.common
            c.common.enter("create-account", "account:1")
            c.enter("record", "thing:2")  # writes the entry before
            Agreement.objects.filter(pk=agreement.pk).update(example=True)
            raise ZeroDivisionError

    entries, facts = Entry.objects.count(), KeptFact.objects.count()
    with pytest.raises(ZeroDivisionError):
        failing()
    assert (Entry.objects.count(), KeptFact.objects.count()) == (entries, facts)
    assert not Agreement.objects.get(pk=agreement.pk).example
    assert list(verify()) == []


def test_change_of_both_chains_enters_in_either(agreement: Agreement):
    with change(agreement, by=SYSTEM, common=True) as c:
        assert c.common
        c.common.enter("rename", "organisation:1")
    assert Entry.objects.filter(chain__name="common").latest("sequence").verb == "rename"


def test_change_within_a_change_of_the_same_chain_comes_first_in_it(agreement: Agreement):
    with change(agreement, by=SYSTEM) as outer:
        outer.enter("appoint-nominees", "request:1")
        with change(agreement, by=SYSTEM) as inner:
            inner.enter("appoint", "body:1")
        outer.enter("close", "request:1")
    verbs = list(Entry.objects.filter(chain__name=agreement.slug).order_by("-sequence").values_list("verb", flat=True))
    assert verbs[:3] == ["close", "appoint", "appoint-nominees"]
    assert list(verify()) == []


def test_change_can_enter_while_one_inside_it_is_open(agreement: Agreement):
    with change(agreement, by=SYSTEM) as outer, change(agreement, by=SYSTEM) as inner:
        inner.enter("one", "thing:1")
        outer.enter("two", "thing:2")
        inner.enter("three", "thing:3")
    verbs = list(Entry.objects.filter(chain__name=agreement.slug).order_by("-sequence").values_list("verb", flat=True))
    assert verbs[:3] == ["three", "two", "one"]
    assert list(verify()) == []


def test_change_within_a_change_can_fail_alone(agreement: Agreement):
    def failing() -> None:
        with change(agreement, by=SYSTEM) as inner:
            inner.enter("appoint", "body:1")
            inner.keep("body:1", [held("2024-05-14") | {"body": "olematon"}])

    with change(agreement, by=SYSTEM) as outer:
        outer.enter("appoint-nominees", "request:1")
        with pytest.raises(ValidationError):
            failing()
    assert last_entry(agreement).verb == "appoint-nominees"
    assert list(verify()) == []


def test_change_notices_that_a_rollback_inside_it_undid_its_entry(agreement: Agreement):
    def undone() -> None:
        with transaction.atomic():
            with change(agreement, by=SYSTEM) as inner:
                inner.enter("appoint", "body:1")
            raise ZeroDivisionError

    def outer() -> None:
        with change(agreement, by=SYSTEM) as c:
            c.enter("appoint-nominees", "request:1")
            with suppress(ZeroDivisionError):
                undone()

    with pytest.raises(RuntimeError, match="undid what it had entered"):
        outer()
    assert list(verify()) == []


def nested(outer: Agreement | None, inner: Agreement | None) -> None:
    with change(outer, by=SYSTEM) as c:
        c.enter("one", "thing:1")
        with change(inner, by=SYSTEM) as d:
            d.enter("two", "thing:2")


def test_change_locks_the_agreement_before_the_common_chain(agreement: Agreement):
    nested(agreement, None)
    with pytest.raises(RuntimeError, match="lock keski-suomi-2023 before common"):
        nested(None, agreement)


def test_change_locks_agreements_in_the_order_of_their_names(second_agreement: Agreement, agreement: Agreement):
    nested(agreement, second_agreement)
    with pytest.raises(RuntimeError, match="lock keski-suomi-2023 before keski-suomi-2026"):
        nested(second_agreement, agreement)


def test_change_keeps_facts_only_of_an_agreement(db: None):
    with change(None, by=SYSTEM) as c:
        c.enter("create-account", "account:1")
        with pytest.raises(RuntimeError, match="keeps no facts"):
            c.keep("account:1", [held("2024-05-14")])


def test_change_wants_the_entry_before_its_facts(agreement: Agreement):
    with change(agreement, by=SYSTEM) as c:
        with pytest.raises(RuntimeError, match="enter what was done before"):
            c.keep("thing:1", [held("2024-05-14")])
        c.enter("record", "thing:1")


def test_change_knows_the_day_it_is_in_finland(agreement: Agreement):
    with change(agreement, by=SYSTEM) as c:
        c.enter("nudge", "thing:1")
        assert c.today == c.at.astimezone(HELSINKI).date()
        assert isinstance(c.today, date)

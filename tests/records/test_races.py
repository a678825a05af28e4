"""Two at the same moment: one record of one form, one correction, one history."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.records.conftest import ACCEPTED, HELD
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.journal.models import KeptFact
from yhdyspinta.journal.verify import verify
from yhdyspinta.records import queries
from yhdyspinta.records.actions import Proof, bring_in_history, correct_record, preview_history, record_done
from yhdyspinta.records.models import BroughtIn, Record

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do things at the same moment, each in a thread of its own, and return what came of each."""
    gate = Barrier(len(acts))

    def do(act: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return act()
        except (Conflict, ValidationError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_a_form_sent_twice_at_once_makes_one_record(koe, by_keeper):
    token = uuid.uuid4()
    made = at_once(*[lambda: record_done(koe, [HELD], proof=Proof(), token=token, by=by_keeper)] * 2)
    assert made[0] == made[1]
    assert Record.objects.count() == 1
    assert list(verify()) == []


def test_of_two_corrections_at_once_one_is_told_of_the_other(koe, record, by_keeper):
    old = record(HELD)
    made = at_once(*[
        lambda day=day: correct_record(old, [{**HELD, "on": f"2024-05-{day}"}], proof=Proof(), by=by_keeper)
        for day in (21, 22)
    ])  # fmt: skip
    assert sorted(type(one).__name__ for one in made) == ["Conflict", "Record"]
    assert Record.objects.count() == 2
    assert list(verify()) == []


def test_a_history_applied_twice_at_once_is_added_once(koe, by_keeper):
    facts = [{**HELD, "on": f"2024-05-{day:02}"} for day in range(1, 29)]
    batch = preview_history(koe, "\n".join(map(json.dumps, facts)).encode(), filename="h.jsonl", by=by_keeper)
    at_once(*[lambda: bring_in_history(BroughtIn.objects.get(pk=batch.pk), by=by_keeper)] * 2)
    batch.refresh_from_db()
    if batch.applied_at is None:  # each wrote over the other's rows, and both were told to try again
        bring_in_history(batch, by=by_keeper)
    assert queries.records_of(koe).count() == Record.objects.count() == KeptFact.objects.count() == len(facts)
    assert list(verify()) == []


def test_a_history_and_a_record_at_once_leave_nothing_half_done(koe, record, by_keeper):
    content = "\n".join(json.dumps(fact) for fact in (HELD, ACCEPTED)).encode()
    batch = preview_history(koe, content, filename="h.jsonl", by=by_keeper)
    at_once(lambda: bring_in_history(batch, by=by_keeper), lambda: record(HELD))
    assert queries.records_of(koe).count() in (1, 3)
    assert list(verify()) == []

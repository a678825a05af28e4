"""Changes that are made at the same time run one after another: no gap, no double, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from yhdyspinta.journal import queries
from yhdyspinta.journal.actions import import_facts, load_text
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.change import change
from yhdyspinta.journal.models import Agreement, Entry, KeptFact, Text
from yhdyspinta.journal.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks: Callable[[], object]) -> None:
    """Run tasks in threads that begin together, each with a connection of its own; raise what any of them raised."""
    begin = Barrier(len(tasks))
    raised: list[BaseException] = []

    def run(task: Callable[[], None]) -> None:
        try:
            begin.wait(timeout=30)
            task()
        except BaseException as error:  # noqa: BLE001 -- raised again below
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    if raised:
        raise raised[0]


def test_changes_of_one_agreement_leave_no_gap(agreement: Agreement):
    before = queries.revision(agreement)[0]

    def many(writer: int) -> Callable[[], None]:
        def task() -> None:
            for number in range(8):
                with change(agreement, by=SYSTEM) as c:
                    c.enter("record", f"thing:{writer}-{number}")
                    c.keep(f"thing:{writer}", [_held(writer, number)])

        return task

    at_once(*(many(writer) for writer in range(4)))
    sequences = Entry.objects.filter(chain__name=agreement.slug).order_by("sequence").values_list("sequence", flat=True)
    assert list(sequences) == list(range(1, before + 33))
    numbers = KeptFact.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 4 * (8 + 7) + 1))
    assert queries.facts_in_force(agreement).count() == 4
    assert list(verify()) == []


def test_changes_of_both_chains_never_wait_for_each_other(agreement: Agreement):
    def both() -> None:
        for _ in range(8):
            with change(agreement, by=SYSTEM, common=True) as c:
                c.enter("record", "thing:1")
                assert c.common
                c.common.enter("rename", "organisation:1")

    def common() -> None:
        for _ in range(8):
            with change(None, by=SYSTEM) as c:
                c.enter("rename", "organisation:1")

    at_once(both, common, both)
    assert Entry.objects.filter(chain__name="common", verb="rename").count() == 24
    assert list(verify()) == []


def test_the_same_text_loaded_at_once_is_one_agreement(transactional_db: None, keski_suomi_text: dict[str, str]):
    def load() -> None:
        load_text(keski_suomi_text, slug="keski-suomi-2023", by=SYSTEM)

    at_once(load, load, load)
    assert (Agreement.objects.count(), Text.objects.count()) == (1, 1)
    assert list(verify()) == []


def test_the_same_history_brought_in_at_once_is_kept_once(agreement: Agreement):
    history = [_held(month, day) for month in range(1, 5) for day in range(20)]

    def bring_in() -> None:
        import_facts(agreement, history, by=SYSTEM)

    at_once(bring_in, bring_in)
    assert KeptFact.objects.count() == 80
    assert list(verify()) == []


def test_readers_see_whole_changes_only(agreement: Agreement):
    seen: list[tuple[int, int]] = []

    def write() -> None:
        for number in range(10):
            with change(agreement, by=SYSTEM) as c:
                c.enter("record", f"thing:{number}")
                c.keep(f"thing:{number}", [_held(1, number), _held(2, number)])

    def read() -> None:
        for _ in range(30):
            facts = len(queries.ledger_of(agreement))
            assessed = queries.assess(agreement)
            met = {one.period: len(one.evidence) for one in assessed.occurrences if one.duty == "kuntakokous-koolle"}
            seen.append((facts, met["2024"]))

    at_once(write, read, read)
    assert all(facts % 2 == 0 for facts, _met in seen)
    assert len(queries.ledger_of(agreement)) == 20


def _held(month: int, day: int) -> dict[str, str]:
    return {"fact": "meeting-held", "body": "kuntakokous", "on": f"2024-{month + 1:02}-{day + 1:02}"}

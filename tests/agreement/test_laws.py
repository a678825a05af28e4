"""The laws of DESIGN §3.2, which hypothesis tries to break."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.agreement import strategies as some
from yhdyspinta.agreement import (
    STATES,
    Assessment,
    Charter,
    Ledger,
    Occurrence,
    Party,
    Words,
    assess,
    facts_of_objects,
    recorded_on,
)

settings.register_profile("laws", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("laws")

MAYBE = st.one_of(st.none(), some.DAYS)


def judged(charter: Charter, facts: list[dict[str, Any]], *days: dt.date | None) -> Assessment:
    as_of, known_at, records_from = (*days, None, None)[:3]
    assert as_of
    return assess(charter, Ledger(charter, facts_of_objects(facts, charter)), as_of, known_at, records_from)


def key(occurrence: Occurrence) -> tuple[str, str, str, str | None]:
    return (occurrence.duty, occurrence.bearer, occurrence.period, occurrence.object)


@given(some.histories(), some.DAYS, MAYBE, MAYBE)
@settings(max_examples=60)
def test_every_occurrence_has_exactly_one_state(
    keski_suomi: Charter,
    facts: list[dict[str, Any]],
    as_of: dt.date,
    known_at: dt.date | None,
    records_from: dt.date | None,
) -> None:
    found = judged(keski_suomi, facts, as_of, known_at, records_from)
    keys = [key(occurrence) for occurrence in found.occurrences]
    assert len(set(keys)) == len(keys)
    assert {occurrence.state for occurrence in found.occurrences} <= set(STATES)
    assert sum(found.counts.values()) == len(found.occurrences)
    assert tuple(found.counts) == STATES
    order = [(o.duty, o.period, o.object or "", o.bearer) for o in found.occurrences]
    assert order == sorted(order)


@given(some.histories(), some.DAYS, MAYBE, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_order_of_facts_never_matters(
    keski_suomi: Charter,
    facts: list[dict[str, Any]],
    as_of: dt.date,
    known_at: dt.date | None,
    chance: random.Random,
) -> None:
    shuffled = facts[:]
    chance.shuffle(shuffled)
    before, after = judged(keski_suomi, facts, as_of, known_at), judged(keski_suomi, shuffled, as_of, known_at)
    assert json.dumps(before.as_json()) == json.dumps(after.as_json())


@given(some.histories(), some.DAYS, some.DAYS)
@settings(max_examples=40)
def test_fact_recorded_later_changes_no_earlier_answer(
    keski_suomi: Charter, facts: list[dict[str, Any]], as_of: dt.date, known_at: dt.date
) -> None:
    read = facts_of_objects(facts, keski_suomi)
    known = [given for given, fact in zip(facts, read, strict=True) if recorded_on(fact) <= known_at]
    targets = {given["id"] for given in known if "id" in given}
    assume(all(given["of"] in targets for given in known if given["fact"] == "withdrawn"))
    then = assess(keski_suomi, Ledger(keski_suomi, facts_of_objects(known, keski_suomi)), as_of, known_at)
    now = assess(keski_suomi, Ledger(keski_suomi, read), as_of, known_at)
    assert now.as_json() == then.as_json()


@given(some.histories(), some.histories(), some.DAYS)
@settings(max_examples=40)
def test_ledger_that_grew_answers_as_one_that_was_read_whole(
    keski_suomi: Charter, first: list[dict[str, Any]], second: list[dict[str, Any]], as_of: dt.date
) -> None:
    later = [{**fact, "of": f"x{fact['of']}"} if "of" in fact else {**fact, "id": f"x{fact['id']}"} for fact in second]
    before, after = facts_of_objects(first, keski_suomi), facts_of_objects(later, keski_suomi)
    grown = Ledger(keski_suomi, before)
    assess(keski_suomi, grown, as_of)
    for fact in after:
        grown.extend([fact])
    whole = Ledger(keski_suomi, [*before, *after])
    assert assess(keski_suomi, grown, as_of).as_json() == assess(keski_suomi, whole, as_of).as_json()


@given(some.facts(some.LASTING), some.DAYS, st.integers(0, 900))
@settings(max_examples=60)
def test_once_fulfilled_it_stays_fulfilled(
    keski_suomi: Charter, facts: list[dict[str, Any]], day: dt.date, later: int
) -> None:
    ledger = Ledger(keski_suomi, facts_of_objects(facts, keski_suomi))
    then = assess(keski_suomi, ledger, day)
    now = {key(o): o for o in assess(keski_suomi, ledger, day + dt.timedelta(days=later)).occurrences}
    for occurrence in then.occurrences:
        # A party that left meanwhile keeps what it did while it was one; periods after it are no longer its own.
        if occurrence.state in ("fulfilled", "fulfilled-late") and key(occurrence) in now:
            assert now[key(occurrence)].state == occurrence.state
            assert now[key(occurrence)].since == occurrence.since


@given(some.histories(), some.DAYS, MAYBE)
@settings(max_examples=40)
def test_adding_a_party_changes_no_others_state(
    keski_suomi: Charter, facts: list[dict[str, Any]], as_of: dt.date, known_at: dt.date | None
) -> None:
    name = Words({"fi": "Uusi"})
    words = {"name": name, "official-name": name, "genitive": name, "local": name}
    new = Party.model_validate({"id": "uusi", "kind": "municipality", **words})
    larger = replace(keski_suomi, parties={**keski_suomi.parties, "uusi": new})
    before = {key(o): o.as_json() for o in judged(keski_suomi, facts, as_of, known_at).occurrences}
    after = {key(o): o.as_json() for o in judged(larger, facts, as_of, known_at).occurrences}
    assert {bearer for (_, bearer, _, _) in set(after) - set(before)} == {"uusi"}
    joint = "ryhma-nimeaminen"  # its evidence is every party's acceptance
    assert all(after[which] == state for which, state in before.items() if which[0] != joint)


@given(some.histories(), some.DAYS, MAYBE, MAYBE)
@settings(max_examples=30)
def test_runs_of_lack_are_the_days_that_are_lacking(
    keski_suomi: Charter,
    facts: list[dict[str, Any]],
    as_of: dt.date,
    known_at: dt.date | None,
    records_from: dt.date | None,
) -> None:
    """Each day asked on its own gives the same answer as the runs that a later day tells of."""
    lasting = [fact for fact in facts if fact["fact"] not in {"party-status", "reading-set"}]
    targets = {fact["id"] for fact in lasting if "id" in fact}
    lasting = [fact for fact in lasting if fact["fact"] != "withdrawn" or fact["of"] in targets]
    ledger = Ledger(keski_suomi, facts_of_objects(lasting, keski_suomi))
    told = {key(o): o for o in assess(keski_suomi, ledger, as_of, known_at, records_from).occurrences}
    for day in (as_of - dt.timedelta(days=n) for n in (0, 1, 13, 100, 365)):
        for one in assess(keski_suomi, ledger, day, known_at, records_from).occurrences:
            if one.kind in ("maintain", "right"):
                lacks = told[key(one)].lacks
                assert (one.state == "lacking") == any(first <= day <= last for first, last in lacks), (day, one)

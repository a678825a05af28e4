"""Whatever is tampered with past the triggers, ``verify`` finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yhdyspinta.journal import evidence, triggers
from yhdyspinta.journal.actions import attach_official_text, erase_details
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.change import change
from yhdyspinta.journal.models import Agreement, Chain, Detail, Entry, KeptFact
from yhdyspinta.journal.verify import verify

HELD: dict[str, Any] = {"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14"}


@pytest.fixture
def written(agreement: Agreement, official_wording: str) -> Agreement:
    attach_official_text(agreement, official_wording, filename="sopimus.txt", by=SYSTEM)
    for number in range(3):
        with change(agreement, by=SYSTEM) as c:
            c.enter("record", f"thing:{number}", before={"note": number}, after={"note": number + 1})
            c.keep(f"thing:{number}", [HELD | {"reference": f"§ {number}"}, HELD | {"body": "ksturva"}])
    with change(agreement, by=SYSTEM) as c:
        c.enter("withdraw", "thing:1")
        c.keep("thing:1", [])
    return agreement


def tamper(statement: str, *values: str | int) -> None:
    triggers.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0, "the tampering changed nothing"
    triggers.make(connection)


def found() -> list[str]:
    return [str(finding) for finding in verify()]


def test_verify_finds_nothing_where_all_is_sound(written: Agreement):
    assert found() == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE journal_entry SET verb = 'other' WHERE sequence = 5", "its hash is not that of what it says"),
        ("UPDATE journal_entry SET actor_party = 'luhanka' WHERE sequence = 5", "its hash is not that of what it says"),
        ("UPDATE journal_entry SET at = '2020-01-01 00:00:00' WHERE sequence = 5", "its hash is not"),
        ("UPDATE journal_entry SET hash = 'aa' WHERE sequence = 5", "keski-suomi-2023 6: it does not follow"),
        ("UPDATE journal_entry SET digest = 'aa' WHERE sequence = 5", "its detail was changed"),
        ("UPDATE journal_detail SET body = '{}'", "its detail was changed"),
        ("UPDATE journal_detail SET salt = 'aa'", "its detail was changed"),
        ("UPDATE journal_chain SET sequence = 4 WHERE name LIKE 'keski%%'", "the head is not the last entry"),
        ("UPDATE journal_chain SET head = 'aa' WHERE name = 'common'", "common: the head is not the last entry"),
        ("UPDATE journal_keptfact SET recorded = '2020-01-01' WHERE number = 3", "its facts are not those"),
        (
            "UPDATE journal_keptfact SET day = '2020-01-01' WHERE number = 3",
            "its columns do not say",
        ),
        ("UPDATE journal_keptfact SET kind = 'signed' WHERE number = 3", "its columns do not say"),
        ("UPDATE journal_keptfact SET thing = 'thing:9' WHERE number = 3", "its facts are not those"),
        ("UPDATE journal_keptfact SET fact_id = 'x' WHERE number = 3", "its facts are not those"),
        ("UPDATE journal_keptfact SET withdraws = 'x' WHERE withdraws > ''", "its columns do not say"),
        ("DELETE FROM journal_keptfact WHERE number = 3", "the fact before it is missing (expected number 3)"),
        ("DELETE FROM journal_keptfact WHERE number > 6", "its facts are not those"),
        ('UPDATE journal_text SET sources = \'{"fi": "muu"}\'', "was changed"),
        ("DELETE FROM journal_text", "was entered and is missing"),
        ("UPDATE journal_officialtext SET content = 'muu'", "was changed"),
        ("DELETE FROM journal_officialtext", "was entered and is missing"),
        ("UPDATE journal_text SET digest = 'aa'", "text:aa was never entered"),
    ],
)
def test_verify_finds_what_was_tampered_with(written: Agreement, statement: str, finding: str):
    tamper(statement)
    assert any(finding in one for one in found()), found()


def test_verify_finds_an_entry_taken_out_of_the_middle(written: Agreement):
    tamper("DELETE FROM journal_detail")
    tamper("UPDATE journal_keptfact SET entry_id = (SELECT MAX(id) FROM journal_entry)")
    tamper("DELETE FROM journal_entry WHERE sequence = 4")
    assert "keski-suomi-2023 5: the entry before it is missing (expected 4)" in found()


def test_verify_finds_the_last_entry_taken_away(written: Agreement):
    tamper("DELETE FROM journal_keptfact WHERE number > 6")
    tamper("DELETE FROM journal_entry WHERE sequence = (SELECT MAX(sequence) FROM journal_entry)")
    assert "keski-suomi-2023: the head is not the last entry (6)" in found()


def test_verify_finds_a_head_set_back_with_no_trigger_in_the_way(written: Agreement):
    earlier = Entry.objects.get(chain=written.chain, sequence=3)
    assert Chain.objects.filter(pk=written.chain.pk).update(sequence=3, head=earlier.hash) == 1
    beyond = Entry.objects.filter(chain=written.chain, sequence__gt=3).count()
    assert f"keski-suomi-2023: entries stand beyond the head: {beyond}; it was set back" in found()


def test_verify_finds_facts_moved_to_another_entry(written: Agreement):
    tamper("UPDATE journal_keptfact SET entry_id = (SELECT MAX(id) FROM journal_entry) WHERE number = 6")
    assert [one for one in found() if "its facts are not those" in one] != []


def test_verify_finds_facts_slipped_in(written: Agreement):
    first = Entry.objects.get(chain__name=written.slug, sequence=1)
    row = KeptFact.objects.get(number=1)
    row.pk, row.number, row.fact_id, row.entry = None, 9, "slipped", first
    row.save(force_insert=True)
    assert "keski-suomi-2023: 1 entries carry facts that they were not entered with" in found()


def test_verify_finds_an_agreement_on_the_wrong_chain(written: Agreement):
    tamper("UPDATE journal_agreement SET slug = 'muu'")
    assert "muu: it stands on the chain of keski-suomi-2023" in found()


def test_erased_details_leave_the_chain_valid(written: Agreement):
    with_detail = list(Detail.objects.filter(entry__verb="record").values_list("entry__sequence", flat=True))
    assert erase_details(written, with_detail, reason="retention", by=SYSTEM) == 3
    assert not Detail.objects.filter(entry__verb="record").exists()
    assert Entry.objects.filter(verb="record").exclude(digest="").count() == 3
    assert found() == []


def test_verify_leaves_out_what_is_written_meanwhile(written: Agreement):
    findings = verify()
    with change(written, by=SYSTEM) as c:
        c.enter("record", "thing:7")
        c.keep("thing:7", [HELD])
    assert list(findings) == []


@pytest.fixture
def proves() -> Iterator[dict[str, Sequence[dict[str, Any]]]]:
    """The things of a room that is registered for the time of a test."""
    things: dict[str, Sequence[dict[str, Any]]] = {}
    evidence.register("thing", lambda: iter(things.items()))
    yield things
    evidence._derivers.pop("thing")


def test_verify_derives_all_facts_again(written: Agreement, proves: dict[str, Sequence[dict[str, Any]]]):
    for number in (0, 2):
        proves[f"thing:{number}"] = [HELD | {"reference": f"§ {number}"}, HELD | {"body": "ksturva"}]
    assert found() == []
    proves["thing:0"] = [HELD | {"reference": "§ 0"}, HELD | {"on": "2024-05-15"}]
    assert found() == [
        'thing:0: it proves what is not kept: {"body":"kuntakokous","fact":"meeting-held","on":"2024-05-15"}',
        'thing:0: what is kept it does not prove: {"body":"ksturva","fact":"meeting-held","on":"2024-05-14"}',
    ]


def test_verify_finds_things_that_vanished(written: Agreement, proves: dict[str, Sequence[dict[str, Any]]]):
    assert len(found()) == 4


def test_evidence_has_one_deriver_for_a_name(proves: object):
    with pytest.raises(ValueError, match="registered already"):
        evidence.register("thing", lambda: iter(()))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    column=st.sampled_from(["verb", "object_key", "digest", "facts_digest", "previous", "hash", "actor_label"]),
    sequence=st.integers(min_value=1, max_value=7),
    value=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
)
def test_verify_finds_any_other_value_in_any_entry(written: Agreement, column: str, sequence: int, value: str):
    entry = Entry.objects.get(chain__name=written.slug, sequence=sequence)
    before = getattr(entry, column)
    if value == before:
        return
    tamper(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, entry.pk)
    assert found() != []
    tamper(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", before, entry.pk)
    assert found() == []

"""What the journal wrote, the database itself refuses to update and to delete."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from yhdyspinta.journal import triggers
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.change import change
from yhdyspinta.journal.models import Agreement, Detail, Entry, KeptFact, Text
from yhdyspinta.journal.verify import verify


@pytest.fixture
def written(agreement: Agreement) -> Agreement:
    with change(agreement, by=SYSTEM) as c:
        c.enter("record", "thing:1", after={"note": "a"})
        c.keep("thing:1", [{"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14"}])
    return agreement


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET verb = 'other'",
        "DELETE FROM journal_entry",
        "UPDATE journal_keptfact SET day = '2020-01-01'",
        "DELETE FROM journal_keptfact",
        "UPDATE journal_text SET first_day = '2020-01-01'",
        "DELETE FROM journal_text",
        "UPDATE journal_detail SET body = '{}'",
    ],
)
def test_trigger_refuses(written: Agreement, statement: str):
    table = statement.split()[1 if statement.startswith("UPDATE") else 2]
    verb = statement.split(maxsplit=1)[0].lower()
    with pytest.raises(DatabaseError, match=f"{table} refuses {verb}"), transaction.atomic():
        connection.cursor().execute(statement)


def test_trigger_refuses_through_the_models_as_well(written: Agreement):
    for refused in (
        lambda: Entry.objects.update(verb="other"),
        lambda: KeptFact.objects.all().delete(),
        lambda: Text.objects.update(first_day=date(2020, 1, 1)),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()


def test_trigger_refuses_a_replacement_on_sqlite(written: Agreement):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite replaces rows")
    with pytest.raises(DatabaseError, match="journal_entry refuses delete"), transaction.atomic():
        connection.cursor().execute("INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry LIMIT 1")


def test_trigger_refuses_truncate_on_postgresql(written: Agreement):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="refuses truncate"), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE journal_entry CASCADE")


def test_detail_may_be_deleted(written: Agreement):
    Detail.objects.all().delete()
    assert not Detail.objects.exists()


def test_triggers_all_stand_after_migrate(db: None):
    assert triggers.missing(connection) == triggers.altered(connection) == triggers.unknown(connection) == []
    assert len(triggers.names(connection)) == (14 if connection.vendor == "postgresql" else 9)


def test_triggers_dropped_are_missed_and_made_again(written: Agreement):
    triggers.drop(connection)
    assert triggers.missing(connection) == triggers.names(connection)
    assert [finding.where for finding in verify()] == ["database"] * len(triggers.names(connection))
    triggers.make(connection)
    assert triggers.missing(connection) == []


def test_trigger_that_refuses_nothing_is_found_by_what_it_says_and_made_again(written: Agreement):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION pass_by() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
                "CREATE OR REPLACE TRIGGER journal_entry_refuses_update BEFORE UPDATE ON journal_entry"
                " FOR EACH ROW EXECUTE FUNCTION pass_by()"
            )
        else:
            cursor.execute("DROP TRIGGER journal_entry_refuses_update")
            cursor.execute(
                "CREATE TRIGGER journal_entry_refuses_update BEFORE UPDATE ON journal_entry BEGIN SELECT 1; END"
            )
    assert triggers.missing(connection) == []
    assert triggers.altered(connection) == ["journal_entry_refuses_update"]
    assert [str(finding) for finding in verify()] == [
        "database: the trigger journal_entry_refuses_update is not as the program makes it; a migrate makes it again"
    ]
    triggers.make(connection)
    assert triggers.altered(connection) == []


def test_function_that_refuses_nothing_is_found_on_postgresql(db: None):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's triggers call no function")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NEW; END $$"
        )
    assert triggers.altered(connection) == triggers.names(connection)
    triggers.make(connection)
    assert triggers.altered(connection) == []


def test_unknown_trigger_on_a_guarded_table_is_found(written: Agreement):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER stray BEFORE INSERT ON journal_keptfact FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
            if connection.vendor == "postgresql"
            else "CREATE TRIGGER stray BEFORE INSERT ON journal_keptfact BEGIN SELECT RAISE(IGNORE); END"
        )
    assert triggers.unknown(connection) == ["journal_keptfact.stray"]
    assert [str(finding) for finding in verify()] == [
        "database: the trigger journal_keptfact.stray is not of the program"
    ]


def test_triggers_switched_off_are_missed_on_postgresql(db: None):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite cannot switch a trigger off")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_refuses_update")
    assert triggers.missing(connection) == ["journal_entry_refuses_update"]


@pytest.mark.django_db(transaction=True)
def test_triggers_are_made_again_by_migrate_and_survive_a_flush():
    triggers.drop(connection)
    call_command("migrate", verbosity=0, interactive=False)
    assert triggers.missing(connection) == []
    call_command("flush", verbosity=0, interactive=False)
    assert triggers.missing(connection) == []

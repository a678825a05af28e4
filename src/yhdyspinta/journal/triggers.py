"""The guards in the database: what the journal wrote, nobody updates and nobody deletes.

They are made again after every migrate, because a migration may remake a table; ``verify`` looks
for them. Whoever must empty the tables (the tests' flush, a restore) drops them and makes them again.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

GUARDED: dict[str, tuple[str, ...]] = {
    "journal_entry": ("UPDATE", "DELETE"),
    "journal_keptfact": ("UPDATE", "DELETE"),
    "journal_text": ("UPDATE", "DELETE"),
    "journal_officialtext": ("UPDATE", "DELETE"),
    "journal_detail": ("UPDATE",),
}
"""What is refused in which table. A detail may be deleted: that is how personal data is erased."""


def names(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of all guards that this kind of database must have."""
    return [_name(table, verb) for table, verb in _guards(connection)]


def make(connection: BaseDatabaseWrapper) -> None:
    """Make every guard whose table exists; those that stand already are left as they are."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for table, verb in _guards(connection):
            if table in tables:
                cursor.execute(_statement(connection, table, verb))


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away. Only for emptying tables; ``make`` must follow."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table, verb in _guards(connection):
            if table in tables:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, verb)}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that do not stand, or stand switched off."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return [name for name in names(connection) if name not in standing]


def make_after_migrate(*, using: str, **_kwargs: Any) -> None:
    """Answer Django's ``post_migrate``."""
    make(connections[using])


def _guards(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    guards = [(table, verb) for table, verbs in GUARDED.items() for verb in verbs]
    if connection.vendor == "postgresql":  # TRUNCATE passes by the triggers of rows
        guards += [(table, "TRUNCATE") for table in GUARDED]
    return guards


def _name(table: str, verb: str) -> str:
    return f"{table}_refuses_{verb.lower()}"


def _statement(connection: BaseDatabaseWrapper, table: str, verb: str) -> str:
    name = _name(table, verb)
    if connection.vendor == "postgresql":
        each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
        return (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION journal_refuse()"
        )
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} refuses {verb.lower()}'); END"
    )


_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$
"""

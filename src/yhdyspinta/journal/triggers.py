"""The guards in the database: what the journal wrote, nobody updates and nobody deletes.

They are made again after every migrate, because a migration may remake a table; ``verify`` looks
for them, and compares them with what is written here. Whoever must empty the tables (the tests'
flush, a restore) drops them and makes them again.
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
    """Make every guard whose table exists; those that stand as they should are left as they are."""
    amiss = {*missing(connection), *altered(connection)}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for table, verb in _guards(connection):
            if table in tables:
                if connection.vendor == "sqlite" and _name(table, verb) in amiss:  # it cannot replace a trigger
                    cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, verb)}")
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
    """Return the names of the guards that do not stand, or stand switched off. One query."""
    standing = _standing(connection)
    return [_name(table, verb) for table, verb in _guards(connection) if (table, _name(table, verb)) not in standing]


def altered(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that stand and do something else than what is written here. One query."""
    standing = _standing(connection)
    return [
        name
        for (table, name), said in _meant(connection).items()
        if (table, name) in standing and standing[table, name] != said
    ]


def unknown(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers on guarded tables that are no guards, each as ``table.name``. One query."""
    others = _standing(connection).keys() - _meant(connection).keys()
    return sorted(f"{table}.{name}" for table, name in others if table in GUARDED)


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


def _standing(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """Return what each trigger that is switched on says, by table and name."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL_STANDING if connection.vendor == "postgresql" else _SQLITE_STANDING)
        return {(table, name): said for table, name, said in cursor.fetchall()}


def _meant(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """Return what each guard must say, as the database tells it back."""
    function = _POSTGRESQL_BODY if connection.vendor == "postgresql" else ""
    return {
        (table, _name(table, verb)): _statement(connection, table, verb)
        .replace("CREATE OR REPLACE TRIGGER", "CREATE TRIGGER")
        .replace("CREATE TRIGGER IF NOT EXISTS", "CREATE TRIGGER")
        + function
        for table, verb in _guards(connection)
    }


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


_POSTGRESQL_BODY = """
BEGIN
    RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
"""

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $${_POSTGRESQL_BODY}$$
"""

_POSTGRESQL_STANDING = """
SELECT relname, tgname, pg_get_triggerdef(pg_trigger.oid, true) || prosrc
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(pg_class.oid)
"""

_SQLITE_STANDING = "SELECT lower(tbl_name), name, sql FROM sqlite_master WHERE type = 'trigger'"

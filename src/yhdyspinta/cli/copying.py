"""The database as files and back: one file of SQLite, or the rows of each table of PostgreSQL.

Rows of PostgreSQL are written with COPY by the driver itself, so no program of a matching release need be installed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from yhdyspinta.journal import triggers
from yhdyspinta.journal.verify import snapshot

SQLITE_FILE = "database.sqlite3"


class Copy(NamedTuple):
    """A database as it was at one moment."""

    parts: dict[str, Path]
    """Where each part of it lies, by its name in the archive."""
    tables: dict[str, list[str]]
    """The columns of each table, in the order in which its rows are written; none for SQLite."""
    migrations: list[tuple[str, str]]
    """Which migrations had been applied, in order."""
    files: list[str]
    """The paths in the storage that its rows name."""


_FILES = "SELECT DISTINCT path FROM papers_file ORDER BY path"
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"


def copy_out(folder: Path) -> Copy:
    """Copy the database into a folder, while others go on using it."""
    return _rows_out(folder) if connection.vendor == "postgresql" else _file_out(folder)


def is_empty() -> bool:
    """Tell whether the database holds neither agreements nor accounts."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) & {"journal_agreement", "parties_account"}
        for table in sorted(tables):
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 -- two names written above
            if cursor.fetchone():
                return False
    return True


def unknown_migrations(migrations: Iterable[tuple[str, str]]) -> list[str]:
    """Return the migrations that this release does not know, as a newer one would have."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return [f"{app}.{name}" for app, name in migrations if (app, name) not in known]


def copy_in(parts: dict[str, Path], tables: dict[str, list[str]], migrations: list[tuple[str, str]]) -> None:
    """Put a copy in the place of the database, and bring it up to this release."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _rows_in(parts, tables, migrations)
    else:
        _file_in(parts[SQLITE_FILE])
    call_command("migrate", verbosity=0, interactive=False)


def _file_out(folder: Path) -> Copy:
    target = folder / SQLITE_FILE
    with closing(sqlite3.connect(_sqlite_path())) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # the copy is one file, without a log beside it
        files = [row[0] for row in copy.execute(_FILES)]
        migrations = list(copy.execute(_MIGRATIONS))
    return Copy({SQLITE_FILE: target}, {}, migrations, files)


def _file_in(source: Path) -> None:
    """Write a file's pages over those of the database, under its own lock: whoever reads sees the one or the other."""
    connection.close()
    with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(_sqlite_path(), timeout=60)) as target:
        copy.backup(target)
        target.execute("PRAGMA journal_mode = WAL")


def _sqlite_path() -> str:
    return str(connection.settings_dict["NAME"])


def _rows_out(folder: Path) -> Copy:
    parts: dict[str, Path] = {}
    columns: dict[str, list[str]] = {}
    with snapshot(), connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            columns[table] = [info.name for info in connection.introspection.get_table_description(cursor, table)]
            parts[f"database/{table}.copy"] = path = folder / f"{table}.copy"
            with path.open("wb") as target, cursor.copy(f"COPY {_listed(table, columns[table])} TO STDOUT") as rows:
                for data in rows:
                    target.write(data)
        cursor.execute(_FILES)
        files = [row[0] for row in cursor.fetchall()]
        cursor.execute(_MIGRATIONS)
        migrations = [(app, name) for app, name in cursor.fetchall()]
    return Copy(parts, columns, migrations, files)


def _rows_in(parts: dict[str, Path], tables: dict[str, list[str]], migrations: list[tuple[str, str]]) -> None:
    """Make the tables as they were when the copy was made, and fill them. Keys are compared when all is in."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {_quoted(table)} CASCADE")
    executor = MigrationExecutor(connection)
    executor.migrate(_last(executor.loader, migrations))
    triggers.drop(connection)
    with connection.cursor() as cursor:
        made = ", ".join(_quoted(table) for table in tables)
        cursor.execute(f"TRUNCATE {made} CASCADE")  # what the migrations themselves have written
        for table, columns in tables.items():
            with (
                parts[f"database/{table}.copy"].open("rb") as source,
                cursor.copy(f"COPY {_listed(table, columns)} FROM STDIN") as rows,
            ):
                while data := source.read(1 << 20):
                    rows.write(data)
            _go_on(cursor, table)
    triggers.make(connection)


def _last(loader: MigrationLoader, migrations: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return where each app had got to: its migrations that none of those applied follows."""
    applied = set(migrations)
    return [
        key
        for key in migrations
        if not any(child.key in applied for child in loader.graph.node_map[key].children if child.key[0] == key[0])
    ]


def _go_on(cursor: CursorWrapper, table: str) -> None:
    """Let a table's numbers go on after the highest in it."""
    for sequence in connection.introspection.get_sequences(cursor, table):
        column = _quoted(sequence["column"])
        cursor.execute(
            f"SELECT setval(%s, COALESCE(MAX({column}), 1), MAX({column}) IS NOT NULL) FROM {_quoted(table)}",  # noqa: S608 -- quoted
            [sequence["name"]],
        )


def _listed(table: str, columns: list[str]) -> str:
    return f"{_quoted(table)} ({', '.join(_quoted(column) for column in columns)})"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)

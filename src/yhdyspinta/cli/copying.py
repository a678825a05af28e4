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
from django.db import Error, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from yhdyspinta.journal import triggers
from yhdyspinta.journal.verify import snapshot

SQLITE_FILE = "database.sqlite3"


class ArchiveError(Exception):
    """The archive cannot be made or restored; the message says why, and what mends it."""


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
_THINGS = r"SELECT type, name FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"
_OTHER_MIGRATIONS = "the database in it has had other migrations than the manifest says"


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


def examine(parts: dict[str, Path], tables: dict[str, list[str]], migrations: list[tuple[str, str]]) -> None:
    """Look whether a copy has all tables and columns that its migrations make, and nothing else. Changes nothing.

    No name that the copy says goes into a statement before it has passed here.

    Raises:
        ArchiveError: it has others, or is no database.

    """
    rows = connection.vendor == "postgresql"
    due = {f"database/{table}.copy" for table in tables} if rows else {SQLITE_FILE}
    if parts.keys() != due:
        raise ArchiveError(f"parts of the database are missing or too many: {_some(parts.keys() ^ due)}")
    found = tables if rows else _tables_in(parts[SQLITE_FILE], migrations)
    made = _tables_of(migrations)
    if found.keys() != made.keys():
        raise ArchiveError(f"the tables are not those of its release: {_some(found.keys() ^ made.keys())}")
    differing = {table for table, columns in found.items() if sorted(columns) != sorted(made[table])}
    if differing:
        raise ArchiveError(f"the columns are not those of its release: {_some(differing)}")


def copy_in(parts: dict[str, Path], tables: dict[str, list[str]], migrations: list[tuple[str, str]]) -> None:
    """Put a copy that was examined in the place of the database, and bring it up to this release.

    Raises:
        ArchiveError: the database refuses it, and stays as it was.

    """
    try:
        if connection.vendor == "postgresql":
            with transaction.atomic():
                _rows_in(parts, tables, migrations)
        else:
            _file_in(parts[SQLITE_FILE])
    except (Error, sqlite3.Error) as error:
        raise ArchiveError(f"the database does not take it: {str(error).partition(chr(10))[0]}") from error
    call_command("migrate", verbosity=0, interactive=False)


def _tables_of(migrations: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the tables that migrations make, each with its columns."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    models = loader.project_state(_last(loader, migrations)).apps.get_models(include_auto_created=True)
    made = [model._meta for model in models]  # noqa: SLF001 -- Django documents it
    tables = {
        one.db_table: [str(field.column) for field in one.local_concrete_fields]
        for one in made
        if one.can_migrate(connection)
    }
    return tables | {"django_migrations": ["id", "app", "name", "applied"]}


def _tables_in(file: Path, migrations: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the tables in a file of SQLite. Beside them it may have the journal's triggers, and nothing that acts."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as copy:
            copy.execute("PRAGMA trusted_schema = OFF")
            if (said := copy.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise ArchiveError(f"the database in it is damaged: {said}")
            things = set(copy.execute(_THINGS))
            strangers = {name for kind, name in things if kind != "table"} - set(triggers.names(connection))
            if strangers:
                raise ArchiveError(f"the database in it has what no release makes: {_some(strangers)}")
            names = [name for kind, name in things if kind == "table"]
            tables = {
                name: [row[0] for row in copy.execute("SELECT name FROM pragma_table_xinfo(?)", [name])]
                for name in names
            }
            if "django_migrations" in tables and list(copy.execute(_MIGRATIONS)) != migrations:
                raise ArchiveError(_OTHER_MIGRATIONS)
    except sqlite3.Error as error:
        raise ArchiveError(f"the database in it is no database of SQLite: {error}") from error
    return tables


def _some(names: Iterable[str]) -> str:
    """Name a few, in one line, whatever stands in them."""
    return ", ".join(ascii(name)[:80] for name in sorted(names)[:5])


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
                connection.wrap_database_errors,  # the driver's COPY raises errors of its own
                parts[f"database/{table}.copy"].open("rb") as source,
                cursor.copy(f"COPY {_listed(table, columns)} FROM STDIN") as rows,
            ):
                while data := source.read(1 << 20):
                    rows.write(data)
            _go_on(cursor, table)
        cursor.execute(_MIGRATIONS)
        if cursor.fetchall() != migrations:
            raise ArchiveError(_OTHER_MIGRATIONS)
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

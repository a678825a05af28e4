"""What several commands need: finding an agreement by its name, reading days and facts, speaking in one line."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from yhdyspinta.agreement import (
    AgreementErrors,
    Charter,
    FactErrors,
    Ledger,
    parse_day,
    read_agreement,
    read_facts,
)

PACKAGE = Path(__file__).resolve().parent.parent
EXAMPLE = "esimerkki-jarvimaa"


class Day(click.ParamType[dt.date]):
    """A day as 2024-06-01 or 1.6.2024."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read the day, or say what a day looks like."""
        if isinstance(value, dt.date):
            return value
        try:
            return parse_day(str(value))
        except ValueError:
            self.fail(f"`{value}` is no date such as 2024-06-01", param, ctx)


DAY = Day()


def shipped() -> Path:
    """Return the folder of the agreements that come with the program."""
    beside_source = PACKAGE.parent.parent / "agreements"
    return beside_source if beside_source.is_dir() else PACKAGE / "agreements"


def own_folder(name: str) -> Path | None:
    """Return the folder that a name names: a path, or a folder here that holds an agreement."""
    path = Path(name)
    if path.is_dir() and (len(path.parts) != 1 or any(path.glob("agreement.*.md"))):
        return path
    return None


def folder_of(name: str) -> Path | None:
    """Return the folder of an agreement given as a folder or as the id of a shipped one; None when there is none."""
    inside = shipped() / name
    is_id = len(Path(name).parts) == 1 and name not in {".", ".."}
    return own_folder(name) or (inside if is_id and inside.is_dir() else None)


def charter_from(folder: Path) -> Charter:
    """Read an agreement's folder, or end the command with all its findings (exit 1)."""
    try:
        return read_agreement(folder)
    except AgreementErrors as errors:
        for finding in errors.findings:
            click.echo(f"{folder}/{finding}", err=True)
        raise click.exceptions.Exit(1) from None


def ledger_from(charter: Charter, path: str) -> Ledger:
    """Read a file of facts, or end the command with every problem in it (exit 1)."""
    try:
        with Path(path).open("rb") as lines:
            return Ledger(charter, read_facts(lines, charter))
    except OSError as error:
        raise click.UsageError(f"`{path}` cannot be read: {error.strerror}") from None
    except FactErrors as errors:
        sys.stderr.write("".join(f"{path}:{line}: {message}\n" for line, message in errors.problems))
        raise click.exceptions.Exit(1) from None

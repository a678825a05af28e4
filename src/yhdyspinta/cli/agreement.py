"""Commands about agreements as files: check, status, duties, compare, schema. Django starts only for the database."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from yhdyspinta.agreement import (
    Assessment,
    Charter,
    Ledger,
    assess,
    json_schema,
    today,
)
from yhdyspinta.agreement import check as check_folder
from yhdyspinta.cli import tables
from yhdyspinta.cli.shared import DAY, charter_from, folder_of, ledger_from, own_folder


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
def check(path: Path) -> None:
    """Validate an agreement's folder: every finding with file, line and mend; exit 0 or 1."""
    folder = path if path.is_dir() else folder_of(str(path))
    if folder is None:
        raise click.UsageError(f"no agreement in `{path}`")
    findings = check_folder(folder)
    for finding in findings:
        click.echo(f"{folder / finding.file if finding.file != str(folder) else folder}:{finding.line}: "
                   f"{finding.message} ({finding.mend})")  # fmt: skip
    click.echo(f"{folder}: {len(findings) or 'nothing'} to mend", err=True)
    if findings:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("agreement")
@click.option("--facts", type=click.Path(), help="Facts as JSON Lines; by default those in the database.")
@click.option("--as-of", type=DAY, help="The day asked about; by default today in Helsinki.")
@click.option("--known-at", type=DAY, help="Only what was recorded by this day; by default everything.")
@click.option("--records-from", type=DAY, help="The first day with records; by default the agreement's first.")
@click.option("--party", metavar="ID", help="Only what this party bears, alone, jointly or with all.")
@click.option("--json", "as_json", is_flag=True, help="JSON for programs.")
def status(
    agreement: str,
    facts: str | None,
    as_of: dt.date | None,
    known_at: dt.date | None,
    records_from: dt.date | None,
    party: str | None,
    *,
    as_json: bool,
) -> None:
    """Show what is due and what is kept on a day."""
    day = as_of or today()
    if facts is None:
        charter, assessment = _from_database(agreement, day, known_at, records_from)
    else:
        charter = _charter(agreement)
        _known_party(charter, party)
        ledger = ledger_from(charter, facts)
        assessment = assess(charter, ledger, day, known_at, records_from)
    if party:
        _known_party(charter, party)
        assessment = assessment.of_party(party)
    if as_json:
        click.echo(json.dumps(assessment.as_json(), ensure_ascii=False, indent=1))
    else:
        tables.show_status(charter, assessment)


@click.command()
@click.argument("agreement")
@click.option("--json", "as_json", is_flag=True, help="JSON for programs.")
def duties(agreement: str, *, as_json: bool) -> None:
    """List the duties and rights as the agreement's file states them."""
    charter = _charter(agreement)
    if as_json:
        click.echo(json.dumps(tables.duties_as_json(charter), ensure_ascii=False, indent=1))
    else:
        tables.show_duties(charter)


@click.command()
@click.argument("first")
@click.argument("second")
@click.option("--party", metavar="ID", help="Only what changes for this party.")
@click.option("--json", "as_json", is_flag=True, help="JSON for programs.")
def compare(first: str, second: str, party: str | None, *, as_json: bool) -> None:
    """Show what differs between two agreements or versions, clause by clause, duty by duty and party by party."""
    from yhdyspinta.agreement.compare import compare as differences

    found = differences(_charter(first), _charter(second))
    changes = found.for_parties
    if party is not None:
        one = found.for_party(party)
        if one is None:
            raise click.UsageError(f"unknown party `{party}` in `{found.first.id}` and `{found.second.id}`")
        changes = (one,)
    if as_json:
        said = found.as_json() | {"for_parties": [each.as_json() for each in changes]}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        if party is None:
            tables.show_comparison(found)
        tables.show_party_changes(changes)


@click.command()
def schema() -> None:
    """Print the JSON Schema of the blocks in an agreement's file."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


def _charter(agreement: str) -> Charter:
    """Return the agreement named: a folder, a shipped one, or one loaded into the database."""
    folder = folder_of(agreement)
    if folder is not None:
        return charter_from(folder)
    from yhdyspinta.cli.loaded import loaded_charter

    charter = loaded_charter(agreement)
    if charter is None:
        raise click.UsageError(f"unknown agreement `{agreement}`: neither a folder, nor shipped, nor loaded")
    return charter


def _known_party(charter: Charter, party: str | None) -> None:
    if party is not None and party not in charter.parties:
        raise click.UsageError(f"unknown party `{party}` in `{charter.id}`")


def _from_database(
    agreement: str, as_of: dt.date, known_at: dt.date | None, records_from: dt.date | None
) -> tuple[Charter, Assessment]:
    """Judge by the facts in the database; an agreement that is not loaded there has none."""
    from yhdyspinta.cli.loaded import assess_loaded

    found = None if own_folder(agreement) else assess_loaded(agreement, as_of, known_at, records_from)
    if found is not None:
        return found
    charter = _charter(agreement)
    click.echo(f"`{charter.id}` is not in the database: judged without any facts", err=True)
    return charter, assess(charter, Ledger(charter), as_of, known_at, records_from)

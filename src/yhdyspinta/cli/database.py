"""Commands on the database: load, demo, createadmin, attach-text, import, export, backup, restore, verify.

Data goes to standard output, talk to standard error.
"""

from __future__ import annotations

import datetime as dt
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console
from rich.progress import Progress

from yhdyspinta.agreement import Charter, FactErrors, as_given, today
from yhdyspinta.cli.loaded import start_django
from yhdyspinta.cli.shared import DAY, EXAMPLE, charter_from, folder_of

if TYPE_CHECKING:
    from yhdyspinta.journal.models import Agreement

_T = TypeVar("_T")

LANGUAGES = click.Choice(["fi", "sv", "en"])


@click.command()
@click.argument("agreement")
@click.option("--first-day", type=DAY, help="The day from which this text is in force; it succeeds the text before it.")
@click.option("--records-from", type=DAY, help="The first day with records; by default the day of the first load.")
def load(agreement: str, first_day: dt.date | None, records_from: dt.date | None) -> None:
    """Put an agreement into the database: a folder, or the id of one that comes with the program.

    The same text again changes nothing.
    """
    folder = _folder(agreement)
    charter = charter_from(folder)
    start()
    from yhdyspinta.journal.actor import SYSTEM
    from yhdyspinta.parties.actions import load_agreement

    with told():
        loaded = load_agreement(folder, first_day=first_day, records_from=records_from, by=SYSTEM)
    _say_loaded(charter, loaded.agreement, changed=loaded.changed)


@click.command()
def demo() -> None:
    """Put an imaginary region with invented people and a history of three years into the database.

    It refuses to enter a database with a real agreement.
    """
    folder = _folder(EXAMPLE)
    charter = charter_from(folder)
    start()
    from django.db import transaction

    from yhdyspinta.journal.actor import SYSTEM
    from yhdyspinta.parties.actions import load_agreement

    with told(), transaction.atomic():
        loaded = load_agreement(folder, records_from=charter.first_day, by=SYSTEM)
        _say_loaded(charter, loaded.agreement, changed=loaded.changed)
        _bring_in(loaded.agreement, folder / "history.jsonl", with_people=True)


@click.command()
@click.argument("email", required=False)
@click.option("--name", help="The person's name; by default asked for.")
@click.option("--language", type=LANGUAGES, default="fi", show_default=True, help="The person's language.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--if-none", is_flag=True, help="Only where there is no administrator: asks nothing, makes a password.")
def createadmin(email: str | None, name: str | None, language: str, *, password_stdin: bool, if_none: bool) -> None:
    """Make an account that administers the installation."""
    start()
    from yhdyspinta.journal.actor import SYSTEM
    from yhdyspinta.parties.actions import create_administrator
    from yhdyspinta.parties.queries import administrators

    made = ""
    if if_none:
        if administrators().exists():
            return
        email, name, made = email or "yllapito@localhost", name or "Ylläpito", secrets.token_urlsafe(12)
    email = email or click.prompt("E-mail address", err=True)
    name = name or click.prompt("Name", err=True)
    password = made or new_password(from_stdin=password_stdin)
    with told():
        account = create_administrator(email, name=name, password=password, language=language, by=SYSTEM)
    click.echo(f"{account.email} administers the installation", err=True)
    if made:
        click.echo(f"The password is {made} (shown once; change it at /kirjaudu/salasana/)", err=True)


@click.command("attach-text")
@click.argument("agreement")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--annex", default="", help="The annex whose official text it is, by its id.")
def attach_text(agreement: str, file: Path, annex: str) -> None:
    """Attach the official text of an agreement or of an annex, to be shown beside the restatement.

    Every clause's passage must be found in it; otherwise nothing is stored.
    """
    loaded = loaded_agreement(agreement)
    from yhdyspinta.journal.actions import attach_official_text
    from yhdyspinta.journal.actor import SYSTEM
    from yhdyspinta.journal.queries import charter_of, official_passages

    try:
        content = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not UTF-8: save it so") from None
    with told(str(file)):
        attach_official_text(loaded, content, filename=file.name, annex=annex, by=SYSTEM)
    parts = [part for part in charter_of(loaded).parts if part.annex == annex]
    found = official_passages(loaded).keys() & {clause.id for part in parts for clause in part.clauses}
    click.echo(f"{agreement}: {len(found)} passages found in {file.name}", err=True)


@click.command("import")
@click.argument("agreement")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--records-from", type=DAY, help="The first day with records, once this history is in.")
def import_(agreement: str, file: str, records_from: dt.date | None) -> None:
    """Bring in a history of facts as JSON Lines: all of it or nothing. The same file twice changes nothing."""
    loaded = loaded_agreement(agreement)
    from django.db import transaction

    from yhdyspinta.journal.actions import set_records_from
    from yhdyspinta.journal.actor import SYSTEM

    with told(), transaction.atomic():
        _bring_in(loaded, file)
        if records_from is not None:
            set_records_from(loaded, records_from, by=SYSTEM)
    click.echo(f"{agreement}: records from {loaded.records_from:%-d.%-m.%Y}", err=True)


@click.command()
@click.argument("agreement")
@click.option("--facts", "what", flag_value="facts", help="The kept facts as JSON Lines, withdrawals too.")
@click.option("--entries", "what", flag_value="entries", help="The entries as JSON Lines; `common` has some too.")
@click.option("--texts", "what", flag_value="texts", help="The texts as folders, each with its agreement.*.md files.")
@click.option("--details", is_flag=True, help="With --entries: what was before and after. It may be personal data.")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="With --texts: the folder to write to.")
def export(agreement: str, what: str | None, to: Path | None, *, details: bool) -> None:
    """Take out what the database holds of an agreement."""
    if what is None:
        raise click.UsageError("say what: --facts, --entries or --texts")
    if (to is not None) != (what == "texts"):
        raise click.UsageError("--to FOLDER goes with --texts, and --texts needs it")
    loaded = None
    if what == "entries" and agreement == "common":
        start()
    else:
        loaded = loaded_agreement(agreement)
    from yhdyspinta.cli import exporting

    if loaded is None or what == "entries":
        lines = exporting.entries(loaded, details=details)
    elif to is None:
        lines = exporting.facts(loaded)
    else:
        lines = exporting.write_texts(loaded, to)
    for line in lines if sys.stdout.isatty() else _shown(lines, "Writing"):
        click.echo(line)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--keep", type=click.IntRange(min=1), help="Without FILE: keep only the newest of the backups there.")
def backup(file: Path | None, keep: int | None) -> None:
    """Copy the database and the files into one archive, while the application runs.

    Without FILE the archive is put among the backups in the data folder, under the time it was made.
    """
    start_django()
    from yhdyspinta.cli.archive import back_up
    from yhdyspinta.cli.copying import ArchiveError

    if file is not None and keep is not None:
        raise click.UsageError("--keep goes without FILE")
    target = file or _backups() / f"yhdyspinta-{dt.datetime.now():%Y%m%dT%H%M%S}.tar.gz"  # noqa: DTZ005 -- local time
    try:
        with _steps("Backup") as say:
            manifest = back_up(target, say=say)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from error
    for old in sorted(_backups().glob("yhdyspinta-*.tar.gz"))[: -keep if keep else 0]:
        old.unlink()
    click.echo(str(target))
    for path in manifest.missing:
        click.echo(f"not whole in the storage: {path}", err=True)
    if manifest.missing:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite what is in the database.")
@click.option("--send-mail", is_flag=True, help="Send the mail that waited when the backup was made.")
def restore(file: Path, *, force: bool, send_mail: bool) -> None:
    """Put a backup in the place of the database and the files, and verify it.

    Mail that waited when the backup was made is given up, as it may have been sent since. Links that were mailed are
    revoked, as they may have been used or revoked since.
    """
    start_django()
    from yhdyspinta.cli.archive import restore as put_back
    from yhdyspinta.cli.copying import ArchiveError

    try:
        with _steps("Restore") as say:
            manifest = put_back(file, force=force, send_mail=send_mail, say=say)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Restored from {file}, made at {manifest.made_at}", err=True)
    for path in manifest.missing:
        click.echo(f"missing from the backup: {path}", err=True)
    _verify()


@click.command()
def verify() -> None:
    """Walk every chain of entries, look for the triggers, and derive all facts again.

    Prints what is not sound, one finding a line, and exits with 1; else the head of each chain.
    """
    start()
    _verify()


# What the commands share


def start() -> None:
    """Start Django, and see that the database is there and as new as the program."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        start_django()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from error
    from django.db import Error, connection
    from django.utils import translation

    translation.activate("en")  # as the commands themselves speak
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        raise click.ClickException(f"the database does not answer: {error}") from error
    if behind:
        raise click.ClickException("the database is not prepared for this release: yhdyspinta manage migrate")


def loaded_agreement(slug: str) -> Agreement:
    """Return a loaded agreement, or end the command with one line (exit 2)."""
    start()
    from yhdyspinta.journal.queries import agreements

    agreement = agreements().filter(slug=slug).first()
    if agreement is None:
        raise click.UsageError(f"unknown agreement `{slug}`: not loaded (yhdyspinta load {slug})")
    return agreement


def _folder(agreement: str) -> Path:
    folder = folder_of(agreement)
    if folder is None:
        raise click.UsageError(f"unknown agreement `{agreement}`: neither a folder nor one that comes with the program")
    return folder


@contextmanager
def told(where: str = "") -> Iterator[None]:
    """Tell each refusal in a line of its own, and end with 1."""
    from django.core.exceptions import ValidationError

    try:
        yield
    except ValidationError as refused:
        for message in refused.messages:
            click.echo(f"{where or 'yhdyspinta'}: {message}", err=True)
        raise click.exceptions.Exit(1) from None


def _say_loaded(charter: Charter, agreement: Agreement, *, changed: bool) -> None:
    what = "loaded" if changed else "nothing new"
    click.echo(
        f"{agreement.slug}: {what}; {len(charter.parties)} parties, {len(charter.duties)} duties and rights, "
        f"records from {agreement.records_from:%-d.%-m.%Y}",
        err=True,
    )


def _bring_in(agreement: Agreement, file: Path | str, *, with_people: bool = False) -> None:
    """Read a file of facts and record them; every problem in it is told by line, and nothing is kept then.

    ``with_people``: what it says of counterparts and coordinators is proved by invented people who are named.
    """
    from django.core.exceptions import ValidationError

    from yhdyspinta.journal.actor import SYSTEM
    from yhdyspinta.journal.reading import read_lines
    from yhdyspinta.records.actions import bring_in_facts

    lines = Path(file).read_bytes().splitlines()
    numbers = [number for number, line in enumerate(lines, start=1) if line.strip()]
    try:
        facts = read_lines(agreement, _shown(lines, "Reading"))
        given = [as_given(fact) for fact in _shown(facts, "Comparing")]
        with _console().status("Keeping"):
            people = _invent_people(agreement, given) if with_people else ""
            done = bring_in_facts(agreement, given, name=Path(file).name, by=SYSTEM)
    except FactErrors as errors:
        sys.stderr.write("".join(f"{file}:{line}: {message}\n" for line, message in errors.problems))
        raise click.exceptions.Exit(1) from None
    except ValidationError as refused:
        for one in refused.error_list:
            place = (one.params or {}).get("position")
            at = f"{file}:{numbers[int(place) - 1]}" if place else str(file)
            click.echo(f"{at}: {one.messages[0]}", err=True)
        raise click.exceptions.Exit(1) from None
    asked = _invent_requests(agreement) if with_people else ""
    click.echo(
        f"{agreement.slug}: {done.added} facts added, {done.skipped} were there already{people}{asked}", err=True
    )


def _invent_people(agreement: Agreement, given: list[dict[str, Any]]) -> str:
    """Make the people of an invented region; what they prove is taken out of the facts to be recorded."""
    from yhdyspinta.cli.invented import invent_people, is_naming

    number = invent_people(agreement, given)
    given[:] = [fact for fact in given if not is_naming(fact)]
    return f"; {number} invented people"


def _invent_requests(agreement: Agreement) -> str:
    """Ask the parties of an invented region a few things, after its history is there."""
    from yhdyspinta.cli.invented_requests import invent_requests

    return f" and {invent_requests(agreement)} requests"


def new_password(*, from_stdin: bool) -> str:
    """Return a password read from standard input, or asked for twice."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return password


def _backups() -> Path:
    from django.conf import settings

    return Path(settings.DATA) / "backups"


def _progress() -> Progress:
    """Return a bar on a terminal, nothing elsewhere. Standard output stays as it is: it may be going to a file."""
    console = _console()
    return Progress(
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not console.is_terminal,
    )


def _console() -> Console:
    return Console(stderr=True)


def _shown(steps: Iterable[_T], what: str) -> Iterator[_T]:
    """Show how far along the steps are. Nothing may be printed to the terminal meanwhile."""
    with _progress() as progress:
        yield from progress.track(steps, description=what)


@contextmanager
def _steps(what: str) -> Iterator[Any]:
    """Show which part is being worked on, and how many are done."""
    with _progress() as progress:
        task = progress.add_task(what, total=None)

        def say(part: str) -> None:
            progress.update(task, description=f"{what} {part[:40]}", advance=1)

        yield say


def _verify() -> None:
    from yhdyspinta.journal.models import Chain
    from yhdyspinta.journal.verify import verify as look

    findings = list(_shown(look(), "Verifying"))
    for finding in findings:
        click.echo(str(finding))
    if findings:
        click.echo(f"findings: {len(findings)}", err=True)
        raise click.exceptions.Exit(1)
    for chain in Chain.objects.order_by("name"):
        click.echo(f"{chain.name} {chain.sequence} {chain.head}")
    click.echo(f"sound on {today():%-d.%-m.%Y}", err=True)

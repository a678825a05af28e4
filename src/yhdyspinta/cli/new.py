"""``yhdyspinta new``: a folder for an agreement that begins, from a region, from the one before it, or empty."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from yhdyspinta.agreement import (
    Ledger,
    View,
    check,
    draft_of,
    file_name,
    parse_agreement,
    sources_of,
)
from yhdyspinta.agreement.classification import find_county, find_region
from yhdyspinta.agreement.slugs import MOST, slug
from yhdyspinta.agreement.succession import CARRIED, Front, Note, empty, from_region, standing, successor_of
from yhdyspinta.agreement.words import LANGUAGES
from yhdyspinta.cli.shared import DAY, folder_of, ledger_from, own_folder

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_IN_LANGUAGE = re.compile(r"([a-z]{2})=(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of the command as they were given."""

    before: str | None
    facts: str | None
    leave_out: tuple[str, ...]
    region: str | None
    county: str | None
    own_id: str | None
    title: tuple[str, ...]
    instrument: tuple[str, ...]
    first_day: dt.date | None
    last_day: dt.date | None
    languages: str | None


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--from", "before", metavar="AGREEMENT", help="The one it follows: a folder, or a shipped or loaded one.")
@click.option("--facts", metavar="FILE", help="With --from: facts as JSON Lines, of who left and what was decided.")
@click.option("--leave-out", multiple=True, type=click.Choice(sorted(CARRIED)), help="With --from: not carried over.")
@click.option("--region", metavar="CODE|NAME", help="Its parties are the public bodies of this region.")
@click.option("--county", metavar="CODE|NAME", help="Its parties are those of this wellbeing services county.")
@click.option("--id", "own_id", metavar="ID", help="Its id; by default the folder's name.")
@click.option("--title", multiple=True, metavar="[sv=]WORDS", help="Its title, once for each language.")
@click.option("--instrument", multiple=True, metavar="[sv=]WORDS", help="What it is: an agreement, a protocol, a plan.")
@click.option("--first-day", type=DAY, help="The first day in force; by default the one after its predecessor's last.")
@click.option("--last-day", type=DAY, help="The last day in force; by default it is in force until further notice.")
@click.option("--language", "languages", metavar="fi,sv,en", help="Its languages, the authority's first; default fi.")
def new(path: Path, **options: Any) -> None:
    """Begin an agreement in a new folder PATH, and say what is left to fill in."""
    asked = Asked(**options)
    _consistent(path, asked)
    made, notes = _following(path, asked) if asked.before else _beginning(path, asked)
    _write(path, made)
    for key in made:
        click.echo(path / file_name(key))
    _report(path, made, notes)


def _consistent(path: Path, asked: Asked) -> None:
    """Refuse a call that cannot be meant, before anything is read or written."""
    if path.exists() or path.is_symlink():
        raise click.UsageError(f"`{path}` is already there; nothing is written over")
    if not path.parent.is_dir():
        raise click.UsageError(f"`{path.parent}` is no folder")
    if sum(map(bool, (asked.before, asked.region, asked.county))) > 1:
        raise click.UsageError("give one of --from, --region and --county")
    if not asked.before and (asked.facts or asked.leave_out):
        raise click.UsageError("--facts and --leave-out go with --from")
    if asked.before and asked.languages:
        raise click.UsageError("--language goes with a new text; the languages of the one before are carried over")


def _beginning(path: Path, asked: Asked) -> tuple[dict[str, str], list[Note]]:
    languages = _languages(asked.languages or "fi")
    if asked.first_day is None:
        raise click.UsageError("say the first day in force: --first-day 2026-01-01")
    front = _front(path, asked, asked.first_day, languages)
    if asked.region:
        region = find_region(asked.region)
        if region is None:
            raise click.UsageError(f"there is no region `{asked.region}`; give its code or its name")
        return from_region(front, languages, region=region.code)
    if asked.county:
        county = find_county(asked.county)
        if county is None:
            raise click.UsageError(f"there is no wellbeing services county `{asked.county}`; give its code or its name")
        return from_region(front, languages, county=county)
    return empty(front, languages)


def _following(path: Path, asked: Asked) -> tuple[dict[str, str], list[Note]]:
    sources, view = _before(asked)
    old = view.charter
    foretold = old.successor.from_ if old.successor else None
    after = old.last_day + dt.timedelta(days=1) if old.last_day else None
    first_day = asked.first_day or foretold or after
    if first_day is None:
        raise click.UsageError(f"`{old.id}` has no last day: say the first day of the one that follows, --first-day")
    if first_day <= old.first_day:
        raise click.UsageError(f"`{old.id}` is in force from {old.first_day} on: what follows it begins later")
    left, choices = standing(view, first_day)
    front = _front(path, asked, first_day, old.languages)
    return successor_of(sources, front, left=left, choices=choices, keep=CARRIED - set(asked.leave_out))


def _before(asked: Asked) -> tuple[Mapping[str, str], View]:
    """Return the texts of the agreement before and what is known of it, or end the command with what is wrong."""
    name = str(asked.before)
    if asked.facts is None and own_folder(name) is None:
        from yhdyspinta.cli.loaded import loaded_text

        if found := loaded_text(name):
            return found
    folder = folder_of(name)
    if folder is None:
        raise click.UsageError(f"unknown agreement `{name}`: neither a folder, nor shipped, nor loaded")
    sources, findings = sources_of(folder)
    draft, unread = draft_of(sources)
    if findings or unread or draft is None:
        for finding in [*findings, *unread]:
            click.echo(f"{folder}/{finding}", err=True)
        raise click.exceptions.Exit(1)
    charter = parse_agreement(sources)
    return sources, (ledger_from(charter, asked.facts) if asked.facts else Ledger(charter)).view()


def _front(path: Path, asked: Asked, first_day: dt.date, languages: Sequence[str]) -> Front:
    id = asked.own_id or slug(path.name, otherwise="sopimus")
    if not _ID.fullmatch(id) or len(id) > MOST:
        raise click.UsageError(f"`{id}` is no id: lower case a–z, digits and single hyphens, at most {MOST}")
    if asked.last_day and asked.last_day < first_day:
        raise click.UsageError(f"the last day {asked.last_day} is before the first, {first_day}")
    return Front(
        id=id,
        first_day=first_day,
        last_day=asked.last_day,
        title=_words("title", asked.title, languages),
        instrument=_words("instrument", asked.instrument, languages),
    )


def _languages(text: str) -> list[str]:
    languages = [part.strip() for part in text.split(",")]
    if wrong := [part for part in languages if part not in LANGUAGES]:
        raise click.UsageError(f"`{wrong[0]}` is no language here: {', '.join(LANGUAGES)}")
    return list(dict.fromkeys(languages))


def _words(option: str, given: Sequence[str], languages: Sequence[str]) -> dict[str, str] | None:
    """Read words that are given as ``sv=Avtal``, or without a language in the first one."""
    words: dict[str, str] = {}
    for text in given:
        match = _IN_LANGUAGE.fullmatch(text)
        language, said = match.groups() if match and match[1] in LANGUAGES else (languages[0], text)
        if language not in languages:
            raise click.UsageError(f"--{option}: the agreement has no text in `{language}`")
        if language in words or not said.strip():
            raise click.UsageError(f"--{option}: give it once for each language, such as {language}=…")
        words[language] = " ".join(said.split())
    return words or None


def _write(path: Path, sources: Mapping[str, str]) -> None:
    """Write all the files or none: into a folder beside, which then takes its name."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
        try:
            for key, text in sources.items():
                (folder / file_name(key)).write_text(text, encoding="utf-8")
            folder.rename(path)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except OSError as error:
        raise click.ClickException(f"`{path}` cannot be written: {error.strerror}") from None


def _report(path: Path, sources: Mapping[str, str], notes: Sequence[Note]) -> None:
    """Say on standard error what the new agreement has, and what is left for a person."""
    draft, _findings = draft_of(sources)
    counted = {
        "parties": ("party", "parties"),
        "body": ("body", "bodies"),
        "theme": ("theme", "themes"),
        "duty": ("duty", "duties"),
        "right": ("right", "rights"),
        "rule": ("rule", "rules"),
        "goal": ("goal", "goals"),
        "law": ("law", "laws"),
        "reading": ("reading", "readings"),
    }
    counts = {kind: len(list(draft.of(kind))) for kind in counted} if draft else {}
    said = [f"{number} {counted[kind][number != 1]}" for kind, number in counts.items() if number]
    click.echo(f"{path}: {', '.join(said) or 'no parties yet'}", err=True)
    for note in notes:
        click.echo(f"  {note}", err=True)
    findings = check(path)
    for finding in findings:
        click.echo(f"{path / finding.file}:{finding.line}: {finding.message} ({finding.mend})", err=True)
    click.echo(f"{path}: {len(findings) or 'nothing'} to mend", err=True)

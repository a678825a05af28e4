"""Made-up load of any size, for benchmarks: regions like Central Finland, with facts that look like years of work."""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from yhdyspinta.agreement import Charter
from yhdyspinta.agreement.compose import parse_agreement, sources_of
from yhdyspinta.cli.shared import folder_of

MODEL = "keski-suomi-2023"
FIRST_YEAR = 2023
RELEASES_A_YEAR = 15


def lengthened(charter: Charter, number: int, years: int) -> Charter:
    """Return a region like the one given, under its own id and in force for so many years."""
    last = dt.date(FIRST_YEAR + years - 1, 12, 31)
    return charter.lasting(first_day=dt.date(FIRST_YEAR, 1, 1), last_day=last, id=f"region-{number:02}")


@dataclass(slots=True)
class Region:
    """Makes up the facts of one region, the same ones for the same seed."""

    charter: Charter
    years: int
    seed: int
    chance: random.Random = field(init=False)
    parties: list[str] = field(init=False)
    groups: list[str] = field(init=False)
    themes: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Begin from the seed and the region's own id."""
        self.chance = random.Random(f"{self.seed}:{self.charter.id}")  # noqa: S311 -- made-up load keeps no secret
        self.parties = list(self.charter.parties)
        self.groups = list(self.charter.groups)
        self.themes = list(self.charter.themes)

    def facts(self, count: int) -> Iterator[dict[str, Any]]:
        """Yield so many facts: first the meetings and releases that make occurrences, then work of every kind."""
        made = 0
        for fact in self._meetings():
            if made == count:
                return
            made += 1
            yield fact
        makers = self._makers()
        weights = [weight for _, weight in makers]
        kinds = [maker for maker, _ in makers]
        while made < count:
            for maker in self.chance.choices(kinds, weights, k=min(1000, count - made)):
                made += 1
                yield maker()

    def _meetings(self) -> Iterator[dict[str, Any]]:
        bodies = ["foorumi", "kuntakokous", "ksturva", *self.groups]
        for year in range(FIRST_YEAR, FIRST_YEAR + self.years):
            for number in range(RELEASES_A_YEAR):
                body = bodies[number % len(bodies)]
                day = self._day(year)
                yield {"fact": "meeting-held", "body": body, "on": day, "online": number % 2 == 0}
                yield {"fact": "release-published", "body": body, "meeting": day, "on": day, "by": self.parties[0]}
                for party in self.parties:
                    yield {"fact": "release-shared", "party": party, "release": f"{body}@{day}", "on": day}

    def _makers(self) -> list[tuple[Callable[[], dict[str, Any]], int]]:
        """Return how each kind of fact is made up, and how often it comes."""
        return [
            (
                lambda: self._dated("counterpart-named", theme=self._theme(), hours_per_week=self.chance.randint(1, 8)),
                30,
            ),
            (lambda: self._dated("member-named", body=self._group(), role="member"), 20),
            (lambda: self._dated("coordinator-named", theme=self._theme()), 8),
            (lambda: self._dated("document-current", document="welfare-report-and-plan"), 4),
            (lambda: self._of_year("contribution-delivered"), 8),
            (lambda: self._of_year("report-presented", report="welfare"), 6),
            (lambda: self._of_party("acceptance-given", subject=self._group()), 8),
            (lambda: self._of_party("decision-made", subject="budget", outcome="approved"), 4),
            (lambda: self._of_group("item-handled", topic="goal-review", meeting=self._any_day()), 6),
            (lambda: self._of_group("minutes-approved", meeting=self._any_day()), 4),
            (lambda: self._of_group("plan-adopted", plan="action-plan"), 2),
        ]

    def _dated(self, kind: str, **fields: Any) -> dict[str, Any]:
        first = dt.date.fromisoformat(self._any_day())
        last = first + dt.timedelta(days=self.chance.randint(30, 900))
        return {"fact": kind, "party": self._party(), **fields, "from": first.isoformat(), "to": last.isoformat()}

    def _of_year(self, kind: str, **fields: Any) -> dict[str, Any]:
        day = self._any_day()
        return {"fact": kind, "party": self._party(), **fields, "period": day[:4], "on": day}

    def _of_party(self, kind: str, **fields: Any) -> dict[str, Any]:
        return {"fact": kind, "party": self._party(), **fields, "on": self._any_day()}

    def _of_group(self, kind: str, **fields: Any) -> dict[str, Any]:
        return {"fact": kind, "body": self._group(), **fields, "on": self._any_day()}

    def _party(self) -> str:
        return self.chance.choice(self.parties)

    def _group(self) -> str:
        return self.chance.choice(self.groups)

    def _theme(self) -> str:
        return self.chance.choice(self.themes)

    def _any_day(self) -> str:
        return self._day(FIRST_YEAR + self.chance.randrange(self.years))

    def _day(self, year: int) -> str:
        return (dt.date(year, 1, 1) + dt.timedelta(days=self.chance.randrange(365))).isoformat()


def model() -> Charter:
    """Return the agreement that made-up regions are like."""
    folder = folder_of(MODEL)
    if folder is None:
        raise click.ClickException(f"the shipped agreement `{MODEL}` is missing")
    sources, _ = sources_of(folder)
    return parse_agreement(sources)


def write_facts(path: Path, region: Region, count: int) -> None:
    """Write a region's facts as JSON Lines."""
    with path.open("w", encoding="utf-8") as lines:
        for fact in region.facts(count):
            lines.write(json.dumps(fact, ensure_ascii=False) + "\n")


@click.command()
@click.option("--regions", type=click.IntRange(1, 99), default=1, show_default=True)
@click.option("--years", type=click.IntRange(1, 20), default=3, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--facts", type=click.IntRange(1, 100_000_000), default=10_000, show_default=True, help="In all regions.")
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="A folder for the files."
)
def simulate(regions: int, years: int, seed: int, facts: int, output: Path) -> None:
    """Write made-up facts of N regions over M years as JSON Lines, one file for each region."""
    output.mkdir(parents=True, exist_ok=True)
    charter = model()
    with click.progressbar(list(range(1, regions + 1)), label="Regions", file=sys.stderr) as numbers:
        for number in numbers:
            region = Region(lengthened(charter, number, years), years, seed)
            share = facts // regions + (1 if number <= facts % regions else 0)
            write_facts(output / f"region-{number:02}.jsonl", region, share)

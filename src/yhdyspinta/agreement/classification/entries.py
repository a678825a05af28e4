"""The municipalities, counties and regional councils of Finland, read from the files beside this one.

Source of codes and names: Statistics Finland, CC BY 4.0 (README.md here).
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias

from yhdyspinta.agreement.classification import naming
from yhdyspinta.agreement.slugs import slug

Kind: TypeAlias = Literal["municipality", "wellbeing-services-county", "regional-council", "other"]
HELSINKI: Final = "90"
"""The county code of Helsinki, which has no county but bears its duties."""
ALAND: Final = "21"
"""The region code of Åland, which has no county and no regional council."""
_LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class Area:
    """A region or a sub-region with its names; ``region`` is the region that a sub-region lies in, or itself."""

    code: str
    name: Mapping[str, str]
    region: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A public body of the classification, with its names in Finnish, Swedish and English.

    ``code`` is the municipality's, county's or region's. ``language`` is 0 to 3 for municipalities (README.md).
    ``county`` is empty in Åland and for bodies that lie in several. ``to`` is the last day of one that has ended and
    ``into`` the code of what it was joined to.
    """

    code: str
    kind: Kind
    name: Mapping[str, str]
    official_name: Mapping[str, str]
    genitive: Mapping[str, str]
    local: Mapping[str, str]
    region: str
    county: str = ""
    subregion: str = ""
    form: Literal["kunta", "kaupunki"] | None = None
    language: str = ""
    to: dt.date | None = None
    into: str = ""

    @property
    def id(self) -> str:
        """The id of the party that this is: the slug of its Finnish name."""
        return slug(self.name["fi"])

    def exists(self, on: dt.date | None) -> bool:
        """Tell whether the body exists on a day; without a day, whether it has not ended."""
        return self.to is None or (on is not None and on <= self.to)


@lru_cache
def regions() -> tuple[Area, ...]:
    """Return the 19 regions by code."""
    return tuple(Area(row["code"], _words(row), row["code"]) for row in _rows("regions"))


@lru_cache
def subregions() -> tuple[Area, ...]:
    """Return the sub-regions by code."""
    return tuple(Area(row["code"], _words(row), row["region"]) for row in _rows("subregions"))


@lru_cache
def municipalities(on: dt.date | None = None) -> tuple[Entry, ...]:
    """Return the municipalities of a day, by code; without a day, all since 2022, ended ones included."""
    return tuple(entry for entry in _municipalities() if on is None or entry.exists(on))


def counties() -> tuple[Entry, ...]:
    """Return the 21 wellbeing services counties by code; Helsinki is none, and Åland has none."""
    return _authorities("wellbeing-services-county")


def regional_councils() -> tuple[Entry, ...]:
    """Return the 18 regional councils by code."""
    return _authorities("regional-council")


def governments() -> tuple[Entry, ...]:
    """Return the Government of Åland, which is no regional council."""
    return _authorities("other")


def everything() -> tuple[Entry, ...]:
    """Return all public bodies: counties, regional councils, Åland's government, municipalities."""
    return (*counties(), *regional_councils(), *governments(), *municipalities())


def bodies_of_region(region: str, on: dt.date | None = None, *, language: str = "fi") -> tuple[Entry, ...]:
    """Return a region's counties, its regional council and its municipalities, these in alphabetical order.

    Uusimaa has four counties, and Helsinki bears a county's duties itself. Without a day, what exists.

    Raises:
        LookupError: there is no such region.

    """
    if region not in {area.code for area in regions()}:
        raise LookupError(f"there is no region `{region}`")
    above = [entry for entry in (*counties(), *regional_councils()) if entry.region == region]
    return (*above, *_in_order((e for e in municipalities() if e.region == region), on, language))


def bodies_of_county(county: str, on: dt.date | None = None, *, language: str = "fi") -> tuple[Entry, ...]:
    """Return a county, its regional council and its municipalities; for ``90`` the council and Helsinki.

    Raises:
        LookupError: there is no such county.

    """
    own = [entry for entry in municipalities() if entry.county == county and county]
    if not own:
        raise LookupError(f"there is no wellbeing services county `{county}`")
    above = [entry for entry in counties() if entry.code == county]
    above += [entry for entry in regional_councils() if entry.code == own[0].region]
    return (*above, *_in_order(own, on, language))


def parties_of_region(region: str, languages: Sequence[str], on: dt.date | None = None) -> list[dict[str, Any]]:
    """Return a region's public bodies as the data of a ``parties`` block.

    Raises:
        LookupError: there is no such region.

    """
    return [party_block(entry, languages) for entry in bodies_of_region(region, on, language=languages[0])]


def parties_of_county(county: str, languages: Sequence[str], on: dt.date | None = None) -> list[dict[str, Any]]:
    """Return a county's public bodies as the data of a ``parties`` block.

    Raises:
        LookupError: there is no such county.

    """
    return [party_block(entry, languages) for entry in bodies_of_county(county, on, language=languages[0])]


def party_block(entry: Entry, languages: Sequence[str]) -> dict[str, Any]:
    """Return a body as one party of a ``parties`` block, in the languages of the agreement's files."""
    words = {
        "name": entry.name,
        "official-name": entry.official_name,
        "genitive": entry.genitive,
        "local": entry.local,
    }
    block: dict[str, Any] = {"id": entry.id, "kind": entry.kind}
    if entry.form:
        block["form"] = entry.form
    block |= {key: {language: said[language] for language in languages} for key, said in words.items()}
    block[_CODE_KEY[entry.kind]] = entry.code
    if entry.to:
        block["to"] = entry.to
    return block


_CODE_KEY: Final[Mapping[str, str]] = {
    "municipality": "municipality-code",
    "wellbeing-services-county": "county-code",
    "regional-council": "region-code",
    "other": "region-code",
}


def _in_order(entries: Iterable[Entry], on: dt.date | None, language: str) -> list[Entry]:
    return sorted((e for e in entries if e.exists(on)), key=lambda entry: naming.alphabetical(entry.name[language]))


@lru_cache
def _municipalities() -> tuple[Entry, ...]:
    return tuple(map(_municipality, _rows("municipalities")))


def _municipality(row: Mapping[str, str]) -> Entry:
    name = _words(row)
    return Entry(
        code=row["code"],
        kind="municipality",
        form="kaupunki" if row["form"] == "kaupunki" else "kunta",
        name=name,
        official_name={
            "fi": row["official_fi"],
            "sv": row["official_sv"],
            "en": f"{'City' if row['form'] == 'kaupunki' else 'Municipality'} of {name['en']}",
        },
        genitive=naming.municipality_genitive(row["genitive_fi"], name["sv"], name["en"]),
        local={"fi": row["local_fi"], "sv": row["local_sv"], "en": f"in {name['en']}"},
        language=row["language"],
        region=row["region"],
        county=row["county"],
        subregion=row["subregion"],
        to=dt.date.fromisoformat(row["to"]) if row["to"] else None,
        into=row["into"],
    )


@lru_cache
def _authorities(kind: Kind) -> tuple[Entry, ...]:
    return tuple(_authority(row, kind) for row in _rows("authorities") if row["kind"] == kind)


def _authority(row: Mapping[str, str], kind: Kind) -> Entry:
    name = _words(row)
    is_county = kind == "wellbeing-services-county"
    return Entry(
        code=row["code"],
        kind=kind,
        name=name,
        official_name=name,
        genitive=naming.authority_genitive(name),
        local=naming.authority_local(name, area=is_county),
        region=row["region"],
        county=row["code"] if is_county else "",
    )


def _words(row: Mapping[str, str]) -> dict[str, str]:
    return {language: row[language] for language in _LANGUAGES}


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))

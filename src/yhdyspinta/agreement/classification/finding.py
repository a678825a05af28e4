"""From a name, as somebody wrote it, to the body that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from yhdyspinta.agreement.classification import naming
from yhdyspinta.agreement.classification.entries import HELSINKI, Area, Entry, counties, everything, regions

_DASHES: Final = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2212": "-", "\u2019": "'"})


def folded(text: str) -> str:
    """Return a name as names are compared: small letters, single spaces, one kind of hyphen, no punctuation around."""
    return " ".join(text.translate(_DASHES).casefold().split()).strip(" .,;:()\"'")


def find(text: str) -> Entry | None:
    """Return the body that a name names in any language, bare or official; None when there is none.

    "Luhanka", "Luhangan kunta", "Luhanka kommun", "Municipality of Luhanka"; inflected official names are not found.
    """
    return _index().get(folded(text))


def find_region(text: str) -> Area | None:
    """Return the region that a code or a name names in any language; None when there is none."""
    wanted = folded(text)
    return next((area for area in regions() if wanted in {area.code, *map(folded, area.name.values())}), None)


def find_county(text: str) -> str | None:
    """Return the code of the county that a code or a name names, Helsinki's too; None when there is none."""
    entry = find(text)
    if entry and entry.kind == "municipality":
        return HELSINKI if entry.county == HELSINKI else None
    if entry and entry.county:
        return entry.county
    codes = {county.code for county in counties()} | {HELSINKI}
    return text.strip() if text.strip() in codes else None


@lru_cache
def _index() -> Mapping[str, Entry]:
    """Return bodies by every name they have; the one that exists before the one that has ended."""
    index: dict[str, Entry] = {}
    for entry in sorted(everything(), key=lambda entry: entry.to is not None):
        for name in names_of(entry):
            index.setdefault(folded(name), entry)
    return index


def names_of(entry: Entry) -> Iterator[str]:
    """Return every name by which a body is called, in three languages."""
    yield from entry.name.values()
    yield from entry.official_name.values()
    if entry.kind == "municipality":
        finnish, swedish = entry.name["fi"], entry.name["sv"]
        for word in ("kunta", "kaupunki"):
            yield f"{entry.genitive['fi']} {word}"
            yield f"{finnish} {word}"
        for word, definite in (("kommun", "kommunen"), ("stad", "staden")):
            yield f"{swedish} {word}"
            yield f"{naming.swedish_genitive(swedish)} {word}"
            yield f"{definite} {swedish}"
        yield from (f"{word} of {name}" for word in ("City", "Municipality", "Town") for name in entry.name.values())
        # Names that are told apart by a parish, as "Koski Tl", are also written without it between genitive and kunta.
        if entry.genitive["fi"].endswith(" Tl"):
            yield entry.genitive["fi"].removesuffix("Tl") + "kunta"
    elif entry.kind == "regional-council":
        yield re.sub(r" liitto$", " maakuntaliitto", entry.name["fi"])
        yield re.sub(r" förbund$", " landskapsförbund", entry.name["sv"])
    elif entry.kind == "wellbeing-services-county":
        area = entry.name["en"].removeprefix("Wellbeing Services County of ")
        yield f"{area} wellbeing services county"

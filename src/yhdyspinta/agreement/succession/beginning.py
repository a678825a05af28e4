"""The files of an agreement that begins: empty, or with the parties of a region or county."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from yhdyspinta.agreement.classification import (
    ALAND,
    HELSINKI,
    Entry,
    bodies_of_county,
    bodies_of_region,
    counties,
    party_block,
    regions,
)
from yhdyspinta.agreement.succession.days import covering, in_force, years
from yhdyspinta.agreement.succession.front import Front
from yhdyspinta.agreement.succession.notes import Note
from yhdyspinta.agreement.yaml_writing import block_text, fenced_block

_TERM_NAMES: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "municipality": (
        "municipal",
        {"fi": "kuntien valtuustokausi", "sv": "kommunernas fullmäktigeperiod", "en": "municipal council term"},
    ),
    "wellbeing-services-county": (
        "county",
        {
            "fi": "aluevaltuuston valtuustokausi",
            "sv": "välfärdsområdesfullmäktiges fullmäktigeperiod",
            "en": "county council term",
        },
    ),
}
_PARTIES: Final = {"fi": "Osapuolet", "sv": "Parter", "en": "Parties"}
_BEGINNING: Final = {"fi": "Lähtökohdat", "sv": "Utgångspunkter", "en": "Basis"}
_VALIDITY: Final = {"fi": "Voimassaolo", "sv": "Giltighet", "en": "Validity"}
_LEVEL: Final = {"fi": "Taso 1", "sv": "Nivå 1", "en": "Level 1"}
_INSTRUMENT: Final = {"fi": "yhteistyösopimus", "sv": "samarbetsavtal", "en": "cooperation agreement"}
_TITLE: Final = {"fi": "{} yhteistyösopimus", "sv": "Samarbetsavtal för {}", "en": "Cooperation agreement of {}"}


def empty(
    front: Front,
    languages: Sequence[str],
    *,
    parties: Sequence[Mapping[str, Any]] = (),
    terms: Sequence[Mapping[str, Any]] = (),
) -> tuple[dict[str, str], list[Note]]:
    """Return the files of an agreement that has days, parties and terms and nothing else, and what is to be filled in.

    The first language is the authority's.
    """
    notes = [] if front.title else [Note("title", front.id, "the title is a suggestion: give the agreement its own")]
    if not front.instrument:
        notes.append(Note("instrument", front.id, "say what kind of instrument it is: `instrument`"))
    if not front.levels:
        notes.append(Note("levels", front.id, "name the levels of the cooperation: `levels`"))
    if not parties:
        notes.append(Note("parties", front.id, "write the parties: a `parties` block below `osapuolet`"))
    instrument = front.instrument or {language: _INSTRUMENT[language] for language in languages}
    title = front.title or {language: word[:1].upper() + word[1:] for language, word in instrument.items()}
    said = years(front.first_day, front.last_day)
    data: dict[str, Any] = {
        "id": front.id,
        "language": languages[0],
        "title": dict(title),
        "short-title": dict(front.short_title or {language: f"{words} {said}" for language, words in title.items()}),
        "instrument": dict(instrument),
        "from": front.first_day,
        "levels": [dict(level) for level in front.levels]
        or [{"number": 1, "name": {language: _LEVEL[language] for language in languages}}],
    }
    if front.last_day:
        data["to"] = front.last_day
    written = [("parties", list(parties)), ("terms", list(terms))]
    blocks = [fenced_block(kind, things) for kind, things in written if things]
    translation = {language: {"language": language} for language in languages[1:]}
    return {language: _file(language, translation.get(language, data), blocks, front) for language in languages}, notes


def from_region(
    front: Front, languages: Sequence[str], *, region: str = "", county: str = ""
) -> tuple[dict[str, str], list[Note]]:
    """Return an agreement between the public bodies of a region, or of one county, as they are on its first day.

    Raises:
        LookupError: there is no such region or county.

    """
    lead = languages[0]
    if county:
        bodies = bodies_of_county(county, front.first_day, language=lead)
    else:
        bodies = bodies_of_region(region, front.first_day, language=lead)
    names = _names_of_area(bodies, county)
    said = years(front.first_day, front.last_day)
    suggested = replace(
        front,
        title=front.title or {language: _TITLE[language].format(names[language][0]) for language in languages},
        short_title=front.short_title or {language: f"{names[language][1]} {said}" for language in languages},
    )
    terms = _terms(bodies, languages, front)
    sources, notes = empty(suggested, languages, parties=[party_block(body, languages) for body in bodies], terms=terms)
    if not front.title:
        notes.insert(0, Note("title", front.id, "the title is a suggestion: give the agreement its own"))
    notes.append(Note("business-ids", front.id, "add the parties' business ids and addresses where they are wanted"))
    if not terms:
        words = "the council terms of Åland are not known here: add `terms` where duties need them"
        notes.append(Note("terms", front.id, words))
    return sources, notes


def _names_of_area(bodies: Sequence[Entry], county: str) -> dict[str, tuple[str, str]]:
    """Return what an area is called in a title, in Finnish in the genitive, and what it is called alone."""
    if county == HELSINKI:
        city = bodies[-1]
        return {
            language: (city.genitive["fi"] if language == "fi" else said, said) for language, said in city.name.items()
        }
    above = next((body for body in bodies if body.kind != "municipality"), None)
    genitive = re.sub(r" (?:hyvinvointialue|maakuntaliitto|liitto)$", "", above.name["fi"]) if above else "Ahvenanmaan"
    area: Mapping[str, str] = next(region.name for region in regions() if region.code == bodies[0].region)
    several = sum(body.region == bodies[0].region for body in counties()) > 1
    if above and several and county:
        area = {**above.name, "en": above.name["en"].removeprefix("Wellbeing Services County of ")}
    elif above and several:
        genitive = re.sub(r" liitto$", "", next(b for b in bodies if b.kind == "regional-council").name["fi"])
    return {language: (genitive if language == "fi" else said, said) for language, said in area.items()}


def _terms(bodies: Sequence[Entry], languages: Sequence[str], front: Front) -> list[dict[str, Any]]:
    """Return the council terms of the kinds of body, as far as the agreement lasts; Åland's are its own."""
    if bodies[0].region == ALAND:
        return []
    found = []
    for kind, (id, names) in _TERM_NAMES.items():
        periods = covering(kind, front.first_day, front.last_day)
        if periods and any(body.kind == kind for body in bodies):
            name = {language: names[language] for language in languages}
            found.append({"id": id, "name": name, "of": [kind], "periods": periods})
    return found


def _file(language: str, data: Mapping[str, Any], blocks: Sequence[str], front: Front) -> str:
    """Write one language's file; the blocks stand in the one whose front matter has the id."""
    leads = "id" in data
    pieces = [
        f"---\n{block_text('front matter', data)}---\n",
        f"# {_BEGINNING[language]} {{#lahtokohdat}}\n",
        f"## {_PARTIES[language]} {{#osapuolet{' .party' if leads else ''}}}\n",
        *(blocks if leads else ()),
        f"## {_VALIDITY[language]} {{#voimassaolo{' .term' if leads else ''}}}\n",
        f"{in_force(language, front.first_day, front.last_day)}\n",
    ]
    return "\n".join(pieces)

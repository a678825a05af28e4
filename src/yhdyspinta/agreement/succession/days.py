"""Days in force and council terms, as new agreements write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

# Council terms by law are four years from the first of June; those before 2025 were of other lengths. Åland's
# municipalities have terms of their own, which are not these.
_MUNICIPAL: Final = (
    (dt.date(2017, 6, 1), dt.date(2021, 7, 31)),
    (dt.date(2021, 8, 1), dt.date(2025, 5, 31)),
    *((dt.date(year, 6, 1), dt.date(year + 4, 5, 31)) for year in range(2025, 2065, 4)),
)
_COUNTY: Final = ((dt.date(2022, 3, 1), dt.date(2025, 5, 31)), *_MUNICIPAL[2:])
TERMS: Final[Mapping[str, tuple[tuple[dt.date, dt.date], ...]]] = {
    "municipality": _MUNICIPAL,
    "wellbeing-services-county": _COUNTY,
}
"""Council terms of kinds of party, first and last day."""
_IN_FORCE: Final = {"fi": "Voimassa {}.", "sv": "Gäller {}.", "en": "In force {}."}
_UNTIL_NOTICE: Final = {
    "fi": "{} alkaen toistaiseksi",
    "sv": "från och med {} tills vidare",
    "en": "from {} until further notice",
}


def covering(kind: str, first_day: dt.date, last_day: dt.date | None) -> list[dict[str, dt.date]]:
    """Return the council terms of a kind of body that meet the days of an agreement; two where it has no last day."""
    met = [(first, last) for first, last in TERMS.get(kind, ()) if last >= first_day]
    chosen = [term for term in met if term[0] <= last_day] if last_day else met[:2]
    return [{"from": first, "to": last} for first, last in chosen]


def in_force(language: str, first_day: dt.date, last_day: dt.date | None) -> str:
    """Return the sentence that says the days in force: "Voimassa 1.1.2026–31.12.2029."."""
    if last_day is None:
        return _IN_FORCE[language].format(_UNTIL_NOTICE[language].format(written(first_day)))
    return _IN_FORCE[language].format(f"{written(first_day)}–{written(last_day)}")


def written(day: dt.date) -> str:
    """Return a day as pages write it: 1.1.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def years(first_day: dt.date, last_day: dt.date | None) -> str:
    """Return the years in force as titles write them: "2023–2025", "2026–"."""
    if last_day and last_day.year == first_day.year:
        return str(first_day.year)
    return f"{first_day.year}–{last_day.year if last_day else ''}"

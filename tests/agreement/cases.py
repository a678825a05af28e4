"""Cases: an agreement with some facts, asked on a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from yhdyspinta.agreement import Assessment, Charter, Ledger, Occurrence, assess, facts_of_objects

AGREEMENTS = Path(__file__).parents[2] / "agreements"


class Case:
    """The framework agreement with some facts, asked on a day."""

    def __init__(self, charter: Charter, *facts: dict[str, Any]) -> None:
        self.charter = charter
        self.ledger = Ledger(charter, facts_of_objects(facts, charter))

    def on(self, day: str, known_at: str | None = None, records_from: str | None = None) -> Assessment:
        known, records = (None if each is None else d(each) for each in (known_at, records_from))
        return assess(self.charter, self.ledger, d(day), known, records)

    def one(
        self, duty: str, day: str, *, bearer: str = "", period: str = "", object: str = "", **clocks: str | None
    ) -> Occurrence:
        """The one occurrence that fits."""
        found = [
            occurrence
            for occurrence in self.on(day, **clocks).occurrences
            if occurrence.duty == duty
            and bearer in ("", occurrence.bearer)
            and period in ("", occurrence.period)
            and object in ("", occurrence.object)
        ]
        assert len(found) == 1, [(o.bearer, o.period, o.object) for o in found]
        return found[0]

    def state(self, duty: str, day: str, **which: str) -> str:
        return self.one(duty, day, **which).state


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def fact(kind: str, **fields: Any) -> dict[str, Any]:
    """A fact with its fields; `from_` stands for the field `from`."""
    return {"fact": kind, **{name.rstrip("_"): value for name, value in fields.items()}}

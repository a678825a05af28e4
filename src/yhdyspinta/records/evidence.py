"""What the records prove. Pure: an action hands it to the journal, and ``verify`` derives it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, Q

from yhdyspinta.journal.evidence import Derived
from yhdyspinta.records.models import Record, RecordedFact

NAME = "record"
"""What the keys of this room's things begin with."""


def facts_of(record: Record, facts: Iterable[RecordedFact] | None = None) -> list[dict[str, Any]]:
    """Return what a record proves now: its facts with where they rest, or nothing once corrected or withdrawn.

    ``facts`` spares the query where they are at hand. A withdrawal among them is no evidence of its own: the journal
    keeps it with the fact that it withdraws.
    """
    if not record.standing:
        return []
    rows = record.facts.all() if facts is None else facts
    return [_with_reference(record, row.given) for row in rows if row.kind != "withdrawn"]


def _with_reference(record: Record, given: dict[str, Any]) -> dict[str, Any]:
    """Return a fact with its reference; the number of the record stays the same through corrections."""
    return {**given, "reference": {**record.reference, "record": record.line}}


def derived() -> Iterator[Derived]:
    """Yield every line of records with what it proves now, for ``verify``."""
    rows = Prefetch("facts", RecordedFact.objects.order_by("position"))
    current = Record.objects.filter(Q(batch__isnull=True) | Q(batch__applied_at__isnull=False))
    for record in current.filter(replaced_at__isnull=True).prefetch_related(rows).iterator(chunk_size=1000):
        yield record.thing, facts_of(record, record.facts.all())

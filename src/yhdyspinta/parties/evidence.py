"""What namings prove: ``counterpart-named`` (C11) and ``coordinator-named`` (C28). Pure, and no person is named.

A naming of a post holds while the post has a holder: so a fact for each tenure, cut to the naming's days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from yhdyspinta.journal.evidence import Derived
from yhdyspinta.parties.models import Naming, Tenure
from yhdyspinta.parties.models.dated import Dated

NAME = "naming"
"""What the keys of this room's things begin with."""


def facts_of(naming: Naming, tenures: Iterable[Tenure] = ()) -> list[dict[str, Any]]:
    """Return what a naming proves now; ``tenures`` are those of its post, where it is of a post."""
    if naming.withdrawn_at is not None:
        return []
    if naming.person_id is not None:
        return [_fact(naming, naming.valid_from, naming.valid_to)]
    days = (shared_days(naming, tenure) for tenure in tenures)
    return [_fact(naming, *both) for both in sorted(days, key=_first) if both is not None]


def _first(days: tuple[date, date | None] | None) -> date:
    return days[0] if days else date.min


def shared_days(naming: Dated, tenure: Tenure) -> tuple[date, date | None] | None:
    """Return the days on which a naming of a post and a tenure in it both hold, or None."""
    first = max(naming.valid_from, tenure.valid_from)
    ends = [last for last in (naming.valid_to, tenure.valid_to) if last is not None]
    last = min(ends) if ends else None
    return (first, last) if last is None or first <= last else None


def _fact(naming: Naming, first: date, last: date | None) -> dict[str, Any]:
    hours = naming.hours_per_week
    fact = {
        "fact": f"{naming.role}-named",
        "party": naming.party.slug,
        "theme": naming.theme,
        "from": first.isoformat(),
        "to": last.isoformat() if last else None,
        "hours_per_week": None if hours is None else int(hours) if hours == int(hours) else float(hours),
        "reference": naming.basis,
    }
    if naming.role == Naming.Role.COORDINATOR:
        del fact["hours_per_week"]  # no field of that fact
    return {name: value for name, value in fact.items() if value not in (None, "")}


def facts_by_key(namings: Sequence[Naming]) -> dict[str, list[dict[str, Any]]]:
    """Return what each of many namings proves, by its key. One query; the namings come with their parties."""
    held: dict[int, list[Tenure]] = {}
    for tenure in Tenure.objects.filter(post__in={naming.post_id for naming in namings if naming.post_id}):
        held.setdefault(tenure.post_id, []).append(tenure)
    return {naming.key: facts_of(naming, held.get(naming.post_id or 0, ())) for naming in namings}


def derived() -> Iterator[Derived]:
    """Yield every naming with what it proves now, for ``verify``."""
    rows = Naming.objects.select_related("party", "post").prefetch_related("post__tenures")
    for naming in rows.order_by("pk").iterator(chunk_size=1000):
        yield naming.key, facts_of(naming, naming.post.tenures.all() if naming.post else ())

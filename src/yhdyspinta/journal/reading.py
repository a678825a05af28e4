"""Reading facts that come in, against the agreement's text and against what is kept already.

A fact may name a group that an earlier fact formed, and a withdrawal a fact that is kept. So the
reader is told of those; they are not read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from yhdyspinta.agreement import Fact, FactErrors, Known, day_of, read_facts
from yhdyspinta.journal.canonical import canonical
from yhdyspinta.journal.models import Agreement, KeptFact
from yhdyspinta.journal.queries import charter_of

_MANY = 500
"""How many values one query names at once; SQLite allows a limited number of parameters."""


def read_lines(agreement: Agreement, lines: Iterable[bytes]) -> list[Fact]:
    """Read JSON Lines as facts of an agreement, one for each line that is not blank.

    Three queries, more where the lines withdraw hundreds of facts.

    Raises:
        FactErrors: all that is wrong, by line.

    """
    held = list(lines)
    given = [fact for fact in map(_parsed, held) if fact]
    charter = charter_of(agreement)
    return read_facts(held, charter, _known(agreement, Known.of(charter), given, ()))


def days_of(agreement: Agreement, facts: Sequence[Mapping[str, Any]], waiting: Sequence[KeptFact]) -> list[date]:
    """Check facts and return the day of each.

    Raises:
        ValidationError: all that is wrong, each with the fact and its ``position`` among those given, from 1.

    """
    lines = [canonical(fact) for fact in facts]
    charter = charter_of(agreement)
    known = _known(agreement, Known.of(charter), facts, waiting)
    try:
        read = read_facts((line.encode() for line in lines), charter, known)
    except FactErrors as errors:
        raise ValidationError(
            [
                ValidationError(
                    "%(message)s (%(fact)s)",
                    params={"message": message, "fact": lines[position - 1], "position": position},
                )
                for position, message in errors.problems
            ]
        ) from errors
    return [day_of(fact) for fact in read]


def _known(
    agreement: Agreement,
    known: Known,
    given: Sequence[Mapping[str, Any]],
    waiting: Sequence[KeptFact],
) -> Known:
    """Tell of the kept facts that the given ones may name: groups formed, targets of withdrawals."""
    own = {fact.get("id") for fact in given}
    targets = sorted({fact["of"] for fact in given if isinstance(fact.get("of"), str)})
    rows = KeptFact.objects.filter(agreement=agreement)
    found = [*waiting, *rows.filter(kind="body-formed")]
    for start in range(0, len(targets), _MANY):
        found += rows.filter(fact_id__in=targets[start : start + _MANY])
    known.bodies |= {row.given["body"] for row in found if row.kind == "body-formed"}
    known.ids |= {row.fact_id: row.kind for row in found if row.fact_id not in own}
    return known


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):  # the reader itself says what is wrong with the line
        return {}
    return value if isinstance(value, dict) else {}

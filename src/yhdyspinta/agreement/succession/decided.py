"""What facts say for the agreement that follows: who has left, and how the parties read open questions."""

from __future__ import annotations

import datetime as dt

from yhdyspinta.agreement.ledger import View


def standing(view: View, first_day: dt.date) -> tuple[frozenset[str], dict[str, str]]:
    """Return the parties that are none on the last day before a new agreement, and the readings decided by then.

    The day is the old agreement's last, or the new one's first where it comes earlier or the old one has no last day.
    """
    day = min(view.charter.last_day or first_day, first_day)
    memberships = view.memberships(day)
    left = {id for id, spans in memberships.items() if not any(span.first <= day <= span.last for span in spans)}
    return frozenset(left), view.choices(day)

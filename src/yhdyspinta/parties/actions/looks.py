"""The log of who was shown contact data (Act on Information Management 906/2019, 17 §)."""

from __future__ import annotations

from collections.abc import Sequence

from yhdyspinta.parties.models import Look, Organisation
from yhdyspinta.parties.standing import Standing


def note_look(
    standing: Standing, *, what: str, people: Sequence[int], organisation: Organisation | None = None
) -> None:
    """Note that contact data of people was shown to somebody; nothing where there was none. One query.

    ``what`` is the page or file, as ``theme:hyte`` or ``people.csv:luhanka``. It is no entry of the journal.
    """
    if standing.account is None or not people:
        return
    Look.objects.create(
        account_id=standing.account, what=what[:200], organisation=organisation, people=sorted(set(people))
    )

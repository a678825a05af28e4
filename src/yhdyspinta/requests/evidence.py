"""What answers prove: ``acceptance-given`` (C24) and ``decision-made`` (C37). Pure; ``verify`` derives it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yhdyspinta.agreement.days import HELSINKI
from yhdyspinta.journal.evidence import Derived
from yhdyspinta.requests.models import Answer, Asked, Request

NAME = "answer"
"""What the keys of this room's things begin with."""

ACCEPTED = "accepted"


def facts_of(request: Request, asked: Asked, answer: Answer | None) -> list[dict[str, Any]]:
    """Return what a party's answer that stands proves. Its day is that of the decision, else of the notification.

    A request that was taken back leaves what the parties had decided as it is.
    """
    if answer is None or not request.subject:
        return []
    day = answer.decided or answer.given_at.astimezone(HELSINKI).date()
    said: dict[str, Any] = {"party": asked.party.slug, "subject": request.subject, "on": day.isoformat()}
    if answer.reference:
        said["reference"] = answer.reference
    if request.kind == "acceptance" and answer.outcome == ACCEPTED:
        return [{"fact": "acceptance-given", **said}]
    if request.kind == "decision":
        return [{"fact": "decision-made", **said, "outcome": answer.outcome}]
    return []


def derived() -> Iterator[Derived]:
    """Yield every party's answer with what it proves now, for ``verify``."""
    rows = Answer.objects.filter(replaced_at__isnull=True).select_related("asked__request", "asked__party")
    for answer in rows.order_by("pk").iterator(chunk_size=1000):
        yield answer.key, facts_of(answer.asked.request, answer.asked, answer)

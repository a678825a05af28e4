"""A draft as it would live: the scene of its preview, in which nothing has happened yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language

from yhdyspinta.agreement import Ledger, assess, today
from yhdyspinta.desk.audience import EVERYTHING, sight_of
from yhdyspinta.desk.links import Links
from yhdyspinta.desk.scene import Scene
from yhdyspinta.journal.models import Agreement

if TYPE_CHECKING:
    from yhdyspinta.agreement import Charter


@dataclass(frozen=True, slots=True)
class DraftLinks(Links):
    """Addresses in a preview: what lives on a page of its own in an agreement leads to where the draft says it."""

    draft: int = 0

    def page(self, path: str = "", anchor: str = "") -> str:  # noqa: ARG002 -- the preview is one page
        """Return the preview itself."""
        return f"{self.base}{'#' + anchor if anchor else ''}"

    def duty(self, duty: str) -> str:
        """Return the form of a commitment or right."""
        return self._thing("duty", duty)

    def duties(self, state: str = "", **filters: str) -> str:  # noqa: ARG002 -- the preview has no list
        """Return the preview itself."""
        return self.base

    def party(self, party: str, duty: str = "") -> str:  # noqa: ARG002 -- the form of the party
        """Return the form of a party."""
        return self._thing("parties", party)

    def body(self, body: str) -> str:
        """Return the form of a body."""
        return self._thing("body", body)

    def clause(self, clause: str) -> str:
        """Return the form of a clause."""
        return reverse("authoring:clause", kwargs={"draft": self.draft, "clause": clause})

    def in_text(self, clause: str) -> str:
        """Return a clause's place in the preview."""
        return f"{self.base}#{clause}"

    def record(self, duty: str, period: str = "", object_: str = "", party: str = "") -> str:  # noqa: ARG002
        """Return the form of the commitment: nothing is recorded of a draft."""
        return self._thing("duty", duty)

    def remark(self, party: str, duty: str, period: str, object_: str = "") -> str:  # noqa: ARG002
        """Return the form of the commitment."""
        return self._thing("duty", duty)

    def _thing(self, kind: str, thing: str) -> str:
        return reverse("authoring:block", kwargs={"draft": self.draft, "kind": kind, "thing": thing})


def scene_of_draft(draft: int, charter: Charter) -> Scene:
    """Return a draft as it would stand today, or on the nearest day that it holds. No query."""
    now = today()
    last = charter.last_day or dt.date.max
    shown = min(max(now, charter.first_day), last)
    ledger = Ledger(charter)
    return Scene(
        agreement=Agreement(slug=charter.id, example=charter.example, records_from=charter.first_day),
        charter=charter,
        assessment=assess(charter, ledger, shown, None, records_from=charter.first_day),
        sight=sight_of(EVERYTHING, charter, "all"),
        language=get_language() or charter.language,
        today=shown,
        links=DraftLinks(reverse("desk:draft", kwargs={"draft": draft}), draft=draft),
        view=ledger.view(None),
        ledger=ledger,
    )

"""Who looks, and how much of what is not done they see (DESIGN §5).

The parties decide what the public sees of undone things: everything, what is done and counts, or only what is done.
Parties see everything of all parties. The same rule serves pages, pictures, CSV and XLSX.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yhdyspinta.desk.marks import DONE, HIDDEN, shape_of
from yhdyspinta.parties.standing import standing_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from yhdyspinta.agreement import Charter, Occurrence
    from yhdyspinta.desk.marks import Tally
    from yhdyspinta.journal.models import Agreement

PUBLIC = "public"
EVERYTHING = "all"
# Said of the text and the calendar, not of what somebody has done.
_OF_THE_TEXT = frozenset({"scheduled", "unmeasured"})


@dataclass(frozen=True, slots=True)
class Sight:
    """How much an audience sees: ``all``, ``done-and-counts`` or ``none`` of what is not done."""

    audience: str
    shown: str
    parties: frozenset[str]

    @property
    def marks(self) -> bool:
        """Whether it sees the marks of each party at all."""
        return self.shown != "none"

    @property
    def counts(self) -> bool:
        """Whether it sees how many are not done."""
        return self.shown != "none"

    @property
    def whole(self) -> bool:
        """Whether nothing is kept from it."""
        return self.shown == "all"

    def sees(self, occurrence: Occurrence) -> bool:
        """Tell whether the state of an occurrence may be shown beside its bearer's name."""
        return occurrence.state in DONE or occurrence.state in _OF_THE_TEXT or not self.may_hide(occurrence)

    def may_hide(self, occurrence: Occurrence) -> bool:
        """Tell whether the state of an occurrence would be kept back beside its bearer's name if it were undone."""
        if self.shown == "done-and-counts":
            return not self.parties.isdisjoint(occurrence.bearer.split("+"))
        return not self.whole

    def shape(self, occurrence: Occurrence) -> str:
        """Return the shape that may stand beside the bearer's name."""
        return shape_of(occurrence) if self.sees(occurrence) else HIDDEN

    def shape_of_all(self, counted: Tally) -> str:
        """Return the one shape that may stand for many: where nothing is counted, only that all is done."""
        if self.counts or (counted.shape in DONE and not counted.hides):
            return counted.shape
        return HIDDEN


def sight_of(audience: str, charter: Charter, shown_to_public: str) -> Sight:
    """Return how much an audience (``public``, ``party:<id>`` or ``all``) sees of an agreement."""
    shown = shown_to_public if audience == PUBLIC else EVERYTHING
    return Sight(audience, shown, frozenset(charter.parties))


def audience_of(request: HttpRequest, agreement: Agreement) -> str:
    """Return who looks: ``public``, ``party:<id>`` for who belongs to a party, ``all`` for the installation's own.

    One query for an account, once per request (``standing_of``); none for the public.
    """
    standing = standing_of(request.user, agreement)
    if standing.everything:
        return EVERYTHING
    return PUBLIC if standing.public else f"party:{standing.parties[0].slug}"

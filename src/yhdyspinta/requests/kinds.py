"""What can be asked of the parties, and how each kind can be answered (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to answer; ``done`` tells that it gives what was asked for."""

    id: str
    name: _StrPromise
    done: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: what it is called, what its letter is called, and how it can be answered."""

    id: str
    name: _StrPromise
    letter: _StrPromise
    asks: _StrPromise
    answered: _StrPromise
    outcomes: tuple[Outcome, ...]
    of_group: bool = False
    """Whether it is about a group of the agreement."""
    has_subject: bool = False
    """Whether it is about a subject of a decision."""

    def outcome(self, id_: str) -> Outcome | None:
        """Return one way to answer, or None where it is none of this kind's."""
        return next((each for each in self.outcomes if each.id == id_), None)


_KINDS = (
    Kind(
        "acceptance",
        _("acceptance"),
        _("Request for acceptance"),
        _("The party is asked to accept that the group is set up."),
        _("accepted"),
        (Outcome("accepted", _("accepts")), Outcome("not-accepted", _("does not accept"), done=False)),
        of_group=True,
    ),
    Kind(
        "nomination",
        _("nomination"),
        _("Request for nominations"),
        _("The party is asked to propose people for the seats of the group."),
        _("nominated"),
        (Outcome("nominated", _("proposes")), Outcome("nobody", _("proposes nobody"), done=False)),
        of_group=True,
    ),
    Kind(
        "statement",
        _("statement"),
        _("Request for a statement"),
        _("The party is asked for its statement."),
        _("stated"),
        (Outcome("stated", _("gives a statement")), Outcome("nothing", _("has nothing to state"))),
    ),
    Kind(
        "decision",
        _("decision"),
        _("Request for a decision"),
        _("The party is asked to decide in its own organ."),
        _("decided"),
        (
            Outcome("approved", _("approved")),
            Outcome("approved-changed", _("approved with changes")),
            Outcome("rejected", _("rejected")),
        ),
        has_subject=True,
    ),
    Kind(
        "contribution",
        _("contribution"),
        _("Request for a contribution"),
        _("The party is asked to deliver its own part."),
        _("delivered"),
        (Outcome("delivered", _("delivers")), Outcome("not-delivered", _("cannot deliver"), done=False)),
    ),
    Kind(
        "signature",
        _("signature"),
        _("Request for a signature"),
        _("The party is asked to sign."),
        _("signed"),
        (Outcome("signed", _("has signed")), Outcome("not-signed", _("does not sign"), done=False)),
    ),
)

KINDS: Mapping[str, Kind] = {kind.id: kind for kind in _KINDS}
"""Every kind by its id, in the order in which they are offered."""

"""The words for what can happen to clauses, commitments and parties between two texts."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext, ngettext, pgettext

from yhdyspinta.agreement import Right
from yhdyspinta.agreement.compare import PartyChanges, PartyPair, Share
from yhdyspinta.agreement.compare.duties import Borne
from yhdyspinta.journal import wording


def clauses(change: str, number: int) -> str:
    """Return how many clauses changed in one way; the number is put in later."""
    return {
        "added": ngettext("%(number)s new clause", "%(number)s new clauses", number),
        "gone": ngettext("%(number)s clause is left out", "%(number)s clauses are left out", number),
        "changed": ngettext("%(number)s clause changes", "%(number)s clauses change", number),
        "same": ngettext("%(number)s clause stays the same", "%(number)s clauses stay the same", number),
    }[change]


def duties(change: str, number: int) -> str:
    """Return how many commitments changed in one way; empty for those that stay."""
    return {
        "added": ngettext("%(number)s new commitment", "%(number)s new commitments", number),
        "gone": ngettext("%(number)s commitment ends", "%(number)s commitments end", number),
        "changed": ngettext("%(number)s commitment changes", "%(number)s commitments change", number),
    }.get(change, "")


def parties(change: str, number: int) -> str:
    """Return how many parties came or went; empty for those that stay."""
    return {
        "added": ngettext("%(number)s new party", "%(number)s new parties", number),
        "gone": ngettext("%(number)s party is no longer there", "%(number)s parties are no longer there", number),
    }.get(change, "")


def rest(changes: PartyChanges) -> str:
    """Return how many commitments of a party stay as they are, or end with one that is no longer a party."""
    if changes.party.change == "gone":
        number = len(changes.concerns)
        said = ngettext("%(number)s commitment ends with it.", "%(number)s commitments end with it.", number)
    else:
        number = changes.unchanged
        said = ngettext("%(number)s commitment stays the same.", "%(number)s commitments stay the same.", number)
    return said % {"number": number} if number and not changes.nothing else ""


def duty_word(change: str) -> str:
    """Return what happens to a commitment."""
    return pgettext("commitment", "Ends") if change == "gone" else change_word(change)


def change_word(change: str) -> str:
    """Return what happens to a clause or a body."""
    return {
        "added": pgettext("comparison", "New"),
        "gone": pgettext("comparison", "Left out"),
        "changed": pgettext("comparison", "Changes"),
        "same": pgettext("comparison", "Stays the same"),
    }[change]


def membership(pair: PartyPair) -> str:
    """Return whether a party comes or goes."""
    return gettext("New party") if pair.change == "added" else gettext("No longer a party")


def kind(duty: Borne) -> str:
    """Return what a duty is called: the statutory ones and rights apart."""
    if isinstance(duty, Right):
        return gettext("Right")
    return gettext("Statutory task") if duty.statutory else gettext("Commitment")


def times(count: int) -> str:
    """Return how often something is to be done in each period; empty for once."""
    return "" if count == 1 else ngettext("%(count)s time", "%(count)s times", count) % {"count": count}


def from_or_until(change: str, day: dt.date | None) -> str:
    """Return from which day something is so, or until which it was; empty where that is not known."""
    if day is None:
        return ""
    return (gettext("until %(day)s") if change == "gone" else gettext("from %(day)s")) % {"day": wording.day(day)}


def share(how: Share | None) -> str:
    """Return how a party bears a duty."""
    if how is None:
        return ""
    return {
        "alone": gettext("alone"),
        "together": gettext("together with others"),
        "each": gettext("each for its own part"),
        "all": gettext("all parties together"),
        "convenor": gettext("whoever convenes"),
    }[how]


def of_body(field: str) -> str:
    """Return what of a body a field says."""
    return {
        "name": gettext("name"),
        "short-name": gettext("name"),
        "level": gettext("level"),
        "convened-by": gettext("who convenes"),
        "convenor-office": gettext("who convenes"),
        "rotation": gettext("who convenes"),
        "agenda-by": gettext("who prepares the agenda"),
        "seats": gettext("who has a seat"),
    }.get(field, gettext("other details"))

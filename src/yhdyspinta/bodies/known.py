"""The bodies of an agreement as the text and the facts know them, each with what its kind has.

What a body has is data: the text says it (``has``, ``roles``), or it follows from the duties. A body of which the
agreement expects rules has rules; nothing is invented for the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from yhdyspinta.agreement import Charter, Duty
from yhdyspinta.agreement import facts as f
from yhdyspinta.agreement.blocks import Body as Written
from yhdyspinta.agreement.days import Span
from yhdyspinta.agreement.ledger import View
from yhdyspinta.agreement.words import Words

OFFICES = ("chair", "vice-chair", "secretary")
"""The offices to which a group elects somebody from among its members (C27)."""

ROLES = ("member", "deputy", *OFFICES, "attendee", "expert")
"""In which roles people are in a body, unless its text says others."""


@dataclass(frozen=True, slots=True)
class Known:
    """A body: what it is called, where it stands, and what its kind has."""

    slug: str
    name: Words
    level: int
    theme: str
    has: frozenset[str]
    roles: tuple[str, ...]
    written: Written | None = None
    """What the text says of it; nothing of a group that was formed later."""
    group: bool = False
    formed_on: dt.date | None = None

    @property
    def preparedness(self) -> bool:
        """Whether it is secret by reference: who sits in it is for the parties alone (DESIGN §5)."""
        return self.written is not None and self.written.preparedness

    @property
    def outside(self) -> bool:
        """Whether the agreement only refers to it, and gives it no seats."""
        return self.written is not None and self.written.referenced_only


def known_bodies(charter: Charter, view: View, day: dt.date) -> dict[str, Known]:
    """Return all bodies by id on a day: those of the text in its order, then the groups formed by then."""
    expected = _expected(charter)
    found = {
        body.id: Known(
            slug=body.id,
            name=body.name,
            level=body.level,
            theme=body.theme or "",
            has=frozenset(_has(body, expected)),
            roles=body.roles or ROLES,
            written=body,
            group=body.group,
        )
        for body in charter.bodies.values()
    }
    for fact in view.of_kind(f.BodyFormed).until(day):
        if fact.body not in found:
            found[fact.body] = _formed(fact, charter, expected)
    return found


def _formed(fact: f.BodyFormed, charter: Charter, expected: Mapping[str, frozenset[str]]) -> Known:
    names = fact.name if isinstance(fact.name, dict) else {charter.language: fact.name}
    group = fact.level in charter.group_levels()
    return Known(
        slug=fact.body,
        name=Words(names),
        level=fact.level,
        theme=fact.theme,
        has=frozenset({"seats"} | (expected["each group"] if group else frozenset())),
        roles=ROLES,
        group=group,
        formed_on=fact.on,
    )


def _has(body: Written, expected: Mapping[str, frozenset[str]]) -> set[str]:
    if body.has is not None:
        return set(body.has)
    has = {*expected.get(body.id, ()), *(expected["each group"] if body.group else ())}
    if not body.referenced_only:
        has.add("seats")
    if body.preparedness:
        has.add("secret-items")
    return has


def _expected(charter: Charter) -> dict[str, frozenset[str]]:
    """Return what the duties expect of each body, and of ``each group``."""
    found: dict[str, set[str]] = {"each group": set()}
    for duty in charter.duties.values():
        if not isinstance(duty, Duty):
            continue
        features = set(_features(duty))
        bearers = (duty.bearer,) if isinstance(duty.bearer, str) else tuple(duty.bearer or ())
        for bearer in (str(each) for each in bearers):
            if features and (bearer in charter.bodies or bearer == "each group"):
                found.setdefault(bearer, set()).update(features)
    return {bearer: frozenset(features) for bearer, features in found.items()}


def _features(duty: Duty) -> list[str]:
    plan = duty.evidence.get("plan-adopted", {}).get("plan")
    features = [str(plan)] if plan in ("action-plan", "rules") else []
    return [*features, "officers"] if "officers-elected" in duty.evidence else features


def term_of(charter: Charter, day: dt.date) -> Span | None:
    """Return the council term that a group appointed on a day serves (C26), or None where none is known.

    Whose term counts is what the duty to appoint says; an agreement without one has the first terms that it names.
    """
    appoints = (duty for duty in charter.duties.values() if "body-appointed" in duty.evidence)
    named = next((duty.term for duty in appoints if isinstance(duty, Duty) and duty.term), None)
    term = charter.terms.get(named) if named else next(iter(charter.terms.values()), None)
    for period in term.periods if term else ():
        if period.from_ <= day <= period.to:
            return Span(period.from_, period.to)
    return None


def appointers(charter: Charter) -> tuple[str, ...]:
    """Return the parties that appoint groups: those who bear the duty that a group is appointed (C24)."""
    bearers: list[str] = []
    for duty in charter.duties.values():
        if "body-appointed" in duty.evidence:
            named = (duty.bearer,) if isinstance(duty.bearer, str) else tuple(duty.bearer or ())
            bearers += [str(each) for each in named if str(each) in charter.parties]
    return tuple(dict.fromkeys(bearers))


def coordinators(charter: Charter) -> tuple[str, ...]:
    """Return the bodies that coordinate whom the parties put forward: bearers of that duty (C25)."""
    bearers: list[str] = []
    for duty in charter.duties.values():
        if "member-named" in duty.evidence and isinstance(duty, Duty) and duty.object == "each group":
            named = (duty.bearer,) if isinstance(duty.bearer, str) else tuple(duty.bearer or ())
            bearers += [str(each) for each in named if str(each) in charter.bodies]
    return tuple(dict.fromkeys(bearers))

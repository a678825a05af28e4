"""How far a group has come: the steps of its life, each with what shows it. Computed from facts, never stored.

proposed → accepted by the parties → appointed → constituted → working, with a plan and rules → ended or continued.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from yhdyspinta.agreement import facts as f
from yhdyspinta.agreement.days import Span
from yhdyspinta.bodies.known import Known, term_of
from yhdyspinta.bodies.models import Appointment, Proposal
from yhdyspinta.bodies.queries import World

STEPS = ("proposed", "accepted", "appointed", "constituted", "action-plan", "rules", "ended")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a group's life: done since a day, or still to come; ``count`` of ``total`` where it is counted."""

    id: str
    done_on: date | None = None
    count: int = 0
    total: int = 0
    facts: tuple[f.Fact, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it is behind."""
        return self.done_on is not None


@dataclass(frozen=True, slots=True)
class Life:
    """The life of a group within one term."""

    body: str
    term: Span | None
    steps: tuple[Step, ...]
    accepted: Mapping[str, date] = field(default_factory=dict)
    """Which parties have accepted it, and when each."""
    missing: tuple[str, ...] = ()
    """The parties that have not accepted it, in the agreement's order."""

    @property
    def next(self) -> str:
        """The first step that is still to come; empty when all are behind."""
        return next((step.id for step in self.steps if not step.done and step.id != "ended"), "")

    def step(self, id_: str) -> Step:
        """Return one step."""
        return next(step for step in self.steps if step.id == id_)

    def has(self, id_: str) -> bool:
        """Tell whether the life of this group has a step."""
        return any(step.id == id_ for step in self.steps)


def life_of(
    world: World,
    known: Known,
    proposals: Sequence[Proposal],
    appointments: Sequence[Appointment],
    day: date | None = None,
) -> Life:
    """Return how far a group has come on the day of a world, in the term of a day (the same, unless said). No queries.

    ``proposals`` and ``appointments`` are those of the group; whatever was recorded by hand counts as well.
    """
    term = term_of(world.charter, day or world.day)
    accepted = world.accepted(known.slug, term)
    missing = tuple(party for party in world.parties if party not in accepted)
    steps = [
        _proposed(proposals, term),
        _accepted(world, known, accepted, missing, term),
        _appointed(world, known, term),
    ]
    if "officers" in known.has:
        steps.append(_first(world, "constituted", f.OfficersElected, known.slug, term))
    steps += [_adopted(world, known.slug, plan, term) for plan in ("action-plan", "rules") if plan in known.has]
    steps.append(_ended(appointments, term, world.day))
    return Life(known.slug, term, tuple(steps), accepted, missing)


def _proposed(proposals: Sequence[Proposal], term: Span | None) -> Step:
    mine = [each for each in proposals if term is None or each.first_day in term]
    return Step("proposed", min((each.proposed_on for each in mine), default=None))


def _accepted(
    world: World, known: Known, accepted: Mapping[str, date], missing: tuple[str, ...], term: Span | None
) -> Step:
    facts = world.view.find(f.AcceptanceGiven, ("subject",), known.slug).until(world.day)
    mine = tuple(fact for fact in facts if term is None or fact.on in term)
    done = max(accepted.values()) if accepted and not missing else None
    total = len(world.parties)
    return Step("accepted", done, total - len(missing), total, mine)


def _appointed(world: World, known: Known, term: Span | None) -> Step:
    return _first(world, "appointed", f.BodyAppointed, known.slug, term)


def _first(world: World, id_: str, kind: type[f.Fact], body: str, term: Span | None) -> Step:
    facts = world.view.find(kind, ("body",), body).until(world.day)
    mine = tuple(fact for fact in facts if term is None or fact.on in term)
    return Step(id_, min((fact.on for fact in mine), default=None), facts=mine)


def _adopted(world: World, body: str, plan: str, term: Span | None) -> Step:
    facts = world.view.find(f.PlanAdopted, ("body", "plan"), (body, plan)).until(world.day)
    mine = tuple(fact for fact in facts if term is None or fact.on in term)
    return Step(plan, min((fact.on for fact in mine), default=None), facts=mine)


def _ended(appointments: Sequence[Appointment], term: Span | None, day: date) -> Step:
    mine = [each for each in appointments if term is None or each.first_day in term]
    ends = [each.last_day for each in mine if each.last_day is not None and each.last_day < day]
    return Step("ended", max(ends) if mine and len(ends) == len(mine) else None)

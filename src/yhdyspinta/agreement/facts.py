"""The one vocabulary of facts (DESIGN §3.3): what was done, said by whichever room or file.

A fact is a small typed object. Its day is always ``on``: dated facts (``from``/``to``) begin on it. What was not given
stays absent, so a fact is shown exactly as it was given.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any, Literal, TypeAlias, cast

import msgspec
from msgspec import UNSET, Meta, UnsetType, field

Maybe: TypeAlias = UnsetType
Hours: TypeAlias = Annotated[int, Meta(ge=0)] | Annotated[float, Meta(ge=0)]


class Fact(msgspec.Struct, kw_only=True, tag_field="fact", forbid_unknown_fields=True, gc=False):
    """What every fact has, its day, and may carry: its id, the day it was recorded, where it rests."""

    on: dt.date
    id: str | Maybe = UNSET
    recorded: dt.date | Maybe = UNSET
    reference: str | dict[str, Any] | Maybe = UNSET


class MeetingHeld(Fact, kw_only=True, tag="meeting-held"):
    """A body met on a day."""

    body: str
    online: bool | Maybe = UNSET
    host: str | Maybe = UNSET


class AgendaIssued(Fact, kw_only=True, tag="agenda-issued"):
    """The agenda of a meeting was prepared and sent."""

    body: str
    meeting: dt.date
    prepared_by: list[str]


class ItemHandled(Fact, kw_only=True, tag="item-handled"):
    """A meeting took up a topic."""

    body: str
    meeting: dt.date
    topic: str


class MinutesApproved(Fact, kw_only=True, tag="minutes-approved"):
    """The minutes of a meeting were approved."""

    body: str
    meeting: dt.date


class PictureApproved(Fact, kw_only=True, tag="picture-approved"):
    """A body approved the shared situational picture."""

    body: str


class AcceptanceGiven(Fact, kw_only=True, tag="acceptance-given"):
    """A party accepted a body."""

    party: str
    subject: str


class BodyAppointed(Fact, kw_only=True, tag="body-appointed"):
    """A body was appointed by whoever appoints it."""

    body: str
    by: str | Maybe = UNSET


class MemberNamed(Fact, kw_only=True, tag="member-named"):
    """A party named someone to a body in a role, from a day on."""

    party: str
    body: str
    role: str
    on: dt.date = field(name="from")
    to: dt.date | Maybe | None = UNSET


class OfficersElected(Fact, kw_only=True, tag="officers-elected"):
    """A body elected officers in a meeting."""

    body: str
    meeting: dt.date
    offices: list[str]


class PlanAdopted(Fact, kw_only=True, tag="plan-adopted"):
    """A body adopted its action plan or its rules."""

    body: str
    plan: str


class CounterpartNamed(Fact, kw_only=True, tag="counterpart-named"):
    """A party named its counterpart for a theme, with hours per week."""

    party: str
    theme: str
    on: dt.date = field(name="from")
    to: dt.date | Maybe | None = UNSET
    hours_per_week: Hours | Maybe = UNSET


class CoordinatorNamed(Fact, kw_only=True, tag="coordinator-named"):
    """A party named coordination staff, perhaps for one theme."""

    party: str
    theme: str | Maybe = UNSET
    on: dt.date = field(name="from")
    to: dt.date | Maybe | None = UNSET


class ContributionDelivered(Fact, kw_only=True, tag="contribution-delivered"):
    """A party delivered its part of the knowledge base for a period."""

    party: str
    period: str


class DocumentCurrent(Fact, kw_only=True, tag="document-current"):
    """A party has a document in force from a day on."""

    party: str
    document: str
    on: dt.date = field(name="from")
    to: dt.date | Maybe | None = UNSET


class ReportPresented(Fact, kw_only=True, tag="report-presented"):
    """A party presented a report for a period."""

    party: str
    report: str
    period: str


class NegotiationHeld(Fact, kw_only=True, tag="negotiation-held"):
    """A statutory negotiation was held."""

    negotiation: str
    parties: list[str] | Maybe = UNSET


class ReleasePublished(Fact, kw_only=True, tag="release-published"):
    """A release about a meeting was published."""

    body: str
    meeting: dt.date
    by: str | Maybe = UNSET


class ReleaseShared(Fact, kw_only=True, tag="release-shared"):
    """A party passed a release on; ``release`` is ``<body>@<meeting day>``."""

    party: str
    release: str


class EvaluationMade(Fact, kw_only=True, tag="evaluation-made"):
    """The agreement was evaluated."""


class DecisionMade(Fact, kw_only=True, tag="decision-made"):
    """A party's own organ decided on a subject."""

    party: str
    subject: str
    outcome: str | Maybe = UNSET


class Signed(Fact, kw_only=True, tag="signed"):
    """A party signed the agreement."""

    party: str


class Waived(Fact, kw_only=True, tag="waived"):
    """All the parties concerned released a duty, within the limits named."""

    duty: str
    party: str | Maybe = UNSET
    object: str | Maybe = UNSET
    period: str | Maybe = UNSET


class ReadingSet(Fact, kw_only=True, tag="reading-set"):
    """The parties decided how an open question in the text is read."""

    reading: str
    choice: str


class PartyStatus(Fact, kw_only=True, tag="party-status"):
    """A party joined, left or merged."""

    party: str
    status: Literal["joined", "left", "merged"]
    into: str | Maybe = UNSET


class BodyFormed(Fact, kw_only=True, tag="body-formed"):
    """An ad hoc group was formed: introduces the group's id."""

    body: str
    level: int
    theme: str
    name: str | dict[str, str]


class Withdrawn(Fact, kw_only=True, tag="withdrawn"):
    """A fact was taken back; a correction is a withdrawal and a new fact."""

    of: str


AnyFact: TypeAlias = (
    MeetingHeld | AgendaIssued | ItemHandled | MinutesApproved | PictureApproved | AcceptanceGiven | BodyAppointed
    | MemberNamed | OfficersElected | PlanAdopted | CounterpartNamed | CoordinatorNamed | ContributionDelivered
    | DocumentCurrent | ReportPresented | NegotiationHeld | ReleasePublished | ReleaseShared | EvaluationMade
    | DecisionMade | Signed | Waived | ReadingSet | PartyStatus | BodyFormed | Withdrawn
)  # fmt: skip

_TYPES = cast("tuple[type[Fact], ...]", AnyFact.__args__)
KINDS: dict[str, type[Fact]] = {cast("str", kind.__struct_config__.tag): kind for kind in _TYPES}
"""Every kind of fact by its name in files."""

_APART = frozenset({"id", "recorded", "reference"})

# What the vocabulary itself names; an agreement's duties may name more.
NEGOTIATIONS = frozenset({"term", "welfare"})
PLANS = frozenset({"action-plan", "rules"})

decoder: msgspec.json.Decoder[AnyFact] = msgspec.json.Decoder(AnyFact)


def kind_of(fact: Fact) -> str:
    """Return the fact's kind as files name it."""
    return cast("str", fact.__struct_config__.tag)


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the names that a fact of this kind has in files, its own fields only."""
    names = KINDS[kind].__struct_encode_fields__
    return tuple(name for name in names if name not in {"id", "recorded", "reference"})


def day_of(fact: Fact) -> dt.date:
    """Return the day from which the fact is true (``on`` or ``from``)."""
    return fact.on


def recorded_on(fact: Fact) -> dt.date:
    """Return the day on which the fact became known; by default its own day."""
    recorded = fact.recorded
    return fact.on if isinstance(recorded, UnsetType) else recorded


def last_day_of(fact: Fact) -> dt.date:
    """Return the last day on which a dated fact holds; the end of time when none is given."""
    to = getattr(fact, "to", None)
    return to if isinstance(to, dt.date) else dt.date.max


def as_given(fact: Fact) -> dict[str, Any]:
    """Return the fact as a JSON object with what was given and nothing else."""
    return cast("dict[str, Any]", msgspec.to_builtins(fact))


def fact_of(given: dict[str, Any]) -> AnyFact:
    """Read one fact from a JSON object.

    Raises:
        msgspec.ValidationError: a field is missing, unknown or of a wrong type.

    """
    fact: AnyFact = msgspec.convert(given, AnyFact)
    return fact


def canonical(fact: Fact) -> str:
    """Return the fact's canonical JSON (sorted keys, no spaces): the order among facts of one day."""
    return json.dumps(as_given(fact), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def same(fact: Fact) -> object:
    """Return what makes two facts equal: everything but id, recording and reference.

    Two ``meeting-held`` of one body and day are one meeting, whatever else they say (DESIGN §3.2).
    """
    if isinstance(fact, MeetingHeld):
        return (fact.body, fact.on)
    given = {name: value for name, value in as_given(fact).items() if name not in _APART and value is not None}
    # Two hours are two hours, written 2 or 2.0.
    numbers = {name: float(value) for name, value in given.items() if type(value) is int}
    return json.dumps(given | numbers, sort_keys=True)

"""What a person is asked about each kind of fact: the one table behind the form, the template and the list.

The vocabulary itself is the engine's (``agreement.facts``, DESIGN §3.3). This table adds what people need: a name in
plain words, what each field asks, and which shape its answer has. A test holds the two together.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from yhdyspinta.journal.wording import FACT_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


class Shape(enum.Enum):
    """The shape of an answer: what may be typed, and what it is checked against."""

    DAY = "day"  # the day from which the fact is true: never ahead
    UNTIL = "until"  # a last day: may lie ahead, or be open
    MEETING = "meeting"  # the day of a meeting
    BODY = "body"
    NEW_BODY = "new-body"  # the id of a group that the fact itself introduces
    PARTY = "party"
    PARTIES = "parties"
    ACTOR = "actor"  # a party or a body
    ACTORS = "actors"
    THEME = "theme"
    DUTY = "duty"
    OBJECT = "object"  # what a duty is about: a body or a theme
    READING = "reading"
    CHOICE = "choice"  # one of a reading's choices
    WORD = "word"
    WORDS = "words"
    PERIOD = "period"
    RELEASE = "release"  # BODY@MEETING-DAY
    HOURS = "hours"
    LEVEL = "level"
    FLAG = "flag"
    TEXT = "text"
    NAME = "name"  # a name, in one language or several
    FACT = "fact"  # the id of another fact


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind: its name in facts, the shape of its answer and how it is asked for."""

    name: str
    shape: Shape
    label: _StrPromise | str
    hint: _StrPromise | None = None
    optional: bool = False
    words: tuple[str, ...] = ()
    closed: bool = False  # only the words listed here, or named by the agreement, will do


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: its name in facts, its fields in the order of asking."""

    name: str
    fields: tuple[Field, ...]

    @property
    def label(self) -> _StrPromise:
        """Return the kind's name in plain words."""
        return FACT_KINDS[self.name]

    def field(self, name: str) -> Field | None:
        """Return the field of that name, or None where the kind has no such field."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def day_field(self) -> str:
        """Return the name of the field that holds the fact's own day: ``on``, or ``from`` of dated facts."""
        return "from" if self.field("from") else "on"


_ON = Field("on", Shape.DAY, _("Date"))
_FROM = Field("from", Shape.DAY, _("From"), _("The first day on which this holds."))
_TO = Field("to", Shape.UNTIL, _("Until"), _("The last day. Leave empty when it still holds."), optional=True)
_BODY = Field("body", Shape.BODY, _("Body or group"))
_MEETING = Field("meeting", Shape.MEETING, _("Meeting day"))
_PARTY = Field("party", Shape.PARTY, _("Party"))
_PERIOD = Field("period", Shape.PERIOD, _("Period"), _("The year, such as 2024, or the term, such as 2021-2025."))

ROLES = ("member", "deputy", "attendee", "chair", "vice-chair", "secretary", "expert")
OFFICES = ("chair", "vice-chair", "secretary")
TOPICS = ("goal-review", "evaluation", "group-review", "situational-picture")
PLANS = ("action-plan", "rules")
DOCUMENTS = ("strategy", "welfare-report-and-plan")
REPORTS = ("welfare",)
NEGOTIATIONS = ("term", "welfare")
SUBJECTS = ("renewal", "withdrawal")
STATUSES = ("joined", "left", "merged")

_KINDS = (
    Kind(
        "meeting-held",
        (
            _BODY,
            _ON,
            Field("online", Shape.FLAG, _("Held online"), optional=True),
            Field("host", Shape.ACTOR, _("Organised by"), _("Who paid for the room and the catering."), optional=True),
        ),
    ),
    Kind(
        "agenda-issued",
        (_BODY, _MEETING, _ON, Field("prepared_by", Shape.ACTORS, _("Prepared by"))),
    ),
    Kind(
        "item-handled",
        (_BODY, _MEETING, _ON, Field("topic", Shape.WORD, _("Matter"), words=TOPICS)),
    ),
    Kind("minutes-approved", (_BODY, _MEETING, _ON)),
    Kind("picture-approved", (_BODY, _ON)),
    Kind(
        "acceptance-given",
        (_PARTY, Field("subject", Shape.BODY, _("Group accepted")), _ON),
    ),
    Kind(
        "body-appointed",
        (_BODY, _ON, Field("by", Shape.ACTOR, _("Appointed by"), optional=True)),
    ),
    Kind(
        "member-named",
        (_PARTY, _BODY, Field("role", Shape.WORD, _("Role"), words=ROLES), _FROM, _TO),
    ),
    Kind(
        "officers-elected",
        (_BODY, _MEETING, _ON, Field("offices", Shape.WORDS, _("Offices filled"), words=OFFICES)),
    ),
    Kind(
        "plan-adopted",
        (_BODY, Field("plan", Shape.WORD, _("Plan or rules"), words=PLANS, closed=True), _ON),
    ),
    Kind(
        "counterpart-named",
        (
            _PARTY,
            Field("theme", Shape.THEME, _("Theme")),
            _FROM,
            _TO,
            Field(
                "hours_per_week",
                Shape.HOURS,
                _("Hours per week"),
                _("Working time reserved for the task, for example 7,5. Shown to the parties only."),
                optional=True,
            ),
        ),
    ),
    Kind(
        "coordinator-named",
        (_PARTY, Field("theme", Shape.THEME, _("Theme"), optional=True), _FROM, _TO),
    ),
    Kind("contribution-delivered", (_PARTY, _PERIOD, _ON)),
    Kind(
        "document-current",
        (_PARTY, Field("document", Shape.WORD, _("Document"), words=DOCUMENTS), _FROM, _TO),
    ),
    Kind(
        "report-presented",
        (_PARTY, Field("report", Shape.WORD, _("Report"), words=REPORTS), _PERIOD, _ON),
    ),
    Kind(
        "negotiation-held",
        (
            Field("negotiation", Shape.WORD, _("Negotiation"), words=NEGOTIATIONS, closed=True),
            _ON,
            Field("parties", Shape.PARTIES, _("Parties that took part"), optional=True),
        ),
    ),
    Kind(
        "release-published",
        (_BODY, _MEETING, _ON, Field("by", Shape.ACTOR, _("Published by"), optional=True)),
    ),
    Kind(
        "release-shared",
        (_PARTY, Field("release", Shape.RELEASE, _("Release"), _("The release is named by its meeting.")), _ON),
    ),
    Kind("evaluation-made", (_ON,)),
    Kind(
        "decision-made",
        (
            _PARTY,
            Field("subject", Shape.WORD, _("Subject"), words=SUBJECTS),
            _ON,
            Field("outcome", Shape.TEXT, _("Outcome"), _("What was decided, in a few words."), optional=True),
        ),
    ),
    Kind("signed", (_PARTY, _ON)),
    Kind(
        "waived",
        (
            Field("duty", Shape.DUTY, _("Commitment")),
            _ON,
            Field("party", Shape.PARTY, _("Party"), _("Leave empty when it concerns every bearer."), optional=True),
            Field("object", Shape.OBJECT, _("Object"), _("Only where the commitment has one."), optional=True),
            Field("period", Shape.PERIOD, _("Period"), _("Only where it concerns one period."), optional=True),
        ),
    ),
    Kind(
        "reading-set",
        (
            Field("reading", Shape.READING, _("Question of reading")),
            Field("choice", Shape.CHOICE, _("Choice")),
            _ON,
        ),
    ),
    Kind(
        "party-status",
        (
            _PARTY,
            Field("status", Shape.WORD, _("What happened"), words=STATUSES, closed=True),
            _ON,
            Field("into", Shape.PARTY, _("Merged into"), optional=True),
        ),
    ),
    Kind(
        "body-formed",
        (
            Field(
                "body",
                Shape.NEW_BODY,
                _("Identifier of the new group"),
                _("Lower-case letters a to z, digits and hyphens, for example jokivarren-ryhma."),
            ),
            Field("name", Shape.NAME, _("Name of the group")),
            Field("level", Shape.LEVEL, _("Level")),
            Field("theme", Shape.THEME, _("Theme")),
            _ON,
        ),
    ),
    Kind(
        "withdrawn",
        (Field("of", Shape.FACT, _("Identifier of the fact withdrawn")), _ON),
    ),
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}
"""Every kind of fact by its name, in the order of DESIGN §3.3."""

BY_HAND = tuple(kind for kind in _KINDS if kind.name != "withdrawn")
"""The kinds that have a form of their own: a withdrawal is made at the record it concerns."""

GROUPS: tuple[tuple[_StrPromise, tuple[str, ...]], ...] = (
    (
        _("Meetings"),
        (
            "meeting-held",
            "agenda-issued",
            "item-handled",
            "minutes-approved",
            "officers-elected",
            "picture-approved",
        ),
    ),
    (
        _("Groups and people"),
        ("acceptance-given", "body-appointed", "body-formed", "member-named", "counterpart-named", "coordinator-named"),
    ),
    (
        _("Plans, reports and negotiations"),
        ("plan-adopted", "document-current", "report-presented", "contribution-delivered", "negotiation-held"),
    ),
    (_("Communications"), ("release-published", "release-shared")),
    (
        _("The agreement itself"),
        ("signed", "decision-made", "evaluation-made", "waived", "reading-set", "party-status"),
    ),
)
"""The kinds under the headings of the page where one chooses what to record."""

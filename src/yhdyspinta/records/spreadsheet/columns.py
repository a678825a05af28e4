"""The columns of the table: few enough for a person to fill in, enough to hold every fact without loss.

Fields of different kinds that answer the same question share a column: "Specification" holds the matter of a meeting,
the role of a member or the name of a report. Which kind fills which columns stands on the template's second sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from yhdyspinta.printing.columns import Column
from yhdyspinta.printing.words import fold, in_every_language
from yhdyspinta.records.kinds import KINDS, Field, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping


COLUMNS = (
    Column("kind", _("Event"), _("What happened. Choose from the list."), 34),
    Column("day", _("Date"), _("The day it happened, or the first day on which it holds: 1.6.2024."), 12),
    Column("until", _("Until"), _("The last day on which it holds. Empty: it still holds."), 12),
    Column("party", _("Party"), _("The party it concerns."), 24),
    Column("body", _("Body or group"), _("The body or group it concerns."), 28),
    Column("meeting", _("Meeting day"), _("The day of the meeting it belongs to."), 13),
    Column("theme", _("Theme"), _("The theme it concerns."), 24),
    Column("detail", _("Specification"), _("The matter, role, offices, plan, document, report or decision."), 30),
    Column("who", _("Who did it"), _("Who organised, prepared, appointed or published; several with a semicolon."), 30),
    Column("period", _("Period"), _("The year (2024) or the term (2021-2025) it is for."), 12),
    Column("outcome", _("Outcome"), _("What was decided, in a few words."), 24),
    Column("hours", _("Hours per week"), _("Working time reserved for a counterpart, for example 7,5."), 12),
    Column("online", _("Held online"), _("yes or no"), 10),
    Column("reference", _("Reference"), _("Organ, date, section and register number of the decision."), 36),
    Column("link", _("Link"), _("Address of the minutes or the decision: https://…"), 30),
    Column("note", _("Note"), _("Anything the other parties should know. Not public."), 30),
    Column("duty", _("Commitment or question"), _("Only when a commitment is set aside or a reading settled."), 24),
    Column("object", _("Object"), _("Only when a commitment is set aside for one group or theme."), 16),
    Column("level", _("Level"), _("Only for a new group: the number of its level."), 8),
    Column("name", _("Name of the group"), _("Only for a new group."), 24),
    Column("recorded", _("Known since"), _("The day this was first recorded, if not the day it happened."), 12),
    Column("id", _("Identifier"), _("Needed only if another row withdraws this one."), 16),
    Column("of", _("Withdraws"), _("Only for a withdrawal: the identifier of the row it withdraws."), 16),
)
"""Every column, the common ones first."""

BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}

# Headings of the export that say something about the record and not about the event: understood, and not read.
ABOUT_THE_RECORD = (
    Column("record", _("Record"), _("The number of the record.")),
    Column("recorded_by", _("Recorded by"), _("Who recorded it."), 24),
    Column("recorded_at", _("Recorded at"), _("When it was recorded.")),
    Column("standing", _("Standing"), _("In force, corrected or withdrawn.")),
    Column("reason", _("Reason for withdrawal"), _("Why it was withdrawn."), 30),
)

_COLUMN_OF_FIELD = {
    "on": "day",
    "from": "day",
    "to": "until",
    "body": "body",
    "meeting": "meeting",
    "party": "party",
    "host": "who",
    "by": "who",
    "prepared_by": "who",
    "parties": "who",
    "into": "who",
    "theme": "theme",
    "topic": "detail",
    "role": "detail",
    "offices": "detail",
    "plan": "detail",
    "document": "detail",
    "report": "detail",
    "negotiation": "detail",
    "status": "detail",
    "choice": "detail",
    "outcome": "outcome",
    "period": "period",
    "object": "object",
    "duty": "duty",
    "reading": "duty",
    "hours_per_week": "hours",
    "online": "online",
    "level": "level",
    "name": "name",
    "of": "of",
}


def columns_of(field: Field) -> tuple[str, ...]:
    """Return the keys of the columns that hold a field: two for a release, one for all others."""
    if field.shape is Shape.RELEASE:
        return ("body", "meeting")
    if field.name == "subject":  # a body that is accepted, or what a decision is about
        return ("body",) if field.shape is Shape.BODY else ("detail",)
    return (_COLUMN_OF_FIELD[field.name],)


def kinds_by_name() -> dict[str, str]:
    """Return folded name → kind, in every language; the names used in facts are understood too."""
    return {fold(text): kind.name for kind in KINDS.values() for text in (kind.name, *in_every_language(kind.label))}

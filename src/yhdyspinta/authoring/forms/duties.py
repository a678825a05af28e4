"""The fields of commitments and rights: who, what, how often, until when, and what shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement.evidence import REFERENCES
from yhdyspinta.authoring.forms import choices as c
from yhdyspinta.authoring.forms.choices import Writing
from yhdyspinta.authoring.forms.fields import (
    EdgeField,
    ManyField,
    NumberField,
    OneField,
    OneLineYamlField,
    RowsField,
    WordsField,
)

Fields = dict[str, forms.Field]
_MEETING_OF = re.compile(r"^meeting of \[?([^\]]+)\]?$")
# Words that stand for something of the occasion, and for no body of the draft's own.
_OF_THE_OCCASION = frozenset(REFERENCES) - {"object"}
_IN_PARTS = ("bearer", "per", "window", "deadline")


def duty_fields(writing: Writing) -> Fields:
    """Return the fields of a commitment."""
    objects = [("each group", _("each group")), ("each theme", _("each theme"))]
    terms = [("own", _("the bearer's own")), *writing.things("terms")]
    return {
        "name": WordsField(writing.languages, label=_("What is to be done"), required=True),
        "short_name": WordsField(writing.languages, label=_("In a word"), required=False),
        **_bearer(writing),
        "object": OneField(objects, label=_("For"), help_text=_("Where it is done for each of them.")),
        "kind": OneField(c.duty_kinds(), label=_("Kind"), required=True),
        "per": OneField(c.cadences(), label=_("How often")),
        "meeting_bodies": ManyField(writing.bodies(), label=_("Meetings of")),
        "count": NumberField(least=1, most=366, label=_("How many times"), help_text=_("Empty: once.")),
        "term": OneField(terms, label=_("Whose council term")),
        "window_from": EdgeField(label=_("From")),
        "window_to": EdgeField(label=_("Until")),
        "no_deadline": forms.BooleanField(required=False, label=_("The text gives no deadline")),
        **_shown_by(writing),
        "evidence_in_window": forms.BooleanField(
            required=False, label=_("What is done after the deadline does not mend it")
        ),
        **_resting_on(writing),
    }


def right_fields(writing: Writing) -> Fields:
    """Return the fields of a right."""
    return {
        "name": WordsField(writing.languages, label=_("What it is a right to"), required=True),
        **_bearer(writing),
        **_shown_by(writing),
        **_resting_on(writing),
    }


def _bearer(writing: Writing) -> Fields:
    return {
        "bearer": OneField(c.bearers(), label=_("Who"), required=True),
        "bearers": ManyField(writing.actors(), label=_("Chosen")),
        "bearer_kinds": ManyField(c.party_kinds(), label=_("Kinds of parties")),
    }


def _shown_by(writing: Writing) -> Fields:
    rows: Fields = {
        "fact": OneField(c.facts(), label=_("What is recorded")),
        "body": OneField([("object", _("the group in question")), *writing.bodies()], label=_("Of which body")),
        "rest": OneLineYamlField(
            required=False, label=_("Other conditions"), help_text=_("For example party: bearer, topic: goal-review.")
        ),
    }
    return {
        "evidence": RowsField(
            rows,
            required=False,
            written=_written_evidence,
            shown=_shown_evidence,
            label=_("What shows that it is done"),
        )
    }


def _resting_on(writing: Writing) -> Fields:
    return {
        "basis": OneField(c.bases(), label=_("Rests on"), required=True),
        "reading": ManyField(writing.things("reading"), label=_("Open questions it depends on")),
        "law": ManyField(writing.things("law"), label=_("Statutes")),
        "unspecified": ManyField(c.left_open(), label=_("Not specified in the text")),
    }


def unfold_duty(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a commitment's data as the form's values."""
    values = {key.replace("-", "_"): value for key, value in data.items() if key not in _IN_PARTS}
    window = data.get("window")
    edges = window if isinstance(window, Mapping) else {}
    return {
        **values,
        **_unfold_bearer(data.get("bearer")),
        **_unfold_per(data.get("per")),
        "window_from": edges.get("from"),
        "window_to": edges.get("to"),
        "no_deadline": data.get("deadline") == "none",
    }


def fold_duty(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form's values as a commitment's data."""
    said = dict(values)
    data = {
        "bearer": _fold_bearer(said.pop("bearer", None), said.pop("bearers", None), said.pop("bearer_kinds", None)),
        "per": _fold_per(said.pop("per", None), said.pop("meeting_bodies", None)),
        "window": {key: said.pop(f"window_{key}") for key in ("from", "to") if said.get(f"window_{key}")} or None,
        "deadline": "none" if said.pop("no_deadline", False) else None,
    }
    said.pop("window_from", None), said.pop("window_to", None)
    return {**{name.replace("_", "-"): value for name, value in said.items()}, **data}


def _unfold_bearer(bearer: Any) -> dict[str, Any]:
    words = {value for value, _label in c.bearers()}
    if isinstance(bearer, Mapping):
        return {"bearer": c.KINDS, "bearer_kinds": bearer.get("each")}
    if isinstance(bearer, str) and bearer in words:
        return {"bearer": bearer}
    return {"bearer": c.NAMED if bearer else None, "bearers": bearer}


def _fold_bearer(bearer: Any, named: Any, kinds: Any) -> Any:
    if bearer == c.KINDS:
        return {"each": kinds or []}
    if bearer == c.NAMED:
        return named[0] if named and len(named) == 1 else named or []
    return bearer


def _unfold_per(per: Any) -> dict[str, Any]:
    match = _MEETING_OF.match(per) if isinstance(per, str) else None
    if match:
        return {"per": c.MEETING, "meeting_bodies": [part.strip() for part in match[1].split(",")]}
    return {"per": per}


def _fold_per(per: Any, bodies: Any) -> Any:
    if per != c.MEETING:
        return per
    return f"meeting of {bodies[0]}" if bodies and len(bodies) == 1 else f"meeting of [{', '.join(bodies or [])}]"


def _shown_evidence(evidence: Any) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for fact, conditions in evidence.items() if isinstance(evidence, Mapping) else ():
        rest = dict(conditions) if isinstance(conditions, Mapping) else {}
        body = rest.pop("body") if isinstance(rest.get("body"), str) and rest["body"] not in _OF_THE_OCCASION else None
        found.append({"fact": fact, "body": body, "rest": rest})
    return found


def _written_evidence(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        str(row.get("fact") or ""): {**({"body": row["body"]} if row.get("body") else {}), **(row.get("rest") or {})}
        for row in rows
    }

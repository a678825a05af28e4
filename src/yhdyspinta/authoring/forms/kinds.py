"""The fields of each kind of block, and how a block's data and a form's values become each other.

A key that no field stands for stays in the block as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdyspinta.authoring.forms import choices as c
from yhdyspinta.authoring.forms.choices import Writing
from yhdyspinta.authoring.forms.duties import duty_fields, fold_duty, right_fields, unfold_duty
from yhdyspinta.authoring.forms.fields import (
    ManyField,
    NumberField,
    OneField,
    RowsField,
    WordsField,
    YamlField,
)
from yhdyspinta.parties.forms.inputs import DayField

Data = dict[str, Any]
Fields = dict[str, forms.Field]


def _plain(data: Mapping[str, Any]) -> Data:
    """Return block data as a form's values: keys become names."""
    return {key.replace("-", "_"): value for key, value in data.items()}


def _folded(values: Mapping[str, Any]) -> Data:
    """Return a form's values as block data."""
    return {name.rstrip("_").replace("_", "-"): value for name, value in values.items()}


@dataclass(frozen=True)
class Kind:
    """A kind of block: what it is called, its fields, and how its data are laid out in them."""

    name: Any
    several: Any
    new: Any
    none: Any
    fields: Callable[[Writing], Fields]
    unfold: Callable[[Mapping[str, Any]], Data] = _plain
    fold: Callable[[Mapping[str, Any]], Data] = _folded


def text(label: Any, *, most: int = 300, required: bool = False, **kwargs: Any) -> forms.CharField:
    """Return a field for one line; its value is None where it is empty."""
    return forms.CharField(label=label, max_length=most, required=required, empty_value=None, **kwargs)


def words(writing: Writing, label: Any, *, required: bool = False, **kwargs: Any) -> WordsField:
    """Return a field for words in the draft's languages."""
    return WordsField(writing.languages, label=label, required=required, **kwargs)


def _party(writing: Writing) -> Fields:
    return {
        "kind": OneField(c.party_kinds(), label=_("Kind of organisation"), required=True),
        "form": OneField(
            [("kunta", _("municipality (kunta)")), ("kaupunki", _("city (kaupunki)"))], label=_("Calls itself")
        ),
        "name": words(writing, _("Name"), required=True),
        "official_name": words(writing, _("Official name"), required=True),
        "genitive": words(
            writing,
            _("Name in the genitive"),
            help_text=_("“Luhangan”, “Luhankas”, “Luhanka's”: for “Luhangan asiat”."),
        ),
        "local": words(writing, _("Name in a local case"), help_text=_("“Luhangassa”, “i Luhanka”, “in Luhanka”.")),
        "business_id": text(_("Business id"), most=9, help_text=_("Seven digits, a hyphen and a check digit.")),
        "address": text(_("Postal address")),
        "municipality_code": text(_("Municipality code"), most=3),
        "county_code": text(_("Code of the wellbeing services county"), most=2),
        "region_code": text(_("Code of the region"), most=2),
        "from": DayField(
            label=_("Party from"), required=False, help_text=_("Only where it is not a party from the first day.")
        ),
        "to": DayField(label=_("Party until"), required=False, help_text=_("Only where it leaves before the end.")),
    }


def _terms(writing: Writing) -> Fields:
    period = {"from": DayField(label=_("First day"), help_text=""), "to": DayField(label=_("Last day"), help_text="")}
    return {
        "name": words(writing, _("Name"), required=True),
        "of": ManyField(c.party_kinds(), label=_("Council terms of")),
        "periods": RowsField(
            period,
            label=_("Periods"),
            required=True,
            help_text=_(
                "The days of the municipal councils are offered as the law has them (Municipalities Act 410/2015, "
                "15 §). Change them for other councils."
            ),
        ),
    }


def _seats(writing: Writing) -> RowsField:
    whose = [
        ("each party", _("each party")),
        ("each municipality", _("each municipality")),
        (c.NAMED, _("those chosen")),
    ]
    rows: Fields = {
        "role": text(_("Role"), most=80, help_text=_("member, deputy, attendee, expert …")),
        "who": OneField(whose, label=_("Whose")),
        "named": ManyField(writing.actors(), label=_("Chosen")),
        "post": ManyField(c.posts(), label=_("Holders of these posts")),
        "count": NumberField(least=1, most=999, label=_("How many of each")),
    }
    return RowsField(rows, written=_written_seats, shown=_shown_seats, required=False, label=_("Seats"))


def _shown_seats(seats: Any) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for seat in seats if isinstance(seats, list) else []:
        who = seat.get("who")
        named = [who] if isinstance(who, str) and not who.startswith("each ") else who if isinstance(who, list) else []
        found.append({**seat, "who": c.NAMED if named else who, "named": named})
    return found


def _written_seats(rows: list[Data]) -> list[Data]:
    found = []
    for row in rows:
        seat = dict(row)
        named = seat.pop("named", None)
        if seat.get("who") == c.NAMED:
            seat["who"] = named or []
        found.append(seat)
    return found


def _body(writing: Writing) -> Fields:
    others = writing.bodies()
    turn = {"id": OneField(writing.actors(), label=_("Convenor"))}
    return {
        "name": words(writing, _("Name"), required=True),
        "short_name": words(writing, _("Short name")),
        "level": OneField(writing.levels(), label=_("Level"), required=True),
        "convened_by": ManyField(writing.actors(), label=_("Convened by")),
        "convenor_office": words(writing, _("Office that convenes"), help_text=_("Where the text names an office.")),
        "rotation": RowsField(
            turn,
            required=False,
            written=lambda rows: [row["id"] for row in rows],
            shown=lambda ids: [{"id": id} for id in ids],
            label=_("Convenors in turn, by calendar year"),
        ),
        "rotation_first": NumberField(least=1990, most=2200, label=_("Year of the first in turn")),
        "agenda_by": ManyField(writing.actors(), label=_("The agenda is prepared by")),
        "part_of": OneField(others, label=_("Part of")),
        "seats": _seats(writing),
        "term": OneField(writing.things("terms"), label=_("Council term that it sits for")),
        "referenced_only": forms.BooleanField(
            required=False, label=_("Only mentioned: the agreement gives it no place of its own")
        ),
        "preparedness": forms.BooleanField(
            required=False, label=_("Its papers are secret for the sake of preparedness")
        ),
        "outsiders": forms.BooleanField(
            required=False, label=_("Members may be of other organisations than the parties")
        ),
        "unspecified": ManyField(c.left_open(), label=_("Not specified in the text")),
    }


def _unfold_body(data: Mapping[str, Any]) -> Data:
    values = _plain(data)
    rotation = data.get("rotation")
    if isinstance(rotation, Mapping):
        values |= {"rotation": rotation.get("order"), "rotation_first": rotation.get("first")}
    return values


def _fold_body(values: Mapping[str, Any]) -> Data:
    data = _folded({name: value for name, value in values.items() if not name.startswith("rotation")})
    order, first = values.get("rotation"), values.get("rotation_first")
    if order or first:
        data["rotation"] = {"each": "calendar-year", "order": order or [], **({"first": first} if first else {})}
    level = values.get("level")
    return data | ({"level": int(level)} if level and str(level).isdecimal() else {})


def _theme(writing: Writing) -> Fields:
    return {
        "name": words(writing, _("Name"), required=True),
        "group_level": OneField(
            writing.levels(), label=_("Level of its group"), help_text=_("Empty where the theme has no group.")
        ),
        "group_name": words(writing, _("Name of its group")),
        "group_convened_by": ManyField(writing.actors(), label=_("The group is convened by")),
        "group_unspecified": ManyField(c.left_open(), label=_("Not specified of the group")),
    }


def _unfold_theme(data: Mapping[str, Any]) -> Data:
    group = data.get("group")
    inner = group if isinstance(group, Mapping) else {}
    return _plain({"id": data.get("id"), "name": data.get("name")}) | {
        f"group_{name}": value for name, value in _plain(inner).items()
    }


def _fold_theme(values: Mapping[str, Any]) -> Data:
    inner = {
        name.removeprefix("group_"): value for name, value in values.items() if name.startswith("group_") and value
    }
    group = _folded(inner)
    if "level" in group and str(group["level"]).isdecimal():
        group["level"] = int(group["level"])
    data = _folded({name: value for name, value in values.items() if not name.startswith("group_")})
    return {**data, "group": group or None}


def _rule(writing: Writing) -> Fields:
    who = [
        ("each party", _("each party its own")),
        ("organiser", _("whoever organises the meeting")),
        *writing.actors(),
    ]
    return {
        "name": words(writing, _("Name"), required=True),
        "pays_who": OneField(who, label=_("Who pays")),
        "pays_what": ManyField(c.costs(), label=_("What")),
    }


def _unfold_rule(data: Mapping[str, Any]) -> Data:
    pays = data.get("pays")
    inner = pays if isinstance(pays, Mapping) else {}
    return _plain(data) | {"pays_who": inner.get("who"), "pays_what": inner.get("what")}


def _fold_rule(values: Mapping[str, Any]) -> Data:
    pays = {key: values.get(f"pays_{key}") for key in ("who", "what") if values.get(f"pays_{key}")}
    data = _folded({name: value for name, value in values.items() if not name.startswith("pays")})
    return {**data, "pays": pays or None}


def _goal(writing: Writing) -> Fields:
    part = {"words": words(writing, _("Part"))}
    return {
        "name": words(writing, _("Name"), required=True),
        "parts": RowsField(
            part,
            required=False,
            written=lambda rows: [row["words"] for row in rows],
            shown=lambda parts: [{"words": each} for each in parts],
            label=_("Parts"),
        ),
        "unspecified": ManyField(c.left_open(), label=_("Not specified in the text")),
    }


def _law(writing: Writing) -> Fields:
    return {
        "name": words(writing, _("Name of the statute"), required=True),
        "number": text(_("Number"), most=9, help_text=_("For example 612/2021.")),
        "section": text(_("Section"), help_text=_("For example 7 §.")),
        "verbatim": text(_("As the text cites it")),
        "summary": words(writing, _("What it is about"), long=True),
    }


def _reading(writing: Writing) -> Fields:
    rows: Fields = {
        "id": text(_("Id"), most=80, required=True, help_text=_("Lower case a–z, digits and hyphens.")),
        "text": words(writing, _("How the text is then read"), required=True, long=True),
        "changes": YamlField(
            required=False,
            label=_("What it changes in commitments"),
            widget=forms.Textarea(attrs={"rows": 2, "class": "code", "spellcheck": "false"}),
        ),
    }
    return {
        "question": words(writing, _("The open question"), required=True, long=True),
        "choices": RowsField(rows, label=_("Ways to read it"), required=True),
        "assumed": text(
            _("Assumed until the parties decide"), most=80, required=True, help_text=_("The id of one of the ways.")
        ),
    }


KINDS: Mapping[str, Kind] = {
    "parties": Kind(
        _("Party"),
        _("Parties"),
        _("Add a party"),
        _("Who is bound by the agreement. Add them from the classification."),
        _party,
    ),
    "body": Kind(
        _("Body"),
        _("Bodies"),
        _("Add a body"),
        _("The forums, meetings and groups that the agreement sets up or names."),
        _body,
        _unfold_body,
        _fold_body,
    ),
    "theme": Kind(
        _("Theme"),
        _("Themes"),
        _("Add a theme"),
        _("What counterparts are named for and groups work on."),
        _theme,
        _unfold_theme,
        _fold_theme,
    ),
    "duty": Kind(
        _("Commitment"),
        _("Commitments"),
        _("Add a commitment"),
        _("Who does what, how often, and what shows it."),
        duty_fields,
        unfold_duty,
        fold_duty,
    ),
    "right": Kind(
        _("Right"),
        _("Rights"),
        _("Add a right"),
        _("What somebody is entitled to, such as to attend and speak."),
        right_fields,
        unfold_duty,
        fold_duty,
    ),
    "rule": Kind(
        _("Rule"),
        _("Rules"),
        _("Add a rule"),
        _("What holds without anything becoming due, such as who pays."),
        _rule,
        _unfold_rule,
        _fold_rule,
    ),
    "goal": Kind(_("Goal"), _("Goals"), _("Add a goal"), _("What the cooperation is for."), _goal),
    "law": Kind(_("Statute"), _("Statutes"), _("Add a statute"), _("The statutes that the text cites."), _law),
    "reading": Kind(
        _("Open question"),
        _("Open questions"),
        _("Add an open question"),
        _("What the text leaves open, and how it is read until the parties decide."),
        _reading,
    ),
    "terms": Kind(
        _("Council terms"),
        _("Council terms"),
        _("Add council terms"),
        _("The terms of councils, where something is due each term."),
        _terms,
    ),
}
"""Every kind of block by its name in the file, in the order in which a text is best filled in."""

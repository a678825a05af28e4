"""The form of one fact, made from its kind's row in the table of fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.forms.inputs import DayField
from yhdyspinta.records.forms.inputs import (
    FlagField,
    HoursField,
    ReleaseField,
    WordField,
    grouped,
    one_of,
    some_of,
)
from yhdyspinta.records.forms.sections import Section
from yhdyspinta.records.kinds import Field, Shape
from yhdyspinta.records.rules import LONGEST, MESSAGES, Problem, day_of, problems_of
from yhdyspinta.records.showing import value_of
from yhdyspinta.records.words import Names

Choices = list[tuple[str, str]]


class FactForm(forms.Form):
    """One fact: fields for what is asked, words for what is fixed. Once valid, ``given`` is the fact.

    One of ``several`` may be left out. ``before`` is the form of the meeting that this one belongs to, where it
    is recorded together with this one.
    """

    use_required_attribute = False
    include = forms.BooleanField(label=_("Record this"), required=False, initial=True)

    def __init__(
        self,
        section: Section,
        names: Names,
        *,
        today: dt.date,
        data: Mapping[str, Any] | None = None,
        prefix: str = "0",
        several: bool = False,
        before: FactForm | None = None,
    ) -> None:
        """Make the fields that the section asks for."""
        super().__init__(data, prefix=prefix, initial=section.initial)
        self.section, self.names, self.today, self.before = section, names, today, before
        self.several = several
        self.given: dict[str, Any] = {}
        if not several:
            del self.fields["include"]
        for asked in section.kind.fields:
            if asked.name not in section.fixed and asked.shape is not Shape.READING:
                self.fields[asked.name] = self._field(asked)
        if several:
            self.fields["include"].label = format_lazy("{}: {}", self.fields["include"].label, section.kind.label)

    @property
    def fixed(self) -> list[tuple[str, str]]:
        """What the duty decides and the form does not ask: label and value in words."""
        given = {"fact": self.section.kind.name, **self.section.fixed}
        fields = [asked for asked in self.section.kind.fields if asked.name in self.section.fixed]
        return [(str(asked.label), value_of(asked, given, self.names)) for asked in fields]

    @property
    def included(self) -> bool:
        """Whether this fact is to be recorded."""
        return not self.several or bool(self.data.get(self.add_prefix("include")))

    def full_clean(self) -> None:
        """Check the fields; one that is left out is not looked at."""
        if self.is_bound and not self.included:
            self._errors = ErrorDict()
            self.cleaned_data = {"include": False}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Make the fact and check it against the rules, with each problem at its field."""
        cleaned = super().clean() or self.cleaned_data
        given = {"fact": self.section.kind.name, **self.section.fixed}
        for asked in self.section.kind.fields:
            value = cleaned.get(asked.name)
            if asked.name in self.fields and value not in (None, "", []):
                given |= _as_given(asked, value)
        self._follow_meeting(given)
        for problem in problems_of(given, self.names, today=self.today):
            # What the field itself has refused is not in the fact: one message is enough
            if problem.field not in self.errors and not self._follows_a_mistake(problem):
                self._complain(problem.field, str(problem))
        for name, least in self.section.more_than.items():
            if name in given and given[name] <= least and name not in self.errors:
                self._complain(name, str(_("Here it must be more than %(least)g.")) % {"least": least})
        self.given = given
        return cleaned

    def _complain(self, name: str, message: str) -> None:
        name = "choice" if name == "reading" else name
        self.add_error(name if name in self.fields else None, message)

    def _follows_a_mistake(self, problem: Problem) -> bool:
        """Tell whether a day is missing only because what it follows from is missing or has a mistake of its own."""
        if problem.code == "missing" and problem.field == "on" and "on" in self._following and "meeting" in self.errors:
            return True
        waits = self.section.same_meeting and problem.code == "missing" and problem.field in self._following
        return waits and self.before is not None and self.before.included and bool(self.before.errors)

    def _follow_meeting(self, given: dict[str, Any]) -> None:
        """Take the meeting day from the meeting recorded with it, and the day from the meeting."""
        held = self.before.given.get("on") if self.before and self.before.included else None
        if held and "meeting" in self._following and "meeting" not in given and "meeting" not in self.errors:
            given["meeting"] = held
        if "on" in self._following and given.get("meeting") and "on" not in given and "on" not in self.errors:
            given["on"] = given["meeting"]

    @property
    def _following(self) -> frozenset[str]:
        """The days that may be left empty, because they follow from the meeting."""
        on = {"on"} if self.section.kind.name in _IN_A_MEETING else set()
        return frozenset(on | ({"meeting", "on"} if self.section.same_meeting else set()))

    # Fields

    def _field(self, asked: Field) -> forms.Field:
        optional = self._optional(asked)
        label = format_lazy("{} {}", asked.label, _("(optional)")) if optional else asked.label
        about: dict[str, Any] = {"label": label, "required": False}
        if asked.hint:
            about["help_text"] = asked.hint
        if asked.name in self._following:
            about["help_text"] = _FOLLOWS[asked.name]
        made = _MAKERS[asked.shape](self, asked, about)
        made.error_messages["required"] = MESSAGES["missing"]
        return made

    def _optional(self, asked: Field) -> bool:
        return asked.name in self._following or (asked.optional and asked.name not in self.section.needed)

    def _choices(self, asked: Field) -> Choices:
        offered = self.section.offered.get(asked.name)
        choices = self.names.choices(asked, self.section.fixed)
        return choices if offered is None else [(id_, label) for id_, label in choices if id_ in offered]

    def _readings(self) -> list[tuple[str, Choices]]:
        """Return every choice of every question of reading, under the question."""
        return [
            (self.names.label(_READING, id_), [(f"{id_}/{choice}", label) for choice, label in self._answers(id_)])
            for id_ in self.names.charter.readings
        ]

    def _answers(self, reading: str) -> Choices:
        return self.names.choices(_CHOICE, {"reading": reading})

    def _levels(self) -> Choices:
        language = get_language() or ""
        levels = self.names.charter.levels
        return [(str(level.number), f"{level.number} {level.name.get(language)}") for level in levels]


_READING = Field("reading", Shape.READING, _("Question of reading"))
_CHOICE = Field("choice", Shape.CHOICE, _("Choice"))
_IN_A_MEETING = frozenset({"item-handled", "officers-elected"})
_FOLLOWS = {
    "meeting": _("Leave empty when it is the meeting above."),
    "on": _("Leave empty when it was the meeting day."),
}

Maker = Callable[[FactForm, Field, dict[str, Any]], forms.Field]


def _text(_form: FactForm, asked: Field, about: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=LONGEST.get(asked.shape, 80), **about)


def _list(form: FactForm, asked: Field, about: dict[str, Any]) -> forms.Field:
    return one_of(form._choices(asked), **about)  # noqa: SLF001 -- the makers are the form's own


def _boxes(form: FactForm, asked: Field, about: dict[str, Any]) -> forms.Field:
    return some_of(form._choices(asked), **about)  # noqa: SLF001


def _word(form: FactForm, asked: Field, about: dict[str, Any]) -> forms.Field:
    choices = form._choices(asked)  # noqa: SLF001
    if asked.closed or asked.name in form.section.offered:
        return one_of(choices, **about)
    return WordField(choices, several=asked.shape is Shape.WORDS, **about)


_MAKERS: Mapping[Shape, Maker] = {
    **dict.fromkeys((Shape.DAY, Shape.UNTIL, Shape.MEETING), lambda _form, _asked, about: _day(about)),
    **dict.fromkeys((Shape.BODY, Shape.PARTY, Shape.ACTOR, Shape.THEME, Shape.DUTY, Shape.OBJECT), _list),
    **dict.fromkeys((Shape.PARTIES, Shape.ACTORS), _boxes),
    **dict.fromkeys((Shape.WORD, Shape.WORDS), _word),
    **dict.fromkeys((Shape.TEXT, Shape.NAME, Shape.NEW_BODY, Shape.PERIOD, Shape.FACT), _text),
    Shape.CHOICE: lambda form, _asked, about: grouped(form._readings(), **about),  # noqa: SLF001
    Shape.RELEASE: lambda form, _asked, about: ReleaseField(_bodies(form), **about),
    Shape.HOURS: lambda _form, _asked, about: HoursField(**about),
    Shape.LEVEL: lambda form, _asked, about: one_of(form._levels(), **about),  # noqa: SLF001
    Shape.FLAG: lambda _form, _asked, about: FlagField(**{name: about[name] for name in about if name != "required"}),
}


def _day(about: dict[str, Any]) -> DayField:
    """Return the field of a day; its example stands after what the day means."""
    hint = about.pop("help_text", None)
    return DayField(**about) if hint is None else DayField(help_text=format_lazy("{} {}", hint, _EXAMPLE), **about)


_EXAMPLE = _("For example 1.6.2024.")


def _bodies(form: FactForm) -> Choices:
    return form.names.choices(Field("body", Shape.BODY, _("Body or group")))


def _as_given(asked: Field, value: Any) -> dict[str, Any]:
    """Return what a cleaned value is in a fact."""
    if isinstance(value, dt.date):
        return {asked.name: value.isoformat()}
    if asked.shape is Shape.CHOICE:
        reading, _slash, choice = str(value).partition("/")
        return {"reading": reading, "choice": choice}
    if asked.shape is Shape.LEVEL:
        return {asked.name: int(value)}
    if asked.shape is Shape.PERIOD:
        return {asked.name: str(value).replace("–", "-").replace(" ", "")}
    return {asked.name: value}


def initial_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form shows of a fact that is there already."""
    shown = {name: day_of(value) or value for name, value in given.items() if name != "fact"}
    if "reading" in given:
        shown["choice"] = f"{given['reading']}/{given.get('choice', '')}"
    if "level" in given:
        shown["level"] = str(given["level"])
    return shown

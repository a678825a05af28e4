"""Form fields for what blocks hold: words by language, rows of several fields, YAML for what is rare.

Each field's value is the plain data that the block gets; ``None`` or empty leaves the key out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement.plain import read_plain
from yhdyspinta.agreement.slugs import slug
from yhdyspinta.agreement.yaml_writing import block_text
from yhdyspinta.parties.forms.inputs import BAD_DAY, DayField, typed_day

LANGUAGE_NAMES = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}
SPARE_ROWS = 2
MOST_ROWS = 60


class _Elsewhere(str):
    """Words in a language that the form does not show: they go along, and alone they do not make a row."""

    __slots__ = ()


class WordsWidget(forms.Widget):
    """An input for each language of the draft; words in other languages go along unseen."""

    template_name = "authoring/widgets/words.html"
    use_fieldset = True

    def __init__(self, languages: Sequence[str], *, long: bool = False) -> None:
        super().__init__()
        self.languages, self.long = languages, long

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        context = super().get_context(name, value, attrs)
        said = value if isinstance(value, Mapping) else {}
        context["inputs"] = [
            {
                "name": f"{name}-{language}",
                "id": f"{context['widget']['attrs'].get('id', name)}-{language}",
                "language": language,
                "label": LANGUAGE_NAMES.get(language, language),
                "value": said.get(language, ""),
            }
            for language in self.languages
        ]
        context["elsewhere"] = [
            {"name": f"{name}-{language}", "value": said[language]} for language in self._others() if said.get(language)
        ]
        context["long"] = self.long
        context["single"] = len(self.languages) == 1
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002 -- Django's signature
        """Return the words by language as they were sent."""
        others = {each: _Elsewhere(data[f"{name}-{each}"]) for each in self._others() if data.get(f"{name}-{each}")}
        return {language: data.get(f"{name}-{language}", "") for language in self.languages} | others

    def _others(self) -> list[str]:
        return [language for language in LANGUAGE_NAMES if language not in self.languages]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002 -- Django's signature
        """Tell whether no language was sent."""
        return all(f"{name}-{language}" not in data for language in self.languages)

    def id_for_label(self, id_: str) -> str:
        """Return the id of the first input, where a message leads."""
        return f"{id_}-{self.languages[0]}"


class WordsField(forms.Field):
    """The same words in the draft's languages; what is written in other languages stays, as the widget sends it."""

    def __init__(self, languages: Sequence[str], *, long: bool = False, most: int = 2000, **kwargs: Any) -> None:
        self.most = most
        super().__init__(widget=WordsWidget(languages, long=long), **kwargs)

    def clean(self, value: Any) -> dict[str, str] | None:
        """Return the words that are there by language.

        Raises:
            ValidationError: none at all where some are needed, or too many.

        """
        found = {language: " ".join(str(text).split()) for language, text in (value or {}).items() if str(text).strip()}
        if self.required and found.keys().isdisjoint(self.widget.languages):
            raise ValidationError(self.error_messages["required"], code="required")
        if any(len(text) > self.most for text in found.values()):
            raise ValidationError(_("At most %(most)s characters, please."), params={"most": self.most})
        return found or None


class _Sent(list[Any]):
    """Rows as a browser sent them."""


class RowsWidget(forms.Widget):
    """Rows of fields, and empty ones for more."""

    template_name = "authoring/widgets/rows.html"
    use_fieldset = True

    def __init__(self, fields: Mapping[str, forms.Field]) -> None:
        super().__init__()
        self.fields = fields

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        context = super().get_context(name, value, attrs)
        given = [row for row in value or [] if isinstance(row, Mapping) and not _is_empty(row)][:MOST_ROWS]
        spare: list[Mapping[str, Any]] = [{} for _spare in range(SPARE_ROWS if len(given) < MOST_ROWS else 0)]
        id_ = context["widget"]["attrs"].get("id", name)
        context["rows"] = [
            {"number": number + 1, "spare": not row, "cells": self._cells(f"{name}-{number}", f"{id_}-{number}", row)}
            for number, row in enumerate([*given, *spare])
        ]
        context["count"] = {"name": f"{name}-count", "value": len(given) + len(spare)}
        return context

    def _cells(self, name: str, id_: str, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        cells = []
        for key, field in self.fields.items():
            attrs = {"id": f"{id_}-{key}", **field.widget_attrs(field.widget)}
            shown = field.widget.render(f"{name}-{key}", field.prepare_value(row.get(key)), attrs)
            cells.append(
                {
                    "label": field.label,
                    "help": field.help_text,
                    "id": field.widget.id_for_label(attrs["id"]),
                    "html": shown,
                    "fieldset": field.widget.use_fieldset,
                    "tick": isinstance(field, forms.BooleanField),
                }
            )
        return cells

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the rows as they were sent."""
        count = str(data.get(f"{name}-count", "0"))
        rows = min(int(count), MOST_ROWS + SPARE_ROWS) if count.isdecimal() and len(count) < 4 else 0
        return _Sent(
            {
                key: field.widget.value_from_datadict(data, files, f"{name}-{number}-{key}")
                for key, field in self.fields.items()
            }
            for number in range(rows)
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002 -- Django's signature
        """Tell whether no rows were sent."""
        return f"{name}-count" not in data

    def id_for_label(self, id_: str) -> str:
        """Return the id of the first input, where a message leads."""
        key, field = next(iter(self.fields.items()))
        return str(field.widget.id_for_label(f"{id_}-0-{key}"))


class RowsField(forms.Field):
    """A list of things that have the same fields; empty rows are left out."""

    def __init__(
        self,
        fields: Mapping[str, forms.Field],
        *,
        written: Callable[[list[dict[str, Any]]], Any] = list,
        shown: Callable[[Any], list[Mapping[str, Any]]] = list,
        **kwargs: Any,
    ) -> None:
        """``written`` makes block data of the rows, ``shown`` rows of block data."""
        self.row_fields, self.written, self.shown = fields, written, shown
        super().__init__(widget=RowsWidget(fields), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show block data as rows; what was sent stays as it was sent."""
        if isinstance(value, _Sent):
            return value
        return self.shown(value) if value else []

    def clean(self, value: Any) -> Any:
        """Return the data of the rows that are not empty.

        Raises:
            ValidationError: a row with mistakes, by its number.

        """
        rows: list[dict[str, Any]] = []
        wrong: list[ValidationError] = []
        for number, sent in enumerate(value or [], start=1):
            if _is_empty(sent):
                continue
            row: dict[str, Any] = {}
            for key, field in self.row_fields.items():
                try:
                    row[key] = field.clean(sent.get(key))
                except ValidationError as error:
                    wrong += [
                        ValidationError(
                            _("Row %(row)s, %(field)s: %(message)s"),
                            params={"row": number, "field": field.label, "message": message},
                        )
                        for message in error.messages
                    ]
            rows.append({key: said for key, said in row.items() if said not in (None, "", [], False)})
        if wrong:
            raise ValidationError(wrong)
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.written(rows) if rows else None


class IdField(forms.CharField):
    """An id as files and addresses have it; its value is empty where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)
        self.widget.attrs |= {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> str:
        """Return the id.

        Raises:
            ValidationError: it is none; says what it could be.

        """
        typed = str(super().clean(value))
        if typed and slug(typed) != typed:
            raise ValidationError(
                _("An id has lower case a–z, digits and single hyphens, such as “%(id)s”."), params={"id": slug(typed)}
            )
        return typed


class YamlField(forms.CharField):
    """Plain data written as YAML: for what is too rare for fields of its own."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "class": "code", "spellcheck": "false"}))
        super().__init__(max_length=20_000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show data as YAML; what was typed stays."""
        return value if isinstance(value, str) or value is None else block_text("", value).rstrip("\n")

    def clean(self, value: Any) -> Any:
        """Return the data.

        Raises:
            ValidationError: it is no YAML that an agreement may hold.

        """
        typed = super().clean(value)
        if not typed.strip():
            return None
        read = read_plain("yaml", typed)
        if read.flaws:
            raise ValidationError([f"{flaw.line}: {flaw.message}" for flaw in read.flaws])
        return read.data


class OneLineYamlField(YamlField):
    """Conditions of evidence on one line: ``body: kuntakokous, topic: goal-review``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"class": "code", "spellcheck": "false", "size": "40"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show conditions without their outer braces."""
        if isinstance(value, str) or not value:
            return value or ""
        shown = block_text("", [value]).strip().removeprefix("- ")
        return shown.removeprefix("{").removesuffix("}") if shown.startswith("{") else f"{value}"

    def clean(self, value: Any) -> Any:
        """Return the conditions.

        Raises:
            ValidationError: they are not written as ``field: value``.

        """
        data = super().clean("{" + str(value) + "}" if str(value or "").strip() else "")
        if data is not None and not isinstance(data, dict):
            raise ValidationError(_("Write conditions as field: value, separated by commas."))
        return data


class ManyField(forms.MultipleChoiceField):
    """Several of a list; its value is a list, or None."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(choices=choices, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show one as a list of one, and none as none."""
        return [value] if isinstance(value, str) else list(value or [])

    def clean(self, value: Any) -> Any:
        """Return what was chosen."""
        return super().clean(value) or None


class OneField(forms.ChoiceField):
    """One of a list; what the block says and the list does not have is a choice too."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        if not kwargs.setdefault("required", False):
            choices = [("", _("–")), *choices]
        super().__init__(choices=choices, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a number as the text that the list has."""
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        """Return what was chosen, or None."""
        return super().clean(value) or None


class NumberField(forms.IntegerField):
    """A whole number, or None."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=most, required=kwargs.pop("required", False), **kwargs)
        self.widget.attrs["inputmode"] = "numeric"


_WORD_IN = {"fi": 1, "sv": 2, "en": 3}


class EdgeField(forms.CharField):
    """The first or last day of a window: a date, a day of every year, or a day counted from a meeting or release."""

    WORDS: Mapping[str, tuple[str, ...]] = {
        "meeting": ("meeting", "kokouspäivä", "mötesdagen", "meeting day"),
        "day before": ("day before", "kokousta edeltävä päivä", "dagen före mötet", "the day before"),
        "release": ("release", "tiedotteen päivä", "dagen för meddelandet", "release day"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text",
            _("A date (31.5.2027), a day of every year (31.5.), meeting day, the day before or release day."),
        )
        super().__init__(max_length=40, required=False, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "size": "16"}

    def prepare_value(self, value: Any) -> Any:
        """Show a day as people write it."""
        if isinstance(value, dt.date):
            return typed_day(value)
        if isinstance(value, str) and (match := re.fullmatch(r"(\d\d)-(\d\d)", value)):
            return f"{int(match[2])}.{int(match[1])}."
        words = self.WORDS.get(value) if isinstance(value, str) else None
        return words[_WORD_IN.get(get_language() or "", 0)] if words else value

    def clean(self, value: Any) -> Any:
        """Return a date, a month and day ``05-31``, or a word.

        Raises:
            ValidationError: it is none of them.

        """
        typed = " ".join(super().clean(value).split())
        if not typed:
            return None
        for word, said in self.WORDS.items():
            if typed.casefold() in said:
                return word
        if match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.?", typed):
            return _month_day(int(match[2]), int(match[1]), typed)
        return DayField(required=False).clean(typed)


def _month_day(month: int, day: int, typed: str) -> str:
    """Return a day of every year; 2023 has no 29 February, and no year is to lack the day."""
    try:
        dt.date(2023, month, day)
    except ValueError:
        raise ValidationError(BAD_DAY, code="bad-day", params={"value": typed}) from None
    return f"{month:02}-{day:02}"


def _is_empty(sent: Any) -> bool:
    """Tell whether nothing was filled in in a row."""
    if isinstance(sent, Mapping):
        return all(_is_empty(value) for value in sent.values())
    return isinstance(sent, _Elsewhere) or sent in (None, "", [], False)

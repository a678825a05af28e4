"""Form fields for the shapes of answers: a word of a list or one's own, hours, a release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.forms.inputs import DayField, typed_day
from yhdyspinta.printing.words import fold
from yhdyspinta.records.rules import MESSAGES, day_of
from yhdyspinta.records.spreadsheet.lines import plain_number

Choices = Sequence[tuple[str, Any]]
CHOOSE: tuple[str, Any] = ("", _("Choose"))


class HoursField(forms.CharField):
    """A number of hours, written 7,5 or 7.5; its value is a number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "size": "6"}

    def prepare_value(self, value: Any) -> Any:
        """Show a number with a decimal comma."""
        return str(value).replace(".", ",") if isinstance(value, float) else value

    def clean(self, value: Any) -> float | None:
        """Return the number.

        Raises:
            ValidationError: it is no number.

        """
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return plain_number(float(typed.replace(",", ".")))
        except (ValueError, OverflowError):
            raise ValidationError(str(MESSAGES["bad-hours"]) % {"value": typed}, code="bad-hours") from None


class FlagField(forms.ChoiceField):
    """Yes, no, or not known; its value is True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("Not known")), ("yes", _("yes")), ("no", _("no"))]
        super().__init__(choices=choices, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a value as its choice."""
        return {True: "yes", False: "no", None: ""}[value] if value is None or isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        """Return the value."""
        return {"yes": True, "no": False}.get(super().clean(value))


class _Sent(list[Any]):
    """What a browser sent for a field of several parts."""


class WordWidget(forms.MultiWidget):
    """A list of known words and a place for another."""

    template_name = "records/widgets/word.html"

    def __init__(self, choices: Choices, *, several: bool) -> None:
        known = (forms.CheckboxSelectMultiple if several else forms.Select)(choices=choices)
        self.several = several
        self.known = [word for word, _label in choices if word]
        super().__init__({"known": known, "own": forms.TextInput(attrs={"maxlength": "80"})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Show what was sent as it was sent, and any other value put apart: a list of words is no list of parts."""
        return super().get_context(name, value if isinstance(value, _Sent) else self.decompress(value), attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the parts as they were sent."""
        return _Sent(super().value_from_datadict(data, files, name))

    def decompress(self, value: Any) -> list[Any]:
        """Put a value apart into what the list knows and what it does not."""
        words = value if isinstance(value, list) else [value] if value else []
        known = [word for word in words if word in self.known]
        own = "; ".join(word for word in words if word not in self.known)
        return [known, own] if self.several else [known[0] if known else "", own]

    def id_for_label(self, id_: str) -> str:
        """Return the id of the list, where a message leads."""
        return f"{id_}_known"


class WordField(forms.MultiValueField):
    """A word of an open list: one the list knows, or another that somebody writes."""

    widget: Any

    def __init__(self, choices: Choices, *, several: bool = False, required: bool = True, **kwargs: Any) -> None:
        listed = choices if several else [CHOOSE, *choices]
        known: forms.Field = (
            forms.MultipleChoiceField(choices=choices, required=False)
            if several
            else forms.ChoiceField(choices=listed, required=False)
        )
        self.several = several
        self.known = dict(choices)
        super().__init__(
            fields=(known, forms.CharField(required=False, max_length=80)),
            require_all_fields=False,
            required=required,
            widget=WordWidget(listed, several=several),
            **kwargs,
        )

    def compress(self, data_list: Sequence[Any]) -> Any:
        """Return the word, or the words where several may be given.

        Raises:
            ValidationError: one is chosen and another written where one is asked for.

        """
        known, own = data_list or ([], "")
        written = [self._as_known(word) for word in (own or "").split(";") if word.strip()]
        if self.several:
            return list(dict.fromkeys([*known, *written]))
        if known and written and written != [known]:
            raise ValidationError(_("Choose from the list or write your own, not both."), code="both")
        return known or (self._as_known(own) if own else "")

    def _as_known(self, word: str) -> str:
        """Return the listed word that somebody wrote out, or what was written."""
        by_label = {fold(str(label)): known for known, label in self.known.items()}
        return by_label.get(fold(word), word.strip())


class ReleaseWidget(forms.MultiWidget):
    """The body and the day of the meeting that a release is about."""

    template_name = "records/widgets/release.html"

    def __init__(self, choices: Choices) -> None:
        day = forms.TextInput(attrs={"autocomplete": "off", "size": "12"})
        super().__init__({"body": forms.Select(choices=choices), "day": day})

    def decompress(self, value: Any) -> list[Any]:
        """Put a release's id apart."""
        body, _at, day = str(value or "").partition("@")
        return [body, typed_day(day_of(day)) or day]

    def id_for_label(self, id_: str) -> str:
        """Return the id of the body, where a message leads."""
        return f"{id_}_body"


class ReleaseField(forms.MultiValueField):
    """A release, named by its body and meeting day; its value is ``body@2024-06-01``."""

    widget: Any

    def __init__(self, choices: Choices, **kwargs: Any) -> None:
        listed = [CHOOSE, *choices]
        fields = (forms.ChoiceField(choices=listed), DayField())
        super().__init__(fields=fields, widget=ReleaseWidget(listed), **kwargs)

    def compress(self, data_list: Sequence[Any]) -> str:
        """Return the release's id."""
        return f"{data_list[0]}@{data_list[1].isoformat()}" if data_list else ""


def one_of(choices: Choices, **kwargs: Any) -> forms.ChoiceField:
    """Return a list to choose one thing from."""
    return forms.ChoiceField(choices=[CHOOSE, *choices], **kwargs)


def some_of(choices: Choices, **kwargs: Any) -> forms.MultipleChoiceField:
    """Return boxes to tick."""
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)


def grouped(groups: Iterable[tuple[str, Choices]], **kwargs: Any) -> forms.ChoiceField:
    """Return a list to choose one thing from, its choices under headings."""
    return forms.ChoiceField(choices=[CHOOSE, *((heading, list(choices)) for heading, choices in groups)], **kwargs)

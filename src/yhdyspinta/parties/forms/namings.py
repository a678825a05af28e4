"""Naming somebody for themes, and saying when that ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.actions.namings import Newcomer
from yhdyspinta.parties.forms.inputs import DayField
from yhdyspinta.parties.models import Person, Post

NEW = "new"
Choices = Iterable[tuple[str, str]]
BAD_HOURS = _("Write the hours of a week, for example 7.5: more than 0, at most 80.")


class HoursField(forms.CharField):
    """Hours of a week, written 7,5 or 7.5; at most one decimal. Its value is a ``Decimal``."""

    def __init__(self, **kwargs: Any) -> None:
        """Show what an answer looks like."""
        super().__init__(max_length=10, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "size": "6"}

    def clean(self, value: Any) -> Decimal | None:
        """Return the hours.

        Raises:
            ValidationError: it is no number of hours.

        """
        typed = super().clean(value)
        if not typed:
            return None
        try:
            hours = Decimal(typed.replace(",", ".").replace("−", "-"))
        except InvalidOperation:
            raise ValidationError(BAD_HOURS) from None
        if not hours.is_finite() or not 0 < hours <= 80:
            raise ValidationError(BAD_HOURS)
        if hours != round(hours, 1):
            raise ValidationError(_("Write the hours with one decimal at most, for example 7.5."))
        return round(hours, 1)


class NameForm(forms.Form):
    """Who is named for which themes. ``holder`` is one of the people or posts offered, or somebody new."""

    use_required_attribute = False
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one theme.")},
    )
    holder = forms.ChoiceField(
        label=_("Who"),
        help_text=_("A person, or a post: then whoever holds the post is named, and who comes after follows."),
        error_messages={"required": _("Choose who is named.")},
    )
    agreed = forms.CharField(
        label=_("What the parties have agreed"),
        required=False,
        max_length=300,
        help_text=_(
            "Only for the other party's person: for example “decision of the county director 12.11.2026, 48 §”."
        ),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    hours_per_week = HoursField(label=_("Hours per week"), required=False)
    first_day = DayField(label=_("First day"), error_messages={"required": _("Say from which day.")})
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave empty when the end is not known."))
    basis = forms.CharField(
        label=_("Decision"),
        required=False,
        max_length=300,
        help_text=_("The decision it rests on, for example “Municipal director 3.11.2026, 21 §”. Public; no names."),
    )

    def __init__(
        self,
        people: Sequence[Person],
        posts: Sequence[Post],
        others: Sequence[Person],
        themes: Choices,
        *args: Any,
        asks_hours: bool = False,
        **kwargs: Any,
    ) -> None:
        """Offer a party's own people and posts, another's people where that was chosen, and these themes."""
        super().__init__(*args, **kwargs)
        self.addressed = [person.pk for person in people if person.email]
        """Whose addresses the choices show: one's own people, of whom two may have one name."""
        self._holders: dict[str, Person | Post] = {}
        self._holders |= {person.key: person for person in (*people, *others)}
        self._holders |= {post.key: post for post in posts}
        theme, holder = self.fields["themes"], self.fields["holder"]
        assert isinstance(theme, forms.MultipleChoiceField)
        assert isinstance(holder, forms.ChoiceField)
        theme.choices = list(themes)
        holder.choices = [
            ("", _("Choose …")),
            (NEW, _("Somebody new, whom I add now")),
            (_("Our people"), [(each.key, _called(each)) for each in people]),
            (_("Our posts"), [(each.key, str(each)) for each in posts]),
        ]
        if others:
            holder.choices = [*holder.choices, (str(others[0].organisation), [(e.key, e.name) for e in others])]
        else:
            del self.fields["agreed"]
        if asks_hours:
            self.fields["hours_per_week"].help_text = _(
                "For example 7.5. The commitment counts as kept only when the time is said."
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a name of somebody new."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("holder") == NEW and not cleaned.get("name", "").strip() and "name" not in self.errors:
            self.add_error("name", ValidationError(_("Write the name of who is named.")))
        return cleaned

    @property
    def chosen(self) -> Person | Post | Newcomer:
        """Who is named, once the form is valid."""
        said = self.cleaned_data
        if said["holder"] == NEW:
            return Newcomer(said["name"], said["email"], said["phone"])
        return self._holders[said["holder"]]


class EndForm(forms.Form):
    """The last day of a naming."""

    use_required_attribute = False
    last_day = DayField(
        label=_("Last day"),
        help_text=_("For example 31.12.2026. The day itself still counts; a day to come ends nothing yet."),
        error_messages={"required": _("Say which day is the last.")},
    )


def _called(person: Person) -> str:
    return f"{person.name} ({person.email})" if person.email else person.name

"""The forms about posts and who holds them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdyspinta.parties.forms.inputs import DayField
from yhdyspinta.parties.forms.people import TEXT
from yhdyspinta.parties.models import Person, Post, Tenure
from yhdyspinta.parties.post_kinds import post_kinds

NOBODY = "0"


class PostForm(forms.Form):
    """What post an organisation has."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Kind of post"), error_messages=TEXT)
    title = forms.CharField(
        label=pgettext_lazy("of a post", "Title"),
        max_length=200,
        required=False,
        help_text=_("What the post is called with you, where that differs from the kind: “director of wellbeing”."),
    )
    email = forms.EmailField(
        label=_("E-mail of the post"),
        max_length=254,
        required=False,
        help_text=_("An address that stays when the holder changes, where there is one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds of this installation."""
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", _("Choose")), *((each.id, each.name) for each in post_kinds().values())]


class HandOverForm(forms.Form):
    """Who holds a post from a day on."""

    use_required_attribute = False
    person = forms.ChoiceField(label=_("Who holds the post then?"), error_messages=TEXT)
    first_day = DayField(
        label=_("First day"),
        error_messages=TEXT,
        help_text=_("The holder before has the day before as the last one. May be in the past or to come."),
    )
    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Leave empty when it is not known, as it mostly is not.")
    )
    basis = forms.CharField(
        label=_("Decision"), max_length=300, required=False, help_text=_("For example: council 12.6.2025 § 34.")
    )

    def __init__(self, post: Post, people: Iterable[Person], *args: Any, **kwargs: Any) -> None:
        """Offer the organisation's people, and nobody where somebody holds the post."""
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)
        nobody = [(NOBODY, _("Nobody: the post is left open"))] if post.tenures.exists() else []
        person.choices = [("", _("Choose")), *((key, each.name) for key, each in self.people.items()), *nobody]

    @property
    def chosen(self) -> Person | None:
        """Who holds the post then; None leaves it open."""
        return self.people.get(self.cleaned_data["person"])

    @property
    def days(self) -> tuple[date, date | None]:
        """From when to when."""
        return self.cleaned_data["first_day"], self.cleaned_data["last_day"]


class LastDayForm(forms.Form):
    """The last day of something: of a tenure, of a post, of administering."""

    use_required_attribute = False
    last_day = DayField(
        label=_("Last day"),
        error_messages=TEXT,
        help_text=_("May be in the past or to come. It holds to the end of that day."),
    )

    @classmethod
    def of(cls, tenure: Tenure, data: Any) -> LastDayForm:
        """Return the form of a tenure, with the last day that was said before."""
        return cls(data, initial={"last_day": tenure.valid_to})

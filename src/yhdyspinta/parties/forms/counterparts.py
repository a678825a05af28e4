"""What the list of counterparts is filtered by. The words stand in the address bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.forms.inputs import DayField
from yhdyspinta.parties.models import Naming

ROLES = {"": str(Naming.Role.COUNTERPART), "koordinaatio": str(Naming.Role.COORDINATOR)}
"""What ``?rooli=`` may say; nothing is the counterparts."""

Choices = Iterable[tuple[str, str]]


class FilterForm(forms.Form):
    """Which of the counterparts somebody looks for, and on which day."""

    rooli = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("Counterparts")), ("koordinaatio", _("Coordination staff"))]
    )
    osapuoli = forms.ChoiceField(label=_("Party"), required=False)
    teema = forms.ChoiceField(label=_("Theme"), required=False)
    haku = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    pvm = DayField(label=_("Situation on"), required=False, help_text="")

    def __init__(self, parties: Choices, themes: Choices, data: Mapping[str, Any] | None = None) -> None:
        """Offer these parties and themes."""
        super().__init__(data, auto_id="filter-%s")
        for name, offered in (("osapuoli", parties), ("teema", themes)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *offered]

    def said(self, name: str) -> Any:
        """Return what is filtered by, or nothing where what was written cannot be understood."""
        self.is_valid()
        return self.cleaned_data.get(name)

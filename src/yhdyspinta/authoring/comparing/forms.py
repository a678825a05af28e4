"""Which two texts are compared, and for whom: read from the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement import Charter
from yhdyspinta.agreement.compare import Comparison, compare
from yhdyspinta.authoring.comparing.sources import charter_by_key, comparable, day_of, whole_key


class ComparisonForm(forms.Form):
    """Two texts, a party of either, and whether what stays the same is left out."""

    ennen = forms.CharField(label=_("Before"), widget=forms.Select)
    jalkeen = forms.CharField(label=_("After"), widget=forms.Select)
    osapuoli = forms.CharField(label=_("Party"), widget=forms.Select, required=False)
    vain = forms.BooleanField(label=_("Only what changes"), required=False)

    def __init__(self, asked: QueryDict, user: Any) -> None:
        """Take what the address says; an agreement named alone is its text in force now."""
        self.user = user
        self.choices = comparable(user)
        self.charters: dict[str, Charter] = {}
        self.comparison: Comparison | None = None
        data = asked.copy()
        for name in ("ennen", "jalkeen"):
            if name in data:
                data[name] = whole_key(asked.get(name, ""), self.choices)
        super().__init__(data if "ennen" in data or "jalkeen" in data else None, auto_id="%s")
        for name in ("ennen", "jalkeen"):
            self._widget(name).choices = [("", gettext("– choose –")), *self.choices]
        self._widget("osapuoli").choices = [("", gettext("all parties"))]

    def clean_ennen(self) -> str:
        """Refuse a text that is not there, or is not for this user."""
        return self._known("ennen")

    def clean_jalkeen(self) -> str:
        """As ``clean_ennen``."""
        return self._known("jalkeen")

    def clean(self) -> dict[str, Any]:
        """Compare the two, and refuse a party that neither of them names."""
        said = super().clean() or self.cleaned_data
        if "ennen" in said and "jalkeen" in said:
            first, second = self.charters["ennen"], self.charters["jalkeen"]
            self.comparison = compare(first, second, day_of(said["jalkeen"]))
            language = get_language() or second.language
            pairs = self.comparison.party_pairs
            self._widget("osapuoli").choices = [
                ("", gettext("all parties")), *((pair.one.id, pair.one.name.get(language)) for pair in pairs)
            ]  # fmt: skip
            party = said.get("osapuoli")
            if party and not any(pair.goes_by(party) for pair in pairs):
                self.add_error("osapuoli", gettext("Neither text has this party. Choose one from the list."))
        return said

    def label_of(self, name: str) -> str:
        """Return what people call the text that a field names."""
        return dict(self.choices)[self.cleaned_data[name]]

    def _known(self, name: str) -> str:
        key: str = self.cleaned_data[name]
        if key not in dict(self.choices):
            raise forms.ValidationError(gettext("There is no such text. Choose one from the list."))
        charter = charter_by_key(self.user, key)
        if charter is None:
            raise forms.ValidationError(
                gettext("This draft does not pass the check yet. Mend what its check says first.")
            )
        self.charters[name] = charter
        return key

    def _widget(self, name: str) -> forms.Select:
        widget = self.fields[name].widget
        assert isinstance(widget, forms.Select)
        return widget

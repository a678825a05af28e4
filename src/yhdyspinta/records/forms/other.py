"""The smaller forms: why something is withdrawn, what a party remarks, which file is brought in, what a list shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.forms.inputs import DayField
from yhdyspinta.records.kinds import KINDS, Field, Shape
from yhdyspinta.records.models.remark import LONGEST
from yhdyspinta.records.rules import MESSAGES
from yhdyspinta.records.words import Names


class _Words(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(widget=forms.Textarea(attrs={"rows": "5"}), **kwargs)
        self.error_messages["required"] = MESSAGES["missing"]


class WithdrawForm(forms.Form):
    """Why a record is withdrawn."""

    use_required_attribute = False
    reason = _Words(label=_("Reason"), max_length=500, help_text=_("Shown to the parties beside the withdrawn record."))


class RemarkForm(forms.Form):
    """What a party says beside its mark."""

    use_required_attribute = False
    text = _Words(label=_("Remark"), help_text=_("At most 1,000 characters. Everyone who sees the mark sees it."))


class CorrectionRequestForm(forms.Form):
    """What a party wants corrected in a record about it."""

    use_required_attribute = False
    party = forms.ChoiceField(label=_("Party"))
    text = _Words(label=_("What should be corrected"), help_text=_("At most 1,000 characters."))

    def __init__(self, parties: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Offer the parties for which this person may ask."""
        super().__init__(*args, **kwargs)
        party = self.fields["party"]
        assert isinstance(party, forms.ChoiceField)
        party.choices = parties
        if len(parties) == 1:
            party.widget = forms.HiddenInput()
            party.initial = parties[0][0]


class AnswerForm(forms.Form):
    """What is answered to a request for correction."""

    use_required_attribute = False
    text = _Words(label=_("Answer"), help_text=_("At most 1,000 characters."))


class UploadForm(forms.Form):
    """The file of a history, and for which party it is brought in."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("File"), help_text=_("Spreadsheet (.xlsx), CSV or JSON Lines, at most 5 MB and 20,000 rows.")
    )
    party = forms.ChoiceField(label=_("Brought in for"), required=False)

    def __init__(self, parties: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Offer the parties for which this person acts; the installation's administrator acts for none."""
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages["required"] = str(_("Choose a file."))
        party = self.fields["party"]
        assert isinstance(party, forms.ChoiceField)
        if len(parties) > 1:
            party.choices = parties
        else:
            del self.fields["party"]


_STANDINGS = [
    ("peruttu", _("withdrawn")),
    ("kaikki", _("all, with their history")),
    ("pyynto", _("correction asked")),
]


class FilterForm(forms.Form):
    """What a list of records shows; its fields stand in the address bar in Finnish, whatever the language."""

    use_required_attribute = False
    laji = forms.ChoiceField(label=_("Event"), required=False)
    sitoumus = forms.ChoiceField(label=_("Commitment"), required=False)
    osapuoli = forms.ChoiceField(label=_("Party"), required=False)
    elin = forms.ChoiceField(label=_("Body or group"), required=False)
    alkaen = DayField(label=_("From"), required=False, help_text="")
    asti = DayField(label=_("Until"), required=False, help_text="")
    tila = forms.ChoiceField(label=_("Shown"), required=False)

    def __init__(self, data: Any, names: Names, *, public: bool) -> None:
        """Offer what this agreement has."""
        super().__init__(data)
        everything = [("", _("All"))]
        offered: dict[str, list[Any]] = {
            "laji": [(kind.name, kind.label) for kind in KINDS.values() if kind.name != "withdrawn"],
            "sitoumus": names.choices(Field("duty", Shape.DUTY, _("Commitment"))),
            "osapuoli": names.choices(Field("party", Shape.PARTY, _("Party"))),
            "elin": names.choices(Field("body", Shape.BODY, _("Body or group"))),
            "tila": _STANDINGS,
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*everything, *choices]
        self.fields["tila"].choices = [("", _("in force")), *_STANDINGS]  # type: ignore[attr-defined]
        if public:
            del self.fields["tila"]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("alkaen"), cleaned.get("asti")
        if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
            self.add_error("asti", ValidationError(str(MESSAGES["until-before-from"])))
        return cleaned

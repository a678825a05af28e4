"""The decision that something rests on, as every room's forms ask for it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement import today
from yhdyspinta.journal.decided import Decision
from yhdyspinta.parties.forms.inputs import DayField


class DecisionForm(forms.Form):
    """Organ, day, section and register number of a decision; its day cannot be still to come."""

    use_required_attribute = False
    dated: ClassVar[bool] = False
    """Whether the day must be said."""

    organ = forms.CharField(
        label=_("Organ that decided"), max_length=120, required=False, help_text=_("For example kunnanhallitus.")
    )
    decided = DayField(
        label=_("Date of the decision"),
        required=False,
        error_messages={"required": _("Say on which day it was decided.")},
    )
    section = forms.CharField(label=_("Section (§)"), max_length=40, required=False)
    register = forms.CharField(
        label=_("Register number"), max_length=80, required=False, help_text=_("As your own case system writes it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the day where it must be said."""
        super().__init__(*args, **kwargs)
        self.fields["decided"].required = self.dated

    def clean_decided(self) -> dt.date | None:
        """Refuse a decision of tomorrow."""
        decided: dt.date | None = self.cleaned_data["decided"]
        if decided and decided > today():
            raise ValidationError(_("This day is still to come."), code="future-day")
        return decided

    @property
    def decision(self) -> Decision:
        """The decision, once the form is valid."""
        said = self.cleaned_data
        return Decision(said["organ"], said["decided"], said["section"], said["register"])

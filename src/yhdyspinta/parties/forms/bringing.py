"""The form that takes a table of people and posts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PeopleFileForm(forms.Form):
    """The file."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("File"),
        help_text=_("Spreadsheet (.xlsx) or CSV, at most 5 MB and 1,000 rows."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

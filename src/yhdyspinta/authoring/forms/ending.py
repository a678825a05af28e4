"""Small forms of a draft: its name, its writers, its files, loading it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yhdyspinta.authoring.actions.editing import MOST_BYTES
from yhdyspinta.authoring.forms.fields import LANGUAGE_NAMES
from yhdyspinta.parties.forms.inputs import DayField


class SeveralFiles(forms.ClearableFileInput):
    """A place for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; its value is a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFiles(attrs={"accept": ".md,.zip", "multiple": True}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files.

        Raises:
            ValidationError: none, an empty one, or one that is too large.

        """
        given = data if isinstance(data, list) else [data]
        files = [super(FilesField, self).clean(each, initial) for each in given]
        if any(each.size > MOST_BYTES for each in files):
            raise ValidationError(
                _("A file of an agreement is at most %(most)s MB."), params={"most": MOST_BYTES // 1024 // 1024}
            )
        return files


class NameForm(forms.Form):
    """What a draft is called."""

    name = forms.CharField(label=_("Name of the draft"), max_length=200)


class LanguageForm(forms.Form):
    """A language that the draft is to have too."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, there: Sequence[str], sent: Any = None) -> None:
        super().__init__(sent)
        left = [(code, str(name)) for code, name in LANGUAGE_NAMES.items() if code not in there]
        self.fields["language"].choices = left  # type: ignore[attr-defined] # a choice field


class BringBackForm(forms.Form):
    """Files that were edited by hand."""

    brought = FilesField(label=_("Files"), help_text=_("agreement.fi.md and its like, or a ZIP file of them."))
    base = forms.IntegerField(
        label=_("Version that you took along"),
        min_value=1,
        max_value=10_000_000,
        help_text=_("What others have changed since that version is kept."),
    )


class WriterForm(forms.Form):
    """Who else is to write."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=254,
        help_text=_("Somebody of your agreements who has an account here."),
    )


class LoadForm(forms.Form):
    """From when the text holds, and from when there are records."""

    first_day = DayField(
        label=_("The text holds from"),
        required=False,
        help_text=_(
            "Empty: from the agreement's own first day, or where it is loaded already, from the same day as before."
        ),
    )
    records_from = DayField(
        label=_("Records begin"),
        required=False,
        help_text=_("Empty: today. What was due before this day is shown as “no records from this time”."),
    )
    public = forms.BooleanField(
        label=_("Everybody may download the original file"),
        required=False,
        help_text=_(
            "A Word file may hold comments, tracked changes, hidden text and names of its writers. Otherwise only the "
            "parties may have it."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10_000_000)

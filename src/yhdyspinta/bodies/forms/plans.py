"""The forms of a body's action plan and rules: written or given as a file, and adopted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yhdyspinta.papers.actions import forget_file, keep_file
from yhdyspinta.papers.models import File
from yhdyspinta.parties.forms.inputs import DayField

_SALT = "bodies.kept-file"
_KEPT_FOR = 24 * 3600
_KINDS = (File.MediaType.PDF, File.MediaType.DOCX, File.MediaType.ODT)


class PlanForm(forms.Form):
    """The text of a plan or of rules, or a file, or both. A file that is in order is kept at once.

    So a mistake elsewhere, or somebody who was quicker, does not lose it: the form that comes back carries its signed
    name, for this person and this body alone.
    """

    use_required_attribute = False
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": "18"}),
        help_text=_("Plain text; an empty line begins a new paragraph."),
    )
    file = forms.FileField(label=_("File"), required=False, help_text=_("PDF, DOCX or ODT, at most 20 MB."))
    kept_file = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        whose: str,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """``whose`` says for which account and paper a kept file is."""
        self._whose = whose
        super().__init__(data, files, **kwargs)  # type: ignore[arg-type] # what a request carries
        self.kept = self._kept_before() if data is not None else None

    def clean_file(self) -> File | None:
        """Keep a file that is in order.

        Raises:
            ValidationError: it is not of a kind that papers of a body are.

        """
        uploaded = self.cleaned_data["file"]
        if uploaded:
            kept = keep_file(uploaded)
            if kept.media_type not in _KINDS:
                forget_file(kept)
                raise ValidationError(gettext("The file is a picture. Give it as a PDF, DOCX or ODT file."))
            self.kept = kept
        return self.kept

    @property
    def kept_now(self) -> str:
        """The signed name of the file kept so far, for the page that comes back."""
        return signing.dumps([self.kept.pk, self._whose], salt=_SALT) if self.kept else ""

    def _kept_before(self) -> File | None:
        """Return the file that an earlier try of the same person kept for the same paper."""
        try:
            number, whose = signing.loads(str(self.data.get("kept_file", "")), salt=_SALT, max_age=_KEPT_FOR)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return File.objects.filter(pk=number).first() if whose == self._whose else None


class AdoptForm(forms.Form):
    """On which day a body adopted a version, and where."""

    use_required_attribute = False
    on = DayField(label=_("Day of adoption"), error_messages={"required": _("Say on which day it was adopted.")})
    where = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=300,
        help_text=_("For example “meeting 2/2025, § 4”. It is public; name no people."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

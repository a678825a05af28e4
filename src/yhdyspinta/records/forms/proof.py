"""Where a record rests: reference, link, note and file, and the token that makes a form sent twice one record."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from yhdyspinta.papers.actions import keep_file
from yhdyspinta.papers.models import File
from yhdyspinta.parties.forms.decision import DecisionForm
from yhdyspinta.records.actions import Proof
from yhdyspinta.records.models import Record

_SALT = "records.kept-file"
_KEPT_FOR = 24 * 3600


class ProofForm(DecisionForm):
    """Where a record rests. A file that is in order is kept at once, so that a mistake elsewhere does not lose it."""

    text = forms.CharField(label=_("Other reference"), max_length=300, required=False)
    link = forms.CharField(
        label=_("Link"),
        max_length=1000,
        required=False,
        help_text=_("Address of the minutes or the decision, beginning with https://. It is public."),
    )
    note = forms.CharField(
        label=_("Note to the parties"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("Shown to the parties, not to the public."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, DOCX, ODT, PNG or JPEG, at most 20 MB. Shown to the parties."),
    )
    file_public = forms.BooleanField(label=_("The file may be shown to everyone"), required=False)
    drop_file = forms.BooleanField(label=_("Remove the file"), required=False)
    kept_file = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        person: int | None = None,
        record: Record | None = None,
        may_keep_file: bool = False,
    ) -> None:
        """Begin with a new token, or with what the record to be corrected says.

        Its file goes along where the person may change the record (``may_keep_file``), and to that record alone.
        """
        initial: dict[str, Any] = {"token": uuid.uuid4()}
        self.person = person
        self.line = record.line if record else None
        self.kept: File | None = None
        if record is not None:
            initial |= {name: getattr(record, name) for name in _SHARED}
            self.kept = record.file if may_keep_file else None
        super().__init__(data, files, initial=initial)
        if data is not None:
            self.kept = self._kept_before()

    @property
    def proof(self) -> Proof:
        """Return what was filled in. Ask only when the form is valid."""
        told = {name: self.cleaned_data[name] for name in _SHARED}
        return Proof(**told, file=self.kept)

    def clean_link(self) -> str:
        """Refuse what is no whole address of the web."""
        link: str = self.cleaned_data["link"]
        if link:
            try:
                URLValidator(["http", "https"])(link)
            except ValidationError:
                raise ValidationError(_("Write the whole address, beginning with https:// or http://.")) from None
        return link

    def clean_file(self) -> File | None:
        """Keep a file that is in order."""
        uploaded = self.cleaned_data["file"]
        if uploaded:
            self.kept = keep_file(uploaded)
        return self.kept

    def clean_drop_file(self) -> bool:
        """Leave out the file that was kept before, where that is asked and no new one is given."""
        drop = bool(self.cleaned_data["drop_file"])
        if drop and not self.files.get("file"):
            self.kept = None
        return drop

    def renew_token(self) -> None:
        """Take another token for the form that comes back: somebody else's form had this one."""
        self.data = {**self.data.dict(), "token": str(uuid.uuid4())}  # type: ignore[attr-defined]

    def kept_now(self) -> str:
        """Return the signed name of the file kept so far, for the page that comes back."""
        return self._signed(self.kept) if self.kept else ""

    def _signed(self, file: File) -> str:
        return signing.dumps([file.pk, self.person, self.line], salt=_SALT)

    def _kept_before(self) -> File | None:
        """Return the file that an earlier try of this same person kept for the same record, if the form carries one."""
        try:
            number, *whose = signing.loads(str(self.data.get("kept_file", "")), salt=_SALT, max_age=_KEPT_FOR)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return File.objects.filter(pk=number).first() if whose == [self.person, self.line] else None


_SHARED = ("organ", "decided", "section", "register", "text", "link", "note", "file_public")

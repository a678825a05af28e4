"""Fields that the forms of the room share: an hour of a day, lines, several files at once."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement.days import HELSINKI
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.papers.models import File

MOST_FILES = 20
"""How many files go with one request or one answer."""

_HOUR = re.compile(r"^(\d{1,2})(?:[.:](\d{2}))?$")


class HourField(forms.CharField):
    """An hour, written 16, 16.00 or 16:00; its value is a ``time``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=5, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "size": "6"}

    def prepare_value(self, value: Any) -> Any:
        """Show an hour as people write it; what was typed stays as it was typed."""
        return f"{value.hour}.{value.minute:02}" if isinstance(value, dt.time) else value

    def clean(self, value: Any) -> dt.time | None:
        """Return the hour.

        Raises:
            ValidationError: it is no hour of a day.

        """
        typed = super().clean(value)
        if not typed:
            return None
        found = _HOUR.match(typed.strip())
        try:
            return dt.time(int(found[1]), int(found[2] or 0)) if found else self._refuse(typed)
        except ValueError:
            return self._refuse(typed)

    @staticmethod
    def _refuse(typed: str) -> dt.time:
        raise ValidationError(_("“%(value)s” is no hour. Write it as 16.00."), code="bad-hour", params={"value": typed})


def moment_of(day: dt.date, hour: dt.time) -> dt.datetime:
    """Return the moment of a day and an hour in Finland."""
    return dt.datetime.combine(day, hour, HELSINKI)


def lines_of(typed: str) -> tuple[str, ...]:
    """Return what was typed line by line; a number in front of a line is the writer's own, and left out."""
    lines = (re.sub(r"^\s*\d{1,2}[.)]\s+", "", line).strip() for line in typed.splitlines())
    return tuple(line for line in lines if line)


class SeveralFiles(forms.ClearableFileInput):
    """An input for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each that is in order is kept at once. Its value is a list of kept files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        """Keep the files.

        Raises:
            ValidationError: one of them is none that is taken in; says which, and why.

        """
        uploads = data if isinstance(data, (list, tuple)) else [data]
        if len(uploads) > MOST_FILES:  # before any of them is kept
            raise ValidationError(_("At most %(most)s attachments."), params={"most": MOST_FILES})
        kept, wrong = [], []
        for upload in uploads:
            if not isinstance(upload, UploadedFile):
                continue
            try:
                kept.append(keep_file(super().clean(upload, initial)))
            except ValidationError as error:
                wrong += [f"{upload.name}: {message}" for message in error.messages]
        if wrong:
            raise ValidationError(wrong)
        return kept

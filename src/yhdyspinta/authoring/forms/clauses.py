"""Forms that take clauses apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement.manuscript.sections import plain_lines

_SHOWN = 120


class SplitForm(forms.Form):
    """Where a new clause begins, and what it is called."""

    title = forms.CharField(label=_("Title of the new clause"), max_length=300)
    at = forms.ChoiceField(label=_("It begins with the paragraph"), widget=forms.RadioSelect)

    def __init__(self, paragraphs: Sequence[str], sent: Any = None) -> None:
        super().__init__(sent)
        self.fields["at"].choices = [  # type: ignore[attr-defined] # a choice field
            (str(number), _shortened(text)) for number, text in enumerate(paragraphs) if number
        ]


def _shortened(text: str) -> str:
    line = " ".join(plain_lines(text).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rsplit(' ', 1)[0]} …"

"""What the templates of drafts ask of forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms, template
from django.forms import BoundField

register = template.Library()


@register.filter
def at(said: Mapping[str, Sequence[str]] | str, name: str) -> Sequence[str]:
    """Return what the check says at a field."""
    return said.get(name, ()) if isinstance(said, Mapping) else ()


@register.filter
def is_tick(field: BoundField) -> bool:
    """Tell whether a field is a single box to tick."""
    return isinstance(field.field, forms.BooleanField)

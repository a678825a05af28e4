"""What the templates of the requests ask for."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.text import capfirst

register = template.Library()


@register.simple_tag
def name_in(names: Mapping[str, str], id_: str) -> str:
    """Return what something is called, by its id; what has no name is called by its id."""
    return str(capfirst(names.get(id_, id_)))

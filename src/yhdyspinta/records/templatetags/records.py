"""What the room's templates ask of its forms."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm

register = template.Library()


@register.simple_tag
def mistaken(filled: Any) -> list[BaseForm]:
    """Return the forms of one event: a form for each fact, and one for where it rests."""
    return [*filled.facts, filled.proof]

"""What every room's templates ask of forms: each mistake with where it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.forms import BaseForm

register = template.Library()


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the field's name in words, the message, and the id of what to go to."""

    label: str
    message: str
    target: str


@register.simple_tag
def mistakes_of(forms: Iterable[BaseForm]) -> list[Mistake]:
    """Return every mistake of the forms, in the order of their fields."""
    return [mistake for form in forms if form.is_bound for mistake in _mistakes(form)]


@register.simple_tag
def one_form(form: BaseForm) -> list[BaseForm]:
    """Return a form as the list that the summary of mistakes takes."""
    return [form]


def _mistakes(form: BaseForm) -> Iterable[Mistake]:
    for message in form.non_field_errors():
        yield Mistake("", str(message), "")
    for bound in form:
        for message in bound.errors:
            target = bound.auto_id if bound.use_fieldset else bound.id_for_label
            yield Mistake(str(bound.label), str(message), target or "")

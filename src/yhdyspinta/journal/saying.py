"""What ``agreement/`` says of a text, in the language of whoever reads it."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext

from yhdyspinta.agreement.saying import Said


def in_words(said: str) -> str:
    """Return what is said in the language that is active; words that are not ``Said`` stay as they are."""
    if not isinstance(said, Said):
        return said
    template = pgettext(said.context, said.template) if said.context else gettext(said.template)
    params = {name: in_words(value) if isinstance(value, Said) else value for name, value in said.params.items()}
    return template % params if params else template

"""Words as people write them: compared without care for letter case, understood in every language of the product."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def fold(text: str) -> str:
    """Return the text as names are compared: any white space is one space, letter case does not matter."""
    return " ".join(text.split()).casefold()


def languages() -> tuple[str, ...]:
    """Return the codes of the product's languages."""
    return tuple(code for code, _name in settings.LANGUAGES)


@functools.cache
def in_every_language(label: _StrPromise | str) -> tuple[str, ...]:
    """Return a label in each of the product's languages, in the order of the settings."""
    texts = []
    for code in languages():
        with translation.override(code):
            texts.append(str(label))
    return tuple(dict.fromkeys(texts))

"""What the program says of a text: in English here, in the reader's language where a page shows it.

The agreement's rooms know no language of a page. They say a template and what goes into it, and a room above puts the
template into words (``journal.saying.in_words``). ``tools/translations.py`` collects templates by the names here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self


class Said(str):
    """A sentence or word in English, which knows the template and the parameters that it was made of.

    ``Said("the id `%(id)s` is used", id="a")``. Parameters that are words themselves are ``Said`` too. ``context``
    tells a short word from the same word elsewhere.
    """

    __slots__ = ("context", "params", "template")

    template: str
    params: Mapping[str, Said | int | str]
    context: str

    def __new__(cls, template: str, /, **params: Any) -> Self:
        """Put the parameters into the template."""
        shown = {name: _shown(value) for name, value in params.items()}
        said = super().__new__(cls, template % shown if shown else template)
        said.template = template
        said.params = shown
        said.context = ""
        return said

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle the template with its parameters."""
        return _again, (self.context, self.template, dict(self.params))


def _shown(value: Any) -> Said | int | str:
    """Return a parameter as it can be shown: half a character, which an escape can write, becomes a question mark."""
    return value if isinstance(value, Said | int) else str(value).encode("utf-8", "replace").decode()


def said_in(context: str, template: str, /, **params: Any) -> Said:
    """Return words that mean what they do in a context only."""
    said = Said(template, **params)
    said.context = context
    return said


def _again(context: str, template: str, params: Mapping[str, Any]) -> Said:
    return said_in(context, template, **params)


class SaidError(ValueError):
    """A value that cannot stand where it does, in words that can be said in every language of the pages."""

    def __init__(self, said: Said) -> None:
        """Keep what is said."""
        self.said = said
        super().__init__(said)

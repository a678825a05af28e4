"""The words of a message: two text templates, filled in the recipient's language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from django.template.backends.django import DjangoTemplates
from django.utils import translation

_SUBJECT_LENGTH = 250
_LAYOUT = frozenset("\n\t")


class MissingVariable(LookupError):
    """A template names what the message was not given: a mistake of the program, not a text with a gap in it."""


class Words(NamedTuple):
    """What a message says."""

    subject: str
    text: str


class _Strict(str):
    """Django fills this with the name of a variable that is missing; here that ends the rendering."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise MissingVariable(f"the message was given no `{name}`")


def render(template: str, context: Mapping[str, Any], language: str) -> Words:
    """Fill ``mail/<template>.subject.txt`` and ``mail/<template>.txt``, and say at the end who sends it.

    Nothing is escaped, since it is plain text. White space in the subject becomes single spaces, and signs that cannot
    be seen are left out: no name can break out of its line.

    Raises:
        TemplateDoesNotExist: there is no such message.
        MissingVariable: a template shows what the context does not have.

    """
    given = dict(context)
    with translation.override(language):
        subject = _filled(f"mail/{template}.subject.txt", given)
        text = _filled(f"mail/{template}.txt", given)
        sender = _filled("mail/_sender.txt", given)
    return Words(one_line(subject)[:_SUBJECT_LENGTH], f"{_paragraphs(text)}\n\n{_paragraphs(sender)}\n")


def one_line(words: str) -> str:
    """Return words as one line of signs that can be seen."""
    spaced = " ".join(words.split())  # first, since a line break is a control character too
    return " ".join("".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C").split())


def _paragraphs(text: str) -> str:
    """Return a text without control characters, white space at the ends of lines, and more than one empty line."""
    kept = "".join(sign for sign in text if sign in _LAYOUT or unicodedata.category(sign) not in {"Cc", "Cs"})
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", kept, flags=re.MULTILINE)).strip()


def _filled(name: str, context: dict[str, Any]) -> str:
    return str(_engine().get_template(name).render(context))


@cache
def _engine() -> DjangoTemplates:
    """Templates of every room, as those of pages, but strict and for plain text."""
    return DjangoTemplates(
        {
            "NAME": "mail",
            "DIRS": [],
            "APP_DIRS": True,
            "OPTIONS": {"autoescape": False, "string_if_invalid": _Strict("%s")},
        }
    )

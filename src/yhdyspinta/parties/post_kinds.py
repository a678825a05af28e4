"""The kinds of posts: data in ``post_kinds.toml``, to which an installation adds its own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

OTHER = "other"


@dataclass(frozen=True, slots=True)
class PostKind:
    """A kind of post.

    ``excludes``: kinds nobody may hold beside it in the same organisation at the same time. ``is_also``: kinds whose
    seats its holder takes, where an agreement gives a seat to such a post in every organisation.
    """

    id: str
    names: Mapping[str, str]
    excludes: frozenset[str] = frozenset()
    is_also: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        return self.names.get(get_language() or "") or next(iter(self.names.values()))


@cache
def post_kinds() -> Mapping[str, PostKind]:
    """Return all kinds by id, in the order in which they are listed; the installation's own come last.

    Raises:
        ImproperlyConfigured: the installation's own file cannot be read.

    """
    kinds = _read(Path(__file__).with_name("post_kinds.toml"))
    own = settings.POST_KINDS
    return kinds | _read(Path(own)) if own else kinds


def kind_of(id_: str) -> PostKind:
    """Return a kind by id; one that the installation no longer names is called by its id."""
    return post_kinds().get(id_) or PostKind(id_, {"": id_})


def excluded_by(id_: str) -> set[str]:
    """Return the kinds that cannot be held beside a kind, whichever of the two says so."""
    return {*kind_of(id_).excludes, *(other.id for other in post_kinds().values() if id_ in other.excludes)}


def fills(id_: str) -> set[str]:
    """Return the kinds of posts whose holders take the seats that an agreement gives to a kind, itself included."""
    return {id_, *(kind.id for kind in post_kinds().values() if id_ in kind.is_also)}


def _read(file: Path) -> dict[str, PostKind]:
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"The post kinds in {file} cannot be read: {error}.") from error
    return {id_: _kind(file, id_, said) for id_, said in read.items()}


def _kind(file: Path, id_: str, said: Any) -> PostKind:
    names = said.get("name") if isinstance(said, dict) else None
    if not isinstance(names, dict) or not names or not all(isinstance(name, str) and name for name in names.values()):
        raise ImproperlyConfigured(f'The post kind {id_} in {file} needs a name: name = {{fi = "…", sv = "…"}}.')
    return PostKind(id_, names, frozenset(said.get("excludes", ())), frozenset(said.get("is-also", ())))

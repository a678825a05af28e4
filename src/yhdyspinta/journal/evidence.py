"""Where the rooms say what their things prove, so that ``verify`` can derive every fact again.

A room registers once, from its ``AppConfig.ready``. ``name`` is what its thing keys begin with: the
things of ``record`` are ``record:1``, ``record:2`` and so on, whichever agreement they belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Derived: TypeAlias = tuple[str, Sequence[Mapping[str, Any]]]
"""A thing's key and all the facts that it proves now."""

Deriver: TypeAlias = Callable[[], Iterator[Derived]]

_derivers: dict[str, Deriver] = {}


def register(name: str, deriver: Deriver) -> None:
    """Say how the facts of all things whose keys begin with ``name:`` are derived.

    Raises:
        ValueError: another deriver has this name already.

    """
    if _derivers.setdefault(name, deriver) is not deriver:
        raise ValueError(f"the evidence of {name} is registered already")


def derivers() -> dict[str, Deriver]:
    """Return all derivers by name."""
    return dict(_derivers)

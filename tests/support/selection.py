"""Which tests run where: on PostgreSQL what touches the database in its own way, in a browser what needs one."""

from __future__ import annotations

import pytest

from tests.support import postgres

ROOMS = frozenset({"journal"})
SUBJECTS = ("actions", "queries", "races")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL keep the journal, actions, queries and races of every room, and what is marked ``postgres``."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if not postgres.WANTED:
        return
    kept = [item for item in items if _belongs_on_postgres(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _belongs_on_postgres(item: pytest.Item) -> bool:
    if item.get_closest_marker("postgres"):
        return True
    return item.path.parent.name in ROOMS or any(subject in item.path.stem for subject in SUBJECTS)

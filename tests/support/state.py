"""What must not pass from one test to the next besides the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.utils import translation


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """Empty the caches, since another test's database may have the same revisions; speak the language of the sources.

    A request still speaks the language of its address.
    """
    translation.activate("en")
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()
    translation.deactivate()

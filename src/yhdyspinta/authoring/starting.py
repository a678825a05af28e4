"""The files that a draft begins with, from what a form says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yhdyspinta.journal.models import Agreement


def empty_sources(said: Mapping[str, Any]) -> dict[str, str]:
    raise NotImplementedError


def region_sources(said: Mapping[str, Any]) -> dict[str, str]:
    raise NotImplementedError


def successor_sources(said: Mapping[str, Any]) -> tuple[dict[str, str], Agreement | None]:
    raise NotImplementedError

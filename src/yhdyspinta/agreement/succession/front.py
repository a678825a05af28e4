"""What is said of a new agreement before its text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The id, days, titles and levels of a new agreement; words are by language.

    What is not given is suggested, or carried over from the agreement before.
    """

    id: str
    first_day: dt.date
    last_day: dt.date | None = None
    title: Mapping[str, str] | None = None
    short_title: Mapping[str, str] | None = None
    instrument: Mapping[str, str] | None = None
    levels: Sequence[Mapping[str, Any]] = ()

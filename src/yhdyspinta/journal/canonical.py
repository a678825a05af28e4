"""One way of writing a value down, so that the same value always has the same digest."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any


def canonical(value: object) -> str:
    """Return the JSON of a value with sorted keys and no spaces; dates as ISO 8601."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def digest(*texts: str) -> str:
    """Return the SHA-256 of the texts, each preceded by its length so that no seam can move."""
    sha = hashlib.sha256()
    for text in texts:
        data = text.encode()
        sha.update(f"{len(data)}:".encode())
        sha.update(data)
    return sha.hexdigest()


def moment(at: datetime) -> str:
    """Return a moment in UTC with microseconds, the same on every database."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)

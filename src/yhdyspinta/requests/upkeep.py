"""What the worker's clock does for the requests: letters that were left, and reminders that are due."""

from __future__ import annotations

from yhdyspinta.requests.posting import go_on_posting
from yhdyspinta.requests.reminding import remind


def keep_up() -> str:
    """Do what is due. Safe to run at any time, by any number of workers, and to be cut off anywhere."""
    return ", ".join(filter(None, (go_on_posting(), remind())))

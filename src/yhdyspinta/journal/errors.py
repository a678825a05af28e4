"""What an action may refuse. Django's ``ValidationError`` stands beside these two."""

from __future__ import annotations


class NotAllowed(Exception):
    """The actor may not do this. The message is for the person who tried."""


class Conflict(Exception):
    """Someone changed the thing meanwhile; carries both texts so that nothing typed is lost."""

    def __init__(self, theirs: str, yours: str) -> None:
        super().__init__("changed meanwhile by someone else")
        self.theirs = theirs
        self.yours = yours

"""The files of a new agreement: empty, from the classification, or from the one that it follows. Pure.

What is carried over stays as it is written. What a person still has to look at is said in notes.
"""

from __future__ import annotations

from yhdyspinta.agreement.succession.beginning import empty, from_region
from yhdyspinta.agreement.succession.decided import standing
from yhdyspinta.agreement.succession.following import CARRIED, successor_of
from yhdyspinta.agreement.succession.front import Front
from yhdyspinta.agreement.succession.notes import Note

__all__ = ["CARRIED", "Front", "Note", "empty", "from_region", "standing", "successor_of"]

"""Who does something: a small frozen value of plain ids, so that it can be kept and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and for which party.

    ``kind`` is ``person`` (an account), ``link`` (a signed link, no account) or ``system``.
    ``person`` is the account's number, ``party`` the party's id, where there is one.
    ``label`` says the role or the party in words. It is never a person's name: the label stays in
    the journal for ever, whereas names can be erased with an entry's detail or with the account.
    """

    kind: Literal["person", "link", "system"]
    person: int | None = None
    party: str | None = None
    label: str = ""


SYSTEM = Actor("system", label="Yhdyspinta")

"""Who may begin, see, write on and load drafts."""

from __future__ import annotations

from typing import Any

from yhdyspinta.authoring.models import Draft
from yhdyspinta.parties.models import Account
from yhdyspinta.parties.standing import own_parties


def may_begin(user: Any) -> bool:
    """Tell whether somebody may begin drafts: who administers the installation or a party. One query for the latter."""
    if not isinstance(user, Account) or not user.is_active:
        return False
    if user.is_administrator:
        return True
    return any(party.is_administered for party in own_parties(user))  # type: ignore[attr-defined] # annotated


def may_write(user: Any, draft: Draft) -> bool:
    """Tell whether somebody who sees a draft may change it: as long as it is open."""
    return isinstance(user, Account) and user.is_active and draft.open


def may_keep(user: Any, draft: Draft) -> bool:
    """Tell whether somebody decides over an open draft: who writes on it, and whether it is thrown away."""
    return may_write(user, draft) and (user.is_administrator or draft.begun_by_id == user.pk)


def may_load(user: Any) -> bool:
    """Tell whether somebody may load drafts: who administers the installation."""
    return isinstance(user, Account) and user.is_active and user.is_administrator

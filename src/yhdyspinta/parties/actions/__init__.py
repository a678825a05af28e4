"""Every change of organisations, parties, people, posts, namings and accounts."""

from __future__ import annotations

from yhdyspinta.parties.actions.accounts import (
    appoint_party_administrator,
    close_account,
    create_account,
    create_administrator,
    end_party_administrator,
    update_account,
)
from yhdyspinta.parties.actions.erasing import erase_person
from yhdyspinta.parties.actions.invitations import accept_invitation, cancel_invitation, invite
from yhdyspinta.parties.actions.loading import Loaded, load_agreement, settle_parties
from yhdyspinta.parties.actions.merging import merge_people
from yhdyspinta.parties.actions.namings import Named, end_naming, name_for_themes, withdraw_naming
from yhdyspinta.parties.actions.organisations import update_organisation
from yhdyspinta.parties.actions.people import (
    add_person,
    confirm_person,
    report_mistake,
    update_person,
)
from yhdyspinta.parties.actions.posts import add_post, discontinue_post, end_tenure, hand_over_post

__all__ = [
    "Loaded",
    "Named",
    "accept_invitation",
    "add_person",
    "add_post",
    "appoint_party_administrator",
    "cancel_invitation",
    "close_account",
    "confirm_person",
    "create_account",
    "create_administrator",
    "discontinue_post",
    "end_naming",
    "end_party_administrator",
    "end_tenure",
    "erase_person",
    "hand_over_post",
    "invite",
    "load_agreement",
    "merge_people",
    "name_for_themes",
    "report_mistake",
    "settle_parties",
    "update_account",
    "update_organisation",
    "update_person",
    "withdraw_naming",
]

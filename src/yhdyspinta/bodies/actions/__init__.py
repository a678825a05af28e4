"""Every change of the bodies' room."""

from __future__ import annotations

from yhdyspinta.bodies.actions.appointing import Appointed, appoint, end_group, ending_with
from yhdyspinta.bodies.actions.constituting import FirstMeeting, constitute_group, withdraw_constitution
from yhdyspinta.bodies.actions.groups import NewGroup, Proposed, propose_group, withdraw_proposal
from yhdyspinta.bodies.actions.members import Member, end_membership, name_member, withdraw_membership
from yhdyspinta.bodies.actions.plans import adopt_plan, draft_plan, edit_plan, withdraw_plan
from yhdyspinta.bodies.actions.seats import Wanted, close_seat, open_seats

__all__ = [
    "Appointed",
    "FirstMeeting",
    "Member",
    "NewGroup",
    "Proposed",
    "Wanted",
    "adopt_plan",
    "appoint",
    "close_seat",
    "constitute_group",
    "draft_plan",
    "edit_plan",
    "end_group",
    "end_membership",
    "ending_with",
    "name_member",
    "open_seats",
    "propose_group",
    "withdraw_constitution",
    "withdraw_membership",
    "withdraw_plan",
    "withdraw_proposal",
]

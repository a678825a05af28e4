"""Every change of the requests' room."""

from __future__ import annotations

from yhdyspinta.requests.actions.answering import BY_ACCOUNT, RECORDED, Given, Nominee, Through, answer_request
from yhdyspinta.requests.actions.coordinating import Agreed, agree_combination, appoint_nominees
from yhdyspinta.requests.actions.drafting import Drafted, discard_request, draft_request, edit_request
from yhdyspinta.requests.actions.sending import (
    close_request,
    extend_deadline,
    renew_link,
    revoke_link,
    send_request,
    withdraw_request,
)

__all__ = [
    "BY_ACCOUNT",
    "RECORDED",
    "Agreed",
    "Drafted",
    "Given",
    "Nominee",
    "Through",
    "agree_combination",
    "answer_request",
    "appoint_nominees",
    "close_request",
    "discard_request",
    "draft_request",
    "edit_request",
    "extend_deadline",
    "renew_link",
    "revoke_link",
    "send_request",
    "withdraw_request",
]

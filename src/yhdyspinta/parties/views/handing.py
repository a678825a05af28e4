"""The link of an invitation, for handing over where no mail is sent: shown once, to whoever invited."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from yhdyspinta.parties.actions.invitations import address_of, may_be_accepted
from yhdyspinta.parties.models import Invitation

_KEY = "hand-over"


@dataclass(frozen=True, slots=True)
class Handed:
    """An invitation, and the address that accepts it."""

    invitation: Invitation
    address: str


def remember_to_hand_over(request: HttpRequest, invitation: Invitation) -> None:
    """Let the next page show the link, where no mail is sent."""
    if not settings.MAIL_WORKS:
        request.session[_KEY] = invitation.pk


def link_to_hand_over(request: HttpRequest) -> Handed | None:
    """Return the link to hand over and forget it; none where mail is sent. One query where there is one."""
    number = request.session.pop(_KEY, None)
    if number is None:
        return None
    invitation = Invitation.objects.select_related("link").filter(pk=number, invited_by=request.user.pk).first()
    if invitation is None or may_be_accepted(invitation):
        return None
    return Handed(invitation, address_of(invitation))

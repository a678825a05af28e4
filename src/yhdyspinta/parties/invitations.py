"""The invitation that somebody has opened and may go on to accept by their organisation's own sign-in."""

from __future__ import annotations

from django.http import HttpRequest

from yhdyspinta.parties.models import Invitation

_KEY = "invitation"


def remember_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Remember in the session which invitation is being accepted, while an organisation's sign-in is on the way."""
    request.session[_KEY] = invitation.pk


def open_invitation(request: HttpRequest) -> Invitation | None:
    """Return the invitation that this session is accepting, while its link is open. One query where there is one."""
    number = request.session.get(_KEY)
    if number is None:
        return None
    rows = Invitation.objects.select_related("link", "party__agreement", "party__organisation", "person")
    invitation = rows.filter(pk=number).first()
    return invitation if invitation is not None and invitation.link.is_open() else None

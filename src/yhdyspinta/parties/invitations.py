"""The invitation that somebody has opened and goes on to accept by their organisation's own sign-in.

It belongs to the sign-in that was begun from it, and to no other in the same browser: the session remembers which one
was opened, the page that leaves for the provider says it again, and from there on the state of that sign-in carries it.
"""

from __future__ import annotations

from django.http import HttpRequest

from yhdyspinta.parties.models import Invitation

OPENED = "invitation"
"""What it is called in the session, in the form that leaves for the provider, and in the state of the sign-in."""


def remember_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Remember in the session which invitation was opened, until an organisation's sign-in comes back."""
    request.session[OPENED] = invitation.pk


def begun_from(request: HttpRequest) -> int | None:
    """Return the number of the invitation that a sign-in is begun from, when this session has opened that one."""
    number: int | None = request.session.get(OPENED)
    return number if request.POST.get(OPENED) == str(number) else None


def forget_invitation(request: HttpRequest) -> None:
    """Forget it: a sign-in has come back, whatever it brought."""
    request.session.pop(OPENED, None)


def open_invitation(number: int | None) -> Invitation | None:
    """Return the invitation that a sign-in was begun from, while its link is open. One query where there is one."""
    if number is None:
        return None
    rows = Invitation.objects.select_related("link", "party__agreement", "party__organisation", "person")
    invitation = rows.filter(pk=number).first()
    return invitation if invitation is not None and invitation.link.is_open() else None

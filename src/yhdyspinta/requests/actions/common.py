"""What the actions of the room share: a request behind the lock, and the line that tells what happened to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.requests import policy
from yhdyspinta.requests.models import Request, Step


@contextmanager
def keeping(request: Request, *, by: Actor) -> Iterator[Change]:
    """Change a request that is open, behind the lock, if the actor keeps it.

    Raises:
        NotAllowed: the actor does not ask for the sender.
        ValidationError: it is a draft still, or it was closed or taken back.

    """
    with change(request.agreement, by=by) as c:
        request.refresh_from_db()
        refuse_who_does_not_keep(c, request)
        refuse_unless_open(request)
        yield c


def refuse_who_does_not_keep(c: Change, request: Request) -> None:
    """Refuse who does not ask for the sender.

    Raises:
        NotAllowed: the actor acts neither for the sender nor for the body on whose behalf it asks.

    """
    if not policy.may_keep(c.by, request):
        raise NotAllowed(_("The request is kept by who asks."))


def refuse_unless_open(request: Request) -> None:
    """Refuse a request that is not open.

    Raises:
        ValidationError: it is a draft still, or it was closed or taken back; says which.

    """
    match request.state:
        case Request.State.DRAFT:
            raise ValidationError(_("The request has not been sent yet."))
        case Request.State.CLOSED:
            raise ValidationError(_("The request is closed."))
        case Request.State.WITHDRAWN:
            raise ValidationError(_("The request was taken back: %(reason)s") % {"reason": request.withdrawn_reason})
        case _:
            return


def log(c: Change, request: Request, kind: Step.Kind, **more: Any) -> Step:
    """Add a line to the log of a request."""
    return Step.objects.create(request=request, at=c.at, kind=kind, **more)

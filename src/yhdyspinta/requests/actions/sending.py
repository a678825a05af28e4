"""A request is sent to parties, its deadline is extended, its links are renewed, it is taken back or closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.parties.links import make_link, revoke_links
from yhdyspinta.parties.models import Link, Party
from yhdyspinta.requests.actions.common import keeping, log, refuse_who_does_not_keep
from yhdyspinta.requests.models import Asked, Request, Step
from yhdyspinta.tasks.actions import enqueue
from yhdyspinta.tasks.models import Task

ANSWER = "answer"
"""The purpose of the links by which a party answers one request."""

LASTS_AFTER = timedelta(days=60)
"""How long a link still works after the deadline: late answers are kept."""

POSTING = "yhdyspinta.requests.posting:post_letters"


def send_request(request: Request, parties: Sequence[Party], *, by: Actor) -> Task:
    """Send a request to parties: their letters are made and posted by a task, whose progress can be looked at.

    The rows are the work: a letter that a worker left is posted by the next one, and none is posted twice.

    Raises:
        NotAllowed: the actor does not ask for the sender.
        ValidationError: by field; it is sent already, nobody is asked, or the deadline has passed.

    """
    with change(request.agreement, by=by) as c:
        request.refresh_from_db()
        refuse_who_does_not_keep(c, request)
        if request.state != Request.State.DRAFT:
            raise ValidationError(_("The request is sent already."))
        if not parties:
            raise ValidationError({"parties": _("Choose at least one party.")})
        if any(party.agreement_id != request.agreement.pk for party in parties):
            raise ValidationError({"parties": _("Choose parties of this agreement.")})
        if request.is_late(c.at):
            raise ValidationError({"deadline": _("The deadline has passed. Set a later one.")})
        request.sent_at = c.at
        request.version += 1
        request.save(update_fields=["sent_at", "version"])
        for party in sorted(set(parties), key=lambda each: each.order):
            _ask(c, request, party)
        log(c, request, Step.Kind.SENT, deadline=request.deadline)
        c.enter("send-request", request.key, after={"parties": [party.slug for party in parties]})
        return post_task(request, account=by.person)


def _ask(c: Change, request: Request, party: Party) -> None:
    asked = Asked.objects.create(request=request, party=party)
    asked.link = _link(c, request, asked)
    asked.save(update_fields=["link"])


def _link(c: Change, request: Request, asked: Asked) -> Link:
    return make_link(ANSWER, asked.key, lasts=request.deadline - c.at + LASTS_AFTER, reusable=True)


def post_task(request: Request, *, account: int | None) -> Task:
    """Ask for the letters that wait to be posted; inside the change that sends them, or to go on with what was left."""
    return enqueue(
        work=POSTING,
        arguments={"request": request.pk},
        title=_("Letters: %(title)s") % {"title": request.title},
        account=account,
        back=request.get_absolute_url(),
    )


def extend_deadline(request: Request, *, deadline: dt.datetime, note: str = "", by: Actor) -> None:
    """Give the parties more time; their links last as much longer.

    Raises:
        NotAllowed: the actor does not ask for the sender.
        ValidationError: by field; it is not open, or the new deadline is not later, or has passed already.

    """
    with keeping(request, by=by) as c:
        if deadline <= request.deadline:
            raise ValidationError({"deadline": _("A deadline is extended to a later moment.")})
        if deadline <= c.at:
            raise ValidationError({"deadline": _("This moment has passed already.")})
        before, request.deadline = request.deadline, deadline
        request.version += 1
        request.save(update_fields=["deadline", "version"])
        Link.objects.filter(purpose=ANSWER, pk__in=request.asked.values("link")).update(
            expires_at=deadline + LASTS_AFTER
        )
        log(c, request, Step.Kind.EXTENDED, deadline=deadline, note=note.strip()[:500])
        c.enter("extend-deadline", request.key, before.isoformat(), deadline.isoformat())


def renew_link(asked: Asked, *, by: Actor) -> Link:
    """Close a party's link and post its letter again with a new one: for a link that has gone astray.

    Raises:
        NotAllowed: the actor does not ask for the sender.
        ValidationError: the request is not open.

    """
    request = asked.request
    with keeping(request, by=by) as c:
        revoke_links(ANSWER, asked.key)
        asked.link, asked.posted_at = _link(c, request, asked), None
        asked.save(update_fields=["link", "posted_at"])
        log(c, request, Step.Kind.RENEWED, party=asked.party)
        c.enter("renew-link", asked.key)
        post_task(request, account=by.person)
        return asked.link


def revoke_link(asked: Asked, *, by: Actor) -> None:
    """Close a party's link; its people with an account answer as before.

    Raises:
        NotAllowed: the actor does not ask for the sender.
        ValidationError: the request is not open.

    """
    with keeping(asked.request, by=by) as c:
        revoke_links(ANSWER, asked.key)
        log(c, asked.request, Step.Kind.REVOKED, party=asked.party)
        c.enter("revoke-link", asked.key)


def withdraw_request(request: Request, *, reason: str, by: Actor) -> None:
    """Take a request back. What has been answered stays; the links close, and nobody is reminded any more.

    Raises:
        NotAllowed: the actor does not ask for the sender.
        ValidationError: by field; it is not open, or no reason is given.

    """
    with keeping(request, by=by) as c:
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the request is taken back.")})
        request.withdrawn_at, request.withdrawn_reason = c.at, reason.strip()
        request.clean_fields(exclude=("agreement", "proposal", "sender", "made_by"))
        request.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        for asked in request.asked.all():
            revoke_links(ANSWER, asked.key)
        log(c, request, Step.Kind.WITHDRAWN, note=request.withdrawn_reason)
        c.enter("withdraw-request", request.key, after={"reason": request.withdrawn_reason})


def close_request(request: Request, *, summary: str, by: Actor) -> None:
    """Close a request with a summary of what came of it. Answers that come later are kept still, marked late.

    Raises:
        NotAllowed: the actor does not ask for the sender.
        ValidationError: by field; it is not open, or no summary is given.

    """
    with keeping(request, by=by) as c:
        if not summary.strip():
            raise ValidationError({"summary": _("Say in a few words what came of the request.")})
        request.closed_at, request.summary = c.at, summary.strip()
        request.clean_fields(exclude=("agreement", "proposal", "sender", "made_by"))
        request.save(update_fields=["closed_at", "summary"])
        log(c, request, Step.Kind.CLOSED)
        c.enter("close-request", request.key, after={"summary": request.summary})

"""Where one is signed in, and ending it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yhdyspinta.parties.models import Account
from yhdyspinta.web.signin.browsers import browser_of


class OpenSession(NamedTuple):
    """A session as its owner sees it."""

    pk: int
    browser: str
    place: str
    since: datetime
    is_this: bool


def open_sessions(account: Account, own_key: str | None) -> list[OpenSession]:
    """Return the sessions of an account that still hold, this one first, then the newest. Two queries.

    A session whose password has changed meanwhile holds no longer (its hash), though its row may still be there.
    """
    rows = list(UserSession.objects.filter(user=account).order_by("-created_at"))
    kept = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now())
    hash_now = account.get_session_auth_hash()
    alive = {session.session_key for session in kept if session.get_decoded().get(HASH_SESSION_KEY) == hash_now}
    found = [
        OpenSession(row.pk, browser_of(row.user_agent), row.ip, row.created_at, row.session_key == own_key)
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda session: not session.is_this)


def other_sessions(account: Account, own_key: str | None) -> QuerySet[UserSession]:
    """Return the sessions of an account but the one with this key. One query."""
    found: QuerySet[UserSession] = UserSession.objects.filter(user=account).exclude(session_key=own_key)
    return found


def end_sessions(rows: Iterable[UserSession]) -> int:
    """End sessions and tell how many there were."""
    ended = list(rows)
    for row in ended:
        row.end()
    return len(ended)


@login_required
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in; end one of the sessions, or all but this one."""
    account = request.user
    assert isinstance(account, Account)
    own_key = request.session.session_key
    if request.method != "POST":
        return render(request, "usersessions/usersession_list.html", {"sessions": open_sessions(account, own_key)})
    others = other_sessions(account, own_key)
    which = request.POST.get("session", "")
    if which == "others":
        end_sessions(others)
        messages.success(request, _("The other sessions have been ended."))
    elif which.isascii() and which.isdecimal() and len(which) < 19 and end_sessions(others.filter(pk=int(which))):
        messages.success(request, _("The session has been ended."))
    else:
        raise Http404
    return redirect("usersessions_list")

"""Who must have a second factor, and whether a session has shown one (``YHDYSPINTA_SECOND_FACTOR``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yhdyspinta.parties.models import Account
from yhdyspinta.parties.queries import roles_of
from yhdyspinta.web.signin.sessions import end_sessions, other_sessions

SHOWN = "second_factor_shown_by"
OPEN_PAGES = frozenset({"security", "account_logout", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
"""What stays open to a session that lacks the second factor; each page's languages lead to the same page."""
PAGES_OF_THE_FIRST = frozenset({"account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn"})
"""What is open beside these as long as the account has no factor. Then a password is not enough to make another."""


class SecondFactorMiddleware:
    """Leads whoever must have a second factor, and has none, to where one is set up. No query when no role must."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Answer in the view's place, GET and POST alike, when the session lacks the second factor it needs."""
        match = request.resolver_match
        if not settings.SECOND_FACTOR or match is None or match.view_name in OPEN_PAGES or not is_lacking(request):
            return None
        assert isinstance(request.user, Account)
        if match.view_name in PAGES_OF_THE_FIRST and not factors_of(request.user).exists():
            return None
        return redirect("security")


def is_lacking(request: HttpRequest) -> bool:
    """Tell whether the session needs a second factor that it has not shown.

    No query when no role needs one, or when it was shown before in this session; else those of ``roles_of``.
    """
    account = request.user
    if not settings.SECOND_FACTOR or not isinstance(account, Account):
        return False
    if request.session.get(SHOWN) == account.pk or not is_required_of(account):
        return False
    if not _was_shown(request, account):
        return True
    _remember(request)
    return False


def is_required_of(account: Account) -> bool:
    """Tell whether a role of the account needs a second factor. No query when no role does."""
    return bool(settings.SECOND_FACTOR) and not settings.SECOND_FACTOR.isdisjoint(roles_of(account))


@contextmanager
def setting_up(request: HttpRequest) -> Iterator[None]:
    """Keep a new factor, one of an account at a time. The first counts as shown here, and ends the other sessions.

    A further one counts for nothing: whoever set it up has shown the earlier one, where that is asked for.

    Raises:
        ImmediateHttpResponse: the account has a factor, perhaps since a moment ago, that the session has not shown.

    """
    account = request.user
    assert isinstance(account, Account)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        is_first = not factors_of(account).exists()
        if not is_first and is_lacking(request):
            raise ImmediateHttpResponse(redirect("security"))
        yield
        if is_first:
            _remember(request)
            if end_sessions(other_sessions(account, request.session.session_key)):
                messages.success(request, _("The other sessions have been ended."))


def _remember(request: HttpRequest) -> None:
    request.session[SHOWN] = request.user.pk


def factors_of(account: Account) -> QuerySet[Authenticator]:
    """Return the second factors of an account: its authenticator app and its passkeys. One query."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=account, type__in=kinds)
    return found


def _was_shown(request: HttpRequest, account: Account) -> bool:
    """An account's factors alone prove nothing: a session may be older than they are."""
    records = get_authentication_records(request, account)
    return any(record["method"] == "mfa" for record in records) or _came_by_strong_provider(request, account)


def _came_by_strong_provider(request: HttpRequest, account: Account) -> bool:
    strong = {each.issuer for each in settings.OIDC_PROVIDERS if each.second_factor}
    records = get_authentication_records(request, account)
    return any(record["method"] == "socialaccount" and record.get("provider") in strong for record in records)


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc] # allauth carries no types
    """Asks for the second factor at sign-in, save when the organisation's own sign-in has asked for its own."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if self.login.user is not None and _came_by_strong_provider(request, self.login.user):
            return False
        return bool(super()._should_handle(request))

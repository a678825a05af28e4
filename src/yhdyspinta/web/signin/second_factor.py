"""Who must have a second factor, and whether a session has shown one (``YHDYSPINTA_SECOND_FACTOR``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from yhdyspinta.parties.models import Account
from yhdyspinta.parties.queries import roles_of

SHOWN = "second_factor_shown_by"
OPEN_PAGES = frozenset(
    {
        "security",
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
    }
)
"""What stays open to someone who has yet to set up a second factor; each page's languages lead to the same page."""


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
        if not settings.SECOND_FACTOR or match is None or match.view_name in OPEN_PAGES:
            return None
        return redirect("security") if is_lacking(request) else None


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
    remember(request)
    return False


def is_required_of(account: Account) -> bool:
    """Tell whether a role of the account needs a second factor. No query when no role does."""
    return bool(settings.SECOND_FACTOR) and not settings.SECOND_FACTOR.isdisjoint(roles_of(account))


def remember(request: HttpRequest) -> None:
    """Note that this session has shown a second factor: it was asked for, or has just been set up here."""
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

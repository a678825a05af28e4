"""Signing in by an organisation's own sign-in (OpenID Connect Core 1.0, authorization code with PKCE).

Each provider has a redirect address of its own, and what comes back must be of the provider that was asked: two
providers cannot be mixed up (RFC 9700, 4.4).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.reauthentication import is_reauthentication_required, suspend_request
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from yhdyspinta.parties.invitations import OPENED, begun_from, forget_invitation

LANGUAGE = "oidc_language"
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class OidcAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # allauth carries no types
    """Talks with one provider, and believes it only in its own name."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says about itself, asked once in a request (OpenID Connect Discovery 4)."""
        if not hasattr(self, "_openid_config"):
            issuer = self.get_provider().app.settings["server_url"]
            with get_adapter().get_requests_session() as session:
                answer = session.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
                answer.raise_for_status()
                self._openid_config = _checked(answer.json(), issuer)
        found: dict[str, Any] = self._openid_config
        return found

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """Make of the provider's answer who has come: issuer and subject, and nothing else, say it."""
        raw = kwargs["response"].get("id_token")
        if not raw:
            raise OAuth2Error("The provider sent no id_token: is 'openid' in its scope?")
        claims = self._decode_id_token(app, raw)
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= settings.SOCIALACCOUNT_UID_MAX_LENGTH:
            raise OAuth2Error("The provider's id_token has no subject.")
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        login.email_addresses = []
        login.account.provider = claims["iss"]
        login.account.uid = subject
        login.account.extra_data = {"name": self._name(claims, token)}
        return login

    def _name(self, claims: dict[str, Any], token: Any) -> str:
        """Return what the provider calls the person; it is shown to the person, and decides nothing."""
        if not claims.get("name") and self.openid_config.get("userinfo_endpoint"):
            said = self._fetch_user_info(token.token)
            if said.get("sub") != claims["sub"]:
                raise OAuth2Error("The userinfo is of another subject.")  # OpenID Connect Core 5.3.2
            claims = said
        names = (claims.get(claim) for claim in ("name", "preferred_username", "email"))
        return next((name.strip()[:200] for name in names if isinstance(name, str) and name.strip()), "")


def _checked(config: Any, issuer: str) -> dict[str, Any]:
    if not isinstance(config, dict) or config.get("issuer") != issuer:
        called = config.get("issuer") if isinstance(config, dict) else None
        raise OAuth2Error(f"The provider calls itself '{called}', not '{issuer}': write that as its issuer.")
    for endpoint in _ENDPOINTS:
        parts = urlsplit(str(config.get(endpoint, "")))
        if not parts.hostname or not (parts.scheme == "https" or parts.hostname in _LOCAL):
            raise OAuth2Error(f"The provider's {endpoint} is no https address.")
    return config


@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, provider_id: str = "") -> HttpResponse:
    """Ask whether to leave for the provider (GET), and leave (POST). Who is signed in connects the account.

    The page that leaves does so itself: a form may not lead elsewhere (Content-Security-Policy, form-action).
    """
    try:
        provider = get_adapter(request).get_provider(request, provider_id or request.POST.get("provider", ""))
    except SocialApp.DoesNotExist:
        raise Http404 from None
    connects = request.user.is_authenticated
    if request.method != "POST":
        if not provider_id:
            raise Http404
        return render(request, "socialaccount/login.html", {"provider": provider, "connects": connects})
    if connects and is_reauthentication_required(request, app="allauth.socialaccount"):
        asked: HttpResponse = suspend_request(request, reverse("account_reauthenticate"))
        return asked
    request.session[LANGUAGE] = translation.get_language()
    onward = get_next_redirect_url(request) or reverse("security" if connects else settings.LOGIN_REDIRECT_URL)
    provider.oauth2_adapter_class = OidcAdapter
    try:
        carried = {"next_url": onward, OPENED: begun_from(request)}
        left = provider.redirect(request, "connect" if connects else "login", **carried)
    except (OAuth2Error, RequestException) as error:
        return _failed(request, provider, error)
    return render(request, "socialaccount/leaving.html", {"provider": provider, "href": left["Location"]})


@never_cache
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take in who comes back from a provider. The address is the same in all languages: providers are told one."""
    language = request.session.get(LANGUAGE)
    forget_invitation(request)  # the state of this sign-in carries its own
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        client = OidcAdapter(request, provider_id)
        try:
            provider = client.get_provider()
        except SocialApp.DoesNotExist:
            raise Http404 from None
        said = request.GET.get("iss")
        if said is not None and said != provider.app.settings["server_url"]:  # RFC 9207, 2.4
            return _failed(request, provider, OAuth2Error(f"The answer is of the issuer '{said}'."))
        try:
            answer: HttpResponse = OAuth2CallbackView.adapter_view(client)(request)
        except (ValueError, KeyError) as error:  # an answer that is not what the standards say
            return _failed(request, provider, error)
        return answer


def _failed(request: HttpRequest, provider: Any, error: Exception) -> HttpResponse:
    try:
        answer: HttpResponse = render_authentication_error(request, provider, exception=error)
    except ImmediateHttpResponse as refusal:
        answer = refusal.response
    return answer

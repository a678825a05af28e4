"""Where allauth asks this application: who may come in, what is mailed, which organisations sign in their own."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.addresses import absolute
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties.actions import accept_invitation
from yhdyspinta.parties.invitations import OPENED, open_invitation
from yhdyspinta.parties.links import LinkRefused
from yhdyspinta.parties.models import Account
from yhdyspinta.parties.queries import account_of
from yhdyspinta.web.signin import second_factor
from yhdyspinta.web.signin.browsers import browser_of
from yhdyspinta.web.signin.providers import Provider

logger = logging.getLogger(__name__)

NOTICES = {
    "account/email/password_changed": _("The password was changed."),
    "account/email/password_reset": _("A new password was set by a link that came by mail."),
    "account/email/password_set": _("A password was set."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made; the earlier ones no longer work."),
    "mfa/email/totp_activated": _("An authenticator app was taken into use."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
    "socialaccount/email/account_connected": _("An organisation's own sign-in was connected."),
    "socialaccount/email/account_disconnected": _("An organisation's own sign-in was disconnected."),
}
"""What is told to an account's owner when the way in has changed."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """Closes what this application does not offer, and sends allauth's mails through the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        """Nobody makes an account for himself: a party's people are named by the party."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post a code or a link to the owner of an account, in the account's language; to others nothing goes."""
        account = account_of(email)
        if account is None or not settings.MAIL_WORKS:
            return
        if template_prefix == "account/email/login_code":
            minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
            _post(account, "login-code", {"code": context["code"], "minutes": minutes}, secret=True)
        elif template_prefix == "account/email/password_reset_key":
            link = absolute(urlsplit(context["password_reset_url"]).path)  # whatever name the request called us by
            _post(account, "password-reset", {"link": link}, secret=True)
        else:
            raise LookupError(f"No mail is written for {template_prefix}.")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,  # noqa: ARG002 -- allauth's signature
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        """Tell the owner of an account that the way in has changed, when, and from where."""
        if not settings.MAIL_WORKS:
            return
        told = {
            "change": NOTICES[template_prefix],
            "moment": timezone.now(),
            "place": self.get_client_ip(self.request),
            "browser": browser_of(self.get_http_user_agent(self.request)),
            "security": absolute(reverse("security")),
        }
        _post(user, "security-change", told, secret=False)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 -- allauth's signature
        """Go back to the page that gathers how one signs in."""
        return reverse("security")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask anew who it is, save right after signing in: who has just come in by any way has just shown it."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0)
        if time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app) or app == "allauth.socialaccount")

    def get_login_stages(self) -> list[str]:
        """Let a provider's second factor count where the installation says so."""
        theirs, ours = "allauth.mfa.stages.AuthenticateStage", f"{second_factor.__name__}.SecondFactorStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]


def _post(account: Account, template: str, context: dict[str, Any], *, secret: bool) -> None:
    to = Recipient(account.email, account.name, account.language)
    post_mail(to=to, template=template, context=context, kind="sign-in", about=f"account:{account.pk}", secret=secret)


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth carries no types
    """Second factors: what passkeys are called, and that a required one is not taken away."""

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        """Return a name for a new passkey, which the person may change."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(number)d") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last second factor of someone whose role requires one."""
        others = second_factor.factors_of(authenticator.user).exclude(pk=authenticator.pk)
        return others.exists() or not second_factor.is_required_of(authenticator.user)


class OrganisationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """Organisations' own sign-ins: they are those of the settings, and an account is found by issuer and subject."""

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002 -- allauth's signature
        provider: str | None = None,
        client_id: str | None = None,
    ) -> list[SocialApp]:
        """Return the configured providers; one may be named by its id, or by its issuer, as links name it."""
        return [
            _app(each)
            for each in settings.OIDC_PROVIDERS
            if provider in {None, "openid_connect", each.id, each.issuer} and client_id in {None, each.client_id}
        ]

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        """Return one configured provider."""
        for app in self.list_apps(request, provider, client_id):
            return app
        raise SocialApp.DoesNotExist

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom a link leads to an account, or who began from an open invitation; tell the others whom to ask."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        invitation = open_invitation(sociallogin.state.get(OPENED))
        if invitation is None:
            raise ImmediateHttpResponse(redirect("oidc_unknown"))
        language = get_language() or settings.LANGUAGE_CODE
        name = sociallogin.account.extra_data["name"] or invitation.name
        try:
            with transaction.atomic():
                account = accept_invitation(invitation, name=name, language=language)
                sociallogin.connect(request, account)
        except (LinkRefused, ValidationError) as refused:
            said = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
            messages.error(request, " ".join(said))
            raise ImmediateHttpResponse(redirect("oidc_unknown")) from refused

    def on_authentication_error(
        self,
        request: HttpRequest,  # noqa: ARG002 -- allauth's signature
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> None:
        """Note for the keeper why a provider's answer was not taken, and show the page that says what to do."""
        if error == "cancelled":
            raise ImmediateHttpResponse(redirect("socialaccount_login_cancelled"))
        logger.warning("Sign-in through %s failed: %s", provider.app.provider_id, exception or error)
        raise ImmediateHttpResponse(redirect("socialaccount_login_error"))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002
        """Go back to the page that gathers how one signs in."""
        return reverse("security")


def _app(provider: Provider) -> SocialApp:
    return SocialApp(
        provider="openid_connect",
        provider_id=provider.id,
        name=provider.name,
        client_id=provider.client_id,
        secret=provider.secret,
        settings={"server_url": provider.issuer, "scope": list(provider.scope), "oauth_pkce_enabled": True},
    )


def names_of(issuers: Iterable[str]) -> dict[str, str]:
    """Return what each issuer's provider is called in the language of the page; a former provider goes by its host."""
    known = {each.issuer: each.name for each in settings.OIDC_PROVIDERS}
    return {issuer: known.get(issuer) or urlsplit(issuer).hostname or issuer for issuer in issuers}

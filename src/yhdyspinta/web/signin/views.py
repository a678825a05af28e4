"""The pages about signing in that are this application's own, and allauth's where they need a little more."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.mixins import NextRedirectMixin
from allauth.account.models import Login
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal import flows as webauthn_flows
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yhdyspinta.parties.models import Account
from yhdyspinta.web.signin import second_factor
from yhdyspinta.web.signin.adapters import names_of

View = Callable[..., HttpResponseBase]


def says_mistakes(view: View) -> View:
    """Let a form that comes back with mistakes answer 422, as everywhere here; allauth answers 200."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(response, TemplateResponse) and response.status_code == 200:
            forms = [(response.context_data or {}).get(name) for name in ("form", "webauthn_form")]
            if any(form is not None and form.errors for form in forms):
                response.status_code = 422
        return response

    return answer


def where_mail_is_sent(view: View) -> View:
    """Offer a page only where the installation sends mail; elsewhere there is no such page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.MAIL_WORKS:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


@login_required
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """Show how one signs in, and lead to changing it. Two queries, and one more where second factors are required."""
    account = request.user
    assert isinstance(account, Account)
    factors = list(Authenticator.objects.filter(user=account).order_by("created_at"))
    links = list(SocialAccount.objects.filter(user=account).order_by("date_joined"))
    called = names_of(link.provider for link in links)
    codes = next((each for each in factors if each.type == Authenticator.Type.RECOVERY_CODES), None)
    lacking = second_factor.is_lacking(request)
    return render(
        request,
        "web/security.html",
        {
            "passkeys": [each for each in factors if each.type == Authenticator.Type.WEBAUTHN],
            "authenticator_app": any(each.type == Authenticator.Type.TOTP for each in factors),
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
            "has_factor": any(each.type != Authenticator.Type.RECOVERY_CODES for each in factors),
            "links": [(link, called[link.provider]) for link in links],
            "connectable": _connectable(links),
            "lacking": lacking,
            "ways_to_confirm": _ways_to_confirm(account) if lacking else [],
        },
    )


def _ways_to_confirm(account: Account) -> list[dict[str, Any]]:
    return [way for way in get_adapter().get_reauthentication_methods(account) if "mfa" in way["id"]]


def _connectable(links: list[SocialAccount]) -> list[Any]:
    connected = {link.provider for link in links}
    return [each for each in settings.OIDC_PROVIDERS if each.issuer not in connected]


@require_POST
@login_required
@reauthentication_required(app="allauth.socialaccount")  # type: ignore[untyped-decorator] # allauth carries no types
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a connection to an organisation's own sign-in, when there is another way in."""
    link = get_object_or_404(SocialAccount, pk=pk, user=request.user)
    if not _has_another_way_in(link):
        messages.error(request, _("This is the only way in to your account: set a password or add a passkey first."))
        return redirect("security")
    link.delete()
    messages.success(request, _("The connection has been removed."))
    get_adapter(request).send_notification_mail("socialaccount/email/account_disconnected", request.user)
    return redirect("security")


def _has_another_way_in(link: SocialAccount) -> bool:
    return (
        settings.MAIL_WORKS
        or link.user.has_usable_password()
        or SocialAccount.objects.filter(user=link.user).exclude(pk=link.pk).exists()
        or Authenticator.objects.filter(user=link.user, type=Authenticator.Type.WEBAUTHN).exists()
    )


class PasskeyLogin(NextRedirectMixin, LoginWebAuthnView):  # type: ignore[misc] # allauth carries no types
    """Sign in with a passkey alone, and go on to where one was going."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in the passkey's owner."""
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=self.get_next_url())
        answer: HttpResponse = webauthn_flows.perform_passwordless_login(self.request, authenticator, login)
        return answer


class AddPasskey(AddWebAuthnView):  # type: ignore[misc] # allauth carries no types
    """Add a passkey: one that can sign in alone, since it is kept by the device and asks for its owner."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for such a passkey."""
        found: dict[str, Any] = super().get_context_data(**kwargs) | kwargs
        found["js_data"] = {"creation_options": webauthn.begin_registration(self.request.user, True)}
        return found

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it."""
        with second_factor.setting_up(self.request):
            answer: HttpResponse = super().form_valid(form)
        return answer


class ActivateApp(ActivateTOTPView):  # type: ignore[misc] # allauth carries no types
    """Take an authenticator app into use."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it."""
        with second_factor.setting_up(self.request):
            answer: HttpResponse = super().form_valid(form)
        return answer


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc] # allauth carries no types
    """Remove a passkey, unless it is the only second factor of someone who must have one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it."""
        if not get_mfa_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, _("Your role needs a second factor: set up another one first."))
            return redirect("security")
        answer: HttpResponse = super().form_valid(form)
        return answer


@require_GET
def told(request: HttpRequest, template: str) -> HttpResponse:
    """Show a page that only tells something."""
    return render(request, template)

"""Accepting an invitation: the first page of everybody who comes in."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yhdyspinta.parties.actions import accept_invitation
from yhdyspinta.parties.actions.invitations import refuse_invitation
from yhdyspinta.parties.actions.people import INVITATION
from yhdyspinta.parties.forms.entrance import PASSKEY, AcceptForm
from yhdyspinta.parties.invitations import OPENED, remember_invitation
from yhdyspinta.parties.links import LinkRefused, link_or_404
from yhdyspinta.parties.models import Account, Invitation
from yhdyspinta.parties.queries import account_of
from yhdyspinta.parties.views.access import by_link, posted, show_refusal, status_of


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what, and let the invited in: with an account of their own, or with the one they have."""
    invited = _invited(token)
    try:
        refuse_invitation(invited)
    except LinkRefused as refused:
        return _closed(request, invited, refused)
    if isinstance(request.user, Account):
        return _with_account(request, invited, request.user)
    if "provider" in request.POST:
        return _through_provider(request, invited)
    return _with_new_account(request, invited, token)


def _invited(token: str) -> Invitation:
    """Return the invitation of a link. Two queries."""
    link = link_or_404(token, INVITATION)
    rows = Invitation.objects.select_related("link", "party__agreement", "party__organisation", "person")
    found = rows.filter(link=link).first()
    if found is None:
        raise Http404
    return found


def _with_account(request: HttpRequest, invited: Invitation, account: Account) -> HttpResponse:
    form = Form(posted(request))
    if request.method == "POST":
        try:
            accept_invitation(invited, account=account)
        except LinkRefused as refused:
            return _closed(request, invited, refused)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            return _welcome(request, invited, reverse("desk:party", kwargs=_party(invited)))
    shown = {"invitation": invited, "form": form, "account": account}
    return render(request, "parties/invitation.html", shown, status=status_of(request))


def _with_new_account(request: HttpRequest, invited: Invitation, token: str) -> HttpResponse:
    form = AcceptForm(invited, posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            account = accept_invitation(
                invited, name=said["name"], language=said["language"], password=said["password"]
            )
        except LinkRefused as refused:
            return _closed(request, invited, refused)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            return _come_in(request, invited, account, adds_passkey=said["way"] == PASSKEY)
    here = reverse("parties:invitation", kwargs={"token": token})
    shown = {
        "invitation": invited,
        "form": form,
        "known": account_of(invited.email) is not None,
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': here})}",
    }
    return render(request, "parties/invitation.html", shown, status=status_of(request))


def _through_provider(request: HttpRequest, invited: Invitation) -> HttpResponse:
    """Go on to the organisation's own sign-in, which accepts the invitation on the way back."""
    chosen = request.POST["provider"]
    if chosen not in {provider.id for provider in settings.OIDC_PROVIDERS}:
        raise Http404
    remember_invitation(request, invited)
    onward = urlencode({"next": reverse("desk:party", kwargs=_party(invited)), OPENED: str(invited.pk)})
    return redirect(f"{reverse('openid_connect_login', kwargs={'provider_id': chosen})}?{onward}")


def _come_in(request: HttpRequest, invited: Invitation, account: Account, *, adds_passkey: bool) -> HttpResponse:
    """Sign in whoever has just accepted: the mailed link has shown who it is, as a mailed code does."""
    onward = reverse("mfa_add_webauthn") if adds_passkey else reverse("desk:party", kwargs=_party(invited))
    record_authentication(request, account, method="invitation")
    answer: HttpResponse = perform_login(request, Login(user=account, redirect_url=onward))
    return _welcome(request, invited, answer["Location"])


def _welcome(request: HttpRequest, invited: Invitation, onward: str) -> HttpResponse:
    acts = invited.role == Invitation.Role.ADMINISTRATOR
    said = _("Welcome. You act for %(party)s.") if acts else _("Welcome to the cooperation of %(party)s.")
    messages.success(request, said % {"party": invited.party.organisation})
    return redirect(onward)


def _closed(request: HttpRequest, invited: Invitation, refused: LinkRefused) -> HttpResponse:
    shown = {"invitation": invited, "why": refused}
    return render(request, "parties/invitation_closed.html", shown, status=410)


def _party(invited: Invitation) -> dict[str, str]:
    return {"slug": invited.party.agreement.slug, "party": invited.party.slug}

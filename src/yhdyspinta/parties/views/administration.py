"""Looking after an installation: accounts, who administers which party, the outbox, the log of looks."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yhdyspinta.journal.queries import agreements
from yhdyspinta.mail import queries as mail
from yhdyspinta.mail.models import Message
from yhdyspinta.parties import administration_tables as tables
from yhdyspinta.parties import keeping
from yhdyspinta.parties.actions import appoint_party_administrator, close_account, end_party_administrator
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.forms.administration import (
    AccountFilter,
    AdministratorFilter,
    AppointForm,
    FilterForm,
    LookFilter,
    MailFilter,
)
from yhdyspinta.parties.looks import in_words, names_of_themes
from yhdyspinta.parties.models import Account, Look, Party, PartyAdministrator
from yhdyspinta.parties.views.access import View, posted, show_refusal, signed_in, status_of

PER_PAGE = 50
_STATES = {
    Message.State.WAITING: mail.WAITING,
    Message.State.SENT: mail.SENT,
    Message.State.GIVEN_UP: mail.GIVEN_UP,
}


def for_administrators(view: View) -> View:
    """Show a page to the administrators of the installation alone; nobody else learns of it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = request.user
        if not isinstance(account, Account) or not account.is_administrator:
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(guarded)


@for_administrators
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """Show what there is to look after. Five queries."""
    loaded = list(agreements())
    shown = {
        "agreements": loaded,
        "accounts": Account.objects.filter(is_active=True).count(),
        "unattended": Party.objects.exclude(pk__in=_attended()).filter(valid_to__isnull=True).count(),
        "mails": mail.outbox_counts(),
        "looks": Look.objects.count(),
    }
    return render(request, "parties/administration.html", shown)


def _attended() -> QuerySet[Any]:
    return PartyAdministrator.objects.active_on(timezone.localdate()).values("party")


# Accounts


def _accounts(request: HttpRequest) -> tuple[FilterForm, QuerySet[Account]]:
    form = AccountFilter(request.GET)
    chosen = form.chosen
    return form, keeping.accounts(search=chosen["haku"] or "", state=chosen["tila"] or "")


@for_administrators
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts, fifty on a page. Four queries."""
    return _listing(request, "parties/accounts.html", *_accounts(request))


@for_administrators
@require_safe
def accounts_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand the filtered accounts out as CSV or XLSX."""
    return tables.accounts_table(_accounts(request)[1]).response(_name("tilit"), kind, _("Accounts"))


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, account: int) -> HttpResponse:
    """Close an account: nobody signs in to it any more, and what was done with it stays."""
    found = get_object_or_404(Account, pk=account, erased_at__isnull=True)
    form = Form(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            close_account(found, by=_actor(request))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The account %(email)s is closed.") % {"email": found.email})
            return redirect("parties:accounts")
    return render(request, "parties/close_account.html", {"found": found, "form": form}, status=status_of(request))


# Who administers which party


def _parties(request: HttpRequest) -> tuple[FilterForm, QuerySet[Party]]:
    form = AdministratorFilter([agreement.slug for agreement in agreements()], request.GET)
    chosen = form.chosen
    return form, keeping.parties_with_administrators(agreement=chosen["sopimus"] or "", search=chosen["haku"] or "")


@for_administrators
@require_safe
def administrators(request: HttpRequest) -> HttpResponse:
    """List the parties of all agreements with who administers them. Four queries."""
    return _listing(request, "parties/administrators.html", *_parties(request))


@for_administrators
@require_safe
def administrators_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand the same out as CSV or XLSX."""
    table = tables.administrators_table(_parties(request)[1])
    return table.response(_name("paakayttajat"), kind, _("Administrators of the parties"))


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, party: int) -> HttpResponse:
    """Appoint an account to administer a party."""
    found = get_object_or_404(Party.objects.select_related("agreement__chain", "organisation"), pk=party)
    form = AppointForm(found, posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            appoint_party_administrator(
                found,
                account=said["account"],
                valid_from=said["valid_from"],
                valid_to=said["valid_to"],
                by=_actor(request),
            )
        except ValidationError as error:
            show_refusal(form, error)
        else:
            told = {"name": said["account"].name, "party": found.organisation.called()}
            messages.success(request, _("%(name)s administers: %(party)s.") % told)
            return redirect("parties:administrators")
    return render(request, "parties/appoint.html", {"found": found, "form": form}, status=status_of(request))


@for_administrators
@require_POST
def end(request: HttpRequest, row: int) -> HttpResponse:
    """End somebody's administering of a party, from now on."""
    rows = PartyAdministrator.objects.select_related("party__agreement__chain", "party__organisation", "account")
    found = get_object_or_404(rows, pk=row)
    told = {"name": found.account.name, "party": found.party.organisation.called()}
    try:
        end_party_administrator(found, by=_actor(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(name)s does not administer any more: %(party)s.") % told)
    return redirect("parties:administrators")


# Mail


def _mails(request: HttpRequest) -> tuple[FilterForm, QuerySet[Message]]:
    form = MailFilter(request.GET)
    chosen = form.chosen
    rows = mail.outbox()
    if chosen["tila"]:
        rows = rows.filter(_STATES[Message.State(chosen["tila"])])
    if chosen["laji"]:
        rows = rows.filter(kind=chosen["laji"])
    if chosen["haku"]:
        rows = rows.filter(to_address__icontains=chosen["haku"])
    return form, rows


@for_administrators
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """List the messages: what waits, went, or was given up. The text of a secret one is not shown. Two queries."""
    return _listing(request, "parties/outbox.html", *_mails(request))


@for_administrators
@require_safe
def outbox_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand the messages out as CSV or XLSX, without their texts."""
    return tables.outbox_table(_mails(request)[1]).response(_name("postit"), kind, _("Mail"))


# The log of looks


def _looks(request: HttpRequest) -> tuple[FilterForm, QuerySet[Look]]:
    form = LookFilter(request.GET)
    chosen = form.chosen
    organisation = chosen["organisaatio"]
    found = keeping.looks(
        first=chosen["alkaen"],
        last=chosen["asti"],
        search=chosen["haku"] or "",
        organisation=organisation.pk if organisation else None,
    )
    return form, found


@for_administrators
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Show who was shown contact data of whose people, and when (906/2019, 17 §). Five queries with one agreement."""
    form, found = _looks(request)
    shown = _shown(request, form, found)
    themes = names_of_themes()
    for look in shown["page"]:
        look.words = in_words(look.what, look.organisation, themes)
    return render(request, "parties/looks.html", shown)


@for_administrators
@require_safe
def looks_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand the log out as CSV or XLSX."""
    return tables.looks_table(_looks(request)[1]).response(_name("katselut"), kind, _("Log of looks"))


# What the lists share


def _listing(request: HttpRequest, template: str, form: FilterForm, rows: QuerySet[Any]) -> HttpResponse:
    return render(request, template, _shown(request, form, rows))


def _shown(request: HttpRequest, form: FilterForm, rows: QuerySet[Any]) -> dict[str, Any]:
    query = request.GET.copy()
    query.pop("sivu", None)
    return {
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("sivu")),
        "query": query.urlencode(),
        "filtered": any(form.data.get(name) for name in form.fields),
    }


def _actor(request: HttpRequest) -> Any:
    account = request.user
    assert isinstance(account, Account)
    return actor_for(account)


def _name(what: str) -> str:
    return f"yhdyspinta-{what}-{timezone.localdate().isoformat()}"

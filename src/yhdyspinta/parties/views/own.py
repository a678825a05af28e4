"""What is held about whoever has signed in: to see, to take along, to put right."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yhdyspinta.journal.errors import Conflict
from yhdyspinta.parties.actions import confirm_person, update_account, update_person
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.forms.own import OwnAccountForm, OwnPersonForm
from yhdyspinta.parties.models import Account, Person
from yhdyspinta.parties.own import as_data, held_about, own_people
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in, status_of

SHOWN = 30
"""How many lines of each list the page shows; the file has all of them."""


@signed_in
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show everything that is held about somebody. What ``held_about`` costs, and two queries more."""
    held = held_about(_account(request))
    shown = {
        name: getattr(held, name)[:SHOWN]
        for name in ("invitations", "mails", "deeds", "told", "looks", "shown", "administers")
    }
    longer = any(len(getattr(held, name)) > SHOWN for name in shown)
    return render(request, "parties/own.html", {"held": held, **shown, "longer": longer})


@signed_in
@require_safe
def own_file(request: HttpRequest) -> HttpResponse:
    """Return the same as a file that programs read (GDPR art. 20)."""
    data = as_data(held_about(_account(request)))
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="yhdyspinta-omat-tiedot.json"'
    return answer


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own_account(request: HttpRequest) -> HttpResponse:
    """Let somebody change what they are called and the language of their mail."""
    account = _account(request)
    kept = Account.objects.get(pk=account.pk)  # the form writes into its own copy, not into whom the page greets
    form = OwnAccountForm(posted(request), instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            update_account(account, **form.cleaned_data, by=actor_for(account))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("parties:own")
    return render(request, "parties/own_account.html", {"form": form}, status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own_person(request: HttpRequest, person: int) -> HttpResponse:
    """Let somebody put right what the parties know of them; 409 with both versions where another did it meanwhile."""
    account = _account(request)
    found = _own(account, person)
    form = OwnPersonForm(posted(request), instance=found)
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            update_person(found, form.said, version=form.cleaned_data["version"], by=actor_for(account))
        except Conflict as refused:
            conflict, form = refused, _again(form, found)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("parties:own")
    status = 409 if conflict else status_of(request)
    shown = {"form": form, "person": found, "conflict": conflict}
    return render(request, "parties/own_person.html", shown, status=status)


@signed_in
@require_POST
def confirm_own(request: HttpRequest, person: int) -> HttpResponse:
    """Confirm with one click that what is known of oneself is right."""
    account = _account(request)
    confirm_person(_own(account, person), by=actor_for(account))
    messages.success(request, _("Thank you. The others see that your details were confirmed today."))
    return redirect("parties:own")


def _account(request: HttpRequest) -> Account:
    account = request.user
    assert isinstance(account, Account)
    return account


def _own(account: Account, number: int) -> Person:
    """Return one of the account's own records, or answer 404. One query."""
    for person in own_people(account):
        if person.pk == number:
            return person
    raise Http404


def _again(form: OwnPersonForm, person: Person) -> OwnPersonForm:
    """Return the form with what was written, to be sent over the version that stands now."""
    return OwnPersonForm(initial=form.said, instance=person)

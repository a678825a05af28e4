"""How a party's organisation is reached, as it says itself."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yhdyspinta.journal.errors import Conflict
from yhdyspinta.parties.actions import update_organisation
from yhdyspinta.parties.forms.people import OrganisationForm
from yhdyspinta.parties.views.access import enter_to_manage, posted, renew_version, show_refusal, signed_in, status_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Say how the organisation is reached. It is public, unlike what is known of its people."""
    room = enter_to_manage(request, slug, party)
    own = room.own_party.organisation
    form = OrganisationForm(posted(request), instance=own)
    if request.method == "POST" and form.is_valid():
        try:
            update_organisation(own, form.said, version=form.cleaned_data["version"], by=room.actor())
        except ValidationError as error:
            show_refusal(form, error)
        except Conflict as conflict:
            renew_version(form, own.version)
            shown = room.context(form=form, conflict=conflict)
            return render(request, "parties/organisation.html", shown, status=409)
        else:
            messages.success(request, _("Saved."))
            return redirect("parties:organisation", slug=slug, party=party)
    return render(request, "parties/organisation.html", room.context(form=form), status=status_of(request))

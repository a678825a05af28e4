"""What a party's administrator does about who comes in: invites, cancels, ends another's administering."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yhdyspinta.parties import actions
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.forms.people import InviteForm
from yhdyspinta.parties.models import Invitation, Person
from yhdyspinta.parties.queries import administrators_of
from yhdyspinta.parties.roster import open_invitations, present
from yhdyspinta.parties.views.access import Room, enter_to_manage, posted, show_refusal, signed_in, status_of
from yhdyspinta.parties.views.handing import remember_to_hand_over


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Invite somebody; ``?henkilo=`` one of the party's people."""
    room = enter_to_manage(request, slug, party)
    person = _person_asked(request, room)
    known = {"name": person.name, "email": person.email, "language": person.language} if person else {}
    form = InviteForm(posted(request), initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.invite(room.own_party, **form.cleaned_data, person=person, by=room.actor())
        except ValidationError as error:
            show_refusal(form, error)
        else:
            return _invited(room, made)
    if person is not None and person.email:
        organisation = room.own_party.organisation
        note_look(room.standing, what=f"invite:{party}", people=[person.pk], organisation=organisation)
    return render(request, "parties/invite.html", room.context(form=form, person=person), status=status_of(request))


@signed_in
@require_POST
def resend_invitation(request: HttpRequest, slug: str, party: str, invitation: int) -> HttpResponse:
    """Invite anew, for as long as the first time; the earlier link opens nothing any more."""
    room = enter_to_manage(request, slug, party)
    old = _invitation_or_404(room, invitation)
    try:
        made = actions.invite(
            room.own_party,
            name=old.name,
            email=old.email,
            role=old.role,
            language=old.language,
            person=old.person,
            by=room.actor(),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _back(room)
    return _invited(room, made)


@signed_in
@require_POST
def cancel_invitation(request: HttpRequest, slug: str, party: str, invitation: int) -> HttpResponse:
    """Cancel an invitation that was not accepted yet."""
    room = enter_to_manage(request, slug, party)
    old = _invitation_or_404(room, invitation)
    try:
        actions.cancel_invitation(old, by=room.actor())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The invitation of %(name)s was cancelled.") % {"name": old.name})
    return _back(room)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end_administrator(request: HttpRequest, slug: str, party: str, row: int) -> HttpResponse:
    """End somebody's administering of the party at once; who does so to themselves is told what that means."""
    room = enter_to_manage(request, slug, party)
    standing = list(administrators_of(room.own_party))
    ended = next((each for each in standing if each.pk == row), None)
    if ended is None:
        raise Http404
    form = Form(posted(request))
    if request.method == "POST":
        try:
            actions.end_party_administrator(ended, by=room.actor())
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("%(name)s administers the party no longer.") % {"name": ended.account})
            if ended.account_id == request.user.pk and not room.standing.everything:
                return redirect(room.own_party)
            return _back(room)
    shown = room.context(form=form, row=ended, own=ended.account_id == request.user.pk, last_one=len(standing) == 1)
    return render(request, "parties/end_administrator.html", shown, status=status_of(request))


def _invited(room: Room, made: Invitation) -> HttpResponse:
    remember_to_hand_over(room.request, made)
    said = (
        _("%(name)s is invited. The mail goes to %(email)s.")
        if settings.MAIL_WORKS
        else _("%(name)s is invited. No mail is sent here: hand the link over yourself.")
    )
    messages.success(room.request, said % {"name": made.name, "email": made.email})
    return _back(room)


def _person_asked(request: HttpRequest, room: Room) -> Person | None:
    asked = request.GET.get("henkilo", "")
    people = present(room.own_party.organisation) if asked else ()
    return next((each for each in people if str(each.pk) == asked), None)


def _invitation_or_404(room: Room, number: int) -> Invitation:
    found = open_invitations(room.own_party).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _back(room: Room) -> HttpResponse:
    return redirect("parties:people", slug=room.agreement.slug, party=room.own_party.slug)

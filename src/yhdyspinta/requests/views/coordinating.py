"""Fitting the parties' proposals together, and appointing those agreed on (C24, C25)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yhdyspinta.agreement import today
from yhdyspinta.bodies.forms.groups import AppointmentForm
from yhdyspinta.bodies.known import term_of
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.views.access import posted, renew_version, show_refusal, signed_in, status_of
from yhdyspinta.requests.actions import agree_combination, appoint_nominees
from yhdyspinta.requests.coordination import Workspace, workspace_of
from yhdyspinta.requests.forms.coordinating import CombinationForm
from yhdyspinta.requests.models import Combination
from yhdyspinta.requests.queries import asked_of, combinations_of, seats_for
from yhdyspinta.requests.views.access import RequestRoom, enter_request_as_party, enter_to_coordinate


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def coordinate(request: HttpRequest, slug: str, request_id: int) -> HttpResponse:
    """Show everybody proposed with balance, gaps and conflicts, and record which combination was agreed on."""
    room = enter_to_coordinate(request, slug, request_id)
    agreed = list(combinations_of(room.asking))
    space = _space(room, agreed)
    form = CombinationForm(space, posted(request), initial={"version": agreed[0].number if agreed else 0})
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            agree_combination(room.asking, form.agreed, version=form.cleaned_data["version"] or 0, by=room.acting)
        except Conflict as both:
            conflict = both
            renew_version(form, agreed[0].number if agreed else 0)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The combination is kept, with its reasons."))
            return redirect("requests:coordinate", slug=slug, request_id=request_id)
    people = [each.nomination.person_id for each in space.people]
    note_look(room.standing, what=f"coordinate:{request_id}", people=people)
    shown = room.context(
        form=form, space=space, agreed=agreed, conflict=conflict, may_appoint=_may_appoint(room, agreed)
    )
    return render(request, "requests/coordinate.html", shown, status=409 if conflict else status_of(request))


def _space(room: RequestRoom, agreed: list[Combination]) -> Workspace:
    """Return the workspace, with whom the newest combination has chosen."""
    chosen = {each.nomination_id: each.seat for each in agreed[0].choices.all()} if agreed else {}
    return workspace_of(asked_of(room.asking, whole=True), list(seats_for(room.asking)), chosen, room.world)


def _may_appoint(room: RequestRoom, agreed: list[Combination]) -> bool:
    """Tell whether those agreed on wait for an appointment that who looks may record."""
    return bool(agreed) and agreed[0].appointment_id is None and room.appoints


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, slug: str, request_id: int) -> HttpResponse:
    """Record the decision by which those agreed on were appointed."""
    room = enter_request_as_party(request, slug, request_id)
    if not room.appoints:
        raise NotAllowed(_("Groups are appointed by who bears that task in the agreement."))
    agreed = list(combinations_of(room.asking))
    if not agreed or agreed[0].appointment_id is not None:
        raise Http404
    proposal = room.asking.proposal
    term = term_of(room.charter, today())
    accepted = room.world.accepted(room.asking.subject, term)
    missing = [party for party in room.world.parties if party not in accepted]
    form = AppointmentForm(posted(request), initial={"first_day": proposal.first_day if proposal else today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = appoint_nominees(
                agreed[0],
                decision=form.decision,
                first_day=said["first_day"],
                last_day=said["last_day"],
                early_reason=said["early_reason"],
                by=room.acting,
            )
        except (ValidationError, Conflict) as error:
            message = _("Another combination was agreed meanwhile. Look at it first.")
            show_refusal(form, error if isinstance(error, ValidationError) else ValidationError(message))
        else:
            messages.success(request, _("The group is appointed. Its members and their parties are told."))
            return redirect("desk:body", slug=slug, body=made.body.slug)
    shown = room.context(
        form=form,
        combination=agreed[0],
        missing=[room.charter.name_of(party, room.language) for party in missing],
    )
    return render(request, "requests/appoint.html", shown, status=status_of(request))

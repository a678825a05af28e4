"""A group is appointed and its work ended (C24); it meets for the first time and elects its officers (C27)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yhdyspinta.agreement import parse_day, today
from yhdyspinta.bodies import actions
from yhdyspinta.bodies.forms.groups import AppointmentForm, EndGroupForm, FirstMeetingForm, called
from yhdyspinta.bodies.known import appointers, term_of
from yhdyspinta.bodies.life import life_of
from yhdyspinta.bodies.models import Appointment, Constitution, Membership, Proposal
from yhdyspinta.bodies.queries import appointments_of, constitutions_of, memberships, proposals_of
from yhdyspinta.bodies.telling import (
    EVERYTHING,
    acceptances,
    clauses_of,
    counted,
    is_group,
    left_open,
    names_of_offices,
)
from yhdyspinta.bodies.views.access import BodyRoom, enter_to_appoint, enter_to_manage_body
from yhdyspinta.bodies.views.groups import term_help
from yhdyspinta.journal.actor import Actor
from yhdyspinta.parties.days import shown_day
from yhdyspinta.parties.queries import parties_of
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in, status_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Record by which decision a group was appointed. Before all have accepted it, that needs a reason in writing.

    The appointment rests on the proposal of its term that is still open, where there is one.
    """
    room = _of_group(enter_to_appoint(request, slug, body))
    held = list(appointments_of(room.agreement, body))
    taken = {each.proposal_id for each in held}
    open_ = [each for each in proposals_of(room.agreement, body) if each.pk not in taken]
    form = _appointment_form(room, open_)
    if request.method == "POST" and form.is_valid():
        chosen = _of_term(room, open_, form.cleaned_data["first_day"])
        try:
            made = actions.appoint(room.agreement, body, _appointed(form, chosen), by=_appointing(room))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            said = _("The group is appointed from %(day)s.") % {"day": shown_day(made.first_day)}
            messages.success(request, with_clause(room, said, "body-appointed"))
            return _onward(room, made)
    first = _first_day(form, open_)
    life = life_of(room.world, room.known, open_, held, first)
    shown = room.context(
        form=form,
        life=life,
        count=counted(life.step("accepted")),
        acceptances=acceptances(room.world, life, EVERYTHING, room.language),
        proposal=_of_term(room, open_, first),
        appointments=held,
        appointed=next((each for each in held if first >= each.first_day and first <= (each.last_day or first)), None),
        clauses=clauses_of(room.world, ["body-appointed"], room.language),
    )
    return render(request, "bodies/appoint.html", shown, status=status_of(request))


def _of_group(room: BodyRoom) -> BodyRoom:
    """Return the room of a group; other bodies are not appointed, and have no such page."""
    if not is_group(room.known):
        raise Http404
    return room


def _appointment_form(room: BodyRoom, open_: Sequence[Proposal]) -> AppointmentForm:
    first = open_[0].first_day if open_ else today()
    last = open_[0].last_day if open_ else None
    term = term_of(room.charter, first)
    initial = {"first_day": first, "last_day": None if term and term.last == last else last}
    return AppointmentForm(posted(room.request), initial=initial, term_help=term_help(room, first))


def _first_day(form: AppointmentForm, open_: Sequence[Proposal]) -> date:
    """Return from which day the group is to be appointed, as far as that is filled in."""
    typed: date | None = form.cleaned_data.get("first_day") if form.is_bound else None
    return typed or (open_[0].first_day if open_ else today())


def _of_term(room: BodyRoom, open_: Sequence[Proposal], first: date) -> Proposal | None:
    """Return the open proposal for the term that a day falls in."""
    term = term_of(room.charter, first)
    return next((each for each in open_ if term is None or each.first_day in term), None)


def _appointed(form: AppointmentForm, chosen: Proposal | None) -> actions.Appointed:
    said = form.cleaned_data
    return actions.Appointed(
        form.decision, said["first_day"], said["last_day"], proposal=chosen, early_reason=said["early_reason"]
    )


def _appointing(room: BodyRoom) -> Actor:
    """Return who acts, for the party that appoints groups. At most two queries."""
    party = parties_of(room.agreement).filter(slug__in=appointers(room.charter)[:1]).first()
    return room.acting_for(party)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end_group(request: HttpRequest, slug: str, body: str, appointment: int) -> HttpResponse:
    """End a group's work on a day; says first whose memberships end with it."""
    room = enter_to_appoint(request, slug, body)
    found = appointments_of(room.agreement, body).filter(pk=appointment).first()
    if found is None:
        raise Http404
    form = EndGroupForm(posted(request), initial={"last_day": today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.end_group(found, last_day=said["last_day"], reason=said["reason"], by=_appointing(room))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The group's last day is %(day)s.") % {"day": shown_day(said["last_day"])})
            return _onward(room, found)
    day = (form.cleaned_data.get("last_day") if form.is_bound else None) or today()
    ending = [called(member) for member in actions.ending_with(found, day)]
    shown = room.context(form=form, appointment=found, ending=list(dict.fromkeys(ending)), day=day)
    return render(request, "bodies/end_group.html", shown, status=status_of(request))


def _onward(room: BodyRoom, made: Appointment) -> HttpResponse:
    """Lead to the proposal that an appointment rests on, or to its group."""
    if made.proposal_id is not None:
        return redirect("bodies:proposal", slug=room.agreement.slug, proposal=made.proposal_id)
    return redirect("desk:body", slug=room.agreement.slug, body=room.body)


def with_clause(room: BodyRoom, said: str, kind: str) -> str:
    """Return a sentence about what was done, with the way to the clause that it keeps. No queries."""
    for clause, heading in clauses_of(room.world, [kind], room.language, room.body)[:1]:
        url = reverse("desk:clause", kwargs={"slug": room.agreement.slug, "clause": clause})
        return format_html('{} <a href="{}">{}</a>', said, url, _("See the clause “%(clause)s”") % {"clause": heading})
    return said


# The first meeting


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def constitute(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Record a group's first meeting, and whom it elected of the members of that day (``?paiva=``, or as typed)."""
    room = _of_officers(enter_to_manage_body(request, slug, body))
    day = _day(request.POST.get("on") or request.GET.get("paiva"))
    members = _members(room, day)
    asks = request.method == "POST" and "jasenet" in request.POST
    form = FirstMeetingForm(members, None if asks else posted(request), initial=_begun(request, day))
    if request.method == "POST" and not asks and form.is_valid():
        try:
            made = actions.constitute_group(room.agreement, body, form.meeting, by=room.acting)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            said = _("The first meeting of %(day)s is recorded.") % {"day": shown_day(made.meeting_on)}
            messages.success(request, with_clause(room, said, "officers-elected"))
            return redirect("bodies:constitute", slug=slug, body=body)
    shown = room.context(
        form=form,
        members=members,
        day=day,
        meetings=[_told(each) for each in constitutions_of(room.agreement, body)],
        left_open=left_open(room.world, ["ensimmainen-koollekutsuja"], room.language),
        clauses=clauses_of(room.world, ["officers-elected"], room.language),
    )
    return render(request, "bodies/constitute.html", shown, status=200 if asks else status_of(request))


def _of_officers(room: BodyRoom) -> BodyRoom:
    """Return the room of a body that elects officers; others have no such page."""
    if not is_group(room.known) and "officers" not in room.known.has:
        raise Http404
    return room


def _day(typed: str | None) -> date:
    """Return the day whose members are offered: today where nothing that is a day was typed."""
    try:
        return parse_day(typed or "")
    except ValueError:
        return today()


def _members(room: BodyRoom, day: date) -> list[Membership]:
    """Return the members of a day, in the agreement's order. One query."""
    rows = memberships(room.agreement).active_on(day).filter(body__slug=room.body, role="member")
    return list(rows.order_by("party__order", "person__name", "pk"))


def _begun(request: HttpRequest, day: date) -> dict[str, object]:
    """Return what a form begins with: what was typed, where only the members of another day were asked for."""
    if request.method != "POST":
        return {"on": day}
    return {**request.POST.dict(), "online": "online" in request.POST}


def _told(meeting: Constitution) -> dict[str, object]:
    """Return a first meeting as the page lists it."""
    names = names_of_offices()
    elected = [(names[office], str(each.person or each.post)) for office, each in meeting.elected.items()]
    return {"row": meeting, "day": meeting.meeting_on, "elected": elected}


@signed_in
@require_POST
def withdraw_constitution(request: HttpRequest, slug: str, body: str, constitution: int) -> HttpResponse:
    """Withdraw a first meeting that was recorded by mistake."""
    room = enter_to_manage_body(request, slug, body)
    rows = Constitution.objects.filter(body__agreement=room.agreement, body__slug=body, pk=constitution)
    found = rows.select_related("body__agreement", "chair", "vice_chair", "secretary").first()
    if found is None:
        raise Http404
    try:
        actions.withdraw_constitution(found, by=room.acting)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("The first meeting is withdrawn, and so are the offices that it gave."))
    return redirect("bodies:constitute", slug=slug, body=body)

"""Naming a member, ending and withdrawing a membership, and the seats of a body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from yhdyspinta.agreement import today
from yhdyspinta.bodies import actions, words
from yhdyspinta.bodies.balance_told import asks_gender
from yhdyspinta.bodies.forms.members import OUTSIDE, MemberForm, Offered, SeatsForm
from yhdyspinta.bodies.models import Membership, Seat
from yhdyspinta.bodies.queries import appointments_of, membership_or_404, memberships, seats_of
from yhdyspinta.bodies.roster import Place
from yhdyspinta.bodies.seating import Seating, seating_of
from yhdyspinta.bodies.telling import is_group
from yhdyspinta.bodies.views.access import BodyRoom, enter_body_as_party
from yhdyspinta.bodies.views.appointing import with_clause
from yhdyspinta.bodies.views.roster import may_change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.days import shown_day
from yhdyspinta.parties.forms.namings import EndForm
from yhdyspinta.parties.models import Party, Person
from yhdyspinta.parties.queries import parties_of
from yhdyspinta.parties.roster import present
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in, status_of

# Naming


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def name_member(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Name somebody: of one's own party, or for who looks after the body of any (``?osapuoli=``) or from outside.

    ``?paikka=`` and ``?rooli=`` choose the seat and the role beforehand.
    """
    room = enter_body_as_party(request, slug, body)
    choices = _may_be_named_for(room)
    asked = request.GET.get("osapuoli", "")
    outside = asked == OUTSIDE and room.manages_body
    party = None if outside else _asked_for(room, choices, asked)
    form = _member_form(room, party, outside=outside) if outside or party is not None else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            made = actions.name_member(room.agreement, body, form.member, by=room.acting_for(party))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, with_clause(room, _said(made), "member-named"))
            return redirect("bodies:roster", slug=slug, body=body)
    shown = room.context(
        form=form,
        choices=[(each.slug, str(each.organisation)) for each in choices],
        may_choose_outside=room.manages_body,
        chosen=OUTSIDE if outside else party.slug if party is not None else "",
        named_for=party,
        outside=outside,
    )
    if form is not None:
        note_look(room.standing, what=f"name-member:{body}", people=form.addressed)
    return render(request, "bodies/name_member.html", shown, status=status_of(request))


def _may_be_named_for(room: BodyRoom) -> list[Party]:
    """Return the parties for which who looks may name somebody, in the agreement's order. One query.

    Raises:
        NotAllowed: there is none.

    """
    parties = [each for each in parties_of(room.agreement) if each.slug in room.world.parties]
    found = parties if room.manages_body else [each for each in parties if room.standing.manages(each)]
    if not found:
        raise NotAllowed(_("Members are named by their own party, or by who looks after the body."))
    return found


def _asked_for(room: BodyRoom, choices: Sequence[Party], asked: str) -> Party | None:
    """Return the party that was asked for, else the only one or one's own; None where that has to be chosen."""
    chosen = next((each for each in choices if each.slug == asked), None)
    if chosen is not None or len(choices) == 1:
        return chosen or choices[0]
    own = [each for each in choices if any(each.pk == mine.pk for mine in room.standing.administers)]
    return own[0] if own else None


def _member_form(room: BodyRoom, party: Party | None, *, outside: bool) -> MemberForm:
    """Return the form with who can be named. At most six queries."""
    seating = seating_of(room.agreement, room.body, today())
    seats = seating.offered_to(party)
    initial = _begun(room, seats)
    organisation = party.organisation if party is not None else None
    offered = Offered(
        people=list(present(organisation)) if organisation is not None else _known_outsiders(room),
        posts=list(organisation.posts.filter(discontinued_on__isnull=True)) if organisation is not None else [],
        roles=room.known.roles,
        seats=seats,
        members=[(each, _called(each)) for each in seating.members],
        party=party,
        outside=outside,
        asks_gender=asks_gender(room.known),
    )
    initial["holder"] = "" if offered.people or offered.posts else "new"
    return MemberForm(offered, posted(room.request), initial=initial)


def _begun(room: BodyRoom, seats: dict[Seat, str]) -> dict[str, Any]:
    """Return what the form begins with: from today to the end of the group's appointment. At most one query."""
    asked, role = room.request.GET.get("paikka", ""), room.request.GET.get("rooli", "")
    seat = next((each for each in seats if str(each.pk) == asked), None)
    begun: dict[str, Any] = {"first_day": today(), "role": role if role in room.known.roles else "member"}
    if seat is not None:
        begun |= {"seat": str(seat.pk), "role": seat.role}
    if is_group(room.known):
        held = appointments_of(room.agreement, room.body).filter(first_day__lte=today()).first()
        if held is not None and held.last_day is not None and held.last_day >= today():
            begun["last_day"] = held.last_day
    return begun


def _known_outsiders(room: BodyRoom) -> list[Person]:
    """Return the people from outside the parties who are or were members of the agreement's bodies. One query."""
    named = memberships(room.agreement).filter(party__isnull=True, person__isnull=False).order_by()
    rows = Person.objects.filter(pk__in=named.values("person"), erased_at__isnull=True, merged_into__isnull=True)
    return list(rows.select_related("organisation").order_by("name", "pk"))


def _called(member: Membership) -> str:
    whose = str(member.party.organisation) if member.party is not None else ""
    return ", ".join(filter(None, (str(member.person or member.post), whose)))


def _said(made: Membership) -> str:
    who, role = made.person or made.post, words.role(made.role)
    if made.valid_from > today():
        said = {"name": who, "role": role, "day": shown_day(made.valid_from)}
        return _("%(name)s is named: %(role)s from %(day)s.") % said
    return _("%(name)s is named: %(role)s.") % {"name": who, "role": role}


# Ending and withdrawing


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request: HttpRequest, slug: str, body: str, membership: int) -> HttpResponse:
    """Say somebody's last day in a body."""
    room, found = _enter_membership(request, slug, body, membership)
    form = EndForm(posted(request), initial={"last_day": found.valid_to or today()})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["last_day"]
        try:
            actions.end_membership(found, last_day=day, by=room.acting_for(found.party))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The last day is %(day)s.") % {"day": shown_day(day)})
            return redirect("bodies:roster", slug=slug, body=body)
    shown = room.context(form=form, place=_place(found), membership=found)
    return render(request, "bodies/end_membership.html", shown, status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_membership(request: HttpRequest, slug: str, body: str, membership: int) -> HttpResponse:
    """Withdraw a membership that was a mistake; it then counts on no day."""
    room, found = _enter_membership(request, slug, body, membership)
    form = Form(posted(request))
    if request.method == "POST":
        try:
            actions.withdraw_membership(found, by=room.acting_for(found.party))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The membership is withdrawn and counts on no day."))
            return redirect("bodies:roster", slug=slug, body=body)
    shown = room.context(form=form, place=_place(found), membership=found)
    return render(request, "bodies/withdraw_membership.html", shown, status=status_of(request))


def _enter_membership(request: HttpRequest, slug: str, body: str, number: int) -> tuple[BodyRoom, Membership]:
    """Return a membership for who may change it, or answer 404.

    Raises:
        NotAllowed: they may see it, and not change it.

    """
    room = enter_body_as_party(request, slug, body)
    found = membership_or_404(room.agreement, number, body)
    if not may_change(room, found):
        raise NotAllowed(_("Members are named by their own party, or by who looks after the body."))
    return room, found


def _place(row: Membership) -> Place:
    return Place(row.role, row.party, row.person, row.post, row, row.seat, "", row.valid_from, row.valid_to)


# Seats


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def seats(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Show the open seats of a body to the parties; who looks after it opens more. Ten queries to look."""
    room = enter_body_as_party(request, slug, body)
    if request.method == "POST" and not room.manages_body:
        raise NotAllowed(_("The body is looked after by who convenes it and by its chair and secretary."))
    may_open = room.manages_body and "seats" in room.known.has
    form = _seats_form(room) if may_open or request.method == "POST" else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            made = actions.open_seats(room.agreement, body, form.wanted, by=room.acting)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            said = ngettext("%(count)s seat was opened.", "%(count)s seats were opened.", len(made))
            messages.success(request, said % {"count": len(made)})
            return redirect("bodies:seats", slug=slug, body=body)
    shown = room.context(form=form, seating=_seating(room), may_open=may_open)
    return render(request, "bodies/seats.html", shown, status=status_of(request))


def _seats_form(room: BodyRoom) -> SeatsForm:
    parties = [each for each in parties_of(room.agreement) if each.slug in room.world.parties]
    initial = {"count": 1, "role": "member", "whose": ""}
    return SeatsForm(parties, room.known.roles, posted(room.request), initial=initial)


def _seating(room: BodyRoom) -> Seating:
    return seating_of(room.agreement, room.body, today())


@signed_in
@require_POST
def close_seat(request: HttpRequest, slug: str, body: str, seat: int) -> HttpResponse:
    """Close a seat that nobody is to be named to any more."""
    room = enter_body_as_party(request, slug, body)
    found = seats_of(room.agreement, body).select_related("body__agreement").filter(pk=seat).first()
    if found is None:
        raise Http404
    try:
        actions.close_seat(found, by=room.acting)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Seat %(number)s is closed.") % {"number": found.number})
    return redirect("bodies:seats", slug=slug, body=body)

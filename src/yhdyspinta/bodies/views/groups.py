"""The beginning of a group: proposing it, its life as far as it has come, and taking a proposal back (C17, C24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yhdyspinta.agreement import today
from yhdyspinta.bodies import actions
from yhdyspinta.bodies.forms.groups import ProposalForm, ReasonForm
from yhdyspinta.bodies.known import term_of
from yhdyspinta.bodies.life import Life, life_of
from yhdyspinta.bodies.models import Appointment, Proposal
from yhdyspinta.bodies.queries import appointments_of, proposal_or_404, seats_of
from yhdyspinta.bodies.telling import (
    EVERYTHING,
    NOTHING,
    Link,
    acceptances,
    clauses_of,
    counted,
    left_open,
    seats_in_words,
    told,
)
from yhdyspinta.bodies.views.access import BodyRoom, enter_body, enter_body_as_party
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.parties.days import shown_day
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.queries import parties_of
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in, status_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose a group of the agreement, or a new one, for a term; ``?elin=`` chooses it. Six queries to look."""
    room = enter_body_as_party(request, slug)
    if not room.standing.records:
        raise NotAllowed(_("Groups are proposed by the parties of the agreement."))
    parties = [party for party in parties_of(room.agreement) if party.slug in room.world.parties]
    form = _proposal_form(room, parties)
    if request.method == "POST" and form.is_valid():
        try:
            by = room.acting_for(form.proposer)
            made = actions.propose_group(room.agreement, form.proposed(parties), by=by)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The group is proposed. Next the parties are asked to accept it."))
            return redirect("bodies:proposal", slug=slug, proposal=made.pk)
    shown = room.context(
        form=form,
        left_open=left_open(room.world, ["erillisen-ryhman-sopijat"], room.language),
        clauses=clauses_of(room.world, ["acceptance-given", "body-appointed"], room.language),
    )
    return render(request, "bodies/propose.html", shown, status=status_of(request))


def _proposal_form(room: BodyRoom, parties: list[Party]) -> ProposalForm:
    """Return the form with the groups, themes and levels of the agreement. No queries."""
    language, charter = room.language, room.charter
    groups = [(each.slug, capfirst(each.name.get(language))) for each in room.world.bodies.values() if each.group]
    levels = [(str(each.number), f"{each.number}. {capfirst(each.name.get(language))}") for each in charter.levels]
    own = parties if room.standing.everything else [each for each in parties if room.standing.manages(each)]
    asked = room.request.GET.get("elin", "")
    return ProposalForm(
        groups,
        [(each.id, capfirst(each.name.get(language))) for each in charter.themes.values()],
        levels,
        own,
        posted(room.request),
        initial={
            "group": asked if asked in dict(groups) else "",
            "level": next((each.number for each in charter.levels if each.groups), None),
            "proposed_by": own[0].slug if len(own) == 1 else "",
            "first_day": today(),
            "seats": 1,
        },
        term_help=term_help(room, today()),
    )


def term_help(room: BodyRoom, day: date) -> str:
    """Return what an empty last day means: the end of the council term that a day falls in (C26)."""
    term = term_of(room.charter, day)
    if term is None:
        return _("Leave empty when the end is not known.")
    return _("Leave empty for the end of the council term, %(day)s.") % {"day": shown_day(term.last)}


# What became of a proposal


@require_safe
def proposal(request: HttpRequest, slug: str, proposal: int) -> HttpResponse:
    """Show a proposal, the group's life, who has accepted it, and what can be done next. Six queries for strangers.

    Who has not accepted it is shown as the parties have decided (DESIGN §5).
    """
    room, found = _enter_proposal(request, slug, proposal)
    appointments = list(appointments_of(room.agreement, room.body))
    life = life_of(room.world, room.known, [found], appointments, found.first_day)
    shown = EVERYTHING if not room.standing.public else room.agreement.states_shown_to_public
    mine = [each for each in appointments if each.proposal_id == found.pk]
    seats = [seat for seat in seats_of(room.agreement, room.body) if seat.proposal_id == found.pk]
    links = step_links(room, life, mine)
    accepted = life.step("accepted")
    lines = told(life, shown, found, mine[0] if mine else None)
    context = room.context(
        proposal=found,
        lines=[replace(line, links=tuple(links.get(line.id, ()))) for line in lines],
        acceptances=acceptances(room.world, life, shown, room.language),
        count=counted(accepted) if shown != NOTHING or accepted.done else "",
        partly=shown != EVERYTHING and bool(life.missing),
        seats=seats_in_words(seats, room.world.parties),
        agreed=found.body.agreed if found.body.formed_on else "",
        new=found.body.formed_on is not None,
        left_open=left_open(room.world, ["hyvaksynnan-muoto", "hyvaksynnan-kohde"], room.language),
        clauses=clauses_of(room.world, ["acceptance-given", "member-named", "plan-adopted"], room.language),
        may_withdraw=room.standing.manages(found.proposed_by) and not mine,
    )
    return render(request, "bodies/proposal.html", context)


def _enter_proposal(
    request: HttpRequest, slug: str, number: int, *, as_party: bool = False
) -> tuple[BodyRoom, Proposal]:
    """Return the room of a proposal's group with the proposal, or answer 404."""
    room = enter_body_as_party(request, slug) if as_party else enter_body(request, slug)
    found = proposal_or_404(room.agreement, number)
    room.body = found.body.slug
    if room.known.preparedness and room.standing.public:
        raise Http404
    return room, found


def step_links(room: BodyRoom, life: Life, mine: list[Appointment]) -> dict[str, list[Link]]:
    """Return where this person can go on from each step."""
    if room.standing.public:
        return {each: _to_plan(room, life, each) for each in ("action-plan", "rules") if life.has(each)}
    links = {"accepted": _to_acceptance(room, life), "appointed": _to_appointment(room, life)}
    if life.has("constituted"):
        links["constituted"] = _to_first_meeting(room, life)
    links |= {each: _to_plan(room, life, each) for each in ("action-plan", "rules") if life.has(each)}
    if room.appoints and mine and not life.step("ended").done:
        address = _of_body(room, "bodies:end-group", appointment=mine[0].pk)
        links["ended"] = [Link(_("End the group's work"), address)]
    return links


def _to_acceptance(room: BodyRoom, life: Life) -> list[Link]:
    if not room.standing.records or not life.missing:
        return []
    ask = _asking(room, "acceptance")
    found = [Link(_("Ask the parties to accept it"), ask, life.next == "accepted")] if ask else []
    duty = next((id_ for id_, duty in room.charter.duties.items() if "acceptance-given" in duty.evidence), "")
    if duty:
        record = reverse("records:new", kwargs={"slug": room.agreement.slug})
        query = urlencode({"sitoumus": duty, "kohde": room.body})
        found.append(Link(_("Record an acceptance"), f"{record}?{query}"))
    return found


def _to_appointment(room: BodyRoom, life: Life) -> list[Link]:
    found = []
    if room.appoints and not life.step("appointed").done:
        found.append(
            Link(_("Record the appointment"), _of_body(room, "bodies:appoint"), main=life.next == "appointed")
        )  # fmt: skip
    ask = _asking(room, "nomination") if room.standing.records else ""
    return [*found, Link(_("Ask the parties for their representatives"), ask)] if ask else found


def _to_first_meeting(room: BodyRoom, life: Life) -> list[Link]:
    if not room.manages_body:
        return []
    done = life.step("constituted").done
    label = _("See the first meeting") if done else _("Record the first meeting")
    return [Link(label, _of_body(room, "bodies:constitute"), main=life.next == "constituted")]


def _to_plan(room: BodyRoom, life: Life, kind: str) -> list[Link]:
    """Return the way to a plan or to rules: seen where it is adopted, written by who looks after the group."""
    address = _of_body(room, "bodies:plans", kind=kind)
    if life.step(kind).done:
        return [Link(_("See the versions"), address)]
    return [Link(_("Write it or bring it in"), address, main=life.next == kind)] if room.manages_body else []


def _of_body(room: BodyRoom, page: str, **more: Any) -> str:
    return reverse(page, kwargs={"slug": room.agreement.slug, "body": room.body, **more})


def _asking(room: BodyRoom, kind: str) -> str:
    """Return where the parties are asked something, or nothing where an installation goes without requests."""
    try:
        page = reverse("requests:new", kwargs={"slug": room.agreement.slug})
    except NoReverseMatch:
        return ""
    return f"{page}?{urlencode({'laji': kind, 'elin': room.body})}"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_proposal(request: HttpRequest, slug: str, proposal: int) -> HttpResponse:
    """Take a proposal back, with the reason."""
    room, found = _enter_proposal(request, slug, proposal, as_party=True)
    if not room.standing.manages(found.proposed_by):
        raise NotAllowed(_("A proposal is taken back by the party that made it."))
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        by = room.acting_for(found.proposed_by)
        try:
            actions.withdraw_proposal(found, reason=form.cleaned_data["reason"], by=by)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The proposal is taken back."))
            return redirect("desk:structure", slug=slug)
    accepted = room.world.accepted(room.body, term_of(room.charter, found.first_day))
    shown = room.context(form=form, proposal=found, new=found.body.formed_on is not None, accepted=len(accepted))
    return render(request, "bodies/withdraw_proposal.html", shown, status=status_of(request))

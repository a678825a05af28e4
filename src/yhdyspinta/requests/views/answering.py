"""Answering: the same form for somebody signed in, for whoever opened a link, and on a party's behalf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yhdyspinta.bodies.models import Seat
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.parties.views.access import posted, renew_version, show_refusal, signed_in, status_of
from yhdyspinta.requests.actions import BY_ACCOUNT, RECORDED, Through, answer_request
from yhdyspinta.requests.actions.nominating import places_of
from yhdyspinta.requests.forms.answering import AnswerForm, NomineeForm, nominee_forms
from yhdyspinta.requests.models import Answer, Asked, Request
from yhdyspinta.requests.queries import answer_in, seats_for
from yhdyspinta.requests.views.access import RequestRoom, asked_in, enter_request_as_party, enter_to_keep


@dataclass
class Answering:
    """A party's answer being given: the forms, and what became of them."""

    asked: Asked
    form: AnswerForm
    rows: list[NomineeForm]
    conflict: Conflict | None = None
    made: Answer | None = None

    own: int = 1
    """How many seats are the party's own: so many rows stand open."""

    @property
    def first_count(self) -> int:
        """How many rows stand open: one for each seat of one's own, and all up to the last that is filled."""
        filled = [number for number, row in enumerate(self.rows, start=1) if row.filled or row.initial]
        return max([self.own, *filled], default=0)

    @property
    def first(self) -> list[NomineeForm]:
        """The rows that stand open."""
        return self.rows[: self.first_count]

    @property
    def more(self) -> list[NomineeForm]:
        """The rows that are opened when more people are proposed."""
        return self.rows[self.first_count :]

    @property
    def forms(self) -> list[AnswerForm | NomineeForm]:
        """All forms, for the summary of mistakes."""
        return [self.form, *self.rows]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, request_id: int, party: str) -> HttpResponse:
    """Answer for a party, or correct what it answered."""
    room = enter_request_as_party(request, slug, request_id)
    asked = asked_in(room, party)
    if not room.standing.manages(asked.party):
        raise NotAllowed(_("You do not act for %(party)s.") % {"party": asked.party.organisation})
    user = request.user
    name = user.get_full_name() if not room.standing.everything else ""  # type: ignore[union-attr] # signed in
    return _page(room, asked, BY_ACCOUNT, room.acting_for(asked.party), given_by=name)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, slug: str, request_id: int, party: str) -> HttpResponse:
    """Record what a party has decided in its own system, with a reference, on its behalf (DESIGN §5)."""
    room = enter_to_keep(request, slug, request_id)
    return _page(room, asked_in(room, party), RECORDED, room.acting_for(room.asking.sender))


def _page(room: RequestRoom, asked: Asked, through: Through, by: Actor, given_by: str = "") -> HttpResponse:
    request = room.request
    if room.asking.state in (Request.State.DRAFT, Request.State.WITHDRAWN):
        raise Http404
    giving = give(request, asked, through, by, given_by=given_by)
    if giving.made is not None:
        messages.success(request, told_of(giving.made))
        where = {"slug": room.agreement.slug, "request_id": room.asking.pk, "party": asked.party.slug}
        return redirect(reverse("requests:party-answer", kwargs=where))
    shown = room.context(giving=giving, form=giving.form, asked=asked, recorded=through is RECORDED)
    return render(request, "requests/give.html", shown, status=status_for(request, giving))


def told_of(made: Answer) -> str:
    """Return what whoever answered is told: that it is kept, and how."""
    if made.late:
        return _("The answer is kept. It came after the deadline and is marked so.")
    return _("The correction is kept, the earlier answer beside it.") if made.number > 1 else _("The answer is kept.")


def status_for(request: HttpRequest, giving: Answering) -> int:
    """Return 409 where somebody else has answered meanwhile, 422 where something is to be mended."""
    return 409 if giving.conflict is not None else status_of(request)


def give(request: HttpRequest, asked: Asked, through: Through, by: Actor, *, given_by: str = "") -> Answering:
    """Read the forms of an answer, and record it when they are in order. ``asked`` comes with its answer that stands.

    Raises:
        NotAllowed: the actor may not answer for the party.
        LinkRefused: the link does nothing any more.

    """
    row, before = asked.request, answer_in(asked)
    data = posted(request)
    form = AnswerForm(
        row, data, request.FILES or None, before=before, initial={"given_by": given_by} if given_by else {}
    )
    seats = list(seats_for(row)) if row.kind == "nomination" else []
    rows = _nominees(asked, data, before, seats)
    own = sum(seat.party_id == asked.party_id for seat in seats)
    giving = Answering(asked, form, rows, own=max(own, 1))
    if data is None or not _valid(form, rows):
        return giving
    nominees = tuple(each.nominee for each in rows if each.filled)
    version = form.cleaned_data["version"] or 0
    try:
        giving.made = answer_request(
            asked,
            form.given(nominees),
            version=version,
            files=form.cleaned_data["attachments"],
            through=through,
            by=by,
        )
    except Conflict as conflict:
        giving.conflict = conflict
        newest = asked.answers.order_by("-number").first()
        renew_version(form, newest.number if newest else 0)
    except ValidationError as error:
        show_refusal(form, error)
    return giving


def _valid(form: AnswerForm, rows: Sequence[NomineeForm]) -> bool:
    """Check all forms, so that every mistake is shown at once; rows count only where somebody is proposed."""
    fine = form.is_valid()
    if form.data.get("outcome") != "nominated":
        return fine
    return all([fine, *(row.is_valid() for row in rows if row.filled)])


def _nominees(asked: Asked, data: object, before: Answer | None, seats: Sequence[Seat]) -> list[NomineeForm]:
    row = asked.request
    if row.kind != "nomination":
        return []
    places = len(places_of(asked.party, seats))
    asks = row.proposal is not None and row.proposal.asks_deputies
    return nominee_forms(data, places=places, asks_deputies=asks, before=before)  # type: ignore[arg-type] # a QueryDict

"""Who sits in a body on a day: the page, and the same as files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from yhdyspinta.bodies.balance_told import balance_told
from yhdyspinta.bodies.forms.members import DayForm
from yhdyspinta.bodies.models import Membership
from yhdyspinta.bodies.roster import ALL, Place, Roster, history_of, named_body, roster_of
from yhdyspinta.bodies.telling import clauses_of
from yhdyspinta.bodies.views.access import BodyRoom, enter_body
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.forms.inputs import typed_day
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.queries import parties_of
from yhdyspinta.parties.views.access import View, signed_in
from yhdyspinta.printing.columns import Cell
from yhdyspinta.printing.writing import Table
from yhdyspinta.tasks.actions import enqueue


def by_revision(view: View) -> View:
    """Mark a page whose public face depends on the agreement's revision alone (web/middleware.py)."""
    return require_safe(cache_control(public=True, no_cache=True)(view))


def shown_to(room: BodyRoom) -> str:
    """Return how much of what is empty is shown to who looks (DESIGN §5)."""
    return room.agreement.states_shown_to_public if room.standing.public else ALL


@by_revision
def roster(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Show who sits in a body on a day (``?pvm=``), who comes and who was there; to the parties with the balance.

    At most nine queries for the public in a warm process, one less for a group.
    """
    room = enter_body(request, slug, body)
    found = _found(room)
    coming, past = history_of(room.world, body)
    look(room, "roster", found.places)
    query = f"?pvm={request.GET['pvm']}" if request.GET.get("pvm") else ""
    shown = room.context(
        roster=found,
        form=DayForm(request.GET if query else {"pvm": typed_day(found.day)}),
        query=query,
        asked=bool(query),
        coming=coming,
        past=past,
        changes=_Changes(room),
        whole=not room.standing.public,
        clauses=clauses_of(room.world, ["member-named"], room.language),
    )
    if not room.standing.public:
        shown["balance"] = balance_told(room.world, room.known, found.places, parties_of(room.agreement))
    return render(request, "bodies/roster.html", shown)


def _found(room: BodyRoom) -> Roster:
    """Return who sits in the body on the day that the address asks for. At most four queries after entering."""
    return roster_of(room.world, room.known, language=room.language, shown=shown_to(room))


class _Changes:
    """What who looks may change on the page: whatever is of their own party, or all where they look after the body."""

    def __init__(self, room: BodyRoom) -> None:
        self._room = room
        self.all = room.manages_body

    @property
    def names(self) -> bool:
        """Whether they may name somebody."""
        return self.all or bool(self._room.standing.administers)

    @property
    def parties(self) -> set[int]:
        """The parties whose members they may change."""
        return {party.pk for party in self._room.standing.administers}


def look(room: BodyRoom, what: str, places: Iterable[Place]) -> None:
    """Note whose contact data is shown to somebody of the parties. One query where there is any."""
    if not room.standing.public:
        people = [each.person for each in places if each.person is not None]
        note_look(room.standing, what=f"{what}:{room.body}", people=[p.pk for p in people if p.email or p.phone])


@by_revision
def roster_file(request: HttpRequest, slug: str, body: str, kind: str) -> HttpResponse:
    """Hand out who sits in a body on a day as a table; with contact data to the parties. At most seven queries."""
    room = enter_body(request, slug, body)
    found = _found(room)
    look(room, f"roster.{kind}", found.places)
    word = _("members")
    name = f"{slug}-{body}-{word}-{found.day}"
    return table_of(room, found.places).response(name, kind, named_body(room.known, room.language))


def table_of(room: BodyRoom, places: Iterable[Place]) -> Table:
    """Return places as a table: with contact data for the parties."""
    whole = not room.standing.public
    headings = [
        (_("Role"), 22), (_("Party"), 30), (_("Name"), 28), (_("Post"), 28), (_("Ex officio"), 10), (_("From"), 12),
        (_("To"), 12), (_("Deputy of"), 28), (_("Decision"), 40),
    ]  # fmt: skip
    contact = [(_("E-mail"), 34), (_("Phone"), 18)] if whole else []
    return Table([*headings, *contact], [[*_told(each), *(_reach(each) if whole else ())] for each in places])


def _told(place: Place) -> list[Cell]:
    return [
        place.role_name,
        place.whose,
        str(place.person) if place.person is not None else _("empty place"),
        place.title,
        _("yes") if place.ex_officio else "",
        place.first,
        place.last,
        place.deputy_of,
        place.basis,
    ]


def _reach(place: Place) -> list[Cell]:
    return [place.person.email, place.person.phone] if place.person is not None else ["", ""]


@signed_in
@require_POST
def roster_pdf(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Ask for the list of members as PDF: a task makes it, and its page says when it is ready."""
    room = enter_body(request, slug, body)
    back = reverse("bodies:roster", kwargs={"slug": slug, "body": body})
    day = room.world.day.isoformat()
    arguments: dict[str, Any] = {"slug": slug, "body": body, "day": day, "account": request.user.pk}
    title = _("Members of %(body)s as PDF") % {"body": named_body(room.known, room.language)}
    try:
        task = enqueue(
            work="yhdyspinta.bodies.documents:print_roster",
            arguments=arguments,
            title=title,
            account=request.user.pk,
            back=f"{back}?pvm={day}",
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(back)
    return redirect("tasks:show", task.pk)


def may_change(room: BodyRoom, membership: Membership) -> bool:
    """Tell whether who looks may end or withdraw a membership: their own party's, or any of a body they look after."""
    party: Party | None = membership.party
    return (party is not None and room.standing.manages(party)) or room.manages_body

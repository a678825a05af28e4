"""The list of requests: what has been asked, of how many, and how many have answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yhdyspinta.agreement.days import HELSINKI, today
from yhdyspinta.printing.writing import Table
from yhdyspinta.requests.forms.asking import FilterForm
from yhdyspinta.requests.kinds import KINDS
from yhdyspinta.requests.models import Request
from yhdyspinta.requests.queries import open_for, requests_of
from yhdyspinta.requests.views.access import RequestRoom, enter_requests, of_revision, senders

PER_PAGE = 50
STATES = {
    "avoin": Request.State.OPEN,
    "suljettu": Request.State.CLOSED,
    "peruttu": Request.State.WITHDRAWN,
    "luonnos": Request.State.DRAFT,
}
"""What ``?tila=`` may say."""


@require_safe
@of_revision
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the requests, newest first, fifty on a page. At most eight queries, however many there are."""
    room = enter_requests(request, slug)
    form = filter_form(room)
    page = Paginator(found_by(room, form), PER_PAGE).get_page(request.GET.get("sivu"))
    waiting = list(open_for(room.standing.parties[0])) if len(room.standing.parties) == 1 else []
    query = request.GET.copy()
    query.pop("sivu", None)
    shown = room.context(
        form=form,
        page=page,
        rows=list(page.object_list),
        names={slug: known.name.get(room.language) for slug, known in room.world.bodies.items()},
        waiting=waiting,
        asks=not room.standing.public and bool(senders(room)),
        kinds=list(KINDS.values()),
        query=query.urlencode(),
        filtered=any(form.data.get(name) for name in form.fields),
        today=today(),
    )
    return render(request, "requests/list.html", shown)


def filter_form(room: RequestRoom) -> FilterForm:
    """Return the filters as the address says them; drafts are offered to who may ask."""
    kinds = [(kind.id, capfirst(str(kind.name))) for kind in KINDS.values()]
    states = [(word, capfirst(str(state.label))) for word, state in STATES.items()]
    return FilterForm(kinds, states[:3] if room.standing.public else states, room.request.GET)


def found_by(room: RequestRoom, form: FilterForm) -> QuerySet[Request]:
    """Return the requests that the filters keep and who looks may see: drafts are for who keeps them."""
    rows = requests_of(room.agreement, drafts=not room.standing.public)
    if not room.standing.everything:
        own = [party.pk for party in room.standing.administers]
        rows = rows.filter(Q(sent_at__isnull=False) | Q(sender__in=own))
    if room.standing.public:
        rows = rows.exclude(subject__in=[slug for slug, known in room.world.bodies.items() if known.preparedness])
    if form.said("laji"):
        rows = rows.filter(kind=form.said("laji"))
    if form.said("haku"):
        rows = rows.filter(title__icontains=form.said("haku"))
    return _in_state(rows, STATES.get(form.said("tila") or ""))


def _in_state(rows: QuerySet[Request], state: Request.State | None) -> QuerySet[Request]:
    match state:
        case Request.State.DRAFT:
            return rows.filter(sent_at__isnull=True)
        case Request.State.OPEN:
            return rows.filter(sent_at__isnull=False, closed_at__isnull=True, withdrawn_at__isnull=True)
        case Request.State.CLOSED:
            return rows.filter(closed_at__isnull=False)
        case Request.State.WITHDRAWN:
            return rows.filter(withdrawn_at__isnull=False)
        case _:
            return rows


@require_safe
@of_revision
def listing_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand the filtered list out as CSV or XLSX."""
    room = enter_requests(request, slug)
    headings = [
        (_("Kind"), 16),
        (_("Title"), 50),
        (_("About"), 30),
        (_("Who asks"), 30),
        (_("Sent"), 12),
        (_("Deadline"), 12),
        (_("State"), 12),
        (_("Asked"), 10),
        (_("Answered"), 10),
    ]
    table = Table(headings, _rows(room, found_by(room, filter_form(room))))
    return table.response(f"{slug}-pyynnot", kind, _("Requests"))


def _rows(room: RequestRoom, found: QuerySet[Request]) -> Iterator[list[Any]]:
    for row in found:
        known = room.world.bodies.get(row.subject)
        sent = row.sent_at.astimezone(HELSINKI).date() if row.sent_at else None
        yield [
            str(row.of_kind.name),
            row.title,
            known.name.get(room.language) if known else row.subject,
            str(row.sender.organisation),
            sent,
            row.last_day,
            str(row.state.label),
            row.asked_count,  # type: ignore[attr-defined] # annotated
            row.answered_count,  # type: ignore[attr-defined] # annotated
        ]

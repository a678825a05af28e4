"""What has been recorded: the list with its filters and exports, one record with its history, its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yhdyspinta.papers.download import download
from yhdyspinta.printing.columns import Column
from yhdyspinta.printing.writing import table_response
from yhdyspinta.records import policy, queries
from yhdyspinta.records.forms import CorrectionRequestForm, FilterForm
from yhdyspinta.records.models import Record
from yhdyspinta.records.queries import Records
from yhdyspinta.records.showing import is_preparedness, shown_record
from yhdyspinta.records.spreadsheet import sheet_name, to_row
from yhdyspinta.records.spreadsheet.columns import ABOUT_THE_RECORD, COLUMNS
from yhdyspinta.records.views.access import Room, enter, may_change

PER_PAGE = 50
_of_revision = cache_control(public=True, no_cache=True)


@require_safe
@_of_revision
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the records, newest day first, fifty on a page. At most eight queries, however many there are."""
    room = enter(request, slug)
    form = FilterForm(request.GET, room.names, public=room.viewer.public)
    found = filtered(room, form)
    page = Paginator(found.ready(), PER_PAGE).get_page(request.GET.get("sivu"))
    records = list(page.object_list)
    asked = {} if room.viewer.public else queries.requests_on(records)
    shown = room.context(
        form=form,
        page=page,
        rows=[(shown_record(record, room.names, room.viewer), open_requests(asked, record)) for record in records],
        query=_query_without_page(request),
        filtered=any(form.data.get(name) for name in form.fields),
    )
    return render(request, "records/list.html", shown)


def open_requests(asked: Mapping[int, list[Any]], record: Record) -> int:
    """Return how many requests for correction of a record wait for an answer."""
    return sum(request.open for request in asked.get(record.pk, []))


def filtered(room: Room, form: FilterForm) -> Records:
    """Return the records that the filters keep; a filter that is not understood keeps all."""
    form.is_valid()
    chosen = form.cleaned_data
    found = queries.records_of(room.agreement).visible_to(room.viewer)
    standing = chosen.get("tila") or ""
    if standing == "peruttu":
        found = found.withdrawn()
    elif standing != "kaikki":
        found = found.standing()
    if standing == "pyynto":
        found = found.with_requests()
    if chosen.get("sitoumus"):
        found = found.proving(room.names.charter, chosen["sitoumus"])
    for name in ("osapuoli", "elin"):
        if chosen.get(name):
            found = found.naming(chosen[name])
    wanted = {
        "kind": chosen.get("laji"),
        "day__gte": chosen.get("alkaen"),
        "day__lte": chosen.get("asti"),
    }
    given = {name: value for name, value in wanted.items() if value}
    return found.with_fact(**given) if given else found


def _query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("sivu", None)
    return query.urlencode()


@require_safe
@_of_revision
def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Hand the filtered list out as CSV or XLSX, a row for each fact, in the columns of the template."""
    room = enter(request, slug)
    found = filtered(room, FilterForm(request.GET, room.names, public=room.viewer.public))
    name = f"{room.agreement.slug}-kirjaukset-{timezone.localdate().isoformat()}"
    return table_response(_columns(room), _rows(room, found.ready()), name=name, kind=form, sheet=sheet_name())


def _columns(room: Room) -> list[Column]:
    """Return the columns that someone may see: the public neither notes and working hours nor who and why."""
    if room.viewer.public:
        return [column for column in COLUMNS if column.key not in ("note", "hours")] + [ABOUT_THE_RECORD[0]]
    return [*COLUMNS, *ABOUT_THE_RECORD]


def _rows(room: Room, found: Records) -> Iterator[dict[str, Any]]:
    for record in found.iterator(chunk_size=1000):
        about = _about(record)
        for fact in record.facts.all():
            given = {**fact.given, "reference": record.reference_text}
            if room.viewer.public and is_preparedness(given, room.names):
                secret = {"fact", "body", "subject", "on", "meeting"}
                given = {name: value for name, value in given.items() if name in secret}
                yield {**to_row(given, room.names), "reference": record.register, "record": record.pk}
                continue
            yield {**to_row(given, room.names, link=record.link, note=record.note), **about}


def _about(record: Record) -> dict[str, Any]:
    standing = _("corrected") if record.replaced_at else _("withdrawn") if record.withdrawn_at else _("in force")
    return {
        "record": record.pk,
        "recorded_by": str(record.by_person or record.by_party),
        "recorded_at": timezone.localdate(record.recorded_at),
        "standing": standing,
        "reason": record.withdrawn_reason,
    }


@require_safe
@_of_revision
def show(request: HttpRequest, slug: str, record: int) -> HttpResponse:
    """Show one record with its history. At most twelve queries.

    A record that was corrected leads the public to what holds now.
    """
    room = enter(request, slug)
    found = queries.records_of(room.agreement).ready().filter(pk=record).first()
    if found is None:
        raise Http404
    if room.viewer.public and not found.standing:
        newest = queries.newest_of(found)
        if newest is None or not newest.standing:
            raise Http404
        return redirect(newest)
    return render(request, "records/show.html", room.context(**_shown(room, found)))


def _shown(room: Room, found: Record) -> dict[str, Any]:
    versions = [] if room.viewer.public else list(queries.versions_of(found))
    asked = [] if room.viewer.public else _flat(queries.requests_on(versions).values())
    own = policy.may_ask(room.viewer.parties, found)
    return {
        "shown": shown_record(found, room.names, room.viewer),
        "record": found,
        "duty_name": _duty_name(room, found.duty),
        "parties": dict(room.party_names(room.names.charter.parties)),
        "versions": [shown_record(version, room.names, room.viewer) for version in versions],
        "requests": asked,
        "may_change": found.standing and may_change(room, found),
        "ask_form": CorrectionRequestForm(room.party_names(own)) if own and found.standing else None,
    }


def _duty_name(room: Room, duty: str) -> str:
    written = room.names.charter.duties.get(duty)
    return written.name.get(get_language() or "") if written else ""


def _flat(lists: Iterable[list[Any]]) -> list[Any]:
    return [item for some in lists for item in some]


@require_safe
def file(request: HttpRequest, slug: str, record: int) -> HttpResponseBase:
    """Hand out a record's file: to the parties, and to everyone where the record says so."""
    room = enter(request, slug)
    found = queries.record_or_404(room.agreement, record, room.viewer)
    if found.file is None or (room.viewer.public and not shown_record(found, room.names, room.viewer).has_file):
        raise Http404
    return download(found.file, public=found.file_public and not found.withdrawn_at)

"""The history of years in one go: template, file, preview line by line, and one button."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yhdyspinta.journal.actions import set_records_from
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.parties.views.access import posted, signed_in
from yhdyspinta.printing.unreadable import LIMITS, MEGABYTE, Unreadable
from yhdyspinta.records import queries
from yhdyspinta.records.actions import bring_in_history, discard_history, preview_history
from yhdyspinta.records.forms import UploadForm
from yhdyspinta.records.kinds import KINDS
from yhdyspinta.records.models import BroughtIn, BroughtInLine
from yhdyspinta.records.rules import Problem
from yhdyspinta.records.showing import shown_day, shown_fact
from yhdyspinta.records.spreadsheet import FORMATS
from yhdyspinta.records.spreadsheet import template as make_template
from yhdyspinta.records.spreadsheet.columns import BY_KEY, columns_of
from yhdyspinta.records.views.access import Room, enter, enter_to_record

PER_PAGE = 100
# The words of the filter in the address bar, whatever the language of the page.
VERDICTS = {"lisataan": "new", "ennestaan": "known", "torjutaan": "refused", "esimerkit": "example"}
_ADDED = gettext_lazy("Added")
_SAID = {
    "new": gettext_lazy("Will be added"),
    "known": gettext_lazy("Already there"),
    "refused": gettext_lazy("Cannot be added"),
    "example": gettext_lazy("Example, skipped"),
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Explain, hand out the template, take a file and go to its preview."""
    room = enter_to_record(request, slug)
    parties = room.party_names(room.viewer.parties)
    form = UploadForm(parties, posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_previewed(room, form))
        except Unreadable as unreadable:
            form.add_error("file", str(unreadable))
    shown = room.context(
        form=form,
        histories=list(queries.histories_of(room.agreement, room.viewer)[:20]),
        most=LIMITS,
    )
    return render(request, "records/bring_in.html", shown, status=422 if request.method == "POST" else 200)


def _previewed(room: Room, form: UploadForm) -> BroughtIn:
    uploaded = form.cleaned_data["file"]
    if uploaded.size > LIMITS.bytes:
        raise Unreadable("too-big", LIMITS.bytes // MEGABYTE)
    actor = room.actor(party=form.cleaned_data.get("party", ""))
    return preview_history(room.agreement, uploaded.read(), filename=uploaded.name, by=actor)


@require_safe
def template(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Hand out the template in one of its formats; it holds no records, so anybody may look at it."""
    if form not in FORMATS:
        raise Http404
    room = enter(request, slug)
    called = _("history-template")
    name = f"{room.agreement.slug}-{called}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return HttpResponse(make_template(form, room.names), content_type=FORMATS[form], headers=headers)


@signed_in
@require_safe
def preview(request: HttpRequest, slug: str, batch: int) -> HttpResponse:
    """Show what becomes of every line, a hundred on a page. Eight queries, however many lines there are."""
    room = enter_to_record(request, slug)
    found = _visible(room, batch)
    counts = queries.verdicts_of(found)
    wanted = VERDICTS.get(request.GET.get("rivit", ""), "")
    page = Paginator(queries.lines_of(found, wanted), PER_PAGE).get_page(request.GET.get("sivu"))
    shown = room.context(
        batch=found,
        counts=[
            (word, _said(found, verdict), counts[verdict]) for word, verdict in VERDICTS.items() if counts[verdict]
        ],
        total=sum(counts.values()),
        new=counts["new"],
        wanted=request.GET.get("rivit", "") if wanted else "",
        page=page,
        lines=[_shown_line(room, found, line) for line in page.object_list],
        offer=_offer(room, found),
    )
    return render(request, "records/preview.html", shown)


def _visible(room: Room, number: int) -> BroughtIn:
    """Return a history, or answer 404: it is seen by whoever may apply it."""
    found = queries.batch_or_404(room.agreement, number)
    if not room.viewer.everything and found.by_party not in room.viewer.parties:
        raise Http404
    return found


def _said(batch: BroughtIn, verdict: str) -> Any:
    """Return what becomes of a line, or what has become of it."""
    return _ADDED if verdict == "new" and batch.applied_at else _SAID[verdict]


def _shown_line(room: Room, batch: BroughtIn, line: BroughtInLine) -> dict[str, Any]:
    """Return a line in words: what it says as far as it is understood, and why it is not added."""
    problems = [Problem(field, code, params) for field, code, params in line.problems]
    return {
        "number": line.number,
        "verdict": line.verdict,
        "said": _said(batch, line.verdict),
        "what": _in_words(room, line.given),
        "why": [(_field_label(line.given, problem.field), str(problem)) for problem in problems],
    }


def _in_words(room: Room, given: Any) -> str:
    kind = KINDS.get(str(given.get("fact", "")) if isinstance(given, dict) else "")
    if kind is None:
        return ""
    try:
        shown = shown_fact(given, room.names, room.viewer)
    except (KeyError, TypeError, ValueError, AttributeError):  # a refused line may hold anything
        return str(kind.label)
    return ", ".join(filter(None, (f"{shown.kind}: {shown.about}" if shown.about else shown.kind, shown.when)))


def _field_label(given: Any, name: str) -> str:
    """Return the heading of the column that a problem is about."""
    kind = KINDS.get(str(given.get("fact", "")))
    field = kind.field(name) if kind else None
    keys = columns_of(field) if field else (name,)
    labels = [str(BY_KEY[key].label) for key in keys if key in BY_KEY]
    return ", ".join(labels) if name != "fact" else ""


def _offer(room: Room, batch: BroughtIn) -> dt.date | None:
    """Return the day back to which ``records_from`` could be moved now that a history is there, if any."""
    if batch.applied_at is None or not room.viewer.everything:
        return None
    earliest = queries.earliest_day(room.agreement)
    return earliest if earliest and earliest < room.agreement.records_from else None


@signed_in
@require_POST
def apply(request: HttpRequest, slug: str, batch: int) -> HttpResponse:
    """Add every line that will be added, in one action."""
    room = enter_to_record(request, slug)
    found = _visible(room, batch)
    was_open = found.open
    try:
        bring_in_history(found, by=room.actor(party=found.by_party))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect(found)
    if was_open:
        added = queries.verdicts_of(found)["new"]
        said = ngettext("%(number)s event was added.", "%(number)s events were added.", added) % {"number": added}
        messages.success(request, said)
    return redirect(found)


@signed_in
@require_POST
def discard(request: HttpRequest, slug: str, batch: int) -> HttpResponse:
    """Throw a preview away."""
    room = enter_to_record(request, slug)
    found = _visible(room, batch)
    try:
        discard_history(found, by=room.actor(party=found.by_party))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect(found)
    messages.success(request, _("Discarded. Nothing was added."))
    return redirect("records:bring-in", slug=slug)


@signed_in
@require_POST
def records_from(request: HttpRequest, slug: str) -> HttpResponse:
    """Move the first day from which there are records back to the earliest day that the records cover."""
    room = enter_to_record(request, slug)
    if not room.viewer.everything:
        raise NotAllowed(_("The administrator of the installation decides from which day there are records."))
    earliest = queries.earliest_day(room.agreement)
    if earliest is not None and earliest < room.agreement.records_from:
        set_records_from(room.agreement, earliest, by=room.actor())
        messages.success(request, _("There are records from %(day)s on now.") % {"day": shown_day(earliest)})
    return redirect("records:bring-in", slug=slug)

"""Writing a request: a draft with its letter as it would look, changed, discarded, and sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from yhdyspinta.agreement import today
from yhdyspinta.bodies.policy import is_officer
from yhdyspinta.journal import wording
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.queries import parties_of
from yhdyspinta.parties.views.access import posted, renew_version, show_refusal, signed_in, status_of
from yhdyspinta.requests.actions import discard_request, draft_request, edit_request, send_request
from yhdyspinta.requests.documents import letter_text
from yhdyspinta.requests.forms.asking import RequestForm, SendForm
from yhdyspinta.requests.kinds import KINDS, Kind
from yhdyspinta.requests.letters import letter_of
from yhdyspinta.requests.models import Asked, Request
from yhdyspinta.requests.queries import seats_for
from yhdyspinta.requests.views.access import RequestRoom, enter_requests, enter_to_keep, senders


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a request of the kind that the address says."""
    room = enter_requests(request, slug)
    if room.standing.public:
        raise Http404
    asking = senders(room)
    if not asking:
        raise NotAllowed(_("Requests are sent by the parties of the agreement. Ask your own party's administrator."))
    kind = KINDS.get(request.GET.get("laji", ""))
    if kind is None:
        return render(request, "requests/choose.html", room.context(kinds=list(KINDS.values())))
    form = _form(room, kind, asking, None)
    if request.method == "POST" and form.is_valid():
        try:
            drafted = form.drafted
            files = form.cleaned_data["attachments"]
            made = draft_request(room.agreement, drafted, files=files, by=room.acting_for(drafted.sender))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The draft is saved. Nobody has been asked yet."))
            return redirect(made)
    return render(request, "requests/form.html", room.context(form=form, kind=kind), status=status_of(request))


def _form(room: RequestRoom, kind: Kind, asking: list[Party], row: Request | None) -> RequestForm:
    """Return the form with who may ask, on behalf of which bodies, and about what."""
    user: Any = room.request.user
    initial: dict[str, Any] = {}
    if row is None:
        initial = {
            "subject": room.request.GET.get("elin", ""),
            "contact_name": user.get_full_name(),
            "contact_email": user.email,
        }
        if len(asking) == 1:
            initial["sender"] = asking[0].slug
    bodies = [
        (known.slug, wording.capital(known.name.get(room.language)))
        for known in room.world.bodies.values()
        if not known.group and _speaks_for(room, known.slug)
    ]
    return RequestForm(
        kind,
        posted(room.request),
        room.request.FILES or None,
        senders=asking,
        bodies=bodies,
        subjects=_subjects(room, kind),
        request=row,
        initial=initial,
    )


def _speaks_for(room: RequestRoom, body: str) -> bool:
    """Tell whether who looks may ask on behalf of a body: its convenors, its officers, the installation."""
    if room.standing.everything:
        return True
    own = {party.slug for party in room.standing.administers}
    return bool(own.intersection(room.charter.convenors(body, today()))) or is_officer(
        room.acting, room.agreement, body
    )


def _subjects(room: RequestRoom, kind: Kind) -> list[tuple[str, str]]:
    """Return what a request of a kind can be about: groups, bodies with seats, or the subjects that the text names."""
    if kind.has_subject:
        asked = [duty.evidence.get("decision-made") for duty in room.charter.duties.values()]
        named = {str(each["subject"]) for each in asked if each and each.get("subject")}
        known = {"renewal": _("renewal of the agreement"), "withdrawal": _("withdrawal from the agreement")}
        return [(word, capfirst(str(known.get(word, word)))) for word in [*known, *sorted(named - set(known))]]
    bodies = [
        known
        for known in room.world.bodies.values()
        if known.group or (kind.id == "nomination" and "seats" in known.has)
    ]
    return [(known.slug, wording.capital(known.name.get(room.language))) for known in bodies]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, request_id: int) -> HttpResponse:
    """Change a draft. Who comes second sees both versions, and nothing typed is lost."""
    room = enter_to_keep(request, slug, request_id)
    row = room.asking
    if row.state != Request.State.DRAFT:
        raise Http404
    asking = [row.sender, *(party for party in senders(room) if party.pk != row.sender_id)]
    form = _form(room, row.of_kind, asking, row)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            edit_request(
                row,
                form.drafted,
                version=form.cleaned_data["version"] or 0,
                files=form.cleaned_data["attachments"],
                without=[int(number) for number in form.cleaned_data.get("without", ())],
                by=room.acting_for(form.drafted.sender),
            )
        except Conflict as both:
            conflict = both
            row.refresh_from_db()
            renew_version(form, row.version)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Saved. Nobody has been asked yet."))
            return redirect(row)
    shown = room.context(form=form, kind=row.of_kind, conflict=conflict, files=list(row.files.select_related("file")))
    return render(request, "requests/form.html", shown, status=409 if conflict else status_of(request))


@signed_in
@require_POST
def discard(request: HttpRequest, slug: str, request_id: int) -> HttpResponse:
    """Throw a draft away."""
    room = enter_to_keep(request, slug, request_id)
    discard_request(room.asking, by=room.acting_for(room.asking.sender))
    messages.success(request, _("The draft is gone."))
    return redirect("requests:list", slug=slug)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, slug: str, request_id: int) -> HttpResponse:
    """Look at the letter once more, choose the parties, and send."""
    room = enter_to_keep(request, slug, request_id)
    row = room.asking
    if row.state != Request.State.DRAFT:
        return redirect(row)
    parties = [party for party in parties_of(room.agreement) if party.slug in room.world.parties]
    form = SendForm(parties, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            task = send_request(row, form.chosen, by=room.acting_for(row.sender))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            count = len(form.chosen)
            said = ngettext("Sent to %(count)s party.", "Sent to %(count)s parties.", count) % {"count": count}
            messages.success(request, said)
            return redirect("tasks:show", task=task.pk)
    unreached = [party for party in parties if not party.organisation.registry_email]
    shown = room.context(form=form, letter=preview(room, parties), unreached=unreached)
    return render(request, "requests/send.html", shown, status=status_of(request))


def preview(room: RequestRoom, parties: list[Party]) -> str:
    """Return the letter to the first of the parties, as plain text. At most two queries."""
    if not parties:
        return ""
    row = room.asking
    asked = Asked(request=row, party=parties[0])
    seats = list(seats_for(row)) if row.kind == "nomination" else []
    return letter_text(
        letter_of(row, asked, world=room.world, recipients=parties, seats=seats, made=today())
    )  # fmt: skip

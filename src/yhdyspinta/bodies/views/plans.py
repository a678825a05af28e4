"""A body's action plan and rules: read by everybody once adopted, written and adopted by who looks after it (C26)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yhdyspinta.agreement import today
from yhdyspinta.bodies import actions
from yhdyspinta.bodies.forms.plans import AdoptForm, PlanForm
from yhdyspinta.bodies.models import Plan
from yhdyspinta.bodies.queries import plan_or_404, plans_of
from yhdyspinta.bodies.telling import adoptions, left_open
from yhdyspinta.bodies.views.access import BodyRoom, enter_body, enter_to_manage_body
from yhdyspinta.bodies.views.appointing import with_clause
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.papers.download import download
from yhdyspinta.parties.views.access import posted, renew_version, show_refusal, signed_in, status_of


@require_safe
def plans(request: HttpRequest, slug: str, body: str, kind: str) -> HttpResponse:
    """Show the versions of a plan or of rules, the newest first; the draft to the parties alone. Five queries."""
    room = enter_body(request, slug, body)
    _refuse_other(kind)
    versions = list(plans_of(room.agreement, body, kind))
    days = {each.adopted_on for each in versions}
    shown = _context(
        room,
        kind,
        recorded=[each for each in adoptions(room.world, body, kind) if each[0] not in days],
        draft=next((each for each in versions if each.adopted_on is None and not room.standing.public), None),
        adopted=[each for each in versions if each.adopted_on is not None],
        may_write=room.manages_body and not room.known.preparedness,
        left_open=left_open(room.world, ["suunnitelman-hyvaksyja"], room.language),
    )
    return render(request, "bodies/plans.html", shown)


@require_safe
def plan_file(request: HttpRequest, slug: str, body: str, plan: int) -> HttpResponseBase:
    """Hand out the file of a version: an adopted one to everybody, a draft to the parties alone. Five queries."""
    room = enter_body(request, slug, body)
    found = plan_or_404(room.agreement, body, plan)
    if found.file is None or (found.adopted_on is None and room.standing.public):
        raise Http404
    return download(found.file, public=found.adopted_on is not None and not room.known.preparedness)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: HttpRequest, slug: str, body: str, kind: str) -> HttpResponse:
    """Begin a new version, with the text of the one that is adopted; a draft that is there already is gone on with."""
    room = enter_to_manage_body(request, slug, body)
    _refuse_other(kind)
    if room.known.preparedness:
        raise NotAllowed(_("Papers of preparedness bodies stay in the authority's own system."))
    versions = list(plans_of(room.agreement, body, kind))
    draft = next((each for each in versions if each.adopted_on is None), None)
    if draft is not None and request.method != "POST":
        messages.info(request, _("There is a draft already: go on with that."))
        return redirect("bodies:edit-plan", slug=slug, body=body, plan=draft.pk)
    begun = next((each.text for each in versions if each.adopted_on is not None), "")
    form = PlanForm(_whose(room, kind), posted(request), request.FILES or None, initial={"text": begun})
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            actions.draft_plan(room.agreement, body, kind, text=text, file=form.kept, by=room.acting)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The draft is saved. The parties see it; everybody does once it is adopted."))
            return _to_plans(room, kind)
    shown = _context(room, kind, form=form, draft=draft)
    return render(request, "bodies/plan_form.html", shown, status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit_plan(request: HttpRequest, slug: str, body: str, plan: int) -> HttpResponse:
    """Change a draft. Whoever comes second is shown what the other wrote, and keeps their own."""
    room, found = _enter_plan(request, slug, body, plan)
    if found.adopted_on is not None and request.method != "POST":
        return _adopted_already(room, found)
    initial = {"text": found.text, "version": found.version}
    form = PlanForm(_whose(room, found.kind), posted(request), request.FILES or None, initial=initial)
    context: dict[str, Any] = {"form": form, "plan": found}
    status = status_of(request)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.edit_plan(found, version=said["version"] or 0, text=said["text"], file=form.kept, by=room.acting)
        except ValidationError as error:
            show_refusal(form, error)
        except Conflict as conflict:
            renew_version(form, found.version)
            context["conflict"], status = conflict, 409
        else:
            messages.success(request, _("The draft is saved."))
            return _to_plans(room, found.kind)
    return render(request, "bodies/plan_form.html", _context(room, found.kind, **context), status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def adopt_plan(request: HttpRequest, slug: str, body: str, plan: int) -> HttpResponse:
    """Say on which day and where the body adopted the draft that the page shows."""
    room, found = _enter_plan(request, slug, body, plan)
    if found.adopted_on is not None:
        return _adopted_already(room, found)
    form = AdoptForm(posted(request), initial={"on": today(), "version": found.version})
    context: dict[str, Any] = {}
    status = status_of(request)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.adopt_plan(found, version=said["version"], on=said["on"], where=said["where"], by=room.acting)
        except ValidationError as error:
            show_refusal(form, error)
        except Conflict:
            renew_version(form, found.version)
            context["changed"], status = True, 409
        else:
            messages.success(request, with_clause(room, _("Adopted: everybody can read it now."), "plan-adopted"))
            return _to_plans(room, found.kind)
    context["left_open"] = left_open(room.world, ["suunnitelman-hyvaksyja"], room.language)
    shown = _context(room, found.kind, form=form, plan=found, **context)
    return render(request, "bodies/adopt_plan.html", shown, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_plan(request: HttpRequest, slug: str, body: str, plan: int) -> HttpResponse:
    """Withdraw a draft, or an adoption that was recorded by mistake; asks first."""
    room = enter_to_manage_body(request, slug, body)
    rows = Plan.objects.filter(body__agreement=room.agreement, body__slug=body, pk=plan)
    found = rows.select_related("body__agreement", "file").first()
    if found is None:
        raise Http404
    if found.withdrawn_at is not None:
        messages.warning(request, _("It was withdrawn already."))
        return _to_plans(room, found.kind)
    form = Form(posted(request))
    if request.method == "POST":
        try:
            actions.withdraw_plan(found, by=room.acting)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("It is withdrawn. The journal keeps that it was there."))
            return _to_plans(room, found.kind)
    shown = _context(room, found.kind, form=form, plan=found)
    return render(request, "bodies/withdraw_plan.html", shown, status=status_of(request))


def _enter_plan(request: HttpRequest, slug: str, body: str, plan: int) -> tuple[BodyRoom, Plan]:
    """Return the room of who looks after a body, with one version of its papers, or answer 404."""
    room = enter_to_manage_body(request, slug, body)
    return room, plan_or_404(room.agreement, body, plan)


def _refuse_other(kind: str) -> None:
    if kind not in Plan.Kind.values:
        raise Http404


def _whose(room: BodyRoom, kind: str) -> str:
    return f"{room.standing.account}:{room.agreement.pk}:{room.body}:{kind}"


def _context(room: BodyRoom, kind: str, **more: Any) -> dict[str, Any]:
    """Return what the templates of papers use; ``kind_name`` is the paper's name."""
    return room.context(kind=kind, kind_name=capfirst(Plan.Kind(kind).label), **more)


def _adopted_already(room: BodyRoom, found: Plan) -> HttpResponse:
    messages.warning(room.request, _("This version is adopted. Begin a new one."))
    return _to_plans(room, found.kind)


def _to_plans(room: BodyRoom, kind: str) -> HttpResponse:
    return redirect("bodies:plans", slug=room.agreement.slug, body=room.body, kind=kind)

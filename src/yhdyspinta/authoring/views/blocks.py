"""What the draft says as data: parties, bodies, commitments and the rest, each by a form with live checks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yhdyspinta.agreement import manuscript as m
from yhdyspinta.agreement.compose import check_sources
from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.reader import Finding
from yhdyspinta.authoring import words
from yhdyspinta.authoring.actions import Sealed, edit_draft
from yhdyspinta.authoring.forms.beginning import ClassifiedForm
from yhdyspinta.authoring.forms.choices import name_of
from yhdyspinta.authoring.forms.kinds import KINDS
from yhdyspinta.authoring.forms.pieces import BlockForm, FrontForm
from yhdyspinta.authoring.pieces import FRONT, piece_of, seal_of
from yhdyspinta.authoring.views.access import Study, enter_draft
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in, status_of

_KEY = re.compile(r"`([a-z]+(?:-[a-z]+)*)[:`]")


@signed_in
@require_safe
def things(request: HttpRequest, draft: int) -> HttpResponse:
    """Show everything that the draft says as data, by kind. One query."""
    study = enter_draft(request, draft)
    left = {finding.block for finding in study.findings}
    groups = [
        {
            "kind": kind,
            "laid_out": laid_out,
            "things": [
                {"id": id, "name": name_of(data) or id, "left": (kind, id) in left, "clause": section.title}
                for section, block in study.manuscript.blocks(kind)
                for id, data in zip(block.ids, block.items(), strict=True)
            ],
        }
        for kind, laid_out in KINDS.items()
    ]
    wanted = request.GET.get("kohta", "")
    here = next((each for each in study.manuscript.sections if each.id and each.id == wanted), None)
    return render(request, "authoring/things.html", study.context(groups=groups, here=here))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, draft: int, kind: str, thing: str) -> HttpResponse:
    """Show and change one thing."""
    study = enter_draft(request, draft)
    section, _block, data = _thing_or_404(study, kind, thing)
    form = BlockForm(kind, study.writing, posted(request), data=data, new=False)
    piece = piece_of(kind, thing)
    context = {"kind": kind, "thing": thing, "clause": section, "laid_out": KINDS[kind], "name": name_of(data) or thing}
    if request.method == "POST" and form.is_valid():
        said = form.block()
        answer = _saved(
            study,
            form,
            lambda manuscript: m.replace_block(manuscript, kind, thing, said),
            deed="edit-block",
            about=name_of(said) or thing,
            sealed=Sealed(piece, form.cleaned_data["seal"]),
        )
        if isinstance(answer, HttpResponse):
            return answer
        context |= answer
    return _shown(study, form, piece, context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_block(request: HttpRequest, draft: int, kind: str) -> HttpResponse:
    """Write a new thing of a kind below a clause."""
    study = enter_draft(request, draft)
    if kind not in KINDS:
        raise Http404
    given = {"clause": request.GET.get("kohta", "")}
    form = BlockForm(kind, study.writing, posted(request), data={}, new=True)
    form.fields["clause"].initial = given["clause"]
    context: dict[str, Any] = {"kind": kind, "laid_out": KINDS[kind]}
    if request.method == "POST" and form.is_valid():
        said, clause = form.block(), form.cleaned_data["clause"]
        answer = _saved(
            study,
            form,
            lambda manuscript: _added(manuscript, clause, kind, said),
            deed="add-block",
            about=name_of(said) or said["id"],
            made=(kind, said["id"]),
        )
        if isinstance(answer, HttpResponse):
            return answer
        context |= answer
    return _shown(study, form, "", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def classified(request: HttpRequest, draft: int) -> HttpResponse:
    """Add parties from the classification: a whole region, or chosen ones."""
    study = enter_draft(request, draft)
    form = ClassifiedForm(study.writing, posted(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.parties()

        def write(manuscript: Manuscript) -> Manuscript:
            clause = form.cleaned_data["clause"]
            for party in chosen:
                if party["id"] not in manuscript.ids():
                    manuscript = m.add_block(manuscript, clause, "parties", party)
            return manuscript

        try:
            edit_draft(study.draft, write, deed="add-parties", about=form.about(), by=study.account)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("authoring:things", draft=draft)
    return render(request, "authoring/classified.html", study.context(form=form), status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove_block(request: HttpRequest, draft: int, kind: str, thing: str) -> HttpResponse:
    """Take one thing away, after asking."""
    study = enter_draft(request, draft)
    section, _block, data = _thing_or_404(study, kind, thing)
    name = name_of(data) or thing
    if request.method == "POST":
        try:
            edit_draft(
                study.draft,
                lambda manuscript: m.remove_block(manuscript, kind, thing),
                deed="remove-block",
                about=name,
                by=study.account,
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Taken away. It can be taken back in the history."))
        return redirect("authoring:things", draft=draft)
    context = study.context(kind=kind, thing=thing, name=name, clause=section, laid_out=KINDS[kind])
    return render(request, "authoring/remove_block.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def front(request: HttpRequest, draft: int) -> HttpResponse:
    """Say what is true of the whole agreement: title, days, levels."""
    study = enter_draft(request, draft)
    form = FrontForm(study.writing, posted(request))
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        said = form.front()
        answer = _saved(
            study,
            form,
            lambda manuscript: m.set_front(manuscript, said),
            deed="edit-front",
            sealed=Sealed(FRONT, form.cleaned_data["seal"]),
        )
        if isinstance(answer, HttpResponse):
            return answer
        context |= answer
    return _shown(study, form, FRONT, context, template="authoring/front.html")


@signed_in
@require_POST
def check_block(request: HttpRequest, draft: int, kind: str, thing: str = "") -> HttpResponse:
    """Say at each field what is left to mend in what is typed, without saving it. One query."""
    study = enter_draft(request, draft)
    if kind not in KINDS:
        raise Http404
    data = _thing_or_404(study, kind, thing)[2] if thing else {}
    form = BlockForm(kind, study.writing, request.POST, data=data, new=not thing)
    said: Mapping[str, list[str]] = {}
    if form.is_valid():
        block = form.block()
        written = (
            m.replace_block(study.manuscript, kind, thing, block)
            if thing
            else _added(study.manuscript, form.cleaned_data["clause"], kind, block)
        )
        findings = check_sources(written.sources)
        said = said_at_fields(form, [each for each in findings if each.block == (kind, block["id"])])
    return render(request, "authoring/_checked.html", {"form": form, "said": said})


def said_at_fields(form: BlockForm | FrontForm, findings: list[Finding]) -> dict[str, list[str]]:
    """Return what is left to mend by field; what belongs to no field stands under an empty name."""
    said: dict[str, list[str]] = {}
    for finding in findings:
        said.setdefault(form.place(finding.where or _named_in(finding)), []).append(words.finding(finding))
    return said


def _named_in(finding: Finding) -> tuple[str, ...]:
    """Return the key that a finding about a block as a whole names first."""
    match = _KEY.search(getattr(finding.message, "template", str(finding.message)))
    return (match[1],) if match else ()


def _saved(
    study: Study,
    form: Any,
    change: Any,
    *,
    deed: str,
    about: str = "",
    sealed: Sealed | None = None,
    made: tuple[str, str] | None = None,
) -> HttpResponse | dict[str, Any]:
    """Write on the draft and go on; else what the page shows besides the form that came back."""
    try:
        edit_draft(study.draft, change, deed=deed, about=about, by=study.account, sealed=sealed)
    except ValidationError as error:
        show_refusal(form, error)
        return {"status": 422}
    except Conflict as conflict:
        study.draft.refresh_from_db()
        seal = seal_of(study.draft.manuscript(), sealed.piece) if sealed else ""
        return {"conflict": conflict, "seal": seal, "status": 409}
    messages.success(study.request, _("Saved."))
    if made is not None:
        kind, thing = made
        return redirect("authoring:block", draft=study.draft.pk, kind=kind, thing=thing)
    return redirect(study.request.path)


def _shown(
    study: Study, form: Any, piece: str, context: dict[str, Any], template: str = "authoring/block.html"
) -> HttpResponse:
    """Show the form with what is left to mend at its fields."""
    status = context.pop("status", status_of(study.request))
    if "seal" not in context:
        context["seal"] = form.data.get("seal", "") if form.is_bound else seal_of(study.manuscript, piece)
    said = {} if form.is_bound else said_at_fields(form, _findings_of(study, piece))
    shown = study.context(form=form, said=said, **context)
    return render(study.request, template, shown, status=status)


def _findings_of(study: Study, piece: str) -> list[Finding]:
    kind, _colon, thing = piece.partition(":")
    if not kind:
        return []
    named = ("front matter", str(study.manuscript.front.get("id", ""))) if kind == FRONT else (kind, thing)
    return [each for each in study.findings if each.block == named]


def _added(manuscript: Manuscript, clause: str, kind: str, said: Mapping[str, Any]) -> Manuscript:
    if said["id"] in manuscript.ids():
        raise ValidationError({"id": _("The id “%(id)s” is taken already.") % {"id": said["id"]}})
    return m.add_block(manuscript, clause, kind, said)


def _thing_or_404(study: Study, kind: str, thing: str) -> Any:
    if kind not in KINDS or not thing:  # what has no id is mended in the file
        raise Http404
    try:
        return study.manuscript.thing(kind, thing)
    except KeyError:
        raise Http404 from None

"""The text of a draft: its clauses, corrected one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yhdyspinta.agreement import manuscript as m
from yhdyspinta.agreement.manuscript import Manuscript, Section
from yhdyspinta.agreement.manuscript.writing import paragraphs
from yhdyspinta.agreement.official import sentences_of
from yhdyspinta.agreement.slugs import free, slug
from yhdyspinta.authoring.actions import Sealed, edit_draft
from yhdyspinta.authoring.forms.choices import name_of
from yhdyspinta.authoring.forms.clauses import SplitForm
from yhdyspinta.authoring.forms.kinds import KINDS
from yhdyspinta.authoring.forms.pieces import ClauseForm
from yhdyspinta.authoring.official import passages_of
from yhdyspinta.authoring.pieces import SECTION, piece_of, seal_of
from yhdyspinta.authoring.views.access import Study, enter_draft
from yhdyspinta.journal import wording
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in, status_of


@dataclass(frozen=True)
class Thing:
    """A block as the text page names it."""

    kind: str
    id: str
    label: str
    name: str


@dataclass(frozen=True)
class Shown:
    """A clause as the text page shows it."""

    section: Section
    html: str
    kind: str
    official: str
    things: tuple[Thing, ...]
    findings: int


@signed_in
@require_safe
def text(request: HttpRequest, draft: int) -> HttpResponse:
    """Show the draft's clauses with what stands in them. Two queries."""
    study = enter_draft(request, draft)
    official = passages_of(study.draft, study.manuscript)
    left: dict[str, int] = {}
    for finding in study.findings:
        left[finding.clause] = left.get(finding.clause, 0) + 1
    clauses = [_shown(section, official, left) for section in study.manuscript.sections]
    return render(
        request,
        "authoring/text.html",
        study.context(
            clauses=clauses,
            things_url=reverse("authoring:things", kwargs={"draft": draft}),
            add_clause_url=reverse("authoring:add-clause", kwargs={"draft": draft}),
        ),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: HttpRequest, draft: int, clause: str) -> HttpResponse:
    """Correct a clause: title, text, what it is, its passage of the official text."""
    study = enter_draft(request, draft)
    section = _section_or_404(study, clause)
    form = ClauseForm(study.writing, clause, posted(request))
    piece = piece_of(SECTION, clause)
    context = {"section": section, "official": passages_of(study.draft, study.manuscript).get(clause, "")}
    if request.method == "POST" and form.is_valid():
        change = _rewriting(form, clause)
        sealed = Sealed(piece, form.cleaned_data["seal"])
        return _tried(study, form, change, "edit-clause", section.title, "authoring/clause.html", context, sealed)
    context["seal"] = form.data.get("seal") if form.is_bound else seal_of(study.manuscript, piece)
    return render(request, "authoring/clause.html", study.context(form=form, **context), status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_clause(request: HttpRequest, draft: int) -> HttpResponse:
    """Write a new clause below another one."""
    study = enter_draft(request, draft)
    form = ClauseForm(study.writing, None, posted(request))
    after = request.GET.get("jalkeen") or (study.manuscript.sections[-1].id if study.manuscript.sections else None)
    if after is not None:
        _section_or_404(study, after)
    if request.method == "POST" and form.is_valid():
        titles = form.words("title")
        new = free(slug(titles[study.writing.languages[0]]), study.manuscript.ids())

        def write(manuscript: Manuscript) -> Manuscript:
            return m.add_section(
                manuscript,
                new,
                after=after,
                titles=titles,
                depth=int(form.cleaned_data["depth"]),
                kind=form.cleaned_data["kind"] or "",
                attributes=form.attributes(),
                prose=form.words("prose"),
            )

        return _tried(study, form, write, "add-clause", next(iter(titles.values())), "authoring/clause.html", {}, None)
    return render(request, "authoring/clause.html", study.context(form=form), status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def split_clause(request: HttpRequest, draft: int, clause: str) -> HttpResponse:
    """Begin a new clause with one of a clause's paragraphs."""
    study = enter_draft(request, draft)
    section = _section_or_404(study, clause)
    parts = paragraphs(section.prose)
    form = SplitForm(parts, posted(request))
    context = {"section": section, "too_short": len(parts) < 2}
    if request.method == "POST" and form.is_valid():
        passage = passages_of(study.draft, study.manuscript).get(clause)
        whole = len(sentences_of(passage)) if passage else None
        title, at = form.cleaned_data["title"], int(form.cleaned_data["at"])

        def write(manuscript: Manuscript) -> Manuscript:
            if paragraphs(manuscript.section(clause).prose) != parts:
                raise ValidationError(
                    _("Somebody has changed the clause meanwhile. Look at it again, and then split it.")
                )
            new_id = free(slug(title), manuscript.ids())
            return m.split(manuscript, clause, at=at, new_id=new_id, title=title, official=whole)

        return _tried(study, form, write, "split-clause", section.title, "authoring/split.html", context, None)
    return render(request, "authoring/split.html", study.context(form=form, **context), status=status_of(request))


@signed_in
@require_POST
def join_clause(request: HttpRequest, draft: int, clause: str) -> HttpResponse:
    """Join a clause to the one before it."""
    return _at_once(request, draft, clause, lambda manuscript: m.join(manuscript, clause), "join-clause")


@signed_in
@require_POST
def move_clause(request: HttpRequest, draft: int, clause: str) -> HttpResponse:
    """Move a clause by one place, or a part with its clauses."""
    up = request.POST.get("minne") == "ylos"
    return _at_once(request, draft, clause, lambda manuscript: m.move(manuscript, clause, up=up), "move-clause")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove_clause(request: HttpRequest, draft: int, clause: str) -> HttpResponse:
    """Take a clause away, after showing what goes with it."""
    study = enter_draft(request, draft)
    section = _section_or_404(study, clause)
    if request.method == "POST":
        _at_once(request, draft, clause, lambda manuscript: m.remove_section(manuscript, clause), "remove-clause")
        return redirect("authoring:text", draft=draft)
    shown = _shown(section, {}, {})
    return render(request, "authoring/remove_clause.html", study.context(section=section, shown=shown))


def _tried(
    study: Study,
    form: Any,
    change: Callable[[Manuscript], Manuscript],
    deed: str,
    about: str,
    template: str,
    context: dict[str, Any],
    sealed: Sealed | None,
) -> HttpResponse:
    """Write on the draft and go back to the text, or show the form again with what was typed and what stands now."""
    status = 422
    try:
        edit_draft(study.draft, change, deed=deed, about=about, by=study.account, sealed=sealed)
    except ValidationError as error:
        show_refusal(form, error)
    except Conflict as conflict:
        fresh = study.draft.__class__.objects.get(pk=study.draft.pk)
        context = {**context, "conflict": conflict, "seal": seal_of(fresh.manuscript(), sealed.piece) if sealed else ""}
        status = 409
    else:
        messages.success(study.request, _("Saved."))
        target = reverse("authoring:text", kwargs={"draft": study.draft.pk})
        return redirect(f"{target}#{context['section'].id}" if "section" in context else target)
    context.setdefault("seal", form.data.get("seal", ""))
    return render(study.request, template, study.context(form=form, **context), status=status)


def _at_once(
    request: HttpRequest, draft: int, clause: str, change: Callable[[Manuscript], Manuscript], deed: str
) -> HttpResponse:
    """Write on the draft by a button, and go back to the text."""
    study = enter_draft(request, draft)
    section = _section_or_404(study, clause)
    try:
        edit_draft(study.draft, change, deed=deed, about=section.title, by=study.account)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ValueError:
        messages.error(request, _("There is no clause before this one in its part to join it to."))
    else:
        messages.success(request, _("Done. It can be taken back in the history."))
    there = {each.id for each in study.draft.manuscript().sections}
    place = clause if clause in there else _before(study, clause)
    return redirect(f"{reverse('authoring:text', kwargs={'draft': draft})}#{place}")


def _before(study: Study, clause: str) -> str:
    """Return the clause that stood before another one."""
    ids = [each.id for each in study.manuscript.sections]
    return ids[max(0, ids.index(clause) - 1)]


def _rewriting(form: ClauseForm, clause: str) -> Callable[[Manuscript], Manuscript]:
    def rewrite(manuscript: Manuscript) -> Manuscript:
        own = manuscript.section(clause).attributes if form.depth == 1 else form.attributes()
        return m.rewrite_section(
            manuscript,
            clause,
            titles=form.words("title"),
            prose=form.words("prose"),
            kind=form.cleaned_data.get("kind") or "",
            attributes=own,
            depth=int(form.cleaned_data.get("depth") or 1),
        )

    return rewrite


def _section_or_404(study: Study, clause: str) -> Section:
    if not clause:  # a heading without an id is mended in the file
        raise Http404
    try:
        return study.manuscript.section(clause)
    except KeyError:
        raise Http404 from None


def _shown(section: Section, official: dict[str, str], left: dict[str, int]) -> Shown:
    things = tuple(
        Thing(block.kind, id, str(KINDS[block.kind].name), name_of(thing) or id)
        for block in section.blocks
        if block.kind in KINDS
        for id, thing in zip(block.ids, block.items(), strict=True)
    )
    kind = wording.clause_kind(section.kind) if section.kind else ""
    return Shown(section, section.html, kind, official.get(section.id, ""), things, left.get(section.id, 0))

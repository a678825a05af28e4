"""What is left to mend, what was done, who writes, files, loading and throwing away."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from yhdyspinta.agreement import manuscript as m
from yhdyspinta.agreement import parse_agreement
from yhdyspinta.agreement.compose import file_name
from yhdyspinta.agreement.reader import Finding
from yhdyspinta.agreement.slugs import slug
from yhdyspinta.authoring import policy, words
from yhdyspinta.authoring.actions import (
    bring_back,
    discard_draft,
    edit_draft,
    files_of,
    let_in,
    let_out,
    load_draft,
    refuse_other,
    rename_draft,
    take_back,
)
from yhdyspinta.authoring.forms.choices import name_of
from yhdyspinta.authoring.forms.ending import BringBackForm, LanguageForm, LoadForm, NameForm, WriterForm
from yhdyspinta.authoring.forms.kinds import KINDS
from yhdyspinta.authoring.models import Draft, Writer
from yhdyspinta.authoring.queries import originals_of
from yhdyspinta.authoring.views.access import Study, enter_draft
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.journal.queries import agreement_or_404
from yhdyspinta.papers.download import download as handed_out
from yhdyspinta.parties.standing import standing_of
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in, status_of

VERSIONS_SHOWN = 100


@signed_in
@require_safe
def draft(request: HttpRequest, draft: int) -> HttpResponse:
    """Show where a draft stands and what comes next. Three queries."""
    study = enter_draft(request, draft)
    brought = list(study.draft.brought.defer("content").select_related("file"))
    counts = {kind: len(study.manuscript.things(kind)) for kind in KINDS}
    context = study.context(
        clauses=sum(section.depth > 1 for section in study.manuscript.sections),
        counts=counts,
        brought=brought,
        to_look_at=[words.to_look_at(code, about, study.manuscript) for code, about in study.draft.notes],
        notes=[words.note(code) for code in dict.fromkeys(code for each in brought for code in each.notes)],
        writers=study.draft.writers.all(),
        may_load=policy.may_load(study.account),
    )
    return render(request, "authoring/draft.html", context)


@signed_in
@require_safe
def original(request: HttpRequest, draft: int) -> HttpResponse:
    """Hand out the file that the draft was read from, or one of its annexes. Three queries."""
    study = enter_draft(request, draft)
    kept = study.draft.brought.filter(annex=request.GET.get("liite", ""), file__isnull=False).first()
    if kept is None or kept.file is None:
        raise Http404
    answer: Any = handed_out(kept.file)
    return answer  # type: ignore[no-any-return] # a file that is streamed


@require_safe
def original_of_agreement(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Hand out the file that an agreement's official text was read from: to everybody, or to the parties.

    Two queries; one more for an account.
    """
    agreement = agreement_or_404(slug)
    kept = originals_of(agreement).get(request.GET.get("teksti", ""))
    user: Any = request.user
    if kept is None or (not kept.public and standing_of(user, agreement).public):
        raise Http404
    return handed_out(kept.file, public=kept.public)


@signed_in
@require_safe
def check(request: HttpRequest, draft: int) -> HttpResponse:
    """Show everything that is left to mend, each with the way to it. One query."""
    study = enter_draft(request, draft)
    left = [
        {"finding": each, "about": _about(study, each), "words": words.finding(each), **_way(study, each)}
        for each in study.findings
    ]
    return render(request, "authoring/check.html", study.context(left=left))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest, draft: int) -> HttpResponse:
    """Show every change, and take one back. Three queries."""
    study = enter_draft(request, draft)
    if request.method == "POST":
        number = request.POST.get("muutos", "")
        try:
            take_back(study.draft, int(number) if number.isdecimal() and len(number) < 9 else 0, by=study.account)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The change was taken back. This can be taken back too."))
        return redirect("authoring:history", draft=draft)
    versions = study.draft.versions.defer("packed").select_related("made_by")[:VERSIONS_SHOWN]
    named = {str(each.number): " ".join(filter(None, (words.deed(each.deed), each.about))) for each in versions}
    shown = [
        {
            "version": each,
            "deed": words.deed(each.deed),
            "about": named.get(each.about, each.about) if each.deed == "take-back" else each.about,
        }
        for each in versions
    ]
    return render(request, "authoring/history.html", study.context(versions=shown))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, draft: int) -> HttpResponse:
    """Take the files along, bring them back, and add a language."""
    study = enter_draft(request, draft)
    sent = posted(request)
    what = request.POST.get("lomake", "")
    back = BringBackForm(sent if what == "tuo" else None, request.FILES or None, initial={"base": study.draft.version})
    language = LanguageForm(study.writing.languages, sent if what == "kieli" else None)
    name = NameForm(sent if what == "nimi" else None, initial={"name": study.draft.name})
    context: dict[str, Any] = {}
    status = status_of(request)
    form = {"tuo": back, "kieli": language, "nimi": name}.get(what)
    if form is not None and form.is_valid():
        try:
            _do(study, what, form)
        except ValidationError as error:
            show_refusal(form, error)
        except Conflict as conflict:
            context, status = {"conflict": conflict}, 409
        else:
            messages.success(request, _("Saved."))
            if what == "tuo" and (left := len(enter_draft(request, draft).findings)):
                count = ngettext("%(count)s thing is left to mend.", "%(count)s things are left to mend.", left)
                messages.warning(request, count % {"count": left})
            return redirect("authoring:files", draft=draft)
    shown = study.context(
        back=back, language_form=language, name=name, names=[file_name(key) for key in study.draft.sources], **context
    )
    return render(request, "authoring/files.html", shown, status=status)


@signed_in
@require_safe
def download(request: HttpRequest, draft: int) -> HttpResponse:
    """Hand out the files as they stand: one as Markdown, several in a ZIP file. One query."""
    study = enter_draft(request, draft)
    named = {file_name(key): text for key, text in study.draft.sources.items()}
    if len(named) == 1:
        ((name, text),) = named.items()
        response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    else:
        # The id is whatever the file says, which may be no id: it goes into a header
        buffer, name = io.BytesIO(), f"{slug(str(study.manuscript.front.get('id', '')), otherwise='agreement')}.zip"
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            for inner, text in named.items():
                packed.writestr(inner, text)
        response = HttpResponse(buffer.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def writers(request: HttpRequest, draft: int) -> HttpResponse:
    """Show who writes on the draft, let somebody in, let somebody out."""
    study = enter_draft(request, draft)
    if request.method == "POST" and not study.may_keep:
        raise NotAllowed(_("Whoever began the draft decides over this."))
    removed = request.POST.get("pois", "")
    form = WriterForm(posted(request) if not removed else None)
    if request.method == "POST" and (removed or form.is_valid()):
        try:
            if removed:
                let_out(study.draft, int(removed) if removed.isdecimal() and len(removed) < 12 else 0, by=study.account)
            else:
                let_in(study.draft, form.cleaned_data["email"], by=study.account)
        except ValidationError as error:
            show_refusal(form, error) if not removed else messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Saved."))
            return redirect("authoring:writers", draft=draft)
    rows = Writer.objects.filter(draft=study.draft).select_related("account")
    return render(request, "authoring/writers.html", study.context(form=form, rows=rows), status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest, draft: int) -> HttpResponse:
    """Make the draft the text of an agreement, with its first day and the day that records begin."""
    study = enter_draft(request, draft)
    if not policy.may_load(study.account):
        raise NotAllowed(_("Drafts are loaded by those who administer the installation."))
    form = LoadForm(posted(request), initial={"version": study.draft.version})
    charter = None if study.findings else parse_agreement(study.draft.sources)
    refusal = _refusal_of(study.draft) if charter else ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            loaded = load_draft(
                study.draft,
                version=said["version"],
                first_day=said["first_day"],
                records_from=said["records_from"],
                public=said["public"],
                by=study.account,
            )
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Loaded: from now on the agreement lives."))
            return redirect("desk:living", slug=loaded.slug)
    shown = study.context(form=form, charter=charter, refusal=refusal)
    return render(request, "authoring/load.html", shown, status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, draft: int) -> HttpResponse:
    """Throw the draft away, after asking."""
    study = enter_draft(request, draft)
    if study.draft.open and not study.may_keep:
        raise NotAllowed(_("Whoever began the draft decides over this."))
    if request.method == "POST":
        try:
            discard_draft(study.draft, by=study.account)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("authoring:draft", draft=draft)
        messages.success(request, _("The draft was thrown away."))
        return redirect("authoring:drafts")
    return render(request, "authoring/discard.html", study.context())


def _refusal_of(draft: Draft) -> str:
    """Return why the draft cannot become what its id says, where it cannot."""
    try:
        refuse_other(draft)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _do(study: Study, what: str, form: Any) -> None:
    """Do what one of the forms of the files page asks for."""
    said = form.cleaned_data
    if what == "nimi":
        rename_draft(study.draft, said["name"], by=study.account)
    elif what == "kieli":
        edit_draft(
            study.draft,
            lambda manuscript: m.with_language(manuscript, said["language"]),
            deed="add-language",
            about=said["language"],
            by=study.account,
        )
    else:
        uploads = [(each.name, each.read()) for each in said["brought"]]
        bring_back(study.draft, files_of(uploads), base=said["base"], by=study.account)


def _about(study: Study, finding: Finding) -> str:
    """Return what a finding is about: the kind and name of the thing, or the clause, and the field."""
    kind, thing = finding.block or ("", "")
    titles = {section.id: section.title for section in study.manuscript.sections}
    if kind in KINDS:
        data = study.manuscript.things(kind).get(thing, {})
        named = _("%(kind)s “%(name)s”") % {"kind": KINDS[kind].name, "name": name_of(data) or thing}
    else:
        named = str(_("Basics")) if kind == "front matter" else titles.get(finding.clause, "")
    field = words.field(str(finding.where[0])) if finding.where and kind else ""
    return " – ".join(filter(None, (named, field)))


def _way(study: Study, finding: Finding) -> dict[str, Any]:
    """Return where a finding can be mended: a block's form, the front matter's, a clause's, or the file."""
    kind, thing = finding.block or ("", "")
    if kind == "front matter":
        return {"href": "front"}
    if kind in KINDS and thing in study.manuscript.things(kind):
        return {"href": "block", "kind": kind, "thing": thing}
    if finding.clause and finding.clause in {section.id for section in study.manuscript.sections}:
        return {"href": "clause", "clause": finding.clause}
    return {"href": "files"}

"""The list of drafts, and the ways to begin one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from yhdyspinta.agreement.document import Document
from yhdyspinta.authoring import policy
from yhdyspinta.authoring.actions import add_annex, begin_draft, begin_from_document, files_of
from yhdyspinta.authoring.forms.beginning import (
    EmptyForm,
    FilesForm,
    PastedForm,
    RegionForm,
    SuccessorForm,
    TextFileForm,
)
from yhdyspinta.authoring.intake import WORK
from yhdyspinta.authoring.models import Draft
from yhdyspinta.authoring.queries import draft_or_404, listed
from yhdyspinta.authoring.reading import CannotRead, read_document, read_pasted
from yhdyspinta.authoring.starting import Begun, empty_sources, region_sources, successor_sources
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.papers.actions import forget_file, keep_file
from yhdyspinta.parties.models import Account
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in, status_of
from yhdyspinta.tasks.actions import enqueue

PER_PAGE = 50
_PACKED = (b"PK", b"%PDF-")
_BLANK = b"\xef\xbb\xbf\0\r\n\t "
_HEAD = 1024
"""How far into a file a PDF may begin."""


@signed_in
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """Show the drafts that somebody may see, the one changed last first. Three queries."""
    page = Paginator(listed(request.user), PER_PAGE).get_page(request.GET.get("sivu"))
    context = {"drafts": page, "page": page, "may_begin": policy.may_begin(request.user), "noindex": True}
    return render(request, "authoring/drafts.html", context)


@signed_in
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Show the ways to begin a draft."""
    _refuse_stranger(request)
    return render(request, "authoring/begin.html", {"ways": WAYS.values(), "noindex": True})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def begin_by(request: HttpRequest, way: str) -> HttpResponse:
    """Begin a draft in one of the ways."""
    _refuse_stranger(request)
    if way not in WAYS:
        raise Http404
    chosen = WAYS[way]
    annex_of = _annexed_to(request)
    form = chosen.form(request, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return chosen.begin(request, form, annex_of)
        except ValidationError as error:
            show_refusal(form, error)
    context = {"form": form, "way": chosen, "annex_of": annex_of, "noindex": True}
    return render(request, "authoring/begin_by.html", context, status=status_of(request))


@dataclass(frozen=True)
class Way:
    """A way to begin: its word in the address, what it is called, its form, and what it does."""

    word: str
    title: Any
    help: Any
    button: Any
    form: Callable[[HttpRequest, Any], Any]
    begin: Callable[[HttpRequest, Any, Draft | None], HttpResponse]


def _from_file(request: HttpRequest, form: TextFileForm, annex_of: Draft | None) -> HttpResponse:
    """Keep the file and let the worker read it; a plain text is read at once."""
    uploaded, name = form.cleaned_data["file"], form.named()
    account = _account(request)
    head = uploaded.read(_HEAD)
    uploaded.seek(0)
    if not head.lstrip(_BLANK).startswith(_PACKED):
        document = _read(uploaded.read())
        return _to(_begun(document, name, account, annex_of))
    try:
        kept = keep_file(uploaded)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    arguments = {"file": kept.pk, "name": name, "account": account.pk, "annex_of": annex_of.pk if annex_of else None}
    try:
        task = enqueue(
            work=WORK, arguments=arguments, title=kept.name, account=account.pk, back=request.get_full_path()[:500]
        )
    except ValidationError:
        forget_file(kept)
        raise
    return redirect("tasks:show", task=task.pk)


def _from_pasted(request: HttpRequest, form: PastedForm, annex_of: Draft | None) -> HttpResponse:
    try:
        document = read_pasted(form.cleaned_data["text"])
    except CannotRead as refused:
        raise ValidationError({"text": str(refused)}) from refused
    return _to(_begun(document, form.cleaned_data["name"], _account(request), annex_of))


def _from_files(request: HttpRequest, form: FilesForm, _annex: Draft | None) -> HttpResponse:
    uploads = [(each.name, each.read()) for each in form.cleaned_data["brought"]]
    try:
        sources = files_of(uploads)
    except ValidationError as error:
        raise ValidationError({"brought": error.messages}) from error
    return _to(begin_draft(sources, name=form.cleaned_data["name"], by=_account(request), deed="bring-back"))


def _from_agreement(request: HttpRequest, form: SuccessorForm, _annex: Draft | None) -> HttpResponse:
    return _started(request, form, successor_sources(form.cleaned_data))


def _from_region(request: HttpRequest, form: RegionForm, _annex: Draft | None) -> HttpResponse:
    return _started(request, form, region_sources(form.cleaned_data))


def _empty(request: HttpRequest, form: EmptyForm, _annex: Draft | None) -> HttpResponse:
    return _started(request, form, empty_sources(form.cleaned_data))


def _started(request: HttpRequest, form: Any, begun: Begun) -> HttpResponse:
    notes = [[note.code, note.about] for note in begun.notes]
    name = form.cleaned_data["name"]
    return _to(begin_draft(begun.sources, name=name, by=_account(request), agreement=begun.agreement, notes=notes))


WAYS: Mapping[str, Way] = {
    way.word: way
    for way in (
        Way(
            "tiedosto",
            _("From a file"),
            _("A Word, OpenDocument, PDF or text file of the agreement. Its clauses are read."),
            _("Read the file"),
            lambda request, sent: TextFileForm(sent, request.FILES or None),
            _from_file,
        ),
        Way(
            "teksti",
            _("From pasted text"),
            _("Copy the text of the agreement from wherever it is."),
            _("Read the text"),
            lambda _request, sent: PastedForm(sent),
            _from_pasted,
        ),
        Way(
            "sopimuksesta",
            _("From an agreement that is here"),
            _("Its successor, or a new text of it: what goes on is carried over."),
            _("Begin"),
            lambda _request, sent: SuccessorForm(sent),
            _from_agreement,
        ),
        Way(
            "alueesta",
            _("From a region"),
            _("The parties of a region are filled in; you write the rest."),
            _("Begin"),
            lambda _request, sent: RegionForm(sent),
            _from_region,
        ),
        Way(
            "tyhjasta",
            _("From nothing"),
            _("A title and a first day; you write the rest."),
            _("Begin"),
            lambda _request, sent: EmptyForm(sent),
            _empty,
        ),
        Way(
            "omista-tiedostoista",
            _("From an agreement's own files"),
            _("Markdown files that were written by hand or downloaded here or elsewhere."),
            _("Bring in"),
            lambda request, sent: FilesForm(sent, request.FILES or None),
            _from_files,
        ),
    )
}


def _begun(document: Document, name: str, account: Account, annex_of: Draft | None) -> Draft:
    if annex_of is not None:
        return add_annex(annex_of, document, name=name, by=account)
    return begin_from_document(document, name=name, by=account)


def _read(content: bytes) -> Document:
    try:
        return read_document(content)
    except CannotRead as refused:
        raise ValidationError({"file": str(refused)}) from refused


def _annexed_to(request: HttpRequest) -> Draft | None:
    """Return the draft that the text is to be an annex of, where the address names one."""
    number = request.GET.get("liite", "")
    if not number:
        return None
    if not number.isdecimal() or len(number) > 12:
        raise Http404
    return draft_or_404(request.user, int(number))


def _refuse_stranger(request: HttpRequest) -> None:
    """Only who may begin drafts is shown how, unless they write on one that gets an annex."""
    if _annexed_to(request) is None and not policy.may_begin(request.user):
        raise NotAllowed(_("Drafts are begun by those who administer a party or the installation."))


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _to(draft: Draft) -> HttpResponse:
    return redirect("authoring:draft", draft=draft.pk)

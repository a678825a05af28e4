"""Handing out what a request is made of: letters, drafts of decisions, attachments, receipts."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from yhdyspinta.agreement import today
from yhdyspinta.bodies.queries import World
from yhdyspinta.papers.actions import safe_name
from yhdyspinta.papers.download import download
from yhdyspinta.parties.views.access import signed_in
from yhdyspinta.printing.docx import MEDIA_TYPE
from yhdyspinta.requests.documents import Letter, decision_docx, decision_text, letter_docx, letter_text
from yhdyspinta.requests.letters import decision_of, letter_of
from yhdyspinta.requests.models import AnswerFile, Asked, RequestFile
from yhdyspinta.requests.queries import seats_for
from yhdyspinta.requests.views.access import asked_in, enter_request_as_party

ORGANS = ("board", "council", "officer")


def paper(asked: Asked, what: str, *, world: World, organ: str = "") -> HttpResponseBase:
    """Return one paper of a request for one party, or answer 404.

    ``what``: ``kirje.pdf``, ``kirje.docx``, ``kirje.txt``, ``paatos.docx``, ``paatos.txt``, ``liite-2``. The PDF is the
    one that was posted: no request makes a PDF (DESIGN §6).
    """
    if what == "kirje.pdf":
        if asked.letter is None:
            raise Http404
        return download(asked.letter)
    if what.startswith("liite-"):
        return _attachment(asked, what.removeprefix("liite-"))
    make = _PAPERS.get(what)
    if make is None:
        raise Http404
    return make(asked, world, organ if organ in ORGANS else ORGANS[0])


def _attachment(asked: Asked, number: str) -> HttpResponseBase:
    found = None
    if number.isdecimal() and len(number) < 4:
        rows = RequestFile.objects.filter(request=asked.request_id, number=int(number))
        found = rows.select_related("file").first()
    if found is None:
        raise Http404
    return download(found.file)


def _letter_docx(asked: Asked, world: World, _organ: str) -> HttpResponse:
    return _docx(letter_docx(_letter(asked, world)), asked.request.title)


def _letter_text(asked: Asked, world: World, _organ: str) -> HttpResponse:
    return _text(letter_text(_letter(asked, world)), asked.request.title)


def _letter(asked: Asked, world: World) -> Letter:
    row = asked.request
    everyone = [each.party for each in row.asked.select_related("party__organisation").order_by("party__order")]
    seats = list(seats_for(row)) if row.kind == "nomination" else []
    return letter_of(row, asked, world=world, recipients=everyone, seats=seats, made=today())


def _decision_docx(asked: Asked, world: World, organ: str) -> HttpResponse:
    draft = decision_of(asked.request, asked, world=world, organ=organ, made=today())
    return _docx(decision_docx(draft), f"{draft.organ} {draft.title}")


def _decision_text(asked: Asked, world: World, organ: str) -> HttpResponse:
    draft = decision_of(asked.request, asked, world=world, organ=organ, made=today())
    return _text(decision_text(draft), f"{draft.organ} {draft.title}")


_PAPERS: dict[str, Callable[[Asked, World, str], HttpResponse]] = {
    "kirje.docx": _letter_docx,
    "kirje.txt": _letter_text,
    "paatos.docx": _decision_docx,
    "paatos.txt": _decision_text,
}


def _docx(content: bytes, name: str) -> HttpResponse:
    return _handed_out(content, MEDIA_TYPE, f"{name[:60].strip()}.docx")


def _text(content: str, name: str) -> HttpResponse:
    return _handed_out(content.encode(), "text/plain; charset=utf-8", f"{name[:60].strip()}.txt")


def _handed_out(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=safe_name(name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_safe
def papers(request: HttpRequest, slug: str, request_id: int, party: str, what: str) -> HttpResponseBase:
    """Hand out a paper of a request for one party, to somebody of the parties."""
    room = enter_request_as_party(request, slug, request_id)
    return paper(asked_in(room, party), what, world=room.world, organ=request.GET.get("toimielin", ""))


@signed_in
@require_safe
def answer_file(request: HttpRequest, slug: str, request_id: int, party: str, file: int) -> HttpResponseBase:
    """Hand out a file that came with a party's answer, to somebody of the parties."""
    room = enter_request_as_party(request, slug, request_id)
    rows = AnswerFile.objects.filter(answer__asked=asked_in(room, party), pk=file).select_related("file")
    found = rows.first()
    if found is None:
        raise Http404
    return download(found.file)


@signed_in
@require_safe
def receipt(request: HttpRequest, slug: str, request_id: int, party: str, answer: int) -> HttpResponseBase:
    """Hand out the receipt of a version of a party's answer, to somebody of the parties."""
    room = enter_request_as_party(request, slug, request_id)
    asked = asked_in(room, party)
    found = asked.answers.filter(pk=answer, receipt__isnull=False).select_related("receipt").first()
    if found is None or found.receipt is None:
        raise Http404
    return download(found.receipt)

"""Reading a file that was brought in: work for the worker, which ends in a draft or in words that say why not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from yhdyspinta.agreement.document import Document
from yhdyspinta.authoring.actions import add_annex, begin_from_document
from yhdyspinta.authoring.models import Brought, Draft
from yhdyspinta.authoring.proposals import proposals_of
from yhdyspinta.authoring.queries import visible_to
from yhdyspinta.authoring.reading import CannotRead, read_document
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.papers.actions import forget_file
from yhdyspinta.papers.models import File
from yhdyspinta.parties.models import Account
from yhdyspinta.tasks.doing import Steps

WORK = "yhdyspinta.authoring.intake:read_text"


def read_text(progress: Steps, *, file: int, name: str, account: int, annex_of: int | None = None) -> dict[str, Any]:
    """Read a file into a new draft, or into an annex of one, and say what it proposes; ``next`` is where it is.

    Raises:
        ValidationError: in words, why it cannot be read.

    """
    kept = File.objects.get(pk=file)
    by = Account.objects.get(pk=account)
    progress.step(0, 3)
    if done := Brought.objects.filter(file=kept).select_related("draft").first():
        return {"next": done.draft.get_absolute_url()}  # a worker died at its very end
    try:
        document = _document_in(kept)
        progress.step(1, 3)
        draft = _written(document, kept, name=name, by=by, annex_of=annex_of)
    except ValidationError:
        forget_file(kept)  # nothing holds it: whoever brought it has it still
        raise
    progress.step(2, 3)
    found = proposals_of(draft)
    progress.step(3, 3)
    return {"next": draft.get_absolute_url(), "clauses": len(draft.manuscript().sections), "proposals": len(found.open)}


def _document_in(kept: File) -> Document:
    with default_storage.open(kept.path, "rb") as content:
        data = content.read()
    try:
        return read_document(data)
    except CannotRead as refused:
        raise ValidationError(str(refused)) from refused


def _written(document: Document, kept: File, *, name: str, by: Account, annex_of: int | None) -> Draft:
    try:
        if annex_of is None:
            return begin_from_document(document, name=name, by=by, original=kept)
        return add_annex(_draft_of(annex_of, by), document, name=name, by=by, original=kept)
    except NotAllowed as refused:
        raise ValidationError(str(refused)) from refused


def _draft_of(number: int, by: Account) -> Draft:
    """Return a draft that gets an annex; who asked for it may have been let out of it meanwhile."""
    draft = visible_to(by).filter(pk=number).first()
    if draft is None:
        raise NotAllowed(_("This draft is not yours to write on."))
    return draft

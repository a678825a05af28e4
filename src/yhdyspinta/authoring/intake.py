"""Reading a file that was brought in: work for the worker, which ends in a draft or in words that say why not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from yhdyspinta.authoring.actions import add_annex, begin_from_document
from yhdyspinta.authoring.models import Draft
from yhdyspinta.authoring.proposals import proposals_of
from yhdyspinta.authoring.reading import CannotRead, read_document, words_of
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.papers.models import File
from yhdyspinta.parties.models import Account
from yhdyspinta.tasks.doing import Steps

WORK = "yhdyspinta.authoring.intake:read_text"


def read_text(
    progress: Steps, *, file: int, name: str, account: int, agreement: str = "", annex_of: int | None = None
) -> dict[str, Any]:
    """Read a file into a new draft, or into an annex of one, and say what it proposes; ``next`` is where it is.

    Raises:
        ValidationError: in words, why it cannot be read.

    """
    kept = File.objects.get(pk=file)
    by = Account.objects.get(pk=account)
    progress.step(0, 3)
    with default_storage.open(kept.path, "rb") as content:
        data = content.read()
    try:
        document = read_document(data, kept.name)
    except CannotRead as refused:
        raise ValidationError(words_of(refused)) from refused
    progress.step(1, 3)
    try:
        if annex_of is not None:
            draft = add_annex(Draft.objects.get(pk=annex_of), document, name=name, by=by, original=kept)
        else:
            known = Agreement.objects.filter(slug=agreement).first() if agreement else None
            draft = begin_from_document(document, name=name, by=by, original=kept, agreement=known)
    except NotAllowed as refused:
        raise ValidationError(str(refused)) from refused
    progress.step(2, 3)
    found = proposals_of(draft)
    progress.step(3, 3)
    return {"next": draft.get_absolute_url(), "clauses": len(draft.manuscript().sections), "proposals": len(found.open)}

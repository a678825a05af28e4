"""Drafts begin and end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.agreement.document import Document
from yhdyspinta.agreement.outline import draft_of_document
from yhdyspinta.authoring import policy
from yhdyspinta.authoring.actions.editing import keep_version, locked, refuse_large, refuse_many_headings
from yhdyspinta.authoring.models import Brought, Draft
from yhdyspinta.journal.change import change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.papers.actions import forget_file
from yhdyspinta.papers.models import File
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account

MOST_DRAFTS = 100
"""How many open drafts one person may have begun."""


def begin_draft(
    sources: Mapping[str, str],
    *,
    name: str,
    by: Account,
    deed: str = "begin",
    agreement: Agreement | None = None,
    notes: Sequence[Sequence[str]] = (),
) -> Draft:
    """Begin a draft with the files of an agreement; ``agreement`` where it is to be another version of that one.

    ``notes`` are what a person has to look at: code and id of each (``succession.notes``).

    Raises:
        NotAllowed: they administer neither the installation nor a party.
        ValidationError: no name, files that are too large, or too many drafts.

    """
    if not policy.may_begin(by):
        raise NotAllowed(_("Drafts are begun by those who administer a party or the installation."))
    said = " ".join(name.split())
    if not said:
        raise ValidationError({"name": _("Give the draft a name.")})
    refuse_large(sources)
    now = timezone.now()
    with change(None, by=actor_for(by)) as c:
        if Draft.objects.filter(begun_by=by, loaded_at__isnull=True).count() >= MOST_DRAFTS:
            raise ValidationError(_("You have %(most)s drafts already. Discard some first.") % {"most": MOST_DRAFTS})
        draft = Draft.objects.create(
            name=said[:200],
            begun_by=by,
            begun_at=now,
            changed_at=now,
            sources=dict(sources),
            agreement=agreement,
            notes=[list(note) for note in notes],
        )
        keep_version(draft, by=by, deed=deed, now=now)
        c.enter("begin-draft", draft.key, after={"name": draft.name})
    return draft


def begin_from_document(document: Document, *, name: str, by: Account, original: File | None = None) -> Draft:
    """Begin a draft with a text that was brought in; the text stays beside it as the official one.

    Raises:
        NotAllowed: they administer neither the installation nor a party.
        ValidationError: see ``begin_draft``.

    """
    refuse_many_headings(document, name)
    sources, official = draft_of_document(document, title=name)
    with transaction.atomic():
        draft = begin_draft(sources, name=name, by=by, deed="bring-text")
        Brought.objects.create(draft=draft, content=official, file=original, notes=list(document.notes))
    return draft


def rename_draft(draft: Draft, name: str, *, by: Account) -> None:
    """Call a draft otherwise.

    Raises:
        ValidationError: no name, or the draft was loaded.

    """
    said = " ".join(name.split())
    if not said:
        raise ValidationError({"name": _("Give the draft a name.")})
    with transaction.atomic():
        fresh = locked(draft, by)
        fresh.name = said[:200]
        fresh.save(update_fields=["name"])


def discard_draft(draft: Draft, *, by: Account) -> None:
    """Throw a draft away, with all its versions and the file that it was read from.

    Raises:
        NotAllowed: somebody else began it.
        ValidationError: it was loaded: the agreement stands on it.

    """
    with transaction.atomic():
        fresh = locked(draft, by, to_keep=True)  # before the chain, as in loading: two never wait for each other
        with change(None, by=actor_for(by)) as c:
            c.enter("discard-draft", fresh.key, before={"name": fresh.name})
        files = [each.file for each in fresh.brought.select_related("file") if each.file is not None]
        fresh.delete()
    for file in files:
        forget_file(file)

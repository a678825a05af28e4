"""The one way to write on a draft: on what stands now, as a new version, and never over what somebody else wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.agreement.compose import file_name
from yhdyspinta.agreement.document import Document
from yhdyspinta.agreement.manuscript import Clash, Manuscript, replayed
from yhdyspinta.authoring import policy
from yhdyspinta.authoring.models import Draft, Version
from yhdyspinta.authoring.pieces import seal_of, text_of
from yhdyspinta.authoring.queries import visible_to
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.parties.models import Account

MOST_BYTES = 1024 * 1024
"""A file of a draft: some 150,000 words. It is checked at every change, which costs time by its length."""

MOST_FILES = 40
MOST_HEADINGS = 2_000
MOST_MARKS = 60_000
"""Signs of Markdown and YAML and ends of lines in all files: each costs many times what a letter does. An agreement of
twenty pages with all its data has some 10,000 in three languages."""

_MARKS = re.compile(r"[\[\](){}*_`<>&!|#~\\\n:,-]")

MOST_VERSIONS = 3_000
"""How often a draft may be changed; every version is kept."""

__all__ = [
    "MOST_BYTES",
    "MOST_FILES",
    "Sealed",
    "edit_draft",
    "keep_version",
    "locked",
    "refuse_large",
    "refuse_many_headings",
    "take_back",
]


class Sealed(NamedTuple):
    """A piece of the draft as somebody saw it when they began to write: its name and its seal (``pieces``)."""

    piece: str
    seal: str


def edit_draft(
    draft: Draft,
    change: Callable[[Manuscript], Manuscript],
    *,
    deed: str,
    about: str = "",
    by: Account,
    sealed: Sealed | None = None,
) -> Draft:
    """Change the files of a draft and keep them as a new version; nothing where nothing changes.

    ``change`` gets the draft as it stands now. With ``sealed`` it is refused where the piece is not what it was.

    Raises:
        NotAllowed: the draft is not theirs to write on.
        Conflict: somebody changed the piece meanwhile; carries both texts.
        ValidationError: what is to be changed is gone, or the files become too large.

    """
    with transaction.atomic():
        fresh = locked(draft, by)
        before = Manuscript.read(fresh.sources)
        try:
            after = change(before)
        except KeyError as gone:
            raise ValidationError(
                _("“%(thing)s” has been taken away meanwhile. What you wrote is still here.") % {"thing": gone.args[0]},
                code="gone",
            ) from gone
        if sealed is not None:
            _refuse_changed(before, after, sealed)
        if after.sources != fresh.sources:
            _write(fresh, after.sources, by=by, deed=deed, about=about)
    draft.sources, draft.version = fresh.sources, fresh.version
    return fresh


def take_back(draft: Draft, number: int, *, by: Account) -> Draft:
    """Undo one change, whichever came after it: what it wrote, moved or took away is as it was before.

    Raises:
        ValidationError: there is no such change, or somebody has changed the same since.

    """
    with transaction.atomic():
        fresh = locked(draft, by)
        pair = {version.number: version for version in fresh.versions.filter(number__in=[number - 1, number])}
        if len(pair) < 2:
            raise ValidationError(_("There is no such change to take back."))
        try:
            sources = replayed(pair[number].sources, pair[number - 1].sources, fresh.sources)
        except Clash as clash:
            names = ", ".join(sorted({piece or key for key, piece in clash.pieces}))
            raise ValidationError(
                _("This was changed again since: %(names)s. Take the later change back first.") % {"names": names}
            ) from clash
        if sources != fresh.sources:
            _write(fresh, sources, by=by, deed="take-back", about=str(number))
    return fresh


def locked(draft: Draft, by: Account, *, to_keep: bool = False) -> Draft:
    """Return a draft as it stands, locked until the transaction ends; ``to_keep`` where whoever began it decides.

    Raises:
        NotAllowed: it is not theirs to write on.
        ValidationError: it has been thrown away or loaded meanwhile.

    """
    fresh = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if fresh is None:
        raise ValidationError(_("Somebody has thrown this draft away meanwhile."), code="gone")
    if not fresh.open:
        raise ValidationError(_("This draft was loaded: it is succeeded, not changed."), code="loaded")
    if not policy.may_write(by, fresh) or not visible_to(by).filter(pk=fresh.pk).exists():
        raise NotAllowed(_("This draft is not yours to write on."))
    if to_keep and not policy.may_keep(by, fresh):
        raise NotAllowed(_("Whoever began the draft decides over this."))
    return fresh


def keep_version(draft: Draft, *, by: Account, deed: str, about: str = "", now: datetime) -> None:
    """Keep the files as they are now."""
    Version.objects.create(
        draft=draft,
        number=draft.version,
        made_at=now,
        made_by=by,
        deed=deed,
        about=about[:200],
        packed=Version.pack(draft.sources),
    )


def refuse_large(sources: Mapping[str, str]) -> None:
    """Refuse files of which one is too large, too many of them, and what is mostly marks instead of words.

    Raises:
        ValidationError: one is.

    """
    if any(len(text.encode()) > MOST_BYTES for text in sources.values()):
        raise ValidationError(
            _("A file of an agreement is at most %(most)s MB.") % {"most": MOST_BYTES // 1024 // 1024}
        )
    marks = {key: sum(1 for _mark in _MARKS.finditer(text)) for key, text in sources.items()}
    if len(sources) > MOST_FILES or sum(marks.values()) > MOST_MARKS:
        largest = max(marks, key=lambda key: marks[key])
        raise ValidationError(_("The file %(name)s holds too much.") % {"name": file_name(largest)})


def refuse_many_headings(document: Document, name: str) -> None:
    """Refuse a text that has more headings than any agreement: each is written below all the others.

    Raises:
        ValidationError: it has.

    """
    if sum(paragraph.kind == "heading" for paragraph in document.paragraphs) > MOST_HEADINGS:
        raise ValidationError(_("The file %(name)s holds too much.") % {"name": name})


def _write(draft: Draft, sources: Mapping[str, str], *, by: Account, deed: str, about: str) -> None:
    refuse_large(sources)
    if draft.version >= MOST_VERSIONS:
        raise ValidationError(
            _("This draft has been changed %(most)s times. Take its files along and begin a new one with them.")
            % {"most": MOST_VERSIONS}
        )
    now = timezone.now()
    draft.sources = dict(sources)
    draft.version += 1
    draft.changed_at = now
    draft.save(update_fields=["sources", "version", "changed_at"])
    keep_version(draft, by=by, deed=deed, about=about, now=now)


def _refuse_changed(before: Manuscript, after: Manuscript, sealed: Sealed) -> None:
    """Refuse to write over what somebody else wrote, unless it is the same."""
    now = seal_of(before, sealed.piece)
    if now not in (sealed.seal, seal_of(after, sealed.piece)):
        raise Conflict(theirs=text_of(before, sealed.piece), yours=text_of(after, sealed.piece))

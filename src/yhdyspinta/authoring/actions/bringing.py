"""Files that come back: edited by hand, or a plan that is annexed."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yhdyspinta.agreement.compose import key_of_file
from yhdyspinta.agreement.document import Document
from yhdyspinta.agreement.draft import ITSELF
from yhdyspinta.agreement.manuscript import Clash, Manuscript, annexed, replayed
from yhdyspinta.agreement.outline import draft_of_document
from yhdyspinta.agreement.reader import decode
from yhdyspinta.agreement.slugs import free, slug
from yhdyspinta.agreement.words import LANGUAGES
from yhdyspinta.authoring.actions.editing import MOST_BYTES, MOST_FILES, edit_draft, refuse_large, refuse_many_headings
from yhdyspinta.authoring.models import Brought, Draft
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.journal.saying import in_words
from yhdyspinta.papers.models import File
from yhdyspinta.parties.models import Account

_AGAIN = re.compile(r" ?\(\d+\)(?=\.md$)")
"""What browsers put into the name of what is downloaded again."""

_BROKEN = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError
)  # fmt: skip


def files_of(uploads: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return the files of an agreement by key, from Markdown files and ZIP files of them.

    Raises:
        ValidationError: a file that is none of these, is too large, or is no UTF-8 text; none at all.

    """
    found: dict[str, str] = {}
    for name, content in uploads:
        for inner, data in _unpacked(name, content):
            found[_key(inner)] = _decoded(inner, data)
    if not found:
        raise ValidationError(_("There is no file of an agreement here: they are called agreement.fi.md or its like."))
    refuse_large(found)
    return found


def bring_back(draft: Draft, files: Mapping[str, str], *, base: int, by: Account) -> Draft:
    """Bring files back that were edited by hand after version ``base`` was taken along.

    What others changed since is kept. Files that do not come back stay.

    Raises:
        Conflict: others changed the same since; nothing is written.
        ValidationError: there is no such version.

    """
    version = draft.versions.filter(number=base).first()
    if version is None:
        raise ValidationError({"base": _("This draft has no version of that number.")})
    old = version.sources
    mine = {**old, **files}

    def replay(manuscript: Manuscript) -> Manuscript:
        try:
            return Manuscript.read(replayed(old, mine, manuscript.sources))
        except Clash as clash:
            keys = list(dict.fromkeys(key for key, _piece in clash.pieces))
            raise Conflict(
                theirs="\n\n".join(_pieces(manuscript.sources, clash, keys)),
                yours="\n\n".join(_pieces(mine, clash, keys)),
            ) from clash

    return edit_draft(draft, replay, deed="bring-back", by=by)


def add_annex(draft: Draft, document: Document, *, name: str, by: Account, original: File | None = None) -> Draft:
    """Add a plan as a second text of the same agreement, with clauses of its own.

    Raises:
        ValidationError: the draft is too large with it, or the plan is in another language.

    """
    refuse_many_headings(document, name)
    sources, official = draft_of_document(document, title=name)
    ((language, text),) = sources.items()
    annex = ""

    def add(manuscript: Manuscript) -> Manuscript:
        nonlocal annex
        if language != manuscript.authority:
            raise ValidationError(
                _("The plan is in another language than the agreement: its own language comes first.")
            )
        taken = {key.rpartition(".")[0] for key in manuscript.sources} | {ITSELF}
        annex = free(slug(name, otherwise="liite"), taken)
        said = annexed(text, annex=annex, language=language, title=name, taken=manuscript.ids())
        return Manuscript.read({**manuscript.sources, f"{annex}.{language}": said})

    with transaction.atomic():
        fresh = edit_draft(draft, add, deed="add-annex", about=name, by=by)
        Brought.objects.create(draft=fresh, annex=annex, content=official, file=original, notes=list(document.notes))
    return fresh


def _unpacked(name: str, content: bytes) -> Iterable[tuple[str, bytes]]:
    if not content.startswith(b"PK\x03\x04"):
        yield name, content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = [info for info in packed.infolist() if not info.is_dir()]
            if len(members) > MOST_FILES or sum(info.file_size for info in members) > MOST_FILES * MOST_BYTES:
                raise ValidationError(_("The file %(name)s holds too much.") % {"name": name})
            for info in members:
                with packed.open(info) as member:  # a bounded read: what the container says of its sizes may be a lie
                    yield info.filename.rsplit("/", 1)[-1], member.read(MOST_BYTES + 1)
    except _BROKEN as error:
        raise ValidationError(_("The file %(name)s is damaged.") % {"name": name}) from error


def _key(name: str) -> str:
    key = key_of_file(_AGAIN.sub("", name))
    if key is None or key.rpartition(".")[2] not in LANGUAGES:
        raise ValidationError(
            _("“%(name)s” is no file of an agreement: they are called agreement.fi.md, agreement.sv.md or their like.")
            % {"name": name}
        )
    return key


def _decoded(name: str, content: bytes) -> str:
    text, findings = decode(name, content)
    if findings:
        raise ValidationError(
            [f"{name}: {in_words(finding.message)} ({in_words(finding.mend)})" for finding in findings]
        )
    return text


def _pieces(sources: Mapping[str, str], clash: Clash, keys: list[str]) -> Iterable[str]:
    for key in keys:
        file = Manuscript.read({key: sources.get(key, "")}).files[key]
        named = {piece for where, piece in clash.pieces if where == key}
        if "" in named:
            yield file.source
        else:
            yield from (section.source for section in file.sections if section.id in named)

"""A draft becomes the text of an agreement: whole, once, by an administrator."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.agreement import parse_agreement
from yhdyspinta.agreement.compose import check_sources
from yhdyspinta.authoring import policy
from yhdyspinta.authoring.actions.editing import locked
from yhdyspinta.authoring.models import Draft, Original
from yhdyspinta.authoring.official import missing_passages
from yhdyspinta.journal.actions import attach_official_text
from yhdyspinta.journal.change import change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import charter_of
from yhdyspinta.parties.actions import load_agreement
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account


def load_draft(
    draft: Draft,
    *,
    version: int,
    first_day: date | None = None,
    records_from: date | None = None,
    public: bool = False,
    by: Account,
) -> Agreement:
    """Load a draft that has nothing left to mend, with the text that it was read from as its official text.

    ``version`` is the one that was looked at before. With ``public`` everybody may have the file that the text was read
    from, else only the parties. All of it or nothing; the journal says who loaded what.

    Raises:
        NotAllowed: they do not administer the installation.
        ValidationError: something is left to mend, somebody wrote on it meanwhile, or the agreement cannot take it.

    """
    if not policy.may_load(by):
        raise NotAllowed(_("Drafts are loaded by those who administer the installation."))
    actor = actor_for(by)
    with transaction.atomic():
        fresh = locked(draft, by)
        if fresh.version != version:
            raise ValidationError(_("Somebody has changed the draft meanwhile. Look at it again, and then load it."))
        if left := len([*check_sources(fresh.sources), *missing_passages(fresh, fresh.manuscript())]):
            raise ValidationError(
                _("The draft has %(count)s things to mend before it can be loaded.") % {"count": left}
            )
        refuse_other(fresh)
        loaded = load_agreement(fresh.sources, first_day=first_day, records_from=records_from, by=actor)
        _attach(fresh, loaded.agreement, by, public=public)
        fresh.agreement, fresh.loaded_at, fresh.loaded_by = loaded.agreement, timezone.now(), by
        fresh.save(update_fields=["agreement", "loaded_at", "loaded_by"])
        with change(None, by=actor) as c:
            c.enter("load-draft", fresh.key, after={"agreement": loaded.agreement.slug, "version": version})
    return loaded.agreement


def refuse_other(draft: Draft) -> None:
    """Keep a draft of its own from slipping into an agreement that there is, and one agreement's from another's.

    Raises:
        ValidationError: it is a draft of something else, by its id.

    """
    slug = parse_agreement(draft.sources).id
    if draft.agreement is None:
        if Agreement.objects.filter(slug=slug).exists():
            raise ValidationError(
                _("There is an agreement “%(slug)s” already. Give this one another id, or begin from that one.")
                % {"slug": slug}
            )
    elif draft.agreement.slug != slug:
        raise ValidationError(
            _("This draft is a new version of “%(expected)s”, but its id is “%(found)s”.")
            % {"expected": draft.agreement.slug, "found": slug}
        )


def _attach(draft: Draft, agreement: Agreement, by: Account, *, public: bool) -> None:
    """Keep the texts and files that the draft was read from beside the agreement."""
    for text in draft.brought.select_related("file"):
        if text.annex and f"{text.annex}.{charter_of(agreement).language}" not in draft.sources:
            continue  # the annex was taken out again
        filename = text.file.name if text.file else f"{draft.name}.txt"
        attached = attach_official_text(
            agreement, text.content, filename=filename[:255], by=actor_for(by), annex=text.annex
        )
        if text.file is not None:
            said = {"annex": text.annex, "digest": attached.digest, "public": public}
            Original.objects.create(agreement=agreement, file=text.file, **said)

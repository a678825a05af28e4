"""Loading an agreement, and letting organisations and parties say what its text says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from yhdyspinta.agreement import AgreementErrors, Charter, sources_of
from yhdyspinta.journal.actions import load_text
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import change, lock
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import charter_in, charter_of, revision_of_slug
from yhdyspinta.parties.settling import settlement


class Loaded(NamedTuple):
    """What loading an agreement did."""

    agreement: Agreement
    changed: bool
    """Whether anything was new; the same text again changes nothing."""


def load_agreement(
    source: Path | Mapping[str, str],
    *,
    first_day: date | None = None,
    records_from: date | None = None,
    by: Actor,
) -> Loaded:
    """Load an agreement from its folder, or from its texts by language, and settle its parties. All of it or nothing.

    Raises:
        AgreementErrors: the text is not an agreement.
        ValidationError: see ``journal.actions.load_text`` and ``settle_parties``.

    """
    if isinstance(source, Path):
        sources, findings = sources_of(source)
        if findings:
            raise AgreementErrors(findings)
    else:
        sources = dict(source)
    slug = charter_in(sources).id
    before = revision_of_slug(slug)
    with transaction.atomic():
        agreement = load_text(sources, slug=slug, first_day=first_day, records_from=records_from, by=by)
        settle_parties(agreement, charter_of(agreement), by=by)
    agreement.chain.refresh_from_db()
    return Loaded(agreement, changed=revision_of_slug(slug) != before)


def settle_parties(agreement: Agreement, charter: Charter, *, by: Actor) -> None:
    """Let organisations and parties say what the agreement's text says. Changes nothing where they do.

    Raises:
        ValidationError: the text no longer names a party that there is.

    """
    with transaction.atomic():
        lock(agreement.slug)
        wanted = settlement(agreement, charter)
        if not wanted.organisations and not wanted.parties:
            return
        with change(agreement, by=by, common=True) as c:
            assert c.common is not None
            for organisation in wanted.organisations:
                organisation.save()
            for party in wanted.parties:
                party.organisation = party.organisation  # its key is known only now
                party.save()
            for chain, what in ((c.common, "organisations"), (c, "parties")):
                if wanted.after[what]:
                    chain.enter(f"settle-{what}", agreement.slug, wanted.before[what], wanted.after[what])

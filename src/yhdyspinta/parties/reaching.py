"""Where a party is written to, and in which language."""

from __future__ import annotations

from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties.models import Account, Organisation, Party
from yhdyspinta.parties.queries import administrators_of


def language_of(organisation: Organisation) -> str:
    """Return the language in which an organisation is written to: the first of its own, else Finnish."""
    known = Account.Language.values
    return next((each for each in organisation.languages if each in known), Account.Language.FI.value)


def recipients_of(party: Party) -> list[Recipient]:
    """Return where a party is written to: its official registry, else its administrators. At most one query."""
    organisation = party.organisation
    language = language_of(organisation)
    if organisation.registry_email:
        return [Recipient(organisation.registry_email, organisation.called(language), language)]
    rows = administrators_of(party)
    return [Recipient(row.account.email, row.account.name, row.account.language) for row in rows]

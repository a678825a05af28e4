"""The administrator's lists as tables for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.mail.models import Message
from yhdyspinta.parties.looks import in_words, names_of_themes
from yhdyspinta.parties.models import Look, Party
from yhdyspinta.printing.columns import Cell
from yhdyspinta.printing.writing import Table


def accounts_table(accounts: Iterable[Any]) -> Table:
    """Return accounts with what they are; see ``keeping.accounts``."""
    headings = [
        (_("Name"), 28),
        (_("E-mail"), 34),
        (_("Language"), 10),
        (_("Made"), 12),
        (_("Last sign-in"), 12),
        (_("Second factor"), 14),
        (_("May sign in"), 12),
        (_("Administers"), 40),
        (_("Belongs to"), 40),
    ]
    return Table(
        headings,
        [
            [
                account.name, account.email, account.language, timezone.localdate(account.made_at),
                timezone.localdate(account.last_login) if account.last_login else "",
                _yes(account.has_factor), _yes(account.is_active),
                "; ".join(_administered(account)),
                "; ".join(person.organisation.called() for person in account.is_people),
            ]
            for account in accounts
        ],
    )  # fmt: skip


def _administered(account: Any) -> list[str]:
    own = [_("the installation")] if account.is_administrator else []
    return own + [row.party.organisation.called() for row in account.administers_now]


def administrators_table(parties: Iterable[Party]) -> Table:
    """Return the parties with who administers them, a row for each; a party without any has one row too."""
    headings = [
        (_("Agreement"), 22),
        (_("Party"), 34),
        (_("Name"), 28),
        (_("E-mail"), 34),
        (_("From"), 12),
        (_("To"), 12),
    ]
    rows: list[list[Cell]] = []
    for party in parties:
        place = [party.agreement.slug, party.organisation.called()]
        kept: list[Any] = party.administrators_now  # type: ignore[attr-defined] # prefetched
        rows += [[*place, row.account.name, row.account.email, row.valid_from, row.valid_to] for row in kept] or [
            [*place, "", "", None, None]
        ]
    return Table(headings, rows)


def outbox_table(mails: Iterable[Message]) -> Table:
    """Return messages without their texts."""
    headings = [
        (_("Written"), 12),
        (_("Kind"), 16),
        (_("Address"), 34),
        (_("Subject"), 44),
        (_("State"), 16),
        (_("Tries"), 8),
        (_("Last answer"), 44),
    ]
    return Table(
        headings,
        [
            [
                timezone.localdate(each.made_at), each.kind, each.to_address, each.subject, str(each.state.label),
                each.attempts, each.last_error,
            ]
            for each in mails
        ],
    )  # fmt: skip


def looks_table(looks: Iterable[Look]) -> Table:
    """Return the log of looks."""
    themes = names_of_themes()
    headings = [
        (_("Day"), 12),
        (_("Time"), 8),
        (_("Who"), 28),
        (_("E-mail"), 34),
        (_("Page or file"), 34),
        (_("Whose people"), 34),
        (_("Number of people"), 10),
    ]
    return Table(
        headings,
        [
            [
                timezone.localdate(each.at), timezone.localtime(each.at).strftime("%H.%M"), str(each.account),
                each.account.email, in_words(each.what, each.organisation, themes),
                each.organisation.called() if each.organisation else "",
                len(each.people),
            ]
            for each in looks
        ],
    )  # fmt: skip


def _yes(value: bool) -> str:  # noqa: FBT001 -- a word for a value
    return _("yes") if value else _("no")

"""Every change of organisations, parties and accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.agreement import AgreementErrors, Charter, sources_of
from yhdyspinta.journal.actions import load_text
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import change, lock
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import charter_in, charter_of, revision_of_slug
from yhdyspinta.parties import policy, queries
from yhdyspinta.parties.managers import as_kept
from yhdyspinta.parties.models import Account, Party, PartyAdministrator
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


def create_account(
    email: str,
    *,
    name: str,
    password: str | None = None,
    language: str = Account.Language.FI,
    is_administrator: bool = False,
    by: Actor,
) -> Account:
    """Make an account. Without a password nobody signs in to it until one is set.

    Raises:
        NotAllowed: the actor does not administer the installation.
        ValidationError: the address is taken or is none, the name is missing, or the password is too easy to guess.

    """
    account = Account(email=as_kept(email), name=name.strip(), language=language, is_administrator=is_administrator)
    with change(None, by=by) as c:
        if not policy.manages_installation.test(by):
            raise NotAllowed(_("Only an administrator of the installation makes accounts."))
        if queries.account_of(account.email) is not None:
            raise ValidationError({"email": _("There is an account for %(email)s already.") % {"email": account.email}})
        if password is not None:
            validate_password(password, account)
        account.set_password(password)
        account.full_clean()
        account.save()
        after = {"email": account.email, "name": account.name, "is_administrator": is_administrator}
        c.enter("create-account", f"account:{account.pk}", after=after)
    return account


def create_administrator(
    email: str, *, name: str, password: str | None = None, language: str = Account.Language.FI, by: Actor
) -> Account:
    """Make an account that administers the installation; see ``create_account``."""
    return create_account(email, name=name, password=password, language=language, is_administrator=True, by=by)


def close_account(account: Account, *, by: Actor) -> None:
    """Let nobody sign in to an account any more, and end its sessions. What was done with it stays.

    Raises:
        NotAllowed: the actor does not administer the installation.
        ValidationError: it is closed already, or nobody else administers the installation.

    """
    with change(None, by=by) as c:
        if not policy.manages_installation.test(by):
            raise NotAllowed(_("Only an administrator of the installation closes accounts."))
        account.refresh_from_db()
        if not account.is_active:
            raise ValidationError(_("The account %(email)s is closed already.") % {"email": account.email})
        if account.is_administrator and not queries.administrators().exclude(pk=account.pk).exists():
            raise ValidationError(_("Nobody else administers the installation: make another administrator first."))
        account.is_active = False
        account.save(update_fields=["is_active"])
        c.enter("close-account", f"account:{account.pk}", before={"is_active": True}, after={"is_active": False})
        _end_sessions(account)


def _end_sessions(account: Account) -> None:
    """Take away the sessions of an account. A session says whose it is only within; they are looked through."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(account.pk):
            session.delete()


def appoint_party_administrator(
    party: Party, *, account: Account, valid_from: date | None = None, valid_to: date | None = None, by: Actor
) -> PartyAdministrator:
    """Let an account administer a party from a day (today, unless said).

    Raises:
        NotAllowed: the actor administers neither the installation nor the party.
        ValidationError: it does so already, or the last day is before the first.

    """
    with change(party.agreement, by=by) as c:
        _refuse_stranger(by, party)
        row = PartyAdministrator(account=account, party=party, valid_from=valid_from or c.today, valid_to=valid_to)
        row.full_clean()
        row.save()
        c.enter(
            "appoint-party-administrator",
            f"party:{party.slug}",
            after={"account": account.pk, "valid_from": row.valid_from, "valid_to": row.valid_to},
        )
    return row


def end_party_administrator(row: PartyAdministrator, *, last_day: date | None = None, by: Actor) -> None:
    """End someone's administering of a party after a day (yesterday, unless said): a future day revokes nothing yet.

    Raises:
        NotAllowed: the actor administers neither the installation nor the party.
        ValidationError: the last day is before the first, save that whoever began today can be ended at once.

    """
    party = row.party
    with change(party.agreement, by=by) as c:
        _refuse_stranger(by, party)
        row.refresh_from_db()
        before = {"account": row.account_id, "valid_from": row.valid_from, "valid_to": row.valid_to}
        row.valid_to = last_day or c.today - timedelta(days=1)
        if last_day is None and row.valid_to < row.valid_from:
            row.delete()
        else:
            row.full_clean()
            row.save()
        c.enter("end-party-administrator", f"party:{party.slug}", before, before | {"valid_to": row.valid_to})


def _refuse_stranger(by: Actor, party: Party) -> None:
    if not policy.manages_party.test(by, party):
        raise NotAllowed(_("You do not act for %(party)s.") % {"party": party.organisation})

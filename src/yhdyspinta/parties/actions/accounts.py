"""Accounts, and who administers a party with one."""

from __future__ import annotations

from datetime import date, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.parties import policy, queries
from yhdyspinta.parties.actions.common import refuse_stranger
from yhdyspinta.parties.days import shown_day
from yhdyspinta.parties.managers import as_kept
from yhdyspinta.parties.models import Account, Party, PartyAdministrator, Person


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


def update_account(account: Account, *, name: str, language: str, by: Actor) -> None:
    """Change what an account is called and in which language it is written to. The address is how one signs in.

    Raises:
        NotAllowed: the actor is neither whose account it is nor administers the installation.
        ValidationError: by field.

    """
    with change(None, by=by) as c:
        own = by.kind == "person" and by.person == account.pk
        if not own and not policy.manages_installation.test(by):
            raise NotAllowed(_("Only you and an administrator of the installation change your account."))
        account.refresh_from_db()
        before = {"name": account.name, "language": account.language}
        account.name, account.language = " ".join(name.split()), language
        account.clean_fields(exclude=["password"])
        account.save(update_fields=["name", "language"])
        c.enter("update-account", f"account:{account.pk}", before, {"name": account.name, "language": language})


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
        end_sessions(account)


def end_sessions(account: Account) -> None:
    """Take away the sessions of an account, wherever it is signed in."""
    for session in UserSession.objects.filter(user=account):
        session.end()


def appoint_party_administrator(
    party: Party, *, account: Account, valid_from: date | None = None, valid_to: date | None = None, by: Actor
) -> PartyAdministrator:
    """Let an account administer a party from a day (today, unless said).

    Raises:
        NotAllowed: the actor administers neither the installation nor the party.
        ValidationError: by field: it does so already, the last day is before the first, or only another organisation
            knows the account.

    """
    with change(party.agreement, by=by) as c:
        refuse_stranger(by, party)
        _refuse_foreigner(account, party, by)
        row = PartyAdministrator(account=account, party=party, valid_from=valid_from or c.today, valid_to=valid_to)
        _refuse_twice(row)
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
        ValidationError: the last day is before the first, save that whoever began today can be ended at once; or the
            time ends by that day as it is.

    """
    party = row.party
    with change(party.agreement, by=by) as c:
        refuse_stranger(by, party)
        row.refresh_from_db()
        before = {"account": row.account_id, "valid_from": row.valid_from, "valid_to": row.valid_to}
        ends = last_day or c.today - timedelta(days=1)
        if row.valid_to is not None and row.valid_to <= ends:
            raise ValidationError(
                _("%(name)s administers the party only until %(day)s as it is.")
                % {"name": row.account.name, "day": shown_day(row.valid_to)}
            )
        row.valid_to = ends
        if last_day is None and row.valid_to < row.valid_from:
            row.delete()
        else:
            row.full_clean()
            row.save()
        c.enter("end-party-administrator", f"party:{party.slug}", before, before | {"valid_to": row.valid_to})


def _refuse_twice(row: PartyAdministrator) -> None:
    if row.valid_to is not None and row.valid_to < row.valid_from:
        raise ValidationError({"valid_to": _("The last day is before the first.")})
    others = PartyAdministrator.objects.filter(account=row.account, party=row.party)
    if others.overlapping(row.valid_from, row.valid_to).exists():
        raise ValidationError({"account": _("%(name)s administers the party already.") % {"name": row.account.name}})


def _refuse_foreigner(account: Account, party: Party, by: Actor) -> None:
    """Refuse that a party gives rights to somebody whom only another organisation knows."""
    if policy.manages_installation.test(by):
        return
    people = Person.objects.filter(account=account)
    if not people.filter(organisation=party.organisation_id).exists() and people.exists():
        raise ValidationError(
            {
                "account": _("%(name)s belongs to another organisation. Add the person to your own people first.")
                % {"name": account.name}
            }
        )

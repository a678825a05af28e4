"""Commands for the keeper of an installation: what the public sees, and who acts for a party and who may sign in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from yhdyspinta.agreement import today
from yhdyspinta.cli.database import loaded_agreement, new_password, start, told
from yhdyspinta.cli.shared import DAY

if TYPE_CHECKING:
    from yhdyspinta.journal.models import Agreement
    from yhdyspinta.parties.models import Account, Party

SHOWN = ("all", "done-and-counts", "none")


@click.command()
@click.argument("agreement")
@click.argument("shown", type=click.Choice(SHOWN), required=False)
def publicity(agreement: str, shown: str | None) -> None:
    """Set how much of what is not done the public sees, as the parties have decided; without SHOWN, say it.

    all: every state beside its party. done-and-counts: what is done, and how many are not, without names.
    none: only what is done.
    """
    loaded = loaded_agreement(agreement)
    from yhdyspinta.journal.actions import set_publicity
    from yhdyspinta.journal.actor import SYSTEM

    if shown is not None:
        set_publicity(loaded, shown, by=SYSTEM)
    click.echo(loaded.states_shown_to_public)


@click.command()
@click.argument("agreement")
@click.argument("party")
@click.argument("email")
@click.option("--name", help="The person's name, when the account is new; by default asked for.")
@click.option("--from", "first", type=DAY, help="The first day; by default today.")
@click.option("--to", "last", type=DAY, help="The last day; by default until further notice.")
@click.option("--password-stdin", is_flag=True, help="Read a new account's password from standard input.")
def appoint(
    agreement: str,
    party: str,
    email: str,
    name: str | None,
    first: dt.date | None,
    last: dt.date | None,
    *,
    password_stdin: bool,
) -> None:
    """Let somebody act for a party: record what it has done and write its remarks. Makes the account if need be."""
    loaded = loaded_agreement(agreement)
    from django.db import transaction

    from yhdyspinta.journal.actor import SYSTEM
    from yhdyspinta.parties.actions import appoint_party_administrator, create_account
    from yhdyspinta.parties.queries import account_of

    row = _party(loaded, party)
    account = account_of(email)
    if account is None:
        name = name or click.prompt("Name", err=True)
        password = new_password(from_stdin=password_stdin)
    with told(), transaction.atomic():
        account = account or create_account(email, name=name or "", password=password, by=SYSTEM)
        appoint_party_administrator(row, account=account, valid_from=first, valid_to=last, by=SYSTEM)
    click.echo(f"{account.email} acts for {party}", err=True)


@click.command()
@click.argument("agreement")
@click.argument("party")
@click.argument("email")
@click.option("--to", "last", type=DAY, help="The last day; by default yesterday, so that it ends at once.")
def dismiss(agreement: str, party: str, email: str, last: dt.date | None) -> None:
    """Let somebody act for a party no longer. What was recorded stays, and so does the account."""
    loaded = loaded_agreement(agreement)
    from django.db import transaction
    from django.db.models import Q

    from yhdyspinta.journal.actor import SYSTEM
    from yhdyspinta.parties.actions import end_party_administrator
    from yhdyspinta.parties.models import PartyAdministrator

    account = _account(email)
    until = f" after {last:%-d.%-m.%Y}" if last else ""
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=last or today() - dt.timedelta(days=1))
    rows = list(PartyAdministrator.objects.filter(later, account=account, party=_party(loaded, party)))
    if not rows:
        raise click.UsageError(f"{account.email} does not act for `{party}`{until}")
    with told(), transaction.atomic():
        for row in rows:
            end_party_administrator(row, last_day=last, by=SYSTEM)
    click.echo(f"{account.email} does not act for {party}{until}", err=True)


@click.command()
@click.argument("email")
def closeaccount(email: str) -> None:
    """Let nobody sign in with an account any more, and end its sessions. What was done with it stays."""
    start()
    from yhdyspinta.journal.actor import SYSTEM
    from yhdyspinta.parties.actions import close_account

    account = _account(email)
    with told():
        close_account(account, by=SYSTEM)
    click.echo(f"{account.email} is closed", err=True)


def _party(loaded: Agreement, slug: str) -> Party:
    from yhdyspinta.parties.models import Party

    row = Party.objects.filter(agreement=loaded, slug=slug).first()
    if row is None:
        raise click.UsageError(f"unknown party `{slug}` in `{loaded.slug}`")
    return row


def _account(email: str) -> Account:
    from yhdyspinta.parties.queries import account_of

    account = account_of(email)
    if account is None:
        raise click.UsageError(f"unknown account `{email}`")
    return account

"""`yhdyspinta manage forgetfactors ADDRESS`: for whoever has lost phone, passkey and recovery codes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from yhdyspinta.parties.queries import account_of
from yhdyspinta.web.signin.sessions import end_sessions


class Command(BaseCommand):
    """Takes away an account's second factors, so that its owner can sign in and set up new ones."""

    help = "Takes away the passkeys, the authenticator app and the recovery codes of an account, and ends its sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the account's address."""
        parser.add_argument("address", help="the e-mail address of the account")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Do it, and tell how many there were."""
        account = account_of(options["address"])
        if account is None:
            raise CommandError(f"There is no account with the address {options['address']}.")
        with transaction.atomic():
            number, _rows = Authenticator.objects.filter(user=account).delete()
            end_sessions(UserSession.objects.filter(user=account))
        self.stderr.write(f"{account.email}: {number} taken away; the account's sessions have been ended.")

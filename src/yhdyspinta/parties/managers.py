"""How accounts are made and found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import BaseUserManager

if TYPE_CHECKING:
    from yhdyspinta.parties.models import Account


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts whose e-mail address is in lower case, and finds them in any case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Make an account; without a password nobody can sign in to it until one is set."""
        account = self.model(email=as_kept(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find an account by its address, in any case."""
        return self.get(email=as_kept(username or ""))


def as_kept(email: str) -> str:
    """Return an address as accounts keep it."""
    return email.strip().lower()

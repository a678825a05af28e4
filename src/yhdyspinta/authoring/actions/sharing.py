"""Who writes on a draft together."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yhdyspinta.authoring.actions.editing import locked
from yhdyspinta.authoring.models import Draft, Writer
from yhdyspinta.authoring.queries import acquaintances
from yhdyspinta.journal.change import change
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account


def let_in(draft: Draft, email: str, *, by: Account) -> Account:
    """Let somebody else write on a draft: an account here, among those that the one who asks has to do with.

    Raises:
        ValidationError: there is nobody of this address whom they have to do with. It tells nothing of strangers.

    """
    account = acquaintances(by).filter(email__iexact=email.strip()).first()
    if account is None:
        raise ValidationError(
            {
                "email": _(
                    "Nobody of your agreements has an account with this address. Invite them to their party first."
                )
            }
        )
    with transaction.atomic():
        fresh = locked(draft, by, to_keep=True)
        if account.pk == fresh.begun_by_id or Writer.objects.filter(draft=fresh, account=account).exists():
            raise ValidationError({"email": _("They write on this draft already.")})
        Writer.objects.create(draft=fresh, account=account)
        with change(None, by=actor_for(by)) as c:
            c.enter("let-into-draft", fresh.key, after={"account": account.pk})
    return account


def let_out(draft: Draft, account: int, *, by: Account) -> None:
    """Let somebody write on a draft no longer. Whoever began it stays.

    Raises:
        ValidationError: they do not write on it.

    """
    with transaction.atomic():
        fresh = locked(draft, by, to_keep=True)
        if not Writer.objects.filter(draft=fresh, account=account).delete()[0]:
            raise ValidationError(_("They do not write on this draft."))
        with change(None, by=actor_for(by)) as c:
            c.enter("let-out-of-draft", fresh.key, before={"account": account})

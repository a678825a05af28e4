"""What somebody is in an agreement: read once per request, asked by every room.

Who administers a party may change its matters; who holds a post in its organisation, or is named for it by
any room's rows (``following``), belongs to it and sees what the parties see. Both follow from dated rows: when they
end, so does what they gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from yhdyspinta.agreement import today
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.following import of_party
from yhdyspinta.parties.models import Account, Party, PartyAdministrator, Tenure, holds_on


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in one agreement today. ``parties`` are those they belong to, in the agreement's order."""

    account: int | None = None
    everything: bool = False
    """Whether they administer the installation."""
    administers: tuple[Party, ...] = ()
    parties: tuple[Party, ...] = ()

    @property
    def public(self) -> bool:
        """Whether they see only what everybody may see."""
        return not self.everything and not self.parties

    @property
    def records(self) -> bool:
        """Whether they may record what was done, for some party."""
        return self.everything or bool(self.administers)

    def manages(self, party: Party) -> bool:
        """Tell whether they may change what is a party's own."""
        return self.everything or any(own.pk == party.pk for own in self.administers)

    def belongs_to(self, party: Party) -> bool:
        """Tell whether they are of a party, whatever they may change."""
        return self.everything or any(own.pk == party.pk for own in self.parties)


def standing_of(user: Account | AnonymousUser, agreement: Agreement) -> Standing:
    """Return what somebody is in an agreement. One query for an account, once per request; none for strangers."""
    return standing_in(user, agreement.slug)


def standing_in(user: Account | AnonymousUser, slug: str) -> Standing:
    """Return what somebody is in the agreement of a slug; see ``standing_of``."""
    if not isinstance(user, Account) or not user.is_active:
        return Standing()
    kept: dict[str, Standing] = user.__dict__.setdefault("_standing", {})  # the account is the request's own
    if slug not in kept:
        rows = tuple(own_parties(user).filter(agreement__slug=slug).select_related("organisation", "agreement"))
        administers = tuple(row for row in rows if row.is_administered)  # type: ignore[attr-defined] # annotated
        kept[slug] = Standing(user.pk, user.is_administrator, administers, rows)
    return kept[slug]


def own_parties(account: Account, on: date | None = None) -> QuerySet[Party]:
    """Return the parties somebody belongs to on a day (today, unless said), in all agreements. One query.

    ``is_administered`` says of each whether they administer it.
    """
    day = on or today()
    held = Tenure.objects.filter(holds_on(day), person__account=account, post__organisation=OuterRef("organisation"))
    administered = PartyAdministrator.objects.filter(holds_on(day), account=account, party=OuterRef("pk"))
    parties = Party.objects.exclude(valid_to__lt=day)  # who has left the agreement has left its people's data too
    return (
        parties.annotate(is_administered=Exists(administered))
        .filter(Q(is_administered=True) | Exists(held) | of_party(account, day))
        .order_by("agreement", "order")
    )

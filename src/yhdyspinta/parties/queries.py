"""What can be asked about organisations, parties and accounts. Each read says how many queries it costs."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from yhdyspinta.agreement import today
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.managers import as_kept
from yhdyspinta.parties.models import Account, DatedQuerySet, Organisation, Party, PartyAdministrator
from yhdyspinta.parties.standing import own_parties


def parties_of(agreement: Agreement) -> QuerySet[Party]:
    """Return the parties of an agreement with their organisations, in the agreement's order. One query."""
    return Party.objects.filter(agreement=agreement).select_related("organisation", "agreement").order_by("order")


def party_or_404(agreement: Agreement, slug: str) -> Party:
    """Return one party of an agreement, or answer 404. One query."""
    party = parties_of(agreement).filter(slug=slug).first()
    if party is None:
        raise Http404
    return party


def administered_by(
    user: Account | AnonymousUser, agreement: Agreement | None = None, on: date | None = None
) -> QuerySet[Party]:
    """Return the parties that someone administers on a day (today, unless said). One query; none for strangers."""
    parties = Party.objects.select_related("organisation", "agreement").order_by("agreement", "order")
    if not isinstance(user, Account) or not user.is_active:
        return parties.none()
    if agreement is not None:
        parties = parties.filter(agreement=agreement)
    rows = _appointments(user.pk, on)
    return parties.filter(pk__in=rows.values("party"))


def administers(account: int, party: Party, on: date | None = None) -> bool:
    """Tell whether an active account administers a party on a day (today, unless said). One query."""
    return _appointments(account, on).filter(party=party).exists()


def runs(account: int, organisation: Organisation, on: date | None = None) -> bool:
    """Tell whether an active account administers a party that an organisation is, on a day. One query."""
    return _appointments(account, on).filter(party__organisation=organisation).exists()


def _appointments(account: int, on: date | None = None) -> DatedQuerySet:
    """Return the appointments of an active account that hold on a day. With its party's time in it each one ends."""
    day = on or today()
    rows = PartyAdministrator.objects.filter(account=account, account__is_active=True).active_on(day)
    return rows.exclude(party__valid_to__lt=day)


def roles_of(account: Account) -> frozenset[str]:
    """Return what an account is today: ``administrator``, ``party-administrator``, ``member``. Two queries."""
    if not account.is_active:
        return frozenset()
    administers = _appointments(account.pk)
    parties = own_parties(account)
    administered = set(parties.filter(pk__in=administers.values("party")).values_list("pk", flat=True))
    roles = {"party-administrator" if pk in administered else "member" for pk in parties.values_list("pk", flat=True)}
    return frozenset(roles | ({"administrator"} if account.is_administrator else set()))


def administrators_of(party: Party, on: date | None = None) -> QuerySet[PartyAdministrator]:
    """Return who administers a party on a day (today, unless said), with their accounts. One query."""
    rows = PartyAdministrator.objects.filter(party=party).active_on(on or today())
    return rows.select_related("account").order_by("account__name")


def keepers_of(organisation: Organisation) -> list[Account]:
    """Return who keeps an organisation's people today: its parties' administrators, else the installation's.

    One query, or two.
    """
    rows = PartyAdministrator.objects.filter(party__organisation=organisation).active_on(today())
    own = Account.objects.filter(is_active=True, pk__in=rows.values("account"))
    return list(own) or list(administrators())


def account_of(email: str) -> Account | None:
    """Return the account of an e-mail address, in any case. One query."""
    return Account.objects.filter(email=as_kept(email)).first()


def administrators() -> QuerySet[Account]:
    """Return the accounts that administer the installation. One query."""
    return Account.objects.filter(is_administrator=True, is_active=True)

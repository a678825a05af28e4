"""What an installation's administrator looks at: accounts, who administers which party, who saw contact data."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from yhdyspinta.agreement import today
from yhdyspinta.parties.looks import codes_of_words, names_of_themes
from yhdyspinta.parties.models import Account, Look, Party, PartyAdministrator, Person, holds_on


def accounts(*, search: str = "", state: str = "") -> QuerySet[Account]:
    """Return accounts by name, with ``has_factor``, the parties they administer and the people they are. Three queries.

    ``state`` is ``open``, ``closed`` or ``administrator``; an erased account is nobody's and left out.
    """
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    rows = Account.objects.filter(erased_at__isnull=True).annotate(has_factor=Exists(factors))
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(email__icontains=search))
    if state == "administrator":
        rows = rows.filter(is_administrator=True, is_active=True)
    elif state:
        rows = rows.filter(is_active=state == "open")
    people = Person.objects.select_related("organisation").order_by("organisation")
    return rows.order_by("name", "pk").prefetch_related(
        Prefetch("administers", _administrators(today()), to_attr="administers_now"),
        Prefetch("people", people, to_attr="is_people"),
    )


def parties_with_administrators(*, agreement: str = "", search: str = "") -> QuerySet[Party]:
    """Return every party, in the order of its agreement, with who administers it today or later. Two queries."""
    rows = Party.objects.select_related("agreement", "organisation").order_by("agreement__slug", "order")
    if agreement:
        rows = rows.filter(agreement__slug=agreement)
    if search:
        named = Q(administrators__account__name__icontains=search) | Q(administrators__account__email__icontains=search)
        rows = rows.filter(named | Q(slug__icontains=search)).distinct()
    now = PartyAdministrator.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today()))
    kept = now.select_related("account").order_by("valid_from", "account__name")
    return rows.prefetch_related(Prefetch("administrators", kept, to_attr="administrators_now"))


def looks(
    *, first: date | None = None, last: date | None = None, search: str = "", organisation: int | None = None
) -> QuerySet[Look]:
    """Return the log of who was shown contact data, the latest first, with accounts and organisations. One query."""
    rows = Look.objects.select_related("account", "organisation").order_by("-at", "-pk")
    if first is not None:
        rows = rows.filter(at__date__gte=first)
    if last is not None:
        rows = rows.filter(at__date__lte=last)
    if search:
        seen = Q(account__name__icontains=search) | Q(account__email__icontains=search) | Q(what__icontains=search)
        for code in codes_of_words(search, names_of_themes()):
            seen |= Q(what=code) | Q(what__startswith=f"{code}:") | Q(what__startswith=f"{code}.")
        rows = rows.filter(seen)
    return rows if organisation is None else rows.filter(organisation=organisation)


def _administrators(day: date) -> QuerySet[PartyAdministrator]:
    return PartyAdministrator.objects.filter(holds_on(day)).select_related("party__organisation").order_by("party")

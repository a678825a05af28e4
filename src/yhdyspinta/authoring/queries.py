"""Named reads of drafts. Each says its query count."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from yhdyspinta.agreement import today
from yhdyspinta.authoring.models import Draft, Original
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Account, Party, PartyAdministrator, Tenure
from yhdyspinta.parties.standing import own_parties


def visible_to(user: Any) -> QuerySet[Draft]:
    """Return the drafts somebody may see: those they begun or were let into; an administrator sees all. One query."""
    if not isinstance(user, Account) or not user.is_active:
        return Draft.objects.none()
    if user.is_administrator:
        return Draft.objects.all()
    return Draft.objects.filter(Q(begun_by=user) | Q(writer__account=user)).distinct()


def draft_or_404(user: Any, pk: int) -> Draft:
    """Return a draft that somebody may see. One query."""
    draft = visible_to(user).select_related("agreement").filter(pk=pk).first()
    if draft is None:
        raise Http404
    return draft


def listed(user: Any) -> QuerySet[Draft]:
    """Return the drafts for a list, without their files. One query."""
    return visible_to(user).defer("sources").select_related("begun_by", "agreement")


def originals_of(agreement: Agreement) -> dict[str, Original]:
    """Return the files that the official texts were read from, by the digest of the text. One query."""
    kept = Original.objects.filter(agreement=agreement).select_related("file").order_by("id")
    return {each.digest: each for each in kept}


def acquaintances(user: Account) -> QuerySet[Account]:
    """Return the accounts somebody has to do with: those of the agreements of their parties; an administrator: all.

    One query.
    """
    others = Account.objects.filter(is_active=True).exclude(pk=user.pk)
    if user.is_administrator:
        return others
    day = today()
    agreements = own_parties(user).values("agreement")
    administers = PartyAdministrator.objects.active_on(day).filter(party__agreement__in=agreements).values("account")
    organisations = Party.objects.filter(agreement__in=agreements).values("organisation")
    held = Tenure.objects.active_on(day).filter(post__organisation__in=organisations)
    people = held.filter(person__account__isnull=False).values("person__account")
    return others.filter(Q(pk__in=administers) | Q(pk__in=people))

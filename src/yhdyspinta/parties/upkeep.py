"""What the worker's clock does for people's data: asks twice a year whether it is right, and forgets what is old."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.change import change, lock
from yhdyspinta.journal.models import COMMON
from yhdyspinta.mail.actions import drop_old, post_mail
from yhdyspinta.mail.addresses import absolute
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.papers.actions import forget_unless_held
from yhdyspinta.parties.actions.common import erase_names
from yhdyspinta.parties.actions.erasing import keys_of
from yhdyspinta.parties.actions.people import CONFIRM
from yhdyspinta.parties.following import is_named, is_named_since
from yhdyspinta.parties.links import make_link, revoke_links, token_of
from yhdyspinta.parties.models import Invitation, Look, PartyAdministrator, PeopleTable, Person, Tenure
from yhdyspinta.parties.retention import kept_for
from yhdyspinta.tasks.actions import drop_tasks
from yhdyspinta.tasks.models import Task

EVERY = timedelta(days=182)
"""Twice a year each counterpart and coordinator is asked."""

AGAIN = timedelta(days=60)
"""Somebody who did not answer is asked again after the link of the first mail has expired."""

_RETENTION = "retention"
_AT_ONCE = 50
"""How many are asked in one round, so that a round of the clock stays short."""


def keep_up() -> str:
    """Do what is due: ask, and forget. Safe to run at any time, by any number of workers. Says how many were asked."""
    asked = ask_to_confirm()
    forget_old()
    return f"{asked} asked whether their details are right" if asked else ""


def ask_to_confirm(day: date | None = None) -> int:
    """Ask those whose data nobody has confirmed for half a year, by mail with a link; return how many were asked.

    Nobody is asked where no mail is sent.
    """
    if not settings.MAIL_WORKS:
        return 0
    asked = day or today()
    numbers = list(due_to_confirm(asked).values_list("pk", flat=True)[:_AT_ONCE])
    return sum(_ask(number, asked) for number in numbers)


def _ask(number: int, day: date) -> bool:
    """Ask one person, unless another worker has done so meanwhile, or it is not due any more."""
    with transaction.atomic():
        lock(COMMON, make=True)
        person = due_to_confirm(day).filter(pk=number).first()
        if person is None:
            return False
        with change(None, by=SYSTEM) as c:
            person.asked_on = day
            person.save(update_fields=["asked_on"])
            c.enter("ask-to-confirm", person.key)
            _mail(person, day)
    return True


def _mail(person: Person, day: date) -> None:
    revoke_links(CONFIRM, person.key)
    link = make_link(CONFIRM, person.key, lasts=AGAIN)
    with translation.override(person.language):
        address = absolute(reverse("parties:confirm", kwargs={"token": token_of(link)}))
    post_mail(
        to=Recipient(person.email, person.name, person.language),
        template="confirm",
        context={"name": person.name, "party": person.organisation.called(person.language), "address": address},
        kind="confirm",
        about=person.key,
        key=f"confirm:{person.pk}:{day}",
        secret=True,
    )


def due_to_confirm(day: date) -> QuerySet[Person]:
    """Return who is named by some room, has an address, and was neither confirmed nor asked lately. One query."""
    people = Person.objects.filter(is_named(day))
    since, again = day - EVERY, day - AGAIN
    made = _begins(since)
    stale = Q(confirmed_on__lte=since) | Q(confirmed_on__isnull=True, made_at__lt=made)
    unasked = Q(asked_on__isnull=True) | Q(asked_on__lte=again)
    return people.filter(stale & unasked, email__gt="").select_related("organisation").order_by("pk")


def forget_old(day: date | None = None) -> None:
    """Forget what nothing needs any more, each kind after its own time (``retention``)."""
    asked = day or today()
    moment = timezone.now() if day is None else _begins(asked)
    Look.objects.filter(at__lt=moment - kept_for("looks")).delete()
    PeopleTable.objects.filter(made_at__lt=moment - kept_for("people-tables")).delete()
    forget_invitations(moment - kept_for("invitations"))
    drop_old(moment - kept_for("mail"))
    forget_unless_held(drop_tasks(Task.objects.filter(made_at__lt=moment - kept_for("tasks"))))
    forget_contacts(asked)


def forget_invitations(before: datetime) -> None:
    """Forget whom an invitation named that was never accepted and expired before a moment, in the journal too."""
    old = Invitation.objects.filter(accepted_by__isnull=True, link__expires_at__lt=before).exclude(name="", email="")
    if not old.exists():
        return
    with transaction.atomic():
        lock(COMMON, make=True)
        keys = [invitation.key for invitation in old]
        old.update(name="", email="")
        erase_names(keys, reason=_RETENTION, by=SYSTEM)


def forget_contacts(day: date) -> int:
    """Forget the phone and address of those whose last role ended long ago, in the journal too.

    The name stays with what they held. Returns how many people it was.
    """
    since = day - kept_for("contacts")
    held = Tenure.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since))
    made = _begins(since)
    runs = PartyAdministrator.objects.overlapping(since, None)
    people = Person.objects.filter(Q(email__gt="") | Q(phone__gt=""), made_at__lt=made)
    people = people.exclude(account__in=runs.values("account")).exclude(account__is_administrator=True)
    people = people.exclude(pk__in=held.values("person"))
    people = people.exclude(is_named_since(since))
    return sum(_forget_contacts(people, number) for number in list(people.values_list("pk", flat=True)[:_AT_ONCE]))


def _forget_contacts(people: QuerySet[Person], number: int) -> bool:
    """Forget the contact data of one of these people, unless another worker has done so meanwhile."""
    with transaction.atomic():
        lock(COMMON, make=True)
        person = people.filter(pk=number).first()
        if person is None:
            return False
        Person.objects.filter(pk=number).update(email="", phone="", version=F("version") + 1)
        revoke_links(CONFIRM, person.key)
        with change(None, by=SYSTEM) as c:
            c.enter("forget-contacts", person.key)
            c.settle()
            erase_names(keys_of(person), reason=_RETENTION, by=SYSTEM)
    return True


def _begins(day: date) -> datetime:
    """Return when a day begins, in Finland."""
    return timezone.make_aware(datetime.combine(day, time()))

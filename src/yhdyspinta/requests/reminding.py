"""Reminders of what a party has not answered, bundled: one mail for everything, and seldom (DESIGN §4).

A request is worth a reminder 30, 7 and 1 days before its deadline, and 1, 7 and every 30 days after it. A party gets at
most one mail in seven days, save that something is due tomorrow; nothing when nothing came up, and nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone, translation

from yhdyspinta.agreement.days import HELSINKI
from yhdyspinta.journal.change import lock
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.addresses import absolute
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties.links import make_link, token_of
from yhdyspinta.parties.models import Link, Party
from yhdyspinta.parties.reaching import recipients_of
from yhdyspinta.requests.letters import deadline_words
from yhdyspinta.requests.models import Asked, Reminded, Reminder
from yhdyspinta.requests.queries import open_for

BEFORE, AFTER, EVERY = (30, 7, 1), (1, 7), 30
APART = timedelta(days=7)
FROM = time(7)
"""No reminder is written before this hour of the day."""

INBOX = "party-requests"
"""The purpose of the links to a party's list of everything open."""

LASTS = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that a party has not answered: its deadline's day, and the last day on which the party was told."""

    deadline: date
    told_on: date


def days_of(deadline: date, until: date) -> list[date]:
    """Return the days on which a request is worth a reminder, up to a day."""
    days = [deadline - timedelta(days=number) for number in BEFORE]
    days += [deadline + timedelta(days=number) for number in AFTER]
    later = deadline + timedelta(days=EVERY)
    while later <= until:
        days.append(later)
        later += timedelta(days=EVERY)
    return [day for day in days if day <= until]


def is_due(waiting: Iterable[Waiting], today: date, last_mail: date | None) -> bool:
    """Tell whether a party is to be reminded today of what waits.

    ``last_mail`` is the day of its last reminder. Something must have come up since it was told of that request; within
    seven days of the last reminder only that something is due tomorrow.
    """
    rows = list(waiting)
    if last_mail is not None and last_mail >= today:
        return False
    came_up = [row for row in rows if any(day > row.told_on for day in days_of(row.deadline, today))]
    if last_mail is None or today - last_mail >= APART:
        return bool(came_up)
    return any(row.deadline - today == timedelta(days=1) for row in came_up)


def remind(now: datetime | None = None) -> str:
    """Remind every party for which it is due. Safe to run at any time, by any number of workers."""
    moment = (now or timezone.now()).astimezone(HELSINKI)
    if not settings.MAIL_WORKS or moment.time() < FROM:
        return ""
    open_ones = Asked.objects.filter(request__sent_at__isnull=False, request__closed_at__isnull=True)
    open_ones = open_ones.filter(request__withdrawn_at__isnull=True, posted_at__isnull=False)
    open_ones = open_ones.exclude(answers__replaced_at__isnull=True, answers__isnull=False)
    parties = Party.objects.filter(pk__in=open_ones.values("party"), agreement__isnull=False)
    parties = parties.exclude(reminders__day=moment.date()).select_related("agreement", "organisation")
    reminded = sum(_remind(party, moment) for party in parties.order_by("pk"))
    return f"{reminded} parties reminded" if reminded else ""


def _remind(party: Party, moment: datetime) -> bool:
    """Remind one party, unless another worker has done so meanwhile, or it is not due.

    A party without an address is not reminded; it is as soon as it has one.
    """
    today = moment.date()
    if not is_due(_waiting(_open(party)), today, _last(party)):
        return False
    recipients = recipients_of(party)
    if not recipients:
        return False
    with transaction.atomic():
        lock(party.agreement.slug)
        waiting = _open(party)
        if not is_due(_waiting(waiting), today, _last(party)):
            return False
        reminder = Reminder.objects.create(party=party, day=today, made_at=moment)
        Reminded.objects.bulk_create([Reminded(reminder=reminder, asked=asked) for asked in waiting])
        for recipient in recipients:
            _mail(party, recipient, waiting, today)
    return True


def _open(party: Party) -> list[Asked]:
    """Return what a party has not answered, each with the last day on which it was told of it. One query."""
    rows = open_for(party).filter(posted_at__isnull=False)
    return list(rows.annotate(reminded_on=Max("reminded__reminder__day")))


def _waiting(rows: Sequence[Asked]) -> list[Waiting]:
    return [Waiting(row.request.last_day, _told_on(row)) for row in rows]


def _told_on(row: Asked) -> date:
    assert row.posted_at is not None
    posted = row.posted_at.astimezone(HELSINKI).date()
    reminded: date | None = row.reminded_on  # type: ignore[attr-defined] # annotated
    return max(posted, reminded) if reminded else posted


def _last(party: Party) -> date | None:
    last: date | None = party.reminders.aggregate(last=Max("day"))["last"]
    return last


def _mail(party: Party, recipient: Recipient, waiting: Sequence[Asked], today: date) -> None:
    """Write the one mail about everything that waits, the nearest deadline first."""
    with translation.override(recipient.language):
        address = absolute(reverse("requests:inbox", kwargs={"token": token_of(inbox_link(party))}))
        lines = [
            {"title": row.request.title, "deadline": deadline_words(row.request), "late": row.request.last_day < today}
            for row in waiting
        ]
        post_mail(
            to=recipient,
            template="reminder",
            context={
                "party": party.organisation.called(recipient.language),
                "lines": lines,
                "count": len(lines),
                "tomorrow": any(row.request.last_day - today == timedelta(days=1) for row in waiting),
                "address": address,
            },
            kind="reminder",
            about=f"party:{party.pk}",
            key=f"reminder:{party.pk}:{today}:{recipient.address}"[:200],
            secret=True,  # the link answers for the party
        )


def inbox_link(party: Party) -> Link:
    """Return an open link to a party's list of what waits: one that lasts 30 days still, else a new one."""
    long_enough = timezone.now() + LASTS / 2
    rows = Link.objects.filter(purpose=INBOX, subject=f"party:{party.pk}", revoked_at__isnull=True)
    found = rows.filter(expires_at__gt=long_enough).order_by("-pk").first()
    return found or make_link(INBOX, f"party:{party.pk}", lasts=LASTS, reusable=True)

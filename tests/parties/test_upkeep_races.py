"""Two workers at once ask nobody twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.journal.test_races import at_once
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.journal.verify import verify
from yhdyspinta.mail.models import Message
from yhdyspinta.parties import actions
from yhdyspinta.parties.actions import Named
from yhdyspinta.parties.models import Link, Person
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.parties.upkeep import ask_to_confirm

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_at_once_ask_each_person_once(agreement: Agreement, settings: Any):
    settings.MAIL_WORKS = True
    luhanka = party_or_404(agreement, "luhanka")
    for number in range(4):
        person = actions.add_person(luhanka.organisation, name=f"N{number}", email=f"n{number}@example.org", by=SYSTEM)
        actions.name_for_themes(luhanka, "counterpart", ["ict"], Named(person, date(2024, 1, 1)), by=SYSTEM)
    Person.objects.update(made_at=timezone.now() - timedelta(days=400))
    asked: list[int] = []
    at_once(*[lambda: asked.append(ask_to_confirm())] * 2)
    assert sum(asked) == 4
    assert Message.objects.filter(kind="confirm").count() == Link.objects.filter(revoked_at=None).count() == 4
    assert Entry.objects.filter(verb="ask-to-confirm").count() == 4
    assert list(verify()) == []

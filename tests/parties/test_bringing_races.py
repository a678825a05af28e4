"""Two who bring people in at the same moment: what the second was shown is looked at again behind the lock."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.journal.test_races import at_once
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions.bringing import PlanChanged, bring_in_people, keep_table, plan_of
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account, PeopleTable
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.parties.table import TableRow

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_bring_the_same_person_at_once_one_is_shown_the_plan_again(
    agreement: Agreement, small_municipality_clerk: Account
):
    luhanka = party_or_404(agreement, "luhanka")
    clerk = actor_for(small_municipality_clerk, luhanka)
    told: list[str] = []

    def bring(table: PeopleTable, seal: str, by: Actor) -> None:
        with translation.override("en"):
            try:
                bring_in_people(table, seal=seal, by=by)
            except PlanChanged:
                told.append("again")

    tables = [keep_table(luhanka, [TableRow(2, {"name": "Maija"})], name="a.csv", by=clerk) for _ in range(2)]
    seal = plan_of(tables[0]).seal
    at_once(*[lambda table=table: bring(table, seal, clerk) for table in tables])
    assert told == ["again"]
    assert luhanka.organisation.people.count() == 1
    assert PeopleTable.objects.count() == 1
    assert list(verify()) == []

"""A table of people and posts that a party brings: kept with its rows, then brought in all at once, or discarded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.papers.actions import safe_name
from yhdyspinta.parties.actions.common import change_with_followers, refuse_outsider
from yhdyspinta.parties.actions.people import person_added, person_updated
from yhdyspinta.parties.actions.posts import post_added, post_handed_over, tenure_ended
from yhdyspinta.parties.models import Organisation, Party, PeopleTable, Person, Post, Tenure
from yhdyspinta.parties.planning import (
    ADD_PERSON,
    ADD_POST,
    BEGIN,
    CHANGE_PERSON,
    CHANGE_POST,
    CHANGE_TENURE,
    Plan,
    Step,
    plan,
)
from yhdyspinta.parties.table import TableRow, from_json, to_json

MOST_WAITING = 5
"""How many tables of a party wait at once; the oldest makes way for a new one."""


class PlanChanged(Exception):
    """Something was changed since the plan was shown: it would do something else now."""


def keep_table(party: Party, rows: Sequence[TableRow], *, name: str, by: Actor) -> PeopleTable:
    """Keep the rows of a file until they are brought in or discarded. Nothing that anybody else sees changes.

    The oldest of the party's tables make way where more than ``MOST_WAITING`` wait, once this one is kept.

    Raises:
        NotAllowed: the actor does not act for the organisation, or is no person.

    """
    refuse_outsider(by, party.organisation)
    if by.person is None:
        raise NotAllowed(_("Sign in first."))
    said = {"name": safe_name(name)[:200], "rows": to_json(rows)}
    kept = PeopleTable.objects.create(party=party, account_id=by.person, **said)
    waiting = PeopleTable.objects.filter(party=party).order_by("-pk").values_list("pk", flat=True)
    PeopleTable.objects.filter(pk__in=list(waiting[MOST_WAITING:])).delete()
    return kept


def plan_of(table: PeopleTable, day: date | None = None) -> Plan:
    """Return what a table would change now. Three queries, however many rows it has."""
    return _plan(table.party.organisation, from_json(table.rows), day or today())


def bring_in_people(table: PeopleTable, *, seal: str, by: Actor) -> Plan:
    """Do what a plan says that somebody has seen, whole or not at all; the table waits no more then.

    What the rows refuse is left out, as the plan says. Returns the plan.

    Raises:
        NotAllowed: the actor does not act for the organisation.
        PlanChanged: ``seal`` is not that of the plan as things stand: nothing is done.
        ValidationError: there is nothing to change, or the table waits no more.

    """
    organisation, rows = table.party.organisation, from_json(table.rows)
    known = _plan(organisation, rows, today())
    if known.seal != seal:
        raise PlanChanged
    with change_with_followers(Post.objects.filter(pk__in=known.posts), by=by) as c:
        refuse_outsider(by, organisation)
        if not PeopleTable.objects.select_for_update().filter(pk=table.pk).exists():
            raise ValidationError(_("This table does not wait any more: it was brought in or discarded."))
        fresh = _plan(organisation, rows, c.today)
        if fresh.seal != seal:
            raise PlanChanged
        if not fresh.steps:
            raise ValidationError(_("There is nothing to change."))
        c.enter("bring-in-people", f"people-table:{table.pk}", after={"file": table.name, "rows": fresh.counts})
        plan_done(c, organisation, fresh)
        PeopleTable.objects.filter(pk=table.pk).delete()
    return fresh


def discard_table(table: PeopleTable, *, by: Actor) -> None:
    """Throw a table away that waits; one that waits no more is left as it is.

    Raises:
        NotAllowed: the actor does not act for the organisation.

    """
    with transaction.atomic():
        refuse_outsider(by, table.party.organisation)
        PeopleTable.objects.filter(pk=table.pk).delete()


def _plan(organisation: Organisation, rows: Sequence[TableRow], day: date) -> Plan:
    people = organisation.people.filter(erased_at__isnull=True, merged_into__isnull=True)
    people = people.select_related("account").order_by("pk")
    tenures = Tenure.objects.filter(post__organisation=organisation).order_by("pk")
    return plan(rows, people, organisation.posts.order_by("pk"), tenures, today=day)


def plan_done(c: Change, organisation: Organisation, whole: Plan) -> None:
    """Do every step of a plan inside a change that holds the followers of its posts.

    Raises:
        ValidationError: a rule of the actions refuses what the plan did not; names the row.

    """
    doing = _Doing(c, organisation)
    for number, step in whole.steps:
        try:
            doing.do(step)
        except ValidationError as error:
            said = {"row": number, "why": " ".join(error.messages)}
            raise ValidationError(_("Row %(row)s: %(why)s") % said) from error


class _Doing:
    """Steps being done, with the rows that they change and have made, by their number in the plan."""

    def __init__(self, c: Change, organisation: Organisation) -> None:
        self.c, self.organisation = c, organisation
        self.people: dict[int, Person] = {one.pk: one for one in organisation.people.all()}
        self.posts: dict[int, Post] = {one.pk: one for one in organisation.posts.all()}
        rows = Tenure.objects.filter(post__organisation=organisation).select_related("post")
        self.tenures: dict[int, Tenure] = {one.pk: one for one in rows}

    def do(self, step: Step) -> None:
        """Do one step."""
        verbs = {
            ADD_PERSON: self._add_person,
            CHANGE_PERSON: self._change_person,
            ADD_POST: self._add_post,
            CHANGE_POST: self._change_post,
            BEGIN: self._begin,
            CHANGE_TENURE: self._change_tenure,
        }
        verbs[step.verb](step)

    def _add_person(self, step: Step) -> None:
        self.people[step.ref] = person_added(self.c, self.organisation, **step.after)

    def _change_person(self, step: Step) -> None:
        person_updated(self.c, self.people[step.ref], step.after)

    def _add_post(self, step: Step) -> None:
        self.posts[step.ref] = post_added(self.c, self.organisation, **step.after)

    def _change_post(self, step: Step) -> None:
        self._change(self.posts[step.ref], {"email": step.after["email"]}, "update-post")

    def _begin(self, step: Step) -> None:
        after = step.after
        days = (after["first"], after["last"])
        post, person = self.posts[after["post"]], self.people[after["person"]]
        begun = post_handed_over(self.c, post, person=person, days=days, basis=after["basis"])
        assert begun is not None
        self.tenures[step.ref] = begun

    def _change_tenure(self, step: Step) -> None:
        tenure = self.tenures[step.ref]
        tenure.refresh_from_db(fields=["valid_to"])
        if "valid_to" in step.after:
            tenure_ended(self.c, tenure, date.fromisoformat(step.after["valid_to"]))
        if "basis" in step.after:
            self._change(tenure, {"basis": step.after["basis"]}, "update-tenure", tenure.post)

    def _change(self, row: Post | Tenure, said: dict[str, Any], verb: str, about: Post | None = None) -> None:
        """Change what nothing follows: an address, a decision."""
        before = {name: getattr(row, name) for name in said}
        for name, value in said.items():
            setattr(row, name, value)
        row.save(update_fields=list(said))
        key = about or row
        assert isinstance(key, Post)
        self.c.enter(verb, key.key, before, said)

"""Two at the same moment: a group is appointed once, a member named once, a seat filled once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.bodies.groups import TERM, accepted, appointed, member_of, proposed
from tests.journal.test_races import at_once
from yhdyspinta.bodies.actions import Member, Wanted, end_membership, name_member, withdraw_membership
from yhdyspinta.bodies.models import Appointment, Membership, Proposal, Seat
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.journal.queries import facts_in_force
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import add_person
from yhdyspinta.parties.models import Party, Person

pytestmark = pytest.mark.django_db(transaction=True)


class Attempts:
    """What became of those who tried at the same moment; a thread has no language of its own."""

    def __init__(self) -> None:
        self.made = 0
        self.refused: list[str] = []

    def __call__(self, act: Callable[[], object]) -> Callable[[], None]:
        def attempt() -> None:
            with translation.override("en"):
                try:
                    act()
                except ValidationError as error:
                    self.refused.append(str(error))
                else:
                    self.made += 1

        return attempt


@pytest.fixture
def attempts() -> Attempts:
    return Attempts()


def test_of_two_appointments_of_one_group_at_once_one_is_made_whole(
    agreement: Agreement, parties: dict[str, Party], attempts: Attempts
):
    accepted(agreement, "perhekeskus", parties)
    teams = [
        (member_of(parties["luhanka"], "Aino Aalto"), member_of(parties["joutsa"], "Eero Elo")),
        (member_of(parties["luhanka"], "Liisa Lehto"), member_of(parties["joutsa"], "Olli Oja")),
    ]

    def appoint(*team: Member) -> None:
        appointed(_own(agreement), "perhekeskus", *team)

    at_once(*[attempts(partial(appoint, *team)) for team in teams])
    assert attempts.made == 1
    assert ["appointed already from" in each for each in attempts.refused] == [True]
    appointment = Appointment.objects.get()
    names = set(Membership.objects.values_list("person__name", flat=True))
    assert names in ({"Aino Aalto", "Eero Elo"}, {"Liisa Lehto", "Olli Oja"}), "one decision's people, and no others"
    assert set(Membership.objects.values_list("appointment", flat=True)) == {appointment.pk}
    assert Entry.objects.filter(verb="appoint").count() == 1
    assert sorted(fact.kind for fact in facts_in_force(agreement) if fact.kind != "acceptance-given") == [
        "body-appointed",
        "member-named",
        "member-named",
    ]
    assert list(verify()) == []


def test_the_same_member_named_twice_at_once_is_named_once(
    agreement: Agreement, parties: dict[str, Party], attempts: Attempts
):
    luhanka = parties["luhanka"]
    person = add_person(luhanka.organisation, name="Aino Aalto", by=SYSTEM)

    def name() -> None:
        member = Member(Person.objects.get(pk=person.pk), "member", TERM, party=luhanka)
        name_member(_own(agreement), "perhekeskus", member, by=SYSTEM)

    at_once(*[attempts(name)] * 3)
    assert attempts.made == 1
    assert ["Aino Aalto has this role already" in each for each in attempts.refused] == [True, True]
    assert Membership.objects.count() == 1
    assert [fact.kind for fact in facts_in_force(agreement)] == ["member-named"]
    assert list(verify()) == []


def test_two_named_to_one_seat_at_once_leave_it_to_the_first(
    agreement: Agreement, parties: dict[str, Party], attempts: Attempts
):
    luhanka = parties["luhanka"]
    proposed(agreement, seats=(Wanted(1, party=luhanka),))
    seat = Seat.objects.get()
    people = [add_person(luhanka.organisation, name=name, by=SYSTEM) for name in ("Aino Aalto", "Liisa Lehto")]

    def name(person: Person) -> None:
        member = Member(Person.objects.get(pk=person.pk), "member", TERM, party=luhanka, seat=Seat.objects.get())
        name_member(_own(agreement), "perhekeskus", member, by=SYSTEM)

    at_once(*[attempts(partial(name, person)) for person in people])
    assert attempts.made == 1
    assert ["The seat has a member already" in each for each in attempts.refused] == [True]
    assert Membership.objects.get().seat == seat
    assert list(verify()) == []


def test_a_membership_ended_and_withdrawn_at_once_counts_on_no_day(
    agreement: Agreement, parties: dict[str, Party], attempts: Attempts
):
    made = name_member(agreement, "perhekeskus", member_of(parties["luhanka"], "Aino Aalto"), by=SYSTEM)
    at_once(
        attempts(lambda: end_membership(_membership(made), last_day=TERM, by=SYSTEM)),
        attempts(lambda: withdraw_membership(_membership(made), by=SYSTEM)),
        attempts(lambda: withdraw_membership(_membership(made), by=SYSTEM)),
    )
    assert set(attempts.refused) <= {"['This was withdrawn already.']"}
    assert attempts.made in (1, 2)
    made.refresh_from_db()
    assert made.withdrawn_at is not None
    assert not facts_in_force(agreement).exists()
    assert list(verify()) == []


def test_a_group_proposed_twice_at_once_is_two_proposals_about_one_body(
    agreement: Agreement, parties: dict[str, Party], attempts: Attempts
):
    at_once(*[attempts(lambda: proposed(_own(agreement)))] * 2)
    assert Proposal.objects.count() == attempts.made
    assert len(set(Proposal.objects.values_list("body", flat=True))) == 1
    assert list(verify()) == []


def _own(agreement: Agreement) -> Agreement:
    """The agreement as another process has it."""
    return Agreement.objects.get(pk=agreement.pk)


def _membership(made: Membership) -> Membership:
    fresh: Membership = Membership.objects.select_related("body__agreement", "party", "person").get(pk=made.pk)
    return fresh

"""Two at the same moment: an invitation lets in once, a post has one holder, and nobody's words are lost unsaid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.journal.test_races import at_once
from tests.parties.people import held_by, person_in, post_in
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import (
    accept_invitation,
    add_person,
    add_post,
    cancel_invitation,
    confirm_person,
    hand_over_post,
    invite,
    update_person,
)
from yhdyspinta.parties.links import LinkRefused, make_link
from yhdyspinta.parties.models import Account, Invitation, Link, Party, Person, Post, Tenure
from yhdyspinta.parties.queries import party_or_404

pytestmark = pytest.mark.django_db(transaction=True)
SUMMER = date(2025, 6, 1)


@pytest.fixture
def luhanka(agreement: Agreement) -> Party:
    return party_or_404(agreement, "luhanka")


def outcomes(*acts: Callable[[], object]) -> list[str]:
    """Do everything at once, and return what became of each: done, or what it was refused with."""
    came: list[str] = []

    def attempt(act: Callable[[], object]) -> None:
        try:
            act()
        except (Conflict, LinkRefused, ValidationError) as refused:
            came.append(type(refused).__name__)
        else:
            came.append("done")

    at_once(*[lambda act=act: attempt(act) for act in acts])
    return sorted(came)


def test_of_two_who_accept_an_invitation_at_once_one_comes_in(luhanka: Party):
    made = invite(luhanka, name="Vesa", email="vesa@luhanka.example", role="administrator", by=SYSTEM)
    both = [lambda: accept_invitation(Invitation.objects.get(pk=made.pk))] * 2
    assert outcomes(*both) == ["LinkRefused", "done"]
    assert Account.objects.count() == Person.objects.count() == luhanka.administrators.count() == 1
    assert list(verify()) == []


def test_an_invitation_cancelled_as_it_is_accepted_is_one_of_the_two(luhanka: Party):
    made = invite(luhanka, name="Vesa", email="vesa@luhanka.example", by=SYSTEM)
    came = outcomes(
        lambda: accept_invitation(Invitation.objects.get(pk=made.pk)),
        lambda: cancel_invitation(Invitation.objects.get(pk=made.pk), by=SYSTEM),
    )
    assert came in (["LinkRefused", "done"], ["ValidationError", "done"])
    assert Account.objects.exists() == (Link.objects.get(pk=made.link_id).revoked_at is None)


def test_of_two_who_hand_a_post_over_at_once_one_is_told(luhanka: Party):
    post, holder = post_in(luhanka), person_in(luhanka)
    held_by(post, holder)
    others = [person_in(luhanka, name) for name in ("Sirpa", "Seppo")]

    def hand_over(person: Person) -> None:
        hand_over_post(Post.objects.get(pk=post.pk), person=person, first_day=SUMMER, by=SYSTEM)

    assert outcomes(*[lambda person=person: hand_over(person) for person in others]) == ["ValidationError", "done"]
    assert Tenure.objects.active_on(SUMMER).count() == 1
    assert Tenure.objects.active_on(SUMMER - timedelta(days=1)).get().person == holder
    assert list(verify()) == []


def test_of_two_who_change_a_person_at_once_one_sees_both(luhanka: Party):
    person = person_in(luhanka)

    def change(phone: str) -> None:
        update_person(Person.objects.get(pk=person.pk), {"phone": phone}, version=1, by=SYSTEM)

    assert outcomes(lambda: change("040 1"), lambda: change("050 2")) == ["Conflict", "done"]
    assert Person.objects.get(pk=person.pk).version == 2


def test_of_two_who_add_the_same_at_once_one_is_told(luhanka: Party):
    organisation = luhanka.organisation
    person = [lambda: add_person(organisation, name="Uuno", email="u@luhanka.example", by=SYSTEM)] * 2
    post = [lambda: add_post(organisation, kind="chief-executive", by=SYSTEM)] * 2
    assert outcomes(*person) == ["ValidationError", "done"]
    assert outcomes(*post) == ["ValidationError", "done"]
    assert Person.objects.count() == Post.objects.count() == 1


def test_a_link_confirms_once_of_two_clicks(luhanka: Party):
    person = person_in(luhanka)
    link = make_link("confirm", person.key, lasts=timedelta(days=1))

    def click() -> None:
        confirm_person(Person.objects.get(pk=person.pk), by=Actor("link"), link=Link.objects.get(pk=link.pk))

    assert outcomes(click, click) == ["LinkRefused", "done"]

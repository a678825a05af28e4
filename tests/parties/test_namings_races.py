"""Two at the same moment: one naming of one person, and nobody is named who is merged away meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.journal.test_races import at_once
from tests.parties.people import named, person_in, post_in
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import facts_in_force
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import Named, hand_over_post, merge_people, name_for_themes, withdraw_naming
from yhdyspinta.parties.models import Naming, Party, Person, Post
from yhdyspinta.parties.queries import party_or_404

pytestmark = pytest.mark.django_db(transaction=True)
SPRING = date(2025, 3, 1)


@pytest.fixture
def luhanka(agreement: Agreement) -> Party:
    return party_or_404(agreement, "luhanka")


def attempt(act: Callable[[], object], *told: str) -> None:
    """Do something, or be told one of these; a thread has no language of its own."""
    with translation.override("en"):
        try:
            act()
        except ValidationError as refused:
            said = str(refused)
        else:
            return
    assert any(words in said for words in told), said


def name(party: Party, holder: Person | Post) -> None:
    said = Named(holder, SPRING, None, Decimal(4))
    attempt(
        lambda: name_for_themes(party, "counterpart", ["ict"], said, by=SYSTEM),
        "is named already",
        "holds nobody any more",
    )


def test_of_two_who_name_the_same_person_at_once_one_is_told(luhanka: Party):
    person = person_in(luhanka)
    at_once(*[lambda: name(luhanka, Person.objects.get(pk=person.pk))] * 2)
    assert Naming.objects.count() == 1
    assert list(verify()) == []


def test_a_person_merged_at_the_same_moment_is_named_as_who_is_left(luhanka: Party):
    kept, gone = person_in(luhanka, "Pirjo Peltonen"), person_in(luhanka, "Pirjo P.")
    at_once(
        lambda: name(luhanka, Person.objects.get(pk=gone.pk)),
        lambda: merge_people(Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk), by=SYSTEM),
    )
    assert not Naming.objects.filter(person=gone).exists()
    assert list(verify()) == []


def test_a_post_named_and_handed_over_at_once_proves_both(agreement: Agreement, luhanka: Party):
    post, person = post_in(luhanka), person_in(luhanka)
    at_once(
        lambda: name(luhanka, Post.objects.get(pk=post.pk)),
        lambda: _hand_over(post, person),
    )
    if not post.tenures.exists():  # told to try again: somebody was named for the post just then
        _hand_over(post, person)
    assert [fact.given["from"] for fact in facts_in_force(agreement)] == ["2025-03-01"]
    assert list(verify()) == []


def test_a_naming_withdrawn_twice_at_once_is_withdrawn_once(luhanka: Party):
    named(luhanka, person_in(luhanka), "ict")
    at_once(*[_withdraw] * 2)
    assert Naming.objects.get().withdrawn_at is not None
    assert list(verify()) == []


def _hand_over(post: Post, person: Person) -> None:
    fresh = Post.objects.get(pk=post.pk)
    attempt(lambda: hand_over_post(fresh, person=person, first_day=date(2024, 1, 1), by=SYSTEM), "Try again")


def _withdraw() -> None:
    attempt(lambda: withdraw_naming(Naming.objects.get(), by=SYSTEM), "withdrawn already")

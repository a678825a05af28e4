"""Posts are handed over in one action; what follows the post follows, from the first day and not before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models.signals import post_init

from tests.parties.people import LONG_AGO, held_by, named, person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.journal.queries import assess
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import add_post, discontinue_post, end_tenure, hand_over_post
from yhdyspinta.parties.actions.posts import refuse_hand_over
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account, Party, Post, Tenure
from yhdyspinta.parties.queries import party_or_404

SPRING, SUMMER = date(2025, 3, 1), date(2025, 6, 1)


@pytest.fixture
def luhanka(agreement: Agreement) -> Party:
    return party_or_404(agreement, "luhanka")


@pytest.fixture
def clerk(luhanka: Party, small_municipality_clerk: Account) -> Actor:
    return actor_for(small_municipality_clerk, luhanka)


def state_of(agreement: Agreement, theme: str, day: date) -> str:
    """Return whether Luhanka has a counterpart for a theme on a day, as the agreement says it."""
    assessed = assess(agreement, as_of=day).occurrences
    return next(
        one.state for one in assessed if one.bearer == "luhanka" and one.object == theme and one.duty == "vastinparit"
    )


# Posts


def test_add_post_takes_one_of_each_kind_and_title(luhanka: Party, clerk: Actor):
    made = add_post(luhanka.organisation, kind="sector-director", title=" Elinvoimajohtaja ", by=clerk)
    assert str(made) == "Elinvoimajohtaja"
    assert str(post_in(luhanka)) == "director of education and culture"
    another = add_post(luhanka.organisation, kind="sector-director", title="Tekninen johtaja", by=clerk)
    assert set(luhanka.organisation.posts.values_list("pk", "title")) >= {
        (made.pk, "Elinvoimajohtaja"),
        (another.pk, "Tekninen johtaja"),
    }


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "keisari"}, "kind"),
        ({"kind": "other"}, "title"),
        ({"kind": "sector-director", "title": "ELINVOIMAJOHTAJA"}, "title"),
        ({"kind": "sector-director", "email": "ei osoite"}, "email"),
        ({"kind": "sector-director", "title": "x" * 201}, "title"),
    ],
)
def test_add_post_says_what_is_wrong_at_the_field(luhanka: Party, clerk: Actor, said: dict[str, str], field: str):
    post_in(luhanka, "sector-director", title="Elinvoimajohtaja")
    with pytest.raises(ValidationError) as refused:
        add_post(luhanka.organisation, **said, by=clerk)
    assert set(refused.value.error_dict) == {field}
    assert luhanka.organisation.posts.count() == 1


def test_posts_are_changed_by_who_acts_for_their_organisation(luhanka: Party, city_clerk: Account):
    stranger, post, person = actor_for(city_clerk), post_in(luhanka), person_in(luhanka)
    held_by(post, person)
    for act in (
        lambda: add_post(luhanka.organisation, kind="chief-executive", by=stranger),
        lambda: hand_over_post(post, person=None, first_day=SUMMER, by=stranger),
        lambda: end_tenure(post.tenures.get(), last_day=SUMMER, by=stranger),
        lambda: discontinue_post(post, last_day=SUMMER, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert post.tenures.get().valid_to is None


# Handing over


def test_hand_over_post_ends_one_tenure_and_begins_another(luhanka: Party, clerk: Actor):
    post, first, second = post_in(luhanka), person_in(luhanka), person_in(luhanka, "Sirpa Seuraaja")
    held_by(post, first)
    begun = hand_over_post(post, person=second, first_day=SUMMER, basis=" kh  12.5.2025 ", by=clerk)
    assert begun is not None
    assert (begun.person, begun.valid_from, begun.valid_to, begun.basis) == (second, SUMMER, None, "kh 12.5.2025")
    assert Tenure.objects.get(person=first).valid_to == SUMMER - timedelta(days=1)


def test_hand_over_post_takes_the_themes_along_from_the_first_day(agreement: Agreement, luhanka: Party, clerk: Actor):
    post, first, second = post_in(luhanka), person_in(luhanka), person_in(luhanka, "Sirpa Seuraaja")
    held_by(post, first, LONG_AGO)
    named(luhanka, post, "ict")
    hand_over_post(post, person=None, first_day=SPRING, by=clerk)
    assert state_of(agreement, "ict", SPRING - timedelta(days=1)) == "kept"
    assert state_of(agreement, "ict", SPRING) == "lacking"
    hand_over_post(post, person=second, first_day=SUMMER, by=clerk)
    assert state_of(agreement, "ict", SUMMER - timedelta(days=1)) == "lacking"
    assert state_of(agreement, "ict", SUMMER) == "kept"
    assert list(verify()) == []


def test_hand_over_post_follows_in_every_agreement(
    agreement: Agreement, second_agreement: Agreement, luhanka: Party, clerk: Actor
):
    post, person = post_in(luhanka), person_in(luhanka)
    for each in (agreement, second_agreement):
        named(party_or_404(each, "luhanka"), post, "ict")
    hand_over_post(post, person=person, first_day=SPRING, by=clerk)
    for each in (agreement, second_agreement):
        assert state_of(each, "ict", SPRING) == "kept"
        assert Entry.objects.filter(chain__name=each.slug, verb="follow-posts").count() == 1
    assert list(verify()) == []


def test_hand_over_post_to_come_ends_nothing_yet(luhanka: Party, clerk: Actor):
    post, first, second = post_in(luhanka), person_in(luhanka), person_in(luhanka, "Sirpa Seuraaja")
    held_by(post, first)
    hand_over_post(post, person=second, first_day=today() + timedelta(days=30), by=clerk)
    assert post.tenures.active_on(today()).get().person == first


@pytest.mark.parametrize(
    ("first_day", "last_day", "field"),
    [
        (SUMMER, SPRING, "last_day"),
        (date(2023, 6, 1), None, "first_day"),
        (date(2023, 6, 1), LONG_AGO, "first_day"),
    ],
)
def test_hand_over_post_refuses_days_that_cannot_be(
    luhanka: Party, clerk: Actor, first_day: date, last_day: date | None, field: str
):
    post, first, second = post_in(luhanka), person_in(luhanka), person_in(luhanka, "Sirpa Seuraaja")
    held_by(post, first)
    with pytest.raises(ValidationError) as refused:
        hand_over_post(post, person=second, first_day=first_day, last_day=last_day, by=clerk)
    assert set(refused.value.error_dict) == {field}
    assert post.tenures.get().valid_to is None


def test_hand_over_post_refuses_who_cannot_hold_it(agreement: Agreement, luhanka: Party, clerk: Actor):
    post, holder = post_in(luhanka, "chief-executive"), person_in(luhanka)
    held_by(post, holder)
    chair = person_in(luhanka, "Paavo Puheenjohtaja")
    held_by(post_in(luhanka, "council-chair"), chair)
    foreign = person_in(party_or_404(agreement, "jyvaskyla"), "Jaana")
    for person, message in (
        (holder, "holds the post already"),
        (chair, "is chair of the council from 1.1.2024. Nobody is that and chief executive at the same time."),
        (foreign, "belongs to Jyväskylä"),
    ):
        with pytest.raises(ValidationError, match=message) as refused:
            hand_over_post(post, person=person, first_day=SUMMER, by=clerk)
        assert set(refused.value.error_dict) == {"person"}
    assert post.tenures.get().valid_to is None


def test_hand_over_post_refuses_to_leave_open_what_nobody_holds(luhanka: Party, clerk: Actor):
    with pytest.raises(ValidationError, match="Nobody holds the post"):
        hand_over_post(post_in(luhanka), person=None, first_day=SUMMER, by=clerk)


def test_hand_over_post_refuses_a_post_that_is_no_more(luhanka: Party, clerk: Actor):
    post, person = post_in(luhanka), person_in(luhanka)
    discontinue_post(post, last_day=SPRING, by=clerk)
    with pytest.raises(ValidationError, match=r"The post ends on 1\.3\.2025"):
        hand_over_post(Post.objects.get(pk=post.pk), person=person, first_day=LONG_AGO, by=clerk)
    assert hand_over_post(post, person=person, first_day=LONG_AGO, last_day=SPRING, by=clerk)


def test_refuse_hand_over_says_the_same_and_writes_nothing(luhanka: Party):
    post, first, second = post_in(luhanka), person_in(luhanka), person_in(luhanka, "Sirpa Seuraaja")
    held_by(post, first)
    entries = Entry.objects.count()
    assert refuse_hand_over(post, second, (SUMMER, None)) == post.tenures.get()
    with pytest.raises(ValidationError):
        refuse_hand_over(post, second, (SUMMER, SPRING))
    assert Entry.objects.count() == entries
    assert post.tenures.get().valid_to is None


# Ending


def test_end_tenure_opens_the_post_and_can_be_corrected(agreement: Agreement, luhanka: Party, clerk: Actor):
    post = post_in(luhanka)
    held_by(post, person_in(luhanka))
    named(luhanka, post, "ict")
    tenure = post.tenures.get()
    end_tenure(tenure, last_day=SPRING, by=clerk)
    assert state_of(agreement, "ict", SUMMER) == "lacking"
    end_tenure(tenure, last_day=SUMMER, by=clerk)
    assert state_of(agreement, "ict", SUMMER) == "kept"
    assert state_of(agreement, "ict", SUMMER + timedelta(days=1)) == "lacking"
    assert list(verify()) == []


def test_end_tenure_refuses_days_that_cannot_be(luhanka: Party, clerk: Actor):
    post = post_in(luhanka)
    held_by(post, person_in(luhanka))
    held_by(post, person_in(luhanka, "Sirpa Seuraaja"), SPRING)
    first = post.tenures.earliest("valid_from")
    for day in (LONG_AGO - timedelta(days=1), SPRING):
        with pytest.raises(ValidationError) as refused:
            end_tenure(first, last_day=day, by=clerk)
        assert set(refused.value.error_dict) == {"last_day"}
    first.refresh_from_db()
    assert first.valid_to == SPRING - timedelta(days=1)


def test_discontinue_post_refuses_while_somebody_holds_it_after(luhanka: Party, clerk: Actor):
    post = post_in(luhanka)
    held_by(post, person_in(luhanka))
    with pytest.raises(ValidationError, match="Somebody holds the post after this day"):
        discontinue_post(post, last_day=SPRING, by=clerk)
    end_tenure(post.tenures.get(), last_day=SPRING, by=clerk)
    discontinue_post(post, last_day=SPRING, by=clerk)
    assert Post.objects.get().discontinued_on == SPRING


@pytest.mark.parametrize("before", [1, 20])
def test_handing_over_reads_only_who_can_be_in_the_way(luhanka: Party, clerk: Actor, before: int):
    """However long a post's history, so that a table with many rows of one post takes no longer for each."""
    post, person = post_in(luhanka), person_in(luhanka)
    for number in range(before):
        day = date(2000, 1, 1) + timedelta(days=2 * number)
        Tenure.objects.create(post=post, person=person, valid_from=day, valid_to=day)
    read: list[Tenure] = []

    def note(instance: Tenure, **_said: object) -> None:
        if instance.pk:
            read.append(instance)

    post_init.connect(note, sender=Tenure)
    try:
        made = hand_over_post(post, person=person, first_day=LONG_AGO, by=clerk)
        assert made is not None
        end_tenure(made, last_day=LONG_AGO, by=clerk)
    finally:
        post_init.disconnect(note, sender=Tenure)
    assert {tenure.pk for tenure in read} <= {made.pk}

"""Rows of other rooms follow people and posts: whatever this room does, it asks them all."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import DateField, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.test import Client
from django.utils import timezone

from tests.parties.members import given_person
from tests.parties.people import LONG_AGO, held_by, named, person_in, post_in, url
from yhdyspinta.agreement import Charter, today
from yhdyspinta.bodies.models import Body, Membership
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement, Entry, KeptFact
from yhdyspinta.parties import actions, following
from yhdyspinta.parties.actions.merging import why_not_merge
from yhdyspinta.parties.actions.people import CONFIRM
from yhdyspinta.parties.following import Follower, Known, Said, beside_themselves
from yhdyspinta.parties.links import make_link, token_of
from yhdyspinta.parties.models import Account, Invitation, Naming, Party, Person, Post, Tenure
from yhdyspinta.parties.named import NAMINGS
from yhdyspinta.parties.own import held_about
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.parties.standing import own_parties, standing_of
from yhdyspinta.parties.upkeep import due_to_confirm, forget_contacts

SEAT = "Sits in Municipalities' Meeting"
SPRING = date(2025, 3, 1)
YESTERDAY = today() - timedelta(days=1)
SignedIn = Callable[[Account], Client]


def every() -> QuerySet[Any]:
    return Membership.objects.select_related("body__agreement", "party").order_by("pk")


def said(row: Any, charter: Charter) -> Said:
    woman = (Known("gender", row.gender, f"counted as {row.gender}"),) if row.gender else ()
    return Said(f"sits in {charter.bodies[row.body.slug].name.get('en')}", known=woman)


def facts(rows: Any) -> dict[str, list[dict[str, Any]]]:
    """Return that a member was named for each holder of a post, from the day on which they hold it."""
    proved = {}
    for row in rows:
        days = Tenure.objects.filter(post=row.post).order_by("valid_from").values_list("valid_from", flat=True)
        proved[f"sitting:{row.pk}"] = [
            {"fact": "member-named", "party": row.party.slug, "body": row.body.slug, "role": "member", "from": str(day)}
            for day in days
        ]
    return proved


def in_the_way(kept: Person, gone: Person) -> str:
    return "They sit beside themselves." if beside_themselves(SITTINGS.standing(), ("body",), kept, gone) else ""


SITTINGS = Follower(
    name="sittings",
    every=every,
    said=said,
    agreement="body__agreement",
    posts=True,
    facts=facts,
    in_the_way=in_the_way,
    erased={"gender": ""},
)
"""An invented room that sees to the members of bodies."""


@pytest.fixture(autouse=True)
def _rooms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Register the invented room beside this one alone, whatever the other rooms have said."""
    monkeypatch.setattr(following, "_followers", {NAMINGS.name: NAMINGS})
    following.register(SITTINGS)
    yield
    monkeypatch.undo()
    assert SITTINGS not in following.followers()


@pytest.fixture
def body(agreement: Agreement) -> Body:
    return Body.objects.create(agreement=agreement, slug="kuntakokous")


@pytest.fixture
def sits(body: Body, luhanka: Party) -> Callable[..., Membership]:
    """Let somebody, or whoever holds a post, sit in a body for Luhanka."""

    def make(holder: Person | Post, **more: Any) -> Membership:
        who = {"person": holder} if isinstance(holder, Person) else {"post": holder}
        row = {"body": body, "party": luhanka, "role": "member", "valid_from": LONG_AGO} | who | more
        return Membership.objects.create(**row)

    return make


Sits = Callable[..., Membership]


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


# Registering


def test_follower_is_registered_once():
    following.register(SITTINGS)
    assert following.followers() == [NAMINGS, SITTINGS]
    with pytest.raises(ValueError, match="sittings is registered already"):
        following.register(replace(SITTINGS, posts=False))


# Handing over


def test_hand_over_post_keeps_the_facts_of_every_room(agreement: Agreement, luhanka: Party, sits: Sits):
    post = post_in(luhanka)
    row = sits(post)
    held_by(post, person_in(luhanka), LONG_AGO)
    held_by(post, person_in(luhanka, "Sirpa Seuraaja"), SPRING)
    kept = KeptFact.objects.filter(thing=f"sitting:{row.pk}", kind="member-named")
    assert [fact.day for fact in kept.order_by("pk")] == [LONG_AGO, SPRING]
    assert Entry.objects.filter(chain__name=agreement.slug, verb="follow-posts").count() == 2


def test_hand_over_post_asks_only_for_what_stands_in_each_agreement(
    second_agreement: Agreement, luhanka: Party, sits: Sits
):
    post, person = post_in(luhanka), person_in(luhanka)
    here, withdrawn = sits(post), sits(post, withdrawn_at=timezone.now())
    there = sits(post, body=Body.objects.create(agreement=second_agreement, slug="kuntakokous"))
    held_by(post, person)
    found = dict(KeptFact.objects.values_list("thing", "agreement__slug"))
    assert found == {
        f"sitting:{here.pk}": luhanka.agreement.slug,
        f"sitting:{there.pk}": second_agreement.slug,
    }
    assert f"sitting:{withdrawn.pk}" not in found


def test_hand_over_page_shows_first_what_follows_in_every_room(
    pirjo: Person, post: Post, sits: Sits, luhankas: Client, body: Body
):
    sits(post)
    shown = text(
        luhankas.post(url("hand-over", post=post.pk), {"person": "0", "first_day": "2025-06-01", "esikatselu": "1"})
    )
    assert "Counterpart: ICT (Luhanka)" in shown
    assert SEAT in shown
    assert SEAT in text(luhankas.get(url("post", post=post.pk)))


def test_room_without_posts_is_not_asked_about_them(monkeypatch: pytest.MonkeyPatch, luhanka: Party, sits: Sits):
    monkeypatch.setitem(following._followers, "sittings", replace(SITTINGS, posts=False))
    post, person = post_in(luhanka), person_in(luhanka)
    sits(post)
    held_by(post, person)
    assert not KeptFact.objects.exists()
    assert not Entry.objects.filter(verb="follow-posts").exists()
    assert not due_to_confirm(today() + timedelta(days=400)).exists()


# Two records of one person


def test_merge_people_moves_the_rows_of_every_room(luhanka: Party, sits: Sits):
    kept, gone = person_in(luhanka, "Pirjo Peltonen"), person_in(luhanka, "P. Peltonen")
    rows = [sits(gone), sits(gone, withdrawn_at=timezone.now())]
    sits(kept, valid_to=date(2023, 12, 31), valid_from=date(2023, 1, 1))
    named(luhanka, gone, "ict")
    actions.merge_people(kept, gone, by=SYSTEM)
    assert set(Membership.objects.values_list("person", flat=True)) == {kept.pk}
    moved = Entry.objects.get(verb="merge-people").detail.after["moved"]
    assert moved == {"tenures": [], "namings": [Naming.objects.get().pk], "sittings": [row.pk for row in rows]}


def test_merge_people_hears_a_room_that_refuses(luhanka: Party, sits: Sits):
    kept, gone = person_in(luhanka), person_in(luhanka, "Toinen")
    row = sits(kept)
    sits(gone, valid_from=SPRING)
    assert why_not_merge(kept, gone) == ["They sit beside themselves."]
    with pytest.raises(ValidationError, match="beside themselves"):
        actions.merge_people(kept, gone, by=SYSTEM)
    assert Membership.objects.filter(person=gone).count() == 1
    Membership.objects.filter(pk=row.pk).update(valid_to=SPRING - timedelta(days=1))
    assert why_not_merge(kept, gone) == []


@pytest.mark.parametrize(
    ("theirs", "beside"),
    [
        ({}, True),
        ({"valid_from": SPRING}, True),
        ({"valid_to": date(2024, 6, 30)}, True),
        ({"valid_from": date(2025, 3, 2)}, False),
        ({"valid_from": date(2023, 1, 1), "valid_to": date(2023, 12, 31)}, False),
        ({"withdrawn_at": timezone.now()}, False),
        ({"role": "deputy"}, False),
    ],
)
def test_rows_are_beside_themselves_where_they_say_the_same_on_the_same_day(
    luhanka: Party,
    sits: Sits,
    theirs: dict[str, Any],
    beside: bool,  # noqa: FBT001
):
    one, other, third = person_in(luhanka), person_in(luhanka, "Toinen"), person_in(luhanka, "Kolmas")
    sits(one, valid_to=SPRING)
    sits(other, **theirs)
    sits(third)
    assert beside_themselves(SITTINGS.standing(), ("body", "role"), one, other) is beside
    assert beside_themselves(SITTINGS.standing(), ("body", "role"), other, one) is beside


def test_rows_of_one_person_are_in_nobodys_way(luhanka: Party, sits: Sits):
    one, other = person_in(luhanka), person_in(luhanka, "Toinen")
    sits(one)
    sits(one)
    assert not beside_themselves(SITTINGS.standing(), ("body", "role"), one, other)


def test_merge_page_shows_what_moves_in_every_room(pirjo: Person, luhanka: Party, sits: Sits, luhankas: Client):
    gone = person_in(luhanka, "P. Peltonen")
    sits(gone)
    page = url("merge-person", person=pirjo.pk)
    assert SEAT in text(luhankas.get(f"{page}?toinen={gone.pk}"))


# Erasing


def test_erase_person_hears_a_room_where_they_are_busy(luhanka: Party, sits: Sits):
    person = person_in(luhanka)
    row = sits(person)
    with pytest.raises(ValidationError, match="is still: sits in Municipalities' Meeting"):
        actions.erase_person(person, reason="pyyntö", by=SYSTEM)
    assert Person.objects.get(pk=person.pk).name == "Pirjo Peltonen"
    Membership.objects.filter(pk=row.pk).update(valid_to=YESTERDAY)
    actions.erase_person(person, reason="pyyntö", by=SYSTEM)
    assert Person.objects.get(pk=person.pk).name == ""


def test_erase_person_says_what_they_are_named_for(luhanka: Party):
    person = person_in(luhanka)
    named(luhanka, person, "ict", "tkki")
    with pytest.raises(ValidationError, match=r"is still: counterpart: ICT \(Luhanka\), counterpart: .+ \(Luhanka\)"):
        actions.erase_person(person, reason="pyyntö", by=SYSTEM)


def test_erase_person_lets_every_room_forget_what_is_theirs(luhanka: Party, sits: Sits):
    person, other = person_in(luhanka), person_in(luhanka, "Toinen")
    past = {"valid_to": YESTERDAY, "gender": "woman"}
    for row in ({}, {"withdrawn_at": timezone.now()}):
        sits(person, **past, **row)
    sits(other, **past)
    actions.erase_person(person, reason="pyyntö", by=SYSTEM)
    assert set(Membership.objects.filter(person=person).values_list("gender", flat=True)) == {""}
    assert Membership.objects.get(person=other).gender == "woman"


# Who somebody is


@pytest.mark.parametrize("through", ["person", "post"])
def test_standing_follows_from_the_rows_of_every_room(
    luhanka: Party, sits: Sits, outsider: Account, django_assert_num_queries: Any, through: str
):
    """Somebody of another organisation sits for Luhanka: that alone lets them belong to it."""
    joutsa = party_or_404(luhanka.agreement, "joutsa")
    person = given_person(joutsa, outsider)
    post = post_in(joutsa)
    row = sits(person if through == "person" else post)
    assert [party.slug for party in own_parties(outsider)] == (["luhanka"] if through == "person" else [])
    if through == "post":
        held_by(post, person)
        assert [party.slug for party in own_parties(outsider)] == ["joutsa", "luhanka"]
    with django_assert_num_queries(1):
        assert standing_of(outsider, luhanka.agreement).belongs_to(luhanka)
    for over in ({"valid_to": YESTERDAY}, {"valid_to": None, "withdrawn_at": timezone.now()}):
        Membership.objects.filter(pk=row.pk).update(**over)
        assert luhanka not in own_parties(outsider)


def test_standing_is_none_where_a_room_says_so(
    monkeypatch: pytest.MonkeyPatch, luhanka: Party, sits: Sits, outsider: Account
):
    sits(given_person(party_or_404(luhanka.agreement, "joutsa"), outsider))
    assert own_parties(outsider).exists()
    monkeypatch.setitem(following._followers, "sittings", replace(SITTINGS, party=""))
    assert not own_parties(outsider).exists()


@pytest.mark.parametrize("through", ["person", "post"])
def test_whoever_a_room_names_is_asked_to_confirm(luhanka: Party, sits: Sits, through: str):
    person = person_in(luhanka, email="pirjo@luhanka.example")
    Person.objects.update(made_at=timezone.now() - timedelta(days=400))
    post = post_in(luhanka)
    held_by(post, person)
    assert not due_to_confirm(today()).exists()
    row = sits(person if through == "person" else post)
    assert list(due_to_confirm(today())) == [person]
    Membership.objects.filter(pk=row.pk).update(valid_to=YESTERDAY)
    assert not due_to_confirm(today()).exists()


def test_contact_data_stays_as_long_as_a_room_names_somebody(luhanka: Party, sits: Sits):
    person = person_in(luhanka, email="pirjo@luhanka.example")
    Person.objects.update(made_at=timezone.now() - timedelta(days=2000))
    row = sits(person)
    assert forget_contacts(today()) == 0
    Membership.objects.filter(pk=row.pk).update(valid_to=YESTERDAY)
    assert forget_contacts(today()) == 0
    Membership.objects.filter(pk=row.pk).update(valid_to=date(2024, 1, 31))
    assert forget_contacts(today()) == 1


# What is told of somebody


@pytest.mark.parametrize("through", ["person", "post"])
def test_own_page_and_file_tell_what_every_room_holds(
    luhanka: Party, sits: Sits, outsider: Account, signed_in: SignedIn, through: str
):
    person, post = given_person(luhanka, outsider), post_in(luhanka)
    held_by(post, person, SPRING)
    sits(person if through == "person" else post, gender="woman")
    client = signed_in(outsider)
    shown = text(client.get("/en/oma/"))
    assert SEAT in shown
    assert "counted as woman" in shown
    [own] = json.loads(client.get("/en/oma/tiedot.json").content)["people"]
    told = next(role for role in own["roles"] if role["role"] == SEAT)
    assert (told["gender"], told["from"], told["through_post"], told["hours_per_week"]) == (
        "woman",
        str(LONG_AGO if through == "person" else SPRING),
        None if through == "person" else str(post),
        None,
    )


def test_what_only_the_person_sees_is_shown_to_nobody_else(pirjo: Person, sits: Sits, luhankas: Client):
    sits(pirjo, gender="woman")
    for page in ("people", "person", "erase-person"):
        shown = text(luhankas.get(url(page, **({} if page == "people" else {"person": pirjo.pk}))))
        assert SEAT in shown
        assert "counted as" not in shown


def test_own_page_costs_one_query_for_each_room(
    luhanka: Party,
    sits: Sits,
    outsider: Account,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
):
    person = given_person(luhanka, outsider)
    named(luhanka, person, "ict")
    sits(person)
    held_about(outsider)
    with django_assert_num_queries(15):
        held_about(outsider)
    sits(person, role="deputy")
    with django_assert_num_queries(15):
        held_about(outsider)
    monkeypatch.delitem(following._followers, "sittings")
    with django_assert_num_queries(14):
        held_about(outsider)


# Rows without days of their own, that the other parties are not told


@pytest.fixture
def _invitations() -> None:
    """Register a room whose rows have no days, and are told to the person and to who keeps the people alone."""

    def every() -> QuerySet[Any]:
        days = {"valid_from": TruncDate("made_at"), "valid_to": Value(None, DateField())}
        return Invitation.objects.select_related("party").annotate(**days).order_by("pk")

    invitations = Follower(
        name="invitations",
        every=every,
        said=lambda row, _charter: Said(f"is invited by {row.party.slug}"),
        counts=Q(accepted_by__isnull=True),
        private=True,
    )
    following.register(invitations)


@pytest.mark.usefixtures("_invitations")
def test_rows_without_days_have_those_that_their_room_gives_them(
    luhanka: Party, outsider: Account, signed_in: SignedIn
):
    person = given_person(luhanka, outsider, email="toinen@example.org")
    other = person_in(luhanka, "Toinen")
    actions.invite(luhanka, name="Pirjo", email="kolmas@example.org", by=SYSTEM)
    Invitation.objects.update(person=other)
    actions.merge_people(person, other, by=SYSTEM)
    assert Invitation.objects.get().person == person
    [own] = json.loads(signed_in(outsider).get("/en/oma/tiedot.json").content)["people"]
    assert [(role["role"], role["from"], role["to"]) for role in own["roles"]] == [
        ("Is invited by luhanka", str(today()), None)
    ]
    assert [party.slug for party in own_parties(outsider)] == ["luhanka"]
    Person.objects.update(made_at=timezone.now() - timedelta(days=2000))
    assert forget_contacts(today()) == 0
    assert list(due_to_confirm(today())) == [person]
    with pytest.raises(ValidationError, match="is still: is invited by luhanka"):
        actions.erase_person(Person.objects.get(pk=person.pk), reason="pyyntö", by=SYSTEM)


@pytest.mark.usefixtures("_invitations")
def test_private_rows_are_told_to_the_person_and_who_keeps_them_and_not_on_their_pages(
    pirjo: Person, luhanka: Party, luhankas: Client, client: Client
):
    actions.invite(luhanka, name="Pirjo", email="pirjo@luhanka.example", by=SYSTEM)
    Invitation.objects.update(person=pirjo)
    words = "Is invited by luhanka"
    other = person_in(luhanka, "Toinen")
    assert words in text(luhankas.get(url("erase-person", person=pirjo.pk)))
    assert words in text(luhankas.get(f"{url('merge-person', person=other.pk)}?toinen={pirjo.pk}"))
    assert words not in text(luhankas.get(url("person", person=pirjo.pk)))
    assert words not in text(luhankas.get(url("people")))
    link = make_link(CONFIRM, pirjo.key, lasts=timedelta(days=1))
    assert words in text(client.get(f"/en/vahvista/{token_of(link)}/"))

"""Memberships follow people and posts: handed over, merged, erased (DESIGN §1.3)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.bodies.groups import TERM
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import Member, end_membership, name_member
from yhdyspinta.bodies.models import Membership
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.queries import facts_in_force
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import add_person, add_post, erase_person, hand_over_post, merge_people
from yhdyspinta.parties.models import Account
from yhdyspinta.parties.standing import own_parties

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
AUTUMN = date(2025, 9, 1)


def named(agreement):
    return sorted(kept.fact for kept in facts_in_force(agreement) if kept.kind == "member-named")


def test_who_holds_the_post_sits_in_the_seat_and_handing_it_over_writes_one_row(agreement, parties):
    luhanka = parties["luhanka"]
    post = add_post(luhanka.organisation, kind="head-of-preparedness", by=SYSTEM)
    name_member(agreement, "ksturva", Member(post, "member", TERM, party=luhanka), by=SYSTEM)
    assert named(agreement) == [], "nobody holds it yet"
    aino, eero = (add_person(luhanka.organisation, name=name, by=SYSTEM) for name in ("Aino", "Eero"))
    hand_over_post(post, person=aino, first_day=TERM, by=SYSTEM)
    hand_over_post(post, person=eero, first_day=AUTUMN, by=SYSTEM)
    first, second = named(agreement)
    assert '"to":"2025-08-31"' in first
    assert '"from":"2025-09-01"' in second
    assert Membership.objects.count() == 1
    assert list(verify()) == []


def test_two_records_of_one_member_become_one_unless_they_sit_beside_themselves(agreement, parties):
    luhanka = parties["luhanka"]
    aino, again = (add_person(luhanka.organisation, name="Aino Aalto", by=SYSTEM) for _twice in range(2))
    made = name_member(agreement, "ict", Member(again, "member", TERM, party=luhanka), by=SYSTEM)
    beside = name_member(agreement, "ict", Member(aino, "member", TERM, party=luhanka), by=SYSTEM)
    with translation.override("en"), pytest.raises(ValidationError, match="in the same body in the same role"):
        merge_people(aino, again, by=SYSTEM)
    Membership.objects.filter(pk=beside.pk).delete()
    merge_people(aino, again, by=SYSTEM)
    made.refresh_from_db()
    assert made.person == aino


def test_a_member_is_erased_after_the_membership_ended_and_their_gender_with_them(agreement, parties):
    luhanka = parties["luhanka"]
    aino = add_person(luhanka.organisation, name="Aino Aalto", by=SYSTEM)
    made = name_member(agreement, "ict", Member(aino, "member", TERM, party=luhanka, gender="woman"), by=SYSTEM)
    with translation.override("en"), pytest.raises(ValidationError, match="is still"):
        erase_person(aino, reason="Pyyntö.", by=SYSTEM)
    end_membership(made, last_day=AUTUMN, by=SYSTEM)
    erase_person(aino, reason="Pyyntö.", by=SYSTEM)
    made.refresh_from_db()
    assert made.person is not None
    assert (made.person.name, made.gender) == ("", "")


def test_a_member_belongs_to_the_party_that_they_represent(agreement, parties, outsider: Account):
    luhanka = parties["luhanka"]
    aino = add_person(luhanka.organisation, name="Aino Aalto", by=SYSTEM)
    type(aino).objects.filter(pk=aino.pk).update(account=outsider)
    assert not own_parties(outsider).exists()
    name_member(agreement, "ict", Member(aino, "member", TERM, party=luhanka), by=SYSTEM)
    assert [party.slug for party in own_parties(outsider, today())] == ["luhanka"]

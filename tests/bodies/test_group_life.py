"""A group's life: proposed, accepted by all, appointed, constituted, with a plan and rules (C17, C24–C27)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.bodies.groups import TERM, Wanted, accepted, appointed, member_of, members_of, proposed, states
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import (
    FirstMeeting,
    Member,
    NewGroup,
    adopt_plan,
    constitute_group,
    draft_plan,
    edit_plan,
    end_group,
    name_member,
    withdraw_constitution,
    withdraw_plan,
    withdraw_proposal,
)
from yhdyspinta.bodies.life import life_of
from yhdyspinta.bodies.queries import appointments_of, proposals_of, world_of
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.journal.queries import facts_in_force
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions.namings import Newcomer

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def kinds(agreement):
    return sorted(fact.kind for fact in facts_in_force(agreement))


def life(agreement, group="perhekeskus"):
    world = world_of(agreement)
    return life_of(world, world.bodies[group], list(proposals_of(agreement)), list(appointments_of(agreement, group)))


def test_a_group_lives_from_proposal_to_its_rules(agreement, parties):
    proposed(agreement)
    assert life(agreement).next == "accepted"
    accepted(agreement, "perhekeskus", list(parties)[:23])
    assert (life(agreement).step("accepted").count, life(agreement).missing) == (23, (list(parties)[23],))
    accepted(agreement, "perhekeskus", list(parties)[23:], on=date(2025, 9, 15))
    assert states(agreement, "ryhma-hyvaksynta", "perhekeskus") == ["fulfilled"] * 24
    members = [member_of(parties[slug], f"Jäsen {slug}") for slug in ("luhanka", "joutsa", "jyvaskyla")]
    members_now = members_of(appointed(agreement, "perhekeskus", *members))
    assert states(agreement, "ryhma-nimeaminen", "perhekeskus") == ["fulfilled"]
    assert states(agreement, "ryhma-edustajat", "perhekeskus") == ["fulfilled"]
    elected = dict(zip(("chair", "vice-chair", "secretary"), members_now, strict=True))
    constitute_group(agreement, "perhekeskus", FirstMeeting(date(2025, 10, 7), elected), by=SYSTEM)
    assert states(agreement, "ryhma-puheenjohtajisto", "perhekeskus") == ["fulfilled"]
    for kind in ("action-plan", "rules"):
        plan = draft_plan(agreement, "perhekeskus", kind, text="1. Tehtävät", by=SYSTEM)
        adopt_plan(plan, version=1, on=date(2025, 11, 4), where="kokous 2/2025 § 4", by=SYSTEM)
    assert states(agreement, "ryhma-suunnitelma", "perhekeskus") == ["fulfilled"]
    assert states(agreement, "ryhma-saannot", "perhekeskus") == ["fulfilled"]
    assert life(agreement).next == ""
    assert list(verify()) == []


def test_no_group_is_appointed_before_all_have_accepted_it_without_a_written_reason(agreement, parties):
    accepted(agreement, "ict", list(parties)[1:])
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        appointed(agreement, "ict")
    assert "1 party has not accepted the group yet" in str(refused.value)
    early = appointed(agreement, "ict", early_reason="Kiire: palvelu alkaa 1.10.")
    assert early.early_reason
    assert states(agreement, "ryhma-nimeaminen", "ict") == ["open"]


def test_a_group_that_the_text_does_not_name_gets_a_name_that_can_be_accepted(agreement, parties):
    group = NewGroup("Jokivarren ryhmä", "maankaytto", 4, "Luhanka, Joutsa ja liitto, 2 vuotta")
    row = proposed(agreement, group)
    assert row.body.slug == "jokivarren-ryhma"
    assert states(agreement, "ryhma-hyvaksynta", "jokivarren-ryhma") == ["open"] * 24
    withdraw_proposal(row, reason="Yhdistettiin toiseen.", by=SYSTEM)
    assert kinds(agreement) == []
    assert proposed(agreement, group).body.slug == "jokivarren-ryhma-2"
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (NewGroup("", "ict", 4), "Say what the group is called."),
        (NewGroup("Uusi", "kalastus", 4), "Choose a theme of the agreement."),
        (NewGroup("Uusi", "ict", 9), "Choose a level of the agreement."),
        (NewGroup("kuntakokous", "ict", 4), "There is a body of this name already."),
        ("foorumi", "Choose a group of the agreement, or name a new one."),
    ],
)
def test_a_proposal_says_what_it_lacks(agreement, group, said):
    with translation.override("en"), pytest.raises(ValidationError, match=said):
        proposed(agreement, group)


def test_one_group_is_proposed_once_for_a_term(agreement):
    proposed(agreement)
    with translation.override("en"), pytest.raises(ValidationError, match="proposed for this term already"):
        proposed(agreement)


def test_officers_are_elected_from_among_the_members_of_that_day(agreement, parties):
    early = {"early_reason": "x"}
    chair, late = members_of(
        appointed(
            agreement,
            "ict",
            member_of(parties["luhanka"], "Aino"),
            member_of(parties["joutsa"], "Eero", first_day=date(2026, 1, 1)),
            **early,
        )
    )
    (stranger,) = members_of(appointed(agreement, "hyte", member_of(parties["luhanka"], "Vilma"), **early))
    with translation.override("en"):
        for other in (late, stranger):
            with pytest.raises(ValidationError, match="is no member on that day"):
                constitute_group(agreement, "ict", FirstMeeting(date(2025, 10, 7), {"chair": other}), by=SYSTEM)
        twice = {"chair": chair, "secretary": chair}
        with pytest.raises(ValidationError, match="One member is elected to one office"):
            constitute_group(agreement, "ict", FirstMeeting(date(2025, 10, 7), twice), by=SYSTEM)
        with pytest.raises(ValidationError, match="still to come"):
            constitute_group(agreement, "ict", FirstMeeting(today() + timedelta(days=1)), by=SYSTEM)
    assert "officers-elected" not in kinds(agreement)
    made = constitute_group(agreement, "ict", FirstMeeting(date(2025, 10, 7), {"chair": chair}), by=SYSTEM)
    assert states(agreement, "ryhma-puheenjohtajisto", "ict") == ["overdue"], "no vice chair and no secretary"
    withdraw_constitution(made, by=SYSTEM)
    assert "officers-elected" not in kinds(agreement)
    assert list(verify()) == []


def test_a_group_that_ends_takes_its_members_with_it(agreement, parties):
    row = appointed(agreement, "ict", member_of(parties["luhanka"], "Aino"), early_reason="x")
    end_group(row, last_day=date(2026, 3, 31), reason="Tehtävä on valmis.", by=SYSTEM)
    (member,) = members_of(row)
    assert member.valid_to == date(2026, 3, 31)
    (fact,) = [kept.fact for kept in facts_in_force(agreement) if kept.kind == "member-named"]
    assert '"to":"2026-03-31"' in fact
    appointed(agreement, "ict", first_day=date(2026, 4, 1), early_reason="x")
    assert list(verify()) == []


def test_a_plan_is_changed_by_two_at_once_and_nothing_typed_is_lost(agreement):
    plan = draft_plan(agreement, "ict", "rules", text="Ensin", by=SYSTEM)
    edit_plan(plan, version=1, text="Toiseksi", by=SYSTEM)
    with pytest.raises(Conflict) as conflict:
        edit_plan(plan, version=1, text="Kolmanneksi", by=SYSTEM)
    assert (conflict.value.theirs, conflict.value.yours) == ("Toiseksi", "Kolmanneksi")
    with pytest.raises(Conflict):
        adopt_plan(plan, version=1, on=TERM, where="", by=SYSTEM)
    adopt_plan(plan, version=2, on=TERM, where="", by=SYSTEM)
    with translation.override("en"), pytest.raises(ValidationError, match="adopted"):
        edit_plan(plan, version=3, text="Neljänneksi", by=SYSTEM)
    newer = draft_plan(agreement, "ict", "rules", text="Uudet", by=SYSTEM)
    assert newer.number == 2
    with translation.override("en"), pytest.raises(ValidationError, match="There is a draft already"):
        draft_plan(agreement, "ict", "rules", text="Uudemmat", by=SYSTEM)
    withdraw_plan(plan, by=SYSTEM)
    assert kinds(agreement) == []
    assert list(verify()) == []


def test_whom_no_seat_is_said_for_takes_a_free_one_of_their_party_then_a_shared_one(agreement, parties):
    luhanka, joutsa = parties["luhanka"], parties["joutsa"]
    proposed(agreement, "ict", seats=(Wanted(1, party=luhanka), Wanted(1), Wanted(1, outsider="Poliisi")))
    names = [(luhanka, "Aino"), (luhanka, "Eero"), (joutsa, "Kaisa")]
    members = [member_of(party, name) for party, name in names]
    row = appointed(agreement, "ict", *members, early_reason="x")
    taken = [member.seat and (member.seat.party, member.seat.outsider) for member in members_of(row)]
    assert taken == [(luhanka, ""), (None, ""), None]
    police = Member(Newcomer("Pia Poliisi", "", "", "fi"), "member", TERM, organisation="Poliisi")
    seat = name_member(agreement, "ict", police, by=SYSTEM).seat
    assert seat is not None
    assert seat.outsider == "Poliisi"

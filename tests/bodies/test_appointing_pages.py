"""The pages on which a group is appointed, meets for the first time, and its work is ended (C24, C27)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.bodies.groups import accepted, appointed, member_of, members_of, proposed, states
from tests.bodies.pages import mistakes, text, url
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import FirstMeeting, constitute_group, end_group, name_member
from yhdyspinta.bodies.models import Appointment, Constitution, Membership
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.verify import verify

pytestmark = pytest.mark.django_db

APPOINT = url("appoint", body="ict")
CONSTITUTE = url("constitute", body="ict")
MET = date(2025, 10, 7)


@pytest.fixture
def clerk(small_municipality_clerk, signed_in):
    """The browser of Luhanka's administrator."""
    return signed_in(small_municipality_clerk)


@pytest.fixture
def county(county_coordinator, signed_in):
    """The browser of the county's administrator, for whom groups are appointed."""
    return signed_in(county_coordinator)


def decided(**more):
    return {"organ": "Aluehallitus", "decided": "30.9.2025", "section": "123", "first_day": "1.10.2025", **more}


# Appointing


def test_a_group_that_all_have_accepted_is_appointed(county, agreement, parties):
    row = proposed(agreement, "ict")
    accepted(agreement, "ict", parties)
    page = text(county.get(APPOINT))
    assert "24 of 24 parties" in page
    assert "Rests on the proposal of Luhanka" in page
    assert "Not all have accepted the group" not in page
    assert "Leave empty for the end of the council term, 31.5.2029." in page
    response = county.post(APPOINT, decided(register="45/00.01/2025"), follow=True)
    assert response.redirect_chain == [(url("proposal", proposal=row.pk), 302)]
    assert "The group is appointed from 1.10.2025. See the clause" in text(response)
    made = Appointment.objects.get()
    assert (made.proposal, made.by_party.slug, made.early_reason) == (row, "keski-suomen-hyvinvointialue", "")
    assert made.last_day == date(2029, 5, 31)
    assert states(agreement, "ryhma-nimeaminen", "ict") == ["fulfilled"]
    assert list(verify()) == []


def test_before_all_have_accepted_it_the_reason_is_asked_in_writing(county, agreement, parties):
    accepted(agreement, "ict", list(parties)[1:])
    page = text(county.get(APPOINT))
    assert "23 of 24 parties" in page
    assert "Not all have accepted the group" in page
    assert "No open proposal of this term is known here" in page
    found = mistakes(county.post(APPOINT, decided()))
    assert list(found) == ["early_reason"]
    assert (
        "1 party has not accepted the group yet: Wellbeing Services County of Central Finland."
        in found["early_reason"][0]
    )
    response = county.post(APPOINT, decided(early_reason="Palvelu alkaa 1.10."), follow=True)
    assert response.status_code == 200
    assert Appointment.objects.get().early_reason == "Palvelu alkaa 1.10."
    assert "Before all had accepted it: Palvelu alkaa 1.10." in text(county.get(APPOINT))
    assert states(agreement, "ryhma-nimeaminen", "ict") == ["open"]


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"decided": ""}, "decided", "Say on which day it was decided."),
        ({"decided": (today() + timedelta(days=1)).isoformat()}, "decided", "This day is still to come."),
        ({"decided": "syyskuu"}, "decided", "is not a date"),
        ({"first_day": ""}, "first_day", "Say from which day."),
        ({"first_day": "1.5.2025"}, "early_reason", "24 parties have not accepted the group yet"),  # another term
        ({"last_day": "30.9.2025"}, "last_day", "The last day is before the first."),
    ],
)
def test_an_appointment_says_at_the_field_what_it_lacks(county, agreement, parties, changed, field, message):
    accepted(agreement, "ict", parties)
    response = county.post(APPOINT, decided(**changed))
    found = mistakes(response)
    assert list(found) == [field]
    assert message in found[field][0]
    assert f'name="{field}"' in response.content.decode()
    assert not Appointment.objects.exists()


def test_a_group_is_appointed_once_for_the_same_days(county, agreement):
    appointed(agreement, "ict", early_reason="x")
    found = mistakes(county.post(APPOINT, decided(early_reason="x")))
    assert found == {"first_day": ["The group is appointed already from 1.6.2025."]}
    assert "The group is appointed already for 1.6.2025–31.5.2029." in text(county.get(APPOINT))


def test_groups_are_appointed_for_the_party_that_bears_the_task(clerk, agreement, administrator, signed_in, client):
    assert client.get(APPOINT).status_code == 302
    assert clerk.get(APPOINT).status_code == 403
    assert clerk.post(APPOINT, decided()).status_code == 403
    keeper = signed_in(administrator)
    assert keeper.get(url("appoint", body="foorumi")).status_code == 404
    keeper.post(APPOINT, decided(early_reason="x"))
    assert Appointment.objects.get().by_party.slug == "keski-suomen-hyvinvointialue"


@pytest.mark.parametrize("count", [1, 3])
def test_looking_at_the_appointment_costs_nine_queries(county, agreement, parties, django_assert_num_queries, count):
    proposed(agreement, "ict")
    accepted(agreement, "ict", list(parties)[:count])
    county.get(APPOINT)
    with django_assert_num_queries(9):
        county.get(APPOINT)


# Ending


def test_a_group_ends_with_the_memberships_of_its_days(county, agreement, parties):
    row = appointed(agreement, "ict", member_of(parties["luhanka"], "Aino Aalto"), early_reason="x")
    name_member(agreement, "ict", member_of(parties["joutsa"], "Eero Erkkilä"), by=SYSTEM)
    gone = member_of(parties["jyvaskyla"], "Vilma Virta", last_day=date(2026, 1, 31))
    name_member(agreement, "ict", gone, by=SYSTEM)
    address = url("end-group", body="ict", appointment=row.pk)
    page = text(county.get(address))
    assert "Eero Erkkilä, Joutsa Aino Aalto, Luhanka" in page
    assert "Vilma" not in page
    response = county.post(address, {"last_day": "31.3.2026", "reason": "Tehtävä on valmis."}, follow=True)
    assert "The group's last day is 31.3.2026." in text(response)
    days = Membership.objects.order_by("person__name").values_list("valid_to", flat=True)
    assert list(days) == [date(2026, 3, 31), date(2026, 3, 31), date(2026, 1, 31)]
    assert "Why it ended: Tehtävä on valmis." in text(county.get(APPOINT))
    assert list(verify()) == []


def test_who_goes_on_in_a_group_that_is_appointed_again_stays(agreement, parties):
    first = appointed(agreement, "ict", early_reason="x", last_day=date(2026, 12, 31))
    appointed(agreement, "ict", early_reason="x", first_day=date(2027, 1, 1))
    stays = name_member(agreement, "ict", member_of(parties["joutsa"], "Eero"), by=SYSTEM)
    goes = member_of(parties["luhanka"], "Aino", last_day=date(2026, 12, 31))
    ends = name_member(agreement, "ict", goes, by=SYSTEM)
    end_group(first, last_day=date(2026, 6, 30), reason="x", by=SYSTEM)
    for row in (stays, ends):
        row.refresh_from_db()
    assert (stays.valid_to, ends.valid_to) == (None, date(2026, 6, 30))
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"last_day": ""}, "last_day", "Say which day is the last."),
        ({"last_day": "31.5.2025"}, "last_day", "The last day is before the first."),
        ({"reason": " "}, "reason", "Say why the group ends."),
    ],
)
def test_ending_says_at_the_field_what_it_lacks(county, agreement, changed, field, message):
    row = appointed(agreement, "ict", early_reason="x")
    address = url("end-group", body="ict", appointment=row.pk)
    found = mistakes(county.post(address, {"last_day": "31.3.2026", "reason": "x"} | changed))
    assert found == {field: [message]}
    assert county.get(url("end-group", body="hyte", appointment=row.pk)).status_code == 404


# The first meeting


@pytest.fixture
def members(agreement, parties):
    """Four members of the group, one of them only later."""
    late = member_of(parties["jyvaskyla"], "Vilma Virta", first_day=date(2026, 1, 1))
    named = [member_of(parties[slug], name) for slug, name in NAMES.items()]
    row = appointed(agreement, "ict", *named, late, early_reason="x")
    return {str(member.person): member for member in members_of(row)}


NAMES = {"luhanka": "Aino Aalto", "joutsa": "Eero Erkkilä", "kinnula": "Kaisa Kinnari"}


def met(members, **more):
    offices = ("chair", "vice-chair", "secretary")
    elected = {office: str(members[name].pk) for office, name in zip(offices, NAMES.values(), strict=True)}
    return {"on": "7.10.2025", "note": "muistio 1/2025", **elected, **more}


def test_a_group_elects_its_officers_from_its_members(county, agreement, members):
    response = county.get(f"{CONSTITUTE}?paiva=7.10.2025")
    page = text(response)
    assert "3 members on 7.10.2025." in page
    assert "Aino Aalto, Luhanka" in page
    assert "Vilma" not in page
    assert "Who convenes the group's first meeting, at which the chair is elected?" in page
    response = county.post(CONSTITUTE, met(members, online="on", convened_by="Hyvinvointialue"), follow=True)
    page = text(response)
    assert "The first meeting of 7.10.2025 is recorded. See the clause" in page
    assert "Chair: Aino Aalto Vice chair: Eero Erkkilä Secretary: Kaisa Kinnari" in page
    assert "online · convened by Hyvinvointialue · muistio 1/2025" in page
    assert states(agreement, "ryhma-puheenjohtajisto", "ict") == ["fulfilled"]
    assert list(verify()) == []


def test_the_members_of_another_day_are_asked_for_and_nothing_is_lost(county, agreement, members):
    asked = {"on": "1.2.2026", "note": "muistio 1/2026", "online": "on", "jasenet": "1"}
    response = county.post(CONSTITUTE, asked)
    assert response.status_code == 200
    assert "4 members on 1.2.2026." in text(response)
    form = response.context["form"]
    assert (form["on"].value(), form["note"].value(), form["online"].value()) == ("1.2.2026", "muistio 1/2026", True)
    assert not Constitution.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"on": ""}, "on", "Say on which day the group met."),
        ({"on": (today() + timedelta(days=1)).isoformat()}, "on", "This day is still to come."),
        ({"secretary": "Vilma Virta"}, "secretary", "Choose a member of that day."),
        ({"secretary": "Aino Aalto"}, "secretary", "One member is elected to one office."),
    ],
)
def test_a_first_meeting_says_at_the_field_what_it_lacks(county, agreement, members, changed, field, message):
    by_name = {name: str(member.pk) for name, member in members.items()}
    found = mistakes(county.post(CONSTITUTE, met(members, **{key: by_name.get(it, it) for key, it in changed.items()})))
    assert found == {field: [message]}
    assert not Constitution.objects.exists()


def test_a_first_meeting_is_recorded_once_a_day(county, agreement, members):
    constitute_group(agreement, "ict", FirstMeeting(MET), by=SYSTEM)
    found = mistakes(county.post(CONSTITUTE, met(members)))
    assert found == {"on": ["The first meeting of this day is recorded already."]}


def test_a_first_meeting_that_was_a_mistake_is_withdrawn(county, agreement, members):
    county.post(CONSTITUTE, met(members))
    address = url("withdraw-constitution", body="ict", constitution=Constitution.objects.get().pk)
    assert county.get(address).status_code == 405
    assert "The first meeting is withdrawn, and so are the offices" in text(county.post(address, follow=True))
    assert "This was withdrawn already." in text(county.post(address, follow=True))
    assert not Membership.objects.standing().exclude(role="member").exists()
    assert county.post(url("withdraw-constitution", body="hyte", constitution=1)).status_code == 404


def test_who_looks_after_the_group_records_its_first_meeting(clerk, county, agreement, members, client):
    assert client.get(CONSTITUTE).status_code == 302
    assert clerk.get(CONSTITUTE).status_code == 403
    assert clerk.post(CONSTITUTE, met(members)).status_code == 403
    assert county.get(url("constitute", body="foorumi")).status_code == 404


def test_a_group_without_members_says_what_comes_first(county, agreement):
    assert "0 members" in text(county.get(CONSTITUTE))
    assert "Name the members first; who is elected is one of them." in text(county.get(CONSTITUTE))


def test_looking_at_the_first_meeting_costs_nine_queries(county, members, django_assert_num_queries):
    county.post(CONSTITUTE, met(members))
    county.get(CONSTITUTE)
    with django_assert_num_queries(9):
        county.get(CONSTITUTE)

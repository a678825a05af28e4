"""The pages on which members are named, memberships end, and seats are opened and closed (C21, C25)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.bodies.groups import appointed, member_of, members_of
from tests.bodies.pages import mistakes, text, url
from tests.parties.people import person_in, post_in
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import FirstMeeting, Wanted, constitute_group, name_member, open_seats
from yhdyspinta.bodies.models import Membership, Seat
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.queries import facts_in_force
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.forms.inputs import typed_day
from yhdyspinta.parties.models import Look, Organisation

pytestmark = pytest.mark.django_db

NAME = url("name-member", body="perhekeskus")
ROSTER = url("roster", body="perhekeskus")
SEATS = url("seats", body="perhekeskus")


@pytest.fixture
def clerk(small_municipality_clerk, signed_in):
    """The browser of Luhanka's administrator."""
    return signed_in(small_municipality_clerk)


@pytest.fixture
def county(county_coordinator, signed_in):
    """The browser of the county's administrator, who looks after the groups."""
    return signed_in(county_coordinator)


@pytest.fixture
def keeper(administrator, signed_in):
    """The browser of the installation's administrator, who acts for no party."""
    return signed_in(administrator)


@pytest.fixture
def aino(parties):
    """Somebody of Luhanka's."""
    return person_in(parties["luhanka"], "Aino Aalto", email="aino@luhanka.example.org")


def said(**more):
    return {"holder": "new", "name": "Uuno Uusi", "role": "member", "first_day": "1.6.2025", **more}


def facts(agreement):
    return [kept.fact for kept in facts_in_force(agreement) if kept.kind == "member-named"]


# Naming


def test_a_party_names_one_of_its_people_with_the_decision(clerk, agreement, parties, aino):
    (seat,) = open_seats(agreement, "perhekeskus", [Wanted(1, party=parties["luhanka"])], by=SYSTEM)
    filled = said(
        holder=aino.key,
        seat=seat.pk,
        last_day="31.5.2029",
        organ="Kunnanhallitus",
        decided="12.5.2025",
        section="44",
        register="12/2025",
        gender="woman",
    )
    response = clerk.post(NAME, filled, follow=True)
    assert response.redirect_chain == [(ROSTER, 302)]
    page = text(response)
    assert "Aino Aalto is named: member." in page
    assert "See the clause “" in page
    assert "Luhanka Aino Aalto 1.6.2025–31.5.2029 Kunnanhallitus 12.5.2025 § 44, 12/2025" in page
    row = Membership.objects.get()
    assert (row.party, row.person, row.seat, row.gender) == (parties["luhanka"], aino, seat, "woman")
    assert len(facts(agreement)) == 1
    assert list(verify()) == []


def test_a_post_is_named_and_somebody_new_of_ones_own(clerk, agreement, parties):
    post = post_in(parties["luhanka"], "expert")
    assert clerk.post(NAME, said(holder=post.key)).status_code == 302
    assert clerk.post(NAME, said(email="uuno@example.org")).status_code == 302
    by_post, person = Membership.objects.order_by("pk")
    assert by_post.post == post
    assert parties["luhanka"].organisation.people.get() == person.person


def test_somebody_who_begins_later_is_told_from_when(clerk, agreement, aino):
    day = today() + timedelta(days=10)
    shown = f"{day.day}.{day.month}.{day.year}"
    page = text(clerk.post(NAME, said(holder=aino.key, first_day=shown), follow=True))
    assert f"Aino Aalto is named: member from {shown}." in page


def test_who_looks_after_the_body_names_for_any_party(county, agreement, parties):
    person = person_in(parties["multia"], "Mauri Multia")
    page = county.get(f"{NAME}?osapuoli=multia")
    assert "Represents: Multia." in text(page)
    assert "Mauri Multia" in text(page)
    assert county.post(f"{NAME}?osapuoli=multia", said(holder=person.key)).status_code == 302
    assert Membership.objects.get().party == parties["multia"]


def test_somebody_from_outside_the_parties_represents_none(county, agreement):
    outside = f"{NAME}?osapuoli=ulkopuolinen"
    assert "Somebody from outside the parties." in text(county.get(outside))
    page = text(county.post(outside, said(organisation="Keski-Suomen Yrittäjät"), follow=True))
    assert "Keski-Suomen Yrittäjät Uuno Uusi from 1.6.2025" in page
    row = Membership.objects.get()
    assert (row.party, Organisation.objects.get(people=row.person).kind) == (None, Organisation.Kind.OTHER)
    assert facts(agreement) == []
    assert "Uuno Uusi, Keski-Suomen Yrittäjät" in text(county.get(outside))
    assert county.post(outside, said(organisation="keski-suomen yrittäjät", name="Toinen")).status_code == 302
    assert Organisation.objects.filter(kind=Organisation.Kind.OTHER).count() == 1


def test_a_deputy_is_of_a_member(county, agreement, parties):
    (member,) = members_of(appointed(agreement, "perhekeskus", member_of(parties["luhanka"], "Aino"), early_reason="x"))
    response = county.post(f"{NAME}?osapuoli=luhanka", said(role="deputy", deputy_of=member.pk), follow=True)
    assert "deputy of Aino" in text(response)
    assert Membership.objects.get(role="deputy").deputy_of == member


def test_a_page_that_is_asked_for_without_a_party_lets_one_be_chosen(keeper, agreement):
    page = keeper.get(NAME)
    assert "Choose first whom the member represents." in text(page)
    assert page.context["form"] is None
    assert keeper.post(NAME, said()).status_code == 422
    assert not Membership.objects.exists()


def test_a_party_names_for_itself_alone(clerk, agreement, parties, aino):
    page = clerk.get(f"{NAME}?osapuoli=jyvaskyla")
    assert "Represents: Luhanka." in text(page)
    assert 'name="osapuoli"' not in page.content.decode()
    assert "Somebody from outside" not in text(clerk.get(f"{NAME}?osapuoli=ulkopuolinen"))
    stranger = person_in(parties["jyvaskyla"], "Jaana")
    assert "Select a valid choice" in mistakes(clerk.post(NAME, said(holder=stranger.key)))["holder"][0]


def test_the_form_begins_with_the_place_that_was_chosen(county, agreement, parties):
    own, shared = open_seats(agreement, "perhekeskus", [Wanted(1, "deputy", parties["luhanka"]), Wanted(1)], by=SYSTEM)
    appointed(agreement, "perhekeskus", early_reason="x", last_day=date(2028, 1, 31))
    form = county.get(f"{NAME}?osapuoli=luhanka&paikka={own.pk}").context["form"]
    assert (form["seat"].value(), form["role"].value()) == (str(own.pk), "deputy")
    assert (form["first_day"].value(), form["last_day"].value()) == (typed_day(today()), "31.1.2028")
    assert [label for _value, label in form.fields["seat"].choices][1:] == [
        "1: deputy member, Luhanka – free",
        "2: member, The parties together – free",
    ]
    assert len(county.get(f"{NAME}?osapuoli=joutsa").context["form"].fields["seat"].choices) == 2
    form = county.get(f"{NAME}?osapuoli=ulkopuolinen&paikka={shared.pk}").context["form"]
    assert form["seat"].value() == str(shared.pk)
    assert county.get(f"{NAME}?osapuoli=luhanka&rooli=expert").context["form"]["role"].value() == "expert"


def test_gender_is_asked_where_the_balance_is_counted_and_need_not_be_said(clerk, agreement, aino):
    page = text(clerk.get(NAME))
    assert "609/1986, 4 a §" in page
    assert "It need not be said" in page
    assert "609/1986" not in text(clerk.get(url("name-member", body="kuntakokous")))
    clerk.post(NAME, said(holder=aino.key))
    assert Membership.objects.get().gender == ""


def test_the_addresses_that_the_form_shows_are_noted(clerk, agreement, aino):
    clerk.get(NAME)
    look = Look.objects.get()
    assert (look.what, look.people) == ("name-member:perhekeskus", [aino.pk])


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"holder": ""}, "holder", "Choose who is named."),
        ({"name": " "}, "name", "Write the name of who is named."),
        ({"email": "ei"}, "email", "valid email address"),
        ({"role": ""}, "role", "Choose the role."),
        ({"role": "kuningas"}, "role", "Select a valid choice"),
        ({"first_day": ""}, "first_day", "Say from which day."),
        ({"first_day": "huomenna"}, "first_day", "is not a date"),
        ({"last_day": "31.5.2025"}, "last_day", "The last day is before the first."),
        ({"decided": "joskus"}, "decided", "is not a date"),
        ({"gender": "x"}, "gender", "Select a valid choice"),
        ({"deputy_of": "1"}, "deputy_of", "Select a valid choice"),
    ],
)
def test_naming_says_at_the_field_what_it_lacks(clerk, agreement, changed, field, message):
    found = mistakes(clerk.post(NAME, said(**changed)))
    assert list(found) == [field]
    assert message in found[field][0]
    assert not Membership.objects.exists()


def test_somebody_from_outside_comes_from_some_organisation(county, agreement):
    found = mistakes(county.post(f"{NAME}?osapuoli=ulkopuolinen", said()))
    assert found == {"organisation": ["Say which organisation they come from."]}


def test_only_a_deputy_is_somebodys_deputy(county, agreement, parties):
    (member,) = members_of(appointed(agreement, "perhekeskus", member_of(parties["luhanka"], "Aino"), early_reason="x"))
    found = mistakes(county.post(f"{NAME}?osapuoli=joutsa", said(deputy_of=member.pk)))
    assert found == {"deputy_of": ["Only a deputy member is somebody's deputy."]}
    other = member_of(parties["joutsa"], "Eero", deputy_of=member)
    elsewhere = member_of(parties["joutsa"], "Eeva", "deputy", deputy_of=member)
    with translation.override("en"):
        with pytest.raises(ValidationError, match="Only a deputy member is somebody's deputy"):
            name_member(agreement, "perhekeskus", other, by=SYSTEM)
        with pytest.raises(ValidationError, match="A deputy is of a member of the same body"):
            name_member(agreement, "ict", elsewhere, by=SYSTEM)


def test_nobody_is_named_twice_and_no_seat_has_two(clerk, agreement, parties, aino):
    (seat,) = open_seats(agreement, "perhekeskus", [Wanted(1, party=parties["luhanka"])], by=SYSTEM)
    clerk.post(NAME, said(holder=aino.key, seat=seat.pk))
    found = mistakes(clerk.post(NAME, said(holder=aino.key)))
    assert found == {"holder": ["Aino Aalto has this role already from 1.6.2025."]}
    assert "1: member, Luhanka – Aino Aalto" in text(clerk.get(NAME))
    found = mistakes(clerk.post(NAME, said(seat=seat.pk)))
    assert found == {"seat": ["The seat has a member already for these days."]}


def test_who_may_not_name_is_told_so(agreement, outsider, signed_in, client, city_clerk):
    assert client.get(NAME).status_code == 302
    assert signed_in(outsider).get(NAME).status_code == 404
    assert signed_in(city_clerk).get(NAME).status_code == 200  # for their own party


# Ending and withdrawing


@pytest.fixture
def member(agreement, parties):
    """Luhanka's member of the group."""
    return name_member(agreement, "perhekeskus", member_of(parties["luhanka"], "Aino Aalto"), by=SYSTEM)


def test_a_membership_ends_on_a_day(clerk, agreement, member):
    address = url("end-membership", body="perhekeskus", membership=member.pk)
    page = text(clerk.get(address))
    assert "Who Aino Aalto Role Member Represents Luhanka Days from 1.6.2025" in page
    assert mistakes(clerk.post(address, {"last_day": ""})) == {"last_day": ["Say which day is the last."]}
    found = mistakes(clerk.post(address, {"last_day": "31.5.2025"}))
    assert found == {"last_day": ["It began on 1.6.2025. If it was a mistake, withdraw it instead."]}
    page = text(clerk.post(address, {"last_day": "31.12.2025"}, follow=True))
    assert "The last day is 31.12.2025." in page
    assert "1 former Aino Aalto" in page
    assert '"to":"2025-12-31"' in facts(agreement)[0]


def test_a_membership_that_was_a_mistake_is_withdrawn(clerk, agreement, member):
    address = url("withdraw-membership", body="perhekeskus", membership=member.pk)
    assert "it then counts on no day" in text(clerk.get(address))
    page = text(clerk.post(address, follow=True))
    assert "The membership is withdrawn and counts on no day." in page
    assert "Aino Aalto" not in page
    assert facts(agreement) == []
    assert clerk.get(address).status_code == 404


def test_an_elected_office_is_withdrawn_with_its_meeting(county, agreement, member):
    constitute_group(agreement, "perhekeskus", FirstMeeting(date(2025, 10, 7), {"chair": member}), by=SYSTEM)
    chair = Membership.objects.get(role="chair")
    response = county.post(url("withdraw-membership", body="perhekeskus", membership=chair.pk))
    (message,) = mistakes(response)["__all__"]
    assert "withdraw the first meeting instead" in message
    assert Membership.objects.standing().count() == 2


def test_others_do_not_end_or_withdraw_a_membership(city_clerk, signed_in, agreement, member):
    other = signed_in(city_clerk)
    for page in ("end-membership", "withdraw-membership"):
        address = url(page, body="perhekeskus", membership=member.pk)
        assert other.get(address).status_code == 403
        assert other.post(address, {"last_day": "31.12.2025"}).status_code == 403
        assert other.get(url(page, body="ict", membership=member.pk)).status_code == 404
    assert "Withdraw" not in text(other.get(ROSTER))


# Seats


def test_seats_are_opened_for_every_party_for_one_together_and_outside(county, agreement, parties):
    assert "No seats are open. Open the first ones below" in text(county.get(SEATS))
    page = text(county.post(SEATS, {"count": "1", "role": "member", "whose": "kukin"}, follow=True))
    assert "24 seats were opened." in page
    assert "24 free" in page
    county.post(SEATS, {"count": "2", "role": "deputy", "whose": "luhanka"})
    county.post(SEATS, {"count": "2", "role": "member", "whose": "yhdessa"})
    outside = {"count": "1", "role": "member", "whose": "ulkopuolinen", "outsider": "Setlementti"}
    page = text(county.post(SEATS, outside, follow=True))
    assert "1 seat was opened." in page
    assert "25 Luhanka, deputy member free" in page
    assert "28 The parties together, member free" in page
    assert "29 Setlementti, member free" in page
    assert Seat.objects.count() == 29


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"count": ""}, "count", "Say how many seats."),
        ({"count": "0"}, "count", "greater than or equal to 1"),
        ({"count": "51"}, "count", "less than or equal to 50"),
        ({"count": "monta"}, "count", "whole number"),
        ({"whose": ""}, "whose", "Choose for whom."),
        ({"whose": "turku"}, "whose", "Select a valid choice"),
        ({"whose": "ulkopuolinen"}, "outsider", "Say which organisation the seats are for."),
        ({"outsider": "Setlementti"}, "outsider", "Leave this empty"),
        ({"role": "kuningas"}, "role", "Select a valid choice"),
        ({"count": "50", "whose": "kukin"}, "__all__", "at most 500 seats"),
    ],
)
def test_seats_say_at_the_field_what_they_lack(county, agreement, changed, field, message):
    found = mistakes(county.post(SEATS, {"count": "1", "role": "member", "whose": "yhdessa", **changed}))
    assert list(found) == [field]
    assert message in found[field][0]
    assert not Seat.objects.exists()


def test_a_seat_is_closed_when_nobody_sits_in_it(county, agreement, parties):
    taken, free = open_seats(agreement, "perhekeskus", [Wanted(2, party=parties["luhanka"])], by=SYSTEM)
    name_member(agreement, "perhekeskus", member_of(parties["luhanka"], "Aino", seat=taken), by=SYSTEM)
    assert f"Close : {free.number}, Luhanka" in text(county.get(SEATS))
    assert f"Close : {taken.number}, Luhanka" not in text(county.get(SEATS))
    address = url("close-seat", body="perhekeskus", seat=taken.pk)
    assert "Somebody sits in it. End that membership first." in text(county.post(address, follow=True))
    address = url("close-seat", body="perhekeskus", seat=free.pk)
    assert f"Seat {free.number} is closed." in text(county.post(address, follow=True))
    assert county.post(address).status_code == 404
    assert county.post(url("close-seat", body="ict", seat=taken.pk)).status_code == 404


def test_parties_see_the_seats_and_do_not_change_them(clerk, agreement, parties):
    (seat,) = open_seats(agreement, "perhekeskus", [Wanted(1, party=parties["luhanka"])], by=SYSTEM)
    page = text(clerk.get(SEATS))
    assert "1 Luhanka, member free" in page
    assert "Open more seats" not in page
    assert "Close" not in page
    assert clerk.post(SEATS, {"count": "1", "role": "member", "whose": "luhanka"}).status_code == 403
    assert clerk.post(url("close-seat", body="perhekeskus", seat=seat.pk)).status_code == 403


def test_a_body_that_the_agreement_only_refers_to_has_no_seats(keeper, agreement):
    address = url("seats", body="kuntajohtajakokous")
    page = text(keeper.get(address))
    assert "The agreement only refers to this body: it has no seats here." in page
    assert "Open more seats" not in page
    found = keeper.post(address, {"count": "1", "role": "attendee", "whose": "yhdessa"})
    assert found.status_code == 422
    assert not Seat.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_as_much_for_one_as_for_three(county, agreement, parties, django_assert_num_queries, count):
    seats = open_seats(agreement, "ict", [Wanted(count, party=parties["luhanka"])], by=SYSTEM)
    for number, seat in enumerate(seats):
        name_member(agreement, "ict", member_of(parties["luhanka"], f"Jäsen {number}", seat=seat), by=SYSTEM)
        post_in(parties["luhanka"], "expert", title=f"Asiantuntija {number}")
    row = Membership.objects.earliest("pk")
    for page, number in (
        (f"{url('name-member', body='ict')}?osapuoli=luhanka", 13),
        (f"{url('name-member', body='ict')}?osapuoli=ulkopuolinen", 12),
        (url("seats", body="ict"), 10),
        (url("end-membership", body="ict", membership=row.pk), 8),
    ):
        county.get(page)
        with django_assert_num_queries(number):
            county.get(page)

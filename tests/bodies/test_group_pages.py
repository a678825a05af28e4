"""The pages on which a group is proposed, its life is looked at, and a proposal is taken back (C17, C24)."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.bodies.groups import DECIDED, TERM, Wanted, accepted, appointed, member_of, proposed
from tests.bodies.pages import mistakes, text, url
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import FirstMeeting, NewGroup, adopt_plan, constitute_group, draft_plan, end_group
from yhdyspinta.bodies.models import Body, Proposal, Seat
from yhdyspinta.bodies.telling import seats_in_words
from yhdyspinta.journal.actions import set_publicity
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(small_municipality_clerk, signed_in):
    """The browser of Luhanka's administrator."""
    return signed_in(small_municipality_clerk)


@pytest.fixture
def county(county_coordinator, signed_in):
    """The browser of the county's administrator, for whom groups are appointed."""
    return signed_in(county_coordinator)


def said(**more):
    return {
        "group": "perhekeskus",
        "proposed_by": "luhanka",
        "first_day": "1.6.2025",
        "task": "Kehittää perhekeskustoimintaa.",
        "seats": "1",
        **more,
    }


# Proposing


def test_a_group_of_the_agreement_is_proposed_with_its_seats(clerk, agreement):
    filled = said(together="2", outsiders="Keski-Suomen Yrittäjät; 2\n\nSetlementti", asks_deputies="on")
    response = clerk.post(url("propose"), filled, follow=True)
    row = Proposal.objects.get()
    assert response.redirect_chain == [(url("proposal", proposal=row.pk), 302)]
    page = text(response)
    assert "The group is proposed. Next the parties are asked to accept it." in page
    assert (row.proposed_by.slug, row.first_day, str(row.last_day)) == ("luhanka", TERM, "2029-05-31")
    assert "1 seat for each party 2 seats that the parties fill together" in page
    assert "Keski-Suomen Yrittäjät: 2" in page
    assert "Setlementti: 1" in page
    assert "Deputies are asked for too" in page
    assert Seat.objects.count() == 24 + 2 + 3
    assert list(verify()) == []


def test_the_form_begins_with_what_is_known(clerk, agreement):
    response = clerk.get(f"{url('propose')}?elin=ict")
    form = response.context["form"]
    day = today()
    begun = [form[name].value() for name in ("group", "proposed_by", "first_day", "last_day")]
    assert begun == ["ict", "luhanka", f"{day.day}.{day.month}.{day.year}", None]
    assert "Leave empty for the end of the council term, 31.5.2029." in text(response)
    assert clerk.get(f"{url('propose')}?elin=foorumi").context["form"]["group"].value() == ""


def test_a_new_group_says_what_the_agreement_does_not(clerk, agreement):
    page = text(clerk.get(url("propose")))
    assert "Not specified in the agreement: Who agrees on any other issue or theme group?" in page
    new = {
        "group": "new",
        "name": "Jokivarren ryhmä",
        "theme": "maankaytto",
        "level": "4",
        "agreed": "Luhanka ja liitto",
    }
    page = text(clerk.post(url("propose"), said(**new), follow=True))
    assert "Jokivarren ryhmä" in page
    assert "Luhanka ja liitto" in page
    assert Body.objects.get().slug == "jokivarren-ryhma"


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"group": ""}, "group", "Choose the group, or a new one."),
        ({"group": "foorumi"}, "group", "Select a valid choice"),
        ({"group": "new", "theme": "ict", "level": "4"}, "name", "Say what the group is called."),
        ({"group": "new", "name": "Uusi", "level": "4"}, "theme", "Choose a theme of the agreement."),
        ({"group": "new", "name": "Uusi", "theme": "ict"}, "level", "Choose a level of the agreement."),
        ({"group": "new", "name": "kuntakokous", "theme": "ict", "level": "4"}, "name", "There is a body of this name"),
        ({"proposed_by": "joutsa"}, "proposed_by", "Select a valid choice"),
        ({"proposed_by": ""}, "proposed_by", "Choose the party that proposes."),
        ({"first_day": ""}, "first_day", "Say from which day."),
        ({"first_day": "kesäkuu"}, "first_day", "is not a date"),
        ({"last_day": "31.5.2025"}, "last_day", "The last day is before the first."),
        ({"task": " "}, "task", "Say what the group is for."),
        ({"seats": "-1"}, "seats", "greater than or equal to 0"),
        ({"seats": "21"}, "seats", "at most 500 seats"),
        ({"together": "monta"}, "together", "Enter a whole number."),
        ({"outsiders": "Yrittäjät; 2\nSetlementti; monta"}, "outsiders", "Line 2: write the name, a semicolon"),
        ({"outsiders": "Yrittäjät; 0"}, "outsiders", "from 1 to 50"),
        ({"outsiders": ";"}, "outsiders", "Line 1"),
    ],
)
def test_a_proposal_says_at_the_field_what_it_lacks(clerk, agreement, changed, field, message):
    found = mistakes(clerk.post(url("propose"), said(**changed)))
    assert list(found) == [field]
    assert message in found[field][0]
    assert not Proposal.objects.exists()
    assert not Body.objects.exists()


def test_a_group_is_proposed_once_for_a_term(clerk, agreement):
    proposed(agreement)
    assert mistakes(clerk.post(url("propose"), said())) == {"group": ["This group is proposed for this term already."]}


def test_who_acts_for_no_party_proposes_nothing(agreement, administrator, outsider, signed_in, client):
    assert signed_in(outsider).get(url("propose")).status_code == 404
    assert client.get(url("propose")).status_code == 302
    keeper = signed_in(administrator)
    assert keeper.post(url("propose"), said(proposed_by="joutsa")).status_code == 302
    assert Proposal.objects.get().proposed_by.slug == "joutsa"


# Looking at it


def test_the_life_of_a_group_is_shown_step_by_step(county, agreement, parties, django_assert_num_queries):
    row = proposed(agreement)
    address = url("proposal", proposal=row.pk)
    accepted(agreement, "perhekeskus", list(parties)[:23])
    page = text(county.get(address))
    last = str(parties[list(parties)[23]].organisation)
    assert "23 of 24 parties" in page
    assert f"{last} not yet" in page
    assert "Record the appointment" in page
    accepted(agreement, "perhekeskus", list(parties)[23:])
    assert "All 24 parties, the last one on 1.9.2025" in text(county.get(address))
    made = appointed(
        agreement, "perhekeskus", *(member_of(parties[each], each) for each in ("luhanka", "joutsa")), proposal=row
    )
    chair, vice = made.members.order_by("pk")
    constitute_group(agreement, "perhekeskus", FirstMeeting(DECIDED, {"chair": chair, "vice-chair": vice}), by=SYSTEM)
    for kind in ("action-plan", "rules"):
        plan = draft_plan(agreement, "perhekeskus", kind, text="1. Tehtävät", by=SYSTEM)
        adopt_plan(plan, version=1, on=DECIDED, where="kokous 1/2025 § 4", by=SYSTEM)
    page = text(county.get(address))
    for words in (
        "Appointed (Done) Aluehallitus 30.9.2025 § 123, 45/00.01/2025",
        "30.9.2025: chair and vice chair elected",
        "Action plan (Done) 30.9.2025: kokous 1/2025 § 4",
        "Term 1.6.2025–31.5.2029",
        "End the group's work",
    ):
        assert words in page
    end_group(made, last_day=today(), reason="Valmis.", by=SYSTEM)
    assert f"Term 1.6.2025–{today().day}.{today().month}.{today().year}" in text(county.get(address))
    with django_assert_num_queries(12):
        county.get(address)


def test_an_appointment_before_all_have_accepted_says_so(county, agreement, parties):
    row = proposed(agreement)
    appointed(agreement, "perhekeskus", early_reason="Kiire.", proposal=row)
    assert "It was not accepted by all parties then." in text(county.get(url("proposal", proposal=row.pk)))


@pytest.mark.parametrize("seats", [1, 3])
def test_a_proposal_costs_six_queries_for_strangers(agreement, parties, client, django_assert_num_queries, seats):
    row = proposed(agreement, seats=(Wanted(seats, party=parties["luhanka"]), Wanted(seats)))
    accepted(agreement, "perhekeskus", list(parties)[:seats])
    client.get(url("proposal", proposal=row.pk))
    with django_assert_num_queries(6):
        client.get(url("proposal", proposal=row.pk))


def test_the_public_sees_of_acceptances_what_the_parties_have_decided(agreement, parties, client):
    row = proposed(agreement)
    accepted(agreement, "perhekeskus", ["luhanka", "joutsa"])
    address = url("proposal", proposal=row.pk)
    page = text(client.get(address))
    assert "2 of 24 parties" in page
    assert "Luhanka 1.9.2025" in page
    assert "Kinnula" not in page
    assert "Ask the parties" not in page
    set_publicity(agreement, "all", by=SYSTEM)
    assert "Kinnula not yet" in text(client.get(address))
    set_publicity(agreement, "none", by=SYSTEM)
    page = text(client.get(address))
    assert "2 of 24" not in page
    assert "Luhanka 1.9.2025" not in page
    accepted(agreement, "perhekeskus", [each for each in parties if each not in {"luhanka", "joutsa"}])
    page = text(client.get(address))
    assert "All 24 parties" in page
    assert "Kinnula 1.9.2025" in page


def test_what_can_be_done_next_is_offered_to_whom_it_is_for(clerk, county, agreement, parties, client):
    address = url("proposal", proposal=proposed(agreement).pk)
    clerks, countys, publics = (text(each.get(address)) for each in (clerk, county, client))
    assert "Record an acceptance" in clerks
    assert "Record an acceptance" not in publics
    assert "Take the proposal back" in clerks
    assert "Take the proposal back" not in countys
    assert "Record the appointment" in countys
    assert "Record the appointment" not in clerks
    assert "Record the first meeting" in countys
    assert "Record the first meeting" not in clerks


def test_the_parties_are_asked_from_here(clerk, agreement):
    page = clerk.get(url("proposal", proposal=proposed(agreement).pk)).content.decode()
    ask = f"/en/{agreement.slug}/pyynnot/uusi/"
    assert f'href="{ask}?laji=acceptance&amp;elin=perhekeskus"' in page
    assert f'href="{ask}?laji=nomination&amp;elin=perhekeskus"' in page


# Taking it back


def test_a_proposal_is_taken_back_with_a_reason(clerk, agreement, parties):
    row = proposed(agreement, NewGroup("Jokivarren ryhmä", "maankaytto", 4), seats=(Wanted(2),))
    accepted(agreement, "jokivarren-ryhma", ["luhanka", "joutsa"])
    address = url("withdraw-proposal", proposal=row.pk)
    assert "2 parties have accepted the group already." in text(clerk.get(address))
    assert mistakes(clerk.post(address, {"reason": " "})) == {"reason": ["Say why the proposal is taken back."]}
    response = clerk.post(address, {"reason": "Yhdistettiin toiseen."}, follow=True)
    assert "The proposal is taken back." in text(response)
    assert clerk.get(url("proposal", proposal=row.pk)).status_code == 404
    assert not Seat.objects.filter(closed_at__isnull=True).exists()


def test_others_do_not_take_a_proposal_back(county, agreement):
    address = url("withdraw-proposal", proposal=proposed(agreement).pk)
    assert county.get(address).status_code == 403
    assert county.post(address, {"reason": "x"}).status_code == 403


def test_the_proposal_of_an_appointed_group_stays(clerk, agreement):
    row = proposed(agreement)
    appointed(agreement, "perhekeskus", proposal=row, early_reason="x")
    page = text(clerk.get(url("proposal", proposal=row.pk)))
    assert "Take the proposal back" not in page
    found = mistakes(clerk.post(url("withdraw-proposal", proposal=row.pk), {"reason": "x"}))
    assert found == {"__all__": ["The group is appointed already: end its work instead."]}


def test_seats_are_said_once_where_each_party_has_the_same(agreement, parties):
    own = [Wanted(2, party=party) for party in parties.values()]
    row = proposed(agreement, seats=(*own, Wanted(1)))
    with translation.override("en"):
        assert seats_in_words(row.seats.all(), list(parties)[1:]) == [
            "2 seats for each party",
            "1 seat that the parties fill together",
        ]
        assert seats_in_words(row.seats.filter(party=parties["luhanka"]), list(parties)) == ["Luhanka: 2"]

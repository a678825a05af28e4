"""What those of the parties see above a party's lists, and the public does not."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from yhdyspinta.agreement import parse_agreement, today
from yhdyspinta.desk.ours import Doers
from yhdyspinta.desk.partypage import page_of
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.parties import actions
from yhdyspinta.parties.actions import Named
from yhdyspinta.parties.models import Person, Post, Tenure
from yhdyspinta.parties.overview import Overview, overview_of
from yhdyspinta.parties.queries import party_or_404

DAY = "2024-06-01"
AT = f"/keski-suomi-2023/osapuolet/luhanka/?as-of={DAY}"
SINCE = date(2023, 2, 1)
COST = 14


@pytest.fixture
def luhanka(agreement):
    return party_or_404(agreement, "luhanka")


@pytest.fixture
def manned(luhanka):
    """Luhanka with two people, a post that is held and one that is open, a counterpart and a coordinator by post."""
    pirjo, matti = (
        actions.add_person(luhanka.organisation, name=name, email=f"{name[0]}@example.org", phone="014 123", by=SYSTEM)
        for name in ("Pirjo Peltonen", "Matti Meikäläinen")
    )
    post = actions.add_post(luhanka.organisation, kind="coordinator", by=SYSTEM)
    actions.hand_over_post(post, person=matti, first_day=SINCE, by=SYSTEM)
    actions.add_post(luhanka.organisation, kind="registrar", by=SYSTEM)
    hours = Named(pirjo, SINCE, hours_per_week=Decimal(2))
    actions.name_for_themes(luhanka, "counterpart", ["ict", "tkki"], hours, by=SYSTEM)
    actions.name_for_themes(luhanka, "coordinator", [""], Named(post, SINCE), by=SYSTEM)
    actions.confirm_person(pirjo, by=SYSTEM)
    return luhanka


def shown(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# What is known of a party's people


def test_overview_counts_people_posts_and_namings(manned, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = overview_of(manned, date(2024, 6, 1))
    assert (found.people, found.stale, found.last_confirmed) == (2, 0, today())
    assert [str(post) for post in found.open_posts] == ["kirjaaja"]
    assert found.counterparts("ict") == ["Pirjo Peltonen"]
    assert found.counterparts("hyte") == []
    assert found.coordinators("hyte") == ["Matti Meikäläinen (yhdyspintakoordinaattori)"]
    assert found.in_office(["Yhdyspintakoordinaattori"]) == found.coordinators()


def test_overview_is_of_its_day(manned):
    assert overview_of(manned, SINCE - timedelta(days=1)).counterparts("ict") == []
    assert len(overview_of(manned, SINCE - timedelta(days=1)).open_posts) == 2


def test_overview_costs_as_much_with_more_people(manned, django_assert_num_queries):
    for number in range(3):
        person = actions.add_person(manned.organisation, name=f"N{number}", by=SYSTEM)
        actions.name_for_themes(manned, "counterpart", ["hyte"], Named(person, SINCE), by=SYSTEM)
    Person.objects.filter(name__startswith="N").update(made_at="2020-01-01T00:00Z")
    with django_assert_num_queries(4):
        found = overview_of(manned, date(2024, 6, 1))
    assert (found.people, found.stale) == (5, 3)


# The page


def test_desk_of_a_party_says_who_does_what_and_what_is_missing(manned, signed_in, small_municipality_clerk):
    page = shown(signed_in(small_municipality_clerk).get(AT))
    assert "Pirjo Peltonen" in page
    assert "Matti Meikäläinen (yhdyspintakoordinaattori)" in page
    assert "kirjaaja" in page
    desk = signed_in(small_municipality_clerk).get(AT).context["ours"]
    assert (desk.people, desk.themes, desk.named, len(desk.missing)) == (2, 10, 2, 8)
    assert next(post.url for post in desk.open_posts).endswith("/luovuta/")
    assert desk.waiting > 0
    assert [line.due for line in desk.next] == sorted(line.due for line in desk.next)
    assert all(line.due >= date(2024, 6, 1) for line in desk.next)


def test_desk_of_a_party_has_no_phone_and_no_address(manned, signed_in, small_municipality_clerk):
    page = signed_in(small_municipality_clerk).get(AT).content.decode()
    assert "014 123" not in page
    assert "P@example.org" not in page


def test_desk_of_another_party_is_seen_and_not_changed(manned, signed_in, city_clerk):
    answer = signed_in(city_clerk).get(AT)
    assert "Pirjo Peltonen" in shown(answer)
    assert not answer.context["manages"]
    assert not [post for post in answer.context["ours"].open_posts if "luovuta" in post.url]


@pytest.mark.parametrize("who", ["anonymous", "outsider"])
def test_public_sees_nobodys_name_and_no_desk(who, manned, signed_in, request):
    answer = signed_in(request.getfixturevalue(who)).get(AT)
    page = shown(answer)
    for word in ("Pirjo", "Matti", "Peltonen", "kirjaaja", "Hoitaa"):
        assert word not in page
    assert answer.context["ours"] is None


def test_desk_of_an_empty_party_says_how_to_begin(luhanka, signed_in, small_municipality_clerk):
    page = signed_in(small_municipality_clerk).get(AT.replace("/keski", "/en/keski"))
    assert "Nobody is known yet. Add people one by one" in shown(page)


def test_desk_turns_when_a_counterpart_is_named(luhanka, signed_in, small_municipality_clerk):
    client = signed_in(small_municipality_clerk)
    assert client.get(AT).context["ours"].named == 0
    person = actions.add_person(luhanka.organisation, name="Uusi", by=SYSTEM)
    named = Named(person, date(2024, 6, 1), hours_per_week=Decimal(1))
    actions.name_for_themes(luhanka, "counterpart", ["hyte"], named, by=SYSTEM)
    assert client.get(AT).context["ours"].named == 1
    assert client.get(AT.replace(DAY, "2024-05-31")).context["ours"].named == 0


def test_desk_costs_as_much_for_one_as_for_three(
    luhanka, signed_in, small_municipality_clerk, django_assert_num_queries
):
    client = signed_in(small_municipality_clerk)
    for number in (1, 3):
        for each in range(number):
            person = actions.add_person(luhanka.organisation, name=f"N{number}{each}", by=SYSTEM)
            post = actions.add_post(luhanka.organisation, kind="expert", title=f"T{number}{each}", by=SYSTEM)
            actions.hand_over_post(post, person=person, first_day=SINCE, by=SYSTEM)
            actions.name_for_themes(luhanka, "counterpart", ["ict"], Named(post, SINCE), by=SYSTEM)
        client.get(AT)
        with django_assert_num_queries(COST):
            client.get(AT)


# Who does it


def test_office_that_convenes_does_it(keski_suomi_text, scene_on):
    office = "convenor-office: {fi: kaupunginjohtaja, sv: stadsdirektören, en: mayor}"
    text = keski_suomi_text["fi"].replace("convened-by: [jyvaskyla]\n", f"convened-by: [jyvaskyla]\n{office}\n", 1)
    charter = parse_agreement({"fi": text})
    scene = scene_on(DAY, audience="all", of=charter)
    held = Tenure(person=Person(name="Kalle Kaupunginjohtaja"))
    posts = [(Post(kind="other", title="Kaupunginjohtaja"), held), (Post(kind="registrar"), None)]
    doers = Doers(scene, Overview(1, 0, None, posts, []))
    assert doers.of(charter.duties["kuntakokous-koolle"], []) == "Kalle Kaupunginjohtaja (Kaupunginjohtaja)"
    assert doers.of(charter.duties["tietopohja"], []) == ""
    page = page_of(scene, "jyvaskyla", {}, doers)
    assert {line.who for section in page.sections for line in section.lines if line.duty == "kuntakokous-koolle"} == {
        "", "Kalle Kaupunginjohtaja (Kaupunginjohtaja)"
    }  # fmt: skip


def test_done_things_have_no_doer(manned, scene_on):
    doers = Doers(scene_on(DAY, audience="all"), overview_of(manned, date(2024, 6, 1)))
    page = page_of(doers.scene, "luhanka", {}, doers)
    sections = {section.id: section.lines for section in page.sections}
    assert not any(line.who for name in ("holding", "done", "other") for line in sections[name])
    assert any(line.who for line in sections["open"])

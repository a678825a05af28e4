"""A table of people and posts is brought in whole or not at all, by whoever acts for the organisation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.parties.people import held_by, person_in, post_in
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.journal.change import change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import COMMON, Agreement, Entry
from yhdyspinta.journal.queries import facts_in_force
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.actions import add_person, erase_person, hand_over_post
from yhdyspinta.parties.actions.bringing import (
    PlanChanged,
    bring_in_people,
    discard_table,
    keep_table,
    plan_done,
    plan_of,
)
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account, Party, PeopleTable, Person, Post, Tenure
from yhdyspinta.parties.planning import ADD_PERSON, ADD_POST, REFUSED, Line, Plan, Step
from yhdyspinta.parties.table import TableRow, rows_of


def rows_from(rows: Sequence[dict[str, str]]) -> list[TableRow]:
    """Number rows as a file does, below its headings."""
    return [TableRow(number, cells) for number, cells in enumerate(rows, start=2)]


@pytest.fixture
def clerk(luhanka: Party, small_municipality_clerk: Account) -> Actor:
    """Acts for Luhanka."""
    return actor_for(small_municipality_clerk, luhanka)


@pytest.fixture
def bring(luhanka: Party, clerk: Actor) -> Callable[..., Plan]:
    """Bring rows in as a page does: keep them, see the plan, accept it."""

    def brought(*rows: dict[str, str]) -> Plan:
        table = keep_table(luhanka, rows_from(rows), name="henkilot.xlsx", by=clerk)
        return bring_in_people(table, seal=plan_of(table).seal, by=clerk)

    return brought


def test_people_posts_and_holders_come_in_at_once(luhanka: Party, bring: Callable[..., Plan]):
    done = bring(
        {"name": "Maija Meikäläinen", "email": "Maija@luhanka.example", "phone": "040 1", "language": "sv"},
        {
            "name": "Matti",
            "kind": "kirjaaja",
            "from": "1.1.2025",
            "decision": "Kh § 1",
            "post_email": "k@luhanka.example",
        },
        {
            "name": "Maija Meikäläinen",
            "kind": "expert",
            "title": "Siltarakentaja",
            "from": "1.1.2024",
            "until": "1.1.2025",
        },
    )
    assert done.counts == {"new": 2, "changed": 1, "known": 0, "refused": 0, "example": 0}
    maija = Person.objects.get(name="Maija Meikäläinen")
    assert (maija.email, maija.phone, maija.language) == ("maija@luhanka.example", "040 1", "sv")
    tenure = Tenure.objects.get(post__kind="registrar")
    assert (tenure.person.name, tenure.valid_from, tenure.valid_to, tenure.basis) == (
        "Matti", date(2025, 1, 1), None, "Kh § 1",
    )  # fmt: skip
    assert tenure.post.email == "k@luhanka.example"
    assert maija.tenures.get().valid_to == date(2025, 1, 1)
    assert not PeopleTable.objects.exists()
    entry = Entry.objects.get(verb="bring-in-people")
    assert entry.actor_party == "luhanka"
    assert entry.detail.body.count("henkilot.xlsx") == 1
    assert list(verify()) == []


def test_the_same_table_again_changes_nothing(luhanka: Party, bring: Callable[..., Plan], clerk: Actor):
    rows = [
        {"name": "Maija", "email": "maija@luhanka.example", "kind": "registrar", "from": "1.1.2024"},
        {"name": "Matti", "kind": "registrar", "from": "1.6.2025", "post_email": "kirjaamo@luhanka.example"},
    ]
    bring(*rows)
    table = keep_table(luhanka, rows_from(rows), name="a.csv", by=clerk)
    assert plan_of(table).counts["known"] == 2
    before = Entry.objects.count()
    with pytest.raises(ValidationError, match="There is nothing to change"):
        bring_in_people(table, seal=plan_of(table).seal, by=clerk)
    assert Entry.objects.count() == before
    assert PeopleTable.objects.count() == 1


def test_what_follows_a_post_follows_it_to_whom_a_table_names(
    agreement: Agreement, luhanka: Party, post: Post, bring: Callable[..., Plan]
):
    bring({"name": "Sirpa Seuraaja", "kind": post.kind, "from": "1.9.2025"})
    facts = [row.given for row in facts_in_force(agreement) if row.given["fact"] == "counterpart-named"]
    days = sorted((fact["from"], fact.get("to")) for fact in facts)
    assert days == [("2024-01-01", "2025-08-31"), ("2025-09-01", None)]
    assert list(verify()) == []


def test_person_post_and_tenure_that_are_there_are_changed(luhanka: Party, pirjo: Person, post: Post, bring):
    bring(
        {
            "name": "Pirjo Uusinimi",
            "email": "pirjo@luhanka.example",
            "phone": "09 5",
            "kind": post.kind,
            "post_email": "sivistys@luhanka.example",
            "until": "31.12.2027",
            "decision": "Kh 3.3.2026 § 12",
        }
    )
    pirjo.refresh_from_db()
    post.refresh_from_db()
    tenure = post.tenures.get()
    assert (pirjo.name, pirjo.phone, pirjo.version) == ("Pirjo Uusinimi", "09 5", 2)
    assert post.email == "sivistys@luhanka.example"
    assert (tenure.valid_from, tenure.valid_to, tenure.basis) == (
        date(2024, 1, 1), date(2027, 12, 31), "Kh 3.3.2026 § 12",
    )  # fmt: skip
    verbs = set(Entry.objects.filter(chain__name=COMMON).values_list("verb", flat=True))
    assert {"update-person", "update-post", "update-tenure", "end-tenure"} <= verbs
    assert list(verify()) == []


def test_rows_that_are_refused_are_left_out(luhanka: Party, bring: Callable[..., Plan]):
    done = bring({"name": "Maija"}, {"name": "Matti", "email": "ei-osoite"})
    assert done.counts["refused"] == 1
    assert list(luhanka.organisation.people.values_list("name", flat=True)) == ["Maija"]


def test_nothing_is_done_where_something_changed_since_the_plan_was_seen(luhanka: Party, pirjo: Person, clerk: Actor):
    table = keep_table(luhanka, rows_from([{"name": "Pirjo Peltonen", "phone": "5"}]), name="a.csv", by=clerk)
    seen = plan_of(table).seal
    person_in(luhanka, "Muu")
    assert plan_of(table).seal == seen  # what the table does not speak of is nothing to it
    person_in(luhanka, "Pirjo Peltonen", email="toinen@luhanka.example")
    with pytest.raises(PlanChanged):
        bring_in_people(table, seal=seen, by=clerk)
    pirjo.refresh_from_db()
    assert pirjo.phone == "+358 40 123 4567"
    assert PeopleTable.objects.filter(pk=table.pk).exists()


def test_a_table_is_brought_in_once(luhanka: Party, clerk: Actor):
    table = keep_table(luhanka, rows_from([{"name": "Maija"}]), name="a.csv", by=clerk)
    seal = plan_of(table).seal
    bring_in_people(table, seal=seal, by=clerk)
    with pytest.raises(PlanChanged):
        bring_in_people(table, seal=seal, by=clerk)
    assert luhanka.organisation.people.count() == 1


def test_a_table_that_was_discarded_meanwhile_is_not_brought_in(luhanka: Party, clerk: Actor):
    table = keep_table(luhanka, rows_from([{"name": "Matti"}]), name="b.csv", by=clerk)
    discard_table(PeopleTable.objects.get(), by=clerk)
    with pytest.raises(ValidationError, match="does not wait any more"):
        bring_in_people(table, seal=plan_of(table).seal, by=clerk)
    assert not luhanka.organisation.people.exists()


def test_what_an_action_refuses_names_the_row_and_undoes_the_whole_table(luhanka: Party, post: Post):
    person = {"name": "Maija", "email": "", "phone": "", "language": "fi"}
    office = {"kind": post.kind, "title": "", "email": ""}
    wrong = Plan(
        (
            Line(2, "new", steps=(Step(ADD_PERSON, -2, after=person),)),
            Line(3, "new", steps=(Step(ADD_POST, -3, after=office),)),
        )
    )
    with pytest.raises(ValidationError, match="Row 3: There is such a post already"), change(None, by=SYSTEM) as c:
        plan_done(c, luhanka.organisation, wrong)
    assert not Person.objects.filter(name="Maija").exists()
    assert list(verify()) == []


def test_strangers_bring_discard_and_keep_nothing(luhanka: Party, clerk: Actor, city_clerk: Account):
    table = keep_table(luhanka, rows_from([{"name": "Maija"}]), name="a.csv", by=clerk)
    stranger = actor_for(city_clerk)
    for act in (
        lambda: keep_table(luhanka, [], name="a.csv", by=stranger),
        lambda: bring_in_people(table, seal=plan_of(table).seal, by=stranger),
        lambda: discard_table(table, by=stranger),
        lambda: keep_table(luhanka, [], name="a.csv", by=SYSTEM),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not luhanka.organisation.people.exists()
    assert PeopleTable.objects.get() == table


def test_person_who_was_brought_in_can_be_erased_from_the_journal(luhanka: Party, bring: Callable[..., Plan]):
    bring({"name": "Maija Meikäläinen", "email": "maija@luhanka.example"})
    erase_person(Person.objects.get(), reason="asked by the person", by=SYSTEM)
    bodies = Entry.objects.filter(detail__isnull=False).values_list("detail__body", flat=True)
    assert not [body for body in bodies if "Meikäläinen" in body or "maija@" in body]
    assert list(verify()) == []


def test_erased_and_merged_people_are_nobody_to_a_table(luhanka: Party, pirjo: Person, bring: Callable[..., Plan]):
    erase_person(pirjo, reason="asked", by=SYSTEM)
    assert bring({"name": "Pirjo Peltonen", "email": "pirjo@luhanka.example"}).counts["new"] == 1


def test_people_of_another_organisation_are_nobody_to_a_table(agreement: Agreement, bring: Callable[..., Plan]):
    other = agreement.parties.get(slug="jyvaskyla").organisation
    add_person(other, name="Jaana", email="jaana@example.org", by=SYSTEM)
    assert bring({"name": "Jaana", "email": "jaana@example.org"}).counts["new"] == 1


@pytest.mark.parametrize("number", [1, 30])
def test_planning_costs_three_queries_however_many_rows(number, luhanka, clerk, django_assert_num_queries):
    rows = [{"name": f"Nimi {n}", "title": f"Tehtävä {n}", "from": "1.1.2026"} for n in range(number)]
    table = keep_table(luhanka, rows_from(rows), name="a.csv", by=clerk)
    table.party.organisation  # noqa: B018 -- fetched with the table on the page
    with django_assert_num_queries(3):
        plan_of(table)


@pytest.mark.parametrize("number", [1, 3])
def test_rows_of_an_organisation_cost_two_queries(number, luhanka, django_assert_num_queries):
    for at in range(number):
        held_by(post_in(luhanka, "expert", title=f"Osaaja {at}"), person_in(luhanka, f"Nimi {at}"))
    with django_assert_num_queries(2):
        assert len(rows_of(luhanka.organisation)) == number


def test_rows_leave_out_what_is_over_and_who_is_gone(luhanka: Party, pirjo: Person):
    held_by(post_in(luhanka, "registrar"), pirjo, date(2024, 1, 1), date(2024, 12, 31))
    erase_person(person_in(luhanka, "Mennyt"), reason="asked", by=SYSTEM)
    (cells,) = rows_of(luhanka.organisation)
    assert cells["name"] == "Pirjo Peltonen"
    assert "kind" not in cells


def test_rows_say_all_that_is_known(luhanka: Party):
    sirpa = person_in(luhanka, "Sirpa", email="s@luhanka.example", phone="5", language="sv")
    office = post_in(luhanka, "registrar", title="Pääkirjaaja", email="k@luhanka.example")
    days = {"first_day": date(2025, 1, 1), "last_day": date(2030, 12, 31)}
    hand_over_post(office, person=sirpa, **days, basis="Kh § 1", by=SYSTEM)
    assert [{key: value for key, value in cells.items() if value} for cells in rows_of(luhanka.organisation)] == [
        {
            "name": "Sirpa",
            "email": "s@luhanka.example",
            "phone": "5",
            "language": "Svenska",
            "kind": "registrar",
            "title": "Pääkirjaaja",
            "post_email": "k@luhanka.example",
            "from": date(2025, 1, 1),
            "until": date(2030, 12, 31),
            "decision": "Kh § 1",
        }
    ]


ROWS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["Maija", "Matti", "Äijä", ""])},
        optional={
            "email": st.sampled_from(["a@example.org", "b@example.org", "ei"]),
            "phone": st.sampled_from(["1", "2"]),
            "kind": st.sampled_from(["registrar", "chief executive", "council-chair", "muu tehtävä"]),
            "title": st.sampled_from(["Kirjaaja", "Kehittäjä"]),
            "post_email": st.sampled_from(["p@example.org", "q@example.org"]),
            "from": st.sampled_from(["1.1.2024", "1.6.2024", "1.1.2025", "huomenna"]),
            "until": st.sampled_from(["31.12.2024", "31.12.2025"]),
            "decision": st.sampled_from(["§ 1", "§ 2"]),
        },
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_what_the_plan_allows_the_actions_do_and_nothing_is_left_to_change(rows, luhanka: Party, clerk: Actor):
    with transaction.atomic():
        table = keep_table(luhanka, rows_from(rows), name="a.csv", by=clerk)
        shown = plan_of(table)
        if shown.steps:
            bring_in_people(table, seal=shown.seal, by=clerk)
        refused = {line.number for line in shown.lines if line.verdict == REFUSED}
        again = plan_of(table)
        left = [line for line in again.lines if line.steps and line.number not in refused]
        assert not left, (shown, again)  # what was refused may be clear once the rows after it are in
        transaction.set_rollback(True)


def test_the_oldest_of_many_waiting_tables_makes_way(luhanka: Party, clerk: Actor):
    kept = [keep_table(luhanka, rows_from([{"name": "Maija"}]), name=f"{n}.csv", by=clerk) for n in range(7)]
    assert set(PeopleTable.objects.all()) == set(kept[2:])


@pytest.mark.django_db(transaction=True)
def test_no_table_makes_way_for_one_that_cannot_be_kept(luhanka: Party, clerk: Actor):
    kept = [keep_table(luhanka, rows_from([{"name": "Maija"}]), name=f"{n}.csv", by=clerk) for n in range(5)]
    with pytest.raises(TypeError):
        keep_table(luhanka, [TableRow(2, {"name": object()})], name="a.csv", by=clerk)  # type: ignore[dict-item]
    assert set(PeopleTable.objects.all()) == set(kept)

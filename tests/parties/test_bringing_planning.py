"""What a table of people and posts would change, row by row; no database."""

from __future__ import annotations

import cProfile
from datetime import date, timedelta

import pytest

from yhdyspinta.parties.models import Account, Person, Post, Tenure
from yhdyspinta.parties.planning import (
    ADD_PERSON,
    ADD_POST,
    BEGIN,
    CHANGE_PERSON,
    CHANGE_POST,
    CHANGE_TENURE,
    REFUSED,
    plan,
)
from yhdyspinta.parties.table import COLUMNS, MOST_ROWS, TableRow

TODAY = date(2026, 11, 24)


class Place:
    """An organisation in memory: people, posts and tenures as rows that were never saved."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.posts: list[Post] = []
        self.tenures: list[Tenure] = []

    def person(self, name, email="", phone="", language="fi"):
        made = Person(
            pk=len(self.people) + 1, organisation_id=1, name=name, email=email, phone=phone, language=language
        )
        self.people.append(made)
        return made

    def post(self, kind, title="", **said):
        made = Post(pk=len(self.posts) + 1, organisation_id=1, kind=kind, title=title, **said)
        self.posts.append(made)
        return made

    def holds(self, person, post, first, last=None, basis=""):
        made = Tenure(pk=len(self.tenures) + 1, post=post, person=person, valid_from=first, valid_to=last, basis=basis)
        self.tenures.append(made)
        return made

    def plan(self, *rows):
        numbered = [TableRow(number, row) for number, row in enumerate(rows, start=2)]
        return plan(numbered, self.people, self.posts, self.tenures, today=TODAY)


@pytest.fixture
def place():
    return Place()


def row(name="", **cells):
    """Give the cells of a row; ``from`` is written ``first``."""
    said = {"name": name} | {{"first": "from"}.get(key, key): value for key, value in cells.items()}
    assert set(said) <= {column.key for column in COLUMNS}
    return {key: value for key, value in said.items() if value}


def verdicts(made):
    return [line.verdict for line in made.lines]


def steps(made):
    return [step.verb for _number, step in made.steps]


def why(made, at=0):
    return list(made.lines[at].why)


# People


def test_newcomer_is_added_with_what_the_row_says(place):
    made = place.plan(row("  Maija   Meikäläinen ", email="Maija@Example.org", phone="040 1", language="ruotsi"))
    assert verdicts(made) == ["new"]
    ((_number, step),) = made.steps
    assert (step.verb, step.ref) == (ADD_PERSON, -2)
    assert step.after == {"name": "Maija Meikäläinen", "email": "maija@example.org", "phone": "040 1", "language": "sv"}


def test_person_is_known_again_by_address_whatever_the_name(place):
    place.person("Maija Meikäläinen", "maija@example.org", "040 1")
    made = place.plan(row("Maija Virtanen", email="MAIJA@example.org"))
    assert verdicts(made) == ["changed"]
    assert made.steps[0][1].before == {"name": "Maija Meikäläinen"}
    assert made.steps[0][1].after == {"name": "Maija Virtanen"}


def test_person_is_known_again_by_a_name_that_only_one_has(place):
    place.person("Maija Meikäläinen", "vanha@example.org")
    made = place.plan(row("maija meikäläinen", email="uusi@example.org"))
    assert steps(made) == [CHANGE_PERSON]
    assert made.steps[0][1].after == {"email": "uusi@example.org"}


def test_empty_cells_leave_what_is_known(place):
    place.person("Maija", "maija@example.org", "040 1", "sv")
    assert verdicts(place.plan(row("Maija"), row(email="maija@example.org"))) == ["known", "known"]


def test_nobody_is_removed_because_the_table_does_not_name_them(place):
    place.person("Maija", "maija@example.org")
    assert steps(place.plan(row("Matti", email="matti@example.org"))) == [ADD_PERSON]


def test_namesakes_are_refused_with_the_mend_unless_address_or_phone_tells(place):
    place.person("Matti", "yksi@example.org", "1")
    place.person("Matti", "kaksi@example.org", "2")
    made = place.plan(row("Matti", email="kolme@example.org"), row("Matti", phone="2"), row("Matti", phone="3"))
    assert verdicts(made) == ["refused", "known", "refused"]
    assert why(made) == [
        ("name", "Several people are called Matti. Write the address by which the right one is known here.")
    ]


def test_row_without_address_means_the_namesake_without_one(place):
    place.person("Matti", "yksi@example.org")
    place.person("Matti")
    made = place.plan(row("Matti", phone="5"))
    assert made.steps[0][1].ref == 2


def test_namesake_with_a_new_address_is_a_newcomer_where_the_other_stands_in_the_table_too(place):
    place.person("Matti", "yksi@example.org")
    made = place.plan(row("Matti", email="kaksi@example.org"), row("Matti", email="yksi@example.org"))
    assert verdicts(made) == ["new", "known"]


def test_address_of_another_than_the_named_one_is_refused(place):
    place.person("Maija", "maija@example.org")
    place.person("Matti")
    made = place.plan(row("Matti", email="maija@example.org"))
    assert why(made) == [("email", "This is the address of Maija already.")]


def test_two_rows_of_one_person_must_not_contradict_each_other(place):
    made = place.plan(
        row("Maija", email="kirjaamo@example.org"),
        row("Matti", email="kirjaamo@example.org"),
        row("Maija", email="kirjaamo@example.org", phone="5"),
    )
    assert verdicts(made) == ["new", "refused", "changed"]
    assert why(made, 1) == [("name", "Row 2 says otherwise: Maija.")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"email": "maija@example.org"}, ("name", "Write the name.")),
        ({"name": "Maija", "email": "maija@"}, ("email", "Enter a valid email address.")),
        ({"name": "Maija", "language": "klingon"}, ("language", "Choose one of these: Suomi, Svenska, English.")),
        (
            {"name": "Maija", "phone": "\ufffd"},
            ("phone", "There are characters here that cannot be kept. Write them anew."),
        ),
        ({"name": "x" * 201}, ("name", "Ensure this value has at most 200 characters (it has 201).")),
        ({"name": "Maija", "phone": "0" * 41}, ("phone", "Ensure this value has at most 40 characters (it has 41).")),
    ],
)
def test_what_is_wrong_with_a_person_is_said_at_its_column(place, cells, expected):
    made = place.plan(cells)
    assert verdicts(made) == ["refused"]
    assert expected in why(made)
    assert not made.steps


def test_refused_row_leaves_no_trace_for_the_next(place):
    made = place.plan(row("Maija", phone="1", language="klingon"), row("Maija", phone="2"))
    assert verdicts(made) == ["refused", "new"]


def test_examples_of_the_template_are_skipped(place):
    made = place.plan(row("Esimerkki: Maija"), row("Exempel: Maija"), row("Example: Maija"), row("Esimerkki Essi"))
    assert verdicts(made) == ["example", "example", "example", "new"]


# Posts


def test_new_post_is_added_and_held(place):
    made = place.plan(
        row("Maija", kind="sivistysjohtaja", first="1.8.2025", decision="Kh § 5", post_email="SIVI@example.org")
    )
    assert steps(made) == [ADD_PERSON, ADD_POST, BEGIN]
    post, begin = made.steps[1][1], made.steps[2][1]
    assert post.after == {"kind": "director-of-education-and-culture", "title": "", "email": "sivi@example.org"}
    assert begin.after == {"post": -2, "person": -2, "first": date(2025, 8, 1), "last": None, "basis": "Kh § 5"}


def test_second_row_finds_the_post_that_the_first_added(place):
    made = place.plan(
        row("Maija", kind="registrar", first="1.1.2024", until="31.12.2024"),
        row("Matti", kind="kirjaaja", first="1.1.2025"),
    )
    assert steps(made) == [ADD_PERSON, ADD_POST, BEGIN, ADD_PERSON, BEGIN]
    assert made.steps[4][1].after["post"] == -2


def test_title_alone_finds_the_post_or_makes_one_of_no_kind(place):
    place.post("sector-director", "Hyvinvointijohtaja")
    maija = place.person("Maija")
    place.holds(maija, place.posts[0], date(2024, 1, 1))
    made = place.plan(row("Maija", title="hyvinvointijohtaja"), row("Matti", title="Kehittäjä", first="1.1.2026"))
    assert verdicts(made) == ["known", "new"]
    assert made.steps[1][1].after == {"kind": "other", "title": "Kehittäjä", "email": ""}


def test_kind_alone_means_the_only_post_of_its_kind(place):
    place.post("chief-executive", "Kaupunginjohtaja")
    made = place.plan(row("Maija", kind="chief executive", first="1.1.2026"))
    assert made.steps[-1][1].after["post"] == 1


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"first": "1.1.2026"}, ("kind", "Write which post this is about.")),
        (
            {"kind": "keisari", "first": "1.1.2026"},
            ("kind", "There is no such kind of post: “keisari”. Choose one from the template's list, or “other post”."),
        ),
        (
            {"kind": "sector-director", "first": "1.1.2026"},
            ("title", "There are several such posts: A, B. Write the title of one."),
        ),
        ({"kind": "other post", "first": "1.1.2026"}, ("title", "Say what the post is called.")),
        ({"kind": "registrar"}, ("from", "Write the first day in the post.")),
        (
            {"kind": "registrar", "first": "ensi vuonna"},
            ("from", "“ensi vuonna” is not a date. Write the day as 1.6.2024 or 2024-06-01."),
        ),
        (
            {"kind": "registrar", "first": "1.1.2026", "until": "31.12.2025"},
            ("until", "The last day is before the first."),
        ),
        ({"kind": "registrar", "first": "1.1.2026", "post_email": "@"}, ("post_email", "Enter a valid email address.")),
        ({"kind": "coordinator", "first": "1.1.2026"}, ("from", "The post ends on 31.12.2025.")),
        ({"kind": "expert", "first": "1.1.2026"}, ("from", "Holder holds the post from 1.5.2026.")),
        (
            {"kind": "expert", "first": "1.1.2026", "decision": "x" * 301},
            ("decision", "Ensure this value has at most 300 characters (it has 301)."),
        ),
    ],
)
def test_what_is_wrong_with_a_post_is_said_at_its_column(place, cells, expected):
    place.post("sector-director", "A")
    place.post("sector-director", "B")
    place.post("coordinator", discontinued_on=date(2025, 12, 31))
    place.holds(place.person("Holder"), place.post("expert"), date(2026, 5, 1))
    made = place.plan(row("Maija", **cells))
    assert expected in why(made)
    assert not made.steps


def test_post_that_excludes_another_is_refused(place):
    maija = place.person("Maija")
    place.holds(maija, place.post("council-chair"), date(2025, 6, 1))
    made = place.plan(row("Maija", kind="chief executive", first="1.1.2026"))
    assert why(made)[0][0] == "name"
    assert "Nobody is that and chief executive at the same time" in why(made)[0][1]


def test_begin_ends_the_time_of_the_one_before_and_says_so(place):
    place.holds(place.person("Vanha"), place.post("registrar"), date(2020, 1, 1))
    made = place.plan(row("Uusi", kind="registrar", first="1.1.2026"))
    assert made.steps[-1][1].before == {"tenure": 1, "name": "Vanha", "last": date(2025, 12, 31)}
    assert made.posts == {1}


def test_time_in_a_post_gets_its_last_day_and_its_decision(place):
    place.holds(place.person("Maija"), place.post("registrar"), date(2020, 1, 1), basis="Vanha § 1")
    made = place.plan(row("Maija", kind="registrar", first="2020-01-01", until="31.5.2026", decision="Uusi § 2"))
    assert verdicts(made) == ["changed"]
    assert steps(made) == [CHANGE_TENURE]
    assert made.steps[0][1].after == {"post": 1, "valid_to": "2026-05-31", "basis": "Uusi § 2"}


def test_address_of_a_post_is_changed(place):
    place.holds(place.person("Maija"), place.post("registrar", email="a@example.org"), date(2020, 1, 1))
    made = place.plan(row("Maija", kind="registrar", post_email="b@example.org"))
    assert steps(made) == [CHANGE_POST]
    assert made.posts == set()


def test_row_that_would_cut_what_another_row_says_is_refused(place):
    made = place.plan(
        row("Maija", kind="registrar", first="1.1.2024", until="31.12.2026"),
        row("Matti", kind="registrar", first="1.1.2026"),
    )
    assert why(made, 1) == [("from", "Row 2 says that Maija holds the post 1.1.2024–31.12.2026.")]


def test_two_rows_must_not_say_two_last_days(place):
    made = place.plan(
        row("Maija", kind="registrar", first="1.1.2024", until="31.12.2026"),
        row("Maija", kind="registrar", first="1.1.2024", until="31.12.2027"),
    )
    assert why(made, 1) == [("until", "Row 2 says otherwise: 2026-12-31.")]


def test_time_that_is_over_is_not_meant_by_a_row_without_a_first_day(place):
    place.holds(place.person("Maija"), place.post("registrar"), date(2020, 1, 1), date(2021, 1, 1))
    made = place.plan(row("Maija", kind="registrar"))
    assert why(made) == [("from", "Write the first day in the post.")]


# The plan


def test_seal_tells_plans_apart_and_knows_no_language(place):
    place.person("Maija", "maija@example.org")
    one = place.plan(row("Maija", phone="1"))
    assert one.seal == place.plan(row("Maija", phone="1")).seal
    assert one.seal != place.plan(row("Maija", phone="2")).seal
    place.people[0].phone = "9"
    assert one.seal != place.plan(row("Maija", phone="1")).seal


def test_planning_as_many_rows_as_a_file_may_have(place):
    rows = [
        row(f"Nimi {n}", email=f"n{n}@example.org", title=f"Tehtävä {n}", first="1.1.2026") for n in range(MOST_ROWS)
    ]
    made = place.plan(*rows)
    assert made.counts["new"] == MOST_ROWS


def calls_for(place, number):
    """Count the calls that planning costs when a post has so many holders and as many more are brought."""
    kept, brought = place.post("registrar"), []
    for at in range(number):
        first = date(1990, 1, 1) + timedelta(4 * at)
        place.holds(place.person(f"Vanha {at}"), kept, first, first + timedelta(1))
        days = [(first + timedelta(add)).isoformat() for add in (2, 3)]
        brought.append(row(f"Uusi {at}", email=f"n{at}@example.org", kind="registrar", first=days[0], until=days[1]))
    watch = cProfile.Profile()
    made = watch.runcall(place.plan, *brought)
    assert made.counts["new"] == number
    return sum(entry.callcount for entry in watch.getstats())


def test_planning_many_rows_of_one_post_costs_each_as_much_as_the_first():
    calls_for(Place(), 5)  # what is read once only
    assert calls_for(Place(), 200) < 2.3 * calls_for(Place(), 100)


def test_holders_of_one_post_meet_those_before_and_after_in_whatever_order_the_rows_stand(place):
    office = place.post("registrar")
    for year in (2030, 2010, 2020):  # as they were kept, not as they follow each other
        place.holds(place.person(f"Holder {year}"), office, date(year, 1, 1), date(year, 12, 31))
    made = place.plan(
        row("A", kind="registrar", first="1.1.2025", until="31.12.2025"),
        row("B", kind="registrar", first="1.1.2015", until="31.12.2015"),
        row("C", kind="registrar", first="1.6.2015", until="1.3.2020"),
        row("D", kind="registrar", first="1.1.2022"),
        row("Holder 2010", kind="registrar", first="1.1.2010", until="1.6.2015"),
        row("E", kind="registrar", first="1.6.2030"),
    )
    assert verdicts(made) == ["new", "new", "refused", "refused", "refused", "new"]
    assert why(made, 2) == [("from", "Holder 2020 holds the post 1.1.2020–31.12.2020.")]
    assert why(made, 3) == [("from", "A holds the post 1.1.2025–31.12.2025.")]
    assert why(made, 4) == [("until", "B holds the post 1.1.2015–31.12.2015.")]
    assert made.steps[-1][1].before["name"] == "Holder 2030"


def test_an_address_that_somebody_typed_as_theirs_makes_them_nobody_else(place):
    member = place.person("Mauri Muu", email="johtaja@luhanka.example")
    member.account = Account(pk=1, email="mauri@luhanka.example")
    (line,) = place.plan(row("Jaana Johtaja", email="johtaja@luhanka.example")).lines
    assert line.verdict == REFUSED
    assert "Mauri Muu" in str(line.why)
    (line,) = place.plan(row("Mauri Muu", email="johtaja@luhanka.example", phone="040 1")).lines
    assert line.verdict == "changed"
    member.account.email = member.email
    (line,) = place.plan(row("Mauri Muutettu", email="johtaja@luhanka.example")).lines
    assert line.verdict == "changed"

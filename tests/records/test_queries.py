"""What reads cost: the same for one thing as for three, and what each of them returns."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from tests.records.conftest import ACCEPTED, HELD
from yhdyspinta.agreement import today
from yhdyspinta.journal.queries import agreement_or_404, charter_of
from yhdyspinta.records import queries
from yhdyspinta.records.actions import (
    Proof,
    ask_for_correction,
    bring_in_history,
    correct_record,
    preview_history,
    withdraw_record,
    write_remark,
)
from yhdyspinta.records.evidence import derived
from yhdyspinta.records.judging import judge
from yhdyspinta.records.models import Record
from yhdyspinta.records.queries import Viewer
from yhdyspinta.records.spreadsheet import Line


def cost(act):
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)


@pytest.fixture(params=[1, 3])
def number(request):
    """How many things there are: one, and three."""
    return request.param


@pytest.fixture
def made(koe, record, number):
    return [record({**HELD, "on": f"2024-05-{day:02}"}, ACCEPTED) for day in range(1, number + 1)]


def test_a_page_of_records_costs_two_queries(koe, made):
    def read():
        for record in queries.records_of(koe).ready():
            assert str(record.by_person)
            assert len(record.facts.all()) == 2

    assert cost(read) == 2


def test_one_record_costs_two_queries(koe, made):
    assert cost(lambda: queries.record_or_404(koe, made[0].pk, Viewer("all"))) == 2


def test_names_cost_two_queries(koe, made):
    charter_of(koe)
    assert cost(lambda: queries.names_of(koe)) == 2


def test_what_parties_ask_costs_one_query(koe, made, by_kyla):
    for record in made:
        ask_for_correction(record, "kyla", "Tarkistakaa.", by=by_kyla)
    records = list(queries.records_of(koe).ready())
    found = []
    assert cost(lambda: found.append(queries.requests_on(records))) == 1
    assert sorted(found[0]) == sorted(record.pk for record in made)


def test_remarks_cost_one_query(koe, number, by_kyla):
    for year in range(2023, 2023 + number):
        write_remark(koe, ("kyla", "tietopohja", str(year), None), "Tulossa.", by=by_kyla)
    assert cost(lambda: queries.remarks(koe)) == 1
    assert len(queries.remarks(koe, "kyla")) == number


def test_the_history_of_a_record_costs_two_queries(koe, record, number, by_keeper):
    last = record(HELD)
    for day in range(number):
        last = correct_record(last, [{**HELD, "on": f"2024-06-{day + 1:02}"}], proof=Proof(), by=by_keeper)
    versions: list[Record] = []
    assert cost(lambda: versions.extend(queries.versions_of(last))) == 2
    assert len(versions) == number + 1
    assert queries.newest_of(versions[-1]) == last


def test_looking_costs_no_query_for_the_public_and_one_for_an_account(koe, keeper, kyla):
    assert cost(lambda: queries.viewer(AnonymousUser(), koe)) == 0
    assert cost(lambda: queries.viewer(keeper, koe)) == 1
    assert cost(lambda: queries.viewer(kyla, koe)) == 1
    assert queries.viewer(kyla, koe) == Viewer("party", ("kyla",))


def test_the_lines_of_a_history_cost_one_query(koe, number, by_keeper):
    facts = "\n".join(json.dumps({**HELD, "on": f"2024-05-{day:02}"}) for day in range(1, number + 1))
    batch = preview_history(koe, facts.encode(), filename="h.jsonl", by=by_keeper)
    assert cost(lambda: list(queries.lines_of(batch, "new"))) == 1
    assert cost(lambda: queries.verdicts_of(batch)) == 1
    assert cost(lambda: list(queries.histories_of(koe, Viewer("all")))) == 1


def test_judging_costs_no_more_for_more_lines(koe, record, number, by_kyla):
    record(HELD)
    lines = [Line(day, {**ACCEPTED, "on": f"2024-05-{day:02}"}) for day in range(1, number + 1)]
    names = queries.names_of(koe)
    judge(koe, lines, names, by=by_kyla, today=today())
    assert cost(lambda: judge(koe, lines, names, by=by_kyla, today=today())) == 4


def test_recording_costs_no_more_when_there_is_more(koe, made, record):
    assert cost(lambda: record({"fact": "signed", "party": "kyla", "on": "2023-01-05"})) == RECORDING


RECORDING = 21


def test_applying_costs_no_more_for_more_lines(koe, number, by_keeper):
    facts = "\n".join(json.dumps({**HELD, "on": f"2024-05-{day:02}"}) for day in range(1, number + 1))
    batch = preview_history(koe, facts.encode(), filename="h.jsonl", by=by_keeper)
    assert cost(lambda: bring_in_history(batch, by=by_keeper)) == APPLYING


APPLYING = 36


PAGES = [  # address, public, a party, the installation
    ("", 7, 10, 10),
    ("?laji=meeting-held&osapuoli=kyla", 7, 10, 10),
    ("{record}/", 6, 11, 11),
    ("uusi/?sitoumus=seuranta&jakso=2024", 1, 8, 8),
    ("tuo/", 1, 7, 7),
]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row[0])
def test_pages_cost_no_more_for_more_records(koe, made, keeper, kyla, browse, row):
    address, *expected = row
    address = f"/en/koe/kirjaukset/{address}".format(record=made[0].pk)
    found = []
    for account in (None, kyla, keeper):
        client = browse(account)
        client.get(address)
        caches["pages"].clear()  # an unchanged page costs the public one query
        found.append(cost(lambda client=client: client.get(address)))
    assert found == expected


def test_the_public_sees_what_holds_and_the_parties_everything(koe, record, by_keeper):
    old, gone, held = record(HELD), record(ACCEPTED), record({**HELD, "on": "2023-05-20"})
    new = correct_record(old, [HELD], proof=Proof(note="Uusi"), by=by_keeper)
    withdraw_record(gone, reason="Erehdys", by=by_keeper)
    every = queries.records_of(koe)
    assert set(every.visible_to(Viewer("public"))) == {new, held}
    assert set(every.visible_to(Viewer("party", ("kyla",)))) == {old, gone, held, new}
    with pytest.raises(Http404):
        queries.record_or_404(koe, gone.pk, Viewer("public"))


def test_evidence_is_derived_in_steady_steps(koe, made):
    agreement_or_404("koe")
    assert cost(lambda: list(derived())) == 2


def test_the_earliest_day_is_that_of_what_holds(koe, record, by_keeper):
    assert queries.earliest_day(koe) is None
    record(HELD)
    early = record({**HELD, "on": "2022-05-20"})
    assert queries.earliest_day(koe) == date(2022, 5, 20)
    withdraw_record(early, reason="Erehdys", by=by_keeper)
    assert queries.earliest_day(koe) == date(2024, 5, 20)


def test_facts_are_found_by_every_id_they_name():
    named = queries.names_in(
        {"fact": "release-shared", "party": "kyla", "release": "foorumi@2024-05-20", "on": "2024-05-21"}
    )
    assert named == " kyla foorumi "
    assert queries.names_in({"fact": "evaluation-made", "on": "2024-05-21"}) == ""

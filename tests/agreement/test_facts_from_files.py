"""Facts from JSON Lines: every problem with its line, in line order, and nothing half taken in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.agreement.cases import fact
from yhdyspinta.agreement import KINDS, Charter, FactErrors, as_given, fact_of, fields_of, read_facts

SIGNED = fact("signed", party="multia", on="2022-12-01")


def problems(charter: Charter, *lines: bytes | dict[str, Any]) -> list[tuple[int, str]]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    try:
        read_facts(raw, charter)
    except FactErrors as errors:
        return errors.problems
    return []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "broken JSON"),
        (b"[1]", "not an object"),
        (b'{"x":' + b"[" * 200_000, "broken JSON"),
        (b"{} trailing", "missing"),
        (b'{"fact":"signed","party":"multia","on":"2022-12-01"} x', "broken JSON"),
        (b'{"fact":"signed","party":"\xff","on":"2022-12-01"}', "not UTF-8"),
        (b"{}", "the field `fact` is missing"),
        (b'{"fact":"sined"}', "unknown kind of fact `sined`"),
        (fact("signed", party="multia"), "the field `on` is missing"),
        (fact("signed", party="multia", on="2022-12-01", by="x"), "unknown field `by`"),
        (fact("signed", party=1, on="2022-12-01"), "`party`: Expected `str`, got `int`"),
        (fact("signed", party="multia", on="2022-13-01"), "`on` is no date"),
        (fact("signed", party="multia", on="1.12.2022"), "`on` is no date"),
        (fact("signed", party="multia", on="2022-12-01", recorded="x"), "`recorded` is no date"),
        (fact("signed", party="multio", on="2022-12-01"), "unknown party `multio`"),
        (fact("meeting-held", body="kokous", on="2022-12-01"), "unknown body `kokous`"),
        (fact("acceptance-given", party="multia", subject="x", on="2022-12-01"), "unknown body `x`"),
        (fact("counterpart-named", party="multia", theme="x", from_="2023-01-01"), "unknown theme `x`"),
        (
            fact("counterpart-named", party="multia", theme="ict", from_="2023-01-01", to="2022-12-31"),
            "`to` is before `from`",
        ),
        (
            fact("counterpart-named", party="multia", theme="ict", from_="2023-01-01", hours_per_week=-1),
            "`hours_per_week`",
        ),
        (fact("waived", duty="x", on="2022-12-01"), "unknown duty `x`"),
        (fact("waived", duty="vastinparit", object="x", on="2022-12-01"), "unknown theme or body `x`"),
        (fact("waived", duty="vastinparit", party="x", on="2022-12-01"), "unknown party `x`"),
        (fact("reading-set", reading="x", choice="y", on="2022-12-01"), "unknown reading `x`"),
        (fact("negotiation-held", negotiation="x", on="2022-12-01"), "unknown negotiation `x`"),
        (fact("negotiation-held", negotiation="term", parties=["x"], on="2022-12-01"), "unknown party `x`"),
        (fact("plan-adopted", body="ict", plan="x", on="2022-12-01"), "unknown plan `x`"),
        (fact("release-shared", party="multia", release="x@2024-01-01", on="2024-01-01"), "unknown body `x`"),
        (fact("release-shared", party="multia", release="ict", on="2024-01-01"), "<body>@<meeting day>"),
        (fact("release-shared", party="multia", release="ict@2024-1-1", on="2024-01-01"), "<body>@<meeting day>"),
        (
            fact("agenda-issued", body="ict", meeting="2024-01-01", on="2024-01-01", prepared_by=["x"]),
            "unknown party or body `x`",
        ),
        (fact("party-status", party="multia", status="gone", on="2024-01-01"), "`status`"),
        (fact("body-formed", body="x", level=4, theme="y", name="z", on="2024-01-01"), "unknown theme `y`"),
        (fact("withdrawn", of="x", on="2024-01-01"), "unknown fact `x`"),
    ],
)
def test_every_problem_is_told_in_words(keski_suomi: Charter, line: bytes | dict[str, Any], message: str) -> None:
    found = problems(keski_suomi, SIGNED, line, SIGNED)
    assert [number for number, _ in found] == [2]
    assert message in found[0][1]


def test_all_problems_of_a_line_are_told(keski_suomi: Charter) -> None:
    shapeless = {"fact": "meeting-held", "on": "2024-13-14", "colour": "red", "online": "yes"}
    assert [message for _, message in problems(keski_suomi, shapeless)] == [
        "`on` is no date such as 2024-05-14",
        "`online`: Expected `bool`, got `str`",
        "the field `body` is missing",
        "unknown field `colour`",
    ]
    named = fact("member-named", party="x", body="y", role="member", from_="2024-02-01", to="2024-01-01")
    assert [message for _, message in problems(keski_suomi, named)] == [
        "`to` is before `from`",
        "unknown body `y`",
        "unknown party `x`",
    ]


def test_all_problems_are_told_in_line_order(keski_suomi: Charter) -> None:
    found = problems(
        keski_suomi,
        fact("withdrawn", of="x", on="2024-01-01"),
        b"{",
        b"",
        b"  \r\n",
        fact("signed", party="x", on="2024-01-01"),
    )
    assert [number for number, _ in found] == [1, 2, 5]


def test_id_stands_once_in_a_file(keski_suomi: Charter) -> None:
    assert problems(keski_suomi, {**SIGNED, "id": "a"}, {**SIGNED, "id": "a"}) == [(2, "the id `a` is already used")]


def test_withdrawal_is_not_withdrawn(keski_suomi: Charter) -> None:
    found = problems(
        keski_suomi,
        {**SIGNED, "id": "a"},
        fact("withdrawn", id="b", of="a", on="2024-01-01"),
        fact("withdrawn", of="b", on="2024-01-02"),
    )
    assert [(line, "cannot be withdrawn" in message) for line, message in found] == [(3, True)]


def test_a_line_may_name_what_a_later_one_introduces(keski_suomi: Charter) -> None:
    formed = fact("body-formed", body="liikenne", level=4, theme="ict", name={"fi": "x"}, on="2024-01-01")
    assert not problems(
        keski_suomi,
        fact("withdrawn", of="a", on="2024-02-01"),
        fact("meeting-held", body="liikenne", on="2024-01-01"),
        formed,
        {**SIGNED, "id": "a"},
    )


def test_blank_lines_and_a_byte_order_mark_are_no_problem(keski_suomi: Charter) -> None:
    lines = [b"\xef\xbb\xbf" + json.dumps(SIGNED).encode(), b"\n", json.dumps(SIGNED).encode() + b"\r\n"]
    assert len(read_facts(lines, keski_suomi)) == 2


def test_fact_is_shown_as_it_was_given() -> None:
    for given in (
        fact("member-named", party="a", body="b", role="c", from_="2024-01-01", to=None),
        fact("member-named", party="a", body="b", role="c", from_="2024-01-01"),
        fact("counterpart-named", party="a", theme="b", from_="2024-01-01", hours_per_week=2, reference="§ 3"),
        fact("counterpart-named", party="a", theme="b", from_="2024-01-01", hours_per_week=2.5, recorded="2024-02-01"),
    ):
        assert as_given(fact_of(given)) == given


def test_vocabulary_is_that_of_the_design() -> None:
    assert len(KINDS) == 26
    assert fields_of("counterpart-named") == ("from", "party", "theme", "to", "hours_per_week")
    assert set(fields_of("meeting-held")) == {"body", "on", "online", "host"}

"""Every message that a person can meet when a fact cannot be recorded."""

from __future__ import annotations

from datetime import date

import pytest

from tests.records.koe import charter
from yhdyspinta.records.rules import MESSAGES, problems_of
from yhdyspinta.records.words import Names

TODAY = date(2025, 6, 1)
HELD = {"fact": "meeting-held", "body": "foorumi", "on": "2024-05-20"}
MEETING = {"body": "foorumi", "meeting": "2024-05-20"}
HANDLED = {"fact": "item-handled", **MEETING, "on": "2024-05-20", "topic": "goal-review"}
NAMED = {"fact": "counterpart-named", "party": "kyla", "theme": "ict", "from": "2024-01-01"}
FORMED = {"fact": "body-formed", "body": "vesi", "level": 2, "theme": "ict", "name": "vesiryhmä", "on": "2024-01-01"}
OFFICERS = {"fact": "officers-elected", **MEETING, "on": "2024-05-20", "offices": ["chair"]}
DELIVERED = {"fact": "contribution-delivered", "party": "kyla", "period": "2024", "on": "2024-05-20"}
SHARED = {"fact": "release-shared", "party": "kyla", "release": "foorumi@2024-05-20", "on": "2024-05-21"}
WAIVED = {"fact": "waived", "duty": "hyvaksynta", "on": "2024-05-20"}
READ = {"fact": "reading-set", "reading": "kuka-arvioi", "choice": "alue", "on": "2024-05-20"}
AGENDA = {"fact": "agenda-issued", **MEETING, "on": "2024-05-01", "prepared_by": ["kyla"]}
SOUND = [HELD, HANDLED, NAMED, FORMED, OFFICERS, DELIVERED, SHARED, WAIVED, READ, AGENDA]

REFUSED = [
    ({"fact": "kokous"}, "fact", "unknown-kind"),
    ({"on": "2024-01-01"}, "fact", "missing"),
    ({**HELD, "paikka": "Jyväskylä"}, "paikka", "unknown-field"),
    ({**HELD, "on": None}, "on", "missing"),
    ({**HELD, "body": ["foorumi"]}, "body", "not-text"),
    ({**HELD, "on": "1.6.2024"}, "on", "bad-day"),
    ({**HELD, "on": "2024-02-30"}, "on", "bad-day"),
    ({**HELD, "on": "2025-06-02"}, "on", "future-day"),
    ({**HELD, "on": "1024-05-20"}, "on", "far-day"),
    ({**NAMED, "to": "2204-01-01"}, "to", "far-day"),
    ({**NAMED, "to": "2023-12-31"}, "to", "until-before-from"),
    ({**HANDLED, "meeting": "2025-06-02", "on": "2025-05-30"}, "meeting", "future-meeting"),
    ({**HANDLED, "on": "2024-05-19"}, "on", "before-meeting"),
    ({**HANDLED, "fact": "minutes-approved", "on": "2024-05-19"}, "topic", "unknown-field"),
    ({**HELD, "body": "senaatti"}, "body", "unknown-body"),
    ({**NAMED, "party": "helsinki"}, "party", "unknown-party"),
    ({**HELD, "host": "helsinki"}, "host", "unknown-actor"),
    ({**AGENDA, "prepared_by": ["kyla", "helsinki"]}, "prepared_by", "unknown-actor"),
    ({**AGENDA, "prepared_by": ["kyla", "kyla"]}, "prepared_by", "twice"),
    ({**AGENDA, "prepared_by": "kyla"}, "prepared_by", "not-text"),
    ({**NAMED, "theme": "vesi"}, "theme", "unknown-theme"),
    ({**WAIVED, "duty": "vesi"}, "duty", "unknown-duty"),
    ({**WAIVED, "object": "kyla"}, "object", "unknown-object"),
    ({**READ, "reading": "vesi"}, "reading", "unknown-reading"),
    ({**READ, "choice": "vesi"}, "choice", "unknown-choice"),
    ({"fact": "plan-adopted", "body": "ict", "plan": "strategy", "on": "2024-01-01"}, "plan", "unknown-word"),
    ({**FORMED, "level": 7}, "level", "unknown-level"),
    ({**FORMED, "level": True}, "level", "unknown-level"),
    ({**FORMED, "body": "Vesi ryhmä"}, "body", "bad-id"),
    ({**FORMED, "body": "ict"}, "body", "body-exists"),
    ({**FORMED, "name": "x" * 121}, "name", "too-long"),
    ({**FORMED, "name": {"fi": "a\u0007"}}, "name", "unprintable"),
    ({**FORMED, "name": {}}, "name", "missing"),
    ({**DELIVERED, "period": "kevät"}, "period", "bad-period"),
    ({**SHARED, "release": "foorumi"}, "release", "bad-release"),
    ({**SHARED, "release": "senaatti@2024-05-20"}, "release", "unknown-body"),
    ({**NAMED, "hours_per_week": -1}, "hours_per_week", "bad-hours"),
    ({**NAMED, "hours_per_week": "7"}, "hours_per_week", "bad-hours"),
    ({**HELD, "online": "x"}, "online", "bad-flag"),
    ({"fact": "withdrawn", "of": "x", "on": "2024-01-01"}, "of", "unknown-fact"),
    ({**HELD, "recorded": "eilen"}, "recorded", "bad-day"),
    ({**HELD, "recorded": "2025-06-02"}, "recorded", "future-day"),
    ({**HELD, "id": 7}, "id", "not-text"),
    ({**HELD, "id": "x" * 201}, "id", "bad-id-length"),
]
# These are met elsewhere: in the reading of tables and in the judging of histories.
MET_ELSEWHERE = {
    "not-yours", "kept-already", "same-as-line", "withdrawn-before", "withdrawn-already", "withdraw-by-hand",
    "id-taken", "id-twice", "recorded-not-yours", "bad-link", "engine", "bad-json", "extra-column", "unclear",
}  # fmt: skip


def problems(given):
    return problems_of(given, Names(charter()), today=TODAY)


@pytest.mark.parametrize("given", SOUND, ids=lambda given: given["fact"])
def test_sound_facts_have_no_problems(given):
    assert problems(given) == []


@pytest.mark.parametrize(("given", "field", "code"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_each_mistake_is_said_at_its_field(given, field, code):
    found = problems(given)
    assert (field, code) in [(problem.field, problem.code) for problem in found]
    assert all(str(problem) for problem in found)


def test_every_message_is_met_by_a_test():
    met = {code for _given, _field, code in REFUSED}
    assert met | MET_ELSEWHERE == set(MESSAGES)
    assert not met & MET_ELSEWHERE


def test_an_agenda_may_be_for_a_meeting_to_come():
    assert problems({**AGENDA, "meeting": "2025-07-01", "on": "2025-06-01"}) == []


def test_a_naming_may_end_in_days_to_come():
    assert problems({**NAMED, "to": "2026-01-01"}) == []


def test_a_message_quotes_what_was_typed():
    [problem] = problems({**HELD, "body": "senaatti"})
    assert str(problem) == "“senaatti” is not a body or group of this agreement."

"""A history brought in: judged line by line, added in one action, the same file twice changing nothing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.records.conftest import ACCEPTED, HELD
from yhdyspinta.agreement import today
from yhdyspinta.journal.actions import import_facts
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Entry, KeptFact
from yhdyspinta.journal.queries import assess, entries, facts_in_force, ledger_of
from yhdyspinta.journal.verify import verify
from yhdyspinta.records import queries
from yhdyspinta.records.actions import (
    bring_in_facts,
    bring_in_history,
    discard_history,
    preview_history,
    withdraw_record,
)
from yhdyspinta.records.actions import histories as module
from yhdyspinta.records.models import BroughtIn, BroughtInLine, Record
from yhdyspinta.records.rules import Problem

CSV = """Tapahtuma;Päivä;Elin tai ryhmä;Osapuoli;Viite;Linkki
meeting-held;20.5.2024;foorumi;;Muistio 1/2024;https://example.org/1
acceptance-given;1.2.2024;ict-ryhmä;Kylä;Kunnanhallitus 1.2.2024 § 12;
acceptance-given;1.2.2024;ict-ryhmä;Luhanka;;
"""


def lines(*facts):
    return "\n".join(json.dumps(fact) for fact in facts).encode()


@pytest.fixture
def preview(koe, by_keeper):
    def previewed(content, by=by_keeper):
        content = content.encode() if isinstance(content, str) else content
        return preview_history(koe, content, filename="historia.csv", by=by)

    return previewed


def verdicts(batch):
    return [line.verdict for line in batch.lines.order_by("number")]


def why(batch, number):
    line = batch.lines.get(number=number)
    return [str(Problem(*problem)) for problem in line.problems]


def test_a_preview_judges_every_line_and_changes_nothing(koe, preview):
    entered = Entry.objects.count()
    batch = preview(CSV)
    assert verdicts(batch) == ["new", "new", "refused"]
    assert why(batch, 4) == ["“Luhanka” is not a party of this agreement."]
    assert (Record.objects.count(), Entry.objects.count()) == (0, entered)
    assert queries.verdicts_of(batch) == {"new": 2, "known": 0, "refused": 1, "example": 0}


def test_applying_adds_all_lines_in_one_entry(koe, preview, by_keeper):
    entered = Entry.objects.count()
    batch = bring_in_history(preview(CSV), by=by_keeper)
    assert batch.applied_at
    assert Entry.objects.count() == entered + 1
    entry = entries(koe)[0]
    assert (entry.verb, entry.object_key) == ("bring-in-history", f"brought-in:{batch.pk}")
    assert entry.detail.after["lines"] == {"new": 2, "known": 0, "refused": 1, "example": 0}
    held = queries.records_of(koe).ready()[0]
    assert (held.text, held.link, held.day) == ("Muistio 1/2024", "https://example.org/1", date(2024, 5, 20))
    assert {kept.thing for kept in facts_in_force(koe)} == {f"record:{record.pk}" for record in Record.objects.all()}
    assert list(verify()) == []


def test_the_same_file_twice_changes_nothing(koe, preview, by_keeper):
    bring_in_history(preview(CSV), by=by_keeper)
    kept = KeptFact.objects.count()
    again = preview(CSV)
    assert verdicts(again) == ["known", "known", "refused"]
    with pytest.raises(ValidationError, match="nothing to add"):
        bring_in_history(again, by=by_keeper)
    assert (KeptFact.objects.count(), Record.objects.count()) == (kept, 2)


def test_pressing_the_button_twice_adds_once(koe, preview, by_keeper):
    batch = preview(CSV)
    bring_in_history(batch, by=by_keeper)
    entered = Entry.objects.count()
    bring_in_history(batch, by=by_keeper)
    assert (Entry.objects.count(), Record.objects.count()) == (entered, 2)


def test_records_of_a_history_are_invisible_until_it_is_applied(koe, preview, by_keeper):
    batch = preview(CSV)
    module._write_invisible(batch, by_keeper)
    assert Record.objects.count() == 2
    assert queries.records_of(koe).count() == 0
    assert list(verify()) == []


def test_what_an_interrupted_attempt_left_is_written_anew(koe, preview, by_keeper):
    batch = preview(CSV)
    module._write_invisible(batch, by_keeper)
    bring_in_history(batch, by=by_keeper)
    assert queries.records_of(koe).count() == Record.objects.count() == 2


def test_large_histories_are_written_in_chunks(koe, preview, by_keeper, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 2)
    facts = [{**HELD, "on": f"2024-05-{day:02}"} for day in range(1, 8)]
    bring_in_history(preview(lines(*facts)), by=by_keeper)
    assert queries.records_of(koe).count() == 7


def test_a_line_that_stands_twice_is_added_once(koe, preview, by_keeper):
    batch = preview(lines(HELD, {**HELD, "reference": "toinen"}, {**HELD, "online": True}))
    assert verdicts(batch) == ["new", "known", "known"]
    assert why(batch, 2) == ["The same stands on line 1."]


def test_what_was_recorded_by_hand_is_already_there(koe, record, preview):
    record(HELD)
    batch = preview(lines(HELD))
    assert verdicts(batch) == ["known"]
    assert why(batch, 1) == ["The same has been recorded already."]


def test_what_was_withdrawn_by_hand_does_not_come_back_with_the_file(koe, record, preview, by_keeper):
    withdraw_record(record(HELD), reason="Erehdys", by=by_keeper)
    batch = preview(lines(HELD))
    assert verdicts(batch) == ["known"]
    assert "recorded and withdrawn" in why(batch, 1)[0]


def test_a_stale_preview_is_judged_again_before_it_is_applied(koe, record, preview, by_keeper):
    batch = preview(CSV)
    record(ACCEPTED)
    with pytest.raises(ValidationError, match="has changed since the preview"):
        bring_in_history(batch, by=by_keeper)
    assert verdicts(batch) == ["new", "known", "refused"]
    assert queries.records_of(koe).count() == 1
    bring_in_history(batch, by=by_keeper)
    assert queries.records_of(koe).count() == 2


def test_a_stale_preview_that_fares_the_same_is_applied(koe, record, preview, by_keeper):
    batch = preview(CSV)
    record({"fact": "signed", "party": "kyla", "on": "2023-01-02"})
    bring_in_history(batch, by=by_keeper)
    assert queries.records_of(koe).count() == 3


def test_a_discarded_history_leaves_no_lines(koe, preview, by_keeper):
    batch = discard_history(preview(CSV), by=by_keeper)
    assert batch.discarded_at
    assert BroughtInLine.objects.count() == 0
    with pytest.raises(ValidationError, match="was discarded"):
        bring_in_history(batch, by=by_keeper)
    assert discard_history(batch, by=by_keeper).discarded_at == batch.discarded_at


def test_an_applied_history_is_not_discarded(koe, preview, by_keeper):
    batch = bring_in_history(preview(CSV), by=by_keeper)
    with pytest.raises(ValidationError, match="added already"):
        discard_history(batch, by=by_keeper)


def test_a_preview_that_nobody_applied_is_forgotten(koe, preview):
    batch = preview(CSV)
    BroughtIn.objects.update(uploaded_at=timezone.now() - timedelta(days=31))
    preview(lines(HELD))
    batch.refresh_from_db()
    assert batch.discarded_at
    assert batch.lines.count() == 0


def test_a_party_brings_in_its_own_lines_and_no_others(koe, preview, by_kyla):
    other = {**ACCEPTED, "party": "alue"}
    batch = preview(lines(HELD, ACCEPTED, other), by=by_kyla)
    assert verdicts(batch) == ["new", "new", "refused"]
    assert "party that it concerns" in why(batch, 3)[0]
    bring_in_history(batch, by=by_kyla)
    assert {record.by_party for record in queries.records_of(koe)} == {"kyla"}


def test_a_party_neither_applies_nor_discards_anothers_history(preview, by_kyla, by_lahti):
    batch = preview(lines(ACCEPTED), by=by_kyla)
    with pytest.raises(NotAllowed):
        bring_in_history(batch, by=by_lahti)
    with pytest.raises(NotAllowed):
        discard_history(batch, by=by_lahti)


def test_facts_keep_their_recording_day_and_id(koe, preview, by_keeper):
    bring_in_history(preview(lines({**HELD, "id": "k1", "recorded": "2024-06-01"})), by=by_keeper)
    fact = ledger_of(koe).facts[0]
    assert (fact.id, fact.recorded) == ("k1", date(2024, 6, 1))


def test_without_a_recording_day_a_fact_is_known_from_today(koe, preview, by_keeper):
    bring_in_history(preview(lines(HELD)), by=by_keeper)
    assert ledger_of(koe).facts[0].recorded == today()


def test_a_file_may_withdraw_what_it_brings(koe, preview, by_keeper):
    withdrawn = {"fact": "withdrawn", "of": "k1", "on": "2024-07-01", "recorded": "2024-07-01"}
    content = lines({**HELD, "id": "k1", "recorded": "2024-06-01"}, {**withdrawn, "reference": "Ei pidetty"})
    bring_in_history(preview(content), by=by_keeper)
    made = queries.records_of(koe).get()
    assert made.withdrawn_reason == "Ei pidetty"
    assert list(facts_in_force(koe)) == []
    before, after = (assess(koe, date(2025, 1, 1), known_at=day) for day in (date(2024, 6, 15), date(2024, 7, 1)))
    assert before.counts["fulfilled"] == after.counts["fulfilled"] + 1
    assert list(verify()) == []
    assert verdicts(preview(content)) == ["known", "known"]


def test_a_file_may_withdraw_what_was_recorded_before(koe, record, preview, by_keeper):
    made = record(HELD)
    fact_id = facts_in_force(koe).get().fact_id
    bring_in_history(preview(lines({"fact": "withdrawn", "of": fact_id, "on": "2024-07-01"})), by=by_keeper)
    made.refresh_from_db()
    assert made.withdrawn_reason == "Brought in as withdrawn."
    assert list(verify()) == []


def test_a_file_does_not_withdraw_one_of_several_facts_of_a_record(koe, record, preview):
    record(HELD, ACCEPTED)
    fact_id = facts_in_force(koe)[0].fact_id
    batch = preview(lines({"fact": "withdrawn", "of": fact_id, "on": "2024-07-01"}))
    assert "Withdraw it on its own page" in why(batch, 1)[0]


@pytest.mark.parametrize("given", [ACCEPTED, {"fact": "evaluation-made", "on": "2025-02-01"}])
def test_a_party_does_not_withdraw_anothers_record_by_a_file(koe, record, preview, by_kyla, by_lahti, given):
    record(given, by=by_kyla)
    fact_id = facts_in_force(koe).get().fact_id
    batch = preview(lines({"fact": "withdrawn", "of": fact_id, "on": "2024-07-01"}), by=by_lahti)
    assert verdicts(batch) == ["refused"]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ([{"fact": "withdrawn", "of": "x", "on": "2024-07-01"}], "no record with the identifier “x”"),
        ([{**HELD, "id": "a"}, {**ACCEPTED, "id": "a"}], "“a” stands on line 1 too"),
        ([{**HELD, "on": (today() + timedelta(days=1)).isoformat()}], "in the future"),
        ([{**HELD, "reference": 7}], "must be text"),
        ([{**HELD, "reference": "x" * 301}], "at most 300 characters"),
        ([{**HELD, "reference": {"link": "ftp://x"}}], "not a whole address"),
        ([{**HELD, "reference": {"link": f"https://x.fi/{'x' * 1000}"}}], "at most 1000 characters"),
        ([{**HELD, "reference": "nolla \0"}], "cannot be shown"),
        ([{**HELD, "host": "\ud800"}], "cannot be shown"),
        ([{**HELD, "online": float("nan")}], "cannot be shown"),
        ([{"on": "2024-01-01"}], "must be filled in"),
        ([{"fact": "party"}], "not a kind of event"),
    ],
)
def test_each_refused_line_says_why(preview, facts, message):
    batch = preview(lines(*facts))
    assert message in why(batch, len(facts))[0]


def test_of_two_equal_facts_with_ids_one_may_be_withdrawn(koe, preview, by_keeper):
    withdrawn = {"fact": "withdrawn", "of": "a", "on": "2024-07-01"}
    content = lines({**HELD, "id": "a"}, {**HELD, "id": "b"}, withdrawn)
    bring_in_history(preview(content), by=by_keeper)
    assert [kept.fact_id for kept in facts_in_force(koe)] == ["b"]
    assert verdicts(preview(content)) == ["known"] * 3
    assert list(verify()) == []


def test_a_command_brings_facts_in_with_a_record_for_each(koe):
    facts = [HELD, {**ACCEPTED, "reference": "Ote", "recorded": "2024-02-03"}, HELD]
    assert bring_in_facts(koe, facts, name="history.jsonl", by=SYSTEM) == (2, 1)
    assert bring_in_facts(koe, facts, name="history.jsonl", by=SYSTEM) == (0, 3)
    made = queries.records_of(koe).select_related("batch")
    assert [(one.text, str(one.batch)) for one in made] == [("", "history.jsonl"), ("Ote", "history.jsonl")]
    assert BroughtIn.objects.count() == 1
    assert list(verify()) == []


def test_a_command_is_told_which_fact_has_anothers_id(koe):
    bring_in_facts(koe, [{**HELD, "id": "a"}], name="h.jsonl", by=SYSTEM)
    with pytest.raises(ValidationError) as raised:
        bring_in_facts(koe, [HELD, {**ACCEPTED, "id": "a"}], name="h.jsonl", by=SYSTEM)
    assert raised.value.error_list[0].params == {"position": 2}
    assert "belongs to another record" in raised.value.messages[0]


def test_a_command_may_withdraw_what_another_way_brought_in(koe):
    import_facts(koe, [{**HELD, "id": "a"}], by=SYSTEM)
    bring_in_facts(koe, [{"fact": "withdrawn", "of": "a", "on": "2024-07-01"}], name="h.jsonl", by=SYSTEM)
    assert list(facts_in_force(koe)) == []


def test_a_party_brings_no_facts_in_as_a_command_does(koe, by_kyla):
    with pytest.raises(NotAllowed):
        bring_in_facts(koe, [HELD], name="h.jsonl", by=by_kyla)


def test_an_id_of_another_record_is_refused(koe, preview, by_keeper):
    bring_in_history(preview(lines({**HELD, "id": "a"})), by=by_keeper)
    batch = preview(lines({**ACCEPTED, "id": "a"}))
    assert why(batch, 1) == ["The identifier “a” belongs to another record already."]


def test_a_group_may_be_formed_by_a_later_line(koe, preview, by_keeper):
    formed = {"fact": "body-formed", "body": "vesi", "level": 2, "theme": "ict", "name": "vesi", "on": "2024-01-01"}
    held = {"fact": "meeting-held", "body": "vesi", "on": "2024-03-01"}
    bring_in_history(preview(lines(held, formed)), by=by_keeper)
    assert queries.records_of(koe).count() == 2


def test_a_row_may_name_a_group_that_a_later_row_forms(koe, preview):
    table = (
        "Tapahtuma;Päivä;Elin tai ryhmä;Teema;Taso;Ryhmän nimi\n"
        "meeting-held;1.3.2024;vesiryhmä;;;\n"
        "body-formed;1.1.2024;vesi;hyte;2;vesiryhmä\n"
    )
    assert verdicts(preview(table)) == ["new", "new"]


def test_what_the_rules_let_through_the_engine_takes(koe, preview, by_keeper):
    forum = {"body": "foorumi", "meeting": "2024-05-20"}
    every = [
        HELD,
        {"fact": "agenda-issued", **forum, "on": "2024-05-01", "prepared_by": ["alue"]},
        {"fact": "officers-elected", **forum, "on": "2024-05-20", "offices": ["chair"]},
        {"fact": "counterpart-named", "party": "kyla", "theme": "ict", "from": "2024-01-01", "hours_per_week": 7.5},
        {"fact": "release-shared", "party": "kyla", "release": "foorumi@2024-05-20", "on": "2024-05-21"},
        {"fact": "reading-set", "reading": "kuka-arvioi", "choice": "alue", "on": "2024-05-20"},
        {"fact": "party-status", "party": "lahti", "status": "left", "on": "2024-05-20"},
        {"fact": "waived", "duty": "hyvaksynta", "object": "ict", "party": "kyla", "on": "2024-05-20"},
    ]
    batch = preview(lines(*every))
    assert verdicts(batch) == ["new"] * len(every)
    bring_in_history(batch, by=by_keeper)
    assert list(verify()) == []


GROUP = {"fact": "body-formed", "body": "vesi", "level": 2, "theme": "ict", "name": "vesi", "on": "2024-01-01"}
OF_GROUP = {**HELD, "body": "vesi"}


@pytest.mark.parametrize("name", [{"fi": 5}, {"fi": None}, {"fi": ["a"]}, 5, ["vesi"]])
def test_the_name_of_a_group_is_text(preview, name):
    batch = preview(lines({**GROUP, "name": name}, OF_GROUP))
    assert verdicts(batch) == ["refused", "refused"]
    assert "must be text" in why(batch, 1)[0]
    assert "“vesi” is not a body or group" in why(batch, 2)[0]


@pytest.mark.parametrize("wrong", [{"on": "2999-01-01"}, {"level": 9}, {"id": "a"}])
def test_a_group_that_is_not_formed_has_no_events(preview, wrong):
    batch = preview(lines({**HELD, "id": "a"}, {**GROUP, **wrong}, OF_GROUP))
    assert verdicts(batch) == ["new", "refused", "refused"]


def test_a_group_that_a_party_may_not_form_has_no_events(preview, by_kyla):
    named = {"fact": "member-named", "party": "kyla", "body": "vesi", "role": "member", "from": "2024-01-01"}
    assert verdicts(preview(lines(GROUP, named), by=by_kyla)) == ["refused", "refused"]
    assert verdicts(preview(lines(GROUP, named))) == ["new", "new"]


def test_the_recording_day_is_given_by_the_installation_alone(preview, by_kyla):
    batch = preview(lines({**HELD, "recorded": "2024-06-01"}, ACCEPTED), by=by_kyla)
    assert verdicts(batch) == ["refused", "new"]
    assert "Only the installation's administrator gives another recording day" in why(batch, 1)[0]
    assert verdicts(preview(lines({**HELD, "recorded": "2024-06-01"}))) == ["new"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//example.org"])
def test_facts_of_a_command_have_links_of_the_web(koe, link):
    facts: list[dict[str, Any]] = [HELD, {**ACCEPTED, "reference": {"link": link}}]
    with pytest.raises(ValidationError) as raised:
        bring_in_facts(koe, facts, name="historia.jsonl", by=SYSTEM)
    assert [(one.params or {})["position"] for one in raised.value.error_list] == [2]
    assert "is not a whole address" in raised.value.messages[0]
    assert Record.objects.count() == 0

"""Recording, correcting and withdrawing: what is kept, who may, and what two editors see."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.records.conftest import ACCEPTED, HELD
from yhdyspinta.agreement import today
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.journal.models import Entry, KeptFact
from yhdyspinta.journal.queries import assess, entries, facts_in_force
from yhdyspinta.journal.verify import verify
from yhdyspinta.records import queries
from yhdyspinta.records.actions import Proof, ask_for_correction, correct_record, record_done, withdraw_record
from yhdyspinta.records.actions.recording import At
from yhdyspinta.records.models import Record, Remark

LINK = "https://www.example.org/poytakirja"


def states(agreement, duty):
    return {(o.period, o.bearer): o.state for o in assess(agreement, date(2025, 12, 1)).occurrences if o.duty == duty}


def problems(raised):
    return raised.value.message_dict


def test_a_record_makes_its_duty_done(koe, record):
    assert states(koe, "foorumi-koolle")["2024", "kyla"] == "no-record"
    record(HELD)
    assert states(koe, "foorumi-koolle")["2024", "kyla"] == "fulfilled"


def test_a_record_keeps_its_facts_with_where_they_rest(koe, record):
    made = record(HELD, organ="Kunnanhallitus", decided=date(2024, 5, 2), section="45", register="12/2024", link=LINK)
    kept = facts_in_force(koe).get()
    assert kept.thing == f"record:{made.pk}"
    assert kept.given == {
        **HELD,
        "reference": {
            "organ": "Kunnanhallitus",
            "decided": "2024-05-02",
            "section": "45",
            "register": "12/2024",
            "link": LINK,
            "record": made.pk,
        },
    }
    assert made.reference_text == "Kunnanhallitus 2.5.2024 § 45, 12/2024"


def test_one_record_may_carry_all_that_one_event_proves(koe, record):
    handled = {"fact": "item-handled", "body": "foorumi", "meeting": "2024-05-20", "on": "2024-05-20"}
    made = record(HELD, {**handled, "topic": "goal-review"})
    assert [fact.kind for fact in made.facts.all()] == ["meeting-held", "item-handled"]
    assert states(koe, "seuranta")["2024", "foorumi"] == "fulfilled"


def test_a_record_remembers_who_recorded_it_and_for_whom(koe, record, by_keeper):
    made = record(ACCEPTED, note="Puhelimessa")
    entry = entries(koe)[0]
    assert (entry.verb, entry.object_key, entry.actor_person) == ("record-done", f"record:{made.pk}", by_keeper.person)
    assert entry.detail.after["for"] == ["kyla"]
    assert entry.detail.after["note"] == "Puhelimessa"


def test_a_record_remembers_at_which_duty_it_was_made(koe, by_keeper):
    made = record_done(koe, [HELD], proof=Proof(), at=At("foorumi-koolle", "2024"), by=by_keeper)
    assert (made.duty, made.period) == ("foorumi-koolle", "2024")


def test_a_form_sent_twice_makes_one_record(koe, by_keeper):
    token = uuid.uuid4()
    first = record_done(koe, [HELD], proof=Proof(), token=token, by=by_keeper)
    again = record_done(koe, [HELD], proof=Proof(), token=token, by=by_keeper)
    assert first == again
    assert Record.objects.count() == 1


def test_the_token_of_somebody_elses_form_is_refused_in_words(koe, by_keeper, by_kyla):
    token = uuid.uuid4()
    record_done(koe, [HELD], proof=Proof(), token=token, by=by_keeper)
    with pytest.raises(ValidationError) as raised:
        record_done(koe, [HELD], proof=Proof(), token=token, by=by_kyla)
    assert "Somebody else has sent this form already" in raised.value.messages[0]
    assert Record.objects.count() == 1


def test_two_forms_make_two_records_of_one_meeting(koe, record):
    record(HELD)
    record(HELD)
    assert Record.objects.count() == 2
    assert states(koe, "foorumi-koolle")["2024", "kyla"] == "fulfilled"


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"on": (today() + timedelta(days=1)).isoformat()}, "0-on", "in the future"),
        ({"on": "20.5.2024"}, "0-on", "is not a date"),
        ({"on": ""}, "0-on", "must be filled in"),
        ({"body": "senaatti"}, "0-body", "“senaatti” is not a body or group"),
        ({"host": "helsinki"}, "0-host", "neither a party nor a body"),
        ({"online": "ehkä"}, "0-online", "neither yes nor no"),
        ({"extra": "x"}, "0-extra", "does not belong"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_at_its_field(koe, by_keeper, change, field, message):
    with pytest.raises(ValidationError) as raised:
        record_done(koe, [{**HELD, **change}], proof=Proof(), by=by_keeper)
    assert message in problems(raised)[field][0]
    assert Record.objects.count() == 0


def test_a_link_is_of_the_web(koe, by_keeper):
    with pytest.raises(ValidationError) as raised:
        record_done(koe, [HELD], proof=Proof(link="javascript:alert(1)"), by=by_keeper)
    assert "beginning with https://" in problems(raised)["link"][0]


def test_a_reference_is_not_longer_than_it_is_kept(koe, by_keeper):
    with pytest.raises(ValidationError) as raised:
        record_done(koe, [HELD], proof=Proof(organ="x" * 121, note="x" * 2001), by=by_keeper)
    assert sorted(problems(raised)) == ["note", "organ"]


def test_a_correction_withdraws_and_records_anew(koe, record, by_keeper):
    old = record(HELD)
    new = correct_record(old, [{**HELD, "on": "2024-05-21"}], proof=Proof(link=LINK), by=by_keeper)
    old.refresh_from_db()
    assert (old.standing, new.standing, new.corrects, new.thing) == (False, True, old, f"record:{old.pk}")
    assert [kept.given["on"] for kept in facts_in_force(koe)] == ["2024-05-21"]
    assert KeptFact.objects.filter(kind="withdrawn").count() == 1
    entry = entries(koe)[0]
    assert entry.verb == "correct-record"
    assert entry.detail.before["facts"][0]["on"] == "2024-05-20"


def test_a_correction_of_the_note_alone_touches_no_fact(koe, record, by_keeper):
    old = record(HELD)
    correct_record(old, [HELD], proof=Proof(note="Kirjoitusvirhe korjattu"), by=by_keeper)
    assert KeptFact.objects.count() == 1


def test_a_correction_sent_twice_makes_one_record(koe, record, by_keeper):
    old, token = record(HELD), uuid.uuid4()
    first = correct_record(old, [HELD], proof=Proof(), token=token, by=by_keeper)
    assert correct_record(old, [HELD], proof=Proof(), token=token, by=by_keeper) == first


def test_the_second_of_two_editors_is_shown_both_versions(koe, record, by_keeper):
    old = record(HELD, note="Alkuperäinen")
    correct_record(old, [{**HELD, "on": "2024-05-21"}], proof=Proof(note="Ensimmäinen"), by=by_keeper)
    with pytest.raises(Conflict) as raised:
        correct_record(old, [{**HELD, "on": "2024-05-22"}], proof=Proof(note="Toinen"), by=by_keeper)
    assert "21 May 2024" in raised.value.theirs
    assert "Ensimmäinen" in raised.value.theirs
    assert "22 May 2024" in raised.value.yours
    assert "Toinen" in raised.value.yours
    assert Record.objects.count() == 2


def test_what_was_withdrawn_meanwhile_is_not_corrected(koe, record, by_keeper):
    old = record(HELD)
    withdraw_record(old, reason="Kokous peruttiin", by=by_keeper)
    with pytest.raises(Conflict) as raised:
        correct_record(old, [HELD], proof=Proof(), by=by_keeper)
    assert "Kokous peruttiin" in raised.value.theirs


def test_a_withdrawn_record_counts_on_no_day(koe, record, by_keeper):
    made = record(HELD)
    withdraw_record(made, reason="  Kokous peruttiin  ", by=by_keeper)
    made.refresh_from_db()
    assert made.withdrawn_reason == "Kokous peruttiin"
    assert list(facts_in_force(koe)) == []
    assert states(koe, "foorumi-koolle")["2024", "kyla"] == "no-record"


def test_a_withdrawal_needs_a_reason(record, by_keeper):
    with pytest.raises(ValidationError) as raised:
        withdraw_record(record(HELD), reason="  ", by=by_keeper)
    assert problems(raised) == {"reason": ["Say why the record is withdrawn."]}


def test_a_record_is_withdrawn_once(record, by_keeper):
    made = record(HELD)
    withdraw_record(made, reason="Erehdys", by=by_keeper)
    with pytest.raises(Conflict):
        withdraw_record(made, reason="Erehdys", by=by_keeper)


def test_a_party_records_what_concerns_it(koe, by_kyla):
    made = record_done(koe, [HELD], proof=Proof(), by=by_kyla)
    assert made.by_party == "kyla"
    assert entries(koe)[0].actor_party == "kyla"


@pytest.mark.parametrize(
    "given",
    [
        {"fact": "acceptance-given", "party": "alue", "subject": "ict", "on": "2024-02-01"},
        {"fact": "body-appointed", "body": "ict", "on": "2024-02-01"},
        {"fact": "waived", "duty": "hyvaksynta", "party": "kyla", "on": "2024-02-01"},
    ],
)
def test_a_party_does_not_record_what_is_not_its_own(koe, by_kyla, given):
    with pytest.raises(NotAllowed):
        record_done(koe, [given], proof=Proof(), by=by_kyla)
    assert Record.objects.count() == 0


def test_a_party_neither_corrects_nor_withdraws_what_is_anothers(record, by_lahti):
    made = record(HELD)
    with pytest.raises(NotAllowed):
        correct_record(made, [{**HELD, "host": "lahti"}], proof=Proof(), by=by_lahti)
    with pytest.raises(NotAllowed):
        withdraw_record(made, reason="Ei ollut", by=by_lahti)
    assert made.standing


def test_evidence_of_a_joint_duty_is_withdrawn_by_the_party_that_recorded_it(koe, record, by_kyla, by_lahti):
    made = record({"fact": "evaluation-made", "on": "2025-02-01"}, by=by_kyla)
    with pytest.raises(NotAllowed):
        withdraw_record(made, reason="Ei tehty", by=by_lahti)
    withdraw_record(made, reason="Erehdys", by=by_kyla)
    assert list(facts_in_force(koe)) == []


def test_a_refused_record_leaves_no_entry(koe, by_lahti):
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        record_done(koe, [ACCEPTED], proof=Proof(), by=by_lahti)
    assert Entry.objects.count() == before


def test_everything_verifies_after_records_corrections_and_withdrawals(koe, record, by_keeper):
    first, second = record(HELD), record(ACCEPTED, link=LINK)
    correct_record(first, [{**HELD, "online": True}], proof=Proof(section="12"), by=by_keeper)
    withdraw_record(second, reason="Erehdys", by=by_keeper)
    assert list(verify()) == []


def test_a_group_formed_later_is_known_to_later_records(koe, record):
    formed = {"fact": "body-formed", "body": "vesi", "level": 2, "theme": "ict", "name": "vesiryhmä"}
    record({**formed, "on": "2024-01-01"})
    record({"fact": "meeting-held", "body": "vesi", "on": "2024-03-01"})
    assert queries.formed_bodies(koe) == {"vesi": "vesiryhmä"}


def test_correcting_answers_what_was_asked(koe, record, by_keeper, by_kyla):
    made = record(ACCEPTED)
    asked = ask_for_correction(made, "kyla", "Päivä on väärin.", by=by_kyla)
    correct_record(made, [{**ACCEPTED, "on": "2024-02-02"}], proof=Proof(), by=by_keeper)
    asked.refresh_from_db()
    assert (asked.open, asked.answer) == (False, "The record was corrected.")
    assert Remark.objects.get() == asked

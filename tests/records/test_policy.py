"""Who may record what: facts × cast in one table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.records.koe import charter
from yhdyspinta.agreement.blocks import Rotation
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.parties.actions import appoint_party_administrator
from yhdyspinta.parties.models import PartyAdministrator
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.records import policy

PARTIES = ("alue", "kyla", "lahti")
MEETING = {"body": "foorumi", "meeting": "2024-05-20"}
CONCERNS: list[tuple[dict[str, Any], str]] = [  # a fact, and the parties that may say it
    ({"fact": "acceptance-given", "party": "kyla", "subject": "ict", "on": "2024-02-01"}, "kyla"),
    ({"fact": "signed", "party": "alue", "on": "2024-02-01"}, "alue"),
    # The forum is convened by Kylä
    ({"fact": "meeting-held", "body": "foorumi", "on": "2024-05-20"}, "kyla"),
    ({"fact": "minutes-approved", "body": "foorumi", "meeting": "2024-05-20", "on": "2024-06-20"}, "kyla"),
    ({"fact": "picture-approved", "body": "foorumi", "on": "2024-06-20"}, "kyla"),
    ({"fact": "meeting-held", "body": "foorumi", "on": "2024-05-20", "host": "lahti"}, "kyla"),
    ({"fact": "release-published", **MEETING, "on": "2024-05-20", "by": "alue"}, "kyla"),
    # The agenda is prepared by Alue and Kylä together
    ({"fact": "agenda-issued", **MEETING, "on": "2024-05-01", "prepared_by": ["alue"]}, "alue kyla"),
    ({"fact": "agenda-issued", **MEETING, "on": "2024-05-01", "prepared_by": ["alue", "lahti"]}, "alue kyla"),
    # Everybody evaluates the agreement
    ({"fact": "evaluation-made", "on": "2025-02-01"}, "alue kyla lahti"),
    # No convenor is specified
    ({"fact": "meeting-held", "body": "ict", "on": "2024-05-20"}, ""),
    ({"fact": "body-appointed", "body": "ict", "on": "2024-05-20"}, ""),
    ({"fact": "body-appointed", "body": "ict", "on": "2024-05-20", "by": "alue"}, ""),
    ({"fact": "meeting-held", "body": "ict", "on": "2024-05-20", "host": "lahti"}, ""),
    ({"fact": "agenda-issued", **MEETING, "body": "ict", "on": "2024-05-01", "prepared_by": ["alue"]}, ""),
    # A party's own word, even about a body that another convenes
    ({"fact": "member-named", "party": "lahti", "body": "foorumi", "role": "member", "from": "2024-01-01"}, "lahti"),
    # What binds all is recorded by the installation
    ({"fact": "waived", "duty": "hyvaksynta", "party": "kyla", "on": "2024-02-01"}, ""),
    ({"fact": "reading-set", "reading": "kuka-arvioi", "choice": "alue", "on": "2024-02-01"}, ""),
    ({"fact": "party-status", "party": "kyla", "status": "left", "on": "2024-02-01"}, ""),
    ({"fact": "body-formed", "body": "vesi", "level": 2, "theme": "ict", "name": "vesi", "on": "2024-02-01"}, ""),
]


@pytest.mark.parametrize(("given", "who"), CONCERNS, ids=lambda value: value["fact"] if isinstance(value, dict) else "")
def test_a_fact_concerns_whose_it_is_and_who_convenes_or_bears_what_it_proves(given, who):
    assert [party for party in PARTIES if policy.concerns(party, given, charter())] == who.split()


def test_nobody_is_no_party():
    assert not policy.concerns("", {"fact": "evaluation-made", "on": "2025-02-01"}, charter())


def test_a_rotating_convenor_records_in_its_own_year():
    rotation = Rotation(each="calendar-year", order=("alue", "lahti"), first=2024)
    turned = charter().bodies["foorumi"].model_copy(update={"convened_by": (), "rotation": rotation})
    rotating = replace(charter(), bodies={**charter().bodies, "foorumi": turned})
    held = {"fact": "minutes-approved", "body": "foorumi", "meeting": "2024-12-20", "on": "2025-01-20"}
    assert policy.convenes("alue", held, rotating)
    assert not policy.convenes("lahti", held, rotating)


def test_the_installation_records_everything(koe, by_keeper):
    assert all(policy.may_record(by_keeper, koe, charter(), [given]) for given, _who in CONCERNS)
    assert policy.may_record(SYSTEM, koe, charter(), [CONCERNS[0][0]])


def test_to_name_oneself_gives_no_right_to_anothers_duty():
    forum = {"body": "foorumi", "meeting": "2024-05-20", "on": "2024-05-20"}
    said: list[dict[str, Any]] = [
        {"fact": "meeting-held", "body": "foorumi", "on": "2024-05-20", "host": "lahti"},
        {"fact": "agenda-issued", **forum, "prepared_by": ["lahti"]},
        {"fact": "release-published", **forum, "by": "lahti"},
        {"fact": "body-appointed", "body": "hyte", "on": "2024-05-20", "by": "lahti"},
    ]
    assert not any(policy.concerns("lahti", given, charter()) for given in said)


def test_a_record_is_changed_by_the_party_it_was_made_for(record, by_kyla, by_lahti, by_keeper):
    own, kept = record(by=by_kyla), record()
    assert [policy.may_change(by, own, charter()) for by in (by_kyla, by_lahti, by_keeper)] == [True, False, True]
    assert [policy.may_change(by, kept, charter()) for by in (by_kyla, by_lahti, by_keeper)] == [False, False, True]


def test_all_of_an_events_facts_must_concern_the_party(koe, by_kyla):
    own, other = CONCERNS[0][0], CONCERNS[1][0]
    assert policy.may_record(by_kyla, koe, charter(), [own])
    assert not policy.may_record(by_kyla, koe, charter(), [own, other])


STRANGERS = [Actor("person"), Actor("person", person=99999, party="kyla"), Actor("link", party="kyla")]


@pytest.mark.parametrize("actor", STRANGERS)
def test_strangers_record_nothing(koe, actor):
    assert not policy.may_record(actor, koe, charter(), [CONCERNS[0][0]])
    assert not policy.may_bring_in(actor, koe)
    assert not policy.may_remark(actor, koe, "kyla")


def test_whoever_no_longer_administers_a_party_records_nothing(koe, by_kyla):
    PartyAdministrator.objects.update(valid_to=date(2024, 1, 1))
    assert not policy.may_record(by_kyla, koe, charter(), [CONCERNS[0][0]])


def test_a_party_of_another_agreement_records_nothing(koe_beside, by_kyla, kyla):
    other = koe_beside
    assert not policy.may_record(by_kyla, other, charter(), [CONCERNS[0][0]])
    appoint_party_administrator(party_or_404(other, "kyla"), account=kyla, valid_from=date(2023, 1, 1), by=SYSTEM)
    assert policy.may_record(by_kyla, other, charter(), [CONCERNS[0][0]])


def test_a_party_remarks_for_itself_alone(koe, by_kyla, by_keeper):
    assert policy.may_remark(by_kyla, koe, "kyla")
    assert not policy.may_remark(by_kyla, koe, "lahti")
    assert policy.may_remark(by_keeper, koe, "lahti")


def test_a_party_asks_about_records_of_itself(record):
    made = record({"fact": "negotiation-held", "negotiation": "term", "on": "2024-02-01", "parties": ["kyla"]})
    assert policy.may_ask(PARTIES, made) == ["kyla"]

"""Each party answers by its own decision: by account, by link, on its behalf; late, corrected, and what it proves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from tests.bodies.groups import states
from tests.requests.asking import acceptance, answered, asked, drafted, in_days, link_to, nominations, nominee, sent
from yhdyspinta.agreement import today
from yhdyspinta.bodies.models import Seat
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.journal.decided import Decision
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.journal.queries import facts_in_force
from yhdyspinta.journal.verify import verify
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.links import LinkRefused
from yhdyspinta.parties.models import Link, Person
from yhdyspinta.requests.actions import (
    RECORDED,
    Through,
    close_request,
    extend_deadline,
    renew_link,
    revoke_link,
    send_request,
    withdraw_request,
)
from yhdyspinta.requests.models import Answer, Request

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DECIDED = Decision("Kunnanhallitus", date(2025, 9, 15), "45", "12/00.01/2025")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def facts(agreement):
    return [kept.fact for kept in facts_in_force(agreement)]


def by_link(link, party="luhanka"):
    return {"through": Through(Answer.Way.LINK, link), "by": Actor("link", party=party, label=party)}


def test_an_acceptance_proves_the_clause_on_the_day_of_the_decision(agreement):
    request = acceptance(agreement)
    answered(request, "luhanka", decision=DECIDED)
    assert states(agreement, "ryhma-hyvaksynta", "perhekeskus").count("fulfilled") == 1
    (fact,) = facts(agreement)
    assert '"on":"2025-09-15"' in fact
    assert '"section":"45"' in fact
    assert list(verify()) == []


def test_who_does_not_accept_proves_nothing(agreement):
    answered(acceptance(agreement), "luhanka", "not-accepted")
    assert facts(agreement) == []


def test_a_decision_counts_whatever_was_decided(agreement):
    request = sent(agreement, "decision", title="Sopimuksen jatkaminen", subject="renewal")
    answered(request, "luhanka", "rejected", decision=DECIDED)
    (fact,) = facts(agreement)
    assert '"fact":"decision-made"' in fact
    assert '"outcome":"rejected"' in fact


def test_a_correction_keeps_both_and_withdraws_what_the_first_proved(agreement):
    request = acceptance(agreement)
    first = answered(request, "luhanka", decision=DECIDED)
    second = answered(request, "luhanka", "not-accepted", version=1)
    first.refresh_from_db()
    assert (first.replaced_at is None, second.number) == (False, 2)
    assert facts(agreement) == []
    assert [each.outcome for each in asked(request, "luhanka").versions] == ["not-accepted", "accepted"]
    assert list(verify()) == []


def test_two_who_answer_at_once_learn_of_each_other(agreement):
    request = sent(agreement)
    answered(request, "luhanka", "stated", text="Ensin")
    with pytest.raises(Conflict) as both:
        answered(request, "luhanka", "stated", text="Toiseksi")
    assert "Ensin" in both.value.theirs
    assert "Toiseksi" in both.value.yours


def test_a_late_answer_is_kept_and_marked(agreement):
    request = acceptance(agreement)
    Request.objects.filter(pk=request.pk).update(deadline=in_days(-1))
    assert answered(request, "luhanka", decision=DECIDED).late
    assert states(agreement, "ryhma-hyvaksynta", "perhekeskus").count("fulfilled") == 1


def test_an_answer_after_the_closing_is_kept_and_marked(agreement):
    request = acceptance(agreement)
    close_request(request, summary="Kaikki kunnossa.", by=SYSTEM)
    assert answered(request, "luhanka").late


def test_what_was_taken_back_takes_no_answers_and_loses_none(agreement):
    request = acceptance(agreement)
    answered(request, "joutsa", decision=DECIDED)
    withdraw_request(request, reason="Väärä ryhmä.", by=SYSTEM)
    with pytest.raises(ValidationError, match="taken back: Väärä ryhmä"):
        answered(request, "luhanka")
    assert len(facts(agreement)) == 1


def test_a_draft_is_not_answered(agreement):
    request = drafted(agreement)
    request.asked.create(party=request.sender)
    with pytest.raises(ValidationError, match="has not been sent"):
        answered(request, request.sender.slug, "stated")


def test_only_who_acts_for_a_party_answers_for_it(agreement, small_municipality_clerk, city_clerk):
    request = sent(agreement)
    own = actor_for(small_municipality_clerk, asked(request, "luhanka").party)
    answered(request, "luhanka", "stated", by=own)
    with pytest.raises(NotAllowed):
        answered(request, "joutsa", "stated", by=own)
    with pytest.raises(NotAllowed):
        answered(request, "luhanka", "stated", by=actor_for(city_clerk), version=1)


def test_a_link_answers_for_its_own_party_alone(agreement):
    request = sent(agreement)
    link = link_to(request, "luhanka")
    made = answered(request, "luhanka", "stated", **by_link(link))
    assert (made.way, made.given_by) == ("link", "Liisa Luhankalainen")
    with pytest.raises(NotAllowed):
        answered(request, "joutsa", "stated", **by_link(link))


def test_a_revoked_link_does_nothing_any_more(agreement):
    request = sent(agreement)
    one = asked(request, "luhanka")
    revoke_link(one, by=SYSTEM)
    with pytest.raises(LinkRefused, match="cancelled"):
        answered(request, "luhanka", "stated", **by_link(one.link))
    newer = renew_link(asked(request, "luhanka"), by=SYSTEM)
    assert newer != one.link
    answered(request, "luhanka", "stated", **by_link(newer))


def test_an_expired_link_says_so_and_a_longer_deadline_opens_it_longer(agreement):
    request = sent(agreement)
    link = link_to(request, "luhanka")
    until = link.expires_at
    extend_deadline(request, deadline=request.deadline + timedelta(days=10), note="Kokous siirtyi.", by=SYSTEM)
    link.refresh_from_db()
    assert abs(link.expires_at - until - timedelta(days=10)) < timedelta(seconds=5)
    Link.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    with pytest.raises(LinkRefused, match="expired"):
        answered(request, "luhanka", "stated", **by_link(link))


def test_on_a_partys_behalf_who_asks_records_with_a_reference(agreement, regional_officer):
    request = sent(agreement)
    by = actor_for(regional_officer, request.sender)
    with pytest.raises(ValidationError) as refused:
        answered(request, "luhanka", "stated", through=RECORDED, by=by, decision=Decision())
    assert list(refused.value.message_dict) == ["organ"]
    assert answered(request, "luhanka", "stated", through=RECORDED, by=by, decision=DECIDED).way == "recorded"
    answered(request, "luhanka", "nothing", version=1)
    with pytest.raises(ValidationError, match="The party has answered itself"):
        answered(request, "luhanka", "stated", version=2, through=RECORDED, by=by, decision=DECIDED)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"outcome": "maybe"}, "outcome"),
        ({"decision": Decision(decided=today() + timedelta(days=1))}, "decided"),
        ({"decision": Decision(organ="x" * 121)}, "organ"),
        ({"replies": ("x" * 20_001,)}, "replies"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(agreement, more, field):
    request = sent(agreement, questions=("Miten?",))
    outcome = more.pop("outcome", "stated")
    with pytest.raises(ValidationError) as refused:
        answered(request, "luhanka", outcome, **more)
    assert list(refused.value.message_dict) == [field]
    assert not Answer.objects.exists()


def test_replies_stand_at_their_questions_and_files_come_along(agreement):
    request = sent(agreement, questions=("Miten?", "Milloin?"))
    file = keep_file(ContentFile(b"%PDF-1.4\n%%EOF", name="ote.pdf"))
    made = answered(request, "luhanka", "stated", replies=("Näin.",), files=[file])
    assert made.replies == ["Näin.", ""]
    assert [each.file.name for each in made.files.all()] == ["ote.pdf"]


def test_nobody_is_proposed_without_consent_and_none_without_a_seat(agreement, parties):
    request = nominations(agreement, parties)
    joutsas = Seat.objects.get(party=parties["joutsa"])
    cases = [
        ((), "Name at least one person"),
        ((nominee("Aino Aalto", consented=False),), "Aino Aalto has not consented"),
        (tuple(nominee(f"Eero{n} Eskola") for n in range(4)), "there are 3 seats for you"),
        ((nominee("Aino Aalto", role="deputy"),), "No deputies are asked for"),
        ((nominee("Aino Aalto"), nominee("Aino Aalto")), "named twice"),
        ((nominee("Aino Aalto", seat=joutsas),), "not one that this party"),
    ]
    for nominees, said in cases:
        with pytest.raises(ValidationError, match=said):
            answered(request, "luhanka", "nominated", nominees=nominees)
    assert not Person.objects.exists()
    made = answered(request, "luhanka", "nominated", nominees=(nominee("Aino Aalto", gender="woman"),))
    assert [str(each.person) for each in made.nominations.all()] == ["Aino Aalto"]
    again = answered(request, "luhanka", "nominated", nominees=(nominee("Aino Aalto"),), version=1)
    assert Person.objects.count() == 1, "found again by the address"
    assert again.number == 2


def test_a_request_is_not_sent_twice_nor_to_nobody_nor_too_late(agreement, parties, second_agreement):
    request = drafted(agreement)
    with pytest.raises(ValidationError, match="at least one party"):
        send_request(request, [], by=SYSTEM)
    stranger = second_agreement.parties.first()
    with pytest.raises(ValidationError, match="parties of this agreement"):
        send_request(request, [stranger], by=SYSTEM)
    Request.objects.filter(pk=request.pk).update(deadline=in_days(-1))
    with pytest.raises(ValidationError, match="deadline has passed"):
        send_request(request, list(parties.values()), by=SYSTEM)
    Request.objects.filter(pk=request.pk).update(deadline=in_days(1))
    send_request(request, list(parties.values()), by=SYSTEM)
    with pytest.raises(ValidationError, match="sent already"):
        send_request(request, list(parties.values()), by=SYSTEM)
    with pytest.raises(ValidationError, match="later moment"):
        extend_deadline(request, deadline=in_days(0.5), by=SYSTEM)

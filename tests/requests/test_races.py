"""Two at the same moment: one answer stands, a request goes out once, a letter and a reminder are posted once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from tests.bodies.groups import BOARD, TERM, accepted
from tests.journal.test_races import at_once
from tests.requests.asking import NoSteps, answered, asked, drafted, in_days, nominations, nominee, sent
from yhdyspinta.agreement import today
from yhdyspinta.agreement.days import HELSINKI
from yhdyspinta.bodies.models import Appointment, Membership
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.journal.queries import facts_in_force
from yhdyspinta.journal.verify import verify
from yhdyspinta.mail.models import Message
from yhdyspinta.parties.links import token_of
from yhdyspinta.parties.models import Link, Party
from yhdyspinta.parties.queries import parties_of
from yhdyspinta.requests.actions import (
    Agreed,
    agree_combination,
    appoint_nominees,
    close_request,
    renew_link,
    send_request,
    withdraw_request,
)
from yhdyspinta.requests.models import Answer, Asked, Combination, Reminder, Request, Step
from yhdyspinta.requests.posting import post_letters, post_receipt
from yhdyspinta.requests.reminding import remind
from yhdyspinta.tasks.models import Task

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("mail_works")]


class Attempts:
    """What became of those who tried at the same moment; a thread has no language of its own."""

    def __init__(self) -> None:
        self.made = 0
        self.conflicts: list[Conflict] = []
        self.refused: list[str] = []

    def __call__(self, act: Callable[[], object]) -> Callable[[], None]:
        def attempt() -> None:
            with translation.override("en"):
                try:
                    act()
                except Conflict as both:
                    self.conflicts.append(both)
                except ValidationError as error:
                    self.refused.append(str(error))
                else:
                    self.made += 1

        return attempt


class WhileItIsMade:
    """Work during which something happens, when the first letter of two has been posted."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act

    def step(self, done: int, _total: int) -> None:
        """Act after the first letter."""
        if done == 1:
            self._act()


@pytest.fixture
def attempts() -> Attempts:
    return Attempts()


def test_of_two_answers_for_one_party_at_once_one_stands_and_the_other_is_shown_both(
    agreement: Agreement, attempts: Attempts
):
    request = sent(agreement, "acceptance", title="Hyväksyminen", subject="perhekeskus", to=["luhanka", "joutsa"])
    before = Entry.objects.count()
    ways = {"Suostumme": "accepted", "Emme suostu": "not-accepted"}

    def answer(text: str, outcome: str) -> None:
        answered(_fresh(request), "luhanka", outcome, text=text)

    at_once(
        *[attempts(partial(answer, *way)) for way in ways.items()],
        attempts(lambda: answered(_fresh(request), "joutsa", text="Meidän puolesta")),
    )
    assert (attempts.made, attempts.refused) == (2, [])
    (both,) = attempts.conflicts
    (standing,) = Answer.objects.filter(asked__party__slug="luhanka")
    assert (standing.number, standing.replaced_at) == (1, None)
    assert standing.text in both.theirs, "who came second reads what stands"
    (mine,) = set(ways) - {standing.text}
    assert mine in both.yours, "and what they wrote is not lost"
    assert Answer.objects.get(asked__party__slug="joutsa").text == "Meidän puolesta"
    assert Entry.objects.count() == before + 2
    assert len(facts_in_force(agreement)) == 1 + (standing.outcome == "accepted")
    assert Task.objects.filter(work__endswith="post_receipt").count() == 2
    assert list(verify()) == []


def test_of_two_corrections_at_once_one_stands(agreement: Agreement, attempts: Attempts):
    request = sent(agreement, to=["luhanka"])
    answered(request, "luhanka", "nothing")
    at_once(*[attempts(lambda: answered(_fresh(request), "luhanka", "stated", version=1))] * 3)
    assert (attempts.made, len(attempts.conflicts)) == (1, 2)
    kept = [(each.number, each.outcome, each.replaced_at is None) for each in Answer.objects.order_by("number")]
    assert kept == [(1, "nothing", False), (2, "stated", True)]
    assert list(verify()) == []


def test_people_proposed_twice_at_once_are_added_once(
    agreement: Agreement, parties: dict[str, Party], attempts: Attempts
):
    request = nominations(agreement, parties)
    people = parties["luhanka"].organisation.people
    before = people.count()
    at_once(
        *[attempts(lambda: answered(_fresh(request), "luhanka", "nominated", nominees=(nominee("Aino Aalto"),)))] * 2
    )
    assert (attempts.made, len(attempts.conflicts)) == (1, 1)
    assert people.count() == before + 1
    assert list(verify()) == []


def test_an_answer_and_a_withdrawal_at_once_are_one_after_the_other(agreement: Agreement, attempts: Attempts):
    request = sent(agreement, to=["luhanka"])
    at_once(
        attempts(lambda: answered(_fresh(request), "luhanka", "stated")),
        attempts(lambda: withdraw_request(_fresh(request), reason="Virhe.", by=SYSTEM)),
    )
    assert Request.objects.get().state == Request.State.WITHDRAWN
    assert Answer.objects.count() + len(attempts.refused) == 1
    assert all("taken back" in each for each in attempts.refused)
    assert list(verify()) == []


def test_a_request_sent_twice_at_once_goes_out_once(agreement: Agreement, attempts: Attempts):
    request = drafted(agreement)
    chosen = list(parties_of(agreement))
    at_once(*[attempts(lambda: send_request(_fresh(request), chosen, by=SYSTEM))] * 3)
    assert attempts.made == 1
    assert len(attempts.refused) == 2
    assert all("sent already" in each for each in attempts.refused)
    assert Asked.objects.count() == 24
    assert Link.objects.count() == 24
    assert Step.objects.filter(kind="sent").count() == 1
    assert Task.objects.count() == 1
    assert Entry.objects.filter(verb="send-request").count() == 1
    assert list(verify()) == []


def test_a_request_closed_and_taken_back_at_once_is_one_of_them(agreement: Agreement, attempts: Attempts):
    request = sent(agreement, to=["luhanka"])
    at_once(
        attempts(lambda: close_request(_fresh(request), summary="Valmis.", by=SYSTEM)),
        attempts(lambda: withdraw_request(_fresh(request), reason="Virhe.", by=SYSTEM)),
    )
    assert (attempts.made, len(attempts.refused)) == (1, 1)
    assert Step.objects.filter(kind__in=["closed", "withdrawn"]).count() == 1
    assert list(verify()) == []


def test_two_workers_post_each_letter_and_each_receipt_once(agreement: Agreement, registries: dict[str, Party]):
    request = sent(agreement, to=["luhanka", "joutsa"])
    at_once(*[lambda: post_letters(NoSteps(), request=request.pk)] * 2)
    assert sorted(Message.objects.values_list("to_address", flat=True)) == [
        "kirjaamo@joutsa.example",
        "kirjaamo@luhanka.example",
    ]
    assert not Asked.objects.filter(posted_at__isnull=True).exists()
    answer = answered(request, "luhanka", "stated")
    at_once(*[lambda: post_receipt(NoSteps(), answer=answer.pk)] * 2)
    assert Message.objects.filter(kind="receipt").count() == 1


def test_a_link_renewed_while_the_letters_are_made_is_the_one_that_goes_out(
    agreement: Agreement, registries: dict[str, Party]
):
    request = sent(agreement, to=["luhanka", "joutsa"])
    last = list(request.asked.order_by("party__order").values_list("party__slug", flat=True))[1]
    post_letters(WhileItIsMade(lambda: renew_link(asked(request, last), by=SYSTEM)), request=request.pk)
    message = Message.objects.get(to_address=f"kirjaamo@{last}.example")
    link = asked(request, last).link
    assert link is not None
    assert link.is_open()
    assert token_of(link) in message.text, "the letter with the closed link would answer nothing"


def test_a_request_taken_back_while_its_letters_are_made_posts_no_more_of_them(
    agreement: Agreement, registries: dict[str, Party]
):
    request = sent(agreement, to=["luhanka", "joutsa"])
    take_back = WhileItIsMade(lambda: withdraw_request(_fresh(request), reason="Virhe.", by=SYSTEM))
    post_letters(take_back, request=request.pk)
    assert Message.objects.count() == 1
    assert Asked.objects.filter(posted_at__isnull=True).count() == 1


def test_two_workers_remind_a_party_once(agreement: Agreement, registries: dict[str, Party]):
    _posted_yesterday(agreement, "luhanka", "joutsa")
    said: list[str] = []
    at_once(*[lambda: said.append(remind(_morning()))] * 4)
    assert Message.objects.filter(kind="reminder").count() == 2
    assert Reminder.objects.count() == 2
    assert Link.objects.filter(purpose="party-requests").count() == 2
    assert sum(int(each.split()[0]) for each in said if each) == 2


def test_a_party_that_answers_at_the_moment_of_a_reminder_gets_it_before_or_not_at_all(
    agreement: Agreement, registries: dict[str, Party], attempts: Attempts
):
    request = _posted_yesterday(agreement, "luhanka")
    at_once(lambda: remind(_morning()), attempts(lambda: answered(_fresh(request), "luhanka", "stated")))
    assert attempts.made == 1
    answer = Answer.objects.get()
    assert all(
        each.made_at <= answer.given_at + timedelta(seconds=1) for each in Message.objects.filter(kind="reminder")
    )
    assert remind(_morning() + timedelta(days=29)) == ""
    assert list(verify()) == []


def test_of_two_combinations_agreed_at_once_one_stands(
    agreement: Agreement, parties: dict[str, Party], attempts: Attempts
):
    request, agreed = _agreed(agreement, parties)
    at_once(*[attempts(lambda: agree_combination(_fresh(request), agreed, version=0, by=SYSTEM))] * 2)
    assert (attempts.made, len(attempts.conflicts)) == (1, 1)
    assert Combination.objects.count() == 1
    assert list(verify()) == []


def test_a_combination_appointed_twice_at_once_is_one_appointment(
    agreement: Agreement, parties: dict[str, Party], attempts: Attempts
):
    request, agreed = _agreed(agreement, parties)
    made = agree_combination(request, agreed, version=0, by=SYSTEM)

    def appoint() -> None:
        fresh = Combination.objects.select_related("request__agreement").get(pk=made.pk)
        appoint_nominees(fresh, decision=BOARD, first_day=TERM, by=SYSTEM)

    at_once(*[attempts(appoint)] * 2)
    assert (attempts.made, len(attempts.refused)) == (1, 1)
    assert "appointed already" in attempts.refused[0]
    assert (Appointment.objects.count(), Membership.objects.count()) == (1, 1)
    assert list(verify()) == []


def _fresh(request: Request) -> Request:
    """The request as another process has it."""
    return Request.objects.select_related("agreement", "sender__organisation", "proposal").get(pk=request.pk)


def _morning() -> datetime:
    return datetime.combine(today(), time(9), HELSINKI)


def _posted_yesterday(agreement: Agreement, *to: str) -> Request:
    """A request that is worth a reminder today."""
    request = sent(agreement, to=to, deadline=in_days(30))
    request.asked.update(posted_at=timezone.now() - timedelta(days=1))
    return request


def _agreed(agreement: Agreement, parties: dict[str, Party]) -> tuple[Request, Agreed]:
    """A group that all have accepted, and what may be agreed on about it."""
    request = nominations(agreement, parties)
    accepted(agreement, "perhekeskus", parties)
    made = answered(request, "luhanka", "nominated", nominees=(nominee("Aino Aalto"),))
    (nomination,) = made.nominations.all()
    return request, Agreed(((nomination, None),), today(), "Kuntajohtajakokous", "Yksi ehdokas.")

"""Reminders are seldom and bundled: one mail for everything that waits, in the recipient's language (DESIGN §4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone, translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.requests.asking import NoSteps, answered, asked, sent
from yhdyspinta.agreement import today
from yhdyspinta.agreement.days import HELSINKI
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.mail.models import Message
from yhdyspinta.parties.models import Account, Link, Organisation
from yhdyspinta.requests.actions import close_request, extend_deadline, renew_link, withdraw_request
from yhdyspinta.requests.letters import moment_words
from yhdyspinta.requests.models import Asked, Reminded, Reminder, Request
from yhdyspinta.requests.posting import post_letters
from yhdyspinta.requests.reminding import Waiting, days_of, is_due, remind

WEEK = 7
SIMULATED = 365


def day(number: int) -> date:
    """A day of the simulated year."""
    return date(2026, 1, 1) + timedelta(number)


def at(days: float, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in Finland, so many days from today."""
    return datetime.combine(today() + timedelta(days), time(hour, minute), HELSINKI)


def posted(agreement, *, due: int, ago: int = 0, to: Iterable[str] = ("luhanka",), **more) -> Request:
    """A request that is due in so many days, and whose letters were posted so many days ago."""
    request = sent(agreement, to=to, deadline=at(due, 16), **more)
    request.asked.update(posted_at=at(-ago))
    return request


def days_of_mail(first: int, last: int) -> list[int]:
    """Let the clock run from one day to another, three times a day; say on which days it mailed."""
    days = []
    for number in range(first, last + 1):
        before = Message.objects.count()
        for hour in (0, 7, 15):
            remind(at(number, hour))
        days += [number] * (Message.objects.count() - before)
    return days


def newest() -> Message:
    return Message.objects.filter(kind="reminder").latest("pk")


def address_in(message: Message) -> str:
    found = re.search(r"https?://[^/\s]+(/\S*vastattavat/\S+)", message.text)
    assert found
    return found[1]


# The days, and the rule: pure


def test_a_request_is_worth_a_reminder_before_its_deadline_and_ever_more_seldom_after_it():
    deadline = day(100)
    numbers = [(each - deadline).days for each in days_of(deadline, deadline + timedelta(100))]
    assert numbers == [-30, -7, -1, 1, 7, 30, 60, 90]
    assert days_of(deadline, deadline - timedelta(31)) == []
    assert [(each - deadline).days for each in days_of(deadline, deadline + timedelta(1))] == [-30, -7, -1, 1]


@pytest.mark.parametrize(
    ("deadline", "told_on", "last_mail", "due"),
    [
        (30, -5, None, True),  # thirty days before
        (31, -5, None, False),
        (29, -5, None, True),  # nobody was there yesterday
        (29, -1, None, False),  # the letter came after that day
        (30, 0, None, False),  # and here on it
        (7, -20, -7, True),
        (7, -6, -6, False),  # six days after the last mail
        (1, -6, -6, True),  # unless it is due tomorrow
        (1, -1, -1, True),
        (1, 0, 0, False),  # told today
        (0, -1, -1, False),  # the day itself is none
        (-1, -10, -10, True),
        (-1, -2, -2, False),  # told that it was due tomorrow: the day after waits for the week
        (-6, -7, -7, True),
        (-6, -4, -7, False),  # told in between of this one
        (-30, -23, -23, True),
        (-31, -1, -1, False),
        (-60, -30, -30, True),
    ],
)
def test_what_is_due_on_a_day(deadline, told_on, last_mail, due):
    waiting = [Waiting(day(100 + deadline), day(100 + told_on))]
    assert is_due(waiting, day(100), None if last_mail is None else day(100 + last_mail)) is due


def test_nothing_that_waits_is_no_mail():
    assert not is_due([], day(100), None)


def test_something_old_does_not_go_along_with_what_is_due_tomorrow_of_another_week():
    told_of = Waiting(day(101), day(99))  # due tomorrow, and told the day before yesterday
    assert is_due([told_of], day(100), day(99))
    assert not is_due([Waiting(day(101), day(100))], day(100), day(99)), "its letter came today"


# The laws, over a year


@dataclass(frozen=True)
class Simulated:
    """A request of a simulated year: the days on which its letter came, it is due, and it was answered, if it was."""

    sent: int
    deadline: int
    answered: int | None

    def waits(self, on: int) -> bool:
        return self.sent <= on and (self.answered is None or on < self.answered)

    @property
    def thresholds(self) -> list[int]:
        """The days after its letter, counted here by themselves, until a good while after the year."""
        after = [*(-30, -7, -1, 1, 7), *range(30, SIMULATED, 30)]
        return [self.deadline + number for number in after if self.deadline + number > self.sent]


simulated = st.builds(
    lambda sent, lasts, answered: Simulated(sent, sent + lasts, None if answered is None else sent + answered),
    sent=st.integers(0, 300),
    lasts=st.integers(1, 120),
    answered=st.none() | st.integers(0, 200),
)
years = st.lists(simulated, max_size=8)
FULL_YEAR = [Simulated(5 * number, 5 * number + 40, None) for number in range(8)]


def mails_of(year: list[Simulated]) -> list[int]:
    """Let the clock run through a year; a mail tells of everything that waits."""
    mails: list[int] = []
    told: dict[int, int] = {}
    for now in range(SIMULATED):
        waiting = [number for number, each in enumerate(year) if each.waits(now)]
        rows = [
            Waiting(day(year[number].deadline), day(max(told.get(number, 0), year[number].sent))) for number in waiting
        ]
        for _again in range(2):  # the clock beats each minute
            if is_due(rows, day(now), day(mails[-1]) if mails else None):
                mails.append(now)
                told |= dict.fromkeys(waiting, now)
    return mails


@settings(deadline=None)
@given(years)
@example(FULL_YEAR)
def test_two_mails_are_a_week_apart_unless_something_is_due_tomorrow(year):
    mails = mails_of(year)
    for before, mail in pairwise(mails):
        due_tomorrow = any(each.deadline == mail + 1 and each.waits(mail) and each.sent < mail for each in year)
        assert mail - before >= WEEK or (mail > before and due_tomorrow), (before, mail)


@settings(deadline=None)
@given(years)
@example(FULL_YEAR)
def test_every_day_that_is_worth_a_reminder_gets_one_within_a_week_unless_answered_first(year):
    mails = mails_of(year)
    for each in year:
        for threshold in each.thresholds:
            week = range(threshold, threshold + WEEK)
            if week[-1] < SIMULATED and each.waits(week[-1]):
                assert any(mail in week for mail in mails), (each, threshold)


@settings(deadline=None)
@given(years)
@example(FULL_YEAR)
def test_what_is_due_tomorrow_is_always_told_today(year):
    mails = mails_of(year)
    for each in year:
        eve = each.deadline - 1
        if each.sent < eve < SIMULATED and each.waits(eve):
            assert eve in mails, each


@settings(deadline=None)
@given(years)
@example(FULL_YEAR)
def test_no_mail_goes_when_nothing_came_up_since_the_last_one(year):
    mails = mails_of(year)
    for number, mail in enumerate(mails):
        before = mails[number - 1] if number else -1
        came_up = [
            threshold
            for each in year
            if each.waits(mail)
            for threshold in each.thresholds
            if threshold > (before if each.waits(before) else each.sent)
        ]
        assert min(came_up, default=SIMULATED) <= mail, mail


@settings(deadline=None)
@given(years)
def test_who_answers_everything_at_once_hears_nothing(year):
    assert (
        mails_of(
            [Simulated(each.sent, each.deadline, each.sent + 1) for each in year if each.deadline > each.sent + 31]
        )
        == []
    )


# The mails


@pytest.fixture
def _post(mail_works):
    """Nearly every test here is of an installation that sends mail."""


rooms = [pytest.mark.django_db, pytest.mark.usefixtures("_post")]


class TestMails:
    """What the clock mails to the parties."""

    pytestmark = rooms

    def test_one_request_is_followed_through_the_months(self, agreement, registries):
        posted(agreement, due=60)
        assert days_of_mail(0, 125) == [30, 53, 59, 66, 73, 90, 120]
        assert days_of_mail(145, 155) == [150]
        assert set(Message.objects.values_list("to_address", "kind")) == {("kirjaamo@luhanka.example", "reminder")}
        assert Reminder.objects.count() == 8

    def test_several_requests_are_bundled_and_each_mail_tells_of_everything_that_waits(self, agreement, registries):
        first = posted(agreement, due=40, title="Ensimmäinen")
        second = posted(agreement, due=43, title="Toinen")
        third = posted(agreement, due=46, title="Kolmas")
        # 10: thirty days before the first; 17: before the others; 33 … 39: a week before them all, on one day or two
        assert days_of_mail(0, 38) == [10, 17, 33]
        told = list(Reminded.objects.order_by("reminder__day", "pk").values_list("reminder__day", "asked__request"))
        assert told == [(at(number).date(), each.pk) for number in (10, 17, 33) for each in (first, second, third)]
        message = newest()
        assert [message.text.index(title) for title in ("Ensimmäinen", "Toinen", "Kolmas")] == sorted(
            message.text.index(title) for title in ("Ensimmäinen", "Toinen", "Kolmas")
        )
        answered(first, "luhanka", "stated")
        assert days_of_mail(39, 46) == [40, 42, 45]
        assert "Ensimmäinen" not in newest().text
        assert "Toinen" in newest().text
        assert "Kolmas" in newest().text
        assert days_of_mail(42, 46) == [], "nothing twice"

    def test_what_is_due_tomorrow_breaks_the_week_and_says_so(self, agreement, registries):
        posted(agreement, due=37)
        posted(agreement, due=12)
        assert days_of_mail(0, 10) == [5]
        assert "Due tomorrow" not in newest().subject
        Organisation.objects.filter(pk=registries["luhanka"].organisation_id).update(languages=["en"])
        assert days_of_mail(11, 11) == [11]
        assert newest().subject.startswith("Due tomorrow: 2 requests")

    def test_deadline_that_has_passed_is_said_so(self, agreement, registries):
        Organisation.objects.filter(pk=registries["luhanka"].organisation_id).update(languages=["en"])
        posted(agreement, due=2, ago=40, title="Mennyt")
        remind(at(3))
        assert re.search(r"Mennyt: .*the deadline has passed", newest().text)

    def test_each_party_has_its_own_pace(self, agreement, registries):
        posted(agreement, due=40, to=["luhanka", "joutsa"])
        posted(agreement, due=35, to=["joutsa"])
        assert remind(at(5)) == "1 parties reminded"
        assert newest().to_address == "kirjaamo@joutsa.example"
        assert remind(at(10)) == "1 parties reminded"
        assert newest().to_address == "kirjaamo@luhanka.example"
        assert remind(at(12)) == "1 parties reminded"
        assert newest().to_address == "kirjaamo@joutsa.example"

    def test_one_who_has_answered_is_left_in_peace_and_the_others_are_not(self, agreement, registries):
        request = posted(agreement, due=30, ago=1, to=["luhanka", "joutsa"])
        answered(request, "luhanka", "stated")
        answered(request, "luhanka", "nothing", version=1)
        assert remind(at(0)) == "1 parties reminded"
        assert newest().to_address == "kirjaamo@joutsa.example"

    def test_nobody_is_mailed_of_what_is_closed_taken_back_or_not_posted_yet(self, agreement, registries):
        posted(agreement, due=30, ago=1, title="Avoin")
        closed = posted(agreement, due=30, ago=1, title="Suljettu")
        close_request(closed, summary="Valmis.", by=SYSTEM)
        withdraw_request(posted(agreement, due=30, ago=1, title="Peruttu"), reason="Virhe.", by=SYSTEM)
        unposted = posted(agreement, due=30, title="Matkalla")
        unposted.asked.update(posted_at=None)
        remind(at(0))
        assert [title for title in ("Avoin", "Suljettu", "Peruttu", "Matkalla") if title in newest().text] == ["Avoin"]
        withdraw_request(Request.objects.get(title="Avoin"), reason="Virhe.", by=SYSTEM)
        assert days_of_mail(1, 60) == []

    def test_nothing_goes_before_seven_in_the_morning(self, agreement, registries):
        posted(agreement, due=30, ago=1)
        assert remind(at(0, 6, 59)) == ""
        assert remind(at(0, 0)) == ""
        assert remind(at(0, 7)) == "1 parties reminded"

    @pytest.mark.parametrize(("month", "hour"), [(1, 5), (7, 4)])
    def test_seven_in_the_morning_is_that_of_finland_in_summer_and_in_winter(self, agreement, registries, month, hour):
        posted(agreement, due=30, ago=1)
        morning = datetime(today().year + 1, month, 15, hour, tzinfo=timezone.get_fixed_timezone(0))
        assert remind(morning - timedelta(minutes=1)) == ""
        assert remind(morning) == "1 parties reminded"

    def test_installation_without_a_mail_server_reminds_when_it_has_one(self, agreement, registries, settings):
        settings.MAIL_WORKS = False
        posted(agreement, due=40)
        assert days_of_mail(0, 20) == []
        assert not Reminder.objects.exists()
        settings.MAIL_WORKS = True
        assert days_of_mail(20, 50) == [20, 33, 39, 46]

    def test_clock_that_stood_still_sends_one_mail_for_all_it_missed(self, agreement, registries):
        posted(agreement, due=40)
        assert days_of_mail(80, 99) == [80]

    def test_deadline_that_was_extended_is_counted_anew(self, agreement, registries):
        request = posted(agreement, due=8)
        assert days_of_mail(0, 6) == [1]
        extend_deadline(request, deadline=at(50, 16), by=SYSTEM)
        assert days_of_mail(7, 57) == [20, 43, 49, 56]

    def test_letter_posted_again_is_told_by_that(self, agreement, registries):
        request = posted(agreement, due=30, ago=1)
        renew_link(asked(request, "luhanka"), by=SYSTEM)
        assert remind(at(0)) == "", "it is on its way"
        post_letters(NoSteps(), request=request.pk)
        assert remind(at(0)) == "", "it came today"

    def test_link_in_the_mail_opens_all_that_waits_and_takes_an_answer(self, agreement, registries, client):
        waits = posted(agreement, due=30, ago=1, title="Lausunto A")
        done = posted(agreement, due=50, title="Lausunto B")
        posted(agreement, due=60, title="Vain Joutsalle", to=["joutsa"])
        remind(at(0))
        answered(done, "luhanka", "stated")
        page = client.get(address_in(newest()))
        assert page.status_code == 200
        said = page.content.decode()
        assert "Lausunto A" in said
        assert "Lausunto B" not in said
        assert "Vain Joutsalle" not in said
        opened = client.get(f"{address_in(newest())}{asked(waits, 'luhanka').pk}/")
        assert opened.status_code == 200
        assert "Lausunto A" in opened.content.decode()

    def test_link_lasts_until_the_next_mail_and_is_a_secret(self, agreement, registries, client):
        posted(agreement, due=30, ago=1)
        remind(at(0))
        first = newest()
        assert first.secret
        assert Link.objects.get(purpose="party-requests").is_open(timezone.now() + timedelta(days=59))
        Link.objects.filter(purpose="party-requests").update(expires_at=timezone.now() + timedelta(days=29))
        remind(at(23))
        assert address_in(newest()) != address_in(first), "the old one would end before the next mail may come"
        Link.objects.filter(purpose="party-requests").update(revoked_at=timezone.now())
        remind(at(31))
        assert client.get(address_in(newest())).status_code == 200

    @pytest.mark.parametrize(("language", "begins"), [("fi", "/vastattavat/"), ("sv", "/sv/"), ("en", "/en/")])
    def test_mail_is_in_the_recipients_language(self, agreement, registries, client, language, begins):
        party = registries["luhanka"]
        Organisation.objects.filter(pk=party.organisation_id).update(languages=[language])
        request = posted(agreement, due=30, ago=1)
        remind(at(0))
        message = newest()
        assert message.language == language
        assert message.to_name == party.organisation.called(language)
        assert address_in(message).startswith(begins)
        with translation.override(language):
            assert moment_words(request.deadline) in message.text
        assert f'lang="{language}"' in client.get(address_in(message)).content.decode()

    def test_party_without_registry_is_reminded_at_its_administrators_each_in_their_language(
        self, agreement, small_municipality_clerk
    ):
        Account.objects.filter(pk=small_municipality_clerk.pk).update(language="sv")
        posted(agreement, due=30, ago=1)
        assert remind(at(0)) == "1 parties reminded"
        message = newest()
        assert (message.to_address, message.language) == (small_municipality_clerk.email, "sv")

    def test_party_without_any_address_is_reminded_when_it_has_one(self, agreement, parties):
        posted(agreement, due=60)
        assert days_of_mail(0, 40) == []
        assert not Reminder.objects.exists(), "nobody was reminded"
        Organisation.objects.filter(pk=parties["luhanka"].organisation_id).update(
            registry_email="kirjaamo@luhanka.example"
        )
        assert days_of_mail(41, 60) == [41, 53, 59]

    def test_nothing_to_do_costs_one_query_and_a_party_that_waits_two_more(
        self, agreement, registries, django_assert_num_queries
    ):
        with django_assert_num_queries(1):
            remind(at(0))
        for _each in range(3):
            posted(agreement, due=60, to=["luhanka", "joutsa"])
        with django_assert_num_queries(5):
            remind(at(0))
        remind(at(30))
        assert Asked.objects.filter(reminded__isnull=False).count() == 6
        with django_assert_num_queries(1):
            remind(at(30, 10))

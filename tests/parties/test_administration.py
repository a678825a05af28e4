"""What an administrator of the installation looks after, and nobody else learns of."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.parties.members import given_person
from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties import actions
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.models import Account, Look, PartyAdministrator
from yhdyspinta.parties.queries import administrators_of, party_or_404
from yhdyspinta.parties.standing import standing_of

SignedIn = Callable[[Account], Client]
LISTS = ("tilit", "paakayttajat", "postit", "katselut")


@pytest.fixture
def keeper(administrator: Account, signed_in: SignedIn) -> Client:
    return signed_in(administrator)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def names(response: Any) -> str:
    """Return the list alone: the header greets the administrator."""
    return text(response).partition("Show all")[2]


@pytest.mark.parametrize("path", ["", *(f"{each}/" for each in LISTS), *(f"{each}.csv" for each in LISTS)])
def test_administration_is_for_administrators_of_the_installation(
    path: str, client: Client, city_clerk: Account, outsider: Account, keeper: Client, signed_in: SignedIn
):
    assert client.get(f"/yllapito/{path}").status_code == 302
    assert signed_in(city_clerk).get(f"/yllapito/{path}").status_code == 404
    assert signed_in(outsider).get(f"/yllapito/{path}").status_code == 404
    assert keeper.get(f"/yllapito/{path}").status_code == 200


def test_administration_counts_what_there_is(keeper: Client, city_clerk: Account):
    shown = text(keeper.get("/en/yllapito/"))
    assert "2 accounts that may sign in" in shown
    assert "23 parties have no administrator yet" in shown
    assert "keski-suomi-2023" in shown


# Accounts


def test_accounts_are_found_by_name_and_by_what_they_are(
    keeper: Client, city_clerk: Account, outsider: Account, agreement: Agreement
):
    given_person(party_or_404(agreement, "joutsa"), outsider)
    actions.close_account(outsider, by=SYSTEM)
    shown = names(keeper.get("/en/yllapito/tilit/?haku=jaana"))
    assert "Jaana Jyväskyläläinen" in shown
    assert "administrator: City of Jyväskylä" in shown
    assert "Olli" not in shown
    closed = names(keeper.get("/en/yllapito/tilit/?tila=closed"))
    assert "Olli Ulkopuolinen" in closed
    assert "Municipality of Joutsa" in closed
    assert "Jaana" not in closed
    assert "No account fits" in text(keeper.get("/en/yllapito/tilit/?haku=eiketaan"))
    assert "Olli" in names(keeper.get("/en/yllapito/tilit/?tila=hassu&haku=olli"))


def test_accounts_as_files_have_what_the_list_has(keeper: Client, city_clerk: Account):
    lines = keeper.get("/en/yllapito/tilit.csv?haku=jaana").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Name;E-mail;Language;Made")
    assert lines[1].startswith("Jaana Jyväskyläläinen;kaupunginsihteeri@example.org;fi;")
    assert lines[1].endswith(";no;yes;City of Jyväskylä;")
    assert len(lines) == 2
    assert keeper.get("/yllapito/tilit.xlsx").content[:2] == b"PK"


def test_account_is_closed_after_asking(keeper: Client, outsider: Account, administrator: Account):
    at = f"/en/yllapito/tilit/{outsider.pk}/sulje/"
    assert "Nobody signs in to a closed account" in text(keeper.get(at))
    assert Account.objects.get(pk=outsider.pk).is_active
    assert keeper.post(at).status_code == 302
    assert not Account.objects.get(pk=outsider.pk).is_active
    last = keeper.post(f"/en/yllapito/tilit/{administrator.pk}/sulje/")
    assert last.status_code == 422
    assert "Nobody else administers the installation" in text(last)


# Who administers which party


def test_administrator_of_a_party_is_appointed_and_ended(keeper: Client, outsider: Account, agreement: Agreement):
    party = party_or_404(agreement, "luhanka")
    at = f"/en/yllapito/paakayttajat/{party.pk}/nimea/"
    assert keeper.get(at).status_code == 200
    assert keeper.post(at, {"account": "Ulkopuolinen@Example.org"}).status_code == 302
    [row] = administrators_of(party)
    assert (row.account, row.valid_from, row.valid_to) == (outsider, today(), None)
    assert "Olli Ulkopuolinen" in text(keeper.get("/en/yllapito/paakayttajat/?haku=luhanka"))
    assert keeper.get(f"/yllapito/paakayttajat/{row.pk}/paata/").status_code == 405
    assert keeper.post(f"/yllapito/paakayttajat/{row.pk}/paata/").status_code == 302
    assert not administrators_of(party).exists()


@pytest.mark.parametrize("days", [1, 200])
def test_who_administers_a_party_no_more_is_not_ended_anew(
    keeper: Client, outsider: Account, agreement: Agreement, days: int
):
    ended = today() - timedelta(days=days)
    party = party_or_404(agreement, "luhanka")
    row = PartyAdministrator.objects.create(
        account=outsider, party=party, valid_from=ended - timedelta(days=9), valid_to=ended
    )
    answer = keeper.post(f"/en/yllapito/paakayttajat/{row.pk}/paata/", follow=True)
    assert answer.redirect_chain == [("/en/yllapito/paakayttajat/", 302)]
    day = f"{ended.day}.{ended.month}.{ended.year}"
    assert f"Olli Ulkopuolinen administers the party only until {day} as it is." in text(answer)
    row.refresh_from_db()
    assert row.valid_to == ended
    assert not Entry.objects.filter(verb="end-party-administrator").exists()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"account": ""}, "Write the address of somebody's account."),
        ({"account": "eiketaan@example.org"}, "There is no account of eiketaan@example.org. Invite them"),
        ({"account": "ulkopuolinen@example.org", "valid_from": "31.2.2026"}, "“31.2.2026” is not a date."),
        ({"account": "kirjaamo@example.org"}, "Liisa Luhankalainen administers the party already."),
        (
            {"account": "ulkopuolinen@example.org", "valid_from": "2.2.2026", "valid_to": "1.2.2026"},
            "The last day is before the first.",
        ),
    ],
)
def test_appointing_says_what_is_wrong(
    said: dict[str, str],
    message: str,
    keeper: Client,
    outsider: Account,
    small_municipality_clerk: Account,
    agreement: Agreement,
):
    party = party_or_404(agreement, "luhanka")
    answer = keeper.post(f"/en/yllapito/paakayttajat/{party.pk}/nimea/", said)
    assert answer.status_code == 422
    assert message.replace("'", "&#x27;") in answer.content.decode()
    assert PartyAdministrator.objects.count() == 1


def test_parties_without_an_administrator_have_a_line_in_the_file(keeper: Client, city_clerk: Account):
    lines = keeper.get("/en/yllapito/paakayttajat.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 25
    assert "keski-suomi-2023;Municipality of Luhanka;;;;" in lines
    assert "keski-suomi-2023;City of Jyväskylä;Jaana Jyväskyläläinen;kaupunginsihteeri@example.org;1.1.2023;" in lines


# Mail


@pytest.fixture
def posted(db: None, settings: Any) -> list[Message]:
    """A code that nobody else may read, and a message that was given up."""
    settings.MAIL_WORKS = True
    to = Recipient("liisa@example.org", "Liisa", "en")
    code = {"code": "123456", "name": "Liisa", "minutes": 3}
    change = {"name": "Liisa", "party": "Luhanka", "address": "https://example.org/x"}
    secret = post_mail(to=to, template="login-code", context=code, kind="sign-in", secret=True)
    failed = post_mail(to=Recipient("joku@example.org"), template="confirm", context=change, kind="confirm")
    assert secret
    assert failed
    Message.objects.filter(pk=failed.pk).update(due_at=None, given_up_at=timezone.now(), last_error="550 no such user")
    return [secret, failed]


def test_outbox_shows_no_secret_text(keeper: Client, posted: list[Message]):
    shown = keeper.get("/en/yllapito/postit/").content.decode()
    assert "123456" not in shown
    assert "The text is for its reader alone." in shown
    assert "https://example.org/x" in shown
    assert "123456" not in keeper.get("/en/yllapito/postit.csv").content.decode()


def test_outbox_is_narrowed_by_state_kind_and_address(keeper: Client, posted: list[Message]):
    failed = names(keeper.get("/en/yllapito/postit/?tila=given-up"))
    assert "550 no such user" in failed
    assert "liisa@example.org" not in failed
    assert "joku@example.org" not in names(keeper.get("/en/yllapito/postit/?laji=sign-in"))
    assert "No message fits" in text(keeper.get("/en/yllapito/postit/?haku=muu"))


# The log of looks


@pytest.fixture
def looked(agreement: Agreement, city_clerk: Account) -> Look:
    """Jyväskylä's clerk was shown two of Luhanka's people yesterday."""
    luhanka = party_or_404(agreement, "luhanka").organisation
    people = [actions.add_person(luhanka, name=name, by=SYSTEM).pk for name in ("Yksi", "Kaksi")]
    note_look(standing_of(city_clerk, agreement), what="people:luhanka", people=people, organisation=luhanka)
    look = Look.objects.get()
    look.at = timezone.now() - timedelta(days=1)
    look.save()
    return look


def test_looks_tell_who_saw_whose_people(keeper: Client, looked: Look):
    shown = text(keeper.get("/en/yllapito/katselut/"))
    assert "Jaana Jyväskyläläinen" in shown
    assert "People of a party: Municipality of Luhanka Municipality of Luhanka 2" in shown
    lines = keeper.get("/en/yllapito/katselut.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].endswith(";People of a party: Municipality of Luhanka;Municipality of Luhanka;2")


def test_looks_are_narrowed_by_day_reader_and_organisation(keeper: Client, looked: Look):
    yesterday = today() - timedelta(days=1)
    here = f"/en/yllapito/katselut/?organisaatio={looked.organisation_id}&haku=jaana"
    assert "People of a party" in names(
        keeper.get(f"{here}&alkaen={yesterday.isoformat()}&asti={yesterday.isoformat()}")
    )
    assert "No look fits" in text(keeper.get(f"{here}&alkaen={today().isoformat()}"))
    assert "No look fits" in text(keeper.get(f"/en/yllapito/katselut/?asti={(yesterday - timedelta(1)).isoformat()}"))
    assert "No look fits" in text(keeper.get("/en/yllapito/katselut/?haku=eiketaan"))
    assert "is not a date" in text(keeper.get("/en/yllapito/katselut/?alkaen=31.2.2026"))


@pytest.mark.postgres  # expressions are sought in each database's own way
def test_looks_are_found_by_the_words_that_the_page_shows(keeper: Client, looked: Look, agreement: Agreement):
    theme = Look.objects.create(account=looked.account, what="theme:hyte.vcf", people=[1])
    table = Look.objects.create(account=looked.account, what="people-table:3", people=[1])

    def found(search: str) -> list[int]:
        return [look.pk for look in keeper.get("/en/yllapito/katselut/", {"haku": search}).context["page"]]

    assert found("people OF a party") == [looked.pk]
    assert found("people") == [table.pk, looked.pk]
    assert found("health and wellbeing") == [theme.pk]
    assert found("hyte") == [theme.pk]
    assert found("(") == []


# What the lists cost


@pytest.mark.parametrize(("path", "cost"), [("tilit", 6), ("paakayttajat", 6), ("postit", 4), ("katselut", 7)])
def test_lists_cost_as_much_for_one_as_for_three(
    path: str,
    cost: int,
    keeper: Client,
    looked: Look,
    posted: list[Message],
    agreement: Agreement,
    outsider: Account,
    django_assert_num_queries: Any,
):
    at = f"/yllapito/{path}/"
    with django_assert_num_queries(cost):
        keeper.get(at)
    for slug in ("joutsa", "toivakka"):
        party = party_or_404(agreement, slug)
        actions.appoint_party_administrator(party, account=outsider, by=SYSTEM)
        person = given_person(party, outsider)
        note_look(standing_of(outsider, agreement), what="x", people=[person.pk], organisation=party.organisation)
        code = {"code": "1", "name": "A", "minutes": 3}
        post_mail(to=Recipient(f"{slug}@example.org"), template="login-code", context=code, kind="sign-in")
    with django_assert_num_queries(cost):
        keeper.get(at)

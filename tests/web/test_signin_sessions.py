from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import PASSWORD
from yhdyspinta.web.signin.browsers import browser_of

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def browser(account, agent=FIREFOX):
    client = Client(headers={"user-agent": agent})
    client.post("/kirjaudu/", {"login": account.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client


def shown(client):
    return client.get("/kirjaudu/istunnot/").context["sessions"]


def is_in(client):
    return client.get("/kirjaudu/turva/").status_code == 200


def test_sessions_are_listed_with_browser_and_place_this_one_first(outsider):
    browser(outsider)
    here = browser(outsider, "curl/8.5")
    assert [(row.browser, row.place, row.is_this) for row in shown(here)] == [
        ("curl/8.5", "127.0.0.1", True),
        ("Firefox, Linux", "127.0.0.1", False),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(outsider, number, django_assert_num_queries):
    here = [browser(outsider) for _ in range(number)][-1]
    shown(here)
    with django_assert_num_queries(4):  # session, account, two of the list
        assert len(shown(here)) == number


def test_one_session_is_ended(outsider):
    there, elsewhere, here = (browser(outsider) for _ in range(3))
    newest_other = next(row for row in shown(here) if not row.is_this)
    assert here.post("/kirjaudu/istunnot/", {"session": newest_other.pk}).status_code == 302
    assert [is_in(client) for client in (there, elsewhere, here)] == [True, False, True]


def test_all_others_are_ended(outsider):
    there, elsewhere, here = (browser(outsider) for _ in range(3))
    here.post("/kirjaudu/istunnot/", {"session": "others"})
    assert [is_in(client) for client in (there, elsewhere, here)] == [False, False, True]
    assert len(shown(here)) == 1


@pytest.mark.parametrize("said", ["", "0", "x", "²", "9" * 40])
def test_session_that_is_none_is_not_found(outsider, said):
    assert browser(outsider).post("/kirjaudu/istunnot/", {"session": said}).status_code == 404


def test_session_of_another_account_is_not_ended(outsider, administrator):
    theirs, mine = browser(administrator), browser(outsider)
    pk = shown(theirs)[0].pk
    assert mine.post("/kirjaudu/istunnot/", {"session": pk}).status_code == 404
    assert is_in(theirs)


def test_changed_password_ends_the_other_sessions_and_they_are_not_listed(outsider):
    there, here = browser(outsider), browser(outsider)
    new = "ruis kasvaa rannalla"
    here.post("/kirjaudu/salasana/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [row.is_this for row in shown(here)] == [True]
    assert not is_in(there)


@pytest.mark.parametrize(
    ("agent", "known"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("", ""),
    ],
)
def test_browser_is_told_in_words(agent, known):
    assert browser_of(agent) == known

from __future__ import annotations

import re

import pytest

from yhdyspinta.mail.models import Message
from yhdyspinta.parties.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "aamusumu-jarven-ylla"
ADDRESS = "mari.mallikas@example.fi"


@pytest.fixture(autouse=True)
def _mail_works(settings):
    settings.MAIL_WORKS = True
    settings.ACCOUNT_LOGIN_BY_CODE_ENABLED = True


@pytest.fixture
def account():
    return Account.objects.create_user(ADDRESS, PASSWORD, name="Mari Mallikas", language="sv")


def code_of(message):
    (code,) = re.findall(r"^[A-Z]{4}-[A-Z]{4}$", message.text, re.MULTILINE)
    return code


def ask(client, address=ADDRESS, **more):
    return client.post("/kirjaudu/koodi/", {"email": address} | more)


def test_code_by_mail_signs_in_and_leads_on(client, account):
    asked = ask(client, "Mari.Mallikas@Example.fi", next="/saavutettavuus/")
    assert asked.url == "/kirjaudu/koodi/vahvista/?next=%2Fsaavutettavuus%2F"
    message = Message.objects.get()
    assert (message.to_address, message.kind, message.secret) == (ADDRESS, "sign-in", True)
    assert message.about == f"account:{account.pk}"
    answer = client.post(asked.url, {"code": code_of(message).lower().replace("-", "")})
    assert answer.url == "/saavutettavuus/"
    assert client.session["_auth_user_id"] == str(account.pk)


def test_mail_is_in_the_language_of_the_account_and_not_of_the_page(client, account):
    ask(client)
    assert Message.objects.get().language == "sv"


def test_stranger_learns_nothing_from_asking_for_a_code(client, account):
    known, unknown = ask(client), ask(client, "tuntematon@example.fi")
    assert known.url == unknown.url
    pages = [client.get(answer.url) for answer in (known, unknown)]
    assert [page.status_code for page in pages] == [200, 200]
    assert Message.objects.count() == 1


def test_code_of_another_browser_does_not_work(client, account):
    ask(client)
    code = code_of(Message.objects.get())
    other = type(client)()
    ask(other, "tuntematon@example.fi")
    assert other.post("/kirjaudu/koodi/vahvista/", {"code": code}).status_code == 422
    assert "_auth_user_id" not in other.session


def test_third_wrong_code_ends_it(client, account):
    ask(client)
    code = code_of(Message.objects.get())
    tries = [client.post("/kirjaudu/koodi/vahvista/", {"code": "BBBB-BBBB"}) for _ in range(3)]
    assert [answer.status_code for answer in tries] == [422, 422, 302]
    client.post("/kirjaudu/koodi/vahvista/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_code_grows_old(client, account, settings):
    ask(client)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    assert client.post("/kirjaudu/koodi/vahvista/", {"code": code_of(Message.objects.get())}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_new_code_replaces_the_earlier_one(client, account):
    ask(client)
    client.post("/kirjaudu/koodi/vahvista/", {"action": "resend"})
    first, second = (code_of(message) for message in Message.objects.order_by("pk"))
    assert client.post("/kirjaudu/koodi/vahvista/", {"code": first}).status_code == 422
    client.post("/kirjaudu/koodi/vahvista/", {"code": second})
    assert client.session["_auth_user_id"] == str(account.pk)


def test_codes_are_not_sent_without_end(client, account):
    answers = [ask(type(client)()) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 422]
    assert Message.objects.count() == 3


def test_closed_account_gets_no_code(client, account):
    Account.objects.filter(pk=account.pk).update(is_active=False)
    ask(client)
    assert not Message.objects.exists()


def test_forgotten_password_is_set_anew_by_a_link(client, account, settings):
    settings.ADDRESS = "https://yhdyspinta.example.fi"
    client.post("/kirjaudu/unohtunut/", {"email": ADDRESS})
    message = Message.objects.get()
    assert message.secret
    (path,) = re.findall(r"^https://yhdyspinta\.example\.fi(/\S{20,})$", message.text, re.MULTILINE)
    form = client.get(path, follow=True)
    new = "ruis kasvaa rannalla"
    assert client.post(form.request["PATH_INFO"], {"password1": "lyhyt", "password2": "lyhyt"}).status_code == 422
    assert client.post(form.request["PATH_INFO"], {"password1": new, "password2": new}).status_code == 302
    account.refresh_from_db()
    assert account.check_password(new)
    assert [told.secret for told in Message.objects.order_by("pk")] == [True, False]
    assert type(client)().get(path, follow=True).context["token_fail"]


def test_stranger_learns_nothing_from_a_forgotten_password(client, account):
    answers = [client.post("/kirjaudu/unohtunut/", {"email": email}) for email in (ADDRESS, "tuntematon@example.fi")]
    assert {answer.url for answer in answers} == {"/kirjaudu/unohtunut/lahetetty/"}
    assert Message.objects.count() == 1


def test_owner_is_told_when_the_password_changes(client, account):
    client.force_login(account)
    new = "ruis kasvaa rannalla"
    client.post("/kirjaudu/salasana/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    message = Message.objects.get()
    assert (message.to_address, message.language, message.about) == (ADDRESS, "sv", f"account:{account.pk}")
    assert "127.0.0.1" in message.text


def test_account_without_password_sets_one(client, account):
    account.set_unusable_password()
    account.save()
    client.force_login(account)
    assert client.get("/kirjaudu/salasana/").url == "/kirjaudu/salasana/uusi/"
    new = "ruis kasvaa rannalla"
    assert client.post("/kirjaudu/salasana/uusi/", {"password1": new, "password2": new}).status_code == 302
    account.refresh_from_db()
    assert account.check_password(new)

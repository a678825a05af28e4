from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import make_password

from yhdyspinta.parties.models import Account
from yhdyspinta.web import settings as web_settings

pytestmark = pytest.mark.django_db
PASSWORD = "aamusumu-jarven-ylla"


@pytest.fixture
def account():
    return Account.objects.create_user("mari.mallikas@example.fi", PASSWORD)


def sign_in(client, **changed):
    return client.post("/kirjaudu/", {"login": "mari.mallikas@example.fi", "password": PASSWORD} | changed)


def test_account_signs_in_by_email_in_any_case(client, account):
    answer = sign_in(client, login="Mari.Mallikas@Example.FI")
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_account_is_taken_back_to_where_it_came_from_but_not_elsewhere(client, account):
    assert sign_in(client, next="/keski-suomi-2023/kirjaukset/").url == "/keski-suomi-2023/kirjaukset/"
    client.logout()
    assert sign_in(client, next="https://evil.example/").url == "/"


def test_wrong_password_and_unknown_address_look_alike(client, account):
    answers = [sign_in(client, password="väärä salasana"), sign_in(client, login="tuntematon@example.fi")]
    assert "_auth_user_id" not in client.session
    wrong, unknown = (answer.context["form"].non_field_errors() for answer in answers)
    assert wrong == unknown == ["Annettu sähköposti tai salasana ei ole oikein."]


def test_closed_account_stays_outside(client, account):
    Account.objects.filter(pk=account.pk).update(is_active=False)
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_down(client, account):
    for _ in range(5):
        sign_in(client, password="arvaus")
    refused = sign_in(client)
    assert refused.status_code == 422
    assert "_auth_user_id" not in client.session


def test_session_lasts_a_working_day_and_is_kept_from_scripts(client, account):
    cookie = sign_in(client).cookies[django_settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == 12 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_sign_out_asks_first(client, account):
    client.force_login(account)
    assert client.get("/kirjaudu/ulos/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/kirjaudu/ulos/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_new_password_must_not_be_common_or_short(client, account):
    client.force_login(account)
    for weak in ("password1234", "lyhyt", "123456789012345", "mari.mallikas"):
        client.post("/kirjaudu/salasana/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
        account.refresh_from_db()
        assert account.check_password(PASSWORD)
    strong = "ruis kasvaa rannalla"
    client.post("/kirjaudu/salasana/", {"oldpassword": PASSWORD, "password1": strong, "password2": strong})
    account.refresh_from_db()
    assert account.check_password(strong)


def test_nobody_makes_an_account_for_himself(client):
    for path in ("/kirjaudu/signup/", "/accounts/signup/", "/kirjaudu/email/"):
        assert client.get(path).status_code == 404


def test_what_needs_mail_is_offered_only_where_mail_is_sent(client, settings):
    assert settings.MAIL_WORKS is False
    paths = [f"unohtunut/{page}" for page in ("", "lahetetty/", "uusi/1-a-b/", "vaihdettu/")]
    for path in ("koodi/", "koodi/vahvista/", *paths):
        assert client.get(f"/kirjaudu/{path}").status_code == 404
    page = client.get("/kirjaudu/").content.decode()
    assert "/kirjaudu/koodi/" not in page
    assert "/kirjaudu/unohtunut/" not in page


@pytest.mark.parametrize("hasher", ["scrypt", "pbkdf2_sha256"])
def test_password_hashed_in_an_earlier_way_still_works_and_is_hashed_anew(client, account, settings, hasher):
    settings.PASSWORD_HASHERS = web_settings.PASSWORD_HASHERS
    Account.objects.filter(pk=account.pk).update(password=make_password(PASSWORD, hasher=hasher))
    assert sign_in(client).status_code == 302
    account.refresh_from_db()
    assert account.password.startswith("argon2$argon2id$")
    assert account.check_password(PASSWORD)


def test_password_is_not_asked_for_twice_right_after_signing_in(client, account):
    sign_in(client)
    assert client.get("/kirjaudu/turva/avain/").status_code == 200


def test_password_is_asked_for_again_later_before_the_way_in_is_changed(client, account):
    client.force_login(account)
    asked = client.get("/kirjaudu/turva/avain/")
    assert asked.url == "/kirjaudu/uudelleen/?next=%2Fkirjaudu%2Fturva%2Favain%2F"
    assert client.post(asked.url, {"password": "väärä"}).status_code == 422
    assert client.post(asked.url, {"password": PASSWORD}).url == "/kirjaudu/turva/avain/"


def test_page_of_a_person_is_kept_by_no_cache(client, account):
    client.force_login(account)
    for path in ("/kirjaudu/salasana/", "/saavutettavuus/"):
        assert "no-store" in client.get(path)["Cache-Control"]

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.management import CommandError, call_command

from tests.conftest import PASSWORD
from yhdyspinta.mail.models import Message
from yhdyspinta.web.signin.adapters import NOTICES

pytestmark = pytest.mark.django_db
FACTOR_PAGES = (
    "/kirjaudu/uudelleen/",
    "/kirjaudu/turva/sovellus/",
    "/kirjaudu/turva/avain/",
    "/kirjaudu/turva/varakoodit/",
    "/kirjaudu/turva/varakoodit/tiedosto/",
    "/kirjaudu/turva/varakoodit/uudet/",
)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret=SECRET, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(account):
    TOTP.activate(account, SECRET)
    RecoveryCodes.activate(account)
    return account


def with_passkey(account):
    Authenticator.objects.create(user=account, type="webauthn", data={"name": "Avain", "credential": {}})


def sign_in(client, account):
    return client.post("/kirjaudu/", {"login": account.email, "password": PASSWORD})


def take_app_into_use(client):
    secret = client.get("/kirjaudu/turva/sovellus/").context["form"].secret
    return client.post("/kirjaudu/turva/sovellus/", {"code": code_now(secret)})


def is_in(client):
    return "_auth_user_id" in client.session


def test_app_is_taken_into_use_with_a_code_and_brings_recovery_codes(client, outsider):
    sign_in(client, outsider)
    page = client.get("/kirjaudu/turva/sovellus/")
    secret = page.context["form"].secret
    assert client.post("/kirjaudu/turva/sovellus/", {"code": "000000"}).status_code == 422
    done = client.post("/kirjaudu/turva/sovellus/", {"code": code_now(secret)})
    assert done.url == "/kirjaudu/turva/varakoodit/"
    assert len(re.findall(r"<code>\d{8}</code>", client.get(done.url).content.decode())) == 10
    assert client.get("/kirjaudu/turva/varakoodit/tiedosto/").content.decode().count("\n") >= 10


def test_password_alone_does_not_sign_in_an_account_with_an_app(client, outsider):
    with_app(outsider)
    assert sign_in(client, outsider).url == "/kirjaudu/vahvistus/"
    assert "_auth_user_id" not in client.session
    assert client.get("/kirjaudu/vahvistus/").status_code == 200
    assert client.post("/kirjaudu/vahvistus/", {"code": "000000"}).status_code == 422
    assert client.post("/kirjaudu/vahvistus/", {"code": code_now()}).url == "/"
    assert client.session["_auth_user_id"] == str(outsider.pk)


def test_recovery_code_signs_in_once(client, outsider):
    with_app(outsider)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, outsider)
    assert client.post("/kirjaudu/vahvistus/", {"code": code}).url == "/"
    again = type(client)()
    sign_in(again, outsider)
    assert again.post("/kirjaudu/vahvistus/", {"code": code}).status_code == 422


def test_first_factor_ends_the_sessions_that_never_showed_it(client, outsider):
    elsewhere = type(client)()
    sign_in(elsewhere, outsider)
    sign_in(client, outsider)
    page = client.get(take_app_into_use(client).url)
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert "Muut kirjautumiset on päätetty." in page.content.decode()


def test_further_factor_leaves_other_sessions_alone(client, outsider):
    elsewhere = type(client)()
    sign_in(elsewhere, outsider)
    sign_in(client, outsider)
    with_passkey(outsider)
    take_app_into_use(client)
    assert (is_in(client), is_in(elsewhere)) == (True, True)


def test_owner_is_told_when_an_app_is_added_and_removed(client, outsider, settings, django_capture_on_commit_callbacks):
    settings.MAIL_WORKS = True
    sign_in(client, outsider)
    secret = client.get("/kirjaudu/turva/sovellus/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/kirjaudu/turva/sovellus/", {"code": code_now(secret)})
    assert client.post("/kirjaudu/turva/sovellus/pois/").status_code == 302
    told = list(Message.objects.filter(about=f"account:{outsider.pk}").order_by("pk"))
    changes = ("totp_activated", "totp_deactivated")
    assert [message.text.splitlines()[0] for message in told] == [
        str(NOTICES[f"mfa/email/{change}"]) for change in changes
    ]


def test_page_on_security_shows_what_there_is(client, outsider, django_assert_num_queries):
    with_app(outsider)
    client.force_login(outsider)
    client.get("/kirjaudu/turva/")
    with django_assert_num_queries(4):  # session, account, factors, connections
        page = client.get("/kirjaudu/turva/")
    assert (page.context["authenticator_app"], page.context["codes_left"]) == (True, 10)


def test_no_role_needs_a_second_factor_unless_the_installation_says_so(
    client, administrator, django_assert_num_queries
):
    client.force_login(administrator)
    client.get("/saavutettavuus/")
    with django_assert_num_queries(2):  # session, account
        assert client.get("/saavutettavuus/").status_code == 200


class TestRequired:
    """An installation where administrators need a second factor."""

    @pytest.fixture(autouse=True)
    def _required(self, settings):
        settings.SECOND_FACTOR = frozenset({"administrator"})

    def test_administrator_is_led_to_set_one_up_whatever_is_asked(self, client, administrator):
        sign_in(client, administrator)
        for path in ("/", "/saavutettavuus/", "/kirjaudu/salasana/", "/kirjaudu/istunnot/"):
            assert client.get(path).url == "/kirjaudu/turva/"
            assert client.post(path).url == "/kirjaudu/turva/"
        assert client.get("/sv/").url == "/sv/kirjaudu/turva/"
        assert client.get("/kirjaudu/turva/").context["lacking"]
        assert client.get("/kirjaudu/ulos/").status_code == 200

    def test_setting_one_up_opens_the_way(self, client, administrator):
        sign_in(client, administrator)
        secret = client.get("/kirjaudu/turva/sovellus/").context["form"].secret
        client.post("/kirjaudu/turva/sovellus/", {"code": code_now(secret)})
        assert client.get("/saavutettavuus/").status_code == 200
        assert not client.get("/kirjaudu/turva/").context["lacking"]

    def test_other_roles_are_not_asked(self, client, outsider):
        sign_in(client, outsider)
        assert client.get("/saavutettavuus/").status_code == 200

    def test_signing_in_with_one_is_enough_and_is_remembered(self, client, administrator, django_assert_num_queries):
        with_app(administrator)
        sign_in(client, administrator)
        client.post("/kirjaudu/vahvistus/", {"code": code_now()})
        assert client.get("/saavutettavuus/").status_code == 200
        with django_assert_num_queries(2):
            client.get("/saavutettavuus/")

    def test_session_older_than_the_factor_has_not_shown_it(self, client, administrator):
        client.force_login(administrator)
        with_app(administrator)
        assert client.get("/saavutettavuus/").url == "/kirjaudu/turva/"
        page = client.get("/kirjaudu/turva/")
        assert [way["url"] for way in page.context["ways_to_confirm"]] == ["/kirjaudu/uudelleen/koodi/"]
        client.post("/kirjaudu/uudelleen/koodi/?next=/kirjaudu/turva/", {"code": code_now()})
        assert client.get("/saavutettavuus/").status_code == 200

    @pytest.mark.parametrize("page", FACTOR_PAGES)
    def test_password_alone_opens_no_page_of_factors_once_there_is_one(self, client, administrator, page):
        sign_in(client, administrator)
        with_app(administrator)
        assert client.get(page).url == "/kirjaudu/turva/"
        assert client.post(page, {"password": PASSWORD, "code": "000000"}).url == "/kirjaudu/turva/"
        assert Authenticator.objects.count() == 2
        assert client.get("/saavutettavuus/").url == "/kirjaudu/turva/"

    def test_page_on_security_offers_only_to_confirm_once_there_is_a_factor(self, client, administrator):
        sign_in(client, administrator)
        with_app(administrator)
        page = client.get("/kirjaudu/turva/").content.decode()
        assert 'href="/kirjaudu/uudelleen/koodi/?next=/kirjaudu/turva/"' in page
        assert not [path for path in FACTOR_PAGES if f'href="{path}"' in page]

    def test_factor_that_came_meanwhile_stops_the_setting_up_of_another(self, client, administrator, settings):
        sign_in(client, administrator)
        secret = client.get("/kirjaudu/turva/sovellus/").context["form"].secret
        with_passkey(administrator)
        guard = "yhdyspinta.web.signin.second_factor.SecondFactorMiddleware"
        settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != guard]  # it has looked already
        assert client.post("/kirjaudu/turva/sovellus/", {"code": code_now(secret)}).url == "/kirjaudu/turva/"
        assert [each.type for each in Authenticator.objects.all()] == ["webauthn"]

    def test_setting_up_a_further_factor_shows_nothing(self, client, administrator, settings):
        settings.SECOND_FACTOR = frozenset()
        sign_in(client, administrator)
        with_passkey(administrator)
        take_app_into_use(client)
        settings.SECOND_FACTOR = frozenset({"administrator"})
        assert client.get("/saavutettavuus/").url == "/kirjaudu/turva/"

    def test_required_factor_is_not_taken_away(self, client, administrator):
        with_app(administrator)
        sign_in(client, administrator)
        client.post("/kirjaudu/vahvistus/", {"code": code_now()})
        assert client.post("/kirjaudu/turva/sovellus/pois/").status_code == 422
        assert Authenticator.objects.filter(type="totp").exists()

    def test_nobody_remembers_for_another_account_in_the_same_browser(self, client, administrator, outsider):
        with_app(outsider)
        sign_in(client, outsider)
        client.post("/kirjaudu/vahvistus/", {"code": code_now()})
        client.post("/kirjaudu/ulos/")
        sign_in(client, administrator)
        assert client.get("/saavutettavuus/").url == "/kirjaudu/turva/"


def test_lost_factors_are_taken_away_by_the_keeper(client, outsider, capsys):
    with_app(outsider)
    sign_in(client, outsider)
    client.post("/kirjaudu/vahvistus/", {"code": code_now()})
    call_command("forgetfactors", outsider.email.upper())
    assert "2 taken away" in capsys.readouterr().err
    assert client.get("/kirjaudu/turva/").status_code == 302
    assert sign_in(client, outsider).url == "/"
    with pytest.raises(CommandError, match=r"no account with the address x@example\.org"):
        call_command("forgetfactors", "x@example.org")

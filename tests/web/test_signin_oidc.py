"""An organisation's own sign-in, against a real OpenID Connect provider (npm oidc-provider) with two tenants."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.conftest import PASSWORD
from tests.support.browser import _do_without
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.parties.actions import invite
from yhdyspinta.parties.actions.invitations import may_be_accepted
from yhdyspinta.parties.links import token_of
from yhdyspinta.parties.models import Account, Invitation
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.web.signin.providers import Provider

pytestmark = pytest.mark.browser
ARRIVED = re.compile(r"^http://localhost:\d+/saavutettavuus/$")
FOLDER = Path(__file__).parents[1] / "oidc"
NAMES = {"jyvaskyla": "Jyväskylän kaupunki", "luhanka": "Luhangan kunta"}


@pytest.fixture(scope="session")
def issuers(live_server) -> Iterator[dict[str, str]]:
    """The issuers of the two tenants; they send people back to the application that listens in this run."""
    node = shutil.which("node")
    if not node or not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        _do_without("The OpenID Connect provider is not installed: sh tools/node.sh")
    command = [node, "provider.mjs", live_server.url]
    process = subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    yield json.loads(process.stdout.readline())
    process.terminate()
    process.wait(timeout=10)
    process.stdout.close()


def configured(issuers: dict[str, str], **changed: Any) -> tuple[Provider, ...]:
    each = {"client_id": "yhdyspinta", "secret": "a-secret-of-the-tests"} | changed
    return tuple(Provider(id=key, names={"fi": NAMES[key]}, issuer=issuer, **each) for key, issuer in issuers.items())


@pytest.fixture(autouse=True)
def _providers(settings, issuers):
    settings.OIDC_PROVIDERS = configured(issuers)


def come_through(page: Page, name: str, subject: str) -> None:
    page.goto("/kirjaudu/?next=/saavutettavuus/")
    page.get_by_role("button", name=name).click()
    page.fill("[name=sub]", subject)
    page.click("text=Come in")


def test_account_is_connected_and_then_signed_in_to_by_issuer_and_subject(page, outsider, issuers):
    page.goto("/kirjaudu/")
    page.fill("#id_login", outsider.email)
    page.fill("#id_password", PASSWORD)
    page.locator("form:has(#id_password) button").click()
    page.goto("/kirjaudu/turva/")
    page.get_by_role("button", name=NAMES["jyvaskyla"]).click()
    page.fill("[name=sub]", "maija")
    page.click("text=Come in")
    page.wait_for_url("**/kirjaudu/turva/")
    expect(page.locator("main")).to_contain_text("Person maija")
    link = SocialAccount.objects.get()
    assert (link.user, link.provider, link.uid) == (outsider, issuers["jyvaskyla"], "maija")
    assert link.extra_data == {"name": "Person maija"}
    page.context.clear_cookies()
    come_through(page, NAMES["jyvaskyla"], "maija")
    page.wait_for_url(ARRIVED)
    expect(page.locator("header")).to_contain_text(outsider.name)
    page.goto("/kirjaudu/turva/")
    page.locator("form[action*=organisaatio] button").first.click()
    page.wait_for_url("**/kirjaudu/turva/")
    assert not SocialAccount.objects.exists()


def test_equal_address_or_equal_subject_of_another_issuer_is_not_enough(page, outsider, issuers):
    SocialAccount.objects.create(user=outsider, provider=issuers["jyvaskyla"], uid="maija")
    come_through(page, NAMES["luhanka"], "maija")  # who comes has the outsider's address, verified
    page.wait_for_url("**/organisaatio/tuntematon/")
    expect(page.locator("header")).not_to_contain_text(outsider.name)
    assert SocialAccount.objects.count() == 1
    assert Account.objects.count() == 1


def test_provider_that_calls_itself_otherwise_is_not_believed(page, settings, issuers):
    elsewhere = {key: issuer.replace("localhost", "127.0.0.1") for key, issuer in issuers.items()}
    settings.OIDC_PROVIDERS = configured(elsewhere)
    page.goto("/kirjaudu/")
    page.get_by_role("button", name=NAMES["luhanka"]).click()
    page.wait_for_url("**/organisaatio/epaonnistui/")


def test_provider_that_does_not_answer_or_does_not_know_us_is_told_as_such(page, settings, issuers):
    settings.OIDC_PROVIDERS = configured(dict.fromkeys(issuers, "http://localhost:9"))
    page.goto("/kirjaudu/")
    page.get_by_role("button", name=NAMES["luhanka"]).click()
    page.wait_for_url("**/organisaatio/epaonnistui/")
    settings.OIDC_PROVIDERS = configured(issuers, secret="another")
    come_through(page, NAMES["luhanka"], "maija")
    page.wait_for_url("**/organisaatio/epaonnistui/")


def test_sign_in_that_is_cancelled_changes_nothing_and_keeps_the_language(page, issuers):
    page.goto("/sv/kirjaudu/")
    page.get_by_role("button", name=NAMES["luhanka"]).click()
    page.click("text=Cancel")
    page.wait_for_url("**/sv/kirjaudu/organisaatio/peruttu/")


def test_second_factor_of_the_provider_counts_where_the_installation_says_so(page, administrator, settings, issuers):
    settings.SECOND_FACTOR = frozenset({"administrator"})
    SocialAccount.objects.create(user=administrator, provider=issuers["luhanka"], uid="aino")
    come_through(page, NAMES["luhanka"], "aino")
    page.wait_for_url("**/kirjaudu/turva/")
    settings.OIDC_PROVIDERS = configured(issuers, second_factor=True)
    page.goto("/saavutettavuus/")
    expect(page.locator("header")).to_contain_text(administrator.name)
    assert page.url.endswith("/saavutettavuus/")


@pytest.fixture
def invitation(agreement) -> Invitation:
    return invite(
        party_or_404(agreement, "luhanka"), name="Kutsuttu", email="kutsuttu@example.org", role="member", by=SYSTEM
    )


def open_invited(page: Page, invitation: Invitation) -> None:
    page.goto(reverse("parties:invitation", kwargs={"token": token_of(invitation.link)}))
    page.get_by_role("button", name=NAMES["luhanka"]).click()
    page.wait_for_url("**/kirjaudu/oidc/luhanka/**")


def leave(page: Page) -> None:
    page.locator("main form button").click()


def opened_in(page: Page) -> int | None:
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    found: int | None = SessionStore(cookies["session"]).get("invitation")
    return found


def test_invited_person_accepts_by_the_organisations_sign_in(page, invitation, issuers):
    open_invited(page, invitation)
    leave(page)
    page.fill("[name=sub]", "uusi")
    page.click("text=Come in")
    page.wait_for_url("**/osapuolet/luhanka/")
    link = SocialAccount.objects.get()
    assert (link.user.email, link.user.name, link.provider) == (
        "kutsuttu@example.org",
        "Person uusi",
        issuers["luhanka"],
    )
    assert opened_in(page) is None


def test_invitation_that_was_left_is_not_accepted_by_the_next_sign_in_of_the_browser(page, invitation):
    open_invited(page, invitation)
    come_through(page, NAMES["luhanka"], "muu")  # from the page of signing in, perhaps by somebody else
    page.wait_for_url("**/organisaatio/tuntematon/")
    assert not Account.objects.exists()
    assert may_be_accepted(invitation) == ""
    assert opened_in(page) is None


def test_invitation_is_forgotten_when_the_sign_in_is_cancelled(page, invitation):
    open_invited(page, invitation)
    assert opened_in(page) == invitation.pk
    leave(page)
    page.click("text=Cancel")
    page.wait_for_url("**/organisaatio/peruttu/")
    assert opened_in(page) is None
    come_through(page, NAMES["luhanka"], "muu")
    page.wait_for_url("**/organisaatio/tuntematon/")
    assert not Account.objects.exists()


def test_answer_is_taken_once_and_only_by_the_browser_that_asked(client, issuers):
    asked = client.post("/kirjaudu/organisaatio/", {"provider": "luhanka"})
    assert asked.status_code == 200
    assert issuers["luhanka"] in asked.content.decode()
    for query in ("", "?code=x&state=forged", f"?code=x&state=forged&iss={issuers['jyvaskyla']}"):
        answer = client.get(f"/kirjaudu/oidc/luhanka/paluu/{query}")
        assert answer.url == "/kirjaudu/organisaatio/epaonnistui/"


def test_provider_that_is_not_configured_is_not_found(client):
    assert client.post("/kirjaudu/organisaatio/", {"provider": "muu"}).status_code == 404
    assert client.get("/kirjaudu/oidc/muu/").status_code == 404
    assert client.get("/kirjaudu/oidc/muu/paluu/").status_code == 404
    assert client.get("/kirjaudu/organisaatio/").status_code == 404
    assert client.get("/kirjaudu/oidc/luhanka/").status_code == 200


def test_connecting_asks_first_who_it_is_and_goes_on_then(client, outsider, issuers):
    client.force_login(outsider)
    asked = client.post("/kirjaudu/organisaatio/", {"provider": "luhanka"})
    assert asked.url == "/kirjaudu/uudelleen/?next=%2Fkirjaudu%2Forganisaatio%2F"
    onward = client.post(asked.url, {"password": PASSWORD})
    assert issuers["luhanka"] in onward.content.decode()


def test_only_way_in_is_not_taken_away(client, outsider, issuers):
    outsider.set_unusable_password()
    outsider.save()
    link = SocialAccount.objects.create(user=outsider, provider=issuers["luhanka"], uid="olli")
    client.force_login(outsider)
    client.post(f"/kirjaudu/turva/organisaatio/{link.pk}/pois/")
    assert SocialAccount.objects.filter(pk=link.pk).exists()
    SocialAccount.objects.create(user=outsider, provider=issuers["jyvaskyla"], uid="olli")
    client.post(f"/kirjaudu/turva/organisaatio/{link.pk}/pois/")
    assert not SocialAccount.objects.filter(pk=link.pk).exists()


def test_connection_of_another_account_is_not_found(client, outsider, administrator, issuers):
    link = SocialAccount.objects.create(user=administrator, provider=issuers["luhanka"], uid="aino")
    client.post("/kirjaudu/", {"login": outsider.email, "password": PASSWORD})
    assert client.post(f"/kirjaudu/turva/organisaatio/{link.pk}/pois/").status_code == 404

"""An invitation is made by a party's administrator, comes by mail, lets in once, and then says why it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.conftest import PASSWORD
from tests.parties.members import given_person
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.journal.verify import verify
from yhdyspinta.mail.models import Message
from yhdyspinta.parties.actions import (
    accept_invitation,
    add_person,
    cancel_invitation,
    create_account,
    end_party_administrator,
    erase_person,
    invite,
)
from yhdyspinta.parties.actions.invitations import address_of, may_be_accepted
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.invitations import begun_from, forget_invitation, open_invitation
from yhdyspinta.parties.links import LinkRefused, token_of
from yhdyspinta.parties.models import Account, Invitation, Link, Party, Person
from yhdyspinta.parties.queries import administers, party_or_404, roles_of
from yhdyspinta.web.signin.providers import Provider

SignedIn = Callable[[Account], Client]
DESK = "/en/keski-suomi-2023/osapuolet/luhanka/"
GOOD = "seitsemän kunnan yhteinen salasana"


@pytest.fixture
def luhanka(agreement: Agreement) -> Party:
    return party_or_404(agreement, "luhanka")


@pytest.fixture
def invited(luhanka: Party, small_municipality_clerk: Account) -> Invitation:
    by = actor_for(small_municipality_clerk, luhanka)
    return invite(luhanka, name="Vesa Vastin", email="vesa@luhanka.example", role="administrator", by=by)


def page_of(invitation: Invitation) -> str:
    return reverse("parties:invitation", kwargs={"token": token_of(invitation.link)})


def expire(link: Link) -> None:
    Link.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


# Inviting


def test_an_invitation_lasts_no_longer_than_its_inviters_own_rights(
    invited: Invitation, luhanka: Party, small_municipality_clerk: Account
):
    end_party_administrator(luhanka.administrators.get(account=small_municipality_clerk), by=SYSTEM)
    assert may_be_accepted(invited) == "This link was cancelled by whoever sent it."
    with pytest.raises(LinkRefused):
        accept_invitation(invited)
    assert not Account.objects.filter(email=invited.email).exists()
    assert Client().get(page_of(invited)).status_code == 410


def test_nobody_is_flooded_with_invitations(luhanka: Party, small_municipality_clerk: Account):
    by = actor_for(small_municipality_clerk, luhanka)
    for _time in range(5):
        invite(luhanka, name="Vesa", email="vesa@luhanka.example", by=by)
    with pytest.raises(ValidationError, match="several times today"):
        invite(luhanka, name="Vesa", email="vesa@luhanka.example", by=by)
    invite(luhanka, name="Veera", email="veera@luhanka.example", by=by)
    assert Message.objects.filter(kind="invitation").count() == 6


def test_an_address_that_somebody_else_typed_as_theirs_is_put_right_first(
    luhanka: Party, small_municipality_clerk: Account, outsider: Account
):
    given_person(luhanka, outsider, email="johtaja@luhanka.example")
    by = actor_for(small_municipality_clerk, luhanka)
    with pytest.raises(ValidationError, match="has this address, and an account with another"):
        invite(luhanka, name="Jaana Johtaja", email="johtaja@luhanka.example", by=by)


def test_invite_mails_a_link_in_the_language_of_the_invited(
    luhanka: Party, small_municipality_clerk: Account, settings: Any
):
    settings.MAIL_WORKS = True
    by = actor_for(small_municipality_clerk, luhanka)
    invitation = invite(luhanka, name=" Vesa  Vastin ", email="Vesa@Luhanka.example", language="sv", by=by)
    message = Message.objects.get(kind="invitation")
    assert (message.to_address, message.to_name, message.language) == ("vesa@luhanka.example", "Vesa Vastin", "sv")
    assert message.secret
    assert message.about == invitation.key
    assert address_of(invitation) in message.text
    assert "/sv/kutsu/" in message.text
    assert luhanka.organisation.called("sv") in message.text
    assert "{" not in message.text


def test_invite_again_cancels_the_earlier_invitation(invited: Invitation, luhanka: Party, administrator: Account):
    again = invite(luhanka, name=invited.name, email="VESA@luhanka.example", by=actor_for(administrator))
    invited.refresh_from_db()
    assert may_be_accepted(again) == ""
    assert may_be_accepted(invited) == "This link was cancelled by whoever sent it."
    assert Message.objects.filter(kind="invitation").count() == 2


def test_invite_is_for_who_acts_for_the_party(luhanka: Party, city_clerk: Account):
    with pytest.raises(NotAllowed):
        invite(luhanka, name="Vesa", email="vesa@luhanka.example", by=actor_for(city_clerk))
    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("email", ["", "vesa", "vesa@", "vesa@luhanka.example\nBcc: x@example.org"])
def test_invite_refuses_what_is_no_address(luhanka: Party, administrator: Account, email: str):
    with pytest.raises(ValidationError) as refused:
        invite(luhanka, name="Vesa", email=email, by=actor_for(administrator))
    assert set(refused.value.error_dict) == {"email"}


def test_invite_refuses_who_administers_already(luhanka: Party, small_municipality_clerk: Account):
    by = actor_for(small_municipality_clerk, luhanka)
    with pytest.raises(ValidationError, match="administers the party already"):
        invite(luhanka, name="Liisa", email=small_municipality_clerk.email, role="administrator", by=by)


def test_invite_refuses_another_organisations_person(luhanka: Party, agreement: Agreement, administrator: Account):
    city = party_or_404(agreement, "jyvaskyla")
    other = add_person(city.organisation, name="Jaana", by=actor_for(administrator))
    with pytest.raises(ValidationError, match="belongs to Jyväskylä"):
        invite(luhanka, name="Jaana", email="jaana@example.org", person=other, by=actor_for(administrator))


def test_cancel_invitation_closes_its_link(invited: Invitation, administrator: Account):
    cancel_invitation(invited, by=actor_for(administrator))
    with pytest.raises(LinkRefused) as refused:
        accept_invitation(invited, name="Vesa")
    assert refused.value.why == "revoked"
    assert not Account.objects.filter(email="vesa@luhanka.example").exists()


def test_cancel_invitation_is_for_who_acts_for_the_party(invited: Invitation, city_clerk: Account):
    with pytest.raises(NotAllowed):
        cancel_invitation(invited, by=actor_for(city_clerk))
    assert may_be_accepted(invited) == ""


def test_cancel_invitation_refuses_an_accepted_one(invited: Invitation, administrator: Account):
    accept_invitation(invited)
    with pytest.raises(ValidationError, match="accepted already"):
        cancel_invitation(invited, by=actor_for(administrator))


# Accepting


def test_accept_invitation_makes_account_person_and_administrator(invited: Invitation, luhanka: Party):
    account = accept_invitation(invited, password=GOOD)
    assert (account.email, account.name) == ("vesa@luhanka.example", "Vesa Vastin")
    assert account.check_password(GOOD)
    assert administers(account.pk, luhanka)
    person = Person.objects.get(account=account)
    assert (person.organisation, person.email) == (luhanka.organisation, "vesa@luhanka.example")
    assert roles_of(account) == {"party-administrator"}
    assert list(verify()) == []


def test_accept_invitation_joins_the_person_of_the_address(luhanka: Party, administrator: Account):
    by = actor_for(administrator)
    known = add_person(luhanka.organisation, name="Vesa Vastin", email="vesa@luhanka.example", phone="014 1", by=by)
    invitation = invite(luhanka, name="Vesa", email="vesa@luhanka.example", by=by)
    account = accept_invitation(invitation, name="Vesa V. Vastin")
    assert list(account.people.all()) == [known]
    assert not account.has_usable_password()


def test_accept_invitation_is_done_once(invited: Invitation):
    accept_invitation(invited)
    again = Invitation.objects.get(pk=invited.pk)
    with pytest.raises(LinkRefused) as refused:
        accept_invitation(again, name="Toinen")
    assert refused.value.why == "used"


def test_accept_invitation_refuses_an_expired_one(invited: Invitation):
    expire(invited.link)
    with pytest.raises(LinkRefused) as refused:
        accept_invitation(Invitation.objects.get(pk=invited.pk))
    assert refused.value.why == "expired"
    assert not Account.objects.filter(email="vesa@luhanka.example").exists()


def test_accept_invitation_keeps_the_link_when_the_password_is_refused(invited: Invitation):
    with pytest.raises(ValidationError) as refused:
        accept_invitation(invited, password="lyhyt")
    assert set(refused.value.error_dict) == {"password"}
    assert may_be_accepted(Invitation.objects.select_related("link").get(pk=invited.pk)) == ""
    assert not Account.objects.filter(email="vesa@luhanka.example").exists()


def test_accept_invitation_refuses_an_address_that_has_an_account(invited: Invitation, administrator: Account):
    create_account(invited.email, name="Vesa", by=actor_for(administrator))
    with pytest.raises(ValidationError, match="account of this address already"):
        accept_invitation(invited)


def test_accept_invitation_writes_no_name_into_what_stays(invited: Invitation):
    accept_invitation(invited)
    said = " ".join(f"{entry.actor_label} {entry.object_key}" for entry in Entry.objects.all())
    assert "Vesa" not in said
    assert "vesa" not in said


def test_erased_persons_invitation_names_nobody(invited: Invitation, administrator: Account):
    account = accept_invitation(invited)
    person = account.people.get()
    erase_person(person, reason="pyyntö", by=actor_for(administrator))
    invited.refresh_from_db()
    assert (invited.name, invited.email) == ("", "")


# The page


def test_invitation_page_says_who_invites_to_what_and_stays_out_of_caches(invited: Invitation, client: Client):
    answer = client.get(page_of(invited))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert invited.party.organisation.called("en") in html
    assert 'value="Vesa Vastin"' in html
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert answer["X-Robots-Tag"] == "noindex"


def test_invitation_page_acts_on_post_only(invited: Invitation, client: Client):
    client.get(page_of(invited))
    client.head(page_of(invited))
    assert may_be_accepted(Invitation.objects.select_related("link").get(pk=invited.pk)) == ""


def test_invitation_page_lets_in_with_a_password(invited: Invitation, client: Client):
    answer = client.post(page_of(invited), _said(way="password", password=GOOD, again=GOOD))
    assert answer.status_code == 302
    assert answer["Location"] == DESK
    assert client.session["_auth_user_id"] == str(Account.objects.get(email=invited.email).pk)
    assert "Luhan" in client.get(answer["Location"]).content.decode()
    assert client.get(reverse("mfa_activate_totp")).status_code == 200  # who has just come in is not asked anew


def test_invitation_page_goes_on_to_a_passkey_without_asking_anew_who_it_is(invited: Invitation, client: Client):
    answer = client.post(page_of(invited), _said(way="passkey"))
    assert answer["Location"] == reverse("mfa_add_webauthn")
    assert not Account.objects.get(email=invited.email).has_usable_password()
    assert client.get(answer["Location"]).status_code == 200


def test_invitation_page_offers_a_mailed_code_only_where_mail_is_sent(
    invited: Invitation, client: Client, settings: Any
):
    settings.MAIL_WORKS = False
    assert 'value="code"' not in client.get(page_of(invited)).content.decode()
    assert client.post(page_of(invited), _said(way="code")).status_code == 422
    settings.MAIL_WORKS = True
    assert 'value="code"' in client.get(page_of(invited)).content.decode()
    answer = client.post(page_of(invited), _said(way="code"))
    assert answer["Location"] == DESK


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"way": "password"}, "Choose a password, or another way to sign in."),
        ({"way": "password", "password": GOOD, "again": "toinen"}, "The two passwords are not the same."),
        ({"way": "password", "password": "lyhyt", "again": "lyhyt"}, "This password is too short."),
        ({"way": "nothing"}, "Select a valid choice."),
        ({"name": ""}, "This field is required."),
        ({"language": "de"}, "Select a valid choice."),
    ],
)
def test_invitation_page_says_what_is_wrong_and_lets_nobody_in(
    invited: Invitation, client: Client, said: dict[str, str], message: str
):
    answer = client.post(page_of(invited), _said(**said))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not Account.objects.filter(email=invited.email).exists()


def test_invitation_page_is_accepted_with_the_account_one_is_signed_in_to(
    invited: Invitation, luhanka: Party, outsider: Account, signed_in: SignedIn
):
    browser = signed_in(outsider)
    assert outsider.email in browser.get(page_of(invited)).content.decode()
    answer = browser.post(page_of(invited))
    assert answer["Location"] == DESK
    assert administers(outsider.pk, luhanka)


def test_invitation_page_says_why_an_account_cannot_accept(
    invited: Invitation, luhanka: Party, administrator: Account, outsider: Account, signed_in: SignedIn
):
    known = Person.objects.create(organisation=luhanka.organisation, name="Vesa", email=invited.email)
    known.account = administrator
    known.save()
    answer = signed_in(outsider).post(page_of(invited))
    assert answer.status_code == 422
    assert "Vesa has an account already." in answer.content.decode()
    assert may_be_accepted(Invitation.objects.select_related("link").get(pk=invited.pk)) == ""


def test_invitation_page_asks_who_has_an_account_to_sign_in_and_comes_back(
    invited: Invitation, luhanka: Party, administrator: Account, client: Client
):
    create_account(invited.email, name="Vesa", password=PASSWORD, by=actor_for(administrator))
    page = client.get(page_of(invited)).content.decode()
    link = re.search(r'class="button" href="([^"]+)"', page)
    assert link
    assert 'name="password"' not in page
    answer = client.post(link[1].replace("&amp;", "&"), {"login": invited.email, "password": PASSWORD})
    assert answer["Location"] == page_of(invited)
    client.post(answer["Location"])
    assert administers(Account.objects.get(email=invited.email).pk, luhanka)


@pytest.mark.parametrize("number", [1, 24])
def test_invitation_page_goes_on_to_the_organisations_own_sign_in(
    invited: Invitation, client: Client, settings: Any, number: int
):
    settings.OIDC_PROVIDERS = [
        Provider(
            id=f"p{at}", names={"fi": f"Tunnistus {at}"}, issuer=f"https://id{at}.example", client_id="y", secret="s"
        )
        for at in range(number)
    ]
    assert "Tunnistus 0" in client.get(page_of(invited)).content.decode()
    answer = client.post(page_of(invited), {"provider": "p0"})
    asked = f"next={quote(DESK, safe='')}&invitation={invited.pk}"
    sign_in = reverse("openid_connect_login", kwargs={"provider_id": "p0"})
    assert answer["Location"] == f"{sign_in}?{asked}"
    assert client.post(page_of(invited), {"provider": "muu"}).status_code == 404


@pytest.mark.parametrize("posted", ["the opened one", "another", "nothing"])
def test_sign_in_is_begun_from_an_invitation_only_where_its_form_says_so(
    invited: Invitation, client: Client, settings: Any, posted: str
):
    settings.OIDC_PROVIDERS = [Provider(id="p0", names={"fi": "T"}, issuer="https://id", client_id="y", secret="s")]
    said = {"the opened one": {"invitation": invited.pk}, "another": {"invitation": invited.pk + 1}, "nothing": {}}
    request = RequestFactory().post("/", said[posted])
    request.session = client.session
    assert begun_from(request) is None
    client.post(page_of(invited), {"provider": "p0"})
    request.session = client.session
    assert begun_from(request) == (invited.pk if posted == "the opened one" else None)
    forget_invitation(request)
    assert begun_from(request) is None


def test_invitation_stays_open_to_a_sign_in_until_it_is_accepted(invited: Invitation):
    assert open_invitation(None) is None
    assert open_invitation(invited.pk) == invited
    accept_invitation(invited)
    assert open_invitation(invited.pk) is None


@pytest.mark.parametrize(
    ("close", "said"),
    [
        ("used", "This link has been used already."),
        ("revoked", "This link was cancelled by whoever sent it."),
        ("expired", "This link has expired."),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_invitation_page_says_why_it_lets_in_no_more_and_whom_to_ask(
    invited: Invitation, administrator: Account, client: Client, close: str, said: str, method: str
):
    organisation = invited.party.organisation
    organisation.registry_email = "kirjaamo@luhanka.example"
    organisation.save()
    if close == "used":
        accept_invitation(invited)
    elif close == "revoked":
        cancel_invitation(invited, by=actor_for(administrator))
    else:
        expire(invited.link)
    answer = getattr(client, method)(page_of(invited))
    assert answer.status_code == 410
    html = answer.content.decode()
    assert said in html
    assert "kirjaamo@luhanka.example" in html
    assert "Vesa" not in html
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("token", ["", "1", "1.abc:def", "x" * 500, "1.abc:ÿ"])
def test_invitation_page_is_not_there_for_what_was_never_a_link(invited: Invitation, client: Client, token: str):
    assert client.get(f"/en/kutsu/{token}/").status_code == 404


def test_invitation_page_opens_with_no_link_of_another_purpose(invited: Invitation, client: Client):
    other = Link.objects.create(
        purpose="confirm", subject="person:1", nonce=invited.link.nonce, expires_at=invited.link.expires_at
    )
    assert client.get(f"/en/kutsu/{token_of(other)}/").status_code == 404


def test_invitation_page_costs_as_many_queries_however_many_invitations_there_are(
    invited: Invitation,
    luhanka: Party,
    administrator: Account,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
):
    with django_assert_num_queries(5):  # link, invitation, two on who invited, whether the address has an account
        client.get(page_of(invited))
    for number in range(2):
        invite(luhanka, name="Muu", email=f"muu{number}@luhanka.example", by=actor_for(administrator))
    with django_assert_num_queries(5):
        client.get(page_of(invited))


def _said(**more: str) -> dict[str, str]:
    return {"name": "Vesa Vastin", "language": "fi", "way": "passkey"} | more

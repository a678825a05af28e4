"""The keeper of an installation decides nothing: what the parties decided is set, who acts for one is appointed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from tests.conftest import PASSWORD
from yhdyspinta.agreement import today
from yhdyspinta.cli.installation import appoint, closeaccount, dismiss, publicity
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.parties.models import Account
from yhdyspinta.parties.queries import account_of, administered_by

pytestmark = pytest.mark.django_db(transaction=True)


def test_publicity_is_said_and_set(agreement: Agreement) -> None:
    assert CliRunner().invoke(publicity, [agreement.slug]).stdout == "done-and-counts\n"
    assert CliRunner().invoke(publicity, [agreement.slug, "all"]).stdout == "all\n"
    agreement.refresh_from_db()
    assert agreement.states_shown_to_public == "all"
    assert Entry.objects.filter(verb="set-publicity").count() == 1
    assert CliRunner().invoke(publicity, [agreement.slug, "some"]).exit_code == 2


def test_somebody_new_is_appointed_to_act_for_a_party(agreement: Agreement) -> None:
    call = [agreement.slug, "luhanka", "Kirjaamo@example.org", "--name", "Liisa", "--password-stdin"]
    done = CliRunner().invoke(appoint, call, input=f"{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    account = account_of("kirjaamo@example.org")
    assert account is not None
    assert account.check_password(PASSWORD)
    assert [party.slug for party in administered_by(account, agreement)] == ["luhanka"]


def test_account_that_is_there_is_appointed_without_a_question(agreement: Agreement, outsider: Account) -> None:
    assert CliRunner().invoke(appoint, [agreement.slug, "multia", outsider.email]).exit_code == 0
    assert [party.slug for party in administered_by(outsider, agreement)] == ["multia"]


def test_nothing_is_done_for_a_party_or_password_that_will_not_do(agreement: Agreement) -> None:
    unknown = CliRunner().invoke(appoint, [agreement.slug, "kuhmoinen", "x@example.org"])
    assert unknown.exit_code == 2
    assert "unknown party `kuhmoinen`" in unknown.output
    call = [agreement.slug, "multia", "x@example.org", "--name", "X", "--password-stdin"]
    weak = CliRunner().invoke(appoint, call, input="salasana\n")
    assert weak.exit_code == 1
    assert account_of("x@example.org") is None


def test_somebody_is_dismissed_at_once_or_after_a_day(
    agreement: Agreement, small_municipality_clerk: Account, city_clerk: Account
) -> None:
    assert CliRunner().invoke(dismiss, [agreement.slug, "luhanka", small_municipality_clerk.email]).exit_code == 0
    assert not administered_by(small_municipality_clerk, agreement).exists()
    last = today() + timedelta(days=30)
    done = CliRunner().invoke(dismiss, [agreement.slug, "jyvaskyla", city_clerk.email, "--to", last.isoformat()])
    assert done.exit_code == 0, done.output
    assert administered_by(city_clerk, agreement, last).exists()
    assert not administered_by(city_clerk, agreement, last + timedelta(days=1)).exists()


def test_dismiss_also_ends_what_has_not_begun(agreement: Agreement, outsider: Account) -> None:
    begins = today() + timedelta(days=10)
    appointed = CliRunner().invoke(appoint, [agreement.slug, "multia", outsider.email, "--from", begins.isoformat()])
    assert appointed.exit_code == 0
    assert CliRunner().invoke(dismiss, [agreement.slug, "multia", outsider.email]).exit_code == 0
    assert not administered_by(outsider, agreement, begins).exists()


def test_dismiss_says_who_is_unknown_or_does_not_act(agreement: Agreement, outsider: Account) -> None:
    for call, message in (
        (["luhanka", outsider.email], "does not act for `luhanka`"),
        (["luhanka", "x@example.org"], "unknown account `x@example.org`"),
        (["kuhmoinen", outsider.email], "unknown party `kuhmoinen`"),
    ):
        refused = CliRunner().invoke(dismiss, [agreement.slug, *call])
        assert refused.exit_code == 2
        assert message in refused.output


def test_dismiss_refuses_a_last_day_before_the_first(agreement: Agreement, small_municipality_clerk: Account) -> None:
    call = [agreement.slug, "luhanka", small_municipality_clerk.email, "--to", "2020-01-01"]
    assert CliRunner().invoke(dismiss, call).exit_code == 1
    assert administered_by(small_municipality_clerk, agreement).exists()


def test_closed_account_is_signed_out_and_stays_out(outsider: Account) -> None:
    browser = Client()
    browser.post(reverse("account_login"), {"login": outsider.email, "password": PASSWORD})
    assert browser.session.get("_auth_user_id")
    done = CliRunner().invoke(closeaccount, [outsider.email.upper()])
    assert done.exit_code == 0, done.output
    assert not browser.session.get("_auth_user_id")
    assert not Client().login(username=outsider.email, password=PASSWORD)
    again = CliRunner().invoke(closeaccount, [outsider.email])
    assert (again.exit_code, "closed already" in again.output) == (1, True)
    assert CliRunner().invoke(closeaccount, ["x@example.org"]).exit_code == 2

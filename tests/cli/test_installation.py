"""The keeper of an installation decides nothing: what the parties decided is set, who acts for one is appointed."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from tests.conftest import PASSWORD
from yhdyspinta.cli.installation import appoint, publicity
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

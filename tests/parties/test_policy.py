"""Who may change what: every role of the cast against every predicate."""

from __future__ import annotations

import pytest

from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties import policy
from yhdyspinta.parties.actions import end_party_administrator
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Account, PartyAdministrator
from yhdyspinta.parties.queries import party_or_404

CAST = {
    "administrator": (True, False, True),
    "county_coordinator": (False, False, False),
    "regional_officer": (False, False, False),
    "city_clerk": (False, True, True),
    "small_municipality_clerk": (False, False, False),
    "outsider": (False, False, False),
}
"""Each of the cast: administers the installation, administers Jyväskylä, manages Jyväskylä."""


@pytest.mark.parametrize(("who", "may"), CAST.items())
def test_policy_of_each_role(
    agreement: Agreement, who: str, may: tuple[bool, bool, bool], request: pytest.FixtureRequest
):
    actor = actor_for(request.getfixturevalue(who))
    city = party_or_404(agreement, "jyvaskyla")
    assert (
        policy.manages_installation.test(actor),
        policy.administers.test(actor, city),
        policy.manages_party.test(actor, city),
    ) == may


def test_policy_of_the_system_and_of_a_link(agreement: Agreement):
    city = party_or_404(agreement, "jyvaskyla")
    assert policy.manages_party.test(SYSTEM, city)
    link = Actor("link", party="jyvaskyla", label="Jyväskylä")
    assert not policy.manages_party.test(link, city)
    assert not policy.manages_installation.test(Actor("person"))


def test_policy_of_the_same_party_in_another_agreement(second_agreement: Agreement, city_clerk: Account):
    other = party_or_404(second_agreement, "jyvaskyla")
    assert not policy.administers.test(actor_for(city_clerk), other)


def test_policy_asks_the_rows_as_they_are_now(agreement: Agreement, city_clerk: Account, administrator: Account):
    city = party_or_404(agreement, "jyvaskyla")
    clerk, admin = actor_for(city_clerk, city), actor_for(administrator)
    end_party_administrator(PartyAdministrator.objects.get(account=city_clerk), by=SYSTEM)
    Account.objects.filter(pk=administrator.pk).update(is_active=False)
    assert not policy.manages_party.test(clerk, city)
    assert not policy.manages_party.test(admin, city)


def test_actor_carries_plain_ids_and_no_name(agreement: Agreement, city_clerk: Account, administrator: Account):
    city = party_or_404(agreement, "jyvaskyla")
    assert actor_for(city_clerk, city) == Actor("person", city_clerk.pk, "jyvaskyla", "Jyväskylä")
    assert actor_for(administrator, city) == Actor("person", administrator.pk, "jyvaskyla", "Jyväskylä")
    assert actor_for(administrator) == Actor("person", administrator.pk, None, "Ylläpito")
    assert actor_for(city_clerk) == Actor("person", city_clerk.pk, None, "")


@pytest.mark.parametrize("who", ["outsider", "small_municipality_clerk"])
def test_actor_for_a_party_is_refused_to_others(agreement: Agreement, who: str, request: pytest.FixtureRequest):
    with pytest.raises(NotAllowed, match="You do not act for Jyväskylä"):
        actor_for(request.getfixturevalue(who), party_or_404(agreement, "jyvaskyla"))


def test_actor_for_nobody_is_refused(anonymous: object, outsider: Account):
    with pytest.raises(NotAllowed, match="Sign in first"):
        actor_for(anonymous)  # type: ignore[arg-type] # what a view hands over
    outsider.is_active = False
    with pytest.raises(NotAllowed, match="Sign in first"):
        actor_for(outsider)


def test_roles_begin_and_end_with_their_days(agreement: Agreement, city_clerk: Account):
    rows = PartyAdministrator.objects.filter(account=city_clerk)
    begins = rows.get().valid_from
    assert rows.active_on(begins).exists()
    assert not rows.active_on(begins.replace(year=begins.year - 1)).exists()
    rows.update(valid_to=today())
    assert rows.active_on(today()).exists()

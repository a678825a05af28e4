"""What is asked about parties and accounts, and how many queries an answer costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties import queries
from yhdyspinta.parties.actions import appoint_party_administrator
from yhdyspinta.parties.models import Account, Party
from yhdyspinta.parties.standing import standing_of


def test_parties_come_in_the_agreements_order_with_organisation(agreement: Agreement, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        names = [(party.organisation.name["fi"], party.agreement.slug) for party in queries.parties_of(agreement)]
    assert len(names) == 24
    assert names[2] == ("Hankasalmi", "keski-suomi-2023")


def test_party_or_404(agreement: Agreement, second_agreement: Agreement, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        assert queries.party_or_404(agreement, "luhanka").agreement == agreement
    with pytest.raises(Http404):
        queries.party_or_404(agreement, "tampere")


def test_administered_by_names_the_parties_of_an_account(
    agreement: Agreement, second_agreement: Agreement, city_clerk: Account, django_assert_num_queries: Any
):
    for slug in ("luhanka", "multia"):
        appoint_party_administrator(queries.party_or_404(agreement, slug), account=city_clerk, by=SYSTEM)
    appoint_party_administrator(queries.party_or_404(second_agreement, "joutsa"), account=city_clerk, by=SYSTEM)
    with django_assert_num_queries(1):
        assert [party.slug for party in queries.administered_by(city_clerk, agreement)] == [
            "jyvaskyla", "luhanka", "multia",
        ]  # fmt: skip
    assert [party.slug for party in queries.administered_by(city_clerk, second_agreement)] == ["joutsa"]
    assert len(queries.administered_by(city_clerk)) == 4


def test_administered_by_strangers_is_nothing_and_asks_nothing(
    agreement: Agreement, outsider: Account, django_assert_num_queries: Any
):
    with django_assert_num_queries(0):
        assert list(queries.administered_by(AnonymousUser(), agreement)) == []
    assert list(queries.administered_by(outsider, agreement)) == []
    outsider.is_active = False
    with django_assert_num_queries(0):
        assert list(queries.administered_by(outsider, agreement)) == []


def test_administrators_of_a_party(agreement: Agreement, city_clerk: Account, django_assert_num_queries: Any):
    city = queries.party_or_404(agreement, "jyvaskyla")
    with django_assert_num_queries(1):
        assert [row.account.email for row in queries.administrators_of(city)] == [city_clerk.email]


def test_administrators_of_the_installation(administrator: Account, outsider: Account, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        assert list(queries.administrators()) == [administrator]


def test_account_is_found_in_any_case(outsider: Account, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        assert queries.account_of(" ULKOPUOLINEN@Example.org") == outsider
    assert queries.account_of("muu@example.org") is None
    assert Account.objects.get_by_natural_key("Ulkopuolinen@example.org") == outsider


def test_who_administers_a_party_that_has_left_does_so_no_more(agreement: Agreement, small_municipality_clerk: Account):
    party = queries.party_or_404(agreement, "luhanka")
    assert queries.roles_of(small_municipality_clerk) == {"party-administrator"}
    Party.objects.filter(pk=party.pk).update(valid_to=today() - timedelta(days=1))
    assert not queries.administers(small_municipality_clerk.pk, party)
    assert not queries.runs(small_municipality_clerk.pk, party.organisation)
    assert queries.roles_of(small_municipality_clerk) == frozenset()
    assert list(queries.administered_by(small_municipality_clerk)) == []
    assert standing_of(small_municipality_clerk, agreement).public

"""What the tests of the requests share: the agreement as if it were in force, its parties, their registries."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.bodies.conftest import agreement, parties
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Organisation, Party

__all__ = ["agreement", "parties"]


@pytest.fixture
def registries(agreement: Agreement, parties: dict[str, Party]) -> dict[str, Party]:
    """The parties, each with the address of its registry."""
    for slug, party in parties.items():
        Organisation.objects.filter(pk=party.organisation_id).update(registry_email=f"kirjaamo@{slug}.example")
        party.organisation.registry_email = f"kirjaamo@{slug}.example"
    return parties


@pytest.fixture
def mail_works():
    """An installation that sends mail."""
    with override_settings(MAIL_WORKS=True):
        yield

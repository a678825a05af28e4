"""Those appointed and their parties are told, once each, in their language."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.bodies.groups import TERM, appointed
from yhdyspinta.bodies.actions import Member
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.mail.models import Message
from yhdyspinta.parties.actions import add_person
from yhdyspinta.parties.models import Organisation

pytestmark = pytest.mark.django_db


@override_settings(MAIL_WORKS=True)
def test_everyone_is_told(agreement, parties):
    luhanka = parties["luhanka"]
    Organisation.objects.filter(pk=luhanka.organisation_id).update(registry_email="kirjaamo@luhanka.example")
    luhanka.organisation.refresh_from_db()
    people = [
        add_person(luhanka.organisation, name="Aino Aalto", email="aino@luhanka.example", language="sv", by=SYSTEM),
        add_person(luhanka.organisation, name="Eero Eskola", by=SYSTEM),
    ]
    appointed(agreement, "ict", *(Member(each, "member", TERM, party=luhanka) for each in people), early_reason="x")
    sent = {message.to_address: message for message in Message.objects.all()}
    assert sorted(sent) == ["aino@luhanka.example", "kirjaamo@luhanka.example"]
    assert sent["aino@luhanka.example"].language == "sv"
    told = sent["kirjaamo@luhanka.example"].text
    assert "- Aino Aalto" in told
    assert "- Eero Eskola" in told
    assert "/elimet/ict/" in told

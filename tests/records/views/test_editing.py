"""Two editors, corrections and withdrawals."""

from __future__ import annotations

import pytest

from tests.records.conftest import ACCEPTED, HELD
from tests.records.pages import AT, text, token
from yhdyspinta.records.actions import Proof, correct_record, withdraw_record
from yhdyspinta.records.models import Record, Remark


def test_the_second_editor_sees_both_and_may_send_again(koe, record, keeper, by_keeper, browse):
    old = record(HELD)
    correct_record(old, [{**HELD, "on": "2024-05-21"}], proof=Proof(note="Ensin"), by=by_keeper)
    newest = Record.objects.get(corrects=old)
    client = browse(keeper)
    posted = {"0-body": "foorumi", "0-on": "22.5.2024", "note": "Toiseksi", "token": token()}
    page = client.post(f"{AT}{old.pk}/korjaa/", posted)
    assert page.status_code == 409
    assert "Somebody else has changed this meanwhile" in text(page)
    assert "21 May 2024" in text(page)
    assert "Toiseksi" in text(page)
    assert f'action="{AT}{newest.pk}/korjaa/"' in page.content.decode()
    assert client.post(f"{AT}{newest.pk}/korjaa/", posted).status_code == 302
    assert Record.objects.get(corrects=newest).note == "Toiseksi"


def test_what_was_withdrawn_meanwhile_cannot_be_corrected_and_says_so(koe, record, keeper, by_keeper, browse):
    old = record(HELD)
    withdraw_record(old, reason="Ei pidetty", by=by_keeper)
    posted = {"0-body": "foorumi", "0-on": "22.5.2024", "token": token()}
    page = browse(keeper).post(f"{AT}{old.pk}/korjaa/", posted)
    assert page.status_code == 409
    assert "The record was withdrawn: Ei pidetty" in text(page)
    assert "record it anew" in text(page)


def test_a_withdrawal_that_comes_second_says_what_stands(koe, record, keeper, by_keeper, browse):
    old = record(HELD)
    correct_record(old, [{**HELD, "on": "2024-05-21"}], proof=Proof(), by=by_keeper)
    page = browse(keeper).post(f"{AT}{old.pk}/peru/", {"reason": "Erehdys"})
    assert page.status_code == 409
    assert "21 May 2024" in text(page)


def test_a_record_is_withdrawn_with_its_reason(koe, record, keeper, browse):
    made = record(HELD)
    answer = browse(keeper).post(f"{AT}{made.pk}/peru/", {"reason": "Kokous siirtyi"})
    assert answer.status_code == 302
    page = browse(keeper).get(f"{AT}{made.pk}/")
    assert "This record was withdrawn." in text(page)
    assert "Kokous siirtyi" in text(page)
    assert browse().get(f"{AT}{made.pk}/").status_code == 404


@pytest.mark.parametrize("route", ["korjaa", "peru"])
def test_the_form_of_what_was_corrected_leads_to_what_stands(koe, record, keeper, by_keeper, browse, route):
    old = record(HELD)
    new = correct_record(old, [HELD], proof=Proof(note="Uusi"), by=by_keeper)
    assert browse(keeper).get(f"{AT}{old.pk}/{route}/")["Location"] == f"{AT}{new.pk}/"
    assert browse().get(f"{AT}{old.pk}/")["Location"] == f"{AT}{new.pk}/"


def test_a_record_shows_its_history(koe, record, keeper, by_keeper, browse):
    old = record(HELD)
    new = correct_record(old, [{**HELD, "on": "2024-05-21"}], proof=Proof(organ="Kunnanhallitus"), by=by_keeper)
    page = browse(keeper).get(f"{AT}{new.pk}/")
    assert [version.record for version in page.context["versions"]] == [new, old]
    assert "Kunnanhallitus" in text(page)
    assert "This record was corrected later." in text(browse(keeper).get(f"{AT}{old.pk}/"))


def test_a_party_asks_for_correction_and_is_answered(koe, record, kyla, keeper, browse):
    made = record(ACCEPTED)
    client = browse(kyla)
    assert client.post(f"{AT}{made.pk}/pyynto/", {"party": "kyla", "text": "Päivä oli 2.2."}).status_code == 302
    asked = Remark.objects.get()
    assert "correction asked" in text(browse(keeper).get(f"{AT}?tila=pyynto"))
    answer = browse(keeper).post(f"{AT}{made.pk}/pyynto/{asked.pk}/", {"text": "Pöytäkirjassa on 1.2."})
    assert answer.status_code == 302
    page = client.get(f"{AT}{made.pk}/")
    assert "Päivä oli 2.2." in text(page)
    assert "Pöytäkirjassa on 1.2." in text(page)
    again = browse(keeper).post(f"{AT}{made.pk}/pyynto/{asked.pk}/", {"text": "Toistamiseen"})
    assert "answered already" in text(again)


def test_what_parties_ask_is_not_public(koe, things, browse):
    assert "Tarkistakaa" not in text(browse().get(f"{AT}{things['record']}/"))

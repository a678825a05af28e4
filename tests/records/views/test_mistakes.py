"""What comes back when something is wrong: every message at its field, nothing typed lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.records.pages import AT, PDF, found, pdf, text, token, upload
from yhdyspinta.agreement import today
from yhdyspinta.papers.models import File
from yhdyspinta.records.models import Record


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"0-on": ""}, "Date: This must be filled in."),
        ({"0-on": "kesällä"}, "“kesällä” is not a date. Write the day as 1.6.2024 or 2024-06-01."),
        ({"0-on": "31.2.2024"}, "“31.2.2024” is not a date."),
        ({"0-on": "1.1.1024"}, "The year 1024 is far"),
        ({"0-host": "helsinki"}, "Organised by (optional): Select a valid choice."),
        ({"link": "javascript:alert(1)"}, "Write the whole address, beginning with https:// or http://."),
        ({"decided": "1.1.2199"}, "Date of the decision: This day is still to come."),
        ({"note": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_each_mistake_is_said_at_its_field_and_in_the_summary(koe, keeper, browse, change, message):
    posted = {"0-on": "20.5.2024", "organ": "Kunnanhallitus", "token": token(), **change}
    response = browse(keeper).post(f"{AT}uusi/?sitoumus=foorumi-koolle", posted)
    assert response.status_code == 422
    assert message in text(response)
    [name] = change
    assert f'href="#id_{name}"' in found(r'id="mistakes"(.*?)</section>', response)
    assert 'value="Kunnanhallitus"' in response.content.decode()
    assert Record.objects.count() == 0


def test_a_day_to_come_is_not_recorded(koe, keeper, browse):
    tomorrow = today() + timedelta(days=1)
    posted = {"0-on": f"{tomorrow.day}.{tomorrow.month}.{tomorrow.year}", "token": token()}
    assert "in the future" in text(browse(keeper).post(f"{AT}uusi/?laji=evaluation-made", posted))


def test_two_answers_to_one_question_are_refused(koe, keeper, browse):
    posted = {"0-party": "kyla", "0-on": "1.5.2024", "0-subject_known": "renewal", "0-subject_own": "talous"}
    response = browse(keeper).post(f"{AT}uusi/?laji=decision-made", posted)
    assert "Choose from the list or write your own, not both." in text(response)


def test_a_word_of_the_list_may_be_written_out(koe, keeper, browse):
    posted = {"0-party": "kyla", "0-on": "1.5.2024", "0-subject_own": "Renewal of the agreement", "token": token()}
    browse(keeper).post(f"{AT}uusi/?laji=decision-made", posted)
    assert Record.objects.get().facts.get().given["subject"] == "renewal"


def test_nothing_chosen_to_record_is_said(koe, keeper, browse):
    response = browse(keeper).post(f"{AT}uusi/?sitoumus=seuranta", {"token": token()})
    assert "Choose at least one thing to record." in text(response)


def test_a_party_is_told_what_it_may_not_record(koe, lahti, browse):
    response = browse(lahti).post(f"{AT}uusi/?sitoumus=foorumi-koolle", {"0-on": "20.5.2024", "token": token()})
    assert response.status_code == 403
    assert "It can be recorded by the party that it concerns." in text(response)


def test_a_party_is_offered_itself_and_not_what_all_decide_together(koe, kyla, browse):
    client = browse(kyla)
    page = client.get(f"{AT}uusi/")
    assert "laji=signed" in page.content.decode()
    assert "laji=waived" not in page.content.decode()
    assert client.get(f"{AT}uusi/?laji=signed").context["filled"].facts[0]["party"].value() == "kyla"


def test_a_file_goes_with_the_record_to_the_parties_alone(koe, keeper, lahti, browse):
    posted = {"0-on": "20.5.2024", "file": upload(), "token": token()}
    browse(keeper).post(f"{AT}uusi/?sitoumus=foorumi-koolle", posted)
    made = Record.objects.get()
    answer = browse(lahti).get(f"{AT}{made.pk}/tiedosto/")
    assert b"".join(answer.streaming_content) == PDF
    assert 'filename="muistio.pdf"' in answer["Content-Disposition"]
    assert browse().get(f"{AT}{made.pk}/tiedosto/").status_code == 404
    assert "muistio.pdf" not in text(browse().get(f"{AT}{made.pk}/"))


def test_a_public_file_goes_to_everyone(koe, keeper, browse):
    posted = {"0-on": "20.5.2024", "file": upload(), "file_public": "on", "token": token()}
    browse(keeper).post(f"{AT}uusi/?sitoumus=foorumi-koolle", posted)
    answer = browse().get(f"{AT}{Record.objects.get().pk}/tiedosto/")
    assert b"".join(answer.streaming_content) == PDF


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (("muistio.pdf", b"MZ program"), "is not a PDF, DOCX, ODT, PNG or JPEG"),
        (("muistio.docx", PDF), "does not fit the content"),
        (("muistio.pdf", b""), "The submitted file is empty."),
    ],
)
def test_a_file_that_is_not_taken_in_is_said_at_its_field(koe, keeper, browse, file, message):
    posted = {"0-on": "20.5.2024", "file": upload(*file), "token": token()}
    response = browse(keeper).post(f"{AT}uusi/?sitoumus=foorumi-koolle", posted)
    assert message in text(response)
    assert Record.objects.count() == 0


def test_a_file_in_order_survives_a_mistake_elsewhere(koe, keeper, browse):
    client = browse(keeper)
    page = client.post(f"{AT}uusi/?sitoumus=foorumi-koolle", {"0-on": "", "file": upload(), "token": token()})
    assert "Attached: muistio.pdf" in text(page)
    kept = found(r'name="kept_file" value="([^"]+)"', page)
    client.post(f"{AT}uusi/?sitoumus=foorumi-koolle", {"0-on": "20.5.2024", "kept_file": kept, "token": token()})
    assert str(Record.objects.get().file) == "muistio.pdf"


@pytest.mark.parametrize("change", [{"drop_file": "on"}, {"kept_file": "väärä"}])
def test_a_kept_file_is_left_out_when_dropped_or_forged(koe, keeper, browse, change):
    client = browse(keeper)
    page = client.post(f"{AT}uusi/?sitoumus=foorumi-koolle", {"0-on": "", "file": upload(), "token": token()})
    kept = found(r'name="kept_file" value="([^"]+)"', page)
    posted = {"0-on": "20.5.2024", "kept_file": kept, "token": token(), **change}
    client.post(f"{AT}uusi/?sitoumus=foorumi-koolle", posted)
    assert Record.objects.get().file is None


def test_papers_of_preparedness_bodies_are_not_taken_in(koe, keeper, browse):
    posted = {"0-body": "varautuminen", "0-on": "20.5.2024", "file": upload(), "token": token()}
    response = browse(keeper).post(f"{AT}uusi/?laji=meeting-held", posted)
    assert "Papers of preparedness bodies stay" in text(response)
    assert not File.objects.exists()  # nothing of it is kept
    assert Record.objects.count() == 0


def test_of_preparedness_bodies_the_public_sees_the_register_number_alone(koe, record, browse, lahti):
    held = {"fact": "item-handled", "body": "varautuminen", "meeting": "2024-05-20", "on": "2024-05-20"}
    papers = {"text": "Salainen muistio", "link": "https://example.org/salainen", "note": "hys"}
    made = record({**held, "topic": "salainen"}, register="7/2024", **papers)
    for address in (AT, f"{AT}{made.pk}/", "/en/koe/kirjaukset.csv"):
        shown = browse().get(address).content.decode()
        assert "salainen" not in shown.lower()
        assert "hys" not in shown
        assert "7/2024" in shown
    assert "salainen" in text(browse(lahti).get(f"{AT}{made.pk}/"))


def test_a_form_with_somebody_elses_token_comes_back_with_another(koe, keeper, kyla, browse):
    posted = {"0-on": "20.5.2024", "token": token()}
    address = f"{AT}uusi/?sitoumus=foorumi-koolle"
    browse(keeper).post(address, posted)
    page = browse(kyla).post(address, posted)
    assert page.status_code == 422
    assert "Somebody else has sent this form already" in text(page)
    renewed = found(r'name="token" value="([^"]+)"', page)
    assert renewed != posted["token"]
    assert browse(kyla).post(address, {**posted, "token": renewed}).status_code == 302


def test_a_correction_hands_out_the_file_to_who_may_change_the_record(koe, record, kyla, lahti, by_kyla, browse):
    made = record(by=by_kyla, file=pdf())
    forms = [browse(who).get(f"{AT}{made.pk}/korjaa/").context["filled"].proof.kept_now() for who in (kyla, lahti)]
    assert [bool(kept) for kept in forms] == [True, False]
    posted = {"0-on": "21.5.2024", "kept_file": forms[0], "token": token()}
    browse(kyla).post(f"{AT}uusi/?sitoumus=foorumi-koolle", posted)
    assert Record.objects.latest("pk").file is None
    posted = {"0-body": "foorumi", "0-on": "22.5.2024", "kept_file": forms[0], "token": token()}
    browse(kyla).post(f"{AT}{made.pk}/korjaa/", posted)
    assert Record.objects.latest("pk").file == made.file


@pytest.mark.parametrize("asked", ["jakso=%00", "kohde=%00", "jakso=2024%0A", "kohde=senaatti", "jakso=foorumi@"])
def test_an_address_that_names_no_period_or_object_is_not_found(koe, kyla, browse, asked):
    client = browse(kyla)
    for page in ("kirjaukset/uusi/?sitoumus=hyvaksynta", "osapuolet/kyla/huomautus/?sitoumus=hyvaksynta"):
        assert client.get(f"/en/koe/{page}&{asked}").status_code == 404
        assert client.post(f"/en/koe/{page}&{asked}", {"token": token(), "text": "Sana"}).status_code == 404

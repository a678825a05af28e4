"""The pages: who gets which answer, what they show, and what comes back when something is wrong."""

from __future__ import annotations

import io
import json
import re
import uuid
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.records.conftest import ACCEPTED, HELD
from yhdyspinta.agreement import today
from yhdyspinta.papers.models import File
from yhdyspinta.parties.actions import create_account
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.records import queries
from yhdyspinta.records.actions import ask_for_correction, correct_record, preview_history, withdraw_record, write_remark
from yhdyspinta.records.actions.recording import Proof
from yhdyspinta.records.models import Record, Remark

AT = "/en/koe/kirjaukset/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def outsider(db):
    return create_account("ulkona@example.org", name="Olli", password="kuntakokous-2026", by=SYSTEM)


def text(response):
    """The page's words, white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def token():
    return str(uuid.uuid4())


# Who gets which answer


@pytest.fixture
def things(koe, record, by_keeper, by_kyla):
    made = record(ACCEPTED, file=pdf())
    batch = preview_history(koe, json.dumps(HELD).encode(), filename="h.jsonl", by=by_keeper)
    asked = ask_for_correction(made, "kyla", "Tarkistakaa päivä.", by=by_kyla)
    return {"record": made.pk, "batch": batch.pk, "remark": asked.pk}


def pdf():
    return File.objects.create(sha256="0" * 64, size=1, name="muistio.pdf", media_type="application/pdf", path="00/0")


ROUTES = [  # route, anonymous, outsider, another party, the party, the installation
    ("", 200, 200, 200, 200, 200),
    ("../kirjaukset.csv", 200, 200, 200, 200, 200),
    ("../kirjaukset.xlsx", 200, 200, 200, 200, 200),
    ("{record}/", 200, 200, 200, 200, 200),
    ("tuo/pohja.xlsx", 200, 200, 200, 200, 200),
    ("tuo/pohja.csv", 200, 200, 200, 200, 200),
    ("tuo/pohja.jsonl", 200, 200, 200, 200, 200),
    ("tuo/pohja.exe", 404, 404, 404, 404, 404),
    ("uusi/", 302, 403, 200, 200, 200),
    ("uusi/?laji=meeting-held", 302, 403, 200, 200, 200),
    ("uusi/?sitoumus=foorumi-koolle", 302, 403, 200, 200, 200),
    ("uusi/?sitoumus=ei-ole", 302, 403, 404, 404, 404),
    ("{record}/korjaa/", 302, 403, 200, 200, 200),
    ("{record}/peru/", 302, 403, 200, 200, 200),
    ("{record}/pyynto/", 302, 403, 403, 200, 403),
    ("{record}/pyynto/{remark}/", 302, 403, 200, 200, 200),
    ("tuo/", 302, 403, 200, 200, 200),
    ("tuo/{batch}/", 302, 403, 404, 404, 200),
    ("99999/", 404, 404, 404, 404, 404),
    ("99999/korjaa/", 302, 403, 404, 404, 404),
    ("99999/tiedosto/", 404, 404, 404, 404, 404),
    ("tuo/99999/", 302, 403, 404, 404, 404),
    ("../osapuolet/kyla/huomautus/?sitoumus=hyvaksynta", 302, 403, 403, 200, 200),
    ("../osapuolet/kyla/huomautus/?sitoumus=ei-ole", 302, 403, 404, 404, 404),
    ("../osapuolet/helsinki/huomautus/?sitoumus=hyvaksynta", 302, 403, 404, 404, 404),
]
POSTS = [
    ("uusi/?laji=signed", 302, 403, 422, 422, 422),
    ("{record}/korjaa/", 302, 403, 422, 422, 422),
    ("{record}/peru/", 302, 403, 422, 422, 422),
    ("{record}/pyynto/", 302, 403, 403, 422, 403),
    ("{record}/pyynto/{remark}/", 302, 403, 422, 422, 422),
    ("tuo/", 302, 403, 422, 422, 422),
    ("tuo/{batch}/lisaa/", 302, 403, 404, 404, 302),
    ("tuo/{batch}/hylkaa/", 302, 403, 404, 404, 302),
    ("tuo/kirjauksia-alkaen/", 302, 403, 403, 403, 302),
    ("../osapuolet/kyla/huomautus/?sitoumus=hyvaksynta", 302, 403, 403, 422, 422),
]


@pytest.mark.parametrize(("method", "row"), [("get", r) for r in ROUTES] + [("post", r) for r in POSTS], ids=str)
def test_each_route_answers_each_of_the_cast(koe, things, keeper, kyla, lahti, outsider, browse, method, row):
    route, *expected = row
    address = AT.replace("kirjaukset/", "") + route[3:] if route.startswith("../") else AT + route
    found = [
        getattr(browse(one), method)(address.format(**things)).status_code
        for one in (None, outsider, lahti, kyla, keeper)
    ]
    assert found == expected


@pytest.mark.parametrize("row", [row for row in ROUTES if "{" in row[0]], ids=str)
def test_nothing_of_one_agreement_is_found_under_another(koe, things, agreement_beside, keeper, browse, row):
    address = f"/en/{agreement_beside.slug}/kirjaukset/{row[0]}".format(**things)
    assert browse(keeper).get(address).status_code == 404


@pytest.fixture
def agreement_beside(koe):
    from tests.records.koe import SOURCES
    from yhdyspinta.parties.actions import load_agreement

    other = SOURCES["fi"].replace("\nid: koe\n", "\nid: koe-2\n", 1)
    return load_agreement(SOURCES | {"fi": other}, by=SYSTEM).agreement


@pytest.mark.parametrize("route", ["uusi/", "tuo/", "1/korjaa/"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(koe, browse, route):
    response = browse().get(AT + route)
    assert response["Location"] == f"/en/kirjaudu/?next=/en/koe/kirjaukset/{route}"


@pytest.mark.parametrize("route", ["tuo/1/lisaa/", "tuo/1/hylkaa/", "tuo/kirjauksia-alkaen/"])
def test_reading_changes_nothing(koe, keeper, browse, route):
    assert browse(keeper).get(AT + route).status_code == 405


# Recording


def test_the_form_of_a_duty_asks_only_what_the_duty_leaves_open(koe, keeper, browse):
    page = browse(keeper).get(f"{AT}uusi/?sitoumus=foorumi-koolle&jakso=2024&osapuoli=kyla")
    names = [field.html_name for form in page.context["filled"].facts for field in form.visible_fields()]
    assert names == ["0-on", "0-online", "0-host"]
    assert "Meets every year" in text(page)
    assert "Body or group forum" in text(page)


def test_a_duty_is_recorded_with_a_date_and_a_link(koe, keeper, browse):
    posted = {"0-on": "20.5.2024", "link": "https://example.org/muistio", "token": token()}
    response = browse(keeper).post(f"{AT}uusi/?sitoumus=foorumi-koolle&jakso=2024", posted)
    made = Record.objects.get()
    assert response["Location"] == f"{AT}{made.pk}/"
    assert (made.duty, made.period, made.link) == ("foorumi-koolle", "2024", "https://example.org/muistio")
    assert made.facts.get().given == HELD


@pytest.mark.parametrize("written", ["20.5.2024", "2024-05-20", " 20.05.2024 "])
def test_days_are_written_both_ways(koe, keeper, browse, written):
    browse(keeper).post(f"{AT}uusi/?sitoumus=foorumi-koolle", {"0-on": written, "token": token()})
    assert Record.objects.get().facts.get().given == HELD


def test_a_form_sent_twice_leads_to_the_same_record(koe, keeper, browse):
    client, posted = browse(keeper), {"0-on": "20.5.2024", "token": token()}
    first = client.post(f"{AT}uusi/?sitoumus=foorumi-koolle", posted)
    second = client.post(f"{AT}uusi/?sitoumus=foorumi-koolle", posted)
    assert first["Location"] == second["Location"]
    assert Record.objects.count() == 1


def test_a_duty_of_two_kinds_of_evidence_is_recorded_in_one_form(koe, keeper, browse):
    posted = {"0-include": "on", "0-on": "20.5.2024", "1-include": "on", "token": token()}
    browse(keeper).post(f"{AT}uusi/?sitoumus=seuranta&jakso=2024", posted)
    held, handled = [fact.given for fact in Record.objects.get().facts.all()]
    assert held == HELD
    assert handled == {
        "fact": "item-handled",
        "body": "foorumi",
        "topic": "goal-review",
        "meeting": "2024-05-20",
        "on": "2024-05-20",
    }


def test_what_is_recorded_already_is_unticked_and_the_rest_recorded_alone(koe, record, keeper, browse):
    record(HELD)
    client = browse(keeper)
    page = client.get(f"{AT}uusi/?sitoumus=seuranta&jakso=2024")
    assert "Recorded already: 20 May 2024." in text(page)
    assert [form["include"].value() for form in page.context["filled"].facts] == [False, True]
    client.post(
        f"{AT}uusi/?sitoumus=seuranta&jakso=2024", {"1-include": "on", "1-meeting": "20.5.2024", "token": token()}
    )
    assert [fact.kind for fact in Record.objects.order_by("-pk")[0].facts.all()] == ["item-handled"]


def test_the_form_of_a_period_that_is_a_meeting_fixes_the_meeting(koe, keeper, browse):
    page = browse(keeper).get(f"{AT}uusi/?sitoumus=tiedottaminen&jakso=foorumi@2024-05-20")
    [form] = page.context["filled"].facts
    assert form.section.fixed == {"body": "foorumi", "meeting": "2024-05-20"}
    posted = {"0-on": "21.5.2024", "token": token()}
    browse(keeper).post(f"{AT}uusi/?sitoumus=tiedottaminen&jakso=foorumi@2024-05-20", posted)
    assert Record.objects.get().facts.get().given["meeting"] == "2024-05-20"


def test_joint_bearers_are_ticked_and_may_be_unticked(koe, keeper, browse):
    client = browse(keeper)
    page = client.get(f"{AT}uusi/?sitoumus=asialista&jakso=foorumi@2024-05-20&osapuoli=alue%2Bkyla")
    assert page.context["filled"].facts[0]["prepared_by"].value() == ["alue", "kyla"]
    posted = {"0-on": "1.5.2024", "0-prepared_by": ["alue"], "token": token()}
    client.post(f"{AT}uusi/?sitoumus=asialista&jakso=foorumi@2024-05-20", posted)
    assert Record.objects.get().facts.get().given["prepared_by"] == ["alue"]


def test_the_party_and_the_object_of_the_address_are_fixed(koe, keeper, browse):
    page = browse(keeper).get(f"{AT}uusi/?sitoumus=hyvaksynta&kohde=ict&osapuoli=kyla&jakso=2021-2025")
    assert page.context["filled"].facts[0].section.fixed == {"party": "kyla", "subject": "ict"}


def test_what_a_duty_needs_more_of_is_asked_for(koe, keeper, browse):
    address = f"{AT}uusi/?sitoumus=vastinparit&kohde=ict&osapuoli=kyla"
    nothing = browse(keeper).post(address, {"0-from": "1.2.2024", "0-hours_per_week": "0", "token": token()})
    assert "Here it must be more than 0." in text(nothing)
    browse(keeper).post(address, {"0-from": "1.2.2024", "0-hours_per_week": "7,5", "token": token()})
    assert Record.objects.get().facts.get().given["hours_per_week"] == 7.5


def test_officers_are_ticked_as_the_duty_needs_them(koe, keeper, browse):
    address = f"{AT}uusi/?sitoumus=puheenjohtajisto&osapuoli=ict&jakso=ict@2024-03-01"
    page = browse(keeper).get(address)
    [form] = page.context["filled"].facts
    assert form.section.fixed == {"body": "ict", "meeting": "2024-03-01"}
    assert form["offices"].value() == ["chair", "vice-chair", "secretary"]
    posted = {"0-on": "1.3.2024", "0-offices_known": ["chair"], "0-offices_own": "varapuhemies; secretary", "token": token()}
    browse(keeper).post(address, posted)
    assert Record.objects.get().facts.get().given["offices"] == ["chair", "varapuhemies", "secretary"]


def test_what_happens_in_a_meeting_happens_on_its_day_unless_said(koe, keeper, browse):
    address = f"{AT}uusi/?sitoumus=puheenjohtajisto&osapuoli=ict&jakso=ict@2024-03-01"
    browse(keeper).post(address, {"0-offices_known": ["chair"], "token": token()})
    assert Record.objects.get().facts.get().given["on"] == "2024-03-01"


def test_a_mistake_in_the_meeting_is_said_once(koe, keeper, browse):
    posted = {"0-include": "on", "0-on": "kesällä", "1-include": "on", "token": token()}
    page = browse(keeper).post(f"{AT}uusi/?sitoumus=seuranta&jakso=2024", posted)
    summary = re.search(r'id="mistakes".*?</section>', page.content.decode(), re.DOTALL)[0]
    assert summary.count("<li>") == 1
    assert "time 1 May 2024–31 May 2024" in text(page)


def test_the_period_of_a_yearly_duty_is_suggested(koe, keeper, browse):
    page = browse(keeper).get(f"{AT}uusi/?sitoumus=tietopohja&jakso=2024&osapuoli=kyla")
    assert page.context["filled"].facts[0]["period"].value() == "2024"


def test_every_kind_can_be_chosen_and_shows_its_form(koe, keeper, browse):
    client = browse(keeper)
    kinds = re.findall(r"laji=([a-z-]+)", client.get(f"{AT}uusi/").content.decode())
    assert len(kinds) == 25
    for kind in kinds:
        page = client.get(f"{AT}uusi/?laji={kind}")
        assert page.status_code == 200
        assert page.context["filled"].facts[0].section.kind.name == kind


FILLED = {
    "meeting-held": {"body": "foorumi", "on": "20.5.2024", "online": "yes", "host": "kyla"},
    "agenda-issued": {"body": "foorumi", "meeting": "1.6.2024", "on": "20.5.2024", "prepared_by": ["kyla"]},
    "item-handled": {"body": "foorumi", "meeting": "20.5.2024", "on": "20.5.2024", "topic_own": "Talous"},
    "minutes-approved": {"body": "foorumi", "meeting": "20.5.2024", "on": "20.6.2024"},
    "picture-approved": {"body": "foorumi", "on": "20.5.2024"},
    "acceptance-given": {"party": "kyla", "subject": "ict", "on": "20.5.2024"},
    "body-appointed": {"body": "ict", "on": "20.5.2024", "by": "alue"},
    "member-named": {"party": "kyla", "body": "ict", "role_known": "member", "from": "1.1.2024", "to": "31.12.2027"},
    "officers-elected": {"body": "ict", "meeting": "1.3.2024", "on": "1.3.2024", "offices_known": ["chair"]},
    "plan-adopted": {"body": "ict", "plan": "rules", "on": "20.5.2024"},
    "counterpart-named": {"party": "kyla", "theme": "ict", "from": "1.1.2024", "hours_per_week": "7,5"},
    "coordinator-named": {"party": "kyla", "from": "1.1.2024"},
    "contribution-delivered": {"party": "kyla", "period": "2024", "on": "20.5.2024"},
    "document-current": {"party": "kyla", "document_known": "strategy", "from": "1.1.2024"},
    "report-presented": {"party": "kyla", "report_known": "welfare", "period": "2024", "on": "20.5.2024"},
    "negotiation-held": {"negotiation": "term", "on": "20.5.2024", "parties": ["alue", "kyla"]},
    "release-published": {"body": "foorumi", "meeting": "20.5.2024", "on": "20.5.2024", "by": "kyla"},
    "release-shared": {"party": "kyla", "release_body": "foorumi", "release_day": "20.5.2024", "on": "21.5.2024"},
    "evaluation-made": {"on": "20.5.2024"},
    "decision-made": {"party": "kyla", "subject_known": "renewal", "on": "20.5.2024", "outcome": "Jatketaan"},
    "signed": {"party": "kyla", "on": "20.5.2023"},
    "waived": {"duty": "hyvaksynta", "on": "20.5.2024", "party": "kyla", "object": "ict", "period": "2021–2025"},
    "reading-set": {"choice": "kuka-arvioi/alue", "on": "20.5.2024"},
    "party-status": {"party": "lahti", "status": "merged", "on": "20.5.2024", "into": "kyla"},
    "body-formed": {"body": "vesi", "name": "vesiryhmä", "level": "2", "theme": "ict", "on": "20.5.2024"},
}


@pytest.mark.parametrize("kind", FILLED)
def test_every_kind_is_recorded_by_its_form_and_corrected_by_it(koe, keeper, browse, kind):
    client = browse(keeper)
    posted = {f"0-{name}": value for name, value in FILLED[kind].items()}
    answer = client.post(f"{AT}uusi/?laji={kind}", posted | {"token": token()})
    assert answer.status_code == 302, text(answer)
    made = Record.objects.get()
    fact = made.facts.get().given
    assert client.get(answer["Location"]).status_code == 200
    page = client.get(f"{AT}{made.pk}/korjaa/")
    shown = page.context["filled"].facts[0]
    again = {field.html_name: field.value() for field in shown.visible_fields()}
    sent = {name: value for name, value in resent(shown).items() if value not in (None, "")}
    assert again
    answer = client.post(f"{AT}{made.pk}/korjaa/", sent | {"token": token(), "note": "Sama"})
    assert answer.status_code == 302, text(answer)
    assert Record.objects.get(corrects=made).facts.get().given == fact


def resent(form):
    """What a browser sends of a form as it is shown."""
    page = str(form)
    sent = {}
    for name, value in re.findall(r'<input type="text" name="([^"]+)" value="([^"]*)"', page):
        sent[name] = value
    for name, value in re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]*)"[^>]*checked', page):
        sent.setdefault(name, []).append(value)
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        sent[name] = (re.findall(r'<option value="([^"]*)" selected', options) or [""])[0]
    return sent


# Mistakes


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"0-on": ""}, "Date: This must be filled in."),
        ({"0-on": "kesällä"}, "“kesällä” is not a date. Write the day as 1.6.2024 or 2024-06-01."),
        ({"0-on": "31.2.2024"}, "“31.2.2024” is not a date."),
        ({"0-on": "1.1.1024"}, "The year 1024 is far"),
        ({"0-host": "helsinki"}, "Organised by (optional): Select a valid choice."),
        ({"link": "javascript:alert(1)"}, "Write the whole address, beginning with https:// or http://."),
        ({"decided": "1.1.2199"}, "Date of the decision: The day is in the future."),
        ({"note": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_each_mistake_is_said_at_its_field_and_in_the_summary(koe, keeper, browse, change, message):
    posted = {"0-on": "20.5.2024", "organ": "Kunnanhallitus", "token": token(), **change}
    response = browse(keeper).post(f"{AT}uusi/?sitoumus=foorumi-koolle", posted)
    assert response.status_code == 422
    assert message in text(response)
    [name] = change
    summary = re.search(r'id="mistakes".*?</section>', response.content.decode(), re.DOTALL)
    assert f'href="#id_{name}"' in summary[0]
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


def test_a_duty_without_a_measure_says_so_and_offers_the_kinds(koe, keeper, browse, monkeypatch):
    from tests.records.koe import charter

    duty = charter().duties["foorumi-koolle"].model_copy(update={"evidence": {}, "kind": "unmeasured"})
    names = queries.names_of(koe)
    monkeypatch.setitem(names.charter.duties, "foorumi-koolle", duty)
    page = browse(keeper).get(f"{AT}uusi/?sitoumus=foorumi-koolle")
    assert "gives no measure for “Meets every year”" in text(page)


# Files


def upload(name="muistio.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


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
    kept = re.search(r'name="kept_file" value="([^"]+)"', page.content.decode())[1]
    client.post(f"{AT}uusi/?sitoumus=foorumi-koolle", {"0-on": "20.5.2024", "kept_file": kept, "token": token()})
    assert Record.objects.get().file.name == "muistio.pdf"


@pytest.mark.parametrize("change", [{"drop_file": "on"}, {"kept_file": "väärä"}])
def test_a_kept_file_is_left_out_when_dropped_or_forged(koe, keeper, browse, change):
    client = browse(keeper)
    page = client.post(f"{AT}uusi/?sitoumus=foorumi-koolle", {"0-on": "", "file": upload(), "token": token()})
    kept = re.search(r'name="kept_file" value="([^"]+)"', page.content.decode())[1]
    posted = {"0-on": "20.5.2024", "kept_file": kept, "token": token(), **change}
    client.post(f"{AT}uusi/?sitoumus=foorumi-koolle", posted)
    assert Record.objects.get().file is None


def test_papers_of_preparedness_bodies_are_not_taken_in(koe, keeper, browse):
    posted = {"0-body": "varautuminen", "0-on": "20.5.2024", "file": upload(), "token": token()}
    response = browse(keeper).post(f"{AT}uusi/?laji=meeting-held", posted)
    assert "Papers of preparedness bodies stay" in text(response)
    assert Record.objects.count() == 0


def test_of_preparedness_bodies_the_public_sees_the_register_number_alone(koe, record, browse, lahti):
    held = {"fact": "item-handled", "body": "varautuminen", "meeting": "2024-05-20", "on": "2024-05-20", "topic": "salainen"}
    made = record(held, register="7/2024", text="Salainen muistio", link="https://example.org/salainen", note="hys")
    for address in (AT, f"{AT}{made.pk}/", "/en/koe/kirjaukset.csv"):
        shown = browse().get(address).content.decode()
        assert "salainen" not in shown.lower()
        assert "hys" not in shown
        assert "7/2024" in shown
    assert "salainen" in text(browse(lahti).get(f"{AT}{made.pk}/"))


# Two editors


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


# The list


@pytest.fixture
def some(koe, record, by_keeper):
    held, accepted = record(HELD, link="https://example.org/1", note="Vain osapuolille"), record(ACCEPTED)
    named = record({"fact": "counterpart-named", "party": "alue", "theme": "ict", "from": "2023-03-01", "hours_per_week": 9})
    gone = record({"fact": "signed", "party": "lahti", "on": "2023-01-05"})
    withdraw_record(gone, reason="Erehdys", by=by_keeper)
    return [held, accepted, named, gone]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 2]),
        ("laji=meeting-held", [0]),
        ("sitoumus=foorumi-koolle", [0]),
        ("sitoumus=hyvaksynta", [1]),
        ("sitoumus=vastinparit", [2]),
        ("osapuoli=kyla", [1]),
        ("elin=ict", [1, 2]),
        ("alkaen=1.2.2024", [0, 1]),
        ("asti=2024-01-31", [2]),
        ("alkaen=1.2.2024&asti=1.3.2024", [1]),
        ("laji=meeting-held&osapuoli=kyla", []),
        ("tila=peruttu", [3]),
        ("tila=kaikki", [0, 1, 2, 3]),
        ("tila=pyynto", []),
    ],
)
def test_the_list_is_filtered_in_the_address(koe, some, keeper, browse, query, found):
    page = browse(keeper).get(f"{AT}?{query}")
    assert [shown.record for shown, _asked in page.context["rows"]] == [some[number] for number in found]


def test_a_filter_that_is_not_understood_is_said_and_keeps_all(koe, some, browse):
    page = browse().get(f"{AT}?alkaen=kesällä&laji=ei-ole")
    assert "“kesällä” is not a date." in text(page)
    assert len(page.context["rows"]) == 3


def test_days_in_the_wrong_order_are_said(koe, some, browse):
    assert "before the first day" in text(browse().get(f"{AT}?alkaen=2.1.2024&asti=1.1.2024"))


def test_the_public_sees_neither_notes_nor_hours_nor_what_is_withdrawn(koe, some, browse, keeper):
    for address in (AT, f"{AT}?tila=kaikki", "/en/koe/kirjaukset.csv?tila=kaikki", f"{AT}{some[2].pk}/"):
        shown = browse().get(address).content.decode()
        assert "Vain osapuolille" not in shown
        assert "Erehdys" not in shown
        assert "Aino" not in shown
        assert "Hours" not in shown
    assert "Vain osapuolille" in browse(keeper).get("/en/koe/kirjaukset.csv").content.decode()


def test_the_list_has_fifty_on_a_page_in_a_stable_order(koe, by_keeper, browse):
    from yhdyspinta.records.actions import bring_in_history

    facts = "\n".join(json.dumps({"fact": "picture-approved", "body": "foorumi", "on": f"2024-{1 + n // 28:02}-{1 + n % 28:02}"}) for n in range(120))
    bring_in_history(preview_history(koe, facts.encode(), filename="h.jsonl", by=by_keeper), by=by_keeper)
    pages = [browse().get(f"{AT}?sivu={number}") for number in (1, 2, 3)]
    seen = [shown.record.pk for page in pages for shown, _asked in page.context["rows"]]
    assert [len(page.context["rows"]) for page in pages] == [50, 50, 20]
    assert len(set(seen)) == 120
    assert "Page 2 of 3" in text(pages[1])


def test_an_empty_list_says_how_to_begin(koe, keeper, browse):
    assert "Nothing has been recorded yet." in text(browse().get(AT))
    assert "Bring in a history" in text(browse(keeper).get(AT))


def test_the_export_is_the_list_in_the_columns_of_the_template(koe, some, keeper, browse):
    answer = browse(keeper).get("/en/koe/kirjaukset.xlsx?laji=meeting-held")
    [head, row] = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    told = dict(zip(head, row, strict=True))
    assert told["Event"] == "Meeting held"
    assert told["Link"] == "https://example.org/1"
    assert told["Record"] == some[0].pk
    assert told["Standing"] == "in force"


def test_the_export_can_be_brought_in_and_changes_nothing(koe, some, keeper, by_keeper, browse):
    for form in ("csv", "xlsx"):
        content = browse(keeper).get(f"/en/koe/kirjaukset.{form}?tila=kaikki").content
        batch = preview_history(koe, content, filename=f"k.{form}", by=by_keeper)
        assert queries.verdicts_of(batch) == {"new": 0, "known": 4, "refused": 0, "example": 0}


def test_a_formula_in_a_note_is_disarmed_in_the_export(koe, record, keeper, browse):
    record(HELD, note="=1+1")
    assert ";'=1+1;" in browse(keeper).get("/en/koe/kirjaukset.csv").content.decode()


# One record


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


# Remarks


def test_a_party_writes_changes_and_takes_back_its_remark(koe, kyla, browse):
    client, address = browse(kyla), "/en/koe/osapuolet/kyla/huomautus/?sitoumus=hyvaksynta&jakso=2021-2025&kohde=ict"
    assert client.post(address, {"text": "Käsitellään elokuussa."})["Location"] == address
    assert client.post(address, {"text": "Käsitellään syyskuussa."}).status_code == 302
    key = ("kyla", "hyvaksynta", "2021-2025", "ict")
    assert queries.remarks(koe)[key].text == "Käsitellään syyskuussa."
    page = client.get(address)
    assert "Käsitellään elokuussa." in text(page)
    assert "Accepts the groups" in text(page)
    client.post(address, {"withdraw": "1"})
    assert queries.remarks(koe) == {}
    assert "taken back" in text(client.get(address))


@pytest.mark.parametrize(("written", "message"), [("", "This must be filled in."), ("x" * 1001, "at most 1000 characters")])
def test_a_remark_has_words_and_not_too_many(koe, kyla, browse, written, message):
    response = browse(kyla).post("/en/koe/osapuolet/kyla/huomautus/?sitoumus=hyvaksynta", {"text": written})
    assert message in text(response)


# Histories


def test_a_history_is_brought_in_from_template_to_records(koe, keeper, browse):
    client = browse(keeper)
    content = client.get(f"{AT}tuo/pohja.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0].append(["Meeting held", "20.5.2024", None, None, "forum"])
    out = io.BytesIO()
    book.save(out)
    answer = client.post(f"{AT}tuo/", {"file": upload("historia.xlsx", out.getvalue())})
    page = client.get(answer["Location"])
    assert "1 event will be added" in text(page)
    assert "Example, skipped" in text(page)
    page = client.post(f"{answer['Location']}lisaa/", follow=True)
    assert "1 event was added." in text(page)
    assert "Are the records whole from 20 May 2024 on?" in text(page)
    page = client.post(f"{AT}tuo/kirjauksia-alkaen/", follow=True)
    assert "There are records from 20 May 2024 on now." in text(page)
    koe.refresh_from_db()
    assert koe.records_from.isoformat() == "2024-05-20"
    assert "Are the records whole" not in text(client.get(answer["Location"]))


def test_the_lines_of_a_preview_are_filtered_and_say_why(koe, keeper, browse):
    content = 'Event;Date;Body or group\nmeeting-held;20.5.2024;foorumi\nmeeting-held;20.5.2024;senaatti\n'
    client = browse(keeper)
    address = client.post(f"{AT}tuo/", {"file": upload("h.csv", content.encode())})["Location"]
    page = client.get(f"{address}?rivit=torjutaan")
    assert [line["number"] for line in page.context["lines"]] == [3]
    assert "Body or group: “senaatti” is not a body or group of this agreement." in text(page)


def test_a_refused_line_of_any_sort_is_shown(koe, keeper, browse):
    odd = [{"fact": "meeting-held", "body": {}, "on": 7}, {"fact": "release-shared", "release": []}, {"fact": 7}, {}]
    content = "\n".join(map(json.dumps, odd)).encode()
    page = browse(keeper).post(f"{AT}tuo/", {"file": upload("h.jsonl", content)}, follow=True)
    assert page.status_code == 200
    assert [line["verdict"] for line in page.context["lines"]] == ["refused"] * 4


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"MZ\x90\x00\x00", "The file is not a table."), (b"Tapahtuma;Aika", "No heading row was found."), (b" ", "The file is empty.")],
)
def test_a_file_that_cannot_be_read_says_why(koe, keeper, browse, content, message):
    response = browse(keeper).post(f"{AT}tuo/", {"file": upload("historia.xlsx", content)})
    assert response.status_code == 422
    assert message in text(response)


def test_no_file_chosen_is_said(koe, keeper, browse):
    assert "Choose a file." in text(browse(keeper).post(f"{AT}tuo/", {}))


def test_a_file_too_large_is_not_even_read(koe, keeper, browse):
    response = browse(keeper).post(f"{AT}tuo/", {"file": upload("h.csv", b"x" * (5 * 1024 * 1024 + 1))})
    assert "at most 5 MB" in text(response)


def test_a_stale_preview_is_shown_again_with_a_warning(koe, record, keeper, by_keeper, browse):
    batch = preview_history(koe, json.dumps(HELD).encode(), filename="h.jsonl", by=by_keeper)
    record(HELD)
    page = browse(keeper).post(f"{AT}tuo/{batch.pk}/lisaa/", follow=True)
    assert "has changed since the preview" in text(page)
    assert "There is nothing to add" in text(page)


def test_a_discarded_preview_says_so(koe, keeper, by_keeper, browse):
    batch = preview_history(koe, json.dumps(HELD).encode(), filename="h.jsonl", by=by_keeper)
    page = browse(keeper).post(f"{AT}tuo/{batch.pk}/hylkaa/", follow=True)
    assert "Discarded. Nothing was added." in text(page)
    assert "was discarded" in text(browse(keeper).get(f"{AT}tuo/{batch.pk}/"))


def test_a_party_sees_its_own_histories_alone(koe, by_keeper, by_kyla, kyla, lahti, browse):
    preview_history(koe, json.dumps(HELD).encode(), filename="yllapito.jsonl", by=by_keeper)
    own = preview_history(koe, json.dumps(ACCEPTED).encode(), filename="kyla.jsonl", by=by_kyla)
    assert [batch.pk for batch in browse(kyla).get(f"{AT}tuo/").context["histories"]] == [own.pk]
    assert browse(lahti).get(f"{AT}tuo/{own.pk}/").status_code == 404
    assert browse(kyla).get(f"{AT}tuo/{own.pk}/").status_code == 200


@pytest.mark.parametrize("language", ["", "sv/", "en/"])
def test_pages_speak_every_language(koe, some, keeper, browse, language):
    for route in ("", "uusi/", "uusi/?sitoumus=seuranta", "tuo/", f"{some[0].pk}/"):
        assert browse(keeper).get(f"/{language}koe/kirjaukset/{route}").status_code == 200


def test_a_remark_of_one_mark_is_not_that_of_another(koe, by_kyla):
    write_remark(koe, ("kyla", "hyvaksynta", "2021-2025", "ict"), "Ict", by=by_kyla)
    write_remark(koe, ("kyla", "tietopohja", "2024", None), "Tieto", by=by_kyla)
    assert set(queries.remarks(koe, "kyla")) == {
        ("kyla", "hyvaksynta", "2021-2025", "ict"),
        ("kyla", "tietopohja", "2024", None),
    }
    assert queries.remarks(koe, "lahti") == {}

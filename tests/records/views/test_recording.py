"""Recording at a duty and by kind: what is asked, fixed, offered and kept."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.records.conftest import HELD
from tests.records.koe import charter
from tests.records.pages import AT, found, text, token
from yhdyspinta.records import queries
from yhdyspinta.records.models import Record


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
    assert 'name="1-meeting" value="20.5.2024"' in page.content.decode()
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
    posted = {"0-on": "1.3.2024", "0-offices_known": ["chair"], "0-offices_own": "varapuhemies; secretary"}
    browse(keeper).post(address, posted | {"token": token()})
    assert Record.objects.get().facts.get().given["offices"] == ["chair", "varapuhemies", "secretary"]


def test_what_happens_in_a_meeting_happens_on_its_day_unless_said(koe, keeper, browse):
    address = f"{AT}uusi/?sitoumus=puheenjohtajisto&osapuoli=ict&jakso=ict@2024-03-01"
    browse(keeper).post(address, {"0-offices_known": ["chair"], "token": token()})
    assert Record.objects.get().facts.get().given["on"] == "2024-03-01"


def test_a_mistake_in_the_meeting_is_said_once(koe, keeper, browse):
    posted = {"0-include": "on", "0-on": "kesällä", "1-include": "on", "token": token()}
    page = browse(keeper).post(f"{AT}uusi/?sitoumus=seuranta&jakso=2024", posted)
    summary = found(r'id="mistakes"(.*?)</section>', page)
    assert summary.count("<li>") == 1
    assert "time 1 May – 31 May 2024" in text(page)


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


FILLED: dict[str, dict[str, Any]] = {
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
    sent = dict(re.findall(r'<input type="text" name="([^"]+)" value="([^"]*)"', page))
    for name, value in re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]*)"[^>]*checked', page):
        sent.setdefault(name, []).append(value)
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        sent[name] = (re.findall(r'<option value="([^"]*)" selected', options) or [""])[0]
    return sent


def test_a_duty_without_a_measure_says_so_and_offers_the_kinds(koe, keeper, browse, monkeypatch):
    duty = charter().duties["foorumi-koolle"].model_copy(update={"evidence": {}, "kind": "unmeasured"})
    names = queries.names_of(koe)
    monkeypatch.setitem(names.charter.duties, "foorumi-koolle", duty)
    page = browse(keeper).get(f"{AT}uusi/?sitoumus=foorumi-koolle")
    assert "gives no measure for “Meets every year”" in text(page)


def test_the_form_names_a_theme_and_not_its_group(koe, keeper, browse):
    page = browse(keeper).get(f"{AT}uusi/?sitoumus=vastinparit&kohde=ict&osapuoli=kyla")
    assert page.context["concerning"] == ["ICT, data", "Kylä"]
    assert "– Test – Yhdyspinta</title>" in page.content.decode()


def test_the_form_names_a_group_formed_later(koe, record, keeper, browse):
    record(
        {"fact": "body-formed", "body": "uusi", "name": "Talousryhmä", "level": 2, "theme": "ict", "on": "2024-02-01"}
    )
    page = browse(keeper).get(f"{AT}uusi/?sitoumus=hyvaksynta&kohde=uusi&osapuoli=kyla&jakso=2021-2025")
    assert page.context["concerning"] == ["Talousryhmä", "Kylä"]


def test_a_missing_meeting_day_is_asked_for_once(koe, keeper, browse):
    posted = {"0-body": "foorumi", "0-topic_known": "goal-review", "token": token()}
    page = browse(keeper).post(f"{AT}uusi/?laji=item-handled", posted)
    summary = found(r'id="mistakes"(.*?)</section>', page)
    assert summary.count("<li>") == 1
    assert "Meeting day" in summary


def test_what_a_decision_came_to_is_shown_in_words(koe, record, keeper, browse):
    made = record(
        {"fact": "decision-made", "party": "kyla", "subject": "withdrawal", "outcome": "noted", "on": "2024-05-20"}
    )
    assert "Outcome noted" in text(browse(keeper).get(f"{AT}{made.pk}/"))
    assert "merkitty tiedoksi" in text(browse(keeper).get(f"/koe/kirjaukset/{made.pk}/"))

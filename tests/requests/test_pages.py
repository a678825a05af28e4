"""The pages of the requests: asking, the matrix, answering signed in and by link, and what each of the cast sees."""

from __future__ import annotations

from datetime import timedelta

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from tests.requests.asking import acceptance, answered, asked, in_days, link_to, nominations, nominee, sent
from yhdyspinta.agreement import today
from yhdyspinta.journal.actions import set_publicity
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.papers.models import File
from yhdyspinta.parties.links import token_of
from yhdyspinta.parties.models import Link
from yhdyspinta.requests.actions import withdraw_request
from yhdyspinta.requests.models import Answer, Asked, Request
from yhdyspinta.requests.reminding import inbox_link

pytestmark = pytest.mark.django_db


def at(name, **kwargs):
    with translation.override("en"):
        return reverse(f"requests:{name}", kwargs={"slug": "keski-suomi-2023"} | kwargs)


def link_at(name, *args):
    with translation.override("en"):
        return reverse(f"requests:{name}", args=args)


def said(response):
    return " ".join(lxml.html.fromstring(response.content.decode()).find(".//main").text_content().split())


def wrong_at(response):
    """Return the fields that a form that came back marks as wrong."""
    tree = lxml.html.fromstring(response.content.decode())
    links = tree.xpath("//*[@id='mistakes']//a/@href")
    return [link.removeprefix("#id_").removesuffix("_0") for link in links]


DRAFT = {
    "sender": "keski-suomen-liitto",
    "title": "Lausunto vesihuollosta",
    "background": "Vesihuolto muuttuu.\n\nSiksi kysymme.",
    "questions": "1. Miten?\n2. Milloin?",
    "deadline_hour": "16.00",
    "contact_name": "Lauri",
    "contact_email": "lauri@example.org",
}


def draft(**more):
    day = today() + timedelta(days=30)
    return DRAFT | {"deadline_day": f"{day.day}.{day.month}.{day.year}"} | more


# Asking


def test_a_request_is_drafted_looked_at_and_sent(regional_officer, registries, signed_in):
    browser = signed_in(regional_officer)
    assert "Request for a statement" in said(browser.get(at("new")))
    response = browser.post(at("new") + "?laji=statement", draft(), follow=True)
    (request,) = Request.objects.all()
    assert request.questions == ["Miten?", "Milloin?"]
    shown = said(response)
    assert "Nobody has been asked yet" in shown
    assert "1. Miten?" in shown
    send = browser.get(at("send", request_id=request.pk))
    assert "Vesihuolto muuttuu." in said(send)
    response = browser.post(at("send", request_id=request.pk), {"parties": ["luhanka", "joutsa"]})
    assert response.status_code == 302
    assert Asked.objects.count() == 2
    assert "0/2 have answered" in said(browser.get(at("show", request_id=request.pk)))


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"title": ""}, ["title"]),
        ({"deadline_day": "31.2.2027"}, ["deadline_day"]),
        ({"deadline_hour": "25"}, ["deadline_hour"]),
        ({"contact_email": "lauri"}, ["contact_email"]),
        ({"sender": "joutsa"}, ["sender"]),
        ({"title": "", "deadline_day": ""}, ["title", "deadline_day"]),
    ],
)
def test_what_is_wrong_in_a_draft_is_said_at_its_field(regional_officer, signed_in, wrong, fields):
    response = signed_in(regional_officer).post(at("new") + "?laji=statement", draft(**wrong))
    assert response.status_code == 422
    assert wrong_at(response) == fields
    assert "Vesihuolto muuttuu." in response.content.decode(), "what was typed is still there"
    assert not Request.objects.exists()


def test_an_attachment_that_is_not_what_its_name_says_is_refused(regional_officer, signed_in):
    file = SimpleUploadedFile("liite.pdf", b"MZ this is a program")
    response = signed_in(regional_officer).post(at("new") + "?laji=statement", draft(attachments=file))
    assert (response.status_code, wrong_at(response)) == (422, ["attachments"])
    many = [SimpleUploadedFile(f"liite{number}.pdf", b"%PDF-1.4\n%%EOF") for number in range(21)]
    response = signed_in(regional_officer).post(at("new") + "?laji=statement", draft(attachments=many))
    assert (response.status_code, wrong_at(response)) == (422, ["attachments"])
    assert not File.objects.exists(), "none of too many is kept"
    good = SimpleUploadedFile("liite.pdf", b"%PDF-1.4\n%%EOF")
    response = signed_in(regional_officer).post(at("new") + "?laji=statement", draft(attachments=good), follow=True)
    assert "liite.pdf" in said(response)


def test_two_who_change_a_draft_at_once_see_both(regional_officer, signed_in):
    browser = signed_in(regional_officer)
    browser.post(at("new") + "?laji=statement", draft())
    request = Request.objects.get()
    edit = at("edit", request_id=request.pk)
    assert browser.post(edit, draft(title="Toinen otsikko", version=1)).status_code == 302
    response = browser.post(edit, draft(title="Kolmas otsikko", version=1))
    assert response.status_code == 409
    assert "Toinen otsikko" in said(response)
    assert "Kolmas otsikko" in response.content.decode()
    tree = lxml.html.fromstring(response.content.decode())
    (version,) = tree.xpath("//input[@name='version']/@value")
    assert browser.post(edit, draft(title="Kolmas otsikko", version=version)).status_code == 302
    assert browser.post(at("discard", request_id=request.pk)).status_code == 302
    assert not Request.objects.exists()


def test_a_draft_is_seen_by_who_keeps_it_alone(
    agreement, regional_officer, small_municipality_clerk, client, signed_in
):
    signed_in(regional_officer).post(at("new") + "?laji=statement", draft())
    address = at("show", request_id=Request.objects.get().pk)
    assert client.get(address).status_code == 404
    assert signed_in(small_municipality_clerk).get(address).status_code == 404
    assert "Lausunto vesihuollosta" not in said(signed_in(small_municipality_clerk).get(at("list")))
    assert "Lausunto vesihuollosta" in said(signed_in(regional_officer).get(at("list")))


def test_deadline_is_extended_and_the_request_closed_with_a_summary(agreement, regional_officer, signed_in):
    request = sent(agreement)
    browser = signed_in(regional_officer)
    later = request.deadline + timedelta(days=10)
    said_day = f"{later.day}.{later.month}.{later.year}"
    assert browser.post(at("extend", request_id=request.pk), {"deadline": "1.1.2020", "hour": "16"}).status_code == 422
    assert browser.post(at("extend", request_id=request.pk), {"deadline": said_day, "hour": "16"}).status_code == 302
    answered(request, "luhanka", "stated")
    shown = browser.get(at("close", request_id=request.pk))
    assert "1 of 24 have answered." in shown.content.decode()
    assert browser.post(at("close", request_id=request.pk), {"summary": ""}).status_code == 422
    response = browser.post(at("close", request_id=request.pk), {"summary": "Kaikki hyvin."}, follow=True)
    assert "Kaikki hyvin." in said(response)
    assert browser.post(at("withdraw", request_id=request.pk), {"reason": "x"}).status_code == 422


# Who sees what


def test_the_public_sees_counts_and_no_names(agreement, client):
    contact = {"name": "Lauri", "email": "lauri@example.org", "phone": "040 123"}
    request = acceptance(agreement, contact=contact)
    answered(request, "luhanka", "not-accepted", text="Salainen perustelu")
    shown = said(client.get(at("show", request_id=request.pk)))
    assert "1/24 have answered" in shown
    assert "Luhanka" not in shown
    assert "Salainen" not in shown
    assert client.get(at("show-file", request_id=request.pk, kind="csv")).status_code == 404
    set_publicity(agreement, "all", by=SYSTEM)
    response = client.get(at("show", request_id=request.pk))
    assert "lauri@example.org" not in response.content.decode(), "addresses are for the parties"
    shown = said(response)
    assert "Luhanka" in shown
    assert "Salainen" not in shown
    assert client.get(at("party-answer", request_id=request.pk, party="luhanka")).status_code == 302


def test_the_matrix_goes_out_as_csv_and_xlsx(agreement, small_municipality_clerk, signed_in):
    request = acceptance(agreement)
    answered(request, "luhanka")
    browser = signed_in(small_municipality_clerk)
    csv = browser.get(at("show-file", request_id=request.pk, kind="csv")).content.decode()
    assert csv.count("\r\n") == 25
    assert "Luhanka;accepts;" in csv
    assert browser.get(at("show-file", request_id=request.pk, kind="xlsx")).content.startswith(b"PK")
    assert browser.get(at("list-file", kind="csv")).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_request_as_for_many(
    agreement, regional_officer, signed_in, number, django_assert_num_queries
):
    browser = signed_in(regional_officer)
    for _one in range(number):
        request = sent(agreement)
        answered(request, "luhanka", "stated")
    browser.get(at("list"))
    with django_assert_num_queries(8):
        browser.get(at("list"))


@pytest.mark.parametrize("number", [1, 3])
def test_a_matrix_costs_the_same_for_one_answer_as_for_many(
    agreement, regional_officer, signed_in, number, django_assert_num_queries
):
    browser = signed_in(regional_officer)
    request = sent(agreement)
    for party in ("luhanka", "joutsa", "multia")[:number]:
        answered(request, party, "stated")
    browser.get(at("show", request_id=request.pk))
    with django_assert_num_queries(10):
        browser.get(at("show", request_id=request.pk))


# Answering


ANSWER = {"outcome": "accepted", "given_by": "Liisa", "given_by_title": "sihteeri", "version": "0"}


def test_a_party_answers_signed_in_and_corrects(agreement, small_municipality_clerk, signed_in):
    request = acceptance(agreement)
    browser = signed_in(small_municipality_clerk)
    assert "1 request waits for your answer" in said(browser.get(at("list")))
    address = at("answer", request_id=request.pk, party="luhanka")
    response = browser.post(address, {"version": "0", "decided": "kesä"})
    assert response.status_code == 422
    assert wrong_at(response) == ["outcome", "decided", "given_by", "given_by_title"]
    response = browser.post(address, ANSWER | {"organ": "Kunnanhallitus", "decided": "15.9.2025"}, follow=True)
    assert "The answer is kept." in response.content.decode()
    response = browser.post(address, ANSWER | {"version": "0", "outcome": "not-accepted"})
    assert response.status_code == 409
    assert "Kunnanhallitus" in said(response)
    response = browser.post(address, ANSWER | {"version": "1", "outcome": "not-accepted"}, follow=True)
    assert "Earlier answer" in said(response)
    assert browser.get(at("answer", request_id=request.pk, party="joutsa")).status_code == 403


def test_a_party_answers_by_link_without_an_account(agreement, client):
    request = acceptance(agreement, questions=("Milloin?",))
    home = link_at("by-link", token_of(link_to(request, "luhanka")))
    shown = client.get(home)
    assert shown.status_code == 200
    assert not Answer.objects.exists(), "looking does nothing"
    assert (shown["X-Robots-Tag"], shown["Cache-Control"]) == ("noindex", "private, no-store")
    assert "No account is needed" in said(shown)
    assert client.get(f"{home}paatos.docx").content.startswith(b"PK")
    draft = client.get(f"{home}paatos.txt?toimielin=council").content.decode()
    assert "Kunnanvaltuusto" in draft or "Municipal council" in draft
    assert "Milloin?" in client.get(f"{home}kirje.txt").content.decode()
    assert client.get(f"{home}kirje.exe").status_code == 404
    response = client.post(home, {"version": "0"})
    assert response.status_code == 422
    response = client.post(home, ANSWER | {"reply-0": "Syksyllä."})
    assert "The answer is kept." in said(response)
    made = Answer.objects.get()
    assert (made.way, made.by_person, made.replies) == ("link", None, ["Syksyllä."])
    assert "An answer has been given already" in said(client.get(home))


def test_a_link_that_was_closed_or_forged_shows_nothing(agreement, client):
    request = acceptance(agreement, background="Vain osapuolille")
    token = token_of(link_to(request, "luhanka"))
    assert client.get(link_at("by-link", token[:-2] + "xx")).status_code == 404
    assert client.get(link_at("inbox", token)).status_code == 404, "a link opens what it is for"
    Link.objects.update(revoked_at=timezone.now())
    for address in (link_at("by-link", token), link_at("paper-by-link", token, "kirje.txt")):
        closed = client.get(address)
        assert closed.status_code == 410
        assert "cancelled" in said(closed)
        assert "Vain osapuolille" not in closed.content.decode()
    assert client.post(link_at("by-link", token), ANSWER).status_code == 410
    assert not Answer.objects.exists()


def test_a_request_that_was_taken_back_says_so_by_its_link(agreement, client):
    request = acceptance(agreement)
    link = link_to(request, "luhanka")
    withdraw_request(request, reason="Väärä ryhmä.", by=SYSTEM)
    assert client.get(link_at("by-link", token_of(link))).status_code == 410


def test_one_link_opens_everything_that_waits_for_a_party(agreement, parties, client):
    first, second = acceptance(agreement), sent(agreement, title="Toinen")
    answered(first, "joutsa")
    token = token_of(inbox_link(parties["luhanka"]))
    shown = said(client.get(link_at("inbox", token)))
    assert "Perhekeskusryhmän hyväksyminen" in shown
    assert "Toinen" in shown
    mine, others = asked(second, "luhanka"), asked(second, "joutsa")
    assert client.get(link_at("in-inbox", token, others.pk)).status_code == 404
    response = client.post(link_at("in-inbox", token, mine.pk), ANSWER | {"outcome": "stated"})
    assert "The answer is kept." in said(response)
    shown = said(client.get(link_at("inbox", token)))
    assert "Toinen" not in shown


def test_people_are_proposed_by_link_with_their_consent(agreement, parties, client):
    request = nominations(agreement, parties)
    home = link_at("by-link", token_of(link_to(request, "luhanka")))
    said_so = ANSWER | {
        "outcome": "nominated",
        "nominee-0-name": "Aino Aalto",
        "nominee-0-email": "aino@luhanka.example",
    }
    response = client.post(home, said_so)
    assert response.status_code == 422
    assert "nobody is proposed without consent" in said(response)
    assert "Aino Aalto" in response.content.decode()
    response = client.post(home, said_so | {"nominee-0-consented": "on", "nominee-0-gender": "woman"})
    assert "The answer is kept." in said(response)
    (nomination,) = Answer.objects.get().nominations.all()
    assert (nomination.gender, nomination.person.email) == ("woman", "aino@luhanka.example")


def test_who_asks_records_on_a_partys_behalf(agreement, regional_officer, small_municipality_clerk, signed_in):
    request = sent(agreement)
    address = at("record", request_id=request.pk, party="luhanka")
    assert signed_in(small_municipality_clerk).get(address).status_code == 403
    browser = signed_in(regional_officer)
    response = browser.post(address, ANSWER | {"outcome": "stated"})
    assert (response.status_code, wrong_at(response)) == (422, ["organ"])
    response = browser.post(address, ANSWER | {"outcome": "stated", "organ": "Kunnanhallitus"}, follow=True)
    assert "recorded on the party" in said(response)


def test_a_late_answer_is_marked_in_the_matrix(agreement, regional_officer, signed_in):
    request = acceptance(agreement)
    Request.objects.update(deadline=in_days(-1))
    answered(request, "luhanka")
    assert "accepts late" in said(signed_in(regional_officer).get(at("show", request_id=request.pk)))


# Fitting together


def test_the_coordinator_sees_balance_gaps_and_conflicts_and_keeps_a_combination(
    agreement, parties, regional_officer, small_municipality_clerk, signed_in
):
    request = nominations(agreement, parties)
    answered(request, "luhanka", "nominated", nominees=(nominee("Aino Aalto", gender="woman"),))
    answered(request, "joutsa", "nominated", nominees=(nominee("Eero Eskola", gender="man"),))
    answered(request, "multia", "nobody")
    address = at("coordinate", request_id=request.pk)
    assert signed_in(small_municipality_clerk).get(address).status_code == 403
    browser = signed_in(regional_officer)
    shown = said(browser.get(address))
    assert "Members1101" in shown, "women, men, not said, at least of each"
    assert "Propose nobody: Multia" in shown
    aino, eero = (
        each.pk for one in ("luhanka", "joutsa") for each in asked(request, one).standing[0].nominations.all()
    )
    response = browser.post(address, {"version": "0", f"chosen-{aino}": "on"})
    assert wrong_at(response) == ["agreed_on", "agreed_by", "reasons"]
    agreed = {"agreed_on": "1.10.2025", "agreed_by": "Kuntajohtajakokous 1.10.2025", "reasons": "Alueet edustettuina."}
    response = browser.post(address, agreed | {"version": "0"})
    assert "Choose at least one" in said(response)
    both = {f"chosen-{aino}": "on", f"chosen-{eero}": "on"}
    response = browser.post(address, agreed | both | {"version": "0"}, follow=True)
    assert "The combination is kept" in response.content.decode()
    assert browser.post(address, agreed | both | {"version": "0"}).status_code == 409
    assert browser.get(at("appoint", request_id=request.pk)).status_code == 403


def test_the_county_appoints_those_agreed_on(agreement, parties, county_coordinator, regional_officer, signed_in):
    request = nominations(agreement, parties)
    answered(request, "luhanka", "nominated", nominees=(nominee("Aino Aalto"),))
    (nomination,) = asked(request, "luhanka").standing[0].nominations.all()
    agreed = {"agreed_on": "1.10.2025", "agreed_by": "Kokous", "reasons": "Sovittu.", f"chosen-{nomination.pk}": "on"}
    signed_in(regional_officer).post(at("coordinate", request_id=request.pk), agreed | {"version": "0"})
    browser = signed_in(county_coordinator)
    address = at("appoint", request_id=request.pk)
    shown = said(browser.get(address))
    assert "24 parties have not accepted the group yet" in shown
    decision = {"organ": "Aluehallitus", "decided": "10.10.2025", "section": "99", "first_day": "15.10.2025"}
    response = browser.post(address, decision)
    assert (response.status_code, wrong_at(response)) == (422, ["early_reason"])
    response = browser.post(address, decision | {"early_reason": "Kiire."})
    assert response.status_code == 302
    assert browser.get(address).status_code == 404, "appointed once"

"""The pages of a group's action plan and rules: written by two at once, given as files, adopted, read (C26)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.bodies.groups import TERM, states
from tests.bodies.pages import mistakes, text, url
from yhdyspinta.agreement import today
from yhdyspinta.bodies.actions import adopt_plan, draft_plan, edit_plan, withdraw_plan
from yhdyspinta.bodies.models import Plan
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.verify import verify
from yhdyspinta.papers.models import File
from yhdyspinta.records.actions import Proof, record_done

pytestmark = pytest.mark.django_db

RULES = url("plans", body="ict", kind="rules")
NEW = url("new-plan", body="ict", kind="rules")
PDF = b"%PDF-1.4\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@pytest.fixture
def county(county_coordinator, signed_in):
    """The browser of the county's administrator, who looks after the groups that the county appoints."""
    return signed_in(county_coordinator)


@pytest.fixture
def clerk(small_municipality_clerk, signed_in):
    """The browser of Luhanka's administrator, who sees drafts and changes none."""
    return signed_in(small_municipality_clerk)


def drafted(agreement, words="1. Tehtävät", kind="rules", body="ict"):
    return draft_plan(agreement, body, kind, text=words, by=SYSTEM)


def adopted(agreement, words="1. Tehtävät", on=TERM):
    plan = drafted(agreement, words)
    adopt_plan(plan, version=plan.version, on=on, where="kokous 1/2025 § 4", by=SYSTEM)
    return plan


def pdf(name="saannot.pdf"):
    return SimpleUploadedFile(name, PDF, "application/pdf")


def page_of(name, plan):
    return url(f"{name}-plan" if name != "file" else "plan-file", body=plan.body.slug, plan=plan.pk)


# Writing


def test_rules_are_written_adopted_and_read_by_everybody(county, agreement, client):
    assert "None is adopted yet." in text(county.get(RULES))
    response = county.post(NEW, {"text": "Ensin tämä.\r\n\r\nSitten tuo.", "file": pdf()}, follow=True)
    assert response.redirect_chain == [(RULES, 302)]
    assert "The draft is saved." in text(response)
    assert "Ensin tämä" not in text(client.get(RULES))
    plan = Plan.objects.get()
    response = county.post(
        page_of("adopt", plan), {"on": "4.11.2025", "where": "kokous 2/2025 § 4", "version": "1"}, follow=True
    )
    assert "Adopted: everybody can read it now. See the clause" in text(response)
    page = client.get(RULES)
    assert "<p>Ensin tämä.</p>" in page.content.decode()
    assert "adopted on 4.11.2025 kokous 2/2025 § 4" in text(page)
    assert "saannot.pdf (PDF, 14 bytes)" in text(page)
    assert states(agreement, "ryhma-saannot", "ict") == ["fulfilled"]
    assert list(verify()) == []


def test_a_new_version_begins_with_the_one_in_force(county, agreement):
    adopted(agreement, "Vanha sääntö")
    assert county.get(NEW).context["form"]["text"].value() == "Vanha sääntö"
    county.post(NEW, {"text": "Uusi sääntö"})
    page = text(county.get(RULES))
    assert page.index("Version 2") < page.index("Version 1")
    assert "Uusi sääntö" in page
    assert "Begin a new version" not in page


def test_a_draft_that_is_there_is_gone_on_with(county, agreement):
    plan = drafted(agreement)
    response = county.get(NEW, follow=True)
    assert response.redirect_chain == [(page_of("edit", plan), 302)]
    assert "There is a draft already: go on with that." in text(response)
    response = county.post(NEW, {"text": "Minun tekstini"})
    assert mistakes(response) == {"__all__": ["There is a draft already: go on with that."]}
    assert "Minun tekstini" in response.content.decode()
    assert page_of("edit", plan) in response.content.decode()


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"text": " "}, "text", "Write the text, or give it as a file."),
        ({"text": "x" * 100_001}, "text", "at most 100000 characters"),
        ({"file": ("kuva.png", PNG)}, "file", "The file is a picture."),
        ({"file": ("saannot.pdf", b"MZ")}, "file", "not a PDF"),
        ({"file": ("saannot.pdf", b"")}, "file", "empty"),
    ],
)
def test_a_draft_says_at_the_field_what_it_lacks(county, agreement, sent, field, message):
    files = {key: SimpleUploadedFile(*value) for key, value in sent.items() if key == "file"}
    found = mistakes(county.post(NEW, {"text": "Teksti", **sent, **files}))
    assert list(found) == [field]
    assert message in found[field][0]
    assert not Plan.objects.exists()
    assert not File.objects.exists()


def test_a_file_outlasts_a_mistake_and_serves_nobody_else(county, agreement, administrator, signed_in):
    draft = drafted(agreement, kind="action-plan")
    response = county.post(NEW, {"text": "x" * 100_001, "file": pdf()})
    assert "Attached: saannot.pdf" in text(response)
    kept = response.context["form"].kept_now
    signed_in(administrator).post(page_of("edit", draft), {"text": "y", "version": "1", "kept_file": kept})
    county.post(page_of("edit", draft), {"text": "y", "version": "2", "kept_file": f"{kept}x"})
    draft.refresh_from_db()
    assert (draft.file, draft.version) == (None, 3)
    county.post(NEW, {"text": "Lyhyempi", "kept_file": kept})
    assert str(Plan.objects.get(kind="rules").file) == "saannot.pdf"


# Two at once


def test_two_write_at_once_and_nothing_is_lost(county, agreement):
    plan = drafted(agreement, "Ensin")
    edit_plan(plan, version=1, text="Toisen tekstiä", by=SYSTEM)
    response = county.post(page_of("edit", plan), {"text": "Minun tekstiäni", "version": "1", "file": pdf()})
    assert response.status_code == 409
    page = text(response)
    assert "Somebody else has changed this meanwhile" in page
    assert "What stands now Toisen tekstiä What you wrote Minun tekstiäni" in page
    form = response.context["form"]
    again = {"text": form["text"].value(), "version": form["version"].value(), "kept_file": form.kept_now}
    assert county.post(page_of("edit", plan), again).status_code == 302
    plan.refresh_from_db()
    assert (plan.text, plan.version, plan.file.name) == ("Minun tekstiäni", 3, "saannot.pdf")


def test_a_draft_that_was_adopted_meanwhile_is_changed_no_more(county, agreement):
    plan = adopted(agreement)
    response = county.post(page_of("edit", plan), {"text": "Minun", "version": "1"})
    assert response.status_code == 409
    again = {"text": "Minun", "version": response.context["form"]["version"].value()}
    response = county.post(page_of("edit", plan), again)
    assert mistakes(response) == {"__all__": ["This version is adopted. Begin a new one."]}
    assert "Minun" in response.content.decode()
    assert "This version is adopted. Begin a new one." in text(county.get(page_of("edit", plan), follow=True))
    assert "This version is adopted. Begin a new one." in text(county.get(page_of("adopt", plan), follow=True))


def test_what_was_changed_meanwhile_is_looked_at_before_it_is_adopted(county, agreement):
    plan = drafted(agreement, "Ensin")
    edit_plan(plan, version=1, text="Toiseksi", by=SYSTEM)
    response = county.post(page_of("adopt", plan), {"on": "4.11.2025", "where": "kokous", "version": "1"})
    assert response.status_code == 409
    assert "Somebody else has changed the text meanwhile" in text(response)
    assert "Toiseksi" in text(response)
    assert response.context["form"]["where"].value() == "kokous"
    version = response.context["form"]["version"].value()
    assert county.post(page_of("adopt", plan), {"on": "4.11.2025", "version": version}).status_code == 302


# Adopting, withdrawing


@pytest.mark.parametrize(
    ("on", "message"),
    [
        ("", "Say on which day it was adopted."),
        ("marraskuu", "is not a date"),
        ((today() + timedelta(days=1)).isoformat(), "This day is still to come."),
    ],
)
def test_an_adoption_says_at_the_field_what_it_lacks(county, agreement, on, message):
    found = mistakes(county.post(page_of("adopt", drafted(agreement)), {"on": on, "version": "1"}))
    assert list(found) == ["on"]
    assert message in found["on"][0]


def test_what_was_adopted_by_mistake_is_withdrawn(county, agreement, client):
    plan = adopted(agreement, "Väärä")
    address = page_of("withdraw", plan)
    assert "The adoption of 1.6.2025 then counts on no day" in text(county.get(address))
    assert Plan.objects.get().withdrawn_at is None
    assert "It is withdrawn." in text(county.post(address, follow=True))
    assert "It was withdrawn already." in text(county.post(address, follow=True))
    assert "Väärä" not in text(client.get(RULES))
    assert states(agreement, "ryhma-saannot", "ict") == ["open"]
    assert list(verify()) == []


def test_what_the_records_alone_know_to_be_adopted_is_said(agreement, client):
    adopted(agreement, "Sääntö", on=date(2026, 1, 20))
    facts = [
        {"fact": "plan-adopted", "body": "ict", "plan": "rules", "on": "2025-10-07", "reference": "muistio 1/2025"}
    ]
    record_done(agreement, facts, proof=Proof(), token=uuid.uuid4(), by=SYSTEM)
    page = text(client.get(RULES))
    assert "Adopted according to the records The text of these is not here. 7.10.2025" in page
    assert page.count("20.1.2026") == 1


# Who sees and changes what


def test_drafts_are_seen_by_the_parties_and_changed_by_who_looks_after_the_group(clerk, agreement, client):
    plan = drafted(agreement, "Luonnosteltu")
    assert "Luonnosteltu" in text(clerk.get(RULES))
    assert "Record its adoption" not in text(clerk.get(RULES))
    assert "Luonnosteltu" not in text(client.get(RULES))
    for page in ("edit", "adopt", "withdraw"):
        assert clerk.get(page_of(page, plan)).status_code == 403
        assert clerk.post(page_of(page, plan), {"text": "x", "version": "1", "on": "1.6.2025"}).status_code == 403
    assert clerk.get(NEW).status_code == 403
    assert client.get(NEW).status_code == 302
    assert client.get(url("plans", body="ict", kind="budjetti")).status_code == 404
    assert client.get(url("plans", body="ei-ole", kind="rules")).status_code == 404


def test_a_file_is_handed_out_to_whom_its_version_is_shown(county, clerk, agreement, client):
    county.post(NEW, {"file": pdf()})
    plan = Plan.objects.get()
    assert client.get(page_of("file", plan)).status_code == 404
    handed = clerk.get(page_of("file", plan))
    assert b"".join(handed.streaming_content) == PDF
    assert handed["Cache-Control"] == "private, no-store"
    adopt_plan(plan, version=1, on=TERM, where="", by=SYSTEM)
    handed = client.get(page_of("file", plan))
    assert b"".join(handed.streaming_content) == PDF
    assert handed["Content-Disposition"] == 'attachment; filename="saannot.pdf"'
    assert client.get(url("plan-file", body="hyte", plan=plan.pk)).status_code == 404
    withdraw_plan(plan, by=SYSTEM)
    assert client.get(page_of("file", plan)).status_code == 404
    assert client.get(page_of("file", adopted(agreement))).status_code == 404


def test_papers_of_preparedness_bodies_stay_elsewhere(clerk, agreement, administrator, signed_in, client):
    address = url("plans", body="ksturva", kind="rules")
    assert client.get(address).status_code == 404
    assert "stay in the authority's own system" in text(clerk.get(address))
    refused = signed_in(administrator).post(url("new-plan", body="ksturva", kind="rules"), {"text": "x"})
    assert refused.status_code == 403
    assert "stay in the authority's own system" in text(refused)


@pytest.mark.parametrize("versions", [1, 3])
def test_versions_cost_four_queries_for_strangers(agreement, client, django_assert_num_queries, versions):
    for number in range(versions):
        adopted(agreement, f"Versio {number}", on=date(2025, 7, 1))
    client.get(RULES)
    with django_assert_num_queries(4):
        client.get(RULES)

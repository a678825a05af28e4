from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from datetime import date

import docx
import pytest
from django.urls import reverse

from yhdyspinta.authoring.comparing.sources import comparable
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.parties.actions import load_agreement
from yhdyspinta.tasks.models import Task

pytestmark = pytest.mark.django_db


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_two_agreements_are_compared_for_everyone(client, both):
    response = client.get("/vertailu/", both)
    page = response.content.decode()
    assert response.status_code == 200
    assert "kerran</del>" in re.sub(r"<span[^>]*>[^<]*</span>", "", page)
    assert "kahdesti</ins>" in re.sub(r"<span[^>]*>[^<]*</span>", "", page)
    assert 'id="kohta-kuntakokous"' in page
    assert '<a href="#kohta-kuntakokous">' in page


def test_what_is_added_and_removed_is_also_said_in_words(client, both):
    page = client.get("/en/vertailu/", both).content.decode()
    assert '<span class="seen-by-ear">[added: </span>' in page
    assert '<span class="seen-by-ear">[removed: </span>' in page


def test_one_party_sees_what_changes_for_it_alone(client, both):
    page = text_of(client.get("/en/vertailu/", both | {"osapuoli": "luhanka"}))
    mine = page[page.index("What changes for this party: Luhanka") : page.index("Commitments and rights")]
    assert "New Meets every year" in mine
    assert "from 1 Jan 2026" in mine.replace("\N{NO-BREAK SPACE}", " ")
    assert "Jyväskylä" not in mine
    other = text_of(client.get("/en/vertailu/", both | {"osapuoli": "multia"}))
    assert "Nothing changes for you." in other


def test_only_what_changes_can_be_shown(client, both):
    whole, changes = client.get("/vertailu/", both), client.get("/vertailu/", both | {"vain": "on"})
    assert 'class="unchanged"' in whole.content.decode()
    assert 'class="unchanged"' not in changes.content.decode()
    assert 'id="kohta-kuntakokous"' in changes.content.decode()


def test_text_beside_itself_says_that_nothing_differs(client, both):
    page = text_of(client.get("/en/vertailu/", both | {"jalkeen": both["ennen"]}))
    assert "The two texts say the same" in page


def test_agreement_named_alone_is_its_text_in_force_now(client, both):
    page = client.get("/vertailu/", {"ennen": "keski-suomi-2023", "jalkeen": "keski-suomi-2026"})
    assert page.status_code == 200
    assert '<option value="keski-suomi-2026@2026-01-01" selected>' in page.content.decode()


def test_version_is_named_by_its_first_day(client, agreement, reworded, keski_suomi_text):
    load_agreement(reworded("Uusi virke."), first_day=date(2024, 6, 1), records_from=date(2023, 1, 1), by=SYSTEM)
    assert [choice.key for choice in comparable(None)] == [
        "keski-suomi-2023@2024-06-01",
        "keski-suomi-2023@2023-01-01",
    ]
    asked = {"ennen": "keski-suomi-2023@2023-01-01", "jalkeen": "keski-suomi-2023@2024-06-01"}
    assert "Uusi virke." in text_of(client.get("/vertailu/", asked))
    page = text_of(client.get("/en/vertailu/", asked))
    assert "The wording changes in other languages too: Finnish" in page
    assert "wording from 1 Jun 2024" in page.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("key", ["ei-ole", "keski-suomi-2023@2022-01-01", "keski-suomi-2023@eilen", "@", ""])
def test_unknown_text_is_told_at_its_field(client, both, key):
    response = client.get("/en/vertailu/", both | {"ennen": key})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'id="ennen_error"' in page
    assert 'aria-invalid="true"' in page
    assert client.get("/vertailu/muutokset.docx", both | {"ennen": key}).status_code == 404


def test_unknown_party_is_told_at_its_field(client, both):
    response = client.get("/en/vertailu/", both | {"osapuoli": "helsinki"})
    assert response.status_code == 422
    assert "Neither text has this party" in text_of(response)
    assert client.get("/vertailu/muutokset.docx", both | {"osapuoli": "helsinki"}).status_code == 404


def test_draft_that_does_not_pass_the_check_is_told_at_its_field(client, both, read_draft, administrator):
    client.force_login(administrator)
    response = client.get("/en/vertailu/", both | {"jalkeen": read_draft.key})
    assert response.status_code == 422
    assert "This draft does not pass the check yet" in text_of(response)


def test_draft_is_compared_with_the_text_it_is_to_follow(client, both, draft, administrator, outsider):
    asked = both | {"jalkeen": draft.key}
    assert client.get("/vertailu/", asked).status_code == 422
    client.force_login(outsider)
    assert client.get("/vertailu/", asked).status_code == 422
    client.force_login(administrator)
    response = client.get("/en/vertailu/", asked)
    assert response.status_code == 200
    assert "The two texts say the same" in text_of(response)


def test_empty_page_says_what_belongs_there(client, agreement, next_text):
    assert "There is nothing to compare yet" in text_of(client.get("/en/vertailu/"))
    load_agreement(next_text, records_from=date(2026, 1, 1), by=SYSTEM)
    page = text_of(client.get("/en/vertailu/"))
    assert "Choose two texts" in page
    assert client.get("/vertailu/").status_code == 200


def test_page_costs_three_queries_however_much_differs(client, both, django_assert_num_queries):
    client.get("/vertailu/", both)
    for asked in (both, both | {"jalkeen": both["ennen"]}):
        with django_assert_num_queries(3):
            client.get("/vertailu/", asked)
    with django_assert_num_queries(1):
        client.get("/vertailu/")


def test_comparison_is_had_as_word_file(client, both):
    response = client.get("/en/vertailu/muutokset.docx", both | {"osapuoli": "luhanka"})
    assert response["Content-Disposition"].startswith('attachment; filename="comparison-')
    read = docx.Document(io.BytesIO(response.content))
    assert read.core_properties.title == "What changes for this party: Luhanka"


def test_pdf_is_asked_for_as_a_task(client, both, small_municipality_clerk):
    asked = both | {"osapuoli": "luhanka"}
    assert client.post("/vertailu/pdf/", asked).status_code == 302
    assert not Task.objects.exists()
    client.force_login(small_municipality_clerk)
    response = client.post("/vertailu/pdf/", asked)
    task = Task.objects.get()
    assert response.url == reverse("tasks:show", args=[task.pk])
    assert task.account == small_municipality_clerk.pk
    assert task.arguments["before"] == both["ennen"]
    assert client.post("/vertailu/pdf/", both | {"ennen": "ei-ole"}).status_code == 404
    assert client.get("/vertailu/pdf/", asked).status_code == 405


def test_pages_load_no_typesetter():
    """Typst has 80 MB: no process that answers requests may hold it."""
    code = (
        "import sys, django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "import yhdyspinta.authoring.comparing.views; sys.exit(42 if 'typst' in sys.modules else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, env=_environment())
    assert done.returncode == 0


def _environment():
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}

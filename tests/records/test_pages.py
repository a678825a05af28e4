"""The pages in a real browser: nothing for axe to find, none wider than its window, the work done by keyboard."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.records.conftest import ACCEPTED, HELD
from yhdyspinta.journal.queries import assess
from yhdyspinta.records.actions import (
    Proof,
    ask_for_correction,
    bring_in_history,
    correct_record,
    preview_history,
    withdraw_record,
    write_remark,
)
from yhdyspinta.records.models import Record

VIEWS = ((320, "light"), (1440, "light"), (1440, "dark"))
SHOTS = os.environ.get("YHDYSPINTA_TEST_SHOTS")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seen(koe, record, by_keeper, by_kyla):
    """Records of every sort, a preview and a remark; returns the addresses to look at."""
    held = record(HELD, organ="Kunnanhallitus", section="45", register="12/00.01/2024", link="https://example.org/m")
    accepted = record(ACCEPTED, note="Päätös lähetetään myöhemmin.")
    withdraw_record(record({"fact": "signed", "party": "lahti", "on": "2023-01-05"}), reason="Erehdys", by=by_keeper)
    corrected = correct_record(accepted, [{**ACCEPTED, "on": "2024-02-02"}], proof=Proof(text="Ote"), by=by_keeper)
    ask_for_correction(corrected, "kyla", "Päivä on väärin.", by=by_kyla)
    write_remark(koe, ("kyla", "hyvaksynta", "2021-2025", "ict"), "Käsitellään elokuussa.", by=by_kyla)
    odd = [{**HELD, "on": "2023-05-20"}, HELD, {**HELD, "body": "senaatti"}, {**HELD, "on": "2024-13-01"}]
    batch = preview_history(koe, "\n".join(map(json.dumps, odd)).encode(), filename="historia.jsonl", by=by_keeper)
    done = preview_history(koe, json.dumps({**HELD, "on": "2023-04-01"}).encode(), filename="vanha.jsonl", by=by_keeper)
    bring_in_history(done, by=by_keeper)
    return {
        "list": "kirjaukset/?tila=kaikki",
        "choose": "kirjaukset/uusi/",
        "duty": "kirjaukset/uusi/?sitoumus=seuranta&jakso=2025",
        "agenda": "kirjaukset/uusi/?sitoumus=asialista&jakso=foorumi@2024-05-20",
        "officers": "kirjaukset/uusi/?sitoumus=puheenjohtajisto&osapuoli=ict",
        "released": "kirjaukset/uusi/?laji=release-shared",
        "waived": "kirjaukset/uusi/?laji=waived",
        "show": f"kirjaukset/{corrected.pk}/",
        "held": f"kirjaukset/{held.pk}/",
        "correct": f"kirjaukset/{held.pk}/korjaa/",
        "withdraw": f"kirjaukset/{held.pk}/peru/",
        "answer": f"kirjaukset/{corrected.pk}/pyynto/{corrected.requests.get().pk}/",
        "bring-in": "kirjaukset/tuo/",
        "preview": f"kirjaukset/tuo/{batch.pk}/",
        "applied": f"kirjaukset/tuo/{done.pk}/",
        "remark": "osapuolet/kyla/huomautus/?sitoumus=hyvaksynta&jakso=2021-2025&kohde=ict",
    }


def sign_in(page, account):
    client = Client()
    client.force_login(account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.base}])


@pytest.fixture
def tab(page, live):
    page.base = live.url
    return page


def look(page, axe, name):
    """Check a page at each width and in each scheme; keep its picture where that is asked for."""
    found = []
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{name} {width} {scheme}: {line}" for line in axe(page)]
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            found.append(f"{name} {width}: {wide} px wider than the window")
    return found


def test_no_page_has_anything_for_axe_to_find(tab, axe, seen, keeper):
    sign_in(tab, keeper)
    found = []
    for name, address in seen.items():
        assert tab.goto(f"/koe/{address}").status == 200
        found += look(tab, axe, name)
    assert found == []


def test_what_the_public_sees_is_accessible(tab, axe, seen):
    found = []
    for name in ("list", "held"):
        tab.goto(f"/koe/{seen[name]}")
        found += look(tab, axe, f"public-{name}")
    assert found == []


def test_mistakes_are_accessible_and_lead_to_their_fields(tab, axe, seen, keeper):
    sign_in(tab, keeper)
    tab.goto(f"/koe/{seen['duty']}")
    tab.fill("[name='0-on']", "kesällä")
    tab.fill("[name='link']", "muistio")
    tab.click(".end-of-form button")
    assert look(tab, axe, "mistakes") == []
    tab.click("#mistakes a >> nth=0")
    assert tab.evaluate("location.hash") == "#id_0-on"
    assert tab.input_value("[name='0-on']") == "kesällä"


def test_the_conflict_of_two_editors_is_accessible(tab, axe, seen, keeper, by_keeper):
    sign_in(tab, keeper)
    tab.goto(f"/koe/{seen['correct']}")
    old = Record.objects.get(register="12/00.01/2024")
    correct_record(old, [{**HELD, "online": True}], proof=Proof(note="Etänä"), by=by_keeper)
    tab.fill("[name='note']", "Minun versioni")
    tab.click(".end-of-form button")
    assert look(tab, axe, "conflict") == []
    tab.click(".end-of-form button")
    assert "Minun versioni" in tab.inner_text("main")


def test_a_meeting_is_recorded_at_its_duty_by_keyboard_alone(tab, koe, keeper):
    sign_in(tab, keeper)
    tab.goto("/koe/kirjaukset/uusi/?sitoumus=foorumi-koolle&jakso=2024")
    tab.focus("[name='0-on']")
    tab.keyboard.type("20.5.2024")
    tab.focus("[name='link']")
    tab.keyboard.type("https://example.org/muistio")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/kirjaukset/*/")
    [state] = [o.state for o in assess(koe).occurrences if o.duty == "foorumi-koolle" and o.period == "2024"]
    assert state == "fulfilled"

"""A Word file becomes a running agreement, and so does a second one from the classification of another region."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.authoring.conftest import TEXT
from tests.conftest import PASSWORD
from tests.support.beside import OFFICIAL
from yhdyspinta.authoring.models import Decision, Draft
from yhdyspinta.authoring.proposals import proposals_of
from yhdyspinta.authoring.reading import read_pasted
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.journal.queries import charter_of, official_passages
from yhdyspinta.journal.verify import verify
from yhdyspinta.parties.models import Account
from yhdyspinta.tasks.doing import do_due

pytestmark = pytest.mark.browser

PARTIES = 24 if OFFICIAL.exists() else 3
INVENTED = TEXT.replace("Yhteistyökokous\n\n", "Strateginen taso\n\n", 1)


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    """The official text of Central Finland as a Word file; where it is not at hand, an invented one."""
    text = OFFICIAL.read_text(encoding="utf-8") if OFFICIAL.exists() else INVENTED
    document = docx.Document()
    for paragraph in read_pasted(text).paragraphs:
        style = {"title": "Title", "heading": f"Heading {min(paragraph.level or 1, 9)}"}.get(paragraph.kind, "Normal")
        words = f"{paragraph.number} {paragraph.text}".strip()
        document.add_paragraph(words, style="List Bullet" if paragraph.kind == "item" else style)
    path = tmp_path / "sopimus.docx"
    document.save(str(path))
    return path


def test_a_word_file_becomes_a_running_agreement_beside_another_regions(
    page: Page, administrator: Account, word_file: Path, axe: Callable[[Page], list[str]]
) -> None:
    page.set_default_timeout(30_000)
    signs_in(page, administrator)
    draft = brings_the_file(page, word_file, axe)
    confirms_what_is_proposed(page, draft, axe)
    has_nothing_left_to_mend(page, draft, axe)
    first = loads(page, draft, axe)
    assert len(charter_of(first).parties) == PARTIES
    assert official_passages(first)

    second = makes_another_from_a_region(page, axe)
    for agreement in (first, second):
        lives(page, agreement, axe)
    assert [entry.actor_person for entry in Entry.objects.filter(verb="load-text")] == [administrator.pk] * 2
    assert not list(verify())


def press(page: Page, button: Locator) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        button.click()


def signs_in(page: Page, account: Account) -> None:
    page.goto("/kirjaudu/?next=/luonnokset/uusi/")
    page.fill("#id_login", account.email)
    page.fill("#id_password", PASSWORD)
    press(page, page.locator("form:has(#id_password) button"))
    page.wait_for_url("**/luonnokset/uusi/")


def brings_the_file(page: Page, word_file: Path, axe: Callable[[Page], list[str]]) -> Draft:
    page.goto("/luonnokset/uusi/tiedosto/")
    page.locator("#id_file").set_input_files(word_file)
    page.locator("#id_name").fill("Sopimus Word-tiedostosta")
    press(page, page.locator("main button[type=submit]"))
    expect(page).to_have_url(re.compile("/tehtavat/"))
    assert do_due() == 1
    expect(page).to_have_url(re.compile(r"/luonnokset/\d+/$"))
    assert axe(page) == []
    return Draft.objects.get()


def confirms_what_is_proposed(page: Page, draft: Draft, axe: Callable[[Page], list[str]]) -> None:
    """Confirm the parties together and everything else one by one; one thing is refused, and proposed again."""
    found = [each for each in proposals_of(draft).open if each.kind == "parties"]
    assert len(found) == PARTIES
    page.goto(f"/luonnokset/{draft.pk}/ehdotukset/?laji=parties")
    assert axe(page) == []
    press(page, page.locator("form.section button"))
    page.goto(f"/luonnokset/{draft.pk}/ehdotukset/?laji=duty")
    press(page, page.locator(".proposal button.quiet").first)
    page.goto(f"/luonnokset/{draft.pk}/ehdotukset/?laji=torjutut")
    press(page, page.locator(".proposal button"))
    expect(page.locator(".proposal")).to_have_count(0)
    for kind in ("title", "days", "level", "terms", "body", "theme", "duty", "right", "goal", "law"):
        decides(page, draft, kind)
    assert not proposals_of(draft).open
    assert Decision.objects.filter(draft=draft, confirmed=True).count() > PARTIES


def decides(page: Page, draft: Draft, kind: str) -> None:
    """Confirm everything of a kind, one by one; what the text leaves open is filled in."""
    page.goto(f"/luonnokset/{draft.pk}/ehdotukset/?laji={kind}")
    while left := [each for each in proposals_of(draft).open if each.kind == kind]:
        press(page, page.locator(".proposal button[name=vahvista]").first)
        if "/ehdotukset/?" not in page.url:
            fills_in_what_is_open(page, kind)
            press(page, page.locator("form.block-form button[type=submit]"))
        assert page.locator("#mistakes").count() == 0, (left[0].data, page.locator("#mistakes").inner_text())


def fills_in_what_is_open(page: Page, kind: str) -> None:
    """Say what the text does not: the level of a body, whose term it is, how an interpretation reads the text."""
    if kind == "body" and not page.locator("#id_level").input_value():
        page.locator("#id_level").select_option(index=1)
    if kind == "terms":
        page.locator("input[name=of][value=municipality]").check()
    of_a_term = kind == "duty" and "term" in page.locator("#id_per").input_value()
    if of_a_term and not page.locator("#id_term").input_value():
        page.locator("#id_term").select_option(index=page.locator("#id_term option").count() - 1)
    for name, words in (("question", "Miten kohta luetaan?"), ("answer", "Niin kuin se tässä on.")):
        if page.locator(f"#id_{name}-fi").count():
            page.locator(f"#id_{name}-fi").fill(words)


def has_nothing_left_to_mend(page: Page, draft: Draft, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"/luonnokset/{draft.pk}/tarkistus/")
    assert page.locator("main ol.lines").all_inner_texts() == []
    assert axe(page) == []
    page.goto(f"/luonnokset/{draft.pk}/esikatselu/")
    expect(page.locator(".document .clause").first).to_be_visible()
    assert axe(page) == []


def loads(page: Page, draft: Draft, axe: Callable[[Page], list[str]]) -> Agreement:
    page.goto(f"/luonnokset/{draft.pk}/voimaan/")
    assert axe(page) == []
    press(page, page.locator("main form button[type=submit]"))
    expect(page.locator(".document .clause").first).to_be_visible()
    return Agreement.objects.order_by("-pk")[0]


def makes_another_from_a_region(page: Page, axe: Callable[[Page], list[str]]) -> Agreement:
    """Kainuu with three levels and a protocol: its parties come from the classification, its words from a person."""
    page.goto("/luonnokset/uusi/alueesta/")
    page.locator("#id_region").select_option(label="Kainuu")
    page.locator("#id_name").fill("Kainuu")
    page.locator("#id_title").fill("Kainuun yhteistyöpöytäkirja")
    page.locator("#id_instrument").fill("yhteistyöpöytäkirja")
    page.locator("#id_id").fill("Kainuu 2026")
    page.locator("#id_first_day").fill("1.1.2026")
    page.locator("#id_last_day").fill("31.12.2025")
    press(page, page.locator("main button[type=submit]"))
    expect(page.locator("#mistakes li")).to_have_count(2)  # an id in capitals, and a last day before the first
    assert axe(page) == []
    page.locator("#id_id").fill("kainuu-2026")
    page.locator("#id_last_day").fill("31.12.2029")
    press(page, page.locator("main button[type=submit]"))
    draft = Draft.objects.order_by("-pk")[0]
    names_three_levels(page, draft)
    writes_a_clause_with_a_body_and_a_commitment(page, draft, axe)
    has_nothing_left_to_mend(page, draft, axe)
    return loads(page, draft, axe)


def names_three_levels(page: Page, draft: Draft) -> None:
    page.goto(f"/luonnokset/{draft.pk}/perustiedot/")
    for number, name in enumerate(("Johdon pöytä", "Valmistelun pöytä", "Arjen pöytä")):
        page.locator(f"[name=levels-{number}-number]").fill(str(number + 1))
        page.locator(f"[name=levels-{number}-name-fi]").fill(name)
    press(page, page.locator("main form button[type=submit]"))
    expect(page.locator("[name=levels-2-name-fi]")).to_have_value("Arjen pöytä")


def writes_a_clause_with_a_body_and_a_commitment(page: Page, draft: Draft, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"/luonnokset/{draft.pk}/teksti/uusi/")
    page.locator("#id_title_fi").fill("Johdon pöytä")
    page.locator("#id_prose_fi").fill("Johdon pöytä kokoontuu joka vuosi toukokuussa.")
    press(page, page.locator("main form button[type=submit]"))
    page.goto(f"/luonnokset/{draft.pk}/sisalto/body/uusi/?kohta=johdon-poyta")
    page.locator("#id_name-fi").fill("johdon pöytä")
    page.locator("#id_level").select_option("1")
    page.locator("input[name=convened_by][value=kajaani]").check()
    page.locator("#id_id").fill("jory")
    press(page, page.locator("main form button[type=submit]"))
    page.wait_for_url("**/sisalto/body/jory/muokkaa/")

    page.goto(f"/luonnokset/{draft.pk}/sisalto/duty/uusi/?kohta=johdon-poyta")
    page.locator("#id_name-fi").fill("Kutsuu johdon pöydän koolle")
    page.locator("#id_bearer").select_option("named")
    page.locator("input[name=bearers][value=kajaani]").check()
    page.locator("#id_kind").select_option("achieve")
    page.locator("#id_per").select_option("calendar-year")
    page.locator("#id_window_to").fill("31.5.")
    page.locator("#id_basis").select_option("explicit")
    expect(page.locator(".checked .left")).not_to_have_count(0)  # said while it is typed
    page.locator("[name=evidence-0-fact]").select_option("meeting-held")
    page.locator("[name=evidence-0-body]").select_option("jory")
    expect(page.locator(".checked .left")).to_have_count(0)
    assert axe(page) == []
    press(page, page.locator("main form button[type=submit]"))
    page.wait_for_url("**/sisalto/duty/**/muokkaa/")


def lives(page: Page, agreement: Agreement, axe: Callable[[Page], list[str]]) -> None:
    """Each has its own living agreement, matrix and wheel, with its own words."""
    charter = charter_of(agreement)
    home = f"/{agreement.slug}"
    for path in ("/", "/osapuolet/", "/vuosikello/", "/rakenne/"):
        response = page.goto(f"{home}{path}")
        assert response is not None
        assert response.status == 200
        assert axe(page) == []
    shown = "".join((page.locator("main").text_content() or "").split())  # a picture breaks long names
    assert [level.name.fi for level in charter.levels if "".join(level.name.fi.split()) not in shown] == []
    page.goto(f"{home}/osapuolet/")
    expect(page.locator("main")).to_contain_text(next(iter(charter.parties.values())).name.fi)

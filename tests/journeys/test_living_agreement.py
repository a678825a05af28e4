"""A history is brought in and a meeting recorded, and the living agreement turns at once, on the right days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import PASSWORD
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Account

pytestmark = pytest.mark.browser

HOME = "/keski-suomi-2023"
LINES: list[dict[str, str | int | dt.date]] = [
    {"Tapahtuma": "Kokous pidetty", "Päivä": dt.date(2023, 5, 16), "Elin tai ryhmä": "kuntakokous"},
    {
        "Tapahtuma": "Asia käsitelty kokouksessa",
        "Päivä": dt.date(2023, 5, 16),
        "Elin tai ryhmä": "kuntakokous",
        "Kokouspäivä": dt.date(2023, 5, 16),
        "Tarkenne": "tavoitteiden seuranta",
    },
    {"Tapahtuma": "Osapuoli allekirjoittanut", "Päivä": dt.date(2022, 12, 14), "Osapuoli": "Luhanka"},
    {
        "Tapahtuma": "Vastinpari nimetty",
        "Päivä": dt.date(2023, 3, 1),
        "Osapuoli": "Luhanka",
        "Teema": "ICT",
        "Tuntia viikossa": 2,
    },
]


@pytest.fixture
def signed_in_page(page: Page, agreement: Agreement, administrator: Account) -> Page:
    """The administrator has signed in with the password."""
    page.goto("/kirjaudu/")
    page.get_by_label("Sähköposti").fill(administrator.email)
    page.get_by_label("Salasana", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Kirjaudu sisään").click()
    expect(page).to_have_url(re.compile(f"{HOME}/$"))
    return page


def test_history_and_a_recorded_meeting_turn_the_agreement(
    signed_in_page: Page, tmp_path: Path, axe: Callable[[Page], list[str]]
) -> None:
    page = signed_in_page
    expect(card(page, "kuntakokous-koolle", "1.6.2024")).to_contain_text("2023 ajankohta kulunut, ei kirjausta")

    bring_in(page, filled_template(page, tmp_path))
    expect(card(page, "kuntakokous-koolle", "15.5.2023")).to_contain_text("2023 avoin")
    expect(card(page, "kuntakokous-koolle", "16.5.2023")).to_contain_text("2023 toteutunut")

    record_meeting(page, axe)
    before, after = "13.5.2024", "14.5.2024"
    expect(card(page, "kuntakokous-koolle", before)).to_contain_text("2024 avoin")
    proven = card(page, "kuntakokous-koolle", after)
    expect(proven).to_contain_text("2024 toteutunut")
    expect(proven).to_contain_text("kunnanhallitus")
    expect(
        proven.get_by_role("link", name=re.compile("14.5.2024|pöytäkirja|linkki", re.IGNORECASE)).first
    ).to_be_visible()

    page.goto(f"{HOME}/osapuolet/jyvaskyla/?as-of={before}")
    expect(section(page, "Kokoontuu vuosittain")).to_contain_text("Avoin")
    page.goto(f"{HOME}/osapuolet/jyvaskyla/?as-of={after}")
    expect(section(page, "Kokoontuu vuosittain")).to_contain_text("Toteutunut")

    page.goto(f"{HOME}/vuosikello/?vuosi=2024&as-of={after}")
    expect(page.locator("svg a", has_text="14.5.2024 Kuntakokous")).to_have_count(1)
    page.goto(f"{HOME}/vuosikello/?vuosi=2024&as-of={before}")
    expect(page.locator("svg a", has_text="14.5.2024 Kuntakokous")).to_have_count(0)


def test_matrix_turns_with_the_history(signed_in_page: Page, tmp_path: Path) -> None:
    page = signed_in_page
    row = page.get_by_role("row", name=re.compile("Luhanka"))
    page.goto(f"{HOME}/osapuolet/?as-of=1.6.2024")
    expect(page.get_by_role("row")).to_have_count(26)  # a heading, 24 parties, the counts
    expect(row).to_contain_text("0/10")
    bring_in(page, filled_template(page, tmp_path))
    page.goto(f"{HOME}/osapuolet/?as-of=1.6.2024")
    expect(row).to_contain_text("1/10")
    page.goto(f"{HOME}/osapuolet/?as-of=28.2.2023")
    expect(row).to_contain_text("0/10")
    page.get_by_role("link", name="Luhanka", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Luhangan asiat")


def test_same_file_twice_changes_nothing(signed_in_page: Page, tmp_path: Path) -> None:
    page = signed_in_page
    file = filled_template(page, tmp_path)
    bring_in(page, file)
    page.goto(f"{HOME}/kirjaukset/tuo/")
    page.get_by_label("Tiedosto").set_input_files(file)
    page.get_by_role("button", name="Näytä esikatselu").click()
    expect(page.locator("main")).to_contain_text(re.compile("on jo kirjattu|jo kirjattu", re.IGNORECASE))
    expect(page.get_by_role("button", name=re.compile("^Lisää"))).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_are_accessible(
    page: Page, agreement: Agreement, axe: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in ("/", "/sitoumukset/", "/osapuolet/", "/osapuolet/luhanka/", "/rakenne/", "/vuosikello/?vuosi=2024",
                 "/aikajana/", "/sitoumukset/vastinparit/", "/elimet/kuntakokous/", "/kohdat/kuntakokous/",
                 "/kirjaukset/"):  # fmt: skip
        page.goto(f"{HOME}{path}")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def card(page: Page, duty: str, day: str) -> Locator:
    """The card of a duty beside its clause, as it was on a day."""
    page.goto(f"{HOME}/?as-of={day}")
    return page.locator(f"#duty-{duty}")


def section(page: Page, commitment: str) -> Locator:
    """The lines of a party's page about a commitment."""
    return page.locator(".party-sections").get_by_role("listitem").filter(has_text=commitment).filter(has_text="2024")


def filled_template(page: Page, folder: Path) -> Path:
    """The template as a secretary fills it."""
    page.goto(f"{HOME}/kirjaukset/tuo/")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    path = folder / "historia.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Tapahtumat"]
    columns = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    for line in LINES:
        number = sheet.max_row + 1
        for heading, value in line.items():
            sheet.cell(number, columns[heading], value)
    book.save(path)
    return path


def bring_in(page: Page, file: Path) -> None:
    """Bring the file in: preview, then apply."""
    page.goto(f"{HOME}/kirjaukset/tuo/")
    page.get_by_label("Tiedosto").set_input_files(file)
    page.get_by_role("button", name="Näytä esikatselu").click()
    expect(page.locator("main")).to_contain_text("4")
    page.get_by_role("button", name=re.compile("^Lisää")).click()
    expect(page.get_by_role("status").or_(page.locator(".notice, .messages")).first).to_be_visible()


def record_meeting(page: Page, axe: Callable[[Page], list[str]]) -> None:
    """Record the meeting of 2024 at its duty, with a decision and a link, after a slip of the pen."""
    page.goto(f"{HOME}/sitoumukset/kuntakokous-koolle/?as-of=1.6.2024")
    page.get_by_role("row", name=re.compile("2024")).get_by_role("link", name="Kirjaa toteutuminen").click()
    page.get_by_label("Päivä", exact=True).fill("14.5.2042")
    page.get_by_label("Linkki").fill("https://example.org/poytakirja-2024")
    page.get_by_label("Päätöksen tehnyt toimielin").fill("kunnanhallitus")
    page.get_by_label("Pykälä (§)").fill("12")
    page.locator("main").get_by_role("button", name=re.compile("^Kirja")).click()
    assert axe(page) == []
    expect(page.locator("main")).to_contain_text(re.compile("tulevaisuu|vielä tullut"))
    expect(page.get_by_label("Linkki")).to_have_value("https://example.org/poytakirja-2024")
    page.get_by_label("Päivä", exact=True).fill("14.5.2024")
    page.locator("main").get_by_role("button", name=re.compile("^Kirja")).click()
    expect(page).to_have_url(re.compile(r"/kirjaukset/\d+/"))

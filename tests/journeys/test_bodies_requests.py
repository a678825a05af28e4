"""A group for family centres: proposed, accepted by 24 parties, its people nominated and fitted together, appointed,
constituted, with plan and rules; and the living agreement shows each step at its clause, with proof (C24–C27)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone, translation
from playwright.sync_api import Browser, Page, expect

from tests.bodies.conftest import agreement, parties
from tests.requests.asking import answered, asked, nominee
from yhdyspinta.agreement import today
from yhdyspinta.journal.decided import Decision
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.verify import verify
from yhdyspinta.mail.models import Message
from yhdyspinta.parties.models import Account, Organisation, Party
from yhdyspinta.requests.models import Answer, Request
from yhdyspinta.tasks.doing import do_due

pytestmark = pytest.mark.browser
__all__ = ["agreement", "parties"]

HOME = "/en/keski-suomi-2023"
GROUP = f"{HOME}/elimet/perhekeskus"
BY_LINK = {"luhanka": "Aino Aalto", "joutsa": "Eero Eskola", "multia": "Kaisa Kinnari"}
TODAY = f"{today().day}.{today().month}.{today().year}"


@pytest.fixture
def desk(browser: Browser, live: Any, signed_in: Callable[[Account], Any]) -> Any:
    """Give the page of somebody who is signed in; each has a browser of their own."""
    contexts = []

    def of(account: Account | None) -> Page:
        context = browser.new_context(base_url=live.url)
        context.set_default_timeout(15_000)
        contexts.append(context)
        if account is not None:
            session = signed_in(account).cookies["session"].value
            context.add_cookies([{"name": "session", "value": session, "url": live.url}])
        return context.new_page()

    with override_settings(MAIL_WORKS=True):
        yield of
    for context in contexts:
        context.close()


def test_a_group_is_proposed_accepted_nominated_appointed_and_works(
    agreement: Agreement,
    parties: dict[str, Party],
    desk: Callable[[Account | None], Page],
    small_municipality_clerk: Account,
    regional_officer: Account,
    county_coordinator: Account,
    axe: Callable[[Page], list[str]],
) -> None:
    for slug, party in parties.items():
        Organisation.objects.filter(pk=party.organisation_id).update(registry_email=f"kirjaamo@{slug}.example")
    luhanka, liitto, county, guest = (
        desk(who) for who in (small_municipality_clerk, regional_officer, county_coordinator, None)
    )
    proposes(luhanka, axe)
    acceptance = asks(liitto, "Ask the parties to accept it", "Perhekeskusryhmän hyväksyminen", axe)
    accept(guest, acceptance, parties, axe)
    shows(guest, "nimeaminen", "24/24")
    nominations = asks(liitto, "Ask the parties for their representatives", "Edustajat perhekeskusryhmään", axe)
    nominate(guest, nominations, axe)
    fits_together(liitto, nominations, axe)
    appoints(county, nominations, axe)
    constitutes(county, axe)
    for kind in ("action-plan", "rules"):
        adopts(county, kind, axe)
    shows(guest, "nimeaminen", "1 appointed")
    shows(guest, "ryhman-toimikausi", "adopted")
    shows(guest, "puheenjohtajisto", "Done")
    proofs(guest)
    assert [str(finding) for finding in verify()] == []


def proposes(page: Page, axe: Callable[[Page], list[str]]) -> None:
    """Luhanka proposes the group, with a seat for each party."""
    page.goto(f"{HOME}/ryhmat/uusi/")
    page.locator("#id_group").select_option("perhekeskus")
    page.locator("#id_task").fill("Kehittää perhekeskustoimintaa yhdessä.")
    page.locator("#id_seats").fill("1")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("status")).to_contain_text("proposed")
    assert axe(page) == []


def asks(page: Page, link: str, title: str, axe: Callable[[Page], list[str]]) -> Request:
    """The regional council asks all the parties; the letters go by the worker."""
    page.goto(f"{GROUP}/")
    page.locator("main").get_by_role("link", name=re.compile("roposal")).first.click()
    page.get_by_role("link", name=link).first.click()
    expect(page.locator("#id_subject")).to_have_value("perhekeskus")
    page.locator("#id_title").fill("")
    deadline = today() + timedelta(days=30)
    page.locator("#id_deadline_day").fill(f"{deadline.day}.{deadline.month}.{deadline.year}")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("#mistakes")).to_contain_text("Give the request a title.")
    page.locator("#id_title").fill(title)
    page.get_by_role("button", name="Save the draft").click()
    assert axe(page) == []
    page.get_by_role("link", name="Go on to sending").click()
    assert axe(page) == []
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").first).to_contain_text("Sent to 24 parties.")
    before = Message.objects.count()
    assert do_due() >= 1
    assert Message.objects.filter(kind="request").count() >= 24
    assert Message.objects.count() == before + 24
    return Request.objects.get(title=title)


def accept(page: Page, request: Request, parties: dict[str, Party], axe: Callable[[Page], list[str]]) -> None:
    """Three answer by the link in their mail, one of them late; the others in their own way."""
    for slug in ("luhanka", "joutsa"):
        opens(page, request, slug)
        accepts(page)
    page.goto(f"{HOME}/pyynnot/{request.pk}/")
    expect(page.locator("#answers")).to_contain_text("2/24")
    for slug in parties:
        if slug not in BY_LINK:
            answered(request, slug, decision=Decision("Hallitus", today(), "10", f"{slug}/2026"))
    Request.objects.filter(pk=request.pk).update(deadline=timezone.now() - timedelta(hours=1))
    opens(page, request, "multia")
    expect(page.locator("main")).to_contain_text("a late answer is kept as well")
    assert axe(page) == []
    accepts(page)
    expect(page.locator("h1")).to_contain_text("after the deadline")
    do_due()
    assert Answer.objects.filter(asked__request=request, late=True).count() == 1
    assert Message.objects.filter(kind="receipt").count() == 24


def opens(page: Page, request: Request, slug: str) -> None:
    """Open the link that the party's registry got by mail."""
    message = Message.objects.filter(about=asked(request, slug).key, kind="request").get()
    (address,) = re.findall(r"https?://\S+/vastaus/\S+", message.text)
    with translation.override("fi"):
        page.goto(f"/en/{address.partition('/vastaus/')[1].strip('/')}/{address.partition('/vastaus/')[2]}")


def accepts(page: Page) -> None:
    """Answer by the link: nonsense first, then what the board decided."""
    page.locator("#id_decided").fill("ensi viikolla")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("#mistakes")).to_contain_text("is not a date")
    page.get_by_label("accepts", exact=True).check()
    page.locator("#id_organ").fill("Kunnanhallitus")
    page.locator("#id_decided").fill(TODAY)
    page.locator("#id_section").fill("45")
    page.locator("#id_given_by").fill("Liisa Luhankalainen")
    page.locator("#id_given_by_title").fill("hallintosihteeri")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("h1")).to_contain_text("The answer is kept.")


def nominate(page: Page, request: Request, axe: Callable[[Page], list[str]]) -> None:
    """Three propose somebody, one of them by link; nobody is proposed without consent."""
    opens(page, request, "luhanka")
    page.get_by_label("proposes", exact=True).check()
    page.locator("#id_nominee-0-name").fill(BY_LINK["luhanka"])
    page.locator("#id_nominee-0-email").fill("aino@luhanka.example")
    page.locator("#id_nominee-0-gender").select_option("woman")
    page.locator("#id_given_by").fill("Liisa Luhankalainen")
    page.locator("#id_given_by_title").fill("hallintosihteeri")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("#mistakes")).to_contain_text("nobody is proposed without consent")
    assert axe(page) == []
    page.locator("#id_nominee-0-consented").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("h1")).to_contain_text("The answer is kept.")
    for slug, gender in (("joutsa", "man"), ("multia", "woman")):
        answered(request, slug, "nominated", nominees=(nominee(BY_LINK[slug], gender=gender),))


def fits_together(page: Page, request: Request, axe: Callable[[Page], list[str]]) -> None:
    """The coordinator chooses all three, with reasons."""
    page.goto(f"{HOME}/pyynnot/{request.pk}/yhteensovitus/")
    expect(page.locator("section[aria-labelledby=proposed] tbody")).to_contain_text(re.compile(r"Members\s*2\s*1"))
    assert axe(page) == []
    for name in BY_LINK.values():
        page.get_by_label(f"Choose {name}").check()
    page.locator("#id_agreed_by").fill(f"Kuntajohtajakokous {TODAY}")
    page.locator("#id_agreed_on").fill(TODAY)
    page.get_by_role("button", name="Keep this combination").click()
    expect(page.locator("#mistakes")).to_contain_text("Give the reasons")
    page.locator("#id_reasons").fill("Eri seutukunnat ja molemmat sukupuolet ovat edustettuina.")
    page.get_by_role("button", name="Keep this combination").click()
    expect(page.get_by_role("status")).to_contain_text("The combination is kept")
    assert axe(page) == []


def appoints(page: Page, request: Request, axe: Callable[[Page], list[str]]) -> None:
    """The county board appoints those agreed on, and everyone is told."""
    page.goto(f"{HOME}/pyynnot/{request.pk}/yhteensovitus/nimea/")
    page.locator("#id_organ").fill("Aluehallitus")
    page.locator("#id_decided").fill(TODAY)
    page.locator("#id_section").fill("123")
    page.locator("#id_first_day").fill(TODAY)
    assert axe(page) == []
    page.get_by_role("button", name="Record the appointment").click()
    expect(page.get_by_role("status")).to_contain_text("The group is appointed.")
    expect(page.locator("main")).to_contain_text("Aino Aalto")
    assert axe(page) == []
    assert Message.objects.filter(kind="appointed", to_address="aino@luhanka.example").count() == 1
    assert Message.objects.filter(kind="appointed", to_address="kirjaamo@luhanka.example").count() == 1


def constitutes(page: Page, axe: Callable[[Page], list[str]]) -> None:
    """The group meets for the first time and elects its officers from among its members."""
    page.goto(f"{GROUP}/jarjestaytyminen/?paiva={TODAY}")
    page.locator("#id_on").fill(TODAY)
    for office, name in zip(("chair", "vice-chair", "secretary"), BY_LINK.values(), strict=True):
        field = page.locator(f"[name={office}]")
        field.select_option(label=field.locator("option", has_text=name).inner_text())
    page.get_by_role("button", name="Record the first meeting").click()
    expect(page.get_by_role("status")).to_contain_text("first meeting")
    assert axe(page) == []


def adopts(page: Page, kind: str, axe: Callable[[Page], list[str]]) -> None:
    """The group's plan or rules are drafted and adopted."""
    page.goto(f"{GROUP}/asiakirjat/{kind}/uusi/")
    page.locator("#id_text").fill("1. Tehtävät\n\nRyhmä kehittää perhekeskuksia.")
    page.locator("main form.record-form button[type=submit]").last.click()
    page.get_by_role("link", name=re.compile("dopt")).first.click()
    page.locator("#id_on").fill(TODAY)
    page.locator("#id_where").fill("1. kokous § 5")
    page.locator("main form.record-form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("1. kokous § 5")
    assert axe(page) == []


def shows(page: Page, clause: str, words: str) -> None:
    """The clause's page shows how far the group has come."""
    page.goto(f"{HOME}/kohdat/{clause}/")
    expect(page.locator("main")).to_contain_text(words)


def proofs(page: Page) -> None:
    """The living agreement names the decision that it rests on."""
    page.goto(f"{HOME}/sitoumukset/ryhma-nimeaminen/")
    expect(page.locator("main")).to_contain_text("Aluehallitus")
    page.goto(f"{HOME}/sitoumukset/ryhma-hyvaksynta/")
    expect(page.locator("main")).to_contain_text("Kunnanhallitus")

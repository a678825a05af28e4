"""What only a browser can tell of the pages of drafts: room, keyboard, what axe finds, and two people at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from yhdyspinta.authoring.actions import refuse_proposals
from yhdyspinta.authoring.models import Draft
from yhdyspinta.authoring.proposals import proposals_of
from yhdyspinta.tasks.actions import enqueue
from yhdyspinta.tasks.doing import do_due

pytestmark = pytest.mark.browser


@pytest.fixture
def signed_in_page(page, live, administrator, signed_in):
    """A page at which the administrator is signed in."""
    session = signed_in(administrator).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": live.url}])
    return page


@pytest.fixture
def pages(draft, read_draft, administrator):
    """Every page of drafts, with something on it."""
    home = f"/luonnokset/{draft.pk}"
    found = proposals_of(read_draft).open
    refuse_proposals(read_draft, [found[-1]], by=administrator)
    duty = next(each for each in found if each.kind == "duty")
    waiting = enqueue(work="builtins:dict", arguments={}, title="Luetaan", account=administrator.pk)
    ways = ("tiedosto", "teksti", "sopimuksesta", "alueesta", "tyhjasta", "omista-tiedostoista")
    kinds = ("parties", "body", "theme", "duty", "right", "rule", "goal", "law", "reading", "terms")
    things = {
        "parties": "luhanka",
        "body": "kuntakokous",
        "theme": "hyte",
        "duty": "kuntakokous-asialista",
        "right": "johtajan-lasnaolo-kuntajohtajat",
        "terms": "municipal",
    }
    return [
        "/luonnokset/",
        "/luonnokset/uusi/",
        *(f"/luonnokset/uusi/{way}/" for way in ways),
        f"{home}/",
        f"{home}/teksti/",
        f"{home}/teksti/uusi/",
        f"{home}/teksti/kuntakokous/muokkaa/",
        f"{home}/teksti/kuntakokous/jaa/",
        f"{home}/teksti/kuntakokous/poista/",
        f"{home}/perustiedot/",
        f"{home}/sisalto/",
        f"{home}/sisalto/luokituksesta/",
        *(f"{home}/sisalto/{kind}/uusi/" for kind in kinds),
        *(f"{home}/sisalto/{kind}/{thing}/muokkaa/" for kind, thing in things.items()),
        f"{home}/sisalto/theme/hyte/poista/",
        f"/luonnokset/{read_draft.pk}/ehdotukset/?laji=duty",
        f"/luonnokset/{read_draft.pk}/ehdotukset/?laji=torjutut",
        f"/luonnokset/{read_draft.pk}/ehdotukset/{duty.key}/",
        f"/luonnokset/{read_draft.pk}/tarkistus/",
        f"/luonnokset/{read_draft.pk}/esikatselu/",
        f"{home}/esikatselu/",
        f"{home}/historia/",
        f"{home}/tiedostot/",
        f"{home}/kirjoittajat/",
        f"{home}/voimaan/",
        f"{home}/havita/",
        f"/tehtavat/{waiting.pk}/",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])
def test_pages_have_room_and_are_accessible(pages, signed_in_page, axe, width, scheme):
    page = signed_in_page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    found = []
    for address in pages if width == 320 else [each for each in pages if not _is_like_another(each)]:
        response = page.goto(address)
        assert response.status == 200, address
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address}: wider than {width}")
        found += [f"{address}: {line}" for line in axe(page)]
    assert found == []


def _is_like_another(address):
    """Tell whether a page is a form like others but for its fields: one look at these is enough."""
    return "/sisalto/" in address and address.endswith("/uusi/") and "/duty/" not in address


def test_two_browsers_at_one_clause_lose_nothing(signed_in_page, browser, live, draft, administrator, signed_in):
    address = f"/luonnokset/{draft.pk}/teksti/tarkoitus/muokkaa/"
    other = browser.new_context(base_url=live.url)
    session = signed_in(administrator).cookies["session"].value
    other.add_cookies([{"name": "session", "value": session, "url": live.url}])
    theirs, mine = other.new_page(), signed_in_page
    for each, words in ((theirs, "Heidän sanansa."), (mine, "Minun sanani.")):
        each.goto(address)
        each.fill("#id_prose_fi", words)
    with theirs.expect_navigation():
        theirs.locator("main form.record-form button[type=submit]").click()
    with mine.expect_navigation():
        mine.locator("main form.record-form button[type=submit]").click()
    expect(mine.locator("#conflict")).to_contain_text("Heidän sanansa.")
    expect(mine.locator("#conflict")).to_contain_text("Minun sanani.")
    expect(mine.locator("#id_prose_fi")).to_have_value("Minun sanani.")
    other.close()
    assert Draft.objects.get().manuscript().section("tarkoitus").text == "Heidän sanansa."


def test_the_page_of_a_task_tells_by_itself_when_it_is_ready(signed_in_page, administrator):
    task = enqueue(
        work="tests.tasks.test_tasks:add",
        arguments={"first": 1, "second": 2},
        title="Lasketaan",
        account=administrator.pk,
    )
    signed_in_page.goto(f"/tehtavat/{task.pk}/")
    expect(signed_in_page.locator("progress")).to_be_visible()
    assert do_due() == 1
    expect(signed_in_page.locator("progress")).to_have_count(0)
    expect(signed_in_page.locator("#task .lead")).to_be_visible()


def test_the_tabs_and_the_first_form_are_reached_by_keyboard(signed_in_page, draft):
    page = signed_in_page
    page.goto(f"/luonnokset/{draft.pk}/perustiedot/")
    seen = []
    for _each in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href') || ''"))
        if seen[-1] == "id_title-fi":
            break
    assert seen[-1] == "id_title-fi"
    assert f"/luonnokset/{draft.pk}/tarkistus/" in seen

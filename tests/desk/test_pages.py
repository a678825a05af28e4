"""The pages as a browser without a session gets them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.desk.conftest import HISTORY
from yhdyspinta.journal.actions import attach_official_text, import_facts, set_publicity
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement

HOME = "/keski-suomi-2023/"
PAGES = [
    "", "kohdat/kuntakokous/", "kohdat/jarjestamislaki/", "virallinen-teksti/", "sitoumukset/",
    "sitoumukset/vastinparit/", "sitoumukset/kuntakokous-koolle/", "sitoumukset/hyte-raportti/",
    "sitoumukset/viestinta-jako/", "osapuolet/", "osapuolet/luhanka/", "osapuolet/keski-suomen-hyvinvointialue/",
    "rakenne/", "elimet/kuntakokous/", "elimet/ict/", "elimet/kuntajohtajakokous/", "vuosikello/", "aikajana/",
]  # fmt: skip
FILES = [
    "sitoumukset.csv", "sitoumukset.xlsx", "sitoumukset/vastinparit.csv", "sitoumukset/vastinparit.xlsx",
    "osapuolet.csv", "osapuolet.xlsx", "vuosikello.csv",
]  # fmt: skip


@pytest.fixture
def recorded(agreement: Agreement) -> Agreement:
    import_facts(agreement, HISTORY, by=SYSTEM)
    return agreement


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.html, re.DOTALL)
        assert found
        return found[1]


def get(client: Client, path: str, **query: str) -> Page:
    response = client.get(path, query)
    assert response.status_code == 200, path
    return Page(response.content.decode())


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_every_page_answers_in_every_language_on_any_day(client, recorded, prefix):
    for path in PAGES:
        for day in ("", "2022-06-01", "2024-06-01"):
            page = get(client, f"{prefix}{HOME}{path}", **({"as-of": day} if day else {}))
            assert page.all("html")[0]["lang"] == (prefix.removeprefix("/") or "fi")
            assert len(page.all("h1")) == 1, path
            assert len(page.ids) == len(set(page.ids)), path


def test_every_page_is_furnished_for_everyone(client, recorded):
    for path in PAGES:
        page = get(client, f"{HOME}{path}", **{"as-of": "2024-06-01"})
        assert next(attrs.get("href") for attrs in page.all("a")) == "#main"
        assert all(page.all(landmark) for landmark in ("header", "nav", "main", "footer"))
        assert "style" not in {name for _, attrs in page.tags for name in attrs}, path
        assert not page.all("style")
        assert all(attrs.get("src") for attrs in page.all("script"))
        assert len(page.all("caption")) == len(page.all("table")), path
        assert all(attrs.get("scope") for attrs in page.all("th")), path
        regions = [attrs for _, attrs in page.tags if attrs.get("role") == "region"]
        assert all(attrs.get("tabindex") == "0" for attrs in regions)


def test_titles_are_unique(client, recorded):
    titles = [get(client, f"{HOME}{path}").title for path in PAGES]
    assert len(titles) == len(set(titles))


def test_every_link_of_the_document_leads_somewhere(client, recorded):
    page = get(client, HOME, **{"as-of": "2024-06-01"})
    links = {str(attrs["href"]) for attrs in page.all("a") if "href" in attrs}
    anchors = {link.removeprefix("#") for link in links if link.startswith("#")} - {"print"}
    assert anchors <= set(page.ids)
    assert len([link for link in links if "as-of=2024-06-01" in link]) > 100
    for link in sorted(link for link in links if link.startswith("/")):
        assert client.get(link).status_code in (200, 302), link


def test_deep_links_for_clauses_and_duties(client, recorded, keski_suomi_text):
    ids = set(get(client, HOME).ids)
    assert {
        "kuntakokous",
        "duty-kuntakokous-koolle",
        "state-kuntakokous-koolle",
        "rule-omat-kulut",
        "law-hvl-14",
    } <= ids
    assert "reading-seurantakokous-on-kuntakokous" in ids


@pytest.mark.parametrize(
    "path", ["kohdat/x/", "sitoumukset/x/", "sitoumukset/x.csv", "osapuolet/x/", "elimet/x/", "osapuolet.pdf"]
)
def test_what_is_not_there_is_not_found(client, agreement, path):
    assert client.get(f"{HOME}{path}").status_code == 404


def test_unknown_agreement_is_not_found(client, agreement):
    assert client.get("/tuntematon/").status_code == 404
    assert client.get("/tuntematon/osapuolet/").status_code == 404


def test_only_looking_is_possible(client, agreement):
    assert client.post(HOME).status_code == 405


def test_one_agreement_is_the_front_page_and_several_are_a_list(client, agreement):
    assert client.get("/").headers["Location"] == HOME
    assert client.get("/sv/").headers["Location"] == f"/sv{HOME}"


def test_several_agreements_are_listed(client, second_agreement):
    page = get(client, "/")
    assert [attrs["href"] for attrs in page.all("a") if attrs.get("href") in (HOME, "/keski-suomi-2026/")] == [
        HOME,
        "/keski-suomi-2026/",
    ]


def test_no_agreement_tells_how_to_begin(client, db):
    assert "yhdyspinta load" in get(client, "/").html


def test_ended_agreement_says_so_first(client, recorded):
    page = get(client, HOME)
    assert "Puitesopimus päättyi 31.12.2025" in page.html
    assert {"?as-of=2025-12-31", "?as-of=2024-05-31"} <= {str(attrs["href"])[len(HOME) :] for attrs in page.all("a")}
    assert "Puitesopimus päättyi" not in get(client, HOME, **{"as-of": "31.12.2025"}).html


def test_agreement_without_records_tells_how_to_bring_them_in(client, agreement, administrator, signed_in):
    assert "Ei vielä kirjauksia" in get(client, HOME).html
    page = get(signed_in(administrator), HOME)
    assert f"{HOME}kirjaukset/tuo/" in [attrs.get("href") for attrs in page.all("a")]


def test_nonsense_for_a_day_is_told_at_the_field(client, agreement):
    for path in PAGES:
        page = get(client, f"{HOME}{path}", **{"as-of": "<huomenna>"})
        assert "<huomenna>" not in page.html
        for field in (attrs for attrs in page.all("input") if attrs.get("name") == "as-of"):
            assert field["value"] == "<huomenna>"
            assert field["aria-invalid"] == "true"
            assert field["aria-describedby"] in page.ids


def test_language_links_keep_the_page_and_the_day(client, recorded):
    page = get(client, f"{HOME}osapuolet/luhanka/", **{"as-of": "2024-06-01"})
    links = [attrs["href"] for attrs in page.all("a") if attrs.get("hreflang")]
    assert links == [f"/sv{HOME}osapuolet/luhanka/?as-of=2024-06-01", f"/en{HOME}osapuolet/luhanka/?as-of=2024-06-01"]


def test_official_wording_is_one_click_away(client, agreement, official_wording):
    assert "yhdyspinta attach-text keski-suomi-2023" in get(client, f"{HOME}virallinen-teksti/").html
    attach_official_text(agreement, official_wording, filename="puitesopimus.txt", by=SYSTEM)
    assert "Virke 1 kohdasta Taso 2." in get(client, HOME).html
    assert "puitesopimus.txt" in get(client, f"{HOME}virallinen-teksti/").html
    swedish = get(client, f"/sv{HOME}")
    assert {attrs.get("lang") for attrs in swedish.all("blockquote")} == {"fi"}


def test_example_says_so_on_every_page_and_is_not_indexed(client, recorded):
    Agreement.objects.filter(pk=recorded.pk).update(example=True)
    for path in PAGES:
        page = get(client, f"{HOME}{path}")
        assert "ESIMERKKI – toteutumatiedot on keksitty" in page.html
        assert {"name": "robots", "content": "noindex"} in page.all("meta")


def test_real_agreement_may_be_indexed(client, recorded):
    assert {"name": "robots", "content": "noindex"} not in get(client, HOME).all("meta")


def test_filters_stay_in_the_address_and_in_the_files(client, recorded):
    page = get(client, f"{HOME}sitoumukset/", tila="fulfilled", osapuoli="luhanka", peruste="explicit")
    chosen = {attrs.get("value") for attrs in page.all("option") if "selected" in attrs}
    assert chosen == {"fulfilled", "luhanka", "explicit"}
    files = [str(attrs["href"]) for attrs in page.all("a") if "download" in attrs]
    assert files[0] == f"{HOME}sitoumukset.csv?tila=fulfilled&osapuoli=luhanka&peruste=explicit"
    for file in files:
        assert client.get(file).status_code == 200
    assert "Ei osumia" in get(client, f"{HOME}sitoumukset/", tila="waived").html
    assert len(get(client, f"{HOME}sitoumukset/", tila="x", osapuoli="y", kohta="z", peruste="w").all("tr")) > 30


@pytest.mark.parametrize("path", FILES)
def test_files_can_be_had(client, recorded, path):
    response = client.get(f"{HOME}{path}", {"as-of": "2024-06-01"})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert "2024-06-01" in response["Content-Disposition"]


def test_year_can_be_chosen_and_others_fall_back(client, recorded):
    assert get(client, f"{HOME}vuosikello/", vuosi="2023").title.startswith("Vuosikello 2023")
    assert get(client, f"{HOME}vuosikello/").title.startswith("Vuosikello 2025")
    for nonsense in ("1999", "x", "-1", "²", "9" * 30):
        assert get(client, f"{HOME}vuosikello/", vuosi=nonsense).title.startswith("Vuosikello 2025")


UNDONE = ("avoin", "täydennettävää", "aika kulunut", "Täydennettävää", "Odottaa kirjausta", "Avoinna nyt")


@pytest.mark.parametrize("path", ["osapuolet/", "osapuolet/luhanka/", "osapuolet.csv", "sitoumukset/koordinaatio.csv"])
def test_public_is_not_told_who_has_not(client, recorded, signed_in, small_municipality_clerk, path):
    address = f"{HOME}{path}?as-of=2024-06-01"
    public = client.get(address).content.decode()
    assert not [word for word in UNDONE if word in public]
    party = signed_in(small_municipality_clerk).get(address).content.decode()
    assert [word for word in UNDONE if word in party]


def test_everything_is_shown_when_the_parties_so_decide(client, recorded):
    set_publicity(recorded, "all", by=SYSTEM)
    assert "Odottaa kirjausta" in get(client, f"{HOME}osapuolet/luhanka/", **{"as-of": "2024-06-01"}).html


def test_remark_is_shown_beside_its_mark(client, recorded, signed_in, small_municipality_clerk):
    signed_in(small_municipality_clerk).post(
        f"{HOME}osapuolet/luhanka/huomautus/?sitoumus=tietopohja&jakso=2023", {"text": "Toimitettu jo keväällä."}
    )
    for path in ("osapuolet/luhanka/", "sitoumukset/tietopohja/"):
        assert "Toimitettu jo keväällä." in get(client, f"{HOME}{path}", **{"as-of": "2024-06-01"}).html


def test_pages_depend_on_the_revision_alone(client, recorded):
    for path in [*PAGES, *FILES]:
        first = client.get(f"{HOME}{path}")
        assert first["ETag"], path
        again = client.get(f"{HOME}{path}", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304, path
    import_facts(recorded, [{"fact": "meeting-held", "body": "foorumi", "on": "2024-09-12"}], by=SYSTEM)
    assert client.get(HOME)["ETag"] != first["ETag"]


QUERIES = {
    "": 7, "kohdat/kuntakokous/": 7, "virallinen-teksti/": 7, "sitoumukset/": 5, "sitoumukset/vastinparit/": 6,
    "osapuolet/": 5, "osapuolet/luhanka/": 6, "rakenne/": 5, "elimet/kuntakokous/": 9, "vuosikello/": 5, "aikajana/": 5,
}  # fmt: skip
"""The revision, and what each view says of itself."""


@pytest.mark.parametrize("path", QUERIES)
def test_number_of_queries_does_not_grow_with_what_is_recorded(client, agreement, path, django_assert_num_queries):
    for number in (1, 3):
        meetings = [
            {"fact": "meeting-held", "body": "ict", "on": f"2024-0{month}-10"} for month in range(1, number + 1)
        ]
        import_facts(agreement, meetings, by=SYSTEM)
        address = f"{HOME}{path}?as-of=2024-06-{number:02}"
        client.get(address)
        with django_assert_num_queries(QUERIES[path]):
            client.get(address)

"""The pages of drafts: what they show, what they refuse, and that nothing typed is lost."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from functools import partial

import docx
import lxml.html
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from tests.authoring.conftest import TEXT
from yhdyspinta.agreement import manuscript as m
from yhdyspinta.agreement import parse_agreement
from yhdyspinta.authoring.actions import add_annex, begin_draft, edit_draft, load_draft
from yhdyspinta.authoring.models import Brought, Draft
from yhdyspinta.authoring.proposals import proposals_of
from yhdyspinta.authoring.reading import read_pasted
from yhdyspinta.journal.models import Agreement
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.papers.models import File
from yhdyspinta.tasks.actions import MOST_WAITING
from yhdyspinta.tasks.doing import do_due
from yhdyspinta.tasks.models import Task

pytestmark = pytest.mark.django_db


def page(name, **kwargs):
    with translation.override("en"):
        return reverse(f"authoring:{name}", kwargs=kwargs)


@pytest.fixture
def browser(administrator, signed_in):
    return signed_in(administrator)


def said(response):
    return " ".join(lxml.html.fromstring(response.content.decode()).find(".//main").text_content().split())


def form_of(response, *, holding):
    """What a browser would send from the form that has a field, when nobody touches it."""
    tree = lxml.html.fromstring(response.content.decode())
    (form,) = [each for each in tree.forms if holding in each.fields]
    long = {area.name for area in form.iter("textarea")}
    data: dict[str, list[str]] = {}
    for key, value in form.form_values():
        data.setdefault(key, []).append(value.removeprefix("\n") if key in long else value)
    return data


def upload(name, content):
    return SimpleUploadedFile(name, content)


def word(text):
    document = docx.Document()
    for line in text.splitlines():
        if line:
            document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# Beginning


def test_a_word_file_is_read_by_the_worker_and_its_page_leads_to_the_draft(browser):
    sent = browser.post(page("begin-by", way="tiedosto"), {"file": upload("sopimus.docx", word(TEXT)), "name": "Uusi"})
    assert sent.status_code == 302
    waiting = browser.get(sent.url)
    assert "waiting for its turn" in said(waiting)
    assert do_due() == 1
    ended = browser.get(sent.url)
    draft = Draft.objects.get()
    assert ended.url == page("draft", draft=draft.pk).removeprefix("/en") or ended.url == page("draft", draft=draft.pk)
    assert draft.name == "Uusi"
    assert str(draft.brought.get()) == "sopimus.docx"
    original = browser.get(page("draft-original", draft=draft.pk))
    assert original.getvalue() == word(TEXT) or original["Content-Disposition"].endswith('"sopimus.docx"')


def test_a_task_that_nobody_takes_up_says_so(browser):
    sent = browser.post(page("begin-by", way="tiedosto"), {"file": upload("s.docx", word(TEXT))})
    Task.objects.update(made_at=timezone.now() - timedelta(minutes=1))
    assert "Nobody has taken it up yet" in said(browser.get(sent.url))


def test_a_file_that_cannot_be_read_is_refused_in_words_on_the_page_of_its_task(browser):
    scanned = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    )
    scanned += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    sent = browser.post(page("begin-by", way="tiedosto"), {"file": upload("skannattu.pdf", scanned)})
    do_due()
    answer = said(browser.get(sent.url))
    assert "It could not be done" in answer
    assert "no text" in answer
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("vanha.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old program"),
        ("salattu.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 60, "password"),
        ("kuva.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture"),
        ("tyhja.txt", b"  \n ", "no text"),
        ("outo.bin", bytes(range(256)) * 4, "not a document"),
    ],
)
def test_other_files_are_refused_at_the_field_at_once(browser, name, content, message):
    answer = browser.post(page("begin-by", way="tiedosto"), {"file": upload(name, content), "name": "Kirjoitin tämän"})
    assert answer.status_code == 422
    assert message in said(answer)
    assert "Kirjoitin tämän" in answer.content.decode()


def test_a_file_of_eighty_megabytes_is_not_even_read(browser):
    answer = browser.post(page("begin-by", way="tiedosto"), {"file": upload("iso.docx", b"x" * 80 * 1024 * 1024)})
    assert answer.status_code == 422
    assert "The file has 80 MB" in said(answer)
    assert not Task.objects.exists()


def test_a_document_with_macros_and_a_bomb_are_refused(browser):
    macros, bomb = io.BytesIO(word(TEXT)), io.BytesIO()
    with zipfile.ZipFile(macros, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"x")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b" " * 300_000_000)
    for name, content in (("m.docx", macros.getvalue()), ("b.docx", bomb.getvalue())):
        answer = browser.post(page("begin-by", way="tiedosto"), {"file": upload(name, content)})
        assert answer.status_code == 422, name
    assert not Draft.objects.exists()


def test_pasted_text_becomes_a_draft_and_nothing_pasted_is_lost(browser):
    answer = browser.post(page("begin-by", way="teksti"), {"name": "", "text": TEXT})
    assert answer.status_code == 422
    assert "Yhteistyökokous kokoontuu vähintään" in answer.content.decode()
    answer = browser.post(page("begin-by", way="teksti"), {"name": "Liitetty", "text": TEXT})
    assert answer.status_code == 302
    assert "Osapuolet" in said(browser.get(f"{answer.url}teksti/"))


def test_a_swedish_text_with_finnish_names_is_swedish(browser):
    text = "Samarbetsavtal\n\nParter\n\nLuhanka kommun\n\nSaarijärvi stad\n\nMöten\n\n"
    text += "Kommunmötet sammanträder minst en gång per år."
    browser.post(page("begin-by", way="teksti"), {"name": "x", "text": text})
    draft = Draft.objects.get()
    assert list(draft.sources) == ["sv"]
    assert {each.data["id"] for each in proposals_of(draft).open if each.kind == "parties"} == {"luhanka", "saarijarvi"}


def test_a_region_fills_the_parties_in(browser):
    sent = {
        "region": "maakunta-18", "name": "Kainuu", "title": "Kainuun sopimus", "first_day": "1.1.2026",
        "languages": ["fi", "sv"], "id": "",
    }  # fmt: skip
    browser.post(page("begin-by", way="alueesta"), sent)
    parties = Draft.objects.get().manuscript().things("parties")
    assert {"kainuun-hyvinvointialue", "kainuun-liitto", "kajaani", "paltamo"} <= set(parties)
    assert set(parties["kajaani"]["name"]) == {"fi", "sv"}


def test_a_successor_carries_over_and_says_what_to_look_at(agreement, browser):
    sent = {
        "name": "Seuraaja",
        "agreement": agreement.slug,
        "what": "seuraaja",
        "keep": ["clauses", "duties", "bodies"],
    }
    answer = browser.post(page("begin-by", way="sopimuksesta"), sent)
    draft = Draft.objects.get()
    assert draft.manuscript().front["id"] == "keski-suomi-2026"
    assert str(draft.manuscript().front["from"]) == "2026-01-01"
    assert draft.agreement is None
    assert "things to look at" in said(browser.get(answer.url))


def test_a_new_text_of_an_agreement_begins_as_the_one_in_force(agreement, browser, keski_suomi_text):
    sent = {"name": "Uusi teksti", "agreement": agreement.slug, "what": "uusi-teksti"}
    browser.post(page("begin-by", way="sopimuksesta"), sent)
    draft = Draft.objects.get()
    assert (draft.agreement, draft.sources) == (agreement, keski_suomi_text)


def test_a_successor_that_would_begin_too_early_is_refused_at_its_field(agreement, browser):
    sent = {"name": "x", "agreement": agreement.slug, "what": "seuraaja", "first_day": "1.1.2023"}
    answer = browser.post(page("begin-by", way="sopimuksesta"), sent)
    assert answer.status_code == 422
    assert "begins later than it" in said(answer)


def test_an_agreements_own_files_become_a_draft(browser, keski_suomi_text):
    files = [upload(f"agreement.{key}.md", text.encode()) for key, text in keski_suomi_text.items()]
    browser.post(page("begin-by", way="omista-tiedostoista"), {"name": "Omat", "brought": files})
    assert Draft.objects.get().sources == keski_suomi_text


# Writing


def test_two_people_on_one_clause_see_both_texts(browser, draft, administrator):
    address = page("clause", draft=draft.pk, clause="tarkoitus")
    mine = form_of(browser.get(address), holding="prose_fi")
    edit_draft(
        draft,
        lambda each: m.rewrite_section(each, "tarkoitus", prose={"fi": "Heidän sanansa."}),
        deed="edit-clause",
        by=administrator,
    )
    mine["prose_fi"] = ["Minun sanani."]
    answer = browser.post(address, mine)
    assert answer.status_code == 409
    assert "Heidän sanansa." in said(answer)
    assert "Minun sanani." in said(answer)
    again = form_of(answer, holding="prose_fi")  # the second time it replaces what stands now
    assert browser.post(address, again).status_code == 302
    assert Draft.objects.get().manuscript().section("tarkoitus").text == "Minun sanani."


def test_two_people_on_one_block_see_both_texts(browser, draft, administrator):
    address = page("block", draft=draft.pk, kind="theme", thing="hyte")
    mine = form_of(browser.get(address), holding="name-fi")
    theirs = dict(draft.manuscript().things("theme")["hyte"]) | {"name": {"fi": "a", "sv": "b", "en": "c"}}
    edit_draft(draft, lambda each: m.replace_block(each, "theme", "hyte", theirs), deed="edit-block", by=administrator)
    mine["name-fi"] = ["Minun nimeni"]
    answer = browser.post(address, mine)
    assert answer.status_code == 409
    assert "Minun nimeni" in said(answer)
    assert browser.post(address, form_of(answer, holding="name-fi")).status_code == 302


def test_a_clause_is_split_joined_moved_and_taken_away_by_its_buttons(browser, draft):
    def order():
        return [each.id for each in Draft.objects.get().manuscript().sections]

    address = page("clause", draft=draft.pk, clause="tarkoitus")
    sent = form_of(browser.get(address), holding="prose_fi")
    sent["prose_fi"] = ["Yksi.\n\nKaksi."]
    browser.post(address, sent)
    assert (
        browser.post(page("split-clause", draft=draft.pk, clause="tarkoitus"), {"title": "", "at": "9"}).status_code
        == 422
    )
    browser.post(page("split-clause", draft=draft.pk, clause="tarkoitus"), {"title": "Toinen puoli", "at": "1"})
    assert order().index("toinen-puoli") == order().index("tarkoitus") + 1
    browser.post(page("move-clause", draft=draft.pk, clause="toinen-puoli"), {"minne": "ylos"})
    assert order().index("toinen-puoli") == order().index("tarkoitus") - 1
    browser.post(page("move-clause", draft=draft.pk, clause="toinen-puoli"), {"minne": "alas"})
    browser.post(page("join-clause", draft=draft.pk, clause="toinen-puoli"))
    assert Draft.objects.get().manuscript().section("tarkoitus").text.split() == ["Yksi.", "Kaksi."]
    browser.post(page("remove-clause", draft=draft.pk, clause="tarkoitus"))
    assert "tarkoitus" not in order()


def test_the_first_clause_of_a_part_has_none_to_be_joined_to(browser, draft):
    first = next(each.id for each in draft.manuscript().sections if each.depth == 2)
    answer = browser.post(page("join-clause", draft=draft.pk, clause=first), follow=True)
    assert "no clause before this one" in answer.content.decode()


def test_a_duty_whose_bearer_left_says_so_at_its_field(browser, draft, administrator):
    edit_draft(draft, lambda each: m.remove_block(each, "parties", "jyvaskyla"), deed="remove-block", by=administrator)
    answer = browser.get(page("block", draft=draft.pk, kind="duty", thing="kuntakokous-koolle"))
    tree = lxml.html.fromstring(answer.content.decode())
    assert "jyvaskyla" in tree.get_element_by_id("checked-bearer").text_content()
    assert "jyvaskyla" in said(browser.get(page("check", draft=draft.pk)))


def test_two_parties_with_one_business_id_are_told_of_while_it_is_typed(browser, draft):
    address = page("block", draft=draft.pk, kind="parties", thing="luhanka")
    sent = form_of(browser.get(address), holding="business_id")
    sent["business_id"] = ["0174666-4"]
    answer = browser.post(page("check-block", draft=draft.pk, kind="parties", thing="luhanka"), sent)
    tree = lxml.html.fromstring(f"<div>{answer.content.decode()}</div>")
    assert "jyvaskyla" in tree.get_element_by_id("checked-business_id").text_content()
    assert Draft.objects.get().version == 1


def test_the_same_file_cannot_say_two_things_of_one_id(browser, draft):
    sent = form_of(browser.get(page("add-block", draft=draft.pk, kind="goal")), holding="name-fi")
    sent |= {"name-fi": ["Hyvä arki"], "id": ["jyvaskyla"], "clause": ["tarkoitus"]}
    answer = browser.post(page("add-block", draft=draft.pk, kind="goal"), sent)
    assert answer.status_code == 422
    assert "is taken already" in said(answer)


def test_parties_are_added_from_the_classification(browser, read_draft):
    address = page("classified", draft=read_draft.pk)
    assert browser.post(address, {"clause": "osapuolet"}).status_code == 422
    browser.post(address, {"region": "maakunta-18", "chosen": ["helsinki"], "clause": "osapuolet"})
    parties = Draft.objects.get().manuscript().things("parties")
    assert {"kajaani", "helsinki"} <= set(parties)


# Files, history, loading


def test_the_files_are_downloaded_and_come_back(browser, draft, read_draft):
    one = browser.get(page("download", draft=read_draft.pk))
    assert one["Content-Disposition"] == 'attachment; filename="agreement.fi.md"'
    assert one.content.decode() == read_draft.sources["fi"]
    several = browser.get(page("download", draft=draft.pk))
    with zipfile.ZipFile(io.BytesIO(several.content)) as packed:
        assert sorted(packed.namelist()) == ["agreement.en.md", "agreement.fi.md", "agreement.sv.md"]
    edited = one.content.replace(b"## Voimassaolo", b"## Milloin sopimus on voimassa")
    address = page("files", draft=read_draft.pk)
    browser.post(address, {"lomake": "tuo", "base": "1", "brought": upload("agreement.fi.md", edited)})
    assert "Milloin sopimus on voimassa" in said(browser.get(page("text", draft=read_draft.pk)))
    wrong = browser.post(address, {"lomake": "tuo", "base": "1", "brought": upload("agreement.fi.md", b"\xff\xff\xff")})
    assert wrong.status_code == 422
    assert "UTF-8" in said(wrong)


def test_a_language_and_a_name_are_added_on_the_page_of_files(browser, read_draft):
    browser.post(page("files", draft=read_draft.pk), {"lomake": "kieli", "language": "sv"})
    browser.post(page("files", draft=read_draft.pk), {"lomake": "nimi", "name": "Toinen nimi"})
    draft = Draft.objects.get()
    assert set(draft.sources) == {"fi", "sv"}
    assert draft.name == "Toinen nimi"


def test_a_change_is_taken_back_on_the_page_of_history(browser, draft):
    browser.post(page("remove-clause", draft=draft.pk, clause="tarkoitus"))
    assert "took a clause away" in said(browser.get(page("history", draft=draft.pk)))
    browser.post(page("history", draft=draft.pk), {"muutos": "2"})
    assert Draft.objects.get().manuscript().section("tarkoitus").text
    answer = browser.post(page("history", draft=draft.pk), {"muutos": "nonsense"}, follow=True)
    assert "no such change" in answer.content.decode()


def test_a_draft_is_loaded_on_its_page_and_cannot_be_twice(browser, draft):
    address = page("load", draft=draft.pk)
    sent = form_of(browser.get(address), holding="first_day") | {"records_from": ["1.1.2023"]}
    answer = browser.post(address, sent)
    assert answer.url == "/en/keski-suomi-2023/"
    assert "This draft has been loaded" in said(browser.get(address))
    assert browser.post(address, sent).status_code == 422
    assert Agreement.objects.count() == 1


def test_an_annex_and_the_agreement_each_have_their_official_text_and_file(browser, draft, administrator):
    add_annex(draft, read_pasted("Tavoitteet\n\nTavoitteena on hyvä arki."), name="Suunnitelma", by=administrator)
    draft.refresh_from_db()
    assert [each.annex for each in Brought.objects.all()] == ["suunnitelma"]
    loaded = load_draft(draft, version=Draft.objects.get().version, by=administrator)
    shown = said(browser.get(f"/en/{loaded.slug}/virallinen-teksti/"))
    assert "Tavoitteena on hyvä arki." in shown


@pytest.mark.parametrize(
    ("name", "kwargs", "queries"),
    [
        ("text", {}, 6),
        ("clause", {"clause": "tarkoitus"}, 6),
        ("things", {}, 5),
        ("block", {"kind": "duty", "thing": "kuntakokous-koolle"}, 5),
        ("front", {}, 5),
        ("proposals", {}, 5),
        ("check", {}, 5),
        ("history", {}, 6),
        ("files", {}, 5),
    ],
)
def test_a_page_asks_the_same_however_much_was_written(
    browser, draft, administrator, django_assert_num_queries, name, kwargs, queries
):
    address = page(name, draft=draft.pk, **kwargs)
    browser.get(page("proposals", draft=draft.pk))  # reads them, so that every page tells how many there are
    with django_assert_num_queries(queries):
        browser.get(address)
    for number in range(3):
        add = partial(m.add_section, id=f"uusi-{number}", after="tarkoitus", titles={"fi": "Uusi"})
        edit_draft(draft, add, deed="add-clause", by=administrator)
    browser.get(page("proposals", draft=draft.pk))
    with django_assert_num_queries(queries):
        browser.get(address)


def test_the_list_of_drafts_asks_the_same_for_one_and_for_three(
    browser, draft, administrator, django_assert_num_queries, keski_suomi_text
):
    browser.get(page("drafts"))
    with django_assert_num_queries(4):
        browser.get(page("drafts"))
    for number in range(2):
        begin_draft(keski_suomi_text, name=f"Luonnos {number}", by=administrator)
    with django_assert_num_queries(4):
        browser.get(page("drafts"))


def test_the_original_file_is_the_parties_unless_an_administrator_says_otherwise(
    client, browser, administrator, signed_in, keski_suomi_text
):
    for public, seen_by_strangers in (("", 404), ("on", 200)):
        slug = f"sopimus-{public or 'ei'}"
        renamed = keski_suomi_text | {
            "fi": keski_suomi_text["fi"].replace("\nid: keski-suomi-2023\n", f"\nid: {slug}\n", 1)
        }
        draft = begin_draft(renamed, name="x", by=administrator)
        kept = keep_file(ContentFile(b"%PDF-1.4\n%%EOF" + slug.encode(), name="sopimus.pdf"))
        Brought.objects.create(draft=draft, content=_wording(renamed), file=kept)
        address = page("load", draft=draft.pk)
        browser.post(
            address, form_of(browser.get(address), holding="first_day") | {"public": [public] if public else []}
        )
        shown = lxml.html.fromstring(browser.get(f"/{slug}/virallinen-teksti/").content)
        (original,) = [each for each in shown.xpath("//a/@href") if "/alkuperainen/?" in each]
        assert client.get(original.partition("?")[0]).status_code == 404
        found = client.get(original)
        assert found.status_code == seen_by_strangers
        ours = browser.get(original)
        assert ours.status_code == 200
        for response in (found, ours):
            if response.streaming:
                response.getvalue()
        assert "sopimus.pdf" in client.get(f"/en/{slug}/virallinen-teksti/").content.decode()


def _wording(sources):
    """An invented official text that has every heading and every sentence that the clauses name."""
    count: dict[str, int] = {}
    for clause in parse_agreement(sources).clauses:
        if clause.official is not None:
            count[clause.official.heading] = max(count.get(clause.official.heading, 1), *clause.official.sentences, 1)
    return "\n\n".join(f"{heading}\n" + " ".join(f"Virke {n}." for n in range(many)) for heading, many in count.items())


def test_who_asks_for_too_much_at_once_is_told_to_wait(browser, administrator):
    for _each in range(MOST_WAITING):
        browser.post(page("begin-by", way="tiedosto"), {"file": upload("s.docx", word(TEXT))})
    answer = browser.post(page("begin-by", way="tiedosto"), {"file": upload("s.docx", word(TEXT))})
    assert answer.status_code == 422
    assert "still waiting" in said(answer)
    assert File.objects.count() == MOST_WAITING


def test_a_passage_that_the_official_text_does_not_have_is_left_to_mend(browser, read_draft):
    address = page("clause", draft=read_draft.pk, clause="yhteistyokokous")
    sent = form_of(browser.get(address), holding="prose_fi") | {"sentences": ["1-9"]}
    browser.post(address, sent)
    assert "does not have what the clause names" in said(browser.get(page("check", draft=read_draft.pk)))


def test_a_clause_with_more_words_than_its_passage_is_split_without_losing_it(browser, read_draft):
    address = page("clause", draft=read_draft.pk, clause="yhteistyokokous")
    sent = form_of(browser.get(address), holding="prose_fi")
    sent["prose_fi"] = [sent["prose_fi"][0] + "\n\nTämä virke on uusi."]
    browser.post(address, sent)
    browser.post(page("split-clause", draft=read_draft.pk, clause="yhteistyokokous"), {"title": "Loput", "at": "1"})
    assert "official text" not in said(browser.get(page("check", draft=read_draft.pk)))


def test_a_file_downloaded_again_comes_back_and_one_in_another_language_does_not(browser, read_draft):
    address = page("files", draft=read_draft.pk)
    text = read_draft.sources["fi"].replace("## Voimassaolo", "## Kesto").encode()
    browser.post(address, {"lomake": "tuo", "base": "1", "brought": upload("agreement.fi (1).md", text)})
    assert Draft.objects.get().manuscript().section("voimassaolo").title == "Kesto"
    wrong = browser.post(address, {"lomake": "tuo", "base": "2", "brought": upload("agreement.xx.md", text)})
    assert wrong.status_code == 422
    assert "is no file of an agreement" in said(wrong)


def test_the_check_says_what_each_finding_is_about(browser, draft, administrator):
    data = dict(draft.manuscript().things("duty")["ryhma-suunnitelma"])
    del data["term"], data["name"]
    edit_draft(
        draft,
        lambda each: m.replace_block(each, "duty", "ryhma-suunnitelma", data),
        deed="edit-block",
        by=administrator,
    )
    shown = said(browser.get(page("check", draft=draft.pk)))
    assert "Commitment “ryhma-suunnitelma” – name" in shown
    form = lxml.html.fromstring(
        browser.get(page("block", draft=draft.pk, kind="duty", thing="ryhma-suunnitelma")).content.decode()
    )
    assert "still missing" in form.get_element_by_id("checked-name").text_content()


def test_what_is_added_from_a_clause_stands_in_it(browser, draft):
    listed = lxml.html.fromstring(browser.get(f"{page('things', draft=draft.pk)}?kohta=tarkoitus").content.decode())
    (link,) = [each for each in listed.iterlinks() if each[2].endswith("/sisalto/goal/uusi/?kohta=tarkoitus")]
    form = form_of(browser.get(link[2]), holding="name-fi")
    assert form["clause"] == ["tarkoitus"]
    assert browser.get(f"{page('things', draft=draft.pk)}?kohta=ei-ole").status_code == 200


def test_the_page_that_loads_says_beforehand_what_cannot_be_loaded(browser, administrator, keski_suomi_text):
    load_draft(begin_draft(keski_suomi_text, name="Ensin", by=administrator), version=1, by=administrator)
    again = begin_draft(keski_suomi_text, name="Toinen", by=administrator)
    shown = said(browser.get(page("load", draft=again.pk)))
    assert "There is an agreement “keski-suomi-2023” already." in shown
    assert "becomes" not in shown

"""A text that was brought in becomes parts and clauses, with every word and its official passage."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from yhdyspinta.agreement.document import Document, Paragraph
from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.manuscript.sections import plain_lines
from yhdyspinta.agreement.official import _sections
from yhdyspinta.agreement.outline import as_markdown, draft_of_document, kind_of_title
from yhdyspinta.agreement.slugs import free, slug


def title(text):
    return Paragraph("title", text)


def heading(text, level=1, number=""):
    return Paragraph("heading", text, level, number)


def text(words):
    return Paragraph("text", words)


def item(words, level=1, number="–"):
    return Paragraph("item", words, level, number)


DEEP = Document(
    (
        title("Järven kuntien sopimus"),
        text("Tämä sopimus on tehty yhdessä."),
        heading("Rakenteet", 1, "1"),
        text("Rakenteista sovitaan tässä. Niitä on kaksi."),
        heading("Foorumi", 2, "1.1"),
        text("Foorumi kokoontuu vuosittain."),
        item("ensimmäinen"),
        item("toinen", 2),
        heading("Kutsuminen", 3, "1.1.1"),
        text("Liitto kutsuu sen koolle."),
        heading("Allekirjoitukset", 1, "2"),
        Paragraph("table", "", rows=(("Osapuoli", "Päiväys"), ("Lumpeisten kunta", ""))),
    ),
    "fi",
)


def test_headings_become_parts_clauses_and_clauses_below_them():
    sources, _official = draft_of_document(DEEP, title="x")
    read = Manuscript.read(sources)
    assert read.front["title"] == {"fi": "Järven kuntien sopimus"}
    assert [(each.depth, each.title, each.attributes.get("ref", "")) for each in read.sections] == [
        (1, "Järven kuntien sopimus", ""),
        (2, "Järven kuntien sopimus", ""),
        (1, "Rakenteet", ""),
        (2, "Rakenteet", "1"),
        (2, "Foorumi", "1.1"),
        (3, "Kutsuminen", "1.1.1"),
        (1, "Allekirjoitukset", ""),
        (2, "Allekirjoitukset", "2"),
    ]
    assert len({each.id for each in read.sections}) == 8
    assert read.section("foorumi").text.splitlines() == ["Foorumi kokoontuu vuosittain.", "ensimmäinen", "toinen"]


def test_headings_of_one_level_are_clauses_of_one_part():
    flat = Document((heading("Osapuolet"), text("Kunnat."), heading("Viestintä"), text("Sovitaan.")), "fi")
    read = Manuscript.read(draft_of_document(flat, title="Sopimus 2026")[0])
    assert [(each.depth, each.id, each.kind) for each in read.sections] == [
        (1, "osa-sopimus-2026", ""),
        (2, "osapuolet", "party"),
        (2, "viestinta", ""),
    ]


def test_where_most_headings_stand_alone_the_few_below_others_are_clauses_below_clauses():
    few = Document(
        (heading("Osapuolet"), text("Kunnat."), heading("Rakenteet"), heading("Taso 1", 2), text("Foorumi."),
         heading("Viestintä"), text("Sovitaan."), heading("Seuranta"), text("Vuosittain.")), "fi",
    )  # fmt: skip
    read = Manuscript.read(draft_of_document(few, title="Sopimus")[0])
    assert [(each.depth, each.id) for each in read.sections] == [
        (1, "osa-sopimus"),
        (2, "osapuolet"),
        (2, "rakenteet"),
        (3, "taso-1"),
        (2, "viestinta"),
        (2, "seuranta"),
    ]


def test_each_clause_finds_its_passage_in_the_official_text():
    sources, official = draft_of_document(DEEP, title="x")
    read = Manuscript.read(sources)
    clauses = [each for each in read.sections if "official" in each.attributes]
    sections = _sections(official, {each.attributes["official"] for each in clauses})
    for clause in clauses:
        found = " ".join(sections[clause.attributes["official"]])
        assert clause.text.splitlines()[0] in found
    assert len(clauses) == 5


def test_a_heading_that_stands_twice_names_its_first_place_only():
    twice = Document(
        (heading("Yleistä"), text("A on. B on."), heading("Yleistä"), text("C on."), heading("Muuta")), "fi"
    )
    first, second, third = Manuscript.read(draft_of_document(twice, title="x")[0]).sections[1:]
    assert first.attributes == {"official": "Yleistä", "sentences": "1-2"}
    assert second.attributes == third.attributes == {}


def test_two_alike_headings_with_alike_text_have_one_passage():
    same = (heading("Yleistä"), text("Sovitaan yhdessä."))
    files, _official = draft_of_document(Document((title("Sopimus"), *same, *same), "fi"), title="x")
    named = [section.attributes.get("official") for section in Manuscript.read(files).sections if section.depth > 1]
    assert named == ["Yleistä", None]


def test_a_text_without_a_title_of_its_own_names_no_passage_by_the_name_of_its_file():
    document = Document((text("Kunnat sopivat tästä."), heading("Yleistä"), text("Sovitaan yhdessä.")), "fi")
    files, official = draft_of_document(document, title="sopimus.docx")
    named = [section.attributes.get("official") for section in Manuscript.read(files).sections if section.depth > 1]
    assert named == [None, "Yleistä"]
    assert "sopimus.docx" not in official


def test_a_title_says_what_its_clause_is():
    said = {
        kind_of_title(words) for words in ("Sopimuksen voimassaolo", "Yhteiset tavoitteet", "Määritelmät", "Parter")
    }
    assert said == {"term", "goal", "definition", "party"}
    assert kind_of_title("Muuta") == ""


def test_tables_keep_their_cells():
    shown = as_markdown([Paragraph("table", "", rows=(("A | B", "C"), ("d",)))])
    assert shown == "| A \\| B | C |\n| --- | --- |\n| d |  |"


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1), min_size=1, max_size=6))
def test_words_read_back_as_they_were(words):
    line = " ".join(words)
    assert plain_lines(as_markdown([text(line)])) == line
    assert plain_lines(as_markdown([item(line), item(line, 2)])).splitlines() == [line, line]


def test_ids_are_made_of_words():
    assert slug("Ääneköski – 2. Taso!") == "aanekoski-2-taso"
    assert slug("…") == "kohta"
    assert len(slug("sana " * 40)) <= 60
    assert free("a", {"a", "a-2"}) == "a-3"

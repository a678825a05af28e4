"""An agreement's files as something to write on: what a change does not touch stays as it was written."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from yhdyspinta.agreement import manuscript as m
from yhdyspinta.agreement import parse_agreement, sources_of
from yhdyspinta.agreement.manuscript import Clash, Manuscript, replayed

AGREEMENTS = Path(__file__).parents[2] / "agreements"
SMALL = {
    "fi": """---
id: pieni
language: fi
title: {fi: Pieni, sv: Liten}
---

# Osa {#osa}

Johdanto. # ei otsikko

## Yksi {#yksi .principle ref=A1 official="Yksi" sentences=1-4}

Ensimmäinen lause. Toinen lause.

[Kolmas   lause sitoo.](#sitoo) Neljäs *lause* tässä.

```yaml duty
# miksi näin
id: sitoo
name: {fi: Sitoo, sv: Binder}
```

## Kaksi {#kaksi}

Teksti.

# Toinen osa {#toinen-osa}

## Kolme {#kolme}

~~~yaml parties
- id: a
  kind: municipality
- id: b
~~~
""",
    "sv": """---
language: sv
---

# Del {#osa}

Inledning.

## Ett {#yksi}

Första meningen. Andra meningen.

[Tredje meningen binder.](#sitoo) Fjärde.

## Två {#kaksi}

Text.

# Andra delen {#toinen-osa}

## Tre {#kolme}
""",
}


@pytest.fixture
def small():
    return Manuscript.read(SMALL)


@pytest.mark.parametrize("folder", sorted(path.name for path in AGREEMENTS.iterdir()))
def test_taken_apart_and_laid_together_files_are_as_they_were(folder):
    sources, _findings = sources_of(AGREEMENTS / folder)
    assert Manuscript.read(sources).sources == sources


@settings(deadline=None)
@given(st.text(alphabet="# {}\n`~-yaml:dutyid\t\r.åä[]()*1", max_size=300))
@example("- # a\n- ~~~yaml duty\n  id: a\n  ~~~\n")
@example("> # a {#a}\n> ```yaml duty\n> id: a\n> ```\nx")
def test_whatever_stands_in_a_file_it_is_kept(text):
    text = text.replace("\r", "")
    kept = Manuscript.read({"fi": text}).sources["fi"]
    assert kept == (text if not text or text.endswith("\n") else f"{text}\n")


def test_a_manuscript_is_read_in_pieces(small):
    assert small.authority == "fi"
    assert [section.id for section in small.sections] == ["osa", "yksi", "kaksi", "toinen-osa", "kolme"]
    assert small.section("yksi").text.splitlines() == [
        "Ensimmäinen lause. Toinen lause.",
        "Kolmas lause sitoo. Neljäs lause tässä.",
    ]
    assert small.titles_of("yksi") == {"fi": "Yksi", "sv": "Ett"}
    assert list(small.things("parties")) == ["a", "b"]
    assert small.clause_texts()[1].part == "Osa"


def test_a_changed_block_leaves_the_rest_as_it_was(small):
    after = m.replace_block(small, "parties", "b", {"id": "b", "kind": "other"})
    assert "# miksi näin" in after.sources["fi"]
    assert after.sources["fi"].split("~~~")[0].startswith(small.sources["fi"].split("~~~")[0])
    assert Manuscript.read(after.sources).things("parties")["b"] == {"id": "b", "kind": "other"}
    assert after.sources["sv"] == SMALL["sv"]


def test_a_block_is_added_below_its_clause_and_a_party_to_the_list(small):
    after = m.add_block(small, "kaksi", "duty", {"id": "uusi", "name": {"fi": "Uusi"}})
    after = m.add_block(after, "kaksi", "parties", {"id": "c"})
    read = Manuscript.read(after.sources)
    assert read.thing("duty", "uusi")[0].id == "kaksi"
    assert list(read.things("parties")) == ["a", "b", "c"]
    assert read.sources == after.sources


def test_a_removed_block_leaves_its_sentence_without_a_link(small):
    after = m.remove_block(small, "duty", "sitoo")
    assert "[Kolmas" not in after.sources["fi"]
    assert "Kolmas   lause sitoo. Neljäs" in after.sources["fi"]
    assert "Tredje meningen binder. Fjärde" in after.sources["sv"]
    after = m.remove_block(m.remove_block(after, "parties", "a"), "parties", "b")
    assert "yaml" not in after.sources["fi"]


def test_the_sentence_that_binds_becomes_a_link(small):
    after = m.link(small, "yksi", "Toinen lause.", "uusi")
    assert "[Toinen lause.](#uusi)" in after.sources["fi"]
    assert m.link(small, "yksi", "Kolmas lause sitoo.", "uusi") == small
    assert m.link(small, "yksi", "Tätä ei ole.", "uusi") == small
    assert "[Neljäs *lause* tässä.](#uusi)" in m.link(small, "yksi", "Neljäs lause tässä.", "uusi").sources["fi"]


def test_a_clause_is_split_with_its_blocks_sentences_and_translations(small):
    after = m.split(small, "yksi", at=1, new_id="puolet", title="Puolet")
    read = Manuscript.read(after.sources)
    assert read.section("yksi").prose == "Ensimmäinen lause. Toinen lause."
    assert read.section("puolet").text == "Kolmas lause sitoo. Neljäs lause tässä."
    assert read.thing("duty", "sitoo")[0].id == "puolet"
    assert (read.section("yksi").sentences, read.section("puolet").sentences) == ("1-2", "3-4")
    assert read.section("puolet").attributes["official"] == "Yksi"
    assert read.prose_of("puolet")["sv"].startswith("[Tredje")
    assert "# miksi näin" in after.sources["fi"]
    with pytest.raises(ValueError, match="not before the first"):
        m.split(small, "yksi", at=2, new_id="x", title="X")


def test_what_was_split_is_joined_again(small):
    after = m.join(m.split(small, "yksi", at=1, new_id="puolet", title="Puolet"), "puolet")
    read = Manuscript.read(after.sources)
    assert read.section("yksi").prose == small.section("yksi").prose
    assert read.section("yksi").sentences == "1-4"
    assert "puolet" not in read.ids()
    with pytest.raises(ValueError, match="no clause before"):
        m.join(small, "kolme")


def test_clauses_and_parts_are_moved_in_every_language(small):
    def order(manuscript, language):
        return [section.id for section in manuscript.files[language].sections]

    for language in ("fi", "sv"):
        assert order(m.move(small, "kaksi", up=True), language) == ["osa", "kaksi", "yksi", "toinen-osa", "kolme"]
        assert order(m.move(small, "osa", up=False), language) == ["toinen-osa", "kolme", "osa", "yksi", "kaksi"]
        assert order(m.move(small, "kolme", up=False), language) == order(small, language)


def a_manuscript(*headings):
    """Return a manuscript of headings alone, such as ``("# osa", "## yksi")``."""
    lines = "".join(f"{each} {{#{each.split()[-1]}}}\n\n" for each in headings)
    return Manuscript.read({"fi": f"---\nid: a\n---\n\n{lines}", "sv": "---\nlanguage: sv\n---\n\n# Del {#osa}\n"})


@pytest.mark.parametrize(
    ("id", "up", "expected"),
    [
        ("kaksi", True, ["osa", "kaksi", "alla", "alla2", "yksi", "toinen", "kolme"]),
        ("yksi", False, ["osa", "kaksi", "alla", "alla2", "yksi", "toinen", "kolme"]),
        ("alla2", True, ["osa", "yksi", "kaksi", "alla2", "alla", "toinen", "kolme"]),
        ("alla", True, ["osa", "yksi", "alla", "kaksi", "alla2", "toinen", "kolme"]),
        ("yksi", True, ["osa", "yksi", "kaksi", "alla", "alla2", "toinen", "kolme"]),
        ("kaksi", False, ["osa", "yksi", "toinen", "kaksi", "alla", "alla2", "kolme"]),
        ("kolme", True, ["osa", "yksi", "kaksi", "alla", "alla2", "kolme", "toinen"]),
        ("alla2", False, ["osa", "yksi", "kaksi", "alla", "alla2", "toinen", "kolme"]),
        ("kolme", False, ["osa", "yksi", "kaksi", "alla", "alla2", "toinen", "kolme"]),
        ("toinen", True, ["toinen", "kolme", "osa", "yksi", "kaksi", "alla", "alla2"]),
    ],
)
def test_what_stands_below_a_clause_goes_with_it_and_no_clause_leaves_the_parts(id, up, expected):
    start = a_manuscript("# osa", "## yksi", "## kaksi", "### alla", "### alla2", "# toinen", "## kolme")
    moved = m.move(start, id, up=up)
    assert [section.id for section in moved.sections] == expected
    assert moved.files["sv"].source == start.files["sv"].source


def test_a_clause_that_a_translation_lacks_is_split_where_it_is(small):
    lacking = Manuscript.read({**SMALL, "sv": "---\nlanguage: sv\n---\n\n# Del {#osa}\n"})
    after = m.split(lacking, "yksi", at=1, new_id="uusi", title="Uusi")
    assert "uusi" in {section.id for section in after.sections}
    assert after.files["sv"].source == lacking.files["sv"].source


def test_a_change_of_data_leaves_comments_and_the_things_beside_it_as_they_were_written():
    written = SMALL["fi"].replace("- id: a\n", "# ensin\n- id: a  # yksi\n").replace("- id: b", "# sitten\n- id: b")
    front = written.replace("language: fi", "language: fi  # ensisijainen").replace(
        "---\n\n# Osa", "---\n\nSaate.\n\n# Osa"
    )
    start = Manuscript.read({"fi": front})
    after = m.replace_block(start, "duty", "sitoo", {"id": "sitoo", "name": {"fi": "Velvoittaa"}})
    after = m.add_block(after, "kolme", "parties", {"id": "c", "kind": "municipality"})
    after = m.remove_block(after, "parties", "b")
    after = m.set_front(after, {"from": None, "to": None, "short-title": {"fi": "P"}})
    source = after.files["fi"].source
    for kept in ("# miksi näin", "# ensin", "- id: a  # yksi", "language: fi  # ensisijainen", "Saate."):
        assert kept in source
    assert list(Manuscript.read(after.sources).things("parties")) == ["a", "c"]
    assert Manuscript.read(after.sources).things("duty")["sitoo"] == {"id": "sitoo", "name": {"fi": "Velvoittaa"}}
    assert after.front == Manuscript.read(after.sources).front


def test_a_clause_is_written_anew_in_one_language_and_keeps_its_blocks(small):
    after = m.rewrite_section(small, "yksi", titles={"fi": "Eka {x}"}, prose={"fi": "Uusi teksti."}, kind="goal")
    read = Manuscript.read(after.sources)
    assert (read.section("yksi").title, read.section("yksi").kind) == ("Eka (x)", "goal")
    assert read.section("yksi").attributes == small.section("yksi").attributes
    assert read.prose_of("yksi") == {"fi": "Uusi teksti.", "sv": small.prose_of("yksi")["sv"]}
    assert "# miksi näin" in after.sources["fi"]


def test_a_clause_is_added_and_removed_in_every_language(small):
    after = m.add_section(small, "uusi", after="yksi", titles={"fi": "Uusi", "sv": "Ny"}, prose={"fi": "Sanat."})
    read = Manuscript.read(after.sources)
    assert read.titles_of("uusi") == {"fi": "Uusi", "sv": "Ny"}
    assert [each.id for each in read.sections][1:3] == ["yksi", "uusi"]
    assert m.remove_section(after, "uusi").sources == SMALL


def test_a_language_is_added_and_the_front_matter_changed(small):
    after = m.set_front(m.with_language(small, "en"), {"title": {"fi": "A", "sv": "B", "en": "C"}, "example": True})
    read = Manuscript.read(after.sources)
    assert read.languages == ("fi", "sv", "en")
    assert read.front["example"] is True
    assert [each.id for each in read.files["en"].sections] == [each.id for each in read.sections]


def test_the_hand_made_agreement_survives_every_kind_of_change():
    sources, _findings = sources_of(AGREEMENTS / "keski-suomi-2023")
    before = parse_agreement(sources)
    whole = Manuscript.read(sources)
    for kind in ("parties", "terms", "body", "theme", "duty", "right", "rule", "goal", "law", "reading"):
        for id, data in whole.things(kind).items():
            whole = m.replace_block(whole, kind, id, data)
    whole = m.set_front(whole, {})
    for section in whole.sections:
        whole = m.rewrite_section(
            whole, section.id, titles=whole.titles_of(section.id), prose=whole.prose_of(section.id)
        )
    after = parse_agreement(whole.sources)
    assert (after.parties, after.bodies, after.duties, after.written) == (
        before.parties,
        before.bodies,
        before.duties,
        before.written,
    )
    assert after.clauses == before.clauses


def test_two_peoples_changes_of_different_clauses_are_both_kept(small):
    mine = m.rewrite_section(small, "yksi", prose={"fi": "Minun."}).sources
    theirs = m.move(m.rewrite_section(small, "kaksi", prose={"sv": "Deras."}), "osa", up=False).sources
    both = Manuscript.read(replayed(SMALL, mine, theirs))
    assert both.prose_of("yksi")["fi"] == "Minun."
    assert both.prose_of("kaksi")["sv"] == "Deras."
    assert [each.id for each in both.sections] == ["toinen-osa", "kolme", "osa", "yksi", "kaksi"]


def test_two_changes_of_one_clause_clash_and_name_it(small):
    mine = m.rewrite_section(small, "yksi", prose={"fi": "Minun."}).sources
    theirs = m.rewrite_section(small, "yksi", prose={"fi": "Heidän."}).sources
    with pytest.raises(Clash) as clash:
        replayed(SMALL, mine, theirs)
    assert clash.value.pieces == [("fi", "yksi")]


def test_a_change_is_taken_back_and_what_came_after_it_stays(small):
    first = m.add_section(small, "uusi", after="yksi", titles={"fi": "Uusi"}, prose={"fi": "Sanat."})
    second = m.rewrite_section(first, "kaksi", prose={"fi": "Muutettu."})
    back = Manuscript.read(replayed(first.sources, SMALL, second.sources))
    assert "uusi" not in back.ids()
    assert back.section("kaksi").prose == "Muutettu."


@settings(deadline=None)
@given(st.lists(st.sampled_from(["yksi", "kaksi", "kolme"]), max_size=6), st.data())
def test_taking_back_at_once_gives_what_was_before(ids, data):
    before = Manuscript.read(SMALL)
    after = before
    for id in ids:
        after = data.draw(
            st.sampled_from(
                [
                    m.rewrite_section(after, id, prose={"fi": "Muuta."}),
                    m.move(after, id, up=True),
                    m.add_block(after, id, "goal", {"id": f"t{len(after.ids())}", "name": {"fi": "T"}}),
                ]
            )
        )
    assert replayed(after.sources, before.sources, after.sources) == before.sources


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40),
    st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40),
)
def test_a_heading_says_its_title_and_its_official_heading_whatever_signs_they_have(title, official):
    official = " ".join(official.split()) or "x"
    small = Manuscript.read(SMALL)
    after = m.rewrite_section(small, "kaksi", titles={"fi": title}, attributes={"official": official})
    read = Manuscript.read(after.sources).section("kaksi")
    assert read.attributes["official"].split() == re.sub(r'[\\{}"]', "", official).split()
    assert read.title == after.section("kaksi").title


def test_new_clauses_of_both_stand_below_their_own_neighbours(small):
    mine = m.add_section(small, "minun", after="yksi", titles={"fi": "Minun"}).sources
    first = m.add_section(small, "heidan", after="kaksi", titles={"fi": "Heidän"})
    theirs = m.add_section(first, "heidankin", after="heidan", titles={"fi": "Heidänkin"}).sources
    both = Manuscript.read(replayed(SMALL, mine, theirs))
    assert [each.id for each in both.sections][1:6] == ["yksi", "minun", "kaksi", "heidan", "heidankin"]


def test_thousands_of_headings_with_one_id_are_merged_without_delay():
    base = {"fi": "---\nid: a\n---\n" + "# A {#a}\n" * 3000}
    mine, theirs = ({"fi": f"{base['fi']}{said}\n"} for said in ("Minun.", "Heidän."))
    begun = time.process_time()
    with pytest.raises(Clash):
        replayed(base, mine, theirs)
    assert time.process_time() - begun < 3

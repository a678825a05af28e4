"""What can be done to a draft: nothing is lost, nothing is written over, and everything can be taken back."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation

from tests.authoring.conftest import TEXT
from yhdyspinta.agreement import manuscript as m
from yhdyspinta.authoring.actions import (
    Sealed,
    add_annex,
    begin_draft,
    begin_from_document,
    bring_back,
    confirm_proposals,
    discard_draft,
    edit_draft,
    files_of,
    let_in,
    let_out,
    load_draft,
    reconsider,
    refuse_proposals,
    rename_draft,
    take_back,
)
from yhdyspinta.authoring.models import Brought, Decision, Draft, Original, Version
from yhdyspinta.authoring.pieces import seal_of
from yhdyspinta.authoring.proposals import proposals_of
from yhdyspinta.authoring.queries import originals_of, visible_to
from yhdyspinta.authoring.reading import read_pasted
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.journal.models import Agreement, Entry
from yhdyspinta.journal.queries import charter_of, official_passages
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.papers.models import File

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def say(draft, clause, words, *, by, sealed=None):
    return edit_draft(
        draft,
        lambda manuscript: m.rewrite_section(manuscript, clause, prose={"fi": words}),
        deed="edit-clause",
        about=clause,
        by=by,
        sealed=sealed,
    )


def text_of(draft, clause):
    return Draft.objects.get(pk=draft.pk).manuscript().section(clause).text


# Beginning and ending


def test_a_draft_is_begun_by_who_administers_a_party(county_coordinator, keski_suomi_text):
    draft = begin_draft(keski_suomi_text, name="  Uusi   luonnos ", by=county_coordinator)
    assert (draft.name, draft.version, draft.open) == ("Uusi luonnos", 1, True)
    assert draft.versions.get().sources == keski_suomi_text
    assert Entry.objects.filter(verb="begin-draft", object_key=draft.key, actor_person=county_coordinator.pk).exists()


def test_nobody_else_begins_drafts(outsider, keski_suomi_text):
    with pytest.raises(NotAllowed):
        begin_draft(keski_suomi_text, name="Luonnos", by=outsider)


def test_a_draft_has_a_name_and_no_file_over_a_megabyte(administrator, draft):
    with pytest.raises(ValidationError, match="name"):
        begin_draft({"fi": ""}, name=" ", by=administrator)
    with pytest.raises(ValidationError, match="at most 1 MB"):
        begin_draft({"fi": "x" * (1024 * 1024 + 1)}, name="x", by=administrator)
    with pytest.raises(ValidationError, match="name"):
        rename_draft(draft, "", by=administrator)
    rename_draft(draft, "Toinen nimi", by=administrator)
    assert Draft.objects.get().name == "Toinen nimi"


def test_a_draft_that_is_thrown_away_takes_its_file_with_it(administrator):
    kept = keep_file(ContentFile(b"%PDF-1.4\n%%EOF", name="sopimus.pdf"))
    draft = begin_from_document(read_pasted(TEXT), name="x", by=administrator, original=kept)
    discard_draft(draft, by=administrator)
    assert not Draft.objects.exists()
    assert not Version.objects.exists()
    assert not File.objects.exists()


# Writing


def test_every_change_is_a_version_and_nothing_changed_is_none(draft, administrator):
    say(draft, "tasavertaisuus", "Osapuolet ovat samanarvoisia.", by=administrator)
    say(draft, "tasavertaisuus", "Osapuolet ovat samanarvoisia.", by=administrator)
    kept = Draft.objects.get()
    assert kept.version == 2
    assert [version.number for version in kept.versions.all()] == [2, 1]
    assert kept.versions.get(number=2).about == "tasavertaisuus"


def test_two_people_who_write_on_different_clauses_both_stay(draft, administrator, county_coordinator):
    let_in(draft, county_coordinator.email, by=administrator)
    mine, theirs = Draft.objects.get(), Draft.objects.get()
    say(mine, "tasavertaisuus", "Minun.", by=administrator)
    say(theirs, "tarkoitus", "Heidän.", by=county_coordinator)
    assert (text_of(draft, "tasavertaisuus"), text_of(draft, "tarkoitus")) == ("Minun.", "Heidän.")


def test_nobody_writes_over_what_somebody_else_wrote_meanwhile(draft, administrator):
    seal = seal_of(draft.manuscript(), "section:tarkoitus")
    say(draft, "tarkoitus", "Heidän.", by=administrator)
    with pytest.raises(Conflict) as conflict:
        say(draft, "tarkoitus", "Minun.", by=administrator, sealed=Sealed("section:tarkoitus", seal))
    assert "Heidän." in conflict.value.theirs
    assert "Minun." in conflict.value.yours
    assert text_of(draft, "tarkoitus") == "Heidän."
    say(draft, "tarkoitus", "Heidän.", by=administrator, sealed=Sealed("section:tarkoitus", seal))  # the same words


def test_what_was_taken_away_meanwhile_is_said_and_nothing_is_half_done(draft, administrator):
    edit_draft(draft, lambda each: m.remove_section(each, "tarkoitus"), deed="remove-clause", by=administrator)
    with pytest.raises(ValidationError, match="taken away meanwhile"):
        say(draft, "tarkoitus", "Minun.", by=administrator)
    discard_draft(draft, by=administrator)
    with pytest.raises(ValidationError, match="thrown this draft away"):
        say(draft, "tasavertaisuus", "Minun.", by=administrator)


def test_a_change_is_taken_back_and_later_ones_stay(draft, administrator):
    before = text_of(draft, "tasavertaisuus")
    say(draft, "tasavertaisuus", "Ensin.", by=administrator)
    say(draft, "tarkoitus", "Sitten.", by=administrator)
    take_back(draft, 2, by=administrator)
    assert (text_of(draft, "tasavertaisuus"), text_of(draft, "tarkoitus")) == (before, "Sitten.")
    take_back(draft, 4, by=administrator)  # and that is taken back too
    assert text_of(draft, "tasavertaisuus") == "Ensin."


def test_a_change_of_what_was_changed_again_is_not_taken_back(draft, administrator):
    say(draft, "tasavertaisuus", "Ensin.", by=administrator)
    say(draft, "tasavertaisuus", "Sitten.", by=administrator)
    with pytest.raises(ValidationError, match="changed again since: tasavertaisuus"):
        take_back(draft, 2, by=administrator)
    for number in (0, 1, 99):
        with pytest.raises(ValidationError, match="no such change"):
            take_back(draft, number, by=administrator)


# Files that come back


def test_a_file_edited_by_hand_comes_back_beside_what_others_wrote(draft, administrator):
    taken = draft.sources["fi"]
    say(draft, "tarkoitus", "Heidän.", by=administrator)
    edited = taken.replace("# Tausta ja tarkoitus", "# Taustaa")
    bring_back(draft, {"fi": edited}, base=1, by=administrator)
    kept = Draft.objects.get().manuscript()
    assert kept.section("tausta").title == "Taustaa"
    assert kept.section("tarkoitus").text == "Heidän."


def test_a_file_that_changes_what_others_changed_is_a_conflict(draft, administrator):
    edited = draft.sources["fi"].replace("## Mistä sovitaan", "## Mistä nyt sovitaan")
    say(draft, "tarkoitus", "Heidän.", by=administrator)
    with pytest.raises(Conflict) as conflict:
        bring_back(draft, {"fi": edited}, base=1, by=administrator)
    assert "Heidän." in conflict.value.theirs
    assert "Mistä nyt sovitaan" in conflict.value.yours
    with pytest.raises(ValidationError, match="no version of that number"):
        bring_back(draft, {"fi": edited}, base=7, by=administrator)


def test_files_are_known_by_their_names_also_in_a_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("x/agreement.sv.md", "# Avtal")
        packed.writestr("x/suunnitelma.fi.md", "# Suunnitelma")
    found = files_of([("agreement.fi.md", b"# Sopimus"), ("kaikki.zip", buffer.getvalue())])
    assert found == {"fi": "# Sopimus", "sv": "# Avtal", "suunnitelma.fi": "# Suunnitelma"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("sopimus.docx", b"x", "is no file of an agreement"),
        ("agreement.fi.md", b"\xff\xfe\xff", "not UTF-8"),
        ("kaikki.zip", b"PK\x03\x04nonsense", "is damaged"),
    ],
)
def test_other_files_are_refused_by_name(name, content, message):
    with pytest.raises(ValidationError, match=message):
        files_of([(name, content)])


def test_an_annexed_plan_has_clauses_of_its_own(draft, administrator):
    add_annex(
        draft, read_pasted("Tavoitteet\n\nTavoitteena on hyvä arki."), name="Yhdyspintasuunnitelma", by=administrator
    )
    kept = Draft.objects.get()
    assert "yhdyspintasuunnitelma.fi" in kept.sources
    assert kept.manuscript().section("tavoitteet-2").text == "Tavoitteena on hyvä arki."


# Proposals


def test_what_is_confirmed_stands_in_the_draft_and_is_proposed_no_more(read_draft, administrator):
    parties = [each for each in proposals_of(read_draft).open if each.kind == "parties"]
    assert [each.data["id"] for each in parties] == ["luhanka", "jyvaskyla", "keski-suomen-hyvinvointialue"]
    assert confirm_proposals(read_draft, parties, by=administrator) == 3
    kept = Draft.objects.get()
    assert kept.version == 2
    assert list(kept.manuscript().things("parties")) == ["luhanka", "jyvaskyla", "keski-suomen-hyvinvointialue"]
    assert kept.manuscript().things("parties")["luhanka"]["business-id"] == "0176592-9"
    left = proposals_of(kept)
    assert not [each for each in left.open if each.kind == "parties"]
    assert left.confirmed == 3


def test_a_confirmed_commitment_marks_its_sentence(read_draft, administrator):
    (found,) = [each for each in proposals_of(read_draft).open if each.kind == "duty" and "kerran" in each.sentence]
    confirm_proposals(read_draft, [found], data={**found.data, "id": "kokous-koolle"}, by=administrator)
    section, _block, _data = Draft.objects.get().manuscript().thing("duty", "kokous-koolle")
    assert "[Yhteistyökokous kokoontuu vähintään kerran vuodessa.](#kokous-koolle)" in section.prose


def test_the_question_that_an_interpretation_answers_stands_beside_it(read_draft, administrator):
    found = next(each for each in proposals_of(read_draft).open if each.kind == "duty")
    reading = {"id": "kysymys", "question": {"fi": "?"}, "assumed": "a", "choices": [{"id": "a", "text": {"fi": "A"}}]}
    confirm_proposals(read_draft, [found], data=found.data, reading=reading, by=administrator)
    manuscript = Draft.objects.get().manuscript()
    assert "kysymys" in manuscript.things("reading")
    assert manuscript.things("duty")[found.data["id"]]["reading"] == "kysymys"


def test_what_is_refused_is_proposed_no_more_until_it_is_reconsidered(read_draft, administrator):
    found = proposals_of(read_draft).open[0]
    refuse_proposals(read_draft, [found], by=administrator)
    now = proposals_of(read_draft)
    assert found.key not in {each.key for each in now.open}
    assert [each.key for each in now.refused] == [found.key]
    with pytest.raises(ValidationError, match="decided this already"):
        confirm_proposals(read_draft, [found], by=administrator)
    reconsider(read_draft, found.key, by=administrator)
    assert proposals_of(read_draft).by_key(found.key)
    assert not Decision.objects.exists()


def test_days_and_title_go_to_the_basics(read_draft, administrator):
    chosen = [each for each in proposals_of(read_draft).open if each.kind in {"days", "title"}]
    confirm_proposals(read_draft, chosen, by=administrator)
    front = Draft.objects.get().manuscript().front
    assert (front["from"], front["to"]) == (date(2026, 1, 1), date(2029, 12, 31))
    assert front["instrument"] == {"fi": "yhteistyösopimus"}


# Who writes


def test_whoever_is_let_in_sees_the_draft_and_writes_until_let_out(draft, administrator, county_coordinator):
    assert draft not in visible_to(county_coordinator)
    let_in(draft, county_coordinator.email.upper(), by=administrator)
    assert draft in visible_to(county_coordinator)
    with pytest.raises(ValidationError, match="already"):
        let_in(draft, county_coordinator.email, by=administrator)
    let_out(draft, county_coordinator.pk, by=administrator)
    assert draft not in visible_to(county_coordinator)
    with pytest.raises(ValidationError, match="do not write"):
        let_out(draft, county_coordinator.pk, by=administrator)


def test_somebody_of_the_same_agreement_can_be_let_in_and_strangers_are_not_told_of(
    county_coordinator, small_municipality_clerk, outsider, keski_suomi_text
):
    draft = begin_draft(keski_suomi_text, name="Meidän", by=county_coordinator)
    let_in(draft, small_municipality_clerk.email, by=county_coordinator)
    messages = []
    for email in (outsider.email, "nobody@example.org"):
        with pytest.raises(ValidationError) as refused:
            let_in(draft, email, by=county_coordinator)
        messages.append(refused.value.messages)
    assert messages[0] == messages[1]


# Loading


def test_a_draft_is_loaded_once_with_its_parties_and_the_journal_says_by_whom(draft, administrator):
    loaded = load_draft(draft, version=1, records_from=date(2023, 1, 1), by=administrator)
    assert (loaded.slug, loaded.records_from, loaded.parties.count()) == ("keski-suomi-2023", date(2023, 1, 1), 24)
    entry = Entry.objects.get(verb="load-text")
    assert entry.actor_person == administrator.pk
    assert Entry.objects.filter(verb="load-draft", actor_person=administrator.pk).exists()
    kept = Draft.objects.get()
    assert (kept.open, kept.agreement, kept.loaded_by) == (False, loaded, administrator)
    for again in (
        lambda: load_draft(draft, version=1, by=administrator),
        lambda: say(draft, "tarkoitus", "Vielä.", by=administrator),
        lambda: discard_draft(draft, by=administrator),
    ):
        with pytest.raises(ValidationError, match="succeeded, not changed"):
            again()


def test_only_who_administers_the_installation_loads(county_coordinator, keski_suomi_text):
    other = keski_suomi_text["fi"].replace("\nid: keski-suomi-2023\n", "\nid: toinen\n", 1)
    draft = begin_draft(keski_suomi_text | {"fi": other}, name="x", by=county_coordinator)
    with pytest.raises(NotAllowed):
        load_draft(draft, version=1, by=county_coordinator)


def test_a_draft_with_something_to_mend_or_that_changed_meanwhile_is_not_loaded(draft, administrator):
    edit_draft(draft, lambda each: m.remove_block(each, "body", "foorumi"), deed="remove-block", by=administrator)
    with pytest.raises(ValidationError, match="changed the draft meanwhile"):
        load_draft(draft, version=1, by=administrator)
    with pytest.raises(ValidationError, match="things to mend"):
        load_draft(draft, version=2, by=administrator)
    assert not Agreement.objects.exists()


def test_a_draft_of_its_own_does_not_slip_into_an_agreement_that_there_is(agreement, draft, administrator):
    with pytest.raises(ValidationError, match="There is an agreement"):
        load_draft(draft, version=1, by=administrator)


def test_a_new_text_of_an_agreement_succeeds_the_one_before(agreement, administrator, reworded):
    draft = begin_draft(reworded("Uusi virke."), name="x", by=administrator, agreement=agreement)
    load_draft(draft, version=1, first_day=date(2025, 1, 1), by=administrator)
    assert "Uusi virke." not in str(charter_of(agreement, date(2024, 12, 31)).clauses)
    assert "Uusi virke." in str(charter_of(agreement, date(2025, 1, 1)).clauses)


def test_a_draft_with_the_id_of_another_agreement_is_not_its_new_text(agreement, administrator, keski_suomi_text):
    other = keski_suomi_text["fi"].replace("\nid: keski-suomi-2023\n", "\nid: toinen\n", 1)
    draft = begin_draft(keski_suomi_text | {"fi": other}, name="x", by=administrator, agreement=agreement)
    with pytest.raises(ValidationError, match="its id is “toinen”"):
        load_draft(draft, version=1, by=administrator)


def test_the_text_that_was_brought_in_stays_beside_the_clauses_as_the_official_one(read_draft, administrator):
    kept = keep_file(ContentFile(b"%PDF-1.4\n%%EOF", name="sopimus.pdf"))
    Brought.objects.update(file=kept)
    found = proposals_of(read_draft).open
    confirm_proposals(
        read_draft, [each for each in found if each.kind in {"days", "title", "parties"}], by=administrator
    )

    def complete(manuscript):
        return m.set_front(manuscript, {"levels": [{"number": 1, "name": {"fi": "Taso"}}]})

    edit_draft(read_draft, complete, deed="edit-front", by=administrator)
    loaded = load_draft(Draft.objects.get(), version=3, by=administrator)
    passages = official_passages(loaded)
    assert passages["yhteistyokokous"].startswith("Yhteistyökokous kokoontuu vähintään kerran vuodessa.")
    assert list(originals_of(loaded).values()) == [Original.objects.get()]
    assert Original.objects.get().file == kept

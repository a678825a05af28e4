"""Forms of blocks: what a block says is shown, sent back by a browser, and says the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from yhdyspinta.agreement import sources_of
from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.authoring.forms.choices import Writing
from yhdyspinta.authoring.forms.fields import EdgeField, OneLineYamlField, RowsField, WordsField, YamlField
from yhdyspinta.authoring.forms.kinds import KINDS
from yhdyspinta.authoring.forms.pieces import BlockForm, ClauseForm, FrontForm, ProposalForm

AGREEMENTS = Path(__file__).parents[2] / "agreements"


def manuscript(name):
    return Manuscript.read(sources_of(AGREEMENTS / name)[0])


MANUSCRIPTS = {folder.name: manuscript(folder.name) for folder in sorted(AGREEMENTS.iterdir()) if folder.is_dir()}
MANUSCRIPTS["keski-suomi-2023 in Finnish alone"] = Manuscript.read(
    {"fi": MANUSCRIPTS["keski-suomi-2023"].sources["fi"]}
)
"""Its words are in three languages, of which forms show one."""
THINGS = [
    (name, kind, id)
    for name, each in MANUSCRIPTS.items()
    for kind in KINDS
    for id in each.things(kind)
    if kind != "parties" or id in {"jyvaskyla", "keski-suomen-liitto", "saukkoniemi"}
]


def as_sent(form):
    """What a browser sends when nobody has touched the form."""
    html = render_to_string("authoring/_fields.html", {"form": form, "seal": "", "said": {}})
    sent = QueryDict(mutable=True)
    page = lxml.html.fromstring(f"<form>{html}</form>")
    long = {area.name for area in page.iter("textarea")}
    for key, value in page.form_values():
        sent.appendlist(key, value.removeprefix("\n") if key in long else value)
    return sent


@pytest.mark.parametrize(("name", "kind", "id"), THINGS)
def test_an_untouched_form_says_what_the_block_says(name, kind, id):
    writing = Writing(MANUSCRIPTS[name])
    data = MANUSCRIPTS[name].thing(kind, id)[2]
    with translation.override("en"):
        form = BlockForm(kind, writing, as_sent(BlockForm(kind, writing, data=data, new=False)), data=data, new=False)
        assert form.is_valid(), form.errors
    said = form.block()
    defaults = {"referenced-only": False, "outsiders": False, "evidence-in-window": False, "count": 1}
    expected = {key: value for key, value in data.items() if defaults.get(key) != value or value is None}
    for key in ("bearer", "reading", "law"):  # one may be written alone or as a list of one
        if isinstance(expected.get(key), str) and isinstance(said.get(key), list):
            expected[key] = [expected[key]]
        if isinstance(expected.get(key), list) and len(expected[key]) == 1 and isinstance(said.get(key), str):
            expected[key] = expected[key][0]
    if kind == "body":
        for seat in expected.get("seats", []):
            seat["who"] = (
                [seat["who"]] if isinstance(seat["who"], str) and not seat["who"].startswith("each") else seat["who"]
            )
    assert said == expected


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_the_basics_say_what_the_front_matter_says(name):
    writing = Writing(MANUSCRIPTS[name])
    with translation.override("en"):
        form = FrontForm(writing, as_sent(FrontForm(writing)))
        assert form.is_valid(), form.errors
    said = {key: value for key, value in form.front().items() if value is not None}
    front = {key: value for key, value in MANUSCRIPTS[name].front.items() if key != "language"}
    assert said == front


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_an_untouched_clause_says_what_it_said(name):
    writing = Writing(MANUSCRIPTS[name])
    for section in MANUSCRIPTS[name].sections:
        form = ClauseForm(writing, section.id, as_sent(ClauseForm(writing, section.id)))
        assert form.is_valid(), form.errors
        assert form.words("title") == MANUSCRIPTS[name].titles_of(section.id)
        assert form.words("prose") == MANUSCRIPTS[name].prose_of(section.id)
        if section.depth > 1:
            assert form.attributes() == dict(section.attributes)


def test_a_new_thing_gets_an_id_of_its_name():
    writing = Writing(MANUSCRIPTS["keski-suomi-2023"])
    form = BlockForm("goal", writing, data={}, new=True)
    sent = as_sent(form)
    sent["name-fi"], sent["clause"] = "Hyvä arki kaikille", "tavoitteet"
    bound = BlockForm("goal", writing, sent, data={}, new=True)
    assert bound.is_valid(), bound.errors
    assert bound.block()["id"].startswith("hyva-arki-kaikille")


@pytest.mark.parametrize(
    ("typed", "message"), [("Isot Kirjaimet", "isot-kirjaimet"), ("jyvaskyla", "taken"), ("a--b", "a-b")]
)
def test_an_id_that_cannot_be_is_refused_at_its_field(typed, message):
    writing = Writing(MANUSCRIPTS["keski-suomi-2023"])
    sent = as_sent(BlockForm("goal", writing, data={}, new=True))
    sent["id"], sent["name-fi"] = typed, "Nimi"
    with translation.override("en"):
        form = BlockForm("goal", writing, sent, data={}, new=True)
        assert message in str(form.errors["id"])


def test_what_was_typed_wrong_stays_in_the_form():
    writing = Writing(MANUSCRIPTS["keski-suomi-2023"])
    data = writing.manuscript.thing("duty", "seurantakokous")[2]
    sent = as_sent(BlockForm("duty", writing, data=data, new=False))
    sent["window_to"] = "31.31."
    sent["evidence-0-rest"] = "topic goal-review: ["
    form = BlockForm("duty", writing, sent, data=data, new=False)
    assert not form.is_valid()
    again = as_sent(form)
    assert (again["window_to"], again["evidence-0-rest"]) == ("31.31.", "topic goal-review: [")
    assert set(form.errors) == {"window_to", "evidence"}


def test_a_day_of_every_year_is_written_as_people_write_it():
    field = EdgeField()
    assert [field.clean(typed) for typed in ("31.5.", "1. 2.", "31.5.2027", "kokouspäivä", "day before", "")] == [
        "05-31", "02-01", date(2027, 5, 31), "meeting", "day before", None,
    ]  # fmt: skip
    with translation.override("fi"):
        shown = [field.prepare_value(value) for value in ("05-31", date(2027, 5, 31), "meeting")]
    assert shown == ["31.5.", "31.5.2027", "kokouspäivä"]


def test_rows_say_in_which_row_a_mistake_is():
    field = RowsField({"words": WordsField(["fi", "sv"], label="Nimi")}, label="Osat")
    sent = [
        {"words": {"fi": "Yksi", "sv": ""}},
        {"words": {"fi": "", "sv": ""}},
        {"words": {"fi": "x" * 2001, "sv": ""}},
    ]
    with translation.override("en"), pytest.raises(Exception, match="Row 3, Nimi"):
        field.clean(sent)
    assert field.clean(sent[:2]) == [{"words": {"fi": "Yksi"}}]


def test_yaml_that_an_agreement_may_not_hold_is_refused():
    for typed in ("a: &x 1", "a: [", "!!python/object: x"):
        with pytest.raises(Exception, match=r"\d"):
            YamlField().clean(typed)
    assert YamlField().clean("a: {b: [1, 2]}") == {"a": {"b": [1, 2]}}
    assert OneLineYamlField().clean("body: x, topic: [a, b]") == {"body": "x", "topic": ["a", "b"]}


def test_an_interpretation_says_which_question_it_answers():
    writing = Writing(MANUSCRIPTS["keski-suomi-2023"])
    data = {"id": "uusi", "name": {"fi": "Uusi"}, "bearer": "each party", "kind": "unmeasured", "basis": "interpreted"}
    sent = as_sent(ProposalForm("duty", writing, data=data, new=True))
    with translation.override("en"):
        form = ProposalForm("duty", writing, sent, data=data, new=True)
        assert set(form.errors) == {"question", "answer"}
    sent["question-fi"], sent["answer-fi"] = "Kuka?", "Jokainen."
    form = ProposalForm("duty", writing, sent, data=data, new=True)
    assert form.is_valid(), form.errors
    assert form.reading() == {
        "id": "uusi-tulkinta",
        "question": {"fi": "Kuka?"},
        "assumed": "nain",
        "choices": [{"id": "nain", "text": {"fi": "Jokainen."}}],
    }


def test_words_that_are_not_shown_do_not_keep_a_row_that_was_emptied():
    field = RowsField({"name": WordsField(["fi"], label="Nimi")}, label="Tasot")
    shown = {"r-count": "2", "r-0-name-fi": "", "r-0-name-sv": "Nivå", "r-1-name-fi": "Taso", "r-1-name-sv": "Nivå"}
    sent = field.widget.value_from_datadict(shown, {}, "r")
    assert field.clean(sent) == [{"name": {"fi": "Taso", "sv": "Nivå"}}]


def test_words_in_languages_that_are_not_shown_are_not_enough_where_words_are_needed():
    field = WordsField(["fi"], label="Nimi")
    with pytest.raises(ValidationError):
        field.clean(field.widget.value_from_datadict({"n-fi": " ", "n-sv": "Namn"}, {}, "n"))

"""The table of fields says what the engine's vocabulary says, and everything in it has a name of its own."""

from __future__ import annotations

import json

import msgspec
import pytest
from django.utils import translation
from hypothesis import given, settings

from tests.records.facts import ANY_KIND, facts
from tests.records.koe import charter
from yhdyspinta.agreement import KINDS as ENGINE
from yhdyspinta.agreement import fields_of, today
from yhdyspinta.agreement.intake import FactErrors, Known, read_facts
from yhdyspinta.printing.columns import headings
from yhdyspinta.printing.words import fold, in_every_language
from yhdyspinta.records import rules
from yhdyspinta.records.forms import fact as fact_form
from yhdyspinta.records.kinds import BY_HAND, GROUPS, KINDS, Shape
from yhdyspinta.records.rules import problems_of
from yhdyspinta.records.spreadsheet import lines
from yhdyspinta.records.spreadsheet.columns import ABOUT_THE_RECORD, BY_KEY, COLUMNS, columns_of, kinds_by_name
from yhdyspinta.records.words import LABELS, Names

OPTIONAL = {"online", "host", "by", "outcome", "parties", "hours_per_week", "into", "to"}


@pytest.mark.parametrize("name", ENGINE)
def test_every_kind_asks_for_the_fields_of_the_engine(name):
    assert {field.name for field in KINDS[name].fields} == set(fields_of(name))


@pytest.mark.parametrize("name", ENGINE)
def test_what_the_engine_requires_is_asked_for(name):
    required = {field.encode_name for field in msgspec.structs.fields(ENGINE[name]) if field.required}
    assert {field.name for field in KINDS[name].fields if not field.optional} == required


def test_every_kind_but_withdrawals_is_chosen_by_hand_under_one_heading():
    chosen = [name for _heading, names in GROUPS for name in names]
    assert sorted(chosen) == sorted(kind.name for kind in BY_HAND) == sorted(set(KINDS) - {"withdrawn"})


def test_no_two_kinds_are_called_the_same_in_any_language():
    names = [fold(text) for kind in KINDS.values() for text in set(in_every_language(kind.label))]
    assert len(names) == len(set(names))
    assert set(kinds_by_name().values()) == set(KINDS)


def test_no_two_columns_are_called_the_same_in_any_language():
    names: dict[str, str] = {}
    for column in (*COLUMNS, *ABOUT_THE_RECORD):
        for text in set(in_every_language(column.label)):
            assert names.setdefault(fold(text), column.key) == column.key
    assert set(headings((*COLUMNS, *ABOUT_THE_RECORD)).values()) == {
        column.key for column in (*COLUMNS, *ABOUT_THE_RECORD)
    }


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_no_two_fields_of_a_kind_share_a_column(kind):
    used = [key for field in kind.fields for key in columns_of(field)]
    assert len(used) == len(set(used))
    assert set(used) <= set(BY_KEY)


def test_every_word_of_the_vocabulary_has_a_name():
    words = {word for kind in KINDS.values() for field in kind.fields for word in field.words}
    assert words == set(LABELS)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_names_are_translated(language):
    untranslated = [kind.name for kind in KINDS.values() if in_another_language(kind.label, language)]
    assert untranslated == []


def in_another_language(label, language):
    with translation.override("en"):
        english = str(label)
    with translation.override(language):
        return str(label) == english


@given(fact=facts(ANY_KIND))
@settings(max_examples=100, deadline=None)
def test_what_the_rules_let_through_the_engine_takes(fact):
    names = Names(charter())
    known = Known.of(charter())
    if fact["fact"] == "withdrawn":
        known.ids[fact["of"]] = "signed"
    if not problems_of(fact, names, today=today(), known_ids=set(known.ids)):
        read_facts([json.dumps(fact).encode()], charter(), known)


@given(fact=facts(ANY_KIND))
@settings(max_examples=100, deadline=None)
def test_what_the_rules_refuse_for_its_shape_the_engine_refuses_too(fact):
    broken = {name: value for name, value in fact.items() if name != KINDS[fact["fact"]].fields[0].name}
    assert problems_of(broken, Names(charter()), today=today())
    with pytest.raises(FactErrors):
        read_facts([json.dumps(broken).encode()], charter())


def test_shapes_are_all_checked_and_read():
    assert set(rules._CHECKS) == set(Shape)
    assert set(lines._READ) == set(Shape)
    assert set(fact_form._MAKERS) == set(Shape) - {Shape.READING}

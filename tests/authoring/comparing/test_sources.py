from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from yhdyspinta.authoring.comparing.sources import Choice, charter_by_key, comparable, day_of, whole_key

NEWEST_FIRST = [Choice(f"x@{day}", day) for day in ("2999-01-01", "2024-06-01", "2023-01-01")]


def test_agreement_named_alone_is_the_text_in_force_today():
    assert whole_key("x", NEWEST_FIRST) == "x@2024-06-01"
    assert whole_key("x@2023-01-01", NEWEST_FIRST) == "x@2023-01-01"


def test_agreement_still_to_come_is_its_first_text():
    coming = [Choice(f"x@{day}", day) for day in ("2999-01-01", "2998-01-01")]
    assert whole_key("x", coming) == "x@2998-01-01"
    assert whole_key("y", coming) == "y"


def test_key_says_from_when_a_version_counts():
    assert day_of("x@2024-06-01") == dt.date(2024, 6, 1)
    assert day_of("draft:3") is None


@pytest.mark.parametrize(
    "key",
    [
        "",
        "@",
        "keski-suomi-2023",
        "keski-suomi-2023@",
        "keski-suomi-2023@2023-1-1",
        "x@2023",
        "draft:1",
        "draft:x",
        "draft:",
    ],
)
def test_what_names_no_text_is_none(agreement, key):
    assert charter_by_key(None, key) is None


def test_open_drafts_are_there_for_those_who_may_see_them(draft, agreement, administrator, outsider):
    with translation.override("en"):
        assert comparable(administrator)[-1] == Choice(f"draft:{draft.pk}", "Luonnos (draft)")
    found = charter_by_key(administrator, draft.key)
    assert found
    assert found.id == "keski-suomi-2023"
    for user in (None, outsider):
        assert [choice.key for choice in comparable(user)] == ["keski-suomi-2023@2023-01-01"]
        assert charter_by_key(user, draft.key) is None


def test_draft_that_does_not_pass_the_check_has_nothing_to_compare(read_draft, administrator):
    assert [choice.key for choice in comparable(administrator)] == [read_draft.key]
    assert charter_by_key(administrator, read_draft.key) is None


def test_every_loaded_text_is_there_for_everyone(agreement, second_agreement, outsider):
    for user in (None, outsider):
        keys = [choice.key for choice in comparable(user)]
        assert keys == ["keski-suomi-2023@2023-01-01", "keski-suomi-2026@2023-01-01"]
        for key in keys:
            charter = charter_by_key(user, key)
            assert charter
            assert charter.id == key.partition("@")[0]

"""What the rules need to know of a language: plain tables, filled in by ``fi`` and ``sv``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of thing that somebody binds themselves to.

    A statement says it when one of ``verbs`` stands in it and, where ``about`` is given, that too, and ``unless`` does
    not. ``what`` says which evidence it makes (``shapes``), ``label`` names the duty.
    """

    rule: str
    what: str
    verbs: re.Pattern[str]
    label: str = ""
    about: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    gives_way: bool = False
    """Whether it only opens another act: "sitoutuu tuottamaan", "huolehtii siitä, että …"."""


@dataclass(frozen=True, slots=True)
class Time:
    """Words that say how often or when: the period, how many times in it, which days, and whether that is a reading."""

    words: re.Pattern[str]
    per: str | None = None
    count: int = 1
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language."""

    code: str
    abbreviations: frozenset[str]
    # --- sentences
    cuts: re.Pattern[str]
    relative: re.Pattern[str]
    side: re.Pattern[str]
    not_binding: re.Pattern[str]
    negation: re.Pattern[str]
    complement: re.Pattern[str]
    """What opens a clause that a negation may stand in without negating the act: "että", "att"."""
    subject_relative: re.Pattern[str]
    """A relative pronoun that is a subject."""
    whole_sentence_not_binding: re.Pattern[str]
    background_title: re.Pattern[str]
    # --- who
    quantifier: str
    parties: re.Pattern[str]
    kinds: Mapping[str, re.Pattern[str]]
    offices: Mapping[str, re.Pattern[str]]
    organs: re.Pattern[str]
    pronouns: re.Pattern[str]
    convenor: re.Pattern[str]
    together: re.Pattern[str]
    joins: re.Pattern[str]
    case_of: Callable[[str, str, str], str]
    """Of a word, its form in lists, and what stands before it."""
    is_plural: Callable[[str], bool]
    """Of the last word of a name."""
    inflected: Callable[[str], str]
    party_names: Callable[[str, str], tuple[str, ...]]
    """Of a party's short and official name: what it is called in sentences."""
    group_name: Callable[[str], str]
    group_head: Callable[[str], str]
    """Of the stem of a word for groups, its head noun."""
    # --- bodies
    heads: Mapping[str, str]
    group_plural: re.Pattern[str]
    never_alone: frozenset[str]
    generic_prefixes: frozenset[str]
    stop_prefixes: frozenset[str]
    body_name: Callable[[str, str], str]
    after_owner: Callable[[str, str], str]
    """Of the words before a head noun and that noun, the form it has after them."""
    modifiers: Callable[[str, str], str]
    """Of the words before a head noun, those that belong to the body's name."""
    level: re.Pattern[str]
    level_words: Mapping[str, str]
    """Words for a level within a sentence, and its name."""
    of_a_term: re.Pattern[str]
    # --- when
    times: tuple[Time, ...]
    numerals: Mapping[str, int]
    months: Mapping[str, int]
    month: re.Pattern[str]
    by_day: re.Pattern[str]
    is_deadline: Callable[[str], bool]
    # --- what
    acts: tuple[Act, ...]
    passive: re.Pattern[str]
    plural_verb: re.Pattern[str]
    infinite: re.Pattern[str]
    """Forms of a verb that agree with no subject."""
    tasks: re.Pattern[str]
    agent_after: re.Pattern[str]
    """What follows whoever acts in a passive sentence: "…n johdolla", "…n koordinoimana"."""
    duty_noun: re.Pattern[str]
    officer_of: re.Pattern[str]
    deputy: re.Pattern[str]
    meetings_at_large: re.Pattern[str]
    rights: re.Pattern[str]
    has_cases: bool
    group_term: re.Pattern[str]
    # --- what an object says
    plan: re.Pattern[str]
    rules: re.Pattern[str]
    welfare: re.Pattern[str]
    first_meeting: re.Pattern[str]
    day_before: re.Pattern[str]
    accepted_by_all: re.Pattern[str]
    each_theme: re.Pattern[str]
    time_set_aside: re.Pattern[str]
    signatures: re.Pattern[str]
    # --- topics
    goal_lead: re.Pattern[str]
    goal_title: re.Pattern[str]
    goal_verbs: re.Pattern[str]
    theme_lead: re.Pattern[str]
    theme_list: re.Pattern[str]
    theme_joins: re.Pattern[str]
    is_genitive: Callable[[str], bool]
    law_name: re.Pattern[str]
    law_nominative: Callable[[str], str | None]
    own_text: re.Pattern[str]
    terms: Mapping[str, tuple[re.Pattern[str], str, tuple[str, ...]]]
    """By id: the words for a council term, its name, and whose it is."""
    labels: Mapping[str, str]

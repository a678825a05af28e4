"""What the rules need to know of a language: its words, read from a TOML file, and a few functions of its grammar."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of thing that somebody binds themselves to.

    A statement says it when one of ``verbs`` stands in it and, where ``about`` is given, that too, and ``unless`` does
    not. ``what`` says which evidence it makes (``shapes``), ``label`` names the duty. ``gives_way`` says that it only
    opens another act: "sitoutuu tuottamaan", "huolehtii siitä, että …".
    """

    rule: str
    what: str
    verbs: re.Pattern[str]
    label: str = ""
    about: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    gives_way: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """Words that say how often or when: the period and how many times in it; ``vague`` where they say no days."""

    words: re.Pattern[str]
    per: str | None = None
    count: int = 1
    vague: bool = False


@dataclass(frozen=True, slots=True)
class CouncilTerm:
    """Words for a council term, its name, and whose it is."""

    words: re.Pattern[str]
    name: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of a language's file, one by one."""

    # --- sentences
    cuts: re.Pattern[str]
    """Where another statement begins: it begins after the match."""
    relative: re.Pattern[str]
    subject_relative: re.Pattern[str]
    side: re.Pattern[str]
    """What opens a condition, a reason or a time."""
    negation: re.Pattern[str]
    complement: re.Pattern[str]
    """What opens a clause that a negation may stand in without negating the act: "että", "att"."""
    not_binding: re.Pattern[str]
    """What may be done, is done already or is said by a law."""
    whole_sentence_not_binding: re.Pattern[str]
    """Definitions, and rules of cost."""
    background_title: re.Pattern[str]
    # --- who
    quantifier: re.Pattern[str]
    parties: re.Pattern[str]
    organs: re.Pattern[str]
    """What may follow a party's name: its organs act for it."""
    pronouns: re.Pattern[str]
    convenor: re.Pattern[str]
    together: re.Pattern[str]
    joins: re.Pattern[str]
    # --- verbs
    passive: re.Pattern[str]
    plural_verb: re.Pattern[str]
    infinite: re.Pattern[str]
    """Forms that agree with no subject."""
    must: re.Pattern[str]
    necessive: re.Pattern[str]
    """A form of a verb that binds only after ``must``: "kuntien on nimettävä"; else it is an adjective."""
    tasks: re.Pattern[str]
    """What follows whoever has a task: "…n tehtävänä on", "…n tulee"."""
    agent_after: re.Pattern[str]
    """What follows whoever sees to it that others do something: "…n koordinoimana"."""
    duty_noun: re.Pattern[str]
    officer_of: re.Pattern[str]
    # --- bodies
    group_plural: re.Pattern[str]
    level: re.Pattern[str]
    """A heading for a level: ``number`` or ``before``, and ``name``."""
    of_a_term: re.Pattern[str]
    """What says before a body's name that it is of a council term."""
    group_term: re.Pattern[str]
    meetings_at_large: re.Pattern[str]
    deputy: re.Pattern[str]
    rights: re.Pattern[str]
    # --- when
    month: re.Pattern[str]
    """``first``, ``last``, ``year`` and ``how``, or ``latest``."""
    by_day: re.Pattern[str]
    deadline: re.Pattern[str]
    """Of ``month``'s ``how``: that it is a last day."""
    # --- what an object says
    plan: re.Pattern[str]
    rules: re.Pattern[str]
    welfare: re.Pattern[str]
    first_meeting: re.Pattern[str]
    day_before: re.Pattern[str]
    accepted_by_all: re.Pattern[str]
    each_theme: re.Pattern[str]
    time_set_aside: re.Pattern[str]
    vice_chair: re.Pattern[str]
    chair: re.Pattern[str]
    secretary: re.Pattern[str]
    signatures: re.Pattern[str]
    # --- topics
    goal_lead: re.Pattern[str]
    goal_title: re.Pattern[str]
    goal_verbs: re.Pattern[str]
    theme_lead: re.Pattern[str]
    theme_list: re.Pattern[str]
    theme_joins: re.Pattern[str]
    law_name: re.Pattern[str]
    own_text: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What no list of words can say."""

    has_cases: bool
    """Whether the case of a name says what part it plays; else its place and the preposition before it do."""
    case_of: Callable[[str, str, str], str]
    """Of a word, its form in lists, and what stands before it."""
    is_plural: Callable[[str], bool]
    """Of the last word of a name."""
    is_genitive: Callable[[str], bool]
    """Of the words of a topic, whether they stand in a form that is no name."""
    inflected: Callable[[str], str]
    """Of a name, a pattern for all its forms."""
    party_names: Callable[[str, str], tuple[str, ...]]
    """Of a party's short and official name: what it is called in sentences."""
    group_name: Callable[[str], str]
    """Of the stem of a word for groups, a pattern for one or several of them."""
    group_head: Callable[[str], str]
    """Of the stem of a word for groups, its head noun."""
    body_name: Callable[[str, str], str]
    """Of the stem of a compound and its head noun, the name of a body."""
    after_owner: Callable[[str, str], str]
    """Of the words before a head noun and that noun, the form it has after them."""
    modifiers: Callable[[str, str, frozenset[str]], str]
    """Of the words before a head noun, those that belong to the body's name; the last argument never do."""
    law_nominative: Callable[[str], str | None]
    """Of a law's name as it stands, its name in lists; None where that is not safe."""


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language and its grammar."""

    code: str
    words: Patterns
    grammar: Grammar
    abbreviations: frozenset[str]
    kinds: Mapping[str, re.Pattern[str]]
    """Words for the parties of a kind."""
    offices: Mapping[str, re.Pattern[str]]
    """Words for the offices and organs of the parties of a kind."""
    heads: Mapping[str, str]
    """Nouns that bodies are named with, and a pattern for their forms."""
    never_alone: frozenset[str]
    """Head nouns that are no name of a body without more."""
    generic_prefixes: frozenset[str]
    """First parts of compounds that say nothing more than the head: "yhteistyöryhmä"."""
    stop_prefixes: frozenset[str]
    """First parts of compounds that are no body: "väestöryhmä"."""
    not_of_a_name: frozenset[str]
    level_words: Mapping[str, re.Pattern[str]]
    """By the name of a level, the words for it within a sentence."""
    times: tuple[Time, ...]
    numerals: Mapping[str, int]
    months: Mapping[str, int]
    terms: Mapping[str, CouncilTerm]
    acts: tuple[Act, ...]
    labels: Mapping[str, str]


def load_language(code: str, grammar: Grammar) -> Language:
    """Return a language from its file, every pattern compiled.

    Raises:
        KeyError: the file lacks a key.
        re.error: a pattern is none.

    """
    raw = tomllib.loads((files(__package__) / f"{code}.toml").read_text(encoding="utf-8"))
    macros = {name: _joined(parts) for name, parts in raw["macros"].items()}

    def pattern(parts: str | list[str]) -> re.Pattern[str]:
        return re.compile(_expanded(_joined(parts), macros), re.IGNORECASE)

    verbs = {name: _words(forms) for name, forms in raw["verbs"].items()}
    return Language(
        code=code,
        words=Patterns(**{f.name: pattern(raw["patterns"][f.name.replace("_", "-")]) for f in fields(Patterns)}),
        grammar=grammar,
        abbreviations=frozenset(_words(raw["abbreviations"])),
        kinds={kind: pattern(parts) for kind, parts in raw["kinds"].items()},
        offices={kind: pattern(parts) for kind, parts in raw["offices"].items()},
        heads={head: _expanded(_joined(parts), macros) for head, parts in raw["heads"].items()},
        never_alone=frozenset(_words(raw["never-alone"])),
        generic_prefixes=frozenset(("", *_words(raw["generic-prefixes"]))),
        stop_prefixes=frozenset(_words(raw["stop-prefixes"])),
        not_of_a_name=frozenset(_words(raw["not-of-a-name"])),
        level_words={name: pattern(parts) for name, parts in raw["level-words"].items()},
        times=tuple(Time(**{**time, "words": pattern(time["words"])}) for time in raw["times"]),
        numerals=raw["numerals"],
        months={name: number for number, name in enumerate(_words(raw["months"]), 1)},
        terms={
            id_: CouncilTerm(pattern(term["words"]), term["name"], tuple(term["of"]))
            for id_, term in raw["terms"].items()
        },
        acts=tuple(_act(act, verbs, pattern) for act in raw["act"]),
        labels=raw["labels"],
    )


def _act(
    raw: Mapping[str, Any], verbs: Mapping[str, list[str]], pattern: Callable[[str | list[str]], re.Pattern[str]]
) -> Act:
    forms = [form for word in raw["verbs"].split() for form in verbs.get(word, [word])]
    return Act(
        rule=raw["rule"],
        what=raw["what"],
        verbs=pattern(rf"\b(?:{'|'.join(map(re.escape, dict.fromkeys(forms)))})\b"),
        label=raw.get("label", ""),
        about=pattern(raw["about"]) if "about" in raw else None,
        unless=pattern(raw["unless"]) if "unless" in raw else None,
        gives_way=raw.get("gives-way", False),
    )


def _joined(parts: str | list[str]) -> str:
    return parts if isinstance(parts, str) else "|".join(parts)


def _words(parts: str | list[str]) -> list[str]:
    return parts.split() if isinstance(parts, str) else [word for part in parts for word in part.split()]


def _expanded(pattern: str, macros: Mapping[str, str]) -> str:
    return re.sub(r"%([A-Z]+)%", lambda name: macros[name[1]], pattern)

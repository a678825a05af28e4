"""Swedish: what places and prepositions say of names. The words themselves stand in ``sv.toml``."""

from __future__ import annotations

import re

from yhdyspinta.agreement.proposing.language import Grammar, load_language

_AFTER = (
    (re.compile(r"\bsom\s+$", re.IGNORECASE), "as"),
    (re.compile(r"\bav\s+$", re.IGNORECASE), "agent"),
    (re.compile(r"\b(?:för|till|åt)\s+$", re.IGNORECASE), "to"),
    (re.compile(r"\b(?:i|på|vid|inom|under)\s+$", re.IGNORECASE), "in"),
    (
        re.compile(r"\b(?:från|mellan|med|enligt|bland|om|hos|mot|genom|kring|före|efter|utan|än)\s+$", re.IGNORECASE),
        "of",
    ),
)
# What may stand between a preposition and the name it goes with.
_BETWEEN = re.compile(
    r"(?:\b(?:den|det|de|ett|sin|sitt|sina|första|nästa|varje|alla|landskapets|områdets|regionens|var|och|en|gemensamma|"
    r"ordföranden för)\s+)+$",
    re.IGNORECASE,
)
_GROUP_HEADS = {"grupp": "gruppen", "nätverk": "nätverket", "team": "teamet"}
_ADJECTIVE = re.compile(r"\b(?:(?:det|den)\s+)?(?P<words>(?:[a-zåäö-]+(?:iska|a))\s+)$", re.IGNORECASE)
_OWNER = re.compile(r"\b(?P<words>[\w-]+(?:ets|ens|nas|ernas)\s+)$")


def case_of(word: str, nominative: str, before: str) -> str:
    """Return what part a name plays: by the preposition before it, and by its ending in -s."""
    if not re.search(r"\boch\s+$", before):
        before = _BETWEEN.sub("", before)
    case = next((case for preposition, case in _AFTER if preposition.search(before)), "")
    if not case and word.lower().endswith("s") and not nominative.lower().endswith("s") and not word.isupper():
        return "genitive"
    return case or "subject"


def inflected(name: str) -> str:
    """Return a pattern for a name, definite or not, also in the genitive."""
    *before, last = name.split()
    stem = last if last.isupper() else re.sub(r"(?:et|en|én)$", "", last)
    ending = r"(?::?\w{0,3})" if last.isupper() else r"(?:et?|en|én?|t|n)?s?"
    return r"\b" + r"\s+".join(map(re.escape, [*before, stem])) + ending + r"\b"


def party_names(name: str, official_name: str) -> tuple[str, ...]:
    """Return what a party is called: "Karleby stad", "staden Karleby", "Karleby"."""
    turned = {"stad": "staden", "kommun": "kommunen"}
    last = official_name.rpartition(" ")[2]
    other = f"{turned[last]} {name}" if last in turned else ""
    return tuple(dict.fromkeys(filter(None, (official_name, other, name))))


def group_name(stem: str) -> str:
    """Return a pattern for groups of a kind, one or several."""
    return rf"\b{re.escape(stem)}(?:en|et|er|erna|n|ens|ets|ernas)?s?\b"


def body_name(stem: str, head: str) -> str:
    """Return a compound as running text has it, in the definite form; an abbreviation stays as it is."""
    return f"{stem if stem.rstrip('-').isupper() else stem.lower()}{head}"


def modifiers(before: str, head: str, never: frozenset[str]) -> str:
    """Return the words before a bare head noun that belong to its name: "strategiska ", "bildningsväsendets "."""
    if head == "mötet":
        return ""
    match = _ADJECTIVE.search(before) or _OWNER.search(before)
    return match["words"] if match and match["words"].strip().lower() not in never else ""


def after_owner(before: str, head: str) -> str:
    """Return a head noun as it stands after its modifiers: "det strategiska forumet", "bildningsväsendets nätverk"."""
    if not before.strip().endswith("s"):
        return head
    return head[:-1] if head in ("mötet", "kommittén") else head[:-2]


SWEDISH = load_language(
    "sv",
    Grammar(
        has_cases=False,
        case_of=case_of,
        is_plural=lambda word: bool(re.search(r"(?:er|erna|na|de)s?$", word)),
        is_genitive=lambda _: False,
        inflected=inflected,
        party_names=party_names,
        group_name=group_name,
        group_head=lambda stem: next(head for ending, head in _GROUP_HEADS.items() if stem.endswith(ending)),
        body_name=body_name,
        after_owner=after_owner,
        modifiers=modifiers,
        law_nominative=lambda written: written,
    ),
)

"""Finnish: what its endings say of names. The words themselves stand in ``fi.toml``."""

from __future__ import annotations

import re

from yhdyspinta.agreement.proposing.language import Grammar, load_language

_ENDING = r"(?:n|a|ä|ta|tä|lle|lla|llä|lta|ltä|ssa|ssä|sta|stä|on|an|än|en|in|iin|seen|na|nä|ksi)?"
_PLURAL = r"i(?:en|ä|a|in|ssä|ssa|stä|sta|lle|llä|lla|hin)|jen|ja|ejä|eille|eissä|it|t"
# The essive and the translative say as what somebody acts: "foorumina".
_CASES = (
    (re.compile(r"(?:ksi|na|nä)$"), "as"),
    (re.compile(r"ll[aä]$"), "at"),
    (re.compile(r"lle(?:en)?$"), "to"),
    (re.compile(r"lt[aä]$"), "from"),
    (re.compile(r"ss[aä]$"), "in"),
    (re.compile(r"st[aä]$"), "of"),
    (re.compile(r"(?:seen|siin|h[aeiouyäö]n|iin|aan|ään|oon|uun|yyn|öön)$"), "into"),
    (re.compile(r"n$"), "genitive"),
    (re.compile(r"t$"), "subject"),
    (re.compile(r"[aä]$"), "object"),
)
# Words of names whose nominative ends like another case.
_NOMINATIVE = re.compile(
    r"(?:kunta|kunnat|kaupunki|kaupungit|hyvinvointialue|hyvinvointialueet|liitto|liitot|yhtymä|yhtymät|osapuoli|puoli|"
    r"johtaja|ryhmä|ryhmät|johto|hallitus|valtuusto|viestintä|kutsuja|pöytä|yksikkö|sihteeristö|organisaatio|järjestäjä)$"
)
_GROUP_HEADS = {"ryhm": "ryhmä", "verkosto": "verkosto", "tiimi": "tiimi", "pöyd": "pöytä"}
_GROUP_ENDINGS = {
    "ryhm": rf"(?:ä(?:{_ENDING}|t)|{_PLURAL})",
    "verkosto": rf"(?:{_ENDING}|{_PLURAL})",
    "tiimi": rf"(?:{_ENDING}|{_PLURAL})",
    "pöyd": rf"(?:ä(?:{_ENDING}|t)|{_PLURAL})",
}
_MODIFIER = re.compile(r"(?:[\w-]+n|ja|sekä|\w+-)\s+$")
_WHO_MEET = re.compile(r"(?:jien|joiden|jäsenten)\s+$")


def case_of(word: str, nominative: str, _before: str) -> str:
    """Return the case that a word of a name stands in; ``nominative`` is the word as lists have it."""
    folded = word.lower()
    if folded == nominative.lower() or _NOMINATIVE.search(folded):
        return "subject"
    return next((case for ending, case in _CASES if ending.search(folded)), "subject")


def inflected(name: str) -> str:
    """Return a pattern for a name in any case: its last word changes, the words before it do not."""
    *before, last = name.split()
    stem = last if last.isupper() else last[: max(3, len(last) - 2)]
    ending = r"(?::?\w{0,5})" if last.isupper() else r"[^\W\d]{0,9}"
    return r"\b" + r"\s+".join(map(re.escape, [*before, stem])) + ending + r"\b"


def party_names(name: str, official_name: str) -> tuple[str, ...]:
    """Return what a party is called: its official name, its name, and the stem of the name ("Lokkiluodo")."""
    first, *rest = official_name.split()
    stem = first[:-1] if len(rest) == 1 and first.endswith("n") and rest[0] in ("kunta", "kaupunki") else ""
    return tuple(dict.fromkeys(filter(None, (official_name, name, stem))))


def group_head(stem: str) -> str:
    """Return the head noun of a word for groups: "yhteistyöryhm" has "ryhmä"."""
    return next(head for ending, head in _GROUP_HEADS.items() if stem.endswith(ending))


def group_name(stem: str) -> str:
    """Return a pattern for groups of a kind in any form, one or several."""
    ending = next(ending for ending in _GROUP_HEADS if stem.endswith(ending))
    return rf"\b{re.escape(stem)}{_GROUP_ENDINGS[ending]}\b"


def body_name(stem: str, head: str) -> str:
    """Return a compound as lists have it: lower case, an abbreviation as it is."""
    return f"{stem if stem.rstrip('-').isupper() else stem.lower()}{head}"


def modifiers(before: str, head: str, never: frozenset[str]) -> str:
    """Return the genitives that a bare head noun follows: "strategisen tason ", "kuntien sivistysjohtajien "."""
    start = len(before)
    while match := _MODIFIER.search(before[:start]):
        word = match[0].strip().lower()
        joining = word in ("ja", "sekä")
        if word in never or word.endswith("inen") or (len(word) < 4 and not joining):
            break
        start = match.start()
    found = re.sub(r"^(?:(?:ja|sekä)\s+)+", "", before[start:])
    # A meeting is a body where people are named who meet; else it is a meeting of something.
    return found if head != "kokous" or _WHO_MEET.search(found) else ""


def law_nominative(written: str) -> str | None:
    """Return a law's name as lists have it, where that is safe: "kuntalain" is "kuntalaki"."""
    folded = written.lower()
    if folded.startswith(("laki ", "asetus ")) or folded.endswith(("laki", "asetus")):
        return written
    match = re.fullmatch(r"(\w+)la(?:in|issa|kiin|ista|kia|illa)", written)
    return f"{match[1]}laki" if match else None


FINNISH = load_language(
    "fi",
    Grammar(
        has_cases=True,
        case_of=case_of,
        is_plural=lambda word: word.endswith("t") or word.lower() in ("ne", "he"),
        is_genitive=lambda words: words.endswith("n") and not words.endswith("inen"),
        inflected=inflected,
        party_names=party_names,
        group_name=group_name,
        group_head=group_head,
        body_name=body_name,
        after_owner=lambda _, head: head,
        modifiers=modifiers,
        law_nominative=law_nominative,
    ),
)

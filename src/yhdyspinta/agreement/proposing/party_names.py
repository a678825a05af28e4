"""Where a text names a municipality, county or regional council, in any of three languages and in any case.

Only a name in full counts: "Luhangan kunnan", "Keski-Suomen liitolle", "Esbo stads", or a bare name where the text
lists parties. "Luhangan" alone, of a lake, names no party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from yhdyspinta.agreement.classification import Entry, counties, find, folded, governments, names_of, regional_councils

PARTY_CLAUSE: Final = re.compile(r"osapuol|sopijapuol|avtalspart|\bparter|\bpart(?:y|ies)\b", re.IGNORECASE)
SIGNATURE_CLAUSE: Final = re.compile(r"allekirjoit|päiväys|underskrift|underteckn|signatur", re.IGNORECASE)

_LINKS: Final = frozenset({"ja", "sekä", "och", "samt", "and"})
_ITEM = r"[^\W\d_][\w.:'’-]*(?:\s+Tl)?"
_BETWEEN = r"(?:\s*,\s*|\s+(?:ja|sekä|och|samt|and)\s+)"
_RUN: Final = re.compile(rf"{_ITEM}(?:{_BETWEEN}{_ITEM}){{0,400}}")
_LIST_AFTER: Final = re.compile(rf"\s*[:(,]?\s*({_ITEM}(?:{_BETWEEN}{_ITEM}){{0,60}})")
_ITEMS: Final = re.compile(_ITEM)
_WORDS_BEFORE: Final = re.compile(r"(?:[\w.:'’-]+\s+){1,3}$")
_WORD_AFTER: Final = re.compile(r"\s+([\w:'’.-]+(?:\s+[A-ZÅÄÖ][\w-]*)?)")
_ONE: Final = re.compile(
    r"\b(?P<kunta>kun(?:ta|nan|taa|taan|tana|nassa|nasta|nalla|nalta|nalle|naksi))\b"
    r"|\b(?P<kaupunki>kaupun(?:ki|gin|kia|kiin|kina|gissa|gista|gilla|gilta|gille|giksi))\b"
    r"|\b(?P<kommun>kommun(?:en|s|ens)?)\b|\b(?P<stad>stad(?:en|s|ens)?)\b"
    r"|\b(?P<hyvinvointialue>hyvinvointialue(?:en|tta|ella|elta|elle|essa|esta|eseen|een|ena|eksi)?)\b"
    r"|\b(?P<liitto>(?:maakunta|satakunta)?lii(?:tto|ton|ttoa|tossa|tosta|ttoon|tolla|tolta|tolle|ttona|toksi))\b"
    r"|\b(?P<hallitus>hallitu(?:s|ksen|sta|ksessa|ksesta|kseen|ksella|kselta|kselle))\b"
    r"|\b(?P<område>välfärdsområde(?:t|s|ts)?)\b|\b(?P<förbund>(?:landskaps|satakunta)?förbund(?:et|s|ets)?)\b"
    r"|\b(?P<regering>landskapsregering(?:en|s|ens)?)\b",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(
    r"\b(?:kun(?:nat|tien|tia|nissa|nista|tiin|nilla|nilta|nille)"
    r"|kaupun(?:git|kien|keja|geissa|geista|keihin|geilla|geilta|geille)"
    r"|kommuner(?:na|s|nas)?|städer(?:na|s|nas)?|municipalities|cities)\b",
    re.IGNORECASE,
)
_ENGLISH: Final = re.compile(r"\b(?:City|Municipality|Town) of ([A-ZÅÄÖ][\w-]*(?: Tl)?)")
_ARE: Final = re.compile(r"(?:\b(?:ovat|on|är|are|is)|:)(?=\s)")


@dataclass(frozen=True, slots=True)
class Naming:
    """A place in a text that names a body."""

    start: int
    end: int
    entry: Entry


def namings_in(text: str, *, lists_parties: bool) -> list[Naming]:
    """Return where a text names bodies, in its order; bare names too where it is said to list parties."""
    found = [*_one_by_one(text), *_by_english_name(text), *_several_together(text), *_after_naming_parties(text)]
    if lists_parties:
        found += _bare_lines(text)
    kept: list[Naming] = []
    for naming in sorted(found, key=lambda naming: (naming.start, -naming.end)):
        if not kept or naming.start >= kept[-1].end:
            kept.append(naming)
    return kept


def _one_by_one(text: str) -> Iterator[Naming]:
    """Find names with the word for what the body is: "Luhangan kunnalle", "Mellersta Finlands förbunds"."""
    for head in _ONE.finditer(text):
        for base in _bases(head):
            before = _WORDS_BEFORE.search(text, max(0, head.start() - 90), head.start())
            start = _start_of_name(text, before.start() if before else head.start(), head.start(), base)
            if start is not None:
                entry = find(_joined(f"{text[start : head.start()]} {base}"))
                assert entry
                yield Naming(start, head.end(), entry)
                break
        if head["kommun"] or head["stad"]:
            yield from _named_after(text, head)


def _bases(head: re.Match[str]) -> tuple[str, ...]:
    """Return the basic forms that an inflected word can be of."""
    word = head[0].casefold()
    match head.lastgroup:
        case "liitto":
            return (word[: word.index("lii")] + "liitto",)
        case "område":
            return ("välfärdsområde",)
        case "förbund":
            stem = word[: word.index("förbund")] + "förbund"
            return stem, f"{stem}et"
        case "regering":
            return ("landskapsregering",)
        case base:
            return (str(base),)


def _start_of_name(text: str, earliest: int, head: int, base: str) -> int | None:
    """Return where the longest name that ends with a word begins; names of one word begin at the word itself."""
    starts = [earliest + word.start() for word in re.finditer(r"\S+", text[earliest:head])]
    for start in (*starts, head):
        name = _joined(f"{text[start:head]} {base}")
        entry = find(name)
        if entry and (start < head or entry.kind == "regional-council"):
            return start
    return None


def _named_after(text: str, head: re.Match[str]) -> Iterator[Naming]:
    """Find "staden Jakobstad" and "kommunen Sibbo"."""
    after = _WORD_AFTER.match(text, head.end())
    if not after or not head[0].casefold().endswith("en"):
        return
    for words in (after[1], after[1].split()[0]):
        name = words.rstrip(".,:;")
        entry = find(f"{head[0]} {name}")
        if entry and name[:1].isupper():
            yield Naming(head.start(), after.start(1) + len(name), entry)
            return


def _by_english_name(text: str) -> Iterator[Naming]:
    for match in (*_ENGLISH.finditer(text), *_english_authorities().finditer(text)):
        if entry := find(match[0]):
            yield Naming(match.start(), match.end(), entry)


@lru_cache
def _english_authorities() -> re.Pattern[str]:
    names = {name for entry in (*counties(), *regional_councils(), *governments()) for name in names_of(entry)}
    english = sorted((name for name in names if " of " in name or "egional " in name or "ounty" in name), reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in english) + r")\b")


def _several_together(text: str) -> Iterator[Naming]:
    """Find "Joutsan, Luhangan ja Multian kunnat" and "kommunerna Esbo, Vanda och Grankulla"."""
    heads = list(_SEVERAL.finditer(text))
    runs = {run.end(): run.span() for run in _RUN.finditer(text)} if heads else {}
    for head in heads:
        before = runs.get(len(text[max(0, head.start() - 9) : head.start()].rstrip()) + max(0, head.start() - 9))
        if before:
            yield from _items(text, before, "{} kunta", backward=True)
            yield from _items(text, before, "{} kommun", backward=True)
        if after := _LIST_AFTER.match(text, head.end()):
            yield from _items(text, after.span(1), "{}")


def _after_naming_parties(text: str) -> Iterator[Naming]:
    """Find bare names where a sentence says who the parties are: "Osapuolet ovat Joutsa, Luhanka ja Multia."."""
    for sentence in re.finditer(r"[^.!?\n]+(?:[.!?](?!\s)[^.!?\n]*)*", text):
        if not PARTY_CLAUSE.search(sentence[0]):
            continue
        for verb in _ARE.finditer(text, sentence.start(), sentence.end()):
            if after := _LIST_AFTER.match(text, verb.end(), sentence.end()):
                yield from _items(text, after.span(1), "{}")


def _bare_lines(text: str) -> Iterator[Naming]:
    """Find lines, or what stands before a comma or a bracket, that are nothing but a name or a list of names."""
    for line in re.finditer(r"[^\n]+", text):
        begin = re.match(r"\s*(?:[-–•*]|\w{1,3}[.)])?\s*", line[0])
        start = line.start() + (begin.end() if begin else 0)
        for stop in (line.end(), *_stops(text, start, line.end())):
            name = text[start:stop].strip()
            if name[:1].isupper() and (entry := find(_joined(name))):
                yield Naming(start, start + len(name), entry)
                break
        else:
            words = [word[0] for word in _ITEMS.finditer(text, start, line.end()) if word[0] not in _LINKS]
            if len(words) > 1 and all(word[:1].isupper() and find(word.rstrip(".")) for word in words):
                yield from _items(text, (start, line.end()), "{}")


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    for stop in re.finditer(r"[,;(:]|\s+(?=(?i:y-tunnus|fo-nummer|osoite|adress))|\s+\d", text[start:end]):
        yield start + stop.start()
        return


def _items(text: str, span: tuple[int, int], form: str, *, backward: bool = False) -> Iterator[Naming]:
    """Look up the items of a list, from its near end up to the first that is no name."""
    items = [item for item in _ITEMS.finditer(text, *span) if item[0] not in _LINKS]
    for item in reversed(items) if backward else items:
        name = item[0].rstrip(".:")
        entry = find(form.format(_joined(name)))
        if entry is None or not name[:1].isupper():
            return
        yield Naming(item.start(), item.start() + len(name), entry)


def _joined(name: str) -> str:
    """Mend a name that was broken at its hyphen: "Keski- Suomen"."""
    return re.sub(r"(?<=\w)-\s+", "-", folded(name))

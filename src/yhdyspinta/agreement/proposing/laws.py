"""The statutes that a text cites, section by section: "kuntalain 15 §", "612/2021", "§ 14"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.model import Mark, Proposal
from yhdyspinta.agreement.proposing.sentences import Sentence
from yhdyspinta.agreement.proposing.slugs import slug

_NUMBER = re.compile(r"\(?\b(?P<number>\d{1,4}/(?:19|20)\d{2})\b\)?")
_SECTION = re.compile(
    r"§\s?(?P<after>\d+(?:\s?[a-z]\b)?)|\b(?P<before>\d+(?:\s[a-z])?(?:(?:\s?[–-]\s?|,\s|\s(?:ja|och)\s)\d+(?:\s[a-z])?)*)\s?§"
)
_NUMERAL = re.compile(r"\d+(?:\s?[a-z]\b)?")
_REMARK = re.compile(r"\s*\([^()]*\)")


def laws_of(sentences: Sequence[Sentence], language: Language) -> Iterator[Proposal]:
    """Return a proposal for each section cited, or for the law alone; a section below "Laki …:" is of that law."""
    taken: set[str] = set()
    seen: set[tuple[str, str]] = set()
    held: tuple[str, str | None] | None = None
    clause = ""
    for sentence in sentences:
        if sentence.clause.id != clause:
            clause, held = sentence.clause.id, None
        named = language.law_name.search(sentence.text)
        number = _NUMBER.search(sentence.text, named.start()) if named else None
        if named and not language.own_text.match(sentence.text, named.start()):
            held = (named[0].strip(" ,:("), number["number"] if number else None)
            sections = [m for m in _SECTION.finditer(sentence.text, named.start())]
        elif held and sentence.text[:1] in "§0123456789":
            sections = [*_SECTION.finditer(sentence.text)]
        else:
            held = None
            continue
        cited = [
            (section, one) for section in sections for one in _NUMERAL.findall(section["after"] or section["before"])
        ]
        if not cited and (not number or sentence.text.endswith(":")):
            continue
        for section, one in cited or [(None, "")]:
            if ((held[1] or held[0]).lower(), one) in seen:
                continue
            seen.add(((held[1] or held[0]).lower(), one))
            yield _proposal(sentence, held, named, number, section, one, language, taken)


def _proposal(
    sentence: Sentence,
    law: tuple[str, str | None],
    named: re.Match[str] | None,
    number: re.Match[str] | None,
    section: re.Match[str] | None,
    one: str,
    language: Language,
    taken: set[str],
) -> Proposal:
    text = sentence.text
    written, digits = law
    nominative = language.law_nominative(written)
    name = nominative or written
    data: dict[str, object] = {
        "id": slug(f"{name.split()[0]} {digits} {one}" if digits else f"{name} {one}", taken),
        "name": {language.code: name},
    }
    taken.add(str(data["id"]))
    if digits:
        data["number"] = digits
    if one:
        data["section"] = f"{one} §"
    first = named.start() if named else section.start() if section else 0
    last = max(match.end() for match in (named, number, section) if match)
    if remark := _REMARK.match(text, last):
        last = remark.end()
    data["verbatim"] = text[first:last].strip(" ,;:")
    marks = tuple(
        sorted(
            Mark(match.start(), match.end(), role)
            for match, role in ((named, "name"), (number, "code"), (section, "code"))
            if match
        )
    )
    return Proposal("law", sentence.clause.id, text, marks, data, () if nominative else ("name",), "law-cited")


def terms_of(sentences: Sequence[Sentence], language: Language) -> Iterator[Proposal]:
    """Return the council terms that a text speaks of; their days, and whose they are where it is not said, are open."""
    found: set[str] = set()
    for sentence in sentences:
        for id_, (words, name, of) in language.terms.items():
            match = words.search(sentence.text)
            if match and id_ not in found:
                found.add(id_)
                data = {"id": id_, "name": {language.code: name}, **({"of": list(of)} if of else {})}
                unsaid = ("periods",) if of else ("of", "periods")
                mark = Mark(match.start(), match.end(), "cadence")
                yield Proposal("terms", sentence.clause.id, sentence.text, (mark,), data, unsaid, "council-term")
                break

"""The statutes that a text cites, section by section: "kuntalain 15 §", "612/2021", "§ 14"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.model import Mark, Proposal
from yhdyspinta.agreement.proposing.sentences import Sentence
from yhdyspinta.agreement.slugs import free, slug

_NUMBER = re.compile(r"\s*\(?\b(?P<number>\d{1,4}/(?:19|20)\d{2})\b\)?")
_SECTION = re.compile(
    r"§\s?(?P<after>\d+(?:\s?[a-z]\b)?)|\b(?P<before>\d+(?:\s[a-z])?(?:(?:\s?[–-]\s?|,\s|\s(?:ja|och)\s)\d+(?:\s[a-z])?)*)\s?§"
)
_NUMERAL = re.compile(r"\d+(?:\s?[a-z]\b)?")
_REMARK = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Cited:
    """A law as a sentence writes it, and a section of it; ``one`` is the section's number alone."""

    sentence: Sentence
    written: str
    digits: str | None
    name: re.Match[str] | None
    number: re.Match[str] | None
    section: re.Match[str] | None = None
    one: str = ""

    @property
    def same(self) -> tuple[str, str]:
        """What is cited, wherever it is cited."""
        return (self.digits or self.written).lower(), self.one


def laws_of(sentences: Sequence[Sentence], language: Language) -> Iterator[Proposal]:
    """Return a proposal for each section cited, or for the law alone; a section below "Laki …:" is of that law."""
    taken: set[str] = set()
    seen: set[tuple[str, str]] = set()
    held: _Cited | None = None
    for sentence in sentences:
        laws = [*_laws_in(sentence, language)] or [*_continued(held, sentence)]
        held = laws[-1] if laws else None
        for law, after in zip_longest(laws, laws[1:]):
            for cited in _sections(law, after):
                if cited.same not in seen:
                    seen.add(cited.same)
                    yield _proposal(cited, language, taken)


def _laws_in(sentence: Sentence, language: Language) -> Iterator[_Cited]:
    """Return the laws that a sentence names, with the number right behind the name; not the agreement's own text."""
    for named in language.words.law_name.finditer(sentence.text):
        if not language.words.own_text.match(sentence.text, named.start()):
            number = _NUMBER.match(sentence.text, named.end())
            yield _Cited(sentence, named[0].strip(" ,:("), number["number"] if number else None, named, number)


def _continued(held: _Cited | None, sentence: Sentence) -> Iterator[_Cited]:
    """Return the law of the line before for a line that begins with a section."""
    if held and sentence.clause.id == held.sentence.clause.id and sentence.text[:1] in "§0123456789":
        yield _Cited(sentence, held.written, held.digits, None, None)


def _sections(law: _Cited, after: _Cited | None) -> Iterator[_Cited]:
    """Return each section that is cited of a law; the law itself where none is, unless sections follow below."""
    text = law.sentence.text
    first = law.name.end() if law.name else 0
    last = after.name.start() if after and after.name else len(text)
    sections = [*_SECTION.finditer(text, first, last)]
    for section in sections:
        for one in _NUMERAL.findall(section["after"] or section["before"]):
            yield replace(law, section=section, one=one)
    if not sections and law.number and not text.endswith(":"):
        yield law


def _proposal(cited: _Cited, language: Language, taken: set[str]) -> Proposal:
    nominative = language.grammar.law_nominative(cited.written)
    name = nominative or cited.written
    data: dict[str, object] = {"name": {language.code: name}}
    short = f"{name.partition(' ')[0]} {cited.digits}" if cited.digits else name
    data = {"id": free(slug(f"{short} {cited.one}"), taken), **data}
    taken.add(str(data["id"]))
    if cited.digits:
        data["number"] = cited.digits
    if cited.one:
        data["section"] = f"{cited.one} §"
    found = [(m, role) for m, role in ((cited.name, "name"), (cited.number, "code"), (cited.section, "code")) if m]
    text = cited.sentence.text
    first, last = min(m.start() for m, _ in found), max(m.end() for m, _ in found)
    if remark := _REMARK.match(text, last):
        last = remark.end()
    data["verbatim"] = text[first:last].strip(" ,;:")
    marks = tuple(sorted(Mark(m.start(), m.end(), role) for m, role in found))
    clause = cited.sentence.clause.id
    return Proposal("law", clause, text, marks, data, () if nominative else ("name",), "law-cited")


def terms_of(sentences: Sequence[Sentence], language: Language) -> Iterator[Proposal]:
    """Return the council terms that a text speaks of; their days, and whose they are where it is not said, are open."""
    found: set[str] = set()
    for sentence in sentences:
        for id_, term in language.terms.items():
            match = term.words.search(sentence.text)
            if match and id_ not in found:
                found.add(id_)
                data = {"id": id_, "name": {language.code: term.name}, **({"of": list(term.of)} if term.of else {})}
                unsaid = ("periods",) if term.of else ("of", "periods")
                mark = Mark(match.start(), match.end(), "cadence")
                yield Proposal("terms", sentence.clause.id, sentence.text, (mark,), data, unsaid, "council-term")
                break

"""The official wording beside the restatement: an attached text, split along the clauses' passages (DESIGN §2).

A clause names its passage by a heading and the sentences below it. Texts come from PDF files, where paragraphs are torn
by page breaks; so white space is folded and passages are counted in sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from yhdyspinta.agreement.charter import Charter
from yhdyspinta.agreement.saying import Said

_UNHELD = re.compile(r'[\\{}"]')
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÅÄÖÉ])")


class PassageErrors(Exception):
    """Clauses whose official passage was not found, each with what was looked for."""

    def __init__(self, missing: list[tuple[str, Said]]) -> None:
        """Keep (clause id, message) in the order of the text."""
        self.missing = missing
        super().__init__("\n".join(f"{clause}: {message}" for clause, message in missing))


def passages(charter: Charter, text: str, annex: str = "") -> Mapping[str, str]:
    """Return the official passage of every clause that names one: of the agreement itself, or of an annex.

    Raises:
        PassageErrors: for each clause whose heading or sentences the text does not have.

    """
    clauses = [clause for part in charter.parts if part.annex == annex for clause in part.clauses]
    sections = _sections(text, {clause.official.heading for clause in clauses if clause.official})
    found: dict[str, str] = {}
    missing: list[tuple[str, Said]] = []
    for clause in clauses:
        if clause.official is None:
            continue
        sentences = sections.get(_fold_heading(clause.official.heading))
        if sentences is None:
            message = Said("the text has no heading “%(heading)s”", heading=clause.official.heading)
            missing.append((clause.id, message))
        elif (wanted := max(clause.official.sentences, default=0)) > len(sentences):
            message = Said(
                "below “%(heading)s” there are %(found)s sentences, not %(wanted)s",
                heading=clause.official.heading,
                found=len(sentences),
                wanted=wanted,
            )
            missing.append((clause.id, message))
        else:
            chosen = clause.official.sentences or range(1, len(sentences) + 1)
            found[clause.id] = " ".join(sentences[number - 1] for number in chosen)
    if missing:
        raise PassageErrors(missing)
    return found


def passages_in(text: str, named: Mapping[str, tuple[str, tuple[int, ...]]]) -> dict[str, str]:
    """Return the passages that are found of those named by heading and sentences (none: all), by the same keys."""
    sections = _sections(text, {heading for heading, _sentences in named.values()})
    found: dict[str, str] = {}
    for key, (heading, wanted) in named.items():
        sentences = sections.get(_fold_heading(heading))
        if sentences and max(wanted, default=0) <= len(sentences):
            found[key] = " ".join(sentences[number - 1] for number in wanted or range(1, len(sentences) + 1))
    return found


def _sections(text: str, headings: set[str]) -> dict[str, list[str]]:
    """Return the sentences below each heading, up to the next heading that any clause names."""
    wanted = {_fold_heading(heading) for heading in headings}
    bodies: dict[str, list[str]] = {}
    body: list[str] | None = None
    for line in text.splitlines():
        folded = _fold_heading(line)
        if folded in wanted and folded not in bodies:
            body = bodies[folded] = []
        elif body is not None:
            body.append(line)
    return {heading: sentences_of("\n".join(lines)) for heading, lines in bodies.items()}


def sentences_of(text: str) -> list[str]:
    """Split a text into sentences, white space folded."""
    folded = _fold(text)
    return _SENTENCE_END.split(folded) if folded else []


def _fold(text: str) -> str:
    return " ".join(text.split())


def _fold_heading(text: str) -> str:
    """Return a heading as both files can hold it: an attribute in a Markdown heading has no braces, quotes, escapes."""
    return _fold(held(text))


def held(text: str) -> str:
    """Return a heading without the signs that end or escape something in an attribute."""
    return _UNHELD.sub("", text)

"""Everything that the text of a draft seems to say: title, days, parties, and what binds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.proposing.in_force import days_in, title_in
from yhdyspinta.agreement.proposing.known import KnownBody, KnownParty
from yhdyspinta.agreement.proposing.model import ClauseText, Proposal
from yhdyspinta.agreement.proposing.parties import parties_in
from yhdyspinta.agreement.proposing.propose import propose

MOST_WORD, MOST_LINE, MOST_TEXT = 100, 3_000, 300_000
"""What is longer is not read, in characters: the time that the rules take grows with the square of a line."""


def read_proposals(manuscript: Manuscript) -> tuple[Proposal, ...]:
    """Return everything that the text of a draft seems to say, whatever stands in it as data already.

    The parties are those of the draft and those that the text names; bodies that the draft has keep their ids. Lines
    that are no sentences of an agreement, and what is beyond a book's length, are passed over.
    """
    language = manuscript.authority.rpartition(".")[2]
    clauses = tuple(_readable(manuscript.clause_texts()))
    parties = parties_in(clauses, language)
    there = {id: data for id, data in manuscript.things("parties").items() if data.get("kind")}
    known = {str(each.data["id"]): each.data for each in parties} | there
    return (
        *title_in(_word(manuscript.front.get("title"), language)[:MOST_LINE], language),
        *days_in(clauses, language),
        *parties,
        *propose(
            clauses,
            language=language,
            parties=[_known_party(data, language) for data in known.values()],
            bodies=_known_bodies(manuscript, language),
        ),
    )


def _readable(clauses: Iterable[ClauseText]) -> Iterator[ClauseText]:
    """Give the clauses with the lines that people may have written, as long as there is room."""
    room = MOST_TEXT
    for clause in clauses:
        room -= len(clause.title) + len(clause.text)
        if room < 0:
            return
        title = clause.title if _is_line(clause.title) else ""
        yield replace(clause, title=title, text="\n".join(filter(_is_line, clause.text.split("\n"))))


def _is_line(text: str) -> bool:
    return len(text) <= MOST_LINE and all(len(word) <= MOST_WORD for word in text.split())


def _known_party(data: Mapping[str, Any], language: str) -> KnownParty:
    name, official = _word(data.get("name"), language), _word(data.get("official-name"), language)
    form = data.get("form")
    return KnownParty(
        str(data["id"]), str(data.get("kind", "other")), str(form) if form else None, name or official, official or name
    )


def _known_bodies(manuscript: Manuscript, language: str) -> list[KnownBody]:
    groups = {level.get("number") for level in manuscript.levels if level.get("groups")}
    found = []
    for id, data in manuscript.things("body").items():
        names = [_word(data.get(key), language) for key in ("name", "short-name")]
        found.append(KnownBody(id, tuple(filter(None, names)), group=data.get("level") in groups))
    return found


def _word(words: Any, language: str) -> str:
    return str(words.get(language) or "") if isinstance(words, Mapping) else ""

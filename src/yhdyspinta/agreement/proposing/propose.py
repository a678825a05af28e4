"""Everything that a text seems to say, clause by clause: the one function that the drafts call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yhdyspinta.agreement.proposing.bodies import Structure, known_bodies, structure_of
from yhdyspinta.agreement.proposing.duties import Context, duties_of, rights_of
from yhdyspinta.agreement.proposing.fi import FINNISH
from yhdyspinta.agreement.proposing.known import KnownBody, KnownParty
from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.laws import laws_of, terms_of
from yhdyspinta.agreement.proposing.levels import level_proposals
from yhdyspinta.agreement.proposing.memory import Memory
from yhdyspinta.agreement.proposing.model import ClauseText, Proposal
from yhdyspinta.agreement.proposing.reading import Reader, Reading
from yhdyspinta.agreement.proposing.sentences import Sentence, sentences_of
from yhdyspinta.agreement.proposing.sv import SWEDISH
from yhdyspinta.agreement.proposing.topics import goals_of, themes_of
from yhdyspinta.agreement.proposing.who import cast_of

LANGUAGES: Mapping[str, Language] = {"fi": FINNISH, "sv": SWEDISH}
RULES: frozenset[str] = frozenset(
    {act.rule for language in LANGUAGES.values() for act in language.acts}
    | {"council-term", "goal-item", "goal-sentence", "law-cited", "level-heading", "may-be-present", "named-body"}
    | {"signatures-heading", "theme-item", "theme-list"}
)
"""Every code that a proposal of this function can have as its rule, for whoever explains them."""


def propose(
    clauses: Sequence[ClauseText],
    *,
    language: str,
    parties: Sequence[KnownParty],
    bodies: Sequence[KnownBody] = (),
) -> tuple[Proposal, ...]:
    """Return what the clauses seem to say of levels, bodies, themes, duties, rights, terms, laws and goals.

    ``bodies`` are those already confirmed: they are found by their names and keep their ids in duties. What a sentence
    does not say is named in ``open``: keys of the block ("bearer", "window", "term", "reading", "level", "name" …), and
    "frequency" or "evidence" where a duty has nothing to be measured by. In a language without rules nothing is found.
    """
    words = LANGUAGES.get(language)
    if words is None:
        return ()
    sentences = [sentence for clause in clauses for sentence in sentences_of(clause, words)]
    structure = structure_of(clauses, sentences, words)
    found: list[Proposal] = list(level_proposals(structure.levels, structure.group_levels, words))
    duties = tuple(_binding(clauses, sentences, structure, words, parties, bodies))
    found.extend(body.proposal(words) for body in structure.bodies)
    found.extend(themes_of(sentences, words))
    found.extend(duties)
    for topics in (terms_of, laws_of, goals_of):
        found.extend(topics(sentences, words))
    return tuple(found)


def _binding(
    clauses: Sequence[ClauseText],
    sentences: Sequence[Sentence],
    structure: Structure,
    words: Language,
    parties: Sequence[KnownParty],
    bodies: Sequence[KnownBody],
) -> Iterator[Proposal]:
    """Return duties, rights and signatures."""
    known, ids = known_bodies(structure, bodies)
    cast = cast_of(words, parties, known, structure.groups)
    memory = Memory(cast, structure, ids)
    reader = Reader(words, memory)
    context = Context(
        words,
        cast,
        {ids[body.id]: body for body in structure.bodies},
        any(words.words.group_term.search(sentence.text) for sentence in sentences),
    )
    readings: list[Reading] = []
    rights: list[Proposal] = []
    taken: set[str] = set()
    for sentence in sentences:
        memory.enter(sentence.clause.id, sentence.clause.title)
        mentions = memory.resolved(sentence.text)
        entitled = list(rights_of(sentence, mentions, context, taken))
        rights.extend(entitled)
        read = list(reader.read(sentence, mentions))
        if not entitled:
            readings.extend(read)
    duties = list(duties_of(readings, context))
    yield from duties
    yield from rights
    if parties and not any("signed" in duty.data.get("evidence", ()) for duty in duties):
        yield from _signatures(clauses, words)


def _signatures(clauses: Sequence[ClauseText], words: Language) -> Iterator[Proposal]:
    """Return the signing of every party where a heading is there for it."""
    for clause in clauses:
        if words.words.signatures.search(clause.title):
            data: dict[str, Any] = {
                "id": "allekirjoitus",
                "name": {words.code: words.labels["signs"]},
                "bearer": "each party",
                "kind": "achieve",
                "evidence": {"signed": {"party": "bearer"}},
                "basis": "explicit",
            }
            yield Proposal("duty", clause.id, "", (), data, (), "signatures-heading")
            return

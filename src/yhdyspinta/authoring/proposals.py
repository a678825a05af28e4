"""What the text of a draft seems to say, less what was decided or is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from yhdyspinta.agreement.compose import BLOCKS, digest_of
from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.proposing import KnownBody, KnownParty, Proposal, propose
from yhdyspinta.agreement.proposing.in_force import days_in, title_in
from yhdyspinta.agreement.proposing.parties import parties_in
from yhdyspinta.authoring.models import Decision, Draft


@dataclass(frozen=True)
class Proposals:
    """What is proposed: still open, and what was decided of the rest."""

    open: tuple[Proposal, ...]
    refused: tuple[Proposal, ...]
    confirmed: int

    @property
    def total(self) -> int:
        """How many there are and were."""
        return len(self.open) + len(self.refused) + self.confirmed

    def by_key(self, key: str) -> Proposal | None:
        """Return one that is open or was refused."""
        return next((each for each in (*self.open, *self.refused) if each.key == key), None)


def proposals_of(draft: Draft) -> Proposals:
    """Return what is proposed from a draft's text. One query; a process reads the same text once."""
    decided = {decision.key: decision for decision in Decision.objects.filter(draft=draft)}
    manuscript = draft.manuscript()
    own = {decision.thing for decision in decided.values()}
    found = [each for each in _read(draft.sources) if not _is_there(manuscript, each, own)]
    return Proposals(
        tuple(each for each in found if each.key not in decided),
        tuple(each for each in found if each.key in decided and not decided[each.key].confirmed),
        sum(decision.confirmed for decision in decided.values()),
    )


def read_proposals(manuscript: Manuscript) -> tuple[Proposal, ...]:
    """Return everything that the text of a draft seems to say, whatever was decided."""
    language = manuscript.authority.rpartition(".")[2]
    clauses = manuscript.clause_texts()
    parties = parties_in(clauses, language)
    there = {id: data for id, data in manuscript.things("parties").items() if data.get("kind")}
    known = {str(each.data["id"]): each.data for each in parties} | there
    title = manuscript.front.get("title")
    return (
        *title_in(str(title.get(language, "")) if isinstance(title, Mapping) else "", language),
        *days_in(clauses, language),
        *parties,
        *propose(
            clauses,
            language=language,
            parties=[_known_party(data, language) for data in known.values()],
            bodies=_known_bodies(manuscript, language),
        ),
    )


def is_complete(proposal: Proposal) -> bool:
    """Tell whether a proposal can be confirmed as it is: the block reads, and an interpretation says what is open."""
    model = BLOCKS.get(proposal.kind)
    if model is None:
        return proposal.kind != "level" or bool(proposal.data.get("name"))
    if proposal.data.get("basis") == "interpreted" and not proposal.data.get("reading"):
        return False
    try:
        model.model_validate(dict(proposal.data))
    except ValidationError:
        return False
    return True


def _known_party(data: Mapping[str, Any], language: str) -> KnownParty:
    name, official = _word(data.get("name"), language), _word(data.get("official-name"), language)
    form = data.get("form")
    return KnownParty(
        str(data["id"]), str(data.get("kind", "other")), str(form) if form else None, name or official, official or name
    )


def _known_bodies(manuscript: Manuscript, language: str) -> list[KnownBody]:
    groups = {
        level.get("number")
        for level in manuscript.front.get("levels") or []
        if isinstance(level, Mapping) and level.get("groups")
    }
    found = []
    for id, data in manuscript.things("body").items():
        names = [_word(data.get(key), language) for key in ("name", "short-name")]
        found.append(KnownBody(id, tuple(filter(None, names)), group=data.get("level") in groups))
    return found


def _word(words: Any, language: str) -> str:
    return str(words.get(language) or "") if isinstance(words, Mapping) else ""


def _read(sources: Mapping[str, str]) -> tuple[Proposal, ...]:
    return _kept(digest_of(sources), tuple(sources.items()))


@lru_cache(maxsize=32)
def _kept(digest: str, sources: tuple[tuple[str, str], ...]) -> tuple[Proposal, ...]:  # noqa: ARG001 -- hashed by it
    return read_proposals(Manuscript.read(dict(sources)))


def _is_there(manuscript: Manuscript, proposal: Proposal, own: set[str]) -> bool:
    """Tell whether what is proposed is in the draft already, by whatever way it came there."""
    data = proposal.data
    if proposal.kind == "days":
        return bool(manuscript.front.get("from"))
    if proposal.kind == "title":
        return bool(manuscript.front.get("instrument"))
    if proposal.kind == "level":
        levels = [level for level in manuscript.front.get("levels") or [] if isinstance(level, Mapping)]
        return any(level.get("number") == data.get("number") for level in levels)
    if str(data.get("id")) in manuscript.things(proposal.kind):
        return True
    return bool(proposal.sentence) and _is_linked(manuscript, proposal, own)


def _is_linked(manuscript: Manuscript, proposal: Proposal, own: set[str]) -> bool:
    """Tell whether the sentence is linked to something that came otherwise than by a proposal that was confirmed."""
    if proposal.kind not in {"duty", "right"}:
        return False
    try:
        section = manuscript.section(proposal.clause)
    except KeyError:
        return False
    mine = {thing.partition(":")[2] for thing in own}
    linked = [id for block in section.blocks if block.kind in {"duty", "right"} for id in block.ids if id not in mine]
    return any(f"{_first_words(proposal.sentence)}" in each for each in _linked_words(section.prose, linked))


def _linked_words(prose: str, ids: list[str]) -> list[str]:
    found = []
    for id in ids:
        before, mark, _after = prose.partition(f"](#{id})")
        if mark:
            found.append(" ".join(before.rpartition("[")[2].split()))
    return found


def _first_words(sentence: str) -> str:
    return " ".join(sentence.split()[:4])

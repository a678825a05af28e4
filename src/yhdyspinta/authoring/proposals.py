"""What the text of a draft seems to say, less what was decided or is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pydantic import ValidationError

from yhdyspinta.agreement.compose import BLOCKS, digest_of
from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.proposing import Proposal
from yhdyspinta.agreement.proposing.drafted import read_proposals
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


def _read(sources: Mapping[str, str]) -> tuple[Proposal, ...]:
    return _kept(digest_of(sources), tuple(sources.items()))


@lru_cache(maxsize=8)
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
        return any(level.get("number") == data.get("number") for level in manuscript.levels)
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

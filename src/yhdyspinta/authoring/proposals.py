"""What the text of a draft seems to say, less what was decided or is there already."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import astuple, dataclass
from threading import Lock

from pydantic import ValidationError

from yhdyspinta.agreement.compose import BLOCKS
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
    manuscript = draft.manuscript()
    return _less_decided(draft, manuscript, _kept.get(_read_from(manuscript), lambda: read_proposals(manuscript)))


def proposals_at_hand(draft: Draft) -> Proposals | None:
    """Return what is proposed if this process has read the text already: a page in passing does not wait for it."""
    manuscript = draft.manuscript()
    found = _kept.peek(_read_from(manuscript))
    return None if found is None else _less_decided(draft, manuscript, found)


def _less_decided(draft: Draft, manuscript: Manuscript, read: tuple[Proposal, ...]) -> Proposals:
    decided = {decision.key: decision for decision in Decision.objects.filter(draft=draft)}
    own = {decision.thing for decision in decided.values()}
    found = [each for each in read if not _is_there(manuscript, each, own)]
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
    if "name" in proposal.open:  # words as they stand in the sentence, which a person puts into their own form
        return False
    try:
        model.model_validate(dict(proposal.data))
    except ValidationError:
        return False
    return True


class _Kept:
    """What was read from the texts met last, by a digest of what it was read from."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._found: OrderedDict[str, tuple[Proposal, ...]] = OrderedDict()

    def peek(self, key: str) -> tuple[Proposal, ...] | None:
        with self._lock:
            return self._found.get(key)

    def get(self, key: str, read: Callable[[], tuple[Proposal, ...]]) -> tuple[Proposal, ...]:
        found = self.peek(key)
        if found is None:
            found = read()
            with self._lock:
                self._found[key] = found
                while len(self._found) > self._most:
                    self._found.popitem(last=False)
        return found


_kept = _Kept(16)


def _read_from(manuscript: Manuscript) -> str:
    """Return a digest of all that proposals are read from: a commitment that is confirmed changes none of it."""
    said = [
        manuscript.authority,
        manuscript.front.get("title"),
        manuscript.levels,
        [astuple(clause) for clause in manuscript.clause_texts()],
        manuscript.things("parties"),
        manuscript.things("body"),
    ]
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()


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

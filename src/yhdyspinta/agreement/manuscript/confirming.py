"""What was proposed from a text becomes a part of the draft, once a person has confirmed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yhdyspinta.agreement.manuscript.blocks import add_block, link, replace_block, set_front
from yhdyspinta.agreement.manuscript.sections import Manuscript
from yhdyspinta.agreement.proposing.model import Proposal

OF_THE_WHOLE = frozenset({"days", "title", "level"})
"""Kinds that are said of the whole agreement, in its front matter."""

LINKED = frozenset({"duty", "right", "rule", "goal", "law"})
"""Kinds whose sentence becomes a link to them."""


def confirmed(manuscript: Manuscript, proposal: Proposal, data: Mapping[str, Any]) -> Manuscript:
    """Write what is proposed into the draft: ``data`` is what the person confirmed, which may be more than proposed.

    A party that is there already is completed; everything else is written below the clause that it was read in, or the
    first clause where that is gone, and its sentence is linked.
    """
    if proposal.kind in OF_THE_WHOLE:
        return set_front(manuscript, _front(manuscript, proposal.kind, data))
    id = str(data["id"])
    if id in manuscript.things(proposal.kind):
        there = manuscript.things(proposal.kind)[id]
        return replace_block(manuscript, proposal.kind, id, {**data, **there})
    clause = _home(manuscript, proposal.clause)
    manuscript = add_block(manuscript, clause, proposal.kind, data)
    return link(manuscript, clause, proposal.sentence, id) if proposal.kind in LINKED else manuscript


def _front(manuscript: Manuscript, kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    if kind == "level":
        others = [level for level in manuscript.levels if level.get("number") != data.get("number")]
        return {"levels": sorted([*others, dict(data)], key=lambda level: level.get("number") or 0)}
    said = {key: value for key, value in data.items() if value is not None}
    words = {key for key, value in said.items() if isinstance(value, Mapping)}
    return said | {key: {**(manuscript.front.get(key) or {}), **said[key]} for key in words}


def _home(manuscript: Manuscript, clause: str) -> str:
    """Return the clause, or the first one where it is gone or only a part's heading.

    Raises:
        KeyError: the draft has no clause at all.

    """
    clauses = [section.id for section in manuscript.sections if section.depth > 1]
    if clause in clauses:
        return clause
    if not clauses:
        raise KeyError(clause)
    return clauses[0]

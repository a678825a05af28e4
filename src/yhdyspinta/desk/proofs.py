"""What shows that a duty was done: facts in words, with where they rest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yhdyspinta.agreement import day_of, kind_of
from yhdyspinta.desk import words
from yhdyspinta.records.kinds import KINDS
from yhdyspinta.records.reference import link_of, reference_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yhdyspinta.agreement import Fact
    from yhdyspinta.desk.scene import Scene


@dataclass(frozen=True, slots=True)
class Proof:
    """One fact: its day, what it says, the decision or paper it rests on and the link there."""

    day: dt.date
    when: str
    what: str
    reference: str
    link: str


def proof_of(scene: Scene, fact: Fact) -> Proof:
    """Return a fact in words."""
    kind = KINDS.get(kind_of(fact))
    what = str(kind.label) if kind else kind_of(fact)
    reference = fact.reference if isinstance(fact.reference, (str, dict)) else ""
    link = link_of(reference)
    text = reference_text(reference)
    if not link and text.startswith(("https://", "http://")):
        link, text = text, ""
    return Proof(day_of(fact), _when(fact), f"{what}{_detail(scene, fact)}", text, link)


def proofs_of(scene: Scene, facts: Iterable[Fact]) -> list[Proof]:
    """Return facts in words, the newest first, the same fact once."""
    seen: dict[Proof, None] = {}
    for fact in facts:
        seen[proof_of(scene, fact)] = None
    return sorted(seen, key=lambda proof: proof.day, reverse=True)


def _when(fact: Fact) -> str:
    """Return a fact's day, or the days it holds for."""
    last = getattr(fact, "to", None)
    if hasattr(fact, "to"):
        return words.days(day_of(fact), last if isinstance(last, dt.date) else None)
    return words.day(day_of(fact))


def _detail(scene: Scene, fact: Fact) -> str:
    """Return what sets a fact apart from others of its kind: the party that did it, and about what."""
    who = getattr(fact, "party", None) or getattr(fact, "by", None)
    about = getattr(fact, "theme", None) or getattr(fact, "subject", None)
    named = [scene.name(id_) for id_ in (who, about) if isinstance(id_, str)]
    return f": {', '.join(named)}" if named else ""

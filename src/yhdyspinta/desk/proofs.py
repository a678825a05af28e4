"""What shows that a duty was done: facts in words, with where they rest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from yhdyspinta.agreement import day_of, kind_of
from yhdyspinta.desk import html
from yhdyspinta.desk.audience import PUBLIC
from yhdyspinta.journal import wording
from yhdyspinta.journal.reference import link_of, reference_text
from yhdyspinta.records.kinds import KINDS
from yhdyspinta.records.showing import tells_of_preparedness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

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

    @property
    def html(self) -> SafeString:
        """The fact with its day, as a link to what it rests on where there is one, and the reference in words."""
        said = f"{self.when} {self.what}"
        shown = html.link(said, self.link, outside=True) if self.link else html.text(said)
        return html.safe(shown, f" · {html.text(self.reference)}" if self.reference else "")

    @property
    def line(self) -> str:
        """The fact in one line of plain text."""
        return " ".join(filter(None, (self.when, self.what, self.reference, self.link)))

    @property
    def source(self) -> SafeString:
        """What the fact rests on, as a link where there is one."""
        if self.link:
            return html.safe(html.link(self.reference or gettext("source"), self.link, outside=True))
        return html.safe(html.text(self.reference))


def proof_of(scene: Scene, fact: Fact, *, alone: str = "") -> Proof:
    """Return a fact in words. On the page of one party, ``alone``, the party is not named again.

    Of a preparedness body the public is told that something happened and the register number: the paper is secret by
    reference (DESIGN §5).
    """
    kind = KINDS.get(kind_of(fact))
    what = str(kind.label) if kind else kind_of(fact)
    reference = fact.reference if isinstance(fact.reference, (str, dict)) else ""
    if _is_secret(scene, fact):
        reference = {"register": reference.get("register", "")} if isinstance(reference, dict) else ""
    link = link_of(reference)
    text = reference_text(reference)
    if not link and text.startswith(("https://", "http://")):
        link, text = text, ""
    return Proof(day_of(fact), _when(fact), f"{what}{_detail(scene, fact, alone)}", text, link)


def _is_secret(scene: Scene, fact: Fact) -> bool:
    """Tell whether a fact is about a preparedness body, in any of its fields, and the audience is the public."""
    told = (getattr(fact, name, None) for name in ("body", "subject", "release"))
    return scene.sight.audience == PUBLIC and tells_of_preparedness(scene.charter, *told)


def proofs_of(scene: Scene, facts: Iterable[Fact], *, alone: str = "") -> list[Proof]:
    """Return facts in words, the newest first, the same fact once."""
    seen: dict[Proof, None] = {}
    for fact in facts:
        seen[proof_of(scene, fact, alone=alone)] = None
    return sorted(seen, key=lambda proof: proof.day, reverse=True)


def _when(fact: Fact) -> str:
    """Return a fact's day, or the days it holds for."""
    last = getattr(fact, "to", None)
    if hasattr(fact, "to"):
        return wording.days(day_of(fact), last if isinstance(last, dt.date) else None)
    return wording.day(day_of(fact))


def _detail(scene: Scene, fact: Fact, alone: str) -> str:
    """Return what sets a fact apart from others of its kind: the party that did it, and about what."""
    who = getattr(fact, "party", None) or getattr(fact, "by", None)
    theme, subject = getattr(fact, "theme", None), getattr(fact, "subject", None)
    named = [scene.name(id_) for id_ in (who, subject) if isinstance(id_, str) and id_ != alone and id_ in scene.names]
    if isinstance(theme, str):
        named.append(scene.themes.get(theme, theme))
    return f": {', '.join(named)}" if named else ""

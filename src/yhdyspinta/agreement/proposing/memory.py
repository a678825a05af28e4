"""Whom a text has spoken of so far: what "se", "foorumi" and "kokous" stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from yhdyspinta.agreement.proposing.bodies import Structure
from yhdyspinta.agreement.proposing.who import Cast, Mention, Who, chains_of

_BODILY = ("body", "groups")
_NAMED = ("party", "kind", "everyone", *_BODILY)


@dataclass(slots=True)
class Spoken:
    """Whom the sentences of one clause have spoken of."""

    body: str | None = None
    groups: bool = False
    subject: tuple[Who, ...] = ()
    by_head: dict[str, str] = field(default_factory=dict)


class Memory:
    """What a reader keeps in mind from sentence to sentence; a new clause begins anew, with its title."""

    def __init__(self, cast: Cast, structure: Structure, ids: Mapping[str, str]) -> None:
        """Take the bodies of a text; ``ids`` maps a body found to the id it goes by."""
        self.cast = cast
        self.spoken = Spoken()
        self.monitor: str | None = None
        """The body that follows up the goals: a "seurantakokous" is its meeting."""
        self._clause = ""
        heads = [body.head for body in structure.bodies]
        self._lonely = {body.head: ids[body.id] for body in structure.bodies if heads.count(body.head) == 1}
        self._head_of = {ids[body.id]: body.head for body in structure.bodies}
        group_head = cast.language.grammar.group_head
        self._group_heads = frozenset(group_head(stem) for stem in structure.groups)

    def enter(self, clause: str, title: str) -> None:
        """Begin a clause, unless it goes on."""
        if clause != self._clause:
            self._clause, self.spoken = clause, Spoken()
            self.hear(self.cast.mentions(title), title)

    def resolved(self, text: str) -> tuple[Mention, ...]:
        """Return whom a sentence names, with the bodies that its pronouns and bare nouns stand for."""
        found: list[Mention] = []
        for mention in self.cast.mentions(text):
            found.append(replace(mention, who=self._meant(mention.who, found)))
        return tuple(found)

    def _meant(self, who: Who, earlier: Sequence[Mention]) -> Who:
        if who.kind == "pronoun":
            return self._pronoun(earlier) or who
        return self._anaphor(who.value) or who if who.kind == "anaphor" else who

    def _pronoun(self, earlier: Sequence[Mention]) -> Who | None:
        """Say what "se" is: a body of the same sentence, else what the sentence before was about."""
        if named := [mention.who for mention in earlier if mention.who.kind in _BODILY]:
            return named[0]
        if len(self.spoken.subject) == 1 and not earlier:
            return self.spoken.subject[0]
        return Who("groups") if self.spoken.groups else None

    def _anaphor(self, head: str) -> Who | None:
        """Say what "foorumi" is: the one last spoken of, else the only one; "kokous" is one of whatever meets."""
        of_groups = head in self._group_heads
        alone = head not in self.cast.language.never_alone
        if self.spoken.groups and of_groups:
            return Who("groups")
        if same := self.spoken.by_head.get(head) or self._lonely.get(head):
            return Who("body", same)
        if of_groups or (self.spoken.groups and not alone):
            return Who("groups")
        return Who("body", self.spoken.body) if self.spoken.body and not alone else None

    def hear(self, mentions: Sequence[Mention], text: str) -> None:
        """Remember whom a sentence was about: its first body or groups, and its subject."""
        about = [mention for mention in mentions if mention.who.kind in _BODILY and mention.case != "as"]
        leading = [mention for mention in about if mention.case in ("subject", "genitive", "at")] or about
        if leading:
            who = leading[0].who
            self.spoken.groups = who.kind == "groups"
            self.spoken.body = who.value if who.kind == "body" else None
        for mention in about:
            if head := self._head_of.get(mention.who.value):
                self.spoken.by_head[head] = mention.who.value
        chains = chains_of(mentions, text, self.cast.language)
        subject = next((c for c in chains if c[0].who.kind in _NAMED and c[0].case in ("subject", "agent")), ())
        if subject:
            self.spoken.subject = tuple(mention.who for mention in subject)
        elif leading:
            self.spoken.subject = (leading[0].who,)

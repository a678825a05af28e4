"""What is proposed from a text: never more than it says, with the words it rests on (a person confirms or refuses)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause as plain text, one paragraph or item a line, with the titles above it."""

    id: str
    title: str
    part: str
    text: str
    ref: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words of a sentence that something rests on: from ``start`` up to ``end``, and what they say."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that a text seems to say, as the plain data of a block.

    ``data`` holds what the text says and nothing else; ``open`` names the keys that a person still has to fill in.
    ``sentence`` is empty where the proposal rests on a heading. ``rule`` is the code of the rule that found it.
    """

    kind: str
    clause: str
    sentence: str
    marks: tuple[Mark, ...]
    data: Mapping[str, Any]
    open: tuple[str, ...] = ()
    rule: str = ""

    @property
    def key(self) -> str:
        """What the proposal is known by, wherever its sentence moves: what it says and the words it rests on."""
        said = json.dumps([self.kind, " ".join(self.sentence.split()), self.data], sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()[:20]

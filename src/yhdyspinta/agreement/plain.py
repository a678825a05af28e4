"""From the YAML of a block to plain data: read safely, and once for as long as it stays the same (DESIGN §2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.parser import Parser

from yhdyspinta.agreement.kept import Kept

MAX_BLOCK = 512 * 1024
MAX_DEPTH = 20
# Plain data and its lines take some twenty times the room of the text.
MAX_KEPT = 2 * 1024 * 1024

# What an escape such as "\\0" can write and neither a database nor a page can hold.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a block's YAML, at a line counted from the block's first line as 1."""

    line: int
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A block as plain data, with the line of each of its keys by path, counted from the block's first line as 1."""

    data: Any = None
    lines: Mapping[Path, int] = field(default_factory=dict)
    flaws: tuple[Flaw, ...] = ()
    readable: bool = True
    """Whether there is data; a key that stands twice is a flaw, but its block still reads."""


class _Refused(Exception):
    """The YAML is shaped to do harm rather than to be read."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(flaw.message)


_kept: Kept[Plain] = Kept(MAX_KEPT)


def read_plain(kind: str, content: str) -> Plain:
    """Read YAML 1.2 safely: bounded size and depth, no aliases, no tags, no key twice.

    What is wrong is in ``flaws``. The data is the caller's own; nobody else sees it change.
    """
    if len(content) > MAX_BLOCK:
        flaw = Flaw(0, f"the `{kind}` block is over {MAX_BLOCK // 1024} kB", "split it")
        return Plain(flaws=(flaw,), readable=False)
    kept = _kept.get((kind, content), lambda: _read(kind, content))
    return Plain(_copy(kept.data), kept.lines, kept.flaws, kept.readable)


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_copy(value) for value in data]
    return data


def _read(kind: str, content: str) -> Plain:
    yaml = YAML(typ="safe", pure=True)
    yaml.Parser = _CarefulParser
    reading = _Reading(yaml)
    try:
        node = yaml.compose(content)
        data = reading.of(node, ()) if node is not None else None
    except _Refused as refused:
        flaw = Flaw(refused.flaw.line, f"the `{kind}` block {refused.flaw.message}", refused.flaw.mend)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"the `{kind}` block is not valid YAML: {error.problem or error.context}"
        flaw = Flaw(mark.line + 1 if mark else 0, message, "mend the YAML here")
    except (YAMLError, ValueError) as error:
        flaw = Flaw(0, f"the `{kind}` block is not valid YAML: {error}", "mend the YAML of this block")
    else:
        return Plain(data, reading.lines, tuple(reading.flaws))
    return Plain(flaws=(*reading.flaws, flaw), readable=False)


class _CarefulParser(Parser):  # type: ignore[misc, unused-ignore]
    """Refuses a document while it is parsed: before an alias is followed or the nesting costs anything."""

    depth = 0

    def get_event(self) -> Any:
        """Return the next event."""
        event: Event = super().get_event()
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(Flaw(line, "uses an anchor or an alias", "write the value out where it is needed"))
        if tag := getattr(event, "tag", None):
            raise _Refused(Flaw(line, f"uses the tag `{tag}`", "remove it"))
        self.depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if self.depth > MAX_DEPTH:
            raise _Refused(Flaw(line, f"is nested deeper than {MAX_DEPTH}", "flatten it"))
        return event


class _Reading:
    """Turns YAML nodes into plain data and notes the line of everything."""

    def __init__(self, yaml: YAML) -> None:
        self.yaml = yaml
        self.lines: dict[Path, int] = {}
        self.flaws: list[Flaw] = []

    def of(self, node: Node, path: Path) -> Any:
        """Return the node as text, number, truth value, date, list, mapping or nothing (YAML 1.2 core and dates)."""
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if isinstance(node, SequenceNode):
            return [self.of(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, MappingNode)
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self.flaws.append(Flaw(line, "a key that is a list or a mapping", "keys are words"))
                continue
            key = _NO_TEXT.sub("", key_node.value)
            if key in mapping:
                self.flaws.append(Flaw(line, f"the key `{key}` stands twice", "keep one of them"))
            mapping[key] = self.of(value_node, (*path, key))
            self.lines[(*path, key)] = line
        return mapping

    def _scalar(self, node: ScalarNode) -> Any:
        """Return a scalar; what looks like a date and is none stays text, and is found where a date is wanted."""
        if _NO_TEXT.search(node.value):
            flaw = Flaw(node.start_mark.line + 1, "a control character or half a character", "write it without")
            self.flaws.append(flaw)
            return _NO_TEXT.sub("", node.value)
        try:
            return self.yaml.constructor.construct_object(node, deep=True)
        except (ValueError, OverflowError):
            return node.value

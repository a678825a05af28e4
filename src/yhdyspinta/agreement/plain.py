"""From the YAML of a block to plain data: read safely, and once for as long as it stays the same (DESIGN §2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.parser import Parser

from yhdyspinta.agreement.kept import Kept
from yhdyspinta.agreement.saying import Said

MAX_BLOCK = 512 * 1024
MAX_DEPTH = 20
MAX_BITS = 64
# Plain data and its lines take some twenty times the room of the text.
MAX_KEPT = 2 * 1024 * 1024

Keys: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a block's YAML, at a line counted from the block's first line as 1."""

    line: int
    message: Said
    mend: Said
    where: Keys = ()


@dataclass(frozen=True, slots=True)
class Plain:
    """A block as plain data, with the line of each of its keys by path, counted from the block's first line as 1."""

    data: Any = None
    lines: Mapping[Keys, int] = field(default_factory=dict)
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
        size = MAX_BLOCK // 1024
        flaw = Flaw(0, Said("the `%(kind)s` block is over %(size)s kB", kind=kind, size=size), Said("split it"))
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
        message = Said("the `%(kind)s` block %(refusal)s", kind=kind, refusal=refused.flaw.message)
        flaw = Flaw(refused.flaw.line, message, refused.flaw.mend)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        flaw = Flaw(line, _invalid(kind, error.problem or error.context), Said("mend the YAML here"))
    except (YAMLError, ValueError) as error:
        flaw = Flaw(0, _invalid(kind, error), Said("mend the YAML of this block"))
    else:
        return Plain(data, reading.lines, tuple(reading.flaws))
    return Plain(flaws=(*reading.flaws, flaw), readable=False)


def _invalid(kind: str, why: object) -> Said:
    """Say what the reader of YAML says; it says it in English only."""
    return Said("the `%(kind)s` block is not valid YAML: %(why)s", kind=kind, why=why)


class _CarefulParser(Parser):  # type: ignore[misc, unused-ignore]
    """Refuses a document while it is parsed: before an alias is followed or the nesting costs anything."""

    depth = 0

    def get_event(self) -> Any:
        """Return the next event."""
        event: Event = super().get_event()
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            mend = Said("write the value out where it is needed")
            raise _Refused(Flaw(line, Said("uses an anchor or an alias"), mend))
        if tag := getattr(event, "tag", None):
            raise _Refused(Flaw(line, Said("uses the tag `%(tag)s`", tag=tag), Said("remove it")))
        self.depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if self.depth > MAX_DEPTH:
            raise _Refused(Flaw(line, Said("is nested deeper than %(depth)s", depth=MAX_DEPTH), Said("flatten it")))
        return event


class _Reading:
    """Turns YAML nodes into plain data and notes the line of everything."""

    def __init__(self, yaml: YAML) -> None:
        self.yaml = yaml
        self.lines: dict[Keys, int] = {}
        self.flaws: list[Flaw] = []

    def of(self, node: Node, path: Keys) -> Any:
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
                self.flaws.append(Flaw(line, Said("a key that is a list or a mapping"), Said("keys are words"), path))
                continue
            key = str(key_node.value)
            if key in mapping:
                message = Said("the key `%(key)s` stands twice", key=key)
                self.flaws.append(Flaw(line, message, Said("keep one of them"), (*path, key)))
            mapping[key] = self.of(value_node, (*path, key))
            self.lines[(*path, key)] = line
        return mapping

    def _scalar(self, node: ScalarNode) -> Any:
        """Return a scalar; what looks like a date and is none stays text, and is found where a date is wanted.

        So does a number without end, which nothing could write again.
        """
        try:
            found = self.yaml.constructor.construct_object(node, deep=True)
        except (ValueError, OverflowError):
            return node.value
        return node.value if isinstance(found, int) and found.bit_length() > MAX_BITS else found

"""From Markdown to headings, prose and blocks, each with the line it stands on (DESIGN §2).

Nothing here knows what a duty is: the reader only takes the file apart, and refuses what is not safe to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.front_matter import front_matter_plugin
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_BYTES = 5 * 1024 * 1024
MAX_BLOCK = 512 * 1024
MAX_DEPTH = 20
_YAML_BLOCK = re.compile(r"^ya?ml(?:\s+(\S+))?\s*$")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in an agreement's files that must be mended before it can be read."""

    file: str
    line: int
    message: str
    mend: str

    def __str__(self) -> str:
        """Return the finding as one line that editors can jump to."""
        return f"{self.file}:{self.line}: {self.message} ({self.mend})"


@dataclass(slots=True)
class RawBlock:
    """A block as plain data, with the line of each of its keys by path."""

    kind: str
    line: int
    data: Any
    lines: dict[tuple[str | int, ...], int]

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """Return the line of the nearest thing on the path that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, self.line)


@dataclass(slots=True)
class RawHeading:
    """A heading with its attributes, and everything up to the next one."""

    depth: int
    title: str
    line: int
    id: str = ""
    kind: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    prose: list[Token] = field(default_factory=list)
    blocks: list[RawBlock] = field(default_factory=list)


@dataclass(slots=True)
class RawFile:
    """One language of an agreement, taken apart."""

    name: str
    front: RawBlock | None = None
    headings: list[RawHeading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def find(self, line: int, message: str, mend: str) -> None:
        """Note something to mend."""
        self.findings.append(Finding(self.name, line, message, mend))


def markdown() -> MarkdownIt:
    """Return the Markdown reader: CommonMark without raw HTML and images."""
    reader = MarkdownIt("commonmark", {"html": False}).use(front_matter_plugin)
    reader.disable(["image", "html_block", "html_inline"])
    return reader


def decode(name: str, content: bytes) -> tuple[str, list[Finding]]:
    """Return a file's text, or what keeps it from being one."""
    if len(content) > MAX_BYTES:
        size = len(content) / 1024 / 1024
        return "", [Finding(name, 1, f"the file is {size:.1f} MB", "an agreement file is at most 5 MB")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return "", [Finding(name, line, "the file is not UTF-8 text", "save it with the encoding UTF-8")]
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        return "", [Finding(name, line, "the file has a NUL character", "save it as plain text")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def read_file(name: str, text: str) -> RawFile:
    """Take one language's file apart; what is wrong is noted in its ``findings``."""
    raw = RawFile(name)
    tokens = markdown().parse(text)
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "front_matter":
            raw.front = _block(raw, "front matter", token.content, _line(token))
        elif token.type == "heading_open":
            _heading(raw, token, tokens[position + 1])
            position += 2
        elif token.type == "fence" and (match := _YAML_BLOCK.match(token.info)):
            _fence(raw, match[1], token)
        elif raw.headings:
            raw.headings[-1].prose.append(token)
        else:
            raw.find(_line(token), "text before the first heading", "begin with a heading, # Title {#id}")
        position += 1
    if raw.front is None:
        raw.find(1, "the front matter is missing", "begin the file with a block of YAML between two --- lines")
    return raw


def render(tokens: list[Token]) -> str:
    """Return prose as HTML; raw HTML was escaped on reading, so it is safe to show."""
    reader = markdown()
    assert isinstance(reader.renderer, RendererHTML)
    return reader.renderer.render(tokens, reader.options, {})


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _heading(raw: RawFile, token: Token, inline: Token) -> None:
    heading = RawHeading(depth=int(token.tag[1]), title=inline.content.strip(), line=_line(token))
    raw.headings.append(heading)
    title, brace, _ = heading.title.partition("{")
    if not brace:
        raw.find(heading.line, f"the heading `{heading.title}` has no id", f"write # {heading.title} {{#some-id}}")
        return
    try:
        end, attributes = parse(heading.title[len(title) :])
    except ParseError as error:
        raw.find(heading.line, f"the attributes of the heading cannot be read: {error}", "write {#id .kind key=value}")
        return
    if heading.title[len(title) + end + 1 :].strip():
        raw.find(heading.line, "there is text after the heading's attributes", "put the attributes last")
    heading.title = title.strip()
    heading.id = attributes.pop("id", "")
    heading.kind = attributes.pop("class", "")
    heading.attributes = attributes


def _fence(raw: RawFile, kind: str | None, token: Token) -> None:
    line = _line(token)
    if kind is None:
        raw.find(line, "a YAML block without its kind", "write the kind after yaml, such as ```yaml duty")
    elif not raw.headings:
        raw.find(line, f"a `{kind}` block before the first heading", "put it below the clause that it belongs to")
    elif block := _block(raw, kind, token.content, line):
        raw.headings[-1].blocks.append(block)


def _block(raw: RawFile, kind: str, content: str, line: int) -> RawBlock | None:
    """Read YAML 1.2 safely: bounded size and depth, no aliases, no tags, no key twice."""
    if len(content) > MAX_BLOCK:
        raw.find(line, f"the `{kind}` block is over {MAX_BLOCK // 1024} kB", "split it")
        return None
    try:
        yaml = YAML(typ="safe", pure=True)
        if refusal := _refusal(content):
            raw.find(line + refusal[0] + 1, f"the `{kind}` block {refusal[1]}", refusal[2])
            return None
        node = yaml.compose(content)
        block = RawBlock(kind, line, None, {})
        if node is not None:
            block.data = _Plain(yaml, block, raw).of(node, ())
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = line + (mark.line + 1 if mark else 0)
        raw.find(at, f"the `{kind}` block is not valid YAML: {error.problem or error.context}", "mend the YAML here")
        return None
    except (YAMLError, ValueError) as error:
        raw.find(line, f"the `{kind}` block is not valid YAML: {error}", "mend the YAML of this block")
        return None
    return block


def _refusal(content: str) -> tuple[int, str, str] | None:
    """Return line, reason and mend when the YAML is shaped to do harm rather than to be read."""
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(content):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            return line, "uses an anchor or an alias", "write the value out where it is needed"
        if getattr(event, "tag", None):
            return line, f"uses the tag `{event.tag}`", "remove it"
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return line, f"is nested deeper than {MAX_DEPTH}", "flatten it"
    return None


@dataclass(slots=True)
class _Plain:
    """Turns YAML nodes into plain data and notes the line of everything."""

    yaml: YAML
    block: RawBlock
    raw: RawFile

    def of(self, node: Node, path: tuple[str | int, ...]) -> Any:
        """Return the node as text, number, truth value, date, list, mapping or nothing (YAML 1.2 core and dates)."""
        self.block.lines[path] = self.block.line + node.start_mark.line + 1
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if isinstance(node, SequenceNode):
            return [self.of(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, MappingNode)
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = self.block.line + key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self.raw.find(line, "a key that is a list or a mapping", "keys are words")
                continue
            key = str(key_node.value)
            if key in mapping:
                self.raw.find(line, f"the key `{key}` stands twice", "keep one of them")
            mapping[key] = self.of(value_node, (*path, key))
            self.block.lines[(*path, key)] = line
        return mapping

    def _scalar(self, node: ScalarNode) -> Any:
        """Return a scalar; what looks like a date and is none stays text, and is found where a date is wanted."""
        try:
            return self.yaml.constructor.construct_object(node, deep=True)
        except ValueError:
            return node.value

"""From Markdown to headings, prose and blocks, each with the line it stands on (DESIGN §2).

Nothing here knows what a duty is: the reader only takes the file apart, and refuses what is not safe to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.front_matter import front_matter_plugin

from yhdyspinta.agreement.kept import Kept
from yhdyspinta.agreement.plain import read_plain

MAX_BYTES = 5 * 1024 * 1024
MAX_KEPT = 1024 * 1024
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
    """A block as plain data, with the line of each of its keys by path, counted from the block's first as 1."""

    kind: str
    line: int
    data: Any
    lines: Mapping[tuple[str | int, ...], int]

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """Return the line of the nearest thing on the path that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.line + self.lines.get(path, 0)


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
    """Shared with whoever reads the same text: never changed."""
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


_kept: Kept[list[Token]] = Kept(MAX_KEPT)


def markdown() -> MarkdownIt:
    """Return the Markdown reader: CommonMark with tables, without raw HTML and images."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").use(front_matter_plugin)
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
    tokens = _kept.get((text,), lambda: _reader().parse(text))
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
    reader = _reader()
    assert isinstance(reader.renderer, RendererHTML)
    return reader.renderer.render(tokens, reader.options, {})


@cache
def _reader() -> MarkdownIt:
    return markdown()


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _heading(raw: RawFile, token: Token, inline: Token) -> None:
    heading = RawHeading(depth=int(token.tag[1]), title=inline.content.strip(), line=_line(token))
    raw.headings.append(heading)
    if token.level:
        raw.find(heading.line, "a heading inside a list or a quotation", "begin the heading at the start of its line")
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
    if not heading.title:
        raw.find(heading.line, "a heading without words", "write the words before {#id}")
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
    """Return a block as plain data; what is wrong with it is noted."""
    plain = read_plain(kind, content)
    for flaw in plain.flaws:
        raw.find(line + flaw.line, flaw.message, flaw.mend)
    return RawBlock(kind, line, plain.data, plain.lines) if plain.readable else None

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
from yhdyspinta.agreement.plain import Keys, read_plain
from yhdyspinta.agreement.saying import Said

MAX_BYTES = 5 * 1024 * 1024
MAX_KEPT = 1024 * 1024
_YAML_BLOCK = re.compile(r"^ya?ml(?:\s+(\S+))?\s*$")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in an agreement's files that must be mended before it can be read.

    ``clause`` is the id of the heading it stands under, ``block`` the kind and id of the block it is in, and ``where``
    the keys that lead to it there, or the part of a heading: ``("seats", 0, "who")``. They are empty where it is of
    the whole. An item of a list of blocks is a block; one without an id is named by its place: ``(2, "id")``.
    """

    file: str
    line: int
    message: Said
    mend: Said
    where: Keys = field(default=(), compare=False)
    block: tuple[str, str] | None = field(default=None, compare=False)
    clause: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return the finding as one line that editors can jump to."""
        return f"{self.file}:{self.line}: {self.message} ({self.mend})"


@dataclass(slots=True)
class RawBlock:
    """A block as plain data, with the line of each of its keys by path, counted from the block's first as 1."""

    kind: str
    line: int
    data: Any
    lines: Mapping[Keys, int]
    clause: str = ""

    def line_of(self, path: Keys) -> int:
        """Return the line of the nearest thing on the path that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.line + self.lines.get(path, 0)

    def place_of(self, path: Keys) -> tuple[tuple[str, str], Keys]:
        """Return the kind and id of the block that a path leads into, and the keys that lead on from there."""
        if isinstance(self.data, dict):
            return (self.kind, _id_in(self.data)), path
        if isinstance(self.data, list) and path and isinstance(path[0], int) and (id := _id_in(self.data[path[0]])):
            return (self.kind, id), path[1:]
        return (self.kind, ""), path


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
    number: int = 0
    """The place of its text among the agreement's: 0 is the agreement itself, annexes follow."""
    front: RawBlock | None = None
    headings: list[RawHeading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def find(self, line: int, message: Said, mend: Said, *, clause: str = "") -> None:
        """Note something to mend."""
        self.findings.append(Finding(self.name, line, message, mend, clause=clause))

    def find_at(self, heading: RawHeading, message: Said, mend: Said, *where: str, line: int | None = None) -> None:
        """Note something to mend at a heading or in its text; ``where`` says which part of the heading."""
        at = heading.line if line is None else line
        self.findings.append(Finding(self.name, at, message, mend, where, clause=heading.id))

    def find_in(self, block: RawBlock, path: Keys, message: Said, mend: Said) -> None:
        """Note something to mend at a key of a block, or with no path in the block as a whole."""
        named, where = block.place_of(path)
        line = block.line_of(path) if path else block.line
        self.findings.append(Finding(self.name, line, message, mend, where, named, block.clause))


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
        message = Said("the file is %(size)s MB", size=f"{size:.1f}")
        return "", [Finding(name, 1, message, Said("an agreement file is at most 5 MB"))]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return "", [Finding(name, line, Said("the file is not UTF-8 text"), Said("save it with the encoding UTF-8"))]
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        return "", [Finding(name, line, Said("the file has a NUL character"), Said("save it as plain text"))]
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
            message = Said("text before the first heading")
            raw.find(_line(token), message, Said("begin with a heading, # Title {#id}"))
        position += 1
    if raw.front is None:
        mend = Said("begin the file with a block of YAML between two --- lines")
        raw.find(1, Said("the front matter is missing"), mend)
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
        mend = Said("begin the heading at the start of its line")
        raw.find(heading.line, Said("a heading inside a list or a quotation"), mend)
    title, brace, _ = heading.title.partition("{")
    if not brace:
        message = Said("the heading `%(title)s` has no id", title=heading.title)
        raw.find_at(heading, message, Said("write # %(title)s {#some-id}", title=heading.title), "id")
        return
    try:
        end, attributes = parse(heading.title[len(title) :])
    except ParseError as error:
        message = Said("the attributes of the heading cannot be read: %(why)s", why=error)
        raw.find_at(heading, message, Said("write {#id .kind key=value}"))
        return
    beyond = heading.title[len(title) + end + 1 :].strip()
    heading.title = title.strip()
    heading.id = attributes.pop("id", "")
    heading.kind = attributes.pop("class", "")
    heading.attributes = attributes
    if beyond:
        raw.find_at(heading, Said("there is text after the heading's attributes"), Said("put the attributes last"))
    if not heading.title:
        raw.find_at(heading, Said("a heading without words"), Said("write the words before {#id}"), "title")


def _fence(raw: RawFile, kind: str | None, token: Token) -> None:
    line = _line(token)
    if kind is None:
        raw.find(line, Said("a YAML block without its kind"), Said("write the kind after yaml, such as ```yaml duty"))
    elif not raw.headings:
        message = Said("a `%(kind)s` block before the first heading", kind=kind)
        raw.find(line, message, Said("put it below the clause that it belongs to"))
    elif block := _block(raw, kind, token.content, line):
        raw.headings[-1].blocks.append(block)


def _block(raw: RawFile, kind: str, content: str, line: int) -> RawBlock | None:
    """Return a block as plain data; what is wrong with it is noted."""
    plain = read_plain(kind, content)
    block = RawBlock(kind, line, plain.data, plain.lines, raw.headings[-1].id if raw.headings else "")
    for flaw in plain.flaws:
        named, where = block.place_of(flaw.where)
        at = line + flaw.line
        raw.findings.append(Finding(raw.name, at, flaw.message, flaw.mend, where, named, block.clause))
    return block if plain.readable else None


def _id_in(data: Any) -> str:
    id = data.get("id") if isinstance(data, dict) else None
    return id if isinstance(id, str) and id.isprintable() else ""

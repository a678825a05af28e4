"""The files taken apart into pieces whose sources, laid end to end, are the files again."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from yhdyspinta.agreement.proposing.model import ClauseText
from yhdyspinta.agreement.reader import RawFile, RawHeading, markdown, read_file, render

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_LINE_TAGS = re.compile(r"</?(?:p|li|ul|ol|h\d|pre|blockquote|tr)\b[^>]*>|<br\s*/?>")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it is written, and the plain data in it; several things where its kind is a list."""

    kind: str
    data: Any
    source: str

    def items(self) -> Iterator[Mapping[str, Any]]:
        """Return the things in the block: one, or those of a list."""
        things = self.data if isinstance(self.data, list) else [self.data]
        yield from (thing for thing in things if isinstance(thing, dict))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the things in the block."""
        return tuple(str(thing.get("id", "")) for thing in self.items())


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with everything up to the next one: a part, or a clause."""

    id: str
    title: str
    depth: int
    kind: str
    attributes: Mapping[str, str]
    heading: str
    body: tuple[str | Block, ...] = ()

    @property
    def source(self) -> str:
        """The section as it stands in the file."""
        return self.heading + "".join(part if isinstance(part, str) else part.source for part in self.body)

    @property
    def prose(self) -> str:
        """The text between the blocks, as Markdown."""
        return "\n\n".join(filter(None, (part.strip("\n") for part in self.body if isinstance(part, str))))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, in their order."""
        return tuple(part for part in self.body if isinstance(part, Block))

    @property
    def text(self) -> str:
        """The prose as plain text, a line for each paragraph and item."""
        return plain_lines(self.prose)

    @property
    def html(self) -> str:
        """The prose as HTML that is safe to show."""
        return html_of(self.prose)

    @property
    def sentences(self) -> str:
        """Which sentences of its official heading the clause stands for; empty for all."""
        return self.attributes.get("sentences", "")


@dataclass(frozen=True, slots=True)
class File:
    """One language of the agreement, or of an annex, in pieces; ``front`` is empty where it cannot be read."""

    preamble: str
    front: Mapping[str, Any]
    sections: tuple[Section, ...]

    @property
    def source(self) -> str:
        """The file as it is written."""
        return self.preamble + "".join(section.source for section in self.sections)

    def at(self, id: str) -> int:
        """Return the place of a section.

        Raises:
            KeyError: there is no such heading.

        """
        for place, section in enumerate(self.sections):
            if section.id == id:
                return place
        raise KeyError(id)

    def has(self, id: str) -> bool:
        """Tell whether the file has a section; a translation may lack one."""
        return any(section.id == id for section in self.sections)

    def put(self, section: Section) -> File:
        """Return the file with a section in the place of the one with its id."""
        place = self.at(section.id)
        return replace(self, sections=(*self.sections[:place], section, *self.sections[place + 1 :]))


@dataclass(frozen=True)
class Manuscript:
    """An agreement's files by key (a language, or ``annex.language``), to be read in pieces and written on."""

    files: Mapping[str, File] = field(repr=False)

    @classmethod
    def read(cls, sources: Mapping[str, str]) -> Manuscript:
        """Take sources apart, whatever is wrong with them: what cannot be read stays as it is written."""
        return cls({key: _file(key, text) for key, text in sources.items()})

    @cached_property
    def sources(self) -> dict[str, str]:
        """The files as text, by key."""
        return {key: file.source for key, file in self.files.items()}

    @cached_property
    def authority(self) -> str:
        """The key of the file that has the blocks; the first one where none says that it is the authority."""
        return next((key for key, file in self.files.items() if "id" in file.front), next(iter(self.files)))

    @property
    def text(self) -> File:
        """The authoritative file."""
        return self.files[self.authority]

    @property
    def front(self) -> Mapping[str, Any]:
        """What is said of the whole agreement."""
        return self.text.front

    @property
    def levels(self) -> list[Mapping[str, Any]]:
        """The levels that the front matter names, as far as they can be read."""
        said = self.front.get("levels")
        return [level for level in said if isinstance(level, Mapping)] if isinstance(said, list) else []

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that words are given in, the authority's first."""
        own = (key for key in self.files if "." not in key)
        return tuple(sorted(own, key=lambda key: key != self.authority))

    def home_of(self, id: str) -> str:
        """Return the key of the authoritative file that a section stands in: the agreement's, or an annex's.

        Raises:
            KeyError: there is no such heading.

        """
        own = [key for key in self.files if key.rpartition(".")[2] == self.authority]
        for key in sorted(own, key=lambda key: key != self.authority):
            if any(section.id == id for section in self.files[key].sections):
                return key
        raise KeyError(id)

    def companions(self, key: str) -> tuple[str, ...]:
        """Return the keys of the same text in every language, the given one first."""
        annex = key.rpartition(".")[0]
        return (key, *(other for other in self.files if other != key and other.rpartition(".")[0] == annex))

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section of the authority and of its annexes, in the order of the text."""
        own = [key for key in self.files if key.rpartition(".")[2] == self.authority]
        keys = sorted(own, key=lambda key: (key != self.authority, key))
        return tuple(section for key in keys for section in self.files[key].sections)

    def section(self, id: str) -> Section:
        """Return a section of the authority or an annex.

        Raises:
            KeyError: there is no such heading.

        """
        file = self.files[self.home_of(id)]
        return file.sections[file.at(id)]

    def prose_of(self, id: str) -> dict[str, str]:
        """Return the prose of a section by language, empty where a translation lacks it."""
        found: dict[str, str] = {}
        for key in self.companions(self.home_of(id)):
            language = key.rpartition(".")[2]
            found[language] = next((each.prose for each in self.files[key].sections if each.id == id), "")
        return found

    def titles_of(self, id: str) -> dict[str, str]:
        """Return the title of a section by language."""
        found: dict[str, str] = {}
        for key in self.companions(self.home_of(id)):
            language = key.rpartition(".")[2]
            found[language] = next((each.title for each in self.files[key].sections if each.id == id), "")
        return found

    def with_file(self, key: str, file: File) -> Manuscript:
        """Return the manuscript with a file in the place of another."""
        return Manuscript({**self.files, key: file})

    def with_section(self, section: Section) -> Manuscript:
        """Return the manuscript with a section of the authority or an annex in the place of the one with its id."""
        home = self.home_of(section.id)
        return self.with_file(home, self.files[home].put(section))

    def blocks(self, *kinds: str) -> Iterator[tuple[Section, Block]]:
        """Return every block of some kinds (all, unless said) with the section it stands in."""
        for section in self.sections:
            yield from ((section, block) for block in section.blocks if not kinds or block.kind in kinds)

    def things(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """Return everything of a kind by its id, as plain data."""
        return {str(thing.get("id", "")): thing for _section, block in self.blocks(kind) for thing in block.items()}

    def thing(self, kind: str, id: str) -> tuple[Section, Block, Mapping[str, Any]]:
        """Return one thing with its block and section.

        Raises:
            KeyError: there is none.

        """
        for section, block in self.blocks(kind):
            for thing in block.items():
                if str(thing.get("id", "")) == id:
                    return section, block, thing
        raise KeyError(id)

    def ids(self) -> set[str]:
        """Return every id that is taken: of headings, and of things of every kind."""
        things = {id for _section, block in self.blocks() for id in block.ids}
        return things | {section.id for section in self.sections}

    def clause_texts(self) -> tuple[ClauseText, ...]:
        """Return every section as plain text with the title of the heading above it, for what is proposed from it."""
        above: dict[int, str] = {}
        found = []
        for section in self.sections:
            above = {depth: title for depth, title in above.items() if depth < section.depth}
            over = above[max(above)] if above else section.title
            found.append(ClauseText(section.id, section.title, over, section.text, section.attributes.get("ref", "")))
            above[section.depth] = section.title
        return tuple(found)


@lru_cache(maxsize=2048)
def html_of(prose: str) -> str:
    """Return Markdown as HTML that is safe to show."""
    return render(markdown().parse(prose))


@lru_cache(maxsize=2048)
def plain_lines(prose: str) -> str:
    """Return Markdown as plain text: a line for each paragraph and item, white space folded."""
    shown = _LINE_TAGS.sub("\0", html_of(prose))
    lines = html.unescape(_TAG.sub("", shown)).split("\0")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _file(key: str, text: str) -> File:
    text = text if not text or text.endswith("\n") else f"{text}\n"
    raw = read_file(f"agreement.{key}.md", text)
    lines = text.splitlines(keepends=True)
    starts = [heading.line - 1 for heading in raw.headings]
    ends = [*starts[1:], len(lines)][: len(starts)]
    sections = tuple(
        _section(heading, lines, start, end) for heading, start, end in zip(raw.headings, starts, ends, strict=True)
    )
    return File("".join(lines[: starts[0]] if starts else lines), _front(raw), sections)


def _front(raw: RawFile) -> Mapping[str, Any]:
    data = raw.front.data if raw.front else None
    return data if isinstance(data, dict) else {}


def _section(heading: RawHeading, lines: list[str], start: int, end: int) -> Section:
    body_from = start + (1 if lines[start].lstrip().startswith("#") else 2)  # two lines when it is underlined
    body: list[str | Block] = []
    place = body_from
    for block in heading.blocks:
        first = block.line - 1
        opened = _FENCE.match(lines[first])
        if not opened:  # within a list or a quotation: it stays a part of the text
            continue
        last = _fence_end(lines, first, end, opened[1])
        if first > place:
            body.append("".join(lines[place:first]))
        body.append(Block(block.kind, block.data, "".join(lines[first:last])))
        place = last
    if end > place:
        body.append("".join(lines[place:end]))
    return Section(
        heading.id,
        heading.title,
        heading.depth,
        heading.kind,
        dict(heading.attributes),
        "".join(lines[start:body_from]),
        tuple(body),
    )


def _fence_end(lines: list[str], first: int, end: int, fence: str) -> int:
    """Return the line after a fenced block (CommonMark 4.5: closed by as many of the same, or by the end)."""
    closing = re.compile(rf"^ {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    for place in range(first + 1, end):
        if closing.match(lines[place]):
            return place + 1
    return end

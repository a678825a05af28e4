"""Everything that is read of an agreement's files, before it is known to hang together (DESIGN §2)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from yhdyspinta.agreement.blocks import (
    AnnexFrontMatter,
    AnnexTranslationFrontMatter,
    Block,
    Body,
    FrontMatter,
    Goal,
    Law,
    Party,
    Reading,
    Rule,
    Term,
    Theme,
    TranslationFrontMatter,
)
from yhdyspinta.agreement.duty import Duty, Right
from yhdyspinta.agreement.plain import Keys
from yhdyspinta.agreement.reader import RawBlock, RawFile, RawHeading
from yhdyspinta.agreement.saying import Said
from yhdyspinta.agreement.validation import validated

_F = TypeVar("_F", bound=Block)

BLOCKS: dict[str, type[Block]] = {
    "parties": Party,
    "terms": Term,
    "body": Body,
    "theme": Theme,
    "duty": Duty,
    "right": Right,
    "rule": Rule,
    "goal": Goal,
    "law": Law,
    "reading": Reading,
}
LISTS = {"parties", "terms"}
CLAUSE_KINDS = (
    "definition", "principle", "structure", "duty", "right", "rule", "goal", "law", "term", "party", "signature",
)  # fmt: skip
DEEPEST = 4
MOST_SENTENCES = 10_000
ITSELF = "agreement"
_HEADING_KEYS = {"ref", "official", "sentences"}
_SENTENCES = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?")
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@dataclass(slots=True)
class Placed:
    """A block that was read, and where it stands."""

    block: Any
    raw: RawBlock
    path: Keys
    heading: RawHeading
    file: RawFile

    @property
    def line(self) -> int:
        """The line of the block, or of its item in a list."""
        return self.raw.line_of(self.path)

    def line_of(self, *keys: str | int) -> int:
        """Return the line of one of its keys."""
        return self.raw.line_of((*self.path, *keys))

    def find(self, message: Said, mend: Said, *keys: str | int) -> None:
        """Note something to mend at one of its keys."""
        self.file.find_in(self.raw, (*self.path, *keys), message, mend)


@dataclass(slots=True)
class Written:
    """One text in its languages: the agreement itself (``annex`` is empty), or an annex."""

    annex: str
    language: str
    authority: RawFile
    translations: dict[str, RawFile]
    front: FrontMatter | AnnexFrontMatter | None

    @property
    def files(self) -> dict[str, RawFile]:
        """The files by language, the authority first."""
        return {self.language: self.authority, **self.translations}

    def find_in_front(self, message: Said, mend: Said, *keys: str | int) -> None:
        """Note something to mend in what is said of the whole text."""
        assert self.authority.front
        self.authority.find_in(self.authority.front, keys, message, mend)


@dataclass(slots=True)
class Draft:
    """Everything that was read, before it is known to hang together."""

    authority: RawFile
    translations: dict[str, RawFile]
    front: FrontMatter
    annexes: list[Written] = field(default_factory=list)
    blocks: dict[str, list[Placed]] = field(default_factory=dict)
    broken: dict[str, set[str]] = field(default_factory=dict)
    """Ids of blocks that could not be read, by kind: what names them is not at fault."""

    def of(self, *kinds: str) -> list[Placed]:
        """Return the blocks of some kinds in the order of the text; an annex follows the agreement."""
        found = [placed for kind in kinds for placed in self.blocks.get(kind, [])]
        return found if len(kinds) == 1 else sorted(found, key=lambda placed: (placed.file.number, placed.line))

    @property
    def itself(self) -> Written:
        """The agreement without its annexes."""
        return Written("", self.front.language, self.authority, self.translations, self.front)

    @property
    def texts(self) -> tuple[Written, ...]:
        """The agreement itself and its annexes."""
        return (self.itself, *self.annexes)

    @property
    def languages(self) -> tuple[str, ...]:
        """The authority's language first, then the translations'."""
        return (self.front.language, *self.translations)


def read_draft(files: Mapping[str, RawFile]) -> Draft | None:
    """Find the authority among the files, by key, and read all blocks. None without one that can be read."""
    own = {key: raw for key, raw in files.items() if "." not in key}
    authorities = {language: raw for language, raw in own.items() if "id" in _front(raw)}
    if len(authorities) != 1:
        for raw in (authorities or own or files).values():
            two, none = Said("two files say they are the authority"), Said("no file has the agreement's front matter")
            raw.find(1, two if authorities else none, Said("exactly one file has `id:` in its front matter"))
        return None
    ((language, authority),) = authorities.items()
    assert authority.front
    front = validated(authority, authority.front, FrontMatter, authority.front.data)
    translations = {other: raw for other, raw in own.items() if other != language}
    for other, raw in translations.items():
        _read_front(raw, TranslationFrontMatter, language=other)
    _says(authority, "language", language)
    if front is None:
        return None
    draft = Draft(authority, translations, front)
    _read_blocks(draft, authority)
    for annex in sorted({key.rpartition(".")[0] for key in files if "." in key}):
        named = {key.rpartition(".")[2]: raw for key, raw in files.items() if key.rpartition(".")[0] == annex}
        draft.annexes.append(_read_annex(draft, annex, named))
    return draft


def _read_annex(draft: Draft, annex: str, files: dict[str, RawFile]) -> Written:
    """Read an annex: a second text of the same agreement, with clauses and blocks of its own."""
    language = draft.front.language if draft.front.language in files else next(iter(files))
    authority = files[language]
    if language != draft.front.language:
        message = Said(
            "the annex `%(annex)s` has no text in %(language)s, as the agreement has",
            annex=annex,
            language=draft.front.language,
        )
        authority.find(1, message, Said("add %(name)s", name=file_name(f"{annex}.{draft.front.language}")))
    for other, raw in files.items():
        raw.number = len(draft.annexes) + 1
        if other not in draft.languages:
            message = Said("the agreement itself has no text in %(language)s", language=other)
            raw.find(1, message, Said("add %(name)s", name=file_name(other)))
        if annex == ITSELF:
            raw.find(1, Said("an annex cannot be called `%(annex)s`", annex=annex), Said("name it otherwise"))
    translations = {other: raw for other, raw in files.items() if other != language}
    front = _read_front(authority, AnnexFrontMatter, language=language, annex=annex)
    for other, raw in translations.items():
        _read_front(raw, AnnexTranslationFrontMatter, language=other, annex=annex)
    _read_blocks(draft, authority, annex=True)
    return Written(annex, language, authority, translations, front)


def _read_front(raw: RawFile, model: type[_F], **said: str) -> _F | None:
    """Read a front matter that is not the agreement's own; it says what the file is called."""
    if raw.front is None:
        return None
    for key, value in said.items():
        _says(raw, key, value)
    return validated(raw, raw.front, model, {} if raw.front.data is None else raw.front.data)


def file_name(key: str) -> str:
    """Return what the file of a text's key is called: ``agreement.fi.md`` of ``fi``, ``plan.fi.md`` of ``plan.fi``."""
    annex, _, language = key.rpartition(".")
    return f"{annex or ITSELF}.{language}.md"


def _front(raw: RawFile) -> Mapping[str, Any]:
    """Return the front matter; empty where it is missing or no mapping."""
    data = raw.front.data if raw.front else None
    return data if isinstance(data, dict) else {}


def _says(raw: RawFile, key: str, value: str) -> None:
    said = _front(raw).get(key)
    if raw.front and said and said != value:
        message = Said("the file says `%(said)s` but is named %(name)s", said=said, name=raw.name)
        raw.find_in(raw.front, (key,), message, Said("make them agree"))


def _check_heading(raw: RawFile, heading: RawHeading) -> None:
    if heading.id and not _ID.match(heading.id):
        message = Said("`%(id)s` is no id", id=heading.id)
        raw.find_at(heading, message, Said("lower case a–z, digits and single hyphens"), "id")
    if heading.kind and heading.kind not in CLAUSE_KINDS:
        message = Said("unknown kind of clause `%(kind)s`", kind=heading.kind)
        raw.find_at(heading, message, Said("one of %(known)s", known=", ".join(CLAUSE_KINDS)), "kind")
    for key in set(heading.attributes) - _HEADING_KEYS:
        message = Said("unknown attribute `%(key)s` of a heading", key=key)
        raw.find_at(heading, message, Said("known: %(known)s", known=", ".join(sorted(_HEADING_KEYS))), key)
    if heading.depth > DEEPEST:
        raw.find_at(heading, Said("a heading deeper than ####"), Said("parts are #, clauses ##, ### and ####"))
    if "sentences" in heading.attributes and not sentence_numbers(heading.attributes["sentences"]):
        message = Said("`sentences=%(written)s`", written=heading.attributes["sentences"])
        raw.find_at(heading, message, Said("write 3, 1-4 or 1,3"), "sentences")
    if "sentences" in heading.attributes and "official" not in heading.attributes:
        message = Said("`sentences` without `official`")
        raw.find_at(heading, message, Said("name the heading they stand below"), "official")


def sentence_numbers(text: str) -> tuple[int, ...]:
    """Read ``1-3,5``; empty when it cannot be read, or counts further than a text has sentences."""
    numbers: list[int] = []
    for part in text.split(","):
        if not (match := _SENTENCES.fullmatch(part)):
            return ()
        low, high = int(match[1]), int(match[2] or match[1])
        numbers += range(low, high + 1)
        if not 1 <= low <= high or len(numbers) > MOST_SENTENCES:
            return ()
    return tuple(numbers)


def _read_blocks(draft: Draft, raw: RawFile, *, annex: bool = False) -> None:
    for heading in raw.headings:
        _check_heading(raw, heading)
        for block in heading.blocks:
            if annex and block.kind in LISTS:
                message = Said("a `%(kind)s` block in an annex", kind=block.kind)
                raw.find_in(block, (), message, Said("parties and terms stand in the agreement itself"))
            else:
                _read_block(draft, raw, heading, block)


def _read_block(draft: Draft, raw: RawFile, heading: RawHeading, block: RawBlock) -> None:
    model = BLOCKS.get(block.kind)
    if model is None:
        near = difflib.get_close_matches(block.kind, BLOCKS, n=1)
        known = Said("one of %(known)s", known=", ".join(BLOCKS))
        mend = Said("did you mean `%(near)s`?", near=near[0]) if near else known
        raw.find_in(block, (), Said("unknown kind of block `%(kind)s`", kind=block.kind), mend)
        return
    if block.kind in LISTS and not isinstance(block.data, list):
        message = Said("a `%(kind)s` block is a list", kind=block.kind)
        raw.find_in(block, (), message, Said("begin each item with a hyphen"))
        return
    items = enumerate(block.data) if block.kind in LISTS else [(None, block.data)]
    for index, data in items:
        path: Keys = () if index is None else (index,)
        if (read := validated(raw, block, model, data, path)) is not None:
            placed = Placed(read.placed(heading.id), block, path, heading, raw)
            draft.blocks.setdefault(block.kind, []).append(placed)
        elif isinstance(data, dict):
            draft.broken.setdefault(block.kind, set()).add(str(data.get("id")))

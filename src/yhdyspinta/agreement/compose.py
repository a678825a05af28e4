"""From the files taken apart to a charter, or to everything that must be mended first (DESIGN §2, §3.5)."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from yhdyspinta.agreement import crosscheck
from yhdyspinta.agreement.blocks import (
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
from yhdyspinta.agreement.charter import Charter, Clause, Part, Passage
from yhdyspinta.agreement.duty import Duty, Right
from yhdyspinta.agreement.plain import Keys
from yhdyspinta.agreement.reader import Finding, RawBlock, RawFile, RawHeading, decode, read_file, render
from yhdyspinta.agreement.saying import Said
from yhdyspinta.agreement.validation import validated
from yhdyspinta.agreement.words import Words

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
_HEADING_KEYS = {"ref", "official", "sentences"}
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_FILE = re.compile(r"^agreement\.([a-z]{2})\.md$")
_AUTHORITY = re.compile(r"---\n(?:.*\n)*?id:")


class AgreementErrors(Exception):
    """An agreement's files cannot be read as one; carries everything that must be mended."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep the findings in the order of files and lines."""
        self.findings = sorted(findings)
        super().__init__("\n".join(map(str, self.findings)))


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
class Draft:
    """Everything that was read, before it is known to hang together."""

    authority: RawFile
    translations: dict[str, RawFile]
    front: FrontMatter
    blocks: dict[str, list[Placed]] = field(default_factory=dict)
    broken: dict[str, set[str]] = field(default_factory=dict)
    """Ids of blocks that could not be read, by kind: what names them is not at fault."""

    def of(self, kind: str) -> list[Placed]:
        """Return the blocks of a kind in the order of the text."""
        return self.blocks.get(kind, [])

    def find_in_front(self, message: Said, mend: Said, *keys: str | int) -> None:
        """Note something to mend in what is said of the whole agreement."""
        assert self.authority.front
        self.authority.find_in(self.authority.front, keys, message, mend)

    @property
    def languages(self) -> tuple[str, ...]:
        """The authority's language first, then the translations'."""
        return (self.front.language, *self.translations)


def read_agreement(folder: Path) -> Charter:
    """Read an agreement's folder.

    Raises:
        AgreementErrors: something must be mended first.

    """
    sources, findings = sources_of(folder)
    if findings:
        raise AgreementErrors(findings)
    return parse_agreement(sources)


def sources_of(folder: Path) -> tuple[dict[str, str], list[Finding]]:
    """Return the texts of a folder by language, and what keeps files from being texts."""
    sources: dict[str, str] = {}
    findings: list[Finding] = []
    files = sorted(path for path in folder.iterdir() if _FILE.match(path.name)) if folder.is_dir() else []
    if not files:
        mend = Said("the folder holds agreement.fi.md or its like")
        findings.append(Finding(str(folder), 1, Said("no agreement here"), mend))
    for path in files:
        match = _FILE.match(path.name)
        assert match
        try:
            text, unread = decode(path.name, path.read_bytes())
        except OSError as error:
            message = Said("the file cannot be read: %(why)s", why=error.strerror)
            unread = [Finding(path.name, 1, message, Said("check its permissions"))]
        if unread:
            findings += unread
        else:
            sources[match[1]] = text
    return sources, findings


def check(folder: Path) -> list[Finding]:
    """Return everything that must be mended in an agreement's folder, in the order of files and lines."""
    sources, findings = sources_of(folder)
    # Without its authority an agreement's other files say nothing more than that it is missing.
    if not findings or any(_AUTHORITY.match(text) for text in sources.values()):
        findings += check_sources(sources)
    return sorted(set(findings))


def check_sources(sources: Mapping[str, str]) -> list[Finding]:
    """Return everything that must be mended in an agreement's texts by language, in the order of files and lines."""
    return draft_of(sources)[1]


def draft_of(sources: Mapping[str, str]) -> tuple[Draft | None, list[Finding]]:
    """Return what could be read of an agreement's texts by language, and everything that must be mended in them.

    There is no draft where no single text is the authority, or its front matter cannot be read. Whatever the texts
    are, nothing is raised: they may be half written.
    """
    files = {language: read_file(f"agreement.{language}.md", text) for language, text in sources.items()}
    draft = _draft(files)
    if draft is not None:
        crosscheck.crosscheck(draft)
    findings = [finding for raw in files.values() for finding in raw.findings]
    if draft is None and not findings:
        findings = [Finding("agreement", 1, Said("nothing to read"), Said("give at least one text"))]
    told = {(finding, finding.block, finding.where): finding for finding in findings}
    return draft, sorted(told.values())


def parse_agreement(sources: Mapping[str, str]) -> Charter:
    """Read an agreement from its texts by language.

    Raises:
        AgreementErrors: something must be mended first.

    """
    draft, findings = draft_of(sources)
    if draft is None or findings:
        raise AgreementErrors(findings)
    return _charter(draft, sources)


def digest_of(sources: Mapping[str, str]) -> str:
    """Return the digest that names a text whole, in all its languages."""
    return hashlib.sha256(json.dumps(dict(sources), sort_keys=True).encode()).hexdigest()


def _draft(files: dict[str, RawFile]) -> Draft | None:
    """Find the authority among the files and read its blocks."""
    authorities = {lang: raw for lang, raw in files.items() if raw.front and "id" in _front(raw)}
    if len(authorities) != 1:
        for raw in (authorities or files).values():
            two, none = Said("two files say they are the authority"), Said("no file has the agreement's front matter")
            raw.find(1, two if authorities else none, Said("exactly one file has `id:` in its front matter"))
        return None
    ((language, authority),) = authorities.items()
    assert authority.front
    front = validated(authority, authority.front, FrontMatter, authority.front.data)
    translations = {lang: raw for lang, raw in files.items() if lang != language}
    for lang, raw in translations.items():
        if raw.front:
            validated(raw, raw.front, TranslationFrontMatter, {} if raw.front.data is None else raw.front.data)
            _says_its_language(raw, lang)
    _says_its_language(authority, language)
    if front is None:
        return None
    draft = Draft(authority, translations, front)
    for heading in authority.headings:
        _check_heading(authority, heading)
        for block in heading.blocks:
            _read_block(draft, heading, block)
    return draft


def _front(raw: RawFile) -> Mapping[str, Any]:
    """Return the front matter; empty where it is missing or no mapping."""
    data = raw.front.data if raw.front else None
    return data if isinstance(data, dict) else {}


def _says_its_language(raw: RawFile, language: str) -> None:
    said = _front(raw).get("language")
    if raw.front and said and said != language:
        message = Said("the file says `%(said)s` but is named %(name)s", said=said, name=raw.name)
        raw.find_in(raw.front, ("language",), message, Said("make them agree"))


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
    if heading.depth > 2:
        raw.find_at(heading, Said("a heading deeper than ##"), Said("parts are #, clauses ##"))
    if "sentences" in heading.attributes and not _sentences(heading.attributes["sentences"]):
        message = Said("`sentences=%(written)s`", written=heading.attributes["sentences"])
        raw.find_at(heading, message, Said("write 3, 1-4 or 1,3"), "sentences")
    if "sentences" in heading.attributes and "official" not in heading.attributes:
        message = Said("`sentences` without `official`")
        raw.find_at(heading, message, Said("name the heading they stand below"), "official")


def _sentences(text: str) -> tuple[int, ...]:
    """Read ``1-3,5``; empty when it cannot be read."""
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()):
            return ()
        low, high = int(first), int(last or first)
        if not 1 <= low <= high <= 10_000:
            return ()
        numbers += range(low, high + 1)
    return tuple(numbers)


def _read_block(draft: Draft, heading: RawHeading, block: RawBlock) -> None:
    raw = draft.authority
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


def _charter(draft: Draft, sources: Mapping[str, str]) -> Charter:
    """Build the charter of a draft in which nothing is left to mend."""
    front = draft.front
    groups = {level.number for level in front.levels if level.groups}
    bodies = {body.id: body.grouped(group=body.level in groups) for body in (p.block for p in draft.of("body"))}
    for theme in (placed.block for placed in draft.of("theme")):
        if theme.group:
            bodies[theme.id] = _group_of(theme).grouped(group=theme.group.level in groups, theme=theme.id)
    return Charter(
        front=front,
        languages=draft.languages,
        digest=digest_of(sources),
        parts=_parts(draft),
        parties=_by_id(draft, "parties"),
        bodies=bodies,
        themes=_by_id(draft, "theme"),
        terms=_by_id(draft, "terms"),
        duties={placed.block.id: placed.block for placed in _in_text_order(draft, "duty", "right")},
        rules=_by_id(draft, "rule"),
        goals=_by_id(draft, "goal"),
        laws=_by_id(draft, "law"),
        readings=_by_id(draft, "reading"),
        written={placed.block.id: placed.raw.data for placed in draft.of("duty")},
    )


def _by_id(draft: Draft, kind: str) -> dict[str, Any]:
    return {placed.block.id: placed.block for placed in draft.of(kind)}


def _in_text_order(draft: Draft, *kinds: str) -> list[Placed]:
    return sorted((placed for kind in kinds for placed in draft.of(kind)), key=lambda placed: placed.line)


def _group_of(theme: Theme) -> Body:
    """Return the body that a theme's group is; its id is the theme's."""
    assert theme.group
    group = Body(
        id=theme.id,
        level=theme.group.level,
        name=theme.group.name,
        **{"convened-by": theme.group.convened_by, "unspecified": theme.group.unspecified},
    )
    return group.placed(theme.clause)


def _parts(draft: Draft) -> tuple[Part, ...]:
    """Return the document: parts with their clauses, in every language."""
    prose = {raw_lang: {h.id: h for h in raw.headings} for raw_lang, raw in _all_files(draft).items()}
    anchors = _anchors(draft)
    parts: list[tuple[RawHeading, list[Clause]]] = []
    for heading in draft.authority.headings:
        if heading.depth == 1 or not parts:
            parts.append((heading, []))
            if heading.depth == 1:
                continue
        title, html = _titles(heading.id, prose), _prose(heading.id, prose, anchors)
        parts[-1][1].append(_clause(draft, heading, part=parts[-1][0].id, title=title, prose=html))
    return tuple(
        Part(heading.id, _titles(heading.id, prose), _prose(heading.id, prose, anchors), tuple(clauses))
        for heading, clauses in parts
    )


def _all_files(draft: Draft) -> dict[str, RawFile]:
    return {draft.front.language: draft.authority, **draft.translations}


def _clause(draft: Draft, heading: RawHeading, *, part: str, title: Words, prose: Mapping[str, str]) -> Clause:
    def ids(*kinds: str) -> tuple[str, ...]:
        here = [placed for placed in _in_text_order(draft, *kinds) if placed.heading is heading]
        return tuple(placed.block.id for placed in here)

    official = heading.attributes.get("official")
    passage = Passage(official, _sentences(heading.attributes.get("sentences", ""))) if official else None
    return Clause(
        id=heading.id,
        ref=heading.attributes.get("ref", ""),
        title=title,
        kind=heading.kind or "principle",
        part=part,
        official=passage,
        prose=prose,
        duties=ids("duty", "right"),
        rules=ids("rule"),
        goals=ids("goal"),
        laws=ids("law"),
        readings=ids("reading"),
        bodies=ids("body"),
        themes=ids("theme"),
    )


def _titles(id: str, prose: dict[str, dict[str, RawHeading]]) -> Words:
    return Words({language: headings[id].title for language, headings in prose.items()})


def _prose(id: str, prose: dict[str, dict[str, RawHeading]], anchors: dict[str, str]) -> dict[str, str]:
    return {language: render(_anchored(headings[id].prose, anchors)) for language, headings in prose.items()}


def _anchors(draft: Draft) -> dict[str, str]:
    """Return the kind of block that each id of a linkable block names."""
    linkable = ("duty", "right", "rule", "goal", "law", "reading")
    kinds = {placed.block.id: kind for kind in linkable for placed in draft.of(kind)}
    return {id: "duty" if kind == "right" else kind for id, kind in kinds.items()}


def _anchored(tokens: list[Token], anchors: dict[str, str]) -> list[Token]:
    """Point links in the prose to where a page shows the duty or rule; sentences that bind are marked."""
    return [
        token.copy(children=[_pointed(child, anchors) for child in token.children]) if token.children else token
        for token in tokens
    ]


def _pointed(token: Token, anchors: dict[str, str]) -> Token:
    target = str(token.attrGet("href") or "").removeprefix("#") if token.type == "link_open" else ""
    kind = anchors.get(target)
    if not kind:
        return token
    binding = {"class": "binding", f"data-{kind}": target} if kind in {"duty", "rule"} else {}
    return token.copy(attrs={**token.attrs, "href": f"#{kind}-{target}", **binding})


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the front matter and of every kind of block, for editors."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    models: dict[str, type[Block]] = {"front-matter": FrontMatter, **BLOCKS}
    for kind, model in models.items():
        schema = model.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
        definitions |= schema.pop("$defs", {})
        properties[kind] = {"type": "array", "items": schema} if kind in LISTS else schema
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Yhdyspinta: the blocks of an agreement file",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": definitions,
    }

"""Changes of blocks and front matter: only the keys that change are written anew, so orders and comments stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from yhdyspinta.agreement.draft import LISTS
from yhdyspinta.agreement.manuscript.sections import Block, Manuscript, Section
from yhdyspinta.agreement.manuscript.writing import preamble_of, rewrite_section
from yhdyspinta.agreement.yaml_editing import data_of, with_items, with_keys
from yhdyspinta.agreement.yaml_writing import block_text, fenced_block

_FENCED: Final = re.compile(
    r"\A(?P<open>[^\n]*\n)(?P<yaml>.*?)(?P<close>[ ]{0,3}(?:`{3,}|~{3,})[^\n]*\n?)\Z", re.DOTALL
)
_FRONT: Final = re.compile(r"\A(?P<open>-{3,}[ \t]*\n)(?P<yaml>.*?\n)(?P<close>-{3,}[ \t]*\n.*)\Z", re.DOTALL)
_UNREAD: Final = re.compile(r"(?ms)^ {0,3}(?P<fence>`{3,}|~{3,})[ ]*yaml[ ].*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)")


def set_front(manuscript: Manuscript, data: Mapping[str, Any]) -> Manuscript:
    """Say anew what is said of the whole agreement; ``None`` takes a key away."""
    said = _merged(manuscript.front, data)
    changes = {key: value for key, value in data.items() if value != manuscript.front.get(key)}
    file = manuscript.text
    match = _FRONT.match(file.preamble) if manuscript.front else None
    preamble = (
        match["open"] + with_keys("front matter", match["yaml"], changes) + match["close"]
        if match
        else preamble_of(said)
    )
    return manuscript.with_file(manuscript.authority, replace(file, preamble=preamble, front=said))


def add_block(manuscript: Manuscript, clause: str, kind: str, data: Mapping[str, Any]) -> Manuscript:
    """Write a new thing below a clause; one of a list goes to the list that stands there, or anywhere."""
    if kind in LISTS:
        lists = [(section, block) for section, block in manuscript.blocks(kind) if isinstance(block.data, list)]
        here = [pair for pair in lists if pair[0].id == clause] or lists
        if here:
            block = here[-1][1]
            item = block_text(kind, [dict(data)])
            return _with_block(manuscript, here[-1][0], block, [*block.data, dict(data)], lambda yaml: yaml + item)
    section = manuscript.section(clause)
    written = Block(kind, [dict(data)] if kind in LISTS else dict(data), "")
    written = replace(written, source=fenced_block(kind, written.data))
    body = (*section.body, *(() if section.source.endswith("\n\n") else ("\n",)), written, "\n")
    return manuscript.with_section(replace(section, body=body))


def replace_block(manuscript: Manuscript, kind: str, id: str, data: Mapping[str, Any]) -> Manuscript:
    """Say anew what is said of one thing.

    Raises:
        KeyError: there is no such thing.

    """
    before = manuscript.thing(kind, id)[2]
    changed = {key: value for key, value in data.items() if before.get(key) != value}
    return edit_block(manuscript, kind, id, {**changed, **{key: None for key in before if key not in data}})


def edit_block(manuscript: Manuscript, kind: str, id: str, changes: Mapping[str, Any]) -> Manuscript:
    """Put some keys of one thing otherwise; ``None`` takes a key away.

    Raises:
        KeyError: there is no such thing.

    """
    section, block, thing = manuscript.thing(kind, id)
    if isinstance(block.data, list):
        return _with_items(manuscript, section, block, [changes if each is thing else {} for each in block.data])
    wanted = _merged(thing, changes)
    return _with_block(manuscript, section, block, wanted, lambda yaml: with_keys(kind, yaml, changes))


def edit_items(
    manuscript: Manuscript, kind: str, change: Callable[[Mapping[str, Any]], Mapping[str, Any] | None]
) -> Manuscript:
    """Put keys of the things in every list of a kind otherwise: ``change`` says which, ``None`` takes a thing away."""
    for section, block in list(manuscript.blocks(kind)):
        if isinstance(block.data, list):
            changes = [change(each) if isinstance(each, Mapping) else {} for each in block.data]
            manuscript = _with_items(manuscript, section, block, changes)
    return manuscript


def remove_block(manuscript: Manuscript, kind: str, id: str) -> Manuscript:
    """Take one thing away; the sentences that it was linked to stay, unlinked.

    Raises:
        KeyError: there is no such thing.

    """
    section, block, thing = manuscript.thing(kind, id)
    if isinstance(block.data, list) and len(block.data) > 1:
        left: list[Mapping[str, Any] | None] = [None if each is thing else {} for each in block.data]
        return unlinked(_with_items(manuscript, section, block, left), id)
    body = tuple(part for part in section.body if part is not block)
    return unlinked(manuscript.with_section(replace(section, body=body)), id)


def without_unread(manuscript: Manuscript, clause: str) -> Manuscript:
    """Leave out of a clause the blocks whose YAML cannot be read; they stand in its text."""
    section = manuscript.section(clause)
    body = tuple(_UNREAD.sub("", part) if isinstance(part, str) else part for part in section.body)
    return manuscript if body == section.body else manuscript.with_section(replace(section, body=body))


def link(manuscript: Manuscript, clause: str, sentence: str, target: str) -> Manuscript:
    """Mark a sentence of a clause as the one that binds: the words become a link to the duty, right or rule.

    Where the words are not found as they stand, or are linked already, the clause stays as it is.
    """
    section = manuscript.section(clause)
    pattern = r"\s+".join(_in_markdown(word) for word in sentence.split())
    links = [match.span() for match in re.finditer(r"\[[^\]]*\]\([^)]*\)", section.prose)]
    for match in re.finditer(pattern, section.prose) if sentence.strip() else ():
        if any(start < match.end() and match.start() < end for start, end in links):
            continue
        prose = f"{section.prose[: match.start()]}[{match[0]}](#{target}){section.prose[match.end() :]}"
        return rewrite_section(manuscript, clause, prose={manuscript.home_of(clause).rpartition(".")[2]: prose})
    return manuscript


def _in_markdown(word: str) -> str:
    """Return a pattern for a word of plain text as Markdown may write it: escaped, or emphasised."""
    return r"[*_]{0,2}" + "".join(rf"\\?{re.escape(sign)}" for sign in word) + r"[*_]{0,2}"


def unlinked(manuscript: Manuscript, target: str) -> Manuscript:
    """Return the manuscript without links to something; the words that were links stay."""
    pattern = re.compile(rf"\[([^\]]*)\]\(#{re.escape(target)}\)")
    files = {}
    for key, file in manuscript.files.items():
        sections = tuple(
            replace(each, body=tuple(pattern.sub(r"\1", part) if isinstance(part, str) else part for part in each.body))
            for each in file.sections
        )
        files[key] = replace(file, sections=sections)
    return Manuscript(files)


def _with_items(
    manuscript: Manuscript, section: Section, block: Block, changes: Sequence[Mapping[str, Any] | None]
) -> Manuscript:
    """Give each thing of a list its changes; None takes it away."""
    wanted = [
        _merged(each, change) if change else each
        for each, change in zip(block.data, changes, strict=True)
        if change is not None
    ]
    given = iter(changes)
    return _with_block(
        manuscript, section, block, wanted, lambda yaml: with_items(block.kind, yaml, lambda _thing: next(given))
    )


def _with_block(
    manuscript: Manuscript, section: Section, block: Block, data: Any, change: Callable[[str], str]
) -> Manuscript:
    """Put a block's data otherwise: by a change of its YAML, or where that does not say the same, written anew."""
    match = _FENCED.match(block.source)
    yaml = change(match["yaml"]) if match else ""
    source = match["open"] + yaml + match["close"] if match and data_of(block.kind, yaml) == data else None
    new = Block(block.kind, data, source or fenced_block(block.kind, data))
    now = manuscript.section(section.id)
    return manuscript.with_section(replace(now, body=tuple(new if part is block else part for part in now.body)))


def _merged(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**before, **changes}.items() if value is not None}

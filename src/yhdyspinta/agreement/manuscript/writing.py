"""Changes of a manuscript: each returns a new one, and leaves every piece that it does not touch as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from yhdyspinta.agreement.manuscript.sections import LISTS, Block, File, Manuscript, Section, plain_lines
from yhdyspinta.agreement.official import sentences_of
from yhdyspinta.agreement.yaml_writing import block_text, fenced_block

_QUOTED = re.compile(r"[^A-Za-z0-9-]|^$")
_UNHELD = re.compile(r'[\\{}"]')


def set_front(manuscript: Manuscript, data: Mapping[str, Any]) -> Manuscript:
    """Say anew what is said of the whole agreement; ``None`` takes a key away."""
    said = {key: value for key, value in {**manuscript.front, **data}.items() if value is not None}
    return _with_file(
        manuscript, manuscript.authority, replace(manuscript.text, preamble=preamble_of(said), front=said)
    )


def with_language(manuscript: Manuscript, language: str) -> Manuscript:
    """Add a translation: the same headings, to be given their titles and text."""
    files = dict(manuscript.files)
    for key in list(files):
        annex, dot, of = key.rpartition(".")
        if of != manuscript.authority or f"{annex}{dot}{language}" in files:
            continue
        front = {"language": language}
        if annex:
            front = {"annex": annex, **front}
        sections = tuple(renewed(replace(each, kind="", attributes={}, body=())) for each in files[key].sections)
        files[f"{annex}{dot}{language}"] = File(preamble_of(front), front, sections)
    return Manuscript(files)


def add_section(
    manuscript: Manuscript,
    id: str,
    *,
    after: str | None,
    titles: Mapping[str, str],
    depth: int = 2,
    kind: str = "",
    attributes: Mapping[str, str] | None = None,
    prose: Mapping[str, str] | None = None,
) -> Manuscript:
    """Add a heading with its text below another one, or at the very end; translations get it at the same place."""
    home = manuscript.authority if after is None else manuscript.home_of(after)

    def add(key: str, file: File) -> File:
        language = key.rpartition(".")[2]
        own = key == home
        title = titles.get(language) or next(iter(titles.values()))
        said = (prose or {}).get(language, "")
        given = attributes or {} if own else {}
        new = renewed(Section(id, title, depth, kind if own else "", given, "", _body(said, ())))
        place = len(file.sections) if after is None else _place(file, after) + 1
        return replace(file, sections=(*file.sections[:place], new, *file.sections[place:]))

    return _in_each(manuscript, home, add)


def rewrite_section(
    manuscript: Manuscript,
    id: str,
    *,
    titles: Mapping[str, str] | None = None,
    prose: Mapping[str, str] | None = None,
    kind: str | None = None,
    attributes: Mapping[str, str] | None = None,
    depth: int | None = None,
) -> Manuscript:
    """Give a heading other titles or text by language, another kind or attributes; what is not said stays."""
    home = manuscript.home_of(id)

    def rewrite(key: str, file: File) -> File:
        language = key.rpartition(".")[2]
        if all(section.id != id for section in file.sections):
            return file
        old = file.sections[file.at(id)]
        new = replace(
            old,
            title=(titles or {}).get(language, old.title),
            kind=old.kind if kind is None or key != home else kind,
            attributes=old.attributes if attributes is None or key != home else attributes,
            depth=depth or old.depth,
        )
        if (new.title, new.kind, new.attributes, new.depth) != (old.title, old.kind, old.attributes, old.depth):
            new = renewed(new)
        if prose is not None and language in prose and prose[language].strip() != old.prose:
            new = replace(new, body=_body(prose[language], old.blocks))
        return _put(file, new)

    return _in_each(manuscript, home, rewrite)


def remove_section(manuscript: Manuscript, id: str) -> Manuscript:
    """Take a heading away with its text and blocks, in every language."""
    home = manuscript.home_of(id)
    return _in_each(
        manuscript,
        home,
        lambda _key, file: replace(file, sections=tuple(each for each in file.sections if each.id != id)),
    )


def move(manuscript: Manuscript, id: str, *, up: bool) -> Manuscript:
    """Move a clause by one place, or a part with all its clauses past the next part, in every language."""
    home = manuscript.home_of(id)

    def moved(_key: str, file: File) -> File:
        runs = _runs(file.sections, whole_parts=file.sections[_place(file, id)].depth == 1)
        at = next(place for place, run in enumerate(runs) if any(each.id == id for each in run))
        other = at - 1 if up else at + 1
        if not 0 <= other < len(runs) or not runs[other]:
            return file
        runs[at], runs[other] = runs[other], runs[at]
        return replace(file, sections=tuple(each for run in runs for each in run))

    return _in_each(manuscript, home, moved)


def split(
    manuscript: Manuscript, id: str, *, at: int, new_id: str, title: str, official: int | None = None
) -> Manuscript:
    """Begin a new clause with paragraph ``at`` (from 1) of another one; its blocks stay where their sentences go.

    A translation with as many paragraphs is split at the same place. The sentences of the official text are shared
    out likewise, where the clause has as many as its passage: as it numbers, or ``official`` where it stands for all.
    """
    home = manuscript.home_of(id)
    old = manuscript.section(id)
    count = len(paragraphs(old.prose))
    if not 1 <= at < count:
        raise ValueError("a clause is split before one of its paragraphs, not before the first")

    def divided(key: str, file: File) -> File:
        section = file.sections[_place(file, id)]
        parts = paragraphs(section.prose)
        here = at if len(parts) == count else len(parts)
        before, after = "\n\n".join(parts[:here]), "\n\n".join(parts[here:])
        gone = [block for block in section.blocks if any(f"](#{name})" in after for name in block.ids)]
        kept = [block for block in section.blocks if block not in gone]
        first, second = _shared(section, before, after, official) if key == home else (section.attributes, {})
        head = renewed(replace(section, attributes=first)) if first != section.attributes else section
        new = renewed(Section(new_id, title, section.depth, section.kind, second, "", _body(after, tuple(gone))))
        file = _put(file, replace(head, body=_body(before, tuple(kept))))
        place = file.at(id) + 1
        return replace(file, sections=(*file.sections[:place], new, *file.sections[place:]))

    return _in_each(manuscript, home, divided)


def join(manuscript: Manuscript, id: str) -> Manuscript:
    """Join a clause to the one before it, with its blocks; where they share an official heading, both its passages."""
    home = manuscript.home_of(id)
    file = manuscript.files[home]
    place = file.at(id)
    if place == 0 or file.sections[place - 1].depth == 1:
        raise ValueError("there is no clause before this one in its part")
    into = file.sections[place - 1].id

    def joined(key: str, file: File) -> File:
        if not {id, into} <= {section.id for section in file.sections}:
            return file
        first, second = file.sections[file.at(into)], file.sections[file.at(id)]
        prose = "\n\n".join(filter(None, (first.prose, second.prose)))
        whole = replace(first, body=_body(prose, (*first.blocks, *second.blocks)))
        if key == home and (united := _united(first, second)) != first.attributes:
            whole = renewed(replace(whole, attributes=united))
        return replace(_put(file, whole), sections=tuple(each for each in _put(file, whole).sections if each.id != id))

    return _in_each(manuscript, home, joined)


def add_block(manuscript: Manuscript, clause: str, kind: str, data: Mapping[str, Any]) -> Manuscript:
    """Write a new thing below a clause; one of a list goes to the list that stands there, or anywhere."""
    if kind in LISTS:
        lists = [(section, block) for section, block in manuscript.blocks(kind) if isinstance(block.data, list)]
        here = [pair for pair in lists if pair[0].id == clause] or lists
        if here:
            section, block = here[-1]
            return _with_block(manuscript, section, block, [*block.data, dict(data)])
    written = Block(kind, [dict(data)] if kind in LISTS else dict(data), "")
    written = replace(written, source=fenced_block(kind, written.data))
    section = manuscript.section(clause)
    body = (*section.body, *(() if section.source.endswith("\n\n") else ("\n",)), written, "\n")
    return _with_section(manuscript, replace(section, body=body))


def replace_block(manuscript: Manuscript, kind: str, id: str, data: Mapping[str, Any]) -> Manuscript:
    """Say anew what is said of one thing.

    Raises:
        KeyError: there is no such thing.

    """
    section, block, thing = manuscript.thing(kind, id)
    if kind in LISTS and isinstance(block.data, list):
        return _with_block(manuscript, section, block, [dict(data) if each is thing else each for each in block.data])
    return _with_block(manuscript, section, block, dict(data))


def remove_block(manuscript: Manuscript, kind: str, id: str) -> Manuscript:
    """Take one thing away; the sentences that it was linked to stay, unlinked.

    Raises:
        KeyError: there is no such thing.

    """
    section, block, thing = manuscript.thing(kind, id)
    rest = [each for each in block.data if each is not thing] if isinstance(block.data, list) else []
    manuscript = _with_block(manuscript, section, block, rest) if rest else _without(manuscript, section, block)
    return unlinked(manuscript, id)


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


def paragraphs(prose: str) -> list[str]:
    """Return the blocks of Markdown that stand between empty lines; a list is one."""
    found: list[str] = []
    for part in re.split(r"\n[ \t]*\n", prose.strip("\n")):
        if found and re.match(r"^\s*([-*+]|\d+[.)])\s", part) and re.match(r"^\s*([-*+]|\d+[.)])\s", found[-1]):
            found[-1] += f"\n\n{part}"
        elif part.strip():
            found.append(part)
    return found


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


def _shared(
    section: Section, before: str, after: str, official: int | None
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Share out the sentences of the official passage between the two halves of a clause."""
    first = dict(section.attributes)
    second = {key: value for key, value in first.items() if key in {"official", "sentences"}}
    if "official" not in first:
        return first, second
    lead, rest = (len(sentences_of(" ".join(plain_lines(half).split("\n")))) for half in (before, after))
    whole = lead + rest if official is None else official
    numbers = numbers_of(section.sentences) or list(range(1, whole + 1))
    if len(numbers) == lead + rest and lead and rest:
        first["sentences"], second["sentences"] = _ranges(numbers[:lead]), _ranges(numbers[lead:])
    return first, second


def _united(first: Section, second: Section) -> Mapping[str, str]:
    """Return the attributes of two clauses made one; without sentences, the whole of the heading is meant."""
    attributes = dict(first.attributes)
    if not first.sentences:
        return attributes
    same = first.attributes.get("official") == second.attributes.get("official")
    if same and second.sentences:
        attributes["sentences"] = _ranges(sorted({*numbers_of(first.sentences), *numbers_of(second.sentences)}))
    elif second.attributes.get("official"):
        del attributes["sentences"]
    return attributes


def numbers_of(text: str) -> list[int]:
    """Return the numbers that ``1-3,5`` means, as far as it can be read."""
    found: list[int] = []
    for part in filter(None, text.split(",")):
        low, _dash, high = part.partition("-")
        if low.isdecimal() and (not high or high.isdecimal()) and int(high or low) < 10_000:
            found += range(int(low), int(high or low) + 1)
    return found


def _ranges(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _runs(sections: tuple[Section, ...], *, whole_parts: bool) -> list[list[Section]]:
    """Return sections one by one, or part by part; what stands before the first part is a run of its own."""
    if not whole_parts:
        return [[section] for section in sections]
    runs: list[list[Section]] = [[]]
    for section in sections:
        if section.depth == 1:
            runs.append([])
        runs[-1].append(section)
    return runs


def _body(prose: str, blocks: tuple[Block, ...]) -> tuple[str | Block, ...]:
    """Return the parts of a section: an empty line around everything."""
    body: list[str | Block] = ["\n"]
    if prose.strip():
        body.append(prose.strip("\n").rstrip() + "\n\n")
    for block in blocks:
        body += [block, "\n"]
    return tuple(body)


def renewed(section: Section) -> Section:
    """Write the heading's line anew."""
    said = [f"#{section.id}"]
    said += [f".{section.kind}"] if section.kind else []
    said += [f"{key}={_attribute(value)}" for key, value in section.attributes.items()]
    title = " ".join(section.title.replace("{", "(").replace("}", ")").split())
    return replace(section, title=title, heading=f"{'#' * section.depth} {title} {{{' '.join(said)}}}\n")


def _attribute(value: str) -> str:
    """Return a value as a heading can hold it: signs that end or escape something there are left out."""
    bare = " ".join(_UNHELD.sub("", value).split())
    return f'"{bare}"' if _QUOTED.search(bare) else bare


def preamble_of(front: Mapping[str, Any]) -> str:
    """Return front matter as a file begins with it."""
    return f"---\n{block_text('front matter', front)}---\n\n"


def _place(file: File, id: str) -> int:
    """Return the place of a section, or the last one where a translation lacks it."""
    try:
        return file.at(id)
    except KeyError:
        return len(file.sections) - 1


def _put(file: File, section: Section) -> File:
    place = file.at(section.id)
    return replace(file, sections=(*file.sections[:place], section, *file.sections[place + 1 :]))


def _with_block(manuscript: Manuscript, section: Section, block: Block, data: Any) -> Manuscript:
    new = Block(block.kind, data, fenced_block(block.kind, data))
    body = tuple(new if part is block else part for part in section.body)
    return _with_section(manuscript, replace(section, body=body))


def _without(manuscript: Manuscript, section: Section, block: Block) -> Manuscript:
    return _with_section(manuscript, replace(section, body=tuple(part for part in section.body if part is not block)))


def _with_section(manuscript: Manuscript, section: Section) -> Manuscript:
    home = manuscript.home_of(section.id)
    return _with_file(manuscript, home, _put(manuscript.files[home], section))


def _with_file(manuscript: Manuscript, key: str, file: File) -> Manuscript:
    return Manuscript({**manuscript.files, key: file})


def _in_each(manuscript: Manuscript, home: str, change: Callable[[str, File], File]) -> Manuscript:
    """Change the same text in every language."""
    changed = {key: change(key, manuscript.files[key]) for key in manuscript.companions(home)}
    return Manuscript({**manuscript.files, **changed})

"""Changes of headings and text: each returns a new manuscript, and leaves what it does not touch as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from yhdyspinta.agreement.draft import sentence_numbers
from yhdyspinta.agreement.manuscript.sections import Block, File, Manuscript, Section, plain_lines
from yhdyspinta.agreement.official import held, sentences_of
from yhdyspinta.agreement.yaml_writing import block_text

_QUOTED = re.compile(r"[^A-Za-z0-9-]|^$")


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
        place = file.at(after) + 1 if after is not None and file.has(after) else len(file.sections)
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
        if not file.has(id):
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
        return file.put(new)

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
    """Move a clause or part with all that stands below it past its neighbour, in every language that has it.

    A clause that is the first or last of its part goes to the part beside it, where there is one.
    """
    home = manuscript.home_of(id)

    def moved(_key: str, file: File) -> File:
        if not file.has(id):
            return file
        start = file.at(id)
        end = _end_of_run(file.sections, start)
        run, rest = file.sections[start:end], (*file.sections[:start], *file.sections[end:])
        place = _place_above(rest, start, run[0].depth) if up else _place_below(rest, start, run[0].depth)
        return file if place is None else replace(file, sections=(*rest[:place], *run, *rest[place:]))

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
        if not file.has(id):
            return file
        section = file.sections[file.at(id)]
        parts = paragraphs(section.prose)
        here = at if len(parts) == count else len(parts)
        before, after = "\n\n".join(parts[:here]), "\n\n".join(parts[here:])
        gone = [block for block in section.blocks if any(f"](#{name})" in after for name in block.ids)]
        kept = [block for block in section.blocks if block not in gone]
        first, second = _shared(section, before, after, official) if key == home else (section.attributes, {})
        head = renewed(replace(section, attributes=first)) if first != section.attributes else section
        new = renewed(Section(new_id, title, section.depth, section.kind, second, "", _body(after, tuple(gone))))
        file = file.put(replace(head, body=_body(before, tuple(kept))))
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
        return replace(file.put(whole), sections=tuple(each for each in file.put(whole).sections if each.id != id))

    return _in_each(manuscript, home, joined)


def paragraphs(prose: str) -> list[str]:
    """Return the blocks of Markdown that stand between empty lines; a list is one."""
    found: list[str] = []
    for part in re.split(r"\n[ \t]*\n", prose.strip("\n")):
        if found and re.match(r"^\s*([-*+]|\d+[.)])\s", part) and re.match(r"^\s*([-*+]|\d+[.)])\s", found[-1]):
            found[-1] += f"\n\n{part}"
        elif part.strip():
            found.append(part)
    return found


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
    numbers = sentence_numbers(section.sentences) or tuple(range(1, whole + 1))
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
        attributes["sentences"] = _ranges(
            sorted({*sentence_numbers(first.sentences), *sentence_numbers(second.sentences)})
        )
    elif second.attributes.get("official"):
        del attributes["sentences"]
    return attributes


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _end_of_run(sections: Sequence[Section], start: int) -> int:
    """Return where the headings end that stand below one."""
    depth = sections[start].depth
    return next((at for at in range(start + 1, len(sections)) if sections[at].depth <= depth), len(sections))


def _place_above(rest: Sequence[Section], start: int, depth: int) -> int | None:
    """Return where something goes that moves up: before the one above, or to the end of what stands before that."""
    above = next((at for at in range(start - 1, -1, -1) if rest[at].depth <= depth), None)
    if above is None or rest[above].depth == depth:
        return above
    return above if above and rest[above - 1].depth >= rest[above].depth else None


def _place_below(rest: Sequence[Section], start: int, depth: int) -> int | None:
    """Return where something goes that moves down: after the one below, or to the beginning of what follows."""
    if start == len(rest):
        return None
    if rest[start].depth == depth:
        return _end_of_run(rest, start)
    return start + 1 if rest[start].depth == depth - 1 else None


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
    bare = " ".join(held(value).split())
    return f'"{bare}"' if _QUOTED.search(bare) else bare


def preamble_of(front: Mapping[str, Any]) -> str:
    """Return front matter as a file begins with it."""
    return f"---\n{block_text('front matter', front)}---\n\n"


def _in_each(manuscript: Manuscript, home: str, change: Callable[[str, File], File]) -> Manuscript:
    """Change the same text in every language."""
    changed = {key: change(key, manuscript.files[key]) for key in manuscript.companions(home)}
    return Manuscript({**manuscript.files, **changed})

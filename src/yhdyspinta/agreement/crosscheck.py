"""What only shows when the blocks of an agreement are laid side by side: unknown ids, circles, missing languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from yhdyspinta.agreement.blocks import Block, Body, Party
from yhdyspinta.agreement.crosscheck_duties import Known, check_duty, check_reading
from yhdyspinta.agreement.words import Words

if TYPE_CHECKING:
    from yhdyspinta.agreement.compose import Draft, Placed
    from yhdyspinta.agreement.reader import RawFile

_BLOCK_KINDS = ("parties", "terms", "body", "theme", "duty", "right", "rule", "goal", "law", "reading")
_NAMED = ("parties", "body", "theme")
_STATED = ("duty", "right", "rule", "goal", "law", "reading")


def crosscheck(draft: Draft) -> None:
    """Note in the draft's files everything that does not hang together."""
    known = Known(draft)
    _ids_once(draft)
    _headings(draft)
    _languages(draft)
    _levels(draft)
    _parties(draft)
    for placed in draft.of("body"):
        _body(known, placed)
    for placed in draft.of("theme"):
        if placed.block.group:
            known.each(placed, placed.block.group.convened_by, known.actors, "party or body", "group", "convened-by")
    _circles(draft)
    for placed in (*draft.of("duty"), *draft.of("right")):
        check_duty(known, placed, placed.block)
    for placed in draft.of("rule"):
        if placed.block.pays and placed.block.pays.who not in ("each party", "organiser"):
            known.one(placed, placed.block.pays.who, known.actors, "party or body", "pays", "who")
    for placed in draft.of("reading"):
        check_reading(known, placed)


def _ids_once(draft: Draft) -> None:
    """An id names one thing: among parties, bodies and themes, and among everything stated."""
    for kinds in (_NAMED, _STATED, ("terms",)):
        seen: dict[str, Placed] = {}
        for placed in sorted((p for kind in kinds for p in draft.of(kind)), key=lambda placed: placed.line):
            first = seen.setdefault(placed.block.id, placed)
            if first is not placed:
                line = placed.line_of("id")
                message = f"the id `{placed.block.id}` is already used on line {first.line_of('id')}"
                draft.authority.find(line, message, "give one of them another id")


def _headings(draft: Draft) -> None:
    """Headings have ids of their own, the same in every language; what is stated stands under a clause."""
    stated = {placed.block.id for kind in _STATED for placed in draft.of(kind)}
    stated |= {id for kind in _STATED for id in draft.broken.get(kind, ())}
    own = _heading_ids(draft.authority)
    _placed_under_clauses(draft.authority, stated)
    for raw in draft.translations.values():
        _follows(draft.authority, raw, own)
    links = {heading.id: _links(heading.prose) for heading in draft.authority.headings}
    for raw in (draft.authority, *draft.translations.values()):
        _check_links(raw, stated | set(own), links, stated)


def _placed_under_clauses(raw: RawFile, stated: set[str]) -> None:
    for heading in raw.headings:
        if heading.id in stated:
            raw.find(heading.line, f"the id `{heading.id}` is also a block's", "give the heading another id")
        if heading.depth == 1 or not heading.id:
            for block in heading.blocks:
                if block.kind in {"duty", "right"}:
                    raw.find(block.line, f"a {block.kind} without a clause", "put it below a ## heading")


def _follows(authority: RawFile, raw: RawFile, own: dict[str, int]) -> None:
    """A translation has the authority's clauses, each with a text, and no blocks."""
    theirs = _heading_ids(raw)
    for id in own:
        if id not in theirs:
            raw.find(1, f"the clause `{id}` is missing in this translation", f"add ## … {{#{id}}} and its text")
    for id, line in theirs.items():
        if id not in own:
            raw.find(line, f"the clause `{id}` is not in the authoritative text", "remove it or mend its id")
    for heading in raw.headings:
        for block in heading.blocks:
            raw.find(block.line, "a block in a translation", "blocks stand in the authoritative file only")
        if heading.id in own and not heading.prose and _has_prose(authority, heading.id):
            raw.find(heading.line, f"the clause `{heading.id}` has no text here", "translate it")


def _heading_ids(raw: RawFile) -> dict[str, int]:
    ids: dict[str, int] = {}
    for heading in raw.headings:
        if heading.id in ids:
            raw.find(
                heading.line, f"the heading id `{heading.id}` is already used on line {ids[heading.id]}", "change one"
            )
        elif heading.id:
            ids[heading.id] = heading.line
    return ids


def _has_prose(raw: RawFile, id: str) -> bool:
    return any(heading.prose for heading in raw.headings if heading.id == id)


def _links(tokens: Iterable[Any]) -> dict[str, int]:
    """Return the targets of links within the document, each with its line."""
    found: dict[str, int] = {}
    for token in tokens:
        for child in token.children or []:
            target = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            if target.startswith("#"):
                found.setdefault(target[1:], token.map[0] + 1 if token.map else 1)
    return found


def _check_links(raw: RawFile, known: set[str], links: dict[str, dict[str, int]], stated: set[str]) -> None:
    for heading in raw.headings:
        here = _links(heading.prose)
        for target, line in here.items():
            if target not in known:
                near = difflib.get_close_matches(target, sorted(known), n=1)
                raw.find(
                    line,
                    f"a link to `#{target}`, which is nothing here",
                    f"did you mean #{near[0]}?" if near else "mend it",
                )
        for target in links.get(heading.id, {}):
            if target in stated and target not in here:
                message = f"the clause `{heading.id}` does not link the sentence of `{target}` as the authority does"
                raw.find(heading.line, message, f"write [the sentence](#{target})")


def _languages(draft: Draft) -> None:
    """Words are given in every language that has a file."""
    wanted = set(draft.languages)
    for path, words in _words(draft.front):
        _missing(draft, wanted, words, draft.authority.front.line_of(path) if draft.authority.front else 1, path)
    for kind in _BLOCK_KINDS:
        for placed in draft.of(kind):
            for path, words in _words(placed.block):
                _missing(draft, wanted, words, placed.line_of(*path), path)


def _missing(draft: Draft, wanted: set[str], words: Words, line: int, path: tuple[str | int, ...]) -> None:
    if lacking := sorted(wanted - words.languages()):
        key = ".".join(map(str, path))
        draft.authority.find(line, f"`{key}` is not given in {', '.join(lacking)}", "add the words in that language")


def _words(block: Block, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Words]]:
    """Find every text in several languages within a block."""
    for name, info in type(block).model_fields.items():
        value = getattr(block, name)
        here = (*path, info.alias or name)
        items = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for index, item in items:
            at = here if index is None else (*here, index)
            if isinstance(item, Words):
                yield at, item
            elif isinstance(item, Block):
                yield from _words(item, at)


def _levels(draft: Draft) -> None:
    numbers = [level.number for level in draft.front.levels]
    front = draft.authority.front
    for index, number in enumerate(numbers):
        if number in numbers[:index] and front:
            draft.authority.find(
                front.line_of(("levels", index)), f"level {number} stands twice", "number levels once each"
            )
    for placed in draft.of("body"):
        if placed.block.level not in numbers:
            draft.authority.find(
                placed.line_of("level"), f"unknown level {placed.block.level}", "levels are in the front matter"
            )
    for placed in draft.of("theme"):
        group = placed.block.group
        if group and group.level not in numbers:
            draft.authority.find(
                placed.line_of("group"), f"unknown level {group.level}", "levels are in the front matter"
            )


def _parties(draft: Draft) -> None:
    """Codes name one party each; a party's days meet the agreement's."""
    front = draft.front
    for key in ("business_id", "municipality_code", "county_code", "region_code"):
        seen: dict[str, str] = {}
        for placed in draft.of("parties"):
            code = getattr(placed.block, key)
            if code and seen.setdefault(code, placed.block.id) != placed.block.id:
                written = key.replace("_", "-")
                message = f"`{written}` {code} is also that of `{seen[code]}`"
                draft.authority.find(placed.line_of(written), message, "mend one of them")
    for placed in draft.of("parties"):
        party: Party = placed.block
        late = front.to and party.from_ and party.from_ > front.to
        early = party.to and party.to < front.from_
        if late or early:
            message = f"`{party.id}` is no party on any day of the agreement"
            draft.authority.find(placed.line_of("from" if late else "to"), message, "mend the dates")


def _body(known: Known, placed: Placed) -> None:
    body: Body = placed.block
    known.each(placed, body.convened_by, known.actors, "party or body", "convened-by")
    known.each(placed, body.agenda_by, known.actors, "party or body", "agenda-by")
    if body.part_of:
        known.one(placed, body.part_of, known.bodies, "body", "part-of")
    if body.rotation:
        known.each(placed, body.rotation.order, known.actors, "party or body", "rotation", "order")
    if body.term:
        known.one(placed, body.term, known.term_ids, "terms", "term")
    for index, seat in enumerate(body.seats):
        if isinstance(seat.who, tuple):
            known.each(placed, seat.who, known.actors, "party or body", "seats", index, "who")


def _circles(draft: Draft) -> None:
    """No body is convened, prepared or held, through others, by itself."""
    edges: dict[str, tuple[str, ...]] = {}
    for placed in draft.of("body"):
        body: Body = placed.block
        rotation = body.rotation.order if body.rotation else ()
        edges[body.id] = (*body.convened_by, *rotation, *body.agenda_by, *((body.part_of,) if body.part_of else ()))
    for placed in draft.of("body"):
        if circle := _path_back(placed.block.id, edges):
            message = f"the bodies refer to each other in a circle: {' → '.join(circle)}"
            draft.authority.find(placed.line_of("id"), message, "let one of them not refer to the next")


def _path_back(start: str, edges: dict[str, tuple[str, ...]]) -> list[str]:
    """Return a way from a body back to itself, or nothing."""
    came_from: dict[str, str] = {}
    waiting = [start]
    while waiting:
        body = waiting.pop()
        for other in edges.get(body, ()):
            if other == start:
                way = [body]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return [*reversed(way), start]
            if other not in came_from:
                came_from[other] = body
                waiting.append(other)
    return []

"""What only shows when the blocks of an agreement are laid side by side: unknown ids, circles, missing languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from yhdyspinta.agreement.blocks import Block, Body, Party
from yhdyspinta.agreement.crosscheck_duties import ACTOR, BODY, TERMS, Known, check_duty, check_reading
from yhdyspinta.agreement.saying import Said
from yhdyspinta.agreement.words import Words

if TYPE_CHECKING:
    from yhdyspinta.agreement.draft import Draft, Placed
    from yhdyspinta.agreement.plain import Keys
    from yhdyspinta.agreement.reader import RawFile, RawHeading

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
            known.each(placed, placed.block.group.convened_by, known.actors, ACTOR, "group", "convened-by")
    _circles(draft)
    for placed in (*draft.of("duty"), *draft.of("right")):
        check_duty(known, placed, placed.block)
    for placed in draft.of("rule"):
        if placed.block.pays and placed.block.pays.who not in ("each party", "organiser"):
            known.one(placed, placed.block.pays.who, known.actors, ACTOR, "pays", "who")
    for placed in draft.of("reading"):
        check_reading(known, placed)


def _ids_once(draft: Draft) -> None:
    """An id names one thing: among parties, bodies and themes, and among everything stated."""
    for kinds in (_NAMED, _STATED, ("terms",)):
        seen: dict[str, Placed] = {}
        for placed in sorted(draft.of(*kinds), key=lambda placed: (placed.file.number, placed.line)):
            first = seen.setdefault(placed.block.id, placed)
            if first is not placed:
                used = {"id": placed.block.id, "line": first.line_of("id"), "file": first.file.name}
                here = Said("the id `%(id)s` is already used on line %(line)s", **used)
                there = Said("the id `%(id)s` is already used in %(file)s on line %(line)s", **used)
                placed.find(here if first.file is placed.file else there, Said("give one of them another id"), "id")


def _headings(draft: Draft) -> None:
    """Headings have ids of their own, the same in every language; what is stated stands under a clause."""
    stated = {placed.block.id for kind in _STATED for placed in draft.of(kind)}
    stated |= {id for kind in _STATED for id in draft.broken.get(kind, ())}
    texts = [(text, _heading_ids(text.authority)) for text in draft.texts]
    known: dict[str, RawFile] = {}
    for text, own in texts:
        _ids_of_one_text(text.authority, own, known)
        _placed_under_clauses(text.authority, stated)
        for raw in text.translations.values():
            _follows(raw, own)
    for text, _ in texts:
        links = {heading.id: _links(heading.prose) for heading in text.authority.headings}
        for raw in text.files.values():
            _check_links(raw, stated | set(known), links, stated)


def _ids_of_one_text(raw: RawFile, own: dict[str, RawHeading], known: dict[str, RawFile]) -> None:
    """Note headings whose id is one of another text's."""
    for id, heading in own.items():
        if known.setdefault(id, raw) is not raw:
            message = Said("the heading id `%(id)s` is already used in %(file)s", id=id, file=known[id].name)
            raw.find_at(heading, message, Said("change one"), "id")


def _placed_under_clauses(raw: RawFile, stated: set[str]) -> None:
    for heading in raw.headings:
        if heading.id in stated:
            message = Said("the id `%(id)s` is also a block's", id=heading.id)
            raw.find_at(heading, message, Said("give the heading another id"), "id")
        if heading.depth == 1 or not heading.id:
            for block in heading.blocks:
                if block.kind in {"duty", "right"}:
                    message = Said("a %(kind)s without a clause", kind=block.kind)
                    raw.find_in(block, (), message, Said("put it below a ## heading"))


def _follows(raw: RawFile, own: dict[str, RawHeading]) -> None:
    """A translation has the authority's clauses, each with a text, and no blocks."""
    theirs = _heading_ids(raw)
    for id in own:
        if id not in theirs:
            message = Said("the clause `%(id)s` is missing in this translation", id=id)
            raw.find(1, message, Said("add ## … {#%(id)s} and its text", id=id), clause=id)
    for id, heading in theirs.items():
        if id not in own:
            message = Said("the clause `%(id)s` is not in the authoritative text", id=id)
            raw.find_at(heading, message, Said("remove it or mend its id"), "id")
    for heading in raw.headings:
        for block in heading.blocks:
            mend = Said("blocks stand in the authoritative file only")
            raw.find_in(block, (), Said("a block in a translation"), mend)
        if heading.id in own and not heading.prose and own[heading.id].prose:
            message = Said("the clause `%(id)s` has no text here", id=heading.id)
            raw.find_at(heading, message, Said("translate it"))


def _heading_ids(raw: RawFile) -> dict[str, RawHeading]:
    ids: dict[str, RawHeading] = {}
    for heading in raw.headings:
        if heading.id in ids:
            line = ids[heading.id].line
            message = Said("the heading id `%(id)s` is already used on line %(line)s", id=heading.id, line=line)
            raw.find_at(heading, message, Said("change one"), "id")
        elif heading.id:
            ids[heading.id] = heading
    return ids


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
                mend = Said("did you mean #%(near)s?", near=near[0]) if near else Said("mend it")
                message = Said("a link to `#%(target)s`, which is nothing here", target=target)
                raw.find_at(heading, message, mend, "link", target, line=line)
        for target in links.get(heading.id, {}):
            if target in stated and target not in here:
                message = Said(
                    "the clause `%(id)s` does not link the sentence of `%(target)s` as the authority does",
                    id=heading.id,
                    target=target,
                )
                raw.find_at(heading, message, Said("write [the sentence](#%(target)s)", target=target))


def _languages(draft: Draft) -> None:
    """Words are given in every language that has a file."""
    for text in draft.texts:
        for path, words in _words(text.front) if text.front else ():
            if said := _missing(set(text.files), words, path):
                text.find_in_front(*said, *path)
    wanted = set(draft.languages)
    for kind in _BLOCK_KINDS:
        for placed in draft.of(kind):
            for path, words in _words(placed.block):
                if said := _missing(wanted, words, path):
                    placed.find(*said, *path)


def _missing(wanted: set[str], words: Words, path: Keys) -> tuple[Said, Said] | None:
    lacking = sorted(wanted - words.languages())
    if not lacking:
        return None
    key = ".".join(map(str, path))
    message = Said("`%(key)s` is not given in %(languages)s", key=key, languages=", ".join(lacking))
    return message, Said("add the words in that language")


def _words(block: Block, path: Keys = ()) -> Iterator[tuple[Keys, Words]]:
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
    for index, number in enumerate(numbers):
        if number in numbers[:index]:
            message = Said("level %(number)s stands twice", number=number)
            draft.itself.find_in_front(message, Said("number levels once each"), "levels", index)
    mend = Said("levels are in the front matter")
    for placed in draft.of("body"):
        if placed.block.level not in numbers:
            placed.find(Said("unknown level %(number)s", number=placed.block.level), mend, "level")
    for placed in draft.of("theme"):
        group = placed.block.group
        if group and group.level not in numbers:
            placed.find(Said("unknown level %(number)s", number=group.level), mend, "group", "level")


def _parties(draft: Draft) -> None:
    """Codes name one party each; a party's days meet the agreement's."""
    front = draft.front
    for key in ("business_id", "municipality_code", "county_code", "region_code"):
        seen: dict[str, str] = {}
        for placed in draft.of("parties"):
            code = getattr(placed.block, key)
            if code and seen.setdefault(code, placed.block.id) != placed.block.id:
                written = key.replace("_", "-")
                message = Said("`%(key)s` %(code)s is also that of `%(id)s`", key=written, code=code, id=seen[code])
                placed.find(message, Said("mend one of them"), written)
    for placed in draft.of("parties"):
        party: Party = placed.block
        late = front.to and party.from_ and party.from_ > front.to
        early = party.to and party.to < front.from_
        if late or early:
            message = Said("`%(id)s` is no party on any day of the agreement", id=party.id)
            placed.find(message, Said("mend the dates"), "from" if late else "to")


def _body(known: Known, placed: Placed) -> None:
    body: Body = placed.block
    known.each(placed, body.convened_by, known.actors, ACTOR, "convened-by")
    known.each(placed, body.agenda_by, known.actors, ACTOR, "agenda-by")
    if body.part_of:
        known.one(placed, body.part_of, known.bodies, BODY, "part-of")
    if body.rotation:
        known.each(placed, body.rotation.order, known.actors, ACTOR, "rotation", "order")
    if body.term:
        known.one(placed, body.term, known.term_ids, TERMS, "term")
    for index, seat in enumerate(body.seats):
        if isinstance(seat.who, tuple):
            known.each(placed, seat.who, known.actors, ACTOR, "seats", index, "who")


def _circles(draft: Draft) -> None:
    """No body is convened, prepared or held, through others, by itself."""
    edges: dict[str, tuple[str, ...]] = {}
    for placed in draft.of("body"):
        body: Body = placed.block
        rotation = body.rotation.order if body.rotation else ()
        edges[body.id] = (*body.convened_by, *rotation, *body.agenda_by, *((body.part_of,) if body.part_of else ()))
    for placed in draft.of("body"):
        if circle := _path_back(placed.block.id, edges):
            message = Said("the bodies refer to each other in a circle: %(circle)s", circle=" → ".join(circle))
            placed.find(message, Said("let one of them not refer to the next"), "id")


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

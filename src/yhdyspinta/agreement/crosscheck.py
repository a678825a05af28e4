"""What only shows when the blocks of an agreement are laid side by side: unknown ids, circles, missing languages."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from yhdyspinta.agreement.blocks import Block, Body, Party
from yhdyspinta.agreement.charter import patched
from yhdyspinta.agreement.duty import (
    CALENDAR_YEAR,
    COUNCIL_TERM,
    FIRST_MEETING,
    RELEASE,
    Duty,
    EachOf,
    Right,
)
from yhdyspinta.agreement.evidence import Requirement
from yhdyspinta.agreement.facts import KINDS
from yhdyspinta.agreement.words import Words

if TYPE_CHECKING:
    from yhdyspinta.agreement.compose import Draft, Placed
    from yhdyspinta.agreement.reader import RawFile

_BLOCK_KINDS = ("parties", "terms", "body", "theme", "duty", "right", "rule", "goal", "law", "reading")
_NAMED = ("parties", "body", "theme")
_STATED = ("duty", "right", "rule", "goal", "law", "reading")
BEARER_WORDS = ("all", "each party", "each municipality", "each group", "convenors")


def crosscheck(draft: Draft) -> None:
    """Note in the draft's files everything that does not hang together."""
    known = _Known(draft)
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
        _duty(known, placed, placed.block)
    for placed in draft.of("rule"):
        if placed.block.pays and placed.block.pays.who not in ("each party", "organiser"):
            known.one(placed, placed.block.pays.who, known.actors, "party or body", "pays", "who")
    for placed in draft.of("reading"):
        _reading(known, placed)


class _Known:
    """The ids that are defined, and how to say that one is not."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.parties = {placed.block.id: placed.block for placed in draft.of("parties")}
        self.themes = {placed.block.id for placed in draft.of("theme")}
        groups = {placed.block.id for placed in draft.of("theme") if placed.block.group}
        self.bodies = {placed.block.id for placed in draft.of("body")} | groups
        self.actors = set(self.parties) | self.bodies
        self.terms = {placed.block.id: placed.block for placed in draft.of("terms")}
        self.duties = {placed.block.id: placed for placed in draft.of("duty")}
        self.readings = {placed.block.id for placed in draft.of("reading")}
        self.laws = {placed.block.id for placed in draft.of("law")}
        self.has_groups = any(level.groups for level in draft.front.levels)

    def one(self, placed: Placed, id: str, known: Iterable[str], what: str, *keys: str | int) -> bool:
        """Note an id that names nothing; tell whether it is known."""
        names = sorted(known)
        if id in names:
            return True
        near = difflib.get_close_matches(id, names, n=1)
        mend = f"did you mean `{near[0]}`?" if near else f"define the {what} or remove the id"
        where = ".".join(str(key) for key in keys if not isinstance(key, int))
        self.draft.authority.find(placed.line_of(*keys), f"`{where}` names an unknown {what} `{id}`", mend)
        return False

    def each(self, placed: Placed, ids: Iterable[str], known: Iterable[str], what: str, *keys: str | int) -> None:
        """Note every id in a list that names nothing."""
        names = set(known)
        for index, id in enumerate(ids):
            self.one(placed, id, names, what, *keys, index)

    def wrong(self, placed: Placed, message: str, mend: str, *keys: str | int) -> None:
        """Note something else that is wrong at a key of a block."""
        self.draft.authority.find(placed.line_of(*keys), message, mend)


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
    own = _heading_ids(draft.authority)
    stated = {placed.block.id for kind in _STATED for placed in draft.of(kind)}
    for heading in draft.authority.headings:
        if heading.id in stated:
            draft.authority.find(heading.line, f"the id `{heading.id}` is also a block's", "give the heading another id")
        if heading.depth == 1 or not heading.id:
            for block in heading.blocks:
                if block.kind in {"duty", "right"}:
                    draft.authority.find(block.line, f"a {block.kind} without a clause", "put it below a ## heading")
    for raw in draft.translations.values():
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
            if own.get(heading.id) and not heading.prose and _has_prose(draft.authority, heading.id):
                raw.find(heading.line, f"the clause `{heading.id}` has no text here", "translate it")
    links = {heading.id: _links(heading.prose) for heading in draft.authority.headings}
    for raw in (draft.authority, *draft.translations.values()):
        _check_links(raw, stated | set(own), links, stated)


def _heading_ids(raw: RawFile) -> dict[str, int]:
    ids: dict[str, int] = {}
    for heading in raw.headings:
        if heading.id in ids:
            raw.find(heading.line, f"the heading id `{heading.id}` is already used on line {ids[heading.id]}", "change one")
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
                raw.find(line, f"a link to `#{target}`, which is nothing here", f"did you mean #{near[0]}?" if near else "mend it")
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
            draft.authority.find(front.line_of(("levels", index)), f"level {number} stands twice", "number levels once each")
    for placed in draft.of("body"):
        if placed.block.level not in numbers:
            draft.authority.find(placed.line_of("level"), f"unknown level {placed.block.level}", "levels are in the front matter")
    for placed in draft.of("theme"):
        group = placed.block.group
        if group and group.level not in numbers:
            draft.authority.find(placed.line_of("group"), f"unknown level {group.level}", "levels are in the front matter")


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


def _body(known: _Known, placed: Placed) -> None:
    body: Body = placed.block
    known.each(placed, body.convened_by, known.actors, "party or body", "convened-by")
    known.each(placed, body.agenda_by, known.actors, "party or body", "agenda-by")
    if body.part_of:
        known.one(placed, body.part_of, known.bodies, "body", "part-of")
    if body.rotation:
        known.each(placed, body.rotation.order, known.actors, "party or body", "rotation", "order")
    if body.term:
        known.one(placed, body.term, known.terms, "terms", "term")
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


def _duty(known: _Known, placed: Placed, duty: Duty | Right) -> None:
    _bearer(known, placed, duty)
    known.each(placed, duty.readings, known.readings, "reading", "reading")
    known.each(placed, duty.laws, known.laws, "law", "law")
    if duty.basis == "interpreted" and not duty.readings:
        known.wrong(placed, "an interpreted duty rests on a reading", "name it with `reading: ID`", "basis")
    if isinstance(duty, Duty):
        known.each(placed, duty.meeting_bodies, known.bodies, "body", "per")
        if duty.object == "each group" and not known.has_groups:
            known.wrong(placed, "no level of this agreement has groups", "give a level `groups: true`", "object")
        _term(known, placed, duty)
        _window(known, placed, duty)
    for requirement in duty.requirements:
        _requirement(known, placed, duty, requirement)


def _bearer(known: _Known, placed: Placed, duty: Duty | Right) -> None:
    match duty.bearer:
        case EachOf(each=kinds):
            held = {party.kind for party in known.parties.values()}
            known.each(placed, kinds, held, "kind of party", "bearer", "each")
        case tuple() as ids:
            known.each(placed, ids, known.actors, "party or body", "bearer")
        case "each group" if not known.has_groups:
            known.wrong(placed, "no level of this agreement has groups", "give a level `groups: true`", "bearer")
        case str() as word if word.startswith("convenors of "):
            if known.one(placed, word.removeprefix("convenors of "), known.bodies, "body", "bearer"):
                _convened(known, placed, (word.removeprefix("convenors of "),))
        case "convenors" if isinstance(duty, Duty):
            _convened(known, placed, duty.meeting_bodies)
        case str() as word if word not in BEARER_WORDS:
            known.one(placed, word, known.actors, "party or body", "bearer")


def _convened(known: _Known, placed: Placed, bodies: tuple[str, ...]) -> None:
    """Convenors can bear a duty only where the text says who they are."""
    convened = {body.block.id for body in known.draft.of("body") if body.block.convened_by or body.block.rotation}
    for body in bodies:
        if body in known.bodies and body not in convened:
            known.wrong(placed, f"nobody is said to convene `{body}`", "give the body `convened-by`", "bearer")


def bearer_kinds(bearer: Any, parties: Iterable[Party]) -> set[str]:
    """Return the kinds of party that bear a duty each on their own; empty when it is not borne so."""
    match bearer:
        case EachOf(each=kinds):
            return set(kinds)
        case "each party":
            return {party.kind for party in parties}
        case "each municipality":
            return {"municipality"}
        case str() as id:
            return {party.kind for party in parties if party.id == id}
    return set()


def _term(known: _Known, placed: Placed, duty: Duty) -> None:
    """A duty per council term needs to know whose term, and the term's days (DESIGN §3.1)."""
    if duty.per not in (COUNCIL_TERM, FIRST_MEETING) or duty.term is None:
        return
    if duty.term != "own":
        known.one(placed, duty.term, known.terms, "terms", "term")
        return
    kinds = bearer_kinds(duty.bearer, known.parties.values())
    if not kinds:
        known.wrong(placed, "`term: own` needs a bearer that has a term of its own", "name the terms", "term")
    for kind in sorted(kinds):
        if not any(kind in term.of for term in known.terms.values()):
            message = f"the council terms of a {kind} are not known"
            known.wrong(placed, message, f"add terms with `of: [{kind}]`, or leave {kind} out", "term")


def _window(known: _Known, placed: Placed, duty: Duty) -> None:
    """A window's days are of the kind that the period can have."""
    edges = [edge for edge in (duty.window.from_, duty.window.to) if edge is not None]
    per_meeting = bool(duty.meeting_bodies) or duty.per == FIRST_MEETING
    allowed, example = {
        CALENDAR_YEAR: (_is_month_day, "month-days such as 05-01"),
        RELEASE: (lambda edge: edge == "release", "`release`"),
        COUNCIL_TERM: (lambda edge: False, "none: the term is the window"),
        None: (lambda edge: isinstance(edge, dt.date), "dates such as 2025-05-31"),
    }.get(duty.per, (lambda edge: per_meeting and edge in ("meeting", "day before"), "`meeting` or `day before`"))
    if not all(allowed(edge) for edge in edges):
        known.wrong(placed, "the window does not fit the period", f"here a window has {example}", "window")


def _is_month_day(edge: Any) -> bool:
    return isinstance(edge, str) and edge[:2].isdecimal()


def _requirement(known: _Known, placed: Placed, duty: Duty | Right, requirement: Requirement) -> None:
    where = ("evidence", requirement.kind)
    if duty.kind != "achieve" and "to" not in KINDS[requirement.kind].__struct_encode_fields__:
        known.wrong(placed, f"`{requirement.kind}` has no days from–to: it cannot hold", "use a dated fact", *where)
    ids = {"body": known.bodies, "theme": known.themes, "party": set(known.parties)}
    references = dict(zip(requirement.attributes, requirement.references, strict=True))
    for attribute, source in zip(requirement.attributes, requirement.sources, strict=True):
        if attribute in ids and not references[attribute]:
            known.one(placed, str(source), ids[attribute], attribute, *where, attribute)
    for attribute, values in requirement.any_of:
        if attribute in ids:
            known.each(placed, map(str, values), ids[attribute], attribute, *where, attribute)
    for word, source in _references(requirement):
        if not _can_refer(duty, word):
            known.wrong(placed, f"`{word}` means nothing in this duty", "see `object` and `per`", *where, source)
    if requirement.same_meeting and "meeting-held" not in duty.evidence:
        known.wrong(placed, "`same meeting` needs `meeting-held` beside it", "add it or drop this", *where, "meeting")


def _references(requirement: Requirement) -> list[tuple[str, str]]:
    return [
        (str(source), attribute)
        for attribute, source, is_reference in zip(
            requirement.attributes, requirement.sources, requirement.references, strict=True
        )
        if is_reference
    ]


def _can_refer(duty: Duty | Right, word: str) -> bool:
    """Tell whether an occurrence of the duty has what the word refers to."""
    if word == "bearer":
        several = duty.bearer == "all" or isinstance(duty.bearer, tuple) or str(duty.bearer).startswith("convenors")
        return not several
    if isinstance(duty, Right):
        return False
    per_meeting = bool(duty.meeting_bodies) or duty.per == FIRST_MEETING
    return {
        "object": duty.object is not None,
        "meeting": per_meeting,
        "meeting-body": per_meeting,
        "release": duty.per == RELEASE,
    }[word]


def _reading(known: _Known, placed: Placed) -> None:
    """What a choice changes is a duty that still reads."""
    for index, choice in enumerate(placed.block.choices):
        for duty_id, changes in choice.changes.items():
            where: tuple[str | int, ...] = ("choices", index, "changes", duty_id)
            if not known.one(placed, duty_id, known.duties, "duty", *where):
                continue
            if choice.id == placed.block.assumed:
                known.wrong(placed, "the assumed choice changes nothing: it is what the duty says", "drop it", *where)
            original = known.duties[duty_id]
            try:
                changed = Duty.model_validate(patched(original.raw.data, changes))
            except ValidationError as errors:
                known.wrong(placed, f"`{duty_id}` would not read: {errors.errors()[0]['msg']}", "mend it", *where)
            else:
                _duty(known, placed, changed)

"""Whether what duties and readings name is there, and whether it can be meant."""

from __future__ import annotations

import datetime as dt
import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from yhdyspinta.agreement.blocks import PARTY_KINDS, Party
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
from yhdyspinta.agreement.saying import Said, said_in
from yhdyspinta.agreement.validation import said_of

if TYPE_CHECKING:
    from yhdyspinta.agreement.draft import Draft, Placed

# What ids name: the context keeps these words apart from the same words elsewhere.
ACTOR = said_in("what an id names", "party or body")
BODY = said_in("what an id names", "body")
TERMS = said_in("what an id names", "terms")
_KIND = said_in("what an id names", "kind of party")
_NO_GROUPS = (Said("no level of this agreement has groups"), Said("give a level `groups: true`"))
BEARER_WORDS = ("all", "each party", "each municipality", "each group", "convenors")


class Known:
    """The ids that are defined, and how to say that one is not."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        broken: dict[str, set[str]] = defaultdict(set, draft.broken)
        self.parties = {placed.block.id: placed.block for placed in draft.of("parties")}
        self.themes = {placed.block.id for placed in draft.of("theme")} | broken["theme"]
        groups = {placed.block.id for placed in draft.of("theme") if placed.block.group}
        self.bodies = {placed.block.id for placed in draft.of("body")} | groups | broken["body"] | broken["theme"]
        self.party_ids = set(self.parties) | broken["parties"]
        self.actors = self.party_ids | self.bodies
        self.terms = {placed.block.id: placed.block for placed in draft.of("terms")}
        self.duties = {placed.block.id: placed for placed in draft.of("duty")}
        self.duty_ids = set(self.duties) | broken["duty"]
        self.readings = {placed.block.id for placed in draft.of("reading")} | broken["reading"]
        self.laws = {placed.block.id for placed in draft.of("law")} | broken["law"]
        self.term_ids = set(self.terms) | broken["terms"]
        self.has_groups = any(level.groups for level in draft.front.levels)

    def one(self, placed: Placed, id: str, known: Collection[str], what: Said, *keys: str | int) -> bool:
        """Note an id that names nothing; tell whether it is known."""
        if id in known:
            return True
        near = difflib.get_close_matches(id, sorted(known), n=1)
        define = Said("define the %(what)s or remove the id", what=what)
        key = ".".join(str(key) for key in keys if not isinstance(key, int))
        message = Said("`%(key)s` names an unknown %(what)s `%(id)s`", key=key, what=what, id=id)
        placed.find(message, Said("did you mean `%(near)s`?", near=near[0]) if near else define, *keys)
        return False

    def each(self, placed: Placed, ids: Iterable[str], known: Collection[str], what: Said, *keys: str | int) -> None:
        """Note every id in a list that names nothing."""
        for index, id in enumerate(ids):
            self.one(placed, id, known, what, *keys, index)


def check_duty(known: Known, placed: Placed, duty: Duty | Right) -> None:
    """Note everything that a duty or right names and is not there, or cannot be meant."""
    _bearer(known, placed, duty)
    known.each(placed, duty.readings, known.readings, said_in("what an id names", "reading"), "reading")
    known.each(placed, duty.laws, known.laws, said_in("what an id names", "law"), "law")
    if duty.basis == "interpreted" and not duty.readings:
        placed.find(Said("an interpreted duty rests on a reading"), Said("name it with `reading: ID`"), "basis")
    if isinstance(duty, Duty):
        known.each(placed, duty.meeting_bodies, known.bodies, BODY, "per")
        if duty.object == "each group" and not known.has_groups:
            placed.find(*_NO_GROUPS, "object")
        _period(placed, duty)
        _term(known, placed, duty)
        _window(placed, duty)
    for requirement in duty.requirements:
        _requirement(known, placed, duty, requirement)


def _bearer(known: Known, placed: Placed, duty: Duty | Right) -> None:
    match duty.bearer:
        case EachOf(each=kinds):
            known.each(placed, kinds, PARTY_KINDS, _KIND, "bearer", "each")
        case tuple() as ids:
            known.each(placed, ids, known.actors, ACTOR, "bearer")
        case "each group" if not known.has_groups:
            placed.find(*_NO_GROUPS, "bearer")
        case str() as word if word.startswith("convenors of "):
            if known.one(placed, word.removeprefix("convenors of "), known.bodies, BODY, "bearer"):
                _convened(known, placed, (word.removeprefix("convenors of "),))
        case "convenors" if isinstance(duty, Duty):
            _convened(known, placed, duty.meeting_bodies)
        case str() as word if word not in BEARER_WORDS:
            known.one(placed, word, known.actors, ACTOR, "bearer")


def _convened(known: Known, placed: Placed, bodies: tuple[str, ...]) -> None:
    """Convenors can bear a duty only where the text says who they are."""
    convened = {body.block.id for body in known.draft.of("body") if body.block.convened_by or body.block.rotation}
    for body in bodies:
        if body in known.bodies and body not in convened:
            message = Said("nobody is said to convene `%(body)s`", body=body)
            placed.find(message, Said("give the body `convened-by`"), "bearer")


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


def _period(placed: Placed, duty: Duty) -> None:
    """What is said beside the period can have an effect there."""
    if duty.deadline and duty.per not in (CALENDAR_YEAR, COUNCIL_TERM):
        placed.find(
            Said("`deadline: none` means nothing here"), Said("only years and terms have a deadline"), "deadline"
        )
    if duty.object and str(duty.bearer).startswith("convenors"):
        placed.find(Said("a duty of the convenors has no object"), Said("remove `object`"), "object")
    if duty.per == FIRST_MEETING and duty.bearer != "each group":
        placed.find(
            Said("the first meeting of each group is borne by each group"), Said("bearer: each group"), "bearer"
        )
    if duty.count > 1 and any(requirement.cover for requirement in duty.requirements):
        placed.find(Said("`count` does not go with a list that must hold all"), Said("remove `count`"), "count")


def _term(known: Known, placed: Placed, duty: Duty) -> None:
    """A duty per council term needs to know whose term, and the term's days (DESIGN §3.1)."""
    if duty.term is None:
        return
    if duty.per not in (COUNCIL_TERM, FIRST_MEETING):
        placed.find(Said("`term` means nothing in this duty"), Said("it goes with council terms; remove it"), "term")
        return
    if duty.term != "own":
        known.one(placed, duty.term, known.term_ids, TERMS, "term")
        return
    kinds = bearer_kinds(duty.bearer, known.parties.values())
    if not kinds:
        placed.find(Said("`term: own` needs a bearer that has a term of its own"), Said("name the terms"), "term")
    for kind in sorted(kinds):
        if not any(kind in term.of for term in known.terms.values()):
            mend = Said("add terms with `of: [%(kind)s]`, or leave %(kind)s out", kind=kind)
            placed.find(Said("the council terms of a %(kind)s are not known", kind=kind), mend, "term")


def _window(placed: Placed, duty: Duty) -> None:
    """A window's days are of the kind that the period can have."""
    edges = [edge for edge in (duty.window.from_, duty.window.to) if edge is not None]
    per_meeting = bool(duty.meeting_bodies) or duty.per == FIRST_MEETING
    allowed, example = {
        CALENDAR_YEAR: (_is_month_day, Said("month-days such as 05-01")),
        RELEASE: (lambda edge: edge == "release", Said("`from: release`")),
        COUNCIL_TERM: (lambda _: False, Said("none: the term is the window")),
        None: (lambda edge: isinstance(edge, dt.date), Said("dates such as 2025-05-31")),
    }.get(duty.per, (lambda edge: per_meeting and edge in ("meeting", "day before"), Said("`meeting` or `day before`")))
    ends_with_release = duty.per == RELEASE and duty.window.to is not None
    if ends_with_release or not all(allowed(edge) for edge in edges):
        mend = Said("here a window has %(example)s", example=example)
        placed.find(Said("the window does not fit the period"), mend, "window")


def _is_month_day(edge: Any) -> bool:
    return isinstance(edge, str) and edge[:2].isdecimal()


def _requirement(known: Known, placed: Placed, duty: Duty | Right, requirement: Requirement) -> None:
    where = ("evidence", requirement.kind)
    if duty.kind != "achieve" and "to" not in KINDS[requirement.kind].__struct_encode_fields__:
        message = Said("`%(kind)s` has no days from–to: it cannot hold", kind=requirement.kind)
        placed.find(message, Said("use a dated fact"), *where)
    ids = {
        "body": (known.bodies, BODY),
        "theme": (known.themes, said_in("what an id names", "theme")),
        "party": (known.party_ids, said_in("what an id names", "party")),
    }
    references = dict(zip(requirement.attributes, requirement.references, strict=True))
    for attribute, source in zip(requirement.attributes, requirement.sources, strict=True):
        if attribute in ids and not references[attribute]:
            known.one(placed, str(source), *ids[attribute], *where, attribute)
    for attribute, values in requirement.any_of:
        if attribute in ids:
            known.each(placed, map(str, values), *ids[attribute], *where, attribute)
    for _, kinds in requirement.of_kind:
        known.each(placed, sorted(kinds), PARTY_KINDS, _KIND, *where, "party")
    if requirement.after and duty.object is None:
        placed.find(Said("`after` speaks of an object, and the duty has none"), Said("add `object`"), *where, "after")
    _check_references(placed, duty, requirement)
    if requirement.same_meeting and "meeting-held" not in duty.evidence:
        placed.find(
            Said("`same meeting` needs `meeting-held` beside it"), Said("add it or drop this"), *where, "meeting"
        )


def _check_references(placed: Placed, duty: Duty | Right, requirement: Requirement) -> None:
    """Words such as `object` stand for something that the duty's occurrences have."""
    for attribute, word, refers in zip(
        requirement.attributes, requirement.sources, requirement.references, strict=True
    ):
        if refers and not _can_refer(duty, str(word)):
            where = ("evidence", requirement.kind, attribute)
            message = Said("`%(word)s` means nothing in this duty", word=word)
            placed.find(message, Said("see `object` and `per`"), *where)


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


def check_reading(known: Known, placed: Placed) -> None:
    """Note a choice that changes a duty into something that does not read."""
    for index, choice in enumerate(placed.block.choices):
        for duty_id, changes in choice.changes.items():
            where: tuple[str | int, ...] = ("choices", index, "changes", duty_id)
            if (
                not known.one(placed, duty_id, known.duty_ids, said_in("what an id names", "duty"), *where)
                or duty_id not in known.duties
            ):
                continue
            if choice.id == placed.block.assumed:
                placed.find(
                    Said("the assumed choice changes nothing: it is what the duty says"), Said("drop it"), *where
                )
            original = known.duties[duty_id]
            try:
                changed = Duty.model_validate(patched(original.raw.data, changes))
            except ValidationError as errors:
                message = Said("`%(id)s` would not read: %(why)s", id=duty_id, why=said_of(errors))
                placed.find(message, Said("mend it"), *where)
            else:
                check_duty(known, replace(placed, path=(*placed.path, *where)), changed)

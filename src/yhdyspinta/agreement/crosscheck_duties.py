"""Whether what duties and readings name is there, and whether it can be meant."""

from __future__ import annotations

import datetime as dt
import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable
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

if TYPE_CHECKING:
    from yhdyspinta.agreement.compose import Draft, Placed

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

    def one(self, placed: Placed, id: str, known: Collection[str], what: str, *keys: str | int) -> bool:
        """Note an id that names nothing; tell whether it is known."""
        if id in known:
            return True
        near = difflib.get_close_matches(id, sorted(known), n=1)
        mend = f"did you mean `{near[0]}`?" if near else f"define the {what} or remove the id"
        where = ".".join(str(key) for key in keys if not isinstance(key, int))
        self.draft.authority.find(placed.line_of(*keys), f"`{where}` names an unknown {what} `{id}`", mend)
        return False

    def each(self, placed: Placed, ids: Iterable[str], known: Collection[str], what: str, *keys: str | int) -> None:
        """Note every id in a list that names nothing."""
        for index, id in enumerate(ids):
            self.one(placed, id, known, what, *keys, index)

    def wrong(self, placed: Placed, message: str, mend: str, *keys: str | int) -> None:
        """Note something else that is wrong at a key of a block."""
        self.draft.authority.find(placed.line_of(*keys), message, mend)


def check_duty(known: Known, placed: Placed, duty: Duty | Right) -> None:
    """Note everything that a duty or right names and is not there, or cannot be meant."""
    _bearer(known, placed, duty)
    known.each(placed, duty.readings, known.readings, "reading", "reading")
    known.each(placed, duty.laws, known.laws, "law", "law")
    if duty.basis == "interpreted" and not duty.readings:
        known.wrong(placed, "an interpreted duty rests on a reading", "name it with `reading: ID`", "basis")
    if isinstance(duty, Duty):
        known.each(placed, duty.meeting_bodies, known.bodies, "body", "per")
        if duty.object == "each group" and not known.has_groups:
            known.wrong(placed, "no level of this agreement has groups", "give a level `groups: true`", "object")
        _period(known, placed, duty)
        _term(known, placed, duty)
        _window(known, placed, duty)
    for requirement in duty.requirements:
        _requirement(known, placed, duty, requirement)


def _bearer(known: Known, placed: Placed, duty: Duty | Right) -> None:
    match duty.bearer:
        case EachOf(each=kinds):
            known.each(placed, kinds, PARTY_KINDS, "kind of party", "bearer", "each")
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


def _convened(known: Known, placed: Placed, bodies: tuple[str, ...]) -> None:
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


def _period(known: Known, placed: Placed, duty: Duty) -> None:
    """What is said beside the period can have an effect there."""
    if duty.deadline and duty.per not in (CALENDAR_YEAR, COUNCIL_TERM):
        known.wrong(placed, "`deadline: none` means nothing here", "only years and terms have a deadline", "deadline")
    if duty.object and str(duty.bearer).startswith("convenors"):
        known.wrong(placed, "a duty of the convenors has no object", "remove `object`", "object")
    if duty.per == FIRST_MEETING and duty.bearer != "each group":
        known.wrong(placed, "the first meeting of each group is borne by each group", "bearer: each group", "bearer")
    if duty.count > 1 and any(requirement.cover for requirement in duty.requirements):
        known.wrong(placed, "`count` does not go with a list that must hold all", "remove `count`", "count")


def _term(known: Known, placed: Placed, duty: Duty) -> None:
    """A duty per council term needs to know whose term, and the term's days (DESIGN §3.1)."""
    if duty.term is None:
        return
    if duty.per not in (COUNCIL_TERM, FIRST_MEETING):
        known.wrong(placed, "`term` means nothing in this duty", "it goes with council terms; remove it", "term")
        return
    if duty.term != "own":
        known.one(placed, duty.term, known.term_ids, "terms", "term")
        return
    kinds = bearer_kinds(duty.bearer, known.parties.values())
    if not kinds:
        known.wrong(placed, "`term: own` needs a bearer that has a term of its own", "name the terms", "term")
    for kind in sorted(kinds):
        if not any(kind in term.of for term in known.terms.values()):
            message = f"the council terms of a {kind} are not known"
            known.wrong(placed, message, f"add terms with `of: [{kind}]`, or leave {kind} out", "term")


def _window(known: Known, placed: Placed, duty: Duty) -> None:
    """A window's days are of the kind that the period can have."""
    edges = [edge for edge in (duty.window.from_, duty.window.to) if edge is not None]
    per_meeting = bool(duty.meeting_bodies) or duty.per == FIRST_MEETING
    allowed, example = {
        CALENDAR_YEAR: (_is_month_day, "month-days such as 05-01"),
        RELEASE: (lambda edge: edge == "release", "`from: release`"),
        COUNCIL_TERM: (lambda _: False, "none: the term is the window"),
        None: (lambda edge: isinstance(edge, dt.date), "dates such as 2025-05-31"),
    }.get(duty.per, (lambda edge: per_meeting and edge in ("meeting", "day before"), "`meeting` or `day before`"))
    ends_with_release = duty.per == RELEASE and duty.window.to is not None
    if ends_with_release or not all(allowed(edge) for edge in edges):
        known.wrong(placed, "the window does not fit the period", f"here a window has {example}", "window")


def _is_month_day(edge: Any) -> bool:
    return isinstance(edge, str) and edge[:2].isdecimal()


def _requirement(known: Known, placed: Placed, duty: Duty | Right, requirement: Requirement) -> None:
    where = ("evidence", requirement.kind)
    if duty.kind != "achieve" and "to" not in KINDS[requirement.kind].__struct_encode_fields__:
        known.wrong(placed, f"`{requirement.kind}` has no days from–to: it cannot hold", "use a dated fact", *where)
    ids = {"body": known.bodies, "theme": known.themes, "party": known.party_ids}
    references = dict(zip(requirement.attributes, requirement.references, strict=True))
    for attribute, source in zip(requirement.attributes, requirement.sources, strict=True):
        if attribute in ids and not references[attribute]:
            known.one(placed, str(source), ids[attribute], attribute, *where, attribute)
    for attribute, values in requirement.any_of:
        if attribute in ids:
            known.each(placed, map(str, values), ids[attribute], attribute, *where, attribute)
    for _, kinds in requirement.of_kind:
        known.each(placed, sorted(kinds), PARTY_KINDS, "kind of party", *where, "party")
    if requirement.after and duty.object is None:
        known.wrong(placed, "`after` speaks of an object, and the duty has none", "add `object`", *where, "after")
    _check_references(known, placed, duty, requirement)
    if requirement.same_meeting and "meeting-held" not in duty.evidence:
        known.wrong(placed, "`same meeting` needs `meeting-held` beside it", "add it or drop this", *where, "meeting")


def _check_references(known: Known, placed: Placed, duty: Duty | Right, requirement: Requirement) -> None:
    """Words such as `object` stand for something that the duty's occurrences have."""
    for attribute, word, refers in zip(
        requirement.attributes, requirement.sources, requirement.references, strict=True
    ):
        if refers and not _can_refer(duty, str(word)):
            where = ("evidence", requirement.kind, attribute)
            known.wrong(placed, f"`{word}` means nothing in this duty", "see `object` and `per`", *where)


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
            if not known.one(placed, duty_id, known.duty_ids, "duty", *where) or duty_id not in known.duties:
                continue
            if choice.id == placed.block.assumed:
                known.wrong(placed, "the assumed choice changes nothing: it is what the duty says", "drop it", *where)
            original = known.duties[duty_id]
            try:
                changed = Duty.model_validate(patched(original.raw.data, changes))
            except ValidationError as errors:
                known.wrong(placed, f"`{duty_id}` would not read: {errors.errors()[0]['msg']}", "mend it", *where)
            else:
                check_duty(known, placed, changed)

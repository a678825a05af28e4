"""Duties and rights from what was read: bearers named, meetings joined with their convenors, nothing said twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from yhdyspinta.agreement.duty import COUNCIL_TERM
from yhdyspinta.agreement.proposing.bodies import FoundBody
from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.model import Mark, Proposal
from yhdyspinta.agreement.proposing.reading import Reading
from yhdyspinta.agreement.proposing.sentences import Sentence
from yhdyspinta.agreement.proposing.shapes import CONVENORS, Said, Shape, shapes_of
from yhdyspinta.agreement.proposing.when import Cadence
from yhdyspinta.agreement.proposing.who import ALL, EACH_GROUP, EACH_PARTY, Bearer, Cast, Mention, Who, bearer_of
from yhdyspinta.agreement.slugs import free, slug

_TO_TELL_APART = frozenset({"steering", "review", "online"})
_LONGEST_NAME = 6
_DONE_TOGETHER = frozenset({
    "convening", "meeting", "review-meeting", "agenda", "minutes", "release", "evaluation", "negotiation",
    "appointment", "steering", "online",
})  # fmt: skip
_OF_GROUPS = frozenset({"acceptance", "appointment", "member", "membership", "convening"})
# What is done once for each life of a group: its council term, where the text says that this is its term.
_ONCE_A_LIFE = frozenset({"acceptance", "appointment", "plan"})


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole text says that a single sentence needs."""

    language: Language
    cast: Cast
    bodies: Mapping[str, FoundBody]
    groups_have_term: bool


def duties_of(readings: Sequence[Reading], context: Context) -> Iterator[Proposal]:
    """Return the duties that the readings make, in the order of the text."""
    joined = _with_convenors(_one_task_each(readings))
    convened = _convened(joined, context)
    seen: set[str] = set()
    taken: set[str] = set()
    for reading in joined:
        whole, borrowed = _said(reading, context, convened)
        for said in _each_for_itself(whole, reading.act.what):
            for shape in shapes_of(reading.act.what, said, context.language):
                proposal = _proposal(reading, said, shape, context, borrowed=borrowed, taken=taken)
                same = _sameness(proposal, reading)
                if same not in seen:
                    seen.add(same)
                    taken.add(str(proposal.data["id"]))
                    yield proposal


def _each_for_itself(said: Said, what: str) -> tuple[Said, ...]:
    """Several who name, report or elect do so each for itself; several who convene or prepare do it together."""
    if what in _DONE_TOGETHER:
        return (said,)
    if isinstance(said.bearer, list):
        return tuple(replace(said, bearer=bearer) for bearer in said.bearer)
    return (replace(said, bearer=EACH_PARTY),) if said.bearer == ALL else (said,)


def _one_task_each(readings: Sequence[Reading]) -> list[Reading]:
    """Tasks without measure that one statement gives one bearer are one duty."""
    kept: list[Reading] = []
    for reading in readings:
        last = kept[-1] if kept else None
        plain = reading.act.what in _TO_TELL_APART and last is not None and last.act.what in _TO_TELL_APART
        if (
            plain
            and last
            and (last.sentence, last.words, last.bearers) == (reading.sentence, reading.words, reading.bearers)
        ):
            continue
        kept.append(reading)
    return kept


def _with_convenors(readings: Sequence[Reading]) -> list[Reading]:
    """Join "X kutsuu koolle" with "kokoontuu vähintään kerran vuodessa": X bears that the body meets so often."""
    convening: dict[str, Reading] = {}
    meeting: dict[str, Reading] = {}
    for reading in readings:
        if reading.body and reading.act.what == "convening":
            convening.setdefault(reading.body, reading)
        elif reading.body and reading.act.what == "meeting" and reading.cadence:
            meeting.setdefault(reading.body, reading)
    joined: list[Reading] = []
    for reading in readings:
        called, met = convening.get(reading.body or ""), meeting.get(reading.body or "")
        if reading is called and met and not called.cadence:
            joined.append(_as_one(called, met))
        elif reading.act.what == "meeting" and called and (reading is met or not reading.cadence):
            # Said with the convenor; a second cadence of the body stays a duty of its own.
            if called.cadence and reading.cadence and reading.cadence != called.cadence:
                joined.append(replace(reading, bearers=called.bearers, bearer_marks=(), together=called.together))
        else:
            joined.append(reading)
    return joined


def _as_one(called: Reading, met: Reading) -> Reading:
    if called.sentence == met.sentence:
        return replace(called, cadence=met.cadence)
    # The sentence with the number is what the duty rests on; who convenes was said elsewhere.
    return replace(met, act=called.act, bearers=called.bearers, bearer_marks=(), together=called.together, sure=True)


def _convened(readings: Iterable[Reading], context: Context) -> tuple[str, ...]:
    """The bodies that parties convene, and what their blocks say of it."""
    bodies: list[str] = []
    for reading in readings:
        bearer = _bearer(reading, context)
        ids = [bearer] if isinstance(bearer, str) else bearer if isinstance(bearer, list) else []
        plain = bool(ids) and all(who.kind in ("party", "body") for who in reading.bearers)
        body = context.bodies.get(reading.body or "")
        if not plain or not reading.body or reading.body in ids:
            continue
        if reading.act.what == "convening":
            if all(who.kind == "party" for who in reading.bearers):
                bodies.append(reading.body)
            if body and not body.convened_by:
                body.convened_by = ids
        elif reading.act.what == "agenda" and body and not body.agenda_by:
            body.agenda_by = ids
    return tuple(dict.fromkeys(bodies))


def _bearer(reading: Reading, context: Context) -> Bearer | None:
    if any(who.kind == "convenor" for who in reading.bearers):
        return CONVENORS
    joint = reading.together or reading.act.what in ("evaluation", "negotiation")
    return bearer_of(reading.bearers, context.cast, together=joint)


def _said(reading: Reading, context: Context, convened: tuple[str, ...]) -> tuple[Said, bool]:
    """Return what the shapes need, and whether the cadence was borrowed from another sentence."""
    bearer = _bearer(reading, context)
    cadence, borrowed = reading.cadence, False
    body = context.bodies.get(reading.body or "") or next(
        (context.bodies[who.value] for who in reading.bearers if who.kind == "body" and who.value in context.bodies),
        None,
    )
    of_groups = reading.groups or bearer == EACH_GROUP
    coordinated = reading.act.what == "member" and bool(reading.coordinated)
    if not cadence and of_groups and context.groups_have_term and (reading.act.what in _ONCE_A_LIFE or coordinated):
        cadence, borrowed = Cadence(per=COUNCIL_TERM), True
    if not cadence and body and body.term_bound and reading.act.what in ("convening", "meeting", "picture"):
        cadence, borrowed = Cadence(per=COUNCIL_TERM), True
    people_are_parties = all(who.kind in ("party", "kind", "everyone") for who in reading.bearers)
    said = Said(
        bearer=bearer,
        cadence=cadence,
        words=reading.words,
        body=reading.body,
        bodies=reading.bodies,
        groups=reading.groups and bearer != EACH_GROUP,
        convened=convened,
        of_kinds=_kinds(reading.coordinated, context.cast),
        is_party=people_are_parties and bool(reading.bearers),
    )
    return said, borrowed


def _kinds(people: Sequence[Who], cast: Cast) -> tuple[str, ...]:
    kind_of = {party.id: party.kind for party in cast.parties}
    named = (who.value if who.kind == "kind" else kind_of.get(who.value, "") for who in people)
    return tuple(kind for kind in dict.fromkeys(named) if kind)


def _proposal(
    reading: Reading, said: Said, shape: Shape, context: Context, *, borrowed: bool, taken: set[str]
) -> Proposal:
    name = context.language.labels.get(shape.topic) or _name(reading)
    keys = dict(shape.keys)
    interpreted = borrowed or shape.interpreted or bool(said.bearer and not reading.sure)
    basis = keys.pop("basis", "interpreted" if interpreted else "explicit")
    bearer = _bearer_as_written(reading, said, keys)
    topic = name if reading.act.what in _TO_TELL_APART and not reading.act.label else shape.topic
    data: dict[str, Any] = {
        "id": free(slug(f"{_whose(reading, said)} {topic}"), taken),
        "name": {context.language.code: name},
        **({"bearer": bearer} if bearer else {}),
        **keys,
        "basis": basis,
    }
    unsaid = (
        *shape.open,
        *(() if bearer else ("bearer",)),
        *(("reading",) if basis == "interpreted" else ()),
    )
    clause, text = reading.sentence.clause.id, reading.sentence.text
    return Proposal("duty", clause, text, reading.marks, data, unsaid, reading.act.rule)


def _bearer_as_written(reading: Reading, said: Said, keys: Mapping[str, Any]) -> Bearer | None:
    """Return the bearer; convenors are those of a body where the period is no meeting."""
    if said.bearer != CONVENORS or str(keys.get("per", "")).startswith("meeting of"):
        return said.bearer
    return f"{CONVENORS} of {reading.body}" if reading.body else None


def _whose(reading: Reading, said: Said) -> str:
    """What an id begins with: the body it is about, the groups, or whoever bears it."""
    if reading.body and reading.act.what in ("convening", "meeting", "review-meeting", "agenda", "minutes", "release"):
        return reading.body
    if said.bearer == EACH_GROUP or (reading.groups and reading.act.what in _OF_GROUPS):
        return "ryhma"
    alone = isinstance(said.bearer, str) and all(who.kind in ("party", "body") for who in reading.bearers)
    return str(said.bearer) if alone and said.bearer != CONVENORS else ""


def _name(reading: Reading) -> str:
    """Words for the duty's card: those of its kind, with the cadence as it stands, or the sentence's own."""
    label, text = reading.act.label, reading.sentence.text
    if label and reading.act.what == "meeting" and reading.cadence.marks:
        first = reading.cadence.marks[0]
        return f"{label} {text[first.start : first.end].lower()}"
    if label:
        return label
    rest = text[reading.verb.start :].partition(",")[0].rstrip(".;: ").split()
    name = " ".join(rest[:_LONGEST_NAME])
    return name[:1].upper() + name[1:]


def _sameness(proposal: Proposal, reading: Reading) -> str:
    """What two proposals share when they say the same: a duty without measure is the same only in the same words."""
    said = {key: value for key, value in proposal.data.items() if key not in ("id", "name", "basis")}
    words = f"{reading.words} {reading.verb.start}"
    if "evidence" in said:
        words = ""
    elif reading.act.what == "convening":
        words = f"{reading.body} {reading.groups}"
    return json.dumps([said, words], sort_keys=True, default=str)


# --- rights


def rights_of(sentence: Sentence, mentions: Sequence[Mention], context: Context, taken: set[str]) -> Iterator[Proposal]:
    """Return a right for each body that a party may be present in or name people to."""
    words, text = context.language.words, sentence.text
    match = words.rights.search(text)
    if not match or words.negation.search(text) or words.whole_sentence_not_binding.search(text):
        return
    owners = [m for m in mentions if m.who.kind in ("party", "kind", "everyone") and m.case in ("at", "subject")]
    bearer = bearer_of([m.who for m in owners], context.cast, together=False) if owners else None
    if bearer is None or isinstance(bearer, list):
        return
    name = text[match.start() : match.end()]
    for body in (mention for mention in mentions if mention.who.kind == "body"):
        role = "deputy" if words.deputy.search(text) else "attendee"
        data: dict[str, Any] = {
            "id": free(slug(f"{body.who.value} oikeus"), taken),
            "name": {context.language.code: name[:1].upper() + name[1:]},
            "bearer": bearer,
            "evidence": {"member-named": {"party": "bearer", "body": body.who.value, "role": role}},
            "basis": "explicit",
        }
        taken.add(str(data["id"]))
        named = [*(Mark(owner.start, owner.end, "bearer") for owner in owners), Mark(body.start, body.end, "body")]
        marks = tuple(sorted([*named, Mark(match.start(), match.end(), "verb")]))
        yield Proposal("right", sentence.clause.id, text, marks, data, (), "may-be-present")

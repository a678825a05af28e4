"""What shows that something was done: from a kind of act and what a sentence says of it to the keys of a duty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from yhdyspinta.agreement.duty import COUNCIL_TERM, FIRST_MEETING, RELEASE
from yhdyspinta.agreement.proposing.language import Language
from yhdyspinta.agreement.proposing.when import Cadence
from yhdyspinta.agreement.proposing.who import EACH_GROUP, Bearer

CONVENORS = "convenors"


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of an act, whoever it is read for."""

    bearer: Bearer | None
    cadence: Cadence
    words: str
    """The statement that the act stands in, for what depends on its object."""
    body: str | None = None
    """The body that meets, is prepared for or is named to."""
    bodies: tuple[str, ...] = ()
    groups: bool = False
    """The object of the act is the groups, each of them."""
    convened: tuple[str, ...] = ()
    """The bodies whose convenors the text names among the parties."""
    of_kinds: tuple[str, ...] = ()
    """The kinds of party whose people are put forward, where somebody else bears that they are."""
    is_party: bool = True
    """The bearer is a party or parties, not a body: only they deliver, report, decide and name."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of a duty that follow from an act, and those that are still open."""

    keys: Mapping[str, Any]
    open: tuple[str, ...] = ()
    topic: str = ""
    interpreted: bool = False


def shapes_of(what: str, said: Said, language: Language) -> tuple[Shape, ...]:
    """Return the duties that an act makes: most make one; a plan with rules makes two."""
    return _SHAPES[what](said, language)


# --- time


def _timed(said: Said) -> tuple[dict[str, Any], tuple[str, ...]]:
    cadence = said.cadence
    keys: dict[str, Any] = {}
    if cadence.per:
        keys["per"] = cadence.per
    if cadence.count > 1:
        keys["count"] = cadence.count
    if cadence.window and cadence.per != COUNCIL_TERM:
        keys["window"] = dict(cadence.window)
    unsaid = (("term",) if cadence.per == COUNCIL_TERM else ()) + (("window",) if cadence.vague else ())
    return keys, unsaid


def _achieve(said: Said, evidence: dict[str, Any], topic: str, *, object_: bool = False) -> Shape:
    """Something to be done, where the text says how often or when; else nothing to measure by."""
    if not said.cadence:
        return _unmeasured(topic, ("frequency",), basis="unspecified")
    keys, unsaid = _timed(said)
    shown = {"object": "each group"} if object_ else {}
    return Shape({"kind": "achieve", **shown, **keys, "evidence": evidence}, unsaid, topic, said.cadence.vague)


def _once(
    said: Said, evidence: dict[str, Any], topic: str, *, interpreted: bool = False, object_: bool = False
) -> Shape:
    keys, unsaid = _timed(said)
    shown = {"object": "each group"} if object_ else {}
    return Shape(
        {"kind": "achieve", **shown, **keys, "evidence": evidence}, unsaid, topic, interpreted or said.cadence.vague
    )


def _unmeasured(topic: str, unsaid: tuple[str, ...] = (), basis: str = "explicit") -> Shape:
    return Shape({"kind": "unmeasured", "basis": basis}, unsaid, topic)


def _maintain(
    evidence: dict[str, Any], topic: str, *, object_: str | None = None, unsaid: tuple[str, ...] = ()
) -> Shape:
    shown = {"object": object_} if object_ else {}
    return Shape({"kind": "maintain", **shown, "evidence": evidence}, unsaid, topic)


def _own(said: Said) -> str:
    """How evidence names the body that bears a duty."""
    return said.bearer if isinstance(said.bearer, str) and said.bearer != EACH_GROUP else "bearer"


# --- meetings


def _meeting(said: Said, _: Language) -> tuple[Shape, ...]:
    if said.bearer == EACH_GROUP or said.body is None:
        return (
            _unmeasured(
                "koolle",
                ("frequency",) if not said.cadence else ("evidence",),
                "unspecified" if not said.cadence else "explicit",
            ),
        )
    return (_achieve(said, {"meeting-held": {"body": said.body}}, "koolle"),)


def _review_meeting(said: Said, _: Language) -> tuple[Shape, ...]:
    if said.body is None or not said.cadence:
        return ()
    evidence = {
        "meeting-held": {"body": said.body},
        "item-handled": {"body": said.body, "topic": "goal-review", "meeting": "same meeting"},
    }
    return (_achieve(said, evidence, "seurantakokous"),)


def _meeting_bound(
    said: Said, fact: str, fields: dict[str, Any], topic: str, unsaid: tuple[str, ...] = ()
) -> tuple[Shape, ...]:
    """Something that each meeting of a body asks for; of several bodies where the convenors bear it."""
    at_large = said.body is None and said.bearer == CONVENORS
    bodies = said.convened if at_large else said.bodies if len(said.bodies) > 1 else tuple(filter(None, (said.body,)))
    if not bodies:
        return () if at_large else (_unmeasured(topic, ("frequency",), "unspecified"),)
    per = f"meeting of {bodies[0]}" if len(bodies) == 1 else f"meeting of [{', '.join(bodies)}]"
    body = bodies[0] if len(bodies) == 1 else "meeting-body"
    keys = {"kind": "achieve", "per": per, "evidence": {fact: {"body": body, **fields}}}
    return (Shape(keys, unsaid, topic, at_large and len(bodies) > 1),)


def _agenda(said: Said, language: Language) -> tuple[Shape, ...]:
    found = _meeting_bound(
        said, "agenda-issued", {"meeting": "meeting", "prepared_by": "each bearer"}, "asialista", ("window",)
    )
    if language.words.day_before.search(said.words):
        return tuple(
            Shape({**shape.keys, "window": {"to": "day before"}}, (), shape.topic)
            for shape in found
            if "per" in shape.keys
        )
    return found


def _minutes(said: Said, _: Language) -> tuple[Shape, ...]:
    own = _own(said)
    if said.body is None and not said.is_party and own not in ("bearer", CONVENORS):
        said = replace(said, body=own)
    return _meeting_bound(said, "minutes-approved", {"meeting": "meeting"}, "muistio")


def _release(said: Said, _: Language) -> tuple[Shape, ...]:
    return _meeting_bound(said, "release-published", {"meeting": "meeting"}, "tiedote")


def _sharing(said: Said, _: Language) -> tuple[Shape, ...]:
    if not said.is_party:
        return (_unmeasured("tiedotteiden-jako"),)
    evidence = {"release-shared": {"party": "bearer", "release": "release"}}
    return (Shape({"kind": "achieve", "per": RELEASE, "evidence": evidence}, (), "tiedotteiden-jako"),)


def _officers(said: Said, language: Language) -> tuple[Shape, ...]:
    words = language.words
    asked = (("chair", words.chair), ("vice-chair", words.vice_chair), ("secretary", words.secretary))
    offices = [office for office, named in asked if named.search(said.words)]
    fields: dict[str, Any] = {"body": _own(said), "offices": {"all": offices}}
    if said.bearer == EACH_GROUP and language.words.first_meeting.search(said.words):
        keys = {"kind": "achieve", "per": FIRST_MEETING, "window": {"from": "meeting", "to": "meeting"}}
        return (
            Shape(
                {**keys, "evidence": {"officers-elected": {**fields, "meeting": "meeting"}}},
                ("term",),
                "puheenjohtajisto",
            ),
        )
    return (_once(said, {"officers-elected": fields}, "puheenjohtajisto"),)


# --- groups and their people


def _acceptance(said: Said, _: Language) -> tuple[Shape, ...]:
    subject = "object" if said.groups else said.body
    if not said.is_party or subject is None:
        return ()
    return (
        _once(said, {"acceptance-given": {"party": "bearer", "subject": subject}}, "hyvaksynta", object_=said.groups),
    )


def _appointment(said: Said, language: Language) -> tuple[Shape, ...]:
    if said.body is None and not said.groups:
        return ()
    fields: dict[str, Any] = {"body": "object" if said.groups else said.body}
    if language.words.accepted_by_all.search(said.words):
        subject = "object" if said.groups else said.body
        fields["after"] = {"acceptance-given": {"subject": subject, "party": "each party"}}
    return (_once(said, {"body-appointed": fields}, "nimeaminen", object_=said.groups),)


def _member(said: Said, _: Language) -> tuple[Shape, ...]:
    """Naming people to a body: something that holds as long as they sit there."""
    if said.body is None and not said.groups:
        return ()
    body = "object" if said.groups else said.body
    if not said.is_party:
        kinds = {"party": {"kind": list(said.of_kinds)}} if said.of_kinds else {}
        evidence = {"member-named": {"body": body, **kinds}}
        return (_once(said, evidence, "edustajat", object_=said.groups),)
    return (
        _maintain(
            {"member-named": {"party": "bearer", "body": body}},
            "edustajat",
            object_="each group" if said.groups else None,
        ),
    )


def _membership(said: Said, _: Language) -> tuple[Shape, ...]:
    if not said.is_party or (said.body is None and not said.groups):
        return ()
    body = "object" if said.groups else said.body
    return (
        _maintain(
            {"member-named": {"party": "bearer", "body": body}},
            "edustus",
            object_="each group" if said.groups else None,
        ),
    )


def _counterpart(said: Said, language: Language) -> tuple[Shape, ...]:
    fields: dict[str, Any] = {"party": "bearer"}
    if language.words.time_set_aside.search(said.words):
        fields["hours_per_week"] = {"more-than": 0}
    if language.words.each_theme.search(said.words):
        return (_maintain({"counterpart-named": {**fields, "theme": "object"}}, "vastinparit", object_="each theme"),)
    return (_maintain({"counterpart-named": fields}, "vastinparit", unsaid=("object",)),) if said.is_party else ()


def _coordinator(said: Said, _: Language) -> tuple[Shape, ...]:
    return (_maintain({"coordinator-named": {"party": "bearer"}}, "koordinaatio"),) if said.is_party else ()


def _plan(said: Said, language: Language) -> tuple[Shape, ...]:
    if said.is_party and said.bearer is not None:
        return (_unmeasured("suunnitelma"),)
    found: list[Shape] = []
    for plan, topic, words in (
        ("action-plan", "suunnitelma", language.words.plan),
        ("rules", "saannot", language.words.rules),
    ):
        if words.search(said.words):
            found.append(_once(said, {"plan-adopted": {"body": _own(said), "plan": plan}}, topic))
    return tuple(found)


# --- knowledge, goals, the agreement itself


def _picture(said: Said, _: Language) -> tuple[Shape, ...]:
    if said.is_party or said.bearer == EACH_GROUP:
        return (_unmeasured("tilannekuva", ("frequency",), "unspecified"),)
    return (_achieve(said, {"picture-approved": {"body": _own(said)}}, "tilannekuva"),)


def _contribution(said: Said, _: Language) -> tuple[Shape, ...]:
    if not said.is_party:
        return (_unmeasured("tiedot"),)
    return (_achieve(said, {"contribution-delivered": {"party": "bearer"}}, "tietopohja"),)


def _goal_review(said: Said, _: Language) -> tuple[Shape, ...]:
    if said.is_party:
        return (
            _unmeasured(
                "seuranta",
                ("evidence",) if said.cadence else ("frequency",),
                "explicit" if said.cadence else "unspecified",
            ),
        )
    if said.bearer is None:
        return (_achieve(said, {"item-handled": {"topic": "goal-review"}}, "seuranta"),) if said.cadence else ()
    return (_achieve(said, {"item-handled": {"body": _own(said), "topic": "goal-review"}}, "seuranta"),)


def _review(said: Said, _: Language) -> tuple[Shape, ...]:
    if said.is_party or not said.cadence:
        return (_unmeasured("tarkastelu", ("evidence",) if said.cadence else ()),)
    return (_achieve(said, {"item-handled": {"body": _own(said), "topic": "review"}}, "tarkastelu"),)


def _report(said: Said, language: Language) -> tuple[Shape, ...]:
    if not said.is_party:
        return (
            _unmeasured(
                "raportti",
                ("evidence",) if said.cadence else ("frequency",),
                "explicit" if said.cadence else "unspecified",
            ),
        )
    report = "welfare" if language.words.welfare.search(said.words) else "report"
    return (_achieve(said, {"report-presented": {"party": "bearer", "report": report}}, "raportti"),)


def _welfare_document(said: Said, _: Language) -> tuple[Shape, ...]:
    evidence = {"document-current": {"party": "bearer", "document": "welfare-report-and-plan"}}
    return (
        (_achieve(said, evidence, "hyvinvointikertomus"),) if said.is_party else (_unmeasured("hyvinvointikertomus"),)
    )


def _evaluation(said: Said, _: Language) -> tuple[Shape, ...]:
    return (_once(said, {"evaluation-made": {}}, "arviointi"),)


def _renewal(said: Said, _: Language) -> tuple[Shape, ...]:
    if not said.is_party:
        return (_unmeasured("jatkaminen"),)
    return (_once(said, {"decision-made": {"party": "bearer", "subject": "renewal"}}, "jatkaminen"),)


def _signature(said: Said, _: Language) -> tuple[Shape, ...]:
    return (_once(said, {"signed": {"party": "bearer"}}, "allekirjoitus"),) if said.is_party else ()


def _negotiation(said: Said, language: Language) -> tuple[Shape, ...]:
    if not said.cadence:
        return (_unmeasured("neuvottelu", ("frequency",), "unspecified"),)
    which = "term" if said.cadence.per == COUNCIL_TERM else "welfare"
    if which == "welfare" and not language.words.welfare.search(said.words):
        return (_unmeasured("neuvottelu", ("evidence",)),)
    return (_achieve(said, {"negotiation-held": {"negotiation": which}}, "neuvottelu"),)


def _plain(topic: str) -> Callable[[Said, Language], tuple[Shape, ...]]:
    return lambda said, _: (_unmeasured(topic, ("evidence",) if said.cadence else ()),)


_SHAPES: Mapping[str, Callable[[Said, Language], tuple[Shape, ...]]] = {
    "convening": _meeting,
    "meeting": _meeting,
    "review-meeting": _review_meeting,
    "agenda": _agenda,
    "minutes": _minutes,
    "release": _release,
    "sharing": _sharing,
    "officers": _officers,
    "acceptance": _acceptance,
    "appointment": _appointment,
    "member": _member,
    "membership": _membership,
    "counterpart": _counterpart,
    "coordinator": _coordinator,
    "plan": _plan,
    "picture": _picture,
    "contribution": _contribution,
    "goal-review": _goal_review,
    "review": _review,
    "report": _report,
    "welfare-document": _welfare_document,
    "evaluation": _evaluation,
    "renewal": _renewal,
    "negotiation": _negotiation,
    "signature": _signature,
    "online": _plain("verkkokokoukset"),
    "steering": _plain("tehtava"),
}

"""The bodies of the cooperation: the levels as a picture and a table, and one body with its meetings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from yhdyspinta.agreement import Right
from yhdyspinta.agreement import facts as f
from yhdyspinta.agreement.duty import RELEASE
from yhdyspinta.bodies.words import seats
from yhdyspinta.desk import words
from yhdyspinta.desk.cards import Card, card_of, counted_shapes
from yhdyspinta.desk.events import Meeting, count_or_state, facts_about, meeting_of
from yhdyspinta.desk.marks import Mark, tally
from yhdyspinta.desk.proofs import Proof, proof_of
from yhdyspinta.desk.structure import Band, Diagram, Node, diagram_of
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yhdyspinta.agreement import Body, Duty, Occurrence
    from yhdyspinta.desk.scene import Scene


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body in the table of levels."""

    id: str
    name: str
    url: str
    level: int
    level_name: str
    convened: str
    convened_now: str
    agenda: str
    members: str
    mark: Mark
    outside: bool
    group: bool
    meetings: int


@dataclass(frozen=True, slots=True)
class Levels:
    """The picture and the same as a table."""

    diagram: Diagram
    rows: tuple[BodyRow, ...]


@dataclass(frozen=True, slots=True)
class BodyPage:
    """Everything of one body; what a group formed later has not is empty."""

    row: BodyRow
    cards: tuple[Card, ...]
    meetings: tuple[Meeting, ...]
    papers: tuple[Proof, ...]
    theme: str = ""
    clause: str = ""
    clause_url: str = ""
    seats: tuple[str, ...] = ()
    left_open: str = ""
    term: str = ""
    part_of: str = ""
    part_of_url: str = ""
    preparedness: bool = False
    outsiders: bool = False


def levels_of(scene: Scene) -> Levels:
    """Build the levels with every body of the text and every group formed by the day."""
    shares = _occurrences_by_body(scene)
    rows = [row_of(scene, body, shares.get(body.id, ())) for body in scene.charter.bodies.values()]
    rows += [_formed_row(scene, fact, shares.get(id_, ())) for id_, fact in scene.formed.items()]
    bands = []
    for level in scene.charter.levels:
        mine = [row for row in rows if row.level == level.number]
        bands.append(
            Band(
                level.number,
                level.name.get(scene.language),
                tuple(_node(row) for row in mine if not row.group),
                tuple(_node(row) for row in mine if row.group),
            )
        )
    prepares = {body.id: body.agenda_by for body in scene.charter.bodies.values() if body.agenda_by}
    ordered = sorted(rows, key=lambda row: row.level)
    return Levels(diagram_of(bands, prepares), tuple(ordered))


def _node(row: BodyRow) -> Node:
    convened = gettext("Convened by: %(who)s") % {"who": row.convened_now} if row.convened and not row.outside else ""
    if row.outside:
        convened = gettext("Referred to by the agreement")
    state = "" if row.mark.shape == "unmeasured" else row.mark.word
    return Node(row.id, row.name, convened, state, row.mark.tone, row.mark.shape, row.url, outside=row.outside)


def _occurrences_by_body(scene: Scene) -> Mapping[str, list[Occurrence]]:
    """Return what each body bears, what is about it, and what its meetings show."""
    found: dict[str, list[Occurrence]] = defaultdict(list)
    meets = {duty.id: _body_of_evidence(duty) for duty in scene.duties.values() if not isinstance(duty, Right)}
    for occurrence in scene.assessment.occurrences:
        if getattr(scene.duties[occurrence.duty], "per", None) == RELEASE:
            continue  # what each party does with a release says nothing of the body
        meeting = words.meeting_of(occurrence.period)
        bodies = {occurrence.object, meets.get(occurrence.duty), meeting[0] if meeting else None}
        for id_ in bodies.union(occurrence.bearer.split("+")):
            if id_:
                found[id_].append(occurrence)
    return found


def _body_of_evidence(duty: Duty) -> str | None:
    body = duty.evidence.get("meeting-held", {}).get("body")
    return body if isinstance(body, str) else None


def row_of(scene: Scene, body: Body, occurrences: Sequence[Occurrence]) -> BodyRow:
    """Build a body's row from what it bears and what is about it."""
    level = next((each for each in scene.charter.levels if each.number == body.level), None)
    return BodyRow(
        id=body.id,
        name=wording.capital(body.name.get(scene.language)),
        url=scene.links.body(body.id),
        level=body.level,
        level_name=level.name.get(scene.language) if level else "",
        convened=convenor_words(scene, body),
        convened_now=_turn(scene, body) or convenor_words(scene, body),
        agenda=wording.listed(scene.official_name(id_) for id_ in body.agenda_by),
        members="; ".join(seats(body.seats, scene.official_name)),
        mark=_mark(scene, occurrences),
        outside=body.referenced_only,
        group=body.group,
        meetings=len(scene.view.find(f.MeetingHeld, ("body",), body.id).until(scene.day)),
    )


def _formed_row(scene: Scene, fact: f.BodyFormed, occurrences: Sequence[Occurrence]) -> BodyRow:
    level = next((each for each in scene.charter.levels if each.number == fact.level), None)
    return BodyRow(
        id=fact.body,
        name=wording.capital(scene.name(fact.body)),
        url=scene.links.body(fact.body),
        level=fact.level,
        level_name=level.name.get(scene.language) if level else "",
        convened="",
        convened_now="",
        agenda="",
        members="",
        mark=_mark(scene, occurrences),
        outside=False,
        group=True,
        meetings=len(scene.view.find(f.MeetingHeld, ("body",), fact.body).until(scene.day)),
    )


def _mark(scene: Scene, occurrences: Sequence[Occurrence]) -> Mark:
    """Return how much of what concerns a body is done: counts, so that no party is named by it."""
    together: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for each in occurrences:
        if each.kind not in ("right", "unmeasured"):
            together[each.duty, each.period].append(each)
    counted = tally(shape for same in together.values() for shape in counted_shapes(scene, same))
    shape = scene.sight.shape_of_all(counted)
    return Mark(shape, count_or_state(scene, counted, shape))


def _turn(scene: Scene, body: Body) -> str:
    """Return whose turn it is to convene a body that is convened in turn."""
    if not body.rotation:
        return ""
    return gettext("in turn, now %(turn)s") % {"turn": scene.official_name(body.rotation.on(scene.day))}


def convenor_words(scene: Scene, body: Body) -> str:
    """Return who convenes a body: one or several jointly, with the office, or in turn; empty when not specified."""
    if body.rotation:
        turn = scene.official_name(body.rotation.on(scene.day))
        order = ", ".join(scene.official_name(id_) for id_ in body.rotation.order)
        return gettext("in turn by calendar year, now %(turn)s (order: %(order)s)") % {"turn": turn, "order": order}
    if not body.convened_by:
        return ""
    who = wording.listed(scene.official_name(id_) for id_ in body.convened_by)
    office = body.convenor_office.get(scene.language) if body.convenor_office else ""
    if office:
        return f"{who} ({office})"
    return gettext("%(who)s together") % {"who": who} if len(body.convened_by) > 1 else who


def body_page_of(scene: Scene, id_: str) -> BodyPage | None:
    """Build a body's page; None when there is no such body on the day."""
    shares = _occurrences_by_body(scene).get(id_, [])
    meetings = [meeting_of(scene, fact) for fact in scene.view.find(f.MeetingHeld, ("body",), id_).until(scene.day)]
    papers = tuple(proof_of(scene, fact) for fact in facts_about(scene, id_) if not isinstance(fact, f.MeetingHeld))
    body = scene.charter.bodies.get(id_)
    if body is None:
        formed = scene.formed.get(id_)
        if formed is None:
            return None
        row = _formed_row(scene, formed, shares)
        cards = _cards(scene, shares)
        theme = scene.themes.get(formed.theme, formed.theme)
        return BodyPage(row=row, cards=cards, meetings=tuple(reversed(meetings)), papers=papers, theme=theme)
    clause = next((each for each in scene.charter.clauses if id_ in each.bodies or id_ in each.themes), None)
    term = scene.charter.terms.get(body.term or "")
    return BodyPage(
        row=row_of(scene, body, shares),
        clause=f"{clause.ref} {clause.title.get(scene.language)}".strip() if clause else "",
        clause_url=scene.links.in_text(clause.id) if clause else "",
        seats=tuple(seats(body.seats, scene.official_name)),
        left_open=wording.listed(wording.left_open(item) for item in body.unspecified),
        term=wording.capital(term.name.get(scene.language)) if term else "",
        part_of=wording.capital(scene.name(body.part_of)) if body.part_of else "",
        part_of_url=scene.links.body(body.part_of) if body.part_of else "",
        theme=wording.capital(scene.themes.get(body.theme, "")) if body.theme else "",
        preparedness=body.preparedness,
        outsiders=body.outsiders,
        cards=_cards(scene, shares),
        meetings=tuple(reversed(meetings)),
        papers=papers,
    )


def _cards(scene: Scene, occurrences: Sequence[Occurrence]) -> tuple[Card, ...]:
    """Return the cards of the duties that concern a body, in the order of the text."""
    named = {occurrence.duty for occurrence in occurrences}
    return tuple(card_of(scene, duty) for id_, duty in scene.duties.items() if id_ in named)

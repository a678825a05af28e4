"""The list of all duties, filtered by what the address asks for; and one duty with every occurrence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yhdyspinta.agreement import Right
from yhdyspinta.desk import vocabulary, words
from yhdyspinta.desk.cards import counted_shapes, heard, periods_of
from yhdyspinta.desk.marks import DONE, HIDDEN, Mark, Tally, mark_of, tally
from yhdyspinta.desk.proofs import Proof, proofs_of
from yhdyspinta.desk.scene import Scene, is_statutory
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yhdyspinta.agreement import Duty, Occurrence
    from yhdyspinta.records.models import Remark

# A chip of the living agreement counts these together (DESIGN §7 has a word for each).
TOGETHER = {"fulfilled": frozenset(DONE)}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means everything."""

    state: str = ""
    party: str = ""
    clause: str = ""
    basis: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.state or self.party or self.clause or self.basis)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty in the list."""

    id: str
    name: str
    url: str
    clause: str
    clause_ref: str
    clause_url: str
    who: str
    when: str
    basis: str
    mark: Mark
    tally: Tally
    next_day: dt.date | None
    statutory: bool


def rows_of(scene: Scene, filters: Filters) -> list[DutyRow]:
    """Return the duties that the filters leave, in the order of the text."""
    rows = []
    for duty in scene.duties.values():
        if (filters.clause and duty.clause != filters.clause) or (filters.basis and duty.basis != filters.basis):
            continue
        occurrences = scene.by_duty.get(duty.id, [])
        if filters.party:
            occurrences = [each for each in occurrences if each.concerns(filters.party)]
        shapes = _shapes(scene, occurrences, one_party=bool(filters.party))
        if filters.party and not occurrences:
            continue
        if filters.state and not TOGETHER.get(filters.state, frozenset({filters.state})).intersection(shapes):
            continue
        rows.append(_row(scene, duty, occurrences, tally(shapes)))
    return rows


def _shapes(scene: Scene, occurrences: Sequence[Occurrence], *, one_party: bool) -> list[str]:
    """Return the shapes that this audience may count; of one party, only those it may see by name."""
    if one_party:
        return [scene.sight.shape(each) for each in occurrences]
    return [shape for same in periods_of(occurrences).values() for shape in counted_shapes(scene, same)]


def _row(scene: Scene, duty: Duty | Right, occurrences: Sequence[Occurrence], counted: Tally) -> DutyRow:
    clause = scene.charter.clause_by_id[duty.clause]
    shape = scene.sight.shape_of_all(counted)
    return DutyRow(
        id=duty.id,
        name=duty.name.get(scene.language),
        url=scene.links.duty(duty.id),
        clause=clause.title.get(scene.language),
        clause_ref=clause.ref,
        clause_url=scene.links.in_text(clause.id),
        who=wording.bearer(scene.charter, duty, scene.language),
        when=wording.cadence(scene.charter, duty, scene.language),
        basis=wording.basis(duty.basis),
        mark=Mark(shape, heard(scene, counted, shape, right=isinstance(duty, Right))),
        tally=counted,
        next_day=_next_day(scene, occurrences),
        statutory=is_statutory(duty),
    )


def _next_day(scene: Scene, occurrences: Sequence[Occurrence]) -> dt.date | None:
    """Return the next deadline of what is not done; by the calendar alone where undone states are not told."""
    told = (each for each in occurrences if each.state in ("open", "scheduled") or scene.sight.may_hide(each))
    coming = (each.due for each in told if each.due and each.due >= scene.day)
    return None if scene.ended else min(coming, default=None)


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    """One occurrence on its duty's page."""

    period: str
    about: str
    who: str
    who_url: str
    opens: str
    due: str
    mark: Mark
    since: str
    proofs: tuple[Proof, ...]
    lacks: tuple[str, ...]
    remark: str
    record_url: str


def occurrences_of(
    scene: Scene, duty: Duty | Right, remarks: Mapping[tuple[str, str, str, str | None], Remark], party: str = ""
) -> list[OccurrenceRow]:
    """Return a duty's occurrences, all or one party's: by time, then in the agreement's order."""
    order = {id_: number for number, id_ in enumerate(scene.names_in_order)}
    last = len(order)
    rows = []
    for same in periods_of(scene.by_duty.get(duty.id, [])).values():
        ordered = sorted(same, key=lambda each: (order.get(each.object or "", -1), order.get(each.bearer, last)))
        rows += [_occurrence(scene, each, remarks) for each in ordered if not party or each.concerns(party)]
    return rows


def _occurrence(
    scene: Scene, occurrence: Occurrence, remarks: Mapping[tuple[str, str, str, str | None], Remark]
) -> OccurrenceRow:
    sees = scene.sight.sees(occurrence)
    done = occurrence.state in DONE
    key = (occurrence.bearer, occurrence.duty, occurrence.period, occurrence.object)
    remark = remarks.get(key)
    party = occurrence.bearer if occurrence.bearer in scene.charter.parties else ""
    recordable = scene.may_record and occurrence.kind != "unmeasured" and not done
    return OccurrenceRow(
        period=wording.capital(words.period(occurrence.period)),
        about=wording.capital(scene.object_name(occurrence.duty, occurrence.object)) if occurrence.object else "",
        who=wording.capital(scene.name(occurrence.bearer)),
        who_url=scene.links.party(party) if party else "",
        opens=wording.day(occurrence.opens) if occurrence.opens else "",
        due=wording.day(occurrence.due) if occurrence.due else "",
        mark=shown_mark(scene, occurrence),
        since=wording.day(occurrence.since) if occurrence.since and sees else "",
        proofs=tuple(proofs_of(scene, occurrence.evidence)) if sees else (),
        lacks=_lacks(scene, occurrence),
        remark=remark.text if remark and sees else "",
        record_url=scene.links.record(occurrence.duty, occurrence.period, occurrence.object or "", party)
        if recordable
        else "",
    )


def _lacks(scene: Scene, occurrence: Occurrence) -> tuple[str, ...]:
    """Return the days without evidence, where they may be shown: they are undone things of the past."""
    named = scene.sight.parties.intersection(occurrence.bearer.split("+"))
    if not scene.sight.whole and (named or not scene.sight.counts):
        return ()
    return tuple(wording.days(first, last) for first, last in occurrence.lacks)


def shown_mark(scene: Scene, occurrence: Occurrence) -> Mark:
    """Return an occurrence's mark, or a neutral one where its state is not shown beside the name."""
    if scene.sight.sees(occurrence):
        return mark_of(occurrence)
    return Mark(HIDDEN, vocabulary.not_shown())


def columns_of(rows: Iterable[OccurrenceRow]) -> set[str]:
    """Return the columns that say something on some row; the others are left out of the table."""
    names = ("about", "opens", "due", "since", "proofs", "lacks", "remark", "record_url")
    return {name for row in rows for name in names if getattr(row, name)}

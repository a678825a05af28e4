"""A party's own page: what is expected of it, by what waits, goes on, comes, holds and is done (DESIGN §7)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from yhdyspinta.agreement import Right
from yhdyspinta.desk.listing import shown_mark
from yhdyspinta.desk.marks import DONE, Mark
from yhdyspinta.desk.proofs import Proof, proofs_of
from yhdyspinta.desk.scene import Scene, is_statutory
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yhdyspinta.agreement import Occurrence, Party
    from yhdyspinta.desk.ours import Doers
    from yhdyspinta.records.models import Remark

PROOFS_SHOWN = 3

# The order of the page: what waits first, what is over last.
SECTIONS = (
    ("waiting", ("overdue", "lacking")),
    ("open", ("open",)),
    ("coming", ("scheduled",)),
    ("holding", ("kept",)),
    ("done", ("fulfilled", "fulfilled-late")),
    ("other", ("no-record", "waived", "ended", "unmeasured")),
)
UNDONE_STATES = frozenset(state for name, states in SECTIONS[:3] for state in states)
"""The states in which somebody has something to do: it waits, is open or comes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One duty in one period and state, however many themes or groups it is about."""

    duty: str
    anchor: str
    name: str
    url: str
    period: str
    with_others: str
    about: str
    mark: Mark
    when: str
    proofs: tuple[Proof, ...]
    clause: str
    clause_url: str
    basis: str
    remarks: tuple[str, ...]
    record_url: str
    remark_url: str
    day: dt.date | None
    due: dt.date | None
    who: str
    """Who of the party does it, for those who may know."""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one kind of state."""

    id: str
    heading: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PartyPage:
    """Everything of one party."""

    sections: tuple[Section, ...]
    statutory: tuple[Line, ...]
    hidden: int
    done: int


def heading_of(scene: Scene, party: Party) -> str:
    """Return the page's heading: ``Luhangan asiat``."""
    said = gettext("%(genitive)s commitments") % {"genitive": party.genitive.get(scene.language)}
    return wording.capital(said)


def page_of(
    scene: Scene, party: str, remarks: Mapping[tuple[str, str, str, str | None], Remark], doers: Doers | None = None
) -> PartyPage:
    """Build a party's page; ``doers`` says who of the party does what, to those who may know."""
    grouped: dict[tuple[str, str, str], list[Occurrence]] = defaultdict(list)
    statutory: dict[tuple[str, str, str], list[Occurrence]] = defaultdict(list)
    hidden = 0
    for occurrence in scene.assessment.occurrences:
        if not occurrence.concerns(party):
            continue
        duty = scene.duties[occurrence.duty]
        if not scene.sight.sees(occurrence):
            hidden += 1
            continue
        key = (occurrence.duty, occurrence.period, occurrence.state)
        (statutory if is_statutory(duty) else grouped)[key].append(occurrence)
    anchors: set[str] = set()
    lines = {
        name: tuple(
            _ordered(name, (_line(scene, party, same, remarks, anchors, doers) for same in _of(grouped, states)))
        )
        for name, states in SECTIONS
    }
    sections = tuple(Section(name, _heading(name), lines[name]) for name, _ in SECTIONS if lines[name])
    law = tuple(_line(scene, party, same, remarks, anchors, doers) for same in statutory.values())
    return PartyPage(sections, law, hidden, sum(len(lines[name]) for name in ("holding", "done")))


def _of(grouped: Mapping[tuple[str, str, str], list[Occurrence]], states: Sequence[str]) -> Iterable[list[Occurrence]]:
    return (same for key, same in grouped.items() if key[2] in states)


def _heading(name: str) -> str:
    return {
        "waiting": gettext("Waiting for a record"),
        "open": gettext("Open now"),
        "coming": gettext("Coming"),
        "holding": gettext("In place"),
        "done": gettext("Done"),
        "other": gettext("Others"),
    }[name]


def _ordered(name: str, lines: Iterable[Line]) -> list[Line]:
    """Put lines in the order of their days: the next first, of what is done the latest first."""
    far = dt.date.max
    if name in ("done", "other"):
        return sorted(lines, key=lambda line: line.day or dt.date.min, reverse=True)
    return sorted(lines, key=lambda line: line.day or far)


def _line(
    scene: Scene,
    party: str,
    same: Sequence[Occurrence],
    remarks: Mapping[tuple[str, str, str, str | None], Remark],
    anchors: set[str],
    doers: Doers | None,
) -> Line:
    first = same[0]
    duty = scene.duties[first.duty]
    clause = scene.charter.clause_by_id[duty.clause]
    own = first.bearer == party
    anchor = "" if first.duty in anchors else f"duty-{first.duty}"
    anchors.add(first.duty)
    mark = shown_mark(scene, first)
    keys = [(party, each.duty, each.period, each.object) for each in same]
    remarkable = scene.may_record and own
    recordable = scene.may_record and first.state not in DONE and first.kind != "unmeasured"
    return Line(
        duty=first.duty,
        anchor=anchor,
        name=duty.name.get(scene.language),
        url=scene.links.duty(first.duty),
        period="" if first.period == "agreement" else wording.capital(_period(scene, first)),
        with_others="" if own else _with_others(scene, party, first),
        about=_about(scene, same),
        mark=Mark("right", mark.word) if isinstance(duty, Right) and first.state == "lacking" else mark,
        when=_when(first),
        proofs=tuple(proofs_of(scene, (fact for each in same for fact in each.evidence), alone=party))[:PROOFS_SHOWN],
        clause=f"{clause.ref} {clause.title.get(scene.language)}".strip(),
        clause_url=scene.links.in_text(clause.id),
        basis=wording.basis(duty.basis),
        remarks=tuple(remarks[key].text for key in keys if key in remarks),
        record_url=scene.links.record(first.duty, first.period, first.object or "", party) if recordable else "",
        remark_url=scene.links.remark(party, first.duty, first.period, first.object or "") if remarkable else "",
        day=first.since if first.state in DONE else first.due or first.since or first.opens,
        due=first.due,
        who=doers.of(duty, same) if doers is not None and first.state in UNDONE_STATES else "",
    )


def _period(scene: Scene, occurrence: Occurrence) -> str:
    return scene.period(occurrence.period)


def _about(scene: Scene, same: Sequence[Occurrence]) -> str:
    """Return the themes or groups of a line: all by name, after their number where there are several."""
    objects = [each.object for each in same if each.object]
    if not objects:
        return ""
    themes = scene.duties[same[0].duty].object == "each theme"
    order = {id_: number for number, id_ in enumerate(scene.names_in_order)}
    ordered = sorted(objects, key=lambda id_: order.get(id_, len(order)))
    names = [scene.object_name(same[0].duty, id_) for id_ in ordered]
    if len(names) == 1:
        return wording.capital(names[0])
    number = {"number": len(names)}
    if themes:
        if len(names) == len(scene.charter.themes):
            return gettext("all %(number)s themes") % number
        counted = ngettext("%(number)s theme", "%(number)s themes", len(names)) % number
        return f"{counted}: {', '.join(names)}"
    if len(names) == len(scene.charter.groups) + len(scene.formed):
        return gettext("all %(number)s groups") % number
    counted = ngettext("%(number)s group", "%(number)s groups", len(names)) % number
    return f"{counted}: {', '.join(names)}"


def _with_others(scene: Scene, party: str, occurrence: Occurrence) -> str:
    """Return with whom a party bears a duty."""
    if occurrence.bearer == "all":
        return gettext("all parties together")
    others = [scene.official_name(id_) for id_ in occurrence.bearer.split("+") if id_ != party]
    return gettext("together with: %(others)s") % {"others": wording.listed(others)}


def _when(occurrence: Occurrence) -> str:
    """Return the day that matters about a line in its state."""
    match occurrence.state:
        case "overdue" if occurrence.due:
            return gettext("last day was %(day)s") % {"day": wording.day(occurrence.due)}
        case "fulfilled" if occurrence.since:
            return wording.day(occurrence.since)
        case "kept" | "lacking" if occurrence.since:
            return gettext("from %(day)s") % {"day": wording.day(occurrence.since)}
    return ""

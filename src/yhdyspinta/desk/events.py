"""What happens and when: meetings, deadlines and windows, as the wheel and the time line show them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from yhdyspinta.agreement import Right
from yhdyspinta.agreement import facts as f
from yhdyspinta.desk import vocabulary, words
from yhdyspinta.desk.cards import count_words, counted_shapes
from yhdyspinta.desk.marks import HIDDEN, Mark, Tally, tally
from yhdyspinta.desk.proofs import Proof, proof_of
from yhdyspinta.desk.scene import Scene, is_statutory
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yhdyspinta.agreement import Duty, Fact, Occurrence


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was held by the day looked at."""

    day: dt.date
    body: str
    name: str
    level: int | None
    url: str
    online: bool
    proof: Proof

    @property
    def when(self) -> str:
        """The day in words."""
        return wording.day(self.day)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a duty's period, with how many have done it by the day looked at."""

    day: dt.date
    opens: dt.date | None
    duty: str
    name: str
    who: str
    period: str
    level: int | None
    url: str
    mark: Mark
    tally: Tally
    of_agreement: bool
    windowed: bool
    statutory: bool
    of_meeting: bool
    short: str


def meetings_of(scene: Scene) -> list[Meeting]:
    """Return the meetings held within the agreement by the day, in order."""
    held = scene.view.of_kind(f.MeetingHeld).until(scene.day)
    return [meeting_of(scene, fact) for fact in held if fact.on in scene.charter.span]


def meeting_of(scene: Scene, fact: f.MeetingHeld) -> Meeting:
    """Return one meeting in words."""
    return Meeting(
        day=fact.on,
        body=fact.body,
        name=wording.capital(meeting_name(scene, fact.body)),
        level=level_of(scene, fact.body),
        url=scene.links.body(fact.body),
        online=fact.online is True,
        proof=proof_of(scene, fact),
    )


def meeting_name(scene: Scene, body: str) -> str:
    """Return what a body's meeting is called: by the body's short name, or by its name."""
    if body in scene.charter.bodies:
        return wording.short_name(scene.charter, body, scene.language)
    return scene.name(body)


def level_of(scene: Scene, id_: str) -> int | None:
    """Return the level a body is on; None for what is no body."""
    written = scene.charter.bodies.get(id_)
    if written:
        return written.level
    return scene.formed[id_].level if id_ in scene.formed else None


def deadlines_of(scene: Scene) -> list[Deadline]:
    """Return the last days of all duties' periods, those of one duty and period together, in order."""
    found: dict[tuple[str, dt.date, str], list[Occurrence]] = defaultdict(list)
    for occurrence in scene.assessment.occurrences:
        if occurrence.due is not None:
            found[occurrence.duty, occurrence.due, occurrence.period].append(occurrence)
    deadlines = [_deadline(scene, scene.duties[duty], day, same) for (duty, day, _), same in found.items()]
    return sorted(deadlines, key=lambda each: (each.day, each.level or 0, each.name))


def _deadline(scene: Scene, duty: Duty | Right, day: dt.date, same: list[Occurrence]) -> Deadline:
    counted = tally(counted_shapes(scene, same))
    shape = scene.sight.shape_of_all(counted)
    first = same[0]
    return Deadline(
        day=day,
        opens=first.opens,
        duty=duty.id,
        name=duty.name.get(scene.language),
        who=wording.bearer(scene.charter, duty, scene.language),
        period="" if first.period in ("agreement", str(day.year)) else words.period(first.period),
        level=_level_of_duty(scene, duty, first),
        url=scene.links.duty(duty.id),
        mark=Mark(shape, count_or_state(scene, counted, shape)),
        tally=counted,
        of_agreement=first.period == "agreement",
        windowed=not isinstance(duty, Right) and duty.window.to is not None,
        statutory=is_statutory(duty),
        of_meeting=words.meeting_of(first.period) is not None,
        short=scene.charter.clause_by_id[duty.clause].title.get(scene.language),
    )


def count_or_state(scene: Scene, counted: Tally, shape: str) -> str:
    """Return how many are done out of how many, or the state that all share."""
    if shape == HIDDEN:
        return vocabulary.not_shown()
    if counted.hides and counted.done:
        return count_words("fulfilled", counted.done)
    if counted.unknown:
        return vocabulary.state("no-record")
    if counted.total > 1 and not counted.hides and scene.sight.counts:
        return gettext("%(done)s/%(total)s done") % {"done": counted.done, "total": counted.total}
    return vocabulary.state(shape) if shape != "part" else gettext("partly done")


def _level_of_duty(scene: Scene, duty: Duty | Right, occurrence: Occurrence) -> int | None:
    """Return the level a duty belongs to: its bearer's, its meeting's, or that of the body its evidence names."""
    meeting = words.meeting_of(occurrence.period)
    named = [occurrence.bearer, occurrence.object or "", meeting[0] if meeting else ""]
    named += [value for fields in duty.evidence.values() for value in fields.values() if isinstance(value, str)]
    levels = (level_of(scene, id_) for id_ in named)
    return next((level for level in levels if level is not None), None)


def facts_about(scene: Scene, body: str) -> list[Fact]:
    """Return the facts about a body up to the day, the newest first."""
    kinds = (f.MeetingHeld, f.AgendaIssued, f.ItemHandled, f.MinutesApproved, f.PictureApproved, f.BodyAppointed)
    more = (f.OfficersElected, f.PlanAdopted, f.ReleasePublished)
    found: Iterable[Fact] = (
        fact for kind in (*kinds, *more) for fact in scene.view.find(kind, ("body",), body).until(scene.day)
    )
    return sorted(found, key=lambda fact: fact.on, reverse=True)

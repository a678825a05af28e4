"""The life of the agreement on a time line: its term, council terms, meetings, deadlines and its own milestones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from yhdyspinta.desk import words
from yhdyspinta.desk.events import Deadline, deadlines_of, meetings_of
from yhdyspinta.desk.marks import Mark
from yhdyspinta.desk.timeline import Chart, Event, Lane, Stretch, chart_of
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yhdyspinta.desk.scene import Scene


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the table."""

    day: dt.date
    when: str
    what: str
    who: str
    mark: Mark | None
    url: str


@dataclass(frozen=True, slots=True)
class Life:
    """The picture and the same as a table."""

    chart: Chart
    moments: tuple[Moment, ...]


def life_of(scene: Scene) -> Life:
    """Build the agreement's time line on the scene's day."""
    first, last = scene.charter.first_day, _last_day(scene)
    deadlines = [each for each in deadlines_of(scene) if not each.statutory and not each.of_meeting]
    lanes = [Lane(wording.capital(scene.charter.instrument.get(scene.language)), stretches=(_whole(scene, last),))]
    lanes += _terms(scene)
    lanes += _meetings(scene)
    lanes += _duties(deadlines, first, last)
    moments = sorted(_moments(scene, deadlines), key=lambda each: each.day)
    return Life(chart_of(first, last, lanes, scene.day), tuple(moments))


def _last_day(scene: Scene) -> dt.date:
    """Return the last day of the picture: the agreement's, or the end of the year after the one looked at."""
    last = scene.charter.last_day
    return last or dt.date(max(scene.day.year, scene.charter.first_day.year) + 1, 12, 31)


def _whole(scene: Scene, last: dt.date) -> Stretch:
    said = wording.days(scene.charter.first_day, scene.charter.last_day)
    return Stretch(scene.charter.first_day, last, said, "open")


def _terms(scene: Scene) -> Iterable[Lane]:
    for term in scene.charter.terms.values():
        stretches = tuple(
            Stretch(each.from_, each.to, f"{each.from_.year}–{each.to.year}", "none") for each in term.periods
        )
        yield Lane(wording.capital(term.name.get(scene.language)), stretches=stretches)


def _meetings(scene: Scene) -> Iterable[Lane]:
    held = meetings_of(scene)
    for level in scene.charter.levels:
        events = tuple(
            Event(each.day, f"{wording.day(each.day)} {each.name}", each.name, "done", "dot", each.url)
            for each in held
            if each.level == level.number
        )
        yield Lane(gettext("Meetings, level %(number)s") % {"number": level.number}, events=events)


def _duties(deadlines: list[Deadline], first: dt.date, last: dt.date) -> Iterable[Lane]:
    """One lane for what is due every year or term, and one for each deadline of the agreement's own."""
    recurring = tuple(_event(each) for each in deadlines if not each.of_agreement)
    if recurring:
        yield Lane(gettext("Recurring deadlines"), events=recurring)
    for each in deadlines:
        if each.of_agreement and first <= each.day <= last:
            stretch = Stretch(each.opens or each.day, each.day, _said(each), each.mark.tone, each.url)
            yield Lane(each.name, events=(_event(each),), stretches=(stretch,))


def _event(deadline: Deadline) -> Event:
    said = f"{wording.day(deadline.day)} {_said(deadline)}"
    return Event(deadline.day, said, "", deadline.mark.tone, "diamond", deadline.url)


def _said(deadline: Deadline) -> str:
    return f"{deadline.name} {deadline.period}".strip() + f": {deadline.mark.word}"


def _moments(scene: Scene, deadlines: list[Deadline]) -> Iterable[Moment]:
    charter = scene.charter
    agreement = wording.capital(charter.instrument.get(scene.language))
    yield _moment(charter.first_day, gettext("%(agreement)s comes into force") % {"agreement": agreement})
    if charter.last_day:
        yield _moment(charter.last_day, gettext("%(agreement)s ends") % {"agreement": agreement})
    if charter.successor and charter.successor.from_:
        yield _moment(charter.successor.from_, charter.successor.name.get(scene.language))
    for term in charter.terms.values():
        for period in term.periods:
            if charter.first_day <= period.from_ <= _last_day(scene):
                begins = gettext("%(term)s %(years)s begins")
                name = wording.capital(term.name.get(scene.language))
                yield _moment(period.from_, begins % {"term": name, "years": words.period(period.label)})
    for meeting in meetings_of(scene):
        held = Mark("fulfilled", gettext("held"))
        yield Moment(meeting.day, wording.day(meeting.day), meeting.name, "", held, meeting.url)
    for each in deadlines:
        said = f"{each.name} {each.period}".strip()
        when = wording.days(each.opens, each.day) if each.windowed and each.opens else wording.day(each.day)
        yield Moment(each.day, when, said, each.who, each.mark, each.url)


def _moment(day: dt.date, what: str) -> Moment:
    return Moment(day, wording.day(day), what, "", None, "")

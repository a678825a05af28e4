"""A year of the agreement: what happens in it, as a wheel, as lists and as a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from yhdyspinta.desk import words
from yhdyspinta.desk.events import Deadline, Meeting, deadlines_of, meetings_of
from yhdyspinta.desk.marks import Mark
from yhdyspinta.desk.wheel import LONGEST_WINDOW, Item, Kind, Wheel, wheel_of
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yhdyspinta.desk.scene import Scene


@dataclass(frozen=True, slots=True)
class Happening:
    """A meeting, or the last day of something."""

    day: dt.date
    opens: dt.date | None
    what: str
    who: str
    level: str
    ring: int
    mark: Mark
    url: str
    meeting: bool
    link: str = ""

    @property
    def when(self) -> str:
        """The day without its year."""
        return wording.day(self.day, year=False)

    @property
    def opens_words(self) -> str:
        """The first day of the window, without its year; nothing where the window is the year itself."""
        return wording.day(self.opens, year=self.opens.year != self.day.year) if self.opens and self.window else ""

    @property
    def window(self) -> bool:
        """Whether it has a window short enough to be drawn."""
        return self.opens is not None and self.opens < self.day and self.day - self.opens <= LONGEST_WINDOW


@dataclass(frozen=True, slots=True)
class Year:
    """Everything the page of a year shows."""

    year: int
    years: tuple[int, ...]
    wheel: Wheel
    happenings: tuple[Happening, ...]
    held: tuple[Happening, ...]
    coming: tuple[Happening, ...]
    passed: tuple[Happening, ...]


def years_of(scene: Scene) -> tuple[int, ...]:
    """Return the years of the agreement; of one until further notice, to the year after the day looked at."""
    first, last = scene.charter.first_day.year, scene.charter.last_day
    return tuple(range(first, (last.year if last else max(first, scene.day.year + 1)) + 1))


def year_of(scene: Scene, year: int) -> Year:
    """Build a year as it stands on the scene's day."""
    happenings = happenings_in(scene, year)
    ahead = [each for each in happenings if not each.meeting and each.day >= scene.day]
    passed = [each for each in happenings if not each.meeting and each.day < scene.day]
    return Year(
        year=year,
        years=years_of(scene),
        wheel=_wheel(scene, year, happenings),
        happenings=tuple(happenings),
        held=tuple(each for each in happenings if each.meeting),
        coming=tuple(ahead),
        passed=tuple(passed),
    )


def happenings_in(scene: Scene, year: int) -> list[Happening]:
    """Return the meetings held and the deadlines of a year, in order; deadlines of single meetings are left out."""
    rings = {level.number: number for number, level in enumerate(scene.charter.levels)}
    found = [_of_meeting(scene, each, rings) for each in meetings_of(scene) if each.day.year == year]
    deadlines = (each for each in deadlines_of(scene) if not each.of_meeting and not each.statutory)
    found += [_of_deadline(scene, each, rings) for each in deadlines if each.day.year == year]
    return sorted(found, key=lambda each: (each.day, not each.meeting, each.ring, each.what))


def ring_names(scene: Scene) -> list[str]:
    """Return the names of the rings, the innermost first: the levels, and the parties themselves."""
    levels = [gettext("Level %(number)s") % {"number": level.number} for level in scene.charter.levels]
    return [*levels, gettext("Parties")]


def _of_meeting(scene: Scene, meeting: Meeting, rings: dict[int, int]) -> Happening:
    ring = rings.get(meeting.level or 0, len(rings))
    body = scene.charter.bodies.get(meeting.body)
    convenors = scene.charter.convenors(meeting.body, meeting.day) if body else ()
    return Happening(
        day=meeting.day,
        opens=None,
        what=meeting.name,
        who=wording.listed(scene.official_name(id_) for id_ in convenors) if convenors else "",
        level=ring_names(scene)[ring],
        ring=ring,
        mark=Mark("fulfilled", gettext("held")),
        url=meeting.url,
        meeting=True,
        link=meeting.proof.link,
    )


def _of_deadline(scene: Scene, deadline: Deadline, rings: dict[int, int]) -> Happening:
    ring = rings.get(deadline.level or 0, len(rings))
    what = f"{deadline.name} {deadline.period}".strip()
    return Happening(
        day=deadline.day,
        opens=deadline.opens,
        what=what,
        who=deadline.who,
        level=ring_names(scene)[ring],
        ring=ring,
        mark=deadline.mark,
        url=deadline.url,
        meeting=False,
    )


def _wheel(scene: Scene, year: int, happenings: Sequence[Happening]) -> Wheel:
    items = []
    for each in happenings:
        said = f"{wording.day(each.day)} {each.what}: {each.mark.word}"
        if each.window and each.opens:
            span = f"{wording.days(each.opens, each.day)} {each.what}: {each.mark.word}"
            items.append(Item(each.ring, "window", each.opens, each.day, span, each.mark.tone, each.url))
        kind: Kind = "meeting" if each.meeting else "deadline"
        items.append(Item(each.ring, kind, each.day, each.day, said, each.mark.tone, each.url))
    return wheel_of(year, ring_names(scene), items, months=words.months(), day=scene.day)

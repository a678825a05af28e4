"""What stands at the head of the living agreement: validity, the way to a day in its life, and what to know first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from yhdyspinta.desk.events import deadlines_of, meetings_of
from yhdyspinta.desk.marks import tone
from yhdyspinta.desk.timeline import Event, Strip, horizon, strip_of
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yhdyspinta.desk.day import Asked
    from yhdyspinta.desk.scene import Scene

MAY = 5
MAYS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before reading on."""

    heading: str
    lines: tuple[str, ...]
    links: tuple[Link, ...] = ()
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The title and the few facts below it."""

    title: str
    validity: str
    parties: str
    parties_url: str
    official_url: str


def head_of(scene: Scene) -> Head:
    """Return the title, the validity and how many parties there are on the day."""
    charter = scene.charter
    number = len(scene.bound_parties()) or len(charter.parties)
    if charter.last_day:
        validity = gettext("In force %(days)s") % {"days": wording.days(charter.first_day, charter.last_day)}
    else:
        validity = gettext("In force from %(day)s until further notice") % {"day": wording.day(charter.first_day)}
    return Head(
        title=charter.title.get(scene.language),
        validity=validity,
        parties=ngettext("%(number)s party", "%(number)s parties", number) % {"number": number},
        parties_url=scene.links.page("osapuolet/"),
        official_url=scene.links.page("virallinen-teksti/"),
    )


def notices_of(scene: Scene, asked: Asked) -> Iterable[Notice]:
    """Return what to know first: that the agreement has ended, that another day is shown, that nothing is recorded."""
    if scene.ended:
        yield _ended(scene)
    elif scene.day < scene.charter.first_day:
        lines = (gettext("The states below are those of the day you chose, before the agreement came into force."),)
        said = {"day": wording.day(scene.charter.first_day), "agreement": _instrument(scene)}
        begins = gettext("%(agreement)s comes into force on %(day)s") % said
        yield Notice(begins, lines)
    if asked.known_at:
        line = gettext("What is shown is what was recorded by %(day)s.") % {"day": wording.day(asked.known_at)}
        yield Notice("", (line,))
    if not scene.recorded:
        yield _no_records(scene)


def _instrument(scene: Scene) -> str:
    """Return the agreement's own word for itself, with a capital: "Puitesopimus", "Yhteistyöpöytäkirja"."""
    return wording.capital(scene.charter.instrument.get(scene.language))


def _ended(scene: Scene) -> Notice:
    charter = scene.charter
    assert charter.last_day
    said = {"day": wording.day(charter.last_day), "agreement": _instrument(scene)}
    heading = gettext("%(agreement)s ended on %(day)s") % said
    lines = [gettext("What was done stays to be seen. Choose a day in the agreement's life to see how things stood.")]
    if charter.successor:
        successor = charter.successor.name.get(scene.language)
        if charter.successor.from_:
            after = gettext("It was followed from %(day)s by: %(agreement)s.")
            lines.append(after % {"day": wording.day(charter.successor.from_), "agreement": successor})
        else:
            lines.append(gettext("It was followed by: %(agreement)s.") % {"agreement": successor})
    links = tuple(Link(wording.day(day), f"{scene.links.base}?as-of={day.isoformat()}") for day in days_to_visit(scene))
    return Notice(heading, tuple(lines), links)


def days_to_visit(scene: Scene) -> list[dt.date]:
    """Return days on which an ended agreement is worth seeing: its last, the end of each May, its first."""
    first, last = scene.charter.first_day, scene.charter.last_day
    assert last
    mays = [dt.date(year, MAY, 31) for year in range(last.year, first.year - 1, -1)]
    return [last, *[day for day in mays if first < day < last][:MAYS_SHOWN], first]


def _no_records(scene: Scene) -> Notice:
    lines = [
        gettext("The agreement can be read and its commitments are known, but nothing has been recorded as done."),
        gettext(
            "An administrator brings in the history of years in one go from a spreadsheet, or records one thing at a "
            "time at each commitment."
        ),
    ]
    links = [Link(gettext("Records"), scene.links.page("kirjaukset/"))]
    if scene.may_record:
        links.insert(0, Link(gettext("Bring in the history"), f"{scene.links.base}kirjaukset/tuo/"))
    return Notice(gettext("No records yet"), tuple(lines), tuple(links))


def kept_from(scene: Scene) -> str:
    """Return what the audience is not shown and why; nothing for those who see everything."""
    if scene.sight.whole:
        return ""
    if scene.sight.counts:
        return gettext(
            "What is not done is shown to the public as counts, not by the name of a party, "
            "unless the parties decide otherwise."
        )
    return gettext("Only what has been done is shown to the public: so the parties have decided.")


def strip_events(scene: Scene) -> list[Event]:
    """Return what the line at the head shows: meetings of bodies that are no groups, the agreement's own deadlines."""
    groups = scene.charter.group_levels()
    named = sorted(level.number for level in scene.charter.levels)[:2]
    events = [
        Event(
            meeting.day,
            f"{wording.day(meeting.day)} {meeting.name}",
            meeting.name if (meeting.level or 9) in named else "",
            "done",
            "dot",
            meeting.url,
            weight=9 - (meeting.level or 9),
        )
        for meeting in meetings_of(scene)
        if meeting.level not in groups
    ]
    for each in deadlines_of(scene):
        if each.of_agreement and not each.statutory:
            label = f"{each.short} {wording.day(each.day, year=False)}"
            full = f"{wording.day(each.day)} {each.name}: {each.mark.word}"
            events.append(Event(each.day, full, label, tone(each.mark.shape), "diamond", each.url, weight=20))
    return events


def strip_of_scene(scene: Scene) -> Strip:
    """Return the agreement's time line in one line."""
    events = strip_events(scene)
    return strip_of(horizon(scene.charter.first_day, scene.charter.last_day, scene.day), events, scene.day)

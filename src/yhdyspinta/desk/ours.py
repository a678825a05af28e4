"""A party's desk, above its lists: what comes next, who does it, what was done lately, its people and counterparts.

It is for those who are of the parties; the public sees none of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from yhdyspinta.agreement import Right
from yhdyspinta.desk.marks import DONE
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yhdyspinta.agreement import Duty, Occurrence
    from yhdyspinta.desk.partypage import Line, PartyPage
    from yhdyspinta.desk.scene import Scene
    from yhdyspinta.parties.models import Post
    from yhdyspinta.parties.overview import Overview
    from yhdyspinta.requests.models import Asked

SHOWN = 5
NAMING = "counterpart-named"


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post without a holder, and where it is handed to somebody."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class AskedOfUs:
    """A request that waits for the party's answer: where it is answered, and by which day."""

    title: str
    url: str
    deadline: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Ours:
    """A party's desk."""

    asked: Sequence[AskedOfUs]
    next: Sequence[Line]
    waiting: int
    done: Sequence[Line]
    people: int
    stale: int
    last_confirmed: str
    people_url: str
    open_posts: Sequence[OpenPost]
    named: int
    themes: int
    missing: Sequence[str]
    """The themes without a counterpart, by name."""
    namings_url: str


def ours_of(
    scene: Scene, party: str, page: PartyPage, overview: Overview, asked: Iterable[Asked], *, manages: bool
) -> Ours:
    """Put a party's desk together from its page, what waits for its answer, and who its people are. No query."""
    by_section = {section.id: section.lines for section in page.sections}
    coming = [line for name in ("open", "coming") for line in by_section.get(name, ()) if line.due]
    lacking = [each for each in namings_of(scene, party) if each.state not in DONE]
    last = overview.last_confirmed
    post_page = "parties:hand-over" if manages else "parties:post"
    of_party = {"slug": scene.agreement.slug, "party": party}
    return Ours(
        asked=[_asked_of_us(scene, party, each, manages=manages) for each in asked],
        next=sorted(coming, key=lambda line: line.due or dt.date.max)[:SHOWN],
        waiting=len(by_section.get("waiting", ())),
        done=by_section.get("done", ())[:SHOWN],
        people=overview.people,
        stale=overview.stale,
        last_confirmed=wording.day(last) if last else "",
        people_url=reverse("parties:people", kwargs=of_party),
        open_posts=[_open_post(of_party, post, post_page) for post in overview.open_posts],
        named=len(namings_of(scene, party)) - len(lacking),
        themes=len(namings_of(scene, party)),
        missing=[wording.capital(scene.object_name(each.duty, each.object or "")) for each in lacking],
        namings_url=reverse("parties:namings", kwargs=of_party),
    )


def _asked_of_us(scene: Scene, party: str, asked: Asked, *, manages: bool) -> AskedOfUs:
    page = "requests:answer" if manages else "requests:party-answer"
    where = {"slug": scene.agreement.slug, "request_id": asked.request_id, "party": party}
    last_day = asked.request.last_day
    return AskedOfUs(asked.request.title, reverse(page, kwargs=where), wording.day(last_day), last_day < scene.today)


def _open_post(of_party: Mapping[str, str], post: Post, page: str) -> OpenPost:
    return OpenPost(str(post), reverse(page, kwargs={**of_party, "post": post.pk}))


def namings_of(scene: Scene, party: str) -> list[Occurrence]:
    """Return what the agreement asks of a party's counterparts that day: one occurrence for each theme."""
    asked = ("kept", "lacking")
    duties = {id_ for id_, duty in scene.duties.items() if NAMING in duty.evidence and duty.object == "each theme"}
    found = (each for id_ in duties for each in scene.by_duty.get(id_, ()))
    return [each for each in found if each.bearer == party and each.state in asked]


@dataclass(frozen=True)
class Doers:
    """Who of a party does what: the counterpart of the theme, the convenor's office, else its coordinators."""

    scene: Scene
    overview: Overview

    def of(self, duty: Duty | Right, same: Iterable[Occurrence]) -> str:
        """Return in words who of the party does what these occurrences ask; nothing where nobody is known."""
        objects = {each.object for each in same if each.object}
        found = self._for_themes(objects) if objects else self._convening(duty)
        return wording.listed(found or self.overview.coordinators()) if found or self.overview.holders else ""

    def _for_themes(self, objects: set[str]) -> list[str]:
        themes = [_theme_of(self.scene, id_) for id_ in sorted(objects)]
        named = (name for theme in themes for name in self.overview.counterparts(theme))
        return list(dict.fromkeys(named))[:SHOWN]

    def _convening(self, duty: Duty | Right) -> list[str]:
        """Return who holds the office by which the agreement lets a body be convened."""
        held = duty.evidence.get("meeting-held") or {}
        body = self.scene.charter.bodies.get(str(held.get("body", "")))
        if body is None or body.convenor_office is None:
            return []
        return self.overview.in_office(list(body.convenor_office.root.values()))


def _theme_of(scene: Scene, id_: str) -> str:
    """Return the theme that an object is or whose group it is."""
    body = scene.charter.bodies.get(id_)
    return id_ if id_ in scene.charter.themes or body is None else body.theme or id_

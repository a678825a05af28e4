"""Who sits in a body and how far a group has come, in short: what stands on the body's page at the desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from yhdyspinta.bodies.known import OFFICES, Known
from yhdyspinta.bodies.life import Life, life_of
from yhdyspinta.bodies.models import Appointment, Proposal
from yhdyspinta.bodies.queries import World, appointments_of, proposals_of
from yhdyspinta.bodies.roster import Place, Roster, roster_of
from yhdyspinta.bodies.telling import Line, Link, is_group, told
from yhdyspinta.bodies.views.access import BodyRoom
from yhdyspinta.bodies.views.groups import step_links
from yhdyspinta.bodies.views.roster import shown_to
from yhdyspinta.parties.standing import standing_of

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

    from yhdyspinta.desk.scene import Scene

SHOWN = 8
"""How many people the page names; all of them stand on the page of members."""


@dataclass(frozen=True, slots=True)
class Members:
    """Some of those who sit in a body on a day, with the way to all of them."""

    roster: Roster
    officers: tuple[Place, ...]
    places: tuple[Place, ...]
    more: int
    url: str

    @property
    def nobody(self) -> bool:
        """Whether nobody is known."""
        return not self.officers and not self.places


@dataclass(frozen=True, slots=True)
class Seated:
    """What the body's page shows of people and of a group's life. ``members`` is None where that is for the parties."""

    members: Members | None
    lines: tuple[Line, ...]
    name_url: str = ""
    """Where who looks names a member; empty where they may not."""


def seated_of(request: HttpRequest, scene: Scene, body: str, *, past: bool) -> Seated:
    """Return who sits in a body on the day of a scene, and a group's life by then.

    Four queries for the members, two for the life of a group; at most five more for who may do something about it.
    """
    user: Any = request.user
    room = BodyRoom(request, scene.agreement, standing_of(user, scene.agreement), body=body)
    room.world = World(scene.agreement, scene.charter, scene.view, scene.day)
    known = room.known
    secret = known.preparedness and room.standing.public
    members = None if secret else _members(room, scene, past=past)
    may_name = not past and members is not None and (bool(room.standing.administers) or room.manages_body)
    name_url = _address(room, "bodies:name-member") if may_name else ""
    return Seated(members, tuple(_life(room, known, past=past)), name_url)


def _members(room: BodyRoom, scene: Scene, *, past: bool) -> Members | None:
    """Return the officers and the first members; None for a body without places and people."""
    roster = roster_of(room.world, room.known, language=scene.language, shown=shown_to(room))
    if not roster.sections and "seats" not in room.known.has:
        return None
    filled = [place for place in roster.places if not place.vacant]
    officers = tuple(place for role in OFFICES for place in filled if place.role == role)
    named = {place.person.pk for place in officers if place.person is not None}
    others = [place for place in filled if place.person is not None and place.person.pk not in named]
    first = max(0, SHOWN - len(officers))
    url = _address(room, "bodies:roster") + (f"?pvm={scene.day}" if past else "")
    return Members(roster, officers, tuple(others[:first]), len(others[first:]), url)


def _life(room: BodyRoom, known: Known, *, past: bool) -> list[Line]:
    """Return the steps of a group's life; of another body, the plan and rules that the agreement expects of it."""
    group = is_group(known)
    if not group and not known.has & {"officers", "action-plan", "rules"}:
        return []
    proposals = list(proposals_of(room.agreement, room.body)) if group else []
    appointments = list(appointments_of(room.agreement, room.body)) if group else []
    life = life_of(room.world, known, proposals, appointments)
    proposal = next((each for each in proposals if _in_term(each, life)), None)
    mine = [each for each in appointments if _in_term(each, life)]
    lines = told(life, shown_to(room), proposal, mine[0] if mine else None)
    links = {} if past else step_links(room, life, mine)
    links["proposed"] = _to_proposal(room, proposal, past=past)
    own = lines if group else [line for line in lines if line.id in ("constituted", "action-plan", "rules")]
    return [replace(line, links=tuple(links.get(line.id, ()))) for line in own]


def _in_term(said: Proposal | Appointment, life: Life) -> bool:
    return life.term is None or said.first_day in life.term


def _to_proposal(room: BodyRoom, proposal: Proposal | None, *, past: bool) -> list[Link]:
    """Return the way to the proposal of the term, or to making one for who may."""
    slug = room.agreement.slug
    if proposal is not None:
        return [Link(_("See the proposal"), reverse("bodies:proposal", kwargs={"slug": slug, "proposal": proposal.pk}))]
    if past or not room.standing.records or not room.known.group:
        return []
    propose = reverse("bodies:propose", kwargs={"slug": slug})
    return [Link(_("Propose the group"), f"{propose}?elin={room.body}", main=True)]


def _address(room: BodyRoom, page: str) -> str:
    return reverse(page, kwargs={"slug": room.agreement.slug, "body": room.body})

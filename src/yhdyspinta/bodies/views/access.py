"""Fetching with permission: what a page of a body needs, or the answer that it is not for this person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from yhdyspinta.agreement import Charter, parse_day
from yhdyspinta.bodies import policy
from yhdyspinta.bodies.known import Known
from yhdyspinta.bodies.queries import World, known_or_404, world_of
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.queries import agreement_or_404
from yhdyspinta.parties.actor import ADMINISTRATOR, actor_for
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.standing import standing_of
from yhdyspinta.parties.views.access import Room


@dataclass
class BodyRoom(Room):
    """What a page of a body needs: the agreement and its bodies on a day, who looks, and the body, if it is of one."""

    body: str = ""

    @cached_property
    def world(self) -> World:
        """What is known of the agreement's bodies on the day that the address asks for. One query, once."""
        try:
            day = parse_day(self.request.GET.get("pvm", ""))
        except ValueError:
            day = None
        return world_of(self.agreement, day)

    @cached_property
    def charter(self) -> Charter:
        """What the agreement's text says."""
        return self.world.charter

    @cached_property
    def known(self) -> Known:
        """The body that the page is of; 404 where there is none."""
        return known_or_404(self.world, self.body)

    @cached_property
    def manages_body(self) -> bool:
        """Whether who looks may change what is the body's own. At most three queries, once; none for strangers."""
        return not self.standing.public and policy.may_manage(self.acting, self.agreement, self.charter, self.known)

    @cached_property
    def appoints(self) -> bool:
        """Whether who looks may record that a group was appointed. At most two queries, once; none for strangers."""
        return not self.standing.public and policy.may_appoint(self.acting, self.agreement, self.charter)

    @property
    def acting(self) -> Actor:
        """Who acts, for the first of the parties that they administer where they administer any. No queries."""
        if self.standing.account is None:
            return Actor("person")
        label = ADMINISTRATOR if self.standing.everything else ""
        own = next(iter(self.standing.administers), None)
        if own is None:
            return Actor("person", person=self.standing.account, label=label)
        return Actor("person", person=self.standing.account, party=own.slug, label=own.organisation.label)

    def acting_for(self, party: Party | None) -> Actor:
        """Return who acts for a party where they administer it, else as ``acting``. One query for a party."""
        if party is not None and self.standing.manages(party):
            user: Any = self.request.user
            return actor_for(user, party)
        return self.acting

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every template of the room may use."""
        known = self.known if self.body else None
        return super().context(
            **{"known": known, "body_name": known.name.get(self.language) if known else "", "world": self.world, **more}
        )


def enter_body(request: HttpRequest, slug: str, body: str = "") -> BodyRoom:
    """Return the room of a body for whoever may see it, or answer 404. Two queries, one more for an account.

    Who sits in a body of preparedness is for the parties: strangers learn of no such page (DESIGN §5).
    """
    agreement = agreement_or_404(slug)
    user: Any = request.user
    room = BodyRoom(request, agreement, standing_of(user, agreement), body=body)
    if body and room.known.preparedness and room.standing.public:
        raise Http404
    return room


def enter_body_as_party(request: HttpRequest, slug: str, body: str = "") -> BodyRoom:
    """Return the room for somebody of the parties; strangers learn of no such page."""
    room = enter_body(request, slug, body)
    if room.standing.public:
        raise Http404
    return room


def enter_to_manage_body(request: HttpRequest, slug: str, body: str) -> BodyRoom:
    """Return the room for somebody who looks after a body.

    Raises:
        NotAllowed: they may see it, and not change it.

    """
    room = enter_body_as_party(request, slug, body)
    if not room.manages_body:
        raise NotAllowed(_("The body is looked after by who convenes it and by its chair and secretary."))
    return room


def enter_to_appoint(request: HttpRequest, slug: str, body: str) -> BodyRoom:
    """Return the room for somebody who acts for who appoints groups (C24).

    Raises:
        NotAllowed: they may see it, and not appoint.

    """
    room = enter_body_as_party(request, slug, body)
    if not room.appoints:
        raise NotAllowed(_("Groups are appointed by who bears that task in the agreement."))
    return room

"""Who may ask, answer and coordinate. Each predicate asks the rows as they are now, inside a change behind its lock."""

from __future__ import annotations

from yhdyspinta.agreement import Charter, today
from yhdyspinta.bodies.known import coordinators
from yhdyspinta.bodies.policy import administers_any, is_officer, may_appoint
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.policy import manages_party
from yhdyspinta.requests.models import Asked, Request


def may_ask(actor: Actor, sender: Party, on_behalf_of: str = "") -> bool:
    """Tell whether the actor may ask in a party's name, or on behalf of a body whose office they hold."""
    by_office = bool(on_behalf_of) and is_officer(actor, sender.agreement, on_behalf_of)
    return by_office or manages_party.test(actor, sender)


def may_keep(actor: Actor, request: Request) -> bool:
    """Tell whether the actor may change, send, extend, close or take back a request."""
    return may_ask(actor, request.sender, request.on_behalf_of)


def may_answer(actor: Actor, asked: Asked) -> bool:
    """Tell whether the actor may answer for a party: who acts for it, or whoever opened its signed link."""
    if actor.kind == "link":
        return actor.party == asked.party.slug
    return manages_party.test(actor, asked.party)


def may_coordinate(actor: Actor, request: Request, charter: Charter) -> bool:
    """Tell whether the actor may agree a combination: for the body that coordinates (C25), or for who asked."""
    agreement: Agreement = request.agreement
    bodies = coordinators(charter)
    convening = tuple(id_ for body in bodies for id_ in charter.convenors(body, today()) if id_ in charter.parties)
    return (
        may_keep(actor, request)
        or administers_any(actor, agreement, convening)
        or any(is_officer(actor, agreement, body) for body in bodies)
    )


__all__ = ["may_answer", "may_appoint", "may_ask", "may_coordinate", "may_keep"]

"""What the actions of the room share: the body behind the lock, and who is a member there on a day."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.bodies import policy
from yhdyspinta.bodies.evidence import facts_by_key
from yhdyspinta.bodies.known import Known
from yhdyspinta.bodies.models import Body, Membership
from yhdyspinta.bodies.queries import World, world_of
from yhdyspinta.journal.change import Change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.days import shown_days


def known_in(agreement: Agreement, body: str) -> tuple[World, Known]:
    """Return what is known of a body now.

    Raises:
        ValidationError: the agreement knows no such body.

    """
    world = world_of(agreement)
    if body not in world.bodies:
        raise ValidationError({"body": _("There is no such body in the agreement.")})
    return world, world.bodies[body]


def anchored(agreement: Agreement, body: str) -> Body:
    """Return a body's row, made where this is the first that is kept of it. Inside a change."""
    row, _made = Body.objects.get_or_create(agreement=agreement, slug=body)
    return row


def refuse_who_does_not_manage(c: Change, world: World, known: Known) -> None:
    """Refuse who does not look after a body.

    Raises:
        NotAllowed: the actor neither convenes it, holds its offices or appoints it, nor keeps the installation.

    """
    if not policy.may_manage(c.by, world.agreement, world.charter, known):
        raise NotAllowed(_("The body is looked after by who convenes it and by its chair and secretary."))


def refuse_beside_itself(membership: Membership, field: str) -> None:
    """Refuse a membership that overlaps another of the same person or post in the same role of the same body.

    Raises:
        ValidationError: at ``field``; says from when to when the other holds.

    """
    rows = Membership.objects.standing().filter(body=membership.body, role=membership.role, party=membership.party)
    rows = rows.filter(person=membership.person, post=membership.post).exclude(pk=membership.pk)
    for other in rows.overlapping(membership.valid_from, membership.valid_to):
        raise ValidationError(
            {
                field: _("%(name)s has this role already %(days)s.")
                % {"name": other.person or other.post, "days": shown_days(other.valid_from, other.valid_to)}
            }
        )


def keep_members(c: Change, memberships: list[Membership]) -> None:
    """Hand over what memberships prove now, after they were entered."""
    c.keep_all(facts_by_key(memberships))


def is_member(body: Body, membership: Membership, day: date) -> bool:
    """Tell whether a membership is one of this body that holds on a day."""
    return membership.body_id == body.pk and membership.withdrawn_at is None and membership.holds(day)

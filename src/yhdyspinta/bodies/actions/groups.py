"""The beginning of a group: proposed with its task and seats, or taken back before anybody appointed it (C17, C24)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.agreement.slugs import free, slug
from yhdyspinta.bodies.actions.common import anchored
from yhdyspinta.bodies.actions.seats import Wanted, opened
from yhdyspinta.bodies.evidence import facts_of_body
from yhdyspinta.bodies.known import term_of
from yhdyspinta.bodies.models import Appointment, Body, Proposal
from yhdyspinta.bodies.queries import World, world_of
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.policy import manages_party


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group that the text does not name: what it is called, its theme and level, and what was agreed of it (C17)."""

    name: str
    theme: str
    level: int
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed: the group, by whom and from when, for what task, with what seats."""

    group: str | NewGroup
    proposed_by: Party
    first_day: date
    task: str
    last_day: date | None = None
    seats: tuple[Wanted, ...] = field(default_factory=tuple)
    asks_deputies: bool = False


def propose_group(agreement: Agreement, proposed: Proposed, *, by: Actor) -> Proposal:
    """Propose that a group be set up for a term. The parties are then asked to accept it.

    Without a last day the term is the council term of the first day (C26). A group that the text does not name is known
    to the agreement from now on: what the parties accept must have a name.

    Raises:
        NotAllowed: the actor acts for no party of the agreement.
        ValidationError: by field; the group is proposed or appointed for this term already.

    """
    with change(agreement, by=by) as c:
        if not manages_party.test(c.by, proposed.proposed_by):
            raise NotAllowed(_("Groups are proposed by the parties of the agreement."))
        world = world_of(agreement)
        body = _body(c, world, proposed)
        row = _proposal(c, world, body, proposed)
        opened(body, proposed.seats, proposal=row)
        c.enter("propose-group", row.key, after=said_of(row))
        c.keep(body.key, facts_of_body(body))
        return row


def _proposal(c: Change, world: World, body: Body, proposed: Proposed) -> Proposal:
    term = term_of(world.charter, proposed.first_day)
    row = Proposal(
        body=body,
        proposed_by=proposed.proposed_by,
        proposed_on=c.today,
        first_day=proposed.first_day,
        last_day=proposed.last_day or (term.last if term else None),
        task=proposed.task.strip(),
        asks_deputies=proposed.asks_deputies,
    )
    if not row.task:
        raise ValidationError({"task": _("Say what the group is for.")})
    if row.last_day is not None and row.last_day < row.first_day:
        raise ValidationError({"last_day": _("The last day is before the first.")})
    row.clean_fields(exclude=("body", "proposed_by"))
    if Proposal.objects.filter(body=body, withdrawn_at__isnull=True, first_day=row.first_day).exists():
        raise ValidationError({"group": _("This group is proposed for this term already.")})
    if Appointment.objects.filter(body=body, withdrawn_at__isnull=True, first_day=row.first_day).exists():
        raise ValidationError({"group": _("This group is appointed for this term already.")})
    row.save()
    return row


def _body(c: Change, world: World, proposed: Proposed) -> Body:
    """Return the row of the group, made where it is new."""
    group = proposed.group
    if isinstance(group, NewGroup):
        return _formed(c, world, group)
    known = world.bodies.get(group)
    if known is None or not known.group:
        raise ValidationError({"group": _("Choose a group of the agreement, or name a new one.")})
    return anchored(world.agreement, group)


def _formed(c: Change, world: World, group: NewGroup) -> Body:
    name = " ".join(group.name.split())
    if not name:
        raise ValidationError({"name": _("Say what the group is called.")})
    if group.theme not in world.charter.themes:
        raise ValidationError({"theme": _("Choose a theme of the agreement.")})
    if group.level not in {level.number for level in world.charter.levels}:
        raise ValidationError({"level": _("Choose a level of the agreement.")})
    body = Body(
        agreement=world.agreement,
        slug=free(slug(name, otherwise="ryhma"), _taken(world)),
        formed_on=c.today,
        level=group.level,
        theme=group.theme,
        name={world.charter.language: name},
        agreed=" ".join(group.agreed.split()),
    )
    body.clean_fields(exclude=("agreement",))
    if any(name.casefold() == word.casefold() for each in world.bodies.values() for word in each.name.root.values()):
        raise ValidationError({"name": _("There is a body of this name already.")})
    body.save()
    return body


def _taken(world: World) -> set[str]:
    """Return the ids that a new group cannot have; one that was withdrawn keeps its own."""
    rows = Body.objects.filter(agreement=world.agreement).values_list("slug", flat=True)
    return {*world.bodies, *world.charter.parties, *world.charter.themes, *rows}


def withdraw_proposal(proposal: Proposal, *, reason: str, by: Actor) -> None:
    """Take a proposal back. A group that came up with it, and that nobody has appointed, is known no longer.

    Raises:
        NotAllowed: the actor acts neither for who proposed nor for the installation.
        ValidationError: no reason is given; it was withdrawn, or the group is appointed already.

    """
    with change(proposal.body.agreement, by=by) as c:
        proposal.refresh_from_db()
        _refuse_withdrawal(c, proposal, reason)
        before = said_of(proposal)
        proposal.withdrawn_at, proposal.withdrawn_reason = c.at, reason.strip()
        proposal.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        proposal.seats.filter(closed_at__isnull=True).update(closed_at=c.at)
        body = proposal.body
        if body.formed_on is not None and not _in_use(body):
            body.withdrawn_at = c.at
            body.save(update_fields=["withdrawn_at"])
        c.enter("withdraw-proposal", proposal.key, before, said_of(proposal))
        c.keep(body.key, facts_of_body(body))


def _refuse_withdrawal(c: Change, proposal: Proposal, reason: str) -> None:
    if not manages_party.test(c.by, proposal.proposed_by):
        raise NotAllowed(_("A proposal is taken back by the party that made it."))
    if proposal.withdrawn_at is not None:
        raise ValidationError(_("This was withdrawn already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the proposal is taken back.")})
    if proposal.appointments.filter(withdrawn_at__isnull=True).exists():
        raise ValidationError(_("The group is appointed already: end its work instead."))


def _in_use(body: Body) -> bool:
    """Tell whether a group is proposed or appointed for another term, or has members."""
    return (
        body.proposals.filter(withdrawn_at__isnull=True).exists()
        or body.appointments.filter(withdrawn_at__isnull=True).exists()
        or body.memberships.filter(withdrawn_at__isnull=True).exists()
    )


def said_of(proposal: Proposal) -> dict[str, Any]:
    """Return what the journal's detail tells of a proposal."""
    return {
        "body": proposal.body.slug,
        "by": proposal.proposed_by.slug,
        "from": proposal.first_day.isoformat(),
        "to": proposal.last_day.isoformat() if proposal.last_day else None,
        "task": proposal.task,
        "withdrawn": proposal.withdrawn_reason,
    }

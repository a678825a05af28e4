"""Who may change what of the bodies. Each predicate asks the rows as they are now: inside a change, behind its lock.

What the agreement says decides: who convenes a body looks after it, and so does its own chair and secretary; who bears
the duty to appoint groups appoints them. Whatever a party's own system has decided, the installation may record too.
"""

from __future__ import annotations

from yhdyspinta.agreement import Charter, today
from yhdyspinta.bodies.known import Known, appointers
from yhdyspinta.bodies.models import Membership
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Party, PartyAdministrator, holds_on
from yhdyspinta.parties.policy import manages_installation, manages_party

OFFICERS = ("chair", "vice-chair", "secretary")


def administers_any(actor: Actor, agreement: Agreement, parties: tuple[str, ...] | None = None) -> bool:
    """Tell whether the actor administers today one of these parties (any, unless said). One query."""
    if actor.kind != "person" or actor.person is None:
        return False
    day = today()
    rows = PartyAdministrator.objects.filter(
        account=actor.person, account__is_active=True, party__agreement=agreement
    ).active_on(day)
    rows = rows.exclude(party__valid_to__lt=day)
    return (rows if parties is None else rows.filter(party__slug__in=parties)).exists()


def is_officer(actor: Actor, agreement: Agreement, body: str) -> bool:
    """Tell whether the actor holds an office of a body today, in person or through a post. At most two queries."""
    if actor.kind != "person" or actor.person is None:
        return False
    rows = Membership.objects.standing().active_on(today()).filter(role__in=OFFICERS)
    rows = rows.filter(body__agreement=agreement, body__slug=body)
    own = rows.filter(person__account=actor.person)
    return (
        own.exists()
        or rows.filter(holds_on(today(), "post__tenures__"), post__tenures__person__account=actor.person).exists()
    )


def may_manage(actor: Actor, agreement: Agreement, charter: Charter, known: Known) -> bool:
    """Tell whether the actor looks after a body: its convenors, its officers, who appoints it, the installation."""
    parties = [id_ for id_ in charter.convenors(known.slug, today()) if id_ in charter.parties]
    if known.group:
        parties += appointers(charter)
    return (
        manages_installation.test(actor)
        or administers_any(actor, agreement, tuple(parties))
        or is_officer(actor, agreement, known.slug)
    )


def may_appoint(actor: Actor, agreement: Agreement, charter: Charter) -> bool:
    """Tell whether the actor may record the appointment of a group: for the party that appoints (C24)."""
    return manages_installation.test(actor) or administers_any(actor, agreement, appointers(charter))


def may_name(actor: Actor, party: Party | None, charter: Charter, known: Known, agreement: Agreement) -> bool:
    """Tell whether the actor may name a member: for their own party (C25), or to a body that they look after."""
    own = party is not None and manages_party.test(actor, party)
    return own or may_manage(actor, agreement, charter, known)

"""Whom a party proposes, inside its answer: with consent, and no more than there are seats (C25)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yhdyspinta.bodies.models import Seat
from yhdyspinta.journal.change import Change
from yhdyspinta.parties.actions.namings import Newcomer
from yhdyspinta.parties.actions.people import person_added
from yhdyspinta.parties.managers import as_kept
from yhdyspinta.parties.models import Party, Person
from yhdyspinta.requests.models import Answer, Nomination, Request
from yhdyspinta.requests.queries import seats_for

if TYPE_CHECKING:
    from yhdyspinta.requests.actions.answering import Nominee

DEPUTY = "deputy"


def nominated(c: Change, answer: Answer, nominees: Sequence[Nominee]) -> list[Nomination]:
    """Save whom an answer proposes, inside the change that enters it.

    Raises:
        ValidationError: at ``nominees``; nobody is proposed, somebody has not consented, or there are too many.

    """
    asked = answer.asked
    request = asked.request
    if request.kind != "nomination" or answer.outcome != "nominated":
        return []
    if not nominees:
        raise ValidationError({"nominees": _("Name at least one person, or answer that nobody is proposed.")})
    seats = list(seats_for(request))
    _refuse_too_many(request, asked.party, seats, nominees)
    made: list[Nomination] = []
    for nominee in nominees:
        person = _person(c, asked.party, nominee)
        if not nominee.consented:
            raise ValidationError(
                {"nominees": _("%(name)s has not consented. Nobody is proposed without asking.") % {"name": person}}
            )
        _refuse_seat(asked.party, seats, nominee)
        nomination = Nomination(
            answer=answer,
            person=person,
            seat=nominee.seat,
            role=nominee.role,
            title=" ".join(nominee.title.split()),
            gender=nominee.gender,
            consented=True,
        )
        nomination.clean_fields(exclude=("answer", "person", "seat"))
        if any((each.person_id, each.role) == (person.pk, nominee.role) for each in made):
            raise ValidationError({"nominees": _("%(name)s is named twice.") % {"name": person}})
        nomination.save()
        made.append(nomination)
    return made


def places_of(party: Party, seats: Sequence[Seat]) -> list[Seat]:
    """Return the seats for which a party can propose somebody: its own, and those that the parties fill together."""
    return [seat for seat in seats if not seat.outsider and seat.party_id in (None, party.pk)]


def _refuse_too_many(request: Request, party: Party, seats: Sequence[Seat], nominees: Sequence[Nominee]) -> None:
    places = len(places_of(party, seats))
    wanted = Counter(nominee.role == DEPUTY for nominee in nominees)
    if wanted[True] and not (request.proposal and request.proposal.asks_deputies):
        raise ValidationError({"nominees": _("No deputies are asked for.")})
    if max(wanted.values()) > places:
        message = ngettext(
            "More people than seats: there is %(count)s seat for you.",
            "More people than seats: there are %(count)s seats for you.",
            places,
        )
        raise ValidationError({"nominees": message % {"count": places}})


def _refuse_seat(party: Party, seats: Sequence[Seat], nominee: Nominee) -> None:
    if nominee.seat is not None and nominee.seat.pk not in {seat.pk for seat in places_of(party, seats)}:
        raise ValidationError({"nominees": _("The seat is not one that this party can propose for.")})


def _person(c: Change, party: Party, nominee: Nominee) -> Person:
    """Return who is proposed as the party's own person; a newcomer is added, or found again by their address."""
    said = nominee.person
    if isinstance(said, Person):
        said.refresh_from_db()
        if said.is_gone or said.organisation_id != party.organisation_id:
            raise ValidationError({"nominees": _("Propose the party's own people.")})
        return said
    return _known(party, said) or _added(c, party, said)


def _known(party: Party, said: Newcomer) -> Person | None:
    if not said.email:
        return None
    return Person.objects.filter(organisation=party.organisation, email=as_kept(said.email)).first()


def _added(c: Change, party: Party, said: Newcomer) -> Person:
    assert c.common is not None
    words = {"name": said.name, "email": said.email, "phone": said.phone, "language": said.language}
    try:
        return person_added(c.common, party.organisation, **words)
    except ValidationError as error:
        raise ValidationError({"nominees": error.messages}) from error

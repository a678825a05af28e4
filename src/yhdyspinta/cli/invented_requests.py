"""Invented requests for the invented region: one that all are answering, one for nominations, one that is closed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from yhdyspinta.agreement.days import HELSINKI, today
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.decided import Decision

if TYPE_CHECKING:
    from yhdyspinta.journal.models import Agreement
    from yhdyspinta.parties.models import Party
    from yhdyspinta.requests.models import Request

_STATEMENT = "Lausunto tavoitteiden seurannasta"
_PLAN = "Lausunto yhteisen tilannekuvan rakenteesta"


def invent_requests(agreement: Agreement) -> int:
    """Ask the parties of an invented region a few things, and let some of them answer; return how many were asked.

    Nothing is done where something has been asked already: the same command twice changes nothing.
    """
    from yhdyspinta.parties.queries import parties_of
    from yhdyspinta.requests.actions import close_request
    from yhdyspinta.requests.models import Request

    if not Request.objects.filter(agreement=agreement).exists():
        parties = [party for party in parties_of(agreement) if party.valid_to is None]
        going_on = _asked(agreement, parties, "statement", _STATEMENT)
        _answer(going_on, parties[: len(parties) // 2 + 1], "stated")
        closed = _asked(agreement, parties, "statement", _PLAN)
        _answer(closed, parties, "stated")
        close_request(closed, summary="Kaikki osapuolet pitivät rakennetta hyvänä.", by=SYSTEM)
        _nominate(agreement, parties)
    return Request.objects.filter(agreement=agreement).count()


def _nominate(agreement: Agreement, parties: list[Party]) -> None:
    """Propose a group that is not appointed for this term, and ask for people; the first parties propose theirs."""
    from yhdyspinta.bodies.actions import Proposed, Wanted, propose_group
    from yhdyspinta.bodies.life import life_of
    from yhdyspinta.bodies.queries import world_of
    from yhdyspinta.parties.roster import present
    from yhdyspinta.requests.actions import Nominee

    world = world_of(agreement)
    groups = (known for known in world.bodies.values() if known.group and known.written is not None)
    group = next((each for each in groups if not life_of(world, each, (), ()).step("appointed").done), None)
    if group is None:
        return
    seats = (*(Wanted(1, party=party) for party in parties), Wanted(2))
    task = "Sovittaa yhteen palveluja ja kokeilla yhdessä uutta."
    propose_group(agreement, Proposed(group.slug, parties[0], today(), task, seats=seats), by=SYSTEM)
    title = f"Edustajien nimeäminen: {group.name.fi}"
    request = _asked(agreement, parties, "nomination", title, subject=group.slug)
    for number, party in enumerate(parties[:4]):
        people = list(present(party.organisation))
        if people:
            gender = ("woman", "man", "")[number % 3]
            nominee = Nominee(people[number % len(people)], consented=True, title="asiantuntija", gender=gender)
            _answer(request, [party], "nominated", nominee)


def _asked(agreement: Agreement, parties: list[Party], kind: str, title: str, **more: str) -> Request:
    from yhdyspinta.requests.actions import Drafted, draft_request, send_request

    deadline = datetime.combine(today() + timedelta(days=21), time(16), HELSINKI)
    background = "Tämä on keksitty esimerkki siitä, mitä kaikilta osapuolilta voidaan pyytää."
    said = Drafted(
        kind,
        title,
        parties[0],
        deadline,
        background=background,
        questions=("Mikä ehdotuksessa on hyvää?", "Mitä siinä olisi muutettava?") if kind == "statement" else (),
        register="12/00.04.01/2026",
        contact={"name": "Saara Selkälä", "title": "suunnittelija", "email": "saara.selkala@example.org"},
        **more,
    )
    request = draft_request(agreement, said, by=SYSTEM)
    send_request(request, parties, by=SYSTEM)
    return request


def _answer(request: Request, parties: list[Party], outcome: str, *nominees: object) -> None:
    from yhdyspinta.requests.actions import Given, answer_request
    from yhdyspinta.requests.queries import asked_or_404

    for number, party in enumerate(parties, start=1):
        given = Given(
            outcome,
            "Iida Vesala",
            "hallintosihteeri",
            Decision("Hallitus", today(), str(40 + number), f"{number}/00.04.01/2026"),
            replies=("Selkeä kokonaisuus.", "Ei muutettavaa.") if outcome == "stated" else (),
            nominees=nominees,  # type: ignore[arg-type] # those of the caller
        )
        answer_request(asked_or_404(request, party.slug), given, version=0, by=SYSTEM)

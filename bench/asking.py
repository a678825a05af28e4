"""Fill an empty database with 24 parties, 30 bodies and 200 requests; say how many queries each page costs.

The agreement goes on for a year from today. In each body every party is represented, and was in the term before; posts
that the text gives seats to have holders. The requests have been answered by most parties, some more than once; one of
them asks whom the parties propose, and all have proposed three.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from yhdyspinta.agreement import sources_of, today
from yhdyspinta.bodies.actions import NewGroup, Proposed, Wanted, propose_group
from yhdyspinta.bodies.actions.common import anchored, keep_members
from yhdyspinta.bodies.models import Membership, Seat
from yhdyspinta.bodies.queries import world_of
from yhdyspinta.bodies.sitting import represented
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.change import change
from yhdyspinta.journal.decided import Decision
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties import actions as parties_actions
from yhdyspinta.parties.actions.namings import Newcomer
from yhdyspinta.parties.models import Account, Party, Person
from yhdyspinta.parties.post_kinds import post_kinds
from yhdyspinta.parties.queries import parties_of
from yhdyspinta.requests.actions import (
    Agreed,
    Drafted,
    Given,
    Nominee,
    agree_combination,
    answer_request,
    draft_request,
    send_request,
)
from yhdyspinta.requests.models import Answer, Asked, Nomination, Request, Step

SLUG = "keski-suomi-2023"
BODIES, REQUESTS = 30, 200
TERM = date(2025, 6, 1)
GROUP = "perhekeskus"
CHOSEN = 24
DECISION = Decision("Kunnanhallitus", None, "12", "34/00.01/2026")
OF_WHO_LOOKS = re.compile(
    r'FROM "(?:django_session|parties_account|parties_partyadministrator)"|INTO "parties_look"|"account_id" = \d'
)
"""What a page of somebody who signed in costs for that: session, account, what they may do, the log of their look."""


def fill() -> None:
    """Make them all, and write to standard output what the measurement needs, as JSON."""
    agreement = _agreement()
    parties = list(parties_of(agreement))
    sender = next(party for party in parties if party.slug == "keski-suomen-liitto")
    people = {party.pk: _people(party) for party in parties}
    _bodies(agreement, sender)
    _posts(agreement, parties, people)
    _members(agreement, parties, people)
    asked = [_nominations(agreement, parties, sender), _acceptance(agreement, parties, sender)]
    _others(agreement, parties, sender, REQUESTS - len(asked))
    account = parties_actions.create_account("mittaaja@example.org", name="Mittaaja", by=SYSTEM)
    parties_actions.appoint_party_administrator(sender, account=account, by=SYSTEM)
    sys.stdout.write(json.dumps(_measured(account, asked[0])))


def _agreement() -> Agreement:
    """Return the framework agreement as if it were in force still."""
    sources, _findings = sources_of(Path(__file__).parents[1] / "agreements" / SLUG)
    last = today() + timedelta(days=365)
    longer = sources | {"fi": sources["fi"].replace("\nto: 2025-12-31\n", f"\nto: {last}\n", 1)}
    return parties_actions.load_agreement(longer, records_from=date(2023, 1, 1), by=SYSTEM).agreement


def _people(party: Party) -> list[Person]:
    made = [
        Person(organisation=party.organisation, name=f"Nimi {each}", email=f"n{each}@{party.slug}.example.org")
        for each in range(BODIES)
    ]
    Person.objects.bulk_create(made)
    return list(party.organisation.people.order_by("pk"))


def _bodies(agreement: Agreement, sender: Party) -> None:
    """Form as many groups as are lacking, with seats for every party; and propose one that the text names."""
    world = world_of(agreement)
    themes = list(world.charter.themes)
    seats = (*(Wanted(1, party=party) for party in parties_of(agreement)), Wanted(2))
    for number in range(BODIES - len(world.bodies)):
        group = NewGroup(f"Työryhmä {number}", themes[number % len(themes)], 4)
        propose_group(agreement, Proposed(group, sender, TERM, "Kehittää työtä.", seats=seats), by=SYSTEM)
    propose_group(agreement, Proposed(GROUP, sender, TERM, "Kehittää työtä.", seats=seats), by=SYSTEM)


def _posts(agreement: Agreement, parties: list[Party], people: dict[int, list[Person]]) -> None:
    """Let somebody hold each post to which the text gives a seat."""
    world, by_slug = world_of(agreement), {party.slug: party for party in parties}
    wanted = {
        (slug, kind)
        for known in world.bodies.values()
        for formula in (known.written.seats if known.written else ())
        for kind in formula.post
        if kind in post_kinds()
        for slug in represented(formula, world)
    }
    for number, (slug, kind) in enumerate(sorted(wanted)):
        party = by_slug[slug]
        post = parties_actions.add_post(party.organisation, kind=kind, by=SYSTEM)
        holder = people[party.pk][number % BODIES]
        parties_actions.hand_over_post(post, person=holder, first_day=TERM, by=SYSTEM)


def _members(agreement: Agreement, parties: list[Party], people: dict[int, list[Person]]) -> None:
    """Let every party be represented in every body by somebody, and in the term before by somebody else."""
    bodies = [anchored(agreement, slug) for slug in world_of(agreement).bodies]
    before = {"valid_from": date(2021, 8, 1), "valid_to": TERM - timedelta(days=1)}
    made = [
        Membership(
            body=body,
            role="member",
            party=party,
            person=people[party.pk][(number + shift) % BODIES],
            gender=("woman", "man")[number % 2],
            **days,
            **DECISION.fields(),
        )
        for number, body in enumerate(bodies)
        for party in parties
        for shift, days in enumerate(({"valid_from": TERM}, before))
    ]
    with change(agreement, by=SYSTEM, common=True) as c:
        Membership.objects.bulk_create(made)
        c.enter("name-member", made[0].key)
        keep_members(c, list(Membership.objects.select_related("body__agreement", "party", "person", "post")))
    free = {(seat.body_id, seat.party_id): seat for seat in Seat.objects.filter(party__isnull=False)}
    for row in Membership.objects.exclude(valid_to__lt=TERM):
        row.seat = free.get((row.body_id, row.party_id))
        row.save(update_fields=["seat"])


def _sent(agreement: Agreement, drafted: Drafted, parties: list[Party]) -> Request:
    request = draft_request(agreement, drafted, by=SYSTEM)
    send_request(request, parties, by=SYSTEM)
    request.asked.update(posted_at=timezone.now(), posted_to="kirjaamo@example.org")
    return request


def _nominations(agreement: Agreement, parties: list[Party], sender: Party) -> int:
    """Ask whom the parties propose: all propose three, and a combination is agreed on."""
    deadline = timezone.now() + timedelta(days=30)
    drafted = Drafted("nomination", "Edustajien nimeäminen", sender, deadline, subject=GROUP)
    request = _sent(agreement, drafted, parties)
    for asked in request.asked.select_related("party__organisation", "party__agreement").order_by("party__order"):
        nominees = tuple(_nominee(asked.party, number) for number in range(3))
        given = Given("nominated", "Liisa Luhankalainen", "hallintosihteeri", DECISION, nominees=nominees)
        answer_request(asked, given, version=0, by=SYSTEM)
    rows = Nomination.objects.select_related("answer__asked", "person").order_by("pk")
    chosen = tuple((row, None) for row in list(rows)[: 3 * CHOSEN : 3])
    agreed = Agreed(chosen, today(), "Kuntajohtajakokous", "Alueet ovat edustettuina.")
    agree_combination(request, agreed, version=0, by=SYSTEM)
    return request.pk


def _nominee(party: Party, number: int) -> Nominee:
    person = Newcomer(f"Ehdokas {number} {party.slug}", f"e{number}@{party.slug}.example.org")
    return Nominee(person, consented=True, title="suunnittelija", gender=("woman", "man")[number % 2])


def _acceptance(agreement: Agreement, parties: list[Party], sender: Party) -> int:
    """Ask the parties to accept a group; all do."""
    deadline = timezone.now() + timedelta(days=20)
    request = _sent(agreement, Drafted("acceptance", "Ryhmän hyväksyminen", sender, deadline, subject=GROUP), parties)
    for asked in request.asked.select_related("party__organisation", "party__agreement"):
        given = Given("accepted", "Liisa Luhankalainen", "hallintosihteeri", DECISION)
        answer_request(asked, given, version=0, by=SYSTEM)
    return request.pk


def _others(agreement: Agreement, parties: list[Party], sender: Party, number: int) -> None:
    """Add requests for a statement, of which two parties of three have answered, every other of them twice."""
    now = timezone.now()
    requests = Request.objects.bulk_create(
        Request(
            agreement=agreement,
            kind="statement",
            title=f"Lausuntopyyntö {each}",
            background="Taustaa.\n\n" * 5,
            questions=["Mitä mieltä olette?", "Entä aikataulusta?", "Muuta?"],
            sender=sender,
            deadline=now + timedelta(days=each - 100),
            made_at=now - timedelta(days=200 - each),
            sent_at=now - timedelta(days=200 - each),
        )
        for each in range(number)
    )
    Step.objects.bulk_create(Step(request=each, at=now, kind=Step.Kind.SENT) for each in requests)
    asked = Asked.objects.bulk_create(
        Asked(request=request, party=party, posted_at=now, posted_to="kirjaamo@example.org")
        for request in requests
        for party in parties
    )
    Answer.objects.bulk_create(answer for at, each in enumerate(asked) if at % 3 for answer in _answers(each, at))


def _answers(asked: Asked, at: int) -> Iterator[Answer]:
    versions = 1 + at % 2
    for number in range(1, versions + 1):
        yield Answer(
            asked=asked,
            number=number,
            outcome="stated",
            text="Lausumme seuraavaa. " * 20,
            replies=["Hyvä.", "Sopii.", ""],
            given_at=timezone.now(),
            given_by="Liisa Luhankalainen",
            given_by_title="hallintosihteeri",
            way=Answer.Way.ACCOUNT,
            replaced_at=timezone.now() if number < versions else None,
            **DECISION.fields(),
        )


def _measured(account: Account, nominations: int) -> dict[str, Any]:
    """Return the cookie of somebody who signed in, and for each page its address and queries by audience."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    readers = {"public": Client(SERVER_NAME="localhost"), "parties": client}
    pages = []
    for name, address in _pages(nominations).items():
        for audience, reader in readers.items():
            if audience == "public" and name in _SIGNED_IN:
                continue
            statements = _statements(reader, address)
            pages.append({"name": name, "audience": audience, "address": address, "queries": len(statements)})
    return {"cookie": cookie, "pages": pages}


_SIGNED_IN = {"coordination workspace"}


def _pages(nominations: int) -> dict[str, str]:
    """Return the addresses of the pages; one of a chosen day is never kept, so each is made anew."""
    with translation.override("fi"):
        one = {"slug": SLUG, "request_id": nominations}
        other = {"slug": SLUG, "request_id": Request.objects.filter(kind="statement").order_by("-pk")[50].pk}
        routes = {
            "list of 200 requests": reverse("requests:list", kwargs={"slug": SLUG}),
            "request with a matrix of 24 answers": reverse("requests:show", kwargs=other),
            "request with 24 answers and 72 proposed": reverse("requests:show", kwargs=one),
            "coordination workspace": reverse("requests:coordinate", kwargs=one),
            "representatives in 30 bodies": reverse("bodies:representatives", kwargs={"slug": SLUG}),
            "members of a body": reverse("bodies:roster", kwargs={"slug": SLUG, "body": "kuntakokous"}),
            "members of a group": reverse("bodies:roster", kwargs={"slug": SLUG, "body": GROUP}),
        }
        pages = {name: f"{route}?pvm={today().isoformat()}" for name, route in routes.items()}
        for name, slug in (("page of a body", "kuntakokous"), ("page of a group", GROUP)):
            route = reverse("desk:body", kwargs={"slug": SLUG, "body": slug})
            pages[name] = f"{route}?as-of={today().isoformat()}"
        return pages


def _statements(reader: Client, address: str) -> list[str]:
    """Return what a page asks of the database in a warm process, but for who looks."""
    for _warm in range(2):
        response = reader.get(address)
        assert response.status_code == 200, (address, response.status_code)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        reader.get(address)
    said = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in said if not OF_WHO_LOOKS.search(sql)]

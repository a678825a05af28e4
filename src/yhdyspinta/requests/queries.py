"""What can be asked about requests and answers. Each read says how many queries it costs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from yhdyspinta.bodies.models import Seat
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Party
from yhdyspinta.requests.models import Answer, AnswerFile, Asked, Choice, Combination, Nomination, Request


def requests_of(agreement: Agreement, *, drafts: bool = False) -> QuerySet[Request]:
    """Return the requests of an agreement, the newest first. One query.

    Each says how many were asked and have answered (``asked_count``, ``answered_count``); drafts are for who may send
    them.
    """
    rows = Request.objects.filter(agreement=agreement)
    rows = rows if drafts else rows.filter(sent_at__isnull=False)
    stands = Q(asked__answers__isnull=False, asked__answers__replaced_at__isnull=True)
    return (
        rows.select_related("agreement", "sender__organisation", "sender__agreement")
        .annotate(
            asked_count=Count("asked", distinct=True),
            answered_count=Count("asked", filter=stands, distinct=True),
        )
        .order_by("-made_at", "-pk")
    )


def request_or_404(slug: str, number: int) -> Request:
    """Return one request of the agreement of this slug, sent or not, with the agreement, or answer 404. One query."""
    rows = Request.objects.filter(agreement__slug=slug, pk=number)
    found = rows.select_related("agreement__chain", "sender__organisation", "sender__agreement", "proposal").first()
    if found is None:
        raise Http404
    return found


def asked_of(request: Request, *, whole: bool = False) -> list[Asked]:
    """Return the parties that were asked, in the agreement's order, each with its answer that stands. Two queries.

    ``standing`` holds that answer, or nothing; ``whole`` fetches whom it proposes too, for one query more.
    """
    rows = Asked.objects.filter(request=request).select_related("party__organisation", "party__agreement")
    found = list(rows.prefetch_related(with_answer(proposed=whole, files=False)).order_by("party__order"))
    for asked in found:
        asked.request = request
    return found


def with_answer(*, every: bool = False, proposed: bool = True, files: bool = True) -> Prefetch[Any]:
    """Return what fetches each party's answer that stands (or every version) and what is in it. Three queries."""
    answers = Answer.objects.order_by("-number")
    if files:
        answers = answers.prefetch_related(Prefetch("files", AnswerFile.objects.select_related("file")))
    if proposed:
        nominations = Nomination.objects.select_related("person", "seat__party")
        answers = answers.prefetch_related(Prefetch("nominations", nominations))
    return Prefetch(
        "answers",
        answers if every else answers.filter(replaced_at__isnull=True),
        to_attr="versions" if every else "standing",
    )


def answer_in(asked: Asked) -> Answer | None:
    """Return the answer that stands, of a party that was fetched with it. No queries."""
    return next(iter(asked.standing), None)


def asked_or_404(request: Request, party: str) -> Asked:
    """Return one party that was asked, with every version of its answer, or answer 404. At most four queries."""
    rows = Asked.objects.filter(request=request, party__slug=party)
    rows = rows.select_related("party__organisation", "party__agreement", "link", "letter")
    found = rows.prefetch_related(with_answer(every=True)).first()
    if found is None:
        raise Http404
    found.request = request
    found.standing = [each for each in found.versions if each.replaced_at is None]
    return found


def open_for(party: Party) -> QuerySet[Asked]:
    """Return what a party has not answered: of requests that are open, the nearest deadline first. One query."""
    rows = Asked.objects.filter(party=party, request__sent_at__isnull=False)
    rows = rows.filter(request__closed_at__isnull=True, request__withdrawn_at__isnull=True)
    rows = rows.exclude(answers__replaced_at__isnull=True, answers__isnull=False)
    return rows.select_related("request__agreement", "request__sender__organisation", "party__organisation").order_by(
        "request__deadline", "pk"
    )


def unposted(request: Request) -> QuerySet[Asked]:
    """Return the parties whose letter has not been posted yet. One query."""
    rows = Asked.objects.filter(request=request, posted_at__isnull=True)
    return rows.select_related("party__organisation", "party__agreement").order_by("party__order")


def waiting_letters(now: datetime) -> QuerySet[Request]:
    """Return the requests that were sent and have letters still to post. One query."""
    rows = Request.objects.filter(sent_at__lte=now, withdrawn_at__isnull=True, asked__posted_at__isnull=True)
    return rows.distinct().order_by("pk")


def seats_for(request: Request) -> QuerySet[Seat]:
    """Return the open seats that a nomination is about: those of its proposal, else those of its group. One query."""
    rows = Seat.objects.filter(body__agreement=request.agreement, body__slug=request.subject, closed_at__isnull=True)
    if request.proposal_id is not None:
        rows = rows.filter(Q(proposal=request.proposal_id) | Q(proposal__isnull=True))
    return rows.select_related("party__organisation", "body").order_by("number", "pk")


def combinations_of(request: Request) -> QuerySet[Combination]:
    """Return the combinations that were agreed, the newest first, with whom each chose. Two queries."""
    chosen = ("seat", "nomination__person", "nomination__answer__asked__party__organisation")
    rows = Combination.objects.filter(request=request).select_related("appointment", "made_by")
    return rows.prefetch_related(Prefetch("choices", Choice.objects.select_related(*chosen))).order_by("-number")

"""One request: what is asked by when, the matrix of answers, its log; and each party's answer with every version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yhdyspinta.agreement import today
from yhdyspinta.mail.queries import outbox_counts
from yhdyspinta.parties.queries import parties_of
from yhdyspinta.parties.views.access import signed_in
from yhdyspinta.printing.writing import Table
from yhdyspinta.requests.letters import deadline_words, moment_words, paragraphs_of, sender_name
from yhdyspinta.requests.models import Answer, Request, Step
from yhdyspinta.requests.queries import asked_of
from yhdyspinta.requests.showing import Matrix, local_day, matrix_of
from yhdyspinta.requests.views.access import RequestRoom, asked_in, enter_request, enter_request_as_party, of_revision
from yhdyspinta.requests.views.drafting import preview


@require_safe
@of_revision
def show(request: HttpRequest, slug: str, request_id: int) -> HttpResponse:
    """Show a request. The public sees how many have answered, and what each has where the parties let it see that.

    At most eight queries beside those of who looks, however many parties and answers there are.
    """
    room = enter_request(request, slug, request_id)
    row = room.asking
    matrix = matrix_of(row, asked_of(row)) if row.state != Request.State.DRAFT else Matrix((), ())
    draft = row.state == Request.State.DRAFT
    shown = room.context(
        matrix=matrix,
        whole=sees_names(room),
        sender=sender_name(row, room.charter, room.language),
        deadline=deadline_words(row),
        late=row.last_day < today(),
        paragraphs=paragraphs_of(row.background),
        files=list(row.files.select_related("file")),
        steps=steps_of(room),
        letter=preview(room, list(parties_of(room.agreement))) if draft else "",
        mails=mail_of(room, matrix),
        own={party.pk for party in room.standing.administers},
        proposal=row.proposal if row.proposal is not None and row.proposal.withdrawn_at is None else None,
    )
    return render(request, "requests/show.html", shown)


def steps_of(room: RequestRoom) -> list[tuple[str, Step]]:
    """Return the log of a request with its moments in words, for the parties. One query, none for the public."""
    if room.standing.public:
        return []
    rows = room.asking.steps.select_related("party__organisation")
    return [(moment_words(each.at), each) for each in rows]


def sees_names(room: RequestRoom) -> bool:
    """Tell whether who looks sees which party has answered what (DESIGN §5).

    The parties see everything; the public only where they have decided to show all.
    """
    return not room.standing.public or room.agreement.states_shown_to_public == "all"


def mail_of(room: RequestRoom, matrix: Matrix) -> dict[str, int]:
    """Return how many mails have gone, wait, or were not delivered; for who keeps the request. One query."""
    if not room.keeps or not matrix.lines:
        return {}
    counts = outbox_counts([line.asked.key for line in matrix.lines])
    return {str(state.label): number for state, number in counts.items() if number}


@require_safe
@of_revision
def show_file(request: HttpRequest, slug: str, request_id: int, kind: str) -> HttpResponse:
    """Hand the matrix of answers out as CSV or XLSX; for who may see the names."""
    room = enter_request(request, slug, request_id)
    if not sees_names(room) or room.asking.state == Request.State.DRAFT:
        raise Http404
    headings = [
        (_("Party"), 30),
        (_("Answer"), 20),
        (_("Given on"), 12),
        (_("Late"), 8),
        (_("Organ"), 24),
        (_("Date of the decision"), 14),
        (_("Section"), 10),
        (_("Register number"), 20),
    ]
    questions = room.asking.questions if not room.standing.public else []
    headings += [(f"{number}. {question}", 40) for number, question in enumerate(questions, start=1)]
    table = Table(headings, _rows(matrix_of(room.asking, asked_of(room.asking)), len(questions)))
    return table.response(f"{slug}-pyynto-{request_id}", kind, _("Answers"))


def _rows(matrix: Matrix, questions: int) -> Iterator[list[Any]]:
    for line in matrix.lines:
        answer = line.answer
        if answer is None:
            yield [line.name, line.words, None, "", "", None, "", "", *[""] * questions]
            continue
        late = _("yes") if answer.late else ""
        decision = [answer.organ, answer.decided, answer.section, answer.register]
        yield [line.name, line.words, local_day(answer.given_at), late, *decision, *answer.replies[:questions]]


@signed_in
@require_safe
def party_answer(request: HttpRequest, slug: str, request_id: int, party: str) -> HttpResponse:
    """Show one party's answer with every version of it, for the parties. At most eight queries beside the usual."""
    room = enter_request_as_party(request, slug, request_id)
    asked = asked_in(room, party)
    kind = room.asking.of_kind
    versions = [(answer, kind.outcome(answer.outcome), moment_words(answer.given_at)) for answer in asked.versions]
    shown = room.context(
        asked=asked,
        versions=versions,
        manages=room.standing.manages(asked.party),
        answered_itself=any(each.way != Answer.Way.RECORDED for each in asked.standing),
        link_open=asked.link is not None and asked.link.is_open(),
        deadline=deadline_words(room.asking),
    )
    return render(request, "requests/answer.html", shown)

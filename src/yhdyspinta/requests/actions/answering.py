"""A party answers, and corrects what it answered: both stay (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.bodies.models import Seat
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.decided import Decision
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.papers.models import File
from yhdyspinta.parties.actions.namings import Newcomer
from yhdyspinta.parties.links import refuse_closed
from yhdyspinta.parties.models import Link, Person
from yhdyspinta.requests import policy
from yhdyspinta.requests.actions.nominating import nominated
from yhdyspinta.requests.evidence import facts_of
from yhdyspinta.requests.models import Answer, AnswerFile, Asked, Request
from yhdyspinta.tasks.actions import enqueue

MOST_FILES = 20
RECEIPT = "yhdyspinta.requests.posting:post_receipt"


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody whom a party proposes: who, for which seat and role, and that they have consented."""

    person: Person | Newcomer
    consented: bool
    seat: Seat | None = None
    role: str = "member"
    title: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer says, and who gives it."""

    outcome: str
    given_by: str
    given_by_title: str
    decision: Decision = field(default_factory=Decision)
    text: str = ""
    replies: tuple[str, ...] = ()
    nominees: tuple[Nominee, ...] = ()


@dataclass(frozen=True, slots=True)
class Through:
    """How an answer comes: by an account, by a signed link, or recorded on the party's behalf with a reference."""

    way: Answer.Way
    link: Link | None = None


BY_ACCOUNT = Through(Answer.Way.ACCOUNT)
RECORDED = Through(Answer.Way.RECORDED)


def answer_request(
    asked: Asked,
    given: Given,
    *,
    version: int,
    files: Sequence[File] = (),
    through: Through = BY_ACCOUNT,
    by: Actor,
) -> Answer:
    """Record a party's answer, or a correction of it. After the deadline, or the closing, it is kept and marked late.

    ``version`` is the number of the answer that was looked at, 0 where there was none. A receipt follows to the party's
    registry.

    Raises:
        NotAllowed: the actor may not answer for the party.
        LinkRefused: the link does nothing any more.
        Conflict: somebody else has answered for the party meanwhile.
        ValidationError: by field; the request is not sent, or was taken back.

    """
    request = asked.request
    with change(request.agreement, by=by, common=True) as c:
        request.refresh_from_db()
        _refuse_who_may_not(c, asked, given, through)
        _refuse_closed(request)
        before = asked.answers.filter(replaced_at__isnull=True).first()
        if (before.number if before else 0) != version:
            raise Conflict(theirs=in_one_text(before, request), yours=_typed(given, request))
        made = _made(c, asked, given, before, through)
        _attach(made, files)
        nominated(c, made, given.nominees)
        verb = "give-answer" if before is None else "correct-answer"
        c.enter(verb, asked.key, said_of(before) if before else None, said_of(made))
        c.keep(asked.key, facts_of(request, asked, made))
        receipt_task(made)
        return made


def receipt_task(answer: Answer) -> None:
    """Ask for the receipt that goes to the party's registry; the answer's row is the work, this is a nudge."""
    enqueue(work=RECEIPT, arguments={"answer": answer.pk}, title=_("Receipt"), account=None)


def _refuse_who_may_not(c: Change, asked: Asked, given: Given, through: Through) -> None:
    if through.way == Answer.Way.RECORDED:
        if not policy.may_keep(c.by, asked.request):
            raise NotAllowed(_("On a party's behalf only who asks records its answer."))
        if given.decision.empty:
            raise ValidationError({"organ": _("On a party's behalf an answer is recorded with its decision.")})
        if asked.answers.filter(replaced_at__isnull=True).exclude(way=Answer.Way.RECORDED).exists():
            raise ValidationError(_("The party has answered itself. Only the party corrects that."))
        return
    if through.link is not None:
        through.link.refresh_from_db()
        refuse_closed(through.link)
    if not policy.may_answer(c.by, asked):
        raise NotAllowed(_("You do not act for %(party)s.") % {"party": asked.party.organisation})


def _refuse_closed(request: Request) -> None:
    if request.state == Request.State.DRAFT:
        raise ValidationError(_("The request has not been sent yet."))
    if request.state == Request.State.WITHDRAWN:
        raise ValidationError(_("The request was taken back: %(reason)s") % {"reason": request.withdrawn_reason})


def _made(c: Change, asked: Asked, given: Given, before: Answer | None, through: Through) -> Answer:
    request = asked.request
    if request.of_kind.outcome(given.outcome) is None:
        raise ValidationError({"outcome": _("Choose what the party answers.")})
    if given.decision.decided is not None and given.decision.decided > c.today:
        raise ValidationError({"decided": _("This day is still to come.")})
    made = Answer(
        asked=asked,
        number=before.number + 1 if before else 1,
        outcome=given.outcome,
        text=given.text.strip(),
        replies=_replies(given, request),
        given_at=c.at,
        given_by=" ".join(given.given_by.split()),
        given_by_title=" ".join(given.given_by_title.split()),
        way=through.way,
        by_person_id=c.by.person,
        late=request.is_late(c.at) or request.closed_at is not None,
        **given.decision.fields(),
    )
    made.clean_fields(exclude=("asked", "by_person", "receipt"))
    if before is not None:
        before.replaced_at = c.at
        before.save(update_fields=["replaced_at"])
    made.save()
    return made


def _replies(given: Given, request: Request) -> list[str]:
    """Return the replies to the numbered questions, as many as there are questions."""
    replies = [reply.strip() for reply in given.replies][: len(request.questions)]
    if any(len(reply) > 20_000 for reply in replies):
        raise ValidationError({"replies": _("A reply has at most 20,000 characters.")})
    return replies + [""] * (len(request.questions) - len(replies))


def _attach(answer: Answer, files: Sequence[File]) -> None:
    if len(files) > MOST_FILES:
        raise ValidationError({"attachments": _("At most %(most)s attachments.") % {"most": MOST_FILES}})
    for file in files:
        AnswerFile.objects.create(answer=answer, file=file)


def in_one_text(answer: Answer | None, request: Request) -> str:
    """Return an answer as plain lines, to lay two versions side by side."""
    if answer is None:
        return ""
    outcome = request.of_kind.outcome(answer.outcome)
    lines = [str(outcome.name) if outcome else "", answer.reference_text, answer.text, *answer.replies]
    lines += [f"{each.person} ({each.role})" for each in answer.nominations.select_related("person")]
    return "\n".join([*filter(None, lines), f"– {answer.given_by}, {answer.given_by_title}"])


def _typed(given: Given, request: Request) -> str:
    outcome = request.of_kind.outcome(given.outcome)
    decision = Answer(**given.decision.fields()).reference_text
    lines = [str(outcome.name) if outcome else "", decision, given.text, *given.replies]
    lines += [f"{getattr(each.person, 'name', '')} ({each.role})" for each in given.nominees]
    return "\n".join([*filter(None, lines), f"– {given.given_by}, {given.given_by_title}"])


def said_of(answer: Answer) -> dict[str, Any]:
    """Return what the journal's detail tells of an answer."""
    return {
        "number": answer.number,
        "outcome": answer.outcome,
        "text": answer.text,
        "replies": answer.replies,
        "reference": answer.reference,
        "given_by": [answer.given_by, answer.given_by_title],
        "way": answer.way,
        "late": answer.late,
        "nominations": [
            {"person": each.person_id, "seat": each.seat_id, "role": each.role} for each in answer.nominations.all()
        ],
        "files": [each.file.sha256 for each in answer.files.select_related("file")],
    }

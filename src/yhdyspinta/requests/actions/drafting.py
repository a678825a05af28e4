"""A request is drafted, changed while it is a draft, and discarded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.bodies.known import Known
from yhdyspinta.bodies.models import Proposal
from yhdyspinta.bodies.queries import proposals_of, world_of
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.papers.actions import forget_unless_held
from yhdyspinta.papers.models import File
from yhdyspinta.parties.models import Party
from yhdyspinta.requests import policy
from yhdyspinta.requests.kinds import KINDS
from yhdyspinta.requests.models import Request, RequestFile
from yhdyspinta.requests.queries import seats_for

MOST_QUESTIONS = 50
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a request says before it is sent."""

    kind: str
    title: str
    sender: Party
    deadline: dt.datetime
    background: str = ""
    questions: tuple[str, ...] = ()
    subject: str = ""
    on_behalf_of: str = ""
    register: str = ""
    contact: dict[str, str] = field(default_factory=dict)
    """``name``, ``title``, ``email`` and ``phone`` of who answers questions about it."""

    def columns(self) -> dict[str, Any]:
        """Return it by the names of the columns."""
        contact = {f"contact_{name}": " ".join(self.contact.get(name, "").split()) for name in _CONTACT}
        return {
            "kind": self.kind,
            "title": " ".join(self.title.split()),
            "sender": self.sender,
            "deadline": self.deadline,
            "background": self.background.strip(),
            "questions": [" ".join(question.split()) for question in self.questions if question.strip()],
            "subject": self.subject,
            "on_behalf_of": self.on_behalf_of,
            "register": " ".join(self.register.split()),
            **contact,
        }


_CONTACT = ("name", "title", "email", "phone")


def draft_request(agreement: Agreement, drafted: Drafted, *, files: Sequence[File] = (), by: Actor) -> Request:
    """Begin a request. Nobody is asked before it is sent.

    Raises:
        NotAllowed: the actor asks for nobody here.
        ValidationError: by field.

    """
    with change(agreement, by=by) as c:
        request = Request(agreement=agreement, made_at=c.at, made_by_id=c.by.person)
        _fill(c, request, drafted)
        request.save()
        _attach(request, files)
        c.enter("draft-request", request.key, after=said_of(request))
        return request


def edit_request(
    request: Request,
    drafted: Drafted,
    *,
    version: int,
    files: Sequence[File] = (),
    without: Sequence[int] = (),
    by: Actor,
) -> None:
    """Change a draft. ``version`` is the one that was looked at; ``without`` are numbers of attachments that go.

    Raises:
        NotAllowed: the actor does not ask for the sender.
        Conflict: somebody has changed it meanwhile.
        ValidationError: by field; it is sent already.

    """
    with change(request.agreement, by=by) as c:
        request.refresh_from_db()
        if not policy.may_keep(c.by, request):
            raise NotAllowed(_("The request is kept by who asks."))
        if request.state != Request.State.DRAFT:
            raise ValidationError(_("The request is sent already. Take it back and send a new one, if it was wrong."))
        if request.version != version:
            raise Conflict(
                theirs=_in_one_text(request.title, request.background, request.questions), yours=_typed(drafted)
            )
        before = said_of(request)
        _fill(c, request, drafted)
        request.version += 1
        request.save()
        dropped = list(request.files.filter(number__in=without).values_list("file", flat=True))
        request.files.filter(number__in=without).delete()
        _attach(request, files)
        c.enter("edit-request", request.key, before, said_of(request))
        forget_unless_held(dropped)


def discard_request(request: Request, *, by: Actor) -> None:
    """Throw a draft away. The journal keeps that it was there.

    Raises:
        NotAllowed: the actor does not ask for the sender.
        ValidationError: it is sent already.

    """
    with change(request.agreement, by=by) as c:
        request.refresh_from_db()
        if not policy.may_keep(c.by, request):
            raise NotAllowed(_("The request is kept by who asks."))
        if request.state != Request.State.DRAFT:
            raise ValidationError(_("The request is sent already. Take it back and send a new one, if it was wrong."))
        files = list(request.files.values_list("file", flat=True))
        c.enter("discard-request", request.key, said_of(request))
        request.delete()
        forget_unless_held(files)


def _typed(drafted: Drafted) -> str:
    said = drafted.columns()
    return _in_one_text(said["title"], said["background"], said["questions"])


def _in_one_text(title: str, background: str, questions: Sequence[str]) -> str:
    numbered = [f"{number}. {question}" for number, question in enumerate(questions, start=1)]
    return "\n\n".join(filter(None, (title, background, "\n".join(numbered))))


def _attach(request: Request, files: Sequence[File]) -> None:
    held = list(request.files.order_by("number"))
    if len(held) + len(files) > MOST_FILES:
        raise ValidationError({"attachments": _("At most %(most)s attachments.") % {"most": MOST_FILES}})
    last = held[-1].number if held else 0
    for number, file in enumerate(files, start=last + 1):
        RequestFile.objects.create(request=request, file=file, number=number)


def _fill(c: Change, request: Request, drafted: Drafted) -> None:
    """Put what is drafted into a request that may be saved.

    Raises:
        NotAllowed: the actor may not ask in this name.
        ValidationError: by field.

    """
    if drafted.sender.agreement_id != request.agreement.pk or not policy.may_ask(
        c.by, drafted.sender, drafted.on_behalf_of
    ):
        raise NotAllowed(_("You may not ask in this party's name."))
    for name, value in drafted.columns().items():
        setattr(request, name, value)
    if request.kind not in KINDS:
        raise ValidationError({"kind": _("There is no such kind of request.")})
    if not request.title:
        raise ValidationError({"title": _("Give the request a title.")})
    if len(request.questions) > MOST_QUESTIONS:
        raise ValidationError({"questions": _("At most %(most)s questions.") % {"most": MOST_QUESTIONS}})
    request.clean_fields(exclude=("agreement", "proposal", "sender", "made_by", "kind"))
    _refuse_subject(request)


def _refuse_subject(request: Request) -> None:
    kind = request.of_kind
    bodies = world_of(request.agreement).bodies
    if request.on_behalf_of and request.on_behalf_of not in bodies:
        raise ValidationError({"on_behalf_of": _("There is no such body in the agreement.")})
    request.proposal = None
    if kind.has_subject and not request.subject:
        raise ValidationError({"subject": _("Say what the decision is about.")})
    if not kind.of_group:
        return
    known = bodies.get(request.subject)
    if known is None:
        raise ValidationError({"subject": _("Choose the group that this is about.")})
    request.proposal = _proposal(request.agreement, known)
    if request.kind == "acceptance" and not known.group:
        raise ValidationError({"subject": _("Only groups are accepted: this body is in the agreement already.")})
    if request.kind == "nomination" and not seats_for(request).exists():
        raise ValidationError({"subject": _("Nobody can be proposed before there are seats. Open the seats first.")})


def _proposal(agreement: Agreement, known: Known) -> Proposal | None:
    """Return the newest proposal of a group, which the request is then about."""
    return proposals_of(agreement, known.slug).first()


def said_of(request: Request) -> dict[str, Any]:
    """Return what the journal's detail tells of a request."""
    return {
        "kind": request.kind,
        "title": request.title,
        "subject": request.subject,
        "sender": request.sender.slug,
        "on_behalf_of": request.on_behalf_of,
        "deadline": request.deadline.isoformat(),
        "background": request.background,
        "questions": request.questions,
        "register": request.register,
        "contact": [request.contact_name, request.contact_title, request.contact_email, request.contact_phone],
        "version": request.version,
    }
